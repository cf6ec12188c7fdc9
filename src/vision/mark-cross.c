/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Evidence of an X or a plus: two straight lines that cross near their middles, of one stroke or of two. Any
 * thread. */
#include "vision/evidence.h"
#include "vision/fit.h"

#define USUAL_OFF_MIDDLE 0.15 /* of the line: the crossing from its middle; two strokes may also be a T */
#define ONE_STROKE_OFF_MIDDLE 0.22
#define USUAL_LENGTH_LOG 0.55 /* log of the ratio of the lengths */
#define USUAL_SLANT 0.3       /* rad less than LEAST_ANGLE between the lines */
#define LEAST_ANGLE 0.7
#define LINE_ERROR 0.06
#define MOST_RUNS 8
#define RUNS_A_LINE 2 /* a line that bends a little is two */
#define RUN_COST 0.3
#define USUAL_OUTSIDE 0.06 /* of the stroke: before and behind the two lines */
#define USUAL_BETWEEN 0.5  /* of both lines together: ink that leads from one to the other */
#define CROSS_COST -1.8
#define HOOK 0.3        /* of the stroke: a run this short at an end is no part of the line */
#define HOOK_TURN 0.6   /* rad; and it turns by more */
#define USUAL_HOOKS 0.2 /* of the stroke */

/* Cost of a and b as a cross; INFINITY where they do not. */
static double
crossing_cost (const SgSegment *a, const SgSegment *b, double off_middle, SgPoint *at)
{
  if (!sg_segments_cross (a->from, a->to, b->from, b->to, at))
    return INFINITY;
  double la = sg_segment_length (a), lb = sg_segment_length (b);
  double ma = sg_point_distance (a->from, *at) / la - 0.5, mb = sg_point_distance (b->from, *at) / lb - 0.5;
  double turn = fabs (sg_angle_wrap (sg_point_angle (a->from, a->to) - sg_point_angle (b->from, b->to)));
  double angle = MIN (turn, G_PI - turn);

  return sg_misfit (ma, off_middle) + sg_misfit (mb, off_middle) +
         sg_misfit (log (la / lb), USUAL_LENGTH_LOG) +
         sg_misfit (MAX (0, LEAST_ANGLE - angle), USUAL_SLANT) + sg_misfit (a->rms / la, LINE_ERROR) +
         sg_misfit (b->rms / lb, LINE_ERROR);
}

static SgGeometry
cross_geometry (const SgSegment *a, const SgSegment *b, SgPoint at)
{
  double size = (sg_segment_length (a) + sg_segment_length (b)) / 2;

  return (SgGeometry){ .center = at, .width = size, .height = size };
}

/* The line through one run or several that hardly bend. */
static SgSegment
line_of_runs (const SgRun *run, guint i, guint n)
{
  const SgSegment *first = &run->segments.items[i], *last = first + n - 1;
  SgSegment line = { first->first, last->last, first->from, last->to, first->rms };
  SgLineFit fit;

  if (n > 1)
    line.rms = sg_fit_line (run->path.points + line.first, line.last - line.first + 1, &fit);
  return line;
}

static gboolean
is_hook (const SgRun *run, guint segment, guint corner)
{
  return sg_segment_length (&run->segments.items[segment]) < HOOK * run->path.length &&
         fabs (sg_segments_turn (&run->segments, corner)) > HOOK_TURN;
}

/* The line that a stroke is, without a hook at either end; `hooks` receives their part of the stroke. */
static SgSegment
main_line (const SgPath *path, double *hooks)
{
  SgRun run;

  sg_run_init (&run, path);
  guint first = 0, n = run.segments.n;

  if (n > 1 && is_hook (&run, 0, 1))
    first++, n--;
  if (n > 1 && is_hook (&run, first + n - 1, first + n - 1))
    n--;
  SgSegment line = line_of_runs (&run, first, n);
  *hooks = 1 - (double)(line.last - line.first) / (run.path.n - 1);
  return line;
}

void
sg_evidence_of_two_strokes (const SgPath *a, const SgPath *b, SgEvidence *evidence)
{
  double hooks_a, hooks_b;
  SgSegment la = main_line (a, &hooks_a), lb = main_line (b, &hooks_b);
  SgPoint at;
  double cost = crossing_cost (&la, &lb, USUAL_OFF_MIDDLE, &at);

  if (isfinite (cost))
    sg_evidence_propose (evidence, SG_KIND_CROSS,
                         CROSS_COST + cost + sg_misfit (hooks_a, USUAL_HOOKS) +
                           sg_misfit (hooks_b, USUAL_HOOKS),
                         cross_geometry (&la, &lb, at));
}

/* Without lifting the pen: two lines cross, the ink between them leads from one to the other, and little is
 * left before and behind. */
static void
propose_in_one (
  const SgRun *run, const SgSegment *a, const SgSegment *b, guint more_runs, SgEvidence *evidence)
{
  SgPoint at;
  double cost = crossing_cost (a, b, ONE_STROKE_OFF_MIDDLE, &at);
  double outside = (double)(a->first + run->path.n - 1 - b->last) / (run->path.n - 1);
  double between = (double)(b->first - a->last) / (a->last - a->first + b->last - b->first);

  if (isfinite (cost))
    sg_evidence_propose (evidence, SG_KIND_CROSS,
                         CROSS_COST + cost + RUN_COST * more_runs +
                           sg_misfit (MAX (0, between - USUAL_BETWEEN), 0.2) +
                           sg_misfit (outside, USUAL_OUTSIDE),
                         cross_geometry (a, b, at));
}

void
sg_evidence_of_crosses (const SgRun *run, SgEvidence *evidence)
{
  guint n = run->segments.n;

  if (n < 3 || n > MOST_RUNS)
    return;
  for (guint i = 0; i + 2 < n; i++)
    for (guint m = 1; m <= RUNS_A_LINE && i + m + 1 < n; m++)
      {
        SgSegment a = line_of_runs (run, i, m);

        for (guint j = i + m + 1; j < n; j++)
          for (guint k = 1; k <= RUNS_A_LINE && j + k <= n; k++)
            {
              SgSegment b = line_of_runs (run, j, k);

              propose_in_one (run, &a, &b, j + k - i - 3, evidence);
            }
      }
}
