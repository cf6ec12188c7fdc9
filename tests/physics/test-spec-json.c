/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "physics/spec-json.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "physics/error.h"
#include "physics/model.h"
#include "physics/rules.h"
#include "physics/spec-fields.h"

#define HEAD "{\"format\":\"simgen-spec\",\"version\":1"

static SgSpec *
parse (const char *text, GError **error)
{
  return sg_spec_parse ("input", text, strlen (text), error);
}

static void
assert_refused (const char *text, GQuark domain, int code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (parse (text, &error));
  g_assert_error (error, domain, code);
  if (!strstr (error->message, message))
    g_error ("\"%s\" is not in \"%s\"", message, error->message);
}

static void
test_everything_has_a_default (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgSpec) spec = parse (HEAD ",\"bodies\":[{\"joints\":[{}],\"geoms\":[{\"size\":[0.1]}]}],"
                                        "\"tendons\":[{}],\"actuators\":[{}],\"equalities\":[{}]}",
                                   &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (spec->gravity[2], ==, -9.81);
  const SgBody *body = &g_array_index (spec->bodies, SgBody, 0);
  g_assert_cmpstr (body->name, ==, "body1");
  g_assert_cmpstr (body->parent, ==, "world");
  g_assert_cmpfloat (body->quat[0], ==, 1);
  const SgGeom *geom = &g_array_index (body->geoms, SgGeom, 0);
  g_assert_cmpstr (geom->name, ==, "body1_sphere");
  g_assert_true (isnan (geom->mass));
  g_assert_cmpfloat (geom->density, ==, 500);
  g_assert_cmpfloat (geom->friction[0], ==, 0.6);
  const SgJoint *joint = &g_array_index (body->joints, SgJoint, 0);
  g_assert_cmpfloat (joint->axis[1], ==, 1);
  g_assert_false (joint->limited);
}

/* Degrees where a joint turns, metres where it slides. */
static void
test_units_of_joints (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgSpec) spec = parse (HEAD ",\"bodies\":[{\"joints\":["
                                        "{\"range\":[-90,90],\"initial_position\":30,\"initial_velocity\":2},"
                                        "{\"initial_position\":0.5,\"type\":\"slide\"}]}]}",
                                   &error);

  g_assert_no_error (error);
  const GArray *joints = g_array_index (spec->bodies, SgBody, 0).joints;
  const SgJoint *hinge = &g_array_index (joints, SgJoint, 0), *slide = &g_array_index (joints, SgJoint, 1);
  g_assert_true (hinge->limited);
  g_assert_cmpfloat_with_epsilon (hinge->range[0], -G_PI / 2, 1e-15);
  g_assert_cmpfloat_with_epsilon (hinge->initial_position, G_PI / 6, 1e-15);
  g_assert_cmpfloat (hinge->initial_velocity, ==, 2);
  g_assert_cmpfloat (slide->initial_position, ==, 0.5);

  g_autofree char *text = sg_spec_dump (spec);
  g_assert_nonnull (strstr (text, "\"initial_position\": 30,"));
  g_assert_nonnull (strstr (text, "[-90, 90]"));
}

static void
test_says_where_the_structure_is_wrong (void)
{
  static const struct
  {
    const char *text, *message;
  } wrong[] = {
    { "[]", "an object is expected" },
    { "{}", "format:" },
    { "{\"format\":\"simgen-sketch\",\"version\":1}", "format:" },
    { "{\"format\":\"simgen-spec\",\"version\":2}", "version:" },
    { "{\"format\":\"simgen-spec\",\"version\":\"1\"}", "version:" },
    { HEAD ",\"bodies\":{}}", "input: bodies: an array" },
    { HEAD ",\"bodies\":[1]}", "bodies[0]: a body" },
    { HEAD ",\"bodies\":[{},{\"joints\":[{\"rang\":[1,2]}]}]}",
      "bodies[1].joints[0].rang: a joint has no such" },
    { HEAD ",\"bodies\":[{\"joints\":[{\"type\":\"knee\"}]}]}",
      "bodies[0].joints[0].type: one of hinge, slide" },
    { HEAD ",\"bodies\":[{\"pos\":[0,0]}]}", "bodies[0].pos: an array of 3 numbers" },
    { HEAD ",\"bodies\":[{\"pos\":[0,0,null]}]}", "bodies[0].pos[2]: a number" },
    { HEAD ",\"geoms\":[{\"size\":[]}]}", "geoms[0].size: an array of 1 to 3" },
    { HEAD ",\"geoms\":[{\"outline\":[[0,0],[1]]}]}", "geoms[0].outline[1]: an array of 2" },
    { HEAD ",\"geoms\":[{\"contacts\":1}]}", "geoms[0].contacts: true or false" },
    { HEAD ",\"geoms\":[{\"rgba\":[1,0,0]}]}", "geoms[0].rgba: an array of 4" },
    { HEAD ",\"geoms\":[{\"name\":1}]}", "geoms[0].name: a string" },
    { HEAD ",\"timestep\":\"fast\"}", "timestep: a number" },
    { HEAD ",\"notes\":[\"a\",2]}", "notes[1]: a string" },
    { HEAD ",\"tendons\":[{\"path\":[{\"site\":[]}]}]}", "tendons[0].path[0].site: a string" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_refused (wrong[i].text, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_STRUCTURE, wrong[i].message);
}

static void
test_refuses_what_is_no_json_or_too_much (void)
{
  g_autofree char *huge = g_strnfill (SG_LIMIT_SPEC_BYTES + 1, ' ');
  g_autoptr (GString) many = g_string_new (HEAD ",\"geoms\":[{}");

  for (int i = 0; i < 64 * SG_LIMIT_BODIES; i++)
    g_string_append (many, ",{}");
  g_string_append (many, "]}");
  assert_refused ("", SG_BASE_ERROR, SG_BASE_ERROR_JSON, "input");
  assert_refused (HEAD ",\"timestep\":1e999}", SG_BASE_ERROR, SG_BASE_ERROR_JSON, "input");
  assert_refused (huge, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_TOO_LARGE, "spec-bytes");
  assert_refused (many->str, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_TOO_LARGE, "parts");

  g_autoptr (GError) error = NULL;
  g_assert_null (sg_spec_load ("/nowhere/spec.json", &error));
  g_assert_error (error, SG_BASE_ERROR, SG_BASE_ERROR_READ);
}

static SgSpec *
make_one_of_everything (void)
{
  static const double outline[] = { 0, 0, 0.3, 0, 0.1, 0.2 }, side[3] = { 0, 0, 2.3 };
  SgSpec *spec = sg_spec_new ();
  SgGeom prism = sg_geom_default (SG_GEOM_PRISM), wheel = sg_geom_default (SG_GEOM_CYLINDER);
  SgTendon rope = sg_tendon_default (SG_TENDON_ROPE);
  SgActuator push = sg_actuator_default (SG_ACTUATOR_FORCE),
             turn = sg_actuator_default (SG_ACTUATOR_VELOCITY);

  g_free (spec->title);
  spec->title = g_strdup ("A \"quoted\" <title> & ä");
  spec->air_density = 1.2;
  wheel.name = g_strdup ("wheel");
  wheel.size[0] = wheel.size[1] = 0.1;
  wheel.quat[1] = 1;
  wheel.slippery = TRUE;
  wheel.friction[0] = 0.02;
  wheel.rgba[2] = 0.25f;
  sg_spec_add_geom (spec, NULL, wheel);
  sg_spec_add_site (spec, NULL, "side", side);
  SgBody *box = sg_spec_add_body (spec, "box1", NULL, side);
  prism.size[1] = 0.05;
  prism.outline = g_memdup2 (outline, sizeof outline);
  prism.n_outline = 3;
  prism.restitution = 0.5;
  sg_spec_add_geom (spec, box, prism);
  sg_spec_add_planar_joints (spec, box);
  sg_spec_add_site (spec, box, "corner", outline);
  sg_tendon_add_site (&rope, "corner");
  sg_tendon_add_wrap (&rope, "wheel", "side");
  sg_tendon_add_site (&rope, "side");
  rope.length = 3;
  sg_spec_add_tendon (spec, rope);
  push.site = g_strdup ("corner");
  push.target = 4;
  sg_spec_add_actuator (spec, push);
  turn.joint = g_strdup ("box1.turn");
  turn.force_limited = TRUE;
  turn.force_range[0] = -1;
  turn.force_range[1] = 1;
  sg_spec_add_actuator (spec, turn);
  sg_spec_add_sensor (spec, SG_SENSOR_TENDON_LENGTH, "length", "rope1");
  sg_spec_add_equality (spec, SG_EQUALITY_CONNECT, NULL, "corner", "side");
  sg_spec_add_exclude (spec, "box1", "world");
  sg_spec_add_note (spec, "made up");
  return spec;
}

static void
test_nothing_is_lost (void)
{
  g_autoptr (SgSpec) spec = make_one_of_everything ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = sg_spec_dump (spec);
  g_autoptr (SgSpec) back = parse (text, &error);

  g_assert_no_error (error);
  g_assert_true (sg_rules_hold (spec, &error));
  g_assert_no_error (error);
  g_autofree char *again = sg_spec_dump (back);
  g_autofree char *mjcf = NULL;
  g_autofree char *mjcf_back = NULL;
  g_autoptr (SgModel) model = sg_model_from_spec (spec, &mjcf, &error);
  g_assert_no_error (error);
  g_autoptr (SgModel) model_back = sg_model_from_spec (back, &mjcf_back, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, again);
  g_assert_cmpstr (mjcf, ==, mjcf_back);
}

/* -- The schema -- */

static json_t *
load_data (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("SG_SOURCE_ROOT"), folder, name, NULL);
  g_autoptr (GError) error = NULL;
  json_t *value = sg_json_read (path, SG_LIMIT_ID_SPEC_BYTES, &error);

  g_assert_no_error (error);
  return value;
}

/* Each member of `record` is described by `properties`, and each member of those of its parts. */
static guint
check_described (json_t *schema, json_t *properties, const SgRecord *record)
{
  guint described = 0;

  for (guint i = 0; i < record->n_fields; i++, described++)
    {
      const SgField *field = &record->fields[i];
      json_t *property = json_object_get (properties, field->key);

      if (!property)
        g_error ("the schema does not describe %s of %s", field->key, record->what);
      if (field->kind != SG_FIELD_LIST)
        continue;
      const char *ref = json_string_value (json_object_get (json_object_get (property, "items"), "$ref"));

      g_assert_true (g_str_has_prefix (ref, "#/$defs/"));
      json_t *part = json_object_get (json_object_get (schema, "$defs"), ref + strlen ("#/$defs/"));
      json_t *members = json_object_get (part, "properties");

      g_assert_cmpuint (json_object_size (members), ==, field->record->n_fields);
      check_described (schema, members, field->record);
    }
  return described;
}

static void
test_the_schema_describes_every_member (void)
{
  g_autoptr (json_t) schema = load_data ("data/schema", "spec.schema.json");
  json_t *properties = json_object_get (schema, "properties");
  guint described = check_described (schema, properties, &sg_spec_record);

  g_assert_cmpuint (json_object_size (properties), ==, described + 2); /* format, version */
}

/* -- Damaged files -- */

static const char *const goldens[] = { "pendulum", "double_pendulum", "cart_pole",
                                       "box_stack", "robot_arm_2dof", "pulley" };

/* Most of the damage changes a number, which keeps the structure: the rules must see it. */
static char *
damage (const char *text, GRand *rand)
{
  static const char *const numbers[] = { "-1", "0", "1e9", "1e-9", "0.5", "200", "-0.0", "1e5", "0.001" };
  static const char *const pieces[] = { "[", "]", "{", "}", "null",
                                        "\"world\"", "\"free\"", ",", ":", "1e999" };
  GString *damaged = g_string_new (text);

  for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
    {
      gsize at = g_rand_int_range (rand, 0, (int)damaged->len), length = g_rand_int_range (rand, 0, 3);
      const char *piece = pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))];

      if (g_rand_int_range (rand, 0, 10) > 0)
        {
          at += strcspn (damaged->str + at, "0123456789");
          length = strspn (damaged->str + at, "0123456789.");
          piece = numbers[g_rand_int_range (rand, 0, G_N_ELEMENTS (numbers))];
        }
      g_string_erase (damaged, at, MIN (length, damaged->len - at));
      g_string_insert (damaged, at, piece);
    }
  return g_string_free (damaged, FALSE);
}

/* A damaged file is refused with an error of ours, or it is a spec that keeps the rules; then MuJoCo takes
 * it, or says why not, and a few steps end. */
static void
try_damaged (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgSpec) spec = parse (text, &error);
  g_autoptr (SgModel) model = spec ? sg_model_from_spec (spec, NULL, &error) : NULL;

  if (!model)
    {
      g_assert_true (error->domain == SG_PHYSICS_ERROR || error->domain == SG_BASE_ERROR);
      if (error->code == SG_PHYSICS_ERROR_MJCF && error->domain == SG_PHYSICS_ERROR)
        g_test_message ("past the rules: %s", error->message);
    }
}

static void
test_damaged_files (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < G_N_ELEMENTS (goldens); i++)
    {
      g_autofree char *file = g_strconcat (goldens[i], ".json", NULL);
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "spec", file, NULL);
      g_autoptr (GBytes) bytes = sg_file_read (path, SG_LIMIT_SPEC_BYTES, NULL);
      const char *text = g_bytes_get_data (bytes, NULL);

      for (int n = 0; n < 400; n++)
        {
          g_autofree char *damaged = damage (text, rand);

          try_damaged (damaged);
        }
      for (gsize size = 0; size < g_bytes_get_size (bytes); size += 7)
        {
          g_autofree char *cut = g_strndup (text, size);

          try_damaged (cut);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/physics/spec-json/defaults", test_everything_has_a_default);
  g_test_add_func ("/physics/spec-json/units", test_units_of_joints);
  g_test_add_func ("/physics/spec-json/structure", test_says_where_the_structure_is_wrong);
  g_test_add_func ("/physics/spec-json/refuses", test_refuses_what_is_no_json_or_too_much);
  g_test_add_func ("/physics/spec-json/round-trip", test_nothing_is_lost);
  g_test_add_func ("/physics/spec-json/schema", test_the_schema_describes_every_member);
  g_test_add_func ("/physics/spec-json/damaged", test_damaged_files);
  return g_test_run ();
}
