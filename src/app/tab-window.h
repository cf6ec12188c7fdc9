/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A window of tabs, each with a desk (app/desk.h), and the history in place of them. The actions of the desk
 * that is seen are the window's.
 */
#pragma once

#include <adwaita.h>

#include "app/desk.h"
#include "app/history-page.h"

G_BEGIN_DECLS

#define SG_TYPE_TAB_WINDOW (sg_tab_window_get_type ())
G_DECLARE_FINAL_TYPE (SgTabWindow, sg_tab_window, SG, TAB_WINDOW, AdwApplicationWindow)

SgTabWindow *sg_tab_window_new (SgApplication *application); /* with no tab yet */

/* All (transfer none). The one that is seen, or would be without the history (nullable): no tab; a new one at
 * the end, not selected; the one that is seen if nothing was done in it, else a new one, selected. */
SgDesk *sg_tab_window_get_desk (SgTabWindow *self);
SgDesk *sg_tab_window_add_desk (SgTabWindow *self);
SgDesk *sg_tab_window_take_untouched (SgTabWindow *self);

void sg_tab_window_select (SgTabWindow *self, SgDesk *desk);
void sg_tab_window_present_desk (SgDesk *desk); /* with the window that it is in */

/* In its tab where it is open, of any window; else in one that nothing was done in, else in a new one. */
void sg_tab_window_open_file (SgTabWindow *self, GFile *file);
void sg_tab_window_open_place (SgTabWindow *self, const SgPlace *place);

/* What was to be on `desk` is not opened after all, or cannot be: a tab with nothing else on it goes.
 * Returns: (transfer none): the one that is seen instead, else `desk`. */
SgDesk *sg_tab_window_leave_unopened (SgDesk *desk);
void sg_tab_window_tell_unopened (SgDesk *desk, const GError *error);

void sg_tab_window_append_seats (SgTabWindow *self, GArray *seats); /* SgSeat: for the bookmark */

void sg_tab_window_show_history (SgTabWindow *self, gboolean show);
SgHistoryPage *sg_tab_window_get_shown_history (SgTabWindow *self); /* (nullable): it is not shown */

G_END_DECLS
