/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The way from marks to motion: readings made by hand, through relations, spec, rules and MJCF to steps. */
#include "physics/assemble.h"
#include "physics/model.h"
#include "physics/rules.h"
#include "tests/vision/drawn.h"
#include "vision/relations.h"

typedef struct
{
  SgReading *reading;
  SgPageBuilder *page;
  SgSpec *spec;
  SgModel *model;
  mjData *data;
} Flow;

static void
setup (Flow *f, gconstpointer user_data)
{
  f->reading = sg_reading_new ();
  f->page = sg_page_builder_new (NULL);
}

static void
teardown (Flow *f, gconstpointer user_data)
{
  mj_deleteData (f->data);
  g_clear_pointer (&f->model, sg_model_unref);
  g_clear_pointer (&f->spec, sg_spec_free);
  sg_reading_unref (f->reading);
}

static void
label (Flow *f, double x, double y, const char *text)
{
  sg_page_builder_take_label (f->page, sg_label_new (SG_POINT (x, y), text, NULL));
}

static void
assemble (Flow *f)
{
  g_autoptr (SgPage) page = sg_page_builder_end (f->page);
  g_autoptr (GError) error = NULL;

  sg_relations_find (f->reading, page, NULL);
  f->spec = sg_assemble (f->reading);
  sg_rules_hold (f->spec, &error);
  g_assert_no_error (error);
  f->model = sg_model_from_spec (f->spec, NULL, &error);
  g_assert_no_error (error);
  f->data = mj_makeData (sg_model_get (f->model));
  sg_model_reset_data (f->model, f->data);
}

static void
step (Flow *f, double seconds)
{
  double end = f->data->time + seconds;

  while (f->data->time < end)
    mj_step (sg_model_get (f->model), f->data);
  for (int i = 0; i < mjNWARNING; i++)
    g_assert_cmpint (f->data->warning[i].number, ==, 0);
}

static const double *
place (Flow *f, const char *body)
{
  int id = mj_name2id (sg_model_get (f->model), mjOBJ_BODY, body);

  if (id < 0)
    g_error ("there is no body %s", body);
  return f->data->xipos + 3 * id;
}

static const SgJoint *
joint (Flow *f, const char *body, guint i)
{
  return &g_array_index (sg_spec_find_body (f->spec, body)->joints, SgJoint, i);
}

static gboolean
has_note (Flow *f, const char *part)
{
  for (guint i = 0; i < f->spec->notes->len; i++)
    if (strstr (f->spec->notes->pdata[i], part))
      return TRUE;
  return FALSE;
}

static void
draw_pendulum (Flow *f, double x)
{
  drawn_hatched (f->reading, 320, 100, 480, 100, -6);
  drawn_circle (f->reading, 400, 100, 6);
  drawn_line (f->reading, 400, 100, x, 300);
  drawn_circle (f->reading, 400 + (x - 400) * 1.11, 322, 22);
}

static void
test_pendulum_swings (Flow *f, gconstpointer data)
{
  draw_pendulum (f, 300);
  assemble (f);
  g_assert_cmpstr (joint (f, "ball1", 0)->name, ==, "pin_ball1_world");
  g_assert_cmpint (sg_model_get (f->model)->nv, ==, 1);
  double start = place (f, "ball1")[0], pin = (400 - f->reading->origin.x) / 100;

  g_assert_cmpfloat (start, <, pin - 0.5);
  step (f, 1.5);
  g_assert_cmpfloat (place (f, "ball1")[0], >, pin + 0.5);
}

/* What a person prefers holds where the drawing says nothing. */
static void
test_usual_gravity (Flow *f, gconstpointer data)
{
  draw_pendulum (f, 300);
  assemble (f);
  g_autoptr (SgSpec) moon = sg_assemble_under (f->reading, 1.62);

  g_assert_cmpfloat (f->spec->gravity[2], ==, -9.81);
  g_assert_cmpfloat (moon->gravity[2], ==, -1.62);
}

static void
test_straight_pendulum_wakes (Flow *f, gconstpointer data)
{
  draw_pendulum (f, 400);
  assemble (f);
  g_assert_true (has_note (f, "30 degrees"));
  g_assert_cmpfloat_with_epsilon (joint (f, "ball1", 0)->initial_position, G_PI / 6, 1e-9);
}

static void
test_said_angle (Flow *f, gconstpointer data)
{
  draw_pendulum (f, 300);
  label (f, 360, 180, "45°");
  assemble (f);
  step (f, 0.002);
  const double *bob = place (f, "ball1");
  double x = (400 - f->reading->origin.x) / 100 - bob[0], z = (f->reading->origin.y - 100) / 100 - bob[2];

  g_assert_cmpfloat_with_epsilon (atan2 (x, z), G_PI / 4, 0.01);
}

/* Where body `name` goes within `seconds`; rad above the level, to the right. */
static double
way_of (Flow *f, const char *name, double seconds)
{
  double x = place (f, name)[0], z = place (f, name)[2];

  step (f, seconds);
  return atan2 (place (f, name)[2] - z, place (f, name)[0] - x);
}

/* The ramp was drawn at 37 degrees. */
static void
draw_said_ramp (Flow *f)
{
  drawn_hatched (f->reading, 100, 500, 700, 500, 6);
  drawn_hatched (f->reading, 100, 200, 500, 500, 6);
  label (f, 430, 480, "30°");
}

static void
test_said_slope (Flow *f, gconstpointer data)
{
  draw_said_ramp (f);
  drawn_circle (f->reading, 215, 259, 20);
  assemble (f);
  g_assert_cmpfloat_with_epsilon (way_of (f, "ball1", 0.5), -G_PI / 6, 0.01);
}

/* A block on the slope is held by a spring and a stop: they turn with it. */
static void
test_said_slope_with_stop (Flow *f, gconstpointer data)
{
  draw_said_ramp (f);
  drawn_hatched (f->reading, 124, 218, 148, 186, 4);
  drawn_spring (f->reading, 140, 206, 236, 278);
  guint block = drawn_box (f->reading, 260, 290, 60, 40);
  sg_reading_element (f->reading, block)->geometry.angle = -atan2 (3, 4);
  label (f, 250, 285, "mu = 0.05");
  assemble (f);
  g_assert_cmpuint (f->spec->tendons->len, ==, 1);
  g_assert_cmpfloat_with_epsilon (-way_of (f, "box1", 0.3), G_PI / 6, 0.02);
}

/* The same block tied to a wall of its own: nothing is turned, and that is said. */
static void
test_said_slope_that_is_tied (Flow *f, gconstpointer data)
{
  draw_said_ramp (f);
  drawn_hatched (f->reading, 600, 100, 600, 300, 0);
  drawn_spring (f->reading, 284, 290, 600, 290);
  guint block = drawn_box (f->reading, 260, 290, 60, 40);
  sg_reading_element (f->reading, block)->geometry.angle = -atan2 (3, 4);
  assemble (f);
  g_assert_true (has_note (f, "slope stays"));
}

/* A floor that goes up at its left end, and there on to a landing where `landing`; hatched below. */
static void
draw_said_path (Flow *f, gboolean landing)
{
  const SgPoint points[] = { { 20, 200 }, { 100, 200 }, { 500, 500 }, { 700, 500 } };
  guint from = landing ? 0 : 1;
  SgGeometry g = { .points = g_memdup2 (points + from, (4 - from) * sizeof *points), .n_points = 4 - from };

  drawn_mark (f->reading, SG_KIND_POLYLINE, g);
  drawn_mark (f->reading, SG_KIND_HATCHING,
              (SgGeometry){ .from = { 500, 500 }, .to = { 700, 500 }, .center = { 600, 506 } });
  drawn_circle (f->reading, 215, 259, 20);
  label (f, 430, 480, "30 degrees");
  assemble (f);
}

static void
test_said_path (Flow *f, gconstpointer data)
{
  draw_said_path (f, FALSE);
  g_assert_cmpfloat_with_epsilon (way_of (f, "ball1", 0.5), -G_PI / 6, 0.01);
}

static void
test_said_path_with_landing (Flow *f, gconstpointer data)
{
  draw_said_path (f, TRUE);
  g_assert_true (has_note (f, "goes on above it"));
  g_assert_cmpfloat_with_epsilon (way_of (f, "ball1", 0.5), -atan2 (3, 4), 0.01);
}

/* A block between two rails stays on them, and the words say why. */
static void
test_said_rails (Flow *f, gconstpointer data)
{
  drawn_line (f->reading, 100, 200, 500, 500);
  drawn_line (f->reading, 136, 152, 536, 452);
  guint block = drawn_box (f->reading, 238, 266, 60, 56);
  sg_reading_element (f->reading, block)->geometry.angle = -atan2 (3, 4);
  label (f, 430, 480, "30°");
  assemble (f);
  g_assert_true (has_note (f, "slides along it"));
}

static void
test_said_wedge (Flow *f, gconstpointer data)
{
  drawn_hatched (f->reading, 100, 500, 700, 500, 6);
  drawn_triangle (f->reading, SG_POINT (200, 300), SG_POINT (500, 500), SG_POINT (200, 500));
  drawn_cross (f->reading, 260, 440, 30);
  drawn_circle (f->reading, 251, 310, 20);
  label (f, 430, 490, "25°");
  assemble (f);
  g_assert_cmpfloat_with_epsilon (way_of (f, "ball1", 0.5), -25 * G_PI / 180, 0.02);
}

static void
test_said_throw (Flow *f, gconstpointer data)
{
  drawn_hatched (f->reading, 60, 500, 700, 500, 6);
  drawn_circle (f->reading, 140, 480, 20);
  drawn_arrow (f->reading, 140, 480, 230, 420);
  label (f, 230, 440, "v = 5 m/s");
  label (f, 210, 470, "45°");
  assemble (f);
  g_assert_cmpfloat_with_epsilon (joint (f, "ball1", 0)->initial_velocity, 5 * G_SQRT2 / 2, 1e-6);
  g_assert_cmpfloat_with_epsilon (joint (f, "ball1", 1)->initial_velocity, 5 * G_SQRT2 / 2, 1e-6);
}

/* Drawn 4 units into each other and 5 above the ground, turned by 2 degrees: it stands. */
static void
test_rough_stack_stands (Flow *f, gconstpointer data)
{
  drawn_hatched (f->reading, 200, 520, 600, 522, 6);
  drawn_box (f->reading, 400, 486, 60, 58);
  guint middle = drawn_box (f->reading, 403, 432, 60, 58);
  drawn_box (f->reading, 398, 370, 60, 58);
  sg_reading_element (f->reading, middle)->geometry.angle = 0.035;
  assemble (f);
  double x = place (f, "box3")[0], z = place (f, "box3")[2];

  step (f, 3);
  g_assert_cmpfloat_with_epsilon (place (f, "box3")[0], x, 0.02);
  g_assert_cmpfloat_with_epsilon (place (f, "box3")[2], z, 0.02);
}

static void
test_car_drives_right (Flow *f, gconstpointer data)
{
  drawn_hatched (f->reading, 60, 520, 760, 520, 6);
  drawn_box (f->reading, 240, 466, 200, 56);
  for (guint i = 0; i < 2; i++)
    {
      drawn_circle (f->reading, 175 + 130 * i, 490, 28);
      drawn_circle (f->reading, 175 + 130 * i, 490, 5);
    }
  drawn_turn_arrow (f->reading, 175, 490, 44, -4);
  assemble (f);
  g_assert_cmpstr (joint (f, "wheel1", 0)->name, ==, "pin_wheel1_box1");
  double x = place (f, "box1")[0];
  step (f, 2);
  g_assert_cmpfloat (place (f, "box1")[0], >, x + 0.4);
}

static void
test_spring_label_and_velocity (Flow *f, gconstpointer data)
{
  guint wall = drawn_hatched (f->reading, 120, 380, 120, 520, 0);

  sg_reading_element (f->reading, wall + 1)->geometry.center = SG_POINT (112, 450);
  drawn_hatched (f->reading, 120, 520, 700, 520, 6);
  drawn_spring (f->reading, 120, 488, 280, 488);
  drawn_box (f->reading, 312, 488, 62, 60);
  drawn_arrow (f->reading, 312, 488, 440, 488);
  label (f, 430, 460, "v = 2 m/s");
  label (f, 190, 460, "k = 50 N/m");
  label (f, 300, 488, "2 kg");
  assemble (f);
  const SgTendon *spring = &g_array_index (f->spec->tendons, SgTendon, 0);

  g_assert_cmpfloat (spring->stiffness, ==, 50);
  g_assert_cmpfloat (joint (f, "box1", 0)->initial_velocity, ==, 2);
  g_assert_cmpfloat_with_epsilon (sg_model_get (f->model)->body_mass[sg_model_get (f->model)->nbody - 1], 2,
                                  1e-9);
}

/* Four bars: three move, the fourth joint closes the loop. */
static void
test_four_bar_closes (Flow *f, gconstpointer data)
{
  SgPoint at[] = { { 200, 400 }, { 240, 300 }, { 400, 260 }, { 420, 400 } };

  for (guint i = 0; i < 3; i++)
    drawn_line (f->reading, at[i].x, at[i].y, at[i + 1].x, at[i + 1].y);
  for (guint i = 0; i < 4; i++)
    drawn_circle (f->reading, at[i].x, at[i].y, 6);
  drawn_hatched (f->reading, 150, 410, 480, 410, 6);
  assemble (f);
  g_assert_cmpuint (f->spec->equalities->len, ==, 1);
  g_assert_cmpint (sg_model_get (f->model)->nv, ==, 3);
  step (f, 1);
  g_assert_cmpfloat (fabs (f->data->efc_pos[0]), <, 0.01);
}

/* The rope closes in below the pulley and its top was drawn aslant: it still runs over the top. */
static void
test_rope_runs_over_the_pulley (Flow *f, gconstpointer data)
{
  drawn_hatched (f->reading, 330, 70, 470, 70, -6);
  drawn_line (f->reading, 400, 70, 400, 150);
  drawn_circle (f->reading, 400, 150, 40);
  drawn_circle (f->reading, 400, 150, 5);
  SgGeometry rope = { .points = g_new (SgPoint, 4), .n_points = 4 };
  rope.points[0] = SG_POINT (359, 359);
  rope.points[1] = SG_POINT (363, 111);
  rope.points[2] = SG_POINT (438, 120);
  rope.points[3] = SG_POINT (440, 289);
  drawn_mark (f->reading, SG_KIND_POLYLINE, rope);
  drawn_box (f->reading, 360, 386, 50, 50);
  drawn_box (f->reading, 440, 316, 50, 50);
  label (f, 310, 390, "1 kg");
  label (f, 475, 320, "3 kg");
  assemble (f);
  double left = place (f, "box1")[2], right = place (f, "box2")[2];

  step (f, 0.4);
  g_assert_cmpfloat (place (f, "box1")[2], >, left + 0.2);
  g_assert_cmpfloat (place (f, "box2")[2], <, right - 0.2);
}

static void
test_nothing_moves (Flow *f, gconstpointer data)
{
  drawn_hatched (f->reading, 200, 520, 600, 520, 6);
  assemble (f);
  g_assert_false (sg_spec_moves (f->spec));
  g_assert_true (has_note (f, "Nothing"));
}

static void
test_ball_stays_on_hatched_side (Flow *f, gconstpointer data)
{
  drawn_hatched (f->reading, 200, 520, 600, 520, 6);
  drawn_circle (f->reading, 400, 480, 20);
  assemble (f);
  g_assert_cmpstr (sg_spec_find_body (f->spec, "ground1")->name, ==, "ground1");
  step (f, 2);
  g_assert_cmpfloat_with_epsilon (place (f, "ball1")[2], 0.2, 0.01);
}

static void
test_same_reading_same_text (Flow *f, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL;

  draw_pendulum (f, 300);
  assemble (f);
  g_autoptr (SgSpec) again = sg_assemble (f->reading);
  g_autoptr (SgModel) a = sg_model_from_spec (f->spec, &first, NULL);
  g_autoptr (SgModel) b = sg_model_from_spec (again, &second, NULL);
  g_assert_cmpstr (first, ==, second);
}

#define FLOW(name, function) g_test_add ("/physics/assemble/" name, Flow, NULL, setup, function, teardown)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!sg_model_init_library (NULL))
    {
      g_print ("1..0 # SKIP this processor cannot run MuJoCo\n");
      return 0;
    }
  FLOW ("pendulum-swings", test_pendulum_swings);
  FLOW ("usual-gravity", test_usual_gravity);
  FLOW ("straight-pendulum-wakes", test_straight_pendulum_wakes);
  FLOW ("said-angle", test_said_angle);
  FLOW ("said-angle/slope", test_said_slope);
  FLOW ("said-angle/slope-with-stop", test_said_slope_with_stop);
  FLOW ("said-angle/slope-that-is-tied", test_said_slope_that_is_tied);
  FLOW ("said-angle/path", test_said_path);
  FLOW ("said-angle/path-with-landing", test_said_path_with_landing);
  FLOW ("said-angle/rails", test_said_rails);
  FLOW ("said-angle/wedge", test_said_wedge);
  FLOW ("said-angle/throw", test_said_throw);
  FLOW ("rough-stack-stands", test_rough_stack_stands);
  FLOW ("car-drives-right", test_car_drives_right);
  FLOW ("spring-label-and-velocity", test_spring_label_and_velocity);
  FLOW ("four-bar-closes", test_four_bar_closes);
  FLOW ("rope-runs-over-the-pulley", test_rope_runs_over_the_pulley);
  FLOW ("nothing-moves", test_nothing_moves);
  FLOW ("ball-stays-on-hatched-side", test_ball_stays_on_hatched_side);
  FLOW ("same-reading-same-text", test_same_reading_same_text);
  return g_test_run ();
}
