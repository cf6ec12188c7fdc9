/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One run of ink (a stroke, or strokes joined end to end) as the fits see it: evenly spaced points, few
 * enough that quadratic work is cheap, whatever the pen's sampling rate was. A plain value on the stack.
 * Internal to vision.
 */
#pragma once

#include "vision/ink.h"

G_BEGIN_DECLS

#define SG_PATH_MAX 192

typedef struct
{
  SgPoint points[SG_PATH_MAX]; /* n; evenly spaced along the ink */
  double slow[SG_PATH_MAX];    /* n; 0..1: how much slower than its usual speed the pen was here; 0 without
                                  times. A hand brakes at a corner (Sezgin, Stahovich and Davis, "Sketch
                                  based interfaces: early processing", 2001) */
  guint n;                     /* >= 2 */
  double length;               /* page units; of the path through the points */
  double size;                 /* diagonal of the bounds, > 0 */
  double gap;                  /* distance of first to last point */
  double width;                /* of the pen */
  double grain;                /* mean distance of the ink's own points */
  SgRect bounds;
} SgPath;

/* Resamples `n` >= 1 points; `t` (nullable) their times. All points on one spot give two equal points and a
 * size of the pen's width. */
void sg_path_init (SgPath *path, const SgPoint *points, const double *t, guint n, double width);
void sg_path_init_from_ink (SgPath *path, const SgInk *ink);

/* The same path from its last point to its first. */
void sg_path_reverse (SgPath *path, const SgPath *from);

/* A loop's ends as drawn overshoot or overlap: cuts the tails before and behind the place where the ends of
 * the path come closest, as far as they are short. Returns the gap that remains. */
double sg_path_trim_loop (SgPath *path, const SgPath *from);

/* Angle by which the path turns at point i, seen over `reach` points to either side; rad, signed,
 * counter-clockwise as seen positive. */
double sg_path_turn (const SgPath *path, guint i, guint reach);

/* The same as a vector at that angle, for those who only compare turns: (0, 0) where there is none. */
SgPoint sg_path_bend (const SgPath *path, guint i, guint reach);

/* The angle of a bend. */
static inline double
sg_bend_angle (SgPoint bend)
{
  return atan2 (bend.y, bend.x);
}

/* Whether a bend is by more than the angle of `limit`, to either side; both are seen as vectors. */
static inline gboolean
sg_bend_exceeds (SgPoint bend, SgPoint limit)
{
  double sine = fabs (bend.y) * limit.x - bend.x * fabs (limit.y);

  return sine > 0 || (sine == 0 && bend.x < 0 && limit.x > 0); /* right about */
}

/* Angle run through as seen from `center`; rad, signed, counter-clockwise as seen positive. */
double sg_points_sweep (const SgPoint *points, guint n, SgPoint center);

G_END_DECLS
