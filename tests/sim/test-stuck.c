/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A step that does not return: the run is given up, the scene is there again, and nobody waits. */
#include <stdatomic.h>

#include "models.h"
#include "sim/error.h"
#include "sim/simulation.h"
#include "sim/watch.h"

static atomic_bool hold;   /* the control callback does not return */
static atomic_int n_held;  /* calls that are held now */
static atomic_int n_steps; /* calls that were not */

static void
hold_cb (const mjModel *model, mjData *data)
{
  if (!atomic_load (&hold) || data->time == 0) /* not at the start, which must be possible */
    {
      atomic_fetch_add (&n_steps, 1);
      return;
    }
  atomic_fetch_add (&n_held, 1);
  while (atomic_load (&hold))
    g_usleep (1000);
  atomic_fetch_sub (&n_held, 1);
}

static void
stopped_cb (SgSimulation *simulation, const GError *error, GError **told)
{
  g_assert_null (*told);
  *told = g_error_copy (error);
}

static void
test_given_up (void)
{
  g_autoptr (SgSimulation) simulation = sg_simulation_new ();
  g_autoptr (SgModel) model = test_model (DOUBLE_PENDULUM);
  g_autoptr (GError) told = NULL;
  SgSimulationStats stats;

  mjcb_control = hold_cb;
  g_signal_connect (simulation, "stopped", G_CALLBACK (stopped_cb), &told);
  sg_simulation_set_patience (simulation, 0.2);
  sg_simulation_set_model (simulation, model);
  atomic_store (&hold, TRUE);
  sg_simulation_play (simulation);
  while (told == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (told, SG_SIM_ERROR, SG_SIM_ERROR_STUCK);
  g_assert_cmpint (atomic_load (&n_held), ==, 1);
  g_assert_false (sg_simulation_get_playing (simulation));

  /* the scene is at its start, and can be used while the old thread is still held */
  g_assert_true (sg_simulation_get_model (simulation) == model);
  sg_simulation_sync (simulation);
  sg_simulation_get_stats (simulation, &stats);
  g_assert_cmpfloat (stats.time, ==, 0);
  const SgSnapshot *snapshot = sg_simulation_read_snapshot (simulation, NULL);
  g_assert_nonnull (snapshot);
  g_assert_true (snapshot->model == model);

  atomic_store (&hold, FALSE);
  while (atomic_load (&n_held) > 0) /* it comes back, and takes itself away */
    g_usleep (1000);
  sg_simulation_step (simulation);
  sg_simulation_sync (simulation);
  sg_simulation_get_stats (simulation, &stats);
  g_assert_cmpuint (stats.steps, ==, 1);
  mjcb_control = NULL;
}

/* Slow is not stuck: each step that returns is a beat. */
static void
test_slow_goes_on (void)
{
  g_autoptr (SgWatch) watch = sg_watch_new ();

  sg_watch_set_busy (watch, TRUE);
  g_assert_cmpfloat (sg_watch_look (watch, 1000000), ==, 0);
  g_assert_cmpfloat (sg_watch_look (watch, 5000000), ==, 4);
  sg_watch_beat (watch);
  g_assert_cmpfloat (sg_watch_look (watch, 6000000), ==, 0);
  g_assert_cmpfloat (sg_watch_look (watch, 8000000), ==, 2);
  sg_watch_set_busy (watch, FALSE);
  g_assert_cmpfloat (sg_watch_look (watch, 99000000), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/stuck/given-up", test_given_up);
  g_test_add_func ("/sim/stuck/slow", test_slow_goes_on);
  return g_test_run ();
}
