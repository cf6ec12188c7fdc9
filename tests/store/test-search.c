/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a person types, and what it finds. */
#include "store/search.h"

#include <string.h>

#include "open-place.h"
#include "store/sketch-list.h"
#include "store/sketches.h"

static void
keep (Place *place, const char *title, const char *words)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  sg_page_builder_set_title (builder, title);
  sg_page_builder_set_words (builder, words);
  g_autoptr (SgPage) page = sg_page_builder_end (builder);
  sg_database_begin (place->db, NULL);
  g_assert_cmpint (sg_sketches_save (place->db, 0, page, NULL, g_get_real_time (), NULL), >, 0);
  g_assert_true (sg_database_commit (place->db, NULL));
}

static GPtrArray *
find (Place *place, const char *text, SgHistoryOrder order)
{
  const SgSketchQuery query = { .text = text, .order = order, .limit = 50 };
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = sg_sketch_list_find (place->db, &query, &error);

  g_assert_no_error (error);
  return entries;
}

static guint
count (Place *place, const char *text)
{
  g_autoptr (GPtrArray) newest = find (place, text, SG_HISTORY_NEWEST);
  g_autoptr (GPtrArray) best = find (place, text, SG_HISTORY_BEST);

  g_assert_cmpuint (newest->len, ==, best->len);
  return newest->len;
}

static void
test_as_you_type (Place *place, gconstpointer data)
{
  static const char *const pendulum[] = { "p", "P", "pe", "pen", "pend",
                                          "PENDUL", "pendulum", "moon pend", "\"pend" };
  static const char *const eclair[] = { "é", "e", "E", "ec", "éc", "ÉCLAIR", "eclair", "e\xcc\x81"
                                                                                       "clair" };

  keep (place, "Pendulum", "moon gravity");
  keep (place, "Éclair", "2 kg");
  for (guint i = 0; i < G_N_ELEMENTS (pendulum); i++)
    g_assert_cmpuint (count (place, pendulum[i]), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (eclair); i++)
    g_assert_cmpuint (count (place, eclair[i]), ==, 1);
  g_assert_cmpuint (count (place, "endulum"), ==, 0); /* words begin so */
  g_assert_cmpuint (count (place, "pendulum eclair"), ==, 0);
}

/* What would mean something to FTS5, or break it, is text like any other. */
static void
test_any_text_will_do (Place *place, gconstpointer data)
{
  static const char *const nothing[] = { "\"",
                                         "\"\"",
                                         "*",
                                         "(",
                                         ")",
                                         ":",
                                         "^",
                                         "-",
                                         "+",
                                         "'",
                                         "%",
                                         "🙂",
                                         "🙂🙂 ✨",
                                         " \t\n",
                                         "\xcc\x81",
                                         "\xff\xfe",
                                         "NOT zzz",
                                         "zzz OR pendulum",
                                         "NEAR(zzz pendulum)" };
  static const char *const found[] = { "pend*", "title:pend", "^pend", "-pend",
                                       "pend 🙂", "'pend'", "AND pend", "\"pend",
                                       "pend\"", "\xffpend", "{title} : pend" };
  g_autofree char *endless = g_strnfill (10000, 'p');
  g_autofree char *many = g_malloc0 (10001);

  keep (place, "Pendulum", "and a title, or none");
  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    g_assert_cmpuint (count (place, nothing[i]), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    g_assert_cmpuint (count (place, found[i]), ==, 1);
  g_assert_cmpuint (count (place, ""), ==, 1);
  g_assert_cmpuint (count (place, endless), ==, 0);
  for (int i = 0; i < 10000; i += 2)
    memcpy (many + i, "p ", 2);
  g_assert_cmpuint (count (place, many), ==, 1);
}

static void
test_ranks (Place *place, gconstpointer data)
{
  keep (place, "Pendulum", "");
  keep (place, "Ramp",
        "a long text where the word pendulum comes up among many others that have nothing to do with it");
  keep (place, "Car", "");
  g_autoptr (GPtrArray) best = find (place, "pendulum", SG_HISTORY_BEST);
  g_autoptr (GPtrArray) newest = find (place, "pendulum", SG_HISTORY_NEWEST);
  g_assert_cmpuint (best->len, ==, 2);
  g_assert_cmpstr (((SgHistoryEntry *)best->pdata[0])->title, ==, "Pendulum");
  g_assert_cmpstr (((SgHistoryEntry *)newest->pdata[0])->title, ==, "Ramp");
}

static void
test_snippets (Place *place, gconstpointer data)
{
  keep (place, "Car", "runs <fast> & \x03 on the Éclair & stops");
  g_autoptr (GPtrArray) entries = find (place, "eclair", SG_HISTORY_NEWEST);
  const SgHistoryEntry *entry = entries->pdata[0];
  g_autofree char *markup = sg_search_snippet_markup (entry->snippet);
  g_autofree char *plain = sg_search_snippet_plain (entry->snippet);

  g_assert_nonnull (strstr (markup, "&lt;fast&gt; &amp;"));
  g_assert_nonnull (strstr (markup, "<b>Éclair</b>"));
  g_assert_nonnull (strstr (plain, "on the Éclair & stops"));
  g_autofree char *open = sg_search_snippet_markup ("a \x02 b");
  g_assert_cmpstr (open, ==, "a <b> b</b>");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Place *place, gconstpointer data);
  } tests[] = {
    { "/store/search/as-you-type", test_as_you_type },
    { "/store/search/any-text", test_any_text_will_do },
    { "/store/search/ranks", test_ranks },
    { "/store/search/snippets", test_snippets },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Place, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
