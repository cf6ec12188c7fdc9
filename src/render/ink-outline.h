/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stroke that pressure made of another width from point to point, as one area to fill: what a file of
 * lines (SVG, PDF) keeps as one thing, where a chain of short lines would be as many things as points.
 */
#pragma once

#include <cairo.h>

#include "sketch/stroke.h"

G_BEGIN_DECLS

/* Adds the area to cairo's path, in page units; to be filled by the winding rule. Between two points the
 * width changes evenly. Any thread. */
void sg_ink_outline_trace (cairo_t *cr, const SgInkPoint *points, guint n_points, double width);

G_END_DECLS
