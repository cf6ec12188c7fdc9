/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Evidence of open marks of several straight runs. Any thread. */
#include "vision/evidence.h"

#define POLYLINE_ERROR 0.018 /* usual rms deviation of the runs, of the mark's size */
#define CORNER_COST 0.12
#define LEAST_TURN 0.6  /* rad; a corner that turns less is a bend */
#define ROUNDNESS 0.4   /* usual part of a corner's turn that is spread along its sides */
#define CLOSED_GAP 0.15 /* of the length: ends this close are meant to meet */
#define REVERSAL 2.7    /* rad; a turn that goes back on itself */
#define ODD_COST 1.0    /* of a crossing or a reversal: possible, but then mostly part of something else */
#define MOST_ODD 3
#define STAR_CROSSINGS 4 /* straight runs that cross so often are a star or a scribble, no mark of ours */
#define STAR_COST -0.5

static guint
count_reversals (const SgSegments *segments)
{
  guint reversals = 0;

  for (guint i = 1; i < segments->n; i++)
    reversals += fabs (sg_segments_turn (segments, i)) > REVERSAL;
  return reversals;
}

static guint
count_crossings (const SgSegments *segments)
{
  guint crossings = 0;

  for (guint i = 2; i < segments->n; i++)
    for (guint j = 0; j + 1 < i; j++)
      crossings += sg_segments_cross (segments->items[i].from, segments->items[i].to, segments->items[j].from,
                                      segments->items[j].to, NULL);
  return crossings;
}

void
sg_evidence_of_polylines (const SgRun *run, SgEvidence *evidence)
{
  const SgSegments *segments = &run->segments;
  double size = run->path.size, blunt = 0, gap = run->path.gap / MAX (run->path.length, 1e-9);

  if (segments->n < 2)
    return;
  for (guint i = 1; i < segments->n; i++)
    blunt += sg_misfit (MAX (0, LEAST_TURN - fabs (sg_segments_turn (segments, i))), 0.25);
  double noise = hypot (POLYLINE_ERROR * size, 0.15 * run->path.width);
  double closed = gap < CLOSED_GAP ? 3 * (1 - gap / CLOSED_GAP) : 0;
  SgGeometry polyline = { .points = g_new (SgPoint, segments->n + 1), .n_points = segments->n + 1 };

  guint crossings = count_crossings (segments);

  sg_segments_corners (segments, polyline.points);
  if (crossings >= STAR_CROSSINGS)
    {
      SgGeometry star;

      sg_geometry_copy (&star, &polyline);
      sg_evidence_propose (evidence, SG_KIND_UNKNOWN, STAR_COST, star);
    }
  sg_evidence_propose (evidence, SG_KIND_POLYLINE,
                       0.6 + CORNER_COST * (segments->n - 2) + sg_misfit (segments->rms, noise) + blunt +
                         sg_misfit (run->roundness, ROUNDNESS) + closed +
                         ODD_COST * MIN (crossings + count_reversals (segments), MOST_ODD),
                       polyline);
}
