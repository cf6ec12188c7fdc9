/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The kept sketches, newest first, to be found by their title or words and opened with a click. */
#pragma once

#include <gtk/gtk.h>

#include "store/history.h"

G_BEGIN_DECLS

#define SG_TYPE_HISTORY_LIST (sg_history_list_get_type ())
G_DECLARE_FINAL_TYPE (SgHistoryList, sg_history_list, SG, HISTORY_LIST, GtkPopover)

/* Signal "chosen" (gint64 sketch_id). The list is read whenever it is shown. */
void sg_history_list_set_history (SgHistoryList *self, SgHistory *history); /* (nullable) */

G_END_DECLS
