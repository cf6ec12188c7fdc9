/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the window's files share: tab-window.c has the tabs, tab-window-actions.c what is done to them,
 * tab-window-history.c the history in their place. */
#pragma once

#include "app/tab-window.h"

G_BEGIN_DECLS

struct _SgTabWindow
{
  AdwApplicationWindow parent_instance;
  GtkStack *pages;    /* "tabs", "history" */
  GtkBox *column;     /* headers, tab bar, tabs */
  GtkStack *headers;  /* of all desks */
  AdwTabBar *tab_bar; /* (nullable): there never were two tabs */
  AdwTabView *tabs;
  SgHistoryPage *history_page; /* (nullable): made when it is first shown */

  GtkEventController *plain_keys;
  SgDesk *seen;          /* (nullable), borrowed: the last one that was told so */
  AdwTabPage *menu_page; /* (nullable), borrowed: the tab whose menu is open */
  gboolean narrow;
  gboolean closing; /* what is not kept is kept first, or the person asked */
};

SgApplication *sg_tab_window_get_application (SgTabWindow *self);
SgDesk *sg_tab_window_get_nth_desk (SgTabWindow *self, int n);
void sg_tab_window_tell_hidden (GtkStack *stack); /* assistive technology: which pages are */

/* tab-window-actions.c: tabs that are made, closed and moved, and the window's end. */
void sg_tab_window_init_actions (SgTabWindow *self);
void sg_tab_window_update_actions (SgTabWindow *self); /* after tabs came or went */
gboolean sg_tab_window_close_page_cb (SgTabWindow *self, AdwTabPage *page);
AdwTabView *sg_tab_window_create_window_cb (SgTabWindow *self);
void sg_tab_window_setup_menu_cb (SgTabWindow *self, AdwTabPage *page);
gboolean sg_tab_window_close_request (GtkWindow *window);

G_END_DECLS
