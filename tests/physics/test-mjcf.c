/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What each part of a spec does once it moves. Drawn flat unless said. */
#include "physics/mjcf.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "physics/model.h"
#include "physics/spec-json.h"

#define HEAD "{\"format\":\"simgen-spec\",\"version\":1,"
#define FLOOR "{\"type\":\"plane\",\"name\":\"floor\"}"
#define PLANAR "\"joints\":[{\"type\":\"slide\"},{\"type\":\"slide\",\"axis\":[0,0,1]},{\"type\":\"hinge\"}]"
/* A cylinder lying along y: the disc that a circle is drawn as. */
#define DISC "\"type\":\"cylinder\",\"size\":[0.2,0.05],\"quat\":[1,1,0,0]"

typedef struct
{
  SgModel *model;
  const mjModel *m;
  mjData *d;
  char *mjcf;
} Run;

static Run
run_new (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgSpec) spec = sg_spec_parse ("input", json, strlen (json), &error);

  g_assert_no_error (error);
  Run run = { .model = sg_model_from_spec (spec, &run.mjcf, &error) };
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
  g_free (run->mjcf);
}

static void
run_until (Run *run, double time)
{
  while (run->d->time < time - 1e-9)
    mj_step (run->m, run->d);
}

/* -- Joints and bodies -- */

static void
test_hinge_limits (void)
{
  Run run = run_new (
    HEAD "\"bodies\":[{\"joints\":[{\"range\":[-45,45],\"initial_position\":-30,\"initial_velocity\":-9}],"
         "\"geoms\":[{\"type\":\"capsule\",\"size\":[0.03],\"fromto\":[0,0,0,0,0,-0.5]}]}]}");
  double least = 0, most = 0;

  while (run.d->time < 3)
    {
      mj_step (run.m, run.d);
      least = fmin (least, run.d->qpos[0]);
      most = fmax (most, run.d->qpos[0]);
    }
  /* A stop gives way a little where it is hit at 9 rad/s. */
  g_assert_cmpfloat (least, >, -G_PI / 4 - 0.04);
  g_assert_cmpfloat (least, <, -G_PI / 4);
  g_assert_cmpfloat (most, <, G_PI / 4 + 0.04);
  run_clear (&run);
}

static void
test_declared_masses_are_kept (void)
{
  Run run = run_new (HEAD "\"bodies\":[{" PLANAR ",\"geoms\":[{\"size\":[0.1],\"mass\":2},"
                          "{\"type\":\"box\",\"size\":[0.1,0.05,0.2],\"pos\":[1,0,0]}]}]}");

  /* Light wood: 500 kg/m3. */
  g_assert_cmpfloat_with_epsilon (run.m->body_mass[1], 2 + 500 * 0.2 * 0.1 * 0.4, 1e-9);
  run_clear (&run);
}

/* A prism is where it was drawn, however MuJoCo recentres meshes, and has the exact inertia of its solid. */
static void
test_prism (void)
{
  Run run = run_new (HEAD "\"bodies\":[{\"pos\":[3,0,1]," PLANAR
                          ",\"geoms\":[{\"type\":\"prism\",\"size\":[0,0.05],"
                          "\"pos\":[0.1,0,0],\"outline\":[[0,0],[0.3,0],[0,0.6]],\"mass\":1}]}]}");

  g_assert_cmpfloat_with_epsilon (run.d->xipos[3], 3 + 0.1 + 0.1, 1e-6);
  g_assert_cmpfloat_with_epsilon (run.d->xipos[5], 1 + 0.2, 1e-6);
  /* About y through the centroid: m (a^2 + b^2) / 18 for a right triangle with legs a, b. */
  mj_forward (run.m, run.d);
  double inertia = 0;
  for (int k = 0; k < 3; k++)
    inertia += run.m->body_inertia[3 + k] * pow (run.d->ximat[9 + 3 + k], 2);
  g_assert_cmpfloat_with_epsilon (inertia, (0.09 + 0.36) / 18, 1e-6);
  run_clear (&run);
}

static void
test_planar_stays_planar (void)
{
  Run run = run_new (
    HEAD "\"geoms\":[" FLOOR "],\"bodies\":[{\"pos\":[0,0,0.5]," PLANAR ",\"geoms\":[{" DISC "}]},"
         "{\"pos\":[0.05,0,1]," PLANAR ",\"geoms\":[{\"type\":\"box\",\"size\":[0.1,0.05,0.1]}]}]}");

  run_until (&run, 2);
  for (int i = 1; i < run.m->nbody; i++)
    g_assert_cmpfloat (run.d->xpos[3 * i + 1], ==, 0);
  run_clear (&run);
}

/* A box hinged on a fixed base that it overlaps turns freely; one that only lies there does not pass. */
static void
test_a_fixed_parent_is_no_obstacle (void)
{
  Run run =
    run_new (HEAD "\"bodies\":[{\"name\":\"base\",\"geoms\":[{\"type\":\"box\",\"size\":[0.1,0.05,0.1]}]},"
                  "{\"name\":\"arm\",\"parent\":\"base\",\"joints\":[{\"initial_position\":60}],"
                  "\"geoms\":[{\"type\":\"capsule\",\"size\":[0.03],\"fromto\":[0,0,0,0,0,-0.5]}]}]}");

  g_assert_cmpint (run.d->ncon, ==, 0);
  run_until (&run, 0.5);
  g_assert_cmpfloat (run.d->qpos[0], <, 0);
  run_clear (&run);
}

/* -- Contact -- */

static double
roll_down (const char *geom)
{
  static const double slope = 20 * G_PI / 180;
  g_autofree char *json =
    g_strdup_printf (HEAD "\"geoms\":[{\"type\":\"box\",\"size\":[3,0.05,0.1],\"quat\":[0.984807753012208,"
                          "0,0.17364817766693,0]}],"
                          "\"bodies\":[{\"pos\":[-1.776780,0,0.965946]," PLANAR ",\"geoms\":[{%s}]}]}",
                     geom);
  Run run = run_new (json);

  run_until (&run, 1);
  double along = hypot (run.d->qvel[0], run.d->qvel[1]) / (9.81 * sin (slope));

  run_clear (&run);
  return along;
}

static void
test_rolling (void)
{
  g_assert_cmpfloat_with_epsilon (roll_down (DISC), 2.0 / 3, 0.01);
  g_assert_cmpfloat_with_epsilon (roll_down ("\"size\":[0.2]"), 5.0 / 7, 0.01);
  /* On ice it slides without turning. */
  g_assert_cmpfloat_with_epsilon (roll_down (DISC ",\"slippery\":true,\"friction\":[0]"), 1, 0.01);
}

static void
test_a_stack_rests (void)
{
  g_autoptr (GString) json = g_string_new (HEAD "\"geoms\":[" FLOOR "],\"bodies\":[");

  for (int i = 0; i < 5; i++)
    g_string_append_printf (
      json,
      "%s{\"pos\":[%g,0,%g],\"joints\":[{\"type\":\"slide\"},{\"type\":\"slide\",\"axis\":[0,0,1]},"
      "{}],\"geoms\":[{\"type\":\"box\",\"size\":[0.1,0.05,0.1]}]}",
      i > 0 ? "," : "", i % 2 * 0.02, 0.1 + i * 0.21);
  g_string_append (json, "]}");
  Run run = run_new (json->str);

  run_until (&run, 4);
  g_assert_cmpfloat_with_epsilon (run.d->xpos[3 * 5 + 2], 0.9, 0.002);
  g_assert_cmpfloat (mju_norm (run.d->qvel, run.m->nv), <, 1e-5);
  run_clear (&run);
}

/* Speed after the first bounce over the speed before it. */
static double
bounce (double restitution)
{
  g_autofree char *json =
    g_strdup_printf (HEAD "\"geoms\":[" FLOOR "],\"bodies\":[{\"pos\":[0,0,1.1]," PLANAR
                          ",\"geoms\":[{\"size\":[0.1],\"restitution\":%g}]}]}",
                     restitution);
  Run run = run_new (json);
  double before = 0, after = 0;

  while (run.d->time < 0.6)
    {
      mj_step (run.m, run.d);
      before = fmin (before, run.d->qvel[1]);
      after = fmax (after, run.d->qvel[1]);
    }
  run_clear (&run);
  return -after / before;
}

static void
test_restitution (void)
{
  static const double asked[] = { 0.2, 0.5, 0.8, 0.95, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      double measured = bounce (asked[i]);

      g_test_message ("restitution %g: %.3f", asked[i], measured);
      g_assert_cmpfloat_with_epsilon (measured, asked[i], 0.05);
    }
}

/* A fast disc does not pass a thin wall. */
static void
test_a_wall_holds_what_is_fast (void)
{
  Run run =
    run_new (HEAD "\"gravity\":[0,0,0],\"geoms\":[{\"type\":\"box\",\"size\":[0.02,0.05,1]}],\"bodies\":[{"
                  "\"pos\":[-1,0,0],\"joints\":[{\"type\":\"slide\",\"initial_velocity\":80},"
                  "{\"type\":\"slide\",\"axis\":[0,0,1]},{}],\"geoms\":[{" DISC "}]}]}");

  run_until (&run, 0.2);
  g_assert_cmpfloat (run.d->xpos[3], <, 0);
  run_clear (&run);
}

/* -- Loops -- */

/* A four-bar linkage, closed by a connect, swinging. */
static void
test_a_loop_stays_closed (void)
{
#define BAR(dx, dz)                                                                                   \
  "\"geoms\":[{\"type\":\"capsule\",\"size\":[0.02],\"fromto\":[0,0,0," dx ",0," dz "],\"contacts\":" \
  "false}]"
  Run run = run_new (
    HEAD
    "\"sites\":[{\"name\":\"ground\",\"pos\":[1,0,0]}],\"bodies\":["
    "{\"name\":\"crank\",\"joints\":[{\"initial_velocity\":2}]," BAR (
      "0",
      "0.5") "},"
             "{\"name\":\"coupler\",\"parent\":\"crank\",\"pos\":[0,0,0.5],\"joints\":[{}]," BAR (
               "1",
               "0") "},"
                    "{\"name\":\"rocker\",\"parent\":\"coupler\",\"pos\":[1,0,0],\"joints\":[{}]," BAR (
                      "0", "-0.5") ",\"sites\":[{\"name\":\"foot\",\"pos\":[0,0,-0.5]}]}],"
                                   "\"equalities\":[{\"a\":\"foot\",\"b\":\"ground\"}]}");
  int foot = mj_name2id (run.m, mjOBJ_SITE, "foot"), ground = mj_name2id (run.m, mjOBJ_SITE, "ground");
  double gap = 0;

  run_until (&run, 0.1); /* the velocity at the start is not the loop's */
  while (run.d->time < 3)
    {
      mj_step (run.m, run.d);
      gap = fmax (gap, mju_dist3 (run.d->site_xpos + 3 * foot, run.d->site_xpos + 3 * ground));
    }
  g_test_message ("gap %.2f mm", gap * 1000);
  g_assert_cmpfloat (gap, <, 0.002);
  run_clear (&run);
}

/* -- Tendons -- */

static void
test_spring (void)
{
  Run run = run_new (
    HEAD "\"sites\":[{\"name\":\"top\",\"pos\":[0,0,2]}],\"bodies\":[{\"pos\":[0,0,1],"
         "\"joints\":[{\"type\":\"slide\",\"axis\":[0,0,1]}],\"geoms\":[{\"size\":[0.1],\"mass\":1}],"
         "\"sites\":[{\"name\":\"eye\"}]}],"
         "\"tendons\":[{\"path\":[{\"site\":\"top\"},{\"site\":\"eye\"}],\"stiffness\":50}]}");
  double lowest = 0;

  /* Free length as drawn: it sags by m g / k and swings by as much again. */
  while (run.d->time < 2)
    {
      mj_step (run.m, run.d);
      lowest = fmin (lowest, run.d->qpos[0]);
    }
  g_assert_cmpfloat_with_epsilon (lowest, -2 * 9.81 / 50, 0.005);
  run_clear (&run);
}

static void
test_rope_holds (void)
{
  Run run =
    run_new (HEAD "\"sites\":[{\"name\":\"top\",\"pos\":[0,0,2]}],\"bodies\":[{\"pos\":[0.6,0,1.2]," PLANAR
                  ",\"geoms\":[{\"size\":[0.1],\"mass\":60}],\"sites\":[{\"name\":\"eye\"}]}],"
                  "\"tendons\":[{\"type\":\"rope\",\"path\":[{\"site\":\"top\"},{\"site\":\"eye\"}]}],"
                  "\"sensors\":[{\"type\":\"tendon-length\",\"target\":\"rope1\"}]}");
  double longest = 0;

  while (run.d->time < 3)
    {
      mj_step (run.m, run.d);
      longest = fmax (longest, run.d->sensordata[0]);
    }
  g_test_message ("a rope of 1 m became %.4f m", longest);
  g_assert_cmpfloat (longest, <, 1.005);
  run_clear (&run);
}

/* -- Actuators -- */

static void
test_a_motor_turns_at_its_speed (void)
{
  Run run = run_new (HEAD "\"bodies\":[{\"joints\":[{\"name\":\"axle\"}],\"geoms\":[{" DISC "}]}],"
                          "\"actuators\":[{\"type\":\"velocity\",\"joint\":\"axle\",\"target\":6}]}");

  run_until (&run, 2);
  g_assert_cmpfloat (run.d->ctrl[0], ==, 0);
  g_assert_cmpfloat_with_epsilon (run.d->qvel[0], 6, 0.01);
  run.d->ctrl[0] = -2;
  run_until (&run, 4);
  g_assert_cmpfloat_with_epsilon (run.d->qvel[0], 4, 0.01);
  run_clear (&run);
}

/* A driven wheel on the floor goes to the right where its hinge about +y is driven forwards. */
static void
test_a_wheel_drives (void)
{
  Run run = run_new (HEAD "\"geoms\":[" FLOOR "],\"bodies\":[{\"pos\":[0,0,0.2]," PLANAR
                          ",\"geoms\":[{" DISC "}]}],"
                          "\"actuators\":[{\"type\":\"velocity\",\"joint\":\"body1_hinge\",\"target\":5}]}");

  run_until (&run, 2);
  g_assert_cmpfloat_with_epsilon (run.d->qvel[0], 5 * 0.2, 0.02);
  run_clear (&run);
}

/* 3 N to the right on the rim of a turning disc of 1.5 kg: it keeps its direction in the world. */
static void
test_a_force_keeps_its_direction (void)
{
  Run run = run_new (
    HEAD "\"gravity\":[0,0,0],\"bodies\":[{\"name\":\"d\"," PLANAR ",\"geoms\":[{" DISC ",\"mass\":1.5}],"
         "\"sites\":[{\"name\":\"rim\",\"pos\":[0,0,0.1]}]}],"
         "\"actuators\":[{\"type\":\"force\",\"site\":\"rim\",\"target\":3,\"direction\":[1,0,0]}]}");

  run_until (&run, 2);
  g_assert_cmpfloat (fabs (run.d->qpos[2]), >, 0.5);
  g_assert_cmpfloat_with_epsilon (run.d->qvel[0], 2 * 3 / 1.5, 0.01);
  g_assert_cmpfloat_with_epsilon (run.d->qvel[1], 0, 0.01);
  run_clear (&run);
}

/* -- Text -- */

static void
test_names_and_titles_are_readable (void)
{
  Run run = run_new (HEAD "\"title\":\"Tom & \\\"Jerry\\\" <2>\",\"bodies\":[{\"name\":\"ball1\"," PLANAR
                          ",\"geoms\":[{\"size\":[0.1]}]}]}");

  g_assert_nonnull (strstr (run.mjcf, "model=\"Tom &amp; &quot;Jerry&quot; &lt;2&gt;\""));
  g_assert_nonnull (strstr (run.mjcf, "<geom name=\"ball1_sphere\" type=\"sphere\" size=\"0.1\"/>"));
  g_assert_null (strstr (run.mjcf, "keyframe"));
  run_clear (&run);
}

static void
test_the_same_text_in_any_locale (void)
{
  const char *const json = HEAD "\"timestep\":0.0015,\"geoms\":[{\"size\":[0.123456789]}]}";
  Run plain = run_new (json);

  if (!setlocale (LC_ALL, "de_DE.UTF-8") && !setlocale (LC_ALL, "fr_FR.UTF-8"))
    g_test_skip ("no locale with a decimal comma is installed");
  else
    {
      Run comma = run_new (json);

      g_assert_cmpstr (plain.mjcf, ==, comma.mjcf);
      run_clear (&comma);
      setlocale (LC_ALL, "C");
    }
  run_clear (&plain);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/physics/mjcf/hinge-limits", test_hinge_limits);
  g_test_add_func ("/physics/mjcf/masses", test_declared_masses_are_kept);
  g_test_add_func ("/physics/mjcf/prism", test_prism);
  g_test_add_func ("/physics/mjcf/planar", test_planar_stays_planar);
  g_test_add_func ("/physics/mjcf/fixed-parent", test_a_fixed_parent_is_no_obstacle);
  g_test_add_func ("/physics/mjcf/rolling", test_rolling);
  g_test_add_func ("/physics/mjcf/stack", test_a_stack_rests);
  g_test_add_func ("/physics/mjcf/restitution", test_restitution);
  g_test_add_func ("/physics/mjcf/thin-wall", test_a_wall_holds_what_is_fast);
  g_test_add_func ("/physics/mjcf/loop", test_a_loop_stays_closed);
  g_test_add_func ("/physics/mjcf/spring", test_spring);
  g_test_add_func ("/physics/mjcf/rope", test_rope_holds);
  g_test_add_func ("/physics/mjcf/motor", test_a_motor_turns_at_its_speed);
  g_test_add_func ("/physics/mjcf/wheel", test_a_wheel_drives);
  g_test_add_func ("/physics/mjcf/force", test_a_force_keeps_its_direction);
  g_test_add_func ("/physics/mjcf/text", test_names_and_titles_are_readable);
  g_test_add_func ("/physics/mjcf/locale", test_the_same_text_in_any_locale);
  return g_test_run ();
}
