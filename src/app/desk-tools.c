/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the eraser takes and what the shape tool draws: chosen in the tool bar or by keys, kept in the
 * settings where there are any. To choose either is to take up its tool. */
#include "config.h"

#include "app/desk-private.h"

static const char *const eraser_names[] = { "strokes", "parts", NULL };

static void
take_tool (SgDesk *self, const char *tool)
{
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "tool", g_variant_new_string (tool));
}

/* A name of `names` as the action's state; -1 where it is none of them. */
static int
take_name (GSimpleAction *action, GVariant *value, const char *const *names)
{
  for (int i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], g_variant_get_string (value, NULL)))
      {
        g_simple_action_set_state (action, value);
        return i;
      }
  return -1;
}

static void
keep (SgDesk *self, const char *key, GVariant *value)
{
  GSettings *settings = sg_application_get_settings (self->application);
  g_autofree char *kept = settings != NULL ? g_settings_get_string (settings, key) : NULL;

  if (kept != NULL && !g_str_equal (kept, g_variant_get_string (value, NULL)))
    g_settings_set_string (settings, key, g_variant_get_string (value, NULL));
}

static void
eraser_changed_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  SgDesk *self = data;
  int cuts = take_name (action, value, eraser_names);

  if (cuts < 0)
    return;
  sg_canvas_set_eraser (self->canvas, cuts);
  sg_tool_bar_set_eraser (self->tools, cuts);
  keep (self, "eraser", value);
}

static void
shape_changed_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  SgDesk *self = data;
  int shape = take_name (action, value, sg_ruled_shape_names);

  if (shape < 0)
    return;
  sg_canvas_set_shape (self->canvas, shape);
  sg_tool_bar_set_shape (self->tools, shape);
  keep (self, "shape", value);
}

/* From the tool bar: then that is what is meant to be done next. */
static void
erase_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_action_group_change_action_state (G_ACTION_GROUP (SG_DESK (data)->actions), "eraser", parameter);
  take_tool (data, "eraser");
}

static void
draw_shape_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_action_group_change_action_state (G_ACTION_GROUP (SG_DESK (data)->actions), "shape", parameter);
  take_tool (data, "shape");
}

static void
other_eraser_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GActionGroup *actions = G_ACTION_GROUP (SG_DESK (data)->actions);
  g_autoptr (GVariant) now = g_action_group_get_action_state (actions, "eraser");
  gboolean cuts = g_str_equal (g_variant_get_string (now, NULL), eraser_names[1]);

  g_action_group_change_action_state (G_ACTION_GROUP (SG_DESK (data)->actions), "eraser",
                                      g_variant_new_string (eraser_names[!cuts]));
  take_tool (data, "eraser");
}

void
sg_desk_init_tools (SgDesk *self)
{
  static const GActionEntry entries[] = {
    { .name = "eraser",
      .activate = erase_cb,
      .parameter_type = "s",
      .state = "'strokes'",
      .change_state = eraser_changed_cb },
    { .name = "shape",
      .activate = draw_shape_cb,
      .parameter_type = "s",
      .state = "'line'",
      .change_state = shape_changed_cb },
    { .name = "other-eraser", .activate = other_eraser_cb },
  };
  static const char *const kept[] = { "eraser", "shape" };
  GSettings *settings = sg_application_get_settings (self->application);

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autoptr (GVariant) state =
        settings != NULL ? g_settings_get_value (settings, kept[i])
                         : g_action_group_get_action_state (G_ACTION_GROUP (self->actions), kept[i]);

      g_action_group_change_action_state (G_ACTION_GROUP (self->actions), kept[i], state);
    }
}
