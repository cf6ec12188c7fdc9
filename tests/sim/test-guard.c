/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The guard: the same steps as mj_step where all is well, and the last good state where it is not. */
#include <math.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "models.h"
#include "sim/error.h"
#include "sim/guard.h"

static int fatal_in; /* steps until the control callback raises a fatal error; 0: never */

static void
raise_fatal_cb (const mjModel *model, mjData *data)
{
  if (fatal_in > 0 && --fatal_in == 0)
    mju_error ("forced in a test");
}

static void
assert_same_state (SgModel *model, const mjData *a, const mjData *b)
{
  int size = mj_stateSize (sg_model_get (model), mjSTATE_INTEGRATION);
  g_autofree double *state_a = g_new (double, size), *state_b = g_new (double, size);

  mj_getState (sg_model_get (model), a, state_a, mjSTATE_INTEGRATION);
  mj_getState (sg_model_get (model), b, state_b, mjSTATE_INTEGRATION);
  g_assert_cmpmem (state_a, size * sizeof (double), state_b, size * sizeof (double));
}

static void
test_same_as_bare (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) model = test_model (DOUBLE_PENDULUM);
  g_autoptr (SgGuard) guard = sg_guard_new (model);
  mjData *guarded = test_data (model), *bare = test_data (model);

  g_assert_cmpuint (sg_guard_step (guard, guarded, 1000, &error), ==, 1000);
  g_assert_no_error (error);
  for (int i = 0; i < 1000; i++)
    mj_step (sg_model_get (model), bare);
  assert_same_state (model, guarded, bare);
  mj_deleteData (guarded);
  mj_deleteData (bare);
}

/* The state must be what bare steps give just before the one that went wrong. */
static void
test_diverged (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) model = test_model (DIVERGING);
  g_autoptr (SgGuard) guard = sg_guard_new (model);
  mjData *guarded = test_data (model), *bare = test_data (model);
  guint done = sg_guard_step (guard, guarded, 10000, &error);

  g_assert_error (error, SG_SIM_ERROR, SG_SIM_ERROR_DIVERGED);
  g_assert_nonnull (strstr (error->message, "wild"));
  g_assert_null (strstr (error->message, "calm"));
  g_assert_cmpuint (done, >, 0);
  g_assert_cmpuint (done, <, 10000);
  for (guint i = 0; i < done; i++)
    mj_step (sg_model_get (model), bare);
  assert_same_state (model, guarded, bare);
  for (int i = 0; i < sg_model_get (model)->nq; i++)
    g_assert_true (isfinite (guarded->qpos[i]) && isfinite (guarded->qvel[i]));
  mj_deleteData (guarded);
  mj_deleteData (bare);
}

static void
test_fatal (void)
{
  g_autoptr (SgModel) model = test_model (DOUBLE_PENDULUM);
  g_autoptr (SgGuard) guard = sg_guard_new (model);
  mjData *guarded = test_data (model), *bare = test_data (model);

  mjcb_control = raise_fatal_cb;
  for (int round = 0; round < 20; round++)
    {
      g_autoptr (GError) error = NULL;

      fatal_in = 71; /* in the second batch */
      g_assert_cmpuint (sg_guard_step (guard, guarded, 200, &error), ==, 70);
      g_assert_error (error, SG_SIM_ERROR, SG_SIM_ERROR_FATAL);
      g_assert_nonnull (strstr (error->message, "forced in a test"));
    }
  mjcb_control = NULL;
  for (int i = 0; i < 20 * 70; i++)
    mj_step (sg_model_get (model), bare);
  assert_same_state (model, guarded, bare);
  mj_deleteData (guarded);
  mj_deleteData (bare);
}

/* Bytes that the heap has in use; 0 where that is not told. */
static gsize
heap_in_use (void)
{
#ifdef __GLIBC__
  return mallinfo2 ().uordblks;
#else
  return 0;
#endif
}

/* However often MuJoCo raises one, what the process holds stays as it is. */
static void
test_fatal_two_thousand_times (void)
{
  g_autoptr (SgModel) model = test_model (DOUBLE_PENDULUM);
  g_autoptr (SgGuard) guard = sg_guard_new (model);
  mjData *data = test_data (model);
  gsize early = 0;

  mjcb_control = raise_fatal_cb;
  for (int round = 0; round < 2000; round++)
    {
      g_autoptr (GError) error = NULL;

      fatal_in = 1 + round % 5;
      g_assert_cmpuint (sg_guard_step (guard, data, 10, &error), <, 5);
      g_assert_error (error, SG_SIM_ERROR, SG_SIM_ERROR_FATAL);
      if (round == 200)
        early = heap_in_use ();
    }
  mjcb_control = NULL;
  g_test_message ("%zu bytes after 200, %zu after 2000", early, heap_in_use ());
  g_assert_cmpuint (heap_in_use (), <=, early + 65536);
  mj_deleteData (data);
}

/* A state that is lost before the first step is told too, and costs no crash. */
static void
test_not_finite_from_the_start (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) model = test_model (FALLING);
  g_autoptr (SgGuard) guard = sg_guard_new (model);
  mjData *data = test_data (model);

  data->qvel[0] = NAN;
  g_assert_cmpuint (sg_guard_step (guard, data, 10, &error), ==, 0);
  g_assert_error (error, SG_SIM_ERROR, SG_SIM_ERROR_DIVERGED);
  mj_deleteData (data);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/guard/same-as-bare", test_same_as_bare);
  g_test_add_func ("/sim/guard/diverged", test_diverged);
  g_test_add_func ("/sim/guard/fatal", test_fatal);
  g_test_add_func ("/sim/guard/fatal-two-thousand-times", test_fatal_two_thousand_times);
  g_test_add_func ("/sim/guard/not-finite-from-the-start", test_not_finite_from_the_start);
  return g_test_run ();
}
