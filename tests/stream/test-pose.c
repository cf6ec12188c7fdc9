/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * States made of frames: every kind of joint stands where it stood when the frame was taken. */
#include "stream/pose.h"

#include <math.h>

#include "pipeline/pipeline.h"
#include "stream/error.h"

#include "angles.h"

#define STEPS 8 /* from frame to frame */

/* A chain of pins, a cart on a rail, a ball joint off its body's origin, two hinges of one body, a free body
 * and what is welded to it, and a hinge that hangs from the free body. */
static const char joints[] =
  "<mujoco><worldbody>"
  "<body name='arm' pos='0 0 2' euler='0 30 0'><joint type='hinge' axis='0 1 0'/>"
  "<geom type='capsule' fromto='0 0 0 .6 0 0' size='.02'/>"
  "<body name='fore' pos='.6 0 0'><joint type='hinge' axis='0 1 0' pos='0 0 .01'/>"
  "<geom type='capsule' fromto='0 0 0 .6 0 0' size='.02'/></body></body>"
  "<body name='cart' pos='4 0 1'><joint type='slide' axis='1 0 1'/><joint type='slide' axis='0 0 1'/>"
  "<joint type='hinge' axis='0 1 0'/><geom type='box' size='.1 .1 .1'/></body>"
  "<body name='bell' pos='8 0 2'><joint type='ball' pos='0 0 .5'/><geom type='box' size='.1 .2 .3' pos='.1 "
  "0 "
  "0'/></body>"
  "<body name='cross' pos='12 0 2'><joint type='hinge' axis='1 0 0'/><joint type='hinge' axis='0 1 1' "
  "ref='20'/>"
  "<geom type='box' size='.1 .2 .3' pos='.1 .1 0'/></body>"
  "<body name='box' pos='16 0 2' euler='10 20 0'><freejoint/><geom type='box' size='.1 .2 .1'/>"
  "<body name='lid' pos='0 0 .2'><geom type='box' size='.1 .1 .1'/>"
  "<body name='flap' pos='.1 0 0'><joint type='hinge' axis='1 0 0'/><geom type='box' size='.1 .1 "
  ".02'/></body>"
  "</body></body></worldbody></mujoco>";

/* Runs the model, and has each frame of it made into a state of its own. */
static void
compare_run (SgModel *model, double most_m, double most_rad)
{
  g_autoptr (GError) error = NULL;
  const mjModel *m = sg_model_get (model);
  mjData *ran = mj_makeData (m), *made = mj_makeData (m);
  SgFrameLayout *layout = sg_frame_layout_new (m, sg_frame_error_default (), &error);
  SgFrame frame;
  double place = 0, turn = 0;

  g_assert_no_error (error);
  g_autoptr (SgPoses) poses = sg_poses_new (model, layout, &error);
  g_assert_no_error (error);
  sg_frame_init (&frame, layout);
  sg_model_reset_data (model, ran);
  sg_model_reset_data (model, made);
  for (int i = 0; i < m->nv; i++)
    ran->qvel[i] += 0.7 + 0.1 * i; /* some of them are at rest where nobody pushes */
  for (guint step = 0; step < 4000; step += STEPS)
    {
      mj_kinematics (m, ran);
      g_assert_true (sg_frame_take (&frame, layout, ran, step, &error));
      sg_poses_restore (poses, &frame, made);
      mj_kinematics (m, made);
      for (int body = 1; body < m->nbody; body++)
        {
          place = MAX (place, mju_dist3 (ran->xpos + 3 * body, made->xpos + 3 * body));
          turn = MAX (turn, angle_between (ran->xquat + 4 * body, made->xquat + 4 * body));
        }
      g_assert_cmpfloat_with_epsilon (made->time, step * m->opt.timestep, 1e-9);
      for (guint k = 0; k < STEPS; k++)
        mj_step (m, ran);
    }
  g_test_message ("at most %.4f mm and %.4f degrees off", 1000 * place, turn * 180 / G_PI);
  g_assert_cmpfloat (place, <, most_m);
  g_assert_cmpfloat (turn, <, most_rad);
  sg_frame_clear (&frame);
  sg_frame_layout_free (layout);
  mj_deleteData (ran);
  mj_deleteData (made);
}

static void
test_joints (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) model = sg_model_compile (joints, &error);

  g_assert_no_error (error);
  compare_run (model, 1e-3, 2e-3);
}

static void
test_golden (gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
    g_strdup_printf ("%s/tests/fixtures/spec/%s.json", g_getenv ("SG_SOURCE_ROOT"), (const char *)name);
  g_autoptr (SgScene) scene = sg_pipeline_load (path, 1, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  compare_run (scene->model, 2e-3, 2e-3);
}

/* What falls has the speed that its places tell. */
static void
test_velocity (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) model = sg_model_compile (joints, &error);
  const mjModel *m = sg_model_get (model);
  g_autofree double *before = g_new (double, m->nq);
  mjData *d = mj_makeData (m);
  SgFrameLayout *layout = sg_frame_layout_new (m, sg_frame_error_default (), NULL);
  g_autoptr (SgPoses) poses = sg_poses_new (model, layout, &error);

  sg_model_reset_data (model, d);
  mju_copy (before, d->qpos, m->nq);
  d->qpos[m->jnt_qposadr[m->body_jntadr[mj_name2id (m, mjOBJ_BODY, "box")]] + 2] -= 0.02;
  sg_poses_set_velocity (poses, before, 0.01, d);
  g_assert_cmpfloat_with_epsilon (
    d->qvel[m->jnt_dofadr[m->body_jntadr[mj_name2id (m, mjOBJ_BODY, "box")]] + 2], -2, 1e-9);
  g_assert_cmpfloat_with_epsilon (d->qvel[0], 0, 1e-9);
  sg_frame_layout_free (layout);
  mj_deleteData (d);
}

static void
test_another_model (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) model = sg_model_compile (joints, NULL);
  g_autoptr (SgModel) other =
    sg_model_compile ("<mujoco><worldbody><body><freejoint/><geom size='.1'/></body>"
                      "</worldbody></mujoco>",
                      NULL);
  SgFrameLayout *layout = sg_frame_layout_new (sg_model_get (model), sg_frame_error_default (), NULL);

  g_assert_null (sg_poses_new (other, layout, &error));
  g_assert_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_DAMAGED);
  sg_frame_layout_free (layout);
}

int
main (int argc, char **argv)
{
  static const char *const golden[] = { "box_stack", "cart_pole", "double_pendulum",
                                        "pendulum", "pulley", "robot_arm_2dof" };

  g_test_init (&argc, &argv, NULL);
  if (!sg_model_init_library (NULL))
    return 1;
  g_test_add_func ("/stream/pose/joints", test_joints);
  for (guint i = 0; i < G_N_ELEMENTS (golden); i++)
    {
      g_autofree char *path = g_strconcat ("/stream/pose/golden/", golden[i], NULL);

      g_test_add_data_func (path, golden[i], test_golden);
    }
  g_test_add_func ("/stream/pose/velocity", test_velocity);
  g_test_add_func ("/stream/pose/another-model", test_another_model);
  return g_test_run ();
}
