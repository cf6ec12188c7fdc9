/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Corners by dynamic programming; pure, any thread. */
#include "vision/segments.h"

#include "vision/fit.h"

#define CORNER_PRICE 0.25 /* in units of tolerance^2 a point of the path */
#define SHARP_REACH 3     /* points to either side within which a corner makes its turn */
#define SLOW_DISCOUNT 0.4 /* of the price where the pen nearly stopped */
#define DROP_EVERY 8      /* points: to look at every start costs more than to keep a few too many */

/* Sums up to a point, from which the error of any run's line follows in constant time. */
typedef struct
{
  double x, y, xx, xy, yy;
} Sums;

/* Points from which the next run may start. */
typedef struct
{
  Sums sums[SG_PATH_MAX + 1];
  double inverse[SG_PATH_MAX + 1]; /* 1 / n; there are many more runs than lengths of them */
  double limit[SG_PATH_MAX];       /* by point: what a start may cost up to it, or one there, to stay in */
  guint checked[SG_PATH_MAX];      /* by point: a start there is known to have been in the race at this one */
  guint leader;                    /* where the last run of the best way to the point before starts */
  guint starts[SG_PATH_MAX];       /* n_starts; the points of the others */
  double least[SG_PATH_MAX];       /* n_starts; cost of going on from there: more points only fit worse */
  guint n_starts;
  double slack; /* above the sums' rounding, far below the price of a corner */
} Race;

static void
race_init (Race *race, const SgPath *path, double price)
{
  SgPoint o = sg_rect_center (path->bounds);
  Sums sum = { 0 };

  race->leader = race->n_starts = 0;
  race->slack = 1e-6 * price;
  race->limit[0] = 0;
  race->sums[0] = sum;
  for (guint i = 0; i < path->n; i++)
    {
      SgPoint p = sg_point_sub (path->points[i], o);

      sum.x += p.x, sum.y += p.y;
      sum.xx += p.x * p.x, sum.xy += p.x * p.y, sum.yy += p.y * p.y;
      race->sums[i + 1] = sum;
      race->inverse[i + 1] = 1.0 / (i + 1);
    }
}

/* Sum of squared distances of points first..last from their line. */
static inline double
run_error (const Race *race, guint first, guint last)
{
  const Sums *from = &race->sums[first], *to = &race->sums[last + 1];
  double share = race->inverse[last - first + 1], x = to->x - from->x, y = to->y - from->y;
  double xx = to->xx - from->xx - x * x * share;
  double xy = to->xy - from->xy - x * y * share;
  double yy = to->yy - from->yy - y * y * share;

  return MAX (0, (xx + yy) / 2 - sqrt ((xx - yy) * (xx - yy) / 4 + xy * xy));
}

static inline double
cost_up_to (const Race *race, guint start, guint last)
{
  return race->limit[start] + run_error (race, start, last);
}

/* Whether a start that was passed over for a while, and costs `cost` up to point `j`, is still in the race
 * there. That is no less than what it cost on the way, which mostly answers without measuring. */
static gboolean
is_in_race (const Race *race, guint start, double cost, guint j)
{
  for (guint i = race->checked[start] + 1; i < j; i++)
    if (cost + race->slack >= race->limit[i] && cost_up_to (race, start, i) >= race->limit[i])
      return FALSE;
  return TRUE;
}

static void
add_start (Race *race, guint at)
{
  race->checked[at] = at;
  race->starts[race->n_starts] = at;
  race->least[race->n_starts++] = race->limit[at];
}

/* Lets those go that cannot catch up. */
static void
drop_starts (Race *race, double limit)
{
  guint n = 0;

  for (guint k = 0; k < race->n_starts; k++)
    {
      race->starts[n] = race->starts[k];
      race->least[n] = race->least[k];
      n += race->least[k] < limit;
    }
  race->n_starts = n;
}

/* The first start from the `k`th on that may cost no more than `bar`; n_starts where there is none. */
static inline guint
next_start (const Race *race, guint k, double bar)
{
  guint n = race->n_starts;

  while (k < n && race->least[k] > bar)
    k++;
  return k;
}

/* Takes the race to point `j`: only starts that may be better than just going on are measured. */
static void
run_to (Race *race, guint j, double corner)
{
  double best = cost_up_to (race, race->leader, j);

  race->checked[race->leader] = j - 1;
  for (guint k = 0; (k = next_start (race, k, best + race->slack)) < race->n_starts; k++)
    {
      guint start = race->starts[k];
      double cost = race->least[k] = cost_up_to (race, start, j);

      if (cost > best || (cost == best && start > race->leader))
        continue;
      if (!is_in_race (race, start, cost, j))
        {
          race->least[k] = INFINITY;
          continue;
        }
      race->checked[start] = j - 1;
      race->least[k] = best, race->starts[k] = race->leader;
      best = cost, race->leader = start;
    }
  race->limit[j] = best + corner;
  if (j % DROP_EVERY == 0)
    drop_starts (race, race->limit[j] + race->slack);
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

  race_init (&race, path, price);
  from[0] = 0;
  for (guint j = 1; j < path->n; j++)
    {
      if (j > 1)
        add_start (&race, j - 1);
      run_to (&race, j, price * (1 - SLOW_DISCOUNT * path->slow[j]));
      from[j] = race.leader;
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

/* The sharpest turn within a point of corner `at`; rad. */
static double
sharpest_turn (const SgPath *path, guint at)
{
  SgPoint sharpest = { 1, 0 };

  for (guint i = at > 1 ? at - 1 : 1; i <= at + 1 && i + 1 < path->n; i++)
    {
      SgPoint bend = sg_path_bend (path, i, SHARP_REACH);

      if (sg_bend_exceeds (bend, sharpest))
        sharpest = bend;
    }
  return fabs (sg_bend_angle (sharpest));
}

double
sg_segments_roundness (const SgPath *path, const SgSegments *segments)
{
  double round = 0;

  for (guint k = 1; k < segments->n; k++)
    {
      double turn = fabs (sg_segments_turn (segments, k));

      if (turn > 0.05)
        round += MAX (0, 1 - sharpest_turn (path, segments->items[k].first) / turn) / (segments->n - 1);
    }
  return round;
}
