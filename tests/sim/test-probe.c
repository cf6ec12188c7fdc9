/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sampling while it runs: every step, no peak lost, nothing allocated, and through the thread as a window has
 * it. */
#include "sim/probe.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "models.h"
#include "sim/simulation.h"

/* -- Counting allocations: glibc's own names let a program put itself in between -- */

#if defined(__GLIBC__) && !defined(SG_SANITIZED)
#define COUNTS_ALLOCATIONS 1
static atomic_uint n_allocations;
void *__libc_malloc (size_t size);
void *__libc_calloc (size_t n, size_t size);
void *__libc_realloc (void *block, size_t size);

void *
malloc (size_t size)
{
  atomic_fetch_add (&n_allocations, 1);
  return __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
  atomic_fetch_add (&n_allocations, 1);
  return __libc_calloc (n, size);
}

void *
realloc (void *block, size_t size)
{
  atomic_fetch_add (&n_allocations, 1);
  return __libc_realloc (block, size);
}
#endif

/* A ball that bounces: its contact force is there for a few steps of a second's worth. */
#define BOUNCING                                                                 \
  "<mujoco><option timestep='0.002' integrator='implicitfast'/><worldbody>"      \
  "<geom name='floor' type='plane' size='9 9 1'/><body name='ball' pos='0 0 1'>" \
  "<joint name='ball.z' type='slide' axis='0 0 1'/>"                             \
  "<geom size='.1' mass='1' solref='-10000 -3.2' solimp='.99 .99 .001'/></body></worldbody></mujoco>"

static int
add (SgProbe *probe, SgQuantityKind kind, const char *name)
{
  g_autoptr (SgQuantity) quantity = sg_quantity_new (kind, name, -1, 0);

  return sg_probe_add (probe, quantity);
}

static void
run (SgProbe *probe, SgModel *model, mjData *data, int steps)
{
  for (int i = 0; i < steps; i++)
    {
      sg_probe_before_step (probe, data);
      mj_step (sg_model_get (model), data);
      sg_probe_after_step (probe, data);
      if (i % 7 == 6)
        sg_probe_publish (probe, data, NULL, FALSE);
    }
  sg_probe_publish (probe, data, NULL, TRUE);
}

static void
test_every_step (void)
{
  g_autoptr (SgModel) model = test_model (FALLING);
  g_autoptr (SgProbe) probe = sg_probe_new ();
  mjData *data = test_data (model);
  int z = add (probe, SG_QUANTITY_Z, "ball"), v = add (probe, SG_QUANTITY_JOINT_VELOCITY, "ball.z");
  SgProbePoint points[2000];
  double from, to;

  sg_probe_set_model (probe, model);
  g_assert_false (sg_probe_get_span (probe, &from, &to));
  run (probe, model, data, 1000);
  g_assert_true (sg_probe_get_span (probe, &from, &to));
  g_assert_cmpfloat (from, ==, 0);
  g_assert_cmpfloat_with_epsilon (to, 999 * 0.002, 1e-9);
  g_assert_cmpuint (sg_probe_read (probe, z, from, to, points, 2000), ==, 1000);
  g_assert_cmpfloat (points[0].low, ==, 0); /* each is of the state that its time says */
  for (guint i = 0; i < 1000; i++)
    {
      double t = i * 0.002;

      g_assert_cmpfloat_with_epsilon (points[i].time, t, 1e-9);
      g_assert_cmpfloat_with_epsilon (points[i].low, -9.81 * t * (t + 0.002) / 2, 1e-9);
      g_assert_cmpfloat (points[i].low, ==, points[i].high);
    }
  g_assert_cmpuint (sg_probe_read (probe, v, 0.999, 1.099, points, 2000), ==, 50);
  g_assert_cmpfloat_with_epsilon (points[0].low, -9.81, 1e-9);
  mj_deleteData (data);
}

static void
test_no_peak_is_lost (void)
{
  g_autoptr (SgModel) model = test_model (BOUNCING);
  g_autoptr (SgProbe) probe = sg_probe_new ();
  mjData *data = test_data (model);
  int force = add (probe, SG_QUANTITY_PRESSED, "ball");
  SgProbePoint points[4000];
  double peak = 0, from, to;

  sg_probe_set_model (probe, model);
  for (int i = 0; i < 60000; i++)
    {
      double now[6] = { 0 };

      run (probe, model, data, 1);
      if (data->ncon > 0)
        mj_contactForce (sg_model_get (model), data, 0, now);
      peak = MAX (peak, now[0]);
    }
  sg_probe_get_span (probe, &from, &to);
  g_assert_cmpfloat (peak, >, 100);
  for (guint n = 1; n <= 4000; n *= 4)
    {
      double highest = 0;
      guint got = sg_probe_read (probe, force, from, to, points, n);

      g_assert_cmpuint (got, ==, n);
      for (guint i = 0; i < n; i++)
        highest = fmax (highest, points[i].high);
      g_assert_cmpfloat (highest, ==, peak);
    }
  mj_deleteData (data);
}

static void
test_no_allocation (void)
{
#ifdef COUNTS_ALLOCATIONS
  g_autoptr (SgModel) model = test_model (BOUNCING);
  g_autoptr (SgProbe) probe = sg_probe_new ();
  mjData *data = test_data (model);

  add (probe, SG_QUANTITY_PRESSED, "ball");
  add (probe, SG_QUANTITY_LOST, NULL);
  add (probe, SG_QUANTITY_Z, "ball");
  sg_probe_set_looking (probe, SG_PROBE_READOUT | SG_PROBE_LEDGER | SG_PROBE_PROFILE);
  sg_probe_set_model (probe, model);
  run (probe, model, data, 1000);
  for (int i = 0; i < 3; i++) /* each of the three readouts gets its room */
    sg_probe_publish (probe, data, NULL, TRUE), sg_probe_get_readout (probe);
  guint before = atomic_load (&n_allocations);
  run (probe, model, data, 40000);
  g_assert_cmpuint (atomic_load (&n_allocations) - before, ==, 0);
  mj_deleteData (data);
#else
  g_test_skip ("allocations are counted by who looks for errors in them");
#endif
}

/* From an earlier time on it is another past. */
static void
test_goes_back (void)
{
  g_autoptr (SgModel) model = test_model (FALLING);
  g_autoptr (SgProbe) probe = sg_probe_new ();
  mjData *data = test_data (model);
  int v = add (probe, SG_QUANTITY_VZ, "ball");
  g_autofree double *state = g_new (double, mj_stateSize (sg_model_get (model), mjSTATE_INTEGRATION));
  SgProbePoint points[1000];
  double from, to;

  sg_probe_set_model (probe, model);
  run (probe, model, data, 300);
  mj_getState (sg_model_get (model), data, state, mjSTATE_INTEGRATION);
  run (probe, model, data, 300);
  mj_setState (sg_model_get (model), data, state, mjSTATE_INTEGRATION);
  data->qvel[0] = 0;
  run (probe, model, data, 100);
  sg_probe_get_span (probe, &from, &to);
  g_assert_cmpfloat (from, ==, 0);
  g_assert_cmpfloat_with_epsilon (to, 399 * 0.002, 1e-9);
  g_assert_cmpuint (sg_probe_read (probe, v, from, to, points, 1000), ==, 400);
  g_assert_cmpfloat_with_epsilon (points[299].low, -9.81 * 299 * 0.002, 1e-6);
  g_assert_cmpfloat_with_epsilon (points[300].low, 0, 1e-9);

  sg_model_reset_data (model, data);
  run (probe, model, data, 10);
  sg_probe_get_span (probe, &from, &to);
  g_assert_cmpfloat_with_epsilon (to, 9 * 0.002, 1e-9);
  mj_deleteData (data);
}

/* After an edit: what has the name goes on, what is gone is not measured, what is added begins now. */
static void
test_another_model (void)
{
  g_autoptr (SgModel) model = test_model (FALLING), other = test_model (DOUBLE_PENDULUM);
  g_autoptr (SgProbe) probe = sg_probe_new ();
  mjData *data = test_data (model), *next = test_data (other);
  int z = add (probe, SG_QUANTITY_Z, "ball"), energy = add (probe, SG_QUANTITY_ENERGY, NULL);
  SgProbePoint points[1000];

  sg_probe_set_model (probe, model);
  run (probe, model, data, 100);
  next->time = data->time;
  sg_probe_set_model (probe, other);
  int late = add (probe, SG_QUANTITY_ANGLE, "rod1");
  run (probe, other, next, 100);
  g_assert_cmpuint (sg_probe_read (probe, z, 0, 1, points, 1000), ==, 200);
  g_assert_true (isfinite (points[99].low) && isnan (points[100].low) && isnan (points[199].low));
  g_assert_cmpuint (sg_probe_read (probe, energy, 0, 1, points, 1000), ==, 200);
  g_assert_true (isfinite (points[99].low) && isfinite (points[100].low));
  g_assert_cmpuint (sg_probe_read (probe, late, 0, 1, points, 1000), ==, 200);
  g_assert_true (isnan (points[99].low) && isfinite (points[100].low));
  mj_deleteData (data);
  mj_deleteData (next);
}

static void
test_channels (void)
{
  g_autoptr (SgProbe) probe = sg_probe_new ();
  int first = add (probe, SG_QUANTITY_Z, "a");

  g_assert_cmpint (add (probe, SG_QUANTITY_Z, "a"), ==, first);
  for (int i = 1; i < SG_PROBE_MAX; i++)
    {
      g_autofree char *name = g_strdup_printf ("body%d", i);

      g_assert_cmpint (add (probe, SG_QUANTITY_Z, name), >=, 0);
    }
  g_assert_cmpint (add (probe, SG_QUANTITY_X, "a"), ==, -1);
  sg_probe_remove (probe, first);
  g_assert_cmpint (add (probe, SG_QUANTITY_X, "a"), ==, -1); /* it is still used once */
  sg_probe_remove (probe, first);
  g_assert_cmpint (add (probe, SG_QUANTITY_X, "a"), ==, first);
}

static void
test_pair (void)
{
  g_autoptr (SgModel) model = test_model (DOUBLE_PENDULUM);
  g_autoptr (SgProbe) probe = sg_probe_new ();
  mjData *data = test_data (model);
  int x = add (probe, SG_QUANTITY_ANGLE, "rod1"), y = add (probe, SG_QUANTITY_TURNING, "rod1");
  double xs[400], ys[400], highest = -INFINITY;
  SgProbePoint points[4000];

  sg_probe_set_model (probe, model);
  run (probe, model, data, 4000);
  guint n = sg_probe_read_pair (probe, x, y, 0, 8, xs, ys, 400);
  g_assert_cmpuint (n, >, 100);
  g_assert_cmpuint (n, <=, 400);
  g_assert_cmpuint (sg_probe_read (probe, y, 0, 8, points, 4000), ==, 4000);
  for (guint i = 0; i < 4000; i++)
    highest = fmax (highest, points[i].high);
  double told = -INFINITY;
  for (guint i = 0; i < n; i++)
    told = fmax (told, ys[i]);
  g_assert_cmpfloat (told, ==, highest);
  mj_deleteData (data);
}

static void
test_csv (void)
{
  g_autoptr (SgModel) model = test_model (FALLING);
  g_autoptr (SgProbe) probe = sg_probe_new ();
  mjData *data = test_data (model);
  const int channels[] = { add (probe, SG_QUANTITY_Z, "ball"), add (probe, SG_QUANTITY_VZ, "ball") };
  const char *const names[] = { "ball, height (m)", "speed \"up\" (m/s)" };

  sg_probe_set_model (probe, model);
  run (probe, model, data, 100);
  g_autofree char *csv = sg_probe_write_csv (probe, channels, names, 2, 0, 1);
  g_auto (GStrv) lines = g_strsplit (csv, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 102); /* a head, and nothing after the last break */
  g_assert_cmpstr (lines[0], ==, "time (s),\"ball, height (m)\",\"speed \"\"up\"\" (m/s)\"");
  g_auto (GStrv) fields = g_strsplit (lines[51], ",", -1);
  g_assert_cmpuint (g_strv_length (fields), ==, 3);
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (fields[0], NULL), 0.1, 1e-9);
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (fields[2], NULL), -9.81 * 0.1, 1e-6);
  mj_deleteData (data);
}

static void
test_readout (void)
{
  g_autoptr (SgModel) model = test_model (BOUNCING);
  g_autoptr (SgProbe) probe = sg_probe_new ();
  mjData *data = test_data (model);
  const SgReadout *readout = sg_probe_get_readout (probe);

  g_assert_null (readout->model);
  sg_probe_set_model (probe, model);
  sg_probe_set_looking (probe, SG_PROBE_READOUT | SG_PROBE_LEDGER | SG_PROBE_PROFILE);
  while (data->ncon == 0)
    run (probe, model, data, 1);
  readout = sg_probe_get_readout (probe);
  g_assert_true (readout->model == model);
  g_assert_cmpuint (readout->n_touches, ==, 1);
  g_assert_cmpint (readout->touches[0].bodies[0], ==, 0);
  g_assert_cmpint (readout->touches[0].bodies[1], ==, 1);
  g_assert_cmpfloat (readout->touches[0].normal, >, 0);
  g_assert_cmpfloat_with_epsilon (readout->touches[0].at[2], 0, 0.02);
  run (probe, model, data, 100);
  readout = sg_probe_get_readout (probe);
  g_assert_cmpfloat (readout->ledger.exchanged, >, 0);
  g_assert_cmpuint (readout->profile.n_steps, >, 0);
  g_assert_cmpfloat (readout->profile.step, >, 0);
  g_assert_cmpfloat (readout->profile.collision, <=, readout->profile.step);
  mj_deleteData (data);
}

/* As a window has it: on the thread, while both go on. */
static void
test_through_the_thread (void)
{
  g_autoptr (SgSimulation) simulation = sg_simulation_new ();
  g_autoptr (SgModel) model = test_model (FALLING);
  SgProbe *probe = sg_simulation_get_probe (simulation);
  int z = add (probe, SG_QUANTITY_Z, "ball");
  SgProbePoint points[200];
  double from = 0, to = 0;

  sg_simulation_set_model (simulation, model);
  for (int i = 0; i < 50; i++)
    sg_simulation_step (simulation);
  sg_simulation_sync (simulation);
  g_assert_cmpuint (sg_probe_read (probe, z, 0, 1, points, 200), ==, 50);

  sg_simulation_set_unthrottled (simulation, TRUE);
  sg_simulation_play (simulation);
  while (!sg_probe_get_span (probe, &from, &to) || to < 20)
    {
      sg_probe_read (probe, z, 0, to, points, 200);
      sg_probe_get_readout (probe);
      sg_probe_remove (probe, add (probe, SG_QUANTITY_VZ, "ball"));
    }
  sg_simulation_pause (simulation);
  sg_simulation_set_looking (simulation, SG_PROBE_READOUT); /* it is shown at once, paused as it is */
  sg_simulation_sync (simulation);
  g_assert_true (sg_probe_get_readout (probe)->model == model);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (sg_model_init_library (NULL));
  g_test_add_func ("/sim/probe/every-step", test_every_step);
  g_test_add_func ("/sim/probe/no-peak-is-lost", test_no_peak_is_lost);
  g_test_add_func ("/sim/probe/no-allocation", test_no_allocation);
  g_test_add_func ("/sim/probe/goes-back", test_goes_back);
  g_test_add_func ("/sim/probe/another-model", test_another_model);
  g_test_add_func ("/sim/probe/channels", test_channels);
  g_test_add_func ("/sim/probe/pair", test_pair);
  g_test_add_func ("/sim/probe/csv", test_csv);
  g_test_add_func ("/sim/probe/readout", test_readout);
  g_test_add_func ("/sim/probe/through-the-thread", test_through_the_thread);
  return g_test_run ();
}
