/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How strong and how thick the ink along the branches is. */
#include "vision/skeleton.h"

/* Ink whose mean strength is below this share of the other's is of another kind, if hardly any is between. */
#define FAINT_SHARE 0.72
#define VALLEY_SHARE 0.08
/* Ruled paper spreads over this share of the picture's sides at least. */
#define RULED_SHARE 0.6
/* How far a piece of a ruled line may stray from straight, of its length; and the least length of a bent line
 * that is surely drawn, of the picture's smaller side. */
#define MOST_RULED_STRAY 0.08
#define LEAST_BENT 0.2

/* Half widths are counted in these fractions of a pixel, up to so many of them. */
#define RADIUS_STEPS 4
#define MOST_RADIUS 1024
/* The usual width is that of this rank: below the median, for shadows and spots are always thicker. */
#define USUAL_RANK 0.4
/* Lines shorter, all together, than so many of their half widths are a spot's. */
#define SPOT_LENGTH 4

/* The pixel on which point number `i` lies. */
static gsize
pixel_below (const SgSkeleton *self, guint i, int width)
{
  SgPoint p = g_array_index (self->points, SgPoint, i);
  return (gsize)(p.y + 0.5) * width + (gsize)(p.x + 0.5);
}

static guint
mean_contrast (const SgSkeleton *self, const SgSkeletonBranch *branch, const guint8 *contrast, int width)
{
  guint sum = 0;
  for (guint i = 0; i < branch->n_points; i++)
    sum += contrast[pixel_below (self, branch->first + i, width)];
  return sum / branch->n_points;
}

/* The strength that parts two clearly different kinds of ink, `length` being that of the branches by
 * strength; 0 where there is one kind only. Otsu's criterion finds the place, an empty valley there
 * confirms it. */
static guint
find_valley (const double *length)
{
  double total = 0, sum = 0, below = 0, sum_below = 0, best = -1, faint = 0, strong = 0;
  guint place = 0;
  for (guint i = 0; i < 256; i++)
    {
      total += length[i];
      sum += i * length[i];
    }
  for (guint i = 0; i < 256; i++)
    {
      below += length[i];
      sum_below += i * length[i];
      if (below <= 0 || total - below <= 0)
        continue;
      double low = sum_below / below, high = (sum - sum_below) / (total - below);
      double spread = below * (total - below) * (high - low) * (high - low);
      if (spread > best)
        {
          best = spread;
          faint = low;
          strong = high;
          place = i;
        }
    }
  if (best < 0 || faint > FAINT_SHARE * strong)
    return 0;
  double middle = sqrt (faint * strong), between = 0;
  for (guint i = middle * 0.93; i < middle * 1.07; i++)
    between += length[i];
  return between < VALLEY_SHARE * total ? MAX (place, (guint)middle) : 0;
}

/* The share of the picture's sides, the smaller one of both, over which branches of at most `limit` spread.
 */
static double
spread_of_faint (const SgSkeleton *self, const guint8 *strength, guint limit, int width, int height)
{
  double left = width, right = 0, top = height, bottom = 0;
  for (guint i = 0; i < self->branches->len; i++)
    for (guint side = 0; strength[i] <= limit && side < 2; side++)
      {
        SgPoint at = sg_skeleton_node (self, sg_skeleton_branch (self, i)->node[side])->at;
        left = MIN (left, at.x);
        right = MAX (right, at.x);
        top = MIN (top, at.y);
        bottom = MAX (bottom, at.y);
      }
  return MIN ((right - left) / width, (bottom - top) / height);
}

/* Whether the branch is longer than `least` and bent: no ruler drew it, and it is no texture of the paper. */
static gboolean
is_long_and_bent (const SgSkeleton *self, const SgSkeletonBranch *branch, double least)
{
  const SgPoint *points = &g_array_index (self->points, SgPoint, branch->first);
  SgPoint to = points[branch->n_points - 1];
  double stray = 0;
  for (guint i = 0; i < branch->n_points && branch->length > least; i++)
    stray = MAX (stray, sg_segment_distance (points[0], to, points[i], NULL));
  return stray > MOST_RULED_STRAY * branch->length;
}

void
sg_skeleton_mark_faint (SgSkeleton *self, const guint8 *contrast, int width, int height)
{
  double length[256] = { 0 };
  g_autofree guint8 *strength = g_new (guint8, self->branches->len);
  for (guint i = 0; i < self->branches->len; i++)
    {
      strength[i] = mean_contrast (self, sg_skeleton_branch (self, i), contrast, width);
      length[strength[i]] += sg_skeleton_branch (self, i)->length;
    }
  guint limit = find_valley (length);
  if (limit == 0 || spread_of_faint (self, strength, limit, width, height) < RULED_SHARE)
    return;
  double least = LEAST_BENT * MIN (width, height);
  for (guint i = 0; i < self->branches->len; i++)
    sg_skeleton_branch (self, i)->faint =
      strength[i] <= limit && !is_long_and_bent (self, sg_skeleton_branch (self, i), least);
}

void
sg_skeleton_measure (SgSkeleton *self, const SgDepth *depth)
{
  guint count[MOST_RADIUS] = { 0 }, n = 0, below = 0;
  for (guint i = 0; i < self->branches->len; i++)
    {
      SgSkeletonBranch *branch = sg_skeleton_branch (self, i);
      for (guint k = 0; k < branch->n_points && !branch->faint; k++, n++)
        {
          SgPoint p = g_array_index (self->points, SgPoint, branch->first + k);
          float radius = sg_depth_at (depth, (guint)(p.x + 0.5), (guint)(p.y + 0.5));
          count[MIN ((int)(radius * RADIUS_STEPS), MOST_RADIUS - 1)]++;
          branch->radius += radius / branch->n_points;
        }
    }
  guint step = 0;
  while (step < MOST_RADIUS - 1 && below + count[step] <= n * USUAL_RANK)
    below += count[step++];
  double radius = (step + 0.5) / RADIUS_STEPS;
  self->stroke_radius = n < SPOT_LENGTH * radius ? MAX (1, radius / SPOT_LENGTH) : MAX (1, radius);
}
