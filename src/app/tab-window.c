/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The window. The header bars of its desks are in one place above the tabs, so that the bar of tabs is one
 * and stays under the hand that drags a tab. "win." actions are those of the selected desk: they are put into
 * the window's map in place of the ones before, so that keys, menus and buttons need not know of tabs. */
#include "config.h"

#include "app/tab-window-private.h"

#include <glib/gi18n.h>

#include "app/text-scale.h"

#define NARROW 700 /* px, of usual texts */

G_DEFINE_FINAL_TYPE (SgTabWindow, sg_tab_window, ADW_TYPE_APPLICATION_WINDOW)

SgApplication *
sg_tab_window_get_application (SgTabWindow *self)
{
  return SG_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
}

/* -- Tabs -- */

static SgDesk *
get_desk (AdwTabPage *page)
{
  return SG_DESK (adw_tab_page_get_child (page));
}

SgDesk *
sg_tab_window_get_nth_desk (SgTabWindow *self, int n)
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
show_activity (AdwTabPage *page, SgDeskActivity activity)
{
  static const struct
  {
    const char *icon, *tooltip;
  } signs[] = {
    [SG_DESK_RESTS] = { NULL, "" },
    [SG_DESK_PLAYS] = { "media-playback-start-symbolic", N_ ("Plays while it is seen") },
    [SG_DESK_IS_SHARED] = { "emblem-shared-symbolic", N_ ("Shared with browsers") },
    [SG_DESK_RECORDS] = { "media-record-symbolic", N_ ("A recording is under way") },
  };
  g_autoptr (GIcon) icon =
    signs[activity].icon != NULL ? g_themed_icon_new (signs[activity].icon) : NULL;

  adw_tab_page_set_indicator_icon (page, icon);
  adw_tab_page_set_indicator_tooltip (page,
                                      *signs[activity].tooltip != '\0' ? _ (signs[activity].tooltip) : "");
}

static void
desk_changed_cb (SgTabWindow *self, GParamSpec *pspec, SgDesk *desk)
{
  AdwTabPage *page = adw_tab_view_get_page (self->tabs, GTK_WIDGET (desk));

  adw_tab_page_set_title (page, sg_desk_get_title (desk));
  show_activity (page, sg_desk_get_activity (desk));
  if (desk == sg_tab_window_get_desk (self))
    gtk_window_set_title (GTK_WINDOW (self), sg_desk_get_title (desk));
}

static void
see (SgTabWindow *self, SgDesk *desk)
{
  if (self->seen == desk)
    return;
  if (self->seen != NULL)
    sg_desk_set_seen (self->seen, FALSE);
  self->seen = desk;
  if (desk != NULL)
    sg_desk_set_seen (desk, TRUE);
}

static void
selected_cb (SgTabWindow *self)
{
  SgDesk *desk = sg_tab_window_get_desk (self);

  /* the first page is selected before it is said to be attached */
  if (desk == NULL || gtk_widget_get_parent (sg_desk_get_header (desk)) == NULL)
    return;
  gtk_stack_set_visible_child (self->headers, sg_desk_get_header (desk));
  take_actions (self, desk);
  see (self, desk);
  sg_desk_update_actions (desk);
  gtk_window_set_title (GTK_WINDOW (self), sg_desk_get_title (desk));
  sg_application_note_seats (sg_tab_window_get_application (self));
}

static void
attached_cb (SgTabWindow *self, AdwTabPage *page)
{
  SgDesk *desk = get_desk (page);

  gtk_stack_add_child (self->headers, sg_desk_get_header (desk));
  sg_desk_set_narrow (desk, self->narrow);
  sg_desk_set_seen (desk, FALSE);
  g_signal_connect_object (desk, "notify::title", G_CALLBACK (desk_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::activity", G_CALLBACK (desk_changed_cb), self, G_CONNECT_SWAPPED);
  desk_changed_cb (self, NULL, desk);
  selected_cb (self);
  sg_tab_window_update_actions (self);
}

static gboolean
close_empty_cb (gpointer data)
{
  SgTabWindow *self = data;

  if (adw_tab_view_get_n_pages (self->tabs) == 0)
    gtk_window_close (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

static void
detached_cb (SgTabWindow *self, AdwTabPage *page)
{
  SgDesk *desk = get_desk (page);

  if (self->seen == desk)
    see (self, NULL);
  if (self->menu_page == page)
    self->menu_page = NULL;
  g_signal_handlers_disconnect_by_func (desk, desk_changed_cb, self);
  gtk_stack_remove (self->headers, sg_desk_get_header (desk));
  if (!adw_tab_view_get_is_transferring_page (self->tabs))
    sg_desk_end (desk);
  else if (adw_tab_view_get_n_pages (self->tabs) == 0) /* not amid a drag */
    g_idle_add_full (G_PRIORITY_DEFAULT, close_empty_cb, g_object_ref (self), g_object_unref);
  sg_tab_window_update_actions (self);
}

static void
reordered_cb (SgTabWindow *self)
{
  sg_application_note_seats (sg_tab_window_get_application (self));
}

SgDesk *
sg_tab_window_add_desk (SgTabWindow *self)
{
  SgDesk *desk = sg_desk_new (sg_tab_window_get_application (self));

  adw_tab_view_append (self->tabs, GTK_WIDGET (desk));
  sg_application_note_seats (sg_tab_window_get_application (self));
  return desk;
}

void
sg_tab_window_select (SgTabWindow *self, SgDesk *desk)
{
  adw_tab_view_set_selected_page (self->tabs, adw_tab_view_get_page (self->tabs, GTK_WIDGET (desk)));
  sg_desk_take_focus (desk);
}

void
sg_tab_window_present_desk (SgDesk *desk)
{
  SgTabWindow *self = SG_TAB_WINDOW (gtk_widget_get_root (GTK_WIDGET (desk)));

  sg_tab_window_select (self, desk);
  gtk_window_present (GTK_WINDOW (self));
}

SgDesk *
sg_tab_window_take_untouched (SgTabWindow *self)
{
  SgDesk *desk = sg_tab_window_get_desk (self);

  if (desk == NULL || !sg_desk_is_untouched (desk))
    {
      AdwTabPage *beside = adw_tab_view_get_selected_page (self->tabs); /* seen again when it is closed */

      desk = sg_desk_new (sg_tab_window_get_application (self));
      adw_tab_view_add_page (self->tabs, GTK_WIDGET (desk), beside);
    }
  sg_tab_window_select (self, desk);
  return desk;
}

void
sg_tab_window_open_file (SgTabWindow *self, GFile *file)
{
  SgDesk *desk = sg_application_find_file (sg_tab_window_get_application (self), file);

  if (desk == NULL)
    {
      desk = sg_tab_window_take_untouched (self);
      sg_desk_open_file (desk, file);
    }
  sg_tab_window_present_desk (desk);
}

SgDesk *
sg_tab_window_leave_unopened (SgDesk *desk)
{
  GtkWindow *window = sg_desk_get_window (desk);
  SgTabWindow *self = window != NULL ? SG_TAB_WINDOW (window) : NULL;

  if (self == NULL || adw_tab_view_get_n_pages (self->tabs) <= 1 || !sg_desk_is_untouched (desk))
    return desk;
  adw_tab_view_close_page (self->tabs, adw_tab_view_get_page (self->tabs, GTK_WIDGET (desk)));
  return sg_tab_window_get_desk (self);
}

void
sg_tab_window_tell_unopened (SgDesk *desk, const GError *error)
{
  sg_desk_tell_error (sg_tab_window_leave_unopened (desk), error);
}

void
sg_tab_window_open_place (SgTabWindow *self, const SgPlace *place)
{
  SgApplication *application = sg_tab_window_get_application (self);
  g_autoptr (GFile) file = place->file != NULL ? g_file_new_for_uri (place->file) : NULL;
  SgDesk *desk = place->sketch_id != 0 ? sg_application_find_sketch (application, place->sketch_id)
                 : file != NULL        ? sg_application_find_file (application, file)
                                       : NULL;

  if (desk == NULL)
    {
      desk = sg_tab_window_take_untouched (self);
      sg_desk_go_to_place (desk, place);
    }
  sg_tab_window_present_desk (desk);
}

void
sg_tab_window_append_seats (SgTabWindow *self, GArray *seats)
{
  guint id = gtk_application_window_get_id (GTK_APPLICATION_WINDOW (self));

  for (int i = 0; i < adw_tab_view_get_n_pages (self->tabs); i++)
    {
      SgDesk *desk = sg_tab_window_get_nth_desk (self, i);
      SgSeat seat = { desk, id, desk == sg_tab_window_get_desk (self) };

      g_array_append_val (seats, seat);
    }
}

/* GTK 4.8 tells assistive technology of all pages of a stack, seen or not. */
void
sg_tab_window_tell_hidden (GtkStack *stack)
{
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (stack)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    gtk_accessible_update_state (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_STATE_HIDDEN,
                                 page != gtk_stack_get_visible_child (stack), -1);
}

/* -- Size -- */

static void
set_narrow (SgTabWindow *self, gboolean narrow)
{
  self->narrow = narrow;
  if (self->history_page != NULL)
    sg_history_page_set_narrow (self->history_page, narrow);
  for (int i = 0; i < adw_tab_view_get_n_pages (self->tabs); i++)
    sg_desk_set_narrow (sg_tab_window_get_nth_desk (self, i), narrow);
  if (narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
}

static void
laid_out_cb (GdkSurface *surface, int width, int height, SgTabWindow *self)
{
  gboolean narrow = width < NARROW * sg_text_scale_get ();

  if (self->narrow != narrow)
    set_narrow (self, narrow);
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
restore_geometry (SgTabWindow *self, GSettings *settings)
{
  if (settings == NULL)
    return;
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

/* The view lets go of its tabs only when parts of the window are gone. */
static void
sg_tab_window_dispose (GObject *object)
{
  SgTabWindow *self = SG_TAB_WINDOW (object);

  self->seen = NULL;
  g_signal_handlers_disconnect_by_data (self->tabs, self);
  for (int i = 0; i < adw_tab_view_get_n_pages (self->tabs); i++)
    sg_desk_end (sg_tab_window_get_nth_desk (self, i));
  G_OBJECT_CLASS (sg_tab_window_parent_class)->dispose (object);
}

static void
sg_tab_window_class_init (SgTabWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_tab_window_dispose;
  widget_class->realize = sg_tab_window_realize;
  GTK_WINDOW_CLASS (klass)->close_request = sg_tab_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/tab-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SgTabWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, SgTabWindow, headers);
  gtk_widget_class_bind_template_child (widget_class, SgTabWindow, column);
  gtk_widget_class_bind_template_child (widget_class, SgTabWindow, tabs);
  gtk_widget_class_bind_template_callback (widget_class, attached_cb);
  gtk_widget_class_bind_template_callback (widget_class, detached_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, reordered_cb);
  gtk_widget_class_bind_template_callback (widget_class, sg_tab_window_close_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, sg_tab_window_create_window_cb);
  gtk_widget_class_bind_template_callback (widget_class, sg_tab_window_setup_menu_cb);
}

static void
sg_tab_window_init (SgTabWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->plain_keys = sg_desk_make_plain_keys ();
  gtk_widget_add_controller (GTK_WIDGET (self), self->plain_keys);
  /* these are an entry's own */
  adw_tab_view_remove_shortcuts (self->tabs, ADW_TAB_VIEW_SHORTCUT_CONTROL_HOME |
                                               ADW_TAB_VIEW_SHORTCUT_CONTROL_END |
                                               ADW_TAB_VIEW_SHORTCUT_CONTROL_SHIFT_HOME |
                                               ADW_TAB_VIEW_SHORTCUT_CONTROL_SHIFT_END);
  g_signal_connect (self->headers, "notify::visible-child", G_CALLBACK (sg_tab_window_tell_hidden), NULL);
  g_signal_connect (self->pages, "notify::visible-child", G_CALLBACK (sg_tab_window_tell_hidden), NULL);
  sg_tab_window_init_actions (self);
}

SgTabWindow *
sg_tab_window_new (SgApplication *application)
{
  SgTabWindow *self = g_object_new (SG_TYPE_TAB_WINDOW, "application", application, NULL);

  if (sg_application_is_software (application)) /* from the first frame on: costly shadows are left out */
    gtk_widget_add_css_class (GTK_WIDGET (self), "software-gl");
  restore_geometry (self, sg_application_get_settings (application));
  return self;
}
