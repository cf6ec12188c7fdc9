/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Evidence of arrows: a shaft, and at its tip a head whose ink lies along two barbs that point back on either
 * side (or closes between them). A shaft that runs round a circle makes a turn-arrow. Any thread.
 */
#include "vision/evidence.h"
#include "vision/fit.h"

#define LEAST_HEAD 0.025      /* of the shaft's length */
#define LEAST_HEAD_WIDTHS 2.0 /* of the pen */
#define LARGEST_HEAD 1.4
#define LARGEST_OWN_HEAD 0.8 /* in one stroke with the shaft: more is a star */
#define USUAL_OWN_INK 1.3    /* of the shaft: ink of a head drawn on with it; more is a star */
#define BARB_SAMPLES 8
#define USUAL_HEAD 0.5  /* of the shaft: a head beyond this pays */
#define LARGE_HEAD 0.45 /* by so much */
#define BARB_ANGLE 0.62 /* rad off the shaft; usual, and its spread below */
#define BARB_SPREAD 0.38
#define LEAST_OPENING 0.35    /* rad, between the barbs: less is a line that goes on beside the first */
#define USUAL_BARB_LOG 0.5    /* log of the ratio of the barbs */
#define USUAL_SHORTFALL 0.6   /* of the head: the shaft ends before the head's apex */
#define USUAL_JOINT 0.25      /* the same where it is drawn on without lifting the pen */
#define USUAL_OVERSHOOT 0.15  /* or beyond it, or beside */
#define USUAL_HEAD_ERROR 0.08 /* of the head: its ink off the barbs */
#define TURN_SWEEP 1.57       /* rad: from here on a round shaft turns something */
#define TURN_ERROR 0.06       /* of the radius */
#define SHAFT_ERROR 0.03      /* of the shaft's length, about a circle or a line */
#define SHAFT_EXCESS 0.3      /* of the length that the circle or line takes */
#define ARROW_COST -1.0       /* chance makes an arrow less easily than the free kinds that also fit it */
#define HOPELESS_COST 8.0     /* far beyond what an unknown mark costs: no reader would notice it */
#define HEAD_NOISE 0.008      /* of the size: tolerance when the corners of a head are looked for */
#define MAX_TIPS 8

typedef struct
{
  SgPoint tip, back; /* back: unit, from the tip along the shaft */
  double length;     /* of the shaft */
  SgPoint barb[2];   /* ends, one on either side */
  double reach[2];
} Head;

/* The direction in which the shaft leaves its tip, over about the head's length of it. */
static SgPoint
direction_back (const SgPoint *shaft, guint n, SgPoint tip, double reach)
{
  guint i = n - 1;

  while (i > 0 && sg_point_distance (shaft[i], tip) < reach)
    i--;
  SgPoint d = sg_point_sub (shaft[i], tip);
  double length = sg_point_norm (d);
  return length > 0 ? sg_point_scale (d, 1 / length) : SG_POINT (0, 0);
}

static double
farthest_from (SgPoint tip, const SgPoint *points, guint n)
{
  double far = 0;

  for (guint i = 0; i < n; i++)
    far = MAX (far, sg_point_distance (points[i], tip));
  return far;
}

/* A barb ends where its side's ink is farthest out across the shaft and behind the tip. */
static void
find_barbs (Head *head, const SgPoint *ink, guint n)
{
  double best[2] = { 0, 0 };

  head->barb[0] = head->barb[1] = head->tip;
  for (guint i = 0; i < n; i++)
    {
      SgPoint d = sg_point_sub (ink[i], head->tip);
      double across = sg_point_cross (head->back, d), along = sg_point_dot (head->back, d);
      int side = across > 0;
      double merit = fabs (across) + 0.5 * along;

      if (along > 0 && merit > best[side])
        best[side] = merit, head->barb[side] = ink[i];
    }
  for (int side = 0; side < 2; side++)
    head->reach[side] = sg_point_distance (head->barb[side], head->tip);
}

/* Between the barb and the shaft. */
static double
barb_angle (const Head *head, int side)
{
  SgPoint d = sg_point_sub (head->barb[side], head->tip);

  return atan2 (fabs (sg_point_cross (head->back, d)), sg_point_dot (head->back, d));
}

static double
barb_cost (const Head *head, int side)
{
  return sg_misfit (barb_angle (head, side) - BARB_ANGLE, BARB_SPREAD) / 2;
}

/* How far the head's ink is off its barbs, a closed head's base included; INFINITY where it is farther than
 * `most`. */
static double
head_error (const Head *head, const SgPoint *ink, guint n, double most)
{
  double sum = 0;

  for (guint i = 0; i < n && sum <= most * most * n; i++)
    {
      double a = sg_segment_distance (head->tip, head->barb[0], ink[i], NULL);
      double b = sg_segment_distance (head->tip, head->barb[1], ink[i], NULL);
      double c = sg_segment_distance (head->barb[0], head->barb[1], ink[i], NULL);
      double d = MIN (MIN (a, b), c);

      sum += d * d;
    }
  return sum <= most * most * n ? sqrt (sum / n) : INFINITY;
}

/* Square of the distance. */
static double
nearest_ink (SgPoint p, const SgPoint *ink, guint n)
{
  double least = INFINITY;

  for (guint i = 0; i < n; i++)
    {
      SgPoint d = sg_point_sub (ink[i], p);

      least = MIN (least, sg_point_dot (d, d));
    }
  return least;
}

/* How far the barb that is worse inked is from ink: without this the base of a triangle, or the bar of a
 * plus, makes a head. INFINITY where it is farther than `most`. */
static double
barb_error (const Head *head, const SgPoint *ink, guint n, double most)
{
  double worst = 0;

  for (int side = 0; side < 2; side++)
    {
      double sum = 0;

      for (guint i = 1; i <= BARB_SAMPLES && sum <= most * most; i++)
        {
          SgPoint p = sg_point_lerp (head->tip, head->barb[side], (double)i / BARB_SAMPLES);

          sum += nearest_ink (p, ink, n) / BARB_SAMPLES;
        }
      if (sum > most * most)
        return INFINITY;
      worst = MAX (worst, sqrt (sum));
    }
  return worst;
}

/* What the barbs' shape costs, without a look at how well the ink fits them. */
static double
shape_cost (const Head *head, SgPoint shaft_end, double reach, double width, gboolean joined)
{
  SgPoint gap = sg_point_sub (shaft_end, head->tip);
  double short_by = MAX (0, sg_point_dot (gap, head->back));
  SgPoint beyond = sg_point_sub (gap, sg_point_scale (head->back, short_by));

  return barb_cost (head, 0) + barb_cost (head, 1) +
         sg_misfit (log (head->reach[0] / head->reach[1]), USUAL_BARB_LOG) +
         sg_misfit (short_by, hypot ((joined ? USUAL_JOINT : USUAL_SHORTFALL) * reach, 0.5 * width)) +
         sg_misfit (sg_point_norm (beyond), hypot (USUAL_OVERSHOOT * reach, 0.5 * width)) +
         sg_misfit (MAX (0, reach / head->length - USUAL_HEAD), LARGE_HEAD);
}

/* Which value costs `cost` as a misfit. */
static double
misfit_for (double cost, double usual)
{
  return usual * sqrt (2 * cost);
}

/* INFINITY where there is no head. The dear questions are asked last, and not of what is hopeless by then: a
 * stroke has a dozen places that might be tips, and hardly ever a head at any. */
static double
head_cost (Head *head, const SgPoint *shaft, guint n_shaft, const SgPoint *ink, guint n, double width)
{
  double reach = farthest_from (head->tip, ink, n);

  if (reach < LEAST_HEAD * head->length || reach < LEAST_HEAD_WIDTHS * width ||
      reach > LARGEST_HEAD * head->length)
    return INFINITY;
  head->back = direction_back (shaft, n_shaft, head->tip, reach);
  find_barbs (head, ink, n);
  double least = MIN (head->reach[0], head->reach[1]);
  if (least < 0.25 * reach || barb_angle (head, 0) + barb_angle (head, 1) < LEAST_OPENING)
    return INFINITY;
  gboolean joined = sg_point_distance (shaft[n_shaft - 1], ink[0]) <= 0;
  double noise = hypot (USUAL_HEAD_ERROR * reach, 0.3 * width);
  double excess = joined ? MAX (0, sg_path_length (ink, n) / head->length - USUAL_OWN_INK) : 0;
  double cost = sg_misfit (excess, 0.25) + shape_cost (head, shaft[n_shaft - 1], reach, width, joined);

  if (cost < HOPELESS_COST)
    cost += sg_misfit (head_error (head, ink, n, misfit_for (HOPELESS_COST - cost, noise)), noise);
  if (cost < HOPELESS_COST)
    cost +=
      sg_misfit (barb_error (head, ink, n, misfit_for (HOPELESS_COST - cost, 0.8 * noise)), 0.8 * noise);
  return cost < HOPELESS_COST ? cost : INFINITY;
}

/* How far the shaft is from the line or arc of the given size: off it, or with more ink than it takes, as a
 * coil has that runs along it. */
static double
shaft_cost (double off, double ink, double size)
{
  return sg_misfit (off, SHAFT_ERROR * ink) + sg_misfit (MAX (0, ink / MAX (size, 1e-9) - 1), SHAFT_EXCESS);
}

/* A shaft is a line or an arc; what else it is costs. */
static void
propose_arrow (
  const SgPoint *shaft, guint n, double length, SgPoint tip, double cost, SgEvidence *evidence)
{
  SgCircleFit circle;
  SgLineFit line;

  if (ARROW_COST + cost >= MAX (evidence->cost[SG_KIND_ARROW], evidence->cost[SG_KIND_TURN_ARROW]))
    return; /* found better already */
  double bent = sg_fit_line (shaft, n, &line), off = sg_fit_circle (shaft, n, &circle);
  double sweep = isfinite (off) ? sg_points_sweep (shaft, n, circle.center) : 0;
  double shape = shaft_cost (bent, length, sg_point_distance (shaft[0], shaft[n - 1]));

  if (isfinite (off))
    shape = MIN (shape, shaft_cost (off, length, fabs (sweep) * circle.radius));

  sg_evidence_propose (evidence, SG_KIND_ARROW,
                       ARROW_COST + cost + shape + sg_misfit (MAX (0, fabs (sweep) - TURN_SWEEP), 0.6),
                       (SgGeometry){ .from = shaft[0], .to = tip });
  if (fabs (sweep) < TURN_SWEEP / 2)
    return;
  sg_evidence_propose (evidence, SG_KIND_TURN_ARROW,
                       ARROW_COST + cost + sg_misfit (off, TURN_ERROR * circle.radius) +
                         sg_misfit (MAX (0, TURN_SWEEP - fabs (sweep)), 0.25),
                       (SgGeometry){ .center = circle.center,
                                     .radius = circle.radius,
                                     .start = sg_point_angle (circle.center, shaft[0]),
                                     .sweep = CLAMP (sweep, -2 * G_PI, 2 * G_PI),
                                     .from = shaft[0],
                                     .to = tip });
}

static SgPoint
foremost (const SgPoint *shaft, guint n_shaft, double length, const SgPoint *ink, guint n)
{
  SgPoint end = shaft[n_shaft - 1];
  SgPoint back = direction_back (shaft, n_shaft, end, length / 4);
  SgPoint tip = ink[0];

  for (guint i = 1; i < n; i++)
    if (sg_point_dot (sg_point_sub (ink[i], tip), back) < 0)
      tip = ink[i];
  return tip;
}

void
sg_evidence_of_head (
  const SgPoint *shaft, guint n_shaft, const SgPoint *ink, guint n, double width, SgEvidence *evidence)
{
  if (n_shaft < 2 || n < 3)
    return;
  double length = sg_path_length (shaft, n_shaft);
  SgPoint tips[2] = { shaft[n_shaft - 1], foremost (shaft, n_shaft, length, ink, n) };

  for (guint i = 0; i < G_N_ELEMENTS (tips); i++)
    {
      Head head = { .tip = tips[i], .length = length };

      if (i > 0 && tips[i].x == tips[0].x && tips[i].y == tips[0].y)
        break;
      double cost = head_cost (&head, shaft, n_shaft, ink, n, width);

      if (isfinite (cost))
        propose_arrow (shaft, n_shaft, length, tips[i], cost, evidence);
    }
}

static void
try_tip (const SgPath *path, guint tip, SgEvidence *evidence)
{
  guint rest = path->n - tip;

  if (rest < 5 || tip < 5 ||
      farthest_from (path->points[tip], path->points + tip, rest) >
        LARGEST_OWN_HEAD * path->length * tip / path->n)
    return;
  sg_evidence_of_head (path->points, tip + 1, path->points + tip, rest, path->width, evidence);
}

static guint
farthest_index (const SgPath *path)
{
  guint far = 0;

  for (guint i = 1; i < path->n; i++)
    if (sg_point_distance (path->points[i], path->points[0]) >
        sg_point_distance (path->points[far], path->points[0]))
      far = i;
  return far;
}

/* In one stroke the tip is a corner, or the place farthest from the tail, and all that follows is the head.
 * The farthest place mostly is a corner, and is not tried twice. */
static void
propose_one_way (const SgSegments *segments, const SgPath *path, gboolean reversed, SgEvidence *evidence)
{
  guint n = segments->n, far = farthest_index (path);
  gboolean tried = FALSE;

  for (guint k = 1; k < n && k <= MAX_TIPS; k++)
    {
      guint tip = reversed ? path->n - 1 - segments->items[k - 1].last : segments->items[n - k].first;

      try_tip (path, tip, evidence);
      tried = tried || tip == far;
    }
  if (!tried)
    try_tip (path, far, evidence);
}

/* The corners of the whole stroke. Small heads would drown in the noise allowed to it; where that is no more
 * than this, as in a line or a thin zigzag, and there are no hooks, the corners are known. */
static const SgSegments *
find_corners (const SgRun *run, SgSegments *own)
{
  double tolerance = MAX (HEAD_NOISE * run->whole.size, 0.2 * run->whole.width);

  if (!run->hooked && tolerance == run->tolerance)
    return &run->segments;
  sg_segments_find (&run->whole, tolerance, own);
  return own;
}

void
sg_evidence_of_arrows (const SgRun *run, SgEvidence *evidence)
{
  SgPath back;
  SgSegments own;
  const SgSegments *segments = find_corners (run, &own);

  if (segments->n < 3)
    return;
  sg_path_reverse (&back, &run->whole);
  propose_one_way (segments, &run->whole, FALSE, evidence);
  propose_one_way (segments, &back, TRUE, evidence);
}
