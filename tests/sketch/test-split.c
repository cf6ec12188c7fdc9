/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sketch/split.h"

/* A line from 0, 0 to 100, 0 in steps of 10, with rising pressure, 5 ms a step. */
static SgStroke *
line (void)
{
  SgInkPoint points[11];

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    points[i] = (SgInkPoint){ 10 * i, 0, i / 10.0, 5 * i };
  return sg_stroke_new (2, "pen", points, G_N_ELEMENTS (points), json_pack ("{s:s}", "by", "hand"));
}

static const SgInkPoint *
piece_at (GPtrArray *pieces, guint index, guint *n)
{
  return sg_stroke_get_points (pieces->pdata[index], n);
}

/* Two pieces with their ends on the circle, and the pressure, times and members of the stroke. */
static void
test_across_a_line (void)
{
  g_autoptr (SgStroke) stroke = line ();
  g_autoptr (GPtrArray) pieces = sg_stroke_split (stroke, SG_POINT (42, 3), SG_POINT (42, 3), 5);
  guint n = 0;

  g_assert_cmpuint (pieces->len, ==, 2);
  const SgInkPoint *points = piece_at (pieces, 0, &n);
  g_assert_cmpfloat_with_epsilon (points[0].x, 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (points[n - 1].x, 38, 1e-4); /* 42 - 4: the circle's chord */
  g_assert_cmpfloat_with_epsilon (points[n - 1].pressure, 0.38, 1e-6);
  g_assert_cmpfloat_with_epsilon (points[n - 1].t, 19, 1e-4);
  points = piece_at (pieces, 1, &n);
  g_assert_cmpfloat_with_epsilon (points[0].x, 46, 1e-4);
  g_assert_cmpfloat_with_epsilon (points[0].pressure, 0.46, 1e-6);
  g_assert_cmpfloat_with_epsilon (points[0].t, 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (points[n - 1].x, 100, 1e-9);
  g_assert_cmpfloat_with_epsilon (points[n - 1].t, 27, 1e-4);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpfloat (sg_stroke_get_width (pieces->pdata[i]), ==, 2);
      g_assert_cmpstr (json_string_value (json_object_get (sg_stroke_get_extra (pieces->pdata[i]), "by")), ==,
                       "hand");
    }
}

/* A quick move is a long way, not a row of circles: it misses nothing. */
static void
test_along_the_way (void)
{
  g_autoptr (SgStroke) stroke = line ();
  g_autoptr (GPtrArray) pieces = sg_stroke_split (stroke, SG_POINT (30, -200), SG_POINT (30, 200), 4);
  guint n = 0;

  g_assert_cmpuint (pieces->len, ==, 2);
  g_assert_cmpfloat_with_epsilon (piece_at (pieces, 0, &n)[n - 1].x, 26, 1e-4);
  g_assert_cmpfloat_with_epsilon (piece_at (pieces, 1, &n)[0].x, 34, 1e-4);
}

/* A hairpin that is crossed once is cut twice: three pieces. */
static void
test_crossed_twice (void)
{
  const SgInkPoint points[] = {
    { 0, 0, NAN, NAN }, { 100, 0, NAN, NAN }, { 100, 20, NAN, NAN }, { 0, 20, NAN, NAN }
  };
  g_autoptr (SgStroke) stroke = sg_stroke_new (2, NULL, points, G_N_ELEMENTS (points), NULL);
  g_autoptr (GPtrArray) pieces = sg_stroke_split (stroke, SG_POINT (50, -5), SG_POINT (50, 25), 3);
  guint n = 0;

  g_assert_cmpuint (pieces->len, ==, 3);
  const SgInkPoint *middle = piece_at (pieces, 1, &n);
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpfloat_with_epsilon (middle[0].x, 53, 1e-4);
  g_assert_cmpfloat_with_epsilon (middle[3].x, 53, 1e-4);
  g_assert_true (isnan (middle[0].pressure) && isnan (middle[0].t));
}

static void
test_ends_and_covering (void)
{
  g_autoptr (SgStroke) stroke = line ();
  g_autoptr (GPtrArray) one = sg_stroke_split (stroke, SG_POINT (0, 0), SG_POINT (0, 0), 8);
  g_autoptr (GPtrArray) none = sg_stroke_split (stroke, SG_POINT (-5, 0), SG_POINT (105, 0), 2);
  guint n = 0;

  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpfloat_with_epsilon (piece_at (one, 0, &n)[0].x, 8, 1e-4);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_null (sg_stroke_split (stroke, SG_POINT (50, 9), SG_POINT (90, 9), 8));
}

static void
test_dot_and_crumbs (void)
{
  const SgInkPoint point = { 10, 10, 0.5, 0 };
  g_autoptr (SgStroke) dot = sg_stroke_new (3, NULL, &point, 1, NULL);
  g_autoptr (SgStroke) stroke = line ();
  g_autoptr (GPtrArray) covered = sg_stroke_split (dot, SG_POINT (12, 10), SG_POINT (12, 10), 3);
  g_autoptr (GPtrArray) most = sg_stroke_split (stroke, SG_POINT (50, 0), SG_POINT (98.5, 0), 0.5);

  g_assert_cmpuint (covered->len, ==, 0);
  g_assert_null (sg_stroke_split (dot, SG_POINT (14, 10), SG_POINT (20, 10), 3));
  g_assert_cmpuint (most->len, ==, 1); /* 1 unit at the end is less than the pen's 2 */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sketch/split/across-a-line", test_across_a_line);
  g_test_add_func ("/sketch/split/along-the-way", test_along_the_way);
  g_test_add_func ("/sketch/split/crossed-twice", test_crossed_twice);
  g_test_add_func ("/sketch/split/ends-and-covering", test_ends_and_covering);
  g_test_add_func ("/sketch/split/dot-and-crumbs", test_dot_and_crumbs);
  return g_test_run ();
}
