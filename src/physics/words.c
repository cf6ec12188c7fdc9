/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words -> changes of the spec, clause by clause. Each topic either takes a clause, changes what it says and
 * returns TRUE, or leaves the spec alone. */
#include "physics/words.h"

#include <math.h>
#include <string.h>

#include "base/limits.h"
#include "physics/error.h"
#include "physics/words-private.h"

/* -- Gravity -- */

static const struct
{
  const char *place;
  double gravity; /* m/s2 */
} places[] = {
  { "moon", 1.62 },
  { "mars", 3.71 },
  { "earth", 9.81 },
  { "jupiter", 24.79 },
  { "sun", 274 },
  { "venus", 8.87 },
  { "mercury", 3.7 },
  { "saturn", 10.44 },
  { "uranus", 8.87 },
  { "neptune", 11.15 },
  { "pluto", 0.62 },
  { "titan", 1.35 },
  { "europa", 1.31 },
  { "ceres", 0.27 },
  { "space", 0 },
};

/* "lunar gravity", "on the moon" or just "moon"; not "a moon that circles the sun". */
static gboolean
place_gravity (const SgClause *clause, gboolean is_topic, double *gravity)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const char *place = places[i].place;
      g_autofree char *on = g_strdup_printf ("on %s", place), *on_the = g_strdup_printf ("on the %s", place);
      g_autofree char *in = g_strdup_printf ("in %s", place);

      if ((is_topic && sg_clause_has (clause, place)) || g_str_equal (clause->text, place) ||
          strstr (clause->text, on) || strstr (clause->text, on_the) || strstr (clause->text, in))
        {
          *gravity = places[i].gravity;
          return TRUE;
        }
    }
  if (is_topic && sg_clause_has (clause, "lunar"))
    *gravity = 1.62;
  else if (is_topic && sg_clause_has (clause, "martian"))
    *gravity = 3.71;
  else
    return FALSE;
  return TRUE;
}

/* "g = 1.6 m/s2", "gravity of 3.7", "2 g gravity", "half gravity" */
static gboolean
gravity_value (const SgClause *clause, gboolean is_topic, double now, double *gravity)
{
  static const char *const more[] = { "gravity", NULL }, *const less[] = { NULL };
  SgQuantity quantity;

  if (sg_clause_quantity (clause, &quantity) && quantity.kind == SG_QUANTITY_GRAVITY)
    *gravity = fabs (quantity.value);
  else if (is_topic && sg_clause_has (clause, "g") && sg_clause_number (clause, gravity))
    *gravity = 9.81 * fabs (*gravity);
  else if (is_topic && sg_clause_factor (clause, more, less) > 0)
    *gravity = now * sg_clause_factor (clause, more, less);
  else if (is_topic && sg_clause_number (clause, gravity))
    *gravity = fabs (*gravity);
  else
    return FALSE;
  return TRUE;
}

/* Keeps the direction: an arrow may have set it. */
static void
set_gravity (SgSpec *spec, double now, double gravity)
{
  for (guint k = 0; k < 3; k++)
    spec->gravity[k] = now > 0 ? spec->gravity[k] * (gravity / now) : k == 2 ? -gravity
                                                                             : 0;
}

static gboolean
apply_gravity (const SgClause *clause, SgSpec *spec)
{
  static const char *const topic[] = { "gravity", "gravitation", "weightless", "weightlessness", NULL };
  const double *g = spec->gravity;
  double now = sqrt (g[0] * g[0] + g[1] * g[1] + g[2] * g[2]), gravity;
  gboolean is_topic = sg_clause_has_any (clause, topic);

  if (sg_clause_has (clause, "weightless") || sg_clause_has (clause, "weightlessness") ||
      (is_topic && sg_clause_says_no (clause)))
    gravity = 0;
  else if (!place_gravity (clause, is_topic, &gravity) && !gravity_value (clause, is_topic, now, &gravity))
    return FALSE;
  if (gravity > 1e4)
    return FALSE;
  set_gravity (spec, now, gravity);
  return TRUE;
}

/* -- Air -- */

static gboolean
apply_air (const SgClause *clause, SgSpec *spec)
{
  static const char *const air[] = { "air", "drag", NULL };
  static const char *const water[] = { "underwater", "water", NULL };

  if (sg_clause_has (clause, "vacuum") || (sg_clause_has_any (clause, air) && sg_clause_says_no (clause)))
    spec->air_density = spec->air_viscosity = 0;
  else if (sg_clause_has_any (clause, air))
    {
      spec->air_density = 1.2;
      spec->air_viscosity = 1.8e-5;
    }
  else if (sg_clause_has_any (clause, water))
    {
      spec->air_density = 1000;
      spec->air_viscosity = 1e-3;
    }
  else
    return FALSE;
  return TRUE;
}

/* -- Friction and bounce: of the things named, else of everything -- */

typedef void (*ChangeGeom) (SgGeom *geom, double value);

static void
change_all (GArray *geoms, ChangeGeom change, double value)
{
  for (guint i = 0; i < geoms->len; i++)
    change (&g_array_index (geoms, SgGeom, i), value);
}

static gboolean
change_geoms (const SgClause *clause, SgSpec *spec, ChangeGeom change, double value)
{
  gboolean named;
  g_autoptr (GArray) things = sg_clause_things (clause, spec, &named);

  for (guint i = 0; i < things->len; i++)
    {
      const GPtrArray *geoms = g_array_index (things, SgThing, i).geoms;

      for (guint k = 0; k < geoms->len; k++)
        change (geoms->pdata[k], value);
    }
  if (named)
    return things->len > 0;
  change_all (spec->geoms, change, value);
  for (guint i = 0; i < spec->bodies->len; i++)
    change_all (g_array_index (spec->bodies, SgBody, i).geoms, change, value);
  return TRUE;
}

/* A pair has the larger friction of its two: one that was said must win also where it is the lower. */
static void
set_friction (SgGeom *geom, double friction)
{
  geom->slippery = friction < geom->friction[0];
  geom->friction[0] = friction;
}

static void
set_restitution (SgGeom *geom, double restitution)
{
  geom->restitution = restitution;
}

static gboolean
apply_friction (const SgClause *clause, SgSpec *spec)
{
  static const char *const none[] = { "frictionless", "smooth", NULL };
  static const char *const ice[] = { "icy", "ice", "slippery", NULL };
  static const char *const grip[] = { "rough", "rubber", "sticky", "grippy", NULL };
  SgQuantity quantity;

  if (sg_clause_has_any (clause, none) || (sg_clause_has (clause, "friction") && sg_clause_says_no (clause)))
    return change_geoms (clause, spec, set_friction, 0);
  if (sg_clause_quantity (clause, &quantity) && quantity.kind == SG_QUANTITY_FRICTION)
    return change_geoms (clause, spec, set_friction, quantity.value);
  if (sg_clause_has_any (clause, ice))
    return change_geoms (clause, spec, set_friction, 0.03);
  if (sg_clause_has_any (clause, grip))
    return change_geoms (clause, spec, set_friction, 1.2);
  return FALSE;
}

static gboolean
apply_bounce (const SgClause *clause, SgSpec *spec)
{
  static const char *const bouncy[] = { "bouncy", "bounces", "bouncing", NULL };
  static const char *const elastic[] = { "elastic", "elastically", NULL };
  SgQuantity quantity;

  if (sg_clause_quantity (clause, &quantity) && quantity.kind == SG_QUANTITY_RESTITUTION)
    return change_geoms (clause, spec, set_restitution, quantity.value);
  if (sg_clause_has (clause, "inelastic"))
    return change_geoms (clause, spec, set_restitution, 0);
  if (sg_clause_has_any (clause, elastic))
    return change_geoms (clause, spec, set_restitution, sg_clause_says_no (clause) ? 0 : 0.95);
  if (sg_clause_has_any (clause, bouncy))
    return change_geoms (clause, spec, set_restitution, sg_clause_says_no (clause) ? 0 : 0.8);
  return FALSE;
}

/* -- Mass: of the things named, else of the only one that moves -- */

static void
scale_mass (const SgThing *thing, double factor)
{
  for (guint i = 0; i < thing->geoms->len; i++)
    {
      SgGeom *geom = thing->geoms->pdata[i];

      geom->mass = sg_geom_mass (geom) * factor;
    }
}

static double
mass_of (const SgThing *thing)
{
  double mass = 0;

  for (guint i = 0; i < thing->geoms->len; i++)
    mass += sg_geom_mass (thing->geoms->pdata[i]);
  return mass;
}

static GArray *
things_to_weigh (const SgClause *clause, const SgSpec *spec)
{
  static const char *const all[] = { "everything", "all", "each", "every", NULL };
  gboolean named;
  GArray *things = sg_clause_things (clause, spec, &named);

  if (named)
    return things;
  g_array_unref (things);
  things = sg_moving_things (spec);
  if (things->len > 1 && !sg_clause_has_any (clause, all))
    g_array_set_size (things, 0); /* which one? */
  return things;
}

static gboolean
apply_mass (const SgClause *clause, SgSpec *spec)
{
  static const char *const more[] = { "heavy", "heavier", "mass", "weight", NULL };
  static const char *const less[] = { "light", "lighter", NULL };
  double factor = sg_clause_factor (clause, more, less);
  SgQuantity quantity;
  gboolean is_mass =
    factor == 0 && sg_clause_quantity (clause, &quantity) && quantity.kind == SG_QUANTITY_MASS;

  if (factor == 0 && (!is_mass || quantity.value > 1e6))
    return FALSE;
  g_autoptr (GArray) things = things_to_weigh (clause, spec);
  guint changed = 0;

  for (guint i = 0; i < things->len; i++)
    {
      const SgThing *thing = &g_array_index (things, SgThing, i);
      double mass = mass_of (thing);

      if (!thing->body || mass <= 0)
        continue;
      scale_mass (thing, is_mass ? quantity.value / mass : factor);
      changed++;
    }
  return changed > 0;
}

/* -- Springs -- */

static gboolean
apply_stiffness (const SgClause *clause, SgSpec *spec)
{
  static const char *const stiffer[] = { "stiffer", "harder", NULL }, *const softer[] = { "softer",
                                                                                          "weaker", NULL };
  static const char *const more[] = { "stiff", "stiffer", "hard", "stiffness", NULL };
  static const char *const less[] = { "soft", "softer", "weak", NULL };
  double factor = sg_clause_factor (clause, more, less), changed = 0;
  SgQuantity quantity;
  gboolean is_value = sg_clause_quantity (clause, &quantity) && quantity.kind == SG_QUANTITY_STIFFNESS;

  if (factor == 0 && sg_clause_has_any (clause, stiffer))
    factor = 2;
  else if (factor == 0 && sg_clause_has_any (clause, softer))
    factor = 0.5;
  if (factor == 0 && !is_value)
    return FALSE;
  for (guint i = 0; i < spec->tendons->len; i++)
    {
      SgTendon *tendon = &g_array_index (spec->tendons, SgTendon, i);

      if (tendon->type != SG_TENDON_SPRING)
        continue;
      tendon->stiffness = is_value ? MIN (quantity.value, 1e6) : MIN (tendon->stiffness * factor, 1e6);
      changed++;
    }
  return changed > 0;
}

/* -- All clauses -- */

/* A clause longer than this says no one thing; it bounds what hostile words cost. */
#define MAX_CLAUSE 400

/* One clause may speak of several: "a 2 kg ball on the moon". */
static gboolean
apply_clause (const char *said, SgSpec *spec)
{
  static gboolean (*const topics[]) (const SgClause *clause,
                                     SgSpec *spec) = { apply_gravity, apply_air, apply_stiffness,
                                                       apply_mass, apply_friction, apply_bounce };
  g_autoptr (SgClause) clause = sg_clause_new (said);
  gboolean understood = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    understood |= topics[i](clause, spec);
  return understood;
}

static gboolean
names_things (const char *said, const SgSpec *spec)
{
  g_autoptr (SgClause) clause = sg_clause_new (said);
  g_autoptr (GArray) things = sg_clause_things (clause, spec, NULL);

  return things->len > 0;
}

/* "The ball and the box are 2 kg": the first half says nothing alone, but names what the second speaks of. */
static void
apply_clauses (const GArray *clauses, SgSpec *spec, GPtrArray *unknown)
{
  g_autoptr (GString) said = g_string_new (NULL);

  for (guint i = 0; i < clauses->len; i++)
    {
      const SgSaid *clause = &g_array_index (clauses, SgSaid, i);

      g_string_append (said, clause->said);
      gboolean is_short = said->len <= MAX_CLAUSE;

      if (is_short && apply_clause (said->str, spec))
        g_string_truncate (said, 0);
      else if (is_short && clause->goes_on && i + 1 < clauses->len && names_things (said->str, spec))
        g_string_append (said, " and ");
      else
        {
          if (unknown)
            g_ptr_array_add (unknown, g_strdup (said->str));
          g_string_truncate (said, 0);
        }
    }
}

gboolean
sg_words_apply (const char *words, SgSpec *spec, GPtrArray *unknown, GError **error)
{
  g_return_val_if_fail (spec != NULL, FALSE);

  if (!words)
    return TRUE;
  if (!g_utf8_validate (words, -1, NULL))
    {
      g_set_error_literal (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_WORDS, "the words are not UTF-8");
      return FALSE;
    }
  if (!sg_limit_check_text (SG_LIMIT_ID_WORDS, words, NULL, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_WORDS, error))
    return FALSE;
  g_autoptr (GArray) clauses = sg_words_split (words);

  apply_clauses (clauses, spec, unknown);
  return TRUE;
}
