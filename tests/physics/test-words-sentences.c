/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sentences of fixtures/words/sentences.txt, each with exactly what it changes. A change is a member of the
 * spec's JSON by its path; of a mechanism made from words alone it is what there is of each kind. */
#include <math.h>
#include <string.h>

#include <jansson.h>

#include "physics/model.h"
#include "physics/rules.h"
#include "physics/spec-json.h"
#include "physics/words.h"

typedef struct
{
  guint n, right;
} Score;

/* -- Scenes -- */

static SgBody *
add_body (SgSpec *spec, const char *name, SgGeom geom, double x, double z)
{
  SgBody *body = sg_spec_add_body (spec, name, NULL, (const double[]){ x, 0, z });

  sg_spec_add_geom (spec, body, geom);
  return body;
}

static SgGeom
sphere (double radius)
{
  SgGeom geom = sg_geom_default (SG_GEOM_SPHERE);

  geom.size[0] = radius;
  geom.mass = 1;
  return geom;
}

static SgGeom
box (double half, double depth)
{
  SgGeom geom = sg_geom_default (SG_GEOM_BOX);

  geom.size[0] = half;
  geom.size[1] = geom.size[2] = depth;
  geom.mass = 1;
  return geom;
}

static void
add_joint (SgSpec *spec, SgBody *body, SgJointType type, const char *name)
{
  SgJoint joint = sg_joint_default (type);

  joint.name = g_strdup (name);
  sg_spec_add_joint (spec, body, joint);
}

static void
add_spring (SgSpec *spec, const char *name, const char *a, const char *b)
{
  SgTendon spring = sg_tendon_default (SG_TENDON_SPRING);

  spring.name = g_strdup (name);
  sg_tendon_add_site (&spring, a);
  sg_tendon_add_site (&spring, b);
  sg_spec_add_tendon (spec, spring);
}

/* Two balls, the right one larger and red, a box, a ramp, a floor; a spring from the first ball to the box,
 * one from the second to the world. */
static SgSpec *
make_yard (void)
{
  SgSpec *spec = sg_spec_new ();
  SgGeom ramp = box (1, 0.1), red = sphere (0.2), plane = sg_geom_default (SG_GEOM_PLANE);
  SgBody *body;

  ramp.name = g_strdup ("ramp1");
  plane.name = g_strdup ("ground");
  ramp.pos[0] = 3;
  red.rgba[0] = 0.86f;
  red.rgba[1] = 0.24f;
  red.rgba[2] = 0.22f;
  sg_spec_add_geom (spec, NULL, plane);
  sg_spec_add_geom (spec, NULL, ramp);
  body = add_body (spec, "ball1", sphere (0.1), -1, 1);
  sg_spec_add_planar_joints (spec, body);
  sg_spec_add_site (spec, body, "a", NULL);
  body = add_body (spec, "ball2", red, 1, 1);
  sg_spec_add_planar_joints (spec, body);
  sg_spec_add_site (spec, body, "b", NULL);
  body = add_body (spec, "box1", box (0.1, 0.1), 0, 2);
  sg_spec_add_planar_joints (spec, body);
  sg_spec_add_site (spec, body, "c", NULL);
  sg_spec_add_site (spec, NULL, "d", (const double[]){ 0, 0, 3 });
  add_spring (spec, "spring1", "a", "c");
  add_spring (spec, "spring2", "b", "d");
  return spec;
}

/* One rod on a pin with a bob at its end. */
static SgSpec *
make_pendulum (void)
{
  SgSpec *spec = sg_spec_new ();
  SgGeom rod = sg_geom_default (SG_GEOM_CAPSULE), bob = sphere (0.1);
  SgBody *body;

  rod.size[0] = 0.02;
  rod.has_fromto = TRUE;
  rod.fromto[5] = -1;
  rod.mass = 0.25;
  bob.pos[2] = -1;
  body = add_body (spec, "rod1", rod, 0, 2);
  sg_spec_add_geom (spec, body, bob);
  add_joint (spec, body, SG_JOINT_HINGE, "pin_rod1_world");
  return spec;
}

/* A box on two wheels, the left one with a motor. */
static SgSpec *
make_car (void)
{
  SgSpec *spec = sg_spec_new ();
  SgActuator motor = sg_actuator_default (SG_ACTUATOR_VELOCITY);

  sg_spec_add_planar_joints (spec, add_body (spec, "box1", box (0.4, 0.1), 0, 0.4));
  for (guint i = 0; i < 2; i++)
    {
      SgGeom disc = sg_geom_default (SG_GEOM_CYLINDER);
      g_autofree char *name = g_strdup_printf ("wheel%u", i + 1), *pin = g_strdup_printf ("axle%u", i + 1);
      SgBody *wheel = sg_spec_add_body (spec, name, "box1", (const double[]){ i ? 0.3 : -0.3, 0, -0.2 });

      disc.size[0] = 0.15;
      disc.size[1] = 0.05;
      disc.mass = 1;
      sg_spec_add_geom (spec, wheel, disc);
      add_joint (spec, wheel, SG_JOINT_HINGE, pin);
    }
  motor.name = g_strdup ("motor1");
  motor.joint = g_strdup ("axle1");
  motor.target = 3;
  sg_spec_add_actuator (spec, motor);
  return spec;
}

/* Two links on pins. */
static SgSpec *
make_links (void)
{
  SgSpec *spec = sg_spec_new ();

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("rod%u", i + 1), *pin = g_strdup_printf ("pin%u", i + 1);
      SgGeom rod = sg_geom_default (SG_GEOM_CAPSULE);
      SgBody *body = sg_spec_add_body (spec, name, i ? "rod1" : NULL, (const double[]){ 0, 0, i ? -1 : 3 });

      rod.size[0] = 0.03;
      rod.has_fromto = TRUE;
      rod.fromto[5] = -1;
      rod.mass = 1;
      sg_spec_add_geom (spec, body, rod);
      add_joint (spec, body, SG_JOINT_HINGE, pin);
    }
  return spec;
}

static SgSpec *
make_scene (const char *name)
{
  if (g_str_equal (name, "yard"))
    return make_yard ();
  if (g_str_equal (name, "pendulum"))
    return make_pendulum ();
  if (g_str_equal (name, "car"))
    return make_car ();
  if (g_str_equal (name, "links"))
    return make_links ();
  g_assert_cmpstr (name, ==, "empty");
  return sg_spec_new ();
}

/* -- Differences -- */

/* Members of arrays are known by their names, where they have some. */
static void
flatten (GHashTable *flat, const char *path, json_t *value)
{
  const char *key;
  json_t *member;
  gsize i;

  if (json_is_object (value))
    json_object_foreach (value, key, member)
    {
      g_autofree char *inner = g_strdup_printf ("%s%s%s", path, *path ? "." : "", key);

      flatten (flat, inner, member);
    }
  else if (json_is_array (value))
    json_array_foreach (value, i, member)
    {
      const char *name = json_string_value (json_object_get (member, "name"));
      g_autofree char *inner = name ? g_strdup_printf ("%s.%s", path, name)
                                    : g_strdup_printf ("%s.%u", path, (guint)i);

      flatten (flat, inner, member);
    }
  else
    g_hash_table_insert (flat, g_strdup (path),
                         json_is_number (value)  ? g_strdup_printf ("%.4g", json_number_value (value))
                         : json_is_true (value)  ? g_strdup ("true")
                         : json_is_false (value) ? g_strdup ("false")
                                                 : g_strdup (json_string_value (value)));
}

static GHashTable *
flatten_spec (const SgSpec *spec)
{
  GHashTable *flat = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *text = sg_spec_dump (spec);
  json_t *json = json_loads (text, 0, NULL);

  flatten (flat, "", json);
  json_decref (json);
  return flat;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* "path=value" of each that is new or other, "-path" of each that is gone, sorted; names' own left out. */
static char *
difference (GHashTable *before, GHashTable *after)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer path, value;

  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &path, &value))
    if (g_strcmp0 (g_hash_table_lookup (before, path), value) != 0 && !g_str_has_suffix (path, ".name"))
      g_ptr_array_add (lines, g_strdup_printf ("%s=%s", (char *)path, (char *)value));
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &path, &value))
    if (!g_hash_table_contains (after, path) && g_str_has_suffix (path, ".name"))
      g_ptr_array_add (lines, g_strdup_printf ("-%.*s", (int)strlen (path) - 5, (char *)path));
    else if (!g_hash_table_contains (after, path))
      {
        g_autofree char *owner =
          g_strndup (path, strrchr (path, '.') ? strrchr (path, '.') - (char *)path : 0);
        g_autofree char *name = g_strconcat (owner, ".name", NULL);

        if (!*owner || g_hash_table_contains (after, name))
          g_ptr_array_add (lines, g_strdup_printf ("-%s", (char *)path));
      }
  g_ptr_array_sort (lines, compare_texts);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("; ", (char **)lines->pdata);
}

static guint
count_joints (const SgSpec *spec, SgJointType type)
{
  guint n = 0;

  for (guint i = 0; i < spec->bodies->len; i++)
    {
      const GArray *joints = g_array_index (spec->bodies, SgBody, i).joints;

      for (guint k = 0; k < joints->len; k++)
        n += g_array_index (joints, SgJoint, k).type == type &&
             !strchr (g_array_index (joints, SgJoint, k).name, '.');
    }
  return n;
}

/* What there is of each kind, and what the bodies weigh. */
static char *
inventory (const SgSpec *spec)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "bodies=%u pins=%u ties=%u motors=%u gravity=%.4g", spec->bodies->len,
                          count_joints (spec, SG_JOINT_HINGE), spec->tendons->len, spec->actuators->len,
                          -spec->gravity[2]);
  g_string_append (text, " kg=");
  for (guint i = 0; i < spec->bodies->len; i++)
    g_string_append_printf (text, "%s%.3g", i > 0 ? "," : "",
                            sg_body_mass (&g_array_index (spec->bodies, SgBody, i)));
  return g_string_free (text, FALSE);
}

/* What the sentence did; "!reason" where any of it was not understood. A made one must also compile. */
static char *
apply (const char *scene, const char *words)
{
  g_autoptr (SgSpec) spec = make_scene (scene);
  g_autoptr (GHashTable) before = flatten_spec (spec);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) statements = sg_words_apply (words, spec, &error);

  g_assert_no_error (error);
  if (!sg_rules_hold (spec, &error))
    return g_strdup_printf ("broken: %s", error->message);
  for (guint i = 0; i < statements->len; i++)
    {
      const SgStatement *statement = &g_array_index (statements, SgStatement, i);

      g_assert_cmpuint (statement->begin, <, statement->end);
      g_assert_cmpuint (statement->end, <=, strlen (words));
      if (statement->reason != SG_WORDS_UNDERSTOOD)
        return g_strdup_printf ("!%s", sg_words_reason_name (statement->reason));
    }
  if (g_str_equal (scene, "empty") && spec->bodies->len > 0)
    {
      g_autoptr (SgModel) model = sg_model_from_spec (spec, NULL, &error);

      return model ? inventory (spec) : g_strdup_printf ("broken: %s", error->message);
    }
  g_autoptr (GHashTable) after = flatten_spec (spec);
  return difference (before, after);
}

/* -- The file -- */

static char *
read_fixture (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "words", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* "scene | sentence | what it does" */
static void
try_line (const char *line, Score *score)
{
  g_auto (GStrv) parts = g_strsplit (line, " | ", 3);

  g_assert_cmpuint (g_strv_length (parts), ==, 3);
  g_autofree char *did = apply (parts[0], parts[1]);
  score->n++;
  if (g_str_equal (did, parts[2]))
    score->right++;
  else
    g_test_message ("%s | %s | %s", parts[0], parts[1], did);
}

static Score
try_file (const char *name)
{
  g_autofree char *text = read_fixture (name);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  Score score = { 0, 0 };

  for (guint i = 0; lines[i]; i++)
    if (*lines[i] && *lines[i] != '#')
      try_line (lines[i], &score);
  g_test_message ("%s: %u of %u", name, score.right, score.n);
  return score;
}

static void
test_sentences (void)
{
  Score score = try_file ("sentences.txt");

  g_assert_cmpuint (score.n, >=, 120);
  g_assert_cmpuint (100 * score.right, >=, 95 * score.n);
}

/* Nothing is made up: each is refused with its reason. */
static void
test_refused (void)
{
  Score score = try_file ("refused.txt");

  g_assert_cmpuint (score.n, >=, 30);
  g_assert_cmpuint (score.right, ==, score.n);
}

/* A refused sentence changes nothing. */
static void
test_refused_changes_nothing (void)
{
  g_autofree char *text = read_fixture ("refused.txt");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i]; i++)
    if (*lines[i] && *lines[i] != '#')
      {
        g_auto (GStrv) parts = g_strsplit (lines[i], " | ", 3);
        g_autoptr (SgSpec) spec = make_scene (parts[0]);
        g_autofree char *before = sg_spec_dump (spec), *after = NULL;
        g_autoptr (GArray) statements = sg_words_apply (parts[1], spec, NULL);

        g_assert_cmpuint (statements->len, >, 0);
        after = sg_spec_dump (spec);
        if (!g_str_equal (before, after))
          g_error ("\"%s\" changed something", parts[1]);
      }
}

/* The same words do the same. */
static void
test_deterministic (void)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (SgSpec) a = sg_spec_new (), b = sg_spec_new ();
      g_autoptr (GArray) first = sg_words_apply ("three rubber balls falling on the moon", a, NULL);
      g_autoptr (GArray) second = sg_words_apply ("three rubber balls falling on the moon", b, NULL);
      g_autofree char *one = sg_spec_dump (a), *other = sg_spec_dump (b);

      g_assert_cmpuint (first->len, ==, second->len);
      g_assert_cmpstr (one, ==, other);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (sg_model_init_library (NULL));
  g_test_add_func ("/physics/words/sentences", test_sentences);
  g_test_add_func ("/physics/words/refused", test_refused);
  g_test_add_func ("/physics/words/refused/nothing-changes", test_refused_changes_nothing);
  g_test_add_func ("/physics/words/deterministic", test_deterministic);
  return g_test_run ();
}
