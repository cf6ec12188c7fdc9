/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Six mechanisms with known motion, from the spec's JSON through MJCF to stepping. */
#include <math.h>
#include <string.h>

#include "physics/mjcf.h"
#include "physics/model.h"
#include "physics/rules.h"
#include "physics/spec-json.h"

typedef struct
{
  SgModel *model;
  const mjModel *m;
  mjData *d;
} Run;

static SgSpec *
load (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "spec", file, NULL);
  g_autoptr (GError) error = NULL;
  SgSpec *spec = sg_spec_load (path, &error);

  g_assert_no_error (error);
  return spec;
}

static SgJoint *
joint_of (SgSpec *spec, const char *body)
{
  return &g_array_index (sg_spec_find_body (spec, body)->joints, SgJoint, 0);
}

static Run
run_new (const SgSpec *spec)
{
  g_autoptr (GError) error = NULL;
  Run run = { .model = sg_model_from_spec (spec, NULL, &error) };

  g_assert_no_error (error);
  run.m = sg_model_get (run.model);
  run.d = mj_makeData (run.m);
  sg_model_reset_data (run.model, run.d);
  return run;
}

static void
run_clear (Run *run)
{
  mj_deleteData (run->d);
  sg_model_unref (run->model);
}

static void
run_until (Run *run, double time)
{
  while (run->d->time < time - 1e-9)
    mj_step (run->m, run->d);
}

static const double *
position (const Run *run, const char *body)
{
  return run->d->xpos + 3 * mj_name2id (run->m, mjOBJ_BODY, body);
}

static double
energy (Run *run)
{
  mj_forward (run->m, run->d);
  return run->d->energy[0] + run->d->energy[1];
}

/* -- Pendulum -- */

/* Time between two crossings of the lowest point in the same direction, a few swings long. */
static double
measure_period (Run *run)
{
  double first = NAN, last = NAN, before = run->d->qpos[0];
  int swings = -1;

  while (run->d->time < 10)
    {
      mj_step (run->m, run->d);
      double now = run->d->qpos[0];

      if (before < 0 && now >= 0)
        {
          last = run->d->time - run->m->opt.timestep * now / (now - before);
          if (swings++ < 0)
            first = last;
        }
      before = now;
    }
  return (last - first) / swings;
}

static void
test_pendulum (void)
{
  g_autoptr (SgSpec) spec = load ("pendulum");

  joint_of (spec, "bob")->initial_position = 0.05;
  Run run = run_new (spec);

  g_assert_cmpint (run.m->nbody, ==, 2);
  g_assert_cmpint (run.m->nq, ==, 1);
  g_assert_cmpint (run.m->nsensor, ==, 2);
  g_assert_cmpfloat_with_epsilon (measure_period (&run), 1.204, 0.002);
  run_clear (&run);
}

static void
test_pendulum_keeps_its_energy (void)
{
  g_autoptr (SgSpec) spec = load ("pendulum");

  joint_of (spec, "bob")->damping = 0;
  joint_of (spec, "bob")->initial_position = G_PI / 6;
  Run run = run_new (spec);
  double first = energy (&run), worst = 0;

  while (run.d->time < 10)
    {
      mj_step (run.m, run.d);
      worst = fmax (worst, fabs (energy (&run) - first));
    }
  g_test_message ("energy drift %g of %g J", worst, first);
  g_assert_cmpfloat (worst, <, 1e-6 * fabs (first));
  run_clear (&run);
}

/* -- Double pendulum -- */

/* Both hinges at 90 degrees: with the second at 0 the arm falls straight and is not chaotic (1e-6 rad stay
 * 3e-5 in 10 s). */
static Run
swing (double apart)
{
  g_autoptr (SgSpec) spec = load ("double_pendulum");

  joint_of (spec, "link1")->initial_position = G_PI / 2 + apart;
  joint_of (spec, "link2")->initial_position = G_PI / 2;
  return run_new (spec);
}

static void
test_double_pendulum_is_chaotic (void)
{
  Run one = swing (0), other = swing (1e-6);
  double apart = 0;

  g_assert_cmpint (one.m->nbody, ==, 3);
  g_assert_cmpint (one.m->nq, ==, 2);
  while (one.d->time < 10)
    {
      mj_step (one.m, one.d);
      mj_step (other.m, other.d);
      for (int i = 0; i < 2; i++)
        apart = fmax (apart, fabs (one.d->qpos[i] - other.d->qpos[i]));
    }
  g_test_message ("1e-6 rad became %g", apart);
  g_assert_cmpfloat (apart, >, 0.1);
  run_clear (&one);
  run_clear (&other);
}

static void
test_double_pendulum_repeats_to_the_bit (void)
{
  Run one = swing (0), again = swing (0);

  run_until (&one, 10);
  run_until (&again, 10);
  g_assert_cmpmem (one.d->qpos, 2 * sizeof (double), again.d->qpos, 2 * sizeof (double));
  g_assert_cmpmem (one.d->qvel, 2 * sizeof (double), again.d->qvel, 2 * sizeof (double));
  run_clear (&one);
  run_clear (&again);
}

/* -- Cart and pole -- */

static void
test_cart_pole_falls (void)
{
  g_autoptr (SgSpec) spec = load ("cart_pole");

  joint_of (spec, "pole")->initial_position = 0.01;
  Run run = run_new (spec);

  g_assert_cmpint (run.m->nbody, ==, 3);
  g_assert_cmpint (run.m->nq, ==, 2);
  g_assert_cmpint (run.m->nu, ==, 1);
  g_assert_cmpint (run.m->nsensor, ==, 4);
  while (run.d->time < 2 && fabs (run.d->qpos[1]) < 0.8)
    mj_step (run.m, run.d);
  g_assert_cmpfloat (fabs (run.d->qpos[1]), >, 0.8);
  run_clear (&run);
}

static void
test_cart_pole_is_driven (void)
{
  g_autoptr (SgSpec) spec = load ("cart_pole");
  Run run = run_new (spec);

  run.d->ctrl[0] = 0.05;
  run_until (&run, 0.3);
  g_assert_cmpfloat (run.d->qpos[0], >, 0.1);
  run.d->ctrl[0] = 5; /* held to 1, so 100 N */
  mj_forward (run.m, run.d);
  g_assert_cmpfloat (run.d->actuator_force[0] * run.m->actuator_gear[0], ==, 100);
  run_clear (&run);
}

/* -- Stack -- */

static void
test_box_stack_rests (void)
{
  static const double heights[] = { 0.1, 0.3, 0.5 };
  g_autoptr (SgSpec) spec = load ("box_stack");
  Run run = run_new (spec);

  g_assert_cmpint (run.m->nq, ==, 21);
  run_until (&run, 5);
  for (int i = 0; i < 3; i++)
    {
      double speed = mju_norm (run.d->qvel + 6 * i, 6);

      g_test_message ("box%d at %.5f m, %.2g", i + 1, run.d->qpos[7 * i + 2], speed);
      g_assert_cmpfloat_with_epsilon (run.d->qpos[7 * i + 2], heights[i], 0.01);
      g_assert_cmpfloat (speed, <, 1e-3);
    }
  run_clear (&run);
}

/* -- Arm -- */

static void
test_robot_arm (void)
{
  g_autoptr (SgSpec) spec = load ("robot_arm_2dof");
  Run run = run_new (spec);
  const double *tip = position (&run, "tip");

  g_assert_cmpint (run.m->nbody, ==, 5);
  g_assert_cmpint (run.m->nq, ==, 2);
  g_assert_cmpint (run.m->nu, ==, 2);
  g_assert_cmpint (run.m->nsensor, ==, 6);
  g_assert_cmpfloat_with_epsilon (run.m->jnt_range[3], 2.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (hypot (tip[0], tip[1]), 0.55, 1e-9);
  g_assert_cmpfloat_with_epsilon (tip[2], 0.5, 1e-9);

  /* Nothing holds it: the base it overlaps does not. */
  run.d->ctrl[0] = 0.01;
  run_until (&run, 0.5);
  g_assert_cmpfloat (run.d->qpos[0], >, 0.05);
  g_assert_cmpfloat_with_epsilon (run.d->sensordata[0], run.d->qpos[0], 0.05);
  run_clear (&run);
}

/* -- Pulley -- */

static void
test_pulley (void)
{
  g_autoptr (SgSpec) spec = load ("pulley");
  Run run = run_new (spec);

  run_until (&run, 0.5);
  double heavy = 2 * (0.5 - position (&run, "heavy")[2]) / 0.25;
  double light = 2 * (position (&run, "light")[2] - 0.5) / 0.25;

  g_test_message ("accelerations %g and %g m/s2", heavy, light);
  g_assert_cmpfloat_with_epsilon (heavy, 9.81 / 3, 0.02 * 9.81 / 3);
  g_assert_cmpfloat_with_epsilon (light, heavy, 0.02 * heavy);
  run_clear (&run);
}

/* -- All -- */

static const char *const names[] = { "pendulum", "double_pendulum", "cart_pole",
                                     "box_stack", "robot_arm_2dof", "pulley" };

static void
test_same_bytes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (SgSpec) spec = load (names[i]);
      g_autoptr (SgSpec) again = load (names[i]);
      g_autofree char *text = sg_mjcf_write (spec);
      g_autofree char *same = sg_mjcf_write (again);

      g_assert_cmpstr (text, ==, same);
    }
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (SgSpec) spec = load (names[i]);
      g_autofree char *text = sg_spec_dump (spec);
      g_autoptr (GError) error = NULL;
      g_autoptr (SgSpec) back = sg_spec_parse (names[i], text, strlen (text), &error);

      g_assert_no_error (error);
      g_autofree char *again = sg_spec_dump (back);
      g_autofree char *mjcf = sg_mjcf_write (spec);
      g_autofree char *mjcf_back = sg_mjcf_write (back);

      g_assert_cmpstr (text, ==, again);
      g_assert_cmpstr (mjcf, ==, mjcf_back);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/physics/golden/pendulum", test_pendulum);
  g_test_add_func ("/physics/golden/pendulum/energy", test_pendulum_keeps_its_energy);
  g_test_add_func ("/physics/golden/double-pendulum/chaos", test_double_pendulum_is_chaotic);
  g_test_add_func ("/physics/golden/double-pendulum/repeats", test_double_pendulum_repeats_to_the_bit);
  g_test_add_func ("/physics/golden/cart-pole/falls", test_cart_pole_falls);
  g_test_add_func ("/physics/golden/cart-pole/driven", test_cart_pole_is_driven);
  g_test_add_func ("/physics/golden/box-stack", test_box_stack_rests);
  g_test_add_func ("/physics/golden/robot-arm", test_robot_arm);
  g_test_add_func ("/physics/golden/pulley", test_pulley);
  g_test_add_func ("/physics/golden/same-bytes", test_same_bytes);
  g_test_add_func ("/physics/golden/round-trip", test_round_trip);
  return g_test_run ();
}
