/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One clause of what was typed, made uniform: lower case, numbers in digits, units as labels write them. */
#include <math.h>
#include <string.h>

#include "physics/words-private.h"

static const char *const spelled[][2] = {
  { "kilograms", "kg" },
  { "kilogram", "kg" },
  { "kilos", "kg" },
  { "kilo", "kg" },
  { "grams", "g" },
  { "gram", "g" },
  { "tons", "t" },
  { "tonnes", "t" },
  { "pounds", "lb" },
  { "newtons", "n" },
  { "newton", "n" },
  { "meters", "m" },
  { "metres", "m" },
  { "meter", "m" },
  { "metre", "m" },
  { "one", "1" },
  { "two", "2" },
  { "three", "3" },
  { "four", "4" },
  { "five", "5" },
  { "six", "6" },
  { "seven", "7" },
  { "eight", "8" },
  { "nine", "9" },
  { "ten", "10" },
  { "twenty", "20" },
  { "hundred", "100" },
  { "zero-g", "weightless" },
  { "0g", "weightless" },
  { "0-g", "weightless" },
  { "microgravity", "weightless" },
};

static const char *
uniform_word (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (spelled); i++)
    if (g_str_equal (spelled[i][0], word))
      return spelled[i][1];
  return word;
}

SgClause *
sg_clause_new (const char *said)
{
  SgClause *clause = g_new0 (SgClause, 1);
  g_autofree char *lower = g_utf8_strdown (said, -1);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit_set (lower, " \t\r\n\"'():", -1);

  for (guint i = 0; parts[i]; i++)
    if (*parts[i])
      g_ptr_array_add (words, g_strdup (uniform_word (parts[i])));
  g_ptr_array_add (words, NULL);
  clause->words = (char **)g_ptr_array_free (g_steal_pointer (&words), FALSE);
  clause->text = g_strjoinv (" ", clause->words);
  return clause;
}

void
sg_clause_free (SgClause *clause)
{
  g_free (clause->text);
  g_strfreev (clause->words);
  g_free (clause);
}

gboolean
sg_clause_has (const SgClause *clause, const char *word)
{
  return g_strv_contains ((const char *const *)clause->words, word);
}

gboolean
sg_clause_has_any (const SgClause *clause, const char *const *words)
{
  for (; *words; words++)
    if (sg_clause_has (clause, *words))
      return TRUE;
  return FALSE;
}

gboolean
sg_clause_says_no (const SgClause *clause)
{
  static const char *const no[] = {
    "no", "without", "zero", "off", "ignore", "neglect", "remove", "0", NULL
  };

  return sg_clause_has_any (clause, no);
}

/* -- Numbers -- */

static gboolean
begins_number (const char *word)
{
  if (*word == '-' || *word == '+')
    word++;
  if (*word == '.' || *word == ',')
    word++;
  return g_ascii_isdigit (*word);
}

/* Index of the first word with a number in it after `from`, as in "2", "2kg" and "k=50" but not "ball2". */
static int
find_number (const SgClause *clause, int from)
{
  for (int i = from; clause->words[i]; i++)
    {
      const char *equals = strchr (clause->words[i], '=');

      if (begins_number (clause->words[i]) || (equals && begins_number (equals + 1)))
        return i;
    }
  return -1;
}

/* The nearest word before the number that names a quantity, in a label's form: "restitution of 0.8" is read
 * as "restitution=0.8". */
static gboolean
named_quantity (const SgClause *clause, int number, SgQuantity *quantity)
{
  for (int i = number - 1; i >= 0; i--)
    {
      g_autofree char *label = g_strdup_printf ("%s=%s", clause->words[i], clause->words[number]);

      if (g_ascii_isalpha (*clause->words[i]) && sg_text_parse_quantity (label, quantity))
        return TRUE;
    }
  return FALSE;
}

gboolean
sg_clause_quantity (const SgClause *clause, SgQuantity *quantity)
{
  for (int i = find_number (clause, 0); i >= 0; i = find_number (clause, i + 1))
    {
      g_autofree char *rest = g_strjoinv (" ", clause->words + i);

      if (sg_text_parse_quantity (rest, quantity) || named_quantity (clause, i, quantity))
        return TRUE;
    }
  return FALSE;
}

gboolean
sg_clause_number (const SgClause *clause, double *number)
{
  int i = find_number (clause, 0);

  if (i < 0)
    return FALSE;
  const char *equals = strchr (clause->words[i], '=');
  g_autofree char *digits = g_strdup (equals ? equals + 1 : clause->words[i]);

  *number = g_ascii_strtod (g_strdelimit (digits, ",", '.'), NULL);
  return isfinite (*number);
}

double
sg_clause_factor (const SgClause *clause, const char *const *more, const char *const *less)
{
  static const char *const twofold[] = { "twice", "double", "doubled", NULL };
  static const char *const half[] = { "half", "halve", "halved", NULL };
  gboolean smaller = sg_clause_has_any (clause, less);
  double number;

  if (!smaller && !sg_clause_has_any (clause, more))
    return 0;
  if (sg_clause_has_any (clause, half))
    return 0.5;
  if (sg_clause_has (clause, "times") && sg_clause_number (clause, &number) && number > 0)
    return smaller ? 1 / number : number;
  if (sg_clause_has_any (clause, twofold))
    return smaller ? 0.5 : 2;
  return 0;
}

/* -- Clauses -- */

/* A point or comma inside a number ends nothing. */
static gboolean
ends_clause (const char *words, const char *at)
{
  if (!strchr (",;.!?\n", *at))
    return FALSE;
  return !(strchr (",.", *at) && g_ascii_isdigit (at[1]) && (at == words || !g_ascii_isspace (at[-1])));
}

static void
said_clear (gpointer data)
{
  g_free (((SgSaid *)data)->said);
}

static void
add_clause (GArray *clauses, const char *begin, const char *end, gboolean goes_on)
{
  SgSaid clause = { g_strstrip (g_strndup (begin, end - begin)), goes_on };

  if (*clause.said)
    g_array_append_val (clauses, clause);
  else
    g_free (clause.said);
}

GArray *
sg_words_split (const char *words)
{
  static const char *const joints[] = { " and ", " but ", " with ", " & " };
  GArray *clauses = g_array_new (FALSE, FALSE, sizeof (SgSaid));
  const char *begin = words, *at = words;

  g_array_set_clear_func (clauses, said_clear);
  while (*at)
    {
      gsize length = 0;

      for (guint i = 0; i < G_N_ELEMENTS (joints) && length == 0; i++)
        if (g_ascii_strncasecmp (at, joints[i], strlen (joints[i])) == 0)
          length = strlen (joints[i]);
      if (length > 0 || ends_clause (words, at))
        {
          add_clause (clauses, begin, at, length > 0);
          at += MAX (length, 1);
          begin = at;
        }
      else
        at++;
    }
  add_clause (clauses, begin, at, FALSE);
  return clauses;
}
