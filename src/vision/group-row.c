/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of short strokes alike: hatching (side by side along a line) and dashes (end to end). Strokes are
 * linked to the neighbours that continue the row; linked strokes form one. Any thread.
 */
#include "vision/group.h"

#include <string.h>

#include "vision/fit.h"

#define MOST_COST 3.0
#define MOST_BEND 0.12
#define LEAST_STRAIGHT 0.75
#define ALIKE_ANGLE 0.5   /* rad between neighbours */
#define ALIKE_LENGTH 2.0  /* ratio of neighbours */
#define HATCH_SPACING 6.0 /* of the strokes' length, at most */
#define LEAST_HATCHES 4
#define LEAST_ROW 1.2     /* of a hatch stroke's length */
#define FEET_ERROR 0.25   /* of the length: usual deviation of the strokes' feet from their line */
#define FEET_REACH 0.5    /* of the length: feet this far off a line still stand on it */
#define ROW_TRIALS 60     /* feet from which lines are tried, where there are more */
#define ROW_PARTNERS 10   /* and how many next ones each is tried with */
#define USUAL_JITTER 0.55 /* standard deviation of the log of the spacing */
#define STRAY 1.5         /* of the row's spacing: a stroke this far beyond its end may be none of it */
#define DASH_GAP 2.5      /* of the dashes' length, at most */
#define DASH_SIDE 0.5     /* of the length: offset of the next dash across this one */
#define LEAST_DASHES 4
#define HELD_COST 6.0 /* held by something: these are bars, not hatching */
#define PIN_SHARE 0.3 /* of the length: what is this small at an end is a pin */

typedef enum
{
  ROW_HATCHING,
  ROW_DASHES
} RowKind;

typedef struct
{
  SgGrouping *grouping;
  const SgNear *near;
  RowKind kind;
  guint *parent; /* disjoint sets of traces */
} Rows;

static guint
root_of (Rows *rows, guint i)
{
  while (rows->parent[i] != i)
    i = rows->parent[i] = rows->parent[rows->parent[i]];
  return i;
}

static gboolean
may_be_in_row (const SgTrace *trace)
{
  return trace->straight > LEAST_STRAIGHT && trace->bend < MOST_BEND && !trace->loop;
}

static gboolean
are_alike (const SgTrace *a, const SgTrace *b)
{
  return a->extent < ALIKE_LENGTH * b->extent && b->extent < ALIKE_LENGTH * a->extent &&
         fabs (sg_point_cross (a->direction, b->direction)) < sin (ALIKE_ANGLE);
}

/* Distance from a to b where b could be next in the row, else INFINITY. */
static double
row_distance (RowKind kind, const SgTrace *a, const SgTrace *b)
{
  SgPoint d = sg_point_sub (b->middle, a->middle);
  double along = fabs (sg_point_dot (d, a->direction)), across = fabs (sg_point_cross (d, a->direction));
  double length = (a->extent + b->extent) / 2;

  if (!are_alike (a, b))
    return INFINITY;
  if (kind == ROW_HATCHING)
    return across > 0.35 * along && across > 0.1 * length && across < HATCH_SPACING * length
             ? sg_point_norm (d)
             : INFINITY;
  return along - length < DASH_GAP * length && along > 0.9 * length && across < DASH_SIDE * length ? along
                                                                                                   : INFINITY;
}

/* Links a stroke to the nearest one on either side of it. */
static void
link_trace (Rows *rows, guint i)
{
  const SgTrace *a = sg_grouping_trace (rows->grouping, i);
  guint n, nearest[2] = { i, i };
  const guint *others = sg_near_of (rows->near, i, &n);
  double least[2] = { INFINITY, INFINITY };
  SgPoint axis = rows->kind == ROW_HATCHING ? SG_POINT (-a->direction.y, a->direction.x) : a->direction;

  for (guint k = 0; k < n; k++)
    {
      const SgTrace *b = sg_grouping_trace (rows->grouping, others[k]);
      double d = may_be_in_row (b) ? row_distance (rows->kind, a, b) : INFINITY;
      int side = sg_point_dot (sg_point_sub (b->middle, a->middle), axis) > 0;

      if (d < least[side])
        least[side] = d, nearest[side] = others[k];
    }
  for (int side = 0; side < 2; side++)
    rows->parent[root_of (rows, i)] = root_of (rows, nearest[side]);
}

/* The end of a stroke on one side of the row; `forward` tells the sides apart. */
static SgPoint
foot_of (const SgTrace *trace, SgPoint forward, int side)
{
  SgPoint d = sg_point_sub (trace->ends[1], trace->ends[0]);

  return trace->ends[(sg_point_dot (d, forward) > 0) == side];
}

/* Root mean square of the feet off the line through them, on the side where that is less: there the hatching
 * stands on something. */
static double
fit_feet (const SgGrouping *grouping, const guint *traces, guint n, SgLineFit *line)
{
  g_autofree SgPoint *feet = g_new (SgPoint, n);
  SgPoint forward = sg_grouping_trace (grouping, traces[0])->direction;
  double least = INFINITY;

  for (int side = 0; side < 2; side++)
    {
      SgLineFit fit;

      for (guint i = 0; i < n; i++)
        feet[i] = foot_of (sg_grouping_trace (grouping, traces[i]), forward, side);
      double rms = sg_fit_line (feet, n, &fit);
      if (rms < least)
        least = rms, *line = fit;
    }
  return least;
}

static int
compare_places (const void *a, const void *b)
{
  double p = *(const double *)a, q = *(const double *)b;

  return p < q ? -1 : p > q;
}

/* Standard deviation of the log of the spacing along the line; `from` and `to` receive the row's ends. */
static double
spacing_jitter (
  const SgGrouping *grouping, const guint *traces, guint n, const SgLineFit *line, SgGeometry *row)
{
  g_autofree double *place = g_new (double, n);
  double sum = 0, squares = 0, floor;

  for (guint i = 0; i < n; i++)
    place[i] = sg_point_dot (sg_point_sub (sg_grouping_trace (grouping, traces[i])->middle, line->center),
                             line->direction);
  qsort (place, n, sizeof *place, compare_places);
  floor = (place[n - 1] - place[0]) / n / 10;
  for (guint i = 1; i < n; i++)
    {
      double l = log (MAX (place[i] - place[i - 1], MAX (floor, 1e-6)));
      sum += l / (n - 1), squares += l * l / (n - 1);
    }
  row->from = sg_point_add (line->center, sg_point_scale (line->direction, place[0]));
  row->to = sg_point_add (line->center, sg_point_scale (line->direction, place[n - 1]));
  return sqrt (MAX (0, squares - sum * sum));
}

/* The members but for the one at an end of the row along `axis` (side 0 or 1), where that stands farther from
 * the next than ticks do; returns how many, 0 where it does not. */
static guint
leave_out_end (
  const SgGrouping *grouping, const guint *traces, guint n, SgPoint axis, int side, guint *shorter)
{
  double first = -INFINITY, second = -INFINITY, last = INFINITY, way = side ? 1 : -1;
  guint end = 0, kept = 0;

  for (guint i = 0; i < n; i++)
    {
      double place = way * sg_point_dot (sg_grouping_trace (grouping, traces[i])->middle, axis);

      if (place > first)
        second = first, first = place, end = i;
      else
        second = MAX (second, place);
      last = MIN (last, place);
    }
  if (n < LEAST_HATCHES + 1 || first - second < STRAY * (second - last) / (n - 2))
    return 0;
  for (guint i = 0; i < n; i++)
    if (i != end)
      shorter[kept++] = traces[i];
  return kept;
}

static gboolean
is_member (Rows *rows, guint trace, guint member)
{
  return root_of (rows, trace) == root_of (rows, member);
}

static gboolean
end_is_held (Rows *rows, guint member, guint end)
{
  const SgTrace *a = sg_grouping_trace (rows->grouping, member);
  double reach = 0.2 * a->extent;
  guint n;
  const guint *others = sg_near_of (rows->near, member, &n);

  for (guint k = 0; k < n; k++)
    {
      const SgTrace *b = sg_grouping_trace (rows->grouping, others[k]);

      if (is_member (rows, others[k], member))
        continue;
      if (b->loop ? sg_rect_contains (sg_rect_grow (b->ink->bounds, reach / 2), a->ends[end])
                  : MIN (sg_point_distance (b->ends[0], a->ends[end]),
                         sg_point_distance (b->ends[1], a->ends[end])) < reach)
        return TRUE;
    }
  return FALSE;
}

static gboolean
hangs_on_pin (Rows *rows, guint member)
{
  const SgTrace *a = sg_grouping_trace (rows->grouping, member);

  for (guint end = 0; end < 2; end++)
    if (sg_grouping_has_pin (rows->grouping, rows->near, member, a->ends[end], PIN_SHARE * a->extent))
      return TRUE;
  return FALSE;
}

/* Part of the members that have something at both ends, or a pin at one. */
static double
held_share (Rows *rows, const guint *traces, guint n)
{
  guint held = 0;

  for (guint i = 0; i < n; i++)
    held += (end_is_held (rows, traces[i], 0) && end_is_held (rows, traces[i], 1)) ||
            hangs_on_pin (rows, traces[i]);
  return (double)held / n;
}

static double
mean_extent (const SgGrouping *grouping, const guint *traces, guint n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += sg_grouping_trace (grouping, traces[i])->extent / n;
  return sum;
}

static SgPoint
mean_middle (const SgGrouping *grouping, const guint *traces, guint n)
{
  SgPoint sum = { 0, 0 };

  for (guint i = 0; i < n; i++)
    sum = sg_point_add (sum, sg_grouping_trace (grouping, traces[i])->middle);
  return sg_point_scale (sum, 1.0 / n);
}

static void
propose_hatching (Rows *rows, const guint *traces, guint n)
{
  SgLineFit line;
  SgGeometry row = { 0 };
  SgEvidence evidence;
  double length = mean_extent (rows->grouping, traces, n);
  double feet = fit_feet (rows->grouping, traces, n, &line);
  double jitter = spacing_jitter (rows->grouping, traces, n, &line, &row);

  if (sg_point_distance (row.from, row.to) < LEAST_ROW * length)
    return;
  row.center = mean_middle (rows->grouping, traces, n);
  sg_evidence_init (&evidence);
  sg_evidence_propose (&evidence, SG_KIND_HATCHING,
                       0.1 + sg_misfit (feet / length, FEET_ERROR) + sg_misfit (jitter, USUAL_JITTER) +
                         HELD_COST * held_share (rows, traces, n) + 1.0 / n,
                       row);
  sg_grouping_propose (rows->grouping, NULL, traces, n, MOST_COST, &evidence);
}

/* The row, and the row without a stroke beyond its end that may be part of another mark. */
static void
propose_row (Rows *rows, const guint *traces, guint n)
{
  g_autofree guint *shorter = g_new (guint, n);
  SgLineFit line;

  fit_feet (rows->grouping, traces, n, &line);
  propose_hatching (rows, traces, n);
  for (int side = 0; side < 2; side++)
    {
      guint kept = leave_out_end (rows->grouping, traces, n, line.direction, side, shorter);

      if (kept > 0)
        propose_hatching (rows, shorter, kept);
    }
}

static void
propose_dashes (Rows *rows, const guint *traces, guint n)
{
  SgLineFit line;
  SgGeometry row = { 0 };
  SgEvidence evidence;
  g_autofree SgPoint *ends = g_new (SgPoint, 2 * n);

  for (guint i = 0; i < n; i++)
    for (int end = 0; end < 2; end++)
      ends[2 * i + end] = sg_grouping_trace (rows->grouping, traces[i])->ends[end];
  double length = mean_extent (rows->grouping, traces, n), off = sg_fit_line (ends, 2 * n, &line);
  double jitter = spacing_jitter (rows->grouping, traces, n, &line, &row);
  SgPoint half = sg_point_scale (line.direction, length / 2);

  row.from = sg_point_sub (row.from, half), row.to = sg_point_add (row.to, half);
  sg_evidence_init (&evidence);
  sg_evidence_propose (
    &evidence, SG_KIND_LINE,
    0.3 + sg_misfit (off / length, FEET_ERROR) + sg_misfit (jitter, USUAL_JITTER) +
      HELD_COST * held_share (rows, traces, n) + 1.0 / n,
    row);
  sg_grouping_propose (rows->grouping, NULL, traces, n, MOST_COST, &evidence);
}

/* One end of a stroke, and how far off a line it may be and still stand on it. */
typedef struct
{
  SgPoint at;
  double reach;
} Foot;

static inline gboolean
stands_on (const Foot *foot, SgPoint from, SgPoint along, double length)
{
  return fabs (sg_point_cross (along, sg_point_sub (foot->at, from))) < foot->reach * length;
}

/* How many feet stand on the line through feet i and j. */
static guint
count_on_line (const Foot *feet, guint n, guint i, guint j)
{
  SgPoint from = feet[i].at, along = sg_point_sub (feet[j].at, from);
  double length = sg_point_norm (along);
  guint count = 0;

  for (guint k = 0; k < n; k++)
    count += stands_on (&feet[k], from, along, length);
  return count;
}

/* The straight row with most strokes among `traces`: on[k] tells which. Lines through two feet drawn soon
 * after each other are tried (Fischler and Bolles, "Random sample consensus", 1981, without the chance). */
static guint
find_straight_row (const SgGrouping *grouping, const guint *traces, guint n, gboolean *on)
{
  g_autofree Foot *feet = g_new (Foot, n);
  SgPoint forward = sg_grouping_trace (grouping, traces[0])->direction;
  guint most = 0, stride = 1 + n / ROW_TRIALS;

  for (int side = 0; side < 2; side++)
    {
      for (guint i = 0; i < n; i++)
        {
          const SgTrace *trace = sg_grouping_trace (grouping, traces[i]);

          feet[i] = (Foot){ foot_of (trace, forward, side), FEET_REACH * trace->extent };
        }
      for (guint i = 0; i < n; i += stride)
        for (guint j = i + 1; j < MIN (n, i + ROW_PARTNERS); j++)
          {
            guint count = count_on_line (feet, n, i, j);
            SgPoint along = sg_point_sub (feet[j].at, feet[i].at);

            if (count <= most)
              continue;
            most = count;
            for (guint k = 0; k < n; k++)
              on[k] = stands_on (&feet[k], feet[i].at, along, sg_point_norm (along));
          }
    }
  return most;
}

/* Linked strokes may turn corners, as where a ramp meets the ground: each straight row is one hatching.
 * `number` receives by trace its row's, from 1 on, or 0. */
static void
number_rows (const SgGrouping *grouping, const guint *traces, guint n, guint16 *number)
{
  g_autofree gboolean *on = g_new (gboolean, n);
  g_autofree guint *left = g_memdup2 (traces, n * sizeof *traces);
  g_autofree guint *place = g_new (guint, n); /* by what is left: its place among the traces */
  guint16 rows = 0;

  for (guint i = 0; i < n; i++)
    place[i] = i, number[i] = 0;
  while (n >= LEAST_HATCHES && find_straight_row (grouping, left, n, on) >= LEAST_HATCHES)
    {
      guint kept = 0;

      rows++;
      for (guint i = 0; i < n; i++)
        if (on[i])
          number[place[i]] = rows;
        else
          left[kept] = left[i], place[kept++] = place[i];
      n = kept;
    }
}

/* NULL where one of them has no id. Returns: (transfer full). */
static GBytes *
ids_of (const SgGrouping *grouping, const guint *traces, guint n)
{
  g_autofree guint64 *ids = g_new (guint64, n);

  for (guint i = 0; i < n; i++)
    {
      ids[i] = sg_grouping_trace (grouping, traces[i])->id;
      if (ids[i] == 0)
        return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&ids), n * sizeof *ids);
}

/* The numbers of rows as number_rows () gives them, from the memo where they are known.
 * Returns: (transfer full). */
static GBytes *
known_rows (const SgGrouping *grouping, const guint *traces, guint n)
{
  g_autoptr (GBytes) ids = ids_of (grouping, traces, n);
  GBytes *known = ids ? sg_memo_find_rows (grouping->memo, ids) : NULL;

  if (known)
    return g_bytes_ref (known);
  guint16 *number = g_new (guint16, n);

  number_rows (grouping, traces, n, number);
  known = g_bytes_new_take (number, n * sizeof *number);
  if (ids)
    sg_memo_keep_rows (grouping->memo, ids, known);
  return known;
}

static void
propose_straight_rows (Rows *rows, const guint *traces, guint n)
{
  g_autoptr (GBytes) known = known_rows (rows->grouping, traces, n);
  const guint16 *number = g_bytes_get_data (known, NULL);
  g_autofree guint *row = g_new (guint, n);
  guint kept = 1;

  for (guint16 at = 1; kept > 0; at++)
    {
      kept = 0;
      for (guint i = 0; i < n; i++)
        if (number[i] == at)
          row[kept++] = traces[i];
      if (kept > 0)
        propose_row (rows, row, kept);
    }
}

/* The traces row by row: `members` receives them in the order of their rows' roots and then their own, and
 * `first` (n + 1), by root, where its row begins. */
static void
sort_by_row (Rows *rows, guint *members, guint *first)
{
  guint n = rows->grouping->traces->len;
  g_autofree guint *next = g_new (guint, n + 1);

  memset (first, 0, (n + 1) * sizeof *first);
  for (guint i = 0; i < n; i++)
    first[root_of (rows, i) + 1]++;
  for (guint i = 0; i < n; i++)
    first[i + 1] += first[i];
  memcpy (next, first, (n + 1) * sizeof *next);
  for (guint i = 0; i < n; i++)
    members[next[root_of (rows, i)]++] = i;
}

static void
find_rows (Rows *rows)
{
  guint n = rows->grouping->traces->len, least = rows->kind == ROW_HATCHING ? LEAST_HATCHES : LEAST_DASHES;
  g_autofree guint *members = g_new (guint, n);
  g_autofree guint *first = g_new (guint, n + 1);

  for (guint i = 0; i < n; i++)
    rows->parent[i] = i;
  for (guint i = 0; i < n; i++)
    if (may_be_in_row (sg_grouping_trace (rows->grouping, i)))
      link_trace (rows, i);
  sort_by_row (rows, members, first);
  for (guint root = 0; root < n; root++)
    {
      guint count = first[root + 1] - first[root];

      if (count < least)
        continue;
      if (!sg_budget_spend (rows->grouping->budget))
        return;
      if (rows->kind == ROW_HATCHING)
        propose_straight_rows (rows, members + first[root], count);
      else
        propose_dashes (rows, members + first[root], count);
    }
}

static void
propose_rows (SgGrouping *grouping, const SgNear *near)
{
  g_autofree guint *parent = g_new (guint, grouping->traces->len);
  Rows rows = { grouping, near, ROW_HATCHING, parent };

  find_rows (&rows);
  rows.kind = ROW_DASHES;
  find_rows (&rows);
}

const SgProposer sg_propose_rows = { SG_NEAR_ROWS, HATCH_SPACING / 2, 1, propose_rows };
