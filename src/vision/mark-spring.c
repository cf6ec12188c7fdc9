/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Evidence of springs: a zigzag of straight runs that turn to and fro, a coil of loops along an axis. Any
 * thread. */
#include "vision/evidence.h"
#include "vision/fit.h"

#define LEAST_ALTERNATIONS 4 /* corners that turn to and fro; three make an M or a sigma */
#define USUAL_TURN 1.6       /* rad: sharper is as good */
#define LEAST_ROUNDS 1.8     /* loops of a coil */
#define LEAST_WINDING 1.1    /* of the way: what the loops add to it at the very least */
#define LEAST_PROGRESS 0.6   /* of the coil's width: a scribble stays on its spot */
#define COIL_COST -1.2       /* hardly anything else winds on and on along a line */
#define LEAD 0.025           /* of the length: what is looked at of an end */
#define LEAD_SLANT 0.42      /* sine of the angle to the axis, at most */
#define STAIRS_COST 1.5      /* right angles all along, and no straight ends: drawn steps look so too */

/* The middles of a zigzag's runs lie along its axis. */
static double
zigzag_axis (const SgSegments *segments)
{
  SgPoint middles[SG_SEGMENTS_MAX];
  SgLineFit fit;

  for (guint i = 0; i < segments->n; i++)
    middles[i] = sg_point_lerp (segments->items[i].from, segments->items[i].to, 0.5);
  sg_fit_line (middles, segments->n, &fit);
  return sg_point_angle (SG_POINT (0, 0), fit.direction);
}

/* Whether either end leaves along the axis, as a spring's wire does, however briefly. */
static gboolean
has_leads (const SgPath *path, double axis)
{
  guint n = path->n, reach = MAX (2, n * LEAD);
  double in = sg_point_angle (path->points[0], path->points[reach]) - axis;
  double out = sg_point_angle (path->points[n - 1 - reach], path->points[n - 1]) - axis;

  return fabs (sin (in)) < LEAD_SLANT || fabs (sin (out)) < LEAD_SLANT;
}

static double
stairs_cost (const SgPath *path, const SgSegments *segments, double axis)
{
  double off = 0;

  for (guint i = 1; i < segments->n; i++)
    off += fabs (fabs (sg_segments_turn (segments, i)) - G_PI / 2) /
           (segments->n - 1);
  return off < 0.3 && !has_leads (path, axis) ? STAIRS_COST : 0;
}

static void
propose_zigzag (const SgRun *run, SgEvidence *evidence)
{
  const SgSegments *segments = &run->segments;
  guint alternations = 0, breaches = 0;
  double blunt = 0, last = 0;

  if (segments->n < LEAST_ALTERNATIONS + 1)
    return;
  double axis = zigzag_axis (segments);
  for (guint i = 1; i < segments->n; i++)
    {
      double turn = sg_segments_turn (segments, i);
      gboolean lead = i == 1 || i + 1 == segments->n;

      if (last * turn < 0 || i == 1)
        alternations++;
      else
        breaches++;
      if (!lead)
        blunt += sg_misfit (MAX (0, USUAL_TURN - fabs (turn)), 0.5) / (segments->n - 1);
      last = turn;
    }
  if (alternations < LEAST_ALTERNATIONS)
    return;
  double noise = hypot (0.02 * run->path.size, 0.15 * run->path.width);
  SgGeometry spring = {
    .from = run->whole.points[0],
    .to = run->whole.points[run->whole.n - 1],
    .turns = alternations / 2.0,
  };
  sg_evidence_propose (evidence, SG_KIND_SPRING,
                       0.3 + 1.5 * breaches + blunt + sg_misfit (segments->rms, noise) +
                         stairs_cost (&run->whole, segments, axis) + 2.0 / (alternations - 2),
                       spring);
}

/* Turning of the whole path, and the part of it against the main sense. */
static double
total_turn (const SgPath *path, double *against)
{
  double left = 0, right = 0;

  for (guint i = 1; i + 1 < path->n; i++)
    {
      double turn = sg_path_turn (path, i, 1);

      if (turn > 0)
        left += turn;
      else
        right -= turn;
    }
  *against = MIN (left, right) / MAX (left + right, 1e-9);
  return left - right;
}

/* Extent of the path across the line from its first point to its last. */
static double
width_across (const SgPath *path)
{
  SgPoint u = sg_point_sub (path->points[path->n - 1], path->points[0]);
  double low = 0, high = 0, length = sg_point_norm (u);

  for (guint i = 0; i < path->n && length > 0; i++)
    {
      double d = sg_point_cross (u, sg_point_sub (path->points[i], path->points[0])) / length;
      low = MIN (low, d), high = MAX (high, d);
    }
  return high - low;
}

static void
propose_coil (const SgRun *run, SgEvidence *evidence)
{
  const SgPath *path = &run->path;
  double against, progress = path->gap / MAX (width_across (path), path->width);

  if (progress < LEAST_PROGRESS || path->length < LEAST_WINDING * path->gap)
    return;
  double rounds = fabs (total_turn (path, &against)) / (2 * G_PI);
  if (rounds < LEAST_ROUNDS)
    return;
  SgGeometry spring = {
    .from = run->whole.points[0],
    .to = run->whole.points[run->whole.n - 1],
    .turns = rounds,
  };
  sg_evidence_propose (evidence, SG_KIND_SPRING,
                       COIL_COST + sg_misfit (against, 0.12) + sg_misfit (MAX (0, 3 - rounds), 1.0), spring);
}

void
sg_evidence_of_springs (const SgRun *run, SgEvidence *evidence)
{
  propose_zigzag (run, evidence);
  propose_coil (run, evidence);
}
