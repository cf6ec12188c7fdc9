/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pen's gestures: what is a scribble and what it takes with it, what must never be taken for one, and
 * what a held stroke becomes. */
#include "drawn.h"
#include "sketch/ruled-shape.h"
#include "vision/analyze.h"
#include "vision/handles.h"
#include "vision/scribble.h"
#include "vision/straighten.h"

#define WOBBLE 0.8 /* page units, of the hand */

typedef struct
{
  GArray *points; /* SgInkPoint */
  GRand *rand;
} Hand;

static Hand
hand_new (void)
{
  return (Hand){ g_array_new (FALSE, FALSE, sizeof (SgInkPoint)), g_rand_new_with_seed (7) };
}

static void
hand_clear (Hand *hand)
{
  g_array_unref (hand->points);
  g_rand_free (hand->rand);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Hand, hand_clear)

static void
hand_to (Hand *hand, double x, double y)
{
  SgInkPoint last = { x, y, NAN, NAN };

  if (hand->points->len > 0)
    last = g_array_index (hand->points, SgInkPoint, hand->points->len - 1);
  guint n = 1 + (guint)(hypot (x - last.x, y - last.y) / 5);
  for (guint i = 1; i <= n; i++)
    {
      SgInkPoint point = { last.x + (x - last.x) * i / n + g_rand_double_range (hand->rand, -WOBBLE, WOBBLE),
                           last.y + (y - last.y) * i / n + g_rand_double_range (hand->rand, -WOBBLE, WOBBLE),
                           NAN, NAN };
      g_array_append_val (hand->points, point);
    }
}

/* To and fro across the line from `a` to `b`: `n` passes of the given length. */
static Hand
zigzag (SgPoint a, SgPoint b, guint n, double length)
{
  Hand hand = hand_new ();
  SgPoint along = sg_point_scale (sg_point_sub (b, a), 1 / MAX (sg_point_distance (a, b), 1e-9));

  for (guint i = 0; i <= n; i++)
    {
      SgPoint foot = sg_point_lerp (a, b, (double)i / n);
      double side = i % 2 == 0 ? length / 2 : -length / 2;

      hand_to (&hand, foot.x - along.y * side, foot.y + along.x * side);
    }
  return hand;
}

static SgStroke *
stroke_of (const Hand *hand)
{
  return sg_stroke_new (3, NULL, (const SgInkPoint *)hand->points->data, hand->points->len, NULL);
}

static SgPage *
page_with (const Hand *hands, guint n)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  for (guint i = 0; i < n; i++)
    sg_page_builder_take_stroke (builder, stroke_of (&hands[i]));
  return sg_page_builder_end (builder);
}

static Hand
line (double x1, double y1, double x2, double y2)
{
  Hand hand = hand_new ();

  hand_to (&hand, x1, y1);
  hand_to (&hand, x2, y2);
  return hand;
}

static Hand
circle (double x, double y, double r)
{
  Hand hand = hand_new ();

  for (guint i = 0; i <= 40; i++)
    hand_to (&hand, x + r * cos (i * G_PI / 20), y + r * sin (i * G_PI / 20));
  return hand;
}

static Hand
box (double x, double y, double w, double h)
{
  Hand hand = hand_new ();

  hand_to (&hand, x, y);
  hand_to (&hand, x + w, y);
  hand_to (&hand, x + w, y + h);
  hand_to (&hand, x, y + h);
  hand_to (&hand, x, y);
  return hand;
}

/* How many strokes the gesture takes from a page of these. */
static guint
n_taken (const Hand *ink, guint n, const Hand *gesture)
{
  g_autoptr (SgPage) page = page_with (ink, n);
  g_autoptr (GArray) taken =
    sg_scribble_find (page, NULL, (const SgInkPoint *)gesture->points->data, gesture->points->len);

  return taken != NULL ? taken->len : 0;
}

static void
test_scribble_takes_what_it_covers (void)
{
  g_auto (Hand) ball = circle (200, 200, 30), far = box (400, 100, 80, 80);
  g_auto (Hand) over = zigzag (SG_POINT (165, 200), SG_POINT (235, 200), 10, 90);
  Hand ink[] = { ball, far };

  g_assert_cmpuint (n_taken (ink, 2, &over), ==, 1);
}

static void
test_scribble_any_way (void)
{
  g_auto (Hand) body = box (160, 160, 80, 60);

  for (guint i = 0; i < 12; i++)
    {
      double angle = i * G_PI / 6;
      SgPoint reach = SG_POINT (50 * cos (angle), 50 * sin (angle)), middle = SG_POINT (200, 190);
      g_auto (Hand) over =
        zigzag (sg_point_sub (middle, reach), sg_point_add (middle, reach), 12, 120);

      g_assert_cmpuint (n_taken (&body, 1, &over), ==, 1);
    }
}

static void
test_scribble_takes_the_whole_mark (void)
{
  g_auto (Hand) a = line (100, 100, 180, 100), b = line (180, 100, 180, 130),
                over = zigzag (SG_POINT (95, 100), SG_POINT (170, 100), 14, 50);
  Hand ink[] = { a, b };
  g_autoptr (SgPage) page = page_with (ink, 2);
  g_autoptr (SgReading) reading = sg_reading_new ();
  guint element = drawn_line (reading, 100, 100, 180, 130);

  sg_reading_element (reading, element)->strokes = g_new0 (guint, 2);
  sg_reading_element (reading, element)->strokes[1] = 1;
  sg_reading_element (reading, element)->n_strokes = 2;
  g_autoptr (GArray) taken =
    sg_scribble_find (page, reading, (const SgInkPoint *)over.points->data, over.points->len);
  g_assert_nonnull (taken);
  g_assert_cmpuint (taken->len, ==, 2);
}

/* A spring from a ceiling to a box, loose and tight, also around a rod, also over a wall's edge. */
static void
test_spring_is_no_scribble (void)
{
  g_auto (Hand) ceiling = line (100, 100, 300, 100), body = box (160, 240, 80, 60);
  g_auto (Hand) rod = line (200, 102, 200, 238);
  Hand ink[] = { ceiling, body, rod };

  for (guint n = 6; n <= 24; n += 2)
    for (double width = 16; width <= 44; width += 7)
      {
        g_auto (Hand) spring = zigzag (SG_POINT (200, 100), SG_POINT (200, 240), n, width);

        g_assert_cmpuint (n_taken (ink, 2, &spring), ==, 0);
        if (width / (140.0 / n) < 7.5)
          g_assert_cmpuint (n_taken (ink, 3, &spring), ==, 0);
      }
}

static void
test_hatching_is_no_scribble (void)
{
  g_auto (Hand) ground = line (100, 300, 400, 300);

  for (double side = -8; side <= 8; side += 4)
    for (guint n = 12; n <= 60; n += 8)
      {
        g_auto (Hand) hatching = zigzag (SG_POINT (110, 300 + side), SG_POINT (390, 300 + side), n, 18);

        g_assert_cmpuint (n_taken (&ground, 1, &hatching), ==, 0);
      }
}

/* A dot filled in, a box shaded: the turns are at the outline. */
static void
test_filling_in_is_no_scribble (void)
{
  g_auto (Hand) ball = circle (200, 200, 12), body = box (300, 100, 90, 60);
  g_auto (Hand) fill = hand_new ();
  g_auto (Hand) shade = zigzag (SG_POINT (303, 130), SG_POINT (387, 130), 16, 58);
  Hand ink[] = { ball, body };

  for (guint i = 0; i <= 8; i++)
    {
      double y = -10 + 2.5 * i, x = sqrt (144 - y * y);
      hand_to (&fill, 200 + (i % 2 == 0 ? x : -x), 200 + y);
    }
  g_assert_cmpuint (n_taken (ink, 2, &fill), ==, 0);
  g_assert_cmpuint (n_taken (ink, 2, &shade), ==, 0);
}

static void
test_scribble_on_paper_is_ink (void)
{
  g_auto (Hand) far = box (500, 500, 80, 80);
  g_auto (Hand) over = zigzag (SG_POINT (100, 200), SG_POINT (200, 200), 14, 80);

  g_assert_cmpuint (n_taken (&far, 1, &over), ==, 0);
  g_assert_cmpuint (n_taken (NULL, 0, &over), ==, 0);
}

static void
test_plain_strokes_are_no_scribbles (void)
{
  g_auto (Hand) body = box (100, 100, 60, 60), ring = circle (130, 130, 60),
                through = line (80, 130, 200, 130);
  g_auto (Hand) dot = line (130, 130, 130, 130);

  g_assert_cmpuint (n_taken (&body, 1, &ring), ==, 0);
  g_assert_cmpuint (n_taken (&body, 1, &through), ==, 0);
  g_assert_cmpuint (n_taken (&body, 1, &dot), ==, 0);
}

static SgKind
read_kind (SgStroke *stroke)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  sg_page_builder_take_stroke (builder, sg_stroke_ref (stroke));
  g_autoptr (SgPage) page = sg_page_builder_end (builder);
  g_autoptr (SgReading) reading = sg_analyze (page, NULL, NULL);
  g_assert_cmpuint (sg_reading_n_elements (reading), ==, 1);
  return sg_reading_element (reading, 0)->kind;
}

/* What comes out is exact, about where the ink was, and reads as the same thing. */
static void
assert_straightens (const Hand *hand, SgKind kind)
{
  g_autoptr (SgStroke) ink = stroke_of (hand);
  g_autoptr (SgStroke) straight = sg_straighten (ink);
  guint n = 0;

  g_assert_nonnull (straight);
  const SgInkPoint *points = sg_stroke_get_points (straight, &n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat (sg_stroke_distance (ink, SG_POINT (points[i].x, points[i].y)), <, 6);
  g_assert_cmpint (read_kind (straight), ==, kind);
}

static void
test_straighten (void)
{
  g_auto (Hand) rod = line (100, 100, 300, 180), ball = circle (200, 200, 50), body = box (100, 100, 140, 80);

  assert_straightens (&rod, SG_KIND_LINE);
  assert_straightens (&ball, SG_KIND_CIRCLE);
  assert_straightens (&body, SG_KIND_RECTANGLE);
}

static void
test_straight_line_is_straight (void)
{
  g_auto (Hand) rod = line (100, 100, 300, 180);
  g_autoptr (SgStroke) ink = stroke_of (&rod);
  g_autoptr (SgStroke) straight = sg_straighten (ink);
  guint n = 0;
  const SgInkPoint *points = sg_stroke_get_points (straight, &n);
  SgPoint a = SG_POINT (points[0].x, points[0].y), b = SG_POINT (points[n - 1].x, points[n - 1].y);

  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat (sg_segment_distance (a, b, SG_POINT (points[i].x, points[i].y), NULL), <, 1e-6);
  g_assert_cmpfloat (sg_stroke_get_width (straight), ==, 3);
}

static void
test_nothing_to_straighten (void)
{
  g_auto (Hand) spring = zigzag (SG_POINT (200, 100), SG_POINT (200, 240), 12, 36);
  g_auto (Hand) dot = line (100, 100, 100, 100);
  g_autoptr (SgStroke) a = stroke_of (&spring), b = stroke_of (&dot);

  g_assert_null (sg_straighten (a));
  g_assert_null (sg_straighten (b));
}

static guint
give_ink (SgReading *reading, guint element)
{
  SgElement *mark = sg_reading_element (reading, element);

  mark->strokes = g_new0 (guint, 1);
  mark->n_strokes = 1;
  return element;
}

static void
test_handles (void)
{
  g_autoptr (SgReading) reading = sg_reading_new ();
  guint spring = give_ink (reading, drawn_spring (reading, 100, 100, 100, 250));
  guint pin = give_ink (reading, drawn_circle (reading, 300, 100, 7));
  guint box = give_ink (reading, drawn_box (reading, 300, 300, 80, 60));
  SgHandlePlace places[SG_N_HANDLES];

  sg_reading_element (reading, pin)->role = SG_ROLE_PIN;
  g_assert_cmpuint (sg_handles_of (sg_reading_element (reading, spring), places), ==, 2);
  g_assert_cmpint (places[1].handle, ==, SG_HANDLE_TO);
  g_assert_cmpfloat (places[1].at.y, ==, 250);
  g_assert_cmpuint (sg_handles_of (sg_reading_element (reading, pin), places), ==, 1);
  g_assert_cmpint (places[0].handle, ==, SG_HANDLE_CENTER);
  g_assert_cmpuint (sg_handles_of (sg_reading_element (reading, box), places), ==, 0);
}

/* A pin before the outline that it lies on; nothing far away; never itself, nor what nothing holds on to. */
static void
test_handle_snaps (void)
{
  g_autoptr (SgReading) reading = sg_reading_new ();
  guint spring = drawn_spring (reading, 100, 100, 100, 250);
  guint box = drawn_box (reading, 140, 320, 80, 60), pin = drawn_circle (reading, 300, 100, 7);
  guint note = drawn_box (reading, 500, 500, 60, 20);
  SgSnap snap;

  sg_reading_element (reading, pin)->role = SG_ROLE_PIN;
  sg_reading_element (reading, note)->role = SG_ROLE_DECORATION;
  snap = sg_handle_snap (reading, spring, SG_POINT (130, 284), 14);
  g_assert_cmpint (snap.element, ==, box);
  g_assert_cmpfloat (snap.at.y, ==, 290);
  snap = sg_handle_snap (reading, spring, SG_POINT (306, 104), 14);
  g_assert_cmpint (snap.element, ==, pin);
  g_assert_cmpfloat (snap.at.x, ==, 300);
  snap = sg_handle_snap (reading, spring, SG_POINT (102, 248), 14);
  g_assert_cmpint (snap.element, ==, -1);
  g_assert_cmpfloat (snap.at.x, ==, 102);
  snap = sg_handle_snap (reading, spring, SG_POINT (500, 491), 14);
  g_assert_cmpint (snap.element, ==, -1);
}

/* What the shape tool draws is ink like any other, and read as the shape that it is. */
static void
test_shapes_are_read (void)
{
  static const struct
  {
    SgRuledShape shape;
    gboolean even;
    SgKind kind;
  } shapes[] = {
    { SG_RULED_LINE, FALSE, SG_KIND_LINE },
    { SG_RULED_RECTANGLE, FALSE, SG_KIND_RECTANGLE },
    { SG_RULED_RECTANGLE, TRUE, SG_KIND_RECTANGLE },
    { SG_RULED_ELLIPSE, TRUE, SG_KIND_CIRCLE },
    { SG_RULED_ELLIPSE, FALSE, SG_KIND_ELLIPSE },
    { SG_RULED_TRIANGLE, FALSE, SG_KIND_TRIANGLE },
    { SG_RULED_TRIANGLE, TRUE, SG_KIND_TRIANGLE },
    { SG_RULED_WEDGE, FALSE, SG_KIND_TRIANGLE },
    { SG_RULED_SPRING, FALSE, SG_KIND_SPRING },
    { SG_RULED_SPRING, TRUE, SG_KIND_SPRING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (GArray) ink = g_array_new (FALSE, FALSE, sizeof (SgInkPoint));
      SgPageBuilder *builder = sg_page_builder_new (NULL);
      SgPoint from = SG_POINT (200, 200), to = SG_POINT (340, 275);

      if (shapes[i].even)
        to = sg_ruled_shape_even (shapes[i].shape, from, to);
      sg_ruled_shape_add_ink (shapes[i].shape, from, to, ink);
      sg_page_builder_take_stroke (builder,
                                   sg_stroke_new (3, NULL, (const SgInkPoint *)ink->data, ink->len, NULL));
      g_autoptr (SgPage) page = sg_page_builder_end (builder);
      g_autoptr (SgReading) reading = sg_analyze (page, NULL, NULL);
      g_assert_cmpuint (sg_reading_n_elements (reading), ==, 1);
      g_assert_cmpstr (sg_kind_name (sg_reading_element (reading, 0)->kind), ==,
                       sg_kind_name (shapes[i].kind));
    }
}

/* However long it is drawn and in whatever direction. */
static void
test_springs_are_read (void)
{
  for (guint i = 0; i < 24; i++)
    {
      g_autoptr (GArray) ink = g_array_new (FALSE, FALSE, sizeof (SgInkPoint));
      SgPageBuilder *builder = sg_page_builder_new (NULL);
      double length = 50 + 20 * i, angle = i * G_PI / 9;

      sg_ruled_shape_add_ink (SG_RULED_SPRING, SG_POINT (600, 600),
                              SG_POINT (600 + length * cos (angle), 600 + length * sin (angle)), ink);
      sg_page_builder_take_stroke (builder,
                                   sg_stroke_new (3, NULL, (const SgInkPoint *)ink->data, ink->len, NULL));
      g_autoptr (SgPage) page = sg_page_builder_end (builder);
      g_autoptr (SgReading) reading = sg_analyze (page, NULL, NULL);
      g_test_message ("%g long", length);
      g_assert_cmpuint (sg_reading_n_elements (reading), ==, 1);
      g_assert_cmpstr (sg_kind_name (sg_reading_element (reading, 0)->kind), ==, "spring");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vision/scribble/takes", test_scribble_takes_what_it_covers);
  g_test_add_func ("/vision/scribble/any-way", test_scribble_any_way);
  g_test_add_func ("/vision/scribble/whole-mark", test_scribble_takes_the_whole_mark);
  g_test_add_func ("/vision/scribble/not-a-spring", test_spring_is_no_scribble);
  g_test_add_func ("/vision/scribble/not-hatching", test_hatching_is_no_scribble);
  g_test_add_func ("/vision/scribble/not-filling-in", test_filling_in_is_no_scribble);
  g_test_add_func ("/vision/scribble/on-paper", test_scribble_on_paper_is_ink);
  g_test_add_func ("/vision/scribble/plain-strokes", test_plain_strokes_are_no_scribbles);
  g_test_add_func ("/vision/straighten/primitives", test_straighten);
  g_test_add_func ("/vision/straighten/line", test_straight_line_is_straight);
  g_test_add_func ("/vision/shape/is-read", test_shapes_are_read);
  g_test_add_func ("/vision/shape/springs-are-read", test_springs_are_read);
  g_test_add_func ("/vision/straighten/nothing", test_nothing_to_straighten);
  g_test_add_func ("/vision/handles/places", test_handles);
  g_test_add_func ("/vision/handles/snap", test_handle_snaps);
  return g_test_run ();
}
