/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ink as it looks: strokes to cairo, in page units under whatever matrix is set. Any thread.
 */
#pragma once

#include <cairo.h>

#include "sketch/page.h"

G_BEGIN_DECLS

/* Paints with the source that is set. Pressure thins the line; full pressure, or none known,
 * is the whole width. */
void sg_ink_paint_points (cairo_t *cr, const SgInkPoint *points, guint n_points, double width);
void sg_ink_paint_stroke (cairo_t *cr, const SgStroke *stroke);

/* How wide the line is at a point, and whether it is as wide at all of them. */
double sg_ink_paint_width_at (const SgInkPoint *point, double width);
gboolean sg_ink_paint_is_even (const SgInkPoint *points, guint n_points);

/* How far a stroke's paint reaches beyond its points. */
SgRect sg_ink_paint_bounds (const SgStroke *stroke);

/* A small picture of a page's ink, dark on nothing, of width x height pixels. Returns: (transfer full). */
cairo_surface_t *sg_ink_paint_small (const SgPage *page, int width, int height);

/* The same as a PNG. Returns: (transfer full). */
GBytes *sg_ink_paint_thumbnail (const SgPage *page, int width, int height);

G_END_DECLS
