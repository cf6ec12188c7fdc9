/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words of a search. They are cut as FTS5's unicode61 cuts them: at what is no letter, digit, mark or private
 * character; then quoting has nothing left to escape. */
#include "store/search.h"

/* Whether unicode61 has it in a token. A mark alone makes none. */
static gboolean
is_word_character (gunichar c, gboolean begins)
{
  return g_unichar_isalnum (c) || g_unichar_type (c) == G_UNICODE_PRIVATE_USE ||
         (!begins && g_unichar_ismark (c));
}

/* Adds the word that begins at `at` as a quoted prefix; returns where it ends. */
static const char *
add_word (GString *expression, const char *at)
{
  if (expression->len > 0)
    g_string_append_c (expression, ' ');
  g_string_append_c (expression, '"');
  for (guint n = 0; is_word_character (g_utf8_get_char (at), n == 0); n++, at = g_utf8_next_char (at))
    if (n < SG_SEARCH_MAX_WORD)
      g_string_append_unichar (expression, g_utf8_get_char (at));
  g_string_append (expression, "\"*");
  return at;
}

char *
sg_search_expression (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) expression = g_string_new (NULL);
  guint n_words = 0;

  for (const char *at = valid; *at && n_words < SG_SEARCH_MAX_WORDS;)
    {
      if (!is_word_character (g_utf8_get_char (at), TRUE))
        {
          at = g_utf8_next_char (at);
          continue;
        }
      at = add_word (expression, at);
      n_words++;
    }
  return n_words > 0 ? g_strdup (expression->str) : NULL;
}

/* The person's own text may hold the marks too: what is shown is balanced all the same. */
static char *
render (const char *snippet, gboolean markup)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean open = FALSE;

  for (const char *at = snippet; *at; at++)
    {
      gboolean is_mark = *at == SG_SNIPPET_START || *at == SG_SNIPPET_END;

      if (!is_mark)
        g_string_append_c (text, *at);
      else if (markup && open != (*at == SG_SNIPPET_START))
        {
          g_string_append (text, open ? "\x03" : "\x02");
          open = !open;
        }
    }
  if (open)
    g_string_append_c (text, SG_SNIPPET_END);
  return g_strdup (text->str);
}

char *
sg_search_snippet_plain (const char *snippet)
{
  return render (snippet, FALSE);
}

char *
sg_search_snippet_markup (const char *snippet)
{
  g_autofree char *balanced = render (snippet, TRUE);
  g_autoptr (GString) markup = g_string_new (NULL);

  for (const char *at = balanced; *at;)
    {
      gsize length = 0;

      while (at[length] && at[length] != SG_SNIPPET_START && at[length] != SG_SNIPPET_END)
        length++;
      g_autofree char *part = g_markup_escape_text (at, length);
      g_string_append (markup, part);
      at += length;
      if (*at)
        g_string_append (markup, *at++ == SG_SNIPPET_START ? "<b>" : "</b>");
    }
  return g_strdup (markup->str);
}
