/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/geometry.h"

static void
test_centroid_far_from_origin (void)
{
  SgPoint square[] = { { 1e6, 1e6 }, { 1e6 + 2, 1e6 }, { 1e6 + 2, 1e6 + 4 }, { 1e6, 1e6 + 4 } };
  SgPoint c = sg_polygon_centroid (square, 4);

  g_assert_cmpfloat_with_epsilon (c.x, 1e6 + 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (c.y, 1e6 + 2, 1e-9);
  g_assert_cmpfloat_with_epsilon (sg_polygon_area (square, 4), 8, 1e-3);
}

static void
test_centroid_of_a_line (void)
{
  SgPoint line[] = { { 0, 0 }, { 2, 2 }, { 4, 4 } };
  SgPoint c = sg_polygon_centroid (line, 3);

  g_assert_cmpfloat_with_epsilon (c.x, 2, 1e-12);
}

static void
test_angle_is_counter_clockwise_as_seen (void)
{
  g_assert_cmpfloat_with_epsilon (sg_point_angle (SG_POINT (0, 0), SG_POINT (1, -1)), G_PI / 4, 1e-12);
  g_assert_cmpfloat_with_epsilon (sg_angle_wrap (3 * G_PI), G_PI, 1e-12);
  g_assert_cmpfloat_with_epsilon (sg_angle_wrap (-G_PI), G_PI, 1e-12);
}

static void
test_segments (void)
{
  SgPoint at;
  double t;

  g_assert_true (sg_segments_cross (SG_POINT (0, 0), SG_POINT (4, 4), SG_POINT (0, 4), SG_POINT (4, 0), &at));
  g_assert_cmpfloat_with_epsilon (at.x, 2, 1e-12);
  g_assert_false (
    sg_segments_cross (SG_POINT (0, 0), SG_POINT (4, 0), SG_POINT (0, 1), SG_POINT (4, 1), NULL));
  g_assert_cmpfloat_with_epsilon (
    sg_segment_distance (SG_POINT (0, 0), SG_POINT (10, 0), SG_POINT (4, 3), &t), 3, 1e-12);
  g_assert_cmpfloat_with_epsilon (t, 0.4, 1e-12);
  g_assert_cmpfloat_with_epsilon (
    sg_segment_distance (SG_POINT (1, 1), SG_POINT (1, 1), SG_POINT (4, 5), NULL), 5, 1e-12);
}

/* Along paths, in heaps with equal points, of every length around a block of the sort. */
static void
test_sort (void)
{
  for (guint n = 0; n < 130; n++)
    for (guint way = 0; way < 4; way++)
      {
        g_autofree SgPoint *points = g_new (SgPoint, n);
        double sum = 0, after = 0;

        for (guint i = 0; i < n; i++)
          {
            points[i] = way == 0 ? SG_POINT (i, 0) : way == 1 ? SG_POINT (n - i, i)
                                                              : SG_POINT (i * 37 % 11, i * 53 % 7);
            if (way == 3)
              points[i].x = cos (i * 0.1);
            sum += points[i].x + 1000 * points[i].y;
          }
        sg_points_sort (points, n);
        for (guint i = 0; i < n; i++)
          {
            after += points[i].x + 1000 * points[i].y;
            if (i > 0)
              g_assert_true (points[i - 1].x < points[i].x ||
                             (points[i - 1].x == points[i].x && points[i - 1].y <= points[i].y));
          }
        g_assert_cmpfloat_with_epsilon (sum, after, 1e-6);
      }
}

static void
test_hull_drops_inner_points (void)
{
  SgPoint points[] = { { 0, 0 }, { 4, 0 }, { 2, 1 }, { 4, 4 }, { 0, 4 }, { 2, 2 }, { 0, 0 } };
  SgPoint hull[8];
  guint n = sg_convex_hull (points, G_N_ELEMENTS (points), hull);

  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpfloat_with_epsilon (fabs (sg_polygon_area (hull, n)), 16, 1e-12);
}

/* A million points on one arc would overflow the stack of a recursive version. */
static void
test_simplify_long_path (void)
{
  const guint n = 1000000;
  g_autofree SgPoint *points = g_new (SgPoint, n);
  g_autofree guint *keep = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    points[i] = SG_POINT (100 * cos (i * 2e-6), 100 * sin (i * 2e-6));
  guint kept = sg_path_simplify (points, n, 0.5, keep);
  g_assert_cmpuint (kept, >, 5);
  g_assert_cmpuint (kept, <, 40);
  g_assert_cmpuint (keep[0], ==, 0);
  g_assert_cmpuint (keep[kept - 1], ==, n - 1);
}

/* An open path has no side from its last point to its first. */
static void
test_path_nearest (void)
{
  const SgPoint corner[] = { { 0, 0 }, { 10, 0 }, { 10, 10 } };
  SgPoint open = sg_path_nearest (corner, 3, FALSE, SG_POINT (4, 5));
  SgPoint closed = sg_path_nearest (corner, 3, TRUE, SG_POINT (4, 5));

  g_assert_cmpfloat (open.x, ==, 4);
  g_assert_cmpfloat (open.y, ==, 0);
  g_assert_cmpfloat_with_epsilon (closed.x, 4.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (closed.y, 4.5, 1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/geometry/centroid-far-from-origin", test_centroid_far_from_origin);
  g_test_add_func ("/base/geometry/centroid-of-a-line", test_centroid_of_a_line);
  g_test_add_func ("/base/geometry/angle-counter-clockwise", test_angle_is_counter_clockwise_as_seen);
  g_test_add_func ("/base/geometry/segments", test_segments);
  g_test_add_func ("/base/geometry/sort", test_sort);
  g_test_add_func ("/base/geometry/hull", test_hull_drops_inner_points);
  g_test_add_func ("/base/geometry/simplify-long-path", test_simplify_long_path);
  g_test_add_func ("/base/geometry/path-nearest", test_path_nearest);
  return g_test_run ();
}
