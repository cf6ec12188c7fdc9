/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What moves freely: things that fall, bounce, collide, spin, are thrown, or are tied to each other. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "physics/material.h"
#include "physics/words-make-private.h"

static SgGroup
usual_group (const char *noun, guint count)
{
  return (SgGroup){ .noun = noun, .count = count, .mass = NAN, .size = NAN, .restitution = NAN };
}

/* The n-th thing of all groups in the words' order. */
static const SgGroup *
group_of (const SgMake *make, guint n)
{
  for (guint i = 0; i < make->groups->len; i++)
    {
      const SgGroup *group = &g_array_index (make->groups, SgGroup, i);

      if (n < group->count)
        return group;
      n -= group->count;
    }
  return &g_array_index (make->groups, SgGroup, make->groups->len - 1);
}

static guint
count_all (const SgMake *make)
{
  guint n = 0;

  for (guint i = 0; i < make->groups->len; i++)
    n += g_array_index (make->groups, SgGroup, i).count;
  return MIN (n, SG_MAKE_MOST);
}

static SgGeom *
geom_of (SgBody *body)
{
  return &g_array_index (body->geoms, SgGeom, 0);
}

/* A mass or a restitution that is said behind the things is of all. */
static void
take_mass (SgMake *make)
{
  for (guint i = 0; i < make->groups->len; i++)
    {
      SgGroup *group = &g_array_index (make->groups, SgGroup, i);

      if (isnan (group->mass))
        group->mass = sg_make_take (make, "mass", NAN, 1e-5, 1e6, NULL);
    }
}

static void
set_materials (SgMake *make, SgBody *body, guint i)
{
  static const char *const row[] = { "rubber", "steel", "wood", "glass", "foam", "stone", "ice", "lead" };
  g_autoptr (GArray) things = sg_things_new ();
  gsize told = make->clause->says->len;

  sg_things_add_body (things, body);
  sg_change_material (make->clause, things, row[i % G_N_ELEMENTS (row)]);
  g_string_truncate (make->clause->says, told);
}

/* -- Falling and bouncing -- */

static double
bounciness (const SgMake *make, const SgGroup *group)
{
  for (guint i = 0; i < make->clause->items->len; i++)
    {
      SgItem *item = sg_clause_item (make->clause, i);

      if (!item->used && sg_item_meaning (item, SG_WORDS_MOTIONS) &&
          sg_item_is (item, SG_WORDS_STATES, "restitution"))
        item->used = TRUE; /* of the things, not of the floor too */
    }
  if (!isnan (group->restitution) || group->material)
    return NAN;
  return sg_make_moves ((SgMake *)make, "bounce") ? 0.8 : NAN;
}

/* Where only one thing is dropped from a height, that is where its middle is. Several stand apart in a row,
 * or above one another where they are to meet. */
void
sg_make_falling (SgMake *make)
{
  guint n;
  gboolean differ = sg_make_moves (make, "different"), meet = sg_make_moves (make, "collide"), said;

  take_mass (make);
  double height = sg_make_take (make, "length", 2, 0.01, 1e4, &said);
  if (!said && sg_make_moves (make, "roll"))
    height = 0;
  n = count_all (make);
  sg_make_floor (make);
  for (guint i = 0; i < n; i++)
    {
      const SgGroup *group = group_of (make, i);
      double half = sg_make_half (group), step = 3 * half;
      double x = meet ? 0.5 * half * (i % 2) : step * (i - (n - 1) / 2.0);
      double z = MAX (height, half) + (meet ? 3 * half * i : said ? 0
                                                                  : 0.15 * (i % 3));
      SgBody *body = sg_make_thing (make, group, x, z);
      double restitution = bounciness (make, group);

      if (differ)
        set_materials (make, body, i);
      else if (!isnan (restitution))
        geom_of (body)->restitution = restitution;
    }
  if (sg_make_moves (make, "throw") && sg_clause_find_quantity (make->clause, 0, "speed") < 0)
    {
      g_autoptr (GArray) things = sg_moving_things (make->spec);

      sg_change_velocity (make->clause, things, 5, 45);
      sg_spec_add_note (make->spec, _ ("It starts at 5 m/s, as no speed was said."));
    }
  sg_clause_says (make->clause, ngettext ("%u thing", "%u things", n), n);
}

/* Air slows what falls; in the words that is a clause of its own. */
void
sg_make_projectile (SgMake *make)
{
  SgGroup ball = usual_group ("ball", 1);
  double speed = sg_make_take (make, "speed", 10, 0.01, 1e3, NULL);
  double angle = sg_make_take (make, "angle", 45 * G_PI / 180, -G_PI, G_PI, NULL) * 180 / G_PI;

  ball.mass = sg_make_take (make, "mass", NAN, 1e-5, 1e6, NULL);
  double height = sg_make_take (make, "length", 0.1, 0.1, 1e4, NULL);
  sg_make_floor (make);
  sg_make_thing (make, &ball, 0, height);
  g_autoptr (GArray) things = sg_moving_things (make->spec);
  sg_change_velocity (make->clause, things, speed, angle);
}

/* -- Colliding -- */

/* Towards each other, with nothing else that acts on them along the way. */
void
sg_make_collision (SgMake *make)
{
  gboolean said;
  double speed = sg_make_take (make, "speed", 1, 1e-3, 1e3, &said);
  guint n;

  take_mass (make);
  if (count_all (make) < 2)
    g_array_index (make->groups, SgGroup, 0).count = 2;
  n = count_all (make);
  sg_make_floor (make);
  g_array_index (make->spec->geoms, SgGeom, 0).friction[0] = 0;
  g_array_index (make->spec->geoms, SgGeom, 0).slippery = TRUE;
  for (guint i = 0; i < n; i++)
    {
      const SgGroup *group = group_of (make, i);
      double half = sg_make_half (group), x = i == 0 ? -5 * half : 5 * half + 3 * half * (i - 1);
      SgBody *body = sg_make_thing (make, group, x, half);

      geom_of (body)->friction[0] = 0;
      g_array_index (body->joints, SgJoint, 0).initial_velocity = i == 0 ? speed : i == 1 ? -speed
                                                                                          : 0;
    }
  g_autofree char *each = sg_units_say (speed, "m/s");
  sg_clause_says (make->clause, _ ("%u things that collide at %s each"), n, each);
}

/* -- Spinning -- */

void
sg_make_spinner (SgMake *make)
{
  const SgGroup *group = group_of (make, 0);
  gboolean said;
  double spin = sg_make_take (make, "spin", 3, -1e3, 1e3, &said);
  SgBody *body;
  SgJoint joint = sg_joint_default (SG_JOINT_FREE);

  take_mass (make);
  body = sg_make_thing (make, group, 0, 1);
  g_array_set_size (body->joints, 0);
  joint.name = g_strdup_printf ("%s_free", body->name);
  sg_spec_add_joint (make->spec, body, joint);
  body->initial_velocity[4] = said ? spin : 1;
  body->initial_velocity[5] = said ? 0 : spin;
  make->spec->planar = FALSE;
  if (g_str_equal (group->noun, "box"))
    geom_of (body)->size[1] = geom_of (body)->size[0];
  if (!sg_make_has (make, SG_WORDS_PLACES, NULL) && !sg_make_has (make, SG_WORDS_NEGATIONS, NULL))
    {
      sg_make_floor (make);
      body->pos[2] = sg_make_half (group) + 1e-3;
    }
  sg_clause_says (make->clause, _ ("%s that spins"), body->name);
}

/* -- Tied to each other -- */

static char *
middle_site (SgMake *make, const char *body)
{
  g_autofree char *name = g_strdup_printf ("middle_%s", body);
  SgBody *owner = sg_spec_find_body (make->spec, body);

  for (guint i = 0; i < owner->sites->len; i++)
    if (g_str_equal (g_array_index (owner->sites, SgSite, i).name, name))
      return g_steal_pointer (&name);
  sg_spec_add_site (make->spec, owner, name, NULL);
  return g_steal_pointer (&name);
}

static void
tie (
  SgMake *make, SgTendonType type, guint i, const char *a, const char *b, double distance, double stiffness)
{
  SgTendon tendon = sg_tendon_default (type);
  g_autofree char *from = middle_site (make, a), *to = middle_site (make, b);

  tendon.name = g_strdup_printf ("%s%u", type == SG_TENDON_ROPE ? "rope" : "spring", i);
  sg_tendon_add_site (&tendon, from);
  sg_tendon_add_site (&tendon, to);
  tendon.stiffness = type == SG_TENDON_SPRING ? stiffness : 0;
  if (type == SG_TENDON_SPRING)
    tendon.rest_length = 0.75 * distance; /* drawn out, so that they swing */
  sg_spec_add_tendon (make->spec, tendon);
}

/* In a row on a smooth floor, each tied to the next. */
void
sg_make_tied (SgMake *make, SgTendonType type)
{
  guint n;
  double stiffness = sg_make_take (make, "stiffness", 50, 1e-3, 1e6, NULL);
  double gap = sg_make_take (make, "length", 0.8, 0.01, 100, NULL), x = 0;
  g_autofree char *before = NULL;

  take_mass (make);
  if (count_all (make) < 2)
    g_array_index (make->groups, SgGroup, 0).count = 2;
  n = count_all (make);
  sg_make_floor (make);
  g_array_index (make->spec->geoms, SgGeom, 0).friction[0] = 0;
  g_array_index (make->spec->geoms, SgGeom, 0).slippery = TRUE;
  for (guint i = 0; i < n; i++)
    {
      const SgGroup *group = group_of (make, i);
      SgGroup own = *group;

      if (isnan (own.mass))
        own.mass = 1;
      SgBody *body = sg_make_thing (make, &own, x, sg_make_half (group));
      g_autofree char *name = g_strdup (body->name);

      if (type == SG_TENDON_ROPE && i == 0)
        g_array_index (body->joints, SgJoint, 0).initial_velocity = -1;
      if (before)
        tie (make, type, i, before, name, gap + 2 * sg_make_half (group), stiffness);
      g_free (before);
      before = g_steal_pointer (&name);
      x += gap + 2 * sg_make_half (group);
    }
  if (type == SG_TENDON_SPRING)
    sg_spec_add_note (make->spec, _ ("The springs start drawn out by a quarter."));
  sg_clause_says (make->clause, _ ("%u things in a row, tied"), n);
}
