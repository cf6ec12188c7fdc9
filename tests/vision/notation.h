/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of the notation: for each what is drawn, how it must be read and what it must do, and beside it
 * the near misses that only look like it. The sketches are about (400, 300), y down. */
#pragma once

#include "tests/vision/pencil.h"

typedef struct
{
  const char *name; /* row/case */
  void (*draw) (Pencil *pencil);
  /* How many of each: roles of elements but labels, relations but those of labels, both in the order of
   * their enum; then what of the spec can move and what drives it. "no x": none of those, whatever else
   * there is. */
  const char *roles, *relations, *motion;
  gboolean upright;   /* down is part of what it means */
  gboolean unlifting; /* corners make it one thing */
} NotationRow;

/* Whether it means the same when drawn so. */
static inline gboolean
notation_holds (const NotationRow *row, const PencilHold *hold)
{
  return !(row->upright && hold->angle != 0) && !(row->unlifting && hold->lifting);
}

static inline gboolean
notation_fits (const char *expected, const char *list)
{
  return g_str_has_prefix (expected, "no ") ? !strstr (list, expected + 3) : g_str_equal (expected, list);
}

static inline void
notation_count (GString *list, guint n, const char *name)
{
  if (n > 0)
    g_string_append_printf (list, "%s%u %s", list->len > 0 ? ", " : "", n, name);
}

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

/* A bob is no pin, however near the rod's end. */
static void
draw_bob (Pencil *pencil)
{
  pencil_line (pencil, 400, 200, 400, 320);
  pencil_circle (pencil, 400, 345, 25);
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

/* -- Arrows -- */

static void
draw_force (Pencil *pencil)
{
  pencil_box (pencil, 340, 300, 90, 70);
  pencil_arrow (pencil, 385, 300, 500, 300);
}

static void
draw_velocity (Pencil *pencil)
{
  draw_force (pencil);
  pencil_label (pencil, 450, 280, "v");
}

static void
draw_gravity (Pencil *pencil)
{
  pencil_circle (pencil, 300, 300, 40);
  pencil_arrow (pencil, 560, 220, 560, 340);
  pencil_label (pencil, 572, 280, "g");
}

static void
draw_down_arrow (Pencil *pencil)
{
  pencil_circle (pencil, 300, 300, 40);
  pencil_arrow (pencil, 560, 220, 560, 340);
}

static void
draw_loose_arrow (Pencil *pencil)
{
  pencil_circle (pencil, 300, 300, 40);
  pencil_arrow (pencil, 480, 300, 600, 290);
}

/* -- Motors -- */

static void
draw_motor (Pencil *pencil)
{
  pencil_circle (pencil, 400, 300, 60);
  pencil_pin (pencil, 400, 300);
  pencil_turn_arrow (pencil, 400, 300, 85, -160, 230);
}

static void
draw_arm_motor (Pencil *pencil)
{
  pencil_ground (pencil, 150, 400, 650, 400);
  pencil_pin (pencil, 400, 400);
  pencil_line (pencil, 400, 400, 330, 260);
  pencil_turn_arrow (pencil, 400, 400, 32, -20, -250);
}

/* A bow of a few degrees turns nothing. */
static void
draw_short_bow (Pencil *pencil)
{
  pencil_circle (pencil, 400, 300, 60);
  pencil_pin (pencil, 400, 300);
  pencil_arc (pencil, 400, 300, 85, -60, 50);
}

/* -- The car -- */

static void
draw_wheels (Pencil *pencil, gboolean axles)
{
  pencil_ground (pencil, 150, 400, 650, 400);
  pencil_box (pencil, 400, 346, 200, 56);
  for (guint i = 0; i < 2; i++)
    {
      pencil_circle (pencil, 335 + 130 * i, 370, 28);
      if (axles)
        pencil_circle (pencil, 335 + 130 * i, 370, 5);
    }
}

static void
draw_car (Pencil *pencil)
{
  draw_wheels (pencil, TRUE);
}

static void
draw_driven_car (Pencil *pencil)
{
  draw_wheels (pencil, TRUE);
  pencil_turn_arrow (pencil, 335, 370, 44, -160, 230);
}

/* -- Sliders -- */

static void
draw_block_between_lines (Pencil *pencil)
{
  pencil_line (pencil, 200, 270, 600, 270);
  pencil_line (pencil, 200, 330, 600, 330);
  pencil_box (pencil, 350, 300, 80, 56);
}

static void
draw_block_on_rail (Pencil *pencil)
{
  pencil_ground (pencil, 200, 332, 600, 332);
  pencil_box (pencil, 400, 301, 80, 60);
}

static void
draw_two_arrows (Pencil *pencil)
{
  draw_block_on_rail (pencil);
  pencil_arrow (pencil, 406, 250, 440, 250);
  pencil_arrow (pencil, 394, 250, 360, 250);
}

/* One shaft with a head at either end. */
static void
draw_double_arrow (Pencil *pencil)
{
  draw_block_on_rail (pencil);
  pencil_line (pencil, 360, 250, 440, 250);
  PENCIL_PATH (pencil, { 430, 242 }, { 440, 250 }, { 430, 258 });
  PENCIL_PATH (pencil, { 370, 242 }, { 360, 250 }, { 370, 258 });
}

/* One arrow pushes; two that meet push from both sides. */
static void
draw_pushed_block (Pencil *pencil)
{
  draw_block_on_rail (pencil);
  pencil_arrow (pencil, 500, 301, 442, 301);
  pencil_arrow (pencil, 300, 301, 358, 301);
}

/* Motion dashes behind a pushed block are no second head. */
static void
draw_moving_block (Pencil *pencil)
{
  draw_block_on_rail (pencil);
  pencil_arrow (pencil, 400, 301, 500, 301);
  for (guint i = 0; i < 3; i++)
    pencil_line (pencil, 335, 285 + 16 * i, 353, 285 + 16 * i);
}

/* -- Traces and small signs -- */

static void
draw_dotted_trace (Pencil *pencil)
{
  pencil_circle (pencil, 200, 300, 30);
  for (guint i = 0; i < 6; i++)
    pencil_dot (pencil, 250 + 35 * i, 290 - 20 * i + 4.0 * i * i, 1.6);
}

static void
draw_dashed_trace (Pencil *pencil)
{
  pencil_circle (pencil, 200, 300, 30);
  for (guint i = 0; i < 6; i++)
    pencil_line (pencil, 240 + 40 * i, 300 + 3.0 * i * i, 260 + 40 * i, 303 + 3.0 * i * i + 3 * i);
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

static void
draw_motion_dashes (Pencil *pencil)
{
  pencil_ground (pencil, 150, 362, 650, 362);
  pencil_circle (pencil, 400, 300, 60);
  for (guint i = 0; i < 3; i++)
    pencil_line (pencil, 310, 275 + 25 * i, 321, 275 + 25 * i);
}

/* Two dots beside a body stand for nothing. */
static void
draw_dots_beside (Pencil *pencil)
{
  pencil_ground (pencil, 150, 362, 650, 362);
  pencil_circle (pencil, 400, 300, 60);
  pencil_dot (pencil, 490, 290, 2);
  pencil_dot (pencil, 505, 310, 2);
}

static const NotationRow notation_rows[] = {
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
  { "pin/overlap", draw_overlapping_boxes, "2 body, 1 pin", "1 hinge", "1 free, 1 hinge" },
  { "pin/axle", draw_axle, "1 body, 1 pin", "1 hinge", "1 hinge" },
  { "pin/not/bob", draw_bob, "2 body", "1 weld", "1 free" },
  { "weld/alpha", draw_alpha_weld, "2 body, 1 weld", "1 weld", "1 free" },
  { "weld/cross", draw_cross_weld, "2 body, 1 weld", "1 weld", "1 free" },
  { "weld/not/alpha-alone", draw_alpha_alone, "no weld", "no weld", "no hinge" },
  { "weld/not/large-alpha", draw_large_alpha, "no weld", "no weld", "no hinge" },
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
  { "rope/loop-end", draw_looped_rope, "1 body, 2 fixed, 1 rope", "2 attached, 1 anchored", "1 free, 1 rope",
    .upright = TRUE, .unlifting = TRUE },
  { "rope/not/rod", draw_hanging_rod, "2 body, 2 fixed", "1 hinge, 1 weld, 1 anchored", "1 hinge",
    .upright = TRUE },
  { "rope/pulley", draw_pulley, "3 body, 3 fixed, 1 pin, 1 rope",
    "1 hinge, 2 attached, 1 around, 2 anchored", "2 free, 1 hinge, 1 rope" },
  { "force/arrow", draw_force, "1 body, 1 force", "1 attached", "1 free, 1 force" },
  { "velocity/v", draw_velocity, "1 body, 1 velocity", "1 attached", "1 free, 1 start" },
  { "gravity/g", draw_gravity, "1 body, 1 gravity", "", "1 free" },
  { "gravity/down", draw_down_arrow, "1 body, 1 gravity", "", "1 free", .upright = TRUE },
  { "gravity/not/level", draw_loose_arrow, "1 body, 1 force", "", "1 free", .upright = TRUE },
  { "motor/wheel", draw_motor, "1 body, 1 pin, 1 motor", "1 hinge, 1 attached", "1 hinge, 1 motor" },
  { "motor/arm", draw_arm_motor, "1 body, 2 fixed, 1 pin, 1 motor", "1 hinge, 1 attached, 1 anchored",
    "1 hinge, 1 motor" },
  { "motor/not/short-bow", draw_short_bow, "2 body, 1 pin", "1 hinge", "1 free, 1 hinge" },
  { "car/wheels", draw_car, "3 body, 2 fixed, 2 pin", "2 hinge, 1 anchored", "1 free, 2 hinge" },
  { "car/driven", draw_driven_car, "3 body, 2 fixed, 2 pin, 1 motor", "2 hinge, 1 attached, 1 anchored",
    "1 free, 2 hinge, 1 motor" },
  { "slider/between-lines", draw_block_between_lines, "1 body, 2 fixed", "1 slide, 2 anchored", "1 slide" },
  { "slider/two-arrows", draw_two_arrows, "1 body, 2 fixed, 2 decoration", "1 slide, 1 anchored",
    "1 slide" },
  { "slider/double-arrow", draw_double_arrow, "1 body, 2 fixed, 2 decoration", "1 slide, 1 anchored",
    "1 slide" },
  { "slider/not/pushed", draw_pushed_block, "1 body, 2 fixed, 2 force", "2 attached, 1 anchored",
    "1 free, 2 force" },
  { "slider/not/moving", draw_moving_block, "no decoration", "no slide", "no slide" },
  { "trace/dots", draw_dotted_trace, "1 body, 6 trace", "1 attached", "1 free, 1 trace" },
  { "trace/dashes", draw_dashed_trace, "1 body, 1 trace", "1 attached", "1 free, 1 trace" },
  { "sign/motion-dashes", draw_motion_dashes, "1 body, 2 fixed, 3 decoration", "1 anchored", "1 free" },
  { "sign/dots", draw_dots_beside, "1 body, 2 fixed, 2 decoration", "1 anchored", "1 free" },
};

/* What a test wants of a row as it was read: FALSE, with a message, where that is not so. */
typedef gboolean (*NotationJudge) (const NotationRow *row, const SgReading *reading);

typedef struct
{
  const NotationRow *row;
  NotationJudge judge;
} NotationTest;

static inline void
notation_test_row (gconstpointer data)
{
  const NotationTest *test = data;
  Pencil pencil;

  pencil_init (&pencil);
  test->row->draw (&pencil);
  for (guint i = 0; i < G_N_ELEMENTS (pencil_holds); i++)
    {
      if (!notation_holds (test->row, &pencil_holds[i]))
        continue;
      g_autoptr (SgReading) reading = pencil_read (&pencil, &pencil_holds[i]);

      if (test->judge (test->row, reading))
        continue;
      g_test_message ("so it was in hold %u", i);
      g_test_fail ();
    }
  pencil_clear (&pencil);
}

/* A test for every row, named below `folder`. */
static inline void
notation_add_tests (const char *folder, NotationJudge judge)
{
  for (guint i = 0; i < G_N_ELEMENTS (notation_rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s", folder, notation_rows[i].name);
      NotationTest *test = g_new (NotationTest, 1);

      *test = (NotationTest){ &notation_rows[i], judge };
      g_test_add_data_func_full (path, test, notation_test_row, g_free);
    }
}
