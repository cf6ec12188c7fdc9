/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Outlines in a picture: which ink is one closed stroke. */
#include "mask.h"

static guint
count_outlines (const GArray *traces)
{
  guint n = 0;

  for (guint i = 0; i < traces->len; i++)
    n += is_closed (get_trace (traces, i));
  return n;
}

/* One side was left open for longer than ink hides, and so was a corner. */
static void
test_box_with_gaps_is_closed (void)
{
  guint8 *mask = new_mask ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  draw_line (mask, 60, 90, 60, 40);
  draw_line (mask, 60, 40, 240, 40);
  draw_line (mask, 240, 40, 240, 136);
  draw_line (mask, 222, 160, 60, 160);
  draw_line (mask, 60, 160, 60, 118);
  g_autoptr (GArray) traces = trace (mask);
  const SgPixelStroke *box = get_outline (traces, others);
  g_assert_cmpuint (others->len, ==, 0);
  g_assert_cmpfloat_with_epsilon (fabs (sg_polygon_area (box->points, box->n)), 180 * 120, 1500);
}

/* The side goes on in itself, though an arrow begins nearer to where it stops. */
static void
test_gap_beside_an_arrow (void)
{
  guint8 *mask = new_mask ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  draw_line (mask, 200, 84, 200, 40);
  draw_line (mask, 200, 40, 40, 40);
  draw_line (mask, 40, 40, 40, 160);
  draw_line (mask, 40, 160, 200, 160);
  draw_line (mask, 200, 160, 200, 110);
  draw_line (mask, 207, 91, 290, 94);
  g_autoptr (GArray) traces = trace (mask);
  get_outline (traces, others);
  g_assert_cmpuint (others->len, ==, 1);
}

static void
test_rails_are_no_box (void)
{
  guint8 *mask = new_mask ();

  draw_line (mask, 30, 90, 270, 90);
  draw_line (mask, 30, 112, 270, 112);
  g_autoptr (GArray) traces = trace (mask);
  g_assert_cmpuint (traces->len, ==, 2);
  g_assert_cmpuint (count_outlines (traces), ==, 0);
}

/* A hand's side is no ruler's, and a wire that leaves from its end draws it aside. */
static void
test_side_that_sways (void)
{
  guint8 *mask = new_mask ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  for (double t = 0; t <= 1; t += 0.002)
    stamp (mask, 80 + 70 * t - 5 * sin (2 * G_PI * t), 100 - 70 * t - 5 * sin (2 * G_PI * t), PEN);
  draw_line (mask, 150, 30, 220, 100);
  draw_line (mask, 220, 100, 150, 170);
  draw_line (mask, 150, 170, 80, 100);
  draw_line (mask, 20, 100, 80, 100);
  draw_line (mask, 220, 100, 280, 100);
  g_autoptr (GArray) traces = trace (mask);
  get_outline (traces, others);
  g_assert_cmpuint (others->len, ==, 2);
}

/* A pencil that was pressed less in one circle than in what it drew else, on ruled paper: no ruler draws a
 * circle. */
static void
test_faint_circle_on_ruled_paper (void)
{
  guint8 *mask = new_mask ();
  g_autofree guint8 *contrast = new_mask (), *strong = new_mask ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  for (int y = 15; y < HEIGHT; y += 56)
    draw_line (mask, 10, y, 290, y);
  draw_arc (mask, 90, 100, 60, 2 * G_PI);
  draw_line (strong, 180, 30, 270, 160);
  draw_line (strong, 180, 160, 270, 30);
  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    {
      contrast[i] = strong[i] ? 180 : mask[i] ? 80
                                              : 0;
      mask[i] |= strong[i];
    }
  g_autoptr (GArray) traces = sg_trace_mask (mask, contrast, WIDTH, HEIGHT, NULL, &error);
  g_assert_no_error (error);
  g_free (mask);
  get_outline (traces, others);
  g_assert_cmpuint (others->len, ==, 2);
}

/* A diamond whose left corner is there. */
static void
draw_diamond (guint8 *mask, double x, double y)
{
  draw_line (mask, x, y, x + 60, y - 60);
  draw_line (mask, x + 60, y - 60, x + 120, y);
  draw_line (mask, x + 120, y, x + 60, y + 60);
  draw_line (mask, x + 60, y + 60, x, y);
}

/* An arrow points at its corner: the sides run straight on in those of the arrow's head. */
static void
test_corner_that_a_head_touches (void)
{
  guint8 *mask = new_mask ();

  draw_diamond (mask, 120, 100);
  draw_line (mask, 120, 100, 80, 60);
  draw_line (mask, 80, 60, 80, 140);
  draw_line (mask, 80, 140, 120, 100);
  draw_line (mask, 80, 100, 20, 100);
  g_autoptr (GArray) traces = trace (mask);
  guint diamonds = 0;
  for (guint i = 0; i < traces->len; i++)
    {
      const SgPixelStroke *stroke = get_trace (traces, i);
      double area = fabs (sg_polygon_area (stroke->points, stroke->n));

      diamonds += is_closed (stroke) && fabs (area - 7200) < 500;
    }
  g_assert_cmpuint (diamonds, ==, 1);
}

/* A lift's scissors: what the rods enclose between two crossings is no diamond. */
static void
test_rods_that_cross_twice (void)
{
  guint8 *mask = new_mask ();

  draw_diamond (mask, 90, 100);
  draw_line (mask, 90, 100, 50, 60);
  draw_line (mask, 90, 100, 50, 140);
  draw_line (mask, 210, 100, 250, 60);
  draw_line (mask, 210, 100, 250, 140);
  g_autoptr (GArray) traces = trace (mask);
  g_assert_cmpuint (count_outlines (traces), ==, 0);
}

/* A braced frame is one box, and no heap of triangles. */
static void
test_box_with_braces (void)
{
  guint8 *mask = new_mask ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  draw_line (mask, 60, 40, 240, 40);
  draw_line (mask, 240, 40, 240, 160);
  draw_line (mask, 240, 160, 60, 160);
  draw_line (mask, 60, 160, 60, 40);
  draw_line (mask, 60, 40, 240, 160);
  draw_line (mask, 60, 160, 240, 40);
  g_autoptr (GArray) traces = trace (mask);
  get_outline (traces, others);
  g_assert_cmpuint (others->len, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vision/outline/box-with-gaps-is-closed", test_box_with_gaps_is_closed);
  g_test_add_func ("/vision/outline/gap-beside-an-arrow", test_gap_beside_an_arrow);
  g_test_add_func ("/vision/outline/rails-are-no-box", test_rails_are_no_box);
  g_test_add_func ("/vision/outline/side-that-sways", test_side_that_sways);
  g_test_add_func ("/vision/outline/faint-circle-on-ruled-paper", test_faint_circle_on_ruled_paper);
  g_test_add_func ("/vision/outline/corner-that-a-head-touches", test_corner_that_a_head_touches);
  g_test_add_func ("/vision/outline/rods-that-cross-twice", test_rods_that_cross_twice);
  g_test_add_func ("/vision/outline/box-with-braces", test_box_with_braces);
  return g_test_run ();
}
