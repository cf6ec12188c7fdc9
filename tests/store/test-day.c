/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A day of use in some seconds: what it leaves behind is no more than the limits allow. */

#include "base/metrics.h"
#include "place.h"
#include "store/cache.h"
#include "store/keeping.h"

#define HOURS 24
#define SAVES 40        /* an hour, of a drawing that grows */
#define RUNS 40         /* an hour */
#define MJCF_BYTES 9000 /* that compress badly */
#define ANSWERS 400     /* an hour */
#define ANSWER_BYTES 6000
#define MEMORY_BYTES (1 << 20)
#define CACHE_BYTES (2 << 20)
#define LOG_BYTES (1 << 20)    /* of each database, once nobody writes */
#define FREE_BYTES (1 << 20)   /* of the history: pages that are kept for what comes next */
#define INDEX_BYTES (48 << 10) /* shared memory of those who have a database open */
#define SETTLED_HOUR 6         /* from here on what is used is used again */

static const SgHistoryLimits limits = { .n_runs = 300, .n_bytes = 3 << 20, .n_versions = 10 };

typedef struct
{
  char *folder;
  SgHistory *history;
  SgCache *cache;
  gint64 now_us;
} Day;

static gint64
read_clock (gpointer clock)
{
  return ((Day *)clock)->now_us;
}

static void
draw (Day *day)
{
  g_autoptr (SgPage) page = NULL;
  g_autofree char *picture = g_strnfill (4000, 'p');
  g_autoptr (GBytes) thumbnail = g_bytes_new (picture, 4000);
  gint64 id = 0;

  for (guint save = 0; save < SAVES; save++)
    {
      SgPage *grown = test_draw (page, save);

      g_clear_pointer (&page, sg_page_unref);
      page = grown;
      id = sg_history_save_sketch (day->history, id, page, thumbnail, NULL);
      g_assert_cmpint (id, >, 0);
    }
  for (guint i = 0; i < RUNS; i++)
    {
      g_autofree char *mjcf = g_malloc (MJCF_BYTES + 1);

      for (guint k = 0; k < MJCF_BYTES; k++)
        mjcf[k] = g_random_int_range ('!', '~');
      mjcf[MJCF_BYTES] = '\0';
      const SgRunRecord run = { .sketch_id = id, .status = "completed", .mjcf = mjcf };
      g_assert_cmpint (sg_history_add_run (day->history, &run, NULL), >, 0);
    }
}

static void
ask (Day *day, guint hour)
{
  g_autofree char *text = g_strnfill (ANSWER_BYTES, 'a');

  for (guint i = 0; i < ANSWERS; i++)
    {
      g_autoptr (GBytes) answer = g_bytes_new (text, ANSWER_BYTES);
      guint content[] = { hour, i };
      SgCacheKey key;

      sg_cache_key_init (&key, SG_CACHE_ANALYSIS, "1", NULL, content, sizeof content);
      sg_cache_put (day->cache, &sg_cache_bytes, &key, SG_CACHE_FAR, NULL, answer);
      sg_metrics_record (sg_metrics_process (), SG_OPERATION_ANALYSIS, 1000 * i);
      if (i % 50 == 0)
        sg_cache_flush (day->cache);
    }
}

/* What a file may hold: of the cache the limit is on its values, which fill half of their last page and have
 * their place in indexes. */
static guint64
most_bytes_of (const char *name)
{
  if (g_str_equal (name, "history.db"))
    return limits.n_bytes + FREE_BYTES;
  if (g_str_equal (name, "cache.db"))
    return CACHE_BYTES * 3 / 2;
  if (g_str_has_suffix (name, "-wal"))
    return LOG_BYTES;
  return g_str_has_suffix (name, "-shm") ? INDEX_BYTES : 0;
}

/* Every file within its limit: how many they are. */
static guint
check_files (const char *folder, guint64 *bytes)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_files = 0;

  *bytes = 0;
  for (const char *name; (name = g_dir_read_name (dir)); n_files++)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      gint64 size = test_file_bytes (path);

      if ((guint64)size > most_bytes_of (name))
        g_error ("%s has %" G_GINT64_FORMAT " bytes", name, size);
      *bytes += size;
    }
  return n_files;
}

static guint64
memory_in_use (void)
{
  sg_metrics_sample_memory (sg_metrics_process ());
  g_autoptr (SgFigures) figures = sg_metrics_read (sg_metrics_process ());
  return figures->gauges[SG_GAUGE_MEMORY_RSS];
}

static void
clean_up (Day *day)
{
  SgCleanUp done;
  g_autoptr (GError) error = NULL;

  sg_history_clean_up (day->history, &limits, &done, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (done.bytes_after, <=, limits.n_bytes);
}

static void
check_figures (Day *day)
{
  SgCacheFigures figures[SG_N_CACHE_LEVELS];

  sg_cache_flush (day->cache);
  sg_cache_get_figures (day->cache, FALSE, figures);
  g_assert_cmpuint (figures[SG_CACHE_MEMORY].bytes, <=, MEMORY_BYTES);
  g_assert_cmpuint (figures[SG_CACHE_DATABASE].bytes, <=, CACHE_BYTES);
}

static void
test_day (void)
{
  Day day = { .folder = test_folder (), .now_us = g_get_real_time () };
  g_autofree char *history_path = g_build_filename (day.folder, "history.db", NULL);
  g_autofree char *cache_path = g_build_filename (day.folder, "cache.db", NULL);
  SgCacheOptions options = sg_cache_options_default ();
  guint64 settled_memory = 0, bytes = 0, memory = 0;
  guint settled_files = 0, n_files = 0;

  options.memory_bytes = MEMORY_BYTES;
  options.database_bytes = CACHE_BYTES;
  options.database_path = cache_path;
  options.now_us = read_clock;
  options.clock = &day;
  day.cache = sg_cache_new (&options);
  day.history = test_open_history (history_path);
  for (guint hour = 1; hour <= HOURS; hour++)
    {
      draw (&day);
      ask (&day, hour);
      check_figures (&day);
      clean_up (&day);
      day.now_us += G_TIME_SPAN_HOUR;
      n_files = check_files (day.folder, &bytes);
      memory = memory_in_use ();
      if (hour == SETTLED_HOUR)
        settled_memory = memory, settled_files = n_files;
    }
  g_test_message ("%u hours: %u files of %" G_GUINT64_FORMAT " bytes; memory %" G_GUINT64_FORMAT
                  ", at hour %u %" G_GUINT64_FORMAT,
                  HOURS, n_files, bytes, memory, SETTLED_HOUR, settled_memory);
  g_assert_cmpuint (n_files, ==, settled_files);
#ifndef __SANITIZE_ADDRESS__ /* which keeps what is freed for a while */
  g_assert_cmpuint (memory, <, settled_memory + (8 << 20));
#endif
  g_object_unref (day.history);
  sg_cache_unref (day.cache);
  test_remove_tree (day.folder);
  g_free (day.folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/day", test_day);
  return g_test_run ();
}
