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

SgDesk *sg_tab_window_add_desk (SgTabWindow *self); /* (transfer none): an empty one, in a tab at the end */
SgDesk *sg_tab_window_get_desk (SgTabWindow *self); /* (transfer none) (nullable): the one that is seen */
void sg_tab_window_select (SgTabWindow *self, SgDesk *desk);

void sg_tab_window_show_history (SgTabWindow *self, gboolean show);
SgHistoryPage *sg_tab_window_get_shown_history (SgTabWindow *self); /* (nullable): it is not shown */

G_END_DECLS
