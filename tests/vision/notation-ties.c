/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What ties bodies to each other: springs, dampers, ropes. */
#include "tests/vision/notation.h"

/* -- Springs -- */

static void
draw_hung_box (Pencil *pencil, gboolean coil)
{
  pencil_ceiling (pencil, 340, 460, 150);
  pencil_spring (pencil, SG_POINT (400, 150), SG_POINT (400, 300), coil);
  pencil_box (pencil, 400, 335, 80, 70);
}

static void
draw_zigzag (Pencil *pencil)
{
  draw_hung_box (pencil, FALSE);
}

static void
draw_coil (Pencil *pencil)
{
  draw_hung_box (pencil, TRUE);
}

/* Its straight ends are lines of their own. */
static void
draw_spring_with_leads (Pencil *pencil)
{
  pencil_ceiling (pencil, 340, 460, 150);
  pencil_line (pencil, 400, 150, 400, 185);
  pencil_spring (pencil, SG_POINT (400, 185), SG_POINT (400, 305), TRUE);
  pencil_line (pencil, 400, 305, 400, 340);
  pencil_box (pencil, 400, 375, 80, 70);
}

/* The pen was lifted halfway. */
static void
draw_spring_in_halves (Pencil *pencil)
{
  pencil_ceiling (pencil, 340, 460, 150);
  PENCIL_PATH (pencil, { 400, 150 }, { 400, 158 }, { 410, 166 }, { 390, 180 }, { 410, 194 }, { 390, 208 },
               { 410, 222 }, { 400, 229 });
  PENCIL_PATH (pencil, { 400, 231 }, { 390, 236 }, { 410, 250 }, { 390, 264 }, { 410, 278 }, { 390, 290 },
               { 400, 295 }, { 400, 302 });
  pencil_box (pencil, 400, 335, 80, 70);
}

/* Two springs are pinned to each other, and the pin to the page. */
static void
draw_two_springs (Pencil *pencil)
{
  pencil_ceiling (pencil, 340, 460, 120);
  pencil_spring (pencil, SG_POINT (400, 120), SG_POINT (400, 240), FALSE);
  pencil_pin (pencil, 400, 240);
  pencil_spring (pencil, SG_POINT (400, 240), SG_POINT (400, 360), FALSE);
  pencil_box (pencil, 400, 395, 80, 70);
}

/* A rod that hangs from a spring is one, for it ends in the air. */
static void
draw_rod_on_spring (Pencil *pencil)
{
  pencil_ceiling (pencil, 340, 460, 150);
  pencil_spring (pencil, SG_POINT (400, 150), SG_POINT (400, 300), FALSE);
  pencil_line (pencil, 400, 300, 400, 360);
}

static void
draw_spring_between (Pencil *pencil)
{
  pencil_box (pencil, 280, 300, 80, 60);
  pencil_spring (pencil, SG_POINT (320, 300), SG_POINT (480, 300), FALSE);
  pencil_box (pencil, 520, 300, 80, 60);
}

/* Two flat ones: alone each would be a crooked line, and the floor no part of them. */
static void
draw_flat_springs (Pencil *pencil)
{
  pencil_ground (pencil, 100, 420, 700, 420);
  for (int side = -1; side <= 1; side += 2)
    {
      double wall = 400 + 300 * side, box = 400 + 34 * side;

      pencil_line (pencil, wall, 260, wall, 420);
      pencil_hatch (pencil, wall, side > 0 ? 420 : 260, wall, side > 0 ? 260 : 420, 8);
      PENCIL_PATH (pencil, { box, 385 }, { box + 8 * side, 385 }, { box + 19 * side, 394 },
                   { box + 42 * side, 376 }, { box + 65 * side, 394 }, { box + 88 * side, 376 },
                   { box + 111 * side, 394 }, { box + 134 * side, 376 }, { box + 157 * side, 394 },
                   { box + 180 * side, 376 }, { box + 203 * side, 394 }, { box + 226 * side, 376 },
                   { box + 247 * side, 385 }, { wall, 385 });
    }
  pencil_box (pencil, 400, 386, 68, 66);
}

/* One alternation is a bent rod. */
static void
draw_bent_rod (Pencil *pencil)
{
  PENCIL_PATH (pencil, { 300, 300 }, { 370, 250 }, { 430, 350 }, { 500, 300 });
}

/* -- Dampers -- */

static void
draw_single_line_damper (Pencil *pencil)
{
  pencil_ceiling (pencil, 340, 460, 150);
  pencil_line (pencil, 400, 150, 400, 220);
  pencil_line (pencil, 384, 290, 384, 220);
  pencil_line (pencil, 384, 220, 416, 220);
  pencil_line (pencil, 416, 220, 416, 290);
  pencil_line (pencil, 389, 255, 411, 255);
  pencil_line (pencil, 400, 360, 400, 255);
  pencil_box (pencil, 400, 392, 80, 62);
}

/* A cup without lifting the pen; a T without lifting it either. */
static void
draw_two_stroke_damper (Pencil *pencil)
{
  PENCIL_PATH (pencil, { 384, 290 }, { 384, 220 }, { 416, 220 }, { 416, 290 });
  PENCIL_PATH (pencil, { 400, 360 }, { 400, 255 }, { 411, 255 }, { 389, 255 });
}

/* The piston is a block. */
static void
draw_block_damper (Pencil *pencil)
{
  pencil_line (pencil, 300, 300, 360, 300);
  PENCIL_PATH (pencil, { 440, 280 }, { 360, 280 }, { 360, 320 }, { 440, 320 });
  pencil_box (pencil, 400, 300, 16, 28);
  pencil_line (pencil, 408, 300, 500, 300);
}

static void
draw_cup (Pencil *pencil)
{
  pencil_line (pencil, 400, 150, 400, 220);
  PENCIL_PATH (pencil, { 384, 290 }, { 384, 220 }, { 416, 220 }, { 416, 290 });
}

/* A closed box is no cup, whatever sticks out of it. */
static void
draw_box_on_rod (Pencil *pencil)
{
  pencil_line (pencil, 370, 270, 430, 270);
  pencil_line (pencil, 430, 270, 430, 330);
  pencil_line (pencil, 430, 330, 370, 330);
  pencil_line (pencil, 370, 330, 370, 270);
  pencil_arrow (pencil, 400, 300, 500, 300);
  pencil_line (pencil, 400, 270, 400, 180);
}

/* -- Ropes -- */

static void
draw_slack (Pencil *pencil, SgPoint from, SgPoint to)
{
  SgPoint points[25];

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      double t = i / 24.0;
      SgPoint p = sg_point_lerp (from, to, t);
      points[i] = SG_POINT (p.x, p.y + 280 * t * (1 - t));
    }
  pencil_path (pencil, points, G_N_ELEMENTS (points));
}

static void
draw_slack_rope (Pencil *pencil)
{
  pencil_ceiling (pencil, 320, 480, 150);
  draw_slack (pencil, SG_POINT (400, 150), SG_POINT (520, 230));
  pencil_circle (pencil, 540, 240, 23);
}

static void
draw_rope_between (Pencil *pencil)
{
  pencil_box (pencil, 280, 270, 80, 60);
  draw_slack (pencil, SG_POINT (320, 270), SG_POINT (480, 270));
  pencil_box (pencil, 520, 270, 80, 60);
}

static void
draw_said_rope (Pencil *pencil)
{
  pencil_ceiling (pencil, 320, 480, 150);
  pencil_line (pencil, 400, 150, 400, 280);
  pencil_circle (pencil, 400, 304, 24);
  pencil_label (pencil, 430, 270, "rope");
}

/* Tied to the ball with a loop. */
static void
draw_looped_rope (Pencil *pencil)
{
  SgPoint points[36] = { { 400, 150 } };

  for (guint i = 0; i < 34; i++)
    {
      double a = -G_PI / 2 + 2 * G_PI * i / 32;
      points[i + 1] = SG_POINT (400 + 9 * cos (a), 289 + 9 * sin (a));
    }
  points[35] = SG_POINT (408, 284);
  pencil_ceiling (pencil, 320, 480, 150);
  pencil_path (pencil, points, G_N_ELEMENTS (points));
  pencil_circle (pencil, 400, 322, 26);
}

/* Between a pin and a bob a straight line is a rod. */
static void
draw_hanging_rod (Pencil *pencil)
{
  pencil_ceiling (pencil, 320, 480, 150);
  pencil_line (pencil, 400, 150, 400, 280);
  pencil_circle (pencil, 400, 304, 24);
  pencil_label (pencil, 430, 270, "rod");
}

static void
draw_pulley (Pencil *pencil)
{
  SgPoint rope[19] = { { 360, 420 } };

  pencil_ceiling (pencil, 330, 470, 120);
  pencil_line (pencil, 400, 120, 400, 200);
  pencil_circle (pencil, 400, 200, 40);
  pencil_pin (pencil, 400, 200);
  for (guint i = 0; i < 17; i++)
    rope[i + 1] = SG_POINT (400 - 40 * cos (i * G_PI / 16), 200 - 40 * sin (i * G_PI / 16));
  rope[18] = SG_POINT (440, 340);
  pencil_path (pencil, rope, G_N_ELEMENTS (rope));
  pencil_box (pencil, 360, 446, 50, 50);
  pencil_box (pencil, 440, 366, 50, 50);
}

const NotationRow notation_ties[] = {
  { "spring/zigzag", draw_zigzag, "1 body, 2 fixed, 1 spring", "2 attached, 1 anchored",
    "1 free, 1 spring" },
  { "spring/coil", draw_coil, "1 body, 2 fixed, 1 spring", "2 attached, 1 anchored", "1 free, 1 spring",
    .unlifting = TRUE },
  { "spring/leads", draw_spring_with_leads, "1 body, 2 fixed, 1 spring, 2 decoration",
    "2 weld, 2 attached, 1 anchored", "1 free, 1 spring", .unlifting = TRUE },
  { "spring/halves", draw_spring_in_halves, "1 body, 2 fixed, 1 spring", "2 attached, 1 anchored",
    "1 free, 1 spring", .unlifting = TRUE },
  { "spring/not/halves", draw_two_springs, "1 body, 2 fixed, 1 pin, 2 spring", "4 attached, 1 anchored",
    "1 free, 1 spring" },
  { "spring/not/lead", draw_rod_on_spring, "1 body, 2 fixed, 1 spring", "2 attached, 1 anchored",
    "1 free, 1 spring" },
  { "spring/two-bodies", draw_spring_between, "2 body, 1 spring", "2 attached", "2 free, 1 spring" },
  { "spring/flat", draw_flat_springs, "1 body, 6 fixed, 2 spring", "4 attached, 3 anchored",
    "1 free, 2 spring" },
  { "spring/not/bent-rod", draw_bent_rod, "1 body", "", "1 free", .unlifting = TRUE },
  { "damper/single-lines", draw_single_line_damper, "1 body, 2 fixed, 1 damper", "2 attached, 1 anchored",
    "1 free, 1 damper" },
  { "damper/two-strokes", draw_two_stroke_damper, "1 damper", "2 attached", "" },
  { "damper/block", draw_block_damper, "1 damper", "2 attached", "" },
  { "damper/not/cup", draw_cup, "2 body", "1 weld", "1 free", .unlifting = TRUE },
  { "damper/not/box-on-rod", draw_box_on_rod, "2 body, 1 force", "1 weld, 1 attached", "1 free, 1 force" },
  { "rope/slack", draw_slack_rope, "1 body, 2 fixed, 1 rope", "2 attached, 1 anchored", "1 free, 1 rope" },
  { "rope/two-bodies", draw_rope_between, "2 body, 1 rope", "2 attached", "2 free, 1 rope" },
  { "rope/said", draw_said_rope, "1 body, 2 fixed, 1 rope", "2 attached, 1 anchored", "1 free, 1 rope" },
  { "rope/loop-end", draw_looped_rope, "1 body, 2 fixed, 1 rope", "2 attached, 1 anchored",
    "1 free, 1 rope", .upright = TRUE, .unlifting = TRUE },
  { "rope/not/rod", draw_hanging_rod, "2 body, 2 fixed", "1 hinge, 1 weld, 1 anchored", "1 hinge",
    .upright = TRUE },
  { "rope/pulley", draw_pulley, "3 body, 3 fixed, 1 pin, 1 rope",
    "1 hinge, 2 attached, 1 around, 2 anchored", "2 free, 1 hinge, 1 rope" },
  { NULL }
};
