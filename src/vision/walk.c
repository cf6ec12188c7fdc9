/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Points of walks: those of the branches without what thinning bent, smoothed and spaced evenly. */
#include "vision/walk.h"

/* More than this is a corner, and is kept where a line has it in a crossing. */
#define SHARPEST_BEND (75 * G_PI / 180)

void
sg_pixel_stroke_clear (SgPixelStroke *stroke)
{
  g_clear_pointer (&stroke->points, g_free);
}

double
sg_walk_turn (SgPoint a, SgPoint b)
{
  return acos (CLAMP (-sg_point_dot (a, b), -1, 1));
}

typedef struct
{
  const SgSkeleton *graph;
  const guint *ends;
  guint n;
  gboolean closed;
} Walk;

static const SgSkeletonNode *
node_of (const SgSkeleton *graph, guint end)
{
  return sg_skeleton_node (graph, sg_skeleton_branch (graph, end / 2)->node[end % 2]);
}

/* Whether the walk runs on through a junction before its branch number `i`, where the skeleton is bent: its
 * points there go. */
static gboolean
is_bent (const Walk *walk, guint i)
{
  if ((i == 0 || i == walk->n) && !walk->closed)
    return FALSE;
  guint out = walk->ends[i % walk->n], in = walk->ends[(i + walk->n - 1) % walk->n] ^ 1;
  return node_of (walk->graph, out)->degree > 2 &&
         sg_walk_turn (sg_skeleton_direction (walk->graph, in), sg_skeleton_direction (walk->graph, out)) <
           SHARPEST_BEND;
}

static void
append_branch (const Walk *walk, guint i, GArray *path)
{
  const SgSkeleton *graph = walk->graph;
  guint end = walk->ends[i];
  const SgSkeletonBranch *branch = sg_skeleton_branch (graph, end / 2);
  const SgSkeletonNode *near = node_of (graph, end), *far = node_of (graph, end ^ 1);
  gboolean near_bent = is_bent (walk, i), far_bent = is_bent (walk, i + 1);
  if (!near_bent)
    g_array_append_val (path, near->at);
  for (guint k = 1; k + 1 < branch->n_points; k++)
    {
      SgPoint p = sg_skeleton_point (graph, end, k);
      gboolean drop = (near_bent && sg_point_distance (p, near->at) < near->radius) ||
                      (far_bent && sg_point_distance (p, far->at) < far->radius);
      if (!drop)
        g_array_append_val (path, p);
    }
  if (!far_bent)
    g_array_append_val (path, far->at);
}

/* Points every `step` along the path, its ends included. */
static GArray *
resample (const GArray *path, double step)
{
  const SgPoint *points = (const SgPoint *)path->data;
  GArray *even = g_array_new (FALSE, FALSE, sizeof (SgPoint));
  double length = sg_path_length (points, path->len);
  guint n = MAX (1, (guint)(length / step + 0.5));
  double along = 0, segment = 0;
  guint at = 0;
  for (guint i = 0; i <= n; i++)
    {
      double target = length * i / n;
      while (at + 1 < path->len)
        {
          segment = sg_point_distance (points[at], points[at + 1]);
          if (along + segment >= target || at + 2 == path->len)
            break;
          along += segment;
          at++;
        }
      SgPoint next = points[MIN (at + 1, path->len - 1)];
      SgPoint p =
        segment > 0 ? sg_point_lerp (points[at], next, MIN (1, (target - along) / segment)) : points[at];
      g_array_append_val (even, p);
    }
  return even;
}

/* The point `i` places along, before the start and past the end too: a closed path goes round, an open one is
 * mirrored in its end point, which keeps that where it is. */
static SgPoint
point_beyond (const SgPoint *points, int n, int i, gboolean closed)
{
  if (closed)
    return points[((i % (n - 1)) + n - 1) % (n - 1)];
  if (i < 0)
    return sg_point_sub (sg_point_scale (points[0], 2), points[MIN (-i, n - 1)]);
  if (i >= n)
    return sg_point_sub (sg_point_scale (points[n - 1], 2), points[MAX (2 * (n - 1) - i, 0)]);
  return points[i];
}

/* Smooths the stairs of pixels away with a Gaussian of `sigma` pixels; the points are a pixel apart. */
static void
smooth (GArray *path, double sigma, gboolean closed)
{
  enum
  {
    MOST_TAPS = 16
  };
  SgPoint *points = (SgPoint *)path->data;
  int n = path->len, reach = MIN (MOST_TAPS - 1, (int)(2.5 * sigma));
  double weight[MOST_TAPS], total = 0;
  for (int k = 0; k <= reach; k++)
    {
      weight[k] = exp (-0.5 * k * k / (sigma * sigma));
      total += k ? 2 * weight[k] : weight[k];
    }
  g_autofree SgPoint *source = g_new (SgPoint, n + 2 * reach);
  for (int i = -reach; i < n + reach; i++)
    source[i + reach] = i >= 0 && i < n - 1 ? points[i] : point_beyond (points, n, i, closed);
  for (int i = 0; i < n; i++)
    {
      const SgPoint *around = source + i + reach;
      SgPoint sum = { 0, 0 };
      for (int k = -reach; k <= reach; k++)
        sum = sg_point_add (sum, sg_point_scale (around[k], weight[ABS (k)]));
      points[i] = sg_point_scale (sum, 1 / total);
    }
}

gboolean
sg_walk_to_stroke (
  const SgSkeleton *graph, const guint *ends, guint n, gboolean closed, SgPixelStroke *stroke)
{
  Walk walk = { graph, ends, n, closed };
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (SgPoint));
  double length = 0, area = 0;
  for (guint i = 0; i < n; i++)
    {
      const SgSkeletonBranch *branch = sg_skeleton_branch (graph, ends[i] / 2);
      length += branch->length;
      area += branch->length * branch->radius;
      append_branch (&walk, i, path);
    }
  if (path->len == 0)
    return FALSE;
  closed &= path->len > 3;
  if (closed)
    {
      SgPoint first = g_array_index (path, SgPoint, 0);
      g_array_append_val (path, first);
    }
  double sigma = CLAMP (0.8 + 0.5 * graph->stroke_radius, 1.5, 4);
  g_autoptr (GArray) fine = resample (path, 1);
  if (fine->len > 4)
    smooth (fine, sigma, closed);
  g_autoptr (GArray) even = resample (fine, SG_PIXEL_STROKE_SPACING);
  /* the distance to the nearest pixel of paper is half a pixel more than that to the ink's edge at most */
  double radius = length > 0 ? area / length : graph->stroke_radius;
  stroke->n = even->len;
  stroke->width = MAX (1, 2 * radius - 0.5);
  stroke->points = (SgPoint *)g_array_free (g_steal_pointer (&even), FALSE);
  return TRUE;
}
