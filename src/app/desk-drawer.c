/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The drawer of a desk: the action that opens it, and what is remembered of it. */
#include "config.h"

#include "app/desk-private.h"

#include "base/units.h"

static void
closed_cb (SgDesk *self)
{
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "drawer",
                                      g_variant_new_boolean (FALSE));
}

void
sg_desk_take_drawer_units (SgDesk *self)
{
  GSettings *settings = sg_application_get_settings (self->application);

  if (self->drawer == NULL || settings == NULL)
    return;
  g_autofree char *name = g_settings_get_string (settings, "units");
  sg_drawer_set_units (self->drawer, sg_unit_system_from_name (name));
}

/* Made when it first opens: with its pages it would be a good part of the window's start. */
static void
make_drawer (SgDesk *self)
{
  GSettings *settings = sg_application_get_settings (self->application);

  self->drawer = g_object_new (SG_TYPE_DRAWER, NULL);
  sg_drawer_set_simulation (self->drawer, sg_mechanism_get_simulation (self->mechanism));
  sg_drawer_set_names (self->drawer, self->names);
  sg_drawer_set_narrow (self->drawer, self->narrow);
  sg_desk_take_drawer_units (self);
  g_signal_connect_object (self->drawer, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drawer, "told", G_CALLBACK (sg_desk_tell), self, G_CONNECT_SWAPPED);
  if (settings != NULL)
    {
      g_settings_bind (settings, "drawer-height", self->drawer, "height", G_SETTINGS_BIND_DEFAULT);
      g_settings_bind (settings, "drawer-page", self->drawer, "page", G_SETTINGS_BIND_DEFAULT);
    }
  gtk_revealer_set_child (self->drawer_revealer, GTK_WIDGET (self->drawer));
}

static void
drawer_changed_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  SgDesk *self = data;
  gboolean open = g_variant_get_boolean (value);

  g_simple_action_set_state (action, value);
  if (self->drawer == NULL)
    make_drawer (self);
  self->drawer_covers = sg_canvas_shows_all (self->canvas);
  gtk_revealer_set_reveal_child (self->drawer_revealer, open);
  sg_drawer_set_open (self->drawer, open);
  if (!open)
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

/* A drawing that was all to be seen before the drawer slid over it, or away, still is. */
static void
revealed_cb (SgDesk *self)
{
  if (self->drawer_covers)
    sg_canvas_fit (self->canvas);
  self->drawer_covers = FALSE;
}

/* For tests, which read its state over D-Bus. */
static void
measure_drawer_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDrawer *drawer = SG_DESK (data)->drawer;

  g_simple_action_set_state (
    action, g_variant_new_uint32 (drawer != NULL ? sg_drawer_get_n_updates (drawer) : 0));
}

/* The drawer at motors and joints; where that is to be seen, away with it. */
static void
motors_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (self->actions), "drawer");
  g_autofree char *page = NULL;

  if (self->drawer == NULL)
    make_drawer (self);
  g_object_get (self->drawer, "page", &page, NULL);
  gboolean shown = g_variant_get_boolean (state) && g_strcmp0 (page, "motors") == 0;
  g_object_set (self->drawer, "page", "motors", NULL);
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "drawer",
                                      g_variant_new_boolean (!shown));
}

static const GActionEntry entries[] = {
  { .name = "drawer", .state = "false", .change_state = drawer_changed_cb },
  { .name = "motors", .activate = motors_cb },
  { .name = "measure-drawer", .activate = measure_drawer_cb, .state = "@u 0" },
};

void
sg_desk_init_drawer (SgDesk *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->drawer_revealer, "notify::child-revealed", G_CALLBACK (revealed_cb), self,
                           G_CONNECT_SWAPPED);
}
