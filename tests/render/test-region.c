/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pictures of which a part alone has several samples a pixel, against the same ones with samples throughout.
 */
#include <stdlib.h>

#include "render/offscreen.h"
#include "render/region.h"

#define WIDTH 320
#define HEIGHT 200

/* A ball and a box over a plane whose edges are seen; what is added (nullable) keeps pictures from being
 * parted. */
static SgModel *
make_model (const char *added)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf (
    "<mujoco><worldbody><light pos='0 0 4' dir='0 0 -1'/>"
    "<geom type='plane' size='1 1 .1' rgba='.8 .7 .6 1'/>"
    "<geom size='.15' pos='0 0 .4' rgba='1 0 0 1'/>"
    "<geom type='box' size='.1 .1 .1' pos='.3 .2 .1' rgba='0 0 1 1'/>%s</worldbody></mujoco>",
    added ? added : "");
  SgModel *model = sg_model_compile (text, &error);

  g_assert_no_error (error);
  return model;
}

/* Of WIDTH x HEIGHT times `scale`, drawn as on a machine without a graphics card, standing still; NULL,
 * with the test skipped, where there is no GL. */
static GdkPixbuf *
draw (const char *added, const SgShown *shown, SgCameraMode mode, double distance, int scale)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgOffscreen) offscreen = sg_offscreen_new (WIDTH * scale, HEIGHT * scale, &error);
  SgRenderOptions options = sg_render_options_default ();
  SgCamera camera = sg_camera_default ();
  SgModel *model;
  GdkPixbuf *picture;
  mjData *data;

  if (!offscreen)
    {
      g_test_skip (error->message);
      return NULL;
    }
  model = make_model (added);
  data = sg_model_make_data (model, NULL);
  camera.mode = mode;
  camera.target[2] = 0.1;
  camera.distance = distance;
  options.quality = SG_QUALITY_SOFTWARE;
  options.shown = shown;
  picture = sg_offscreen_render (offscreen, model, data, &camera, &options, &error);
  g_assert_no_error (error);
  mj_deleteData (data);
  sg_model_unref (model);
  return picture;
}

/* How many pixels of two pictures differ by more than `by` in a colour. */
static guint
count_unlike (GdkPixbuf *a, GdkPixbuf *b, int by)
{
  const guchar *first = gdk_pixbuf_read_pixels (a), *second = gdk_pixbuf_read_pixels (b);
  guint n = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        const guchar *p = first + y * gdk_pixbuf_get_rowstride (a) + 4 * x;
        const guchar *q = second + y * gdk_pixbuf_get_rowstride (b) + 4 * x;
        int most = 0;

        for (int i = 0; i < 3; i++)
          most = MAX (most, abs (p[i] - q[i]));
        n += most > by;
      }
  return n;
}

/* Two more planes, within the box. */
#define HIDDEN_PLANE "<geom type='plane' size='.01 .01 .1' pos='.3 .2 .1' euler='90 0 0'/>"

static void
compare (const SgShown *shown, SgCameraMode mode, double distance)
{
  g_autoptr (GdkPixbuf) parted = draw (NULL, shown, mode, distance, 1);
  g_autoptr (GdkPixbuf) whole = parted ? draw (HIDDEN_PLANE HIDDEN_PLANE, shown, mode, distance, 1) : NULL;

  if (!whole)
    return;
  g_assert_cmpuint (count_unlike (parted, whole, 40), ==, 0);
  g_assert_cmpuint (count_unlike (parted, whole, 12), <, WIDTH * HEIGHT / 400);
}

/* In MuJoCo's own look the plane has edges, and things stand before them. */
static void
test_own_look (void)
{
  SgShown shown = sg_shown_default ();

  shown.own_look = TRUE;
  compare (&shown, SG_CAMERA_PERSPECTIVE, 3);
  compare (&shown, SG_CAMERA_PERSPECTIVE, 1.2); /* the plane goes on behind the eye */
}

static void
test_our_looks (void)
{
  SgShown shown = sg_shown_default ();

  compare (&shown, SG_CAMERA_PERSPECTIVE, 3);
  compare (&shown, SG_CAMERA_FRONT, 3);
}

/* A shadow is where a larger picture, whose shadow map has more texels, has it. */
static void
test_shadow (void)
{
  SgShown shown = sg_shown_default ();

  for (int own = 0; own < 2; own++)
    {
      g_autoptr (GdkPixbuf) small = NULL, large = NULL, reduced = NULL;

      shown.own_look = own;
      small = draw (NULL, &shown, SG_CAMERA_PERSPECTIVE, 3, 1);
      large = small ? draw (NULL, &shown, SG_CAMERA_PERSPECTIVE, 3, 4) : NULL;
      if (!large)
        return;
      reduced = gdk_pixbuf_scale_simple (large, WIDTH, HEIGHT, GDK_INTERP_TILES);
      g_assert_cmpuint (count_unlike (small, reduced, 60), <=, WIDTH * HEIGHT / 4000);
      g_assert_cmpuint (count_unlike (small, reduced, 30), <=, WIDTH * HEIGHT / 800);
    }
}

/* Nothing but a plane, and what reaches up to the eye. */
static void
test_ends (void)
{
  SgMeshes meshes = { 0 };
  SgMesh unit = { .half = { 1, 1, 1 } };
  SgInstances instances = { 0 };
  SgBatch batch = { .mesh = 0, .count = 1 };
  SgInstance cube = { .x = { 1 }, .y = { 0, 1 }, .z = { 0, 0, 1 } };
  SgFrame frame = { .view_projection = { 0.1f, 0, 0, 0, 0, 0.1f, 0, 0, 0, 0, 0.1f, 0, 0, 0, 0, 1 } };
  SgRegion region;

  meshes.meshes = g_array_new (FALSE, FALSE, sizeof (SgMesh));
  instances.batches = g_array_new (FALSE, FALSE, sizeof (SgBatch));
  instances.instances = g_array_new (FALSE, FALSE, sizeof (SgInstance));
  g_array_append_val (meshes.meshes, unit);
  g_array_append_val (instances.instances, cube);
  g_array_append_val (instances.batches, batch);

  region = sg_region_find (&instances, &meshes, NULL, &frame, 1000, 500, 0);
  g_assert_cmpint (region.x, ==, 450); /* a tenth of the picture, in its middle */
  g_assert_cmpint (region.width, ==, 100);
  g_assert_cmpint (region.y, ==, 225);
  g_assert_cmpint (region.height, ==, 50);
  region = sg_region_find (
    &instances, &meshes, &g_array_index (instances.batches, SgBatch, 0), &frame, 1000, 500, 0);
  g_assert_cmpint (region.width, ==, 0);
  frame.view_projection[15] = 0; /* the eye is in it */
  region = sg_region_find (&instances, &meshes, NULL, &frame, 1000, 500, 0);
  g_assert_cmpint (region.width, ==, 1000);
  g_assert_cmpint (region.height, ==, 500);
  g_array_index (instances.instances, SgInstance, 0).place[0] = 200; /* beyond the picture's side */
  frame.view_projection[15] = 1;
  region = sg_region_find (&instances, &meshes, NULL, &frame, 1000, 500, 0);
  g_assert_cmpint (region.width, ==, 0);
  g_array_unref (meshes.meshes);
  g_array_unref (instances.batches);
  g_array_unref (instances.instances);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/render/region/own-look", test_own_look);
  g_test_add_func ("/render/region/our-looks", test_our_looks);
  g_test_add_func ("/render/region/shadow", test_shadow);
  g_test_add_func ("/render/region/ends", test_ends);
  return g_test_run ();
}
