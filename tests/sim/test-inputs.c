/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a person does to a running model. */
#include <math.h>

#include "moved.h"
#include "sim/guard.h"
#include "sim/inputs.h"

/* A motor that slides a cart, a free box held by a weld, and a light thing to pull at. */
#define WORKSHOP                                                                                            \
  "<mujoco><option timestep='0.002' gravity='0 0 0' integrator='implicitfast'/><worldbody>"                 \
  "<body name='cart'><joint name='cart.x' type='slide' axis='1 0 0' damping='1'/>"                          \
  "<geom size='.1' mass='2' contype='0'/></body>"                                                           \
  "<body name='box' pos='2 0 0'><freejoint/><geom type='box' size='.1 .1 .1' mass='4' contype='0'/></body>" \
  "</worldbody><equality><weld name='glue' body1='box'/></equality>"                                        \
  "<actuator><motor name='push' joint='cart.x' ctrllimited='true' ctrlrange='-10 10'/></actuator>"          \
  "</mujoco>"

static void
step (Fixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      sg_inputs_prepare (&fixture->inputs, fixture->model, fixture->data, fixture->step++);
      mj_step (fixture->model, fixture->data);
    }
}

/* Put by hand a joint is there, within its range, and at rest only where that is asked for. */
static void
test_joint (Fixture *fixture, gconstpointer mjcf)
{
  apply (fixture, (SgInput){ SG_INPUT_CONTROL, 0, { .value = 10 } });
  step (fixture, 100);
  double velocity = fixture->data->qvel[0];
  g_assert_cmpfloat (velocity, >, 0.5);
  apply (fixture, (SgInput){ SG_INPUT_JOINT, 0, .put = { { 3 } } });
  g_assert_cmpfloat (fixture->data->qpos[0], ==, 3);
  g_assert_cmpfloat (fixture->data->qvel[0], ==, velocity);
  apply (fixture, (SgInput){ SG_INPUT_JOINT, 0, .put = { { 4 }, TRUE } });
  g_assert_cmpfloat (fixture->data->qvel[0], ==, 0);
  apply (fixture, (SgInput){ SG_INPUT_JOINT, 1, .put = { { 1, 2, 3, 0, 0, 0, 5 }, TRUE } });
  g_assert_cmpfloat (fixture->data->qpos[3], ==, 3);
  g_assert_cmpfloat (fixture->data->qpos[7], ==, 1); /* a quaternion is a turn */
  g_assert_false (sg_input_is_valid (&(SgInput){ SG_INPUT_JOINT, 2 }, fixture->model));
  g_assert_false (sg_input_is_valid (&(SgInput){ SG_INPUT_JOINT, -1 }, fixture->model));
  g_assert_false (
    sg_input_is_valid (&(SgInput){ SG_INPUT_JOINT, 0, .put = { { INFINITY } } }, fixture->model));
}

/* m a = F - c v: after a second with 10 N on 2 kg and 1 N s/m. */
static void
test_control (Fixture *fixture, gconstpointer mjcf)
{
  apply (fixture, (SgInput){ SG_INPUT_CONTROL, 0, { .value = 10 } });
  step (fixture, 500);
  g_assert_cmpfloat_with_epsilon (fixture->data->qvel[0], 10 * (1 - exp (-0.5)), 0.02);
}

static void
test_equality (Fixture *fixture, gconstpointer mjcf)
{
  fixture->data->xfrc_applied[6 * 2] = 4;
  step (fixture, 500);
  g_assert_cmpfloat (fabs (fixture->data->qvel[1]), <, 0.01);
  apply (fixture, (SgInput){ SG_INPUT_EQUALITY, 0, { .value = 0 } });
  step (fixture, 500);
  g_assert_cmpfloat_with_epsilon (fixture->data->qvel[1], 1, 0.02); /* 4 N on 4 kg for 1 s */
}

/* The body comes to rest where the pointer holds it; let go it keeps what speed it has. */
static void
test_pull (Fixture *fixture, gconstpointer mjcf)
{
  double force[3], at[3];

  apply (fixture, (SgInput){ SG_INPUT_EQUALITY, 0, { .value = 0 } });
  g_assert_false (sg_inputs_act (&fixture->inputs));
  apply (fixture, (SgInput){ SG_INPUT_PULL, .pull = { 2, { 0, 0, 0 }, { 2.5, 0, 0 } } });
  g_assert_true (sg_inputs_act (&fixture->inputs));
  g_assert_true (sg_inputs_get_pull (&fixture->inputs, fixture->model, fixture->data, force, at));
  g_assert_cmpfloat_with_epsilon (force[0], 4 * 100 * 0.5, 1e-6); /* N: 4 kg, 100 1/s^2, 0.5 m */
  g_assert_cmpfloat_with_epsilon (at[0], 2, 1e-9);
  step (fixture, 50);
  double speed = fixture->data->qvel[1];
  g_assert_cmpfloat (speed, >, 0.5);
  apply (fixture, (SgInput){ SG_INPUT_PULL });
  g_assert_cmpfloat (fixture->data->xfrc_applied[6 * 2], ==, 0);
  step (fixture, 50);
  g_assert_cmpfloat_with_epsilon (fixture->data->qvel[1], speed, 1e-9);

  apply (fixture, (SgInput){ SG_INPUT_PULL, .pull = { 2, { .1, 0, .1 }, { 3, 0, 1 } } });
  step (fixture, 2000);
  g_assert_true (sg_inputs_get_pull (&fixture->inputs, fixture->model, fixture->data, force, at));
  g_assert_cmpfloat_with_epsilon (at[0], 3, 1e-2);
  g_assert_cmpfloat_with_epsilon (at[2], 1, 1e-2);
}

static void
test_noise (Fixture *fixture, gconstpointer mjcf)
{
  double first, sum = 0, squares = 0;

  apply (fixture, (SgInput){ SG_INPUT_CONTROL, 0, { .value = 1 } });
  apply (fixture, (SgInput){ SG_INPUT_NOISE, .noise = { 7, 0.1, 0.01 } });
  sg_inputs_prepare (&fixture->inputs, fixture->model, fixture->data, 41);
  first = fixture->data->ctrl[0];
  g_assert_cmpfloat (first, !=, 1);
  fixture->data->ctrl[0] = 1;
  sg_inputs_prepare (&fixture->inputs, fixture->model, fixture->data, 41);
  g_assert_cmpfloat (fixture->data->ctrl[0], ==, first); /* the same step, the same noise */

  for (int i = 0; i < 20000; i++)
    {
      sg_inputs_prepare (&fixture->inputs, fixture->model, fixture->data, i);
      sum += fixture->data->ctrl[0];
      squares += pow (fixture->data->ctrl[0] - 1, 2);
    }
  g_assert_cmpfloat_with_epsilon (sum / 20000, 1, 0.1);
  g_assert_cmpfloat_with_epsilon (sqrt (squares / 20000), 0.1 * 10, 0.1); /* of half the range */

  apply (fixture, (SgInput){ SG_INPUT_NOISE, .noise = { 8, 0.1, 0.01 } });
  fixture->data->ctrl[0] = 1;
  sg_inputs_prepare (&fixture->inputs, fixture->model, fixture->data, 41);
  g_assert_cmpfloat (fixture->data->ctrl[0], !=, first); /* another seed */
  apply (fixture, (SgInput){ SG_INPUT_NOISE, .noise = { 8, 0, 0.01 } });
  g_assert_cmpfloat (fixture->data->ctrl[0], ==, 1);
}

static void
test_invalid (Fixture *fixture, gconstpointer mjcf)
{
  const SgInput wrong[] = {
    { SG_INPUT_CONTROL, 1, { .value = 0 } },
    { SG_INPUT_CONTROL, -1, { .value = 0 } },
    { SG_INPUT_CONTROL, 0, { .value = NAN } },
    { SG_INPUT_EQUALITY, 1, { .value = 1 } },
    { SG_INPUT_PULL, .pull = { 3, { 0 }, { 0 } } },
    { SG_INPUT_PULL, .pull = { -1, { 0 }, { 0 } } },
    { SG_INPUT_PULL, .pull = { 1, { 0 }, { INFINITY, 0, 0 } } },
    { SG_INPUT_NOISE, .noise = { 0, -1, 1 } },
    { SG_INPUT_NOISE, .noise = { 0, 1, 0 } },
    { SG_INPUT_NOISE, .noise = { 0, NAN, 1 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (sg_input_is_valid (&wrong[i], fixture->model));
}

/* A changed drawing: what has the same name keeps what was done to it, whatever its number is. */
static void
test_carry (Fixture *fixture, gconstpointer mjcf)
{
  g_autoptr (SgModel) other =
    test_model ("<mujoco><worldbody><body name='new'><freejoint/><geom size='.1'/></body>"
                "<body name='box'><freejoint/><geom size='.1'/></body>"
                "<body name='cart'><joint name='cart.x' type='slide'/><geom size='.1'/>"
                "</body></worldbody>"
                "<equality><weld body1='new'/><weld name='glue' body1='box'/></equality>"
                "<actuator><motor name='more' joint='cart.x'/>"
                "<motor name='push' joint='cart.x'/></actuator></mujoco>");
  mjData *data = test_data (other);
  SgInputs inputs;

  sg_inputs_init (&inputs, sg_model_get (other), data);
  apply (fixture, (SgInput){ SG_INPUT_CONTROL, 0, { .value = 3 } });
  apply (fixture, (SgInput){ SG_INPUT_EQUALITY, 0, { .value = 0 } });
  apply (fixture, (SgInput){ SG_INPUT_PULL, .pull = { 1, { 0 }, { 5, 0, 0 } } });
  sg_inputs_carry (&fixture->inputs, fixture->model, fixture->data, &inputs, sg_model_get (other), data,
                   (const double[3]){ 1, 0, 0 });
  g_assert_cmpfloat (data->ctrl[0], ==, 0);
  g_assert_cmpfloat (data->ctrl[1], ==, 3);
  g_assert_cmpfloat (inputs.control[1], ==, 3);
  g_assert_true (data->eq_active[0]);
  g_assert_false (data->eq_active[1]);
  g_assert_cmpint (inputs.pull.body, ==, 3);
  g_assert_cmpfloat (inputs.pull.target[0], ==, 6); /* where it was, in the other world */
  sg_inputs_clear (&inputs);
  mj_deleteData (data);
}

int
main (int argc, char **argv)
{
#define ADD(name, function) g_test_add ("/sim/inputs/" name, Fixture, WORKSHOP, set_up, function, tear_down)

  g_test_init (&argc, &argv, NULL);
  ADD ("control", test_control);
  ADD ("joint", test_joint);
  ADD ("equality", test_equality);
  ADD ("pull", test_pull);
  ADD ("noise", test_noise);
  ADD ("invalid", test_invalid);
  ADD ("carry", test_carry);
  return g_test_run ();
}
