/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules of a spec as a whole and of what connects bodies; those of the bodies are in rules-body.c. Bodies
 * come first, so that every name that others may refer to is known by then. */
#include "physics/rules.h"

#include <math.h>
#include <string.h>

#include "base/limits.h"
#include "physics/mjcf.h"
#include "physics/rules-private.h"

#define MAX_NAME 100
#define MAX_PATH 100 /* points of a tendon */

/* -- Reporting -- */

static void
append_place (GString *out, const SgPlace *place)
{
  if (!place)
    return;
  g_string_append_printf (out, "%s[%u]", place->list, place->i);
  if (place->inner)
    g_string_append_printf (out, ".%s[%u]", place->inner, place->j);
}

void
sg_rules_report (
  SgRules *rules, SgPhysicsError code, const SgPlace *place, const char *member, const char *format, ...)
{
  g_autoptr (GString) message = g_string_new (NULL);
  va_list args;

  append_place (message, place);
  if (place && member)
    g_string_append_c (message, '.');
  if (member)
    g_string_append (message, member);
  g_autofree char *path = g_strdup (message->str);

  g_string_append (message, ": ");
  va_start (args, format);
  g_string_append_vprintf (message, format, args);
  va_end (args);
  GError *error = g_error_new_literal (SG_PHYSICS_ERROR, code, message->str);
  sg_error_add_text (&error, SG_DETAIL_PATH, path);
  g_ptr_array_add (rules->problems, error);
}

void
sg_rules_number (
  SgRules *rules, const SgPlace *place, const char *member, double value, double low, double high)
{
  const SgPhysicsError code = SG_PHYSICS_ERROR_BAD_NUMBER;

  if (!isfinite (value))
    sg_rules_report (rules, code, place, member, "is not a finite number");
  else if (value < low)
    sg_rules_report (rules, code, place, member, "%g is below %g", value, low);
  else if (value > high)
    sg_rules_report (rules, code, place, member, "%g is above %g", value, high);
}

gboolean
sg_rules_numbers (SgRules *rules, const SgPlace *place, const char *member, const double *values, guint n)
{
  for (guint i = 0; i < n; i++)
    if (!(fabs (values[i]) <= SG_RULES_LARGEST))
      {
        sg_rules_number (rules, place, member, values[i], -SG_RULES_LARGEST, SG_RULES_LARGEST);
        return FALSE;
      }
  return TRUE;
}

gboolean
sg_rules_range (
  SgRules *rules, SgPhysicsError code, const SgPlace *place, const char *member, const double range[2])
{
  if (!sg_rules_numbers (rules, place, member, range, 2))
    return FALSE;
  if (range[1] <= range[0])
    sg_rules_report (rules, code, place, member, "%g is %s %g", range[1],
                     range[1] < range[0] ? "below" : "no more than", range[0]);
  return range[1] > range[0];
}

/* -- Names -- */

static gboolean
is_valid_name (const char *name)
{
  gsize length = strlen (name);

  return length > 0 && length <= MAX_NAME &&
         strspn (name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_.-") == length;
}

void
sg_rules_name (
  SgRules *rules, SgPhysicsError code, const SgPlace *place, GHashTable *names, char *name, gpointer part)
{
  if (!name)
    sg_rules_report (rules, code, place, "name", "is missing");
  else if (!is_valid_name (name))
    sg_rules_report (rules, code, place, "name",
                     "a name has 1 to %d of the letters a-z and A-Z, digits, '_', '.' and '-'", MAX_NAME);
  else if (g_hash_table_contains (names, name))
    sg_rules_report (rules, SG_PHYSICS_ERROR_DUPLICATE, place, "name", "%s is already taken", name);
  else
    g_hash_table_insert (names, name, part);
}

/* Looks a name up; FALSE, reported, where nothing has it. `part` (nullable) receives what has. */
static gboolean
refer (SgRules *rules,
       const SgPlace *place,
       const char *member,
       GHashTable *names,
       const char *kind,
       const char *name,
       gpointer *part)
{
  if (name && g_hash_table_lookup_extended (names, name, NULL, part))
    return TRUE;
  sg_rules_report (rules, SG_PHYSICS_ERROR_BAD_REFERENCE, place, member, "no %s is named %s", kind,
                   name && g_utf8_validate (name, -1, NULL) ? name : "so");
  return FALSE;
}

/* A joint with one coordinate. */
static void
refer_scalar_joint (
  SgRules *rules, const SgPlace *place, const char *member, const char *name, SgPhysicsError code)
{
  gpointer joint;

  if (!refer (rules, place, member, rules->joints, "joint", name, &joint))
    return;
  SgJointType type = ((const SgJoint *)joint)->type;

  if (type != SG_JOINT_HINGE && type != SG_JOINT_SLIDE)
    sg_rules_report (rules, code, place, member, "%s is neither a hinge nor a slide", name);
}

/* -- Tendons -- */

static void
check_wrap (SgRules *rules, const SgPlace *place, const SgTendonPoint *point)
{
  gpointer found;

  if (refer (rules, place, "geom", rules->geoms, "geom", point->geom, &found))
    {
      SgGeomType type = ((const SgGeom *)found)->type;

      if (type != SG_GEOM_SPHERE && type != SG_GEOM_CYLINDER)
        sg_rules_report (rules, SG_PHYSICS_ERROR_BAD_TENDON, place, "geom",
                         "%s is neither a cylinder nor a sphere", point->geom);
    }
  if (point->side_site)
    refer (rules, place, "side_site", rules->sites, "site", point->side_site, NULL);
}

static void
check_tendon_path (SgRules *rules, SgPlace place, const GArray *path)
{
  const SgPhysicsError code = SG_PHYSICS_ERROR_BAD_TENDON;

  if (path->len < 2 || path->len > MAX_PATH)
    {
      sg_rules_report (rules, code, &place, "path", "has %u points; a tendon has 2 to %d", path->len,
                       MAX_PATH);
      return;
    }
  place.inner = "path";
  for (place.j = 0; place.j < path->len; place.j++)
    {
      const SgTendonPoint *point = &g_array_index (path, SgTendonPoint, place.j);
      gboolean is_end = place.j == 0 || place.j == path->len - 1;

      if (!point->geom)
        refer (rules, &place, "site", rules->sites, "site", point->site, NULL);
      else if (is_end)
        sg_rules_report (rules, code, &place, NULL, "a tendon begins and ends at a site, not at a geom");
      else if (g_array_index (path, SgTendonPoint, place.j - 1).geom)
        sg_rules_report (rules, code, &place, NULL, "between two geoms a tendon goes through a site");
      else
        check_wrap (rules, &place, point);
    }
}

static void
check_tendon (SgRules *rules, guint i)
{
  SgTendon *tendon = &g_array_index (rules->spec->tendons, SgTendon, i);
  const SgPlace place = { .list = "tendons", .i = i };

  sg_rules_name (rules, SG_PHYSICS_ERROR_BAD_TENDON, &place, rules->tendons, tendon->name, tendon);
  check_tendon_path (rules, place, tendon->path);
  sg_rules_number (rules, &place, "stiffness", tendon->stiffness, 0, SG_RULES_LARGEST);
  sg_rules_number (rules, &place, "damping", tendon->damping, 0, SG_RULES_LARGEST);
  if (!isnan (tendon->rest_length))
    sg_rules_number (rules, &place, "rest_length", tendon->rest_length, 0, SG_RULES_LARGEST);
  if (!isnan (tendon->length))
    sg_rules_number (rules, &place, "length", tendon->length, SG_RULES_MIN_SIZE, SG_RULES_LARGEST);
  sg_rules_number (rules, &place, "width", tendon->width, SG_RULES_MIN_SIZE, SG_RULES_LARGEST);
  for (guint k = 0; k < 4; k++)
    sg_rules_number (rules, &place, "rgba", tendon->rgba[k], 0, 1);
}

/* -- Actuators -- */

static void
check_direction (SgRules *rules, const SgPlace *place, const double v[3])
{
  if (!sg_rules_numbers (rules, place, "direction", v, 3))
    return;
  double length = sqrt (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);

  if (fabs (length - 1) > 1e-3)
    sg_rules_report (rules, SG_PHYSICS_ERROR_BAD_ACTUATOR, place, "direction", "has length %g, not 1",
                     length);
}

static void
check_actuator (SgRules *rules, guint i)
{
  SgActuator *actuator = &g_array_index (rules->spec->actuators, SgActuator, i);
  const SgPlace place = { .list = "actuators", .i = i };
  const SgPhysicsError code = SG_PHYSICS_ERROR_BAD_ACTUATOR;

  sg_rules_name (rules, code, &place, rules->actuators, actuator->name, actuator);
  if (actuator->type == SG_ACTUATOR_FORCE)
    {
      refer (rules, &place, "site", rules->sites, "site", actuator->site, NULL);
      check_direction (rules, &place, actuator->direction);
    }
  else
    refer_scalar_joint (rules, &place, "joint", actuator->joint, code);
  sg_rules_numbers (rules, &place, "gear", &actuator->gear, 1);
  sg_rules_number (rules, &place, "kv", actuator->kv, 0, SG_RULES_LARGEST);
  sg_rules_numbers (rules, &place, "target", &actuator->target, 1);
  if (actuator->ctrl_limited)
    sg_rules_range (rules, code, &place, "ctrl_range", actuator->ctrl_range);
  if (actuator->force_limited)
    sg_rules_range (rules, code, &place, "force_range", actuator->force_range);
}

/* -- Sensors, equalities, excludes -- */

static void
check_sensor (SgRules *rules, guint i)
{
  SgSensor *sensor = &g_array_index (rules->spec->sensors, SgSensor, i);
  const SgPlace place = { .list = "sensors", .i = i };

  sg_rules_name (rules, SG_PHYSICS_ERROR_BAD_SENSOR, &place, rules->sensors, sensor->name, sensor);
  switch (sensor->type)
    {
    case SG_SENSOR_JOINT_POSITION:
    case SG_SENSOR_JOINT_VELOCITY:
      refer_scalar_joint (rules, &place, "target", sensor->target, SG_PHYSICS_ERROR_BAD_SENSOR);
      break;
    case SG_SENSOR_ACTUATOR_FORCE:
      refer (rules, &place, "target", rules->actuators, "actuator", sensor->target, NULL);
      break;
    case SG_SENSOR_BODY_POSITION:
    case SG_SENSOR_BODY_VELOCITY:
      refer (rules, &place, "target", rules->bodies, "body", sensor->target, NULL);
      break;
    case SG_SENSOR_TENDON_LENGTH:
      refer (rules, &place, "target", rules->tendons, "tendon", sensor->target, NULL);
      break;
    }
}

/* Both sides exist and are not on one body. */
static void
check_sides (SgRules *rules,
             const SgPlace *place,
             GHashTable *names,
             const char *kind,
             const SgEquality *equality,
             gboolean by_owner)
{
  gpointer a = NULL, b = NULL;
  gboolean found = refer (rules, place, "a", names, kind, equality->a, &a);

  if (!refer (rules, place, "b", names, kind, equality->b, &b) || !found)
    return;
  if (g_str_equal (equality->a, equality->b))
    sg_rules_report (rules, SG_PHYSICS_ERROR_BAD_EQUALITY, place, NULL, "joins %s with itself", equality->a);
  else if (by_owner && a == b)
    sg_rules_report (rules, SG_PHYSICS_ERROR_BAD_EQUALITY, place, NULL, "%s and %s are on the same body",
                     equality->a, equality->b);
}

static void
check_equality (SgRules *rules, guint i)
{
  SgEquality *equality = &g_array_index (rules->spec->equalities, SgEquality, i);
  const SgPlace place = { .list = "equalities", .i = i };
  const SgPhysicsError code = SG_PHYSICS_ERROR_BAD_EQUALITY;

  sg_rules_name (rules, code, &place, rules->equalities, equality->name, equality);
  switch (equality->type)
    {
    case SG_EQUALITY_CONNECT:
      check_sides (rules, &place, rules->sites, "site", equality, TRUE);
      break;
    case SG_EQUALITY_WELD:
      check_sides (rules, &place, rules->bodies, "body", equality, FALSE);
      break;
    case SG_EQUALITY_JOINT:
      refer_scalar_joint (rules, &place, "a", equality->a, code);
      refer_scalar_joint (rules, &place, "b", equality->b, code);
      if (g_strcmp0 (equality->a, equality->b) == 0)
        sg_rules_report (rules, code, &place, NULL, "joins %s with itself", equality->a);
      sg_rules_numbers (rules, &place, "polycoef", equality->polycoef, 5);
      break;
    }
}

static void
check_exclude (SgRules *rules, guint i)
{
  const SgExclude *exclude = &g_array_index (rules->spec->excludes, SgExclude, i);
  const SgPlace place = { .list = "excludes", .i = i };

  if (refer (rules, &place, "a", rules->bodies, "body", exclude->a, NULL) &&
      refer (rules, &place, "b", rules->bodies, "body", exclude->b, NULL) &&
      g_str_equal (exclude->a, exclude->b))
    sg_rules_report (rules, SG_PHYSICS_ERROR_BAD_BODY, &place, NULL, "%s does not collide with itself anyway",
                     exclude->a);
}

/* -- The spec as a whole -- */

static void
report_limit (SgRules *rules, const char *what, SgLimitId limit, guint64 actual)
{
  g_autofree char *problem = sg_limit_dup_problem (limit, actual);

  sg_rules_report (rules, SG_PHYSICS_ERROR_TOO_LARGE, NULL, what, "%s", problem);
  sg_limit_add_details ((GError **)&rules->problems->pdata[rules->problems->len - 1], limit, actual);
}

static void
check_title (SgRules *rules)
{
  const char *title = rules->spec->title;

  if (!g_utf8_validate (title, -1, NULL))
    sg_rules_report (rules, SG_PHYSICS_ERROR_STRUCTURE, NULL, "title", "is not UTF-8");
  else if (g_utf8_strlen (title, -1) > SG_LIMIT_WORDS)
    report_limit (rules, "title", SG_LIMIT_ID_WORDS, g_utf8_strlen (title, -1));
  else
    for (const char *c = title; *c; c++)
      if (g_ascii_iscntrl (*c))
        {
          sg_rules_report (rules, SG_PHYSICS_ERROR_STRUCTURE, NULL, "title", "has a control character");
          return;
        }
}

static void
check_options (SgRules *rules)
{
  const SgSpec *spec = rules->spec;

  check_title (rules);
  sg_rules_numbers (rules, NULL, "gravity", spec->gravity, 3);
  sg_rules_number (rules, NULL, "timestep", spec->timestep, 1e-5, 0.05);
  sg_rules_number (rules, NULL, "air_density", spec->air_density, 0, SG_RULES_LARGEST);
  sg_rules_number (rules, NULL, "air_viscosity", spec->air_viscosity, 0, SG_RULES_LARGEST);
}

/* FALSE where there is so much of something that looking further would cost more than it tells. */
static gboolean
check_counts (SgRules *rules)
{
  const SgSpec *spec = rules->spec;
  guint geoms = spec->geoms->len, sites = spec->sites->len, joints = 0, before = rules->problems->len;

  for (guint i = 0; i < spec->bodies->len; i++)
    {
      const SgBody *body = &g_array_index (spec->bodies, SgBody, i);

      geoms += body->geoms->len;
      sites += body->sites->len;
      joints += body->joints->len;
    }
  const struct
  {
    const char *what;
    guint count;
    SgLimitId limit;
  } counts[] = {
    { "bodies", spec->bodies->len, SG_LIMIT_ID_BODIES },
    { "geoms", geoms, SG_LIMIT_ID_PARTS },
    { "sites", sites, SG_LIMIT_ID_PARTS },
    { "joints", joints, SG_LIMIT_ID_PARTS },
    { "tendons", spec->tendons->len, SG_LIMIT_ID_PARTS },
    { "actuators", spec->actuators->len, SG_LIMIT_ID_PARTS },
    { "sensors", spec->sensors->len, SG_LIMIT_ID_PARTS },
    { "equalities", spec->equalities->len, SG_LIMIT_ID_PARTS },
    { "excludes", spec->excludes->len, SG_LIMIT_ID_PARTS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    if (counts[i].count > sg_limit_get (counts[i].limit)->value)
      report_limit (rules, counts[i].what, counts[i].limit, counts[i].count);
  return rules->problems->len == before;
}

static void
rules_init (SgRules *rules, const SgSpec *spec, const SgSpecTree *tree)
{
  GHashTable **const tables[] = { &rules->bodies, &rules->geoms, &rules->joints, &rules->sites,
                                  &rules->tendons, &rules->actuators, &rules->sensors, &rules->equalities };

  rules->spec = spec;
  rules->tree = tree;
  rules->problems = g_ptr_array_new_with_free_func ((GDestroyNotify)g_error_free);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    *tables[i] = g_hash_table_new (g_str_hash, g_str_equal);
  /* Taken from the start. */
  g_hash_table_insert (rules->bodies, "world", NULL);
  g_hash_table_insert (rules->sites, SG_MJCF_ORIGIN, NULL);
}

static void
rules_clear (SgRules *rules)
{
  g_hash_table_unref (rules->bodies);
  g_hash_table_unref (rules->geoms);
  g_hash_table_unref (rules->joints);
  g_hash_table_unref (rules->sites);
  g_hash_table_unref (rules->tendons);
  g_hash_table_unref (rules->actuators);
  g_hash_table_unref (rules->sensors);
  g_hash_table_unref (rules->equalities);
}

static void
check_parts (SgRules *rules)
{
  const SgSpec *spec = rules->spec;

  sg_rules_check_world (rules);
  sg_rules_check_bodies (rules);
  for (guint i = 0; i < spec->tendons->len; i++)
    check_tendon (rules, i);
  for (guint i = 0; i < spec->actuators->len; i++)
    check_actuator (rules, i);
  for (guint i = 0; i < spec->sensors->len; i++)
    check_sensor (rules, i);
  for (guint i = 0; i < spec->equalities->len; i++)
    check_equality (rules, i);
  for (guint i = 0; i < spec->excludes->len; i++)
    check_exclude (rules, i);
}

GPtrArray *
sg_rules_check (const SgSpec *spec)
{
  g_return_val_if_fail (spec != NULL, NULL);

  g_autoptr (SgSpecTree) tree = sg_spec_tree_new (spec);
  SgRules rules;

  rules_init (&rules, spec, tree);
  check_options (&rules);
  if (check_counts (&rules))
    check_parts (&rules);
  rules_clear (&rules);
  return rules.problems;
}

gboolean
sg_rules_hold (const SgSpec *spec, GError **error)
{
  g_autoptr (GPtrArray) problems = sg_rules_check (spec);

  if (problems->len == 0)
    return TRUE;
  const GError *first = problems->pdata[0];

  if (problems->len == 1)
    g_set_error_literal (error, first->domain, first->code, first->message);
  else
    g_set_error (error, first->domain, first->code, "%s (and %u more)", first->message, problems->len - 1);
  return FALSE;
}
