/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tags. Each tick applies at once. */
#include "config.h"

#include "app/tag-popover.h"

#include <glib/gi18n.h>

#define MAX_LENGTH 64 /* characters of a tag, as the history allows */

struct _SgTagPopover
{
  GtkPopover parent_instance;
  GtkEntry *entry;
  GtkListBox *list;
  GtkScrolledWindow *scroller;
  gint64 sketch_id;
  GHashTable *ticked; /* char *: the sketch's tags */
  gboolean filling;   /* ticks are set by us */
};

static guint tagged_signal;

G_DEFINE_FINAL_TYPE (SgTagPopover, sg_tag_popover, GTK_TYPE_POPOVER)

static void
say_tags (SgTagPopover *self)
{
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer tag;

  g_hash_table_iter_init (&iter, self->ticked);
  while (g_hash_table_iter_next (&iter, &tag, NULL))
    g_ptr_array_add (tags, tag);
  g_ptr_array_add (tags, NULL);
  g_signal_emit (self, tagged_signal, 0, self->sketch_id, tags->pdata);
}

static void
ticked_cb (GtkCheckButton *check, SgTagPopover *self)
{
  const char *tag = gtk_check_button_get_label (check);

  if (self->filling)
    return;
  if (gtk_check_button_get_active (check))
    g_hash_table_add (self->ticked, g_strdup (tag));
  else
    g_hash_table_remove (self->ticked, tag);
  say_tags (self);
}

static GtkCheckButton *
find_check (SgTagPopover *self, const char *tag)
{
  GtkListBoxRow *row;
  g_autofree char *key = g_utf8_casefold (tag, -1);

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      GtkCheckButton *check = GTK_CHECK_BUTTON (gtk_list_box_row_get_child (row));
      g_autofree char *other = g_utf8_casefold (gtk_check_button_get_label (check), -1);

      if (g_str_equal (key, other))
        return check;
    }
  return NULL;
}

static GtkCheckButton *
add_check (SgTagPopover *self, const char *tag, int position)
{
  GtkWidget *check = gtk_check_button_new_with_label (tag), *row = gtk_list_box_row_new ();

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_hash_table_contains (self->ticked, tag));
  g_signal_connect (check, "toggled", G_CALLBACK (ticked_cb), self);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), check);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_insert (self->list, row, position);
  gtk_widget_set_visible (GTK_WIDGET (self->scroller), TRUE);
  return GTK_CHECK_BUTTON (check);
}

static void
entered_cb (SgTagPopover *self)
{
  g_autofree char *tag = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  GtkCheckButton *check;

  if (*tag == '\0')
    {
      gtk_popover_popdown (GTK_POPOVER (self));
      return;
    }
  check = find_check (self, tag);
  if (check == NULL)
    check = add_check (self, tag, 0);
  gtk_check_button_set_active (check, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

/* A comma ends a tag. */
static void
text_changed_cb (SgTagPopover *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  char *comma = strchr (text, ',');

  if (comma == NULL)
    return;
  *comma = '\0';
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  if (*g_strstrip (text) != '\0')
    entered_cb (self);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgTagPopover) self = data;
  g_autoptr (GPtrArray) tags = sg_history_list_tags_finish (SG_HISTORY (source), result, NULL);

  self->filling = TRUE;
  for (guint i = 0; tags != NULL && i < tags->len; i++)
    {
      const SgTagEntry *tag = tags->pdata[i];

      if (find_check (self, tag->name) == NULL)
        add_check (self, tag->name, -1);
    }
  self->filling = FALSE;
}

void
sg_tag_popover_edit (
  SgTagPopover *self, SgHistory *history, gint64 sketch_id, char **tags, const GdkRectangle *at)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (self->scroller), FALSE);
  g_hash_table_remove_all (self->ticked);
  self->sketch_id = sketch_id;
  self->filling = TRUE;
  for (guint i = 0; tags[i] != NULL; i++)
    {
      g_hash_table_add (self->ticked, g_strdup (tags[i]));
      add_check (self, tags[i], -1);
    }
  self->filling = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_popover_set_pointing_to (GTK_POPOVER (self), at);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  sg_history_list_tags_async (history, NULL, listed_cb, g_object_ref (self));
}

static void
sg_tag_popover_finalize (GObject *object)
{
  g_hash_table_unref (SG_TAG_POPOVER (object)->ticked);
  G_OBJECT_CLASS (sg_tag_popover_parent_class)->finalize (object);
}

static void
sg_tag_popover_class_init (SgTagPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sg_tag_popover_finalize;
  tagged_signal = g_signal_new ("tagged", SG_TYPE_TAG_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRV);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/tag-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, SgTagPopover, entry);
  gtk_widget_class_bind_template_child (widget_class, SgTagPopover, list);
  gtk_widget_class_bind_template_child (widget_class, SgTagPopover, scroller);
  gtk_widget_class_bind_template_callback (widget_class, entered_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
}

static void
sg_tag_popover_init (SgTagPopover *self)
{
  self->ticked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_entry_set_max_length (self->entry, MAX_LENGTH);
}

GtkWidget *
sg_tag_popover_new (void)
{
  return g_object_new (SG_TYPE_TAG_POPOVER, NULL);
}
