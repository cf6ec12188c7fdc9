/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "physics/model.h"

#include <math.h>

#include "base/limits.h"
#include "physics/error.h"
#include "physics/fatal.h"

static const double nowhere[3] = { 0, 0, 0 };

static SgBody *
add_ball (SgSpec *spec, const char *name, double x, double z)
{
  SgBody *ball = sg_spec_add_body (spec, name, NULL, (const double[]){ x, 0, z });
  SgGeom sphere = sg_geom_default (SG_GEOM_SPHERE);

  sphere.size[0] = 0.1;
  sphere.mass = 1;
  sg_spec_add_geom (spec, ball, sphere);
  sg_spec_add_planar_joints (spec, ball);
  return ball;
}

static mjData *
start (const SgModel *model)
{
  mjData *data = mj_makeData (sg_model_get (model));

  sg_model_reset_data (model, data);
  return data;
}

static void
test_refuses_what_is_not_mjcf (void)
{
  static const char *const bad[] = { "", "no", "<mujoco><worldbody><geom/></worldbody></mujoco>",
                                     "<mujoco><worldbody><body><freejoint/></body></worldbody></mujoco>" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sg_model_compile (bad[i], &error));
      g_assert_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_MJCF);
      g_assert_true (g_str_has_prefix (error->message, "MuJoCo: "));
    }
}

static void
test_refuses_a_spec_that_breaks_a_rule (void)
{
  g_autoptr (SgSpec) spec = sg_spec_new ();
  g_autoptr (GError) error = NULL;
  char *mjcf = NULL;

  spec->timestep = 0;
  g_assert_null (sg_model_from_spec (spec, &mjcf, &error));
  g_assert_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_BAD_NUMBER);
  g_assert_null (mjcf);
}

static void
test_a_page_with_nothing_that_moves (void)
{
  g_autoptr (SgSpec) spec = sg_spec_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) model = sg_model_from_spec (spec, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (sg_model_get (model)->nbody, ==, 1);
}

/* The start is the same for every kind of joint: displaced and moving, and again after a reset. */
static void
test_starts_displaced_and_moving (void)
{
  g_autoptr (SgSpec) spec = sg_spec_new ();
  g_autoptr (GError) error = NULL;
  SgBody *ball = add_ball (spec, "ball1", 0, 1);

  g_array_index (ball->joints, SgJoint, 0).initial_position = 0.25;
  g_array_index (ball->joints, SgJoint, 2).initial_velocity = -3;
  SgBody *stone = sg_spec_add_body (spec, "stone", NULL, (const double[]){ 2, 0, 1 });
  SgGeom sphere = sg_geom_default (SG_GEOM_SPHERE);

  sphere.size[0] = 0.1;
  sg_spec_add_geom (spec, stone, sphere);
  sg_spec_add_joint (spec, stone, sg_joint_default (SG_JOINT_FREE));
  /* Upside down about x: the world's y is its own -y. */
  stone->quat[0] = 0;
  stone->quat[1] = 1;
  stone->initial_velocity[0] = 1.5;
  stone->initial_velocity[4] = 2;

  g_autoptr (SgModel) model = sg_model_from_spec (spec, NULL, &error);
  g_assert_no_error (error);
  mjData *data = start (model);

  for (int again = 0; again < 2; again++)
    {
      g_assert_cmpfloat (data->qpos[0], ==, 0.25);
      g_assert_cmpfloat (data->qvel[2], ==, -3);
      g_assert_cmpfloat (data->qpos[3], ==, 2);
      g_assert_cmpfloat (data->qvel[3], ==, 1.5);
      g_assert_cmpfloat (data->qvel[7], ==, -2);
      for (int i = 0; i < 10; i++)
        mj_step (sg_model_get (model), data);
      sg_model_reset_data (model, data);
    }
  mj_deleteData (data);
}

/* A weight on each side of a pulley, on a rope exactly as long as drawn. */
static void
test_a_rope_has_the_drawn_length (void)
{
  g_autoptr (SgSpec) spec = sg_spec_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *mjcf = NULL;
  SgGeom wheel = sg_geom_default (SG_GEOM_CYLINDER);
  SgTendon rope = sg_tendon_default (SG_TENDON_ROPE);

  wheel.name = g_strdup ("pulley1");
  wheel.size[0] = 0.2;
  wheel.size[1] = 0.05;
  wheel.quat[0] = wheel.quat[1] = M_SQRT1_2;
  wheel.pos[2] = 2;
  wheel.contacts = FALSE;
  sg_spec_add_geom (spec, NULL, wheel);
  sg_spec_add_site (spec, NULL, "above", (const double[]){ 0, 0, 2.21 });
  sg_spec_add_site (spec, add_ball (spec, "heavy", -0.2, 1), "end1", nowhere);
  SgBody *light = add_ball (spec, "light", 0.2, 1);
  g_array_index (light->geoms, SgGeom, 0).mass = 0.5;
  sg_spec_add_site (spec, light, "end2", nowhere);
  sg_tendon_add_site (&rope, "end1");
  sg_tendon_add_wrap (&rope, "pulley1", "above");
  sg_tendon_add_site (&rope, "end2");
  sg_spec_add_tendon (spec, rope);

  g_autoptr (SgModel) model = sg_model_from_spec (spec, &mjcf, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (sg_model_get (model)->tendon_range[1], 2 + G_PI * 0.2, 1e-6);

  /* The text alone says it too. */
  g_autoptr (SgModel) again = sg_model_compile (mjcf, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (sg_model_get (again)->tendon_range[1], ==, sg_model_get (model)->tendon_range[1]);

  mjData *data = start (model);
  while (data->time < 0.5)
    mj_step (sg_model_get (model), data);
  /* Atwood: a = g / 3, so 0.409 m in half a second. */
  g_assert_cmpfloat_with_epsilon (data->xpos[3 * 1 + 2], 1 - 0.409, 0.02);
  g_assert_cmpfloat_with_epsilon (data->xpos[3 * 2 + 2], 1 + 0.409, 0.02);
  mj_deleteData (data);
}

static void
raise_cb (gpointer data)
{
  mju_error ("it is %s", (const char *)data);
}

static void
nest_cb (gpointer data)
{
  char *inner = NULL;

  g_assert_false (sg_fatal_catch (raise_cb, (gpointer) "inner", &inner));
  g_assert_cmpstr (inner, ==, "it is inner");
  g_free (inner); /* now: the jump passes over what would be freed at the end */
  raise_cb (data);
}

static void
test_a_fatal_error_returns (void)
{
  g_autofree char *message = NULL;

  g_assert_true (sg_model_init_library (NULL));
  g_assert_false (sg_fatal_catch (nest_cb, (gpointer) "outer", &message));
  g_assert_cmpstr (message, ==, "it is outer");
}

/* MJCF of as many bytes as the limit says is compiled. */
static void
test_largest_mjcf (void)
{
  const char *mjcf = "<mujoco><worldbody><geom size=\"1\"/></worldbody></mujoco>";
  g_autofree char *spaces = g_strnfill (SG_LIMIT_MJCF_BYTES + 1 - strlen (mjcf), ' ');
  g_autofree char *more = g_strconcat (mjcf, spaces, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (sg_model_compile (more, &error));
  g_assert_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_TOO_LARGE);
  g_assert_cmpfloat (sg_error_get_number (error, SG_DETAIL_ACTUAL), ==, SG_LIMIT_MJCF_BYTES + 1);
  g_clear_error (&error);
  more[SG_LIMIT_MJCF_BYTES] = '\0';
  g_autoptr (SgModel) model = sg_model_compile (more, &error);
  g_assert_no_error (error);
  g_assert_nonnull (model);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/physics/model/not-mjcf", test_refuses_what_is_not_mjcf);
  g_test_add_func ("/physics/model/rules-first", test_refuses_a_spec_that_breaks_a_rule);
  g_test_add_func ("/physics/model/nothing-moves", test_a_page_with_nothing_that_moves);
  g_test_add_func ("/physics/model/start", test_starts_displaced_and_moving);
  g_test_add_func ("/physics/model/rope", test_a_rope_has_the_drawn_length);
  g_test_add_func ("/physics/model/fatal", test_a_fatal_error_returns);
  g_test_add_func ("/physics/model/largest-mjcf", test_largest_mjcf);
  return g_test_run ();
}
