/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a gamepad to motors: dead zone, ranges, names that outlive the model, and a device that is pulled
 * out. */
#include "app/pad-map.h"

#include <linux/input-event-codes.h>
#include <math.h>

#include "physics/model.h"

#define MODEL                                                                                             \
  "<mujoco><worldbody><body><joint name='j' type='hinge'/><geom size='.1'/></body></worldbody><actuator>" \
  "<motor name='drive' joint='j' ctrllimited='true' ctrlrange='-2 6'/>"                                   \
  "<motor joint='j' ctrllimited='true' ctrlrange='10 20'/>"                                               \
  "</actuator></mujoco>"
#define OTHER                                                                                             \
  "<mujoco><worldbody><body><joint name='j' type='hinge'/><geom size='.1'/></body></worldbody><actuator>" \
  "<motor name='new' joint='j'/><motor name='drive' joint='j' ctrllimited='true' ctrlrange='-1 1'/>"      \
  "</actuator></mujoco>"

typedef struct
{
  SgModel *shared;
  const mjModel *model;
  SgPadMap *map;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  f->shared = sg_model_compile (MODEL, &error);
  g_assert_no_error (error);
  f->model = sg_model_get (f->shared);
  f->map = sg_pad_map_new ();
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  sg_pad_map_free (f->map);
  sg_model_unref (f->shared);
}

/* The one move that is due; NAN: none. */
static double
take (Fixture *f)
{
  SgPadMove moves[4];
  guint n = sg_pad_map_take_moves (f->map, f->model, moves, 4);

  g_assert_cmpuint (n, <=, 1);
  return n > 0 ? moves[0].value : NAN;
}

static void
test_dead_zone (Fixture *f, gconstpointer unused)
{
  sg_pad_map_move_axis (f->map, ABS_X, SG_PAD_DEAD_ZONE * 0.99);
  g_assert_cmpfloat (sg_pad_map_read (f->map, SG_PAD_LEFT_X), ==, 0);
  sg_pad_map_move_axis (f->map, ABS_X, SG_PAD_DEAD_ZONE * 1.01); /* begins at 0, with no jump */
  g_assert_cmpfloat (sg_pad_map_read (f->map, SG_PAD_LEFT_X), <, 0.01);
  sg_pad_map_move_axis (f->map, ABS_X, 1);
  g_assert_cmpfloat (sg_pad_map_read (f->map, SG_PAD_LEFT_X), ==, 1);
  sg_pad_map_move_axis (f->map, ABS_Y, -1); /* into the corner */
  g_assert_cmpfloat_with_epsilon (sg_pad_map_read (f->map, SG_PAD_LEFT_X), M_SQRT1_2, 1e-9);
  g_assert_cmpfloat_with_epsilon (sg_pad_map_read (f->map, SG_PAD_LEFT_Y), M_SQRT1_2, 1e-9);
  sg_pad_map_move_axis (f->map, ABS_X, NAN);
  sg_pad_map_move_axis (f->map, 9999, 1);
  sg_pad_map_move_axis (f->map, ABS_Y, 77);
  g_assert_cmpfloat (sg_pad_map_read (f->map, SG_PAD_LEFT_Y), <, 0);
  g_assert_cmpfloat (fabs (sg_pad_map_read (f->map, SG_PAD_RIGHT_X)), ==, 0);
}

static void
test_buttons (Fixture *f, gconstpointer unused)
{
  sg_pad_map_press (f->map, BTN_DPAD_UP, TRUE);
  g_assert_cmpfloat (sg_pad_map_read (f->map, SG_PAD_CROSS_Y), ==, 1);
  sg_pad_map_press (f->map, BTN_DPAD_UP, FALSE);
  sg_pad_map_move_axis (f->map, ABS_HAT0X, -1);
  g_assert_cmpfloat (sg_pad_map_read (f->map, SG_PAD_CROSS_X), ==, -1);
  sg_pad_map_press (f->map, BTN_TR2, TRUE);
  g_assert_cmpfloat (sg_pad_map_read (f->map, SG_PAD_TRIGGERS), ==, 1);
  sg_pad_map_move_axis (f->map, ABS_Z, 1);
  g_assert_cmpfloat (sg_pad_map_read (f->map, SG_PAD_TRIGGERS), ==, 0);
  sg_pad_map_press (f->map, BTN_EAST, TRUE);
  g_assert_cmpfloat (sg_pad_map_read (f->map, SG_PAD_BUTTONS), ==, -1);
  sg_pad_map_press (f->map, 12345, TRUE);
}

static void
test_ranges (Fixture *f, gconstpointer unused)
{
  g_assert_true (isnan (take (f)));
  sg_pad_map_bind (f->map, f->model, 0, SG_PAD_LEFT_X);
  g_assert_cmpint (sg_pad_map_get (f->map, f->model, 0), ==, SG_PAD_LEFT_X);
  g_assert_cmpint (sg_pad_map_get (f->map, f->model, 1), ==, SG_PAD_NONE);
  g_assert_cmpfloat (take (f), ==, 0);
  g_assert_true (isnan (take (f))); /* told once */
  sg_pad_map_move_axis (f->map, ABS_X, 1);
  g_assert_cmpfloat (take (f), ==, 6);
  sg_pad_map_move_axis (f->map, ABS_X, -1);
  g_assert_cmpfloat (take (f), ==, -2);
  sg_pad_map_bind (f->map, f->model, 0, SG_PAD_NONE);
  sg_pad_map_bind (f->map, f->model, 1, SG_PAD_LEFT_X);
  g_assert_cmpfloat (take (f), ==, 10);
  sg_pad_map_move_axis (f->map, ABS_X, 0);
  g_assert_cmpfloat (take (f), ==, 15); /* 0 is not in its range */
}

static void
test_outlives_the_model (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) other = sg_model_compile (OTHER, &error);
  SgPadMove moves[4];

  g_assert_no_error (error);
  sg_pad_map_bind (f->map, f->model, 0, SG_PAD_RIGHT_Y);
  sg_pad_map_bind (f->map, f->model, 1, SG_PAD_CROSS_X); /* has no name: the second motor, whatever it is */
  g_assert_cmpint (sg_pad_map_get (f->map, sg_model_get (other), 1), ==, SG_PAD_RIGHT_Y);
  sg_pad_map_move_axis (f->map, ABS_RY, -1);
  g_assert_cmpuint (sg_pad_map_take_moves (f->map, sg_model_get (other), moves, 4), ==, 2);
  g_assert_cmpint (moves[0].control, ==, 1);
  g_assert_cmpfloat (moves[0].value, ==, 1);
}

static void
test_pulled_out (Fixture *f, gconstpointer unused)
{
  sg_pad_map_bind (f->map, f->model, 0, SG_PAD_LEFT_X);
  sg_pad_map_move_axis (f->map, ABS_X, 1);
  g_assert_cmpfloat (take (f), ==, 6);
  sg_pad_map_let_go (f->map);
  g_assert_cmpfloat (take (f), ==, 0);
  g_assert_cmpint (sg_pad_map_get (f->map, f->model, 0), ==, SG_PAD_LEFT_X); /* for when it is back */
}

int
main (int argc, char **argv)
{
#define ADD(name, function) g_test_add ("/app/pad-map/" name, Fixture, NULL, set_up, function, tear_down)

  g_test_init (&argc, &argv, NULL);
  ADD ("dead-zone", test_dead_zone);
  ADD ("buttons", test_buttons);
  ADD ("ranges", test_ranges);
  ADD ("outlives-the-model", test_outlives_the_model);
  ADD ("pulled-out", test_pulled_out);
  return g_test_run ();
}
