/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nouns of a clause -> things of the spec: by name ("ball2"), by what they are called ("the balls", "the
 * crate"), else by their shape. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "physics/words-private.h"

#define SHAPE(type) (1u << SG_GEOM_##type)
#define ROUND (SHAPE (SPHERE) | SHAPE (CYLINDER) | SHAPE (ELLIPSOID))

typedef struct
{
  const char *noun;     /* of the vocabulary's things */
  const char *stems[7]; /* of names that bodies and geoms have; NULL-terminated */
  guint shapes;         /* SHAPE () of them; where nothing has such a name, what has such a shape */
} Noun;

static const Noun nouns[] = {
  { "ball", { "ball", "sphere", "bob" }, ROUND },
  { "box", { "box", "cart", "block", "weight" }, SHAPE (BOX) },
  { "cart", { "cart", "chassis" }, SHAPE (BOX) },
  { "rod", { "rod", "link", "pole", "beam", "arm" }, SHAPE (CAPSULE) },
  { "wheel", { "wheel" }, 0 },
  { "pulley", { "pulley" }, 0 },
  { "domino", { "domino" }, 0 },
  { "triangle", { "triangle" }, 0 },
  { "polygon", { "polygon" }, SHAPE (PRISM) },
  { "blob", { "blob" }, 0 },
  { "ramp", { "ramp", "track" }, 0 },
  { "ground", { "ground", "floor", "plane", "base", "table" }, 0 },
  { "wall", { "wall" }, 0 },
  { "track", { "track", "rail" }, 0 },
  { "ceiling", { "ceiling" }, 0 },
  { "chassis", { "chassis", "cart" }, 0 },
  { "effector", { "gripper" }, 0 },
};

/* -- Collecting -- */

static void
thing_clear (gpointer data)
{
  g_clear_pointer (&((SgThing *)data)->geoms, g_ptr_array_unref);
}

GArray *
sg_things_new (void)
{
  GArray *things = g_array_new (FALSE, FALSE, sizeof (SgThing));

  g_array_set_clear_func (things, thing_clear);
  return things;
}

static guint
count_shapes (const GArray *geoms, guint shapes)
{
  guint n = 0;

  for (guint i = 0; i < geoms->len; i++)
    n += (shapes >> g_array_index (geoms, SgGeom, i).type) & 1;
  return n;
}

/* Of a body made of several marks only those of the right shape are meant: the bob, not its rod. */
static void
add_body (GArray *things, SgBody *body, guint shapes)
{
  SgThing thing = { .kind = SG_THING_BODY, .body = body, .geoms = g_ptr_array_new (), .name = body->name };
  gboolean by_shape = count_shapes (body->geoms, shapes) > 0;

  for (guint i = 0; i < body->geoms->len; i++)
    {
      SgGeom *geom = &g_array_index (body->geoms, SgGeom, i);

      if (!by_shape || (shapes >> geom->type) & 1)
        g_ptr_array_add (thing.geoms, geom);
    }
  g_array_append_val (things, thing);
}

void
sg_things_add_body (GArray *things, SgBody *body)
{
  add_body (things, body, 0);
}

void
sg_things_add_geom (GArray *things, SgBody *body, SgGeom *geom)
{
  SgThing thing = { .kind = body ? SG_THING_BODY : SG_THING_GEOM,
                    .body = body,
                    .geoms = g_ptr_array_new (),
                    .name = geom->name };

  g_ptr_array_add (thing.geoms, geom);
  g_array_append_val (things, thing);
}

void
sg_things_add_tendons (GArray *things, const SgSpec *spec, SgTendonType type)
{
  for (guint i = 0; i < spec->tendons->len; i++)
    {
      SgTendon *tendon = &g_array_index (spec->tendons, SgTendon, i);
      SgThing thing = { .kind = SG_THING_TENDON, .tendon = tendon, .name = tendon->name };

      if (tendon->type == type)
        g_array_append_val (things, thing);
    }
}

/* The three joints of a thing that moves flat are its freedom, no pins. */
static gboolean
is_pin (const SgJoint *joint)
{
  return joint->type == SG_JOINT_HINGE && !strchr (joint->name, '.');
}

void
sg_things_add_joints (GArray *things, const SgSpec *spec)
{
  for (guint i = 0; i < spec->bodies->len; i++)
    {
      SgBody *body = &g_array_index (spec->bodies, SgBody, i);

      for (guint k = 0; k < body->joints->len; k++)
        {
          SgJoint *joint = &g_array_index (body->joints, SgJoint, k);
          SgThing thing = { .kind = SG_THING_JOINT, .body = body, .joint = joint, .name = joint->name };

          if (is_pin (joint))
            g_array_append_val (things, thing);
        }
    }
}

static void
add_actuators (GArray *things, const SgSpec *spec)
{
  for (guint i = 0; i < spec->actuators->len; i++)
    {
      SgActuator *actuator = &g_array_index (spec->actuators, SgActuator, i);
      SgThing thing = { .kind = SG_THING_ACTUATOR, .actuator = actuator, .name = actuator->name };

      g_array_append_val (things, thing);
    }
}

GArray *
sg_moving_things (const SgSpec *spec)
{
  GArray *things = sg_things_new ();

  for (guint i = 0; i < spec->bodies->len; i++)
    {
      SgBody *body = &g_array_index (spec->bodies, SgBody, i);

      if (body->joints->len > 0 && body->geoms->len > 0)
        add_body (things, body, 0);
    }
  return things;
}

GArray *
sg_all_things (const SgSpec *spec)
{
  GArray *things = sg_things_new ();

  for (guint i = 0; i < spec->bodies->len; i++)
    add_body (things, &g_array_index (spec->bodies, SgBody, i), 0);
  for (guint i = 0; i < spec->geoms->len; i++)
    sg_things_add_geom (things, NULL, &g_array_index (spec->geoms, SgGeom, i));
  return things;
}

static gboolean
has_stem (const char *name, const char *const *stems)
{
  for (; *stems; stems++)
    if (g_str_has_prefix (name, *stems) && !g_ascii_isalpha (name[strlen (*stems)]))
      return TRUE;
  return FALSE;
}

static gboolean
has_body (const GArray *things, const SgBody *body)
{
  for (guint i = 0; i < things->len; i++)
    if (g_array_index (things, SgThing, i).body == body)
      return TRUE;
  return FALSE;
}

static void
collect_bodies (GArray *things, const SgSpec *spec, const Noun *noun)
{
  for (guint i = 0; i < spec->bodies->len; i++)
    {
      SgBody *body = &g_array_index (spec->bodies, SgBody, i);

      if (has_stem (body->name, noun->stems))
        add_body (things, body, noun->shapes);
      for (guint k = 0; k < body->geoms->len && !has_body (things, body); k++)
        if (has_stem (g_array_index (body->geoms, SgGeom, k).name, noun->stems))
          sg_things_add_geom (things, body, &g_array_index (body->geoms, SgGeom, k));
    }
  for (guint i = 0; i < spec->geoms->len; i++)
    {
      SgGeom *geom = &g_array_index (spec->geoms, SgGeom, i);

      if (has_stem (geom->name, noun->stems))
        sg_things_add_geom (things, NULL, geom);
    }
  for (guint i = 0; things->len == 0 && i < spec->bodies->len; i++)
    {
      SgBody *body = &g_array_index (spec->bodies, SgBody, i);

      if (count_shapes (body->geoms, noun->shapes) > 0)
        add_body (things, body, noun->shapes);
    }
}

/* Dashpots are springs that do not pull. */
static void
keep_dampers (GArray *things, gboolean dampers)
{
  for (guint i = things->len; i-- > 0;)
    {
      const SgTendon *tendon = g_array_index (things, SgThing, i).tendon;

      if ((tendon->stiffness == 0 && tendon->damping > 0) != dampers)
        g_array_remove_index (things, i);
    }
}

/* "It" is what was spoken of before, else the only thing that moves. */
static GArray *
collect_told (const SgClause *clause)
{
  GArray *things = sg_things_new ();

  for (guint i = 0; i < clause->told->len; i++)
    {
      SgBody *body = sg_spec_find_body (clause->spec, clause->told->pdata[i]);

      if (body)
        add_body (things, body, 0);
    }
  if (things->len > 0)
    return things;
  g_array_unref (things);
  return sg_moving_things (clause->spec);
}

GArray *
sg_clause_collect (const SgClause *clause, const char *noun, gboolean chosen)
{
  GArray *things;

  if (g_str_equal (noun, "one") && !chosen)
    return collect_told (clause);
  if (g_strv_contains ((const char *const[]){ "one", "mass", "pendulum", "car", "arm", NULL }, noun))
    return sg_moving_things (clause->spec);
  things = sg_things_new ();
  if (g_str_equal (noun, "spring") || g_str_equal (noun, "damper"))
    {
      sg_things_add_tendons (things, clause->spec, SG_TENDON_SPRING);
      keep_dampers (things, *noun == 'd');
    }
  else if (g_str_equal (noun, "rope"))
    sg_things_add_tendons (things, clause->spec, SG_TENDON_ROPE);
  else if (g_str_equal (noun, "joint"))
    sg_things_add_joints (things, clause->spec);
  else if (g_str_equal (noun, "motor"))
    add_actuators (things, clause->spec);
  for (guint i = 0; i < G_N_ELEMENTS (nouns); i++)
    if (g_str_equal (nouns[i].noun, noun))
      collect_bodies (things, clause->spec, &nouns[i]);
  return things;
}

/* -- Where they are -- */

SgBody *
sg_site_owner (const SgSpec *spec, const char *name, const SgSite **found)
{
  for (guint i = 0; i < spec->bodies->len; i++)
    {
      SgBody *body = &g_array_index (spec->bodies, SgBody, i);

      for (guint k = 0; k < body->sites->len; k++)
        if (g_strcmp0 (g_array_index (body->sites, SgSite, k).name, name) == 0)
          {
            *found = &g_array_index (body->sites, SgSite, k);
            return body;
          }
    }
  for (guint k = 0; k < spec->sites->len; k++)
    if (g_strcmp0 (g_array_index (spec->sites, SgSite, k).name, name) == 0)
      *found = &g_array_index (spec->sites, SgSite, k);
  return NULL;
}

static void
add_parents (const SgSpec *spec, const SgBody *body, double place[3])
{
  for (guint up = 0; body && up < spec->bodies->len; up++)
    {
      for (guint k = 0; k < 3; k++)
        place[k] += body->pos[k];
      body = sg_spec_find_body (spec, body->parent);
    }
}

/* Where the thing is, summed up over its parents: enough to tell left from right. */
void
sg_thing_place (const SgThing *thing, const SgSpec *spec, double place[3])
{
  const SgBody *body = thing->body;

  memset (place, 0, 3 * sizeof *place);
  if (thing->joint)
    memcpy (place, thing->joint->pos, 3 * sizeof *place);
  else if (thing->geoms && thing->geoms->len > 0)
    {
      const SgGeom *geom = thing->geoms->pdata[0];

      for (guint k = 0; k < 3; k++)
        place[k] = geom->has_fromto ? (geom->fromto[k] + geom->fromto[3 + k]) / 2 : geom->pos[k];
    }
  for (guint i = 0; thing->tendon && i < thing->tendon->path->len; i++)
    {
      const SgSite *site = NULL;
      SgBody *owner = sg_site_owner (spec, g_array_index (thing->tendon->path, SgTendonPoint, i).site, &site);
      double at[3] = { 0, 0, 0 };

      if (site)
        memcpy (at, site->pos, sizeof at);
      add_parents (spec, owner, at);
      for (guint k = 0; k < 3; k++)
        place[k] += at[k] / thing->tendon->path->len;
    }
  add_parents (spec, body, place);
}

double
sg_thing_mass (const SgThing *thing)
{
  double mass = 0;

  for (guint i = 0; thing->geoms && i < thing->geoms->len; i++)
    mass += sg_geom_mass (thing->geoms->pdata[i]);
  return mass;
}
