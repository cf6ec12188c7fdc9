/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What depends on the time between saves, which only the table's own functions can be told. */
#include "store/sketches.h"

#include "open-place.h"
#include "store/runs.h"
#include "store/sketch-list.h"

#define MINUTE_US (60 * (gint64)G_USEC_PER_SEC)
#define NOON_US (1800000000 * (gint64)G_USEC_PER_SEC)

/* A page that differs from others by its words. */
static SgPage *
page_new (const char *words)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  sg_page_builder_set_words (builder, words);
  return sg_page_builder_end (builder);
}

static gint64
save_at (Place *place, gint64 id, const char *words, gint64 now_us)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = page_new (words);

  g_assert_true (sg_database_begin (place->db, &error));
  gint64 saved = sg_sketches_save (place->db, id, page, NULL, now_us, &error);
  g_assert_no_error (error);
  g_assert_true (sg_database_commit (place->db, &error));
  return saved;
}

static gboolean
has_version (Place *place, gint64 id, const char *words)
{
  g_autoptr (SgPage) page = page_new (words);
  g_autofree char *hash = sg_page_hash (page);
  g_autoptr (SgStatement) statement = sg_database_get_statement (place->db, "version-find", NULL);

  sg_statement_bind_int (statement, ":sketch_id", id);
  sg_statement_bind_text (statement, ":page_hash", hash);
  return sg_statement_step (statement, NULL) == SG_STEP_ROW;
}

static void
assert_current (Place *place, gint64 id, const char *words)
{
  g_autoptr (SgPage) page = sg_sketches_load (place->db, id, NULL);

  g_assert_cmpstr (sg_page_get_words (page), ==, words);
}

/* Drawing for hours leaves a version a minute, not one a stroke. */
static void
test_young_version_is_replaced (Place *place, gconstpointer data)
{
  gint64 id = save_at (place, 0, "a", NOON_US);

  save_at (place, id, "b", NOON_US + MINUTE_US / 2);
  g_assert_false (has_version (place, id, "a"));
  save_at (place, id, "c", NOON_US + MINUTE_US * 2);
  g_assert_true (has_version (place, id, "b"));
  g_assert_true (has_version (place, id, "c"));
  assert_current (place, id, "c");
}

static void
test_earlier_page_is_current_again (Place *place, gconstpointer data)
{
  gint64 id = save_at (place, 0, "a", NOON_US);

  save_at (place, id, "b", NOON_US + MINUTE_US * 2);
  save_at (place, id, "a", NOON_US + MINUTE_US * 4);
  assert_current (place, id, "a");
  g_assert_true (has_version (place, id, "b"));
}

/* The newest is the last that was saved, whatever the clock said. */
static void
test_clock_going_backwards (Place *place, gconstpointer data)
{
  gint64 first = save_at (place, 0, "a", NOON_US);
  gint64 second = save_at (place, 0, "b", NOON_US - 1000 * MINUTE_US);

  g_assert_cmpint (sg_sketch_list_get_last (place->db), ==, second);
  save_at (place, first, "c", NOON_US - 2000 * MINUTE_US);
  g_assert_cmpint (sg_sketch_list_get_last (place->db), ==, first);
  assert_current (place, first, "c");
}

static gint64
add_run_at (Place *place, gint64 sketch_id, const char *words, gint64 now_us)
{
  const SgRunRecord run = { .sketch_id = sketch_id, .status = "completed", .words = words };
  g_autoptr (GError) error = NULL;

  g_assert_true (sg_database_begin (place->db, &error));
  gint64 id = sg_runs_add (place->db, &run, now_us, &error);
  g_assert_no_error (error);
  g_assert_true (sg_database_commit (place->db, &error));
  return id;
}

/* Runs are in the order they came in, whatever the clock said, and no page of them leaves one out. */
static void
test_runs_with_clock_going_backwards (Place *place, gconstpointer data)
{
  gint64 id = save_at (place, 0, "a", NOON_US), expected = 0;
  SgRunQuery query = { .limit = 3 };

  for (int i = 0; i < 10; i++)
    expected = add_run_at (place, id, "run", NOON_US - (i % 3) * 1000 * MINUTE_US);
  for (int seen = 0; seen < 10;)
    {
      g_autoptr (GPtrArray) runs = sg_runs_find (place->db, &query, NULL);

      g_assert_cmpuint (runs->len, >, 0);
      for (guint i = 0; i < runs->len; i++, seen++, expected--)
        {
          const SgRunEntry *run = runs->pdata[i];

          g_assert_cmpint (run->id, ==, expected);
          query.before_us = run->created_us;
          query.before_id = run->id;
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/sketches/young-version", Place, NULL, set_up, test_young_version_is_replaced,
              tear_down);
  g_test_add ("/store/sketches/earlier-page", Place, NULL, set_up, test_earlier_page_is_current_again,
              tear_down);
  g_test_add ("/store/sketches/clock-backwards", Place, NULL, set_up, test_clock_going_backwards, tear_down);
  g_test_add ("/store/sketches/runs-clock-backwards", Place, NULL, set_up,
              test_runs_with_clock_going_backwards, tear_down);
  return g_test_run ();
}
