/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A kept sketch in the history list: its picture, title, and when it was last changed. */
#pragma once

#include <gtk/gtk.h>

#include "store/history.h"

G_BEGIN_DECLS

#define SG_TYPE_HISTORY_ROW (sg_history_row_get_type ())
G_DECLARE_FINAL_TYPE (SgHistoryRow, sg_history_row, SG, HISTORY_ROW, GtkListBoxRow)

GtkWidget *sg_history_row_new (const SgHistoryEntry *entry);
gint64 sg_history_row_get_sketch_id (SgHistoryRow *self);

G_END_DECLS
