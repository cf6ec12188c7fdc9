/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "physics/rules.h"

#include <math.h>
#include <string.h>

#include "base/limits.h"
#include "physics/error.h"
#include "physics/spec-json.h"

#define HEAD "{\"format\":\"simgen-spec\",\"version\":1,"
#define BALL(name, more) "{\"name\":\"" name "\",\"geoms\":[{\"size\":[0.1]}]" more "}"
#define ONE(more) HEAD "\"bodies\":[" BALL ("a", ",\"joints\":[{\"name\":\"j\"}]") "]," more "}"
#define GEOM(members) HEAD "\"geoms\":[{\"name\":\"g\"," members "}]}"
#define JOINT(members) HEAD "\"bodies\":[" BALL ("a", ",\"joints\":[{" members "}]") "]}"

static SgSpec *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  SgSpec *spec = sg_spec_parse ("input", text, strlen (text), &error);

  g_assert_no_error (error);
  return spec;
}

typedef struct
{
  const char *text;
  SgPhysicsError code;
  const char *message; /* the beginning */
} Broken;

static void
assert_broken (const Broken *broken, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SgSpec) spec = parse (broken[i].text);
      g_autoptr (GPtrArray) problems = sg_rules_check (spec);

      if (problems->len != 1)
        for (guint k = 0; k < problems->len; k++)
          g_test_message ("%s", ((GError *)problems->pdata[k])->message);
      g_assert_cmpuint (problems->len, ==, 1);
      g_assert_error ((GError *)problems->pdata[0], SG_PHYSICS_ERROR, broken[i].code);
      if (!g_str_has_prefix (((GError *)problems->pdata[0])->message, broken[i].message))
        g_assert_cmpstr (((GError *)problems->pdata[0])->message, ==, broken[i].message);
    }
}

static void
test_options (void)
{
  static const Broken broken[] = {
    { HEAD "\"timestep\":0}", SG_PHYSICS_ERROR_BAD_NUMBER, "timestep: 0 is below 1e-05" },
    { HEAD "\"timestep\":1}", SG_PHYSICS_ERROR_BAD_NUMBER, "timestep: 1 is above 0.05" },
    { HEAD "\"gravity\":[0,0,1e300]}", SG_PHYSICS_ERROR_BAD_NUMBER, "gravity: " },
    { HEAD "\"air_density\":-1}", SG_PHYSICS_ERROR_BAD_NUMBER, "air_density: -1 is below 0" },
    { HEAD "\"title\":\"a\\u0001\"}", SG_PHYSICS_ERROR_STRUCTURE, "title: " },
  };

  assert_broken (broken, G_N_ELEMENTS (broken));
}

static void
test_geoms (void)
{
  static const Broken broken[] = {
    { GEOM ("\"size\":[0]"), SG_PHYSICS_ERROR_BAD_NUMBER, "geoms[0].size[0]: 0 is below 0.0001" },
    { GEOM ("\"type\":\"box\",\"size\":[1,1]"), SG_PHYSICS_ERROR_BAD_NUMBER, "geoms[0].size[2]: " },
    { GEOM ("\"size\":[1],\"mass\":-1"), SG_PHYSICS_ERROR_BAD_NUMBER, "geoms[0].mass: " },
    { GEOM ("\"size\":[1],\"friction\":[-1]"), SG_PHYSICS_ERROR_BAD_NUMBER, "geoms[0].friction[0]: " },
    { GEOM ("\"size\":[1],\"restitution\":1.5"), SG_PHYSICS_ERROR_BAD_NUMBER,
      "geoms[0].restitution: 1.5 is above 1" },
    { GEOM ("\"size\":[1],\"quat\":[0,0,0,0]"), SG_PHYSICS_ERROR_BAD_GEOM, "geoms[0].quat: " },
    { GEOM ("\"size\":[1],\"fromto\":[0,0,0,1,0,0]"), SG_PHYSICS_ERROR_BAD_GEOM, "geoms[0].fromto: only" },
    { GEOM ("\"type\":\"capsule\",\"size\":[1],\"fromto\":[0,0,0,0,0,0]"), SG_PHYSICS_ERROR_BAD_GEOM,
      "geoms[0].fromto: its two ends" },
    { GEOM ("\"type\":\"prism\",\"size\":[0,0.1],\"outline\":[[0,0],[1,0]]"), SG_PHYSICS_ERROR_BAD_GEOM,
      "geoms[0].outline: has 2 points" },
    { GEOM ("\"type\":\"prism\",\"size\":[0,0.1],\"outline\":[[0,0],[1,0],[2,0]]"),
      SG_PHYSICS_ERROR_BAD_GEOM, "geoms[0].outline: encloses no area" },
    { GEOM ("\"type\":\"prism\",\"size\":[0,0.1],\"outline\":[[0,0],[2,0],[0.5,0.5],[0,2]]"),
      SG_PHYSICS_ERROR_BAD_GEOM, "geoms[0].outline: is not convex" },
    /* A five-pointed star turns the same way at every point, but twice around. */
    { GEOM ("\"type\":\"prism\",\"size\":[0,0.1],\"outline\":[[0,1],[0.59,-0.81],[-0.95,0.31],[0.95,0.31],["
            "-0.59,-0.81]]"),
      SG_PHYSICS_ERROR_BAD_GEOM, "geoms[0].outline: is not convex" },
    { GEOM ("\"size\":[1]},{\"name\":\"g\",\"size\":[1]"), SG_PHYSICS_ERROR_DUPLICATE,
      "geoms[1].name: g is" },
    { HEAD "\"geoms\":[{\"name\":\"a b\",\"size\":[1]}]}", SG_PHYSICS_ERROR_BAD_GEOM, "geoms[0].name: " },
    { HEAD "\"bodies\":[{\"geoms\":[{\"type\":\"plane\"}]}]}", SG_PHYSICS_ERROR_BAD_GEOM,
      "bodies[0].geoms[0].type: " },
  };

  assert_broken (broken, G_N_ELEMENTS (broken));
}

static void
test_joints (void)
{
  static const Broken broken[] = {
    { JOINT ("\"range\":[20,10]"), SG_PHYSICS_ERROR_BAD_JOINT,
      "bodies[0].joints[0].range: 10 is below 20" },
    { JOINT ("\"type\":\"slide\",\"range\":[2,1.5]"), SG_PHYSICS_ERROR_BAD_JOINT,
      "bodies[0].joints[0].range: 1.5 is below 2" },
    { JOINT ("\"range\":[-10,10],\"initial_position\":30"), SG_PHYSICS_ERROR_BAD_JOINT,
      "bodies[0].joints[0].initial_position: 30 is outside the range -10 to 10" },
    { JOINT ("\"axis\":[0,0,0]"), SG_PHYSICS_ERROR_BAD_JOINT, "bodies[0].joints[0].axis: is zero" },
    { JOINT ("\"damping\":-1"), SG_PHYSICS_ERROR_BAD_NUMBER, "bodies[0].joints[0].damping: -1 is below 0" },
    { JOINT ("\"type\":\"free\",\"range\":[0,1]"), SG_PHYSICS_ERROR_BAD_JOINT,
      "bodies[0].joints[0].range: a free" },
    { JOINT ("\"type\":\"free\"},{\"type\":\"hinge\""), SG_PHYSICS_ERROR_BAD_JOINT,
      "bodies[0].joints: allow 7" },
    { JOINT ("\"type\":\"ball\"},{\"type\":\"hinge\""), SG_PHYSICS_ERROR_BAD_JOINT,
      "bodies[0].joints: a ball" },
    { HEAD "\"bodies\":[" BALL ("a", "") "," BALL (
        "b", ",\"parent\":\"a\",\"joints\":[{\"type\":\"free\"}]") "]}",
      SG_PHYSICS_ERROR_BAD_JOINT, "bodies[1].joints: a free joint needs the world" },
  };

  assert_broken (broken, G_N_ELEMENTS (broken));
}

static void
test_bodies (void)
{
  static const Broken broken[] = {
    { HEAD "\"bodies\":[" BALL ("a", ",\"parent\":\"b\"") "]}",
      SG_PHYSICS_ERROR_BAD_REFERENCE,
      "bodies[0].parent: no body is named b" },
    { HEAD "\"bodies\":[" BALL ("a", ",\"parent\":\"a\"") "]}",
      SG_PHYSICS_ERROR_LOOP,
      "bodies[0].parent: a hangs on a loop of parents" },
    { HEAD "\"bodies\":[" BALL ("world", "") "]}", SG_PHYSICS_ERROR_DUPLICATE, "bodies[0].name: world is" },
    { HEAD "\"bodies\":[{\"name\":\"a\",\"joints\":[{}]}]}",
      SG_PHYSICS_ERROR_BAD_BODY,
      "bodies[0]: a moves, but its mass is 0 kg" },
    { HEAD "\"bodies\":[" BALL ("a", ",\"initial_velocity\":[1,0,0,0,0,0]") "]}",
      SG_PHYSICS_ERROR_BAD_BODY,
      "bodies[0].initial_velocity: needs a free joint" },
  };

  assert_broken (broken, G_N_ELEMENTS (broken));
}

/* A body may have its mass from one that is welded to it; and a parent may come after its child. */
static void
test_what_is_allowed (void)
{
  g_autoptr (SgSpec) spec = parse (HEAD "\"bodies\":[" BALL (
    "b", ",\"parent\":\"a\"") ","
                              "{\"name\":\"a\",\"joints\":[{\"type\":\"slide\",\"range\":[-1,1]}]}]}");
  g_autoptr (GPtrArray) problems = sg_rules_check (spec);

  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_references (void)
{
  static const Broken broken[] = {
    { ONE ("\"tendons\":[{\"path\":[{\"site\":\"s\"}]}]"), SG_PHYSICS_ERROR_BAD_TENDON,
      "tendons[0].path: has 1" },
    { ONE ("\"sites\":[{\"name\":\"s\"}],\"tendons\":[{\"path\":[{\"site\":\"s\"},{\"site\":\"t\"}]}]"),
      SG_PHYSICS_ERROR_BAD_REFERENCE, "tendons[0].path[1].site: no site is named t" },
    { ONE (
        "\"sites\":[{\"name\":\"s\"}],\"tendons\":[{\"path\":[{\"site\":\"s\"},{\"geom\":\"a_sphere\"}]}]"),
      SG_PHYSICS_ERROR_BAD_TENDON, "tendons[0].path[1]: a tendon begins and ends at a site" },
    { ONE ("\"actuators\":[{\"joint\":\"k\"}]"), SG_PHYSICS_ERROR_BAD_REFERENCE,
      "actuators[0].joint: no joint is named k" },
    { ONE ("\"actuators\":[{}]"), SG_PHYSICS_ERROR_BAD_REFERENCE, "actuators[0].joint: no joint" },
    { ONE ("\"actuators\":[{\"joint\":\"j\",\"ctrl_range\":[1,1]}]"), SG_PHYSICS_ERROR_BAD_ACTUATOR,
      "actuators[0].ctrl_range: 1 is no more than 1" },
    { ONE ("\"sites\":[{\"name\":\"s\"}],\"actuators\":[{\"type\":\"force\",\"site\":\"s\",\"direction\":["
           "0,0,2]}]"),
      SG_PHYSICS_ERROR_BAD_ACTUATOR, "actuators[0].direction: has length 2" },
    { ONE ("\"sensors\":[{\"target\":\"k\"}]"), SG_PHYSICS_ERROR_BAD_REFERENCE,
      "sensors[0].target: no joint" },
    { ONE ("\"equalities\":[{\"type\":\"joint\",\"a\":\"j\",\"b\":\"j\"}]"), SG_PHYSICS_ERROR_BAD_EQUALITY,
      "equalities[0]: joins j with itself" },
    { ONE ("\"sites\":[{\"name\":\"s\"},{\"name\":\"t\"}],\"equalities\":[{\"a\":\"s\",\"b\":\"t\"}]"),
      SG_PHYSICS_ERROR_BAD_EQUALITY, "equalities[0]: s and t are on the same body" },
    { ONE ("\"excludes\":[{\"a\":\"a\",\"b\":\"c\"}]"), SG_PHYSICS_ERROR_BAD_REFERENCE,
      "excludes[0].b: no body" },
    { ONE ("\"excludes\":[{\"a\":\"a\",\"b\":\"a\"}]"), SG_PHYSICS_ERROR_BAD_BODY,
      "excludes[0]: a does not" },
  };

  assert_broken (broken, G_N_ELEMENTS (broken));
}

static void
test_all_problems_are_told (void)
{
  g_autoptr (SgSpec) spec =
    parse (HEAD "\"timestep\":-1,\"geoms\":[{\"size\":[-1]}],\"excludes\":[{\"a\":\"x\"}]}");
  g_autoptr (GPtrArray) problems = sg_rules_check (spec);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (problems->len, ==, 3);
  g_assert_false (sg_rules_hold (spec, &error));
  g_assert_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_BAD_NUMBER);
  g_assert_cmpstr (error->message, ==, "timestep: -1 is below 1e-05 (and 2 more)");
}

/* Numbers that JSON cannot carry, but an element's geometry might. */
static void
test_not_finite (void)
{
  g_autoptr (SgSpec) spec = parse (ONE ("\"planar\":true"));
  SgBody *body = sg_spec_find_body (spec, "a");

  body->pos[1] = NAN;
  g_array_index (body->geoms, SgGeom, 0).size[0] = INFINITY;
  g_autoptr (GPtrArray) problems = sg_rules_check (spec);
  g_assert_cmpuint (problems->len, ==, 2);
  g_assert_cmpstr (((GError *)problems->pdata[0])->message, ==, "bodies[0].pos: is not a finite number");
}

static void
test_limits (void)
{
  g_autoptr (SgSpec) many = sg_spec_new (), deep = sg_spec_new ();
  g_autoptr (GError) error = NULL;

  for (int i = 0; i <= SG_LIMIT_BODIES; i++)
    {
      g_autofree char *name = g_strdup_printf ("b%d", i);

      if (i == SG_LIMIT_BODIES) /* as many as may be */
        {
          sg_rules_hold (many, &error);
          g_assert_false (g_error_matches (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_TOO_LARGE));
          g_clear_error (&error);
        }
      sg_spec_add_body (many, name, NULL, NULL);
    }
  g_assert_false (sg_rules_hold (many, &error));
  g_assert_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_TOO_LARGE);
  g_clear_error (&error);
  for (int i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("b%d", i), *parent = g_strdup_printf ("b%d", i - 1);

      sg_spec_add_body (deep, name, i > 0 ? parent : NULL, NULL);
    }
  g_assert_false (sg_rules_hold (deep, &error));
  g_assert_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_TOO_LARGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/physics/rules/options", test_options);
  g_test_add_func ("/physics/rules/geoms", test_geoms);
  g_test_add_func ("/physics/rules/joints", test_joints);
  g_test_add_func ("/physics/rules/bodies", test_bodies);
  g_test_add_func ("/physics/rules/allowed", test_what_is_allowed);
  g_test_add_func ("/physics/rules/references", test_references);
  g_test_add_func ("/physics/rules/all", test_all_problems_are_told);
  g_test_add_func ("/physics/rules/not-finite", test_not_finite);
  g_test_add_func ("/physics/rules/limits", test_limits);
  return g_test_run ();
}
