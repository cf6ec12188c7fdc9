/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Energy that is accounted for, on mechanisms of which a physics class knows what becomes of it. */
#include "sim/ledger.h"

#include <math.h>

#include "models.h"

#define HEAD "<mujoco><option timestep='0.002' integrator='implicitfast' cone='elliptic'/><worldbody>"
#define FLOOR "<geom name='floor' type='plane' size='9 9 1' friction='.4'/>"
#define FLAT(z)                                                                    \
  "<body name='thing' pos='0 0 " z "'><joint name='x' type='slide' axis='1 0 0'/>" \
  "<joint name='z' type='slide' axis='0 0 1'/><joint name='turn' type='hinge' axis='0 1 0'/>"

#define DAMPED_PENDULUM                                                             \
  HEAD "<body pos='0 0 2'><joint name='j' type='hinge' axis='0 1 0' damping='.2'/>" \
       "<geom size='.1' pos='0 0 -1' mass='1'/></body></worldbody>"                 \
       "<keyframe><key name='start' qpos='1.2'/></keyframe></mujoco>"
#define SLIDING_BOX                                                                                     \
  HEAD FLOOR FLAT (".1") "<geom type='box' size='.2 .1 .1' mass='2' friction='.4'/></body></worldbody>" \
                         "<keyframe><key name='start' qpos='0 0 0' qvel='3 0 0'/></keyframe></mujoco>"
#define BOUNCING_BALL                                                                       \
  HEAD FLOOR FLAT ("1.1") "<geom size='.1' mass='1' solref='-10000 -14.8' solimp='.99 .99 " \
                          ".001'/></body></worldbody></mujoco>"
#define MOTOR                                                                                              \
  HEAD                                                                                                     \
    "<body pos='0 0 2'><joint name='j' type='hinge' axis='0 0 1'/><geom size='.1' pos='.3 0 0' mass='1'/>" \
    "</body></worldbody><actuator><general joint='j' gaintype='fixed' gainprm='2' biastype='affine' "      \
    "biasprm='10 0 -2' forcerange='-20 20'/></actuator></mujoco>"
#define SPRING                                                                         \
  HEAD "<body pos='0 0 2'><joint name='j' type='slide' axis='0 0 1' stiffness='200'/>" \
       "<geom size='.1' mass='1'/></body></worldbody>"                                 \
       "<keyframe><key name='start' qpos='.3'/></keyframe></mujoco>"

typedef struct
{
  SgModel *model;
  mjData *data;
  SgLedgerKeeper *keeper;
  double *qpos, *qvel;
} Run;

static void
run_clear (Run *run)
{
  g_free (run->qpos);
  g_free (run->qvel);
  sg_ledger_keeper_free (run->keeper);
  mj_deleteData (run->data);
  sg_model_unref (run->model);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static Run
run_new (const char *mjcf)
{
  Run run = { .model = test_model (mjcf) };

  run.data = test_data (run.model);
  run.keeper = sg_ledger_keeper_new (run.model);
  run.qpos = g_new0 (double, sg_model_get (run.model)->nq);
  run.qvel = g_new0 (double, sg_model_get (run.model)->nv);
  return run;
}

static const SgLedger *
run_on (Run *run, int steps)
{
  const mjModel *model = sg_model_get (run->model);

  for (int i = 0; i < steps; i++)
    {
      double energy[2], time = run->data->time;

      mju_copy (run->qpos, run->data->qpos, model->nq);
      mju_copy (run->qvel, run->data->qvel, model->nv);
      mj_step (model, run->data);
      sg_energy_measure (model, run->data, run->qpos, run->qvel, energy);
      sg_ledger_keeper_stepped (run->keeper, run->data, run->qpos, run->qvel, energy, time);
    }
  return sg_ledger_keeper_get (run->keeper);
}

static void
assert_sums (const SgLedger *ledger)
{
  g_test_message (
    "start %g kinetic %g gravity %g springs %g friction %g impacts %g damping %g motors %g pulls "
    "%g error %g of %g: %.3f %%",
    ledger->start, ledger->kinetic, ledger->gravity, ledger->springs, ledger->friction, ledger->impacts,
    ledger->damping, ledger->motors, ledger->pulls, ledger->error, ledger->exchanged,
    100 * fabs (ledger->error) / ledger->exchanged);
  g_assert_cmpfloat_with_epsilon (ledger->start + ledger->motors + ledger->pulls - ledger->friction -
                                    ledger->impacts - ledger->damping - ledger->error,
                                  ledger->kinetic + ledger->gravity + ledger->springs, 1e-9);
  g_assert_cmpfloat (ledger->exchanged, >, 0);
  g_assert_cmpfloat (fabs (ledger->error), <=, SG_LEDGER_TOLERANCE * ledger->exchanged);
}

/* It ends hanging still: all that it had above that is with the damper. */
static void
test_damped_pendulum (void)
{
  g_auto (Run) run = run_new (DAMPED_PENDULUM);
  const SgLedger *ledger;

  for (int i = 0; i < 10; i++)
    assert_sums (run_on (&run, 150));
  ledger = run_on (&run, 60000);
  assert_sums (ledger);
  g_assert_cmpfloat_with_epsilon (ledger->kinetic, 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (ledger->damping, 9.81 * (1 - cos (1.2)), 0.01 * 9.81);
  g_assert_cmpfloat (ledger->friction + ledger->impacts + ledger->motors + ledger->pulls, ==, 0);
}

/* Half m v^2 goes to friction, none to what holds it up. */
static void
test_sliding_box (void)
{
  g_auto (Run) run = run_new (SLIDING_BOX);
  const SgLedger *ledger = run_on (&run, 1500);

  assert_sums (ledger);
  g_assert_cmpfloat_with_epsilon (ledger->kinetic, 0, 1e-4);
  g_assert_cmpfloat_with_epsilon (ledger->friction, 0.5 * 2 * 9, 0.02 * 9);
  g_assert_cmpfloat (fabs (ledger->impacts), <, 0.03 * 9);
}

/* Restitution 0.8: a bounce keeps 64 %. */
static void
test_bouncing_ball (void)
{
  g_auto (Run) run = run_new (BOUNCING_BALL);
  const SgLedger *ledger = run_on (&run, 400); /* after the first bounce, on its way up */

  assert_sums (ledger);
  g_assert_cmpfloat_with_epsilon (ledger->impacts, 0.36 * 9.81, 0.04 * 9.81);
  g_assert_cmpfloat (fabs (ledger->friction) + fabs (ledger->damping), <, 1e-9);
  assert_sums (run_on (&run, 3000));
}

static void
test_motor (void)
{
  g_auto (Run) run = run_new (MOTOR);
  const SgLedger *ledger = run_on (&run, 100);

  assert_sums (ledger);
  g_assert_cmpfloat (ledger->kinetic, >, 1); /* a turntable: all that the motor does is speed it up */
  g_assert_cmpfloat_with_epsilon (ledger->motors, ledger->kinetic, 0.01 * ledger->kinetic);
  g_assert_cmpfloat (fabs (ledger->damping), <, 1e-6); /* speed feedback is the motor's */
  assert_sums (run_on (&run, 3000));
}

static void
test_spring (void)
{
  g_auto (Run) run = run_new (SPRING);
  const SgLedger *ledger = run_on (&run, 1);

  g_assert_cmpfloat_with_epsilon (ledger->springs, 0.5 * 200 * 0.09, 1e-9);
  g_assert_cmpfloat_with_epsilon (ledger->start, ledger->springs + 9.81 * 2.3, 1e-9);
  for (int i = 0; i < 20; i++)
    assert_sums (run_on (&run, 37));
}

static void
test_pull (void)
{
  g_auto (Run) run = run_new (FALLING);
  const SgLedger *ledger;

  run.data->xfrc_applied[6 + 2] = 2 * 9.81 + 10; /* up, against 2 kg */
  ledger = run_on (&run, 500);
  assert_sums (ledger);
  g_assert_cmpfloat_with_epsilon (ledger->pulls, (2 * 9.81 + 10) * run.data->qpos[0], 0.01 * ledger->pulls);
}

/* It folds so violently that MuJoCo's own energy wanders: nobody is charged with that. */
static void
test_double_pendulum (void)
{
  g_auto (Run) run = run_new (DOUBLE_PENDULUM);

  for (int i = 0; i < 20; i++)
    {
      const SgLedger *ledger = run_on (&run, 233);

      g_assert_cmpfloat_with_epsilon (
        ledger->error, ledger->start - ledger->kinetic - ledger->gravity - ledger->springs, 1e-9);
      g_assert_cmpfloat (fabs (ledger->error), <, 0.1 * ledger->exchanged);
      g_assert_cmpfloat (fabs (ledger->damping) + fabs (ledger->friction) + fabs (ledger->impacts), <, 1e-9);
    }
}

/* Another state than the last step's begins it again. */
static void
test_begins_again (void)
{
  g_auto (Run) run = run_new (DAMPED_PENDULUM);
  const SgLedger *ledger = run_on (&run, 500);

  g_assert_cmpfloat (ledger->damping, >, 0.1);
  run.data->qpos[0] = 0.5;
  ledger = run_on (&run, 1);
  g_assert_cmpfloat (ledger->damping, ==, 0);
  g_assert_cmpfloat_with_epsilon (ledger->began, 1.0, 1e-9);
  ledger = run_on (&run, 300);
  assert_sums (ledger);
  sg_ledger_keeper_restart (run.keeper);
  ledger = run_on (&run, 1);
  g_assert_cmpfloat (ledger->damping, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (sg_model_init_library (NULL));
  g_test_add_func ("/sim/ledger/damped-pendulum", test_damped_pendulum);
  g_test_add_func ("/sim/ledger/sliding-box", test_sliding_box);
  g_test_add_func ("/sim/ledger/bouncing-ball", test_bouncing_ball);
  g_test_add_func ("/sim/ledger/motor", test_motor);
  g_test_add_func ("/sim/ledger/spring", test_spring);
  g_test_add_func ("/sim/ledger/pull", test_pull);
  g_test_add_func ("/sim/ledger/double-pendulum", test_double_pendulum);
  g_test_add_func ("/sim/ledger/begins-again", test_begins_again);
  return g_test_run ();
}
