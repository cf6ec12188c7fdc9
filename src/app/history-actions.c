/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can be done to a kept sketch: by its card's menu, and by keys on the card that has the focus. A change
 * shows as soon as the history has it; a deletion shows at once, and "Undo" brings back all that were deleted
 * since the offer stands. */
#include "config.h"

#include <glib/gi18n.h>

#include "app/file-names.h"
#include "app/history-change.h"
#include "app/history-private.h"
#include "app/toast.h"

void
sg_history_page_tell (SgHistoryPage *self, const char *message)
{
  adw_toast_overlay_add_toast (self->toasts, sg_toast_new (message));
}

static void
tell_error (SgHistoryPage *self, const GError *error)
{
  g_autofree char *text = sg_file_names_in_message (error);

  sg_history_page_tell (self, text);
}

/* -- Changes -- */

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgHistoryPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SgHistoryEntry) entry = sg_history_change_finish (result, &error);
  const SgHistoryEdit *edit = sg_history_change_get_edit (result);

  if (error != NULL)
    {
      tell_error (self, error);
      return;
    }
  if (self->model == NULL)
    return;
  if (edit->action == SG_HISTORY_DUPLICATE && !sg_history_model_is_filtered (self->model))
    sg_history_model_put_back (self->model, entry);
  else if (edit->action == SG_HISTORY_DUPLICATE)
    sg_history_model_refresh (self->model);
  else
    sg_history_model_update (self->model, entry);
  if (edit->action == SG_HISTORY_RENAME)
    sg_history_page_emit_renamed (self, edit->id, edit->title);
  if (edit->action == SG_HISTORY_TAG || edit->action == SG_HISTORY_DUPLICATE)
    sg_history_page_read_tags (self);
}

static void
change (SgHistoryPage *self, const SgHistoryEdit *edit)
{
  sg_history_change_async (self->history, edit, changed_cb, g_object_ref (self));
}

static void
named_cb (SgHistoryPage *self, gint64 sketch_id, const char *name)
{
  change (self, &(SgHistoryEdit){ SG_HISTORY_SKETCH, SG_HISTORY_RENAME, sketch_id, name });
}

static void
tagged_cb (SgHistoryPage *self, gint64 sketch_id, const char *const *tags)
{
  change (self, &(SgHistoryEdit){ SG_HISTORY_SKETCH, SG_HISTORY_TAG, sketch_id, NULL, tags });
}

/* -- Deleting -- */

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgHistoryPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SgHistoryEntry) entry = sg_history_change_finish (result, &error);

  if (error != NULL)
    {
      tell_error (self, error);
      return;
    }
  if (self->model != NULL)
    sg_history_model_put_back (self->model, entry);
  sg_history_page_read_tags (self);
  sg_history_page_emit_sketch (self, SG_HISTORY_PAGE_RESTORED, entry->id);
}

gboolean
sg_history_page_can_undo (SgHistoryPage *self)
{
  return self->deleted->len > 0;
}

gboolean
sg_history_page_undo (SgHistoryPage *self)
{
  g_autoptr (GPtrArray) deleted = g_steal_pointer (&self->deleted);

  self->deleted = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_history_entry_unref);
  if (self->toast != NULL)
    sg_toast_dismiss (self->toast);
  for (guint i = 0; i < deleted->len; i++)
    {
      const SgHistoryEntry *entry = deleted->pdata[i];
      SgHistoryEdit edit = { SG_HISTORY_SKETCH, SG_HISTORY_RESTORE, entry->id };

      sg_history_change_async (self->history, &edit, restored_cb, g_object_ref (self));
    }
  return deleted->len > 0;
}

static void
toast_button_cb (SgHistoryPage *self)
{
  sg_history_page_undo (self);
}

static void
toast_dismissed_cb (AdwToast *toast, SgHistoryPage *self)
{
  if (toast == self->toast)
    g_clear_object (&self->toast);
}

static void
make_toast (SgHistoryPage *self)
{
  self->toast = sg_toast_new ("");
  adw_toast_set_button_label (self->toast, _ ("Undo"));
  adw_toast_set_priority (self->toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_timeout (self->toast, 8);
  g_signal_connect_object (self->toast, "button-clicked", G_CALLBACK (toast_button_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->toast, "dismissed", G_CALLBACK (toast_dismissed_cb), self, 0);
}

static void
offer_undo (SgHistoryPage *self)
{
  guint n = self->deleted->len;
  const SgHistoryEntry *last = self->deleted->pdata[n - 1];
  g_autofree char *text =
    n == 1 ? g_strdup_printf (_ ("“%s” is deleted"), last->title)
           : g_strdup_printf (ngettext ("%u sketch is deleted", "%u sketches are deleted", n), n);

  if (self->toast == NULL)
    make_toast (self);
  sg_toast_set_text (self->toast, text);
  adw_toast_overlay_add_toast (self->toasts, g_object_ref (self->toast)); /* anew, or its time begins anew */
}

typedef struct
{
  SgHistoryPage *page;
  SgHistoryEntry *entry;
} Deletion;

static void
deletion_free (Deletion *deletion)
{
  g_object_unref (deletion->page);
  sg_history_entry_unref (deletion->entry);
  g_free (deletion);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Deletion *deletion = data;
  SgHistoryPage *self = deletion->page;
  g_autoptr (GError) error = NULL;

  sg_history_change_finish (result, &error);
  if (error != NULL)
    {
      tell_error (self, error);
      sg_history_model_put_back (self->model, deletion->entry);
    }
  else
    {
      if (self->toast == NULL)
        g_ptr_array_set_size (self->deleted, 0);
      g_ptr_array_add (self->deleted, sg_history_entry_ref (deletion->entry));
      offer_undo (self);
      sg_history_page_emit_sketch (self, SG_HISTORY_PAGE_DELETED, deletion->entry->id);
      sg_history_page_read_tags (self);
    }
  deletion_free (deletion);
}

/* What is still to be written of it is written before: else it would come back as a new sketch. */
static void
settled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Deletion *deletion = data;
  SgHistoryEdit edit = { SG_HISTORY_SKETCH, SG_HISTORY_DELETE, deletion->entry->id };

  sg_history_change_async (deletion->page->history, &edit, deleted_cb, deletion);
}

static void
delete_item (SgHistoryPage *self, SgHistoryItem *item)
{
  Deletion *deletion = g_new0 (Deletion, 1);

  deletion->page = g_object_ref (self);
  deletion->entry = sg_history_entry_ref ((SgHistoryEntry *)sg_history_item_get_entry (item));
  sg_history_model_remove (self->model, deletion->entry->id);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid)); /* on what is there now */
  sg_keeper_settle_async (self->keeper, settled_cb, deletion);
}

/* -- Which one -- */

/* The card that has the focus, or holds it. */
static SgHistoryCard *
focused_card (SgHistoryPage *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *child = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  if (SG_IS_HISTORY_CARD (child))
    return SG_HISTORY_CARD (child);
  return focus != NULL ? SG_HISTORY_CARD (gtk_widget_get_ancestor (focus, SG_TYPE_HISTORY_CARD)) : NULL;
}

void
sg_history_page_choose_card (SgHistoryPage *self, SgHistoryCard *card, const GdkRectangle *at)
{
  g_set_object (&self->chosen, sg_history_card_get_item (card));
  g_set_weak_pointer (&self->chosen_cell, gtk_widget_get_parent (GTK_WIDGET (card)));
  self->chosen_at = *at;
}

/* GTK gives the focus to the search when a popover goes. */
static void
popover_closed_cb (SgHistoryPage *self)
{
  GtkWidget *popovers[] = { GTK_WIDGET (self->menu), GTK_WIDGET (self->name_popover),
                            GTK_WIDGET (self->tag_popover) };

  for (guint i = 0; i < G_N_ELEMENTS (popovers); i++)
    if (gtk_widget_get_visible (popovers[i]))
      return; /* the menu makes way for one of the others */
  if (self->chosen_cell != NULL && gtk_widget_get_mapped (self->chosen_cell))
    gtk_widget_grab_focus (self->chosen_cell);
}

static gboolean
choose_focused (SgHistoryPage *self)
{
  SgHistoryCard *card = focused_card (self);
  graphene_rect_t place;

  if (card == NULL || sg_history_card_get_item (card) == NULL ||
      !gtk_widget_compute_bounds (GTK_WIDGET (card), GTK_WIDGET (self), &place))
    return FALSE;
  sg_history_page_choose_card (self, card,
                               &(GdkRectangle){ (int)place.origin.x, (int)place.origin.y,
                                                (int)place.size.width, (int)place.size.height });
  return TRUE;
}

void
sg_history_page_show_menu (SgHistoryPage *self)
{
  gboolean pinned = self->chosen != NULL && sg_history_item_get_entry (self->chosen)->pinned;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sketch.pin", !pinned);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sketch.unpin", pinned);
  gtk_popover_set_pointing_to (self->menu, &self->chosen_at);
  gtk_popover_popup (self->menu);
}

/* -- Actions -- */

static void
act_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SgHistoryPage *self = SG_HISTORY_PAGE (widget);

  if (self->chosen == NULL)
    return;
  const SgHistoryEntry *entry = sg_history_item_get_entry (self->chosen);
  if (g_str_equal (name, "sketch.open"))
    sg_history_page_emit_sketch (self, SG_HISTORY_PAGE_CHOSEN, entry->id);
  else if (g_str_equal (name, "sketch.rename"))
    sg_name_popover_edit (self->name_popover, entry->id, entry->title, &self->chosen_at);
  else if (g_str_equal (name, "sketch.tags"))
    sg_tag_popover_edit (self->tag_popover, self->history, entry->id, entry->tags, &self->chosen_at);
  else if (g_str_equal (name, "sketch.pin"))
    change (self, &(SgHistoryEdit){ SG_HISTORY_SKETCH, SG_HISTORY_PIN, entry->id });
  else if (g_str_equal (name, "sketch.unpin"))
    change (self, &(SgHistoryEdit){ SG_HISTORY_SKETCH, SG_HISTORY_UNPIN, entry->id });
  else if (g_str_equal (name, "sketch.duplicate"))
    change (self, &(SgHistoryEdit){ SG_HISTORY_SKETCH, SG_HISTORY_DUPLICATE, entry->id });
  else if (g_str_equal (name, "sketch.past"))
    sg_history_page_show_past (self, entry);
  else if (g_str_equal (name, "sketch.delete"))
    delete_item (self, self->chosen);
}

static const struct
{
  guint key;
  GdkModifierType modifiers;
  const char *action; /* (nullable): the menu */
} keys[] = {
  { GDK_KEY_F2, 0, "sketch.rename" },
  { GDK_KEY_Delete, 0, "sketch.delete" },
  { GDK_KEY_KP_Delete, 0, "sketch.delete" },
  { GDK_KEY_Menu, 0, NULL },
  { GDK_KEY_F10, GDK_SHIFT_MASK, NULL },
};

/* On the grid itself: farther out the search takes what can be typed, Delete too. */
gboolean
sg_history_page_press_key (SgHistoryPage *self, guint keyval, GdkModifierType state)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (keys[i].key != keyval || keys[i].modifiers != (state & gtk_accelerator_get_default_mod_mask ()) ||
          !choose_focused (self))
        continue;
      if (keys[i].action == NULL)
        sg_history_page_show_menu (self);
      else
        act_cb (GTK_WIDGET (self), keys[i].action, NULL);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

void
sg_history_page_install_actions (GtkWidgetClass *widget_class)
{
  static const char *const names[] = { "open", "rename", "tags", "pin",
                                       "unpin", "duplicate", "past", "delete" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strconcat ("sketch.", names[i], NULL);

      gtk_widget_class_install_action (widget_class, name, NULL, act_cb);
    }
}

void
sg_history_page_init_actions (SgHistoryPage *self)
{
  self->deleted = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_history_entry_unref);
  self->tag_popover = SG_TAG_POPOVER (sg_tag_popover_new ());
  self->name_popover = SG_NAME_POPOVER (sg_name_popover_new ());
  self->menu = GTK_POPOVER (gtk_popover_menu_new_from_model (self->menu_model));
  gtk_widget_set_parent (GTK_WIDGET (self->tag_popover), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->name_popover), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->menu), GTK_WIDGET (self));
  g_signal_connect_swapped (self->menu, "closed", G_CALLBACK (popover_closed_cb), self);
  g_signal_connect_swapped (self->tag_popover, "closed", G_CALLBACK (popover_closed_cb), self);
  g_signal_connect_swapped (self->name_popover, "closed", G_CALLBACK (popover_closed_cb), self);
  g_signal_connect_swapped (self->tag_popover, "tagged", G_CALLBACK (tagged_cb), self);
  g_signal_connect_swapped (self->name_popover, "named", G_CALLBACK (named_cb), self);
}

void
sg_history_page_dispose_actions (SgHistoryPage *self)
{
  g_clear_object (&self->chosen);
  g_clear_weak_pointer (&self->chosen_cell);
  g_clear_object (&self->toast);
  if (self->menu != NULL)
    {
      gtk_widget_unparent (GTK_WIDGET (self->tag_popover));
      gtk_widget_unparent (GTK_WIDGET (self->name_popover));
      gtk_widget_unparent (GTK_WIDGET (self->menu));
      self->menu = NULL;
    }
  if (self->deleted != NULL)
    g_ptr_array_set_size (self->deleted, 0);
}
