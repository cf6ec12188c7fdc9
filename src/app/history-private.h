/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the history page's files share: history-page.c shows and searches, history-actions.c changes
 * sketches. */
#pragma once

#include "app/history-card.h"
#include "app/history-model.h"
#include "app/history-page.h"
#include "app/name-popover.h"
#include "app/run-compare.h"
#include "app/sketch-past.h"
#include "app/tag-popover.h"

G_BEGIN_DECLS

struct _SgHistoryPage
{
  AdwBin parent_instance;
  AdwToastOverlay *toasts;
  GtkStack *stack; /* "grid", "past", "compare" */
  AdwHeaderBar *header;
  GtkSearchEntry *search;
  GtkToggleButton *pinned;
  GtkBox *chips;     /* after the pin, a button a tag */
  GtkStack *content; /* "grid", "empty" */
  GtkScrolledWindow *scroller;
  GtkGridView *grid;
  AdwStatusPage *empty;
  SgSketchPast *past;
  SgRunCompare *compare;
  GMenuModel *menu_model;
  GtkPopover *menu;
  SgTagPopover *tag_popover;
  SgNamePopover *name_popover;

  SgHistory *history; /* (nullable) */
  SgKeeper *keeper;
  SgHistoryModel *model; /* (nullable) */
  GCancellable *tags_cancellable;
  char *tag;        /* (nullable): that is filtered by */
  gboolean filling; /* chips are set by us */

  SgHistoryItem *chosen; /* (nullable): that the menu and the popovers are about */
  GdkRectangle chosen_at;
  GtkWidget
    *chosen_cell;     /* (nullable) (weak): to which the keyboard returns from the menu and the popovers */
  GPtrArray *deleted; /* SgHistoryEntry: what "Undo" brings back */
  AdwToast *toast;    /* (nullable): that offers it */
};

typedef enum
{
  SG_HISTORY_PAGE_CLOSED,
  SG_HISTORY_PAGE_CHOSEN,
  SG_HISTORY_PAGE_VERSION_CHOSEN,
  SG_HISTORY_PAGE_RENAMED,
  SG_HISTORY_PAGE_DELETED,
  SG_HISTORY_PAGE_RESTORED,
  SG_HISTORY_PAGE_N_SIGNALS
} SgHistoryPageSignal;

void sg_history_page_emit_sketch (SgHistoryPage *self, SgHistoryPageSignal signal, gint64 sketch_id);
void sg_history_page_emit_renamed (SgHistoryPage *self, gint64 sketch_id, const char *title);
void sg_history_page_read_tags (SgHistoryPage *self);
void sg_history_page_show_past (SgHistoryPage *self, const SgHistoryEntry *entry);

/* history-actions.c */
void sg_history_page_install_actions (GtkWidgetClass *widget_class);
void sg_history_page_init_actions (SgHistoryPage *self);
void sg_history_page_dispose_actions (SgHistoryPage *self);
void sg_history_page_choose_card (SgHistoryPage *self, SgHistoryCard *card, const GdkRectangle *at);
void sg_history_page_show_menu (SgHistoryPage *self);
gboolean sg_history_page_press_key (SgHistoryPage *self, guint keyval, GdkModifierType state);

/* history-drag.c: to another program. */
void sg_history_page_let_drag (SgHistoryPage *self, GtkWidget *card);

G_END_DECLS
