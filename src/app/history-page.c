/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The history's page. Every reading of the database is asynchronous; a newer search cancels the older. Keys
 * act on the card that has the focus. */
#include "config.h"

#include "app/history-private.h"

#include <glib/gi18n.h>

#include "app/file-names.h"

#define AHEAD 2.0    /* heights of the window that are read before they are scrolled to */
#define MAX_CHIPS 40 /* tags to filter by */

static guint signals[SG_HISTORY_PAGE_N_SIGNALS];

G_DEFINE_FINAL_TYPE (SgHistoryPage, sg_history_page, ADW_TYPE_BIN)

void
sg_history_page_emit_sketch (SgHistoryPage *self, SgHistoryPageSignal signal, gint64 sketch_id)
{
  g_signal_emit (self, signals[signal], 0, sketch_id);
}

void
sg_history_page_emit_renamed (SgHistoryPage *self, gint64 sketch_id, const char *title)
{
  g_signal_emit (self, signals[SG_HISTORY_PAGE_RENAMED], 0, sketch_id, title);
}

/* -- Searching -- */

static void
search (SgHistoryPage *self)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  if (self->model != NULL)
    sg_history_model_search (self->model, gtk_editable_get_text (GTK_EDITABLE (self->search)), self->tag,
                             gtk_toggle_button_get_active (self->pinned));
}

static void
search_changed_cb (SgHistoryPage *self)
{
  search (self);
}

static void
pinned_toggled_cb (SgHistoryPage *self)
{
  if (!self->filling)
    search (self);
}

static void
show_empty (SgHistoryPage *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    {
      adw_status_page_set_icon_name (self->empty, "system-search-symbolic");
      adw_status_page_set_title (self->empty, _ ("No sketch has these words"));
      adw_status_page_set_description (self->empty, _ ("Titles, words and tags are searched."));
    }
  else if (gtk_toggle_button_get_active (self->pinned) || self->tag != NULL)
    {
      adw_status_page_set_icon_name (self->empty, "view-pin-symbolic");
      adw_status_page_set_title (self->empty, self->tag != NULL ? _ ("No sketch has this tag")
                                                                : _ ("Nothing is pinned"));
      adw_status_page_set_description (self->empty, _ ("A sketch's menu pins it and gives it tags."));
    }
  else
    {
      adw_status_page_set_icon_name (self->empty, "document-open-recent-symbolic");
      adw_status_page_set_title (self->empty, _ ("Every sketch is kept here by itself"));
      adw_status_page_set_description (self->empty, _ ("Draw something, and it is here."));
    }
}

static void
show_content (SgHistoryPage *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;

  if (!any)
    show_empty (self);
  gtk_stack_set_visible_child_name (self->content, any ? "grid" : "empty");
}

static void
read_cb (SgHistoryPage *self, GError *error)
{
  show_content (self);
  if (error == NULL)
    return;
  adw_status_page_set_title (self->empty, _ ("The history cannot be read"));
  g_autofree char *reason = sg_file_names_in_message (error);
  g_autofree char *markup = g_markup_escape_text (reason, -1);
  adw_status_page_set_description (self->empty, markup);
}

static void
items_changed_cb (SgHistoryPage *self)
{
  if (self->model != NULL && sg_history_model_is_complete (self->model))
    show_content (self);
}

static void
scrolled_cb (SgHistoryPage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double page = gtk_adjustment_get_page_size (adjustment);
  double left = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment) - page;

  if (self->model != NULL && left < AHEAD * page)
    sg_history_model_read_more (self->model);
}

/* -- Tags to filter by -- */

static void
chip_toggled_cb (GtkToggleButton *chip, SgHistoryPage *self)
{
  const char *tag = g_object_get_data (G_OBJECT (chip), "tag");

  if (self->filling)
    return;
  self->filling = TRUE;
  for (GtkWidget *other = gtk_widget_get_first_child (GTK_WIDGET (self->chips)); other != NULL;
       other = gtk_widget_get_next_sibling (other))
    if (other != GTK_WIDGET (chip) && other != GTK_WIDGET (self->pinned))
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (other), FALSE);
  self->filling = FALSE;
  g_free (self->tag);
  self->tag = gtk_toggle_button_get_active (chip) ? g_strdup (tag) : NULL;
  search (self);
}

static void
add_chip (SgHistoryPage *self, const SgTagEntry *tag)
{
  g_autofree char *text = g_strdup_printf ("%s  %u", tag->name, tag->n_sketches);
  GtkWidget *chip = gtk_toggle_button_new_with_label (text);

  g_object_set_data_full (G_OBJECT (chip), "tag", g_strdup (tag->name), g_free);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_add_css_class (chip, "numeric");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), g_strcmp0 (self->tag, tag->name) == 0);
  g_signal_connect (chip, "toggled", G_CALLBACK (chip_toggled_cb), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, tag->name, -1);
  gtk_box_append (self->chips, chip);
}

static gboolean
has_tag (const GPtrArray *tags, const char *name)
{
  for (guint i = 0; i < tags->len; i++)
    if (g_strcmp0 (((const SgTagEntry *)tags->pdata[i])->name, name) == 0)
      return TRUE;
  return FALSE;
}

static void
tags_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgHistoryPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tags = sg_history_list_tags_finish (SG_HISTORY (source), result, &error);
  GtkWidget *chip;

  if (tags == NULL)
    return;
  self->filling = TRUE;
  while ((chip = gtk_widget_get_last_child (GTK_WIDGET (self->chips))) != GTK_WIDGET (self->pinned))
    gtk_box_remove (self->chips, chip);
  for (guint i = 0; i < MIN (tags->len, MAX_CHIPS); i++)
    add_chip (self, tags->pdata[i]);
  self->filling = FALSE;
  if (self->tag != NULL && !has_tag (tags, self->tag)) /* the last one that had it no longer has */
    {
      g_clear_pointer (&self->tag, g_free);
      search (self);
    }
}

void
sg_history_page_read_tags (SgHistoryPage *self)
{
  g_cancellable_cancel (self->tags_cancellable);
  g_clear_object (&self->tags_cancellable);
  self->tags_cancellable = g_cancellable_new ();
  sg_history_list_tags_async (self->history, self->tags_cancellable, tags_listed_cb, g_object_ref (self));
}

/* -- The grid -- */

static void
card_menu_cb (SgHistoryCard *card, double x, double y, SgHistoryPage *self)
{
  graphene_point_t at;

  if (!gtk_widget_compute_point (GTK_WIDGET (card), GTK_WIDGET (self), &GRAPHENE_POINT_INIT (x, y), &at))
    return;
  sg_history_page_choose_card (self, card, &(GdkRectangle){ (int)at.x, (int)at.y, 1, 1 });
  sg_history_page_show_menu (self);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, SgHistoryPage *self)
{
  GtkWidget *card = sg_history_card_new ();

  g_signal_connect (card, "menu", G_CALLBACK (card_menu_cb), self);
  sg_history_page_let_drag (self, card);
  gtk_list_item_set_child (item, card);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, SgHistoryPage *self)
{
  sg_history_card_set_item (SG_HISTORY_CARD (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, SgHistoryPage *self)
{
  sg_history_card_set_item (SG_HISTORY_CARD (gtk_list_item_get_child (item)), NULL);
}

static void
activated_cb (SgHistoryPage *self, guint position)
{
  g_autoptr (SgHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (item != NULL)
    sg_history_page_emit_sketch (self, SG_HISTORY_PAGE_CHOSEN, sg_history_item_get_entry (item)->id);
}

/* Enter in the search opens what stands first. */
static void
search_activated_cb (SgHistoryPage *self)
{
  activated_cb (self, 0);
}

static void
make_grid (SgHistoryPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  gtk_grid_view_set_factory (self->grid, factory);
  g_object_unref (factory);
}

static gboolean
search_key_cb (
  GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state, SgHistoryPage *self)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->grid));

  if ((keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down) || first == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (first); /* not where the grid had it last */
  return GDK_EVENT_STOP;
}

static gboolean
grid_key_cb (
  GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state, SgHistoryPage *self)
{
  return sg_history_page_press_key (self, keyval, state);
}

/* -- Pages -- */

static gboolean
is_shown (SgHistoryPage *self, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

/* GTK 4.8 tells assistive technology of all pages of a stack, seen or not. */
static void
page_shown_cb (GtkStack *stack)
{
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (stack)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    gtk_accessible_update_state (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_STATE_HIDDEN,
                                 page != gtk_stack_get_visible_child (stack), -1);
}

static void
close_cb (SgHistoryPage *self)
{
  g_signal_emit (self, signals[SG_HISTORY_PAGE_CLOSED], 0);
}

static void
past_closed_cb (SgHistoryPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "grid");
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
compare_closed_cb (SgHistoryPage *self)
{
  sg_run_compare_clear (self->compare);
  gtk_stack_set_visible_child_name (self->stack, "past");
}

static void
past_version_cb (SgHistoryPage *self, gint64 sketch_id, gint64 version_id)
{
  g_signal_emit (self, signals[SG_HISTORY_PAGE_VERSION_CHOSEN], 0, sketch_id, version_id);
}

static void
past_compare_cb (SgHistoryPage *self,
                 SgRunEntry *first,
                 const char *first_title,
                 SgRunEntry *second,
                 const char *second_title)
{
  SgRunEntry *runs[] = { first, second };
  const char *titles[] = { first_title, second_title };

  sg_run_compare_show (self->compare, self->history, runs, titles);
  gtk_stack_set_visible_child_name (self->stack, "compare");
}

void
sg_history_page_show_past (SgHistoryPage *self, const SgHistoryEntry *entry)
{
  sg_sketch_past_show (self->past, self->history, entry);
  gtk_stack_set_visible_child_name (self->stack, "past");
}

/* Escape and Back: from a search to all, from a page to the one before. */
static gboolean
back_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  SgHistoryPage *self = SG_HISTORY_PAGE (widget);

  if (is_shown (self, "compare"))
    compare_closed_cb (self);
  else if (is_shown (self, "past"))
    past_closed_cb (self);
  else if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    {
      gtk_editable_set_text (GTK_EDITABLE (self->search), "");
      gtk_widget_grab_focus (GTK_WIDGET (self->search));
    }
  else
    close_cb (self);
  return GDK_EVENT_STOP;
}

static void
stop_search_cb (SgHistoryPage *self)
{
  back_cb (GTK_WIDGET (self), NULL, NULL);
}

static gboolean
find_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  SgHistoryPage *self = SG_HISTORY_PAGE (widget);

  gtk_stack_set_visible_child_name (self->stack, "grid");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  return GDK_EVENT_STOP;
}

void
sg_history_page_refresh (SgHistoryPage *self)
{
  if (self->model == NULL)
    return;
  sg_history_model_refresh (self->model);
  sg_history_page_read_tags (self);
}

void
sg_history_page_open (SgHistoryPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "grid");
  self->filling = TRUE;
  gtk_toggle_button_set_active (self->pinned, FALSE);
  g_clear_pointer (&self->tag, g_free);
  self->filling = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  search_changed_cb (self);
  if (self->history != NULL)
    sg_history_page_read_tags (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

void
sg_history_page_set_narrow (SgHistoryPage *self, gboolean narrow)
{
  const char *layout = narrow ? ":close" : NULL;

  adw_header_bar_set_decoration_layout (self->header, layout);
  sg_sketch_past_set_decoration (self->past, layout);
  sg_run_compare_set_decoration (self->compare, layout);
}

void
sg_history_page_set_history (SgHistoryPage *self, SgHistory *history, SgKeeper *keeper, SgCache *cache)
{
  if (history == NULL)
    return;
  self->history = g_object_ref (history);
  self->keeper = g_object_ref (keeper);
  sg_run_compare_set_cache (self->compare, cache);
  self->model = sg_history_model_new (G_OBJECT (history), NULL);
  g_signal_connect_object (self->model, "read", G_CALLBACK (read_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_autoptr (GtkSelectionModel) selection =
    GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->model))));
  gtk_grid_view_set_model (self->grid, selection);
}

static void
sg_history_page_dispose (GObject *object)
{
  SgHistoryPage *self = SG_HISTORY_PAGE (object);

  g_cancellable_cancel (self->tags_cancellable);
  g_clear_object (&self->tags_cancellable);
  sg_history_page_dispose_actions (self);
  g_clear_object (&self->model);
  g_clear_object (&self->keeper);
  g_clear_object (&self->history);
  g_clear_pointer (&self->tag, g_free);
  G_OBJECT_CLASS (sg_history_page_parent_class)->dispose (object);
}

static void
make_signals (void)
{
  GType type = SG_TYPE_HISTORY_PAGE;

  signals[SG_HISTORY_PAGE_CLOSED] =
    g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SG_HISTORY_PAGE_CHOSEN] =
    g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SG_HISTORY_PAGE_VERSION_CHOSEN] =
    g_signal_new ("version-chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                  G_TYPE_INT64, G_TYPE_INT64);
  signals[SG_HISTORY_PAGE_RENAMED] =
    g_signal_new ("renamed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64,
                  G_TYPE_STRING);
  signals[SG_HISTORY_PAGE_DELETED] =
    g_signal_new ("deleted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SG_HISTORY_PAGE_RESTORED] =
    g_signal_new ("restored", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SgHistoryPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryPage, header);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryPage, search);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryPage, pinned);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryPage, chips);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryPage, content);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryPage, grid);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryPage, empty);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryPage, past);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryPage, compare);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryPage, menu_model);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, grid_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, past_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, past_compare_cb);
  gtk_widget_class_bind_template_callback (widget_class, past_version_cb);
  gtk_widget_class_bind_template_callback (widget_class, pinned_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
sg_history_page_class_init (SgHistoryPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_history_page_dispose;
  g_type_ensure (SG_TYPE_RUN_COMPARE);
  g_type_ensure (SG_TYPE_SKETCH_PAST);
  make_signals ();
  bind_template (widget_class);
  sg_history_page_install_actions (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, back_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, GDK_ALT_MASK, back_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, find_cb, NULL);
}

static void
sg_history_page_init (SgHistoryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_grid (self);
  g_signal_connect (self->stack, "notify::visible-child", G_CALLBACK (page_shown_cb), NULL);
  g_signal_connect (self->content, "notify::visible-child", G_CALLBACK (page_shown_cb), NULL);
  page_shown_cb (self->stack);
  page_shown_cb (self->content);
  sg_history_page_init_actions (self);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self->content));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "value-changed",
                           G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "changed",
                           G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}
