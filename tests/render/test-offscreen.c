/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture.h"
#include "render/egl-context.h"
#include "render/error.h"

#define WIDTH 160
#define HEIGHT 120

static const char scene[] = "<mujoco><worldbody><geom type='plane' size='0 0 1'/>"
                            "<body pos='0 0 1'><joint type='slide' axis='0 0 1'/>"
                            "<geom name='ball' size='.4' rgba='1 0 0 1'/></body></worldbody></mujoco>";

static gboolean
is_red (const guchar *p)
{
  return p[0] > 100 && p[1] < 90 && p[2] < 90;
}

/* The ball is where the camera says: in the middle of the front view, paper in the corner. */
static void
test_front (void)
{
  Fixture f;
  g_autoptr (GdkPixbuf) picture = NULL;

  if (!test_set_up (&f, scene, WIDTH, HEIGHT))
    return;
  picture = test_render (&f);
  g_assert_true (is_red (test_pixel (picture, WIDTH / 2, HEIGHT / 2)));
  g_assert_cmpint (test_pixel (picture, 3, 3)[0], >, 240);
  g_assert_cmpint (test_pixel (picture, 3, 3)[3], ==, 255);
  f.data->qpos[0] = 0.9;
  mj_forward (sg_model_get (f.model), f.data);
  g_clear_object (&picture);
  picture = test_render (&f);
  g_assert_false (is_red (test_pixel (picture, WIDTH / 2, HEIGHT / 2)));
  g_assert_true (is_red (test_pixel (picture, WIDTH / 2, HEIGHT / 2 - HEIGHT * 3 / 10)));
  test_tear_down (&f);
}

static void
test_dark (void)
{
  Fixture f;
  g_autoptr (GdkPixbuf) picture = NULL;

  if (!test_set_up (&f, scene, WIDTH, HEIGHT))
    return;
  f.options.dark = TRUE;
  picture = test_render (&f);
  g_assert_cmpint (test_pixel (picture, 3, 3)[0], <, 80);
  test_tear_down (&f);
}

/* Every tier, look and shadow setting draws the ball, and the same picture twice. */
static void
test_settings (void)
{
  Fixture f;

  if (!test_set_up (&f, scene, WIDTH, HEIGHT))
    return;
  for (int bits = 0; bits < 16; bits++)
    {
      g_autoptr (GdkPixbuf) first = NULL;
      g_autoptr (GdkPixbuf) second = NULL;

      f.camera.mode = bits & 1 ? SG_CAMERA_PERSPECTIVE : SG_CAMERA_FRONT;
      f.options.shadows = (bits & 2) != 0;
      f.options.paper = (bits & 4) != 0;
      f.options.quality = bits & 8 ? SG_QUALITY_HIGH : SG_QUALITY_SOFTWARE;
      first = test_render (&f);
      second = test_render (&f);
      g_assert_true (is_red (test_pixel (first, WIDTH / 2, HEIGHT / 2)));
      g_assert_cmpmem (gdk_pixbuf_read_pixels (first),
                       gdk_pixbuf_get_byte_length (first),
                       gdk_pixbuf_read_pixels (second),
                       gdk_pixbuf_get_byte_length (second));
    }
  test_tear_down (&f);
}

static guint
count_selection_blue (Fixture *f)
{
  g_autoptr (GdkPixbuf) picture = test_render (f);
  guint n = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        const guchar *p = test_pixel (picture, x, y);

        n += p[2] > 180 && p[0] < 110 && p[1] < 170;
      }
  return n;
}

/* What stands out has an outline in the colour of a selection, in front view and in depth; the rest has
 * not. */
static void
test_lit (void)
{
  const SgLit ball = { SG_LIT_GEOM, "ball" }, strange = { SG_LIT_TENDON, "ball" };
  Fixture f;

  if (!test_set_up (&f, scene, WIDTH, HEIGHT))
    return;
  for (SgCameraMode mode = SG_CAMERA_FRONT; mode <= SG_CAMERA_PERSPECTIVE; mode++)
    {
      f.camera.mode = mode;
      f.options.lit = &ball;
      f.options.n_lit = 1;
      g_assert_cmpuint (count_selection_blue (&f), >, 60);
      f.options.lit = &strange;
      g_assert_cmpuint (count_selection_blue (&f), ==, 0);
    }
  test_tear_down (&f);
}

/* What stands still casts its shadow once; turning the camera does not count as moving. */
static void
test_shadow_is_kept (void)
{
  Fixture f;
  SgRenderStats first, second, third;

  if (!test_set_up (&f, scene, WIDTH, HEIGHT))
    return;
  g_object_unref (test_render (&f));
  sg_renderer_get_stats (sg_offscreen_get_renderer (f.offscreen), &first);
  f.camera.height *= 1.1;
  g_object_unref (test_render (&f));
  sg_renderer_get_stats (sg_offscreen_get_renderer (f.offscreen), &second);
  f.data->qpos[0] = 0.1;
  mj_forward (sg_model_get (f.model), f.data);
  g_object_unref (test_render (&f));
  sg_renderer_get_stats (sg_offscreen_get_renderer (f.offscreen), &third);
  g_assert_cmpuint (second.shadow_updates, ==, first.shadow_updates);
  g_assert_cmpuint (third.shadow_updates, ==, second.shadow_updates + 1);
  g_assert_cmpuint (third.frames, ==, 3);
  test_tear_down (&f);
}

/* A thousand balls are one draw. */
static void
test_one_draw_a_mesh (void)
{
  g_autoptr (GString) text = g_string_new ("<mujoco><worldbody>");
  g_autoptr (GError) error = NULL;
  SgRenderStats stats;
  Fixture f;

  if (!test_set_up (&f, scene, WIDTH, HEIGHT))
    return;
  for (int i = 0; i < 1000; i++)
    g_string_append_printf (text, "<geom size='.1' pos='%d 0 %d'/>", i % 40, i / 40);
  g_string_append (text, "</worldbody></mujoco>");
  mj_deleteData (f.data);
  sg_model_unref (f.model);
  f.model = sg_model_compile (text->str, &error);
  g_assert_no_error (error);
  f.data = mj_makeData (sg_model_get (f.model));
  sg_model_reset_data (f.model, f.data);
  f.camera.mode = SG_CAMERA_PERSPECTIVE;
  g_object_unref (test_render (&f));
  sg_renderer_get_stats (sg_offscreen_get_renderer (f.offscreen), &stats);
  g_assert_cmpuint (stats.n_geoms, ==, 1000);
  g_assert_cmpuint (stats.draw_calls, <=, 3);
  test_tear_down (&f);
}

static void
test_size (void)
{
  const int sizes[][2] = { { 0, 10 }, { 10, -1 }, { 100000, 10 }, { 10, G_MAXINT } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sg_offscreen_new (sizes[i][0], sizes[i][1], &error));
      g_assert_error (error, SG_RENDER_ERROR, SG_RENDER_ERROR_SIZE);
    }
}

static void
test_draw_size (void)
{
  g_autoptr (GError) error = NULL;
  Fixture f;

  if (!test_set_up (&f, scene, WIDTH, HEIGHT))
    return;
  g_assert_true (sg_offscreen_make_current (f.offscreen, &error));
  g_assert_false (sg_renderer_draw (
    sg_offscreen_get_renderer (f.offscreen), NULL, &f.camera, &f.options, 1000000, 10, &error));
  g_assert_error (error, SG_RENDER_ERROR, SG_RENDER_ERROR_SIZE);
  test_tear_down (&f);
}

/* With no snapshot there is still something to see. */
static void
test_no_snapshot (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) picture = NULL;
  Fixture f;

  if (!test_set_up (&f, scene, WIDTH, HEIGHT))
    return;
  f.camera.mode = SG_CAMERA_PERSPECTIVE;
  g_assert_true (sg_offscreen_make_current (f.offscreen, &error));
  g_assert_true (sg_renderer_draw (
    sg_offscreen_get_renderer (f.offscreen), NULL, &f.camera, &f.options, WIDTH, HEIGHT, &error));
  g_assert_no_error (error);
  picture = sg_offscreen_read (f.offscreen);
  g_assert_cmpint (test_pixel (picture, WIDTH / 2, HEIGHT - 2)[0], >, 150);
  test_tear_down (&f);
}

/* OpenGL ES has stricter shaders; every one of ours must pass. */
static void
test_es (void)
{
  g_autoptr (GError) error = NULL;
  SgRenderer *renderer;
  SgEglContext egl;
  Fixture f;

  if (!test_set_up (&f, scene, WIDTH, HEIGHT))
    return;
  if (!sg_egl_context_init (&egl, SG_EGL_ES, &error))
    {
      g_test_skip (error->message);
      test_tear_down (&f);
      return;
    }
  renderer = sg_renderer_new (&error);
  g_assert_no_error (error);
  for (int bits = 0; bits < 8; bits++)
    {
      GLuint framebuffer, color;

      f.camera.mode = bits & 1 ? SG_CAMERA_PERSPECTIVE : SG_CAMERA_FRONT;
      f.options.still = (bits & 2) != 0;
      f.options.quality = bits & 4 ? SG_QUALITY_HIGH : SG_QUALITY_SOFTWARE;
      glGenFramebuffers (1, &framebuffer);
      glGenRenderbuffers (1, &color);
      glBindFramebuffer (GL_FRAMEBUFFER, framebuffer);
      glBindRenderbuffer (GL_RENDERBUFFER, color);
      glRenderbufferStorage (GL_RENDERBUFFER, GL_RGBA8, WIDTH, HEIGHT);
      glFramebufferRenderbuffer (GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, color);
      g_assert_true (sg_renderer_draw_data (
        renderer, sg_model_get (f.model), f.data, &f.camera, &f.options, WIDTH, HEIGHT, &error));
      g_assert_cmpint (glGetError (), ==, GL_NO_ERROR);
      guchar pixels[4];
      glReadPixels (WIDTH / 2, HEIGHT / 2, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
      g_assert_true (is_red (pixels));
      glDeleteFramebuffers (1, &framebuffer);
      glDeleteRenderbuffers (1, &color);
    }
  sg_renderer_free (renderer);
  sg_egl_context_clear (&egl);
  test_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/render/offscreen/front", test_front);
  g_test_add_func ("/render/offscreen/dark", test_dark);
  g_test_add_func ("/render/offscreen/settings", test_settings);
  g_test_add_func ("/render/offscreen/lit", test_lit);
  g_test_add_func ("/render/offscreen/shadow-is-kept", test_shadow_is_kept);
  g_test_add_func ("/render/offscreen/one-draw-a-mesh", test_one_draw_a_mesh);
  g_test_add_func ("/render/offscreen/size", test_size);
  g_test_add_func ("/render/offscreen/draw-size", test_draw_size);
  g_test_add_func ("/render/offscreen/no-snapshot", test_no_snapshot);
  g_test_add_func ("/render/offscreen/es", test_es);
  return g_test_run ();
}
