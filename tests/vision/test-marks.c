/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/marks.h"

/* A drawing board: strokes in units of a mark about 100 across, put on the page turned and scaled. */
typedef struct
{
  SgPageBuilder *builder;
  double angle, scale;
} Board;

static Board
board_new (double angle, double scale)
{
  return (Board){ sg_page_builder_new (NULL), angle, scale };
}

static void
draw (Board *board, const SgPoint *points, guint n)
{
  g_autofree SgInkPoint *ink = g_new (SgInkPoint, n);
  double c = cos (board->angle) * board->scale, s = sin (board->angle) * board->scale;

  for (guint i = 0; i < n; i++)
    ink[i] = (SgInkPoint){ 500 + c * points[i].x - s * points[i].y, 400 + s * points[i].x + c * points[i].y,
                           NAN, NAN };
  sg_page_builder_take_stroke (board->builder, sg_stroke_new (3, NULL, ink, n, NULL));
}

/* Straight runs between the points, with a hand's points in between. */
static void
draw_lines (Board *board, const SgPoint *corners, guint n)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (SgPoint));

  for (guint i = 0; i < n; i++)
    for (int k = 0; k < (i + 1 < n ? 12 : 1); k++)
      {
        SgPoint p = sg_point_lerp (corners[i], corners[MIN (i + 1, n - 1)], k / 12.0);

        p.x += 0.5 * sin (i + k * 0.9), p.y += 0.5 * cos (2 * i + k * 0.7);
        g_array_append_val (points, p);
      }
  draw (board, (SgPoint *)points->data, points->len);
}

#define DRAW_LINES(board, ...)                   \
  draw_lines (board, (SgPoint[]){ __VA_ARGS__ }, \
              sizeof ((SgPoint[]){ __VA_ARGS__ }) / sizeof (SgPoint))

static void
draw_arc (Board *board, SgPoint center, double rx, double ry, double from, double sweep)
{
  SgPoint points[61];

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      double a = from + sweep * i / (G_N_ELEMENTS (points) - 1);
      points[i] = SG_POINT (center.x + rx * cos (a), center.y + ry * sin (a));
    }
  draw (board, points, G_N_ELEMENTS (points));
}

static SgReading *
board_read (Board *board)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = sg_page_builder_end (board->builder);
  g_autoptr (GArray) ink = sg_ink_from_page (page);
  SgReading *reading = sg_reading_new ();

  g_assert_true (sg_marks_find (ink, reading, NULL, &error));
  g_assert_no_error (error);
  return reading;
}

static void
assert_one (Board *board, SgKind kind, guint n_strokes)
{
  g_autoptr (SgReading) reading = board_read (board);
  const SgElement *element = sg_reading_element (reading, 0);

  g_assert_cmpuint (sg_reading_n_elements (reading), ==, 1);
  g_assert_cmpstr (sg_kind_name (element->kind), ==, sg_kind_name (kind));
  g_assert_cmpuint (element->n_strokes, ==, n_strokes);
  g_assert_cmpfloat (element->confidence, >, 0.3);
  g_assert_cmpfloat (element->confidence, <=, 1);
}

static void
draw_zigzag (Board *board, guint turns)
{
  SgPoint corners[64];
  guint n = 0;

  corners[n++] = SG_POINT (-60, 0);
  corners[n++] = SG_POINT (-50, 0);
  for (guint i = 0; i < 2 * turns; i++)
    corners[n++] = SG_POINT (-50 + 100 * (i + 0.5) / (2 * turns), i % 2 ? 12 : -12);
  corners[n++] = SG_POINT (50, 0);
  corners[n++] = SG_POINT (60, 0);
  draw_lines (board, corners, n);
}

static void
draw_coil (Board *board)
{
  SgPoint points[200];

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      double a = 2 * G_PI * 5 * i / (G_N_ELEMENTS (points) - 1);
      points[i] = SG_POINT (-60 + 120.0 * i / 199 + 12 * sin (a), 11 * cos (a));
    }
  draw (board, points, G_N_ELEMENTS (points));
}

/* Every mark is read alike whichever way it is turned and however large it is drawn. */
static void
test_single_strokes (void)
{
  static const double angles[] = { 0, 0.4, 1.3, 2.5, 4.0 }, scales[] = { 0.3, 1, 4 };

  for (guint i = 0; i < G_N_ELEMENTS (angles) * G_N_ELEMENTS (scales); i++)
    {
      double angle = angles[i / G_N_ELEMENTS (scales)], scale = scales[i % G_N_ELEMENTS (scales)];
      Board board = board_new (angle, scale);

      DRAW_LINES (&board, { -50, 0 }, { 50, 5 });
      assert_one (&board, SG_KIND_LINE, 1);
      board = board_new (angle, scale);
      draw_arc (&board, SG_POINT (0, 0), 50, 48, 1, 6.2);
      assert_one (&board, SG_KIND_CIRCLE, 1);
      board = board_new (angle, scale);
      draw_arc (&board, SG_POINT (0, 0), 60, 30, 1, 6.3);
      assert_one (&board, SG_KIND_ELLIPSE, 1);
      board = board_new (angle, scale);
      draw_arc (&board, SG_POINT (0, 0), 50, 50, 1, 2.4);
      assert_one (&board, SG_KIND_ARC, 1);
      board = board_new (angle, scale);
      DRAW_LINES (&board, { -50, -30 }, { 50, -30 }, { 50, 30 }, { -50, 30 }, { -49, -28 });
      assert_one (&board, SG_KIND_RECTANGLE, 1);
      board = board_new (angle, scale);
      DRAW_LINES (&board, { 0, -50 }, { 50, 40 }, { -50, 40 }, { 1, -49 });
      assert_one (&board, SG_KIND_TRIANGLE, 1);
      board = board_new (angle, scale);
      DRAW_LINES (&board, { -50, 40 }, { 0, -40 }, { 50, 40 });
      assert_one (&board, SG_KIND_POLYLINE, 1);
      board = board_new (angle, scale);
      draw_zigzag (&board, 5);
      assert_one (&board, SG_KIND_SPRING, 1);
      board = board_new (angle, scale);
      draw_coil (&board);
      assert_one (&board, SG_KIND_SPRING, 1);
    }
}

static void
test_strokes_of_one_mark (void)
{
  for (double angle = 0; angle < 6; angle += 0.7)
    {
      Board board = board_new (angle, 1);

      DRAW_LINES (&board, { -50, -30 }, { 50, -30 });
      DRAW_LINES (&board, { 50, 30 }, { 51, -29 });
      DRAW_LINES (&board, { 50, 30 }, { -51, 30 });
      DRAW_LINES (&board, { -49, 31 }, { -50, -31 });
      assert_one (&board, SG_KIND_RECTANGLE, 4);
      board = board_new (angle, 1);
      draw_arc (&board, SG_POINT (0, 0), 50, 50, 0, 3.1);
      draw_arc (&board, SG_POINT (0, 0), 50, 50, 6.2, -3.0);
      assert_one (&board, SG_KIND_CIRCLE, 2);
      board = board_new (angle, 1);
      DRAW_LINES (&board, { -20, -20 }, { 20, 20 });
      DRAW_LINES (&board, { -20, 20 }, { 20, -20 });
      assert_one (&board, SG_KIND_CROSS, 2);
      board = board_new (angle, 1);
      DRAW_LINES (&board, { -60, 0 }, { 60, 0 });
      DRAW_LINES (&board, { 46, -9 }, { 60, 0 }, { 46, 9 });
      assert_one (&board, SG_KIND_ARROW, 2);
      board = board_new (angle, 1);
      draw_arc (&board, SG_POINT (0, 0), 40, 40, 0, 4);
      DRAW_LINES (&board, { -42, -27 }, { -26, -30 }, { -31, -15 });
      assert_one (&board, SG_KIND_TURN_ARROW, 2);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vision/marks/single-strokes", test_single_strokes);
  g_test_add_func ("/vision/marks/strokes-of-one-mark", test_strokes_of_one_mark);
  return g_test_run ();
}
