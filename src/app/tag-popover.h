/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tags of a sketch: all tags in use to tick, and a line for a new one. */
#pragma once

#include <gtk/gtk.h>

#include "store/history.h"

G_BEGIN_DECLS

#define SG_TYPE_TAG_POPOVER (sg_tag_popover_get_type ())
G_DECLARE_FINAL_TYPE (SgTagPopover, sg_tag_popover, SG, TAG_POPOVER, GtkPopover)

/* Signal "tagged" (gint64 sketch_id, GStrv tags): it has these now. */
GtkWidget *sg_tag_popover_new (void);

/* Asks for the tags of a sketch that has `tags`, at `at` of its parent. */
void sg_tag_popover_edit (
  SgTagPopover *self, SgHistory *history, gint64 sketch_id, char **tags, const GdkRectangle *at);

G_END_DECLS
