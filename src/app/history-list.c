/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The history in a popover. Every reading of the database is asynchronous; a newer search cancels the older.
 * PAGE rows are read at a time, the next ones when the list is scrolled to its end. */
#include "config.h"

#include "app/history-list.h"

#include <glib/gi18n.h>

#include "app/history-row.h"
#include "pipeline/error-name.h"

#define PAGE 30

struct _SgHistoryList
{
  GtkPopover parent_instance;
  GtkSearchEntry *search;
  GtkListBox *list;
  GtkStack *stack;
  GtkLabel *empty;
  SgHistory *history;        /* (nullable) */
  GCancellable *cancellable; /* (nullable): of the reading under way */
  gint64 last_us;            /* of the last row; 0 where no more follow */
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (SgHistoryList, sg_history_list, GTK_TYPE_POPOVER)

static void
show_state (SgHistoryList *self)
{
  gboolean any = gtk_list_box_get_row_at_index (self->list, 0) != NULL;
  gboolean searching = *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';

  gtk_label_set_label (self->empty, searching ? _ ("No sketch has these words")
                                              : _ ("Every sketch is kept here by itself"));
  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "empty");
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgHistoryList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = sg_history_list_finish (SG_HISTORY (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  self->last_us = 0;
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const SgHistoryEntry *entry = entries->pdata[i];

      gtk_list_box_append (self->list, sg_history_row_new (entry));
      if (entries->len == PAGE)
        self->last_us = entry->updated_us;
    }
  show_state (self);
  if (error != NULL)
    {
      sg_error_log ("simgen-app", error);
      gtk_label_set_label (self->empty, error->message);
    }
}

static void
read_more (SgHistoryList *self, gint64 before_us)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->history == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  sg_history_list_async (self->history, *text != '\0' ? text : NULL, before_us, PAGE, self->cancellable,
                         listed_cb, g_object_ref (self));
}

static void
read_first (SgHistoryList *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  read_more (self, 0);
}

static void
edge_reached_cb (GtkScrolledWindow *window, GtkPositionType edge, SgHistoryList *self)
{
  if (edge == GTK_POS_BOTTOM && self->last_us != 0 && self->cancellable == NULL)
    read_more (self, self->last_us);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, SgHistoryList *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, chosen_signal, 0, sg_history_row_get_sketch_id (SG_HISTORY_ROW (row)));
}

void
sg_history_list_set_history (SgHistoryList *self, SgHistory *history)
{
  g_set_object (&self->history, history);
}

static void
sg_history_list_dispose (GObject *object)
{
  SgHistoryList *self = SG_HISTORY_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->history);
  G_OBJECT_CLASS (sg_history_list_parent_class)->dispose (object);
}

static void
sg_history_list_class_init (SgHistoryListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_history_list_dispose;
  chosen_signal = g_signal_new ("chosen", SG_TYPE_HISTORY_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/history-list.ui");
  gtk_widget_class_bind_template_child (widget_class, SgHistoryList, search);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryList, list);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryList, stack);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryList, empty);
  gtk_widget_class_bind_template_callback (widget_class, read_first);
  gtk_widget_class_bind_template_callback (widget_class, edge_reached_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
sg_history_list_init (SgHistoryList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
