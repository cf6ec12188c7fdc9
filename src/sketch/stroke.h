/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One stroke of ink: immutable, reference-counted, shared by every page that holds it. Any thread.
 */
#pragma once

#include <jansson.h>

#include "base/geometry.h"

G_BEGIN_DECLS

typedef struct
{
  double x, y;     /* page units, finite */
  double pressure; /* 0..1; NAN where the device has none */
  double t;        /* ms since the stroke's first point; NAN where unknown */
} SgInkPoint;

/* To a hundredth: of a page unit it is finer than any pen, of a millisecond than any clock; and ink of few
 * digits is kept eight times as fast as ink of seventeen, which a full page needs to be on disk in time. */
static inline double
sg_ink_round (double value)
{
  return round (value * 100) / 100;
}

typedef struct _SgStroke SgStroke;

/* A stroke of at least one point. `tool` is "pen" unless another program wrote something else (NULL:
 * "pen"). `width` in page units. `extra`: (nullable) (transfer full): an object of unknown members, kept on
 * save. Copies the points. A point with a time but no pressure gets pressure 1, as a mouse button is pressed
 * or not: a file has no way to say the one without the other. */
SgStroke *
sg_stroke_new (double width, const char *tool, const SgInkPoint *points, guint n_points, json_t *extra);
SgStroke *sg_stroke_ref (SgStroke *stroke);
void sg_stroke_unref (SgStroke *stroke);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgStroke, sg_stroke_unref)

const SgInkPoint *sg_stroke_get_points (const SgStroke *stroke, guint *n_points);
double sg_stroke_get_width (const SgStroke *stroke);
const char *sg_stroke_get_tool (const SgStroke *stroke);
const json_t *sg_stroke_get_extra (const SgStroke *stroke); /* (nullable) */

/* Bounds of the points, without the pen's width. */
SgRect sg_stroke_get_bounds (const SgStroke *stroke);

/* Distance from `p` to the ink's centre line, page units. */
double sg_stroke_distance (const SgStroke *stroke, SgPoint p);

G_END_DECLS
