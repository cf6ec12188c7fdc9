/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ink drawn into a mask with a round pen, and the strokes that come back. */
#include "mask.h"
#include "vision/error.h"

/* A coil: a circle that travels to the right. */
static void
draw_coil (guint8 *mask, double x, double y, double radius, double pitch, double turns)
{
  for (double a = 0; a <= turns * 2 * G_PI; a += 0.002)
    stamp (mask, x + pitch * a / (2 * G_PI) + radius * cos (a), y + radius * sin (a), PEN);
}

/* The farthest that the trace strays from the segment ab. */
static double
stray (const SgPixelStroke *trace, SgPoint a, SgPoint b)
{
  double most = 0;
  for (guint i = 0; i < trace->n; i++)
    most = MAX (most, sg_segment_distance (a, b, trace->points[i], NULL));
  return most;
}

static void
test_line (void)
{
  guint8 *mask = new_mask ();
  draw_line (mask, 40, 50, 240, 120);
  g_autoptr (GArray) traces = trace (mask);
  g_assert_cmpuint (traces->len, ==, 1);
  const SgPixelStroke *line = get_trace (traces, 0);
  g_assert_cmpfloat (stray (line, SG_POINT (40, 50), SG_POINT (240, 120)), <, 1);
  g_assert_cmpfloat_with_epsilon (sg_path_length (line->points, line->n), hypot (200, 70), 8);
  g_assert_cmpfloat_with_epsilon (line->width, 2 * PEN, 1);
}

static void
test_circle (void)
{
  guint8 *mask = new_mask ();
  draw_arc (mask, 150, 100, 60, 2 * G_PI);
  g_autoptr (GArray) traces = trace (mask);
  g_assert_cmpuint (traces->len, ==, 1);
  const SgPixelStroke *circle = get_trace (traces, 0);
  g_assert_true (is_closed (circle));
  for (guint i = 0; i < circle->n; i++)
    g_assert_cmpfloat_with_epsilon (sg_point_distance (circle->points[i], SG_POINT (150, 100)), 60, 1.2);
}

static void
test_crossing_makes_two_strokes (void)
{
  guint8 *mask = new_mask ();
  draw_line (mask, 60, 70, 240, 130);
  draw_line (mask, 60, 130, 240, 70);
  g_autoptr (GArray) traces = trace (mask);
  g_assert_cmpuint (traces->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const SgPixelStroke *line = get_trace (traces, i);
      gboolean down = (line->points[0].y < 100) == (line->points[0].x < 150);
      SgPoint a = SG_POINT (60, down ? 70 : 130), b = SG_POINT (240, down ? 130 : 70);
      g_assert_cmpfloat (stray (line, a, b), <, 1.5);
    }
}

static void
test_stem_ends_on_the_bar (void)
{
  guint8 *mask = new_mask ();
  draw_line (mask, 50, 60, 250, 60);
  draw_line (mask, 150, 60, 150, 160);
  g_autoptr (GArray) traces = trace (mask);
  g_assert_cmpuint (traces->len, ==, 2);
  guint bars = 0;
  for (guint i = 0; i < 2; i++)
    bars += stray (get_trace (traces, i), SG_POINT (50, 60), SG_POINT (250, 60)) < 1.5;
  g_assert_cmpuint (bars, ==, 1);
}

static void
test_lead_leaves_the_circle_whole (void)
{
  guint8 *mask = new_mask ();
  draw_arc (mask, 120, 100, 50, 2 * G_PI);
  draw_line (mask, 170, 100, 260, 100);
  g_autoptr (GArray) traces = trace (mask);
  g_assert_cmpuint (traces->len, ==, 2);
  g_assert_true (is_closed (get_trace (traces, 0)) != is_closed (get_trace (traces, 1)));
}

static void
test_overshoot_is_no_line (void)
{
  guint8 *mask = new_mask ();
  draw_arc (mask, 150, 100, 60, 2 * G_PI);
  draw_line (mask, 210, 100, 188, 108);
  g_autoptr (GArray) traces = trace (mask);
  g_assert_cmpuint (traces->len, ==, 1);
  const SgPixelStroke *ring = get_trace (traces, 0);
  g_assert_true (is_closed (ring));
  g_assert_cmpfloat_with_epsilon (sg_path_length (ring->points, ring->n), 2 * G_PI * 60, 12);
}

static void
test_triangle_on_a_bar_keeps_its_corner (void)
{
  guint8 *mask = new_mask ();
  draw_line (mask, 200, 40, 200, 160);
  draw_line (mask, 200, 100, 110, 50);
  draw_line (mask, 110, 50, 110, 150);
  draw_line (mask, 110, 150, 200, 100);
  g_autoptr (GArray) traces = trace (mask);
  g_assert_cmpuint (traces->len, ==, 2);
  g_assert_true (is_closed (get_trace (traces, 0)) != is_closed (get_trace (traces, 1)));
}

/* A diode: the wire at the tip could run on in either side of the triangle, and the bar goes past. */
static void
test_triangle_between_wires_is_whole (void)
{
  guint8 *mask = new_mask ();
  draw_line (mask, 20, 100, 110, 100);
  draw_line (mask, 110, 50, 110, 150);
  draw_line (mask, 110, 50, 200, 100);
  draw_line (mask, 110, 150, 200, 100);
  draw_line (mask, 200, 60, 200, 140);
  draw_line (mask, 200, 100, 280, 124);
  g_autoptr (GArray) traces = trace (mask);
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  const SgPixelStroke *triangle = get_outline (traces, others);
  g_assert_cmpfloat_with_epsilon (fabs (sg_polygon_area (triangle->points, triangle->n)), 4500, 300);
  g_assert_cmpuint (others->len, ==, 3);
}

/* Sides, bar and wire do not all meet in one point: what lies between is a spot of ink, not a line. */
static void
test_triangle_ends_in_a_spot (void)
{
  guint8 *mask = new_mask ();
  draw_line (mask, 100, 50, 100, 150);
  draw_line (mask, 100, 50, 200, 100);
  draw_line (mask, 100, 150, 200, 100);
  draw_line (mask, 200, 40, 200, 100);
  draw_line (mask, 208, 106, 208, 160);
  draw_line (mask, 208, 106, 280, 106);
  for (double t = 0; t <= 1; t += 0.02)
    stamp (mask, 200 + 8 * t, 100 + 6 * t, PEN + 3);
  g_autoptr (GArray) traces = trace (mask);
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  const SgPixelStroke *triangle = get_outline (traces, others);
  g_assert_cmpfloat_with_epsilon (fabs (sg_polygon_area (triangle->points, triangle->n)), 5000, 300);
  g_assert_cmpuint (others->len, ==, 2);
}

static void
test_sharp_corners_do_not_break_a_zigzag (void)
{
  guint8 *mask = new_mask ();
  for (int i = 0; i < 8; i++)
    draw_line (mask, 40 + 14 * i, i % 2 ? 130 : 60, 54 + 14 * i, i % 2 ? 60 : 130);
  g_autoptr (GArray) traces = trace (mask);
  g_assert_cmpuint (traces->len, ==, 1);
  SgRect box = sg_points_bounds (get_trace (traces, 0)->points, get_trace (traces, 0)->n);
  g_assert_cmpfloat (box.height, >, 62);
}

/* A coil whose loops are so narrow that the pen comes back up where it went down. */
static void
test_filled_loops_do_not_break_a_coil (void)
{
  guint8 *mask = new_mask ();
  for (int i = 0; i < 4; i++)
    for (double a = G_PI; a <= 2 * G_PI; a += 0.002)
      stamp (mask, 60 + 48 * i + 24 * cos (a), 80 + 24 * sin (a), PEN);
  for (int i = 0; i < 3; i++)
    for (int back = -1; back <= 1; back += 2)
      draw_line (mask, 84 + 48 * i + 1.5 * back, 80, 84 + 48 * i + back, 130);
  g_autoptr (GArray) traces = trace (mask);
  g_assert_cmpuint (traces->len, ==, 1);
  const SgPixelStroke *coil = get_trace (traces, 0);
  g_assert_cmpfloat (sg_points_bounds (coil->points, coil->n).height, >, 65);
}

/* A line that leaves a corner is not taken for a part of it. */
static void
test_wire_at_a_corner (void)
{
  guint8 *mask = new_mask ();
  draw_line (mask, 60, 40, 150, 100);
  draw_line (mask, 60, 160, 150, 100);
  draw_line (mask, 150, 100, 220, 100);
  g_autoptr (GArray) traces = trace (mask);
  g_assert_cmpuint (traces->len, ==, 2);
}

static void
test_coil_is_one_stroke (void)
{
  guint8 *mask = new_mask ();
  draw_coil (mask, 60, 100, 30, 34, 5);
  g_autoptr (GArray) traces = trace (mask);
  g_assert_cmpuint (traces->len, ==, 1);
  double drawn = 5 * 2 * G_PI * 30;
  const SgPixelStroke *coil = get_trace (traces, 0);
  g_assert_cmpfloat_with_epsilon (sg_path_length (coil->points, coil->n), drawn, 0.1 * drawn);
}

static void
test_filled_dot_becomes_its_outline (void)
{
  guint8 *mask = new_mask ();
  draw_line (mask, 60, 60, 200, 140);
  stamp (mask, 200, 140, 14);
  g_autoptr (GArray) traces = trace (mask);
  g_assert_cmpuint (traces->len, ==, 2);
  const SgPixelStroke *dot = get_trace (traces, is_closed (get_trace (traces, 0)) ? 0 : 1);
  g_assert_true (is_closed (dot));
  for (guint i = 0; i < dot->n; i++)
    g_assert_cmpfloat_with_epsilon (sg_point_distance (dot->points[i], SG_POINT (200, 140)), 12, 3);
}

static void
test_shadow_at_the_frame_is_dropped (void)
{
  guint8 *mask = new_mask ();
  draw_line (mask, 60, 60, 200, 140);
  for (int y = 1; y < HEIGHT - 1; y++)
    memset (mask + y * WIDTH + WIDTH - 40, 255, 39);
  g_autoptr (GArray) traces = trace (mask);
  g_assert_cmpuint (traces->len, ==, 1);
  g_assert_cmpfloat (stray (get_trace (traces, 0), SG_POINT (60, 60), SG_POINT (200, 140)), <, 1);
}

static void
test_ruled_paper_is_no_ink (void)
{
  guint8 *mask = new_mask ();
  for (int i = 0; i < 9; i++)
    draw_line (mask, 10, 15 + 20 * i, 290, 15 + 20 * i);
  g_autofree guint8 *contrast = new_mask ();
  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    contrast[i] = mask[i] ? 70 : 0;
  g_autofree guint8 *drawing = new_mask ();
  draw_line (drawing, 60, 25, 240, 165);
  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    if (drawing[i])
      {
        contrast[i] = 180;
        mask[i] = 255;
      }
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) traces = sg_trace_mask (mask, contrast, WIDTH, HEIGHT, NULL, &error);
  g_assert_no_error (error);
  g_free (mask);
  g_assert_cmpuint (traces->len, ==, 1);
  g_assert_cmpfloat (stray (get_trace (traces, 0), SG_POINT (60, 25), SG_POINT (240, 165)), <, 2);
}

static void
test_box_shares_its_side_with_the_ground (void)
{
  guint8 *mask = new_mask ();
  draw_line (mask, 20, 150, 280, 150);
  draw_line (mask, 100, 150, 100, 90);
  draw_line (mask, 100, 90, 180, 90);
  draw_line (mask, 180, 90, 180, 150);
  g_autoptr (GArray) traces = trace (mask);
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  const SgPixelStroke *box = get_outline (traces, others);
  g_assert_cmpfloat_with_epsilon (fabs (sg_polygon_area (box->points, box->n)), 80 * 60, 200);
  g_assert_cmpuint (others->len, ==, 1);
  const SgPixelStroke *ground = g_ptr_array_index (others, 0);
  g_assert_cmpfloat_with_epsilon (sg_path_length (ground->points, ground->n), 260, 8);
}

static void
test_half_discs_are_no_outlines (void)
{
  guint8 *mask = new_mask ();
  draw_arc (mask, 150, 100, 50, 2 * G_PI);
  draw_line (mask, 40, 110, 260, 110);
  g_autoptr (GArray) traces = trace (mask);
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  const SgPixelStroke *circle = get_outline (traces, others);
  g_assert_cmpfloat_with_epsilon (fabs (sg_polygon_area (circle->points, circle->n)), G_PI * 2500, 300);
  g_assert_cmpuint (others->len, ==, 1);
}

static void
test_pin_that_lines_run_into (void)
{
  guint8 *mask = new_mask ();
  draw_line (mask, 40, 60, 260, 60);
  draw_arc (mask, 150, 60, 8, 2 * G_PI);
  draw_line (mask, 150, 60, 100, 160);
  g_autoptr (GArray) traces = trace (mask);
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  const SgPixelStroke *pin = get_outline (traces, others);
  for (guint i = 0; i < pin->n; i++)
    g_assert_cmpfloat_with_epsilon (sg_point_distance (pin->points[i], SG_POINT (150, 60)), 8, 2);
  g_assert_cmpuint (others->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const SgPixelStroke *line = g_ptr_array_index (others, i);
      double to_ceiling = stray (line, SG_POINT (40, 60), SG_POINT (260, 60));
      double to_rod = stray (line, SG_POINT (150, 60), SG_POINT (100, 160));
      g_assert_cmpfloat (MIN (to_ceiling, to_rod), <, 2);
    }
}

/* The farthest that the closed stroke's points are from where a circle's would be. */
static double
stray_from_circle (const SgPixelStroke *ring, SgPoint center, double radius)
{
  double most = 0;
  for (guint i = 0; i < ring->n; i++)
    most = MAX (most, fabs (sg_point_distance (ring->points[i], center) - radius));
  return most;
}

/* Two rods end in the middle of a pin that the hand left a little open, or drew a little too far around. */
static void
test_pin_at_an_elbow (void)
{
  for (double sweep = 2 * G_PI - 0.4; sweep <= 2 * G_PI + 0.3; sweep += 0.1)
    for (double radius = 9; radius <= 16; radius++)
      {
        guint8 *mask = new_mask ();
        draw_line (mask, 220, 20, 150, 90);
        draw_line (mask, 150, 90, 250, 180);
        draw_arc (mask, 150, 90, radius, sweep);
        g_autoptr (GArray) traces = trace (mask);
        g_autoptr (GPtrArray) rods = g_ptr_array_new ();
        const SgPixelStroke *pin = get_outline (traces, rods);
        g_assert_cmpfloat (stray_from_circle (pin, SG_POINT (150, 90), radius), <, 3);
        g_assert_cmpuint (rods->len, ==, 2);
        for (guint i = 0; i < 2; i++)
          {
            const SgPixelStroke *rod = g_ptr_array_index (rods, i);
            double to_first = stray (rod, SG_POINT (220, 20), SG_POINT (150, 90));
            double to_second = stray (rod, SG_POINT (150, 90), SG_POINT (250, 180));
            g_assert_cmpfloat (MIN (to_first, to_second), <, 4);
          }
      }
}

/* Hatching that touches the rim of a pin does not lead into it. */
static void
test_tick_beside_a_pin (void)
{
  guint8 *mask = new_mask ();
  draw_line (mask, 40, 60, 260, 60);
  draw_arc (mask, 150, 60, 10, 2 * G_PI);
  draw_line (mask, 150, 60, 100, 160);
  draw_line (mask, 166, 60, 152, 36);
  g_autoptr (GArray) traces = trace (mask);
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  get_outline (traces, others);
  for (guint i = 0; i < others->len; i++)
    {
      const SgPixelStroke *stroke = g_ptr_array_index (others, i);
      if (sg_points_bounds (stroke->points, stroke->n).y < 45)
        g_assert_cmpfloat (stray (stroke, SG_POINT (166, 60), SG_POINT (152, 36)), <, 3);
    }
}

static void
test_empty_and_full (void)
{
  g_autoptr (GArray) none = trace (new_mask ());
  g_assert_cmpuint (none->len, ==, 0);
  guint8 *full = new_mask ();
  for (int y = 1; y < HEIGHT - 1; y++)
    memset (full + y * WIDTH + 1, 255, WIDTH - 2);
  g_autoptr (GArray) traces = trace (full);
  g_assert_cmpuint (traces->len, <, 20);
}

static void
test_cancelled (void)
{
  SgBudget budget;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *mask = new_mask ();
  g_cancellable_cancel (cancellable);
  sg_budget_init (&budget, cancellable, -1, 0);
  g_assert_null (sg_trace_mask (mask, NULL, WIDTH, HEIGHT, &budget, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A spot that takes many rounds of thinning, and lines with hairs and gaps. */
static guint8 *
draw_busy (void)
{
  guint8 *mask = new_mask ();
  stamp (mask, 60, 60, 40);
  for (guint i = 0; i < 8; i++)
    {
      draw_line (mask, 130, 20 + 20 * i, 280, 24 + 20 * i);
      draw_line (mask, 150 + 14 * i, 12, 146 + 14 * i, 176);
      stamp (mask, 140 + 16 * i, 18 + 20 * i, PEN + 2);
    }
  return mask;
}

/* Whatever work is allowed, tracing ends with it: with nothing while ink is thinned, then with the strokes
 * that are known, at last with all. Counted in work, not in time. */
static void
test_cut_short (void)
{
  g_autoptr (GArray) all = trace (draw_busy ());
  guint n_nothing = 0, n_partly = 0;
  gboolean whole = FALSE;
  for (guint most = 1; !whole; most++)
    {
      SgBudget budget;
      g_autoptr (GError) error = NULL;
      g_autofree guint8 *mask = draw_busy ();
      sg_budget_init (&budget, NULL, -1, most);
      g_autoptr (GArray) traces = sg_trace_mask (mask, NULL, WIDTH, HEIGHT, &budget, &error);
      whole = !budget.cut;
      if (traces == NULL)
        g_assert_error (error, SG_BASE_ERROR, SG_BASE_ERROR_TIMEOUT);
      n_nothing += traces == NULL;
      n_partly += traces != NULL && traces->len > 0 && !whole;
      if (whole)
        g_assert_cmpuint (traces->len, ==, all->len);
    }
  g_assert_cmpuint (n_nothing, >, 10); /* rounds of thinning */
  g_assert_cmpuint (n_partly, >, 10);
}

/* The lines of a sharp corner share ink: the outline reaches its tip all the same, straight. */
static void
test_sharp_corner (void)
{
  guint8 *mask = new_mask ();
  SgPoint tip = SG_POINT (270, 100);
  draw_line (mask, 40, 80, tip.x, tip.y);
  draw_line (mask, 40, 120, tip.x, tip.y);
  draw_line (mask, 40, 80, 40, 120);
  g_autoptr (GArray) traces = trace (mask);
  const SgPixelStroke *outline = get_trace (traces, 0);
  double nearest = G_MAXDOUBLE;
  g_assert_cmpuint (traces->len, ==, 1);
  g_assert_true (is_closed (outline));
  for (guint i = 0; i < outline->n; i++)
    {
      SgPoint p = outline->points[i];
      double off = MIN (sg_segment_distance (SG_POINT (40, 80), tip, p, NULL),
                        sg_segment_distance (SG_POINT (40, 120), tip, p, NULL));
      nearest = MIN (nearest, sg_point_distance (p, tip));
      g_assert_cmpfloat (MIN (off, fabs (p.x - 40)), <, 2);
    }
  g_assert_cmpfloat (nearest, <, 8);
}

/* A round arrow: its inner barb and its shaft are drawn into each other. */
static void
test_hidden_barb (void)
{
  const SgPoint center = { 150, 80 }, tip = { 150 + 52 * cos (0.9), 80 + 52 * sin (0.9) };
  const SgPoint outer = { tip.x + 22, tip.y - 4 }, inner = { tip.x + 9, tip.y - 19 };
  guint8 *mask = new_mask ();
  draw_arc (mask, center.x, center.y, 52, 0.9);
  for (double a = -3; a <= 0; a += 0.002)
    stamp (mask, center.x + 52 * cos (a), center.y + 52 * sin (a), PEN);
  draw_line (mask, tip.x, tip.y, outer.x, outer.y);
  draw_line (mask, tip.x, tip.y, inner.x, inner.y);
  g_autoptr (GArray) traces = trace (mask);
  g_assert_cmpuint (traces->len, ==, 2);
  const SgPixelStroke *shaft = get_trace (traces, 0), *head = get_trace (traces, 1);
  SgPoint first = head->points[0], last = head->points[head->n - 1];
  g_assert_cmpfloat (MIN (sg_point_distance (first, inner), sg_point_distance (last, inner)), <, 6);
  g_assert_cmpfloat (MIN (sg_point_distance (first, outer), sg_point_distance (last, outer)), <, 6);
  g_assert_cmpfloat (MIN (sg_point_distance (shaft->points[0], tip),
                          sg_point_distance (shaft->points[shaft->n - 1], tip)),
                     <, 4);
}

/* The same line with a hook and no second barb stays one stroke. */
static void
test_hook (void)
{
  guint8 *mask = new_mask ();
  draw_line (mask, 40, 100, 200, 100);
  draw_line (mask, 200, 100, 182, 112);
  g_autoptr (GArray) traces = trace (mask);
  g_assert_cmpuint (traces->len, ==, 1);
}

/* It is half the head of an arrow that turns, where a rod that crosses the shaft hides the other half. */
static void
test_hook_of_an_arc (void)
{
  guint8 *mask = new_mask ();
  for (double a = -3; a <= 0.9; a += 0.002)
    stamp (mask, 150 + 52 * cos (a), 80 + 52 * sin (a), PEN);
  SgPoint tip = { 150 + 52 * cos (0.9), 80 + 52 * sin (0.9) };
  draw_line (mask, tip.x, tip.y, tip.x + 22, tip.y - 4);
  draw_line (mask, 150, 80, 260, 150);
  g_autoptr (GArray) traces = trace (mask);
  g_assert_cmpuint (traces->len, ==, 3);
  const SgPixelStroke *head = get_trace (traces, 2);
  g_assert_cmpfloat (sg_point_distance (head->points[0], head->points[head->n - 1]), >, 12);
  g_assert_cmpfloat (sg_path_length (head->points, head->n), >, 36);
}

static guint
count_closed (const GArray *traces)
{
  guint n = 0;
  for (guint i = 0; i < traces->len; i++)
    n += is_closed (&g_array_index (traces, SgPixelStroke, i));
  return n;
}

/* A corner that the pen drew beyond, onto the ground, leaves nothing over. */
static void
test_corner_drawn_beyond (void)
{
  guint8 *mask = new_mask ();
  draw_line (mask, 20, 160, 280, 160);
  draw_line (mask, 120, 80, 120, 151);
  draw_line (mask, 120, 80, 190, 80);
  draw_line (mask, 190, 80, 190, 160);
  draw_line (mask, 120, 151, 190, 151);
  g_autoptr (GArray) traces = trace (mask);
  g_assert_cmpuint (count_closed (traces), ==, 1);
  g_assert_cmpuint (traces->len, ==, 2);
}

/* Balls side by side are a circle each, whether their lines just touch or lie in each other. */
static void
test_touching_circles (void)
{
  for (double apart = 77; apart <= 83; apart += 0.5)
    {
      guint8 *mask = new_mask ();
      for (int k = -1; k <= 1; k++)
        draw_arc (mask, 150 + k * apart, 100, 40, 6.4);
      g_autoptr (GArray) traces = trace (mask);
      g_assert_cmpuint (traces->len, ==, 3);
      for (guint i = 0; i < 3; i++)
        {
          const SgPixelStroke *circle = get_trace (traces, i);
          SgRect bounds = sg_points_bounds (circle->points, circle->n);
          g_assert_true (is_closed (circle));
          g_assert_cmpfloat_with_epsilon (bounds.width, 80, 4);
          g_assert_cmpfloat_with_epsilon (bounds.height, 80, 4);
        }
    }
}

/* A long line that ends in a pin, somewhere inside it, stays apart from the pin. */
static void
test_pin_on_a_line (void)
{
  for (double aside = -7; aside <= 7; aside += 1)
    {
      guint8 *mask = new_mask ();
      draw_line (mask, 158, 20, 148, 146);
      draw_arc (mask, 150 + aside, 150, 9, 6.8);
      g_autoptr (GArray) traces = trace (mask);
      g_assert_cmpuint (traces->len, ==, 2);
      g_assert_cmpuint (count_closed (traces), ==, 1);
    }
}

/* The ground does not run once around the wheel that it lies under. */
static void
test_ground_under_wheel (void)
{
  for (double sag = 0; sag <= 4; sag += 1)
    {
      guint8 *mask = new_mask ();
      draw_line (mask, 10, 150, 120, 150 + sag);
      draw_line (mask, 120, 150 + sag, 290, 150);
      draw_arc (mask, 130, 102, 49, 6.3);
      g_autoptr (GArray) traces = trace (mask);
      g_assert_cmpuint (count_closed (traces), ==, 1);
      for (guint i = 0; i < traces->len; i++)
        if (!is_closed (get_trace (traces, i)))
          g_assert_cmpuint (get_trace (traces, i)->n, <, 290 / SG_PIXEL_STROKE_SPACING);
    }
}

static void
draw_path (guint8 *mask, const SgPoint *points, guint n, SgPoint shift)
{
  for (guint i = 0; i + 1 < n; i++)
    draw_line (mask, points[i].x + shift.x, points[i].y + shift.y, points[i + 1].x + shift.x,
               points[i + 1].y + shift.y);
}

/* Nor does a ramp run around the ball that a hand drew on it. */
static void
test_ramp_under_ball (void)
{
  const SgPoint right[] = { { 122, 85 }, { 136, 70 }, { 138, 52 }, { 127, 37 }, { 107, 30 }, { 86, 32 } };
  const SgPoint left[] = { { 86, 32 }, { 72, 44 }, { 70, 62 }, { 81, 80 }, { 101, 91 }, { 123, 90 } };
  const SgPoint ramp[] = { { 27, 48 }, { 50, 65 }, { 84, 91 }, { 117, 117 }, { 172, 162 }, { 216, 193 } };
  const SgPoint shift[] = { { 0, 0 }, { 0, 5 }, { -5, 1 } };
  for (guint i = 0; i < G_N_ELEMENTS (shift); i++)
    {
      guint8 *mask = new_mask ();
      draw_path (mask, right, G_N_ELEMENTS (right), shift[i]);
      draw_path (mask, left, G_N_ELEMENTS (left), shift[i]);
      draw_path (mask, ramp, G_N_ELEMENTS (ramp), SG_POINT (0, 0));
      draw_line (mask, 59, 72, 38, 77);
      draw_line (mask, 115, 120, 89, 127);
      draw_line (mask, 176, 159, 153, 167);
      draw_line (mask, 230, 197, 207, 205);
      g_autoptr (GArray) traces = trace (mask);
      for (guint k = 0; k < traces->len; k++)
        if (!is_closed (get_trace (traces, k)))
          g_assert_cmpfloat (stray (get_trace (traces, k), ramp[0], ramp[5]), <, 30);
    }
}

static void
draw_ticks (guint8 *mask, double from, double to, double y, double length)
{
  for (double x = from; x <= to; x += 30)
    draw_line (mask, x, y, x - 0.4 * length, y + length);
}

/* How high the trace begins that reaches lowest. */
static double
top_of_lowest (const GArray *traces)
{
  double lowest = 0, top = 0;
  for (guint i = 0; i < traces->len; i++)
    {
      const SgPixelStroke *stroke = get_trace (traces, i);
      SgRect bounds = sg_points_bounds (stroke->points, stroke->n);
      if (bounds.y + bounds.height > lowest)
        {
          lowest = bounds.y + bounds.height;
          top = bounds.y;
        }
    }
  return top;
}

/* A rope that hangs from a ceiling where a tick stands or near one, and leads on as that does, ends at the
 * ceiling. */
static void
test_rope_under_tick (void)
{
  for (double aside = 0; aside <= 20; aside += 2)
    {
      guint8 *mask = new_mask ();
      draw_line (mask, 20, 60, 280, 60);
      draw_ticks (mask, 40, 250, 60, -22);
      draw_line (mask, 160 - aside, 60, 130 - aside, 135);
      g_autoptr (GArray) traces = trace (mask);
      g_assert_cmpuint (traces->len, ==, 10);
      g_assert_cmpfloat_with_epsilon (top_of_lowest (traces), 60, 5);
    }
}

/* A box on the ground is an outline though a side of it leads on into a tick. */
static void
test_box_over_tick (void)
{
  guint8 *mask = new_mask ();
  draw_line (mask, 20, 150, 280, 150);
  draw_ticks (mask, 40, 250, 150, 34);
  draw_line (mask, 130, 150, 130, 90);
  draw_line (mask, 130, 90, 195, 90);
  draw_line (mask, 190, 90, 190, 150);
  g_autoptr (GArray) traces = trace (mask);
  guint closed = 0;
  for (guint i = 0; i < traces->len; i++)
    closed += is_closed (get_trace (traces, i));
  g_assert_cmpuint (closed, ==, 1);
  g_assert_cmpuint (traces->len, ==, 10); /* with the ground and its ticks */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vision/trace/sharp-corner", test_sharp_corner);
  g_test_add_func ("/vision/trace/line", test_line);
  g_test_add_func ("/vision/trace/circle", test_circle);
  g_test_add_func ("/vision/trace/touching-circles", test_touching_circles);
  g_test_add_func ("/vision/trace/crossing-makes-two-strokes", test_crossing_makes_two_strokes);
  g_test_add_func ("/vision/trace/stem-ends-on-the-bar", test_stem_ends_on_the_bar);
  g_test_add_func ("/vision/trace/lead-leaves-the-circle-whole", test_lead_leaves_the_circle_whole);
  g_test_add_func ("/vision/trace/overshoot-is-no-line", test_overshoot_is_no_line);
  g_test_add_func ("/vision/trace/triangle-on-a-bar-keeps-its-corner",
                   test_triangle_on_a_bar_keeps_its_corner);
  g_test_add_func ("/vision/trace/triangle-between-wires-is-whole", test_triangle_between_wires_is_whole);
  g_test_add_func ("/vision/trace/sharp-corners-do-not-break-a-zigzag",
                   test_sharp_corners_do_not_break_a_zigzag);
  g_test_add_func ("/vision/trace/triangle-ends-in-a-spot", test_triangle_ends_in_a_spot);
  g_test_add_func ("/vision/trace/coil-is-one-stroke", test_coil_is_one_stroke);
  g_test_add_func ("/vision/trace/filled-loops-do-not-break-a-coil", test_filled_loops_do_not_break_a_coil);
  g_test_add_func ("/vision/trace/wire-at-a-corner", test_wire_at_a_corner);
  g_test_add_func ("/vision/trace/filled-dot-becomes-its-outline", test_filled_dot_becomes_its_outline);
  g_test_add_func ("/vision/trace/shadow-at-the-frame-is-dropped", test_shadow_at_the_frame_is_dropped);
  g_test_add_func ("/vision/trace/ruled-paper-is-no-ink", test_ruled_paper_is_no_ink);
  g_test_add_func ("/vision/trace/box-shares-its-side-with-the-ground",
                   test_box_shares_its_side_with_the_ground);
  g_test_add_func ("/vision/trace/half-discs-are-no-outlines", test_half_discs_are_no_outlines);
  g_test_add_func ("/vision/trace/pin-that-lines-run-into", test_pin_that_lines_run_into);
  g_test_add_func ("/vision/trace/pin-at-an-elbow", test_pin_at_an_elbow);
  g_test_add_func ("/vision/trace/tick-beside-a-pin", test_tick_beside_a_pin);
  g_test_add_func ("/vision/trace/empty-and-full", test_empty_and_full);
  g_test_add_func ("/vision/trace/cancelled", test_cancelled);
  g_test_add_func ("/vision/trace/cut-short", test_cut_short);
  g_test_add_func ("/vision/trace/hidden-barb", test_hidden_barb);
  g_test_add_func ("/vision/trace/hook", test_hook);
  g_test_add_func ("/vision/trace/hook-of-an-arc", test_hook_of_an_arc);
  g_test_add_func ("/vision/trace/corner-drawn-beyond", test_corner_drawn_beyond);
  g_test_add_func ("/vision/trace/pin-on-a-line", test_pin_on_a_line);
  g_test_add_func ("/vision/trace/ground-under-wheel", test_ground_under_wheel);
  g_test_add_func ("/vision/trace/ramp-under-ball", test_ramp_under_ball);
  g_test_add_func ("/vision/trace/rope-under-tick", test_rope_under_tick);
  g_test_add_func ("/vision/trace/box-over-tick", test_box_over_tick);
  return g_test_run ();
}
