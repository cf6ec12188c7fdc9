/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cards of the history dragged to other programs, as the sketches that they show. */
#include "app/history-private.h"

#include "app/drawing-content.h"

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, SgHistoryPage *self)
{
  GtkWidget *card = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  SgHistoryItem *item = sg_history_card_get_item (SG_HISTORY_CARD (card));

  if (item == NULL || self->history == NULL)
    return NULL;
  const SgHistoryEntry *entry = sg_history_item_get_entry (item);
  return sg_drawing_content_new_kept (self->history, entry->id, entry->title);
}

static void
begin_cb (GtkDragSource *source, GdkDrag *drag)
{
  GtkWidget *card = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GdkPaintable) seen = gtk_widget_paintable_new (card);
  g_autoptr (GdkPaintable) still = gdk_paintable_get_current_image (seen);

  gtk_drag_source_set_icon (source, still, 0, 0);
}

void
sg_history_page_let_drag (SgHistoryPage *self, GtkWidget *card)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (begin_cb), NULL);
  gtk_widget_add_controller (card, GTK_EVENT_CONTROLLER (source));
}
