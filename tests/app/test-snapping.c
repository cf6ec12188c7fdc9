/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is near an end, a whole angle or the grid comes to rest there; what is not stays. */
#include "app/snapping.h"

#define EPS 1e-9

static const SgSnapping all = { TRUE, TRUE, 1 }, off = { FALSE, TRUE, 1 }, no_grid = { TRUE, FALSE, 1 };

static SgStroke *
add_line (SgPageBuilder *builder, SgPoint a, SgPoint b)
{
  SgInkPoint points[] = { { a.x, a.y, NAN, NAN }, { b.x, b.y, NAN, NAN } };
  SgStroke *stroke = sg_stroke_new (3, NULL, points, 2, NULL);

  sg_page_builder_take_stroke (builder, stroke);
  return stroke;
}

/* A line from (103, 212) to (303, 212). */
static SgPage *
make_page (void)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  add_line (builder, SG_POINT (103, 212), SG_POINT (303, 212));
  return sg_page_builder_end (builder);
}

static void
assert_point (SgPoint at, double x, double y)
{
  g_assert_cmpfloat_with_epsilon (at.x, x, EPS);
  g_assert_cmpfloat_with_epsilon (at.y, y, EPS);
}

static void
test_line (void)
{
  g_autoptr (SgPage) page = make_page ();
  SgPoint from = SG_POINT (98, 205), to = SG_POINT (101, 405);

  sg_snap_line (page, NULL, &all, &from, &to);
  assert_point (from, 103, 212);                   /* an end before the grid */
  g_assert_cmpfloat_with_epsilon (to.x, 103, EPS); /* upright */
  g_assert_cmpfloat (to.y, >, 400);

  from = SG_POINT (12, 13), to = SG_POINT (98, 121);
  sg_snap_line (page, NULL, &all, &from, &to); /* near nothing but the grid */
  assert_point (to, 100, 125);

  from = SG_POINT (98, 205), to = SG_POINT (101, 405);
  sg_snap_line (page, NULL, &off, &from, &to);
  assert_point (from, 98, 205);
  assert_point (to, 101, 405);

  from = SG_POINT (0, 3), to = SG_POINT (100, 61); /* 30.1 degrees */
  sg_snap_line (page, NULL, &no_grid, &from, &to);
  g_assert_cmpfloat_with_epsilon (atan2 (to.y - from.y, to.x - from.x), G_PI / 6, EPS);
}

/* What is near is so on the screen: from close by the hand is finer. */
static void
test_zoom (void)
{
  g_autoptr (SgPage) page = make_page ();
  SgSnapping close = { TRUE, FALSE, 16 };
  SgPoint from = SG_POINT (101, 212), to = SG_POINT (101.5, 331);

  sg_snap_line (page, NULL, &close, &from, &to);
  assert_point (from, 101, 212);
}

static void
test_move (void)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);
  SgStroke *moved = add_line (builder, SG_POINT (0, 0), SG_POINT (0, 80));
  g_autoptr (SgSelection) selection = sg_selection_new ();

  add_line (builder, SG_POINT (103, 212), SG_POINT (303, 212));
  g_autoptr (SgPage) page = sg_page_builder_end (builder);
  sg_selection_set_page (selection, page);
  sg_selection_add (selection, moved);
  assert_point (sg_snap_move (page, NULL, selection, &all, SG_POINT (108, 128)), 103, 132);
  assert_point (sg_snap_move (page, NULL, selection, &all, SG_POINT (52, 23)), 50, 25);
  assert_point (sg_snap_move (page, NULL, selection, &no_grid, SG_POINT (52, 23)), 52, 23);
  assert_point (sg_snap_move (page, NULL, selection, &off, SG_POINT (108, 128)), 108, 128);
}

static void
test_angle (void)
{
  g_assert_cmpfloat_with_epsilon (sg_snap_angle (&all, 0.80), G_PI / 4, EPS);
  g_assert_cmpfloat_with_epsilon (sg_snap_angle (&all, -0.25), -G_PI / 12, EPS);
  g_assert_cmpfloat (sg_snap_angle (&all, 0.9), ==, 0.9);
  g_assert_cmpfloat (sg_snap_angle (&off, 0.80), ==, 0.80);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/snapping/line", test_line);
  g_test_add_func ("/app/snapping/zoom", test_zoom);
  g_test_add_func ("/app/snapping/move", test_move);
  g_test_add_func ("/app/snapping/angle", test_angle);
  return g_test_run ();
}
