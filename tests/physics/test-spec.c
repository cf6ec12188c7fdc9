/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "physics/spec.h"

#include <math.h>

static const double nowhere[3] = { 0, 0, 0 };

static void
test_an_empty_spec_does_not_move (void)
{
  g_autoptr (SgSpec) spec = sg_spec_new ();

  g_assert_cmpfloat (spec->gravity[2], ==, -9.81);
  g_assert_cmpfloat (spec->timestep, ==, 0.002);
  g_assert_true (spec->planar);
  g_assert_false (sg_spec_moves (spec));
}

static void
test_names_are_readable_and_unique (void)
{
  g_autoptr (SgSpec) spec = sg_spec_new ();
  SgBody *ball = sg_spec_add_body (spec, "ball1", NULL, nowhere);

  g_assert_cmpstr (ball->parent, ==, "world");
  g_assert_cmpstr (sg_spec_add_geom (spec, ball, sg_geom_default (SG_GEOM_SPHERE))->name, ==, "ball1_sphere");
  g_assert_cmpstr (sg_spec_add_geom (spec, ball, sg_geom_default (SG_GEOM_SPHERE))->name, ==,
                   "ball1_sphere2");
  g_assert_cmpstr (sg_spec_add_geom (spec, NULL, sg_geom_default (SG_GEOM_PLANE))->name, ==, "plane1");
  g_assert_cmpstr (sg_spec_add_site (spec, NULL, NULL, nowhere)->name, ==, "site1");
  g_assert_cmpstr (sg_spec_add_body (spec, NULL, "ball1", nowhere)->name, ==, "body1");
  g_assert_cmpstr (sg_spec_add_body (spec, NULL, "ball1", nowhere)->name, ==, "body2");
  g_assert_cmpstr (sg_spec_add_tendon (spec, sg_tendon_default (SG_TENDON_ROPE))->name, ==, "rope1");
}

static void
test_planar_joints (void)
{
  g_autoptr (SgSpec) spec = sg_spec_new ();
  SgBody *box = sg_spec_add_body (spec, "box1", NULL, nowhere);

  sg_spec_add_planar_joints (spec, box);
  g_assert_cmpuint (box->joints->len, ==, 3);
  g_assert_cmpstr (g_array_index (box->joints, SgJoint, 0).name, ==, "box1.x");
  g_assert_cmpstr (g_array_index (box->joints, SgJoint, 2).name, ==, "box1.turn");
  g_assert_cmpfloat (g_array_index (box->joints, SgJoint, 1).axis[2], ==, 1);
  g_assert_true (sg_spec_moves (spec));
}

/* A copy shares nothing: what is done to the original afterwards, freeing included, does not reach it. */
static void
test_a_copy_is_deep (void)
{
  SgSpec *spec = sg_spec_new ();
  SgBody *rod = sg_spec_add_body (spec, "rod1", NULL, nowhere);
  SgGeom prism = sg_geom_default (SG_GEOM_PRISM);
  const double outline[] = { 0, 0, 1, 0, 0, 1 };

  prism.outline = g_memdup2 (outline, sizeof outline);
  prism.n_outline = 3;
  sg_spec_add_geom (spec, rod, prism);
  sg_spec_add_planar_joints (spec, rod);
  sg_spec_add_site (spec, rod, "tip", nowhere);
  SgTendon *rope = sg_spec_add_tendon (spec, sg_tendon_default (SG_TENDON_ROPE));
  sg_tendon_add_site (rope, "tip");
  sg_tendon_add_wrap (rope, "wheel", "side");
  sg_spec_add_actuator (spec, sg_actuator_default (SG_ACTUATOR_MOTOR))->joint = g_strdup ("rod1.turn");
  sg_spec_add_sensor (spec, SG_SENSOR_JOINT_POSITION, "angle", "rod1.turn");
  sg_spec_add_equality (spec, SG_EQUALITY_CONNECT, NULL, "tip", "tip");
  sg_spec_add_exclude (spec, "rod1", "world");
  sg_spec_add_note (spec, "starts at %d degrees", 30);

  g_autoptr (SgSpec) copy = sg_spec_copy (spec);
  sg_spec_free (spec);
  SgBody *same = sg_spec_find_body (copy, "rod1");
  g_assert_nonnull (same);
  g_assert_cmpfloat (g_array_index (same->geoms, SgGeom, 0).outline[5], ==, 1);
  g_assert_cmpstr (g_array_index (same->sites, SgSite, 0).name, ==, "tip");
  SgTendon *tendon = &g_array_index (copy->tendons, SgTendon, 0);
  g_assert_cmpstr (g_array_index (tendon->path, SgTendonPoint, 1).side_site, ==, "side");
  g_assert_cmpstr (g_array_index (copy->actuators, SgActuator, 0).joint, ==, "rod1.turn");
  g_assert_cmpstr (g_array_index (copy->sensors, SgSensor, 0).target, ==, "rod1.turn");
  g_assert_cmpstr (g_array_index (copy->equalities, SgEquality, 0).name, ==, "connect1");
  g_assert_cmpstr (g_array_index (copy->excludes, SgExclude, 0).b, ==, "world");
  g_assert_cmpstr (copy->notes->pdata[0], ==, "starts at 30 degrees");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/physics/spec/empty", test_an_empty_spec_does_not_move);
  g_test_add_func ("/physics/spec/names", test_names_are_readable_and_unique);
  g_test_add_func ("/physics/spec/planar-joints", test_planar_joints);
  g_test_add_func ("/physics/spec/copy", test_a_copy_is_deep);
  return g_test_run ();
}
