/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a role looks, in one place: its colour (chosen to be told apart by colour-blind eyes, on light and on
 * dark paper) and its glyph, so that colour never speaks alone. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "vision/reading.h"

G_BEGIN_DECLS

GdkRGBA sg_role_style_get_color (SgRole role, gboolean dark);

/* A mark of about 14 pixels around (0, 0) with the source and line width that are set; nothing for roles
 * that speak for themselves (a body is its outline). Returns whether there is one. */
gboolean sg_role_style_paint_glyph (cairo_t *cr, SgRole role);

G_END_DECLS
