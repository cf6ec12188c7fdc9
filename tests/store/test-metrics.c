/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures over time, with times that the test makes up. */
#include "store/metrics.h"

#include <math.h>
#include <stdlib.h>

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "place.h"
#include "store/error.h"
#include "store/history.h"

#define MINUTE (60 * G_TIME_SPAN_SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define START (G_GINT64_CONSTANT (490000) * HOUR) /* some hour of 2025 */

typedef struct
{
  char *folder, *path;
  SgDatabase *db;
  SgMetrics *metrics;
  SgMetricsKeeper *keeper;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = test_folder ();
  place->path = g_build_filename (place->folder, "history.db", NULL);
  place->db = sg_database_open (place->path, SG_DATABASE_WRITER, NULL);
  g_assert_nonnull (place->db);
  place->metrics = sg_metrics_new ();
  place->keeper = sg_metrics_keeper_new (place->metrics);
}

static void
tear_down (Place *place, gconstpointer data)
{
  sg_metrics_keeper_free (place->keeper);
  sg_metrics_free (place->metrics);
  g_clear_pointer (&place->db, sg_database_close);
  test_remove_tree (place->folder);
  g_free (place->path);
  g_free (place->folder);
}

static void
write_at (Place *place, gint64 now_us, guint n_tidied)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sg_metrics_keeper_write (place->keeper, place->db, now_us, n_tidied, &error));
  g_assert_no_error (error);
}

/* For many writings: the same without the wait for the disk. */
static void
open_without_sync (Place *place)
{
  sg_database_close (place->db);
  place->db = sg_database_open (place->path, SG_DATABASE_BRIEF, NULL);
  g_assert_nonnull (place->db);
}

static SgFigures *
load (Place *place, gint64 since_us, gint64 until_us)
{
  g_autoptr (GError) error = NULL;
  SgFigures *figures = sg_metrics_load (place->db, since_us, until_us, &error);

  g_assert_no_error (error);
  return figures;
}

/* The first column of the first row of a statement that is the test's own. */
static gint64
ask (Place *place, const char *sql)
{
  sqlite3 *connection;
  sqlite3_stmt *statement;
  gint64 value = -1;

  g_assert_cmpint (sqlite3_open (place->path, &connection), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (connection, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (connection);
  return value;
}

static int
compare (const void *a, const void *b)
{
  guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;

  return (x > y) - (x < y);
}

#define N_SAMPLES 6000

static void
assert_like_samples (const SgHistogram *histogram, guint64 *samples)
{
  static const double quantiles[] = { 0.5, 0.95, 0.99, 1 };
  guint64 sum = 0;

  qsort (samples, N_SAMPLES, sizeof *samples, compare);
  for (guint i = 0; i < N_SAMPLES; i++)
    sum += samples[i];
  g_assert_cmpuint (histogram->count, ==, N_SAMPLES);
  g_assert_cmpuint (histogram->sum, ==, sum);
  for (guint i = 0; i < G_N_ELEMENTS (quantiles); i++)
    {
      double sample = samples[(guint)ceil (quantiles[i] * N_SAMPLES) - 1];

      g_assert_cmpfloat (fabs (sg_histogram_get_quantile (histogram, quantiles[i]) - sample), <=,
                         SG_HISTOGRAM_ERROR * sample);
    }
}

/* Written in parts over many minutes, read as a whole: as if all samples were there; so too once the minutes
 * have become hours. */
static void
test_percentiles (Place *place, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autofree guint64 *samples = g_new (guint64, N_SAMPLES);

  open_without_sync (place);
  for (guint i = 0; i < N_SAMPLES; i++)
    {
      samples[i] = (guint64)exp (g_rand_double_range (rand, log (1e3), log (1e10)));
      sg_metrics_record (place->metrics, SG_OPERATION_ANALYSIS, samples[i]);
      if (i % 50 == 49)
        write_at (place, START + i * (3 * HOUR / N_SAMPLES), 0);
    }
  g_autoptr (SgFigures) fine = load (place, START, START + DAY);
  assert_like_samples (&fine->operations[SG_OPERATION_ANALYSIS], samples);
  g_assert_cmpint (ask (place, "SELECT count(*) FROM performance_metrics WHERE name = 'analysis'"), ==, 120);

  sg_metrics_add (place->metrics, SG_COUNTER_ERRORS, 1);
  write_at (place, START + 2 * DAY, 10000);
  g_assert_cmpint (ask (place, "SELECT count(*) FROM performance_metrics WHERE name = 'analysis'"), ==, 3);
  g_autoptr (SgFigures) coarse = load (place, START, START + DAY);
  assert_like_samples (&coarse->operations[SG_OPERATION_ANALYSIS], samples);
}

static void
test_spans (Place *place, gconstpointer data)
{
  for (guint i = 0; i < 5; i++) /* one, two, ... five events in five minutes */
    {
      for (guint j = 0; j <= i; j++)
        sg_metrics_record (place->metrics, SG_OPERATION_COMPILE, 1000);
      sg_metrics_add (place->metrics, SG_COUNTER_STEPS, i + 1);
      sg_metrics_set (place->metrics, SG_GAUGE_CACHE_MEMORY_BYTES, 1000 - 100 * i);
      write_at (place, START + i * MINUTE + 7, 0);
    }
  g_autoptr (SgFigures) all = load (place, START, G_MAXINT64);
  g_assert_cmpuint (all->operations[SG_OPERATION_COMPILE].count, ==, 15);
  g_assert_cmpuint (all->counters[SG_COUNTER_STEPS], ==, 15);
  g_assert_cmpuint (all->gauges[SG_GAUGE_CACHE_MEMORY_BYTES], ==, 600);
  g_assert_cmpuint (all->gauge_max[SG_GAUGE_CACHE_MEMORY_BYTES], ==, 1000);

  g_autoptr (SgFigures) part = load (place, START + 3 * MINUTE + 30 * G_TIME_SPAN_SECOND, START + 4 * MINUTE);
  g_assert_cmpuint (part->operations[SG_OPERATION_COMPILE].count, ==, 4);
  g_autoptr (SgFigures) none = load (place, START + 5 * MINUTE, G_MAXINT64);
  g_assert_true (sg_figures_are_empty (none));
}

/* Nothing new writes nothing; what is written once is not written again. */
static void
test_batches (Place *place, gconstpointer data)
{
  write_at (place, START, 0);
  g_assert_cmpint (ask (place, "SELECT count(*) FROM performance_metrics"), ==, 0);
  sg_metrics_record (place->metrics, SG_OPERATION_COMPILE, 1000);
  write_at (place, START, 0);
  write_at (place, START + MINUTE, 0);
  write_at (place, START + 2 * MINUTE, 0);
  g_assert_cmpint (ask (place, "SELECT sum(n) FROM performance_metrics WHERE kind = 'duration'"), ==, 1);
  g_assert_cmpint (ask (place, "SELECT max(slot_us) FROM performance_metrics"), ==, START);

  /* another program, at the same time */
  g_autoptr (SgMetrics) metrics = sg_metrics_new ();
  g_autoptr (SgMetricsKeeper) keeper = sg_metrics_keeper_new (metrics);
  sg_metrics_record (metrics, SG_OPERATION_COMPILE, 3000);
  g_assert_true (sg_metrics_keeper_write (keeper, place->db, START + 5, 0, NULL));
  g_autoptr (SgFigures) figures = load (place, START, START + MINUTE);
  g_assert_cmpuint (figures->operations[SG_OPERATION_COMPILE].count, ==, 2);
  g_assert_cmpuint (figures->operations[SG_OPERATION_COMPILE].sum, ==, 4000);
  g_assert_cmpuint (figures->operations[SG_OPERATION_COMPILE].max, ==, 3000);
}

/* Thirty days and no more; a clock that was ahead and went back leaves nothing for ever. */
static void
test_pruned (Place *place, gconstpointer data)
{
  open_without_sync (place);
  for (gint day = 0; day <= 40; day++)
    {
      sg_metrics_add (place->metrics, SG_COUNTER_STEPS, 1);
      write_at (place, START + day * DAY, 1000);
    }
  g_assert_cmpint (ask (place, "SELECT sum(n) FROM performance_metrics WHERE name = 'simulate.steps'"), ==,
                   31);
  g_assert_cmpint (ask (place, "SELECT min(slot_us) FROM performance_metrics"), ==, START + 10 * DAY);
  sg_metrics_add (place->metrics, SG_COUNTER_STEPS, 1);
  write_at (place, START + 20 * DAY, 1000);
  g_assert_cmpint (ask (place, "SELECT max(slot_us) FROM performance_metrics"), ==, START + 21 * DAY);
}

/* A month of work, a writing every half minute of 8 hours a day, stays small. */
static void
test_bounded (Place *place, gconstpointer data)
{
  open_without_sync (place);
  for (guint i = 0; i < 30 * 8 * 4; i++) /* every quarter of an hour is enough to see it */
    {
      for (guint j = 0; j < 12; j++)
        sg_metrics_record (place->metrics, j, 1000 * (i % 100 + 1));
      write_at (place, START + i / 32 * DAY + i % 32 * 15 * MINUTE, 1000);
    }
  g_assert_cmpint (ask (place, "SELECT count(*) FROM performance_metrics"), <, 8 * 15 * 31 + 1440);
  g_assert_cmpuint (sg_database_get_bytes (place->db), <, 2 << 20);
}

static void
test_damaged_rows (Place *place, gconstpointer data)
{
  sg_metrics_record (place->metrics, SG_OPERATION_COMPILE, 1000);
  sg_metrics_record (place->metrics, SG_OPERATION_RENDER, 1000);
  write_at (place, START, 0);
  ask (place, "UPDATE performance_metrics SET histogram = x'ffffff' WHERE name = 'compile'");
  ask (place, "UPDATE performance_metrics SET name = 'a newer one' WHERE name = 'memory.rss'");
  g_autoptr (SgFigures) figures = load (place, START, START + MINUTE);
  g_assert_cmpuint (figures->operations[SG_OPERATION_COMPILE].count, ==, 0);
  g_assert_cmpuint (figures->operations[SG_OPERATION_RENDER].count, ==, 1);
  write_at (place, START + 3 * DAY, 1000);
}

/* Each query finds its rows by an index. */
static void
test_plans (Place *place, gconstpointer data)
{
  static const char *const names[] = { "find", "list", "fine", "delete", "prune" };
  sqlite3 *connection;

  g_assert_cmpint (sqlite3_open (place->path, &connection), ==, SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *resource = g_strdup_printf ("/org/simgen/SimGen/sql/queries/metric-%s.sql", names[i]);
      g_autoptr (GBytes) sql = g_resources_lookup_data (resource, 0, NULL);
      g_autofree char *explain =
        g_strconcat ("EXPLAIN QUERY PLAN ", (const char *)g_bytes_get_data (sql, NULL), NULL);
      sqlite3_stmt *statement;

      g_assert_cmpint (sqlite3_prepare_v2 (connection, explain, -1, &statement, NULL), ==, SQLITE_OK);
      while (sqlite3_step (statement) == SQLITE_ROW)
        {
          const char *detail = (const char *)sqlite3_column_text (statement, 3);

          if (g_str_has_prefix (detail, "SCAN"))
            g_error ("%s: %s", names[i], detail);
        }
      sqlite3_finalize (statement);
    }
  sqlite3_close (connection);
}

/* -- At the end of a short program -- */

static gint64
count_runs (Place *place)
{
  return ask (place, "SELECT sum(n) FROM performance_metrics WHERE name = 'cli.other'");
}

static void
test_briefly (Place *place, gconstpointer data)
{
  sqlite3 *other;

  sg_metrics_record (sg_metrics_process (), SG_OPERATION_CLI_OTHER, 1000);
  sg_metrics_write_briefly (place->path);
  g_assert_cmpint (count_runs (place), ==, 1);

  /* another program has it: nobody waits */
  g_assert_cmpint (sqlite3_open (place->path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  sg_metrics_write_briefly (place->path);
  sqlite3_close (other);
  g_assert_cmpint (count_runs (place), ==, 1);

  /* of an older or newer schema it is left alone */
  gint64 version = ask (place, "PRAGMA user_version");
  g_autofree char *newer = g_strdup_printf ("PRAGMA user_version = %d", (int)version + 1);
  g_autofree char *same = g_strdup_printf ("PRAGMA user_version = %d", (int)version);
  ask (place, newer);
  sg_metrics_write_briefly (place->path);
  ask (place, same);
  g_assert_cmpint (count_runs (place), ==, 1);

  /* where there is none it is made */
  g_autofree char *folder = g_build_filename (place->folder, "inner", NULL);
  g_autofree char *path = g_build_filename (folder, "history.db", NULL);
  sg_metrics_write_briefly (path);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);

  /* where it cannot be, nothing happens */
  sg_metrics_write_briefly ("/proc/nowhere/history.db");
}

/* The log of many short programs, with no other between them, does not grow for ever. */
static void
test_briefly_for_long (Place *place, gconstpointer data)
{
  g_autofree char *log = g_strconcat (place->path, "-wal", NULL);
  gint64 most = 0;

  g_clear_pointer (&place->db, sg_database_close);
  for (guint i = 0; i < 200; i++)
    {
      sg_metrics_record (sg_metrics_process (), SG_OPERATION_CLI_OTHER, 1000);
      sg_metrics_write_briefly (place->path);
      most = MAX (most, test_file_bytes (log));
    }
  g_assert_cmpint (most, >, 0);
  g_assert_cmpint (most, <, 1 << 20);
  g_assert_cmpint (count_runs (place), >=, 200);
}

/* The history writes what there is at its end. */
static void
test_history (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&place->db, sg_database_close);
  SgHistory *history = test_open_history (place->path);
  sg_history_keep_metrics (history);
  sg_metrics_record (sg_metrics_process (), SG_OPERATION_STREAM_ENCODE, 1000);
  sg_history_flush (history);
  g_assert_finalize_object (history);

  history = test_open_history (place->path);
  g_autoptr (SgFigures) figures = sg_history_load_metrics (history, 0, G_MAXINT64, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (figures->operations[SG_OPERATION_STREAM_ENCODE].count, ==, 1);
  g_assert_cmpuint (figures->operations[SG_OPERATION_DATABASE_OPEN].count, >=, 2);
  g_assert_finalize_object (history);
}

static void
add (const char *name, void (*test) (Place *place, gconstpointer data))
{
  g_test_add (name, Place, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/store/metrics/percentiles", test_percentiles);
  add ("/store/metrics/spans", test_spans);
  add ("/store/metrics/batches", test_batches);
  add ("/store/metrics/pruned", test_pruned);
  add ("/store/metrics/bounded", test_bounded);
  add ("/store/metrics/damaged-rows", test_damaged_rows);
  add ("/store/metrics/plans", test_plans);
  add ("/store/metrics/briefly", test_briefly);
  add ("/store/metrics/briefly-for-long", test_briefly_for_long);
  add ("/store/metrics/history", test_history);
  return g_test_run ();
}
