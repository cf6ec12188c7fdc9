/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Measures of strokes; one run of the evidence modules serves all that is asked of a stroke. */
#include "vision/single.h"

#include "vision/fit.h"

#define LOOP_GAP 0.12      /* of the length: a stroke whose ends are this close needs no other */
#define NEARLY_CLOSED 0.35 /* gap / length of a loop that was left open */

void
sg_trace_init (SgTrace *trace, const SgInk *ink)
{
  SgLineFit fit;
  double bend = sg_fit_line (ink->points, ink->n, &fit);

  *trace = (SgTrace){
    .id = ink->id,
    .ink = ink,
    .ends = { ink->points[0], ink->points[ink->n - 1] },
    .middle = sg_rect_center (ink->bounds),
    .direction = fit.direction,
    .extent = MAX (sg_rect_diagonal (ink->bounds), ink->width),
    .round = -1,
  };
  double gap = sg_point_distance (trace->ends[0], trace->ends[1]);

  trace->straight = ink->length > 0 ? gap / ink->length : 0;
  trace->bend = bend / trace->extent;
  trace->loop = gap < LOOP_GAP * ink->length || ink->length < 2 * ink->width ||
                (gap < 2 * ink->width && ink->length > 2 * trace->extent);
}

void
sg_trace_clear (SgTrace *trace)
{
  g_clear_pointer (&trace->verdict, sg_verdict_unref);
  g_clear_pointer (&trace->limbs, g_free);
}

double
sg_trace_distance (const SgTrace *trace, SgPoint p)
{
  const SgInk *ink = trace->ink;
  double least = sg_point_distance (ink->points[0], p);

  for (guint i = 1; i < ink->n; i++)
    least = MIN (least, sg_segment_distance (ink->points[i - 1], ink->points[i], p, NULL));
  return least;
}

static SgTip
tip_at (const SgPath *path, guint index, gboolean reversed)
{
  guint last = path->n - 1, drawn = reversed ? last - index : index;
  guint first = reversed ? drawn : 0, count = reversed ? last - drawn + 1 : drawn + 1;

  return (SgTip){ index, path->points[drawn], sg_path_length (path->points + first, count) };
}

static void
find_tips (SgTrace *trace, const SgRun *run)
{
  guint n = run->segments.n, last = run->path.n - 1;

  trace->tips[0][0] = tip_at (&run->path, last, FALSE);
  trace->tips[1][0] = tip_at (&run->path, last, TRUE);
  trace->n_tips = 1;
  for (guint k = 1; k < n && k < SG_TIPS_MAX; k++)
    {
      trace->tips[0][k] = tip_at (&run->path, run->segments.items[n - k].first, FALSE);
      trace->tips[1][k] = tip_at (&run->path, last - run->segments.items[k - 1].last, TRUE);
      trace->n_tips++;
    }
}

static void
study (SgTrace *trace)
{
  SgPath path;
  SgRun run;
  SgEvidence evidence;

  if (trace->verdict)
    return;
  sg_path_init_from_ink (&path, trace->ink);
  sg_run_init (&run, &path);
  sg_evidence_init (&evidence);
  sg_evidence_of_run (&run, &evidence);
  trace->verdict = sg_verdict_new (&evidence);
  find_tips (trace, &run);
}

const SgVerdict *
sg_trace_verdict (SgTrace *trace)
{
  study (trace);
  return trace->verdict;
}

const SgTip *
sg_trace_tips (SgTrace *trace, gboolean reversed, guint *n)
{
  study (trace);
  *n = trace->n_tips;
  return trace->tips[reversed ? 1 : 0];
}

gboolean
sg_trace_is_round (SgTrace *trace)
{
  SgCircleFit circle;
  SgPoint corners[3], hull[SG_PATH_MAX + 1];
  SgPath path;

  if (trace->round >= 0)
    return trace->round;
  trace->round = FALSE;
  if (!trace->loop && trace->straight > NEARLY_CLOSED)
    return FALSE;
  sg_path_init_from_ink (&path, trace->ink);
  guint k = sg_convex_hull (path.points, path.n, hull);
  trace->round = sg_fit_circle (path.points, path.n, &circle) <
                 2 * sg_fit_triangle (path.points, path.n, hull, k, corners);
  return trace->round;
}
