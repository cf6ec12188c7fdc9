/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Exact ink: the points of a line, a box, an ellipse, a triangle or a spring, as a hand with a ruler would
 * draw it. It is ordinary ink and read as such. Page units; any thread.
 */
#pragma once

#include "sketch/stroke.h"

G_BEGIN_DECLS

typedef enum
{
  SG_RULED_LINE,      /* from end to end */
  SG_RULED_RECTANGLE, /* this and the next three fill the box between two corners */
  SG_RULED_ELLIPSE,
  SG_RULED_TRIANGLE, /* its point where the drag began */
  SG_RULED_WEDGE,    /* its right angle below */
  SG_RULED_SPRING,   /* a zigzag from end to end */
  SG_N_RULED_SHAPES
} SgRuledShape;

/* "line", "rectangle", ...: as settings and actions have them; ended by NULL. */
extern const char *const sg_ruled_shape_names[];

/* Whether it lies between two ends, else between two corners. */
gboolean sg_ruled_shape_has_ends (SgRuledShape shape);

/* Where the drag is taken to have gone so that the shape is even: its sides as long as each other; of one
 * with ends the nearest of the directions 15 degrees apart. */
SgPoint sg_ruled_shape_even (SgRuledShape shape, SgPoint from, SgPoint to);

/* Appends the shape (SgInkPoint, without pressure and time) to `ink`; a closed one ends where it begins. */
void sg_ruled_shape_add_ink (SgRuledShape shape, SgPoint from, SgPoint to, GArray *ink);

/* Appends the line from the last point of `ink` to `to`: so many points that it is painted without a bend. */
void sg_ink_add_line (GArray *ink, SgPoint to);

G_END_DECLS
