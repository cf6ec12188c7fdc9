/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of the notation, drawn stroke by stroke: each is read however the page is held, and what only
 * looks like it is not. */
#include "tests/vision/pencil.h"
#include "vision/issues.h"

static guint
count_roles (const SgReading *reading, SgRole role)
{
  guint n = 0;

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    n += sg_reading_element (reading, i)->role == role;
  return n;
}

static guint
count_relations (const SgReading *reading, SgRelationKind kind)
{
  guint n = 0;

  for (guint i = 0; i < sg_reading_n_relations (reading); i++)
    n += sg_reading_relation (reading, i)->kind == kind;
  return n;
}

static void
print_reading (const SgReading *reading, guint hold)
{
  g_test_message ("hold %u", hold);
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *element = sg_reading_element (reading, i);
      g_test_message ("  %s is %s", element->id, sg_role_name (element->role));
    }
  for (guint i = 0; i < sg_reading_n_relations (reading); i++)
    {
      const SgRelation *r = sg_reading_relation (reading, i);
      g_test_message ("  %s %d %d via %d", sg_relation_name (r->kind), r->a, r->b, r->via);
    }
}

/* Reads the sketch in every hold and wants so many elements of the role. */
static void
expect_roles (const Pencil *pencil, SgRole role, guint n)
{
  for (guint i = 0; i < G_N_ELEMENTS (pencil_holds); i++)
    {
      g_autoptr (SgReading) reading = pencil_read (pencil, &pencil_holds[i]);

      if (count_roles (reading, role) != n)
        print_reading (reading, i);
      g_assert_cmpuint (count_roles (reading, role), ==, n);
    }
}

static void
expect_relations (const Pencil *pencil, SgRelationKind kind, guint n)
{
  for (guint i = 0; i < G_N_ELEMENTS (pencil_holds); i++)
    {
      g_autoptr (SgReading) reading = pencil_read (pencil, &pencil_holds[i]);

      if (count_relations (reading, kind) != n)
        print_reading (reading, i);
      g_assert_cmpuint (count_relations (reading, kind), ==, n);
    }
}

/* -- Weld -- */

/* A loop whose tails cross. */
static void
draw_alpha (Pencil *pencil, double x, double y, double size)
{
  SgPoint points[31];

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      double t = -1.45 + 2.9 * i / (G_N_ELEMENTS (points) - 1);
      points[i] = SG_POINT (x + 0.45 * size * (t * t - 1), y + 0.75 * size * t * (t * t - 1));
    }
  pencil_path (pencil, points, G_N_ELEMENTS (points));
}

static void
test_alpha_welds (Pencil *pencil, gconstpointer data)
{
  pencil_box (pencil, 340, 300, 90, 60);
  pencil_box (pencil, 432, 300, 90, 60);
  draw_alpha (pencil, 390, 300, 30);
  expect_roles (pencil, SG_ROLE_WELD, 1);
  expect_relations (pencil, SG_RELATION_WELD, 1);
}

static void
test_cross_welds (Pencil *pencil, gconstpointer data)
{
  pencil_box (pencil, 340, 300, 90, 60);
  pencil_box (pencil, 432, 300, 90, 60);
  pencil_cross (pencil, 386, 300, 24);
  expect_roles (pencil, SG_ROLE_WELD, 1);
  expect_relations (pencil, SG_RELATION_WELD, 1);
}

/* On one body, or between two that it does not reach, a loop is no weld. */
static void
test_alpha_alone (Pencil *pencil, gconstpointer data)
{
  pencil_box (pencil, 300, 300, 90, 60);
  pencil_box (pencil, 472, 300, 90, 60);
  draw_alpha (pencil, 390, 300, 30);
  expect_roles (pencil, SG_ROLE_WELD, 0);
}

/* A loop as large as the bodies is a thing of its own. */
static void
test_large_alpha (Pencil *pencil, gconstpointer data)
{
  pencil_box (pencil, 340, 300, 50, 40);
  pencil_box (pencil, 432, 300, 50, 40);
  draw_alpha (pencil, 390, 300, 150);
  expect_roles (pencil, SG_ROLE_WELD, 0);
}

/* -- Damper -- */

static void
test_damper_single_lines (Pencil *pencil, gconstpointer data)
{
  pencil_line (pencil, 400, 150, 400, 220);
  pencil_line (pencil, 384, 290, 384, 220);
  pencil_line (pencil, 384, 220, 416, 220);
  pencil_line (pencil, 416, 220, 416, 290);
  pencil_line (pencil, 389, 255, 411, 255);
  pencil_line (pencil, 400, 360, 400, 255);
  expect_roles (pencil, SG_ROLE_DAMPER, 1);
}

/* A cup without lifting the pen; a T without lifting it either. */
static void
test_damper_two_strokes (Pencil *pencil, gconstpointer data)
{
  PENCIL_PATH (pencil, { 384, 290 }, { 384, 220 }, { 416, 220 }, { 416, 290 });
  PENCIL_PATH (pencil, { 400, 360 }, { 400, 255 }, { 411, 255 }, { 389, 255 });
  expect_roles (pencil, SG_ROLE_DAMPER, 1);
}

/* The piston is a block. */
static void
test_damper_block (Pencil *pencil, gconstpointer data)
{
  pencil_line (pencil, 300, 300, 360, 300);
  PENCIL_PATH (pencil, { 440, 280 }, { 360, 280 }, { 360, 320 }, { 440, 320 });
  pencil_box (pencil, 400, 300, 16, 28);
  pencil_line (pencil, 408, 300, 500, 300);
  expect_roles (pencil, SG_ROLE_DAMPER, 1);
}

static void
test_cup_alone (Pencil *pencil, gconstpointer data)
{
  pencil_line (pencil, 400, 150, 400, 220);
  PENCIL_PATH (pencil, { 384, 290 }, { 384, 220 }, { 416, 220 }, { 416, 290 });
  expect_roles (pencil, SG_ROLE_DAMPER, 0);
}

/* A closed box is no cup, whatever sticks out of it. */
static void
test_box_on_rod (Pencil *pencil, gconstpointer data)
{
  pencil_line (pencil, 370, 270, 430, 270);
  pencil_line (pencil, 430, 270, 430, 330);
  pencil_line (pencil, 430, 330, 370, 330);
  pencil_line (pencil, 370, 330, 370, 270);
  pencil_arrow (pencil, 400, 300, 500, 300);
  pencil_line (pencil, 400, 270, 400, 180);
  expect_roles (pencil, SG_ROLE_DAMPER, 0);
}

/* -- Pins -- */

static void
test_eyes_are_no_pins (Pencil *pencil, gconstpointer data)
{
  pencil_circle (pencil, 400, 300, 52);
  pencil_circle (pencil, 382, 288, 9);
  pencil_circle (pencil, 418, 288, 9);
  expect_roles (pencil, SG_ROLE_PIN, 0);
  expect_relations (pencil, SG_RELATION_HINGE, 0);
}

static void
test_axle_is_a_pin (Pencil *pencil, gconstpointer data)
{
  pencil_circle (pencil, 400, 300, 52);
  pencil_circle (pencil, 400, 300, 6);
  expect_roles (pencil, SG_ROLE_PIN, 1);
  expect_relations (pencil, SG_RELATION_HINGE, 1);
}

/* A dot is scribbled round and round. */
static void
draw_dot (Pencil *pencil, double x, double y, double radius)
{
  SgPoint points[33];

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      double r = radius * (i < 11 ? 1 : i < 22 ? 0.6
                                               : 0.3);
      points[i] = SG_POINT (x + r * cos (0.6 * i), y + r * sin (0.6 * i));
    }
  pencil_path (pencil, points, G_N_ELEMENTS (points));
}

static void
test_dot_pins (Pencil *pencil, gconstpointer data)
{
  pencil_line (pencil, 250, 250, 400, 300);
  draw_dot (pencil, 400, 300, 5);
  pencil_line (pencil, 400, 300, 520, 200);
  expect_roles (pencil, SG_ROLE_PIN, 1);
  expect_relations (pencil, SG_RELATION_HINGE, 1);
}

/* -- Motors -- */

static void
test_large_turn_arrow (Pencil *pencil, gconstpointer data)
{
  pencil_circle (pencil, 400, 300, 60);
  pencil_circle (pencil, 400, 300, 6);
  pencil_arc (pencil, 400, 300, 85, -160, 230);
  PENCIL_PATH (pencil, { 442, 382 }, { 429, 380 }, { 435, 368 });
  expect_roles (pencil, SG_ROLE_MOTOR, 1);
}

/* -- Traces -- */

static void
test_dots_trace (Pencil *pencil, gconstpointer data)
{
  pencil_circle (pencil, 200, 300, 30);
  for (guint i = 0; i < 6; i++)
    draw_dot (pencil, 250 + 35 * i, 290 - 20 * i + 4.0 * i * i, 1.6);
  expect_roles (pencil, SG_ROLE_TRACE, 6);
  expect_relations (pencil, SG_RELATION_ATTACHED, 1);
}

static void
test_dashes_trace (Pencil *pencil, gconstpointer data)
{
  pencil_circle (pencil, 200, 300, 30);
  for (guint i = 0; i < 6; i++)
    pencil_line (pencil, 240 + 40 * i, 300 + 3.0 * i * i, 260 + 40 * i, 303 + 3.0 * i * i + 3 * i);
  expect_roles (pencil, SG_ROLE_BODY, 1);
  expect_relations (pencil, SG_RELATION_ATTACHED, 1);
}

/* Pins in a row on a ceiling are no trace, nor are three dots. */
static void
test_dots_that_trace_nothing (Pencil *pencil, gconstpointer data)
{
  pencil_ground (pencil, 560, 200, 240, 200);
  for (guint i = 0; i < 5; i++)
    {
      draw_dot (pencil, 280 + 60 * i, 200, 4);
      pencil_line (pencil, 280 + 60 * i, 200, 280 + 60 * i, 300);
    }
  for (guint i = 0; i < 3; i++)
    draw_dot (pencil, 350 + 30 * i, 400, 2);
  expect_roles (pencil, SG_ROLE_TRACE, 0);
}

/* -- Sliders -- */

static void
test_block_between_lines (Pencil *pencil, gconstpointer data)
{
  pencil_line (pencil, 200, 260, 600, 260);
  pencil_line (pencil, 200, 320, 600, 320);
  pencil_box (pencil, 350, 290, 80, 56);
  expect_relations (pencil, SG_RELATION_SLIDE, 1);
}

static void
test_block_with_two_arrows (Pencil *pencil, gconstpointer data)
{
  pencil_ground (pencil, 200, 332, 600, 332);
  pencil_box (pencil, 400, 301, 80, 60);
  pencil_arrow (pencil, 406, 250, 440, 250);
  pencil_arrow (pencil, 394, 250, 360, 250);
  expect_relations (pencil, SG_RELATION_SLIDE, 1);
}

/* One shaft with a head at either end. */
static void
test_block_with_double_arrow (Pencil *pencil, gconstpointer data)
{
  pencil_ground (pencil, 200, 332, 600, 332);
  pencil_box (pencil, 400, 301, 80, 60);
  pencil_line (pencil, 360, 250, 440, 250);
  PENCIL_PATH (pencil, { 430, 242 }, { 440, 250 }, { 430, 258 });
  PENCIL_PATH (pencil, { 370, 242 }, { 360, 250 }, { 370, 258 });
  expect_relations (pencil, SG_RELATION_SLIDE, 1);
}

/* One arrow pushes; two that meet push from both sides. */
static void
test_block_that_is_pushed (Pencil *pencil, gconstpointer data)
{
  pencil_ground (pencil, 200, 332, 600, 332);
  pencil_box (pencil, 400, 301, 80, 60);
  pencil_arrow (pencil, 500, 301, 442, 301);
  pencil_arrow (pencil, 300, 301, 358, 301);
  expect_relations (pencil, SG_RELATION_SLIDE, 0);
}

/* Motion dashes behind a pushed block are no second head. */
static void
test_block_that_moves (Pencil *pencil, gconstpointer data)
{
  pencil_ground (pencil, 200, 332, 600, 332);
  pencil_box (pencil, 400, 301, 80, 60);
  pencil_arrow (pencil, 400, 301, 500, 301);
  for (guint i = 0; i < 3; i++)
    pencil_line (pencil, 335, 285 + 16 * i, 353, 285 + 16 * i);
  expect_relations (pencil, SG_RELATION_SLIDE, 0);
}

/* -- Hints -- */

static void
expect_issue (const Pencil *pencil, const char *code)
{
  g_autoptr (SgReading) reading = pencil_read (pencil, &pencil_holds[0]);

  for (guint i = 0; i < reading->issues->len; i++)
    if (g_str_equal (g_array_index (reading->issues, SgIssue, i).code, code))
      return;
  print_reading (reading, 0);
  g_test_message ("no %s", code);
  g_test_fail ();
}

static void
test_hints (Pencil *pencil, gconstpointer data)
{
  pencil_line (pencil, 200, 150, 330, 200);
  expect_issue (pencil, SG_ISSUE_UNATTACHED_ROD);
  pencil_arrow (pencil, 200, 400, 300, 400);
  expect_issue (pencil, SG_ISSUE_UNATTACHED_ARROW);
  pencil_arc (pencil, 600, 200, 30, -160, 230);
  PENCIL_PATH (pencil, { 622, 225 }, { 610, 228 }, { 609, 216 });
  expect_issue (pencil, SG_ISSUE_UNATTACHED_MOTOR);
  pencil_cross (pencil, 600, 400, 24);
  expect_issue (pencil, SG_ISSUE_UNATTACHED_CROSS);
  PENCIL_PATH (pencil, { 300, 500 }, { 310, 490 }, { 320, 510 }, { 330, 490 }, { 340, 510 }, { 350, 490 },
               { 360, 510 }, { 370, 490 }, { 380, 500 });
  expect_issue (pencil, SG_ISSUE_UNATTACHED_SPRING);
  pencil_label (pencil, 700, 550, "k = 20 N/m");
  expect_issue (pencil, SG_ISSUE_UNATTACHED_LABEL);
}

static void
test_hint_at_damper (Pencil *pencil, gconstpointer data)
{
  PENCIL_PATH (pencil, { 384, 290 }, { 384, 220 }, { 416, 220 }, { 416, 290 });
  PENCIL_PATH (pencil, { 400, 360 }, { 400, 255 }, { 411, 255 }, { 389, 255 });
  expect_issue (pencil, SG_ISSUE_UNATTACHED_DAMPER);
}

static void
test_hint_at_loose_end (Pencil *pencil, gconstpointer data)
{
  pencil_box (pencil, 430, 500, 90, 60);
  PENCIL_PATH (pencil, { 300, 500 }, { 310, 490 }, { 320, 510 }, { 330, 490 }, { 340, 510 }, { 350, 490 },
               { 360, 510 }, { 370, 490 }, { 384, 500 });
  expect_issue (pencil, SG_ISSUE_UNATTACHED_END);
}

static void
test_hint_at_trace (Pencil *pencil, gconstpointer data)
{
  for (guint i = 0; i < 6; i++)
    draw_dot (pencil, 250 + 35 * i, 300, 2);
  expect_issue (pencil, SG_ISSUE_UNATTACHED_TRACE);
}

/* -- Tracks -- */

/* A wave is hatched on one side; it is one track, however its bends were read. */
static void
test_hatched_wave (Pencil *pencil, gconstpointer data)
{
  SgPoint points[61];

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    points[i] = SG_POINT (100 + 10 * i, 300 - 120 * cos (3 * G_PI * i / 60));
  pencil_path (pencil, points, G_N_ELEMENTS (points));
  for (guint i = 2; i < 60; i += 5)
    {
      SgPoint u = sg_point_sub (points[i + 1], points[i - 1]);
      double length = sg_point_norm (u);
      pencil_line (pencil, points[i].x, points[i].y, points[i].x + 10 * (-u.y - 0.6 * u.x) / length,
                   points[i].y + 10 * (u.x - 0.6 * u.y) / length);
    }
  expect_roles (pencil, SG_ROLE_BODY, 0);
}

static void
setup (Pencil *pencil, gconstpointer data)
{
  pencil_init (pencil);
}

static void
teardown (Pencil *pencil, gconstpointer data)
{
  pencil_clear (pencil);
}

#define ROW(name, function) \
  g_test_add ("/vision/notation/" name, Pencil, NULL, setup, function, teardown)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ROW ("weld/alpha", test_alpha_welds);
  ROW ("weld/cross", test_cross_welds);
  ROW ("weld/alpha-alone", test_alpha_alone);
  ROW ("weld/large-alpha", test_large_alpha);
  ROW ("damper/single-lines", test_damper_single_lines);
  ROW ("damper/two-strokes", test_damper_two_strokes);
  ROW ("damper/block", test_damper_block);
  ROW ("damper/cup-alone", test_cup_alone);
  ROW ("damper/box-on-rod", test_box_on_rod);
  ROW ("pin/eyes-are-none", test_eyes_are_no_pins);
  ROW ("pin/axle", test_axle_is_a_pin);
  ROW ("pin/dot", test_dot_pins);
  ROW ("motor/large-turn-arrow", test_large_turn_arrow);
  ROW ("trace/dots", test_dots_trace);
  ROW ("trace/dashes", test_dashes_trace);
  ROW ("trace/dots-that-trace-nothing", test_dots_that_trace_nothing);
  ROW ("slider/between-lines", test_block_between_lines);
  ROW ("slider/two-arrows", test_block_with_two_arrows);
  ROW ("slider/double-arrow", test_block_with_double_arrow);
  ROW ("slider/pushed", test_block_that_is_pushed);
  ROW ("slider/moving", test_block_that_moves);
  ROW ("hint/marks", test_hints);
  ROW ("hint/damper", test_hint_at_damper);
  ROW ("hint/loose-end", test_hint_at_loose_end);
  ROW ("hint/trace", test_hint_at_trace);
  ROW ("track/wave", test_hatched_wave);
  return g_test_run ();
}
