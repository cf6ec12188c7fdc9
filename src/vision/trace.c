/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Strokes from the graph of a skeleton. Every branch has two ends, numbered 2 * branch + side; at each node
 * ends are paired where a line runs on, and a stroke is a walk over branches and pairs.
 */
#include "vision/trace.h"

#include "vision/error.h"
#include "vision/opencv.h"
#include "vision/skeleton.h"
#include "vision/thin.h"

#define NO_END G_MAXUINT

/* A line turns less than this where it runs on through a crossing. */
#define LARGEST_TURN (55 * G_PI / 180)
/* More than this is a corner, and is kept where a line has it in a crossing. */
#define SHARPEST_BEND (75 * G_PI / 180)
/* Of a ring's length: a longer free end at it is a line of its own. */
#define HOOK_SHARE 0.12
/* Two ways to run on that turn this much alike leave it open which is right. */
#define ALIKE_TURN (18 * G_PI / 180)
/* Below this there is no doubt that a line runs on. */
#define STRAIGHT_TURN (20 * G_PI / 180)
/* Distance of a stroke's points, pixels. */
#define SPACING 2.0

typedef struct
{
  const SgSkeleton *graph;
  guint *partner;     /* by end: the end that its line runs on with, or NO_END */
  SgPoint *direction; /* by end: unit vector into the branch */
} Tracer;

void
sg_pixel_stroke_clear (SgPixelStroke *trace)
{
  g_clear_pointer (&trace->points, g_free);
}

/* How much a line turns that comes along one end and leaves along the other, by their directions. */
static double
turn (SgPoint a, SgPoint b)
{
  return acos (CLAMP (-sg_point_dot (a, b), -1, 1));
}

static double
turn_between (const Tracer *self, guint a, guint b)
{
  return turn (self->direction[a], self->direction[b]);
}

static void
pair (Tracer *self, guint a, guint b)
{
  self->partner[a] = b;
  self->partner[b] = a;
}

/* Whether the line that comes along `stem` ends where it meets the other two, which then are one line: it
 * could run on along either, so it comes to a corner; or they are the two ends of a ring, and it does not
 * plainly run into that. */
static gboolean
ends_at (const Tracer *self, guint stem, guint a, guint b)
{
  double to_a = turn_between (self, stem, a), to_b = turn_between (self, stem, b);
  if (MIN (to_a, to_b) < STRAIGHT_TURN)
    return FALSE;
  return a / 2 == b / 2 || (MAX (to_a, to_b) < LARGEST_TURN && fabs (to_a - to_b) < ALIKE_TURN);
}

/* Whether `stem` is a short free end at a ring: what the pen drew beyond where it closed the ring. */
static gboolean
is_hook (const Tracer *self, guint stem, guint a, guint b)
{
  const SgSkeletonBranch *branch = sg_skeleton_branch (self->graph, stem / 2);
  const SgSkeletonNode *far = sg_skeleton_node (self->graph, branch->node[1 - stem % 2]);
  return a / 2 == b / 2 && far->degree == 1 &&
         branch->length < HOOK_SHARE * sg_skeleton_branch (self->graph, a / 2)->length;
}

/* Three ends one of which is a stem. Returns whether that was so. */
static gboolean
pair_stem (Tracer *self, const guint *ends)
{
  for (guint i = 0; i < 3; i++)
    {
      guint stem = ends[i], a = ends[(i + 1) % 3], b = ends[(i + 2) % 3];
      if (is_hook (self, stem, a, b))
        pair (self, stem, turn_between (self, stem, a) < turn_between (self, stem, b) ? a : b);
      else if (ends_at (self, stem, a, b))
        pair (self, a, b);
      else
        continue;
      return TRUE;
    }
  return FALSE;
}

/* Four ends are two lines that cross: of the three ways to pair them the one that turns least on the whole,
 * which at the top of a coil's loop is not the one with the straightest pair. Returns whether there is a way
 * without a sharp turn. */
static gboolean
pair_crossing (Tracer *self, const guint *ends)
{
  SgPoint tangent[4];
  for (guint i = 0; i < 4; i++)
    tangent[i] = sg_skeleton_tangent (self->graph, ends[i]);
  double least = G_MAXDOUBLE;
  guint best = 0;
  for (guint i = 1; i < 4; i++)
    {
      double first = turn (tangent[0], tangent[i]);
      double second = turn (tangent[i == 1 ? 2 : 1], tangent[i == 3 ? 2 : 3]);
      double cost = first * first + second * second;
      if (MAX (first, second) < LARGEST_TURN && cost < least)
        {
          least = cost;
          best = i;
        }
    }
  if (best == 0)
    return FALSE;
  pair (self, ends[0], ends[best]);
  pair (self, ends[best == 1 ? 2 : 1], ends[best == 3 ? 2 : 3]);
  return TRUE;
}

/* Pairs the two of `n` ends between which a line turns least, if not sharply, and leaves the others at the
 * front of `ends`. */
static gboolean
pair_straightest (Tracer *self, guint *ends, guint n)
{
  double best = LARGEST_TURN;
  guint best_a = n, best_b = n, left = 0;
  for (guint i = 0; i < n; i++)
    for (guint k = i + 1; k < n; k++)
      if (turn_between (self, ends[i], ends[k]) < best)
        {
          best = turn_between (self, ends[i], ends[k]);
          best_a = i;
          best_b = k;
        }
  if (best_a == n)
    return FALSE;
  pair (self, ends[best_a], ends[best_b]);
  for (guint i = 0; i < n; i++)
    if (i != best_a && i != best_b)
      ends[left++] = ends[i];
  return TRUE;
}

/* Pairs the ends at one node as far as lines run on there. Two that are left over are a corner. */
static void
pair_ends (Tracer *self, guint *ends, guint n)
{
  while (n > 2)
    {
      if ((n == 3 && pair_stem (self, ends)) || (n == 4 && pair_crossing (self, ends)) ||
          !pair_straightest (self, ends, n))
        return;
      n -= 2;
    }
  if (n == 2)
    pair (self, ends[0], ends[1]);
}

/* A node of more ends than this is a scribble: which line runs on there cannot be told. */
#define MOST_ENDS 12

static gboolean
is_drawn (const SgSkeletonBranch *branch)
{
  return !branch->gone && !branch->faint;
}

static void
pair_all (Tracer *self)
{
  const SgSkeleton *graph = self->graph;
  guint n_ends = 2 * graph->branches->len;
  g_autofree guint *count = g_new0 (guint, graph->nodes->len);
  g_autofree guint *ends = g_new (guint, (gsize)MOST_ENDS * graph->nodes->len);
  for (guint end = 0; end < n_ends; end++)
    {
      const SgSkeletonBranch *branch = sg_skeleton_branch (graph, end / 2);
      guint node = branch->node[end % 2];
      if (!is_drawn (branch))
        continue;
      self->direction[end] = sg_skeleton_direction (graph, end);
      if (count[node] < MOST_ENDS)
        ends[node * MOST_ENDS + count[node]] = end;
      count[node]++;
    }
  for (guint node = 0; node < graph->nodes->len; node++)
    if (count[node] >= 2 && count[node] <= MOST_ENDS)
      pair_ends (self, &ends[node * MOST_ENDS], count[node]);
}

/* Whether the end's line runs on through a junction, where the skeleton is bent: its points there go. */
static gboolean
is_bent (const Tracer *self, guint end, const SgSkeletonNode *node)
{
  guint partner = self->partner[end];
  return partner != NO_END && node->degree > 2 && turn_between (self, end, partner) < SHARPEST_BEND;
}

/* Appends the branch as walked in from `end`. */
static void
append_branch (const Tracer *self, guint end, GArray *path)
{
  const SgSkeleton *graph = self->graph;
  const SgSkeletonBranch *branch = sg_skeleton_branch (graph, end / 2);
  const SgSkeletonNode *near = sg_skeleton_node (graph, branch->node[end % 2]);
  const SgSkeletonNode *far = sg_skeleton_node (graph, branch->node[1 - end % 2]);
  gboolean near_bent = is_bent (self, end, near), far_bent = is_bent (self, end ^ 1, far);
  if (!near_bent)
    g_array_append_val (path, near->at);
  for (guint i = 1; i + 1 < branch->n_points; i++)
    {
      SgPoint p = sg_skeleton_point (graph, end, i);
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
  g_autofree SgPoint *source = g_memdup2 (points, n * sizeof (SgPoint));
  for (int i = 0; i < n; i++)
    {
      SgPoint sum = { 0, 0 };
      for (int k = -reach; k <= reach; k++)
        sum = sg_point_add (sum, sg_point_scale (point_beyond (source, n, i + k, closed), weight[ABS (k)]));
      points[i] = sg_point_scale (sum, 1 / total);
    }
}

/* Walks from `start` as far as the line runs on and appends the stroke. */
static void
trace_from (const Tracer *self, guint start, guint8 *used, GArray *traces)
{
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (SgPoint));
  guint end = start;
  double length = 0, area = 0;
  do
    {
      const SgSkeletonBranch *branch = sg_skeleton_branch (self->graph, end / 2);
      length += branch->length;
      area += branch->length * branch->radius;
      used[end / 2] = 1;
      append_branch (self, end, path);
      end = self->partner[end ^ 1];
    }
  while (end != NO_END && !used[end / 2]);
  if (path->len == 0)
    return;
  gboolean closed = end == start && path->len > 3;
  if (closed)
    {
      SgPoint first = g_array_index (path, SgPoint, 0);
      g_array_append_val (path, first);
    }
  double sigma = CLAMP (0.8 + 0.5 * self->graph->stroke_radius, 1.5, 4);
  g_autoptr (GArray) fine = resample (path, 1);
  if (fine->len > 4)
    smooth (fine, sigma, closed);
  g_autoptr (GArray) even = resample (fine, SPACING);
  /* the distance to the nearest pixel of paper is half a pixel more than that to the ink's edge at most */
  double radius = length > 0 ? area / length : self->graph->stroke_radius;
  SgPixelStroke trace = { .n = even->len, .width = MAX (1, 2 * radius - 0.5) };
  trace.points = (SgPoint *)g_array_free (g_steal_pointer (&even), FALSE);
  g_array_append_val (traces, trace);
}

static void
trace_graph (const SgSkeleton *graph, GArray *traces)
{
  guint n_ends = 2 * graph->branches->len;
  g_autofree guint *partner = g_new (guint, n_ends);
  g_autofree SgPoint *direction = g_new0 (SgPoint, n_ends);
  g_autofree guint8 *used = g_new0 (guint8, graph->branches->len);
  for (guint end = 0; end < n_ends; end++)
    partner[end] = NO_END;
  Tracer self = { .graph = graph, .partner = partner, .direction = direction };
  pair_all (&self);
  for (guint pass = 0; pass < 2; pass++) /* lines with ends first; what is left is closed */
    for (guint end = 0; end < n_ends; end++)
      if (!used[end / 2] && is_drawn (sg_skeleton_branch (graph, end / 2)) &&
          (pass == 1 || partner[end] == NO_END))
        trace_from (&self, end, used, traces);
}

static gboolean
check_step (char *problem, GCancellable *cancellable, GError **error)
{
  g_autofree char *text = problem;
  if (text != NULL)
    {
      g_set_error (error, SG_VISION_ERROR, SG_VISION_ERROR_INTERNAL, "%s", text);
      return FALSE;
    }
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* The skeleton's graph of the ink in `mask`, which becomes the skeleton. */
static SgSkeleton *
find_skeleton (guint8 *mask,
               const guint8 *contrast,
               const float *distance,
               int width,
               int height)
{
  sg_thin (mask, width, height);
  SgSkeleton *graph = sg_skeleton_new (mask, distance, width, height);
  if (contrast != NULL)
    sg_skeleton_mark_faint (graph, contrast, width, height);
  sg_skeleton_measure (graph, distance, width);
  return graph;
}

GArray *
sg_trace_mask (guint8 *mask,
               const guint8 *contrast,
               int width,
               int height,
               GCancellable *cancellable,
               GError **error)
{
  gsize n = (gsize)width * height;
  g_autofree float *distance = g_new (float, n);
  g_autofree guint8 *hollow = g_memdup2 (mask, n);
  gboolean any_spot;
  if (!check_step (sg_opencv_distance (mask, width, height, distance), cancellable, error))
    return NULL;
  g_autoptr (SgSkeleton) graph = find_skeleton (mask, contrast, distance, width, height);
  char *problem = sg_opencv_hollow_spots (hollow, distance, width, height, graph->stroke_radius, &any_spot);
  if (!check_step (problem, cancellable, error))
    return NULL;
  if (any_spot)
    {
      if (!check_step (sg_opencv_distance (hollow, width, height, distance), cancellable, error))
        return NULL;
      sg_skeleton_free (graph);
      graph = find_skeleton (hollow, contrast, distance, width, height);
    }
  sg_skeleton_clean (graph);
  GArray *traces = g_array_new (FALSE, FALSE, sizeof (SgPixelStroke));
  g_array_set_clear_func (traces, (GDestroyNotify)sg_pixel_stroke_clear);
  trace_graph (graph, traces);
  return traces;
}
