/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A clause that changes a mechanism: its references first, then its verb, then each value with the property
 * that it is of. Every item must come to be used, or be one that says nothing by itself. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "physics/words-saying.h"

static GArray *
copy_things (const GArray *references)
{
  GArray *things = sg_things_new ();

  for (guint i = 0; i < references->len; i++)
    {
      const GArray *more = g_array_index (references, SgReference, i).things;

      for (guint k = 0; k < more->len; k++)
        {
          SgThing thing = g_array_index (more, SgThing, k);

          if (thing.geoms)
            g_ptr_array_ref (thing.geoms);
          g_array_append_val (things, thing);
        }
    }
  return things;
}

/* -- Verbs -- */

/* What "add" and "connect" put in; NULL where it is a property. */
static const char *
tie_to_add (SgClause *clause)
{
  static const char *const ties[] = { "spring", "rope", "damper", "motor" };

  for (guint i = 0; i < G_N_ELEMENTS (ties); i++)
    {
      int at = sg_clause_find (clause, clause->first, SG_WORDS_THINGS, ties[i]);

      if (at >= 0)
        {
          sg_clause_item (clause, at)->used = TRUE;
          return ties[i];
        }
    }
  return NULL;
}

static double
motor_speed (SgClause *clause)
{
  int i = sg_clause_find_quantity (clause, clause->first, "spin");
  double sign = sg_clause_take_turn (clause);

  if (i < 0)
    return 3 * sign;
  sg_clause_item (clause, i)->used = TRUE;
  sg_clause_take_property (clause, i);
  return sg_clause_item (clause, i)->value * sign;
}

static gboolean
apply_add (SgSaying *saying)
{
  SgClause *clause = saying->clause;
  const char *tie = tie_to_add (clause);
  gboolean ok;

  if (!tie)
    return TRUE; /* "add friction 0.3", "put the ball at 2 m": what follows says it */
  if (g_str_equal (tie, "motor"))
    {
      g_autoptr (GArray) things = sg_saying_things (saying, "colour");

      return clause->reason == SG_WORDS_UNDERSTOOD &&
             sg_verb_add_motor (clause, things, motor_speed (clause));
    }
  ok = sg_verb_join (clause, saying->named, g_str_equal (tie, "rope") ? SG_TENDON_ROPE : SG_TENDON_SPRING,
                     g_str_equal (tie, "damper"));
  g_array_set_size (saying->named, 0);
  if (ok)
    {
      SgTendon *tendon = &g_array_index (clause->spec->tendons, SgTendon, clause->spec->tendons->len - 1);
      SgThing thing = { .kind = SG_THING_TENDON, .tendon = tendon, .name = tendon->name };

      g_array_append_val (saying->named, thing); /* "with k = 50" is the new one's */
    }
  return ok;
}

static gboolean
reverse (SgSaying *saying)
{
  SgClause *clause = saying->clause;
  int gravity = sg_clause_find (clause, clause->first, SG_WORDS_PROPERTIES, "gravity");

  sg_clause_take (clause, SG_WORDS_PROPERTIES, "motor");
  if (gravity >= 0)
    {
      sg_clause_item (clause, gravity)->used = TRUE;
      for (guint k = 0; k < 3; k++)
        clause->spec->gravity[k] *= -1;
      sg_clause_says (clause, _ ("gravity upside down"));
      return TRUE;
    }
  return sg_saying_set (saying, "motor", -1, TRUE);
}

static gboolean
apply_verb (SgSaying *saying, guint i)
{
  SgClause *clause = saying->clause;
  const char *verb = sg_item_meaning (sg_clause_item (clause, i), SG_WORDS_VERBS)->name;

  if (g_str_equal (verb, "start"))
    return TRUE;
  sg_clause_item (clause, i)->used = TRUE;
  if (g_str_equal (verb, "remove"))
    return saying->references->len > 0 ? sg_saying_remove (saying)
                                       : sg_saying_negation (saying, i);
  if (g_str_equal (verb, "swap"))
    return sg_verb_swap (clause, saying->references);
  if (g_str_equal (verb, "fix") || g_str_equal (verb, "free"))
    {
      gboolean ok = sg_verb_fix (clause, saying->named, g_str_equal (verb, "fix"));

      sg_saying_forget (saying);
      return ok;
    }
  if (g_str_equal (verb, "reverse"))
    return reverse (saying);
  return apply_add (saying);
}

/* A motor that is spoken of where there is none is one to add: "motor on the left wheel". */
static gboolean
apply_wish_for_motor (SgSaying *saying)
{
  SgClause *clause = saying->clause;
  int i = sg_clause_find (clause, clause->first, SG_WORDS_THINGS, "motor");

  if (i < 0 || saying->named->len == 0 || g_array_index (saying->named, SgThing, 0).kind == SG_THING_ACTUATOR)
    return TRUE;
  for (guint k = 0; k < clause->spec->actuators->len; k++)
    if (g_array_index (clause->spec->actuators, SgActuator, k).type == SG_ACTUATOR_VELOCITY &&
        sg_clause_find_kind (clause, clause->first, SG_ITEM_QUANTITY) >= 0)
      return TRUE;
  if (sg_clause_find (clause, clause->first, SG_WORDS_NEGATIONS, NULL) >= 0)
    return TRUE;
  sg_clause_item (clause, i)->used = TRUE;
  return sg_verb_add_motor (clause, saying->named, motor_speed (clause));
}

/* -- All of it -- */

/* One thing that is said, from the item at `i`; TRUE where nothing is. */
static gboolean
apply_item (SgSaying *saying, guint i)
{
  SgClause *clause = saying->clause;
  SgItem *item = sg_clause_item (clause, i);

  if (item->used)
    return TRUE;
  if (item->kind == SG_ITEM_FACTOR)
    return sg_saying_factor (saying, i);
  if (item->kind == SG_ITEM_QUANTITY && g_str_equal (item->name, "percent") &&
      sg_clause_find (clause, clause->first, SG_WORDS_COMPARISONS, NULL) >= 0)
    return sg_saying_factor (saying, i);
  if (item->kind == SG_ITEM_QUANTITY)
    return sg_saying_quantity (saying, i);
  if (item->kind == SG_ITEM_NUMBER)
    return sg_saying_number (saying, i);
  if (item->kind != SG_ITEM_WORD)
    return TRUE;
  if (sg_item_meaning (item, SG_WORDS_PLACES))
    return sg_saying_place (clause, i);
  if (sg_item_meaning (item, SG_WORDS_STATES))
    return sg_saying_state (saying, i);
  if (sg_item_meaning (item, SG_WORDS_COLOURS) || sg_item_meaning (item, SG_WORDS_MATERIALS))
    return sg_saying_look (saying, i);
  return TRUE;
}

static gboolean
apply_rest (SgSaying *saying)
{
  SgClause *clause = saying->clause;
  int i;

  if (sg_clause_find (clause, clause->first, SG_WORDS_COMPARISONS, NULL) >= 0 &&
      !sg_saying_factor (saying, -1))
    return FALSE;
  i = sg_clause_find (clause, clause->first, SG_WORDS_PROPERTIES, NULL);
  return i < 0 || sg_item_meaning (sg_clause_item (clause, i), SG_WORDS_STOP) ||
         sg_saying_property (saying, i);
}

/* "It spins at 3 rad/s": the figure says it all. */
static gboolean
is_description (const SgItem *item)
{
  return sg_item_meaning (item, SG_WORDS_MOTIONS) && !sg_item_is (item, SG_WORDS_MOTIONS, "plan");
}

/* Whether an item may be left over. */
static gboolean
says_nothing (const SgItem *item)
{
  return item->used || item->kind == SG_ITEM_BREAK || sg_item_meaning (item, SG_WORDS_STOP) ||
         sg_item_meaning (item, SG_WORDS_LINKS) || is_description (item) ||
         sg_item_is (item, SG_WORDS_VERBS, "start") || sg_item_is (item, SG_WORDS_VERBS, "add");
}

/* What may be left over of the description that made the mechanism: "a 1 m string", "down a ramp". */
static gboolean
describes (const SgItem *item)
{
  static const SgWordsSection sections[] = { SG_WORDS_THINGS, SG_WORDS_PROPERTIES, SG_WORDS_MECHANISMS,
                                             SG_WORDS_DIRECTIONS, SG_WORDS_VERBS, SG_WORDS_CHOICES };

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (sg_item_meaning (item, sections[i]))
      return TRUE;
  return FALSE;
}

/* "Please" */
static gboolean
is_silent (const SgClause *clause)
{
  for (guint i = clause->first; i < clause->after; i++)
    if (!sg_item_meaning (sg_clause_item (clause, i), SG_WORDS_STOP) ||
        sg_item_meaning (sg_clause_item (clause, i), SG_WORDS_THINGS))
      return FALSE;
  return TRUE;
}

static gboolean
is_all_used (SgClause *clause)
{
  for (guint i = clause->first; i < clause->after; i++)
    if (!says_nothing (sg_clause_item (clause, i)) &&
        !(clause->everything && describes (sg_clause_item (clause, i))))
      {
        g_autofree char *word = sg_clause_dup_words (clause, i);

        return sg_clause_refuse (clause, SG_WORDS_NOTHING_SAID, i,
                                 _ ("It is not clear what “%s” means here."), word);
      }
  return clause->says->len > 0 || is_silent (clause) ||
         sg_clause_refuse (clause, SG_WORDS_NOTHING_SAID, -1, _ ("Nothing is said of it."));
}

static gboolean
apply_all (SgSaying *saying)
{
  SgClause *clause = saying->clause;
  int verb = sg_clause_find (clause, clause->first, SG_WORDS_VERBS, NULL);
  int no = sg_clause_find (clause, clause->first, SG_WORDS_NEGATIONS, NULL);

  if (verb >= 0 && !apply_verb (saying, verb))
    return FALSE;
  if (!apply_wish_for_motor (saying))
    return FALSE;
  if (no >= 0 && !sg_clause_item (clause, no)->used && !sg_saying_negation (saying, no))
    return FALSE;
  for (guint i = clause->first; i < clause->after; i++)
    if (!apply_item (saying, i))
      return FALSE;
  return apply_rest (saying) && is_all_used (clause);
}

/* "Everything" with no noun. */
static void
take_everything (SgSaying *saying)
{
  SgClause *clause = saying->clause;

  saying->all = FALSE;
  for (guint i = clause->first; i < clause->after; i++)
    if (!sg_clause_item (clause, i)->used &&
        sg_item_meaning (sg_clause_item (clause, i), SG_WORDS_QUANTIFIERS))
      saying->all = sg_clause_item (clause, i)->used = TRUE;
}

static void
remember (const SgSaying *saying)
{
  GPtrArray *told = saying->clause->told;

  if (saying->references->len == 0)
    return;
  g_ptr_array_set_size (told, 0);
  for (guint i = 0; i < saying->references->len; i++)
    {
      const GArray *things = g_array_index (saying->references, SgReference, i).things;

      for (guint k = 0; k < things->len; k++)
        if (g_array_index (things, SgThing, k).body)
          g_ptr_array_add (told, g_strdup (g_array_index (things, SgThing, k).body->name));
    }
}

/* "Make the ball icy and bouncy": bouncy is the ball. */
static void
add_told (const SgClause *clause, GArray *things)
{
  for (guint i = 0; i < clause->told->len; i++)
    {
      SgBody *body = sg_spec_find_body (clause->spec, clause->told->pdata[i]);

      if (body)
        sg_things_add_body (things, body);
    }
}

gboolean
sg_clause_apply (SgClause *clause)
{
  g_autoptr (GArray) references = NULL;
  gboolean ok;

  if (!sg_clause_is_known (clause))
    return FALSE;
  ok = sg_clause_references (clause, &references);
  if (!ok)
    return sg_clause_refuse (clause, SG_WORDS_NOT_THERE, -1, _ ("There is no such thing here."));
  g_autoptr (GArray) named = copy_things (references);
  SgSaying saying = { clause, references, named, FALSE };
  gboolean removes = sg_clause_find (clause, clause->first, SG_WORDS_VERBS, "remove") >= 0 ||
                     sg_clause_find (clause, clause->first, SG_WORDS_NEGATIONS, NULL) >= 0;

  take_everything (&saying);
  if (clause->inherits && named->len == 0 && !saying.all && !removes)
    add_told (clause, named);
  if (!removes)
    remember (&saying); /* what is removed is spoken of no more, and its name gone */
  return apply_all (&saying);
}
