/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A walk over the branches of a skeleton, as the line that a pen would have drawn. A walk is the list of
 * ends by which its branches are entered; each branch ends at the node where the next begins. Lengths in
 * pixels. Any thread. Internal to vision.
 */
#pragma once

#include "vision/skeleton.h"

G_BEGIN_DECLS

/* Distance of a stroke's points, pixels. */
#define SG_PIXEL_STROKE_SPACING 2.0

typedef struct
{
  SgPoint *points; /* n >= 1; a closed stroke repeats its first point at the end */
  guint n;
  double width;
} SgPixelStroke;

void sg_pixel_stroke_clear (SgPixelStroke *stroke);

/* How much a line turns that comes along one end and leaves along the other, by the directions of the two
 * into their branches; rad, 0 to pi. */
double sg_walk_turn (SgPoint a, SgPoint b);

/* The line over `n` >= 1 branches, smooth, its points evenly spaced; through a junction that it hardly turns
 * at it runs straight, though thinning bends the skeleton there. `closed`: the last branch ends where the
 * first begins. Returns: FALSE where the walk is too short to leave a point. */
gboolean sg_walk_to_stroke (
  const SgSkeleton *graph, const guint *ends, guint n, gboolean closed, SgPixelStroke *stroke);

G_END_DECLS
