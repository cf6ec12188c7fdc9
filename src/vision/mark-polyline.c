/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Evidence of open marks of several straight runs. Any thread. */
#include "vision/evidence.h"

#define POLYLINE_ERROR 0.012 /* usual rms deviation of the runs, of the mark's size */
#define CORNER_COST 0.12
#define ROUNDNESS 0.4 /* usual part of a corner's turn that is spread along its sides */
#define CLOSED_GAP 0.09

/* Part of the turn at a corner that happens within a few points of it: near 1 at a corner, small on a
 * curve. */
static double
sharpness (const SgRun *run, guint corner)
{
  const SgSegment *in = &run->segments.items[corner - 1], *out = &run->segments.items[corner];
  double turn =
    fabs (sg_angle_wrap (sg_point_angle (out->from, out->to) - sg_point_angle (in->from, in->to)));
  double here = 0;
  guint at = in->last;

  for (guint i = at > 1 ? at - 1 : 1; i <= at + 1 && i + 1 < run->path.n; i++)
    here = MAX (here, fabs (sg_path_turn (&run->path, i, 3)));
  return turn > 0.05 ? MIN (here / turn, 1) : 1;
}

void
sg_evidence_of_polylines (const SgRun *run, SgEvidence *evidence)
{
  const SgSegments *segments = &run->segments;
  double size = run->path.size, gap = run->path.gap / MAX (run->path.length, 1e-9), round = 0;

  if (segments->n < 2)
    return;
  for (guint i = 1; i < segments->n; i++)
    round += (1 - sharpness (run, i)) / (segments->n - 1);
  double noise = hypot (POLYLINE_ERROR * size, 0.15 * run->path.width);
  double closed = gap < CLOSED_GAP ? 3 * (1 - gap / CLOSED_GAP) : 0;
  SgGeometry polyline = { .points = g_new (SgPoint, segments->n + 1), .n_points = segments->n + 1 };

  sg_segments_corners (segments, polyline.points);
  sg_evidence_propose (evidence, SG_KIND_POLYLINE,
                       0.6 + CORNER_COST * (segments->n - 2) + sg_misfit (segments->rms, noise) +
                         sg_misfit (round, ROUNDNESS) + closed,
                       polyline);
}
