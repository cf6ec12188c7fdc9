/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PhysicsSpec -> MJCF text. Reads top to bottom as the file does: options, looks, assets, the tree of bodies,
 * then what connects them, and the state at the start. Pure: the same spec gives the same bytes. The numbers
 * without a name are recipes measured in MuJoCo 4.0.1; where one is not obvious its reason stands beside it.
 */
#include "physics/mjcf.h"

#include <math.h>
#include <string.h>

#include "physics/spec-names.h"
#include "physics/spec-tree.h"
#include "physics/xml.h"

typedef struct
{
  const SgSpec *spec;
  SgSpecTree *tree;
  SgXml xml;
  /* The state at the start, gathered while the joints are written: their order is MuJoCo's own. */
  GArray *qpos, *qvel; /* double */
  gboolean starts;     /* anything in them differs from what MuJoCo would start with */
} Writer;

/* Without a gap in stiffness, hinged loops and held ropes give way visibly at MuJoCo's default (6.8 mm in a
 * four-bar linkage, 12.6 mm in a rope with 60 kg; with these 0.27 mm and 1.7 mm). */
#define STIFF_SOLREF ".004 1"
#define STIFF_SOLIMP ".95 .99 .001"
/* With this and impratio 10 a box resting on a slope creeps 0.015 mm/s (0.59 at the default) and the fifth of
 * a stack lies 0.2 mm low (1.5). */
#define CONTACT_SOLREF ".01 1"

/* -- Small -- */

static gboolean
is_zero (const double *values, guint n)
{
  for (guint i = 0; i < n; i++)
    if (values[i] != 0)
      return FALSE;
  return TRUE;
}

static void
write_nonzero (SgXml *xml, const char *name, double value)
{
  if (value != 0)
    sg_xml_number (xml, name, value);
}

static void
write_pose (SgXml *xml, const double pos[3], const double quat[4])
{
  static const double upright[4] = { 1, 0, 0, 0 };

  if (!is_zero (pos, 3))
    sg_xml_numbers (xml, "pos", pos, 3);
  if (quat && memcmp (quat, upright, sizeof upright) != 0)
    sg_xml_numbers (xml, "quat", quat, 4);
}

/* Colours are float in the spec: three digits are more than an eye sees, and keep 0.58 from becoming
 * 0.5799999833106995. */
static void
write_color (SgXml *xml, const float rgba[4])
{
  double color[4];

  for (guint i = 0; i < 4; i++)
    color[i] = rint (rgba[i] * 1000.0) / 1000;
  sg_xml_numbers (xml, "rgba", color, 4);
}

/* -- Options, looks, defaults -- */

static void
write_options (Writer *w)
{
  static const char *const integrators[] = { "Euler", "RK4", "implicit", "implicitfast" };
  static const char *const flags[] = { "<flag speculative=\"enable\" energy=\"enable\"/>", NULL };
  const SgSpec *spec = w->spec;
  SgXml *xml = &w->xml;

  sg_xml_raw (xml, (const char *const[]){ "<compiler angle=\"radian\"/>", NULL });
  sg_xml_begin (xml, "option");
  sg_xml_number (xml, "timestep", spec->timestep);
  sg_xml_numbers (xml, "gravity", spec->gravity, 3);
  sg_xml_text (xml, "integrator", integrators[spec->integrator]);
  sg_xml_text (xml, "cone", "elliptic");
  sg_xml_text (xml, "impratio", "10");
  write_nonzero (xml, "density", spec->air_density);
  write_nonzero (xml, "viscosity", spec->air_viscosity);
  sg_xml_open (xml);
  sg_xml_raw (xml, flags);
  sg_xml_end (xml, "option");
}

/* The free camera starts in front of the drawing's plane; offscreen pictures may be as large as a screen. */
static void
write_looks (Writer *w)
{
  static const char *const visual[] = {
    "<global azimuth=\"90\" elevation=\"-8\" offwidth=\"1920\" offheight=\"1200\"/>",
    "<headlight ambient=\".35 .35 .36\" diffuse=\".45 .45 .45\" specular=\".1 .1 .1\"/>",
    "<quality shadowsize=\"4096\" offsamples=\"8\"/>",
    "<rgba haze=\".82 .88 .94 1\"/>",
    "<map znear=\".01\" shadowclip=\"2\"/>",
    NULL,
  };

  sg_xml_element (&w->xml, "visual");
  sg_xml_raw (&w->xml, visual);
  sg_xml_end (&w->xml, "visual");
}

static void
write_defaults (Writer *w)
{
  static const char *const rest[] = {
    "<joint solreflimit=\"" STIFF_SOLREF "\"/>",
    "<site group=\"4\"/>",
    "<tendon solreflimit=\"" STIFF_SOLREF "\"/>",
    "<equality solref=\"" STIFF_SOLREF "\" solimp=\"" STIFF_SOLIMP "\"/>",
    NULL,
  };
  const SgGeom usual = sg_geom_default (SG_GEOM_SPHERE);
  SgXml *xml = &w->xml;

  sg_xml_element (xml, "default");
  sg_xml_begin (xml, "geom");
  sg_xml_text (xml, "material", "matter");
  sg_xml_number (xml, "density", usual.density);
  sg_xml_numbers (xml, "friction", usual.friction, 3);
  sg_xml_text (xml, "solref", CONTACT_SOLREF);
  sg_xml_text (xml, "solimp", STIFF_SOLIMP);
  write_color (xml, usual.rgba);
  sg_xml_leaf (xml);
  sg_xml_raw (xml, rest);
  sg_xml_end (xml, "default");
}

/* -- Assets -- */

/* A convex polygon in x, z between y = -depth and y = depth: MuJoCo makes the hull of its corners. */
static void
write_mesh (SgXml *xml, const SgGeom *geom)
{
  g_autofree double *corners = g_new (double, 6 * geom->n_outline);

  for (guint i = 0; i < geom->n_outline; i++)
    for (guint side = 0; side < 2; side++)
      {
        double *corner = corners + 6 * i + 3 * side;

        corner[0] = geom->outline[2 * i];
        corner[1] = side == 0 ? -geom->size[1] : geom->size[1];
        corner[2] = geom->outline[2 * i + 1];
      }
  sg_xml_begin (xml, "mesh");
  sg_xml_text (xml, "name", geom->name);
  sg_xml_text (xml, "inertia", "convex");
  sg_xml_numbers (xml, "vertex", corners, 6 * geom->n_outline);
  sg_xml_leaf (xml);
}

static void
write_meshes (SgXml *xml, const GArray *geoms)
{
  for (guint i = 0; i < geoms->len; i++)
    {
      const SgGeom *geom = &g_array_index (geoms, SgGeom, i);

      if (geom->type == SG_GEOM_PRISM)
        write_mesh (xml, geom);
    }
}

static void
write_assets (Writer *w)
{
  static const char *const looks[] = {
    "<texture name=\"sky\" type=\"skybox\" builtin=\"gradient\" rgb1=\".93 .95 .97\" rgb2=\".55 .68 .84\" "
    "width=\"64\" height=\"64\"/>",
    "<texture name=\"checker\" type=\"2d\" builtin=\"checker\" rgb1=\".80 .83 .86\" rgb2=\".72 .76 .80\" "
    "width=\"64\" height=\"64\"/>",
    "<material name=\"floor\" texture=\"checker\" texuniform=\"true\" texrepeat=\"2 2\" specular=\".1\" "
    "shininess=\".1\"/>",
    "<material name=\"matter\" specular=\".25\" shininess=\".35\"/>",
    NULL,
  };
  const SgSpec *spec = w->spec;

  sg_xml_element (&w->xml, "asset");
  sg_xml_raw (&w->xml, looks);
  write_meshes (&w->xml, spec->geoms);
  for (guint i = 0; i < spec->bodies->len; i++)
    write_meshes (&w->xml, g_array_index (spec->bodies, SgBody, i).geoms);
  sg_xml_end (&w->xml, "asset");
}

/* -- Geoms -- */

/* How many of size[] MuJoCo wants. */
static guint
size_count (const SgGeom *geom)
{
  switch (geom->type)
    {
    case SG_GEOM_SPHERE:
      return 1;
    case SG_GEOM_CAPSULE:
    case SG_GEOM_CYLINDER:
      return geom->has_fromto ? 1 : 2;
    case SG_GEOM_PRISM:
      return 0;
    default:
      return 3;
    }
}

/* How much of its speed a contact with damping ratio `zeta` gives back: a damped oscillator followed until
 * its force would begin to pull (Schwager and Pöschel, "Coefficient of restitution and linear-dashpot model
 * revisited", 2007). Falls from 1 at zeta 0. */
static double
restitution_of (double zeta)
{
  double root = sqrt (fabs (1 - zeta * zeta));

  if (root < 1e-6)
    return exp (-2);
  double angle = zeta < 1 ? atan (root / zeta) : atanh (root / zeta);

  return exp (-2 * zeta / root * angle);
}

/* The inverse, by bisection. Beyond zeta 2 nothing is left to see bounce (e < 0.05) and the damper would be
 * too stiff for the timestep. */
static double
damping_ratio_for (double restitution)
{
  double low = 0, high = 2;

  for (int i = 0; i < 50; i++)
    {
      double middle = (low + high) / 2;

      if (restitution_of (middle) > restitution)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* A negative solref is stiffness and damping themselves, which do bounce; one geom with it decides for a pair
 * whose other has the default. The stiffness gives a contact about ten steps at any timestep: with fewer the
 * measured restitution strays by more than 0.03, with more a fast ball sinks in visibly. */
static void
write_restitution (SgXml *xml, double restitution, double timestep)
{
  const double frequency = 0.3 / timestep; /* rad/s */
  const double damping = 2 * damping_ratio_for (MIN (restitution, 0.99)) * frequency;
  const double solref[2] = { -rint (frequency * frequency), -rint (damping * 1000) / 1000 };

  sg_xml_numbers (xml, "solref", solref, 2);
  sg_xml_text (xml, "solimp", ".99 .99 .001");
}

static void
write_contact (SgXml *xml, const SgGeom *geom, double timestep)
{
  const SgGeom usual = sg_geom_default (geom->type);

  if (!geom->contacts)
    {
      sg_xml_text (xml, "contype", "0");
      sg_xml_text (xml, "conaffinity", "0");
      return;
    }
  if (memcmp (geom->friction, usual.friction, sizeof usual.friction) != 0)
    sg_xml_numbers (xml, "friction", geom->friction, 3);
  if (geom->slippery)
    sg_xml_text (xml, "priority", "1");
  if (!isnan (geom->restitution))
    write_restitution (xml, geom->restitution, timestep);
}

static void
write_appearance (SgXml *xml, const SgGeom *geom)
{
  static const float white[4] = { 1, 1, 1, 1 };
  const SgGeom usual = sg_geom_default (geom->type);
  gboolean is_usual = memcmp (geom->rgba, usual.rgba, sizeof usual.rgba) == 0;

  if (geom->type == SG_GEOM_PLANE)
    sg_xml_text (xml, "material", "floor");
  if (geom->type == SG_GEOM_PLANE && is_usual)
    write_color (xml, white);
  else if (!is_usual)
    write_color (xml, geom->rgba);
}

static void
write_geom (Writer *w, const SgGeom *geom, gboolean has_mass)
{
  SgXml *xml = &w->xml;

  sg_xml_begin (xml, "geom");
  sg_xml_text (xml, "name", geom->name);
  sg_xml_text (xml, "type", geom->type == SG_GEOM_PRISM ? "mesh" : sg_geom_type_names[geom->type]);
  if (geom->type == SG_GEOM_PRISM)
    sg_xml_text (xml, "mesh", geom->name);
  else
    sg_xml_numbers (xml, "size", geom->size, size_count (geom));
  if (geom->has_fromto)
    sg_xml_numbers (xml, "fromto", geom->fromto, 6);
  else
    write_pose (xml, geom->pos, geom->quat);
  if (has_mass && !isnan (geom->mass))
    sg_xml_number (xml, "mass", geom->mass);
  else if (has_mass && geom->density != sg_geom_default (geom->type).density)
    sg_xml_number (xml, "density", geom->density);
  write_contact (xml, geom, w->spec->timestep);
  write_appearance (xml, geom);
  sg_xml_leaf (xml);
}

static void
write_sites (SgXml *xml, const GArray *sites)
{
  for (guint i = 0; i < sites->len; i++)
    {
      const SgSite *site = &g_array_index (sites, SgSite, i);

      sg_xml_begin (xml, "site");
      sg_xml_text (xml, "name", site->name);
      write_pose (xml, site->pos, NULL);
      sg_xml_leaf (xml);
    }
}

/* -- Joints and the start -- */

static void
append_start (Writer *w, GArray *state, const double *values, guint n)
{
  g_array_append_vals (state, values, n);
}

/* v in the frame whose orientation in the world is `quat` (unit). */
static void
rotate_back (const double quat[4], const double v[3], double out[3])
{
  const double w = quat[0], u[3] = { -quat[1], -quat[2], -quat[3] };
  const double t[3] = {
    2 * (u[1] * v[2] - u[2] * v[1]),
    2 * (u[2] * v[0] - u[0] * v[2]),
    2 * (u[0] * v[1] - u[1] * v[0]),
  };

  out[0] = v[0] + w * t[0] + u[1] * t[2] - u[2] * t[1];
  out[1] = v[1] + w * t[1] + u[2] * t[0] - u[0] * t[2];
  out[2] = v[2] + w * t[2] + u[0] * t[1] - u[1] * t[0];
}

/* A free joint's coordinates are the body's pose in the world; its rates are in the world for moving along,
 * in the body's own frame for turning. */
static void
start_free (Writer *w, const SgBody *body)
{
  const double *q = body->quat, *velocity = body->initial_velocity;
  double norm = sqrt (q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
  double unit[4] = { q[0] / norm, q[1] / norm, q[2] / norm, q[3] / norm }, turning[3];

  rotate_back (unit, velocity + 3, turning);
  append_start (w, w->qpos, body->pos, 3);
  append_start (w, w->qpos, unit, 4);
  append_start (w, w->qvel, velocity, 3);
  append_start (w, w->qvel, turning, 3);
  w->starts |= !is_zero (velocity, 6);
}

static void
start_joint (Writer *w, const SgBody *body, const SgJoint *joint)
{
  static const double upright[4] = { 1, 0, 0, 0 };
  static const double still[3];

  switch (joint->type)
    {
    case SG_JOINT_FREE:
      start_free (w, body);
      break;
    case SG_JOINT_BALL:
      append_start (w, w->qpos, upright, 4);
      append_start (w, w->qvel, still, 3);
      break;
    case SG_JOINT_HINGE:
    case SG_JOINT_SLIDE:
      append_start (w, w->qpos, &joint->initial_position, 1);
      append_start (w, w->qvel, &joint->initial_velocity, 1);
      w->starts |= joint->initial_position != 0 || joint->initial_velocity != 0;
      break;
    }
}

static void
write_joint (SgXml *xml, const SgJoint *joint)
{
  sg_xml_begin (xml, "joint");
  sg_xml_text (xml, "name", joint->name);
  sg_xml_text (xml, "type", sg_joint_type_names[joint->type]);
  if (joint->type != SG_JOINT_FREE)
    write_pose (xml, joint->pos, NULL);
  if (joint->type == SG_JOINT_HINGE || joint->type == SG_JOINT_SLIDE)
    sg_xml_numbers (xml, "axis", joint->axis, 3);
  if (joint->limited)
    sg_xml_numbers (xml, "range", joint->range, 2);
  write_nonzero (xml, "damping", joint->damping);
  write_nonzero (xml, "armature", joint->armature);
  write_nonzero (xml, "stiffness", joint->stiffness);
  write_nonzero (xml, "springref", joint->spring_ref);
  write_nonzero (xml, "frictionloss", joint->friction_loss);
  sg_xml_leaf (xml);
}

/* -- Bodies -- */

static void write_children (Writer *w, int first);

static void
write_body (Writer *w, const SgBody *body, int first_child)
{
  SgXml *xml = &w->xml;

  sg_xml_begin (xml, "body");
  sg_xml_text (xml, "name", body->name);
  write_pose (xml, body->pos, body->quat);
  sg_xml_open (xml);
  for (guint i = 0; i < body->joints->len; i++)
    {
      const SgJoint *joint = &g_array_index (body->joints, SgJoint, i);

      write_joint (xml, joint);
      start_joint (w, body, joint);
    }
  for (guint i = 0; i < body->geoms->len; i++)
    write_geom (w, &g_array_index (body->geoms, SgGeom, i), TRUE);
  write_sites (xml, body->sites);
  write_children (w, first_child);
  sg_xml_end (xml, "body");
}

/* The rules bound the depth of the tree, and so of this recursion. */
static void
write_children (Writer *w, int first)
{
  for (int i = first; i != SG_TREE_NONE; i = w->tree->sibling[i])
    write_body (w, &g_array_index (w->spec->bodies, SgBody, i), w->tree->child[i]);
}

static gboolean
has_forces (const SgSpec *spec)
{
  for (guint i = 0; i < spec->actuators->len; i++)
    if (g_array_index (spec->actuators, SgActuator, i).type == SG_ACTUATOR_FORCE)
      return TRUE;
  return FALSE;
}

static void
write_world (Writer *w)
{
  static const char *const light[] = {
    "<light directional=\"true\" pos=\"-2 -4 8\" dir=\".25 .45 -1\" diffuse=\".55 .55 .53\" "
    "specular=\".2 .2 .2\"/>",
    NULL,
  };
  static const char *const origin[] = { "<site name=\"" SG_MJCF_ORIGIN "\"/>", NULL };
  const SgSpec *spec = w->spec;

  sg_xml_element (&w->xml, "worldbody");
  sg_xml_raw (&w->xml, light);
  if (has_forces (spec))
    sg_xml_raw (&w->xml, origin);
  for (guint i = 0; i < spec->geoms->len; i++)
    write_geom (w, &g_array_index (spec->geoms, SgGeom, i), FALSE);
  write_sites (&w->xml, spec->sites);
  write_children (w, w->tree->child[w->tree->n]);
  sg_xml_end (&w->xml, "worldbody");
}

/* -- Tendons -- */

static void
write_tendon_path (SgXml *xml, const GArray *path)
{
  for (guint i = 0; i < path->len; i++)
    {
      const SgTendonPoint *point = &g_array_index (path, SgTendonPoint, i);

      sg_xml_begin (xml, point->geom ? "geom" : "site");
      sg_xml_text (xml, point->geom ? "geom" : "site", point->geom ? point->geom : point->site);
      if (point->geom)
        sg_xml_text (xml, "sidesite", point->side_site);
      sg_xml_leaf (xml);
    }
}

static void
write_tendon (SgXml *xml, const SgTendon *tendon)
{
  const double range[2] = { 0, tendon->length };

  sg_xml_begin (xml, "spatial");
  sg_xml_text (xml, "name", tendon->name);
  if (tendon->type == SG_TENDON_SPRING)
    {
      sg_xml_number (xml, "stiffness", tendon->stiffness);
      if (!isnan (tendon->rest_length))
        sg_xml_number (xml, "springlength", tendon->rest_length);
    }
  else if (!isnan (tendon->length))
    sg_xml_numbers (xml, "range", range, 2);
  write_nonzero (xml, "damping", tendon->damping);
  sg_xml_number (xml, "width", tendon->width);
  write_color (xml, tendon->rgba);
  sg_xml_open (xml);
  write_tendon_path (xml, tendon->path);
  sg_xml_end (xml, "spatial");
}

static void
write_tendons (Writer *w)
{
  const GArray *tendons = w->spec->tendons;

  if (tendons->len == 0)
    return;
  sg_xml_element (&w->xml, "tendon");
  for (guint i = 0; i < tendons->len; i++)
    write_tendon (&w->xml, &g_array_index (tendons, SgTendon, i));
  sg_xml_end (&w->xml, "tendon");
}

/* -- Actuators -- */

/* force = kv (target + ctrl - velocity): turns as drawn while ctrl is 0, which <velocity> cannot say. */
static void
write_velocity_law (SgXml *xml, const SgActuator *actuator)
{
  const double bias[3] = { actuator->kv * actuator->target, 0, -actuator->kv };

  sg_xml_text (xml, "joint", actuator->joint);
  sg_xml_number (xml, "gear", actuator->gear);
  sg_xml_number (xml, "gainprm", actuator->kv);
  sg_xml_text (xml, "biastype", "affine");
  sg_xml_numbers (xml, "biasprm", bias, 3);
}

/* force = target + ctrl; measured against a site of the world it keeps its direction while the body turns. */
static void
write_force_law (SgXml *xml, const SgActuator *actuator)
{
  const double bias[3] = { actuator->target, 0, 0 };
  double wrench[6] = { 0 };

  for (guint i = 0; i < 3; i++)
    wrench[i] = actuator->gear * actuator->direction[i];
  sg_xml_text (xml, "site", actuator->site);
  sg_xml_text (xml, "refsite", SG_MJCF_ORIGIN);
  sg_xml_numbers (xml, "gear", wrench, 6);
  sg_xml_text (xml, "biastype", "affine");
  sg_xml_numbers (xml, "biasprm", bias, 3);
}

static void
write_actuator (SgXml *xml, const SgActuator *actuator)
{
  sg_xml_begin (xml, actuator->type == SG_ACTUATOR_MOTOR ? "motor" : "general");
  sg_xml_text (xml, "name", actuator->name);
  switch (actuator->type)
    {
    case SG_ACTUATOR_MOTOR:
      sg_xml_text (xml, "joint", actuator->joint);
      sg_xml_number (xml, "gear", actuator->gear);
      break;
    case SG_ACTUATOR_VELOCITY:
      write_velocity_law (xml, actuator);
      break;
    case SG_ACTUATOR_FORCE:
      write_force_law (xml, actuator);
      break;
    }
  if (actuator->ctrl_limited)
    sg_xml_numbers (xml, "ctrlrange", actuator->ctrl_range, 2);
  if (actuator->force_limited)
    sg_xml_numbers (xml, "forcerange", actuator->force_range, 2);
  sg_xml_leaf (xml);
}

static void
write_actuators (Writer *w)
{
  const GArray *actuators = w->spec->actuators;

  if (actuators->len == 0)
    return;
  sg_xml_element (&w->xml, "actuator");
  for (guint i = 0; i < actuators->len; i++)
    write_actuator (&w->xml, &g_array_index (actuators, SgActuator, i));
  sg_xml_end (&w->xml, "actuator");
}

/* -- Sensors, equalities, excludes -- */

static void
write_sensors (Writer *w)
{
  static const struct
  {
    const char *tag, *target, *object; /* object: the type that a frame sensor names */
  } forms[] = {
    [SG_SENSOR_JOINT_POSITION] = { "jointpos", "joint", NULL },
    [SG_SENSOR_JOINT_VELOCITY] = { "jointvel", "joint", NULL },
    [SG_SENSOR_ACTUATOR_FORCE] = { "actuatorfrc", "actuator", NULL },
    [SG_SENSOR_BODY_POSITION] = { "framepos", "objname", "xbody" },
    [SG_SENSOR_BODY_VELOCITY] = { "framelinvel", "objname", "xbody" },
    [SG_SENSOR_TENDON_LENGTH] = { "tendonpos", "tendon", NULL },
  };
  const GArray *sensors = w->spec->sensors;
  SgXml *xml = &w->xml;

  if (sensors->len == 0)
    return;
  sg_xml_element (xml, "sensor");
  for (guint i = 0; i < sensors->len; i++)
    {
      const SgSensor *sensor = &g_array_index (sensors, SgSensor, i);

      sg_xml_begin (xml, forms[sensor->type].tag);
      sg_xml_text (xml, "name", sensor->name);
      sg_xml_text (xml, "objtype", forms[sensor->type].object);
      sg_xml_text (xml, forms[sensor->type].target, sensor->target);
      sg_xml_leaf (xml);
    }
  sg_xml_end (xml, "sensor");
}

static void
write_equalities (Writer *w)
{
  static const char *const sides[][2] = {
    [SG_EQUALITY_CONNECT] = { "site1", "site2" },
    [SG_EQUALITY_WELD] = { "body1", "body2" },
    [SG_EQUALITY_JOINT] = { "joint1", "joint2" },
  };
  const GArray *equalities = w->spec->equalities;
  SgXml *xml = &w->xml;

  if (equalities->len == 0)
    return;
  sg_xml_element (xml, "equality");
  for (guint i = 0; i < equalities->len; i++)
    {
      const SgEquality *equality = &g_array_index (equalities, SgEquality, i);

      sg_xml_begin (xml, sg_equality_type_names[equality->type]);
      sg_xml_text (xml, "name", equality->name);
      sg_xml_text (xml, sides[equality->type][0], equality->a);
      sg_xml_text (xml, sides[equality->type][1], equality->b);
      if (equality->type == SG_EQUALITY_JOINT)
        sg_xml_numbers (xml, "polycoef", equality->polycoef, 5);
      sg_xml_leaf (xml);
    }
  sg_xml_end (xml, "equality");
}

static void
write_exclude (SgXml *xml, const char *a, const char *b)
{
  sg_xml_begin (xml, "exclude");
  sg_xml_text (xml, "body1", a);
  sg_xml_text (xml, "body2", b);
  sg_xml_leaf (xml);
}

static gboolean
is_fixed (const Writer *w, int body)
{
  while (body >= 0 && g_array_index (w->spec->bodies, SgBody, body).joints->len == 0)
    body = w->tree->parent[body];
  return body == SG_TREE_NONE;
}

/* MuJoCo lets a body overlap the one it is jointed to, except where that one is fixed: an arm would be stuck
 * in its base. */
static void
exclude_fixed_parents (Writer *w)
{
  for (guint i = 0; i < w->tree->n; i++)
    {
      const SgBody *body = &g_array_index (w->spec->bodies, SgBody, i);
      const int parent = w->tree->parent[i];

      if (body->joints->len > 0 && parent >= 0 && is_fixed (w, parent))
        write_exclude (&w->xml, body->parent, body->name);
    }
}

static void
write_excludes (Writer *w)
{
  const GArray *excludes = w->spec->excludes;

  sg_xml_element (&w->xml, "contact");
  exclude_fixed_parents (w);
  for (guint i = 0; i < excludes->len; i++)
    {
      const SgExclude *exclude = &g_array_index (excludes, SgExclude, i);

      write_exclude (&w->xml, exclude->a, exclude->b);
    }
  sg_xml_end (&w->xml, "contact");
}

/* -- The start -- */

static void
write_start (Writer *w)
{
  SgXml *xml = &w->xml;

  if (!w->starts)
    return;
  g_autofree double *ctrl = g_new0 (double, w->spec->actuators->len);

  sg_xml_element (xml, "keyframe");
  sg_xml_begin (xml, "key");
  sg_xml_text (xml, "name", "start");
  sg_xml_numbers (xml, "qpos", (const double *)w->qpos->data, w->qpos->len);
  sg_xml_numbers (xml, "qvel", (const double *)w->qvel->data, w->qvel->len);
  if (w->spec->actuators->len > 0)
    sg_xml_numbers (xml, "ctrl", ctrl, w->spec->actuators->len);
  sg_xml_leaf (xml);
  sg_xml_end (xml, "keyframe");
}

char *
sg_mjcf_write (const SgSpec *spec)
{
  g_return_val_if_fail (spec != NULL, NULL);

  Writer w = {
    .spec = spec,
    .tree = sg_spec_tree_new (spec),
    .xml = { .out = g_string_sized_new (4096) },
    .qpos = g_array_new (FALSE, FALSE, sizeof (double)),
    .qvel = g_array_new (FALSE, FALSE, sizeof (double)),
  };

  sg_xml_begin (&w.xml, "mujoco");
  sg_xml_text (&w.xml, "model", *spec->title ? spec->title : "SimGen");
  sg_xml_open (&w.xml);
  write_options (&w);
  write_looks (&w);
  write_defaults (&w);
  write_assets (&w);
  write_world (&w);
  write_tendons (&w);
  write_actuators (&w);
  write_sensors (&w);
  write_equalities (&w);
  write_excludes (&w);
  write_start (&w);
  sg_xml_end (&w.xml, "mujoco");

  sg_spec_tree_free (w.tree);
  g_array_unref (w.qpos);
  g_array_unref (w.qvel);
  return g_string_free (w.xml.out, FALSE);
}
