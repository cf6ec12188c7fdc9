/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Eight threads and one cache: gets, puts, computations that fail, that are cancelled and that nobody may
 * keep, while entries grow old, memory and database are too small for all, and figures are read. Every
 * value has to be right and memory within its bound at all times. SG_STRESS_OPERATIONS: how many in all. */
#include "store/cache.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "place.h"

#define THREADS 8
#define KEYS 4000
#define DEFAULT_OPERATIONS 100000
#define MEMORY_BYTES (1 << 20)
#define DATABASE_BYTES (2 << 20)
#define HOUR ((gint64)3600 * G_USEC_PER_SEC)

typedef struct
{
  SgCache *cache;
  atomic_int_fast64_t now_us;
  atomic_uint n_computing;     /* calls that compute, now */
  atomic_uint computing[KEYS]; /* by key: never more than one */
  atomic_uint n_found, n_computed, n_failed, n_cancelled;
  guint n_operations; /* a thread */
  gint64 step_us;     /* an operation: all take three times as long as an entry holds */
} Board;

typedef struct
{
  Board *board;
  guint32 seed;
  guint n; /* the key under way */
  gboolean fails, keeps;
  GCancellable *cancellable; /* (nullable): cancelled half way */
} Worker;

static gint64
read_clock (gpointer clock)
{
  return ((Board *)clock)->now_us;
}

/* The value of key `n`: of a length and with bytes that tell it. */
static GBytes *
value_of (guint n)
{
  gsize size = 8 + (n * 2654435761u >> 20) % 3000;
  guint8 *data = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    data[i] = n * 31 + i * 7;
  memcpy (data, &n, sizeof n);
  return g_bytes_new_take (data, size);
}

static void
check (guint n, GBytes *value)
{
  g_autoptr (GBytes) wanted = value_of (n);

  g_assert_true (g_bytes_equal (value, wanted));
}

static SgCacheKey
key_of (guint n)
{
  SgCacheKey key;

  sg_cache_key_init (&key, n % 50 == 0 ? SG_CACHE_ANSWER : SG_CACHE_ANALYSIS, "1", NULL, &n, sizeof n);
  return key;
}

static guint32
draw (Worker *worker)
{
  worker->seed = worker->seed * 1664525u + 1013904223u;
  return worker->seed >> 8;
}

static gpointer
compute (gpointer data, gboolean *keep, GCancellable *cancellable, GError **error)
{
  Worker *worker = data;
  Board *board = worker->board;
  GBytes *value = NULL;

  g_assert_cmpuint (board->computing[worker->n]++, ==, 0);
  *keep = worker->keeps;
  if (worker->cancellable)
    g_cancellable_cancel (worker->cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    board->n_cancelled++;
  else if (worker->fails)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "on purpose");
      board->n_failed++;
    }
  else
    {
      value = value_of (worker->n);
      board->n_computed++;
    }
  board->computing[worker->n]--;
  return value;
}

/* Most ask for a few of the keys. */
static guint
choose_key (Worker *worker)
{
  return draw (worker) % 4 > 0 ? draw (worker) % 64 : draw (worker) % KEYS;
}

static void
get_or_compute (Worker *worker, SgCacheReach reach)
{
  SgCacheKey key = key_of (worker->n);
  guint mood = draw (worker) % 100;
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = mood == 0 ? g_cancellable_new () : NULL;

  worker->cancellable = cancellable;
  worker->fails = mood == 1;
  worker->keeps = mood != 2;
  g_autoptr (GBytes) value = sg_cache_compute (worker->board->cache, &sg_cache_bytes, &key, reach, NULL,
                                               compute, worker, cancellable, NULL, &error);
  g_assert_true ((value == NULL) == (error != NULL));
  if (value)
    check (worker->n, value);
}

static void
operate (Worker *worker, guint i)
{
  Board *board = worker->board;
  SgCacheReach reach = draw (worker) % 3;
  SgCacheFigures figures[SG_N_CACHE_LEVELS];
  guint what = draw (worker) % 100;

  worker->n = choose_key (worker);
  if (what < 50)
    {
      SgCacheKey key = key_of (worker->n);
      g_autoptr (GBytes) value = sg_cache_get (board->cache, &sg_cache_bytes, &key, reach, NULL, NULL);

      if (value)
        check (worker->n, value);
      board->n_found += value != NULL;
    }
  else if (what < 60)
    {
      SgCacheKey key = key_of (worker->n);
      g_autoptr (GBytes) value = value_of (worker->n);

      sg_cache_put (board->cache, &sg_cache_bytes, &key, reach, NULL, value);
    }
  else
    get_or_compute (worker, reach);
  board->now_us += board->step_us;
  if (i % 100 == 0)
    {
      sg_cache_get_figures (board->cache, FALSE, figures);
      g_assert_cmpuint (figures[SG_CACHE_MEMORY].bytes, <=, MEMORY_BYTES);
    }
}

static gpointer
work (gpointer data)
{
  Worker *worker = data;

  for (guint i = 0; i < worker->board->n_operations; i++)
    operate (worker, i);
  return NULL;
}

static void
run_all (Board *board)
{
  Worker workers[THREADS];
  GThread *threads[THREADS];

  for (guint i = 0; i < THREADS; i++)
    {
      workers[i] = (Worker){ .board = board, .seed = g_test_rand_int () };
      threads[i] = g_thread_new ("worker", work, &workers[i]);
    }
  for (guint i = 0; i < THREADS; i++)
    g_thread_join (threads[i]);
}

/* Waits until the database is there: else all may be over before it is. */
static void
open_database (SgCache *cache)
{
  g_autoptr (GBytes) value = g_bytes_new_static ("first", 5);
  SgCacheKey key;

  sg_cache_key_init (&key, SG_CACHE_ANALYSIS, "0", NULL, "first", 5);
  sg_cache_put (cache, &sg_cache_bytes, &key, SG_CACHE_FAR, NULL, value);
  sg_cache_flush (cache);
}

static void
test_stress (void)
{
  const char *wanted = g_getenv ("SG_STRESS_OPERATIONS");
  guint n = wanted ? atoi (wanted) : DEFAULT_OPERATIONS;
  SgCacheOptions options = sg_cache_options_default ();
  SgCacheFigures figures[SG_N_CACHE_LEVELS];
  g_autofree char *folder = test_folder ();
  g_autofree char *path = g_build_filename (folder, "cache.db", NULL);
  g_autofree Board *board = g_new0 (Board, 1);

  board->now_us = G_GINT64_CONSTANT (1700000000000000);
  board->n_operations = n / THREADS;
  board->step_us = 3 * HOUR / n;
  options.memory_bytes = MEMORY_BYTES;
  options.database_bytes = DATABASE_BYTES;
  options.database_path = path;
  options.now_us = read_clock;
  options.clock = board;
  board->cache = sg_cache_new (&options);
  open_database (board->cache);
  run_all (board);
  sg_cache_flush (board->cache);
  sg_cache_get_figures (board->cache, FALSE, figures);
  g_test_message ("%u operations: %u found, %u computed, %u failed, %u cancelled", n, board->n_found,
                  board->n_computed, board->n_failed, board->n_cancelled);
  for (int level = SG_CACHE_MEMORY; level < SG_N_CACHE_LEVELS; level++)
    g_test_message ("%s: %" G_GUINT64_FORMAT " hits, %" G_GUINT64_FORMAT " misses, %" G_GUINT64_FORMAT
                    " puts, %" G_GUINT64_FORMAT " failures, %" G_GUINT64_FORMAT
                    " evictions, %" G_GUINT64_FORMAT " entries of %" G_GUINT64_FORMAT " bytes",
                    sg_cache_level_name (level), figures[level].hits, figures[level].misses,
                    figures[level].puts, figures[level].failures, figures[level].evictions,
                    figures[level].entries, figures[level].bytes);
  g_autofree char *notice = sg_cache_take_notice (board->cache);
  g_assert_cmpstr (notice, ==, NULL);
  g_assert_cmpuint (figures[SG_CACHE_MEMORY].bytes, <=, MEMORY_BYTES);
  g_assert_cmpuint (figures[SG_CACHE_DATABASE].bytes, <=, DATABASE_BYTES);
  for (int level = SG_CACHE_MEMORY; level < SG_N_CACHE_LEVELS; level++)
    g_assert_cmpuint (figures[level].corrupt, ==, 0);
  g_assert_cmpuint (board->n_found, >, 0);
  g_assert_cmpuint (figures[SG_CACHE_DATABASE].hits, >, 0);
  g_assert_cmpuint (figures[SG_CACHE_MEMORY].evictions, >, 0);
  g_assert_cmpuint (figures[SG_CACHE_NONE].misses, ==,
                    board->n_computed + board->n_failed + board->n_cancelled);
  sg_cache_unref (board->cache);
  test_remove_tree (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/cache/stress", test_stress);
  return g_test_run ();
}
