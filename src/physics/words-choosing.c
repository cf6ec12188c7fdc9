/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of the things that a noun could mean those that are meant: "left", "red", "second", "the other one",
 * "between the ball and the box". */
#include "config.h"

#include <math.h>

#include "physics/words-private.h"

static double
thing_size (const SgThing *thing)
{
  double size = 0;

  for (guint i = 0; thing->geoms && i < thing->geoms->len; i++)
    {
      SgGeom geom = *(const SgGeom *)thing->geoms->pdata[i];

      geom.mass = NAN;
      geom.density = 1;
      size += sg_geom_mass (&geom);
    }
  return size;
}

static double
rank_of (const SgThing *thing, const SgSpec *spec, char by, guint i)
{
  double place[3];

  sg_thing_place (thing, spec, place);
  switch (by)
    {
    case 'x':
      return place[0];
    case 'z':
      return place[2];
    case 's':
      return thing_size (thing);
    case 'm':
      return sg_thing_mass (thing);
    default:
      return i;
    }
}

/* Keeps only the one that comes `which`th, from 1; negative: from the end; nothing where there is none. */
void
sg_things_keep_one (GArray *things, const SgSpec *spec, char by, int which)
{
  const guint n = things->len;
  const guint wanted = which < 0 ? n + which : (guint)which - 1;
  g_autofree double *ranks = g_new (double, n);
  guint kept = n;

  for (guint i = 0; i < n; i++)
    ranks[i] = rank_of (&g_array_index (things, SgThing, i), spec, by, i);
  for (guint i = 0; i < n && kept == n; i++)
    {
      guint before = 0;

      for (guint k = 0; k < n; k++)
        before += ranks[k] < ranks[i] || (ranks[k] == ranks[i] && k < i);
      if (before == wanted)
        kept = i;
    }
  if (kept + 1 < n)
    g_array_remove_range (things, kept + 1, n - kept - 1);
  g_array_remove_range (things, 0, kept);
}

static gboolean
has_colour (const SgThing *thing, const char *colour)
{
  float rgba[4];

  sg_words_colour (colour, rgba);
  for (guint i = 0; thing->geoms && i < thing->geoms->len; i++)
    {
      const float *has = ((const SgGeom *)thing->geoms->pdata[i])->rgba;

      if (hypot (hypot (has[0] - rgba[0], has[1] - rgba[1]), has[2] - rgba[2]) < 0.3)
        return TRUE;
    }
  return FALSE;
}

void
sg_things_keep_colour (GArray *things, const char *colour)
{
  for (guint i = things->len; i-- > 0;)
    if (!has_colour (&g_array_index (things, SgThing, i), colour))
      g_array_remove_index (things, i);
}

static void
keep_others (GArray *things, const GPtrArray *told)
{
  for (guint i = things->len; i-- > 0;)
    if (g_ptr_array_find_with_equal_func ((GPtrArray *)told, g_array_index (things, SgThing, i).name,
                                          g_str_equal, NULL))
      g_array_remove_index (things, i);
}

void
sg_things_choose (GArray *things, const SgClause *clause, const SgMeaning *choice)
{
  if (things->len == 0)
    return;
  if (*choice->name == 'o' && choice->name[1] == 't')
    keep_others (things, clause->told);
  else if (choice->value == 2 && *choice->name == 'x')
    sg_things_keep_one (things, clause->spec, 'x', (things->len + 1) / 2);
  else
    sg_things_keep_one (things, clause->spec, *choice->name, (int)choice->value);
}

/* -- What hangs on what -- */

static gboolean
touches (const SgSpec *spec, const SgThing *thing, const SgThing *other)
{
  const SgSite *site;

  if (thing->kind == SG_THING_JOINT)
    return thing->body == other->body || g_strcmp0 (thing->body->parent, other->name) == 0;
  if (thing->kind == SG_THING_ACTUATOR)
    {
      for (guint i = 0; other->body && i < other->body->joints->len; i++)
        if (g_strcmp0 (g_array_index (other->body->joints, SgJoint, i).name, thing->actuator->joint) == 0)
          return TRUE;
      return FALSE;
    }
  for (guint i = 0; thing->tendon && i < thing->tendon->path->len; i++)
    {
      const SgTendonPoint *point = &g_array_index (thing->tendon->path, SgTendonPoint, i);
      SgBody *owner = point->site ? sg_site_owner (spec, point->site, &site) : NULL;

      if (other->kind == SG_THING_GEOM ? point->site && !owner : owner && owner == other->body)
        return TRUE;
    }
  return FALSE;
}

static gboolean
touches_any (const SgSpec *spec, const SgThing *thing, const GArray *others)
{
  for (guint i = 0; i < others->len; i++)
    if (touches (spec, thing, &g_array_index (others, SgThing, i)))
      return TRUE;
  return FALSE;
}

void
sg_things_keep_touching (GArray *things, const SgSpec *spec, const GArray *others)
{
  for (guint i = things->len; i-- > 0;)
    if (!touches_any (spec, &g_array_index (things, SgThing, i), others))
      g_array_remove_index (things, i);
}
