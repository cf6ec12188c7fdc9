/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A clause: its items, why it is refused, what it is told as. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "physics/words-private.h"

SgItem *
sg_clause_item (const SgClause *clause, guint i)
{
  return &g_array_index (clause->items, SgItem, i);
}

int
sg_clause_find (const SgClause *clause, guint from, SgWordsSection section, const char *name)
{
  for (guint i = from; i < clause->after; i++)
    {
      const SgItem *item = sg_clause_item (clause, i);

      if (!item->used && (name ? sg_item_is (item, section, name) : sg_item_meaning (item, section) != NULL))
        return i;
    }
  return -1;
}

int
sg_clause_find_kind (const SgClause *clause, guint from, SgItemKind kind)
{
  for (guint i = from; i < clause->after; i++)
    if (!sg_clause_item (clause, i)->used && sg_clause_item (clause, i)->kind == kind)
      return i;
  return -1;
}

int
sg_clause_find_quantity (const SgClause *clause, guint from, const char *dimension)
{
  for (guint i = from; i < clause->after; i++)
    if (!sg_clause_item (clause, i)->used && sg_item_is_quantity (sg_clause_item (clause, i), dimension))
      return i;
  return -1;
}

gboolean
sg_clause_refuse (SgClause *clause, SgWordsReason reason, int culprit, const char *format, ...)
{
  va_list args;

  if (clause->reason != SG_WORDS_UNDERSTOOD)
    return FALSE;
  va_start (args, format);
  clause->reason = reason;
  clause->culprit = culprit;
  clause->why = g_strdup_vprintf (format, args);
  va_end (args);
  return FALSE;
}

void
sg_clause_says (SgClause *clause, const char *format, ...)
{
  va_list args;

  if (clause->says->len > 0)
    g_string_append (clause->says, "; ");
  va_start (args, format);
  g_string_append_vprintf (clause->says, format, args);
  va_end (args);
}

char *
sg_clause_dup_words (const SgClause *clause, guint i)
{
  const SgItem *item = sg_clause_item (clause, i);

  return g_strndup (clause->words + item->begin, item->end - item->begin);
}

/* -- What cannot be -- */

static char *
beyond_text (const char *kind, const char *word)
{
  if (g_str_equal (kind, "living"))
    return g_strdup_printf (
      _ ("SimGen does not know how “%s” moves: it has rods, wheels, balls, springs and ropes."), word);
  if (g_str_equal (kind, "robot"))
    return g_strdup_printf (
      _ ("SimGen does not know a “%s”; it can make a robot arm, a car or a cart with a pole."), word);
  if (g_str_equal (kind, "fluid"))
    return g_strdup_printf (_ ("SimGen does not simulate liquids or gases (“%s”)."), word);
  if (g_str_equal (kind, "soft"))
    return g_strdup_printf (_ ("SimGen does not simulate soft things (“%s”); it has springs and ropes."),
                            word);
  if (g_str_equal (kind, "field"))
    return g_strdup_printf (
      _ ("SimGen does not simulate “%s”: it knows gravity, contact, springs and motors."), word);
  if (g_str_equal (kind, "break"))
    return g_strdup_printf (_ ("Nothing breaks or burns in SimGen (“%s”)."), word);
  return g_strdup_printf (_ ("SimGen does not simulate “%s”."), word);
}

static gboolean
is_beyond (const SgItem *item)
{
  if (!sg_item_meaning (item, SG_WORDS_BEYOND))
    return FALSE;
  return g_array_index (item->meanings, SgMeaning, 0).section == SG_WORDS_BEYOND;
}

gboolean
sg_clause_is_known (SgClause *clause)
{
  for (guint i = clause->first; i < clause->after; i++)
    if (!sg_clause_item (clause, i)->used && is_beyond (sg_clause_item (clause, i)))
      {
        const SgMeaning *beyond = sg_item_meaning (sg_clause_item (clause, i), SG_WORDS_BEYOND);
        g_autofree char *word = sg_clause_dup_words (clause, i), *why = beyond_text (beyond->name, word);

        return sg_clause_refuse (clause, SG_WORDS_BEYOND_US, i, "%s", why);
      }
  int unknown = sg_clause_find_kind (clause, clause->first, SG_ITEM_UNKNOWN);
  if (unknown < 0)
    return TRUE;
  g_autofree char *word = sg_clause_dup_words (clause, unknown);
  return sg_clause_refuse (clause, SG_WORDS_UNKNOWN, unknown, _ ("SimGen does not know “%s”."), word);
}
