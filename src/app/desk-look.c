/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The desk's part of looking at the simulation: actions for cameras and for what is shown, and the
 * settings that keep the latter. */
#include "config.h"

#include "app/desk-private.h"

#include <glib/gi18n.h>

static GSettings *
get_settings (SgDesk *self)
{
  return sg_application_get_settings (self->application);
}

static void
previous_camera_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sg_view_step_camera (SG_DESK (data)->view, -1);
}

static void
next_camera_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sg_view_step_camera (SG_DESK (data)->view, 1);
}

static void
free_camera_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sg_view_show_free (SG_DESK (data)->view);
}

static void
view_menu_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_menu_button_popup (SG_DESK (data)->view_button);
}

/* Throws a switch of what is shown, by its name. */
static void
shown_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;
  const char *name = g_variant_get_string (parameter, NULL);
  SgShown shown;

  sg_view_get_shown (self->view, &shown);
  if (sg_shown_set (&shown, name, sg_shown_get (&shown, name) == 0))
    sg_view_set_shown (self->view, &shown);
}

/* Names of bodies, or of nothing. */
static void
names_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;
  SgShown shown;

  sg_view_get_shown (self->view, &shown);
  sg_shown_set_label (&shown, shown.option.label == 0 ? "body" : "none");
  sg_view_set_shown (self->view, &shown);
}

/* Where bodies touch, how hard, and in numbers; or none of it. */
static void
contacts_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;
  gboolean on;
  SgShown shown;

  sg_view_get_shown (self->view, &shown);
  on = sg_shown_get (&shown, "contact-force") == 0;
  sg_shown_set (&shown, "contact-force", on);
  sg_shown_set (&shown, "contact-point", on);
  if (on || shown.option.label == mjLABEL_CONTACTFORCE)
    sg_shown_set_label (&shown, on ? "contact-force" : "none");
  sg_view_set_shown (self->view, &shown);
}

/* For tests. */
static void
lose_graphics_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sg_view_lose_graphics (SG_DESK (data)->view);
}

static void
graphics_reset_cb (SgDesk *self)
{
  sg_desk_tell (self,
                _ ("The graphics driver was reset. The simulation is shown again; nothing was lost."));
}

static void
shown_changed_cb (SgDesk *self)
{
  GSettings *settings = get_settings (self);
  g_auto (GStrv) items = NULL;
  SgShown shown;

  if (settings == NULL)
    return;
  sg_view_get_shown (self->view, &shown);
  items = sg_shown_to_strv (&shown);
  g_settings_set_strv (settings, "shown", (const char *const *)items);
}

static void
restore_shown (SgDesk *self)
{
  GSettings *settings = get_settings (self);
  g_auto (GStrv) items = settings != NULL ? g_settings_get_strv (settings, "shown") : NULL;
  SgShown shown = sg_shown_from_strv ((const char *const *)items);

  sg_view_set_shown (self->view, &shown);
}

/* Escape is for whoever wants it where no camera of the model has been chosen. */
static void
fixed_cb (SgDesk *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "free-camera");
  gboolean fixed = FALSE;

  g_object_get (self->view, "fixed", &fixed, NULL);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), fixed);
}

static void
name_bodies (SgDesk *self)
{
  SgScene *scene = sg_mechanism_get_scene (self->mechanism);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new (), said = g_strv_builder_new ();

  for (guint i = 0; scene != NULL && i < scene->spec->bodies->len; i++)
    {
      const SgBody *body = &g_array_index (scene->spec->bodies, SgBody, i);

      const char *name = sg_thing_names_find (self->names, mjOBJ_BODY, body->name);

      if (body->name == NULL || body->joints->len == 0)
        continue;
      g_strv_builder_add (builder, body->name);
      g_strv_builder_add (said, name != NULL ? name : body->name);
    }
  g_auto (GStrv) names = g_strv_builder_end (builder), words = g_strv_builder_end (said);
  sg_view_menu_set_bodies (self->view_menu, (const char *const *)names, (const char *const *)words);
}

/* The menu is made when it is first opened. */
static void
make_view_menu (GtkMenuButton *button, gpointer data)
{
  SgDesk *self = data;

  if (self->view_menu != NULL)
    return;
  self->view_menu = g_object_new (SG_TYPE_VIEW_MENU, NULL);
  sg_view_menu_set_view (self->view_menu, self->view);
  name_bodies (self);
  gtk_menu_button_set_popover (button, GTK_WIDGET (self->view_menu));
}

void
sg_desk_update_look (SgDesk *self)
{
  sg_view_set_scene (self->view, sg_mechanism_get_scene (self->mechanism));
  if (self->view_menu != NULL)
    name_bodies (self);
}

void
sg_desk_init_look (SgDesk *self)
{
  static const GActionEntry entries[] = {
    { .name = "previous-camera", .activate = previous_camera_cb },
    { .name = "next-camera", .activate = next_camera_cb },
    { .name = "free-camera", .activate = free_camera_cb },
    { .name = "view-menu", .activate = view_menu_cb },
    { .name = "shown", .activate = shown_cb, .parameter_type = "s" },
    { .name = "lose-graphics", .activate = lose_graphics_cb },
    { .name = "contacts", .activate = contacts_cb },
    { .name = "names", .activate = names_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  sg_canvas_set_bars (self->canvas, self->zoom_bar, self->drawing_foot, GTK_WIDGET (self->simulation_foot));
  sg_view_set_bars (self->view, GTK_WIDGET (self->status), GTK_WIDGET (self->simulation_foot));
  gtk_menu_button_set_create_popup_func (self->view_button, make_view_menu, self, NULL);
  restore_shown (self);
  g_signal_connect_object (self->view, "shown-changed", G_CALLBACK (shown_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "graphics-reset", G_CALLBACK (graphics_reset_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "notify::fixed", G_CALLBACK (fixed_cb), self, G_CONNECT_SWAPPED);
  fixed_cb (self);
}

void
sg_desk_pause (SgDesk *self)
{
  sg_mechanism_pause (self->mechanism);
}

guint64
sg_desk_get_n_dropped (SgDesk *self)
{
  return sg_view_get_n_dropped (self->view);
}
