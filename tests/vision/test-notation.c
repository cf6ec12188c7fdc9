/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of the notation, drawn stroke by stroke: each is read however the page is held, and what only
 * looks like it is not. */
#include "tests/vision/pencil.h"

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
  ROW ("track/wave", test_hatched_wave);
  return g_test_run ();
}
