/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values of a clause, each with the property that it is of and the things that have it. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "physics/words-saying.h"

/* -- Targets -- */

static gboolean
is_one_of (const char *name, const char *const *names)
{
  return g_strv_contains (names, name);
}

/* Springs and motors move where one was added since; their names do not. */
static void
find_again (const SgSpec *spec, GArray *things)
{
  for (guint i = 0; i < things->len; i++)
    {
      SgThing *thing = &g_array_index (things, SgThing, i);

      for (guint k = 0; thing->tendon && k < spec->tendons->len; k++)
        if (g_array_index (spec->tendons, SgTendon, k).name == thing->name)
          thing->tendon = &g_array_index (spec->tendons, SgTendon, k);
      for (guint k = 0; thing->actuator && k < spec->actuators->len; k++)
        if (g_array_index (spec->actuators, SgActuator, k).name == thing->name)
          thing->actuator = &g_array_index (spec->actuators, SgActuator, k);
    }
}

/* What a property is of where nothing is named: one thing that moves; or all that can have it. */
GArray *
sg_saying_things (const SgSaying *saying, const char *property)
{
  static const char *const of_ties[] = { "stiffness", NULL };
  static const char *const of_all[] = { "friction", "restitution", NULL };
  static const char *const of_pins[] = { "limit", "damping", NULL };
  static const char *const of_motors[] = { "motor", "torque", NULL };
  SgSpec *spec = saying->clause->spec;
  GArray *things;

  if (saying->named->len > 0)
    {
      find_again (saying->clause->spec, saying->named);
      return g_array_ref (saying->named);
    }
  if (is_one_of (property, of_all))
    return sg_all_things (spec);
  things = sg_moving_things (spec);
  if (is_one_of (property, of_ties) || is_one_of (property, of_pins))
    sg_things_add_tendons (things, spec, SG_TENDON_SPRING);
  if (is_one_of (property, of_ties) || is_one_of (property, of_pins) || is_one_of (property, of_motors))
    return things;
  if (g_str_equal (property, "length") && things->len > 1)
    {
      g_array_set_size (things, 0);
      sg_things_add_tendons (things, spec, SG_TENDON_SPRING);
      sg_things_add_tendons (things, spec, SG_TENDON_ROPE);
    }
  if (things->len > 1 && !saying->all && !saying->clause->everything)
    {
      g_array_set_size (things, 0);
      for (guint i = 0; i < saying->clause->told->len; i++)
        {
          SgBody *body = sg_spec_find_body (spec, saying->clause->told->pdata[i]);

          if (body)
            sg_things_add_body (things, body);
        }
      if (things->len == 0)
        sg_clause_refuse (saying->clause, SG_WORDS_WHICH, -1, _ ("Several things move: say which is meant."));
    }
  return things;
}

gboolean
sg_saying_set (const SgSaying *saying, const char *property, double value, gboolean is_factor)
{
  g_autoptr (GArray) things = sg_saying_things (saying, property);

  return saying->clause->reason == SG_WORDS_UNDERSTOOD &&
         sg_change_property (saying->clause, things, property, value, is_factor);
}

/* -- Properties of values -- */

static const SgMeaning *
property_at (const SgClause *clause, guint i)
{
  const SgItem *item = sg_clause_item (clause, i);

  return item->used ? NULL : sg_item_meaning (item, SG_WORDS_PROPERTIES);
}

/* A property may be named twice: "constrained to 45 degrees max angle". */
static const char *
use_property (SgClause *clause, const char *name)
{
  int i;

  while ((i = sg_clause_find (clause, clause->first, SG_WORDS_PROPERTIES, name)) >= 0)
    sg_clause_item (clause, i)->used = TRUE;
  return name;
}

/* The property nearest to the value at `i`, before it first; marked as used. None beyond another value. */
const char *
sg_clause_take_property (SgClause *clause, guint i)
{
  for (guint k = i; k-- > clause->first;)
    {
      const SgMeaning *property = property_at (clause, k);
      SgItem *item = sg_clause_item (clause, k);

      if (property)
        return use_property (clause, property->name);
      if (item->kind == SG_ITEM_QUANTITY || item->kind == SG_ITEM_NUMBER)
        break;
    }
  for (guint k = i + 1; k < clause->after; k++)
    {
      const SgMeaning *property = property_at (clause, k);
      SgItem *item = sg_clause_item (clause, k);

      if (property && !sg_item_meaning (item, SG_WORDS_DIRECTIONS))
        return use_property (clause, property->name);
      if (item->kind == SG_ITEM_QUANTITY || item->kind == SG_ITEM_NUMBER)
        break;
    }
  return NULL;
}

const SgMeaning *
sg_clause_take (SgClause *clause, SgWordsSection section, const char *name)
{
  int i = sg_clause_find (clause, clause->first, section, name);

  if (i < 0)
    return NULL;
  sg_clause_item (clause, i)->used = TRUE;
  return sg_item_meaning (sg_clause_item (clause, i), section);
}

/* The dimension's own property, where none is named or the one named is of another kind. */
static const char *
property_of (const char *dimension, const char *named)
{
  static const struct
  {
    const char *dimension, *properties[8]; /* the first is meant where none is named */
  } table[] = {
    { "mass", { "mass" } },
    { "length", { "length", "radius", "diameter", "size", "width", "height" } },
    { "angle", { "angle", "limit" } },
    { "speed", { "speed" } },
    { "spin", { "spin", "motor" } },
    { "acceleration", { "gravity" } },
    { "force", { "force" } },
    { "torque", { "torque" } },
    { "stiffness", { "stiffness" } },
    { "damping", { "damping" } },
    { "density", { "density" } },
    { "percent", { "", "restitution", "friction" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].dimension, dimension))
      {
        for (guint k = 0; named && table[i].properties[k]; k++)
          if (g_str_equal (table[i].properties[k], named))
            return named;
        if (named && g_str_equal (named, "speed") && g_str_equal (dimension, "spin"))
          return "spin";
        if (named && (g_str_equal (named, "torque") || g_str_equal (named, "motor")) &&
            g_str_equal (dimension, "force"))
          return "torque";
        if (named && (g_str_equal (named, "angle") || g_str_equal (named, "motor")) &&
            g_str_equal (dimension, "torque"))
          return "torque";
        return table[i].properties[0];
      }
  return NULL;
}

static gboolean
has_actuator (const SgSpec *spec)
{
  return spec->actuators->len > 0;
}

double
sg_clause_take_turn (SgClause *clause)
{
  const SgMeaning *turn = sg_clause_take (clause, SG_WORDS_TURNS, NULL);

  return turn ? turn->value : 1;
}

/* A length is a rod's or spring's own; of a ball it is how large; said to be "at" it is how high. */
static const char *
meant_by_length (const SgSaying *saying)
{
  if (saying->named->len == 0)
    return "length";
  const SgThing *thing = &g_array_index (saying->named, SgThing, 0);

  if (thing->tendon || !thing->geoms || thing->geoms->len == 0)
    return "length";
  const SgGeom *geom = thing->geoms->pdata[0];
  return geom->type == SG_GEOM_CAPSULE || geom->type == SG_GEOM_CYLINDER ? "length" : "size";
}

static gboolean
set_speed (SgSaying *saying, double speed)
{
  SgClause *clause = saying->clause;
  const SgMeaning *direction = sg_clause_take (clause, SG_WORDS_DIRECTIONS, NULL);
  int angle = sg_clause_find_quantity (clause, clause->first, "angle");
  g_autoptr (GArray) things = sg_saying_things (saying, "speed");
  double degrees = direction ? direction->value : 0;

  sg_clause_take (clause, SG_WORDS_VERBS, "start");
  if (angle >= 0)
    {
      sg_clause_item (clause, angle)->used = TRUE;
      degrees = sg_clause_item (clause, angle)->value * 180 / G_PI;
      sg_clause_take_property (clause, angle);
    }
  return clause->reason == SG_WORDS_UNDERSTOOD && sg_change_velocity (clause, things, speed, degrees);
}

static gboolean
set_spin (SgSaying *saying, double spin, const char *named)
{
  SgClause *clause = saying->clause;
  g_autoptr (GArray) things = sg_saying_things (saying, "motor");
  double value = spin * sg_clause_take_turn (clause);

  if (has_actuator (clause->spec) && (!named || !g_str_equal (named, "spin")) &&
      sg_change_property (clause, things, "motor", value, FALSE))
    return TRUE;
  if (named && g_str_equal (named, "motor") && !has_actuator (clause->spec))
    return sg_verb_add_motor (clause, things, value);
  g_clear_pointer (&clause->why, g_free);
  clause->reason = SG_WORDS_UNDERSTOOD;
  return sg_saying_set (saying, "spin", value, FALSE);
}

/* A steady push at the thing's middle. */
static gboolean
set_force (SgSaying *saying, double newtons)
{
  SgClause *clause = saying->clause;
  const SgMeaning *direction = sg_clause_take (clause, SG_WORDS_DIRECTIONS, NULL);
  double angle = (direction ? direction->value : 0) * G_PI / 180;
  g_autoptr (GArray) things = sg_saying_things (saying, "force");

  sg_clause_take (clause, SG_WORDS_VERBS, "start");
  if (clause->reason != SG_WORDS_UNDERSTOOD)
    return FALSE;
  if (!(fabs (newtons) <= 1e6))
    return sg_clause_refuse (clause, SG_WORDS_IMPOSSIBLE, -1, _ ("That is too strong."));
  for (guint i = 0; i < things->len; i++)
    {
      SgBody *body = g_array_index (things, SgThing, i).body;

      if (!body)
        return sg_clause_refuse (clause, SG_WORDS_IMPOSSIBLE, -1, _ ("Only what moves can be pushed."));
      g_autofree char *site = g_strdup_printf ("push_%s", body->name);
      SgActuator force = sg_actuator_default (SG_ACTUATOR_FORCE);

      force.site = g_strdup (sg_spec_add_site (clause->spec, body, site, NULL)->name);
      force.name = g_strdup_printf ("force_%s", body->name);
      force.target = newtons;
      force.direction[0] = round (1e12 * cos (angle)) / 1e12; /* straight up is straight up */
      force.direction[2] = round (1e12 * sin (angle)) / 1e12;
      sg_spec_add_actuator (clause->spec, force);
      g_autofree char *said = sg_units_say (newtons, "N");
      sg_clause_says (clause, _ ("%s: pushed with %s"), body->name, said);
    }
  return TRUE;
}

/* "2 g gravity": a number with g is grams elsewhere. */
static double
gravity_of (const SgClause *clause, const SgItem *item)
{
  if (g_str_equal (item->name, "mass") && clause->words[item->end - 1] == 'g')
    return 9.81 * item->value / 0.001;
  return fabs (item->value);
}

gboolean
sg_saying_quantity (SgSaying *saying, guint i)
{
  SgClause *clause = saying->clause;
  SgItem *item = sg_clause_item (clause, i);
  const char *named = sg_clause_take_property (clause, i);
  const char *property = property_of (item->name, named);

  item->used = TRUE;
  if (named && g_str_equal (named, "gravity"))
    return sg_change_gravity (clause, gravity_of (clause, item));
  if (!property || !*property)
    return sg_clause_refuse (clause, SG_WORDS_NOTHING_SAID, i, _ ("It is not clear what that figure is of."));
  if (named && g_str_equal (named, "limit") && sg_item_is_quantity (item, "angle"))
    property = "limit";
  if (!named && g_str_equal (property, "length"))
    property = meant_by_length (saying);
  if (g_str_equal (property, "gravity"))
    return sg_change_gravity (clause, fabs (item->value));
  if (g_str_equal (property, "speed"))
    return set_speed (saying, item->value);
  if (g_str_equal (property, "spin") || g_str_equal (property, "motor"))
    return set_spin (saying, item->value, named);
  if (g_str_equal (property, "force"))
    return set_force (saying, item->value);
  sg_clause_take (clause, SG_WORDS_VERBS, "start");
  return sg_saying_set (saying, property, item->value, FALSE);
}

/* A number by itself needs the property's name: "friction 0.3", "k=50". */
gboolean
sg_saying_number (SgSaying *saying, guint i)
{
  SgClause *clause = saying->clause;
  SgItem *item = sg_clause_item (clause, i);
  const char *property = sg_clause_take_property (clause, i);

  item->used = TRUE;
  if (!property)
    return sg_clause_refuse (clause, SG_WORDS_NOTHING_SAID, i, _ ("It is not clear what that number is of."));
  if (g_str_equal (property, "gravity"))
    return sg_change_gravity (clause, fabs (item->value));
  if (g_str_equal (property, "air"))
    return sg_change_air (clause, item->value);
  if (g_str_equal (property, "speed"))
    return set_speed (saying, item->value);
  if (g_str_equal (property, "spin") || g_str_equal (property, "motor"))
    return set_spin (saying, item->value, property);
  if (g_str_equal (property, "force"))
    return set_force (saying, item->value);
  if (g_str_equal (property, "angle") || g_str_equal (property, "limit"))
    return sg_saying_set (saying, property, item->value * G_PI / 180, FALSE); /* degrees, as people write */
  return sg_saying_set (saying, property, item->value, FALSE);
}

/* -- Factors -- */

/* A comparison that says of which property; "more" goes with a property's name. */
static const char *
take_comparison (SgClause *clause, double *by)
{
  const char *more = NULL;
  int i;

  *by = 1;
  while ((i = sg_clause_find (clause, clause->first, SG_WORDS_COMPARISONS, NULL)) >= 0)
    {
      const SgMeaning *comparison = sg_item_meaning (sg_clause_item (clause, i), SG_WORDS_COMPARISONS);

      sg_clause_item (clause, i)->used = TRUE;
      *by = comparison->value;
      if (!g_str_equal (comparison->name, "more"))
        return comparison->name;
      more = "more";
    }
  return more;
}

static gboolean
multiply (SgSaying *saying, const char *property, double factor)
{
  SgClause *clause = saying->clause;

  if (g_str_equal (property, "gravity"))
    return sg_change_gravity (clause, sg_clause_gravity (clause) * factor);
  return sg_saying_set (saying, property, factor, TRUE);
}

/* "twice as heavy", "half the gravity", "3 times heavier", "stiffer", "50% more friction". `i`: the factor;
 * -1: none is said. */
gboolean
sg_saying_factor (SgSaying *saying, int i)
{
  SgClause *clause = saying->clause;
  double by, factor = i >= 0 ? sg_clause_item (clause, i)->value : 1;
  const char *property = take_comparison (clause, &by);
  gboolean percent = i >= 0 && sg_clause_item (clause, i)->kind == SG_ITEM_QUANTITY;

  if (i >= 0)
    sg_clause_item (clause, i)->used = TRUE;
  if (!property || g_str_equal (property, "more"))
    property = sg_clause_take_property (clause, i >= 0 ? (guint)i : clause->first);
  if (!property)
    {
      int thing = saying->named->len == 1 ? 0 : -1;

      if (thing < 0 || g_array_index (saying->named, SgThing, 0).kind != SG_THING_TENDON)
        return sg_clause_refuse (clause, SG_WORDS_NOTHING_SAID, i, _ ("It is not clear of what."));
      property = "stiffness";
    }
  if (percent)
    return multiply (saying, property, by < 1 ? 1 - factor : by > 1 ? 1 + factor
                                                                    : factor);
  if (i < 0)
    return multiply (saying, property, by);
  if (!(factor > 0))
    return sg_clause_refuse (clause, SG_WORDS_IMPOSSIBLE, i, _ ("Nothing can be that many times as much."));
  return multiply (saying, property, by < 1 && factor > 1 ? 1 / factor : factor);
}

/* -- What is said without a value -- */

static gboolean
set_zero (SgSaying *saying, const char *property)
{
  SgClause *clause = saying->clause;
  g_autoptr (GArray) things = sg_saying_things (saying, property);

  if (g_str_equal (property, "gravity"))
    return sg_change_gravity (clause, 0);
  if (g_str_equal (property, "air"))
    return sg_change_air (clause, 0);
  if (g_str_equal (property, "limit"))
    {
      for (guint i = 0; i < things->len; i++)
        for (guint k = 0; g_array_index (things, SgThing, i).body &&
                          k < g_array_index (things, SgThing, i).body->joints->len;
             k++)
          g_array_index (g_array_index (things, SgThing, i).body->joints, SgJoint, k).limited = FALSE;
      sg_clause_says (clause, _ ("no limits"));
      return TRUE;
    }
  if (g_str_equal (property, "speed") && clause->reason == SG_WORDS_UNDERSTOOD)
    return sg_change_velocity (clause, things, 0, 0);
  return sg_change_property (clause, things, property, 0, FALSE);
}

gboolean
sg_saying_remove (SgSaying *saying)
{
  gboolean ok = sg_verb_remove (saying->clause, saying->references);

  sg_saying_forget (saying);
  return ok;
}

void
sg_saying_forget (SgSaying *saying)
{
  g_array_set_size (saying->references, 0);
  g_array_set_size (saying->named, 0);
}

/* "no gravity", "without air", "turn off friction", "damping off" */
gboolean
sg_saying_negation (SgSaying *saying, guint i)
{
  SgClause *clause = saying->clause;
  int property = sg_clause_find (clause, i, SG_WORDS_PROPERTIES, NULL);
  int state = sg_clause_find (clause, i, SG_WORDS_STATES, NULL);

  sg_clause_item (clause, i)->used = TRUE;
  if (property < 0)
    property = sg_clause_find (clause, clause->first, SG_WORDS_PROPERTIES, NULL);
  if (property >= 0)
    {
      sg_clause_item (clause, property)->used = TRUE;
      return set_zero (saying,
                       sg_item_meaning (sg_clause_item (clause, property), SG_WORDS_PROPERTIES)->name);
    }
  if (state >= 0)
    {
      sg_clause_item (clause, state)->used = TRUE;
      return set_zero (saying, sg_item_meaning (sg_clause_item (clause, state), SG_WORDS_STATES)->name);
    }
  if (saying->references->len > 0)
    return sg_saying_remove (saying);
  return sg_clause_refuse (clause, SG_WORDS_NOTHING_SAID, i,
                           _ ("It is not clear what there is to be none of."));
}

gboolean
sg_saying_place (SgClause *clause, guint i)
{
  gboolean alone = i == clause->first && i + 1 == clause->after;
  int gravity = sg_clause_find (clause, clause->first, SG_WORDS_PROPERTIES, "gravity");
  const SgMeaning *place = sg_item_meaning (sg_clause_item (clause, i), SG_WORDS_PLACES);

  if (gravity >= 0)
    sg_clause_item (clause, gravity)->used = TRUE;
  for (guint k = i; !alone && gravity < 0 && k-- > clause->first;)
    {
      alone = sg_item_is (sg_clause_item (clause, k), SG_WORDS_LINKS, "of");
      if (alone || !sg_item_meaning (sg_clause_item (clause, k), SG_WORDS_STOP))
        break;
    }
  if (gravity < 0 && !alone && !g_str_equal (place->name, "weightless"))
    return sg_clause_refuse (clause, SG_WORDS_NOTHING_SAID, i,
                             _ ("Say “on the moon” or “moon gravity” for its gravity."));
  sg_clause_item (clause, i)->used = TRUE;
  return sg_change_gravity (clause, place->value);
}

gboolean
sg_saying_state (SgSaying *saying, guint i)
{
  SgClause *clause = saying->clause;
  const SgMeaning *state = sg_item_meaning (sg_clause_item (clause, i), SG_WORDS_STATES);

  sg_clause_item (clause, i)->used = TRUE;
  if (g_str_equal (state->name, "air"))
    return sg_change_air (clause, state->value);
  return sg_saying_set (saying, state->name, state->value, FALSE);
}

gboolean
sg_saying_look (SgSaying *saying, guint i)
{
  SgClause *clause = saying->clause;
  SgItem *item = sg_clause_item (clause, i);
  const SgMeaning *colour = sg_item_meaning (item, SG_WORDS_COLOURS);
  g_autoptr (GArray) things = sg_saying_things (saying, "colour");
  int word = sg_clause_find (clause, clause->first, SG_WORDS_PROPERTIES, "colour");

  item->used = TRUE;
  if (word >= 0)
    sg_clause_item (clause, word)->used = TRUE;
  if (clause->reason != SG_WORDS_UNDERSTOOD)
    return FALSE;
  if (colour)
    return things->len > 0
             ? sg_change_colour (clause, things, colour->name)
             : sg_clause_refuse (clause, SG_WORDS_NOTHING_SAID, i, _ ("Say what has that colour."));
  return sg_change_material (clause, things, sg_item_meaning (item, SG_WORDS_MATERIALS)->name);
}

/* A property named alone: "air resistance", "damping". */
gboolean
sg_saying_property (SgSaying *saying, guint i)
{
  SgClause *clause = saying->clause;
  const char *property = property_at (clause, i)->name;

  if (g_str_equal (property, "air"))
    {
      sg_clause_item (clause, i)->used = TRUE;
      return sg_change_air (clause, 1.2);
    }
  if (g_str_equal (property, "damping"))
    {
      sg_clause_item (clause, i)->used = TRUE;
      return sg_saying_set (saying, property, 0.1, FALSE);
    }
  if (g_str_equal (property, "friction"))
    {
      sg_clause_item (clause, i)->used = TRUE;
      return sg_saying_set (saying, property, 0.6, FALSE);
    }
  return sg_clause_refuse (clause, SG_WORDS_NOTHING_SAID, i,
                           _ ("Say how much: “%s 2”, or “no”, or “more”."), property);
}
