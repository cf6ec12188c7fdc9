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

/* A point from which the next run may start. */
typedef struct
{
  guint at;
  guint checked; /* it is known to have been in the race at this point */
  double base;   /* cost of the best way to `at`, and of the corner there */
  double least;  /* cost of going on from there to any point to come: a line fits more points only worse */
} Start;

typedef struct
{
  Sums sums;
  double limit[SG_PATH_MAX]; /* at each point: a start whose cost up to it reaches this is out of the race;
                                what a start there costs to begin with, too */
  Start starts[SG_PATH_MAX]; /* n_starts; ascending */
  guint n_starts;
  double slack; /* above the sums' rounding, far below the price of a corner */
} Race;

static inline double
cost_up_to (const Race *race, const Start *start, guint last)
{
  return start->base + run_error (&race->sums, start->at, last);
}

/* Whether a start that was passed over for a while, and just measured, is still in the race at point `j`.
 * What it costs up to `j` is no less than what it cost on the way there, which mostly answers without
 * measuring. */
static gboolean
is_in_race (const Race *race, const Start *start, guint j)
{
  for (guint i = start->checked + 1; i < j; i++)
    if (start->least + race->slack >= race->limit[i] && cost_up_to (race, start, i) >= race->limit[i])
      return FALSE;
  return TRUE;
}

/* The cost of the best way to point `j`. `*from` is where the last run of the best way to the point before
 * starts (in) and where that of this one does (out). Only starts that may be better than just going on are
 * measured, and those that cannot catch up leave the race. */
static double
run_to (Race *race, guint j, double corner, double going_on, guint *from)
{
  double best = going_on;
  guint before = *from, n_left = 0;

  for (guint k = 0; k < race->n_starts; k++)
    {
      Start *start = &race->starts[k];

      if (start->least - race->slack >= going_on + corner)
        continue;
      if (start->at == before)
        start->least = going_on, start->checked = j - 1;
      else if (start->least - race->slack <= best)
        {
          start->least = cost_up_to (race, start, j);
          if (start->least < best || (start->least == best && start->at < *from))
            {
              if (!is_in_race (race, start, j))
                continue;
              start->checked = j - 1;
              best = start->least, *from = start->at;
            }
        }
      if (n_left < k)
        race->starts[n_left] = *start;
      n_left++;
    }
  race->n_starts = n_left;
  return best;
}

/* Where each best run that ends at a point begins; from[0] is unused.
 *
 * A start that is worse than the best by the price of a corner here cannot catch up later, as its run could
 * as well be broken here (Killick, Fearnhead and Eckley, "Optimal detection of changepoints with a linear
 * computational cost", 2012, theorem 3.1; the point that two runs share makes this true but for its own
 * error, which is far below a corner's price). Of the starts left to try at each point hardly any is
 * measured: most cost too much even if their lines were without error. */
static void
find_runs (const SgPath *path, double price, guint *from)
{
  Race race;

  race.n_starts = 0;
  race.slack = 1e-6 * price;
  race.limit[0] = 0;
  sums_init (&race.sums, path);
  from[0] = 0;
  for (guint j = 1; j < path->n; j++)
    {
      double corner = price * (1 - SLOW_DISCOUNT * path->slow[j]);
      double base = race.limit[j - 1];

      race.starts[race.n_starts++] = (Start){ j - 1, j - 1, base, base };
      from[j] = from[j - 1];
      double going_on = race.limit[from[j]] + run_error (&race.sums, from[j], j);
      race.limit[j] = run_to (&race, j, corner, going_on, &from[j]) + corner;
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
  SgPoint u = sg_point_sub (in->to, in->from), v = sg_point_sub (out->to, out->from);

  return atan2 (sg_point_cross (v, u), sg_point_dot (u, v));
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
