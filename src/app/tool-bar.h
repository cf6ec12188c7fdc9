/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The drawing tools as a pill that floats on the canvas; its buttons are actions of the window. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SG_TYPE_TOOL_BAR (sg_tool_bar_get_type ())
G_DECLARE_FINAL_TYPE (SgToolBar, sg_tool_bar, SG, TOOL_BAR, GtkBox)

G_END_DECLS
