/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line to type a sketch's name into. Enter takes it, Escape and a click elsewhere do not. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SG_TYPE_NAME_POPOVER (sg_name_popover_get_type ())
G_DECLARE_FINAL_TYPE (SgNamePopover, sg_name_popover, SG, NAME_POPOVER, GtkPopover)

/* Signal "named" (gint64 sketch_id, const char *name). */
GtkWidget *sg_name_popover_new (void);
void sg_name_popover_edit (SgNamePopover *self, gint64 sketch_id, const char *name, const GdkRectangle *at);

G_END_DECLS
