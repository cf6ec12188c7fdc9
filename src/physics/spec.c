/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tree of a PhysicsSpec: making, copying, freeing and growing it. */
#include "physics/spec.h"

#include <math.h>
#include <string.h>

#include "physics/spec-names.h"
#include "physics/spec-naming.h"

static const double upright[4] = { 1, 0, 0, 0 };

/* -- Owned memory of each part, in the order of spec.h -- */

static void
geom_clear (gpointer data)
{
  SgGeom *geom = data;

  g_free (geom->name);
  g_free (geom->outline);
}

static void
geom_own (gpointer data)
{
  SgGeom *geom = data;

  geom->name = g_strdup (geom->name);
  geom->outline = g_memdup2 (geom->outline, 2 * geom->n_outline * sizeof *geom->outline);
}

static void
name_clear (gpointer data)
{
  g_free (*(char **)data);
}

static void
name_own (gpointer data)
{
  char **name = data;

  *name = g_strdup (*name);
}

static void
tendon_point_clear (gpointer data)
{
  SgTendonPoint *point = data;

  g_free (point->site);
  g_free (point->geom);
  g_free (point->side_site);
}

static void
tendon_point_own (gpointer data)
{
  SgTendonPoint *point = data;

  point->site = g_strdup (point->site);
  point->geom = g_strdup (point->geom);
  point->side_site = g_strdup (point->side_site);
}

static void
actuator_clear (gpointer data)
{
  SgActuator *actuator = data;

  g_free (actuator->name);
  g_free (actuator->joint);
  g_free (actuator->site);
}

static void
actuator_own (gpointer data)
{
  SgActuator *actuator = data;

  actuator->name = g_strdup (actuator->name);
  actuator->joint = g_strdup (actuator->joint);
  actuator->site = g_strdup (actuator->site);
}

static void
sensor_clear (gpointer data)
{
  SgSensor *sensor = data;

  g_free (sensor->name);
  g_free (sensor->target);
}

static void
sensor_own (gpointer data)
{
  SgSensor *sensor = data;

  sensor->name = g_strdup (sensor->name);
  sensor->target = g_strdup (sensor->target);
}

static void
equality_clear (gpointer data)
{
  SgEquality *equality = data;

  g_free (equality->name);
  g_free (equality->a);
  g_free (equality->b);
}

static void
equality_own (gpointer data)
{
  SgEquality *equality = data;

  equality->name = g_strdup (equality->name);
  equality->a = g_strdup (equality->a);
  equality->b = g_strdup (equality->b);
}

static void
exclude_clear (gpointer data)
{
  SgExclude *exclude = data;

  g_free (exclude->a);
  g_free (exclude->b);
}

static void
exclude_own (gpointer data)
{
  SgExclude *exclude = data;

  exclude->a = g_strdup (exclude->a);
  exclude->b = g_strdup (exclude->b);
}

static GArray *
parts_new (gsize size, GDestroyNotify clear)
{
  GArray *parts = g_array_new (FALSE, FALSE, size);

  g_array_set_clear_func (parts, clear);
  return parts;
}

/* A deep copy: `own` turns what a part's bytes borrow into copies of its own. */
static GArray *
parts_copy (const GArray *from, GDestroyNotify clear, void (*own) (gpointer part))
{
  gsize size = g_array_get_element_size ((GArray *)from);
  GArray *copy = parts_new (size, clear);

  g_array_append_vals (copy, from->data, from->len);
  for (guint i = 0; i < copy->len; i++)
    own (copy->data + i * size);
  return copy;
}

void
sg_tendon_clear (SgTendon *tendon)
{
  g_free (tendon->name);
  g_clear_pointer (&tendon->path, g_array_unref);
}

static void
tendon_own (gpointer data)
{
  SgTendon *tendon = data;

  tendon->name = g_strdup (tendon->name);
  tendon->path = parts_copy (tendon->path, tendon_point_clear, tendon_point_own);
}

void
sg_body_clear (SgBody *body)
{
  g_free (body->name);
  g_free (body->parent);
  g_array_unref (body->joints);
  g_array_unref (body->geoms);
  g_array_unref (body->sites);
}

static void
body_own (gpointer data)
{
  SgBody *body = data;

  body->name = g_strdup (body->name);
  body->parent = g_strdup (body->parent);
  body->joints = parts_copy (body->joints, name_clear, name_own);
  body->geoms = parts_copy (body->geoms, geom_clear, geom_own);
  body->sites = parts_copy (body->sites, name_clear, name_own);
}

/* -- The whole -- */

SgSpec *
sg_spec_new (void)
{
  SgSpec *spec = g_new0 (SgSpec, 1);

  spec->title = g_strdup ("");
  spec->gravity[2] = -SG_USUAL_GRAVITY;
  spec->timestep = 0.002;
  spec->integrator = SG_INTEGRATOR_IMPLICITFAST;
  spec->planar = TRUE;
  spec->geoms = parts_new (sizeof (SgGeom), geom_clear);
  spec->sites = parts_new (sizeof (SgSite), name_clear);
  spec->bodies = parts_new (sizeof (SgBody), (GDestroyNotify)sg_body_clear);
  spec->tendons = parts_new (sizeof (SgTendon), (GDestroyNotify)sg_tendon_clear);
  spec->actuators = parts_new (sizeof (SgActuator), actuator_clear);
  spec->sensors = parts_new (sizeof (SgSensor), sensor_clear);
  spec->equalities = parts_new (sizeof (SgEquality), equality_clear);
  spec->excludes = parts_new (sizeof (SgExclude), exclude_clear);
  spec->notes = g_ptr_array_new_with_free_func (g_free);
  return spec;
}

SgSpec *
sg_spec_copy (const SgSpec *spec)
{
  g_return_val_if_fail (spec != NULL, NULL);

  SgSpec *copy = g_memdup2 (spec, sizeof *spec);

  copy->title = g_strdup (spec->title);
  copy->geoms = parts_copy (spec->geoms, geom_clear, geom_own);
  copy->sites = parts_copy (spec->sites, name_clear, name_own);
  copy->bodies = parts_copy (spec->bodies, (GDestroyNotify)sg_body_clear, body_own);
  copy->tendons = parts_copy (spec->tendons, (GDestroyNotify)sg_tendon_clear, tendon_own);
  copy->actuators = parts_copy (spec->actuators, actuator_clear, actuator_own);
  copy->sensors = parts_copy (spec->sensors, sensor_clear, sensor_own);
  copy->equalities = parts_copy (spec->equalities, equality_clear, equality_own);
  copy->excludes = parts_copy (spec->excludes, exclude_clear, exclude_own);
  copy->notes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < spec->notes->len; i++)
    g_ptr_array_add (copy->notes, g_strdup (spec->notes->pdata[i]));
  return copy;
}

void
sg_spec_free (SgSpec *spec)
{
  if (!spec)
    return;
  g_free (spec->title);
  g_array_unref (spec->geoms);
  g_array_unref (spec->sites);
  g_array_unref (spec->bodies);
  g_array_unref (spec->tendons);
  g_array_unref (spec->actuators);
  g_array_unref (spec->sensors);
  g_array_unref (spec->equalities);
  g_array_unref (spec->excludes);
  g_ptr_array_unref (spec->notes);
  g_free (spec);
}

/* -- Defaults -- */

SgBody
sg_body_default (void)
{
  SgBody body = { .parent = g_strdup ("world"), .element = -1 };

  memcpy (body.quat, upright, sizeof upright);
  body.joints = parts_new (sizeof (SgJoint), name_clear);
  body.geoms = parts_new (sizeof (SgGeom), geom_clear);
  body.sites = parts_new (sizeof (SgSite), name_clear);
  return body;
}

SgGeom
sg_geom_default (SgGeomType type)
{
  SgGeom geom = {
    .type = type,
    .mass = NAN,
    .density = 500,
    .friction = { 0.6, 0.005, 0.0001 },
    .restitution = NAN,
    .contacts = TRUE,
    .rgba = { 0.58f, 0.65f, 0.74f, 1 },
    .element = -1,
  };

  memcpy (geom.quat, upright, sizeof upright);
  if (type == SG_GEOM_PLANE)
    geom.size[2] = 0.5;
  return geom;
}

SgJoint
sg_joint_default (SgJointType type)
{
  SgJoint joint = { .type = type, .element = -1 };

  /* The one axis about which a flat mechanism turns, and the one along which a cart rolls. */
  joint.axis[type == SG_JOINT_SLIDE ? 0 : 1] = 1;
  return joint;
}

SgTendon
sg_tendon_default (SgTendonType type)
{
  SgTendon tendon = {
    .type = type,
    .path = parts_new (sizeof (SgTendonPoint), tendon_point_clear),
    .rest_length = NAN,
    .length = NAN,
    .width = 0.01,
    .rgba = { 0.08f, 0.50f, 0.58f, 1 }, /* ropes teal, springs green, as in the drawing */
    .element = -1,
  };

  if (type == SG_TENDON_SPRING)
    {
      tendon.stiffness = 100;
      tendon.rgba[0] = 0.10f;
      tendon.rgba[1] = 0.62f;
      tendon.rgba[2] = 0.42f;
    }
  return tendon;
}

SgActuator
sg_actuator_default (SgActuatorType type)
{
  return (SgActuator){ .type = type, .gear = 1, .kv = 20, .direction = { 1, 0, 0 }, .element = -1 };
}

SgEquality
sg_equality_default (SgEqualityType type)
{
  return (SgEquality){ .type = type, .polycoef = { 0, 1, 0, 0, 0 } };
}

/* -- Growing -- */

#define LAST(parts, Type) (&g_array_index ((parts), Type, (parts)->len - 1))

SgBody *
sg_spec_add_body (SgSpec *spec, const char *name, const char *parent, const double pos[3])
{
  SgBody body = sg_body_default ();

  g_return_val_if_fail (spec != NULL, NULL);

  body.name = g_strdup (name);
  if (parent)
    {
      g_free (body.parent);
      body.parent = g_strdup (parent);
    }
  if (pos)
    memcpy (body.pos, pos, sizeof body.pos);
  sg_spec_name_part (spec, spec->bodies, SG_SPEC_NOT_IN_BODIES, &body.name, NULL, "body");
  g_array_append_val (spec->bodies, body);
  return LAST (spec->bodies, SgBody);
}

SgGeom *
sg_spec_add_geom (SgSpec *spec, SgBody *body, SgGeom geom)
{
  g_return_val_if_fail (spec != NULL, NULL);

  GArray *geoms = body ? body->geoms : spec->geoms;

  sg_spec_name_part (spec, spec->geoms, G_STRUCT_OFFSET (SgBody, geoms), &geom.name, body,
                     sg_geom_type_names[geom.type]);
  g_array_append_val (geoms, geom);
  return LAST (geoms, SgGeom);
}

SgJoint *
sg_spec_add_joint (SgSpec *spec, SgBody *body, SgJoint joint)
{
  g_return_val_if_fail (spec != NULL && body != NULL, NULL);

  sg_spec_name_part (spec, NULL, G_STRUCT_OFFSET (SgBody, joints), &joint.name, body,
                     sg_joint_type_names[joint.type]);
  g_array_append_val (body->joints, joint);
  return LAST (body->joints, SgJoint);
}

SgSite *
sg_spec_add_site (SgSpec *spec, SgBody *body, const char *name, const double pos[3])
{
  SgSite site = { .name = g_strdup (name) };

  g_return_val_if_fail (spec != NULL, NULL);

  GArray *sites = body ? body->sites : spec->sites;

  if (pos)
    memcpy (site.pos, pos, sizeof site.pos);
  sg_spec_name_part (spec, spec->sites, G_STRUCT_OFFSET (SgBody, sites), &site.name, body, "site");
  g_array_append_val (sites, site);
  return LAST (sites, SgSite);
}

SgTendon *
sg_spec_add_tendon (SgSpec *spec, SgTendon tendon)
{
  g_return_val_if_fail (spec != NULL, NULL);

  sg_spec_name_part (spec, spec->tendons, SG_SPEC_NOT_IN_BODIES, &tendon.name, NULL,
                     sg_tendon_type_names[tendon.type]);
  g_array_append_val (spec->tendons, tendon);
  return LAST (spec->tendons, SgTendon);
}

void
sg_tendon_add_site (SgTendon *tendon, const char *site)
{
  SgTendonPoint point = { .site = g_strdup (site) };

  g_array_append_val (tendon->path, point);
}

void
sg_tendon_add_wrap (SgTendon *tendon, const char *geom, const char *side_site)
{
  SgTendonPoint point = { .geom = g_strdup (geom), .side_site = g_strdup (side_site) };

  g_array_append_val (tendon->path, point);
}

SgActuator *
sg_spec_add_actuator (SgSpec *spec, SgActuator actuator)
{
  g_return_val_if_fail (spec != NULL, NULL);

  sg_spec_name_part (spec, spec->actuators, SG_SPEC_NOT_IN_BODIES, &actuator.name, NULL,
                     sg_actuator_type_names[actuator.type]);
  g_array_append_val (spec->actuators, actuator);
  return LAST (spec->actuators, SgActuator);
}

SgSensor *
sg_spec_add_sensor (SgSpec *spec, SgSensorType type, const char *name, const char *target)
{
  SgSensor sensor = { .name = g_strdup (name), .type = type, .target = g_strdup (target) };

  g_return_val_if_fail (spec != NULL, NULL);

  sg_spec_name_part (spec, spec->sensors, SG_SPEC_NOT_IN_BODIES, &sensor.name, NULL, "sensor");
  g_array_append_val (spec->sensors, sensor);
  return LAST (spec->sensors, SgSensor);
}

SgEquality *
sg_spec_add_equality (SgSpec *spec, SgEqualityType type, const char *name, const char *a, const char *b)
{
  SgEquality equality = sg_equality_default (type);

  g_return_val_if_fail (spec != NULL, NULL);

  equality.name = g_strdup (name);
  equality.a = g_strdup (a);
  equality.b = g_strdup (b);
  sg_spec_name_part (spec, spec->equalities, SG_SPEC_NOT_IN_BODIES, &equality.name, NULL,
                     sg_equality_type_names[type]);
  g_array_append_val (spec->equalities, equality);
  return LAST (spec->equalities, SgEquality);
}

void
sg_spec_add_exclude (SgSpec *spec, const char *a, const char *b)
{
  SgExclude exclude = { g_strdup (a), g_strdup (b) };

  g_array_append_val (spec->excludes, exclude);
}

void
sg_spec_add_note (SgSpec *spec, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (spec->notes, g_strdup_vprintf (format, args));
  va_end (args);
}

/* -- Asking -- */

SgBody *
sg_spec_find_body (const SgSpec *spec, const char *name)
{
  for (guint i = 0; i < spec->bodies->len; i++)
    {
      SgBody *body = &g_array_index (spec->bodies, SgBody, i);

      if (g_strcmp0 (body->name, name) == 0)
        return body;
    }
  return NULL;
}

void
sg_spec_add_planar_joints (SgSpec *spec, SgBody *body)
{
  static const struct
  {
    const char *suffix;
    SgJointType type;
    double axis[3];
  } planar[] = {
    { "x", SG_JOINT_SLIDE, { 1, 0, 0 } },
    { "z", SG_JOINT_SLIDE, { 0, 0, 1 } },
    { "turn", SG_JOINT_HINGE, { 0, 1, 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (planar); i++)
    {
      SgJoint joint = sg_joint_default (planar[i].type);

      joint.name = g_strdup_printf ("%s.%s", body->name, planar[i].suffix);
      memcpy (joint.axis, planar[i].axis, sizeof joint.axis);
      sg_spec_add_joint (spec, body, joint);
    }
}

gboolean
sg_spec_moves (const SgSpec *spec)
{
  for (guint i = 0; i < spec->bodies->len; i++)
    if (g_array_index (spec->bodies, SgBody, i).joints->len > 0)
      return TRUE;
  return FALSE;
}
