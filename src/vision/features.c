/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Features of a run; pure, any thread. Those of its ends come in the order in which they are alike from
 * either: shorter end segment first. The kinds of features follow Rubine, "Specifying gestures by example",
 * 1991, and Paulson and Hammond, "PaleoSketch", 2008. */
#include "vision/features.h"

#define MOST_COST 10.0 /* dearer ones, and kinds that were not proposed, count as this */
#define COST_UNIT 4.0
#define END_SEGMENTS 3
#define BEND_REACH 2 /* points to either side over which a bend is seen */
#define CORNER_REACH 3
#define OWN_TAIL 0.15 /* of the points: what is not looked at when an end looks for other ink */
#define REVERSAL 2.5  /* rad */
#define CORNER 1.0    /* rad */

typedef struct
{
  double *values;
  guint n;
} Sink;

static void
put (Sink *sink, double value)
{
  sink->values[sink->n++] = isfinite (value) ? CLAMP (value, -2, 3) : 3;
}

static void
put_costs (Sink *sink, const SgEvidence *evidence)
{
  for (guint k = 0; k < SG_N_KINDS; k++)
    put (sink, MIN (evidence->cost[k], MOST_COST) / COST_UNIT);
}

static double
share_of (const SgRun *run, guint i)
{
  return sg_segment_length (&run->segments.items[i]) / MAX (run->path.length, 1e-9);
}

static double
corner_turn (const SgSegments *segments, guint i)
{
  return i >= 1 && i < segments->n ? sg_segments_turn (segments, i) : 0;
}

/* Lengths and turns of the segments at one end, from it inwards. */
static void
put_end (Sink *sink, const SgRun *run, gboolean last)
{
  guint n = run->segments.n;
  double before = 0;

  for (guint i = 0; i < END_SEGMENTS; i++)
    {
      double turn = i < n ? corner_turn (&run->segments, last ? n - 1 - i : i + 1) : 0;

      put (sink, i < n ? share_of (run, last ? n - 1 - i : i) : 0);
      put (sink, fabs (turn) / G_PI);
      if (i > 0)
        put (sink, turn * before > 0 ? 1 : turn * before < 0 ? -1
                                                             : 0);
      before = turn;
    }
}

static void
put_ends (Sink *sink, const SgRun *run)
{
  gboolean swap = share_of (run, 0) > share_of (run, run->segments.n - 1);

  put_end (sink, run, swap);
  put_end (sink, run, !swap);
}

static void
put_segments (Sink *sink, const SgRun *run)
{
  const SgSegments *s = &run->segments;
  double longest = 0, turned = 0, sharpest = 0, slow = 0;
  guint reversals = 0, alternations = 0, crossings = 0;

  for (guint i = 0; i < s->n; i++)
    longest = MAX (longest, share_of (run, i));
  for (guint i = 1; i < s->n; i++)
    {
      double turn = sg_segments_turn (s, i);

      turned += fabs (turn), sharpest = MAX (sharpest, fabs (turn));
      reversals += fabs (turn) > REVERSAL;
      alternations += i > 1 && turn * sg_segments_turn (s, i - 1) < 0;
      slow += run->path.slow[s->items[i].first];
    }
  for (guint i = 2; i < s->n; i++)
    for (guint j = 0; j + 1 < i; j++)
      crossings +=
        sg_segments_cross (s->items[i].from, s->items[i].to, s->items[j].from, s->items[j].to, NULL);

  guint corners = MAX (s->n, 2) - 1;
  put (sink, s->n / 8.0);
  put (sink, longest);
  put (sink, turned / corners / G_PI);
  put (sink, sharpest / G_PI);
  put (sink, reversals / 2.0);
  put (sink, (double)alternations / corners);
  put (sink, crossings / 2.0);
  put (sink, slow / corners);
  put (sink, run->roundness);
  put (sink, 20 * s->rms / run->path.size);
}

/* Which of the histogram's bins a bend belongs to. */
static guint
bin_of (SgPoint bend, const SgPoint *bounds, guint n_bounds)
{
  guint bin = 0;

  while (bin < n_bounds && sg_bend_exceeds (bend, bounds[bin]))
    bin++;
  return bin;
}

/* Turns to one side add up as complex numbers multiply, and only before they come full circle is an angle
 * needed. */
typedef struct
{
  SgPoint product;
  double sum; /* rad; of what is no longer in the product */
} Turning;

static void
turning_add (Turning *turning, SgPoint bend)
{
  double size = fabs (bend.x) + fabs (bend.y);

  if (size == 0)
    return;
  SgPoint by = SG_POINT (bend.x / size, fabs (bend.y) / size), of = turning->product;
  SgPoint next = SG_POINT (of.x * by.x - of.y * by.y, of.x * by.y + of.y * by.x);
  gboolean past = next.y < 0 || (of.x < 0 && by.x < 0); /* half round */

  if (past)
    turning->sum += sg_bend_angle (of);
  turning->product = past ? by : next;
}

static double
turning_sum (const Turning *turning)
{
  return turning->sum + sg_bend_angle (turning->product);
}

/* How the turning is spread: a histogram of bends, and their sums. */
static void
put_bends (Sink *sink, const SgPath *path)
{
  static const double angles[] = { 0.1, 0.25, 0.5, 1.0, 2.0 };
  SgPoint bounds[G_N_ELEMENTS (angles)], corner = SG_POINT (cos (CORNER), sin (CORNER)), sharpest = { 1, 0 };
  double bins[G_N_ELEMENTS (angles) + 1] = { 0 };
  Turning turning[2] = { { .product = { 1, 0 } }, { .product = { 1, 0 } } }; /* left, right */
  guint corners = 0;

  for (guint i = 0; i < G_N_ELEMENTS (angles); i++)
    bounds[i] = SG_POINT (cos (angles[i]), sin (angles[i]));
  for (guint i = 1; i + 1 < path->n; i++)
    {
      SgPoint bend = sg_path_bend (path, i, BEND_REACH);
      SgPoint step = sg_path_bend (path, i, 1);

      bins[bin_of (bend, bounds, G_N_ELEMENTS (bounds))] += 1.0 / path->n;
      turning_add (&turning[signbit (step.y) ? 1 : 0], step);
      sharpest = sg_bend_exceeds (bend, sharpest) ? bend : sharpest;
      corners += sg_bend_exceeds (sg_path_bend (path, i, CORNER_REACH), corner);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bins); i++)
    put (sink, bins[i]);
  double left = turning_sum (&turning[0]), right = turning_sum (&turning[1]);
  put (sink, fabs (left - right) / (2 * G_PI));
  put (sink, (left + right) / (4 * G_PI));
  put (sink, MIN (left, right) / MAX (left + right, 1e-9));
  put (sink, fabs (sg_bend_angle (sharpest)) / G_PI);
  put (sink, (double)corners / path->n);
}

/* How near the end comes to ink drawn long before it: small for loops, heads of arrows and crossings. */
static double
end_to_ink (const SgPath *path, gboolean last)
{
  guint own = path->n * OWN_TAIL, n = path->n;
  SgPoint end = path->points[last ? n - 1 : 0];
  double least = INFINITY;

  for (guint i = own; i < n; i++)
    least = MIN (least, sg_point_distance (end, path->points[last ? n - 1 - i : i]));
  return least;
}

static void
put_outline (Sink *sink, const SgRun *run)
{
  const SgPath *path = &run->whole, *loop = &run->loop;
  SgPoint hull[SG_PATH_MAX + 1];
  guint k = sg_convex_hull (path->points, path->n, hull);
  double around = sg_path_length (hull, k) + sg_point_distance (hull[k - 1], hull[0]);
  double area = fabs (sg_polygon_area (hull, k)), own = fabs (sg_polygon_area (loop->points, loop->n));
  double near = end_to_ink (path, FALSE), far = end_to_ink (path, TRUE), length = MAX (path->length, 1e-9);

  put (sink, path->gap / length);
  put (sink, path->gap / path->size);
  put (sink, path->size / length);
  put (sink, MIN (near, far) / path->size);
  put (sink, MAX (near, far) / path->size);
  put (sink, 2 * area / (path->size * path->size));
  put (sink, own / MAX (area, 1e-9));
  put (sink, around / length);
  put (sink, 4 * G_PI * area / MAX (around * around, 1e-9));
  put (sink, loop->gap / MAX (loop->length, 1e-9));
  put (sink, loop->length / length);
  put (sink, 5 * path->width / path->size);
  put (sink, 4 * path->grain / path->size);
}

void
sg_features_of_run (const SgRun *run, const SgEvidence *evidence, double features[SG_N_FEATURES])
{
  Sink sink = { features, 0 };

  put_costs (&sink, evidence);
  put_ends (&sink, run);
  put_segments (&sink, run);
  put_bends (&sink, &run->path);
  put_outline (&sink, run);
  g_assert (sink.n == SG_N_FEATURES);
}
