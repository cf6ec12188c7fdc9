/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The window. The header bars of its desks are in one place above the tabs, so that the bar of tabs is one
 * and stays where it is. "win." actions are those of the selected desk: they are put into the window's map in
 * place of the ones before, so that keys, menus and buttons need not know of tabs. */
#include "config.h"

#include "app/tab-window.h"

#define NARROW 700

struct _SgTabWindow
{
  AdwApplicationWindow parent_instance;
  GtkStack *pages;   /* "tabs", "history" */
  GtkStack *headers; /* of all desks */
  AdwTabBar *tab_bar;
  AdwTabView *tabs;
  SgHistoryPage *history_page;

  GtkEventController *plain_keys;
  gboolean narrow;
  guint n_to_keep; /* desks that are kept before the window closes */
};

G_DEFINE_FINAL_TYPE (SgTabWindow, sg_tab_window, ADW_TYPE_APPLICATION_WINDOW)

static SgApplication *
get_application (SgTabWindow *self)
{
  return SG_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
}

/* -- Tabs -- */

static SgDesk *
get_desk (AdwTabPage *page)
{
  return SG_DESK (adw_tab_page_get_child (page));
}

static SgDesk *
get_nth_desk (SgTabWindow *self, int n)
{
  return get_desk (adw_tab_view_get_nth_page (self->tabs, n));
}

SgDesk *
sg_tab_window_get_desk (SgTabWindow *self)
{
  AdwTabPage *page = adw_tab_view_get_selected_page (self->tabs);

  return page != NULL ? get_desk (page) : NULL;
}

static void
take_actions (SgTabWindow *self, SgDesk *desk)
{
  GActionMap *actions = G_ACTION_MAP (sg_desk_get_actions (desk));
  g_auto (GStrv) names = g_action_group_list_actions (sg_desk_get_actions (desk));

  for (guint i = 0; names[i] != NULL; i++)
    g_action_map_add_action (G_ACTION_MAP (self), g_action_map_lookup_action (actions, names[i]));
}

static void
show_title (SgTabWindow *self)
{
  SgDesk *desk = sg_tab_window_get_desk (self);

  if (desk != NULL)
    gtk_window_set_title (GTK_WINDOW (self), sg_desk_get_title (desk));
}

static void
selected_cb (SgTabWindow *self)
{
  SgDesk *desk = sg_tab_window_get_desk (self);

  if (desk == NULL)
    return;
  gtk_stack_set_visible_child (self->headers, sg_desk_get_header (desk));
  take_actions (self, desk);
  sg_desk_update_actions (desk);
  show_title (self);
}

static void
attached_cb (SgTabWindow *self, AdwTabPage *page)
{
  SgDesk *desk = get_desk (page);

  gtk_stack_add_child (self->headers, sg_desk_get_header (desk));
  sg_desk_set_narrow (desk, self->narrow);
  g_object_bind_property (desk, "title", page, "title", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (desk, "notify::title", G_CALLBACK (show_title), self, G_CONNECT_SWAPPED);
  selected_cb (self);
}

static void
detached_cb (SgTabWindow *self, AdwTabPage *page)
{
  SgDesk *desk = get_desk (page);

  g_signal_handlers_disconnect_by_func (desk, show_title, self);
  if (gtk_widget_get_parent (sg_desk_get_header (desk)) != NULL) /* the window has not let go of all */
    gtk_stack_remove (self->headers, sg_desk_get_header (desk));
  if (!adw_tab_view_get_is_transferring_page (self->tabs))
    g_object_run_dispose (G_OBJECT (desk)); /* what is under way for it comes to nothing */
}

SgDesk *
sg_tab_window_add_desk (SgTabWindow *self)
{
  SgDesk *desk = sg_desk_new (get_application (self));

  adw_tab_view_append (self->tabs, GTK_WIDGET (desk));
  sg_tab_window_select (self, desk);
  return desk;
}

void
sg_tab_window_select (SgTabWindow *self, SgDesk *desk)
{
  adw_tab_view_set_selected_page (self->tabs, adw_tab_view_get_page (self->tabs, GTK_WIDGET (desk)));
  sg_desk_take_focus (desk);
}

/* -- The history -- */

SgHistoryPage *
sg_tab_window_get_shown_history (SgTabWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "history") == 0 ? self->history_page
                                                                                    : NULL;
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgTabWindow) self = data;

  if (sg_tab_window_get_shown_history (self) != NULL)
    sg_history_page_refresh (self->history_page);
}

/* What was drawn last is in the list, with its picture; what ran stops where nobody sees it. */
static void
open_history (SgTabWindow *self)
{
  SgDesk *desk = sg_tab_window_get_desk (self);

  sg_desk_pause (desk);
  sg_history_page_open (self->history_page);
  if (sg_application_get_keeper (get_application (self)) != NULL)
    sg_desk_keep_async (desk, settled_cb, g_object_ref (self));
}

void
sg_tab_window_show_history (SgTabWindow *self, gboolean show)
{
  SgDesk *desk = sg_tab_window_get_desk (self);

  if (show == (sg_tab_window_get_shown_history (self) != NULL))
    return;
  gtk_stack_set_visible_child_name (self->pages, show ? "history" : "tabs");
  gtk_event_controller_set_propagation_phase (self->plain_keys, show ? GTK_PHASE_NONE : GTK_PHASE_BUBBLE);
  if (show)
    open_history (self);
  else
    sg_desk_take_focus (desk);
  sg_desk_update_actions (desk);
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
history_closed_cb (SgTabWindow *self)
{
  sg_tab_window_show_history (self, FALSE);
}

static void
history_chosen_cb (SgTabWindow *self, gint64 sketch_id)
{
  sg_desk_open_kept (sg_tab_window_get_desk (self), sketch_id);
}

static void
version_chosen_cb (SgTabWindow *self, gint64 sketch_id, gint64 version_id)
{
  sg_desk_open_version (sg_tab_window_get_desk (self), sketch_id, version_id);
}

/* Open documents are told of what is done to theirs. */
static void
renamed_cb (SgTabWindow *self, gint64 sketch_id, const char *title)
{
  const GPtrArray *desks = sg_application_get_desks (get_application (self));

  for (guint i = 0; i < desks->len; i++)
    if (sg_document_get_sketch_id (sg_desk_get_document (desks->pdata[i])) == sketch_id)
      sg_document_set_title (sg_desk_get_document (desks->pdata[i]), title);
}

static void
deleted_cb (SgTabWindow *self, gint64 sketch_id)
{
  const GPtrArray *desks = sg_application_get_desks (get_application (self));

  for (guint i = 0; i < desks->len; i++)
    if (sg_document_get_sketch_id (sg_desk_get_document (desks->pdata[i])) == sketch_id)
      sg_document_leave_history (sg_desk_get_document (desks->pdata[i]));
  sg_desk_update_actions (sg_tab_window_get_desk (self));
}

static void
restored_cb (SgTabWindow *self, gint64 sketch_id)
{
  const GPtrArray *desks = sg_application_get_desks (get_application (self));

  for (guint i = 0; i < desks->len; i++)
    sg_document_rejoin_history (sg_desk_get_document (desks->pdata[i]), sketch_id);
  sg_desk_update_actions (sg_tab_window_get_desk (self));
}

static void
init_history (SgTabWindow *self, SgApplication *application)
{
  SgHistoryPage *page = self->history_page;

  sg_history_page_set_history (page, sg_application_get_history (application),
                               sg_application_get_keeper (application));
  g_signal_connect (self->pages, "notify::visible-child", G_CALLBACK (page_shown_cb), NULL);
  page_shown_cb (self->pages);
  g_signal_connect_object (page, "closed", G_CALLBACK (history_closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "chosen", G_CALLBACK (history_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "version-chosen", G_CALLBACK (version_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "renamed", G_CALLBACK (renamed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "deleted", G_CALLBACK (deleted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "restored", G_CALLBACK (restored_cb), self, G_CONNECT_SWAPPED);
}

/* -- Size -- */

static void
set_narrow (SgTabWindow *self, gboolean narrow)
{
  self->narrow = narrow;
  sg_history_page_set_narrow (self->history_page, narrow);
  for (int i = 0; i < adw_tab_view_get_n_pages (self->tabs); i++)
    sg_desk_set_narrow (get_nth_desk (self, i), narrow);
  if (narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
}

static void
laid_out_cb (GdkSurface *surface, int width, int height, SgTabWindow *self)
{
  if (self->narrow != (width < NARROW))
    set_narrow (self, width < NARROW);
}

static void
sg_tab_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sg_tab_window_parent_class)->realize (widget);
  if (!gdk_display_is_composited (gtk_widget_get_display (widget)))
    gtk_widget_add_css_class (widget, "opaque");
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "layout", G_CALLBACK (laid_out_cb),
                           widget, 0);
}

static void
save_geometry (SgTabWindow *self)
{
  GSettings *settings = sg_application_get_settings (get_application (self));
  int width = 0, height = 0;

  if (settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (settings, "window-width", width);
  g_settings_set_int (settings, "window-height", height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}

static void
restore_geometry (SgTabWindow *self, GSettings *settings)
{
  if (settings == NULL)
    return;
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

/* -- Its end -- */

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgTabWindow) self = data;

  if (--self->n_to_keep == 0)
    gtk_window_destroy (GTK_WINDOW (self));
}

/* Closes when the last change is in the history; hidden meanwhile. */
static gboolean
sg_tab_window_close_request (GtkWindow *window)
{
  SgTabWindow *self = SG_TAB_WINDOW (window);
  int n = adw_tab_view_get_n_pages (self->tabs);

  if (self->n_to_keep > 0)
    return GDK_EVENT_STOP;
  save_geometry (self);
  for (int i = 0; i < n; i++)
    sg_desk_pause (get_nth_desk (self, i));
  if (sg_application_get_keeper (get_application (self)) == NULL || n == 0)
    return GDK_EVENT_PROPAGATE;
  self->n_to_keep = (guint)n;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  for (int i = 0; i < n; i++)
    sg_desk_keep_async (get_nth_desk (self, i), kept_cb, g_object_ref (self));
  return GDK_EVENT_STOP;
}

static void
sg_tab_window_class_init (SgTabWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->realize = sg_tab_window_realize;
  GTK_WINDOW_CLASS (klass)->close_request = sg_tab_window_close_request;
  g_type_ensure (SG_TYPE_HISTORY_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/tab-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SgTabWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, SgTabWindow, headers);
  gtk_widget_class_bind_template_child (widget_class, SgTabWindow, tab_bar);
  gtk_widget_class_bind_template_child (widget_class, SgTabWindow, tabs);
  gtk_widget_class_bind_template_child (widget_class, SgTabWindow, history_page);
  gtk_widget_class_bind_template_callback (widget_class, attached_cb);
  gtk_widget_class_bind_template_callback (widget_class, detached_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
sg_tab_window_init (SgTabWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->plain_keys = sg_desk_make_plain_keys ();
  gtk_widget_add_controller (GTK_WIDGET (self), self->plain_keys);
}

SgTabWindow *
sg_tab_window_new (SgApplication *application)
{
  SgTabWindow *self = g_object_new (SG_TYPE_TAB_WINDOW, "application", application, NULL);

  restore_geometry (self, sg_application_get_settings (application));
  init_history (self, application);
  return self;
}
