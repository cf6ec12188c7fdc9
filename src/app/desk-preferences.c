/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the person prefers, on an open desk: each setting is taken over when the desk is made and whenever
 * it changes, from the preferences or from elsewhere. */
#include "config.h"

#include "app/desk-private.h"

#include "app/preferences.h"

static void
take_paper (SgDesk *self, GSettings *settings)
{
  g_autofree char *name = g_settings_get_string (settings, "paper");

  for (guint paper = 0; sg_paper_names[paper] != NULL; paper++)
    if (g_str_equal (sg_paper_names[paper], name))
      sg_canvas_set_paper (self->canvas, paper);
}

static void
take_pen (SgDesk *self, GSettings *settings)
{
  sg_canvas_set_pen (self->canvas, g_settings_get_double (settings, "pen-width"),
                     g_settings_get_boolean (settings, "pen-pressure"));
}

static void
take_units (SgDesk *self, GSettings *settings)
{
  sg_desk_take_inspector_units (self);
  sg_desk_take_drawer_units (self);
}

static void
take_gravity (SgDesk *self, GSettings *settings)
{
  sg_mechanism_set_gravity (self->mechanism, g_settings_get_double (settings, "gravity"));
}

static void
take_speed (SgDesk *self, GSettings *settings)
{
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "speed",
                                      g_variant_new_double (g_settings_get_double (settings, "speed")));
}

static void
take_quality (SgDesk *self, GSettings *settings)
{
  g_autofree char *name = g_settings_get_string (settings, "quality");

  sg_view_set_quality (self->view, g_str_equal (name, "fine")   ? SG_QUALITY_HIGH
                                   : g_str_equal (name, "fast") ? SG_QUALITY_SOFTWARE
                                                                : SG_QUALITY_AUTO);
}

static const struct
{
  const char *key;
  void (*take) (SgDesk *self, GSettings *settings);
} preferences[] = {
  { "paper", take_paper },
  { "pen-width", take_pen },
  { "pen-pressure", take_pen },
  { "units", take_units },
  { "gravity", take_gravity },
  { "speed", take_speed },
  { "quality", take_quality },
};

static void
changed_cb (GSettings *settings, const char *key, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (preferences); i++)
    if (g_str_equal (preferences[i].key, key) && SG_DESK (data)->document != NULL)
      preferences[i].take (data, settings);
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgApplication *application = SG_DESK (data)->application;

  gtk_window_present (GTK_WINDOW (
    sg_preferences_new (sg_desk_get_window (data), sg_application_get_settings (application),
                        sg_application_get_assistant (application),
                        sg_application_get_history (application), sg_application_get_cache (application))));
}

void
sg_desk_init_preferences (SgDesk *self)
{
  static const GActionEntry entries[] = { { .name = "preferences", .activate = preferences_cb } };
  GSettings *settings = sg_application_get_settings (self->application);

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  g_simple_action_set_enabled (
    G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "preferences")),
    settings != NULL);
  if (settings == NULL)
    return;
  g_signal_connect_object (settings, "changed", G_CALLBACK (changed_cb), self, 0);
  for (guint i = 0; i < G_N_ELEMENTS (preferences); i++)
    preferences[i].take (self, settings);
}
