/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which items of a clause are about things, and about which: "both red balls", "ball 2", "the spring
 * between the ball and the box". What could mean several is refused with a sentence. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "physics/words-private.h"

typedef struct
{
  SgReference reference;
  const SgMeaning *quantifier; /* (nullable) */
  gboolean plural, chosen, hangs;
  int count; /* -1: not said */
} Reading;

static void
reference_clear (gpointer data)
{
  g_array_unref (((SgReference *)data)->things);
}

/* Items before the noun that choose; the first of them. */
static guint
modifiers_begin (const SgClause *clause, guint head)
{
  guint i = head;

  while (i > clause->first)
    {
      const SgItem *item = sg_clause_item (clause, i - 1);

      if (item->used ||
          (item->kind != SG_ITEM_NUMBER && item->kind != SG_ITEM_QUANTITY && item->kind != SG_ITEM_WORD))
        break;
      if (item->kind == SG_ITEM_WORD && !sg_item_meaning (item, SG_WORDS_CHOICES) &&
          !sg_item_meaning (item, SG_WORDS_QUANTIFIERS) && !sg_item_meaning (item, SG_WORDS_COLOURS) &&
          !sg_item_meaning (item, SG_WORDS_MATERIALS) && !sg_item_meaning (item, SG_WORDS_STOP) &&
          !sg_item_meaning (item, SG_WORDS_STATES))
        break;
      i--;
    }
  return i;
}

static void
take_modifier (SgClause *clause, Reading *reading, guint i)
{
  SgItem *item = sg_clause_item (clause, i);
  const SgMeaning *choice = sg_item_meaning (item, SG_WORDS_CHOICES);
  const SgMeaning *colour = sg_item_meaning (item, SG_WORDS_COLOURS);
  const SgMeaning *all = sg_item_meaning (item, SG_WORDS_QUANTIFIERS);

  if (item->kind == SG_ITEM_NUMBER)
    reading->count = item->value;
  else if (all)
    reading->quantifier = all;
  else if (choice)
    sg_things_choose (reading->reference.things, clause, choice);
  else if (colour)
    sg_things_keep_colour (reading->reference.things, colour->name);
  else
    return;
  reading->chosen |= choice || colour;
  item->used = TRUE;
}

static gboolean
has_choice (const SgClause *clause, guint begin, guint head)
{
  for (guint i = begin; i < head; i++)
    if (sg_item_meaning (sg_clause_item (clause, i), SG_WORDS_CHOICES) ||
        sg_item_meaning (sg_clause_item (clause, i), SG_WORDS_COLOURS))
      return TRUE;
  return FALSE;
}

/* "ball 2", "the ball on the left" */
static guint
take_after (SgClause *clause, Reading *reading, guint head)
{
  guint last = head;

  if (head + 1 >= clause->after)
    return last;
  SgItem *next = sg_clause_item (clause, head + 1);
  const SgMeaning *choice = sg_item_meaning (next, SG_WORDS_CHOICES);
  const GArray *things = reading->reference.things;

  if (next->kind == SG_ITEM_NUMBER && things->len > 1 && next->value >= 1 && next->value <= things->len &&
      next->value == floor (next->value))
    {
      sg_things_keep_one (reading->reference.things, clause->spec, 'o', next->value);
      reading->chosen = next->used = TRUE;
      last++;
    }
  else if (choice && memchr (clause->words + next->begin, ' ', next->end - next->begin))
    {
      sg_things_choose (reading->reference.things, clause, choice);
      reading->chosen = next->used = TRUE;
      last++;
    }
  return last;
}

/* Whether what stands there is a noun of something, and not a quantity's name or a filler. */
static const SgMeaning *
noun_at (const SgClause *clause, guint i)
{
  const SgItem *item = sg_clause_item (clause, i);
  const SgMeaning *thing = sg_item_meaning (item, SG_WORDS_THINGS);

  if (!thing || item->used)
    return NULL;
  if (sg_item_meaning (item, SG_WORDS_PROPERTIES))
    for (guint k = i + 1; k < clause->after; k++)
      {
        const SgItem *next = sg_clause_item (clause, k);

        if (next->kind == SG_ITEM_QUANTITY || next->kind == SG_ITEM_NUMBER ||
            sg_item_meaning (next, SG_WORDS_LINKS))
          return NULL;
        if (!sg_item_meaning (next, SG_WORDS_STOP))
          break;
      }
  return thing;
}

static gboolean
read_name (SgClause *clause, guint i, Reading *reading)
{
  SgItem *item = sg_clause_item (clause, i);
  SgBody *body = sg_spec_find_body (clause->spec, item->name);
  GArray *things = reading->reference.things;

  item->used = TRUE;
  if (body)
    sg_things_add_body (things, body);
  for (guint k = 0; !body && k < clause->spec->tendons->len; k++)
    {
      SgTendon *tendon = &g_array_index (clause->spec->tendons, SgTendon, k);
      SgThing thing = { .kind = SG_THING_TENDON, .tendon = tendon, .name = tendon->name };

      if (g_str_equal (tendon->name, item->name))
        g_array_append_val (things, thing);
    }
  for (guint k = 0; things->len == 0 && k < clause->spec->geoms->len; k++)
    if (g_str_equal (g_array_index (clause->spec->geoms, SgGeom, k).name, item->name))
      sg_things_add_geom (things, NULL, &g_array_index (clause->spec->geoms, SgGeom, k));
  return things->len > 0;
}

static gboolean
is_filler (const SgItem *item)
{
  return sg_item_meaning (item, SG_WORDS_STOP) || sg_item_meaning (item, SG_WORDS_PROPERTIES) ||
         sg_item_meaning (item, SG_WORDS_MECHANISMS);
}

/* Whether what was read is one reading only; refuses else. */
static gboolean
is_clear (SgClause *clause, const Reading *reading, guint head)
{
  const guint n = reading->reference.things->len;
  g_autofree char *noun = sg_clause_dup_words (clause, head);

  if (n == 0)
    return sg_clause_refuse (clause, SG_WORDS_NOT_THERE, head, _ ("There is no such “%s” here."), noun);
  if (reading->count > 0 && (guint)reading->count > n)
    return sg_clause_refuse (clause, SG_WORDS_NOT_THERE, head, _ ("There are only %u of “%s”."), n, noun);
  if (reading->quantifier && reading->quantifier->value == 2 && n != 2)
    return sg_clause_refuse (clause, n > 2 ? SG_WORDS_WHICH : SG_WORDS_NOT_THERE, head,
                             _ ("There are %u of “%s”, not two."), n, noun);
  if (n > 1 && !reading->plural && !reading->quantifier && !clause->everything)
    return sg_clause_refuse (clause, SG_WORDS_WHICH, head,
                             _ ("There are %u that “%s” could mean: say which (left, second, all)."), n,
                             noun);
  if (n > 1 && reading->count > 0 && (guint)reading->count < n)
    return sg_clause_refuse (clause, SG_WORDS_WHICH, head, _ ("There are %u of “%s”: say which."), n, noun);
  return TRUE;
}

/* "It", where nothing was spoken of. */
static gboolean
is_vague (const SgClause *clause, const SgMeaning *noun, guint begin, guint head)
{
  return g_str_equal (noun->name, "one") && !has_choice (clause, begin, head) && clause->told->len == 0;
}

static gboolean
read_reference (SgClause *clause, guint head, Reading *reading)
{
  const SgMeaning *noun = sg_item_meaning (sg_clause_item (clause, head), SG_WORDS_THINGS);
  guint begin = modifiers_begin (clause, head);
  SgItem *item = sg_clause_item (clause, head);

  *reading = (Reading){ .count = -1, .reference = { .first = begin, .last = head } };
  if (item->kind == SG_ITEM_NAME)
    {
      reading->reference.things = sg_things_new ();
      return read_name (clause, head, reading);
    }
  reading->reference.things = sg_clause_collect (clause, noun->name, has_choice (clause, begin, head));
  if (reading->reference.things->len == 0 && is_filler (item))
    return TRUE; /* "on a table", where there is none, is no reference */
  if (is_vague (clause, noun, begin, head) && reading->reference.things->len > 1)
    {
      g_array_set_size (reading->reference.things, 0); /* "put it in water": of everything */
      return TRUE;
    }
  item->used = TRUE;
  reading->plural = noun->plural || strchr ("mpca", *noun->name) != NULL;
  for (guint i = head; i-- > begin;)
    take_modifier (clause, reading, i);
  reading->reference.last = take_after (clause, reading, head);
  reading->hangs = strstr ("spring rope damper joint motor", noun->name) != NULL;
  return TRUE;
}

/* Whether what a spring hangs on is said by now; not by the "and" in "between the ball and the box". */
static gboolean
ends_hanging (const SgItem *item, gboolean amid_two)
{
  static const SgWordsSection inside[] = { SG_WORDS_LINKS, SG_WORDS_STOP, SG_WORDS_CHOICES,
                                           SG_WORDS_QUANTIFIERS, SG_WORDS_COLOURS };

  if (item->kind == SG_ITEM_BREAK)
    return !amid_two;
  if (item->kind != SG_ITEM_WORD)
    return item->kind == SG_ITEM_QUANTITY || item->kind == SG_ITEM_NUMBER || item->kind == SG_ITEM_FACTOR;
  for (guint i = 0; i < G_N_ELEMENTS (inside); i++)
    if (sg_item_meaning (item, inside[i]))
      return FALSE;
  return TRUE;
}

/* After a spring or a joint: "between the ball and the box", "of the left ball". */
static gboolean
read_hanging (SgClause *clause, Reading *reading)
{
  guint i = reading->reference.last + 1;
  gboolean between = FALSE;
  guint n_read = 0;

  for (; i < clause->after && n_read < 2; i++)
    {
      SgItem *item = sg_clause_item (clause, i);
      gboolean is_link = sg_item_meaning (item, SG_WORDS_LINKS) != NULL;

      if (is_link && n_read == 0)
        {
          between = sg_item_is (item, SG_WORDS_LINKS, "between");
          item->used = TRUE;
        }
      else if ((noun_at (clause, i) || item->kind == SG_ITEM_NAME) && (i > reading->reference.last + 1))
        {
          Reading other;

          if (!read_reference (clause, i, &other))
            return FALSE;
          gboolean ok = is_clear (clause, &other, i);
          if (ok)
            sg_things_keep_touching (reading->reference.things, clause->spec, other.reference.things);
          i = reading->reference.last = other.reference.last;
          g_array_unref (other.reference.things);
          if (!ok)
            return FALSE;
          n_read++;
          if (!between)
            break;
        }
      else if (ends_hanging (item, between && n_read == 1))
        break;
    }
  return TRUE;
}

/* "the ball on the ramp": the second says where the first is. */
static gboolean
is_locator (const SgClause *clause, const GArray *references, guint begin)
{
  if (references->len == 0)
    return FALSE;
  for (guint i = g_array_index (references, SgReference, references->len - 1).last + 1; i < begin; i++)
    if (!sg_item_is (sg_clause_item (clause, i), SG_WORDS_LINKS, "of") &&
        !sg_item_meaning (sg_clause_item (clause, i), SG_WORDS_STOP))
      return FALSE;
  for (guint i = g_array_index (references, SgReference, references->len - 1).last + 1; i < begin; i++)
    if (sg_item_is (sg_clause_item (clause, i), SG_WORDS_LINKS, "of"))
      return TRUE;
  return FALSE;
}

gboolean
sg_clause_references (SgClause *clause, GArray **references)
{
  gboolean joins = sg_clause_find (clause, clause->first, SG_WORDS_VERBS, "join") >= 0 ||
                   sg_clause_find (clause, clause->first, SG_WORDS_VERBS, "add") >= 0;

  *references = g_array_new (FALSE, FALSE, sizeof (SgReference));
  g_array_set_clear_func (*references, reference_clear);
  for (guint i = clause->first; i < clause->after; i++)
    {
      Reading reading;
      const SgMeaning *noun = noun_at (clause, i);
      gboolean is_tie = noun && strstr ("spring rope damper motor", noun->name);

      if ((!noun || (joins && is_tie)) &&
          (sg_clause_item (clause, i)->kind != SG_ITEM_NAME || sg_clause_item (clause, i)->used))
        continue;
      gboolean locates = !joins && is_locator (clause, *references, modifiers_begin (clause, i));
      gboolean ok = read_reference (clause, i, &reading);
      gboolean nothing = ok && reading.reference.things->len == 0 && !sg_clause_item (clause, i)->used;

      if (ok && !nothing && reading.hangs)
        ok = read_hanging (clause, &reading);
      ok = ok && (nothing || is_clear (clause, &reading, i));
      i = MAX (i, reading.reference.last);
      if (!ok || nothing || locates)
        g_array_unref (reading.reference.things);
      else
        g_array_append_val (*references, reading.reference);
      if (!ok)
        return FALSE;
    }
  return TRUE;
}
