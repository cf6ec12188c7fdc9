/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The canvas' view of the page. */
#include "app/viewport.h"

#define EPS 1e-9

static SgViewport
make (double zoom)
{
  return (SgViewport){ .center = SG_POINT (30, 40), .zoom = zoom, .width = 400, .height = 300 };
}

static void
test_there_and_back (void)
{
  SgViewport viewport = make (2.5);
  SgPoint page = sg_viewport_to_page (&viewport, SG_POINT (17, 231));
  SgPoint widget = sg_viewport_to_widget (&viewport, page);

  g_assert_cmpfloat_with_epsilon (widget.x, 17, EPS);
  g_assert_cmpfloat_with_epsilon (widget.y, 231, EPS);
}

static void
test_zoom_keeps_the_point_under_the_pointer (void)
{
  SgViewport viewport = make (1);
  SgPoint pointer = SG_POINT (350, 20), before = sg_viewport_to_page (&viewport, pointer);

  for (int i = 0; i < 100; i++)
    sg_viewport_zoom_at (&viewport, 1.2, pointer);
  SgPoint after = sg_viewport_to_page (&viewport, pointer);
  g_assert_cmpfloat (viewport.zoom, ==, SG_VIEWPORT_MAX_ZOOM);
  g_assert_cmpfloat_with_epsilon (before.x, after.x, EPS);
  g_assert_cmpfloat_with_epsilon (before.y, after.y, EPS);
}

static void
test_fit_shows_everything (void)
{
  SgViewport viewport = make (1);
  SgRect bounds = { -500, 80, 2000, 100 };

  sg_viewport_fit (&viewport, bounds, 1.4);
  SgRect seen = sg_viewport_get_visible (&viewport);
  g_assert_true (sg_rect_contains (seen, SG_POINT (bounds.x, bounds.y)));
  g_assert_true (sg_rect_contains (seen, SG_POINT (bounds.x + bounds.width, bounds.y + bounds.height)));

  sg_viewport_fit (&viewport, (SgRect){ 7, 7, 0, 0 }, 1.4);
  g_assert_cmpfloat (viewport.zoom, ==, 1.4);
  g_assert_cmpfloat (viewport.center.x, ==, 7);
}

/* In a low window the drawing stays clear of the bars over its foot. */
static void
test_fit_between_bars (void)
{
  static const double heights[] = { 800, 360, 300, 260 };
  SgRect bounds = { 0, 0, 100, 500 };

  for (guint i = 0; i < G_N_ELEMENTS (heights); i++)
    {
      SgViewport viewport = make (1);

      viewport.height = heights[i];
      viewport.head = 48;
      viewport.foot = 110;
      sg_viewport_fit (&viewport, bounds, 1.4);
      SgRect seen = sg_viewport_rect_to_widget (&viewport, bounds);
      g_assert_cmpfloat (seen.y, >=, 47.9);
      g_assert_cmpfloat (seen.y + seen.height, <=, heights[i] - 109.9);
      g_assert_cmpfloat (seen.height, >, 60);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/viewport/there-and-back", test_there_and_back);
  g_test_add_func ("/app/viewport/zoom-at-pointer", test_zoom_keeps_the_point_under_the_pointer);
  g_test_add_func ("/app/viewport/fit", test_fit_shows_everything);
  g_test_add_func ("/app/viewport/fit-between-bars", test_fit_between_bars);
  return g_test_run ();
}
