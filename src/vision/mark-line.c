/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Evidence of open marks of one piece: line, arc, curve; and of what is nothing we know. Any thread. */
#include "vision/evidence.h"
#include "vision/fit.h"

#define LINE_ERROR 0.02 /* usual rms deviation of a line, of its extent */
#define ARC_ERROR 0.025 /* of an arc, of its size */
#define MOST_AGAIN 3.0
#define LEAST_SWEEP 0.85 /* rad: less is a line that bends */
#define CURVE_COST 3.0
#define UNKNOWN_COST 4.0
#define CLOSED_GAP 0.09 /* of the length: ends this close make an open mark unlikely */
#define MAX_CURVE_POINTS 64

static void
propose_line (const SgPath *path, SgEvidence *evidence)
{
  SgLineFit fit;
  double rms = sg_fit_line (path->points, path->n, &fit), from = INFINITY, to = -INFINITY;

  for (guint i = 0; i < path->n; i++)
    {
      double s = sg_point_dot (sg_point_sub (path->points[i], fit.center), fit.direction);
      from = MIN (from, s), to = MAX (to, s);
    }
  double extent = MAX (to - from, path->width);
  double noise = hypot (LINE_ERROR * extent, 0.15 * path->width);
  /* A line drawn to and fro is still one, if less surely. */
  double again = MIN (sg_misfit (MAX (0, path->length / extent - 1.15), 0.15), MOST_AGAIN);
  SgPoint a = sg_point_add (fit.center, sg_point_scale (fit.direction, from));
  SgPoint b = sg_point_add (fit.center, sg_point_scale (fit.direction, to));
  gboolean forward = sg_point_distance (a, path->points[0]) <= sg_point_distance (b, path->points[0]);
  SgGeometry line = { .from = forward ? a : b, .to = forward ? b : a };

  sg_evidence_propose (evidence, SG_KIND_LINE, sg_misfit (rms, noise) + again, line);
}

static double
closed_cost (const SgPath *path)
{
  double gap = MAX (0, path->gap - 1.5 * path->width) / path->length;

  return path->length > 0 && gap < CLOSED_GAP ? 3 * (1 - gap / CLOSED_GAP) : 0;
}

static void
propose_arc (const SgPath *path, SgEvidence *evidence)
{
  SgCircleFit fit;
  double rms = sg_fit_circle (path->points, path->n, &fit);

  if (!isfinite (rms) || fit.radius > 10 * path->size)
    return;
  double sweep = sg_points_sweep (path->points, path->n, fit.center);
  double noise = hypot (ARC_ERROR * path->size, 0.15 * path->width);
  double flat = MAX (0, LEAST_SWEEP - fabs (sweep)), full = MAX (0, fabs (sweep) - 5.2);
  SgGeometry arc = {
    .center = fit.center,
    .radius = fit.radius,
    .start = sg_point_angle (fit.center, path->points[0]),
    .sweep = CLAMP (sweep, -2 * G_PI, 2 * G_PI),
  };

  sg_evidence_propose (evidence, SG_KIND_ARC,
                       0.8 + sg_misfit (rms, noise) + sg_misfit (flat, 0.25) + sg_misfit (full, 0.3), arc);
}

static SgGeometry
simplified (const SgPath *path)
{
  guint keep[SG_PATH_MAX], n = sg_path_simplify (path->points, path->n, 0.004 * path->size, keep);
  SgGeometry curve = { .points = g_new (SgPoint, n), .n_points = n };

  for (guint i = 0; i < n; i++)
    curve.points[i] = path->points[keep[i]];
  return curve;
}

void
sg_evidence_of_lines (const SgRun *run, SgEvidence *evidence)
{
  const SgPath *path = &run->path;
  double closed = closed_cost (path);

  if (path->length > path->width)
    propose_line (path, evidence);

  propose_arc (path, evidence);
  evidence->cost[SG_KIND_ARC] += closed;
  SgGeometry curve = simplified (path), unknown;
  sg_geometry_copy (&unknown, &curve);
  sg_evidence_propose (evidence, SG_KIND_CURVE, CURVE_COST + closed, curve);
  sg_evidence_propose (evidence, SG_KIND_UNKNOWN, UNKNOWN_COST, unknown);
}
