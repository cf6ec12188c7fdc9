/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/vision/drawn.h"
#include "base/limits.h"
#include "vision/relations.h"

typedef struct
{
  SgReading *reading;
  SgPageBuilder *page;
} Fixture;

static void
setup (Fixture *f, gconstpointer data)
{
  f->reading = sg_reading_new ();
  f->page = sg_page_builder_new (NULL);
}

static void
teardown (Fixture *f, gconstpointer data)
{
  sg_reading_unref (f->reading);
}

static void
label (Fixture *f, double x, double y, const char *text)
{
  sg_page_builder_take_label (f->page, sg_label_new (SG_POINT (x, y), text, NULL));
}

static void
find (Fixture *f)
{
  g_autoptr (SgPage) page = sg_page_builder_end (f->page);

  sg_relations_find (f->reading, page, NULL);
}

static SgRole
role (Fixture *f, guint i)
{
  return sg_reading_element (f->reading, i)->role;
}

static guint
count (Fixture *f, SgRelationKind kind)
{
  guint n = 0;

  for (guint i = 0; i < sg_reading_n_relations (f->reading); i++)
    n += sg_reading_relation (f->reading, i)->kind == kind;
  return n;
}

static gboolean
related (Fixture *f, SgRelationKind kind, int a, int b)
{
  for (guint i = 0; i < sg_reading_n_relations (f->reading); i++)
    {
      const SgRelation *r = sg_reading_relation (f->reading, i);

      if (r->kind == kind && ((r->a == a && r->b == b) || (r->a == b && r->b == a)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_issue (Fixture *f, const char *code)
{
  for (guint i = 0; i < f->reading->issues->len; i++)
    if (g_str_equal (g_array_index (f->reading->issues, SgIssue, i).code, code))
      return TRUE;
  return FALSE;
}

static void
test_pendulum (Fixture *f, gconstpointer data)
{
  guint ceiling = drawn_hatched (f->reading, 320, 100, 480, 100, -6);
  guint pin = drawn_circle (f->reading, 401, 102, 6);
  guint rod = drawn_line (f->reading, 400, 100, 300, 300);
  guint bob = drawn_circle (f->reading, 290, 319, 22);

  find (f);
  g_assert_cmpint (role (f, ceiling), ==, SG_ROLE_FIXED);
  g_assert_cmpint (role (f, pin), ==, SG_ROLE_PIN);
  g_assert_cmpint (role (f, rod), ==, SG_ROLE_BODY);
  g_assert_true (related (f, SG_RELATION_HINGE, rod, -1));
  g_assert_true (related (f, SG_RELATION_WELD, rod, bob));
  g_assert_cmpuint (count (f, SG_RELATION_HINGE), ==, 1);
}

static void
test_small_bob_is_no_pin (Fixture *f, gconstpointer data)
{
  drawn_hatched (f->reading, 320, 100, 480, 100, -6);
  drawn_circle (f->reading, 400, 100, 5);
  guint rod = drawn_line (f->reading, 400, 100, 300, 300);
  guint bob = drawn_circle (f->reading, 296, 309, 10);

  find (f);
  g_assert_cmpint (role (f, bob), ==, SG_ROLE_BODY);
  g_assert_true (related (f, SG_RELATION_WELD, rod, bob));
}

/* A pin whose circle stayed open was fitted as an arc. */
static void
test_open_pin (Fixture *f, gconstpointer data)
{
  guint rod = drawn_line (f->reading, 400, 90, 310, 200);
  guint pin = drawn_mark (f->reading, SG_KIND_ARC,
                          (SgGeometry){ .center = { 400, 90 }, .radius = 6, .start = 0, .sweep = 5 });
  guint bow = drawn_mark (f->reading, SG_KIND_ARC,
                          (SgGeometry){ .center = { 310, 200 }, .radius = 6, .start = 0, .sweep = 2 });

  find (f);
  g_assert_cmpint (role (f, pin), ==, SG_ROLE_PIN);
  g_assert_cmpint (role (f, bow), !=, SG_ROLE_PIN);
  g_assert_true (related (f, SG_RELATION_HINGE, rod, -1));
}

static void
test_pin_between_rods (Fixture *f, gconstpointer data)
{
  guint upper = drawn_line (f->reading, 400, 90, 310, 200);
  guint pin = drawn_circle (f->reading, 312, 201, 6);
  guint lower = drawn_line (f->reading, 311, 203, 430, 300);

  drawn_circle (f->reading, 400, 90, 6);
  find (f);
  g_assert_cmpint (role (f, pin), ==, SG_ROLE_PIN);
  g_assert_true (related (f, SG_RELATION_HINGE, upper, lower));
  g_assert_true (related (f, SG_RELATION_HINGE, upper, -1));
  g_assert_cmpuint (count (f, SG_RELATION_WELD), ==, 0);
}

static void
test_ends_without_pin_are_welded (Fixture *f, gconstpointer data)
{
  guint a = drawn_line (f->reading, 100, 100, 200, 100), b = drawn_line (f->reading, 204, 103, 200, 200);
  guint far = drawn_line (f->reading, 230, 100, 330, 100);

  find (f);
  g_assert_true (related (f, SG_RELATION_WELD, a, b));
  g_assert_false (related (f, SG_RELATION_WELD, a, far));
  g_assert_cmpuint (count (f, SG_RELATION_HINGE), ==, 0);
}

static void
test_car (Fixture *f, gconstpointer data)
{
  drawn_hatched (f->reading, 60, 520, 760, 520, 6);
  guint box = drawn_box (f->reading, 240, 466, 200, 56);
  guint left = drawn_circle (f->reading, 175, 490, 28), axle = drawn_circle (f->reading, 176, 489, 5);
  guint right = drawn_circle (f->reading, 305, 490, 28);
  drawn_circle (f->reading, 305, 490, 5);
  guint motor = drawn_turn_arrow (f->reading, 175, 490, 44, -4);

  find (f);
  g_assert_cmpint (role (f, axle), ==, SG_ROLE_PIN);
  g_assert_true (related (f, SG_RELATION_HINGE, left, box));
  g_assert_true (related (f, SG_RELATION_HINGE, right, box));
  g_assert_true (related (f, SG_RELATION_ATTACHED, motor, left));
  g_assert_cmpuint (count (f, SG_RELATION_WELD), ==, 0);
}

static void
test_wheels_without_axles (Fixture *f, gconstpointer data)
{
  guint box = drawn_box (f->reading, 240, 466, 200, 56), wheel = drawn_circle (f->reading, 175, 490, 28);

  find (f);
  g_assert_true (related (f, SG_RELATION_HINGE, wheel, box));
  g_assert_true (has_issue (f, "sketch.assumed-axle"));
}

static void
test_nested_loop_is_drawn_on (Fixture *f, gconstpointer data)
{
  guint box = drawn_box (f->reading, 240, 200, 200, 100), window = drawn_box (f->reading, 240, 200, 60, 40);
  guint beside = drawn_box (f->reading, 500, 200, 60, 40);

  find (f);
  g_assert_cmpint (role (f, window), ==, SG_ROLE_DECORATION);
  g_assert_true (related (f, SG_RELATION_WELD, window, box));
  g_assert_cmpint (role (f, beside), ==, SG_ROLE_BODY);
}

static void
test_cross_anchors_one_and_welds_two (Fixture *f, gconstpointer data)
{
  guint base = drawn_box (f->reading, 100, 100, 90, 70);
  guint a = drawn_box (f->reading, 300, 100, 90, 70), b = drawn_box (f->reading, 360, 100, 90, 70);
  guint free_box = drawn_box (f->reading, 600, 100, 90, 70);

  drawn_cross (f->reading, 100, 105, 22);
  drawn_cross (f->reading, 330, 100, 16);
  drawn_cross (f->reading, 600, 300, 22);
  find (f);
  g_assert_true (related (f, SG_RELATION_ANCHORED, base, -1));
  g_assert_cmpint (role (f, base), ==, SG_ROLE_FIXED);
  g_assert_true (related (f, SG_RELATION_WELD, a, b));
  g_assert_cmpint (role (f, free_box), ==, SG_ROLE_BODY);
  g_assert_true (has_issue (f, "sketch.unattached-cross"));
}

static void
test_see_saw (Fixture *f, gconstpointer data)
{
  drawn_hatched (f->reading, 150, 520, 650, 520, 6);
  guint support = drawn_triangle (f->reading, SG_POINT (400, 440), SG_POINT (445, 519), SG_POINT (355, 519));
  guint plank = drawn_box (f->reading, 400, 432, 320, 14), load = drawn_box (f->reading, 270, 402, 44, 44);

  find (f);
  g_assert_cmpint (role (f, support), ==, SG_ROLE_FIXED);
  g_assert_true (related (f, SG_RELATION_HINGE, plank, support));
  g_assert_cmpint (role (f, load), ==, SG_ROLE_BODY);
  g_assert_cmpuint (count (f, SG_RELATION_WELD), ==, 0);
}

/* The same triangle under a box that is no plank, and beside the plank. */
static void
test_triangle_is_a_body_else (Fixture *f, gconstpointer data)
{
  drawn_hatched (f->reading, 150, 520, 650, 520, 6);
  guint triangle = drawn_triangle (f->reading, SG_POINT (400, 440), SG_POINT (445, 519), SG_POINT (355, 519));

  drawn_box (f->reading, 400, 407, 60, 60);
  find (f);
  g_assert_cmpint (role (f, triangle), ==, SG_ROLE_BODY);
  g_assert_cmpuint (count (f, SG_RELATION_HINGE), ==, 0);
}

static void
test_bare_ground_and_ramp (Fixture *f, gconstpointer data)
{
  guint ground = drawn_line (f->reading, 80, 520, 720, 523),
        ramp = drawn_line (f->reading, 150, 300, 450, 518);

  drawn_circle (f->reading, 210, 318, 20);
  guint rod = drawn_line (f->reading, 500, 400, 650, 380);
  find (f);
  g_assert_cmpint (role (f, ground), ==, SG_ROLE_FIXED);
  g_assert_cmpint (role (f, ramp), ==, SG_ROLE_FIXED);
  g_assert_cmpint (role (f, rod), ==, SG_ROLE_BODY);
}

/* Ticks that the recogniser left single; three are not enough. */
static void
test_loose_ticks_hatch (Fixture *f, gconstpointer data)
{
  guint line = drawn_line (f->reading, 100, 300, 300, 300),
        bare = drawn_line (f->reading, 400, 300, 600, 300);

  for (guint i = 0; i < 5; i++)
    drawn_line (f->reading, 110 + 40 * i, 301, 103 + 40 * i, 310);
  for (guint i = 0; i < 3; i++)
    drawn_line (f->reading, 410 + 60 * i, 301, 403 + 60 * i, 310);
  find (f);
  g_assert_cmpint (role (f, line), ==, SG_ROLE_FIXED);
  g_assert_cmpint (role (f, line + 2), ==, SG_ROLE_DECORATION);
  g_assert_cmpint (role (f, bare), ==, SG_ROLE_BODY);
}

/* Both springs are drawn across a line; the first runs into the hatching behind it, the other hangs through a
 * line that is hatched where the spring goes on. */
static void
test_spring_behind_ground (Fixture *f, gconstpointer data)
{
  drawn_hatched (f->reading, 320, 80, 480, 80, -10);
  guint held = drawn_spring (f->reading, 400, 70, 400, 190);
  drawn_hatched (f->reading, 620, 80, 780, 80, 10);
  guint through = drawn_spring (f->reading, 700, 70, 700, 190);

  find (f);
  g_assert_cmpfloat_with_epsilon (sg_reading_element (f->reading, held)->geometry.from.y, 80, 0.01);
  g_assert_cmpfloat (sg_reading_element (f->reading, held)->geometry.to.y, ==, 190);
  g_assert_true (related (f, SG_RELATION_ATTACHED, held, -1));
  g_assert_cmpfloat (sg_reading_element (f->reading, through)->geometry.from.y, ==, 70);
}

static void
test_spring_ends (Fixture *f, gconstpointer data)
{
  drawn_hatched (f->reading, 340, 80, 460, 80, -6);
  guint spring = drawn_spring (f->reading, 400, 84, 401, 236), box = drawn_box (f->reading, 400, 272, 70, 62);
  guint loose = drawn_spring (f->reading, 600, 80, 600, 200);

  find (f);
  g_assert_true (related (f, SG_RELATION_ATTACHED, spring, -1));
  g_assert_true (related (f, SG_RELATION_ATTACHED, spring, box));
  g_assert_false (related (f, SG_RELATION_ATTACHED, loose, box));
  g_assert_true (has_issue (f, "sketch.unattached-spring"));
}

static void
test_arrows (Fixture *f, gconstpointer data)
{
  guint box = drawn_box (f->reading, 312, 488, 62, 60), push = drawn_arrow (f->reading, 340, 500, 440, 500);
  guint fling = drawn_arrow (f->reading, 312, 475, 440, 475),
        down = drawn_arrow (f->reading, 700, 100, 700, 180);
  guint stray = drawn_arrow (f->reading, 600, 300, 700, 300);

  label (f, 430, 455, "v = 1 m/s");
  find (f);
  g_assert_cmpint (role (f, push), ==, SG_ROLE_FORCE);
  g_assert_cmpint (role (f, fling), ==, SG_ROLE_VELOCITY);
  g_assert_true (related (f, SG_RELATION_ATTACHED, push, box));
  g_assert_true (related (f, SG_RELATION_ATTACHED, fling, box));
  g_assert_cmpint (role (f, down), ==, SG_ROLE_GRAVITY);
  g_assert_cmpint (role (f, stray), ==, SG_ROLE_FORCE);
  g_assert_true (has_issue (f, "sketch.unattached-arrow"));
}

static void
test_labels_go_where_they_fit (Fixture *f, gconstpointer data)
{
  guint spring = drawn_spring (f->reading, 400, 80, 400, 240), box = drawn_box (f->reading, 400, 272, 70, 62);
  guint rod = drawn_line (f->reading, 100, 400, 300, 400);

  label (f, 420, 235, "k = 50 N/m");
  label (f, 420, 232, "2 kg");
  label (f, 180, 385, "1 m");
  label (f, 700, 700, "3 kg");
  find (f);
  g_assert_true (related (f, SG_RELATION_LABELS, 3, spring));
  g_assert_true (related (f, SG_RELATION_LABELS, 4, box));
  g_assert_true (related (f, SG_RELATION_LABELS, 5, rod));
  g_assert_cmpint (role (f, 3), ==, SG_ROLE_LABEL);
  g_assert_cmpint (sg_reading_element (f->reading, 4)->label, ==, 1);
  g_assert_cmpfloat_with_epsilon (f->reading->scale, 200, 1e-9);
  g_assert_true (has_issue (f, "sketch.unattached-label"));
}

static void
test_rope_over_pulley (Fixture *f, gconstpointer data)
{
  drawn_hatched (f->reading, 330, 70, 470, 70, -6);
  guint bracket = drawn_line (f->reading, 400, 70, 400, 150), wheel = drawn_circle (f->reading, 400, 150, 40);
  drawn_circle (f->reading, 400, 150, 5);
  guint rope = drawn_line (f->reading, 360, 360, 361, 150);
  drawn_mark (f->reading, SG_KIND_ARC,
              (SgGeometry){ .center = { 400, 150 }, .radius = 41, .start = G_PI, .sweep = -G_PI });
  drawn_line (f->reading, 440, 152, 440, 290);
  guint left = drawn_box (f->reading, 360, 386, 50, 50) - 2,
        right = drawn_box (f->reading, 440, 316, 50, 50) - 2;

  find (f);
  g_assert_cmpint (role (f, bracket), ==, SG_ROLE_FIXED);
  g_assert_true (related (f, SG_RELATION_HINGE, wheel, -1));
  g_assert_cmpint (role (f, rope), ==, SG_ROLE_ROPE);
  g_assert_true (related (f, SG_RELATION_AROUND, rope, wheel));
  g_assert_true (related (f, SG_RELATION_ATTACHED, rope, left));
  g_assert_true (related (f, SG_RELATION_ATTACHED, rope, right));
}

static void
test_dashes_trace (Fixture *f, gconstpointer data)
{
  guint first = drawn_line (f->reading, 100, 100, 112, 100);

  for (guint i = 1; i < 6; i++)
    drawn_line (f->reading, 100 + 20 * i, 100, 112 + 20 * i, 101);
  guint rod = drawn_line (f->reading, 100, 200, 240, 200);
  find (f);
  g_assert_cmpint (role (f, first), ==, SG_ROLE_TRACE);
  g_assert_cmpint (role (f, first + 5), ==, SG_ROLE_TRACE);
  g_assert_cmpint (role (f, rod), ==, SG_ROLE_BODY);
}

static void
test_slider (Fixture *f, gconstpointer data)
{
  guint box = drawn_box (f->reading, 300, 300, 60, 40), rail = drawn_line (f->reading, 150, 278, 500, 278);

  drawn_line (f->reading, 150, 322, 500, 323);
  find (f);
  g_assert_cmpint (role (f, rail), ==, SG_ROLE_FIXED);
  g_assert_true (related (f, SG_RELATION_SLIDE, box, -1));
}

/* Marks that coincide, have no extent or lie far out are read without harm. */
static void
test_odd_marks (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      drawn_line (f->reading, 10, 10, 10, 10);
      drawn_circle (f->reading, 10, 10, 0);
      drawn_circle (f->reading, 1e6, -1e6, 1e6);
      drawn_mark (f->reading, SG_KIND_BLOB, (SgGeometry){ 0 });
      drawn_mark (f->reading, SG_KIND_UNKNOWN, (SgGeometry){ 0 });
      drawn_arrow (f->reading, 0, 0, 0, 0);
      drawn_spring (f->reading, 5, 5, 5, 5);
    }
  label (f, 0, 0, "");
  find (f);
  g_assert_nonnull (sg_reading_element (f->reading, 0)->id);
}

/* All marks on one spot: every pair touches, which the rules bear for hundreds; beyond that it is a heap. */
static void
test_marks_on_one_spot (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 500; i++)
    drawn_circle (f->reading, 100, 100, 20);
  find (f);
  g_assert_false (has_issue (f, "sketch.too-many-marks"));
}

static void
test_heap_of_marks (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < SG_LIMIT_MARKS; i++)
    drawn_circle (f->reading, 100, 100, 20);
  find (f);
  g_assert_true (has_issue (f, "sketch.too-many-marks"));
  g_assert_cmpuint (sg_reading_n_relations (f->reading), ==, 0);
}

static void
test_too_many_marks (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i <= SG_LIMIT_MARKS; i++)
    drawn_circle (f->reading, 100 * (i % 20), 100 * (i / 20), 30);
  find (f);
  g_assert_true (has_issue (f, "sketch.too-many-marks"));
  for (guint i = 0; i <= SG_LIMIT_MARKS; i++)
    g_assert_cmpint (role (f, i), ==, SG_ROLE_DECORATION);
  g_assert_cmpuint (sg_reading_n_relations (f->reading), ==, 0);
}

/* A round arrow whose head came in pieces still drives the wheel, towards its head; without a head, or with
 * nothing inside, an arc is no motor. */
static void
test_turn_arrow_in_pieces (Fixture *f, gconstpointer data)
{
  drawn_hatched (f->reading, 60, 520, 760, 520, 6);
  drawn_box (f->reading, 240, 466, 200, 56);
  guint wheel = drawn_circle (f->reading, 175, 490, 28);
  drawn_circle (f->reading, 175, 490, 5);
  guint arrow = drawn_mark (f->reading, SG_KIND_ARC,
                            (SgGeometry){ .center = { 175, 490 }, .radius = 44, .start = -1.2, .sweep = 4 });
  guint loose = drawn_mark (f->reading, SG_KIND_ARC,
                            (SgGeometry){ .center = { 450, 300 }, .radius = 44, .start = -1.2, .sweep = 4 });
  drawn_line (f->reading, 466, 341, 478, 344);
  guint bow = drawn_mark (f->reading, SG_KIND_ARC,
                          (SgGeometry){ .center = { 176, 488 }, .radius = 90, .start = 0, .sweep = 3 });
  drawn_line (f->reading, 190, 531, 203, 533);
  drawn_line (f->reading, 190, 531, 197, 522);
  find (f);

  const SgElement *turn = sg_reading_element (f->reading, arrow);
  g_assert_cmpint (turn->kind, ==, SG_KIND_TURN_ARROW);
  g_assert_cmpfloat (turn->geometry.sweep, <, 0);
  g_assert_cmpfloat (sg_point_distance (turn->geometry.to, SG_POINT (190, 531)), <, 3);
  g_assert_true (related (f, SG_RELATION_ATTACHED, arrow, wheel));
  g_assert_cmpint (sg_reading_element (f->reading, loose)->kind, ==, SG_KIND_ARC);
  g_assert_cmpint (sg_reading_element (f->reading, bow)->kind, ==, SG_KIND_ARC);
  g_assert_cmpuint (turn->n_alternatives, ==, 1);
}

#define RULE(name, function) g_test_add ("/vision/relations/" name, Fixture, NULL, setup, function, teardown)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RULE ("pendulum", test_pendulum);
  RULE ("small-bob-is-no-pin", test_small_bob_is_no_pin);
  RULE ("open-pin", test_open_pin);
  RULE ("loose-ticks-hatch", test_loose_ticks_hatch);
  RULE ("pin-between-rods", test_pin_between_rods);
  RULE ("ends-without-pin-are-welded", test_ends_without_pin_are_welded);
  RULE ("car", test_car);
  RULE ("turn-arrow-in-pieces", test_turn_arrow_in_pieces);
  RULE ("wheels-without-axles", test_wheels_without_axles);
  RULE ("nested-loop-is-drawn-on", test_nested_loop_is_drawn_on);
  RULE ("cross-anchors-one-and-welds-two", test_cross_anchors_one_and_welds_two);
  RULE ("see-saw", test_see_saw);
  RULE ("triangle-is-a-body-else", test_triangle_is_a_body_else);
  RULE ("bare-ground-and-ramp", test_bare_ground_and_ramp);
  RULE ("spring-ends", test_spring_ends);
  RULE ("spring-behind-ground", test_spring_behind_ground);
  RULE ("arrows", test_arrows);
  RULE ("labels-go-where-they-fit", test_labels_go_where_they_fit);
  RULE ("rope-over-pulley", test_rope_over_pulley);
  RULE ("dashes-trace", test_dashes_trace);
  RULE ("slider", test_slider);
  RULE ("odd-marks", test_odd_marks);
  RULE ("marks-on-one-spot", test_marks_on_one_spot);
  RULE ("heap-of-marks", test_heap_of_marks);
  RULE ("too-many-marks", test_too_many_marks);
  return g_test_run ();
}
