/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Characters by what Unicode says of them. */
#include "assist/plain-text.h"

#include <string.h>

#define FEW_LETTERS 8 /* that tell no language */

/* Controls, formats (zero-width, direction), private use, surrogates and unassigned characters. */
static gboolean
is_unseen (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Adds the white space that stands at `c`, which is one character whatever its length. */
static void
add_space (GString *plain, gunichar c, gboolean lines)
{
  if (plain->len == 0)
    return;
  if (lines && c == '\n' && !g_str_has_suffix (plain->str, "\n\n"))
    {
      if (plain->str[plain->len - 1] == ' ')
        g_string_truncate (plain, plain->len - 1);
      g_string_append_c (plain, '\n');
    }
  else if (!g_ascii_isspace (plain->str[plain->len - 1]))
    g_string_append_c (plain, ' ');
}

char *
sg_plain_text (const char *text, guint most, gboolean lines)
{
  GString *plain = g_string_new (NULL);
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gsize before = plain->len;

      if (g_unichar_isspace (c))
        add_space (plain, c, lines);
      else if (!is_unseen (c))
        g_string_append_unichar (plain, c);
      n += plain->len > before;
      if (n > most)
        {
          g_string_truncate (plain, before);
          g_string_append (plain, "…");
          break;
        }
    }
  while (plain->len > 0 && g_ascii_isspace (plain->str[plain->len - 1]))
    g_string_truncate (plain, plain->len - 1);
  return g_string_free (plain, FALSE);
}

char *
sg_plain_name (const char *text)
{
  g_autoptr (GString) name = g_string_new (NULL);
  guint n = 0;

  for (const char *p = text; *p != '\0' && n < SG_PLAIN_NAME_MOST; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean joins = c == ' ' || c == '-' || c == '_' || c == '\'';

      if (!(g_unichar_isalnum (c) || g_unichar_ismark (c)) && !joins)
        c = ' ', joins = TRUE;
      if (joins && (name->len == 0 || strchr (" -_'", name->str[name->len - 1])))
        continue;
      g_string_append_unichar (name, c);
      n++;
    }
  while (name->len > 0 && strchr (" -_'", name->str[name->len - 1]))
    g_string_truncate (name, name->len - 1);
  return name->len > 0 ? g_strdup (name->str) : NULL;
}

/* Those of Japanese and Chinese are counted as one. */
static GUnicodeScript
script_of_letter (gunichar c)
{
  GUnicodeScript script = g_unichar_get_script (c);

  return script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA ? G_UNICODE_SCRIPT_HAN
                                                                                    : script;
}

static GUnicodeScript
script_of_language (const char *language)
{
  static const struct
  {
    const char *languages;
    GUnicodeScript script;
  } scripts[] = {
    { " ru uk bg sr mk be kk mn tg ky ", G_UNICODE_SCRIPT_CYRILLIC },
    { " el ", G_UNICODE_SCRIPT_GREEK },
    { " zh ja ", G_UNICODE_SCRIPT_HAN },
    { " ko ", G_UNICODE_SCRIPT_HANGUL },
    { " ar fa ur ps ug ", G_UNICODE_SCRIPT_ARABIC },
    { " he yi ", G_UNICODE_SCRIPT_HEBREW },
    { " hi mr ne ", G_UNICODE_SCRIPT_DEVANAGARI },
    { " bn as ", G_UNICODE_SCRIPT_BENGALI },
    { " ta ", G_UNICODE_SCRIPT_TAMIL },
    { " th ", G_UNICODE_SCRIPT_THAI },
    { " ka ", G_UNICODE_SCRIPT_GEORGIAN },
    { " hy ", G_UNICODE_SCRIPT_ARMENIAN },
  };
  gsize n = strcspn (language, "_-.@");
  g_autofree char *word = g_strdup_printf (" %.*s ", (int)n, language);

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    if (strstr (scripts[i].languages, word) != NULL)
      return scripts[i].script;
  return G_UNICODE_SCRIPT_LATIN;
}

gboolean
sg_plain_text_is_in (const char *text, const char *language)
{
  GUnicodeScript script = script_of_language (language);
  guint n = 0, right = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      {
        n++;
        right += script_of_letter (g_utf8_get_char (p)) == script;
      }
  return n < FEW_LETTERS || 2 * right >= n;
}
