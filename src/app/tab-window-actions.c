/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is done to tabs: made, moved, closed. A tab goes at once, its sketch on the way to the history, unless
 * something would be lost: then the person is asked first (app/closing.h). The last tab takes the window with
 * it, which waits, hidden, until all is kept. */
#include "config.h"

#include "app/tab-window-private.h"

#include <glib/gi18n.h>

#include "app/closing.h"

/* -- Closing -- */

static void
save_geometry (SgTabWindow *self)
{
  GSettings *settings = sg_application_get_settings (sg_tab_window_get_application (self));
  int width = 0, height = 0;

  if (settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (settings, "window-width", width);
  g_settings_set_int (settings, "window-height", height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}

static GPtrArray *
list_desks (SgTabWindow *self)
{
  GPtrArray *desks = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 0; i < adw_tab_view_get_n_pages (self->tabs); i++)
    g_ptr_array_add (desks, g_object_ref (sg_tab_window_get_nth_desk (self, i)));
  return desks;
}

static void
window_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgTabWindow) self = data;
  SgApplication *application = sg_tab_window_get_application (self);

  self->closing = FALSE;
  if (!sg_closing_finish (result))
    {
      gtk_window_present (GTK_WINDOW (self));
      sg_application_stop_closing (application);
      return;
    }
  for (int i = 0; i < adw_tab_view_get_n_pages (self->tabs); i++)
    sg_application_note_closed (application, sg_tab_window_get_nth_desk (self, i));
  sg_application_begin_closing (application, GTK_WINDOW (self));
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Closes when the last change is in the history; hidden meanwhile. */
gboolean
sg_tab_window_close_request (GtkWindow *window)
{
  SgTabWindow *self = SG_TAB_WINDOW (window);
  g_autoptr (GPtrArray) desks = list_desks (self);

  if (self->closing)
    return GDK_EVENT_STOP;
  save_geometry (self);
  if (sg_application_get_keeper (sg_tab_window_get_application (self)) == NULL || desks->len == 0)
    return GDK_EVENT_PROPAGATE;
  self->closing = TRUE;
  if (sg_closing_is_safe (desks))
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  sg_closing_async (desks, window_answered_cb, g_object_ref (self));
  return GDK_EVENT_STOP;
}

static void
finish_closing_page (SgTabWindow *self, AdwTabPage *page, gboolean closes)
{
  if (closes)
    sg_application_note_closed (sg_tab_window_get_application (self),
                                SG_DESK (adw_tab_page_get_child (page)));
  adw_tab_view_close_page_finish (self->tabs, page, closes);
}

typedef struct
{
  SgTabWindow *window;
  AdwTabPage *page;
} ClosingPage;

static void
page_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree ClosingPage *closing = data;
  g_autoptr (SgTabWindow) self = closing->window;
  g_autoptr (AdwTabPage) page = closing->page;

  finish_closing_page (self, page, sg_closing_finish (result));
}

gboolean
sg_tab_window_close_page_cb (SgTabWindow *self, AdwTabPage *page)
{
  g_autoptr (GPtrArray) desks = g_ptr_array_new_with_free_func (g_object_unref);
  ClosingPage *closing;

  g_ptr_array_add (desks, g_object_ref (adw_tab_page_get_child (page)));
  if (adw_tab_view_get_n_pages (self->tabs) == 1)
    {
      adw_tab_view_close_page_finish (self->tabs, page, FALSE);
      gtk_window_close (GTK_WINDOW (self));
    }
  else if (sg_closing_is_safe (desks))
    {
      sg_desk_pause (desks->pdata[0]);
      if (sg_application_get_keeper (sg_tab_window_get_application (self)) != NULL)
        sg_desk_keep_async (desks->pdata[0], NULL, NULL);
      finish_closing_page (self, page, TRUE);
    }
  else
    {
      closing = g_new (ClosingPage, 1);
      *closing = (ClosingPage){ g_object_ref (self), g_object_ref (page) };
      sg_closing_async (desks, page_answered_cb, closing);
    }
  return GDK_EVENT_STOP;
}

/* -- The tab's menu, and keys -- */

/* The one whose menu is open, else the one that is seen. */
static AdwTabPage *
get_meant (SgTabWindow *self)
{
  return self->menu_page != NULL ? self->menu_page : adw_tab_view_get_selected_page (self->tabs);
}

void
sg_tab_window_setup_menu_cb (SgTabWindow *self, AdwTabPage *page)
{
  self->menu_page = page;
}

static void
new_tab_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgTabWindow *self = data;

  sg_tab_window_show_history (self, FALSE);
  sg_tab_window_select (self, sg_tab_window_add_desk (self));
}

static void
close_tab_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgTabWindow *self = data;

  if (adw_tab_view_get_n_pages (self->tabs) > 1 && sg_tab_window_get_shown_history (self) != NULL)
    sg_tab_window_show_history (self, FALSE); /* what is seen is no tab */
  else if (get_meant (self) != NULL)
    adw_tab_view_close_page (self->tabs, get_meant (self));
}

static void
close_other_tabs_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgTabWindow *self = data;

  adw_tab_view_close_other_pages (self->tabs, get_meant (self));
}

/* As large as this one. */
static SgTabWindow *
make_window (SgTabWindow *self)
{
  SgTabWindow *window = sg_tab_window_new (sg_tab_window_get_application (self));

  gtk_window_set_default_size (GTK_WINDOW (window), gtk_widget_get_width (GTK_WIDGET (self)),
                               gtk_widget_get_height (GTK_WIDGET (self)));
  return window;
}

/* A tab was dropped where no window is. */
AdwTabView *
sg_tab_window_create_window_cb (SgTabWindow *self)
{
  SgTabWindow *window = make_window (self);

  gtk_window_present (GTK_WINDOW (window));
  return window->tabs;
}

static void
move_tab_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgTabWindow *self = data;
  AdwTabPage *page = get_meant (self);
  SgTabWindow *window = make_window (self);

  adw_tab_view_transfer_page (self->tabs, page, window->tabs, 0);
  sg_desk_take_focus (sg_tab_window_get_desk (window));
  gtk_window_present (GTK_WINDOW (window));
}

static const GActionEntry entries[] = {
  { .name = "new-tab", .activate = new_tab_cb },
  { .name = "close-tab", .activate = close_tab_cb },
  { .name = "close-other-tabs", .activate = close_other_tabs_cb },
  { .name = "move-tab", .activate = move_tab_cb },
};

static GtkWidget *
make_new_tab_button (void)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("tab-new-symbolic");

  gtk_widget_set_tooltip_text (button, _ ("New tab (Ctrl+T)"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.new-tab");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("New tab"), -1);
  return button;
}

/* Made when there is a second tab. */
static void
make_tab_bar (SgTabWindow *self)
{
  self->tab_bar = adw_tab_bar_new ();
  adw_tab_bar_set_end_action_widget (self->tab_bar, make_new_tab_button ());
  adw_tab_bar_set_view (self->tab_bar, self->tabs);
  gtk_box_insert_child_after (self->column, GTK_WIDGET (self->tab_bar), GTK_WIDGET (self->headers));
}

void
sg_tab_window_update_actions (SgTabWindow *self)
{
  static const char *const of_several[] = { "close-other-tabs", "move-tab" };
  gboolean several = adw_tab_view_get_n_pages (self->tabs) > 1;

  if (several && self->tab_bar == NULL)
    make_tab_bar (self);
  if (self->tab_bar != NULL) /* what it hides by itself is told to assistive technology */
    gtk_widget_set_visible (GTK_WIDGET (self->tab_bar), several);
  for (guint i = 0; i < G_N_ELEMENTS (of_several); i++)
    g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), of_several[i])), several);
}

void
sg_tab_window_init_actions (SgTabWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
