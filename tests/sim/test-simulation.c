/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The simulation as its window sees it. Steps are counted, never timed: what waits, waits for a count. */
#include <math.h>
#include <string.h>

#include "models.h"
#include "sim/error.h"
#include "sim/simulation.h"

typedef struct
{
  SgSimulation *simulation;
  SgModel *model;
  guint n_frames, n_stats, n_stopped, n_ended;
  SgSimulationStats told; /* at the last "stats-changed" */
  GError *error;
} Fixture;

static void
frame_ready_cb (SgSimulation *simulation, Fixture *fixture)
{
  fixture->n_frames++;
}

static void
stats_changed_cb (SgSimulation *simulation, Fixture *fixture)
{
  fixture->n_stats++;
  sg_simulation_get_stats (simulation, &fixture->told);
}

static void
stopped_cb (SgSimulation *simulation, const GError *error, Fixture *fixture)
{
  fixture->n_stopped++;
  fixture->error = g_error_copy (error);
}

static void
ended_cb (SgSimulation *simulation, Fixture *fixture)
{
  fixture->n_ended++;
}

static void
set_up (Fixture *fixture, gconstpointer mjcf)
{
  fixture->simulation = sg_simulation_new ();
  fixture->model = test_model (mjcf);
  g_signal_connect (fixture->simulation, "frame-ready", G_CALLBACK (frame_ready_cb), fixture);
  g_signal_connect (fixture->simulation, "stats-changed", G_CALLBACK (stats_changed_cb), fixture);
  g_signal_connect (fixture->simulation, "ended", G_CALLBACK (ended_cb), fixture);
  g_signal_connect (fixture->simulation, "stopped", G_CALLBACK (stopped_cb), fixture);
  sg_simulation_set_model (fixture->simulation, fixture->model);
  sg_simulation_sync (fixture->simulation);
}

static void
tear_down (Fixture *fixture, gconstpointer mjcf)
{
  g_object_unref (fixture->simulation);
  sg_model_unref (fixture->model);
  g_clear_error (&fixture->error);
  while (g_main_context_iteration (NULL, FALSE)) /* what was posted before the end does no harm */
    ;
}

static SgSimulationStats
stats_now (Fixture *fixture)
{
  SgSimulationStats stats;

  sg_simulation_sync (fixture->simulation);
  sg_simulation_get_stats (fixture->simulation, &stats);
  return stats;
}

static void
play_past (Fixture *fixture, guint64 steps)
{
  SgSimulationStats stats;

  sg_simulation_play (fixture->simulation);
  do
    {
      g_usleep (1000);
      sg_simulation_get_stats (fixture->simulation, &stats);
    }
  while (stats.steps <= steps);
}

static void
test_step (Fixture *fixture, gconstpointer mjcf)
{
  mjData *bare = test_data (fixture->model);
  const mjModel *model = sg_model_get (fixture->model);
  const SgSnapshot *snapshot;
  g_autofree double *state = g_new (double, mj_stateSize (model, mjSTATE_INTEGRATION));

  g_assert_cmpuint (stats_now (fixture).steps, ==, 0);
  for (int i = 0; i < 300; i++)
    {
      sg_simulation_step (fixture->simulation);
      mj_step (model, bare);
    }
  g_assert_cmpuint (stats_now (fixture).steps, ==, 300);
  snapshot = sg_simulation_read_snapshot (fixture->simulation, NULL);
  mj_getState (model, bare, state, mjSTATE_INTEGRATION);
  g_assert_cmpmem (snapshot->state, snapshot->size * sizeof (double), state,
                   snapshot->size * sizeof (double));
  mj_deleteData (bare);
}

static void
test_pause (Fixture *fixture, gconstpointer mjcf)
{
  SgSimulationStats before, after;

  play_past (fixture, 5);
  g_assert_true (sg_simulation_get_playing (fixture->simulation));
  sg_simulation_pause (fixture->simulation);
  g_assert_false (sg_simulation_get_playing (fixture->simulation));
  before = stats_now (fixture);
  g_usleep (50000);
  after = stats_now (fixture);
  g_assert_false (after.playing);
  g_assert_cmpuint (before.steps, ==, after.steps);
  g_assert_cmpfloat (after.real_time_factor, ==, 0);

  sg_simulation_step (fixture->simulation);
  g_assert_cmpuint (stats_now (fixture).steps, ==, before.steps + 1);
}

/* Stepping while it plays pauses it first. */
static void
test_step_pauses (Fixture *fixture, gconstpointer mjcf)
{
  play_past (fixture, 5);
  sg_simulation_step (fixture->simulation);
  g_assert_false (stats_now (fixture).playing);
}

static void
test_reset (Fixture *fixture, gconstpointer mjcf)
{
  g_autofree double *start = NULL;
  const SgSnapshot *snapshot = sg_simulation_read_snapshot (fixture->simulation, NULL);
  guint size = snapshot->size;

  start = g_memdup2 (snapshot->state, size * sizeof (double));
  play_past (fixture, 5);
  sg_simulation_pause (fixture->simulation);
  sg_simulation_reset (fixture->simulation);
  g_assert_cmpuint (stats_now (fixture).steps, ==, 0);
  g_assert_cmpfloat (stats_now (fixture).time, ==, 0);
  snapshot = sg_simulation_read_snapshot (fixture->simulation, NULL);
  g_assert_cmpmem (snapshot->state, size * sizeof (double), start, size * sizeof (double));

  play_past (fixture, 5);
  sg_simulation_reset (fixture->simulation);
  g_assert_true (stats_now (fixture).playing);
}

static void
iterate_until (guint *counter, guint wanted)
{
  while (*counter < wanted)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_diverged (Fixture *fixture, gconstpointer mjcf)
{
  const SgSnapshot *snapshot;

  sg_simulation_play (fixture->simulation);
  iterate_until (&fixture->n_stopped, 1);
  g_assert_error (fixture->error, SG_SIM_ERROR, SG_SIM_ERROR_DIVERGED);
  g_assert_nonnull (strstr (fixture->error->message, "wild"));
  g_assert_false (sg_simulation_get_playing (fixture->simulation));
  g_assert_false (stats_now (fixture).playing);
  snapshot = sg_simulation_read_snapshot (fixture->simulation, NULL);
  for (guint i = 0; i < snapshot->size; i++)
    g_assert_true (isfinite (snapshot->state[i]));

  /* it is told of once, and reset makes it good again */
  sg_simulation_reset (fixture->simulation);
  sg_simulation_step (fixture->simulation);
  g_assert_cmpuint (stats_now (fixture).steps, ==, 1);
  g_assert_cmpuint (fixture->n_stopped, ==, 1);
}

static void
raise_fatal_cb (const mjModel *model, mjData *data)
{
  mju_error ("forced in a test");
}

static void
test_fatal (Fixture *fixture, gconstpointer mjcf)
{
  mjcb_control = raise_fatal_cb;
  sg_simulation_play (fixture->simulation);
  iterate_until (&fixture->n_stopped, 1);
  mjcb_control = NULL;
  g_assert_error (fixture->error, SG_SIM_ERROR, SG_SIM_ERROR_FATAL);
  sg_simulation_step (fixture->simulation);
  g_assert_cmpuint (stats_now (fixture).steps, ==, 1);
}

static void
test_swap (Fixture *fixture, gconstpointer mjcf)
{
  g_autoptr (SgModel) other = test_model (FALLING);

  play_past (fixture, 5);
  sg_simulation_set_model (fixture->simulation, other);
  g_assert_false (sg_simulation_get_playing (fixture->simulation));
  g_assert_cmpuint (stats_now (fixture).steps, ==, 0);
  g_assert_cmpuint (stats_now (fixture).n_bodies, ==, 1);
  g_assert_true (sg_simulation_read_snapshot (fixture->simulation, NULL)->model == other);
  play_past (fixture, 5);

  sg_simulation_set_model (fixture->simulation, NULL);
  sg_simulation_play (fixture->simulation);
  g_assert_false (stats_now (fixture).playing);
  g_assert_null (sg_simulation_read_snapshot (fixture->simulation, NULL));
}

/* A drawing changed amid a run: what both have goes on, with the time, and it is still playing. */
static void
test_swap_amid_a_run (Fixture *fixture, gconstpointer mjcf)
{
  g_autoptr (SgModel) heavier = test_model ("<mujoco><option timestep='0.002'/><worldbody>"
                                            "<body name='ball' pos='0 0 .05'>"
                                            "<joint name='ball.z' type='slide' axis='0 0 1'/>"
                                            "<joint name='ball.turn' type='hinge' axis='0 1 0'/>"
                                            "<geom size='.1' mass='5'/></body>"
                                            "<body name='new' pos='1 0 9'>"
                                            "<joint name='new.z' type='slide' axis='0 0 1'/>"
                                            "<geom size='.1'/></body></worldbody></mujoco>");

  play_past (fixture, 300);
  SgSimulationStats before = stats_now (fixture);
  sg_simulation_swap_model (fixture->simulation, heavier, NULL);
  SgSimulationStats after = stats_now (fixture);
  sg_simulation_pause (fixture->simulation);
  stats_now (fixture);

  const SgSnapshot *snapshot = sg_simulation_read_snapshot (fixture->simulation, NULL);
  g_assert_true (snapshot->model == heavier);
  g_assert_cmpfloat (after.time, >=, before.time);
  g_assert_true (after.playing);
  mjData *data = test_data (heavier);
  sg_snapshot_restore (snapshot, data);
  g_assert_cmpfloat_with_epsilon (data->qvel[0], -9.81 * data->time, 1e-6); /* it fell on */
  g_assert_cmpfloat (data->qpos[2], >, data->qpos[0]);                      /* the new one has only begun */
  mj_deleteData (data);
}

/* Paused at its start a new model begins at its start; later, or with something moved, where it is. */
static void
test_swap_paused (Fixture *fixture, gconstpointer mjcf)
{
  g_autoptr (SgModel) other = test_model (FALLING);

  sg_simulation_swap_model (fixture->simulation, other, NULL);
  SgSimulationStats stats = stats_now (fixture);
  g_assert_cmpuint (stats.branch, ==, 2); /* a record of its own */
  play_past (fixture, 100);
  sg_simulation_pause (fixture->simulation);
  stats = stats_now (fixture);
  double height = sg_simulation_read_snapshot (fixture->simulation, NULL)->state[1];
  sg_simulation_swap_model (fixture->simulation, fixture->model, NULL);
  SgSimulationStats after = stats_now (fixture);
  g_assert_cmpfloat (after.time, ==, stats.time);
  g_assert_cmpfloat (sg_simulation_read_snapshot (fixture->simulation, NULL)->state[1], ==, height);
  g_assert_cmpuint (after.branch, ==, stats.branch);
  g_assert_false (after.playing);
  sg_simulation_step (fixture->simulation);
  g_assert_cmpfloat_with_epsilon (stats_now (fixture).time, stats.time + 0.002, 1e-9);

  /* drawn where it was, in a world that begins elsewhere */
  g_autoptr (SgModel) aside = test_model (
    "<mujoco><option timestep='0.002'/><worldbody><body name='ball' pos='3 0 1'><joint name='ball.z' "
    "type='slide' axis='0 0 1'/><geom size='.1'/></body></worldbody></mujoco>");
  height = sg_simulation_read_snapshot (fixture->simulation, NULL)->state[1];
  sg_simulation_swap_model (fixture->simulation, aside, (const double[]){ 3, 0, 1 });
  stats_now (fixture);
  g_assert_cmpfloat (sg_simulation_read_snapshot (fixture->simulation, NULL)->state[1], ==, height);
  g_assert_cmpfloat (height, !=, 0);
  sg_simulation_swap_model (fixture->simulation, fixture->model, (const double[]){ -3, 0, -1 });

  sg_simulation_reset (fixture->simulation);
  sg_simulation_set_joint (fixture->simulation, 0, 0.7);
  sg_simulation_swap_model (fixture->simulation, other, NULL);
  stats_now (fixture);
  g_assert_cmpfloat (sg_simulation_read_snapshot (fixture->simulation, NULL)->state[1], ==, 0.7);
}

/* Paused, a joint that is set and a body that is moved are there at once; the record knows. */
static void
test_move_by_hand (Fixture *fixture, gconstpointer mjcf)
{
  const SgPull grip = { 2, { 0, 0, -.5 }, { .6, 0, 1.6 } };

  sg_simulation_set_joint (fixture->simulation, 0, 1.25);
  sg_simulation_set_joint (fixture->simulation, 99, 1);
  stats_now (fixture);
  const SgSnapshot *snapshot = sg_simulation_read_snapshot (fixture->simulation, NULL);
  g_assert_cmpfloat (snapshot->state[1], ==, 1.25);
  sg_simulation_put (fixture->simulation, &grip);
  stats_now (fixture);
  mjData *data = test_data (fixture->model);
  sg_snapshot_restore (sg_simulation_read_snapshot (fixture->simulation, NULL), data);
  double tip[3];
  mju_mulMatVec3 (tip, data->xmat + 18, grip.point);
  mju_addTo3 (tip, data->xpos + 6);
  g_assert_cmpfloat (mju_dist3 (tip, grip.target), <, 1e-4);
  mj_deleteData (data);
}

static void
test_speed_is_clamped (Fixture *fixture, gconstpointer mjcf)
{
  sg_simulation_set_speed (fixture->simulation, 100);
  g_assert_cmpfloat (stats_now (fixture).speed, ==, SG_SIMULATION_MAX_SPEED);
  sg_simulation_set_speed (fixture->simulation, 0);
  g_assert_cmpfloat (stats_now (fixture).speed, ==, SG_SIMULATION_MIN_SPEED);
}

/* Many changes make few signals, and the last one tells the last value. */
static void
test_trailing_stats (Fixture *fixture, gconstpointer mjcf)
{
  iterate_until (&fixture->n_stats, 1);
  fixture->n_stats = 0;
  for (int i = 0; i < 200; i++)
    {
      sg_simulation_step (fixture->simulation);
      sg_simulation_sync (fixture->simulation);
      g_main_context_iteration (NULL, FALSE);
    }
  while (fixture->told.steps < 200)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->told.steps, ==, 200);
  g_assert_cmpuint (fixture->n_stats, <, 100);
}

/* A frame is told of once until it is read. */
static void
test_frames_coalesce (Fixture *fixture, gconstpointer mjcf)
{
  iterate_until (&fixture->n_frames, 1);
  for (int i = 0; i < 50; i++)
    {
      sg_simulation_step (fixture->simulation);
      sg_simulation_sync (fixture->simulation);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  g_assert_cmpuint (fixture->n_frames, ==, 1);
  sg_simulation_read_snapshot (fixture->simulation, NULL);
  sg_simulation_step (fixture->simulation);
  iterate_until (&fixture->n_frames, 2);
}

/* The end of the program does not wait for a pause. */
static void
test_free_while_playing (Fixture *fixture, gconstpointer mjcf)
{
  sg_simulation_set_unthrottled (fixture->simulation, TRUE);
  play_past (fixture, 1000);
}

/* -- The past -- */

static void
step_to (Fixture *fixture, guint64 n)
{
  for (guint64 steps = stats_now (fixture).steps; steps < n; steps++)
    sg_simulation_step (fixture->simulation);
  stats_now (fixture);
}

static double *
state_now (Fixture *fixture, guint *size)
{
  const SgSnapshot *snapshot;

  sg_simulation_sync (fixture->simulation);
  snapshot = sg_simulation_read_snapshot (fixture->simulation, NULL);
  *size = snapshot->size * sizeof (double);
  return g_memdup2 (snapshot->state, *size);
}

static void
test_seek (Fixture *fixture, gconstpointer mjcf)
{
  guint size;
  g_autofree double *at_200 = NULL, *again = NULL;

  step_to (fixture, 200);
  at_200 = state_now (fixture, &size);
  step_to (fixture, 600);
  sg_simulation_seek (fixture->simulation, 0.4);
  again = state_now (fixture, &size);
  g_assert_cmpmem (at_200, size, again, size);
  SgSimulationStats stats = stats_now (fixture);
  g_assert_cmpuint (stats.steps, ==, 200);
  g_assert_cmpfloat (stats.first_time, ==, 0);
  g_assert_cmpfloat_with_epsilon (stats.last_time, 1.2, 1e-9);
  g_assert_cmpuint (stats.record_bytes, >, 0);

  sg_simulation_step_back (fixture->simulation);
  g_assert_cmpuint (stats_now (fixture).steps, ==, 199);
  sg_simulation_step (fixture->simulation); /* along the record: no branch */
  sg_simulation_step (fixture->simulation);
  g_assert_cmpuint (stats_now (fixture).steps, ==, 201);
  g_assert_cmpuint (stats_now (fixture).branch, ==, stats.branch);
  sg_simulation_go_to_start (fixture->simulation);
  g_assert_cmpuint (stats_now (fixture).steps, ==, 0);
  sg_simulation_step_back (fixture->simulation);
  g_assert_cmpuint (stats_now (fixture).steps, ==, 0);
  sg_simulation_go_to_end (fixture->simulation);
  g_assert_cmpuint (stats_now (fixture).steps, ==, 600);
}

static void
test_play_in_the_past (Fixture *fixture, gconstpointer mjcf)
{
  step_to (fixture, 300);
  guint first = stats_now (fixture).branch;
  sg_simulation_seek (fixture->simulation, 0.2);
  g_assert_false (sg_simulation_get_playing (fixture->simulation));
  sg_simulation_set_control (fixture->simulation, 99, 1); /* it has none: nothing happens */
  g_assert_cmpuint (stats_now (fixture).branch, ==, first);
  play_past (fixture, 110);
  sg_simulation_pause (fixture->simulation);
  SgSimulationStats stats = stats_now (fixture);
  g_assert_cmpuint (stats.branch, !=, first);

  sg_simulation_name_branch (fixture->simulation, stats.branch, "second try");
  stats_now (fixture);
  g_autoptr (SgTimelineOverview) overview = sg_simulation_dup_overview (fixture->simulation);
  g_assert_cmpuint (overview->current, ==, stats.branch);
  g_assert_cmpuint (overview->n_branches, ==, 2);
  g_assert_cmpstr (overview->branches[1].name, ==, "second try");
  g_assert_cmpfloat_with_epsilon (overview->branches[1].first_time, 0.2, 1e-9);
  sg_simulation_go_to_branch (fixture->simulation, first);
  g_assert_cmpuint (stats_now (fixture).steps, ==, 300);
  sg_simulation_delete_branch (fixture->simulation, stats.branch);
  stats_now (fixture);
  g_autoptr (SgTimelineOverview) less = sg_simulation_dup_overview (fixture->simulation);
  g_assert_cmpuint (less->n_branches, ==, 1);
}

/* Backwards to its start, and then it is paused and says so. */
static void
test_replay (Fixture *fixture, gconstpointer mjcf)
{
  step_to (fixture, 150);
  guint branch = stats_now (fixture).branch;
  sg_simulation_set_speed (fixture->simulation, SG_SIMULATION_MAX_SPEED);
  sg_simulation_replay (fixture->simulation, -1);
  g_assert_true (sg_simulation_get_playing (fixture->simulation));
  g_assert_cmpint (stats_now (fixture).replaying, ==, -1);
  iterate_until (&fixture->n_ended, 1);
  g_assert_false (sg_simulation_get_playing (fixture->simulation));
  g_assert_cmpuint (stats_now (fixture).steps, ==, 0);
  sg_simulation_replay (fixture->simulation, 1);
  iterate_until (&fixture->n_ended, 2);
  g_assert_cmpuint (stats_now (fixture).steps, ==, 150);
  g_assert_cmpuint (stats_now (fixture).branch, ==, branch);
}

/* To do something amid a replay is to play on from there. */
static void
test_input_amid_a_replay (Fixture *fixture, gconstpointer mjcf)
{
  const SgPull pull = { 1, { 0, 0, 0 }, { 1, 0, 0 } };

  step_to (fixture, 400);
  guint branch = stats_now (fixture).branch;
  sg_simulation_seek (fixture->simulation, 0.4);
  sg_simulation_set_speed (fixture->simulation, 0.1);
  sg_simulation_replay (fixture->simulation, -1);
  sg_simulation_pull (fixture->simulation, &pull);
  play_past (fixture, 1);
  SgSimulationStats stats = stats_now (fixture);
  g_assert_true (stats.playing);
  g_assert_cmpint (stats.replaying, ==, 0);
  g_assert_cmpint (stats.pull.body, ==, 1);
  g_assert_cmpfloat (stats.pull_force[0], >, 0);
  while (stats_now (fixture).branch == branch)
    g_usleep (1000);
  sg_simulation_let_go (fixture->simulation);
  g_assert_cmpint (stats_now (fixture).pull.body, ==, 0);
}

static void
test_loop (Fixture *fixture, gconstpointer mjcf)
{
  SgSimulationStats stats;

  step_to (fixture, 300);
  sg_simulation_set_speed (fixture->simulation, SG_SIMULATION_MAX_SPEED);
  sg_simulation_loop (fixture->simulation, 0.5, 0.1);
  stats = stats_now (fixture);
  g_assert_cmpfloat (stats.loop_from, ==, 0.1);
  g_assert_cmpfloat (stats.loop_to, ==, 0.5);
  for (guint n_turns = 0; n_turns < 3;) /* it comes by its start again */
    {
      double before = stats.time;

      g_usleep (1000);
      sg_simulation_get_stats (fixture->simulation, &stats);
      g_assert_cmpfloat (stats.time, >=, 0.1 - 1e-9);
      g_assert_cmpfloat (stats.time, <, 0.59);
      n_turns += stats.time < before;
    }
  sg_simulation_pause (fixture->simulation);
  g_assert_false (stats_now (fixture).playing);
  g_assert_cmpuint (fixture->n_ended, ==, 0);
}

static void
test_marks (Fixture *fixture, gconstpointer mjcf)
{
  step_to (fixture, 50);
  sg_simulation_mark (fixture->simulation, "here");
  step_to (fixture, 90);
  g_autoptr (SgTimelineOverview) overview = sg_simulation_dup_overview (fixture->simulation);
  g_assert_cmpuint (overview->n_marks, ==, 1);
  g_assert_cmpstr (overview->marks[0].name, ==, "here");
  g_assert_cmpfloat_with_epsilon (overview->marks[0].time, 0.1, 1e-9);
  sg_simulation_go_to_mark (fixture->simulation, overview->marks[0].id);
  g_assert_cmpuint (stats_now (fixture).steps, ==, 50);
  sg_simulation_name_mark (fixture->simulation, overview->marks[0].id, "there");
  sg_simulation_sync (fixture->simulation);
  g_autoptr (SgTimelineOverview) renamed = sg_simulation_dup_overview (fixture->simulation);
  g_assert_cmpstr (renamed->marks[0].name, ==, "there");
  g_assert_cmpstr (overview->marks[0].name, ==, "here"); /* an overview stays as it was */
  sg_simulation_delete_mark (fixture->simulation, overview->marks[0].id);
  sg_simulation_sync (fixture->simulation);
  g_autoptr (SgTimelineOverview) none = sg_simulation_dup_overview (fixture->simulation);
  g_assert_cmpuint (none->n_marks, ==, 0);
}

/* Before a swap the record shows the model that was there. */
static void
test_seek_before_a_swap (Fixture *fixture, gconstpointer mjcf)
{
  g_autoptr (SgModel) other = test_model (FALLING);

  play_past (fixture, 50);
  sg_simulation_swap_model (fixture->simulation, other, NULL);
  guint64 swapped_at = stats_now (fixture).steps;
  play_past (fixture, swapped_at + 20);
  sg_simulation_seek (fixture->simulation, 0.04);
  g_assert_cmpuint (stats_now (fixture).steps, ==, 20);
  g_assert_true (sg_simulation_read_snapshot (fixture->simulation, NULL)->model == fixture->model);
  sg_simulation_go_to_end (fixture->simulation);
  stats_now (fixture);
  g_assert_true (sg_simulation_read_snapshot (fixture->simulation, NULL)->model == other);
}

/* A snapshot of the model before is none of the one that was just set. */
static void
test_stale_snapshot (Fixture *fixture, gconstpointer mjcf)
{
  g_autoptr (SgModel) other = test_model (FALLING);

  for (int i = 0; i < 200; i++)
    {
      const SgSnapshot *snapshot;

      sg_simulation_set_model (fixture->simulation, i % 2 == 0 ? other : fixture->model);
      snapshot = sg_simulation_read_snapshot (fixture->simulation, NULL);
      if (snapshot)
        g_assert_true (snapshot->model == sg_simulation_get_model (fixture->simulation));
    }
}

/* Everything at once, from the main thread, while it plays: for the sanitizers. */
static void
test_all_at_once (Fixture *fixture, gconstpointer mjcf)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  const SgNoise noise = { 3, 0.1, 0.1 };

  play_past (fixture, 20);
  for (int i = 0; i < 600; i++)
    {
      const SgPull pull = { 1 + i % 2, { 0 }, { g_rand_double (rand), 0, g_rand_double (rand) } };
      g_autoptr (SgTimelineOverview) overview = sg_simulation_dup_overview (fixture->simulation);
      guint branch = overview->n_branches > 0 ? overview->branches[i % overview->n_branches].id : 0;

      switch (g_rand_int_range (rand, 0, 15))
        {
        case 0:
          sg_simulation_play (fixture->simulation);
          break;
        case 1:
          sg_simulation_pause (fixture->simulation);
          break;
        case 2:
          sg_simulation_seek (fixture->simulation, g_rand_double (rand));
          break;
        case 3:
          sg_simulation_step_back (fixture->simulation);
          break;
        case 4:
          sg_simulation_step (fixture->simulation);
          break;
        case 5:
          sg_simulation_pull (fixture->simulation, &pull);
          break;
        case 6:
          sg_simulation_let_go (fixture->simulation);
          break;
        case 7:
          sg_simulation_replay (fixture->simulation, i % 2 == 0 ? 1 : -1);
          break;
        case 8:
          sg_simulation_loop (fixture->simulation, 0.01, g_rand_double (rand));
          break;
        case 9:
          sg_simulation_mark (fixture->simulation, "m");
          break;
        case 10:
          sg_simulation_go_to_branch (fixture->simulation, branch);
          break;
        case 11:
          sg_simulation_delete_branch (fixture->simulation, branch);
          break;
        case 12:
          sg_simulation_swap_model (fixture->simulation, fixture->model, NULL);
          break;
        case 13:
          sg_simulation_set_noise (fixture->simulation, &noise);
          break;
        case 14:
          sg_simulation_reset (fixture->simulation);
          break;
        }
      if (i % 3 == 0)
        g_usleep (500);
      sg_simulation_read_snapshot (fixture->simulation, NULL);
      g_main_context_iteration (NULL, FALSE);
    }
  stats_now (fixture);
  g_assert_cmpuint (fixture->n_stopped, ==, 0);
}

int
main (int argc, char **argv)
{
#define ADD(name, mjcf, function) \
  g_test_add ("/sim/simulation/" name, Fixture, mjcf, set_up, function, tear_down)

  g_test_init (&argc, &argv, NULL);
  ADD ("step", DOUBLE_PENDULUM, test_step);
  ADD ("pause", DOUBLE_PENDULUM, test_pause);
  ADD ("step-pauses", DOUBLE_PENDULUM, test_step_pauses);
  ADD ("reset", DOUBLE_PENDULUM, test_reset);
  ADD ("diverged", DIVERGING, test_diverged);
  ADD ("fatal", DOUBLE_PENDULUM, test_fatal);
  ADD ("swap", DOUBLE_PENDULUM, test_swap);
  ADD ("swap-amid-a-run", FALLING, test_swap_amid_a_run);
  ADD ("swap-paused", FALLING, test_swap_paused);
  ADD ("move-by-hand", DOUBLE_PENDULUM, test_move_by_hand);
  ADD ("speed-is-clamped", FALLING, test_speed_is_clamped);
  ADD ("trailing-stats", DOUBLE_PENDULUM, test_trailing_stats);
  ADD ("frames-coalesce", DOUBLE_PENDULUM, test_frames_coalesce);
  ADD ("free-while-playing", DOUBLE_PENDULUM, test_free_while_playing);
  ADD ("seek", DOUBLE_PENDULUM, test_seek);
  ADD ("play-in-the-past", DOUBLE_PENDULUM, test_play_in_the_past);
  ADD ("replay", DOUBLE_PENDULUM, test_replay);
  ADD ("input-amid-a-replay", DOUBLE_PENDULUM, test_input_amid_a_replay);
  ADD ("loop", DOUBLE_PENDULUM, test_loop);
  ADD ("marks", DOUBLE_PENDULUM, test_marks);
  ADD ("seek-before-a-swap", DOUBLE_PENDULUM, test_seek_before_a_swap);
  ADD ("stale-snapshot", DOUBLE_PENDULUM, test_stale_snapshot);
  ADD ("all-at-once", DOUBLE_PENDULUM, test_all_at_once);
  return g_test_run ();
}
