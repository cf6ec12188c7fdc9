/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of members. */
#include "physics/spec-fields.h"

#include "physics/spec-names.h"

#define FIELD(Type, json, field_kind, member, ...)                                        \
  {                                                                                       \
    .key = json, .kind = SG_FIELD_##field_kind, .offset = G_STRUCT_OFFSET (Type, member), \
    .flag = SG_FIELD_NO_FLAG, __VA_ARGS__                                                 \
  }
#define VECTOR(Type, json, member, most, fewest) \
  FIELD (Type, json, VECTOR, member, .n = most, .least = fewest)
/* A pair that a part may lack. */
#define RANGE(Type, json, field_kind, member, has)                                                \
  {                                                                                               \
    .key = json, .kind = SG_FIELD_##field_kind, .offset = G_STRUCT_OFFSET (Type, member), .n = 2, \
    .least = 2, .flag = G_STRUCT_OFFSET (Type, has)                                               \
  }
#define RECORD(text, Type, table, init_part, clear_part)                                    \
  {                                                                                         \
    .what = text, .size = sizeof (Type), .fields = table, .n_fields = G_N_ELEMENTS (table), \
    .init = init_part, .clear = clear_part                                                  \
  }

/* -- Defaults -- */

static void
geom_init (gpointer part, int type)
{
  *(SgGeom *)part = sg_geom_default (type);
}

static void
joint_init (gpointer part, int type)
{
  *(SgJoint *)part = sg_joint_default (type);
}

static void
site_init (gpointer part, int type)
{
  *(SgSite *)part = (SgSite){ 0 };
}

static void
body_init (gpointer part, int type)
{
  *(SgBody *)part = sg_body_default ();
}

static void
body_clear (gpointer part)
{
  sg_body_clear (part);
}

static void
tendon_point_init (gpointer part, int type)
{
  *(SgTendonPoint *)part = (SgTendonPoint){ 0 };
}

static void
tendon_init (gpointer part, int type)
{
  *(SgTendon *)part = sg_tendon_default (type);
}

static void
tendon_clear (gpointer part)
{
  sg_tendon_clear (part);
}

static void
actuator_init (gpointer part, int type)
{
  *(SgActuator *)part = sg_actuator_default (type);
}

static void
sensor_init (gpointer part, int type)
{
  *(SgSensor *)part = (SgSensor){ .type = type };
}

static void
equality_init (gpointer part, int type)
{
  *(SgEquality *)part = sg_equality_default (type);
}

static void
exclude_init (gpointer part, int type)
{
  *(SgExclude *)part = (SgExclude){ 0 };
}

/* -- Parts -- */

static const SgField geom_fields[] = {
  FIELD (SgGeom, "type", ENUM, type, .names = sg_geom_type_names),
  FIELD (SgGeom, "name", STRING, name),
  VECTOR (SgGeom, "size", size, 3, 1),
  VECTOR (SgGeom, "pos", pos, 3, 3),
  VECTOR (SgGeom, "quat", quat, 4, 4),
  { .key = "fromto",
    .kind = SG_FIELD_VECTOR,
    .offset = G_STRUCT_OFFSET (SgGeom, fromto),
    .n = 6,
    .least = 6,
    .flag = G_STRUCT_OFFSET (SgGeom, has_fromto) },
  FIELD (SgGeom, "outline", OUTLINE, outline),
  FIELD (SgGeom, "mass", NUMBER, mass),
  FIELD (SgGeom, "density", NUMBER, density),
  VECTOR (SgGeom, "friction", friction, 3, 1),
  FIELD (SgGeom, "restitution", NUMBER, restitution),
  FIELD (SgGeom, "slippery", BOOLEAN, slippery),
  FIELD (SgGeom, "contacts", BOOLEAN, contacts),
  FIELD (SgGeom, "rgba", COLOR, rgba),
  FIELD (SgGeom, "element", INTEGER, element),
};
static const SgRecord geom_record = RECORD ("a geom", SgGeom, geom_fields, geom_init, NULL);

static const SgField joint_fields[] = {
  FIELD (SgJoint, "type", ENUM, type, .names = sg_joint_type_names),
  FIELD (SgJoint, "name", STRING, name),
  VECTOR (SgJoint, "pos", pos, 3, 3),
  VECTOR (SgJoint, "axis", axis, 3, 3),
  RANGE (SgJoint, "range", ANGLES, range, limited),
  FIELD (SgJoint, "damping", NUMBER, damping),
  FIELD (SgJoint, "armature", NUMBER, armature),
  FIELD (SgJoint, "stiffness", NUMBER, stiffness),
  FIELD (SgJoint, "spring_ref", ANGLE, spring_ref),
  FIELD (SgJoint, "friction_loss", NUMBER, friction_loss),
  FIELD (SgJoint, "initial_position", ANGLE, initial_position),
  FIELD (SgJoint, "initial_velocity", NUMBER, initial_velocity),
  FIELD (SgJoint, "element", INTEGER, element),
};
static const SgRecord joint_record = RECORD ("a joint", SgJoint, joint_fields, joint_init, NULL);

static const SgField site_fields[] = {
  FIELD (SgSite, "name", STRING, name),
  VECTOR (SgSite, "pos", pos, 3, 3),
};
static const SgRecord site_record = RECORD ("a site", SgSite, site_fields, site_init, NULL);

static const SgField body_fields[] = {
  FIELD (SgBody, "name", STRING, name),
  FIELD (SgBody, "parent", STRING, parent),
  VECTOR (SgBody, "pos", pos, 3, 3),
  VECTOR (SgBody, "quat", quat, 4, 4),
  FIELD (SgBody, "joints", LIST, joints, .record = &joint_record),
  FIELD (SgBody, "geoms", LIST, geoms, .record = &geom_record),
  FIELD (SgBody, "sites", LIST, sites, .record = &site_record),
  VECTOR (SgBody, "initial_velocity", initial_velocity, 6, 6),
  FIELD (SgBody, "element", INTEGER, element),
};
static const SgRecord body_record = RECORD ("a body", SgBody, body_fields, body_init, body_clear);

static const SgField tendon_point_fields[] = {
  FIELD (SgTendonPoint, "site", STRING, site),
  FIELD (SgTendonPoint, "geom", STRING, geom),
  FIELD (SgTendonPoint, "side_site", STRING, side_site),
};
static const SgRecord tendon_point_record =
  RECORD ("a tendon's point", SgTendonPoint, tendon_point_fields, tendon_point_init, NULL);

static const SgField tendon_fields[] = {
  FIELD (SgTendon, "type", ENUM, type, .names = sg_tendon_type_names),
  FIELD (SgTendon, "name", STRING, name),
  FIELD (SgTendon, "path", LIST, path, .record = &tendon_point_record),
  FIELD (SgTendon, "stiffness", NUMBER, stiffness),
  FIELD (SgTendon, "damping", NUMBER, damping),
  FIELD (SgTendon, "rest_length", NUMBER, rest_length),
  FIELD (SgTendon, "length", NUMBER, length),
  FIELD (SgTendon, "width", NUMBER, width),
  FIELD (SgTendon, "rgba", COLOR, rgba),
  FIELD (SgTendon, "element", INTEGER, element),
};
static const SgRecord tendon_record = RECORD ("a tendon", SgTendon, tendon_fields, tendon_init, tendon_clear);

static const SgField actuator_fields[] = {
  FIELD (SgActuator, "type", ENUM, type, .names = sg_actuator_type_names),
  FIELD (SgActuator, "name", STRING, name),
  FIELD (SgActuator, "joint", STRING, joint),
  FIELD (SgActuator, "site", STRING, site),
  FIELD (SgActuator, "gear", NUMBER, gear),
  FIELD (SgActuator, "kv", NUMBER, kv),
  FIELD (SgActuator, "target", NUMBER, target),
  VECTOR (SgActuator, "direction", direction, 3, 3),
  RANGE (SgActuator, "ctrl_range", VECTOR, ctrl_range, ctrl_limited),
  RANGE (SgActuator, "force_range", VECTOR, force_range, force_limited),
  FIELD (SgActuator, "element", INTEGER, element),
};
static const SgRecord actuator_record =
  RECORD ("an actuator", SgActuator, actuator_fields, actuator_init, NULL);

static const SgField sensor_fields[] = {
  FIELD (SgSensor, "type", ENUM, type, .names = sg_sensor_type_names),
  FIELD (SgSensor, "name", STRING, name),
  FIELD (SgSensor, "target", STRING, target),
};
static const SgRecord sensor_record = RECORD ("a sensor", SgSensor, sensor_fields, sensor_init, NULL);

static const SgField equality_fields[] = {
  FIELD (SgEquality, "type", ENUM, type, .names = sg_equality_type_names),
  FIELD (SgEquality, "name", STRING, name),
  FIELD (SgEquality, "a", STRING, a),
  FIELD (SgEquality, "b", STRING, b),
  VECTOR (SgEquality, "polycoef", polycoef, 5, 1),
};
static const SgRecord equality_record =
  RECORD ("an equality", SgEquality, equality_fields, equality_init, NULL);

static const SgField exclude_fields[] = {
  FIELD (SgExclude, "a", STRING, a),
  FIELD (SgExclude, "b", STRING, b),
};
static const SgRecord exclude_record = RECORD ("an exclude", SgExclude, exclude_fields, exclude_init, NULL);

static const SgField spec_fields[] = {
  FIELD (SgSpec, "title", STRING, title),
  VECTOR (SgSpec, "gravity", gravity, 3, 3),
  FIELD (SgSpec, "timestep", NUMBER, timestep),
  FIELD (SgSpec, "integrator", ENUM, integrator, .names = sg_integrator_names),
  FIELD (SgSpec, "air_density", NUMBER, air_density),
  FIELD (SgSpec, "air_viscosity", NUMBER, air_viscosity),
  FIELD (SgSpec, "planar", BOOLEAN, planar),
  FIELD (SgSpec, "geoms", LIST, geoms, .record = &geom_record),
  FIELD (SgSpec, "sites", LIST, sites, .record = &site_record),
  FIELD (SgSpec, "bodies", LIST, bodies, .record = &body_record),
  FIELD (SgSpec, "tendons", LIST, tendons, .record = &tendon_record),
  FIELD (SgSpec, "actuators", LIST, actuators, .record = &actuator_record),
  FIELD (SgSpec, "sensors", LIST, sensors, .record = &sensor_record),
  FIELD (SgSpec, "equalities", LIST, equalities, .record = &equality_record),
  FIELD (SgSpec, "excludes", LIST, excludes, .record = &exclude_record),
  FIELD (SgSpec, "notes", STRINGS, notes),
};
const SgRecord sg_spec_record = RECORD ("a spec", SgSpec, spec_fields, NULL, NULL);

/* Only joints have angles. */
double
sg_field_angle_unit (gconstpointer part)
{
  const SgJoint *joint = part;

  return joint->type == SG_JOINT_HINGE || joint->type == SG_JOINT_BALL ? G_PI / 180 : 1;
}
