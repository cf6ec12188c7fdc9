/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words -> statements. Items fall into pieces at commas, "and" and the like; a piece that says nothing by
 * itself is tried together with those after it, up to the sentence's end ("the ball and the box are 2 kg").
 * Each try works on the spec itself with a copy to go back to. */
#include "config.h"

#include "physics/words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/limits.h"
#include "physics/error.h"
#include "physics/rules.h"
#include "physics/words-private.h"

/* A clause longer than this says no one thing, and more of them are no description: they bound what hostile
 * words cost. */
#define MAX_CLAUSE 400
#define MAX_CLAUSES 200
#define MAX_TOGETHER 6

typedef struct
{
  guint first, after; /* items */
  double before;      /* strength of the break in front */
} Piece;

typedef struct
{
  const char *words;
  SgSpec *spec;
  GArray *items;
  GArray *pieces; /* Piece */
  GPtrArray *told;
  GArray *statements;
  char *says;           /* (nullable) what mechanism they made, until that was told of */
  gboolean made;        /* the words made the mechanism */
  gboolean keeps_rules; /* the spec did before */
} Text;

const char *
sg_words_reason_name (SgWordsReason reason)
{
  static const char *const names[] = {
    [SG_WORDS_UNDERSTOOD] = "understood",
    [SG_WORDS_UNKNOWN] = "unknown",
    [SG_WORDS_NOT_THERE] = "not-there",
    [SG_WORDS_WHICH] = "which",
    [SG_WORDS_NOTHING_SAID] = "nothing-said",
    [SG_WORDS_BEYOND_US] = "beyond",
    [SG_WORDS_IMPOSSIBLE] = "impossible",
    [SG_WORDS_DRAWN] = "drawn",
    [SG_WORDS_TOO_MUCH] = "too-much",
  };

  return names[reason];
}

static void
statement_clear (gpointer data)
{
  g_free (((SgStatement *)data)->text);
}

static GArray *
statements_new (void)
{
  GArray *statements = g_array_new (FALSE, FALSE, sizeof (SgStatement));

  g_array_set_clear_func (statements, statement_clear);
  return statements;
}

GArray *
sg_words_refuse (const char *words, SgWordsReason reason, const char *text)
{
  GArray *statements = statements_new ();
  SgStatement all = { 0, words ? strlen (words) : 0, reason, NULL };

  if (all.end == 0)
    return statements;
  all.text = g_strdup (text);
  g_array_append_val (statements, all);
  return statements;
}

/* -- Pieces -- */

static const SgItem *
item_at (const Text *text, guint i)
{
  return &g_array_index (text->items, SgItem, i);
}

static GArray *
split (const GArray *items)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  Piece piece = { 0, 0, SG_BREAK_SENTENCE };

  for (guint i = 0; i <= items->len; i++)
    {
      const SgItem *item = i < items->len ? &g_array_index (items, SgItem, i) : NULL;

      if (item && item->kind != SG_ITEM_BREAK)
        continue;
      piece.after = i;
      if (piece.after > piece.first)
        {
          g_array_append_val (pieces, piece);
          piece.before = 0;
        }
      piece.first = i + 1;
      piece.before = MAX (piece.before, item ? item->value : 0);
    }
  return pieces;
}

static const Piece *
piece_at (const Text *text, guint i)
{
  return &g_array_index (text->pieces, Piece, i);
}

/* Only names things: "and the box". */
static gboolean
is_bare (const Text *text, guint piece)
{
  gboolean has_noun = FALSE;

  for (guint i = piece_at (text, piece)->first; i < piece_at (text, piece)->after; i++)
    {
      const SgItem *item = item_at (text, i);

      if (item->kind == SG_ITEM_NAME || sg_item_meaning (item, SG_WORDS_THINGS))
        has_noun = TRUE;
      else if (!sg_item_meaning (item, SG_WORDS_CHOICES) && !sg_item_meaning (item, SG_WORDS_QUANTIFIERS) &&
               !sg_item_meaning (item, SG_WORDS_COLOURS) && !sg_item_meaning (item, SG_WORDS_STOP))
        return FALSE;
    }
  return has_noun;
}

/* How many pieces from `i` on belong together because the rest of the sentence only names more things:
 * "remove the ball and the box". */
static guint
count_with_bare (const Text *text, guint i)
{
  guint n = 1;

  while (i + n < text->pieces->len && piece_at (text, i + n)->before < SG_BREAK_SENTENCE &&
         is_bare (text, i + n))
    n++;
  if (i + n < text->pieces->len && piece_at (text, i + n)->before < SG_BREAK_SENTENCE)
    return 1;
  return is_bare (text, i) ? 1 : n;
}

/* -- Trying -- */

static void
exchange (SgSpec *a, SgSpec *b)
{
  SgSpec kept = *a;

  *a = *b;
  *b = kept;
}

static void
add_statement (Text *text, guint begin, guint end, SgWordsReason reason, const char *says)
{
  SgStatement statement = { begin, end, reason, g_strdup (says) };

  if (end > begin)
    g_array_append_val (text->statements, statement);
  else
    g_free (statement.text);
}

static SgClause
clause_new (Text *text, guint first, guint after)
{
  return (SgClause){ .spec = text->spec,
                     .items = text->items,
                     .first = first,
                     .after = after,
                     .words = text->words,
                     .told = text->told,
                     .says = g_string_new (NULL),
                     .culprit = -1,
                     .everything = text->made };
}

static void
clause_clear (SgClause *clause)
{
  g_string_free (clause->says, TRUE);
  g_free (clause->why);
}

static void
set_used (Text *text, const gboolean *used, guint first, guint after)
{
  for (guint i = first; i < after; i++)
    g_array_index (text->items, SgItem, i).used = used[i - first];
}

/* The rules hold of it as of any spec; `why` is theirs where they do not. */
static gboolean
check_rules (const Text *text, SgClause *clause)
{
  g_autoptr (GError) error = NULL;

  if (!text->keeps_rules || sg_rules_hold (text->spec, &error))
    return TRUE;
  return sg_clause_refuse (clause, SG_WORDS_IMPOSSIBLE, -1, _ ("That cannot be: %s"), error->message);
}

/* Applies items wholly or not at all; the clause has what came of it. */
static gboolean
try_items (Text *text, SgClause *clause)
{
  g_autoptr (SgSpec) before = sg_spec_copy (text->spec);
  g_autofree gboolean *used = g_new (gboolean, clause->after - clause->first);

  for (guint i = clause->first; i < clause->after; i++)
    used[i - clause->first] = item_at (text, i)->used;
  if (sg_clause_apply (clause) && check_rules (text, clause))
    return TRUE;
  exchange (text->spec, before);
  set_used (text, used, clause->first, clause->after);
  return FALSE;
}

static gboolean
may_go_on (const Text *text, const SgClause *clause, guint next)
{
  return next < text->pieces->len && piece_at (text, next)->before < SG_BREAK_SENTENCE &&
         (clause->reason == SG_WORDS_NOTHING_SAID || clause->reason == SG_WORDS_WHICH);
}

static guint
begin_of (const Text *text, guint i)
{
  return item_at (text, piece_at (text, i)->first)->begin;
}

static guint
end_of (const Text *text, guint i)
{
  return item_at (text, piece_at (text, i)->after - 1)->end;
}

static gboolean
asks_for_mechanism (const SgClause *clause)
{
  for (guint i = clause->first; i < clause->after; i++)
    if (sg_item_meaning (sg_clause_item (clause, i), SG_WORDS_MECHANISMS))
      return TRUE;
  return FALSE;
}

static void
add_failure (Text *text, const SgClause *clause, guint begin, guint end)
{
  if (clause->reason == SG_WORDS_NOTHING_SAID && asks_for_mechanism (clause) && text->spec->bodies->len > 0 &&
      !text->made)
    add_statement (
      text, begin, end, SG_WORDS_DRAWN,
      _ ("There is a drawing already: words change it. Start a new sketch for another mechanism."));
  else
    add_statement (text, begin, end, clause->reason, clause->why ? clause->why : "");
}

/* From piece `i` on; returns the piece after what was dealt with. */
static guint
apply_pieces (Text *text, guint i)
{
  guint least = count_with_bare (text, i);

  if (end_of (text, i) - begin_of (text, i) > MAX_CLAUSE)
    {
      add_statement (text, begin_of (text, i), end_of (text, i), SG_WORDS_TOO_MUCH,
                     _ ("This is too long to be one thing that is said."));
      return i + 1;
    }
  for (guint n = least; n < least + MAX_TOGETHER; n++)
    {
      guint last = i + n - 1;
      SgClause clause = clause_new (text, piece_at (text, i)->first, piece_at (text, last)->after);
      gboolean done, goes_on;

      clause.inherits =
        piece_at (text, i)->before == SG_BREAK_AND || piece_at (text, i)->before == SG_BREAK_WITH;
      done = end_of (text, last) - begin_of (text, i) <= MAX_CLAUSE && try_items (text, &clause);
      goes_on = !done && may_go_on (text, &clause, last + 1) && n + 1 < least + MAX_TOGETHER;
      if (done && clause.says->len > 0) /* "please" is no statement */
        add_statement (text, begin_of (text, i), end_of (text, last), SG_WORDS_UNDERSTOOD, clause.says->str);
      clause_clear (&clause);
      if (done)
        return last + 1;
      if (!goes_on)
        break;
    }
  SgClause clause = clause_new (text, piece_at (text, i)->first, piece_at (text, i)->after);
  try_items (text, &clause); /* for its own reason */
  add_failure (text, &clause, begin_of (text, i), end_of (text, i));
  clause_clear (&clause);
  return i + 1;
}

/* -- A mechanism that the words made, and what more they say of it -- */

static gboolean
needs_more (const SgItem *item)
{
  static const SgWordsSection telling[] = { SG_WORDS_PLACES, SG_WORDS_STATES, SG_WORDS_MATERIALS,
                                            SG_WORDS_COLOURS, SG_WORDS_COMPARISONS, SG_WORDS_NEGATIONS };

  if (item->used || item->kind == SG_ITEM_BREAK || item->kind == SG_ITEM_NAME)
    return FALSE;
  if (item->kind != SG_ITEM_WORD)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (telling); i++)
    if (sg_item_meaning (item, telling[i]))
      return TRUE;
  if (sg_item_meaning (item, SG_WORDS_VERBS) && !sg_item_meaning (item, SG_WORDS_STOP))
    return !sg_item_is (item, SG_WORDS_VERBS, "start") && !sg_item_is (item, SG_WORDS_VERBS, "join") &&
           !sg_item_is (item, SG_WORDS_VERBS, "fix");
  return sg_item_is (item, SG_WORDS_PROPERTIES, "air") || sg_item_is (item, SG_WORDS_PROPERTIES, "damping") ||
         sg_item_is (item, SG_WORDS_PROPERTIES, "friction") || sg_item_is (item, SG_WORDS_THINGS, "motor") ||
         g_array_index (item->meanings, SgMeaning, 0).section == SG_WORDS_BEYOND;
}

/* The words themselves, where any of them was of use. */
static void
add_understood (Text *text, guint first, guint after, const char *says)
{
  gboolean used = says != NULL;

  for (guint i = first; i < after; i++)
    used |= item_at (text, i)->used;
  if (!used)
    return;
  guint begin = item_at (text, first)->begin, end = item_at (text, after - 1)->end;
  g_autofree char *words = g_strndup (text->words + begin, end - begin),
                  *made = g_steal_pointer (&text->says);
  g_autofree char *both = made && says ? g_strdup_printf ("%s; %s", made, says) : NULL;

  add_statement (text, begin, end, SG_WORDS_UNDERSTOOD, both ? both : made ? made
                                                                    : says ? says
                                                                           : words);
}

/* What is not understood is told of word by word, and what stands around it counts all the same. */
static void
finish_items (Text *text, guint first, guint after)
{
  gboolean more = FALSE;

  if (first >= after)
    return;
  for (guint k = first; k < after; k++)
    more |= needs_more (item_at (text, k));
  SgClause clause = clause_new (text, first, after);
  if (!more)
    add_understood (text, first, after, NULL);
  else if (try_items (text, &clause))
    add_understood (text, first, after, clause.says->str);
  else
    {
      guint culprit = clause.culprit >= 0 ? (guint)clause.culprit : first;

      while (clause.culprit < 0 && culprit + 1 < after && !needs_more (item_at (text, culprit)))
        culprit++;
      finish_items (text, first, culprit);
      add_failure (text, &clause, item_at (text, culprit)->begin, item_at (text, culprit)->end);
      finish_items (text, culprit + 1, after);
    }
  clause_clear (&clause);
}

/* One that cannot be, as with a mass below zero, is not made; what the words say is told of as a whole. */
static gboolean
make (Text *text)
{
  SgClause clause = clause_new (text, 0, text->items->len);
  g_autoptr (SgSpec) before = sg_spec_copy (text->spec);
  guint end = end_of (text, text->pieces->len - 1);
  gboolean made = sg_words_make (&clause);

  if (made && !check_rules (text, &clause))
    {
      exchange (text->spec, before);
      add_statement (text, begin_of (text, 0), end, clause.reason, clause.why);
    }
  else
    {
      text->made = made;
      text->says = made ? g_strdup (clause.says->str) : NULL;
    }
  clause_clear (&clause);
  return made;
}

static void
apply_text (Text *text)
{
  gboolean is_empty = text->spec->bodies->len == 0 && text->spec->geoms->len == 0;

  if (is_empty && text->items->len > 0 && end_of (text, text->pieces->len - 1) <= 4 * MAX_CLAUSE &&
      make (text))
    {
      for (guint i = 0; text->made && i < text->pieces->len; i++)
        finish_items (text, piece_at (text, i)->first, piece_at (text, i)->after);
      return;
    }
  for (guint i = 0, n = 0; i < text->pieces->len; n++)
    {
      if (n < MAX_CLAUSES)
        i = apply_pieces (text, i);
      else
        {
          add_statement (text, begin_of (text, i), end_of (text, text->pieces->len - 1), SG_WORDS_TOO_MUCH,
                         _ ("These are too many things at once."));
          break;
        }
    }
}

GArray *
sg_words_apply (const char *words, SgSpec *spec, GError **error)
{
  g_return_val_if_fail (spec != NULL, NULL);

  if (words && !g_utf8_validate (words, -1, NULL))
    {
      g_set_error_literal (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_WORDS, "the words are not UTF-8");
      return NULL;
    }
  if (words && !sg_limit_check_text (SG_LIMIT_ID_WORDS, words, NULL, SG_PHYSICS_ERROR,
                                     SG_PHYSICS_ERROR_WORDS, error))
    return NULL;
  if (!words || !*words)
    return statements_new ();
  GStringChunk *names = g_string_chunk_new (256);
  g_autoptr (GArray) items = sg_words_items (words, spec, names);
  g_autoptr (GArray) pieces = split (items);
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_free);
  Text text = {
    words, spec, items, pieces, told, statements_new (), .keeps_rules = sg_rules_hold (spec, NULL)
  };

  if (pieces->len > 0)
    apply_text (&text);
  g_string_chunk_free (names);
  g_free (text.says);
  return text.statements;
}

/* -- Taking words back -- */

/* How much of the end of `words`, `length` long, only joins it to what follows: ", and ". */
static gsize
joint_at_end (const char *words, gsize length)
{
  gsize end = length;

  for (;;)
    {
      while (end > 0 && (g_ascii_isspace (words[end - 1]) || strchr (",;", words[end - 1])))
        end--;
      gsize begin = end;
      while (begin > 0 && g_ascii_isalpha (words[begin - 1]))
        begin--;
      g_autofree char *last = g_strndup (words + begin, end - begin);
      g_autofree char *lower = g_ascii_strdown (last, -1);
      const GArray *meanings = sg_vocabulary_find (lower);
      gboolean joins = FALSE;

      for (guint i = 0; meanings && i < meanings->len; i++)
        joins |= g_array_index (meanings, SgMeaning, i).section == SG_WORDS_LINKS &&
                 !g_str_equal (g_array_index (meanings, SgMeaning, i).name, "of");
      if (!joins || begin == end)
        return end;
      end = begin;
    }
}

char *
sg_words_without (const char *words, guint begin, guint end)
{
  gsize size = strlen (words);

  g_return_val_if_fail (begin <= end && end <= size, NULL);
  gsize left = joint_at_end (words, begin);
  const char *right = words + end;

  while (left == 0 && *right && (g_ascii_isspace (*right) || strchr (",;.!?", *right)))
    right++;
  for (guint i = 0; left == 0 && i < 2; i++)
    if (g_ascii_strncasecmp (right, i ? "but " : "and ", 4) == 0)
      right += 4;
  return g_strstrip (g_strdup_printf ("%.*s%s", (int)left, words, right));
}
