/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A page's picture is painted once for each size, and again once the page is another. */
#include "app/cached-thumbnail.h"

#include "render/ink-paint.h"

static SgPage *
draw_page (double x)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);
  const SgInkPoint points[] = { { x, 0, NAN, NAN }, { 100, 80, NAN, NAN } };

  sg_page_builder_take_stroke (builder, sg_stroke_new (3, NULL, points, 2, NULL));
  return sg_page_builder_end (builder);
}

static void
test_painted_once (void)
{
  SgCacheOptions options = sg_cache_options_default ();
  SgCacheFigures figures[SG_N_CACHE_LEVELS];
  g_autoptr (SgCache) cache = sg_cache_new (&options);
  g_autoptr (SgPage) page = draw_page (0), same = draw_page (0), other = draw_page (50);
  g_autoptr (GBytes) plain = sg_ink_paint_thumbnail (page, 192, 120);
  g_autoptr (GBytes) first = sg_cached_thumbnail (cache, SG_CACHE_NEAR, page, 192, 120);
  g_autoptr (GBytes) again = sg_cached_thumbnail (cache, SG_CACHE_NEAR, same, 192, 120);
  g_autoptr (GBytes) small = sg_cached_thumbnail (cache, SG_CACHE_NEAR, page, 96, 60);
  g_autoptr (GBytes) another = sg_cached_thumbnail (cache, SG_CACHE_NEAR, other, 192, 120);

  g_assert_true (g_bytes_equal (plain, first));
  g_assert_true (first == again);
  g_assert_false (g_bytes_equal (first, small));
  g_assert_false (g_bytes_equal (first, another));
  sg_cache_get_figures (cache, FALSE, figures);
  g_assert_cmpuint (figures[SG_CACHE_NONE].misses, ==, 3);
  g_assert_cmpuint (figures[SG_CACHE_MEMORY].hits, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/cached-thumbnail/painted-once", test_painted_once);
  return g_test_run ();
}
