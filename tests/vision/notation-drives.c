/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What moves bodies and where they go: arrows, motors, the car, sliders, traces and small signs. */
#include "tests/vision/notation.h"

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

const NotationRow notation_drives[] = {
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
  { NULL }
};
