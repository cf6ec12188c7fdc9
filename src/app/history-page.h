/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The history, in the window's whole room: the kept sketches in a grid to be searched and filtered as one
 * types, a sketch's versions and runs, and two runs beside each other.
 */
#pragma once

#include <adwaita.h>

#include "app/keeper.h"

G_BEGIN_DECLS

#define SG_TYPE_HISTORY_PAGE (sg_history_page_get_type ())
G_DECLARE_FINAL_TYPE (SgHistoryPage, sg_history_page, SG, HISTORY_PAGE, AdwBin)

/* Signals: "closed"                                           back to the drawing;
 *          "chosen" (gint64 sketch_id)                        open it;
 *          "version-chosen" (gint64 sketch_id, gint64 version_id)
 *          "renamed" (gint64 sketch_id, const char *title)    an open document is to be told;
 *          "deleted" (gint64 sketch_id), "restored" (gint64 sketch_id)   alike. */
void sg_history_page_set_history (SgHistoryPage *self,
                                  SgHistory *history,
                                  SgKeeper *keeper,
                                  SgCache *cache); /* (nullable): for a comparison */

/* Shows the newest, ready to search. */
void sg_history_page_open (SgHistoryPage *self);
void sg_history_page_refresh (SgHistoryPage *self); /* after something was kept */

void sg_history_page_tell (SgHistoryPage *self, const char *message); /* in a toast */

/* For a window below 700 pixels: less room for the window's own buttons. */
void sg_history_page_set_narrow (SgHistoryPage *self, gboolean narrow);

/* Brings back what was deleted last; FALSE where nothing was. */
gboolean sg_history_page_undo (SgHistoryPage *self);
gboolean sg_history_page_can_undo (SgHistoryPage *self);

G_END_DECLS
