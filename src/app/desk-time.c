/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The simulation's past on the desk: the timeline, steps back, replay, marks, branches, loops, and the
 * noise on its motors. */
#include "config.h"

#include "app/desk-private.h"

#include "app/part-model.h"

#define NOISE_RATE 0.1 /* s that a push of the noise lasts */

static SgSimulation *
get_simulation (SgDesk *self)
{
  return sg_mechanism_get_simulation (self->mechanism);
}

/* Whoever goes elsewhere in time wants to look: a run ends. */
static void
rest (SgDesk *self)
{
  if (sg_mechanism_get_playing (self->mechanism))
    sg_mechanism_pause (self->mechanism);
}

/* -- Along the record -- */

static void
step_back_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;

  rest (self);
  sg_simulation_step_back (get_simulation (self));
}

static void
record_start_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;

  rest (self);
  sg_simulation_go_to_start (get_simulation (self));
}

static void
record_end_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;

  rest (self);
  sg_simulation_go_to_end (get_simulation (self));
}

static void
replay_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;

  sg_mechanism_replay (self->mechanism,
                       g_str_equal (g_variant_get_string (parameter, NULL), "back") ? -1 : 1);
}

static void
sought_cb (SgDesk *self, double time)
{
  rest (self);
  sg_simulation_seek (get_simulation (self), time);
}

static void
spanned_cb (SgDesk *self, double from, double to)
{
  sg_mechanism_loop (self->mechanism, from, to);
}

/* Between the marks before and behind where it is; where there is none, the start and the end. */
static void
loop_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;
  SgSimulationStats stats;

  sg_simulation_get_stats (get_simulation (self), &stats);
  double from = stats.first_time, to = stats.last_time;
  for (guint i = 0; self->overview != NULL && i < self->overview->n_marks; i++)
    {
      double time = self->overview->marks[i].time;

      if (time <= stats.time)
        from = MAX (from, time);
      else
        to = MIN (to, time);
    }
  if (from < to)
    sg_mechanism_loop (self->mechanism, from, to);
}

/* -- Marks and branches -- */

static void
mark_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sg_mechanism_mark (SG_DESK (data)->mechanism);
}

static void
chosen_cb (SgDesk *self, SgTimeThing thing, guint id)
{
  SgSimulation *simulation = get_simulation (self);

  rest (self);
  if (thing == SG_TIME_BRANCH)
    sg_simulation_go_to_branch (simulation, id);
  else if (thing == SG_TIME_MARK)
    sg_simulation_go_to_mark (simulation, id);
  else
    sg_simulation_reset_to_keyframe (simulation, id);
}

static void
named_cb (SgDesk *self, SgTimeThing thing, guint id, const char *name)
{
  if (thing == SG_TIME_BRANCH)
    sg_simulation_name_branch (get_simulation (self), id, name);
  else
    sg_simulation_name_mark (get_simulation (self), id, name);
}

static void
deleted_cb (SgDesk *self, SgTimeThing thing, guint id)
{
  if (thing == SG_TIME_BRANCH)
    sg_simulation_delete_branch (get_simulation (self), id);
  else
    sg_simulation_delete_mark (get_simulation (self), id);
}

/* -- Noise -- */

static void
send_noise (SgDesk *self, double deviation, guint seed)
{
  const SgNoise noise = { seed, deviation, NOISE_RATE };

  sg_simulation_set_noise (get_simulation (self), &noise);
}

static guint
get_seed (SgDesk *self)
{
  g_autoptr (GVariant) seed = g_action_group_get_action_state (G_ACTION_GROUP (self->actions), "reseed");

  return g_variant_get_uint32 (seed);
}

static void
noise_changed_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  g_simple_action_set_state (action, value);
  send_noise (data, g_variant_get_double (value), get_seed (data));
}

static void
reseed_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;
  g_autoptr (GVariant) noise = g_action_group_get_action_state (G_ACTION_GROUP (self->actions), "noise");

  g_simple_action_set_state (action, g_variant_new_uint32 (get_seed (self) + 1));
  send_noise (self, g_variant_get_double (noise), get_seed (self));
}

/* -- What a part hangs from -- */

/* The element that the parent of the selected one's body was drawn as, -1 where none. */
static int
find_parent (const SgScene *scene, guint element)
{
  g_autoptr (GArray) things = g_array_new (FALSE, FALSE, sizeof (SgLit));
  const mjModel *model = sg_model_get (scene->model);
  int body = 0;

  sg_part_append_things (scene, element, things);
  for (guint i = 0; i < things->len && body == 0; i++)
    {
      const SgLit *lit = &g_array_index (things, SgLit, i);
      int geom = lit->kind == SG_LIT_GEOM ? mj_name2id (model, mjOBJ_GEOM, lit->name) : -1;

      body = geom >= 0 ? model->geom_bodyid[geom] : 0;
    }
  for (body = model->body_parentid[body]; body > 0; body = model->body_parentid[body])
    for (int i = 0; i < model->body_geomnum[body]; i++)
      {
        const char *name = mj_id2name (model, mjOBJ_GEOM, model->body_geomadr[body] + i);
        int parent = name != NULL ? sg_part_of_geom (scene, name) : -1;

        if (parent >= 0)
          return parent;
      }
  return -1;
}

static void
select_parent_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;
  SgScene *scene = sg_mechanism_get_scene (self->mechanism);
  guint n;
  const guint *elements = sg_part_selection_get (self->selection, &n);

  if (n != 1 || scene == NULL || scene->reading != sg_part_selection_get_reading (self->selection))
    return;
  int parent = find_parent (scene, elements[0]);
  guint index = MAX (parent, 0);
  if (parent >= 0)
    sg_part_selection_set (self->selection, &index, 1);
}

/* -- The desk's side -- */

static const GActionEntry entries[] = {
  { .name = "step-back", .activate = step_back_cb },
  { .name = "record-start", .activate = record_start_cb },
  { .name = "record-end", .activate = record_end_cb },
  { .name = "replay", .activate = replay_cb, .parameter_type = "s" },
  { .name = "mark", .activate = mark_cb },
  { .name = "loop", .activate = loop_cb },
  { .name = "noise", .parameter_type = "d", .state = "0.0", .change_state = noise_changed_cb },
  { .name = "reseed", .activate = reseed_cb, .state = "@u 1" },
  { .name = "select-parent", .activate = select_parent_cb },
};

static void
show_past (SgDesk *self)
{
  if (self->time_popover != NULL && self->overview != NULL)
    sg_time_popover_show (self->time_popover, self->overview,
                          sg_simulation_get_model (get_simulation (self)));
}

/* Made when it first opens. */
static void
make_popover (GtkMenuButton *button, gpointer data)
{
  SgDesk *self = data;

  if (self->time_popover != NULL)
    return;
  self->time_popover = g_object_new (SG_TYPE_TIME_POPOVER, NULL);
  g_signal_connect_object (self->time_popover, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->time_popover, "named", G_CALLBACK (named_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->time_popover, "deleted", G_CALLBACK (deleted_cb), self, G_CONNECT_SWAPPED);
  show_past (self);
  gtk_menu_button_set_popover (button, GTK_WIDGET (self->time_popover));
}

void
sg_desk_show_time (SgDesk *self, const SgSimulationStats *stats)
{
  if (self->overview == NULL || self->overview_number != stats->overview)
    {
      g_clear_pointer (&self->overview, sg_timeline_overview_unref);
      self->overview = sg_simulation_dup_overview (get_simulation (self));
      self->overview_number = stats->overview;
      show_past (self);
    }
  sg_transport_show (self->transport, stats, self->overview);
}

void
sg_desk_update_time_actions (SgDesk *self)
{
  static const char *const names[] = { "step-back", "record-start", "record-end", "replay", "mark", "loop" };
  gboolean alive = sg_mechanism_get_scene (self->mechanism) != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), names[i]);

      if (action != NULL)
        g_simple_action_set_enabled (G_SIMPLE_ACTION (action), alive);
    }
}

void
sg_desk_init_time (SgDesk *self)
{
  SgTimeTrack *track = sg_transport_get_track (self->transport);

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (track, "sought", G_CALLBACK (sought_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (track, "spanned", G_CALLBACK (spanned_cb), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_create_popup_func (sg_transport_get_past (self->transport), make_popover, self, NULL);
}
