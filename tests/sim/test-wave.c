/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Courses that motors are told. */
#include "sim/wave.h"

#include <math.h>
#include <string.h>

#include "models.h"
#include "sim/simulation.h"

/* An arm that hangs to the right, and a motor at its pin of each kind. */
#define ARM(motor)                                                                                       \
  "<mujoco><option timestep='0.002' integrator='implicitfast'/><worldbody><body name='arm' pos='0 0 2'>" \
  "<joint name='pin' type='hinge' axis='0 1 0' damping='.05'/><geom type='capsule' size='.03' "          \
  "fromto='0 0 0 .5 0 0' mass='1' contype='0' conaffinity='0'/></body></worldbody><actuator>" motor      \
  "</actuator></mujoco>"
#define TORQUE ARM ("<motor name='drive' joint='pin' gear='2' ctrllimited='true' ctrlrange='-20 20'/>")
#define SPEED                                                                               \
  ARM ("<general name='drive' joint='pin' gaintype='fixed' gainprm='20' biastype='affine' " \
       "biasprm='60 0 -20' forcerange='-100 100'/>")

static void
test_shapes (void)
{
  g_autoptr (SgModel) model = test_model (TORQUE);
  const mjModel *m = sg_model_get (model);
  mjData *data = test_data (model);
  SgWave wave = { SG_WAVE_SINE, 1, 3, 0.5, 2, 20 };

  data->time = 2 + 0.125;
  g_assert_cmpfloat_with_epsilon (sg_wave_get (&wave, m, data, 0), 4, 1e-9);
  wave.shape = SG_WAVE_STEP;
  g_assert_cmpfloat (sg_wave_get (&wave, m, data, 0), ==, 1);
  data->time = 2.5;
  g_assert_cmpfloat (sg_wave_get (&wave, m, data, 0), ==, 4);
  wave.shape = SG_WAVE_RAMP;
  data->time = 2.25;
  g_assert_cmpfloat_with_epsilon (sg_wave_get (&wave, m, data, 0), 2.5, 1e-9);
  data->time = 9;
  g_assert_cmpfloat (sg_wave_get (&wave, m, data, 0), ==, 4);
  wave.amplitude = 1000; /* no further than the motor goes */
  g_assert_cmpfloat (sg_wave_get (&wave, m, data, 0), ==, 20);
  mj_deleteData (data);
}

/* Each kind of motor brings the arm up and keeps it there. */
static void
test_hold (void)
{
  const char *const models[] = { TORQUE, SPEED };

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autoptr (SgModel) model = test_model (models[i]);
      mjData *data = test_data (model);
      SgWave wave = sg_wave_default (SG_WAVE_HOLD, sg_model_get (model), 0);

      wave.level = -0.7;
      wave.rate = 30;
      g_assert_true (sg_wave_is_valid (&wave, sg_model_get (model), 0));
      for (int k = 0; k < 1500; k++)
        {
          data->ctrl[0] = sg_wave_get (&wave, sg_model_get (model), data, 0);
          mj_step (sg_model_get (model), data);
        }
      g_test_message ("held at %g", data->qpos[0]);
      g_assert_cmpfloat_with_epsilon (data->qpos[0], -0.7, 0.05);
      g_assert_cmpfloat_with_epsilon (data->qvel[0], 0, 0.01);
      mj_deleteData (data);
    }
}

static void
test_invalid (void)
{
  g_autoptr (SgModel) model = test_model (TORQUE);
  const mjModel *m = sg_model_get (model);
  SgWave good = sg_wave_default (SG_WAVE_SINE, m, 0), wave = good;

  g_assert_true (sg_wave_is_valid (&good, m, 0));
  g_assert_false (sg_wave_is_valid (&good, m, 1));
  g_assert_false (sg_wave_is_valid (&good, m, -1));
  wave.period = 0;
  g_assert_false (sg_wave_is_valid (&wave, m, 0));
  wave = good;
  wave.amplitude = NAN;
  g_assert_false (sg_wave_is_valid (&wave, m, 0));
  wave = good;
  wave.shape = 99;
  g_assert_false (sg_wave_is_valid (&wave, m, 0));
}

/* From a state amid it, with the inputs as they are then, to the same bits. */
static void
test_again (void)
{
  g_autoptr (SgModel) model = test_model (TORQUE);
  const mjModel *m = sg_model_get (model);
  guint size = mj_stateSize (m, mjSTATE_INTEGRATION);
  g_autofree double *amid = g_new (double, size), *first = g_new (double, size),
                    *again = g_new (double, size);
  mjData *data = test_data (model);
  SgInputs inputs;
  SgInput input = { SG_INPUT_WAVE, 0, .wave = sg_wave_default (SG_WAVE_SINE, m, 0) };

  sg_inputs_init (&inputs, m, data);
  g_assert_true (sg_input_is_valid (&input, m));
  for (int i = 0; i < 1000; i++)
    {
      if (i == 100)
        sg_inputs_apply (&inputs, &input, m, data);
      if (i == 500)
        mj_getState (m, data, amid, mjSTATE_INTEGRATION);
      g_assert_true (sg_inputs_act (&inputs) == (i >= 100));
      sg_inputs_prepare (&inputs, m, data, i);
      mj_step (m, data);
    }
  mj_getState (m, data, first, mjSTATE_INTEGRATION);
  g_assert_cmpfloat_with_epsilon (inputs.waves[0].since, 100 * 0.002, 1e-9);
  mj_setState (m, data, amid, mjSTATE_INTEGRATION);
  for (int i = 500; i < 1000; i++)
    {
      sg_inputs_prepare (&inputs, m, data, i);
      mj_step (m, data);
    }
  mj_getState (m, data, again, mjSTATE_INTEGRATION);
  g_assert_cmpmem (first, size * sizeof (double), again, size * sizeof (double));

  SgInput end = { SG_INPUT_WAVE, 0, .wave = { SG_WAVE_NONE, .period = 1, .rate = 1 } };
  sg_inputs_apply (&inputs, &end, m, data);
  g_assert_false (sg_inputs_act (&inputs));
  g_assert_cmpfloat (data->ctrl[0], ==, 0); /* what was set by hand */
  sg_inputs_clear (&inputs);
  mj_deleteData (data);
}

/* By the thread, and after an edit of the model it goes on. */
static void
test_through_the_thread (void)
{
  g_autoptr (SgSimulation) simulation = sg_simulation_new ();
  g_autoptr (SgModel) model = test_model (TORQUE), heavier = test_model (TORQUE);
  g_autoptr (SgQuantity) control = sg_quantity_new (SG_QUANTITY_CONTROL, "drive", -1, 0);
  SgWave wave = { SG_WAVE_SINE, 0, 5, 0.1, 0, 20 };
  SgProbe *probe = sg_simulation_get_probe (simulation);
  int channel = sg_probe_add (probe, control);
  SgProbePoint points[300];
  double from = 0, to = 0;

  sg_simulation_set_model (simulation, model);
  sg_simulation_set_wave (simulation, 0, &wave);
  for (int i = 0; i < 100; i++)
    sg_simulation_step (simulation);
  sg_simulation_sync (simulation);
  g_assert_cmpuint (sg_probe_read (probe, channel, 0, 1, points, 300), ==, 100);
  for (guint i = 0; i < 100; i++)
    g_assert_cmpfloat_with_epsilon (points[i].low, 5 * sin (2 * G_PI * i * 0.002 / 0.1), 1e-6);
  sg_simulation_play (simulation);
  sg_simulation_swap_model (simulation, heavier, NULL);
  sg_simulation_sync (simulation);
  while (!sg_probe_get_span (probe, &from, &to) || to < 0.5)
    g_usleep (1000);
  sg_simulation_pause (simulation);
  sg_simulation_sync (simulation);
  guint n = sg_probe_read (probe, channel, 0.3, 0.5, points, 300);
  g_assert_cmpuint (n, >, 90);
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (points[i].low, 5 * sin (2 * G_PI * points[i].time / 0.1), 1e-3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (sg_model_init_library (NULL));
  g_test_add_func ("/sim/wave/shapes", test_shapes);
  g_test_add_func ("/sim/wave/hold", test_hold);
  g_test_add_func ("/sim/wave/invalid", test_invalid);
  g_test_add_func ("/sim/wave/again", test_again);
  g_test_add_func ("/sim/wave/through-the-thread", test_through_the_thread);
  return g_test_run ();
}
