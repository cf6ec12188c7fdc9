/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Verbs that change what there is: parts are taken away, put in, tied, fixed. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "physics/words-private.h"

/* -- Removing -- */

static gboolean
ends_at (const SgSpec *spec, const SgTendon *tendon, const SgBody *body)
{
  for (guint i = 0; i < tendon->path->len; i++)
    {
      const SgTendonPoint *point = &g_array_index (tendon->path, SgTendonPoint, i);

      for (guint k = 0; k < body->sites->len; k++)
        if (g_strcmp0 (g_array_index (body->sites, SgSite, k).name, point->site) == 0 ||
            g_strcmp0 (g_array_index (body->sites, SgSite, k).name, point->side_site) == 0)
          return TRUE;
      for (guint k = 0; k < body->geoms->len; k++)
        if (g_strcmp0 (g_array_index (body->geoms, SgGeom, k).name, point->geom) == 0)
          return TRUE;
    }
  return FALSE;
}

static void
remove_sensors (SgSpec *spec, const char *target)
{
  for (guint i = spec->sensors->len; i-- > 0;)
    if (g_strcmp0 (g_array_index (spec->sensors, SgSensor, i).target, target) == 0)
      g_array_remove_index (spec->sensors, i);
}

static void
remove_tendon (SgSpec *spec, guint i)
{
  remove_sensors (spec, g_array_index (spec->tendons, SgTendon, i).name);
  g_array_remove_index (spec->tendons, i);
}

static void
remove_actuator (SgSpec *spec, guint i)
{
  remove_sensors (spec, g_array_index (spec->actuators, SgActuator, i).name);
  g_array_remove_index (spec->actuators, i);
}

static gboolean
has_site (const SgBody *body, const char *name)
{
  for (guint i = 0; name && i < body->sites->len; i++)
    if (g_strcmp0 (g_array_index (body->sites, SgSite, i).name, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_joint (const SgBody *body, const char *name)
{
  for (guint i = 0; name && i < body->joints->len; i++)
    if (g_strcmp0 (g_array_index (body->joints, SgJoint, i).name, name) == 0)
      return TRUE;
  return FALSE;
}

/* All that refers to it goes with it. */
static void
forget_joints (SgSpec *spec, const SgBody *body)
{
  for (guint i = spec->actuators->len; i-- > 0;)
    {
      const SgActuator *actuator = &g_array_index (spec->actuators, SgActuator, i);

      if (has_joint (body, actuator->joint))
        remove_actuator (spec, i);
    }
  for (guint i = spec->equalities->len; i-- > 0;)
    {
      const SgEquality *equality = &g_array_index (spec->equalities, SgEquality, i);

      if (has_joint (body, equality->a) || has_joint (body, equality->b))
        g_array_remove_index (spec->equalities, i);
    }
  for (guint k = 0; k < body->joints->len; k++)
    remove_sensors (spec, g_array_index (body->joints, SgJoint, k).name);
}

static void
forget_body (SgSpec *spec, const SgBody *body)
{
  forget_joints (spec, body);
  for (guint i = spec->tendons->len; i-- > 0;)
    if (ends_at (spec, &g_array_index (spec->tendons, SgTendon, i), body))
      remove_tendon (spec, i);
  for (guint i = spec->actuators->len; i-- > 0;)
    if (has_site (body, g_array_index (spec->actuators, SgActuator, i).site))
      remove_actuator (spec, i);
  for (guint i = spec->equalities->len; i-- > 0;)
    {
      const SgEquality *e = &g_array_index (spec->equalities, SgEquality, i);

      if (has_site (body, e->a) || has_site (body, e->b) || g_strcmp0 (e->a, body->name) == 0 ||
          g_strcmp0 (e->b, body->name) == 0)
        g_array_remove_index (spec->equalities, i);
    }
  for (guint i = spec->excludes->len; i-- > 0;)
    {
      const SgExclude *exclude = &g_array_index (spec->excludes, SgExclude, i);

      if (g_str_equal (exclude->a, body->name) || g_str_equal (exclude->b, body->name))
        g_array_remove_index (spec->excludes, i);
    }
  remove_sensors (spec, body->name);
}

/* With all that hangs on it: the deepest first, so that indices hold. */
static void
remove_body (SgSpec *spec, const char *name)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (gone, g_strdup (name));
  for (guint i = 0; i < gone->len; i++)
    for (guint k = 0; k < spec->bodies->len; k++)
      if (g_strcmp0 (g_array_index (spec->bodies, SgBody, k).parent, gone->pdata[i]) == 0)
        g_ptr_array_add (gone, g_strdup (g_array_index (spec->bodies, SgBody, k).name));
  for (guint i = 0; i < gone->len; i++)
    for (guint k = spec->bodies->len; k-- > 0;)
      if (g_str_equal (g_array_index (spec->bodies, SgBody, k).name, gone->pdata[i]))
        {
          forget_body (spec, &g_array_index (spec->bodies, SgBody, k));
          g_array_remove_index (spec->bodies, k);
        }
}

static void
remove_by_name (SgSpec *spec, SgThingKind kind, const char *name)
{
  for (guint i = spec->tendons->len; kind == SG_THING_TENDON && i-- > 0;)
    if (g_str_equal (g_array_index (spec->tendons, SgTendon, i).name, name))
      remove_tendon (spec, i);
  for (guint i = spec->actuators->len; kind == SG_THING_ACTUATOR && i-- > 0;)
    if (g_str_equal (g_array_index (spec->actuators, SgActuator, i).name, name))
      remove_actuator (spec, i);
  for (guint i = spec->geoms->len; kind == SG_THING_GEOM && i-- > 0;)
    if (g_strcmp0 (g_array_index (spec->geoms, SgGeom, i).name, name) == 0)
      g_array_remove_index (spec->geoms, i);
  if (kind == SG_THING_BODY)
    remove_body (spec, name);
}

static gboolean
is_wrapped (const SgSpec *spec, const char *geom)
{
  for (guint i = 0; i < spec->tendons->len; i++)
    {
      const GArray *path = g_array_index (spec->tendons, SgTendon, i).path;

      for (guint k = 0; k < path->len; k++)
        if (g_strcmp0 (g_array_index (path, SgTendonPoint, k).geom, geom) == 0)
          return TRUE;
    }
  return FALSE;
}

/* A motor is not removed by removing its wheel's pin: a pin that goes lets its thing move freely. */
gboolean
sg_verb_remove (SgClause *clause, const GArray *references)
{
  g_autoptr (GArray) kinds = g_array_new (FALSE, FALSE, sizeof (SgThingKind));
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < references->len; i++)
    {
      const GArray *things = g_array_index (references, SgReference, i).things;

      for (guint k = 0; k < things->len; k++)
        {
          const SgThing *thing = &g_array_index (things, SgThing, k);

          if (thing->kind == SG_THING_JOINT)
            return sg_clause_refuse (clause, SG_WORDS_IMPOSSIBLE, -1,
                                     _ ("A pin cannot be taken away by words; remove what it holds."));
          if (thing->kind == SG_THING_GEOM && is_wrapped (clause->spec, thing->name))
            return sg_clause_refuse (clause, SG_WORDS_IMPOSSIBLE, -1,
                                     _ ("A rope runs over it; remove the rope first."));
          g_array_append_val (kinds, thing->kind);
          g_ptr_array_add (names, g_strdup (thing->name));
        }
    }
  for (guint i = 0; i < names->len; i++)
    {
      remove_by_name (clause->spec, g_array_index (kinds, SgThingKind, i), names->pdata[i]);
      sg_clause_says (clause, _ ("without %s"), (const char *)names->pdata[i]);
    }
  return names->len > 0;
}

/* -- Swapping -- */

gboolean
sg_verb_swap (SgClause *clause, const GArray *references)
{
  SgBody *bodies[2] = { NULL, NULL };
  guint n = 0;

  for (guint i = 0; i < references->len; i++)
    {
      const GArray *things = g_array_index (references, SgReference, i).things;

      for (guint k = 0; k < things->len; k++, n++)
        if (n < 2)
          bodies[n] = g_array_index (things, SgThing, k).body;
    }
  if (n != 2)
    return sg_clause_refuse (clause, n < 2 ? SG_WORDS_NOTHING_SAID : SG_WORDS_WHICH, -1,
                             _ ("Say which two change places."));
  if (!bodies[0] || !bodies[1] || bodies[0] == bodies[1] ||
      g_strcmp0 (bodies[0]->parent, bodies[1]->parent) != 0)
    return sg_clause_refuse (clause, SG_WORDS_IMPOSSIBLE, -1,
                             _ ("Only two things that move can change places."));
  for (guint k = 0; k < 3; k++)
    {
      double there = bodies[0]->pos[k];

      bodies[0]->pos[k] = bodies[1]->pos[k];
      bodies[1]->pos[k] = there;
    }
  sg_clause_says (clause, _ ("%s and %s change places"), bodies[0]->name, bodies[1]->name);
  return TRUE;
}

/* -- Fixing and freeing -- */

gboolean
sg_verb_fix (SgClause *clause, const GArray *things, gboolean fix)
{
  guint n = 0;

  for (guint i = 0; i < things->len; i++)
    {
      SgBody *body = g_array_index (things, SgThing, i).body;

      if (!body || (body->joints->len == 0) == fix)
        continue;
      if (fix)
        {
          forget_joints (clause->spec, body);
          g_array_set_size (body->joints, 0);
          memset (body->initial_velocity, 0, sizeof body->initial_velocity);
        }
      else
        sg_spec_add_planar_joints (clause->spec, body);
      sg_clause_says (clause, fix ? _ ("%s is fixed") : _ ("%s is free"), body->name);
      n++;
    }
  if (n == 0)
    return sg_clause_refuse (clause, SG_WORDS_NOTHING_SAID, -1,
                             fix ? _ ("Say what is to be fixed.") : _ ("Nothing that is meant is fixed."));
  return TRUE;
}

/* -- Tying -- */

/* In the body's frame. */
static char *
add_site (SgClause *clause, const SgThing *thing, const char *stem)
{
  g_autofree char *name = NULL;
  double place[3], pos[3] = { 0, 0, 0 };

  sg_thing_place (thing, clause->spec, place);
  if (thing->body)
    {
      const SgThing frame = { .kind = SG_THING_BODY, .body = thing->body };
      double origin[3];

      sg_thing_place (&frame, clause->spec, origin);
      for (guint k = 0; k < 3; k++)
        pos[k] = place[k] - origin[k];
    }
  else
    memcpy (pos, place, sizeof pos);
  name = g_strdup_printf ("%s_%s", stem, thing->name);
  return g_strdup (sg_spec_add_site (clause->spec, thing->body, name, pos)->name);
}

static char *
free_tendon_name (const SgSpec *spec, const char *stem)
{
  for (guint n = 1;; n++)
    {
      g_autofree char *name = g_strdup_printf ("%s%u", stem, n);
      gboolean taken = FALSE;

      for (guint i = 0; i < spec->tendons->len; i++)
        taken |= g_str_equal (g_array_index (spec->tendons, SgTendon, i).name, name);
      if (!taken)
        return g_steal_pointer (&name);
    }
}

gboolean
sg_verb_join (SgClause *clause, const GArray *things, SgTendonType type, gboolean damper)
{
  SgTendon tendon = sg_tendon_default (type);
  const char *stem = damper ? "damper" : type == SG_TENDON_ROPE ? "rope"
                                                                : "spring";

  if (things->len != 2)
    {
      g_array_unref (tendon.path);
      return sg_clause_refuse (clause, things->len < 2 ? SG_WORDS_NOTHING_SAID : SG_WORDS_WHICH, -1,
                               _ ("Say which two things it joins."));
    }
  tendon.name = free_tendon_name (clause->spec, stem);
  if (damper)
    tendon.stiffness = 0;
  tendon.damping = damper ? 5 : 0;
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *site = add_site (clause, &g_array_index (things, SgThing, i), tendon.name);

      sg_tendon_add_site (&tendon, site);
    }
  const SgTendon *added = sg_spec_add_tendon (clause->spec, tendon);
  sg_clause_says (clause, _ ("%s between %s and %s"), added->name, g_array_index (things, SgThing, 0).name,
                  g_array_index (things, SgThing, 1).name);
  return TRUE;
}

/* -- Motors -- */

/* At the thing's own pin; a pin has it by itself. */
gboolean
sg_verb_add_motor (SgClause *clause, const GArray *things, double speed)
{
  guint n = 0;

  for (guint i = 0; i < things->len; i++)
    {
      const SgThing *thing = &g_array_index (things, SgThing, i);
      const SgJoint *joint = thing->joint;

      for (guint k = 0; !joint && thing->body && k < thing->body->joints->len; k++)
        {
          const SgJoint *own = &g_array_index (thing->body->joints, SgJoint, k);

          if (!strchr (own->name, '.') && (own->type == SG_JOINT_HINGE || own->type == SG_JOINT_SLIDE))
            joint = own;
        }
      if (!joint)
        continue;
      SgActuator motor = sg_actuator_default (SG_ACTUATOR_VELOCITY);
      motor.name = g_strdup_printf ("motor_%s", joint->name);
      motor.joint = g_strdup (joint->name);
      motor.target = speed;
      motor.force_limited = TRUE;
      motor.force_range[0] = -50;
      motor.force_range[1] = 50;
      sg_spec_add_actuator (clause->spec, motor);
      g_autofree char *said = sg_units_say (speed, "rad/s");
      sg_clause_says (clause, _ ("motor at %s, %s"), thing->name, said);
      n++;
    }
  if (n == 0)
    return sg_clause_refuse (clause, things->len > 0 ? SG_WORDS_IMPOSSIBLE : SG_WORDS_NOTHING_SAID, -1,
                             things->len > 0 ? _ ("A motor needs a pin, and that has none.")
                                             : _ ("Say what the motor turns."));
  return TRUE;
}
