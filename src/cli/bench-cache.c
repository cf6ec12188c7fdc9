/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long a reading takes that is known, from each tier of the cache, decoding and naming it by its page
 * included; beside reading the page anew. The page is one of 40 strokes. A cache is closed and opened for
 * each sample of a lower tier, so that its memory knows nothing, but what is measured is the look-up alone.
 */
#include "cli/bench.h"

#include <math.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "cli/redis-server.h"
#include "pipeline/analysis.h"
#include "vision/analyze.h"

#define STROKES 40
#define POINTS 48
#define HITS 200 /* a sample */

typedef struct
{
  SgCacheLevel level;
  SgPage *pages[HITS + 1]; /* the last one to be read anew, and to warm up */
  SgReading *readings[HITS + 1];
  SgCacheOptions options;
  char *folder, *path;
  SgRedisServer *server;
} State;

/* A circle, a box, a rod or a spring at its place on a grid. */
static SgStroke *
draw_mark (guint i, guint seed)
{
  SgInkPoint points[POINTS];
  double left = 40 + 90 * (i % 8), top = 40 + 90 * (i / 8), wobble = 0.4 * (seed % 7);

  for (guint k = 0; k < POINTS; k++)
    {
      double t = k / (POINTS - 1.0), turn = 2 * G_PI * t, side = fmod (4 * MIN (t, 0.999), 4),
             along = fmod (side, 1);
      double x[] = { 30 + 30 * cos (turn),
                     60 * (side < 1   ? along
                           : side < 2 ? 1
                           : side < 3 ? 1 - along
                                      : 0),
                     60 * t, 60 * t };
      double y[] = { 30 + 30 * sin (turn),
                     60 * (side < 1   ? 0
                           : side < 2 ? along
                           : side < 3 ? 1
                                      : 1 - along),
                     18 * t, 30 + 9 * (fabs (fmod (12 * t, 2) - 1) - 0.5) };

      points[k] = (SgInkPoint){ left + x[i % 4] + wobble * sin (9 * t),
                                top + y[i % 4] + wobble * cos (7 * t), 0.5, 8.0 * k };
    }
  return sg_stroke_new (3, "pen", points, POINTS, NULL);
}

static SgPage *
draw_page (guint seed)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  for (guint i = 0; i < STROKES; i++)
    sg_page_builder_take_stroke (builder, draw_mark (i, seed));
  sg_page_builder_set_scale (builder, 100 + seed); /* each another page */
  return sg_page_builder_end (builder);
}

static SgPage *
shared_copy (const SgPage *page)
{
  return sg_page_builder_end (sg_page_builder_new (page));
}

static void
tear_down (gpointer data)
{
  State *state = data;

  for (guint i = 0; i <= HITS; i++)
    {
      g_clear_pointer (&state->pages[i], sg_page_unref);
      g_clear_pointer (&state->readings[i], sg_reading_unref);
    }
  g_clear_pointer (&state->server, sg_redis_server_stop);
  if (state->path)
    {
      static const char *const suffixes[] = { "", "-wal", "-shm" };

      for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
        {
          g_autofree char *path = g_strconcat (state->path, suffixes[i], NULL);

          g_unlink (path);
        }
      g_rmdir (state->folder);
    }
  g_free (state->path);
  g_free (state->folder);
  g_free (state);
}

/* Reads every page once into a cache of its own, which is closed. */
static gboolean
fill (State *state, GError **error)
{
  g_autoptr (SgCache) cache = sg_cache_new (&state->options);

  for (guint i = 0; i <= HITS; i++)
    {
      state->pages[i] = draw_page (i);
      state->readings[i] =
        sg_cached_analyze (cache, SG_CACHE_FAR, NULL, state->pages[i], NULL, NULL, NULL, error);
      if (!state->readings[i])
        return FALSE;
    }
  return TRUE;
}

static gboolean
set_up_tier (gpointer *state_of, SgCacheLevel level, GError **error)
{
  State *state = g_new0 (State, 1);

  *state_of = state;
  state->level = level;
  state->options = sg_cache_options_default ();
  if (level == SG_CACHE_DATABASE)
    {
      state->folder = g_dir_make_tmp ("simgen-bench-XXXXXX", error);
      if (!state->folder)
        return FALSE;
      state->path = g_build_filename (state->folder, "cache.db", NULL);
      state->options.database_path = state->path;
    }
  if (level == SG_CACHE_REDIS)
    {
      state->server = sg_redis_server_start (error);
      if (!state->server)
        return FALSE;
      state->options.redis_url = sg_redis_server_get_url (state->server);
    }
  return fill (state, error);
}

static gboolean
set_up_or_tear_down (gpointer *state, SgCacheLevel level, GError **error)
{
  if (set_up_tier (state, level, error))
    return TRUE;
  tear_down (*state);
  return FALSE;
}

static gboolean
set_up_memory (gpointer *state, GError **error)
{
  return set_up_or_tear_down (state, SG_CACHE_MEMORY, error);
}

static gboolean
set_up_database (gpointer *state, GError **error)
{
  return set_up_or_tear_down (state, SG_CACHE_DATABASE, error);
}

static gboolean
set_up_redis (gpointer *state, GError **error)
{
  return set_up_or_tear_down (state, SG_CACHE_REDIS, error);
}

/* FALSE with `error` where it was found elsewhere. */
static gboolean
look_up (State *state, SgCache *cache, SgPage *page, SgCacheLevel wanted, GError **error)
{
  SgCacheLevel level = SG_CACHE_NONE;
  g_autoptr (SgReading) reading =
    sg_cached_analyze (cache, SG_CACHE_FAR, NULL, page, NULL, NULL, &level, error);

  if (!reading)
    return FALSE;
  if (level == wanted)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "found in %s, not in %s", sg_cache_level_name (level),
               sg_cache_level_name (wanted));
  return FALSE;
}

/* us a hit; each of a page that is a new one of known strokes, as after an edit is undone. */
static double
measure_hits (gpointer data, GError **error)
{
  State *state = data;
  g_autoptr (SgCache) cache = sg_cache_new (&state->options);
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_page_unref);
  gboolean ok = TRUE;

  for (guint i = 0; i < HITS; i++)
    g_ptr_array_add (pages, shared_copy (state->pages[i]));
  for (guint i = 0; state->level == SG_CACHE_MEMORY && i <= HITS; i++)
    sg_cached_analysis_keep (cache, SG_CACHE_NEAR, state->pages[i], state->readings[i]);
  ok = look_up (state, cache, state->pages[HITS], state->level, error); /* to have the tier open */
  gint64 start = g_get_monotonic_time ();
  for (guint i = 0; ok && i < HITS; i++)
    ok = look_up (state, cache, pages->pdata[i], state->level, error);
  return ok ? (double)(g_get_monotonic_time () - start) / HITS : -1;
}

static double
measure_analysis (gpointer data, GError **error)
{
  const State *state = data;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (SgReading) reading = sg_analyze (state->pages[HITS], NULL, error);

  return reading ? g_get_monotonic_time () - start : -1;
}

#define REFERENCE "uncached analysis"

const SgBenchmark sg_bench_cache[] = {
  { "cache-memory", "us", REFERENCE, 20, set_up_memory, measure_hits, measure_analysis, tear_down },
  { "cache-database", "us", REFERENCE, 40, set_up_database, measure_hits, measure_analysis, tear_down },
  { "cache-redis", "us", REFERENCE, 40, set_up_redis, measure_hits, measure_analysis, tear_down },
  { NULL },
};
