/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What there is and how it holds together: bodies, what is fixed, pins, welds. */
#include "tests/vision/notation.h"

/* -- Closed loops -- */

static void
draw_disc (Pencil *pencil)
{
  pencil_circle (pencil, 400, 300, 50);
}

static void
draw_box (Pencil *pencil)
{
  pencil_box (pencil, 400, 300, 120, 70);
}

static void
draw_triangle (Pencil *pencil)
{
  PENCIL_PATH (pencil, { 400, 240 }, { 470, 350 }, { 330, 350 }, { 400, 240 });
}

/* The end gap is just below a tenth. */
static void
draw_gaping_box (Pencil *pencil)
{
  PENCIL_PATH (pencil, { 345, 265 }, { 460, 265 }, { 460, 335 }, { 340, 335 }, { 340, 279 });
}

static void
draw_five_sides (Pencil *pencil)
{
  const SgPoint p[] = { { 340, 260 }, { 400, 260 }, { 460, 260 }, { 460, 340 }, { 340, 340 } };

  for (guint i = 0; i < 5; i++)
    pencil_line (pencil, p[i].x, p[i].y, p[(i + 1) % 5].x, p[(i + 1) % 5].y);
}

static void
draw_blob (Pencil *pencil)
{
  SgPoint points[49];

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      double a = 2 * G_PI * i / 48, r = 60 * (1 + 0.18 * sin (2 * a + 1) + 0.12 * sin (3 * a));
      points[i] = SG_POINT (400 + r * cos (a), 300 + r * sin (a));
    }
  pencil_path (pencil, points, G_N_ELEMENTS (points));
}

static void
draw_horseshoe (Pencil *pencil)
{
  pencil_arc (pencil, 400, 300, 50, 130, 280);
}

/* -- Nested loops -- */

static void
draw_ring (Pencil *pencil)
{
  pencil_circle (pencil, 400, 300, 60);
  pencil_circle (pencil, 400, 300, 36);
}

static void
draw_face (Pencil *pencil)
{
  pencil_circle (pencil, 400, 300, 52);
  pencil_circle (pencil, 382, 288, 9);
  pencil_circle (pencil, 418, 288, 9);
}

static void
draw_neighbours (Pencil *pencil)
{
  pencil_circle (pencil, 350, 300, 40);
  pencil_circle (pencil, 450, 300, 40);
}

/* -- Rods -- */

static void
draw_rod (Pencil *pencil)
{
  pencil_line (pencil, 340, 280, 460, 320);
}

static void
draw_welded_rods (Pencil *pencil)
{
  pencil_line (pencil, 330, 200, 330, 330);
  pencil_line (pencil, 332, 330, 470, 330);
}

static void
draw_parted_rods (Pencil *pencil)
{
  pencil_line (pencil, 330, 200, 330, 330);
  pencil_line (pencil, 375, 330, 490, 330);
}

/* -- What is fixed -- */

static void
draw_ground (Pencil *pencil)
{
  pencil_ground (pencil, 150, 400, 650, 400);
  pencil_circle (pencil, 400, 300, 30);
}

static void
draw_long_line (Pencil *pencil)
{
  pencil_line (pencil, 90, 400, 710, 400);
  pencil_circle (pencil, 400, 300, 30);
}

static void
draw_ramp (Pencil *pencil)
{
  pencil_ground (pencil, 150, 250, 550, 450);
  pencil_circle (pencil, 250, 250, 24);
}

static void
draw_three_ticks (Pencil *pencil)
{
  pencil_line (pencil, 350, 280, 450, 320);
  pencil_hatch (pencil, 350, 280, 450, 320, 3);
}

static void
draw_crossed_line (Pencil *pencil)
{
  pencil_line (pencil, 250, 400, 550, 400);
  pencil_cross (pencil, 400, 400, 24);
  pencil_circle (pencil, 350, 300, 26);
}

static void
draw_crossed_box (Pencil *pencil)
{
  pencil_box (pencil, 400, 350, 160, 70);
  pencil_cross (pencil, 400, 350, 24);
  pencil_box (pencil, 400, 250, 60, 60);
}

/* The X lies beside the box. */
static void
draw_cross_beside_box (Pencil *pencil)
{
  pencil_box (pencil, 400, 350, 160, 70);
  pencil_cross (pencil, 550, 350, 24);
}

static void
draw_wave_track (Pencil *pencil)
{
  SgPoint points[61];

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    points[i] = SG_POINT (100 + 10 * i, 300 - 120 * cos (3 * G_PI * i / 60));
  pencil_track (pencil, points, G_N_ELEMENTS (points), 5);
}

static void
draw_bowl (Pencil *pencil)
{
  SgPoint points[41];

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      double a = (170 - 160.0 * i / 40) * G_PI / 180;
      points[i] = SG_POINT (400 + 200 * cos (a), 220 + 200 * sin (a));
    }
  pencil_track (pencil, points + 0, G_N_ELEMENTS (points), 4);
  pencil_circle (pencil, 400, 300, 24);
}

/* A support: the triangle under a plank. */
static void
draw_see_saw (Pencil *pencil)
{
  pencil_ground (pencil, 150, 400, 650, 400);
  PENCIL_PATH (pencil, { 400, 320 }, { 440, 399 }, { 360, 399 }, { 400, 320 });
  pencil_box (pencil, 400, 313, 320, 12);
}

static void
draw_triangle_beside_plank (Pencil *pencil)
{
  pencil_ground (pencil, 150, 400, 650, 400);
  PENCIL_PATH (pencil, { 540, 320 }, { 580, 399 }, { 500, 399 }, { 540, 320 });
  pencil_box (pencil, 340, 300, 200, 12);
}

/* -- Pins -- */

static void
draw_pendulum (Pencil *pencil)
{
  pencil_ceiling (pencil, 320, 480, 150);
  pencil_pin (pencil, 400, 150);
  pencil_line (pencil, 400, 150, 320, 330);
  pencil_circle (pencil, 312, 350, 22);
}

static void
draw_two_links (Pencil *pencil)
{
  pencil_line (pencil, 250, 250, 400, 300);
  pencil_pin (pencil, 400, 300);
  pencil_line (pencil, 400, 300, 520, 200);
}

static void
draw_dot_pin (Pencil *pencil)
{
  pencil_line (pencil, 250, 250, 400, 300);
  pencil_dot (pencil, 400, 300, 5);
  pencil_line (pencil, 400, 300, 520, 200);
}

static void
draw_overlapping_boxes (Pencil *pencil)
{
  pencil_box (pencil, 360, 300, 120, 50);
  pencil_box (pencil, 450, 300, 100, 40);
  pencil_pin (pencil, 410, 300);
}

static void
draw_axle (Pencil *pencil)
{
  pencil_circle (pencil, 400, 300, 52);
  pencil_pin (pencil, 400, 300);
}

/* Rods that cross are no X. */
static void
draw_scissors (Pencil *pencil)
{
  pencil_line (pencil, 300, 200, 520, 390);
  pencil_line (pencil, 310, 400, 500, 210);
  pencil_dot (pencil, 408, 298, 5);
}

/* Rods end to end on pins are no dashes of one line. */
static void
draw_level_chain (Pencil *pencil)
{
  pencil_ground (pencil, 100, 300, 260, 300);
  pencil_ground (pencil, 540, 300, 700, 300);
  for (guint i = 0; i < 4; i++)
    pencil_line (pencil, 260 + 70 * i, 300, 330 + 70 * i, 300);
  for (guint i = 0; i < 5; i++)
    pencil_pin (pencil, 260 + 70 * i, 300);
}

/* A bob is no pin, however near the rod's end. */
static void
draw_bob (Pencil *pencil)
{
  pencil_line (pencil, 400, 200, 400, 320);
  pencil_circle (pencil, 400, 345, 25);
}

/* Pins in a row on a ceiling are no trace, nor are three dots. */
static void
draw_row_of_pins (Pencil *pencil)
{
  pencil_ceiling (pencil, 240, 560, 200);
  for (guint i = 0; i < 5; i++)
    {
      pencil_dot (pencil, 280 + 60 * i, 200, 4);
      pencil_line (pencil, 280 + 60 * i, 200, 280 + 60 * i, 300);
    }
  for (guint i = 0; i < 3; i++)
    pencil_dot (pencil, 350 + 30 * i, 400, 2);
}

/* -- Welds -- */

static void
draw_pair (Pencil *pencil, double width, double height, double apart)
{
  pencil_box (pencil, 390 - apart / 2, 300, width, height);
  pencil_box (pencil, 390 + apart / 2, 300, width, height);
}

static void
draw_alpha_weld (Pencil *pencil)
{
  draw_pair (pencil, 90, 60, 92);
  pencil_alpha (pencil, 394, 300, 30);
}

static void
draw_cross_weld (Pencil *pencil)
{
  draw_pair (pencil, 90, 60, 92);
  pencil_cross (pencil, 390, 300, 24);
}

/* Between two bodies that it does not reach, a loop is no weld. */
static void
draw_alpha_alone (Pencil *pencil)
{
  draw_pair (pencil, 90, 60, 172);
  pencil_alpha (pencil, 394, 300, 30);
}

/* A loop as large as the bodies is a thing of its own. */
static void
draw_large_alpha (Pencil *pencil)
{
  draw_pair (pencil, 50, 40, 92);
  pencil_alpha (pencil, 394, 300, 150);
}

const NotationRow notation_things[] = {
  { "loop/circle", draw_disc, "1 body", "", "1 free" },
  { "loop/box", draw_box, "1 body", "", "1 free" },
  { "loop/triangle", draw_triangle, "1 body", "", "1 free" },
  { "loop/gap", draw_gaping_box, "1 body", "", "1 free" },
  { "loop/five-strokes", draw_five_sides, "1 body", "", "1 free" },
  { "loop/blob", draw_blob, "1 body", "", "1 free" },
  { "loop/not/horseshoe", draw_horseshoe, "1 body", "", "1 free" },
  { "nested/ring", draw_ring, "1 body, 1 decoration", "1 weld", "1 free" },
  { "nested/face", draw_face, "1 body, 2 decoration", "2 weld", "1 free" },
  { "nested/not/neighbours", draw_neighbours, "2 body", "", "2 free" },
  { "rod/alone", draw_rod, "1 body", "", "1 free" },
  { "rod/ends-meet", draw_welded_rods, "2 body", "1 weld", "1 free" },
  { "rod/not/ends-apart", draw_parted_rods, "2 body", "", "2 free" },
  { "fixed/ground", draw_ground, "1 body, 2 fixed", "1 anchored", "1 free" },
  { "fixed/long-line", draw_long_line, "1 body, 1 fixed", "1 anchored", "1 free", .upright = TRUE },
  { "fixed/ramp", draw_ramp, "1 body, 2 fixed", "1 anchored", "1 free" },
  { "fixed/not/three-ticks", draw_three_ticks, "4 body", "3 weld", "1 free" },
  { "fixed/crossed-line", draw_crossed_line, "1 body, 2 fixed", "1 anchored", "1 free" },
  { "fixed/crossed-box", draw_crossed_box, "1 body, 2 fixed", "1 anchored", "1 free" },
  { "fixed/not/cross-beside", draw_cross_beside_box, "1 body, 1 fixed", "", "1 free" },
  { "fixed/support", draw_see_saw, "1 body, 3 fixed", "1 hinge, 2 anchored", "1 hinge", .upright = TRUE },
  { "fixed/not/triangle-beside", draw_triangle_beside_plank, "2 body, 2 fixed", "1 anchored", "2 free" },
  { "track/wave", draw_wave_track, "1 fixed, 12 decoration", "1 anchored", "" },
  { "track/bowl", draw_bowl, "1 body, 1 fixed, 10 decoration", "1 anchored", "1 free" },
  { "pin/world", draw_pendulum, "2 body, 2 fixed, 1 pin", "1 hinge, 1 weld, 1 anchored", "1 hinge" },
  { "pin/two-rods", draw_two_links, "2 body, 1 pin", "1 hinge", "1 free, 1 hinge" },
  { "pin/dot", draw_dot_pin, "2 body, 1 pin", "1 hinge", "1 free, 1 hinge" },
  { "pin/dots-on-ceiling", draw_row_of_pins, "5 body, 2 fixed, 5 pin, 3 decoration", "5 hinge, 1 anchored",
    "5 hinge" },
  { "pin/scissors", draw_scissors, "2 body, 1 pin", "1 hinge", "1 free, 1 hinge" },
  { "pin/level-chain", draw_level_chain, "4 body, 4 fixed, 5 pin", "5 hinge, 2 anchored", "4 hinge" },
  { "pin/overlap", draw_overlapping_boxes, "2 body, 1 pin", "1 hinge", "1 free, 1 hinge" },
  { "pin/axle", draw_axle, "1 body, 1 pin", "1 hinge", "1 hinge" },
  { "pin/not/bob", draw_bob, "2 body", "1 weld", "1 free" },
  { "weld/alpha", draw_alpha_weld, "2 body, 1 weld", "1 weld", "1 free" },
  { "weld/cross", draw_cross_weld, "2 body, 1 weld", "1 weld", "1 free" },
  { "weld/not/alpha-alone", draw_alpha_alone, "no weld", "no weld", "no hinge" },
  { "weld/not/large-alpha", draw_large_alpha, "no weld", "no weld", "no hinge" },
  { NULL }
};
