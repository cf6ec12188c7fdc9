/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One more reader of a simulation: it gets what the one that draws gets, and is told once until it reads. */
#include "sim/tap.h"

#include <stdatomic.h>
#include <string.h>

#include "models.h"
#include "sim/simulation.h"

typedef struct
{
  SgSimulation *simulation;
  SgModel *model;
  SgTap *tap;
  atomic_uint n_told;
} Fixture;

static void
told_cb (gpointer data)
{
  atomic_fetch_add (&((Fixture *)data)->n_told, 1);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->simulation = sg_simulation_new ();
  fixture->model = test_model (DOUBLE_PENDULUM);
  fixture->tap = sg_tap_new ();
  sg_tap_set_notify (fixture->tap, told_cb, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->simulation);
  sg_tap_unref (fixture->tap);
  sg_model_unref (fixture->model);
}

static void
test_same_states (Fixture *fixture, gconstpointer data)
{
  gboolean fresh;

  g_assert_null (sg_tap_read (fixture->tap, &fresh));
  sg_simulation_set_model (fixture->simulation, fixture->model);
  sg_simulation_sync (fixture->simulation);
  g_assert_null (sg_tap_read (fixture->tap, &fresh)); /* not attached yet */

  sg_simulation_set_tap (fixture->simulation, fixture->tap);
  for (guint i = 0; i < 3; i++)
    {
      sg_simulation_sync (fixture->simulation);
      const SgSnapshot *drawn = sg_simulation_read_snapshot (fixture->simulation, NULL);
      const SgSnapshot *tapped = sg_tap_read (fixture->tap, &fresh);

      g_assert_true (fresh);
      g_assert_true (tapped->model == fixture->model);
      g_assert_cmpuint (tapped->steps, ==, i);
      g_assert_false (tapped->playing);
      g_assert_cmpmem (tapped->state, tapped->size * sizeof (double), drawn->state,
                       drawn->size * sizeof (double));
      sg_simulation_step (fixture->simulation);
    }
}

static void
test_told_once (Fixture *fixture, gconstpointer data)
{
  sg_simulation_set_tap (fixture->simulation, fixture->tap);
  sg_simulation_set_model (fixture->simulation, fixture->model);
  for (guint i = 0; i < 10; i++)
    sg_simulation_step (fixture->simulation);
  sg_simulation_sync (fixture->simulation);
  g_assert_cmpuint (atomic_load (&fixture->n_told), ==, 1);
  g_assert_nonnull (sg_tap_read (fixture->tap, NULL));
  sg_simulation_step (fixture->simulation);
  sg_simulation_sync (fixture->simulation);
  g_assert_cmpuint (atomic_load (&fixture->n_told), ==, 2);

  sg_simulation_set_model (fixture->simulation, NULL);
  sg_simulation_sync (fixture->simulation);
  g_assert_null (sg_tap_read (fixture->tap, NULL));
  sg_simulation_set_tap (fixture->simulation, NULL);
  sg_simulation_set_model (fixture->simulation, fixture->model);
  sg_simulation_sync (fixture->simulation);
  g_assert_null (sg_tap_read (fixture->tap, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sim/tap/same-states", Fixture, NULL, set_up, test_same_states, tear_down);
  g_test_add ("/sim/tap/told-once", Fixture, NULL, set_up, test_told_once, tear_down);
  return g_test_run ();
}
