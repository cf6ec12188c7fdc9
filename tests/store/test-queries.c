/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How SQLite goes about every statement of resources/sql/queries, and how many of them a list takes. */
#include <string.h>

#include <gio/gio.h>
#include <sqlite3.h>

#include "place.h"
#include "store/history.h"

#define QUERIES "/org/simgen/SimGen/sql/queries/"

/* The parts of a plan that read a whole table, and why that is right. */
static const struct
{
  const char *query, *step, *reason;
} allowed[] = {
  { NULL }, /* none so far */
};

typedef struct
{
  char *folder, *path;
  SgHistory *history;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = test_folder ();
  place->path = g_build_filename (place->folder, "history.db", NULL);
  place->history = test_open_history (place->path);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_assert_finalize_object (place->history);
  test_remove_tree (place->folder);
  g_free (place->path);
  g_free (place->folder);
}

static gboolean
is_allowed (const char *query, const char *step)
{
  for (guint i = 0; allowed[i].query; i++)
    if (g_str_equal (allowed[i].query, query) && g_str_equal (allowed[i].step, step))
      return TRUE;
  return FALSE;
}

/* Whether a step goes through a table without an index: "SCAN x", where x is no result of a part of the query
 * ("CO-ROUTINE x", "MATERIALIZE x") and no full text that is matched (":M" of its plan). */
static gboolean
scans_table (const char *step, const GPtrArray *steps)
{
  if (!g_str_has_prefix (step, "SCAN ") || strstr (step, " INDEX idx_") ||
      strstr (step, " INDEX sqlite_autoindex"))
    return FALSE;
  if (strstr (step, "VIRTUAL TABLE INDEX "))
    return strstr (step, ":M") == NULL;
  g_auto (GStrv) words = g_strsplit (step, " ", 3);
  for (guint i = 0; i < steps->len; i++)
    {
      const char *part = steps->pdata[i];

      if ((g_str_has_prefix (part, "CO-ROUTINE ") || g_str_has_prefix (part, "MATERIALIZE ")) &&
          g_str_has_suffix (part, words[1]))
        return FALSE;
    }
  return strcmp (step, "SCAN CONSTANT ROW") != 0;
}

static GPtrArray *
explain (sqlite3 *db, const char *sql)
{
  g_autofree char *explanation = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  GPtrArray *steps = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement;

  if (sqlite3_prepare_v2 (db, explanation, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (steps, g_strdup ((const char *)sqlite3_column_text (statement, 3)));
  sqlite3_finalize (statement);
  return steps;
}

static void
test_plans_use_indexes (Place *place, gconstpointer data)
{
  g_auto (GStrv) names = g_resources_enumerate_children (QUERIES, 0, NULL);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (place->path, &db), ==, SQLITE_OK);
  g_assert_cmpuint (g_strv_length (names), >, 40);
  for (guint i = 0; names[i]; i++)
    {
      g_autofree char *path = g_strconcat (QUERIES, names[i], NULL);
      g_autoptr (GBytes) sql = g_resources_lookup_data (path, 0, NULL);
      g_autoptr (GPtrArray) steps = explain (db, g_bytes_get_data (sql, NULL));

      for (guint j = 0; j < steps->len; j++)
        if (scans_table (steps->pdata[j], steps) && !is_allowed (names[i], steps->pdata[j]))
          {
            g_test_message ("%s: %s", names[i], (char *)steps->pdata[j]);
            g_test_fail ();
          }
    }
  sqlite3_close (db);
}

/* What the full text reads inside of a search is SQLite's own. */
static int
count_cb (unsigned type, void *counter, void *statement, void *sql)
{
  const char *text = sqlite3_sql (statement);

  if (strstr (text, "SELECT") && !strstr (text, "INSERT") && !strstr (text, "idx_sketches_search_") &&
      !strstr (text, " T WHERE T.") && !g_str_has_prefix (text, "--  "))
    ++*(guint *)counter;
  return 0;
}

static guint n_selects; /* of every connection of this process: SQLite's hook has no place for more */

static int
trace_connection (sqlite3 *db, const char **message, const struct sqlite3_api_routines *api)
{
  return sqlite3_trace_v2 (db, SQLITE_TRACE_STMT, count_cb, &n_selects);
}

static void
fill (SgHistory *history)
{
  static const char *const tags[] = { "robots", "physics", NULL };

  for (int i = 0; i < 60; i++)
    {
      g_autofree char *title = g_strdup_printf ("Sketch %d", i);
      g_autoptr (SgPage) page = test_page (title, 0);
      gint64 id = sg_history_save_sketch (history, 0, page, NULL, NULL);
      const SgHistoryEdit edit = { SG_HISTORY_SKETCH, SG_HISTORY_TAG, id, NULL, tags };
      const SgRunRecord run = { .sketch_id = id, .status = "completed" };
      sg_history_edit (history, &edit, NULL);
      for (int j = 0; j < 3; j++)
        g_assert_cmpint (sg_history_add_run (history, &run, NULL), >, 0);
    }
}

static void
assert_one_statement (SgHistory *history, const SgSketchQuery *query)
{
  n_selects = 0;
  g_autoptr (GPtrArray) entries = sg_history_find_sketches (history, query, NULL);
  g_assert_cmpuint (n_selects, ==, 1);
  g_assert_cmpuint (entries->len, ==, 50);
  for (guint i = 0; i < entries->len; i++)
    {
      const SgHistoryEntry *entry = entries->pdata[i];

      g_assert_cmpuint (entry->n_runs, ==, 3);
      g_assert_cmpuint (g_strv_length (entry->tags), ==, 2);
    }
}

static void
test_a_list_is_one_statement (Place *place, gconstpointer data)
{
  const SgRunQuery runs = { .limit = 50 };

  fill (place->history);
  assert_one_statement (place->history, &(SgSketchQuery){ .limit = 50 });
  assert_one_statement (place->history, &(SgSketchQuery){ .tag = "robots", .limit = 50 });
  assert_one_statement (place->history, &(SgSketchQuery){ .text = "sk", .limit = 50 });
  assert_one_statement (place->history,
                        &(SgSketchQuery){ .text = "sk", .order = SG_HISTORY_BEST, .limit = 50 });
  n_selects = 0;
  g_autoptr (GPtrArray) entries = sg_history_find_runs (place->history, &runs, NULL);
  g_assert_cmpuint (n_selects, ==, 1);
  g_assert_cmpuint (entries->len, ==, 50);
}

/* The newest page is read once, until anything is written, here or by another program. */
static void
test_newest_page_is_remembered (Place *place, gconstpointer data)
{
  const SgRunQuery query = { .limit = 50 };
  g_autoptr (SgHistory) other = NULL;

  fill (place->history);
  g_autoptr (GPtrArray) first = sg_history_find_runs (place->history, &query, NULL);
  const SgRunEntry *newest = first->pdata[0];
  n_selects = 0;
  g_autoptr (GPtrArray) again = sg_history_find_runs (place->history, &query, NULL);
  g_assert_cmpuint (n_selects, ==, 0);
  g_assert_true (again->pdata[0] == newest);

  other = sg_history_new (place->path, NULL);
  const SgRunRecord run = { .sketch_id = newest->sketch_id, .status = "stopped" };
  gint64 id = sg_history_add_run (other, &run, NULL);
  g_autoptr (GPtrArray) changed = sg_history_find_runs (place->history, &query, NULL);
  g_assert_cmpint (((SgRunEntry *)changed->pdata[0])->id, ==, id);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Place *place, gconstpointer data);
  } tests[] = {
    { "/store/queries/plans", test_plans_use_indexes },
    { "/store/queries/one-statement", test_a_list_is_one_statement },
    { "/store/queries/remembered", test_newest_page_is_remembered },
  };

  sqlite3_auto_extension ((void (*) (void))trace_connection);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Place, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
