/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ten minutes of twenty bodies: 200 random places, each what it was to the last bit, in bounded memory. Takes
 * half a minute, as all of it is stepped. */
#include <string.h>
#include <time.h>

#include "models.h"
#include "sim/time-machine.h"

#define N_BODIES 20
#define TIMESTEP 0.002
#define STEPS 300000 /* ten minutes */
#define PLACES 200
#define MAX_BYTES (10 << 20)
#define PUSH_EVERY 500 /* steps: what rests on the floor would be no test */

/* A box of boxes and balls that a motor keeps stirring. */
static SgModel *
stirred_box (void)
{
  g_autoptr (GString) mjcf =
    g_string_new ("<mujoco><option timestep='0.002' integrator='implicitfast' cone='elliptic'/><worldbody>"
                  "<geom type='plane' size='5 5 .1'/><geom type='box' pos='-1 0 1' size='.1 1 1'/>"
                  "<geom type='box' pos='1 0 1' size='.1 1 1'/>"
                  "<body name='arm' pos='0 0 .5'><joint name='turn' type='hinge' axis='0 1 0' damping='.5'/>"
                  "<geom type='capsule' size='.04' fromto='-.4 0 0 .4 0 0'/></body>");

  for (guint i = 1; i < N_BODIES; i++)
    g_string_append_printf (mjcf,
                            "<body pos='%g 0 %g'><joint type='slide' axis='1 0 0'/>"
                            "<joint type='slide' axis='0 0 1'/><joint type='hinge' axis='0 1 0'/>"
                            "<geom type='%s' size='.08 .08 .08' mass='1'/></body>",
                            -0.6 + 0.3 * (i % 5), 1.0 + 0.25 * (i / 5), i % 2 == 0 ? "box" : "sphere");
  g_string_append (mjcf, "</worldbody><actuator><motor joint='turn' gear='40'/></actuator></mujoco>");
  return test_model (mjcf->str);
}

static guint64
fingerprint (SgTimeMachine *machine, double *state)
{
  const mjModel *model = sg_model_get (sg_time_machine_get_model (machine));
  gsize size = mj_stateSize (model, mjSTATE_INTEGRATION) * sizeof (double);
  guint64 hash = 0xcbf29ce484222325u;

  mj_getState (model, sg_time_machine_get_data (machine), state, mjSTATE_INTEGRATION);
  for (gsize i = 0; i < size / sizeof (guint64); i++)
    {
      guint64 bits;

      memcpy (&bits, &state[i], sizeof bits);
      hash = (hash ^ bits) * 0x100000001b3u;
      hash ^= hash >> 29;
    }
  return hash;
}

static guint64 *
stir (SgTimeMachine *machine, guint n, double *state)
{
  guint64 *seen = g_new (guint64, n + 1);

  for (guint i = 0; i < n; i++)
    {
      const SgInput push = { SG_INPUT_CONTROL, 0, { .value = i / PUSH_EVERY % 2 == 0 ? 1 : -1 } };

      if (i % PUSH_EVERY == 0)
        g_assert_true (sg_time_machine_input (machine, &push));
      seen[i] = fingerprint (machine, state);
      g_assert_cmpuint (sg_time_machine_step (machine, 1, NULL), ==, 1);
    }
  seen[n] = fingerprint (machine, state);
  return seen;
}

/* us that this thread computed, whatever else the machine does */
static gint64
cpu_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* As sim/thread.c has it: as many steps as take 25 ms. */
static void
set_interval (SgTimeMachine *machine)
{
  gint64 start = cpu_time ();

  g_assert_cmpuint (sg_time_machine_step (machine, 2000, NULL), ==, 2000);
  double cost = MAX (cpu_time () - start, 1) / 2000.0;
  guint longest = (guint)CLAMP (25000 / cost, 1, 2048);
  sg_time_machine_reset (machine, -1);
  sg_timeline_set_interval (sg_time_machine_get_timeline (machine), longest / 2, longest);
  g_test_message ("a step takes %.1f us: keyframes %u steps apart", cost, longest / 2);
}

static void
test_ten_minutes (void)
{
  g_autoptr (SgModel) model = stirred_box ();
  g_autoptr (SgTimeMachine) machine = sg_time_machine_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  SgTimeline *timeline = sg_time_machine_get_timeline (machine);
  g_autofree double *state = g_new (double, mj_stateSize (sg_model_get (model), mjSTATE_INTEGRATION));
  gint64 worst = 0, sum = 0;

  g_assert_true (sg_time_machine_set_model (machine, model, NULL));
  set_interval (machine);
  g_autofree guint64 *seen = stir (machine, STEPS, state);
  g_assert_cmpuint (sg_timeline_get_first (timeline), ==, 0);
  g_assert_cmpuint (sg_timeline_get_bytes (timeline), <=, MAX_BYTES);
  for (guint i = 0; i < PLACES; i++)
    {
      guint at = g_rand_int_range (rand, 0, STEPS + 1);
      gint64 start = cpu_time ();

      g_assert_true (sg_time_machine_seek (machine, at, NULL));
      gint64 took = cpu_time () - start;
      worst = MAX (worst, took);
      sum += took;
      g_assert_cmphex (fingerprint (machine, state), ==, seen[at]);
    }
  g_test_message (
    "10 minutes of %d bodies: %.1f MB in %u keyframes; of %d places all the same, %.1f ms each, "
    "at worst %.1f ms",
    N_BODIES, sg_timeline_get_bytes (timeline) / 1e6, sg_timeline_get_n_keyframes (timeline), PLACES,
    sum / 1e3 / PLACES, worst / 1e3);

  /* the branch is kept and resumed */
  guint first = sg_timeline_get_current (timeline);
  g_assert_true (sg_time_machine_seek (machine, STEPS / 2, NULL));
  g_assert_true (sg_time_machine_input (machine, &(SgInput){ SG_INPUT_CONTROL, 0, { .value = 0 } }));
  g_assert_cmpuint (sg_time_machine_step (machine, 1000, NULL), ==, 1000);
  guint branch = sg_timeline_get_current (timeline);
  guint64 end = fingerprint (machine, state);
  g_assert_true (sg_time_machine_choose (machine, first, NULL));
  g_assert_cmphex (fingerprint (machine, state), ==, seen[STEPS]);
  g_assert_true (sg_time_machine_choose (machine, branch, NULL));
  g_assert_cmphex (fingerprint (machine, state), ==, end);
  g_assert_cmpuint (sg_time_machine_step (machine, 10, NULL), ==, 10);
  g_assert_cmpuint (sg_timeline_get_current (timeline), ==, branch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/ten-minutes", test_ten_minutes);
  return g_test_run ();
}
