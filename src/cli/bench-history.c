/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The history with 100,000 runs of 2,000 sketches in it: a page of 50 runs, and of 50 sketches, with
 * thumbnails, a search while it is typed, a run kept, and the start; against the same statements run raw on
 * the same file, and against a history of 10. */
#include "cli/bench.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "store/history.h"
#include "store/reference.h"
#include "store/search.h"

#define N_RUNS 100000
#define N_RUNS_SMALL 10
#define PAGE 50

typedef struct
{
  char *folder, *path, *small_path;
  SgHistory *history; /* (nullable) */
  SgStoreReference *reference;
  GRand *random;
  guint n_searches; /* so far, of figure and reference each */
  guint n_reference_searches;
  GBytes *thumbnail;
  char *mjcf;
} Place;

static void
tear_down (gpointer state)
{
  Place *place = state;
  g_autoptr (GDir) dir = g_dir_open (place->folder, 0, NULL);

  g_clear_pointer (&place->reference, sg_store_reference_free);
  g_clear_object (&place->history);
  for (const char *name; dir && (name = g_dir_read_name (dir));)
    {
      g_autofree char *path = g_build_filename (place->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (place->folder);
  g_rand_free (place->random);
  g_bytes_unref (place->thumbnail);
  g_free (place->mjcf);
  g_free (place->path);
  g_free (place->small_path);
  g_free (place->folder);
  g_free (place);
}

static gboolean
make_history (const char *path, guint n_runs, GError **error)
{
  SgHistory *history = sg_history_new (path, error);

  if (!history)
    return FALSE;
  g_object_unref (history);
  return sg_store_reference_fill (path, n_runs, error);
}

static Place *
make_place (GError **error)
{
  char *folder = g_dir_make_tmp ("simgen-bench-XXXXXX", error);

  if (!folder)
    return NULL;
  Place *place = g_new0 (Place, 1);
  place->folder = folder;
  place->path = g_build_filename (folder, "history.db", NULL);
  place->small_path = g_build_filename (folder, "small.db", NULL);
  place->random = g_rand_new_with_seed (1);
  place->thumbnail = g_bytes_new_take (g_malloc0 (1500), 1500);
  place->mjcf = g_strnfill (3000, 'x');
  if (make_history (place->path, N_RUNS, error))
    return place;
  tear_down (place);
  return NULL;
}

static gboolean
set_up_start (gpointer *state, GError **error)
{
  Place *place = make_place (error);

  *state = place;
  if (!place || make_history (place->small_path, N_RUNS_SMALL, error))
    return place != NULL;
  tear_down (place);
  return FALSE;
}

static gboolean
set_up (gpointer *state, GError **error)
{
  Place *place = make_place (error);

  *state = place;
  if (!place)
    return FALSE;
  place->history = sg_history_new (place->path, error);
  place->reference = place->history ? sg_store_reference_new (place->path, error) : NULL;
  if (place->reference)
    return TRUE;
  tear_down (place);
  return FALSE;
}

/* Time since `start`, ms. */
static double
since (gint64 start)
{
  return (g_get_monotonic_time () - start) / 1e3;
}

/* Any page but the newest, which is remembered. */
static gint64
choose_page (Place *place)
{
  return g_rand_int_range (place->random, PAGE + 1, N_RUNS);
}

static gint64
choose_grid (Place *place)
{
  return g_rand_int_range (place->random, PAGE + 1, N_RUNS / 50);
}

static double
measure_page (gpointer state, GError **error)
{
  Place *place = state;
  const gint64 before = choose_page (place);
  const SgRunQuery query = { .before_us = before, .before_id = before, .limit = PAGE };
  gint64 start = g_get_monotonic_time ();
  GPtrArray *runs = sg_history_find_runs (place->history, &query, error);
  double time = since (start);

  if (!runs)
    return -1;
  g_assert (runs->len == PAGE);
  g_ptr_array_unref (runs);
  return time;
}

static double
measure_page_raw (gpointer state, GError **error)
{
  Place *place = state;
  const gint64 before = choose_page (place);
  gint64 start = g_get_monotonic_time ();

  return sg_store_reference_list (place->reference, before, PAGE, error) == PAGE ? since (start) : -1;
}

static double
measure_grid (gpointer state, GError **error)
{
  Place *place = state;
  const SgSketchQuery query = { .before_us = choose_grid (place), .limit = PAGE };
  gint64 start = g_get_monotonic_time ();
  GPtrArray *sketches = sg_history_find_sketches (place->history, &query, error);
  double time = since (start);

  if (!sketches)
    return -1;
  g_assert (sketches->len == PAGE);
  g_ptr_array_unref (sketches);
  return time;
}

static double
measure_grid_raw (gpointer state, GError **error)
{
  Place *place = state;
  const gint64 before = choose_grid (place);
  gint64 start = g_get_monotonic_time ();

  return sg_store_reference_grid (place->reference, before, PAGE, error) == PAGE ? since (start) : -1;
}

/* What a person has typed so far, letter by letter; every other time the best are asked for. */
static const char *const typed[] = {
  "p",
  "pe",
  "pen",
  "pend",
  "pendu",
  "pendul",
  "pendulum",
  "pendulum m",
  "pendulum mo",
  "pendulum moon",
  "r",
  "ro",
  "rob",
  "robo",
  "robot",
  "robot a",
  "robot ar",
  "robot arm",
  "e",
  "éc",
  "ecl",
  "éclair",
  "g",
  "gr",
  "gravity",
  "gravity w",
  "gravity wheel",
  "gravity wheel rope",
  "pa",
  "pa1",
  "p1",
  "p12",
  "nothing",
  "c",
  "cr",
  "crane",
};

static double
measure_search (gpointer state, GError **error)
{
  Place *place = state;
  guint n = place->n_searches++;
  const SgRunQuery query = { .text = typed[n / 2 % G_N_ELEMENTS (typed)],
                             .order = n % 2 ? SG_HISTORY_BEST : SG_HISTORY_NEWEST,
                             .limit = PAGE };
  gint64 start = g_get_monotonic_time ();
  GPtrArray *runs = sg_history_find_runs (place->history, &query, error);
  double time = since (start);

  if (!runs)
    return -1;
  g_ptr_array_unref (runs);
  return time;
}

static double
measure_search_raw (gpointer state, GError **error)
{
  Place *place = state;
  guint n = place->n_reference_searches++;
  g_autofree char *match = sg_search_expression (typed[n / 2 % G_N_ELEMENTS (typed)]);
  gint64 start = g_get_monotonic_time ();

  return sg_store_reference_search (place->reference, n % 2, match, PAGE, error) >= 0 ? since (start) : -1;
}

static double
measure_insert (gpointer state, GError **error)
{
  Place *place = state;
  const SgRunRecord run = { .sketch_id = 1,
                            .status = "completed",
                            .simulated = 10,
                            .wall = 1,
                            .steps = 5000,
                            .frames = 600,
                            .mjcf = place->mjcf,
                            .thumbnail = place->thumbnail };
  gint64 start = g_get_monotonic_time ();

  return sg_history_add_run (place->history, &run, error) > 0 ? since (start) : -1;
}

static double
measure_insert_raw (gpointer state, GError **error)
{
  Place *place = state;
  gint64 start = g_get_monotonic_time ();

  return sg_store_reference_insert (place->reference, place->thumbnail, place->mjcf, error) ? since (start)
                                                                                            : -1;
}

/* Until the newest page is there. */
static double
open_history (const char *path, GError **error)
{
  const SgRunQuery query = { .limit = PAGE };
  gint64 start = g_get_monotonic_time ();
  g_autoptr (SgHistory) history = sg_history_new (path, error);
  g_autoptr (GPtrArray) runs = history ? sg_history_find_runs (history, &query, error) : NULL;

  return runs ? since (start) : -1;
}

static double
measure_start (gpointer state, GError **error)
{
  return open_history (((Place *)state)->path, error);
}

static double
measure_start_small (gpointer state, GError **error)
{
  return open_history (((Place *)state)->small_path, error);
}

const SgBenchmark sg_bench_history[] = {
  { "history-page", "ms", "the statement run raw", 400, set_up, measure_page, measure_page_raw, tear_down },
  { "history-grid", "ms", "the statement run raw", 400, set_up, measure_grid, measure_grid_raw, tear_down },
  { "history-search", "ms", "the statement run raw", 360, set_up, measure_search, measure_search_raw,
    tear_down },
  { "history-insert", "ms", "the statement run raw", 200, set_up, measure_insert, measure_insert_raw,
    tear_down },
  { "history-start", "ms", "a history of 10", 40, set_up_start, measure_start, measure_start_small,
    tear_down },
  { NULL },
};
