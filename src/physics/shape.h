/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Drawn bodies as convex shapes of the plane, in page units: what assembly measures, moves and turns into
 * geoms. A shape is a convex core (a point, a segment or a polygon) with a round margin.
 */
#pragma once

#include "vision/reading.h"

G_BEGIN_DECLS

typedef enum
{
  SG_SHAPE_DISC,    /* a point with a radius */
  SG_SHAPE_ROD,     /* a segment with a radius */
  SG_SHAPE_BOX,     /* a rectangle; `angle` and its sides are kept */
  SG_SHAPE_POLYGON, /* convex */
} SgShapeType;

typedef struct
{
  SgShapeType type;
  SgPoint *points; /* n; the core */
  guint n;
  double radius;
  SgRect bounds;               /* of the whole, the margin included */
  double width, height, angle; /* box */
  guint element;               /* that it was drawn as */
} SgShape;

void sg_shape_clear (SgShape *shape);
SgShape sg_shape_disc (SgPoint center, double radius);
SgShape sg_shape_rod (SgPoint a, SgPoint b, double radius);
SgShape sg_shape_box (SgPoint center, double width, double height, double angle);
SgShape sg_shape_polygon (const SgPoint *points, guint n); /* convex, n >= 3 */

void sg_shape_move (SgShape *shape, SgPoint by);
double sg_shape_area (const SgShape *shape);
SgPoint sg_shape_center (const SgShape *shape);

/* Whether the two may be within `within` of each other: cheap, by their bounds. */
gboolean sg_shape_is_near (const SgShape *a, const SgShape *b, double within);

/* Distance between the two, negative where they overlap (by the least move that parts them); `away` is the
 * unit direction that moves `a` off `b`. By separating axes where they overlap (Ericson, "Real-time collision
 * detection", 2005, section 5.2.1), by all pairs of features where they do not. */
double sg_shape_separation (const SgShape *a, const SgShape *b, SgPoint *away);

/* Cuts a simple polygon into convex shapes appended to `shapes` (of SgShape); one that crosses itself gives
 * its convex hull. Nothing where it has no area. What is finer than a page unit, or than 47 corners can say,
 * is smoothed away. Ears are clipped (Meisters, "Polygons have ears", 1975), each grown to the longest convex
 * run of corners. */
void sg_shapes_from_outline (const SgPoint *points, guint n, GArray *shapes);

G_END_DECLS
