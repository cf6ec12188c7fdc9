/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Corners by dynamic programming; pure, any thread. */
#include "vision/segments.h"

#include "vision/fit.h"

#define CORNER_PRICE 0.25 /* in units of tolerance^2 a point of the path */
#define SHARP_REACH 3     /* points to either side within which a corner makes its turn */
#define SLOW_DISCOUNT 0.4 /* of the price where the pen nearly stopped */

/* Sums up to each point, from which the error of any run's line follows in constant time. */
typedef struct
{
  double x[SG_PATH_MAX + 1], y[SG_PATH_MAX + 1];
  double xx[SG_PATH_MAX + 1], xy[SG_PATH_MAX + 1], yy[SG_PATH_MAX + 1];
  double inverse[SG_PATH_MAX + 1]; /* 1 / n; there are many more runs than lengths of them */
} Sums;

static void
sums_init (Sums *sums, const SgPath *path)
{
  SgPoint o = sg_rect_center (path->bounds);

  sums->x[0] = sums->y[0] = sums->xx[0] = sums->xy[0] = sums->yy[0] = 0;
  for (guint i = 0; i < path->n; i++)
    {
      SgPoint p = sg_point_sub (path->points[i], o);

      sums->x[i + 1] = sums->x[i] + p.x, sums->y[i + 1] = sums->y[i] + p.y;
      sums->xx[i + 1] = sums->xx[i] + p.x * p.x;
      sums->xy[i + 1] = sums->xy[i] + p.x * p.y;
      sums->yy[i + 1] = sums->yy[i] + p.y * p.y;
      sums->inverse[i + 1] = 1.0 / (i + 1);
    }
}

/* Sum of squared distances of points first..last from their line. */
static inline double
run_error (const Sums *sums, guint first, guint last)
{
  double share = sums->inverse[last - first + 1];
  double x = sums->x[last + 1] - sums->x[first], y = sums->y[last + 1] - sums->y[first];
  double xx = sums->xx[last + 1] - sums->xx[first] - x * x * share;
  double xy = sums->xy[last + 1] - sums->xy[first] - x * y * share;
  double yy = sums->yy[last + 1] - sums->yy[first] - y * y * share;

  return MAX (0, (xx + yy) / 2 - sqrt ((xx - yy) * (xx - yy) / 4 + xy * xy));
}

/* Where each best run that ends at a point begins; from[0] is unused.
 *
 * A start that is worse than the best by the price of a corner here cannot catch up later, as its run could
 * as well be broken here (Killick, Fearnhead and Eckley, "Optimal detection of changepoints with a linear
 * computational cost", 2012, theorem 3.1; the point that two runs share makes this true but for its own
 * error, which is far below a corner's price). So few starts are left to try at each point. */
static void
find_runs (const SgPath *path, double price, guint *from)
{
  Sums sums;
  double best[SG_PATH_MAX], corner[SG_PATH_MAX], cost[SG_PATH_MAX];
  guint starts[SG_PATH_MAX], n_starts = 0;

  sums_init (&sums, path);
  best[0] = corner[0] = 0;
  for (guint j = 1; j < path->n; j++)
    {
      guint n_left = 0;

      starts[n_starts++] = j - 1;
      best[j] = INFINITY;
      corner[j] = price * (1 - SLOW_DISCOUNT * path->slow[j]);
      for (guint k = 0; k < n_starts; k++)
        {
          guint i = starts[k];

          cost[k] = best[i] + corner[i] + run_error (&sums, i, j);
          if (cost[k] < best[j])
            best[j] = cost[k], from[j] = i;
        }
      for (guint k = 0; k < n_starts; k++)
        if (cost[k] < best[j] + corner[j])
          starts[n_left++] = starts[k];
      n_starts = n_left;
    }
}

static guint
collect_breaks (const guint *from, guint last, guint *breaks)
{
  guint n = 0;

  for (guint j = last; j > 0; j = from[j])
    breaks[n++] = j;
  breaks[n++] = 0;
  for (guint i = 0; i < n / 2; i++)
    {
      guint swap = breaks[i];
      breaks[i] = breaks[n - 1 - i], breaks[n - 1 - i] = swap;
    }
  return n;
}

/* The ink's own point stays the corner where the lines meet too far off, as at a very sharp turn. */
static SgPoint
corner_between (const SgLineFit *a, const SgLineFit *b, SgPoint ink, double reach)
{
  SgPoint at;

  return sg_line_fit_meet (a, b, &at) && sg_point_distance (at, ink) <= reach ? at : ink;
}

void
sg_segments_find (const SgPath *path, double tolerance, SgSegments *segments)
{
  guint from[SG_PATH_MAX] = { 0 }, breaks[SG_PATH_MAX];
  SgLineFit lines[SG_SEGMENTS_MAX];
  double sum = 0;

  find_runs (path, CORNER_PRICE * tolerance * tolerance * path->n, from);
  guint n = collect_breaks (from, path->n - 1, breaks) - 1;
  segments->n = MIN (n, SG_SEGMENTS_MAX);
  for (guint i = 0; i < segments->n; i++)
    {
      SgSegment *s = &segments->items[i];

      s->first = breaks[i];
      s->last = i + 1 == segments->n ? path->n - 1 : breaks[i + 1];
      s->rms = sg_fit_line (path->points + s->first, s->last - s->first + 1, &lines[i]);
      sum += s->rms * s->rms * (s->last - s->first + 1);
    }
  for (guint i = 0; i < segments->n; i++)
    {
      SgSegment *s = &segments->items[i];
      guint next = i + 1;

      if (i == 0)
        s->from = sg_line_fit_project (&lines[0], path->points[0]);
      s->to = next == segments->n
                ? sg_line_fit_project (&lines[i], path->points[path->n - 1])
                : corner_between (&lines[i], &lines[next], path->points[s->last], 3 * tolerance);
      if (next < segments->n)
        segments->items[next].from = s->to;
    }
  segments->rms = sqrt (sum / path->n);
}

guint
sg_segments_corners (const SgSegments *segments, SgPoint *corners)
{
  corners[0] = segments->items[0].from;
  for (guint i = 0; i < segments->n; i++)
    corners[i + 1] = segments->items[i].to;
  return segments->n + 1;
}

double
sg_segments_turn (const SgSegments *segments, guint i)
{
  const SgSegment *in = &segments->items[i - 1], *out = &segments->items[i];

  return sg_angle_wrap (sg_point_angle (out->from, out->to) - sg_point_angle (in->from, in->to));
}

double
sg_segments_roundness (const SgPath *path, const SgSegments *segments)
{
  double round = 0;

  for (guint k = 1; k < segments->n; k++)
    {
      double turn = fabs (sg_segments_turn (segments, k)), here = 0;
      guint at = segments->items[k].first;

      for (guint i = at > 1 ? at - 1 : 1; i <= at + 1 && i + 1 < path->n; i++)
        here = MAX (here, fabs (sg_path_turn (path, i, SHARP_REACH)));
      round += turn > 0.05 ? MAX (0, 1 - here / turn) / (segments->n - 1) : 0;
    }
  return round;
}
