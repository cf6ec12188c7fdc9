/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ink lies on its body and goes with it. */
#include "picture.h"
#include "render/ink.h"

#define WIDTH 200
#define HEIGHT 150

static const char scene[] =
  "<mujoco><worldbody><body name='plate' pos='0 0 1'><joint type='slide' axis='1 0 0'/>"
  "<geom type='box' size='.4 .05 .4' rgba='1 .8 .8 1'/></body></worldbody></mujoco>";

/* A line in the world is the same line in the frame of a body that is moved and turned, in front of its
 * geoms. */
static void
test_frame (void)
{
  const char *turned =
    "<mujoco><worldbody><body pos='1 0 2' euler='0 90 0'><geom type='box' size='.1 .3 .1'/>"
    "</body></worldbody></mujoco>";
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) model = sg_model_compile (turned, &error);
  g_autoptr (SgInk) ink = sg_ink_new ();
  g_autoptr (GArray) bodies = g_array_new (FALSE, FALSE, sizeof (int));
  SgMeshBuilder builder;

  g_assert_no_error (error);
  sg_ink_begin_line (ink, 1, 0.02);
  sg_ink_add_point (ink, 1, 2.5);
  sg_ink_add_point (ink, 1, 2.9);
  sg_mesh_builder_init (&builder);
  sg_ink_build (ink, sg_model_get (model), &builder, bodies);
  g_assert_cmpuint (bodies->len, ==, 1);
  g_assert_cmpint (g_array_index (bodies, int, 0), ==, 1);
  g_assert_cmpuint (builder.vertices->len, ==, 4);
  for (guint i = 0; i < builder.vertices->len; i++)
    {
      const SgVertex *vertex = &g_array_index (builder.vertices, SgVertex, i);

      /* turned by a right angle about y the world's up is the body's -x */
      g_assert_cmpfloat_with_epsilon (vertex->position[0], i < 2 ? -0.49f : -0.91f, 1e-4f);
      g_assert_cmpfloat (vertex->position[1], <, -0.3f);
      g_assert_cmpfloat_with_epsilon (fabsf (vertex->position[2]), 0.01f, 1e-4f);
    }
  sg_mesh_builder_clear (&builder);
}

/* Lines of no length, of bodies that are not there and of one point make nothing and do no harm. */
static void
test_nothing (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) model = sg_model_compile (scene, &error);
  g_autoptr (SgInk) ink = sg_ink_new ();
  g_autoptr (GArray) bodies = g_array_new (FALSE, FALSE, sizeof (int));
  SgMeshBuilder builder;

  sg_ink_begin_line (ink, 1, 0.02);
  sg_ink_begin_line (ink, 1, 0.02);
  sg_ink_add_point (ink, 1, 2);
  sg_ink_begin_line (ink, 1, 0.02);
  sg_ink_add_point (ink, 1, 2);
  sg_ink_add_point (ink, 1, 2);
  sg_ink_begin_line (ink, 7, 0.02);
  sg_ink_add_point (ink, 1, 2);
  sg_mesh_builder_init (&builder);
  sg_ink_build (ink, sg_model_get (model), &builder, bodies);
  g_assert_cmpuint (bodies->len, ==, 1);
  g_assert_cmpuint (builder.indices->len, ==, 0);
  sg_mesh_builder_clear (&builder);
}

static gboolean
is_dark (GdkPixbuf *picture, int x, int y)
{
  const guchar *p = test_pixel (picture, x, y);

  return p[0] < 120 && p[1] < 120 && p[2] < 120;
}

static void
test_moves (void)
{
  g_autoptr (GError) error = NULL;
  SgShown shown = sg_shown_default ();
  SgInk *ink;
  int right = WIDTH / 2 + HEIGHT / 10; /* 0.3 m */
  Fixture f;

  if (!test_set_up (&f, scene, WIDTH, HEIGHT))
    return;
  ink = sg_ink_new ();
  sg_ink_begin_line (ink, 1, 0.1);
  sg_ink_add_point (ink, 0, 0.8);
  sg_ink_add_point (ink, 0, 1.2);
  shown.ink = TRUE;
  f.options.shown = &shown;
  g_assert_true (sg_offscreen_make_current (f.offscreen, &error));
  sg_renderer_take_ink (sg_offscreen_get_renderer (f.offscreen), f.model, ink);
  for (int step = 0; step < 3; step++)
    {
      g_autoptr (GdkPixbuf) picture = NULL;

      f.data->qpos[0] = step == 1 ? 0.3 : 0;
      shown.ink = step < 2;
      mj_forward (sg_model_get (f.model), f.data);
      picture = test_render (&f);
      g_assert_cmpint (is_dark (picture, WIDTH / 2, HEIGHT / 2), ==, step == 0);
      g_assert_cmpint (is_dark (picture, right, HEIGHT / 2), ==, step == 1);
    }
  test_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/render/ink/frame", test_frame);
  g_test_add_func ("/render/ink/nothing", test_nothing);
  g_test_add_func ("/render/ink/moves", test_moves);
  return g_test_run ();
}
