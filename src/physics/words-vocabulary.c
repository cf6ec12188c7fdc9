/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The vocabulary's file into a table: phrase -> its meanings. */
#include "physics/words-vocabulary.h"

#include <gio/gio.h>
#include <string.h>

#define RESOURCE "/org/simgen/SimGen/words/en.txt"

static const char *const sections[SG_WORDS_N_SECTIONS] = {
  [SG_WORDS_UNITS] = "units",
  [SG_WORDS_NUMBERS] = "numbers",
  [SG_WORDS_CHOICES] = "choices",
  [SG_WORDS_QUANTIFIERS] = "quantifiers",
  [SG_WORDS_COLOURS] = "colours",
  [SG_WORDS_MATERIALS] = "materials",
  [SG_WORDS_PLACES] = "places",
  [SG_WORDS_PROPERTIES] = "properties",
  [SG_WORDS_COMPARISONS] = "comparisons",
  [SG_WORDS_FACTORS] = "factors",
  [SG_WORDS_STATES] = "states",
  [SG_WORDS_DIRECTIONS] = "directions",
  [SG_WORDS_TURNS] = "turns",
  [SG_WORDS_NEGATIONS] = "negations",
  [SG_WORDS_VERBS] = "verbs",
  [SG_WORDS_LINKS] = "links",
  [SG_WORDS_THINGS] = "things",
  [SG_WORDS_MECHANISMS] = "mechanisms",
  [SG_WORDS_MOTIONS] = "motions",
  [SG_WORDS_BEYOND] = "beyond",
  [SG_WORDS_STOP] = "stop",
};

static int
compare_sections (gconstpointer a, gconstpointer b)
{
  return (int)((const SgMeaning *)a)->section - (int)((const SgMeaning *)b)->section;
}

static void
add_form (GHashTable *phrases, const char *form, SgMeaning meaning)
{
  GArray *meanings = g_hash_table_lookup (phrases, form);

  if (!meanings)
    {
      meanings = g_array_new (FALSE, FALSE, sizeof (SgMeaning));
      g_hash_table_insert (phrases, g_strdup (form), meanings);
    }
  for (guint i = 0; i < meanings->len; i++)
    if (g_array_index (meanings, SgMeaning, i).section == meaning.section)
      return; /* the first line of a section has it */
  g_array_append_val (meanings, meaning);
  g_array_sort (meanings, compare_sections);
}

static void
add_forms (GHashTable *phrases, char *forms, SgMeaning meaning)
{
  g_auto (GStrv) split = g_strsplit (forms, ",", -1);

  for (guint i = 0; split[i]; i++)
    if (*g_strstrip (split[i]))
      add_form (phrases, split[i], meaning);
}

/* "mass 0.001 : g, gram | grams" */
static void
read_line (GHashTable *phrases, SgWordsSection section, char *line)
{
  char *colon = strstr (line, " : ");

  g_assert (colon); /* the file is our own */
  *colon = '\0';
  char *number = strchr (line, ' '), *plural = strchr (colon + 3, '|');

  g_assert (number);
  *number = '\0';
  SgMeaning meaning = { section, g_intern_string (line), g_ascii_strtod (number + 1, NULL), FALSE };

  if (plural)
    *plural = '\0';
  add_forms (phrases, colon + 3, meaning);
  meaning.plural = TRUE;
  if (plural)
    add_forms (phrases, plural + 1, meaning);
}

static SgWordsSection
find_section (const char *line)
{
  for (guint i = 0; i < SG_WORDS_N_SECTIONS; i++)
    if (strncmp (line + 1, sections[i], strlen (sections[i])) == 0 && line[1 + strlen (sections[i])] == ']')
      return i;
  g_assert_not_reached ();
}

static GHashTable *
load (void)
{
  GHashTable *phrases = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  SgWordsSection section = SG_WORDS_UNITS;

  g_assert (bytes);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i]; i++)
    if (*lines[i] == '[')
      section = find_section (lines[i]);
    else if (*lines[i] && *lines[i] != '#')
      read_line (phrases, section, lines[i]);
  return phrases;
}

/* Read once by whoever comes first. */
static GHashTable *
get (void)
{
  static GHashTable *phrases;

  if (g_once_init_enter (&phrases))
    g_once_init_leave (&phrases, load ());
  return phrases;
}

const GArray *
sg_vocabulary_find (const char *phrase)
{
  return g_hash_table_lookup (get (), phrase);
}

guint
sg_vocabulary_size (void)
{
  return g_hash_table_size (get ());
}
