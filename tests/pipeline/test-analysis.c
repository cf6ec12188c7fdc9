/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Readings by way of the cache: which are kept, for whom, and how far. */
#include "pipeline/analysis.h"

#include <glib/gstdio.h>

#include "base/json.h"
#include "pipeline/input.h"
#include "vision/analyze.h"
#include "vision/reading-json.h"

typedef struct
{
  char *folder, *path;
  SgCacheOptions options;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = g_dir_make_tmp ("simgen-analysis-XXXXXX", NULL);
  place->path = g_build_filename (place->folder, "cache.db", NULL);
  place->options = sg_cache_options_default ();
  place->options.database_path = place->path;
}

static void
tear_down (Place *place, gconstpointer data)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (place->path, suffixes[i], NULL);

      g_unlink (path);
    }
  g_rmdir (place->folder);
  g_free (place->path);
  g_free (place->folder);
}

static SgPage *
load (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("SG_SOURCE_ROOT"), "data", "examples", name, NULL);
  SgPage *page = sg_input_file_load_page (path, 1, NULL);

  g_assert_nonnull (page);
  return page;
}

static SgReading *
read_by (SgCache *cache, SgPage *page, const SgAnalyzeOptions *options, SgCacheLevel wanted)
{
  g_autoptr (GError) error = NULL;
  SgCacheLevel level;
  SgReading *reading = sg_cached_analyze (cache, SG_CACHE_FAR, NULL, page, options, NULL, &level, &error);

  g_assert_no_error (error);
  g_assert_cmpint (level, ==, wanted);
  return reading;
}

static void
assert_same (SgReading *a, SgReading *b)
{
  g_autoptr (json_t) x = sg_reading_to_json (a), y = sg_reading_to_json (b);

  g_assert_true (json_equal (x, y));
}

static void
test_without_a_cache (Place *place, gconstpointer data)
{
  g_autoptr (SgPage) page = load ("pendulum.simgen");
  g_autoptr (SgReading) first = read_by (NULL, page, NULL, SG_CACHE_NONE);
  g_autoptr (SgReading) second = read_by (NULL, page, NULL, SG_CACHE_NONE);

  assert_same (first, second);
}

/* What a deadline cut short is nobody's answer. */
static void
test_partial_is_not_kept (Place *place, gconstpointer data)
{
  SgAnalyzeOptions hasty = { .deadline_ms = -1, .most_work = 1 };
  g_autoptr (SgCache) cache = sg_cache_new (&place->options);
  g_autoptr (SgPage) page = load ("robot-arm.simgen");
  g_autoptr (SgReading) partial = read_by (cache, page, &hasty, SG_CACHE_NONE);
  g_autoptr (SgReading) whole = read_by (cache, page, NULL, SG_CACHE_NONE);
  g_autoptr (SgReading) again = read_by (cache, page, &hasty, SG_CACHE_MEMORY);

  g_assert_true (partial->partial);
  g_assert_false (whole->partial);
  g_assert_true (again == whole);
}

/* Who leaves print for later gets all where it is known; what was left is not kept. */
static void
test_print (Place *place, gconstpointer data)
{
  SgAnalyzeOptions at_once = sg_analyze_options_default ();
  g_autoptr (SgCache) cache = sg_cache_new (&place->options);
  g_autoptr (SgPage) photo = load ("pendulum-photo.jpg");

  at_once.leave_print = TRUE;
  g_autoptr (SgReading) first = read_by (cache, photo, &at_once, SG_CACHE_NONE);
  SgCacheLevel next = first->print_left ? SG_CACHE_NONE : SG_CACHE_MEMORY;
  g_autoptr (SgReading) whole = read_by (cache, photo, NULL, next);
  g_autoptr (SgReading) again = read_by (cache, photo, &at_once, SG_CACHE_MEMORY);

  g_assert_true (again == whole);
}

/* Corrections of a reading are those of the page that it was asked for, whoever asked before. */
static void
test_corrections_are_the_page_s_own (Place *place, gconstpointer data)
{
  g_autoptr (SgPage) plain = load ("pendulum.simgen");
  g_autoptr (SgCache) cache = sg_cache_new (&place->options);
  SgReading *readings[3];
  SgPage *pages[3];
  static const SgCacheLevel levels[3] = { SG_CACHE_NONE, SG_CACHE_MEMORY, SG_CACHE_DATABASE };

  for (guint i = 0; i < 3; i++)
    {
      SgPageBuilder *builder = sg_page_builder_new (plain);
      SgStroke *stroke = sg_page_get_stroke (plain, 0);
      g_autoptr (SgCorrection) one = sg_correction_new_for_strokes (&stroke, 1);

      sg_page_builder_take_correction (builder, sg_correction_with_role (one, "decoration"));
      pages[i] = sg_page_builder_end (builder);
      if (i == 2)
        {
          sg_cache_unref (cache);
          cache = sg_cache_new (&place->options);
        }
      readings[i] = read_by (cache, pages[i], NULL, levels[i]);
      guint n_corrected = 0;
      for (guint k = 0; k < sg_reading_n_elements (readings[i]); k++)
        {
          SgCorrection *said = sg_reading_element (readings[i], k)->correction;

          g_assert_true (said == NULL || said == sg_page_get_correction (pages[i], 0));
          n_corrected += said != NULL;
        }
      g_assert_cmpuint (n_corrected, ==, 1);
      assert_same (readings[0], readings[i]);
    }
  for (guint i = 0; i < 3; i++)
    {
      sg_reading_unref (readings[i]);
      sg_page_unref (pages[i]);
    }
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static SgReading *
read_in_app (SgCache *cache, SgReader *reader, SgPage *page)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sg_cached_analyze_async (cache, reader, page, NULL, NULL, finished_cb, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  SgReading *reading = sg_cached_analyze_finish (result, &error);
  g_assert_no_error (error);
  return reading;
}

static SgCacheFigures
figures_of (SgCache *cache, SgCacheLevel level)
{
  SgCacheFigures figures[SG_N_CACHE_LEVELS];

  sg_cache_flush (cache);
  sg_cache_get_figures (cache, FALSE, figures);
  return figures[level];
}

/* `page` and one line more. */
static SgPage *
draw_on (SgPage *page, double x)
{
  SgPageBuilder *builder = sg_page_builder_new (page);
  const SgInkPoint points[] = { { x, 900, NAN, NAN }, { x, 950, NAN, NAN }, { x, 990, NAN, NAN } };

  sg_page_builder_take_stroke (builder, sg_stroke_new (3, NULL, points, 3, NULL));
  return sg_page_builder_end (builder);
}

/* As the window does: a sketch is opened, drawn on, and the stroke is undone. */
static void
test_in_the_app (Place *place, gconstpointer data)
{
  g_autoptr (SgPage) page = load ("robot-arm.simgen");
  g_autoptr (SgPage) more = draw_on (page, 100);
  g_autoptr (SgPage) undone = sg_page_builder_end (sg_page_builder_new (page));

  for (int session = 0; session < 2; session++)
    {
      g_autoptr (SgCache) cache = sg_cache_new (&place->options);
      g_autoptr (SgReader) reader = sg_reader_new ();
      g_autoptr (SgReading) opened = read_in_app (cache, reader, page);

      g_assert_cmpuint (figures_of (cache, SG_CACHE_DATABASE).hits, ==, session);
      while (!sg_reader_knows (reader, page)) /* learnt afterwards where it was found */
        g_usleep (1000);
      g_autoptr (SgReading) drawn = read_in_app (cache, reader, more);
      g_autoptr (SgReading) fresh = sg_analyze (more, NULL, NULL);
      assert_same (drawn, fresh);
      g_autoptr (SgReading) back = read_in_app (cache, reader, undone);
      g_assert_true (back == opened);
      g_assert_cmpuint (figures_of (cache, SG_CACHE_MEMORY).hits, ==, 1);
      SgCacheFigures database = figures_of (cache, SG_CACHE_DATABASE);
      g_assert_cmpuint (database.entries, ==, 1); /* not each lift of the pen */
      g_assert_cmpuint (database.hits + database.misses, ==, 1);
    }
}

static void
test_kept_for_good (Place *place, gconstpointer data)
{
  g_autoptr (SgPage) page = load ("car.simgen");
  g_autoptr (SgReading) reading = sg_analyze (page, NULL, NULL);
  g_autoptr (SgCache) cache = sg_cache_new (&place->options);

  sg_cached_analysis_keep_async (cache, page, reading);
  while (figures_of (cache, SG_CACHE_DATABASE).entries == 0)
    g_usleep (1000);
  g_autoptr (SgCache) next = sg_cache_new (&place->options);
  g_autoptr (SgReading) found = read_by (next, page, NULL, SG_CACHE_DATABASE);
  assert_same (reading, found);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Place *place, gconstpointer data);
  } tests[] = {
    { "/pipeline/analysis/without-a-cache", test_without_a_cache },
    { "/pipeline/analysis/partial-is-not-kept", test_partial_is_not_kept },
    { "/pipeline/analysis/print", test_print },
    { "/pipeline/analysis/corrections-are-the-page-s-own", test_corrections_are_the_page_s_own },
    { "/pipeline/analysis/in-the-app", test_in_the_app },
    { "/pipeline/analysis/kept-for-good", test_kept_for_good },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Place, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
