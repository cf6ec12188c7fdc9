/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Evidence of springs: a zigzag of straight runs that turn to and fro, a coil of loops along an axis. Any
 * thread. */
#include "vision/evidence.h"
#include "vision/fit.h"

#define LEAST_ALTERNATIONS 4 /* peaks, a lead counting as two; three peaks make an M or a sigma */
#define AXIS_PEAKS 3         /* with two runs between them, the middles of which are a line */
#define LEAST_FALL 0.2       /* of the wave's height: how far it turns back at a peak */
#define LEAST_WAVE 0.02      /* of the size: shorter ones count as this long */
#define USUAL_JITTER 0.35    /* standard deviation of the log of a wave's length */
#define LEAST_REACH 0.3      /* of the size: a spring's ends are not near each other */
#define ZIGZAG_COST 0.2
#define FEW_COST 0.9    /* shared by all peaks and leads beyond two */
#define USUAL_TURN 1.6  /* rad: sharper is as good */
#define USUAL_BLUNT 0.5 /* rad below that */
#define BACKWARDS 0.3   /* of the height: so much may a run lead back */
#define BACKWARDS_COST 1.5
#define USUAL_DETOUR 0.12  /* of the straight runs' length */
#define LEAST_ROUNDS 1.8   /* loops of a coil */
#define LEAST_WINDING 1.1  /* of the way: what the loops add to it at the very least */
#define LEAST_PROGRESS 0.6 /* of the coil's width: a scribble stays on its spot */
#define COIL_COST -1.2     /* hardly anything else winds on and on along a line */
#define LEAD 0.025         /* of the length: what is looked at of an end */
#define LEAD_SLANT 0.42    /* sine of the angle to the axis, at most */
#define HOOK_REACHES 2     /* as many such lengths may be the hook */
#define LEAD_HEIGHT 0.25   /* of the wave's: how far off its middle a lead may be */
#define STAIRS_COST 1.5    /* right angles all along, and no straight ends: drawn steps look so too */

/* A path as a wave along an axis. */
typedef struct
{
  SgPoint axis;                 /* unit */
  guint peaks[SG_SEGMENTS_MAX]; /* n_peaks; where the path turns back across the axis; points of the path */
  guint n_peaks;
  double height; /* from the lowest point to the highest, across the axis */
} Wave;

static double
height_of (SgPoint p, SgPoint axis)
{
  return sg_point_cross (axis, p);
}

static double
measure_height (const SgPath *path, SgPoint axis)
{
  double low = INFINITY, high = -INFINITY;

  for (guint i = 0; i < path->n; i++)
    {
      double h = height_of (path->points[i], axis);
      low = MIN (low, h), high = MAX (high, h);
    }
  return high - low;
}

/* A peak counts once the path has gone back from it by a good part of the wave's height. */
static void
find_peaks (const SgPath *path, Wave *wave)
{
  guint extreme[2] = { 0, 0 }; /* lowest and highest point since the last peak */
  int heading = -1;            /* 1: up, 0: down, -1: not yet known */

  wave->height = measure_height (path, wave->axis);
  wave->n_peaks = 0;
  for (guint i = 1; i < path->n; i++)
    for (int up = 0; up < 2; up++)
      {
        double sign = up ? 1 : -1, h = sign * height_of (path->points[i], wave->axis);

        if (h > sign * height_of (path->points[extreme[up]], wave->axis))
          extreme[up] = i;
        double back = sign * height_of (path->points[extreme[up]], wave->axis) - h;
        if (heading == !up || back < LEAST_FALL * wave->height)
          continue;
        if (heading == up && wave->n_peaks < SG_SEGMENTS_MAX)
          wave->peaks[wave->n_peaks++] = extreme[up];
        heading = !up;
        extreme[!up] = i;
      }
}

/* A wave from end to end. */
static void
find_wave (const SgPath *path, Wave *wave)
{
  SgPoint across = sg_point_sub (path->points[path->n - 1], path->points[0]);

  wave->axis = sg_point_scale (across, 1 / MAX (path->gap, 1e-9));
  find_peaks (path, wave);
}

/* Turns the wave's axis through the middles of the runs from peak to peak. */
static void
straighten_wave (const SgPath *path, Wave *wave)
{
  SgPoint middles[SG_SEGMENTS_MAX];
  SgLineFit fit;

  for (guint i = 0; i + 1 < wave->n_peaks; i++)
    middles[i] = sg_point_lerp (path->points[wave->peaks[i]], path->points[wave->peaks[i + 1]], 0.5);
  sg_fit_line (middles, wave->n_peaks - 1, &fit);
  wave->axis =
    sg_point_dot (fit.direction, wave->axis) < 0 ? sg_point_scale (fit.direction, -1) : fit.direction;
  find_peaks (path, wave);
}

/* Mean height of the peaks above and of those below. */
static double
middle_height (const SgPath *path, const Wave *wave)
{
  double sum[2] = { 0, 0 };
  guint n[2] = { 0, 0 };

  for (guint i = 0; i < wave->n_peaks; i++)
    {
      sum[i % 2] += height_of (path->points[wave->peaks[i]], wave->axis);
      n[i % 2]++;
    }
  return (sum[0] / MAX (1, n[0]) + sum[1] / MAX (1, n[1])) / 2;
}

/* Whether the path leaves its end along the axis, however briefly, as a spring's wire does; the pen's hook at
 * the very end may come before that. `end` is 0 for the path's start, 1 for its end. */
static gboolean
runs_along (const SgPath *path, SgPoint axis, int end)
{
  guint reach = MAX (2, path->n * LEAD);
  const SgPoint *tip = end ? path->points + path->n - 1 : path->points;
  int step = end ? -1 : 1;

  for (guint skip = 0; skip <= HOOK_REACHES * reach && skip + reach < path->n; skip += reach)
    {
      SgPoint d = sg_point_sub (tip[step * (int)(skip + reach)], tip[step * (int)skip]);

      if (fabs (sg_point_cross (d, axis)) < LEAD_SLANT * sg_point_norm (d))
        return TRUE;
    }
  return FALSE;
}

/* Of few peaks the lead has to be halfway between them; of three that alone says it is one, for an M and a
 * sigma end where they are widest. */
static gboolean
is_lead (const SgPath *path, const Wave *wave, int end)
{
  double h = height_of (path->points[end ? path->n - 1 : 0], wave->axis);
  double off = fabs (h - middle_height (path, wave)) / MAX (wave->height, 1e-9);

  if (wave->n_peaks == 3 && off < LEAD_HEIGHT)
    return TRUE;
  return (off < LEAD_HEIGHT || wave->n_peaks >= LEAST_ALTERNATIONS) && runs_along (path, wave->axis, end);
}

static guint
count_leads (const SgPath *path, const Wave *wave)
{
  return is_lead (path, wave, 0) + is_lead (path, wave, 1);
}

/* What the runs from peak to peak cost that are flat, or lead back along the axis. */
static double
runs_cost (const SgPath *path, const Wave *wave)
{
  double cost = 0;

  for (guint i = 1; i < wave->n_peaks; i++)
    {
      SgPoint d = sg_point_sub (path->points[wave->peaks[i]], path->points[wave->peaks[i - 1]]);
      double along = sg_point_dot (d, wave->axis), across = fabs (sg_point_cross (d, wave->axis));

      cost +=
        sg_misfit (MAX (0, USUAL_TURN - 2 * atan2 (across, fabs (along))), USUAL_BLUNT) / (wave->n_peaks - 1);
      if (along < -BACKWARDS * across)
        cost += BACKWARDS_COST;
    }
  return cost;
}

/* Ink beyond straight runs between the peaks, and leads that run along the axis before they rise. */
static double
wave_detour (const SgPath *path, const Wave *wave)
{
  SgPoint first = sg_point_sub (path->points[wave->peaks[0]], path->points[0]);
  SgPoint last =
    sg_point_sub (path->points[path->n - 1], path->points[wave->peaks[wave->n_peaks - 1]]);
  double straight = 0;

  for (guint i = 1; i < wave->n_peaks; i++)
    straight += sg_point_distance (path->points[wave->peaks[i - 1]], path->points[wave->peaks[i]]);
  straight += fabs (sg_point_dot (first, wave->axis)) + fabs (sg_point_cross (first, wave->axis)) +
              fabs (sg_point_dot (last, wave->axis)) + fabs (sg_point_cross (last, wave->axis));
  return MAX (0, path->length / MAX (straight, 1e-9) - 1);
}

/* Standard deviation of the log of the waves' lengths: a brace, too, goes to and fro, but unevenly. */
static double
wave_jitter (const SgPath *path, const Wave *wave)
{
  double sum = 0, squares = 0;

  if (wave->n_peaks < 4)
    return 0;
  guint n = wave->n_peaks - 2;
  for (guint i = 0; i < n; i++)
    {
      SgPoint d = sg_point_sub (path->points[wave->peaks[i + 2]], path->points[wave->peaks[i]]);
      double length = log (MAX (sg_point_dot (d, wave->axis), LEAST_WAVE * path->size));

      sum += length / n, squares += length * length / n;
    }
  return sqrt (MAX (0, squares - sum * sum));
}

static double
stairs_cost (const SgSegments *segments)
{
  double off = 0;

  for (guint i = 1; i < segments->n; i++)
    off += fabs (fabs (sg_segments_turn (segments, i)) - G_PI / 2) / (segments->n - 1);
  return off < 0.3 ? STAIRS_COST : 0;
}

static void
propose_wave (const SgRun *run, const Wave *wave, SgEvidence *evidence)
{
  const SgPath *path = &run->whole;

  if (wave->n_peaks < 2)
    return;
  guint leads = count_leads (path, wave);
  if (wave->n_peaks + 2 * leads < LEAST_ALTERNATIONS)
    return;
  SgGeometry spring = {
    .from = path->points[0],
    .to = path->points[path->n - 1],
    .turns = wave->n_peaks / 2.0,
  };
  sg_evidence_propose (evidence, SG_KIND_SPRING,
                       ZIGZAG_COST + FEW_COST / (wave->n_peaks + leads - 2) + runs_cost (path, wave) +
                         sg_misfit (wave_detour (path, wave), USUAL_DETOUR) +
                         sg_misfit (wave_jitter (path, wave), USUAL_JITTER) +
                         (leads == 0 ? stairs_cost (&run->segments) : 0),
                       spring);
}

/* The ends tell the axis where the waves are uneven, the waves where the ends are not on it. */
static void
propose_zigzag (const SgRun *run, SgEvidence *evidence)
{
  const SgPath *path = &run->whole;
  Wave wave;

  if (path->gap < LEAST_REACH * path->size)
    return;
  find_wave (path, &wave);
  propose_wave (run, &wave, evidence);
  if (wave.n_peaks < AXIS_PEAKS)
    return;
  straighten_wave (path, &wave);
  propose_wave (run, &wave, evidence);
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
