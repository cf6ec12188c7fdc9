/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A kept sketch in the history's grid: its picture, title, date, runs, pin and tags, and where a search found
 * its words. Recycled: it shows one item after another.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/history-model.h"

G_BEGIN_DECLS

#define SG_TYPE_HISTORY_CARD (sg_history_card_get_type ())
G_DECLARE_FINAL_TYPE (SgHistoryCard, sg_history_card, SG, HISTORY_CARD, GtkBox)

/* Signal "menu" (double x, double y): its menu is asked for, at that place in the card. */
GtkWidget *sg_history_card_new (void);
void sg_history_card_set_item (SgHistoryCard *self, SgHistoryItem *item); /* (nullable) */
SgHistoryItem *sg_history_card_get_item (SgHistoryCard *self);            /* (transfer none) (nullable) */

G_END_DECLS
