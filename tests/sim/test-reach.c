/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bodies that are moved by hand while nothing runs: they come to where the hand is as far as their joints
 * let them, ranges, ties and ropes are kept, and what moves freely does not turn. */
#include <math.h>

#include "moved.h"
#include "sim/reach.h"

#define ARM                                                                                   \
  "<mujoco><worldbody><body name='upper'><joint name='shoulder' type='hinge' axis='0 -1 0'/>" \
  "<geom type='capsule' size='.02' fromto='0 0 0 1 0 0'/><body name='lower' pos='1 0 0'>"     \
  "<joint name='elbow' type='hinge' axis='0 -1 0' limited='true' range='-10 120'/>"           \
  "<geom type='capsule' size='.02' fromto='0 0 0 1 0 0'/></body></body></worldbody></mujoco>"

#define FLAT(name)                                                                                         \
  "<joint name='" name "x' type='slide' axis='1 0 0'/><joint name='" name "z' type='slide' axis='0 0 1'/>" \
  "<joint name='" name "turn' type='hinge' axis='0 1 0'/>"

#define CAR                                                                                         \
  "<mujoco><worldbody><body name='car' pos='0 0 1'>" FLAT (                                         \
    "car") "<geom type='box' size='.5 .1 .2'/>"                                                     \
           "<body name='wheel' pos='.4 0 -.2'><joint name='axle' type='hinge' axis='0 1 0'/><geom " \
           "size='.2'/>"                                                                            \
           "</body></body></worldbody></mujoco>"

/* A crank, a rod and a slider that are closed by a tie. */
#define LOOP                                                                                              \
  "<mujoco><worldbody><body name='crank'><joint type='hinge' axis='0 -1 0'/>"                             \
  "<geom type='capsule' size='.02' fromto='0 0 0 .3 0 0' contype='0'/><body name='rod' pos='.3 0 0'>"     \
  "<joint type='hinge' axis='0 -1 0'/><geom type='capsule' size='.02' fromto='0 0 0 1 0 0' contype='0'/>" \
  "<site name='end' pos='1 0 0'/></body></body><body name='slider' pos='1.3 0 0'>"                        \
  "<joint type='slide' axis='1 0 0'/><geom size='.1' contype='0'/><site name='pin'/></body></worldbody>"  \
  "<equality><connect site1='end' site2='pin'/></equality></mujoco>"

#define ROPE                                                                                \
  "<mujoco><worldbody><site name='hook' pos='0 0 2'/><body name='ball' pos='0 0 1'>" FLAT ( \
    "ball") "<geom size='.1'/><site name='ring'/></body></worldbody>"                       \
            "<tendon><spatial limited='true' range='0 1'><site site='hook'/><site "         \
            "site='ring'/></spatial></tendon>"                                              \
            "</mujoco>"

#define FREE "<mujoco><worldbody><body pos='0 0 1'><freejoint/><geom size='.1'/></body></worldbody></mujoco>"

/* Moves `point` of a body to (x, z); returns how far it is from there. */
static double
reach (Fixture *fixture, const char *body, double point, double x, double z)
{
  const SgPull grip = { mj_name2id (fixture->model, mjOBJ_BODY, body), { point, 0, 0 }, { x, 0, z } };
  g_autoptr (GArray) puts = sg_reach (fixture->shared, fixture->data, &grip);
  double at[3];

  for (guint i = 0; i < puts->len; i++)
    apply (fixture, g_array_index (puts, SgInput, i));
  mj_forward (fixture->model, fixture->data);
  mju_mulMatVec3 (at, fixture->data->xmat + 9 * grip.body, grip.point);
  mju_addTo3 (at, fixture->data->xpos + 3 * grip.body);
  return mju_dist3 (at, grip.target);
}

static void
test_arm (Fixture *fixture, gconstpointer mjcf)
{
  g_assert_cmpfloat (reach (fixture, "lower", 1, 1.2, 0.8), <, 1e-4);
  g_assert_cmpfloat (reach (fixture, "lower", 1, -0.5, 1.3), <, 1e-4);
  double elbow = fixture->data->qpos[1];
  reach (fixture, "upper", 1, 0, 1); /* the upper arm takes the lower one along as it is */
  g_assert_cmpfloat_with_epsilon (fixture->data->qpos[0], G_PI_2, 1e-4);
  g_assert_cmpfloat (fixture->data->qpos[1], ==, elbow);
  g_assert_cmpfloat (mju_norm (fixture->data->qvel, fixture->model->nv), ==, 0);
}

/* Out of reach it points there; a range holds. */
static void
test_out_of_reach (Fixture *fixture, gconstpointer mjcf)
{
  g_assert_cmpfloat_with_epsilon (reach (fixture, "lower", 1, 3, 3), hypot (3, 3) - 2, 2e-3);
  g_assert_cmpfloat_with_epsilon (fixture->data->qpos[0] + fixture->data->qpos[1], G_PI_4, 0.05);
  for (int i = 0; i <= 20; i++) /* the hand goes down along a half circle of 0.6 m */
    reach (fixture, "lower", 1, 0.6 * cos (G_PI_4 - i * 0.1), 0.6 * sin (G_PI_4 - i * 0.1));
  g_assert_cmpfloat (fixture->data->qpos[1], >=, -10 * G_PI / 180);
  g_assert_cmpfloat (fixture->data->qpos[1], <=, 120 * G_PI / 180);
}

static void
test_free_does_not_turn (Fixture *fixture, gconstpointer mjcf)
{
  g_assert_cmpfloat (reach (fixture, "car", 0.5, 4, 3), <, 1e-4);
  g_assert_cmpfloat (fixture->data->qpos[2], ==, 0);
  g_assert_cmpfloat (reach (fixture, "wheel", 0.2, 1, 1), <, 1e-4); /* by its wheel it all comes along */
  g_assert_cmpfloat (fixture->data->qpos[2], ==, 0);
  g_assert_cmpfloat (fixture->data->qpos[3], ==, 0);
}

static void
test_loop_stays_closed (Fixture *fixture, gconstpointer mjcf)
{
  double crank = fixture->data->qpos[0];

  for (int i = 1; i <= 12; i++)
    reach (fixture, "crank", 0.3, 0.3 * cos (i * 0.1), 0.3 * sin (i * 0.1));
  g_assert_cmpfloat_with_epsilon (fixture->data->qpos[0] - crank, 1.2, 1e-2);
  g_assert_cmpfloat (mju_dist3 (fixture->data->site_xpos, fixture->data->site_xpos + 3), <, 1e-4);
  reach (fixture, "slider", 0, 0.9, 0); /* and from the other end */
  g_assert_cmpfloat_with_epsilon (fixture->data->xpos[3 * 3], 0.9, 1e-2);
  g_assert_cmpfloat (mju_dist3 (fixture->data->site_xpos, fixture->data->site_xpos + 3), <, 1e-4);
}

static void
test_rope_holds (Fixture *fixture, gconstpointer mjcf)
{
  g_assert_cmpfloat (reach (fixture, "ball", 0, 0.3, 1.5), <, 1e-4); /* slack */
  reach (fixture, "ball", 0, 3, 2);
  g_assert_cmpfloat (fixture->data->ten_length[0], <, 1.001);
  g_assert_cmpfloat (fixture->data->xpos[3], >, 0.99);
}

static void
test_space (Fixture *fixture, gconstpointer mjcf)
{
  const SgPull grip = { 1, { 0.05, 0, 0 }, { 1, 2, 3 } };
  g_autoptr (GArray) puts = sg_reach (fixture->shared, fixture->data, &grip);

  g_assert_cmpuint (puts->len, ==, 1);
  const double *position = g_array_index (puts, SgInput, 0).put.position;
  g_assert_cmpfloat_with_epsilon (position[0], 0.95, 1e-4);
  g_assert_cmpfloat_with_epsilon (position[1], 2, 1e-4);
  g_assert_cmpfloat_with_epsilon (position[2], 3, 1e-4);
  g_assert_cmpfloat (position[3], ==, 1);
  g_assert_cmpfloat (fixture->data->qpos[0], ==, 0); /* nothing moved yet */
}

int
main (int argc, char **argv)
{
#define ADD(name, mjcf, function) \
  g_test_add ("/sim/reach/" name, Fixture, mjcf, set_up, function, tear_down)

  g_test_init (&argc, &argv, NULL);
  ADD ("arm", ARM, test_arm);
  ADD ("out-of-reach", ARM, test_out_of_reach);
  ADD ("free-does-not-turn", CAR, test_free_does_not_turn);
  ADD ("loop-stays-closed", LOOP, test_loop_stays_closed);
  ADD ("rope-holds", ROPE, test_rope_holds);
  ADD ("space", FREE, test_space);
  return g_test_run ();
}
