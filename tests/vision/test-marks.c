/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/vision/board.h"

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

/* A spring reaches as far as its ink: what it holds on to is found from its ends. */
static void
test_spring_ends_with_its_ink (void)
{
  for (double scale = 0.5; scale < 3; scale *= 2)
    {
      Board board = board_new (0, scale);

      draw_zigzag (&board, 5);
      g_autoptr (SgReading) reading = board_read (&board);
      const SgGeometry *spring = &sg_reading_element (reading, 0)->geometry;
      g_assert_cmpfloat_with_epsilon (spring->from.x, 500 - 60 * scale, 2 * scale);
      g_assert_cmpfloat_with_epsilon (spring->to.x, 500 + 60 * scale, 2 * scale);
      g_assert_cmpfloat_with_epsilon (spring->from.y, 400, 2 * scale);
    }
}

/* One wave is a spring where wires lead to it, and a mere line with corners where none do; a brace goes to
 * and fro too, but unevenly. */
static void
test_spring_by_its_leads (void)
{
  Board board = board_new (0.4, 1);
  DRAW_LINES (&board, { -60, 0 }, { -35, 0 }, { -20, -35 }, { 20, 35 }, { 35, 0 }, { 60, 0 });
  assert_one (&board, SG_KIND_SPRING, 1);

  board = board_new (0.4, 1);
  DRAW_LINES (&board, { -35, 35 }, { -20, -35 }, { 20, 35 }, { 35, -35 });
  assert_one (&board, SG_KIND_POLYLINE, 1);

  board = board_new (0, 1);
  DRAW_LINES (&board, { 20, -60 }, { 0, -55 }, { 0, -12 }, { 6, -4 }, { -14, 0 }, { 6, 4 }, { 0, 12 },
              { 0, 55 }, { 20, 60 });
  g_autoptr (SgReading) reading = board_read (&board);
  g_assert_cmpint (sg_reading_element (reading, 0)->kind, !=, SG_KIND_SPRING);
}

/* Its last run goes past the wire, so that a line from end to end is not its axis. */
static void
test_spring_that_ends_off_its_axis (void)
{
  for (double angle = 0; angle < 6; angle += 0.7)
    {
      Board board = board_new (angle, 1);

      DRAW_LINES (&board, { -65, 15 }, { -45, 15 }, { -25, -50 }, { 0, 50 }, { 30, -50 }, { 45, 50 });
      assert_one (&board, SG_KIND_SPRING, 1);
    }
}

/* A small triangle at a line's end is an arrow's head, a larger one a body that the line leads to. */
static void
test_closed_head (void)
{
  Board board = board_new (0.3, 1);

  DRAW_LINES (&board, { -100, 0 }, { 0, 0 });
  DRAW_LINES (&board, { 0, -12 }, { 0, 12 }, { 24, 0 }, { 0, -12 });
  assert_one (&board, SG_KIND_ARROW, 2);

  board = board_new (0.3, 1);
  DRAW_LINES (&board, { -100, 0 }, { 0, 0 });
  DRAW_LINES (&board, { 0, -20 }, { 0, 20 }, { 37, 0 }, { 0, -20 });
  g_autoptr (SgReading) reading = board_read (&board);
  g_assert_cmpuint (sg_reading_n_elements (reading), ==, 2);
  g_assert_cmpint (sg_reading_element (reading, 1)->kind, ==, SG_KIND_TRIANGLE);
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

/* What only resembles a mark is not read as one with confidence. */
static void
test_near_misses (void)
{
  Board board = board_new (0.3, 1);
  g_autoptr (SgReading) star = NULL, letter = NULL;

  DRAW_LINES (&board, { -29, 40 }, { 0, -50 }, { 29, 40 }, { -47, -15 }, { 47, -15 }, { -28, 38 });
  star = board_read (&board);
  g_assert_cmpuint (sg_reading_n_elements (star), ==, 1);
  g_assert_cmpint (sg_reading_element (star, 0)->kind, ==, SG_KIND_UNKNOWN);

  board = board_new (0.3, 1);
  DRAW_LINES (&board, { 0, -50 }, { 0, 50 });
  DRAW_LINES (&board, { -40, -50 }, { 40, -50 });
  letter = board_read (&board);
  g_assert_cmpuint (sg_reading_n_elements (letter), ==, 2);
}

static guint
count_kind (const SgReading *reading, SgKind kind)
{
  guint count = 0;

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    count += sg_reading_element (reading, i)->kind == kind;
  return count;
}

/* A rod whose ends lie in a pin and in a bob and that touches a hatched ceiling stays a line of its own. */
static void
test_pendulum_keeps_its_parts (void)
{
  Board board = board_new (0, 1);

  DRAW_LINES (&board, { -80, 0 }, { 80, 1 });
  for (int i = 0; i < 6; i++)
    DRAW_LINES (&board, { -66 + 26 * i, 0 }, { -58 + 26 * i, -10 });
  draw_arc (&board, SG_POINT (0, 0), 6, 6, 2, 6.2);
  DRAW_LINES (&board, { 0, 0 }, { -100, 200 });
  draw_arc (&board, SG_POINT (-110, 219), 22, 21, 0, 6.4);
  g_autoptr (SgReading) reading = board_read (&board);
  g_assert_cmpuint (sg_reading_n_elements (reading), ==, 5);
  g_assert_cmpuint (count_kind (reading, SG_KIND_LINE), ==, 2);
  g_assert_cmpuint (count_kind (reading, SG_KIND_CIRCLE), ==, 2);
  g_assert_cmpuint (count_kind (reading, SG_KIND_HATCHING), ==, 1);
}

/* Boxes of four strokes each that stand on each other and on the ground; balls that touch. */
static void
test_touching_marks_stay_apart (void)
{
  Board board = board_new (0, 1);

  DRAW_LINES (&board, { -200, 0 }, { 200, 0 });
  for (int i = 0; i < 3; i++)
    {
      double top = -62 - 62 * i, bottom = -2 - 62 * i;

      DRAW_LINES (&board, { -30, top }, { 30, top });
      DRAW_LINES (&board, { 30, top }, { 30, bottom });
      DRAW_LINES (&board, { 31, bottom }, { -30, bottom });
      DRAW_LINES (&board, { -30, bottom }, { -30, top });
    }
  for (int i = 0; i < 5; i++)
    draw_arc (&board, SG_POINT (60 + 30 * i, -15), 15, 15, i, 6.3);
  g_autoptr (SgReading) reading = board_read (&board);
  g_assert_cmpuint (count_kind (reading, SG_KIND_RECTANGLE), ==, 3);
  g_assert_cmpuint (count_kind (reading, SG_KIND_CIRCLE), ==, 5);
  g_assert_cmpuint (count_kind (reading, SG_KIND_LINE), ==, 1);
}

static void
draw_at_random (Board *board, GRand *rand, guint n_strokes, guint n_points)
{
  g_autofree SgPoint *points = g_new (SgPoint, n_points);

  for (guint i = 0; i < n_strokes; i++)
    {
      for (guint k = 0; k < n_points; k++)
        points[k] = SG_POINT (g_rand_double_range (rand, -300, 300), g_rand_double_range (rand, -300, 300));
      draw (board, points, n_points);
    }
}

/* A small triangle at the end of a line is the head of an arrow, a large one is held by the line. */
static void
test_large_triangle_is_no_head (void)
{
  for (double size = 12; size <= 60; size += 48)
    {
      Board board = board_new (0.4, 1);

      DRAW_LINES (&board, { -80, 0 }, { 0, 0 });
      DRAW_LINES (&board, { 0, -size / 2 }, { size, 0 }, { 0, size / 2 }, { 0, -size / 2 });
      g_autoptr (SgReading) reading = board_read (&board);
      g_assert_cmpuint (count_kind (reading, SG_KIND_ARROW), ==, size < 30 ? 1 : 0);
      g_assert_cmpuint (count_kind (reading, SG_KIND_TRIANGLE), ==, size < 30 ? 0 : 1);
    }
}

/* What lies at the end of a line and has no two barbs is no head: a piece of the same ground beyond a wheel,
 * a box and a piece of ground. */
static void
test_ground_is_no_head (void)
{
  for (int with_box = 0; with_box < 2; with_box++)
    {
      Board board = board_new (0, 1);

      DRAW_LINES (&board, { 598, 0 }, { 0, 2.6 });
      DRAW_LINES (&board, { -102, 1 }, { -47, -0.8 }, { -1.4, 2 }, { -4.6, 9.5 });
      if (with_box)
        DRAW_LINES (&board, { -46, -80 }, { 150, -82 }, { 152, -26 }, { -46, -26 }, { -46, -70 });
      g_autoptr (SgReading) reading = board_read (&board);
      g_assert_cmpuint (count_kind (reading, SG_KIND_ARROW), ==, 0);
    }
}

/* Every stroke is in exactly one element, and every number is finite. */
static void
assert_complete (Board *board, guint n_strokes)
{
  g_autoptr (SgReading) reading = board_read (board);
  g_autofree guint *seen = g_new0 (guint, n_strokes);

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *e = sg_reading_element (reading, i);

      for (guint k = 0; k < e->n_strokes; k++)
        seen[e->strokes[k]]++;
      g_assert_true (isfinite (e->confidence + e->line_width + e->geometry.radius + e->geometry.width +
                               e->geometry.from.x + e->geometry.to.y + e->geometry.angle));
    }
  for (guint i = 0; i < n_strokes; i++)
    g_assert_cmpuint (seen[i], ==, 1);
}

static void
test_hostile_ink (void)
{
  static const struct
  {
    guint n_strokes, n_points;
  } scribbles[] = { { 1, 50000 }, { 300, 2 }, { 100, 3 }, { 400, 1 } };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  Board board = board_new (0, 1);
  SgPoint spot[50] = { 0 };

  for (guint i = 0; i < 200; i++)
    draw (&board, spot, 1 + i % G_N_ELEMENTS (spot));
  assert_complete (&board, 200);
  for (guint i = 0; i < G_N_ELEMENTS (scribbles); i++)
    {
      board = board_new (0, 1);
      draw_at_random (&board, rand, scribbles[i].n_strokes, scribbles[i].n_points);
      assert_complete (&board, scribbles[i].n_strokes);
    }
  board = board_new (0, 1e4);
  draw_at_random (&board, rand, 20, 4);
  assert_complete (&board, 20);
  board = board_new (0, 1e-9);
  draw_at_random (&board, rand, 20, 4);
  assert_complete (&board, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vision/marks/single-strokes", test_single_strokes);
  g_test_add_func ("/vision/marks/spring-leads", test_spring_by_its_leads);
  g_test_add_func ("/vision/marks/spring-ends-off-its-axis", test_spring_that_ends_off_its_axis);
  g_test_add_func ("/vision/marks/closed-head", test_closed_head);
  g_test_add_func ("/vision/marks/spring-ends", test_spring_ends_with_its_ink);
  g_test_add_func ("/vision/marks/strokes-of-one-mark", test_strokes_of_one_mark);
  g_test_add_func ("/vision/marks/near-misses", test_near_misses);
  g_test_add_func ("/vision/marks/pendulum", test_pendulum_keeps_its_parts);
  g_test_add_func ("/vision/marks/touching", test_touching_marks_stay_apart);
  g_test_add_func ("/vision/marks/large-triangle", test_large_triangle_is_no_head);
  g_test_add_func ("/vision/marks/ground-is-no-head", test_ground_is_no_head);
  g_test_add_func ("/vision/marks/hostile", test_hostile_ink);
  return g_test_run ();
}
