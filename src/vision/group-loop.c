/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Open strokes that meet end to end and close: a box of four lines, a circle of two halves. A depth-first
 * walk from each stroke over ends that lie close. Any thread.
 */
#include "vision/group.h"

#define MOST_COST 4.5
#define MOST_STROKES 8
#define REACH 0.35 /* of the shorter stroke, or so many pen widths: where ends are said to meet */
#define REACH_WIDTHS 2.5
#define USUAL_GAPS 0.09 /* of the outline: all gaps inside it together */
#define MOST_GAPS 0.25
#define THIN 0.15         /* width of an outline, of its length: a gap there may be a missing side */
#define USUAL_OPENING 0.4 /* of such an outline's width: one gap */
#define TAIL 0.3          /* of a stroke, where the next may branch off it */
#define TAIL_PRICE 0.12   /* gap that is worth one length of tail cut away */
#define STRAIGHT 0.9
#define BRANCHES 3    /* nearest ends tried from one end */
#define WALKS 200     /* outlines and dead ends tried from one stroke */
#define OUTLINES 500  /* tried on a page, and one more for every stroke: bounds the work on a heap of ink */
#define PIN_SHARE 0.3 /* of the outline: a loop this small at a corner is a joint between rods */

typedef struct
{
  SgGrouping *grouping;
  const SgNear *near;
  guint traces[MOST_STROKES]; /* n; in walking order */
  guint entry[MOST_STROKES];  /* n; the end by which each is entered */
  guint n;
  double gaps; /* sum so far */
  double length;
  guint walks;
  guint *outlines; /* that may still be tried on this page */
} Walk;

typedef struct
{
  guint trace, end;
  double gap;
} Step;

static double
reach_of (const SgTrace *a, const SgTrace *b)
{
  return MAX (REACH * MIN (a->extent, b->extent), REACH_WIDTHS * MAX (a->ink->width, b->ink->width));
}

static SgPoint
exit_of (const Walk *walk, guint i)
{
  return sg_grouping_trace (walk->grouping, walk->traces[i])->ends[1 - walk->entry[i]];
}

/* Rods pinned together close a triangle too, but the pins say that they are rods. */
static gboolean
has_pin_at_corner (const Walk *walk)
{
  for (guint i = 0; i < walk->n; i++)
    if (sg_grouping_has_pin (walk->grouping, walk->near, walk->traces[i], exit_of (walk, i),
                             PIN_SHARE * walk->length / G_PI))
      return TRUE;
  return FALSE;
}

/* Two straight lines side by side enclose nothing. */
static gboolean
may_enclose (const Walk *walk)
{
  for (guint i = 0; i < walk->n; i++)
    if (sg_grouping_trace (walk->grouping, walk->traces[i])->straight < STRAIGHT)
      return TRUE;
  return walk->n > 2;
}

/* One stroke of an outline in walking order, and the part of it that is kept. */
typedef struct
{
  SgPath path;
  guint first, last;
} Side;

/* Corners are drawn with overshoot: cuts both strokes where they come closest near their joint. Returns the
 * gap that is left. */
static double
cut_joint (Side *in, Side *out)
{
  guint tail_in = in->path.n * TAIL, tail_out = out->path.n * TAIL;
  double step_in = in->path.length / (in->path.n - 1), step_out = out->path.length / (out->path.n - 1);
  double best = INFINITY, gap = 0;

  for (guint a = 0; a <= tail_in; a++)
    for (guint b = 0; b <= tail_out; b++)
      {
        double d = sg_point_distance (in->path.points[in->path.n - 1 - a], out->path.points[b]);
        double price = d + TAIL_PRICE * (a * step_in + b * step_out);

        if (price < best)
          best = price, gap = d, in->last = in->path.n - 1 - a, out->first = b;
      }
  return gap;
}

/* The strokes of the walk joined to one run; returns the sum of the gaps between them. `widest` (out): of the
 * gaps. */
static double
join_sides (const Walk *walk, SgPath *joined, double *widest)
{
  g_autofree Side *sides = g_new (Side, walk->n);
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (SgPoint));
  double width = 0, gaps = 0;

  for (guint i = 0; i < walk->n; i++)
    {
      const SgInk *ink = sg_grouping_trace (walk->grouping, walk->traces[i])->ink;
      SgPath path;

      sg_path_init_from_ink (&path, ink);
      if (walk->entry[i] == 0)
        sides[i].path = path;
      else
        sg_path_reverse (&sides[i].path, &path);
      width += ink->width / walk->n;
    }
  *widest = 0;
  for (guint i = 0; i < walk->n; i++)
    {
      double gap = cut_joint (&sides[i], &sides[(i + 1) % walk->n]);

      gaps += gap;
      *widest = MAX (*widest, gap);
    }
  for (guint i = 0; i < walk->n; i++)
    if (sides[i].first <= sides[i].last)
      g_array_append_vals (points, sides[i].path.points + sides[i].first, sides[i].last - sides[i].first + 1);
  sg_path_init (joined, (SgPoint *)points->data, NULL, points->len, width);
  return gaps;
}

/* Of a gap as wide as a thin outline, which is a side that is not there. */
static double
cost_of_opening (const SgPath *outline, double gap)
{
  double width = fabs (sg_polygon_area (outline->points, outline->n)) / outline->size;

  return width < THIN * outline->size ? sg_misfit (gap / width, USUAL_OPENING) : 0;
}

static void
propose_outline (Walk *walk)
{
  SgPath path;
  SgRun run;
  SgEvidence evidence;

  SgMemoKey key = { SG_ASK_LOOP, walk->n, { 0 } };

  if (*walk->outlines == 0 || !may_enclose (walk) || has_pin_at_corner (walk))
    return;
  --*walk->outlines;
  for (guint i = 0; i < walk->n; i++)
    key.parts[i] = sg_memo_part (sg_grouping_trace (walk->grouping, walk->traces[i])->id, walk->entry[i]);
  if (sg_grouping_recall (walk->grouping, &key, walk->traces, walk->n) ||
      !sg_budget_spend (walk->grouping->budget))
    return;
  double widest, gaps = join_sides (walk, &path, &widest);
  double cost =
    sg_misfit (gaps / path.length, USUAL_GAPS) + cost_of_opening (&path, widest);

  sg_run_init_outline (&run, &path);
  sg_evidence_init (&evidence);
  sg_evidence_of_outline (&run, &evidence);
  for (guint k = 0; k < SG_N_KINDS; k++)
    evidence.cost[k] += cost;
  sg_grouping_propose (walk->grouping, &key, walk->traces, walk->n, MOST_COST, &evidence);
}

static gboolean
is_on_walk (const Walk *walk, guint trace)
{
  for (guint i = 0; i < walk->n; i++)
    if (walk->traces[i] == trace)
      return TRUE;
  return FALSE;
}

/* The nearest ends that the walk could go on to, nearest first. Only strokes after the first one: each
 * outline is found from its first stroke. */
static guint
next_steps (const Walk *walk, Step steps[BRANCHES])
{
  guint n, count = 0, last = walk->traces[walk->n - 1];
  const guint *others = sg_near_of (walk->near, last, &n);
  const SgTrace *from = sg_grouping_trace (walk->grouping, last);

  for (guint k = 0; k < n; k++)
    {
      const SgTrace *to = sg_grouping_trace (walk->grouping, others[k]);

      if (others[k] <= walk->traces[0] || to->loop || is_on_walk (walk, others[k]))
        continue;
      for (guint end = 0; end < 2; end++)
        {
          Step step = { others[k], end, sg_point_distance (exit_of (walk, walk->n - 1), to->ends[end]) };
          guint at = MIN (count, BRANCHES - 1);

          if (step.gap > reach_of (from, to) || (count == BRANCHES && step.gap >= steps[at].gap))
            continue;
          count = MIN (count + 1, BRANCHES);
          for (at = count - 1; at > 0 && steps[at - 1].gap > step.gap; at--)
            steps[at] = steps[at - 1];
          steps[at] = step;
        }
    }
  return count;
}

static void
walk_on (Walk *walk)
{
  const SgTrace *first = sg_grouping_trace (walk->grouping, walk->traces[0]);
  const SgTrace *last = sg_grouping_trace (walk->grouping, walk->traces[walk->n - 1]);
  Step steps[BRANCHES];

  if (++walk->walks > WALKS)
    return;
  if (walk->n > 1)
    {
      double gap = sg_point_distance (exit_of (walk, walk->n - 1), first->ends[0]);

      if (gap <= reach_of (first, last) && walk->gaps + gap < MOST_GAPS * walk->length)
        propose_outline (walk);
    }
  if (walk->n == MOST_STROKES)
    return;
  guint count = next_steps (walk, steps);
  for (guint i = 0; i < count; i++)
    {
      double length = sg_grouping_trace (walk->grouping, steps[i].trace)->ink->length;

      walk->traces[walk->n] = steps[i].trace;
      walk->entry[walk->n++] = steps[i].end;
      walk->gaps += steps[i].gap, walk->length += length;
      walk_on (walk);
      walk->gaps -= steps[i].gap, walk->length -= length;
      walk->n--;
    }
}

static void
propose_loops (SgGrouping *grouping, const SgNear *near)
{
  guint outlines = OUTLINES + grouping->traces->len;

  for (guint i = 0; i < grouping->traces->len; i++)
    {
      const SgTrace *trace = sg_grouping_trace (grouping, i);
      Walk walk = { .grouping = grouping,
                    .near = near,
                    .traces = { i },
                    .n = 1,
                    .length = trace->ink->length,
                    .outlines = &outlines };

      if (!trace->loop && !sg_budget_is_over (grouping->budget))
        walk_on (&walk);
    }
}

const SgProposer sg_propose_loops = { SG_NEAR_LOOPS, REACH / 2, REACH_WIDTHS / 2, propose_loops };
