/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules of bodies: their place in the tree, joints, geoms, masses. */
#include <math.h>
#include <string.h>

#include "physics/rules-private.h"
#include "physics/spec-fields.h"

/* -- Geoms -- */

/* Twice the signed area of the outline's triangle at corner i. */
static double
turn_at (const SgGeom *geom, guint i)
{
  const guint n = geom->n_outline;
  const double *a = geom->outline + 2 * i, *b = geom->outline + 2 * ((i + 1) % n),
               *c = geom->outline + 2 * ((i + 2) % n);

  return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]);
}

/* All corners turn the same way, and once around in total: a star turns one way too. */
static gboolean
is_convex (const SgGeom *geom)
{
  const double slack = 1e-9 * fabs (sg_geom_outline_area (geom));
  double around = 0, sign = sg_geom_outline_area (geom) > 0 ? 1 : -1;

  for (guint i = 0; i < geom->n_outline; i++)
    {
      const guint n = geom->n_outline;
      const double *a = geom->outline + 2 * i, *b = geom->outline + 2 * ((i + 1) % n),
                   *c = geom->outline + 2 * ((i + 2) % n);
      double along = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]);

      if (sign * turn_at (geom, i) < -slack)
        return FALSE;
      around += atan2 (turn_at (geom, i), along);
    }
  return fabs (fabs (around) - 2 * G_PI) < 1e-3;
}

static void
check_prism (SgRules *rules, const SgPlace *place, const SgGeom *geom)
{
  const SgPhysicsError code = SG_PHYSICS_ERROR_BAD_GEOM;

  sg_rules_number (rules, place, "size[1]", geom->size[1], SG_RULES_MIN_SIZE, SG_RULES_LARGEST);
  if (geom->n_outline < 3 || geom->n_outline > SG_RULES_MAX_POINTS)
    sg_rules_report (rules, code, place, "outline", "has %u points; a prism has 3 to %d", geom->n_outline,
                     SG_RULES_MAX_POINTS);
  else if (!sg_rules_numbers (rules, place, "outline", geom->outline, 2 * geom->n_outline))
    return;
  else if (fabs (sg_geom_outline_area (geom)) < SG_RULES_MIN_SIZE * SG_RULES_MIN_SIZE)
    sg_rules_report (rules, code, place, "outline", "encloses no area");
  else if (!is_convex (geom))
    sg_rules_report (rules, code, place, "outline", "is not convex; cut it into convex pieces");
}

static void
check_sizes (SgRules *rules, const SgPlace *place, const SgGeom *geom, guint n)
{
  static const char *const members[] = { "size[0]", "size[1]", "size[2]" };

  for (guint i = 0; i < n; i++)
    sg_rules_number (rules, place, members[i], geom->size[i], SG_RULES_MIN_SIZE, SG_RULES_LARGEST);
}

static void
check_plane (SgRules *rules, const SgPlace *place, const SgGeom *geom)
{
  sg_rules_number (rules, place, "size[0]", geom->size[0], 0, SG_RULES_LARGEST);
  sg_rules_number (rules, place, "size[1]", geom->size[1], 0, SG_RULES_LARGEST);
  sg_rules_number (rules, place, "size[2]", geom->size[2], SG_RULES_MIN_SIZE, SG_RULES_LARGEST);
  if (place->inner)
    sg_rules_report (rules, SG_PHYSICS_ERROR_BAD_GEOM, place, "type", "only the world has planes");
}

static void
check_shape (SgRules *rules, const SgPlace *place, const SgGeom *geom)
{
  switch (geom->type)
    {
    case SG_GEOM_SPHERE:
      check_sizes (rules, place, geom, 1);
      break;
    case SG_GEOM_CAPSULE:
    case SG_GEOM_CYLINDER:
      check_sizes (rules, place, geom, geom->has_fromto ? 1 : 2);
      break;
    case SG_GEOM_BOX:
    case SG_GEOM_ELLIPSOID:
      check_sizes (rules, place, geom, 3);
      break;
    case SG_GEOM_PLANE:
      check_plane (rules, place, geom);
      break;
    case SG_GEOM_PRISM:
      check_prism (rules, place, geom);
      break;
    }
}

static double
fromto_length (const SgGeom *geom)
{
  const double *e = geom->fromto;

  return sqrt ((e[3] - e[0]) * (e[3] - e[0]) + (e[4] - e[1]) * (e[4] - e[1]) + (e[5] - e[2]) * (e[5] - e[2]));
}

static void
check_fromto (SgRules *rules, const SgPlace *place, const SgGeom *geom)
{
  if (geom->type != SG_GEOM_CAPSULE && geom->type != SG_GEOM_CYLINDER)
    sg_rules_report (rules, SG_PHYSICS_ERROR_BAD_GEOM, place, "fromto",
                     "only capsules and cylinders run from one point to another");
  else if (sg_rules_numbers (rules, place, "fromto", geom->fromto, 6) &&
           fromto_length (geom) < SG_RULES_MIN_SIZE)
    sg_rules_report (rules, SG_PHYSICS_ERROR_BAD_GEOM, place, "fromto", "its two ends are the same point");
}

static void
check_quat (SgRules *rules, SgPhysicsError code, const SgPlace *place, const double quat[4])
{
  double norm = 0;

  if (!sg_rules_numbers (rules, place, "quat", quat, 4))
    return;
  for (guint i = 0; i < 4; i++)
    norm += quat[i] * quat[i];
  if (norm < 1e-6)
    sg_rules_report (rules, code, place, "quat", "is zero; upright is 1 0 0 0");
}

static void
check_geom (SgRules *rules, const SgPlace *place, SgGeom *geom)
{
  static const char *const friction[] = { "friction[0]", "friction[1]", "friction[2]" };

  sg_rules_name (rules, SG_PHYSICS_ERROR_BAD_GEOM, place, rules->geoms, geom->name, geom);
  check_shape (rules, place, geom);
  if (geom->has_fromto)
    check_fromto (rules, place, geom);
  sg_rules_numbers (rules, place, "pos", geom->pos, 3);
  check_quat (rules, SG_PHYSICS_ERROR_BAD_GEOM, place, geom->quat);
  if (!isnan (geom->mass))
    sg_rules_number (rules, place, "mass", geom->mass, 0, SG_RULES_LARGEST);
  sg_rules_number (rules, place, "density", geom->density, 0, SG_RULES_LARGEST);
  for (guint i = 0; i < 3; i++)
    sg_rules_number (rules, place, friction[i], geom->friction[i], 0, 1000);
  if (!isnan (geom->restitution))
    sg_rules_number (rules, place, "restitution", geom->restitution, 0, 1);
  for (guint i = 0; i < 4; i++)
    sg_rules_number (rules, place, "rgba", geom->rgba[i], 0, 1);
}

static void
check_sites (SgRules *rules, SgPlace *place, GArray *sites, SgBody *body)
{
  for (place->j = 0; place->j < sites->len; place->j++)
    {
      const SgSite *site = &g_array_index (sites, SgSite, place->j);

      sg_rules_name (rules, SG_PHYSICS_ERROR_BAD_BODY, place, rules->sites, site->name, body);
      sg_rules_numbers (rules, place, "pos", site->pos, 3);
    }
}

void
sg_rules_check_world (SgRules *rules)
{
  const SgSpec *spec = rules->spec;
  SgPlace place = { .list = "geoms" };

  for (place.i = 0; place.i < spec->geoms->len; place.i++)
    check_geom (rules, &place, &g_array_index (spec->geoms, SgGeom, place.i));
  place.list = "sites";
  for (place.i = 0; place.i < spec->sites->len; place.i++)
    {
      const SgSite *site = &g_array_index (spec->sites, SgSite, place.i);

      sg_rules_name (rules, SG_PHYSICS_ERROR_BAD_BODY, &place, rules->sites, site->name, NULL);
      sg_rules_numbers (rules, &place, "pos", site->pos, 3);
    }
}

/* -- Joints -- */

static gboolean
is_scalar (const SgJoint *joint)
{
  return joint->type == SG_JOINT_HINGE || joint->type == SG_JOINT_SLIDE;
}

/* Messages speak of angles in degrees, as the file does. */
static void
check_joint_limits (SgRules *rules, const SgPlace *place, const SgJoint *joint)
{
  const SgPhysicsError code = SG_PHYSICS_ERROR_BAD_JOINT;
  const double unit = sg_field_angle_unit (joint), start = joint->initial_position / unit;
  const double range[2] = { joint->range[0] / unit, joint->range[1] / unit };

  if (!joint->limited || !sg_rules_range (rules, code, place, "range", range))
    return;
  if (joint->type == SG_JOINT_FREE)
    sg_rules_report (rules, code, place, "range", "a free joint has no limits");
  if (joint->type == SG_JOINT_BALL && range[0] != 0)
    sg_rules_report (rules, code, place, "range", "a ball joint's begins with 0, not %g", range[0]);
  if (is_scalar (joint) && (start < range[0] || start > range[1]))
    sg_rules_report (rules, code, place, "initial_position", "%g is outside the range %g to %g", start,
                     range[0], range[1]);
}

static void
check_axis (SgRules *rules, const SgPlace *place, const double axis[3])
{
  if (sg_rules_numbers (rules, place, "axis", axis, 3) &&
      axis[0] * axis[0] + axis[1] * axis[1] + axis[2] * axis[2] < 1e-12)
    sg_rules_report (rules, SG_PHYSICS_ERROR_BAD_JOINT, place, "axis", "is zero");
}

static void
check_joint (SgRules *rules, const SgPlace *place, SgJoint *joint)
{
  sg_rules_name (rules, SG_PHYSICS_ERROR_BAD_JOINT, place, rules->joints, joint->name, joint);
  sg_rules_numbers (rules, place, "pos", joint->pos, 3);
  if (is_scalar (joint))
    check_axis (rules, place, joint->axis);
  check_joint_limits (rules, place, joint);
  sg_rules_number (rules, place, "damping", joint->damping, 0, SG_RULES_LARGEST);
  sg_rules_number (rules, place, "armature", joint->armature, 0, SG_RULES_LARGEST);
  sg_rules_number (rules, place, "stiffness", joint->stiffness, 0, SG_RULES_LARGEST);
  sg_rules_number (rules, place, "friction_loss", joint->friction_loss, 0, SG_RULES_LARGEST);
  sg_rules_numbers (rules, place, "spring_ref", &joint->spring_ref, 1);
  sg_rules_numbers (rules, place, "initial_position", &joint->initial_position, 1);
  sg_rules_numbers (rules, place, "initial_velocity", &joint->initial_velocity, 1);
}

/* What the joints of one body are together. */
static void
check_freedom (SgRules *rules, const SgPlace *place, const SgBody *body)
{
  static const guint freedoms[] = {
    [SG_JOINT_HINGE] = 1,
    [SG_JOINT_SLIDE] = 1,
    [SG_JOINT_BALL] = 3,
    [SG_JOINT_FREE] = 6,
  };
  const SgPhysicsError code = SG_PHYSICS_ERROR_BAD_JOINT;
  const int parent = rules->tree->parent[place->i];
  guint total = 0, count[4] = { 0 };

  for (guint j = 0; j < body->joints->len; j++)
    {
      SgJointType type = g_array_index (body->joints, SgJoint, j).type;

      total += freedoms[type];
      count[type]++;
    }
  if (total > 6)
    sg_rules_report (rules, code, place, "joints", "allow %u ways of moving; a body has at most 6", total);
  if (count[SG_JOINT_BALL] > 0 && count[SG_JOINT_BALL] + count[SG_JOINT_HINGE] > 1)
    sg_rules_report (rules, code, place, "joints",
                     "a ball joint already turns every way; remove the others that turn");
  if (count[SG_JOINT_FREE] > 0 && parent >= 0)
    sg_rules_report (rules, code, place, "joints",
                     "a free joint needs the world as the body's parent, not %s", body->parent);
  if (count[SG_JOINT_FREE] == 0)
    for (guint k = 0; k < 6; k++)
      if (body->initial_velocity[k] != 0)
        {
          sg_rules_report (rules, SG_PHYSICS_ERROR_BAD_BODY, place, "initial_velocity",
                           "needs a free joint; set it on the joints instead");
          break;
        }
}

/* -- Bodies -- */

/* Each welded body's mass goes to the body that it moves with; then every body that moves needs some. Deepest
 * first would be a sort: walking up from each is as good, for welded chains are short. */
static void
check_masses (SgRules *rules)
{
  const SgSpec *spec = rules->spec;
  const SgSpecTree *tree = rules->tree;
  g_autofree double *mass = g_new0 (double, tree->n + 1);
  SgPlace place = { .list = "bodies" };

  for (guint i = 0; i < tree->n; i++)
    {
      int carrier = (int)i;

      if (tree->depth[i] == 0)
        continue;
      while (carrier >= 0 && g_array_index (spec->bodies, SgBody, carrier).joints->len == 0)
        carrier = tree->parent[carrier];
      if (carrier >= 0)
        mass[carrier] += sg_body_mass (&g_array_index (spec->bodies, SgBody, i));
    }
  for (place.i = 0; place.i < tree->n; place.i++)
    {
      const SgBody *body = &g_array_index (spec->bodies, SgBody, place.i);

      /* Not "< MIN": what is not a number has its own problem already. */
      if (tree->depth[place.i] > 0 && body->joints->len > 0 && mass[place.i] < SG_RULES_MIN_MASS)
        sg_rules_report (rules, SG_PHYSICS_ERROR_BAD_BODY, &place, NULL,
                         "%s moves, but its mass is %g kg; give its geoms a mass of at least %g kg",
                         body->name, mass[place.i], SG_RULES_MIN_MASS);
    }
}

static void
check_parent (SgRules *rules, const SgPlace *place, const SgBody *body)
{
  const int parent = rules->tree->parent[place->i];
  const guint depth = rules->tree->depth[place->i];

  if (parent == SG_TREE_MISSING)
    sg_rules_report (rules, SG_PHYSICS_ERROR_BAD_REFERENCE, place, "parent", "no body is named %s",
                     body->parent);
  else if (depth == 0)
    {
      /* Below a missing parent the parent's own problem says enough; only a loop has none. */
      int at = parent;

      for (guint step = 0; step <= rules->tree->n && at >= 0; step++)
        at = rules->tree->parent[at];
      if (at >= 0)
        sg_rules_report (rules, SG_PHYSICS_ERROR_LOOP, place, "parent", "%s hangs on a loop of parents",
                         body->name);
    }
  else if (depth > SG_RULES_MAX_DEPTH)
    sg_rules_report (rules, SG_PHYSICS_ERROR_TOO_LARGE, place, "parent",
                     "is the %uth body in a chain; at most %d are", depth, SG_RULES_MAX_DEPTH);
}

static void
check_body (SgRules *rules, guint i)
{
  SgBody *body = &g_array_index (rules->spec->bodies, SgBody, i);
  SgPlace place = { .list = "bodies", .i = i };

  sg_rules_name (rules, SG_PHYSICS_ERROR_BAD_BODY, &place, rules->bodies, body->name, body);
  check_parent (rules, &place, body);
  sg_rules_numbers (rules, &place, "pos", body->pos, 3);
  check_quat (rules, SG_PHYSICS_ERROR_BAD_BODY, &place, body->quat);
  sg_rules_numbers (rules, &place, "initial_velocity", body->initial_velocity, 6);
  check_freedom (rules, &place, body);
  place.inner = "joints";
  for (place.j = 0; place.j < body->joints->len; place.j++)
    check_joint (rules, &place, &g_array_index (body->joints, SgJoint, place.j));
  place.inner = "geoms";
  for (place.j = 0; place.j < body->geoms->len; place.j++)
    check_geom (rules, &place, &g_array_index (body->geoms, SgGeom, place.j));
  place.inner = "sites";
  check_sites (rules, &place, body->sites, body);
}

void
sg_rules_check_bodies (SgRules *rules)
{
  for (guint i = 0; i < rules->spec->bodies->len; i++)
    check_body (rules, i);
  check_masses (rules);
}
