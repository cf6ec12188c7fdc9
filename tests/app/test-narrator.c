/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a person is told who does not see what moves. */
#include "app/narrator.h"

#include <math.h>
#include <string.h>

#include "sim/place.h"

#define N 6

static const char *const names[] = { "", "Ball", "Wheel", "Box", "Rod", "Block", NULL };

typedef struct
{
  double before[N][SG_PLACE_NUMBERS], now[N][SG_PLACE_NUMBERS];
} Places;

static void
at_rest (Places *places)
{
  *places = (Places){ 0 };
  for (guint i = 0; i < N; i++)
    places->before[i][3] = places->now[i][3] = 1;
}

static void
check (const Places *places, const char *expected)
{
  g_autofree char *text = sg_narrator_say (names, places->before[0], places->now[0], 0.1);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_directions (void)
{
  Places places;

  at_rest (&places);
  check (&places, "Nothing moves.");
  places.now[1][0] = 0.1;
  check (&places, "Ball moves to the right at 1.00 m/s.");
  places.now[1][2] = -0.1;
  check (&places, "Ball moves down and to the right at 1.41 m/s.");
  places.now[1][0] = 0;
  check (&places, "Ball moves down at 1.00 m/s.");
  places.now[1][0] = -0.1;
  places.now[1][2] = 0.01;
  check (&places, "Ball moves to the left at 1.00 m/s.");
}

/* Clockwise about y, which leads away from who looks: from up to the right. */
static void
test_turning (void)
{
  Places places;

  at_rest (&places);
  places.now[2][3] = cos (0.1);
  places.now[2][5] = sin (0.1);
  check (&places, "Wheel turns clockwise at 2.00 rad/s.");
  places.now[2][5] = -sin (0.1);
  check (&places, "Wheel turns anticlockwise at 2.00 rad/s.");
  places.now[2][3] = -places.now[2][3]; /* the same rotation */
  places.now[2][5] = -places.now[2][5];
  check (&places, "Wheel turns anticlockwise at 2.00 rad/s.");
}

static void
test_fastest_first (void)
{
  Places places;

  at_rest (&places);
  for (guint i = 0; i < N; i++)
    places.now[i][0] = 0.01 * i;
  check (
    &places,
    "Block moves to the right at 500 mm/s. Rod moves to the right at 400 mm/s. Box moves to the right at "
    "300 mm/s. Wheel moves to the right at 200 mm/s. 1 more moves.");
}

/* A half turn about x first: all of the quaternion is in x and z. */
static void
test_turned_over (void)
{
  Places places;

  at_rest (&places);
  places.before[2][3] = 0;
  places.before[2][4] = 1;
  places.now[2][3] = 0;
  places.now[2][4] = cos (0.1);
  places.now[2][6] = -sin (0.1);
  check (&places, "Wheel turns clockwise at 2.00 rad/s.");
}

/* A drawn pendulum, let go: one word a second while it plays, one when it is paused. */
static void
test_pendulum (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
    g_build_filename (g_getenv ("SG_SOURCE_ROOT"), "data", "examples", "pendulum.simgen", NULL);
  g_autoptr (SgScene) scene = sg_pipeline_load (path, 1, NULL, NULL, NULL, &error);
  const mjModel *model = sg_model_get (scene->model);
  mjData *data = sg_model_make_data (scene->model, &error);
  SgNarrator *narrator = sg_narrator_new ();
  g_autofree double *state = g_new0 (double, mj_stateSize (model, mjSTATE_INTEGRATION));
  SgSnapshot snapshot = { .model = scene->model, .state = state };
  guint n_moving = 0, n_told = 0;

  sg_snapshot_capture (&snapshot, data, FALSE);
  g_assert_null (sg_narrator_see (narrator, &snapshot, 0));
  sg_narrator_set_scene (narrator, scene);
  g_autofree char *paused = sg_narrator_see (narrator, &snapshot, 0);
  g_assert_cmpstr (paused, ==, "Paused at 0:00.00.");
  g_assert_null (sg_narrator_see (narrator, &snapshot, 0));
  snapshot.playing = TRUE;
  for (guint i = 1; i <= 500; i++)
    {
      for (double end = data->time + 0.02; data->time < end;)
        mj_step (model, data);
      sg_snapshot_capture (&snapshot, data, FALSE);
      g_autofree char *text = sg_narrator_see (narrator, &snapshot, i * G_USEC_PER_SEC / 50);
      n_told += text != NULL;
      n_moving += text != NULL && strstr (text, "Rod moves ") != NULL;
    }
  g_assert_cmpuint (n_told, >=, 8);
  g_assert_cmpuint (n_told, <=, 10);
  g_assert_cmpuint (n_moving, >=, n_told - 2); /* it may just turn back */
  mj_deleteData (data);
  sg_narrator_free (narrator);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/narrator/directions", test_directions);
  g_test_add_func ("/app/narrator/turning", test_turning);
  g_test_add_func ("/app/narrator/turned-over", test_turned_over);
  g_test_add_func ("/app/narrator/fastest-first", test_fastest_first);
  g_test_add_func ("/app/narrator/pendulum", test_pendulum);
  return g_test_run ();
}
