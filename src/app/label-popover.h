/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a text label is typed: a small entry at the place on the canvas. */
#pragma once

#include <gtk/gtk.h>

#include "sketch/page.h"

G_BEGIN_DECLS

#define SG_TYPE_LABEL_POPOVER (sg_label_popover_get_type ())
G_DECLARE_FINAL_TYPE (SgLabelPopover, sg_label_popover, SG, LABEL_POPOVER, GtkPopover)

GtkWidget *sg_label_popover_new (GtkWidget *parent);

/* Signal "typed" (SgLabel *old, (nullable), const char *text, x, y): the person is done; "" takes the old
 * label away. `widget` is where to point to, `page` where the label goes. */
void sg_label_popover_edit (SgLabelPopover *self, SgLabel *old, SgPoint widget, SgPoint page);

G_END_DECLS
