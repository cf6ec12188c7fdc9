/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Evidence of arrows: a shaft, and at its tip a head whose ink lies along two barbs that point back on either
 * side (or closes between them). A shaft that runs round a circle makes a turn-arrow. Any thread.
 */
#include "vision/evidence.h"
#include "vision/fit.h"

#define LEAST_HEAD 0.05 /* of the shaft's length */
#define LARGEST_HEAD 0.95
#define USUAL_HEAD 0.35 /* a head beyond this pays */
#define BARB_ANGLE 0.62 /* rad off the shaft; usual, and its spread below */
#define BARB_SPREAD 0.3
#define USUAL_BARB_LOG 0.5   /* log of the ratio of the barbs */
#define USUAL_APEX_GAP 0.3   /* of the head: shaft's end to the head's apex */
#define USUAL_HEAD_ERROR 0.1 /* of the head: its ink off the barbs */
#define TURN_SWEEP 1.57      /* rad: from here on a round shaft turns something */
#define TURN_ERROR 0.06      /* of the radius */
#define SHAFT_ERROR 0.08     /* of the shaft's length, about a circle or a line */
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

static double
barb_cost (const Head *head, int side)
{
  SgPoint d = sg_point_sub (head->barb[side], head->tip);
  double angle = atan2 (fabs (sg_point_cross (head->back, d)), sg_point_dot (head->back, d));

  return sg_misfit (angle - BARB_ANGLE, BARB_SPREAD) / 2;
}

/* How far the head's ink is off its barbs, a closed head's base included. */
static double
head_error (const Head *head, const SgPoint *ink, guint n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    {
      double a = sg_segment_distance (head->tip, head->barb[0], ink[i], NULL);
      double b = sg_segment_distance (head->tip, head->barb[1], ink[i], NULL);
      double c = sg_segment_distance (head->barb[0], head->barb[1], ink[i], NULL);
      double d = MIN (MIN (a, b), c);

      sum += d * d;
    }
  return sqrt (sum / n);
}

static double
head_cost (Head *head, const SgPoint *shaft, guint n_shaft, const SgPoint *ink, guint n, double width)
{
  double reach = farthest_from (head->tip, ink, n);

  head->length = sg_path_length (shaft, n_shaft);
  head->back = direction_back (shaft, n_shaft, head->tip, reach);
  if (reach < LEAST_HEAD * head->length || reach > LARGEST_HEAD * head->length)
    return INFINITY;
  find_barbs (head, ink, n);
  double least = MIN (head->reach[0], head->reach[1]);
  if (least < 0.25 * reach)
    return INFINITY;
  double gap = sg_point_distance (shaft[n_shaft - 1], head->tip);
  double noise = hypot (USUAL_HEAD_ERROR * reach, 0.3 * width);
  return barb_cost (head, 0) + barb_cost (head, 1) +
         sg_misfit (log (head->reach[0] / head->reach[1]), USUAL_BARB_LOG) +
         sg_misfit (gap, hypot (USUAL_APEX_GAP * reach, 0.5 * width)) +
         sg_misfit (head_error (head, ink, n), noise) +
         sg_misfit (MAX (0, reach / head->length - USUAL_HEAD), 0.25);
}

static double
shaft_sweep (const SgPoint *shaft, guint n, SgPoint center)
{
  double sweep = 0;

  for (guint i = 1; i < n; i++)
    sweep += sg_angle_wrap (sg_point_angle (center, shaft[i]) - sg_point_angle (center, shaft[i - 1]));
  return sweep;
}

/* A shaft is a line or an arc; what else it is costs. */
static void
propose_arrow (const SgPoint *shaft, guint n, SgPoint tip, double cost, SgEvidence *evidence)
{
  SgCircleFit circle;
  SgLineFit line;
  double length = sg_path_length (shaft, n);
  double bent = sg_fit_line (shaft, n, &line), off = sg_fit_circle (shaft, n, &circle);
  double shape = sg_misfit (MIN (bent, off), SHAFT_ERROR * length);
  double sweep = isfinite (off) ? shaft_sweep (shaft, n, circle.center) : 0;

  sg_evidence_propose (evidence, SG_KIND_ARROW,
                       0.3 + cost + shape + sg_misfit (MAX (0, fabs (sweep) - TURN_SWEEP), 0.6),
                       (SgGeometry){ .from = shaft[0], .to = tip });
  if (fabs (sweep) < TURN_SWEEP / 2)
    return;
  sg_evidence_propose (evidence, SG_KIND_TURN_ARROW,
                       0.3 + cost + sg_misfit (off, TURN_ERROR * circle.radius) +
                         sg_misfit (MAX (0, TURN_SWEEP - fabs (sweep)), 0.25),
                       (SgGeometry){ .center = circle.center,
                                     .radius = circle.radius,
                                     .start = sg_point_angle (circle.center, shaft[0]),
                                     .sweep = CLAMP (sweep, -2 * G_PI, 2 * G_PI),
                                     .from = shaft[0],
                                     .to = tip });
}

static SgPoint
foremost (const SgPoint *shaft, guint n_shaft, const SgPoint *ink, guint n)
{
  SgPoint end = shaft[n_shaft - 1];
  SgPoint back = direction_back (shaft, n_shaft, end, sg_path_length (shaft, n_shaft) / 4);
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
  SgPoint tips[2] = { shaft[n_shaft - 1], foremost (shaft, n_shaft, ink, n) };

  for (guint i = 0; i < G_N_ELEMENTS (tips); i++)
    {
      Head head = { .tip = tips[i] };
      double cost = head_cost (&head, shaft, n_shaft, ink, n, width);

      if (isfinite (cost))
        propose_arrow (shaft, n_shaft, tips[i], cost, evidence);
    }
}

/* In one stroke the tip is a corner, and all that follows it is the head. */
static void
propose_one_way (const SgRun *run, const SgPath *path, gboolean reversed, SgEvidence *evidence)
{
  const SgSegments *s = &run->segments;
  guint tried = 0;

  for (guint k = 1; k < s->n && tried < MAX_TIPS; k++)
    {
      guint tip = reversed ? path->n - 1 - s->items[s->n - k].first : s->items[k].first;
      guint rest = path->n - tip;

      if (rest < 5 || tip < 5 ||
          farthest_from (path->points[tip], path->points + tip, rest) >
            LARGEST_HEAD * sg_path_length (path->points, tip + 1))
        continue;
      sg_evidence_of_head (path->points, tip + 1, path->points + tip, rest, path->width, evidence);
      tried++;
    }
}

void
sg_evidence_of_arrows (const SgRun *run, SgEvidence *evidence)
{
  SgPath back;

  if (run->segments.n < 3)
    return;
  sg_path_reverse (&back, &run->path);
  propose_one_way (run, &run->path, FALSE, evidence);
  propose_one_way (run, &back, TRUE, evidence);
}
