/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text -> tokens -> items. A token is a word, a number or a mark; an item is the longest phrase of the
 * vocabulary that begins at a token, a number with its unit, or a name of the spec. */
#include <math.h>
#include <string.h>

#include "physics/words-private.h"

typedef enum
{
  TOKEN_WORD,
  TOKEN_NUMBER,
  TOKEN_MARK,
} TokenKind;

typedef struct
{
  TokenKind kind;
  guint begin, end;
  const char *text; /* lower case; of a number its digits, with a point */
  double value;
} Token;

typedef struct
{
  const char *words;
  const SgSpec *spec;
  GStringChunk *names;
  GArray *tokens; /* Token */
  GArray *items;  /* SgItem */
} Scan;

/* -- Tokens -- */

static gboolean
begins_number (const char *at, const char *words)
{
  gboolean after_word = at > words && (g_ascii_isalnum (at[-1]) || at[-1] == ')' || (guchar)at[-1] >= 0x80);

  if ((*at == '-' || *at == '+') && !after_word)
    at++;
  if (*at == '.' && !after_word)
    at++;
  return g_ascii_isdigit (*at);
}

/* "1/2", "2.5", "3,7", "1e3", "-4"; "1,5" is a decimal comma, "1, 5" is not. */
static const char *
read_number (const char *at, double *value)
{
  char digits[64];
  guint n = 0;
  gboolean pointed = FALSE;

  if (*at == '-' || *at == '+')
    digits[n++] = *at++;
  for (; n < sizeof digits - 6; at++)
    if (g_ascii_isdigit (*at))
      digits[n++] = *at;
    else if ((*at == '.' || *at == ',') && !pointed && g_ascii_isdigit (at[1]))
      {
        digits[n++] = '.';
        pointed = TRUE;
      }
    else
      break;
  if (*at == 'e' && (g_ascii_isdigit (at[1]) || (strchr ("+-", at[1]) && at[1] && g_ascii_isdigit (at[2]))))
    for (digits[n++] = *at++; n < sizeof digits - 1 && (g_ascii_isdigit (*at) || strchr ("+-", *at)) && *at;)
      digits[n++] = *at++;
  digits[n] = '\0';
  *value = g_ascii_strtod (digits, NULL);
  if (*at == '/' && g_ascii_isdigit (at[1]))
    {
      char *end;
      double below = g_ascii_strtod (at + 1, &end);

      *value = below != 0 ? *value / below : INFINITY;
      at = end;
    }
  while (g_ascii_isdigit (*at))
    at++; /* more digits than a number has */
  return at;
}

static gboolean
is_of_word (gunichar c)
{
  return g_unichar_isalnum (c) || c == '_' || c == '/' || c == '^' || c == '%' || c == 0xb0 || c == 0xb7 ||
         c == '\'' || c == 0x2019;
}

/* A word in lower case; a possessive loses its end, "newton's" too. */
static const char *
dup_word (GStringChunk *names, const char *begin, gsize length)
{
  g_autofree char *lower = g_utf8_strdown (begin, length);
  g_autoptr (GString) word = g_string_new (lower);

  g_string_replace (word, "’", "'", 0);
  while (word->len > 0 && word->str[word->len - 1] == '\'')
    g_string_truncate (word, word->len - 1);
  if (g_str_has_suffix (word->str, "'s") && !sg_vocabulary_find (word->str))
    g_string_truncate (word, word->len - 2);
  return g_string_chunk_insert_const (names, word->str);
}

static void
add_token (Scan *scan, TokenKind kind, const char *begin, const char *end, double value)
{
  Token token = { .kind = kind, .begin = begin - scan->words, .end = end - scan->words, .value = value };

  token.text = dup_word (scan->names, begin, end - begin);
  if (*token.text || kind != TOKEN_WORD)
    g_array_append_val (scan->tokens, token);
}

static void
tokenize (Scan *scan)
{
  for (const char *at = scan->words; *at;)
    {
      const char *end = at;
      double value = 0;
      gunichar c = g_utf8_get_char (at);

      if (begins_number (at, scan->words))
        {
          end = read_number (at, &value);
          add_token (scan, TOKEN_NUMBER, at, end, value);
        }
      else if (is_of_word (c))
        {
          while (*end && is_of_word (g_utf8_get_char (end)))
            end = g_utf8_next_char (end);
          add_token (scan, TOKEN_WORD, at, end, 0);
        }
      else
        {
          end = g_utf8_next_char (at);
          if (!g_unichar_isspace (c) || c == '\n')
            add_token (scan, TOKEN_MARK, at, end, 0);
        }
      /* a mark of more than one byte that value holds */
      if (end == at)
        end = g_utf8_next_char (at);
      at = end;
    }
  for (guint i = 0; i < scan->tokens->len; i++)
    {
      Token *token = &g_array_index (scan->tokens, Token, i);

      if (token->kind == TOKEN_MARK)
        token->value = g_utf8_get_char (scan->words + token->begin);
    }
}

static const Token *
token_at (const Scan *scan, guint i)
{
  return i < scan->tokens->len ? &g_array_index (scan->tokens, Token, i) : NULL;
}

static gboolean
is_mark (const Token *token, gunichar mark)
{
  return token && token->kind == TOKEN_MARK && token->value == mark;
}

/* -- Phrases -- */

/* The longest phrase from token `i`, hyphens as spaces; `n` tokens. Of several meanings all. */
static const GArray *
find_phrase (const Scan *scan, guint i, gboolean (*accepts) (const GArray *meanings), guint *n)
{
  char phrase[96];
  gsize length = 0;
  const GArray *found = NULL;
  guint n_words = 0;

  for (guint k = i; k < scan->tokens->len && n_words < SG_WORDS_LONGEST; k++)
    {
      const Token *token = token_at (scan, k);
      gsize size = strlen (token->text);

      if (is_mark (token, '-') && n_words > 0)
        continue;
      if ((token->kind == TOKEN_MARK && !strchr ("&=@~", scan->words[token->begin]) && token->value < 0x80) ||
          length + size + 2 > sizeof phrase)
        break;
      if (n_words++ > 0)
        phrase[length++] = ' ';
      memcpy (phrase + length, token->text, size + 1);
      length += size;
      const GArray *meanings = sg_vocabulary_find (phrase);
      if (meanings && (!accepts || accepts (meanings)))
        {
          found = meanings;
          *n = k + 1 - i;
        }
    }
  return found;
}

static const SgMeaning *
meaning_in (const GArray *meanings, SgWordsSection section)
{
  for (guint i = 0; meanings && i < meanings->len; i++)
    if (g_array_index (meanings, SgMeaning, i).section == section)
      return &g_array_index (meanings, SgMeaning, i);
  return NULL;
}

const SgMeaning *
sg_item_meaning (const SgItem *item, SgWordsSection section)
{
  return item->kind == SG_ITEM_WORD ? meaning_in (item->meanings, section) : NULL;
}

gboolean
sg_item_is (const SgItem *item, SgWordsSection section, const char *name)
{
  const SgMeaning *meaning = sg_item_meaning (item, section);

  return meaning && g_str_equal (meaning->name, name);
}

gboolean
sg_item_is_quantity (const SgItem *item, const char *dimension)
{
  return item->kind == SG_ITEM_QUANTITY && g_str_equal (item->name, dimension);
}

static gboolean
accepts_unit (const GArray *meanings)
{
  return meaning_in (meanings, SG_WORDS_UNITS) != NULL;
}

static gboolean
accepts_number (const GArray *meanings)
{
  return meaning_in (meanings, SG_WORDS_NUMBERS) != NULL;
}

/* A unit alone is no word: "m" and "in" are not said, "kg" is not known without a number. */
static gboolean
accepts_word (const GArray *meanings)
{
  for (guint i = 0; i < meanings->len; i++)
    if (g_array_index (meanings, SgMeaning, i).section > SG_WORDS_NUMBERS)
      return TRUE;
  return FALSE;
}

/* -- Items -- */

static void
add_item (Scan *scan, SgItem item, guint i, guint n)
{
  item.begin = token_at (scan, i)->begin;
  item.end = token_at (scan, i + n - 1)->end;
  g_array_append_val (scan->items, item);
}

/* What follows a number: a unit, "times", or nothing. `i`: the number's first token, of `n`. */
static guint
add_number (Scan *scan, guint i, guint n, double value, gboolean half)
{
  guint n_unit = 0, n_factor = 0, at = i + n;
  const Token *next = token_at (scan, at);

  if (is_mark (next, '-'))
    at++; /* "6-DOF", "2-meter" */
  if (half && token_at (scan, at) &&
      (g_str_equal (token_at (scan, at)->text, "a") || g_str_equal (token_at (scan, at)->text, "an")))
    at++;
  const GArray *unit = find_phrase (scan, at, accepts_unit, &n_unit);
  const GArray *word = find_phrase (scan, at, accepts_word, &n_factor);
  const SgMeaning *factor = meaning_in (word, SG_WORDS_FACTORS);

  if (factor && factor->value == 0)
    {
      add_item (scan, (SgItem){ SG_ITEM_FACTOR, .value = value }, i, at + n_factor - i);
      return at + n_factor;
    }
  if (unit && (n_unit >= n_factor || !word || meaning_in (word, SG_WORDS_PROPERTIES)))
    {
      const SgMeaning *meaning = meaning_in (unit, SG_WORDS_UNITS);

      add_item (scan, (SgItem){ SG_ITEM_QUANTITY, .name = meaning->name, .value = value * meaning->value }, i,
                at + n_unit - i);
      return at + n_unit;
    }
  if (half)
    add_item (scan, (SgItem){ SG_ITEM_FACTOR, .value = value }, i, n);
  else
    add_item (scan, (SgItem){ SG_ITEM_NUMBER, .value = value }, i, n);
  return i + n;
}

static gboolean
has_name (const GArray *parts, gsize size, gsize offset, const char *name)
{
  for (guint i = 0; i < parts->len; i++)
    if (g_strcmp0 (G_STRUCT_MEMBER (char *, parts->data + i * size, offset), name) == 0)
      return TRUE;
  return FALSE;
}

/* Names that people write end in a number; so a common word is never taken for one. */
static gboolean
is_part_name (const SgSpec *spec, const char *name)
{
  gsize length = strlen (name);

  if (!spec || length < 2 || !g_ascii_isdigit (name[length - 1]))
    return FALSE;
  return sg_spec_find_body (spec, name) ||
         has_name (spec->tendons, sizeof (SgTendon), G_STRUCT_OFFSET (SgTendon, name), name) ||
         has_name (spec->geoms, sizeof (SgGeom), G_STRUCT_OFFSET (SgGeom, name), name);
}

static double
break_strength (const Token *token)
{
  if (token->kind != TOKEN_MARK)
    return 0;
  switch ((guint)token->value)
    {
    case '.':
    case ';':
    case '!':
    case '?':
    case '\n':
      return SG_BREAK_SENTENCE;
    case ',':
      return SG_BREAK_COMMA;
    default:
      return 0;
    }
}

static gboolean
is_silent (const Token *token)
{
  return token->kind == TOKEN_MARK && token->value < 0x10000 &&
         (strchr ("()[]\"':-/", (int)token->value) || (token->value >= 0x2010 && token->value <= 0x201f)) &&
         token->value < 0x3000;
}

static gboolean
accepts_thing (const GArray *meanings)
{
  return meaning_in (meanings, SG_WORDS_THINGS) != NULL;
}

/* "Add a motor to the right wheel": right is which wheel, not whereto. */
static gboolean
chooses (const Scan *scan, const GArray *meanings, guint after)
{
  guint n;

  return meaning_in (meanings, SG_WORDS_DIRECTIONS) && find_phrase (scan, after, accepts_thing, &n);
}

static guint
add_phrase (Scan *scan, guint i, const GArray *meanings, guint n)
{
  if (n > 1 && chooses (scan, meanings, i + n))
    {
      const GArray *first = sg_vocabulary_find (token_at (scan, i)->text);

      if (first && accepts_word (first))
        return add_phrase (scan, i, first, 1);
    }
  const SgMeaning *link = meaning_in (meanings, SG_WORDS_LINKS);
  const SgMeaning *factor = meaning_in (meanings, SG_WORDS_FACTORS);
  SgItem item = { SG_ITEM_WORD, .meanings = meanings };

  if (link && (g_str_equal (link->name, "and") || g_str_equal (link->name, "but") ||
               g_str_equal (link->name, "with")))
    {
      item.kind = SG_ITEM_BREAK;
      item.value = *link->name == 'w' ? SG_BREAK_WITH : SG_BREAK_AND;
    }
  else if (factor && factor->value > 0)
    {
      item.kind = SG_ITEM_FACTOR;
      item.value = factor->value;
    }
  add_item (scan, item, i, n);
  return i + n;
}

/* "the red one" */
static gboolean
follows_choice (const Scan *scan)
{
  static const SgWordsSection before[] = { SG_WORDS_CHOICES, SG_WORDS_COLOURS, SG_WORDS_MATERIALS };

  for (guint i = 0; scan->items->len > 0 && i < G_N_ELEMENTS (before); i++)
    if (sg_item_meaning (&g_array_index (scan->items, SgItem, scan->items->len - 1), before[i]))
      return TRUE;
  return FALSE;
}

/* Items of one token or more from token `i`; returns the token after them. */
static guint
add_next (Scan *scan, guint i)
{
  const Token *token = token_at (scan, i);
  guint n_number = 0, n_word = 0;

  if (token->kind == TOKEN_NUMBER)
    {
      const GArray *word = find_phrase (scan, i, accepts_word, &n_word); /* "0g", "2x", "1st" */

      if (word && n_word > 1 && !meaning_in (word, SG_WORDS_UNITS))
        return add_phrase (scan, i, word, n_word);
      return add_number (scan, i, 1, token->value, FALSE);
    }
  if (break_strength (token) > 0)
    {
      add_item (scan, (SgItem){ SG_ITEM_BREAK, .value = break_strength (token) }, i, 1);
      return i + 1;
    }
  if (is_silent (token))
    return i + 1;
  if (token->kind == TOKEN_WORD && is_part_name (scan->spec, token->text))
    {
      add_item (scan, (SgItem){ SG_ITEM_NAME, .name = token->text }, i, 1);
      return i + 1;
    }
  const GArray *number = find_phrase (scan, i, accepts_number, &n_number);
  const GArray *word = find_phrase (scan, i, accepts_word, &n_word);

  if (number && n_number >= n_word && !(meaning_in (word, SG_WORDS_THINGS) && follows_choice (scan)))
    {
      const SgMeaning *meaning = meaning_in (number, SG_WORDS_NUMBERS);

      return add_number (scan, i, n_number, meaning->value, g_str_equal (meaning->name, "half"));
    }
  if (word)
    return add_phrase (scan, i, word, n_word);
  add_item (scan, (SgItem){ SG_ITEM_UNKNOWN }, i, 1);
  return i + 1;
}

GArray *
sg_words_items (const char *words, const SgSpec *spec, GStringChunk *names)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, TRUE, sizeof (Token));
  Scan scan = { words, spec, names, tokens, g_array_new (FALSE, TRUE, sizeof (SgItem)) };

  tokenize (&scan);
  for (guint i = 0; i < tokens->len;)
    i = add_next (&scan, i);
  return scan.items;
}
