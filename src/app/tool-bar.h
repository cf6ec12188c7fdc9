/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The drawing tools as a pill that floats on the canvas; its buttons are actions of the window. The shape
 * tool's button asks which shape, and so does the eraser's, once it is the tool, what it takes. */
#pragma once

#include <gtk/gtk.h>

#include "sketch/ruled-shape.h"

G_BEGIN_DECLS

#define SG_TYPE_TOOL_BAR (sg_tool_bar_get_type ())
G_DECLARE_FINAL_TYPE (SgToolBar, sg_tool_bar, SG, TOOL_BAR, GtkBox)

/* What the buttons show: nothing before they are told. */
void sg_tool_bar_set_eraser (SgToolBar *self, gboolean cuts);
void sg_tool_bar_set_shape (SgToolBar *self, SgRuledShape shape);

G_END_DECLS
