/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One property of things, by its name in the vocabulary. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "physics/material.h"
#include "physics/words-private.h"

static const struct
{
  const char *name;
  float rgb[3];
} colours[] = {
  { "red", { 0.86f, 0.24f, 0.22f } },
  { "green", { 0.22f, 0.66f, 0.36f } },
  { "blue", { 0.20f, 0.45f, 0.86f } },
  { "yellow", { 0.94f, 0.80f, 0.20f } },
  { "orange", { 0.94f, 0.55f, 0.16f } },
  { "purple", { 0.56f, 0.34f, 0.74f } },
  { "pink", { 0.94f, 0.52f, 0.68f } },
  { "black", { 0.12f, 0.12f, 0.14f } },
  { "white", { 0.95f, 0.95f, 0.95f } },
  { "gray", { 0.50f, 0.50f, 0.52f } },
  { "brown", { 0.50f, 0.34f, 0.20f } },
};

void
sg_words_colour (const char *name, float rgba[4])
{
  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    if (g_str_equal (colours[i].name, name))
      memcpy (rgba, colours[i].rgb, sizeof colours[i].rgb);
}

/* -- What is told of a change -- */

/* "ball1, ball2 and 3 more" */
static char *
say_things (const GArray *things)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (things->len, 3); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", g_array_index (things, SgThing, i).name);
  if (things->len > 3)
    g_string_append_printf (text, _ (" and %u more"), things->len - 3);
  return g_string_free (text, FALSE);
}

static void
say (SgClause *clause, const GArray *things, const char *what, double value, const char *unit)
{
  g_autofree char *names = say_things (things), *said = sg_units_say (value, unit);

  /* Translators: things, what is set of them and to what: "ball1, ball2: mass 2 kg" */
  sg_clause_says (clause, _ ("%s: %s %s"), names, what, said);
}

/* -- The world -- */

double
sg_clause_gravity (const SgClause *clause)
{
  const double *g = clause->spec->gravity;

  return sqrt (g[0] * g[0] + g[1] * g[1] + g[2] * g[2]);
}

/* Keeps the direction: an arrow may have set it. */
gboolean
sg_change_gravity (SgClause *clause, double gravity)
{
  double now = sg_clause_gravity (clause);
  SgSpec *spec = clause->spec;

  if (!(gravity >= 0 && gravity <= 1e4))
    return sg_clause_refuse (clause, SG_WORDS_IMPOSSIBLE, -1, _ ("Gravity is between 0 and 10 000 m/s²."));
  for (guint k = 0; k < 3; k++)
    if (now > 0)
      spec->gravity[k] *= gravity / now;
    else
      spec->gravity[k] = k == 2 ? -gravity : 0;
  g_autofree char *said = sg_units_say (gravity, "m/s²");
  sg_clause_says (clause, _ ("gravity %s"), said);
  return TRUE;
}

gboolean
sg_change_air (SgClause *clause, double density)
{
  SgSpec *spec = clause->spec;

  spec->air_density = density;
  spec->air_viscosity = density > 100 ? 1e-3 : density > 0 ? 1.8e-5
                                                           : 0;
  if (density == 0)
    sg_clause_says (clause, _ ("no air"));
  else
    sg_clause_says (clause, density > 100 ? _ ("in water") : _ ("with air"));
  return TRUE;
}

/* -- Shapes -- */

typedef gboolean (*ChangeGeom) (SgGeom *geom, double value, gboolean is_factor);

/* A pair has the larger friction of its two: one that was said must win also where it is the lower. */
static gboolean
set_friction (SgGeom *geom, double value, gboolean is_factor)
{
  double friction = is_factor ? value * geom->friction[0] : value;

  geom->slippery = friction < geom->friction[0] || (geom->slippery && friction <= geom->friction[0]);
  geom->friction[0] = friction;
  return friction >= 0 && friction <= 10;
}

static gboolean
set_restitution (SgGeom *geom, double value, gboolean is_factor)
{
  double now = isnan (geom->restitution) ? 0.5 : geom->restitution;

  geom->restitution = is_factor ? MIN (now * value, 1) : value;
  return geom->restitution >= 0 && geom->restitution <= 1;
}

static gboolean
set_density (SgGeom *geom, double value, gboolean is_factor)
{
  geom->density = is_factor ? value * geom->density : value;
  geom->mass = NAN;
  return geom->density > 0 && geom->density <= 1e5;
}

/* All its measures, about its middle; what it weighs stays where it was said. */
static gboolean
scale_geom (SgGeom *geom, double value, gboolean is_factor)
{
  double factor = is_factor ? value : value / geom->size[0];

  if (geom->type == SG_GEOM_PLANE || !(factor > 1e-3 && factor < 1e3))
    return FALSE;
  for (guint k = 0; k < 3; k++)
    {
      double middle = (geom->fromto[k] + geom->fromto[3 + k]) / 2;

      geom->size[k] *= factor;
      geom->fromto[k] = middle + (geom->fromto[k] - middle) * factor;
      geom->fromto[3 + k] = middle + (geom->fromto[3 + k] - middle) * factor;
    }
  for (guint i = 0; i < 2 * geom->n_outline; i++)
    geom->outline[i] *= factor;
  return TRUE;
}

static gboolean
set_diameter (SgGeom *geom, double value, gboolean is_factor)
{
  return scale_geom (geom, is_factor ? value : value / 2, is_factor);
}

/* A rod's length along itself, from its beginning. */
static gboolean
set_geom_length (SgGeom *geom, double value, gboolean is_factor)
{
  double *e = geom->fromto, length;

  if (geom->type == SG_GEOM_BOX)
    {
      geom->size[0] = is_factor ? geom->size[0] * value : value / 2;
      return value > 0;
    }
  if (geom->type != SG_GEOM_CAPSULE && geom->type != SG_GEOM_CYLINDER)
    return FALSE;
  if (!geom->has_fromto)
    {
      geom->size[1] = is_factor ? geom->size[1] * value : value / 2;
      return value > 0;
    }
  length =
    sqrt ((e[3] - e[0]) * (e[3] - e[0]) + (e[4] - e[1]) * (e[4] - e[1]) + (e[5] - e[2]) * (e[5] - e[2]));
  for (guint k = 0; k < 3; k++)
    e[3 + k] = e[k] + (e[3 + k] - e[k]) * (is_factor ? value : value / length);
  return value > 0 && length > 0;
}

static guint
change_geoms (const GArray *things, ChangeGeom change, double value, gboolean is_factor, gboolean *possible)
{
  guint n = 0;

  for (guint i = 0; i < things->len; i++)
    {
      const GPtrArray *geoms = g_array_index (things, SgThing, i).geoms;

      for (guint k = 0; geoms && k < geoms->len; k++, n++)
        *possible &= change (geoms->pdata[k], value, is_factor);
    }
  return n;
}

/* -- Bodies -- */

static guint
change_mass (const GArray *things, double value, gboolean is_factor, gboolean *possible)
{
  guint changed = 0;

  *possible = value > 0 && value <= 1e6;
  for (guint i = 0; i < things->len && *possible; i++)
    {
      const SgThing *thing = &g_array_index (things, SgThing, i);
      double mass = sg_thing_mass (thing);

      if (thing->kind != SG_THING_BODY || mass <= 0)
        continue;
      for (guint k = 0; k < thing->geoms->len; k++)
        {
          SgGeom *geom = thing->geoms->pdata[k];

          geom->mass = sg_geom_mass (geom) * (is_factor ? value : value / mass);
        }
      changed++;
    }
  return changed;
}

/* Of things of the world's frame only: what hangs on another is where that is. */
static guint
change_height (const GArray *things, double value, gboolean is_factor, gboolean *possible)
{
  guint changed = 0;

  *possible = fabs (value) <= 1e5;
  for (guint i = 0; i < things->len; i++)
    {
      SgBody *body = g_array_index (things, SgThing, i).body;

      if (!body || g_strcmp0 (body->parent, "world") != 0)
        continue;
      body->pos[2] = is_factor ? body->pos[2] * value : value;
      changed++;
    }
  return changed;
}

static SgJoint *
joint_of (const SgThing *thing, SgJointType type, const char *suffix)
{
  if (thing->kind == SG_THING_JOINT)
    return thing->joint->type == type ? thing->joint : NULL;
  for (guint k = 0; thing->body && k < thing->body->joints->len; k++)
    {
      SgJoint *joint = &g_array_index (thing->body->joints, SgJoint, k);
      const char *dot = strchr (joint->name, '.');

      if (joint->type == type && (!suffix || !dot || g_str_equal (dot, suffix)))
        return joint;
    }
  return NULL;
}

static gboolean
is_pinned (const SgJoint *joint)
{
  return joint && !strchr (joint->name, '.');
}

typedef gboolean (*ChangeJoint) (SgJoint *joint, double value, gboolean is_factor);

static gboolean
set_angle (SgJoint *joint, double value, gboolean is_factor)
{
  joint->initial_position = is_factor ? joint->initial_position * value : value;
  return fabs (joint->initial_position) <= 4 * G_PI;
}

static gboolean
set_limit (SgJoint *joint, double value, gboolean is_factor)
{
  if (is_factor && !joint->limited)
    return FALSE;
  joint->range[0] = is_factor ? joint->range[0] * value : -fabs (value);
  joint->range[1] = is_factor ? joint->range[1] * value : fabs (value);
  joint->limited = TRUE;
  joint->initial_position = CLAMP (joint->initial_position, joint->range[0], joint->range[1]);
  return value != 0 && joint->range[1] <= 10 * G_PI;
}

static gboolean
set_joint_damping (SgJoint *joint, double value, gboolean is_factor)
{
  joint->damping = is_factor ? joint->damping * value : value;
  return joint->damping >= 0 && joint->damping <= 1e6;
}

static gboolean
set_joint_spin (SgJoint *joint, double value, gboolean is_factor)
{
  joint->initial_velocity = is_factor ? joint->initial_velocity * value : value;
  return fabs (joint->initial_velocity) <= 1e4;
}

static guint
change_joints (const GArray *things,
               ChangeJoint change,
               gboolean pins_only,
               double value,
               gboolean is_factor,
               gboolean *possible)
{
  guint n = 0;

  for (guint i = 0; i < things->len; i++)
    {
      SgJoint *joint = joint_of (&g_array_index (things, SgThing, i), SG_JOINT_HINGE, NULL);

      if (!joint || (pins_only && !is_pinned (joint)))
        continue;
      *possible &= change (joint, value, is_factor);
      n++;
    }
  return n;
}

static gboolean
spins_free (const SgBody *body)
{
  return body && body->joints->len == 1 && g_array_index (body->joints, SgJoint, 0).type == SG_JOINT_FREE;
}

static guint
change_spin (const GArray *things, double value, gboolean is_factor, gboolean *possible)
{
  guint n = change_joints (things, set_joint_spin, FALSE, value, is_factor, possible);

  for (guint i = 0; i < things->len; i++)
    {
      SgBody *body = g_array_index (things, SgThing, i).body;

      if (!spins_free (body))
        continue;
      double *w = body->initial_velocity + 3, now = sqrt (w[0] * w[0] + w[1] * w[1] + w[2] * w[2]);
      for (guint k = 0; k < 3; k++)
        w[k] = is_factor ? w[k] * value : now > 0 ? w[k] * value / now
                                                  : (k == 1) * value;
      *possible &= fabs (value) <= 1e4;
      n++;
    }
  return n;
}

/* The damping of a thing that moves freely is its slide's. */
static guint
change_damping (const GArray *things, double value, gboolean is_factor, gboolean *possible)
{
  guint n = change_joints (things, set_joint_damping, TRUE, value, is_factor, possible);

  for (guint i = 0; i < things->len; i++)
    {
      const SgThing *thing = &g_array_index (things, SgThing, i);
      SgJoint *slide = thing->kind == SG_THING_BODY ? joint_of (thing, SG_JOINT_SLIDE, NULL) : NULL;

      if (thing->tendon)
        thing->tendon->damping = is_factor ? thing->tendon->damping * value : value;
      else if (slide && !strchr (slide->name, '.'))
        *possible &= set_joint_damping (slide, value, is_factor);
      else
        continue;
      *possible &= value >= 0 && value <= 1e6;
      n++;
    }
  return n;
}

/* -- Ties and motors -- */

static guint
change_stiffness (const GArray *things, double value, gboolean is_factor, gboolean *possible)
{
  guint n = 0;

  for (guint i = 0; i < things->len; i++)
    {
      SgTendon *tendon = g_array_index (things, SgThing, i).tendon;

      if (!tendon || tendon->type != SG_TENDON_SPRING)
        continue;
      tendon->stiffness = is_factor ? tendon->stiffness * value : value;
      *possible &= tendon->stiffness >= 0 && tendon->stiffness <= 1e6;
      n++;
    }
  return n;
}

static guint
change_length (const GArray *things, double value, gboolean is_factor, gboolean *possible)
{
  guint n = 0;

  for (guint i = 0; i < things->len; i++)
    {
      const SgThing *thing = &g_array_index (things, SgThing, i);
      SgTendon *tendon = thing->tendon;
      double *length = !tendon ? NULL : tendon->type == SG_TENDON_ROPE ? &tendon->length
                                                                       : &tendon->rest_length;

      if (length && !(is_factor && isnan (*length)))
        *length = is_factor ? *length * value : value;
      else if (thing->geoms && thing->geoms->len == 1)
        {
          if (!set_geom_length (thing->geoms->pdata[0], value, is_factor))
            continue;
        }
      else
        continue;
      *possible &= value > 0 && value <= 1e5;
      n++;
    }
  return n;
}

static SgActuator *
actuator_of (const SgClause *clause, const SgThing *thing)
{
  if (thing->actuator)
    return thing->actuator;
  for (guint i = 0; thing->body && i < clause->spec->actuators->len; i++)
    {
      SgActuator *actuator = &g_array_index (clause->spec->actuators, SgActuator, i);

      for (guint k = 0; k < thing->body->joints->len; k++)
        if (g_strcmp0 (g_array_index (thing->body->joints, SgJoint, k).name, actuator->joint) == 0)
          return actuator;
    }
  return NULL;
}

static guint
change_motor (
  const SgClause *clause, const GArray *things, double value, gboolean is_factor, gboolean *possible)
{
  guint n = 0;

  for (guint i = 0; i < things->len; i++)
    {
      SgActuator *actuator = actuator_of (clause, &g_array_index (things, SgThing, i));

      if (!actuator || actuator->type != SG_ACTUATOR_VELOCITY)
        continue;
      actuator->target = is_factor ? actuator->target * value : value;
      *possible &= fabs (actuator->target) <= 1e4;
      n++;
    }
  return n;
}

static guint
change_torque (
  const SgClause *clause, const GArray *things, double value, gboolean is_factor, gboolean *possible)
{
  guint n = 0;

  for (guint i = 0; i < things->len; i++)
    {
      SgActuator *actuator = actuator_of (clause, &g_array_index (things, SgThing, i));

      if (!actuator)
        continue;
      double most = actuator->force_limited ? actuator->force_range[1] : 10;
      most = is_factor ? most * value : fabs (value);
      actuator->force_limited = TRUE;
      actuator->force_range[0] = -most;
      actuator->force_range[1] = most;
      *possible &= most > 0 && most <= 1e6;
      n++;
    }
  return n;
}

gboolean
sg_change_velocity (SgClause *clause, const GArray *things, double speed, double degrees)
{
  double x = speed * cos (degrees * G_PI / 180), z = speed * sin (degrees * G_PI / 180);
  guint n = 0;

  x = fabs (x) < 1e-12 * fabs (speed) ? 0 : x; /* straight up is straight up */
  z = fabs (z) < 1e-12 * fabs (speed) ? 0 : z;

  for (guint i = 0; i < things->len; i++)
    {
      const SgThing *thing = &g_array_index (things, SgThing, i);
      SgJoint *sideways = joint_of (thing, SG_JOINT_SLIDE, ".x");
      SgJoint *up = joint_of (thing, SG_JOINT_SLIDE, ".z");

      if (spins_free (thing->body))
        {
          thing->body->initial_velocity[0] = x;
          thing->body->initial_velocity[2] = z;
        }
      else if (sideways && up && sideways != up)
        {
          sideways->initial_velocity = x;
          up->initial_velocity = z;
        }
      else if (sideways)
        sideways->initial_velocity = x * sideways->axis[0] + z * sideways->axis[2];
      else
        continue;
      n++;
    }
  if (n == 0)
    return sg_clause_refuse (clause, SG_WORDS_IMPOSSIBLE, -1, _ ("Nothing that is meant can move that way."));
  if (!(fabs (speed) <= 1e4))
    return sg_clause_refuse (clause, SG_WORDS_IMPOSSIBLE, -1, _ ("That is too fast."));
  say (clause, things, _ ("starts at"), speed, "m/s");
  return TRUE;
}

static guint
scale_velocity (const GArray *things, double factor)
{
  guint n = 0;

  for (guint i = 0; i < things->len; i++)
    {
      SgBody *body = g_array_index (things, SgThing, i).body;

      for (guint k = 0; body && k < body->joints->len; k++)
        {
          SgJoint *joint = &g_array_index (body->joints, SgJoint, k);

          n += joint->initial_velocity != 0;
          joint->initial_velocity *= factor;
        }
      for (guint k = 0; spins_free (body) && k < 6; k++)
        {
          n += body->initial_velocity[k] != 0;
          body->initial_velocity[k] *= factor;
        }
    }
  return n;
}

/* "Faster" is of a motor where there is one, else of how it starts. */
static guint
change_speed (
  const SgClause *clause, const GArray *things, double value, gboolean is_factor, gboolean *possible)
{
  guint n = change_motor (clause, things, value, is_factor, possible);

  if (n == 0 && is_factor)
    n = scale_velocity (things, value);
  return n;
}

/* -- By name -- */

static const struct
{
  const char *name, *says, *unit; /* says: untranslated */
  double shown;                   /* SI for one of `unit` */
} properties[] = {
  { "mass", N_ ("mass"), "kg", 1 },
  { "friction", N_ ("friction"), "", 1 },
  { "restitution", N_ ("restitution"), "", 1 },
  { "density", N_ ("density"), "kg/m³", 1 },
  { "stiffness", N_ ("stiffness"), "N/m", 1 },
  { "damping", N_ ("damping"), "", 1 },
  { "length", N_ ("length"), "m", 1 },
  { "radius", N_ ("radius"), "m", 1 },
  { "diameter", N_ ("diameter"), "m", 1 },
  { "size", N_ ("size"), "m", 1 },
  { "height", N_ ("height"), "m", 1 },
  { "angle", N_ ("starts at"), "°", G_PI / 180 },
  { "limit", N_ ("limit"), "°", G_PI / 180 },
  { "motor", N_ ("motor speed"), "rad/s", 1 },
  { "speed", N_ ("speed"), "m/s", 1 },
  { "spin", N_ ("spin"), "rad/s", 1 },
  { "torque", N_ ("torque"), "N m", 1 },
};

static guint
change (const SgClause *clause,
        const GArray *things,
        const char *name,
        double value,
        gboolean is_factor,
        gboolean *possible)
{
  static const struct
  {
    const char *name;
    ChangeGeom change;
  } of_geoms[] = {
    { "friction", set_friction },
    { "restitution", set_restitution },
    { "density", set_density },
    { "radius", scale_geom },
    { "size", set_diameter },
    { "diameter", set_diameter },
    { "width", set_geom_length },
  };

  for (guint i = 0; i < G_N_ELEMENTS (of_geoms); i++)
    if (g_str_equal (of_geoms[i].name, name))
      return change_geoms (things, of_geoms[i].change, value, is_factor, possible);
  if (g_str_equal (name, "mass"))
    return change_mass (things, value, is_factor, possible);
  if (g_str_equal (name, "stiffness"))
    return change_stiffness (things, value, is_factor, possible);
  if (g_str_equal (name, "damping"))
    return change_damping (things, value, is_factor, possible);
  if (g_str_equal (name, "length"))
    return change_length (things, value, is_factor, possible);
  if (g_str_equal (name, "height"))
    return change_height (things, value, is_factor, possible);
  if (g_str_equal (name, "angle"))
    return change_joints (things, set_angle, FALSE, value, is_factor, possible);
  if (g_str_equal (name, "limit"))
    return change_joints (things, set_limit, TRUE, value, is_factor, possible);
  if (g_str_equal (name, "motor"))
    return change_motor (clause, things, value, is_factor, possible);
  if (g_str_equal (name, "speed"))
    return change_speed (clause, things, value, is_factor, possible);
  if (g_str_equal (name, "spin"))
    return change_spin (things, value, is_factor, possible);
  if (g_str_equal (name, "torque") || g_str_equal (name, "force"))
    return change_torque (clause, things, value, is_factor, possible);
  return 0;
}

gboolean
sg_change_property (
  SgClause *clause, const GArray *things, const char *name, double value, gboolean is_factor)
{
  gboolean possible = TRUE;
  guint n = isfinite (value) ? change (clause, things, name, value, is_factor, &possible) : 0;

  if (!possible || !isfinite (value))
    {
      g_autofree char *said = sg_units_say (value, "");

      return sg_clause_refuse (clause, SG_WORDS_IMPOSSIBLE, -1, _ ("%s cannot be a %s."), said, name);
    }
  if (n == 0)
    return sg_clause_refuse (clause, things->len > 0 ? SG_WORDS_NOT_THERE : SG_WORDS_NOTHING_SAID, -1,
                             _ ("Nothing that is meant has a %s."), name);
  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    if (g_str_equal (properties[i].name, name))
      say (clause, things, _ (properties[i].says), is_factor ? value : value / properties[i].shown,
           is_factor ? "×" : properties[i].unit);
  return TRUE;
}

gboolean
sg_change_colour (SgClause *clause, const GArray *things, const char *colour)
{
  g_autofree char *names = say_things (things);

  for (guint i = 0; i < things->len; i++)
    {
      const SgThing *thing = &g_array_index (things, SgThing, i);

      for (guint k = 0; thing->geoms && k < thing->geoms->len; k++)
        sg_words_colour (colour, ((SgGeom *)thing->geoms->pdata[k])->rgba);
      if (thing->tendon)
        sg_words_colour (colour, thing->tendon->rgba);
    }
  sg_clause_says (clause, "%s: %s", names, colour);
  return things->len > 0;
}

/* A mass that was said stays. */
gboolean
sg_change_material (SgClause *clause, const GArray *things, const char *name)
{
  const SgMaterial *material = sg_material_find (name);
  g_autofree char *names = say_things (things);
  guint n = 0;

  if (!material)
    return sg_clause_refuse (clause, SG_WORDS_UNKNOWN, -1, _ ("SimGen has no figures for that material."));
  for (guint i = 0; i < things->len; i++)
    {
      const GPtrArray *geoms = g_array_index (things, SgThing, i).geoms;

      for (guint k = 0; geoms && k < geoms->len; k++, n++)
        {
          SgGeom *geom = geoms->pdata[k];

          set_friction (geom, material->friction, FALSE);
          geom->restitution = material->restitution;
          geom->density = material->density;
        }
    }
  if (n == 0)
    return sg_clause_refuse (clause, SG_WORDS_NOTHING_SAID, -1, _ ("Say what is made of it."));
  sg_clause_says (clause, "%s: %s", names, name);
  return TRUE;
}
