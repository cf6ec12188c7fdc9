/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pictures made here, good and hostile, and the ink that comes of them. */
#include <gdk-pixbuf/gdk-pixbuf.h>

#include "base/limits.h"
#include "sketch/file.h"
#include "sketch/image-header.h"
#include "vision/analyze.h"
#include "vision/error.h"
#include "vision/picture.h"

typedef struct
{
  guint8 paper, ink;
  double shade; /* how much darker the lower right corner is */
  double noise;
} Look;

static const Look BLACK_ON_WHITE = { 255, 0, 0, 0 };

static GdkPixbuf *
new_pixbuf (int width, int height, guint32 rgba)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, width, height);
  gdk_pixbuf_fill (pixbuf, rgba);
  return pixbuf;
}

/* A circle of radius 100 in the middle and a line from it to the right edge's side, in a 600 x 400 picture.
 */
static GdkPixbuf *
draw_ball_on_a_stick (Look look)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 600, 400);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  for (int y = 0; y < 400; y++)
    for (int x = 0; x < 600; x++)
      {
        double off =
          MIN (fabs (hypot (x - 250, y - 200) - 100),
               sg_segment_distance (SG_POINT (350, 200), SG_POINT (550, 120), SG_POINT (x, y), NULL));
        double light = 1 - look.shade * (x + y) / 1000.0;
        double level =
          light * (off < 2.5 ? look.ink : look.paper) + look.noise * g_rand_double_range (rand, -1, 1);
        memset (pixels + y * gdk_pixbuf_get_rowstride (pixbuf) + 3 * x, CLAMP (level, 0, 255), 3);
      }
  return pixbuf;
}

static GBytes *
encode (GdkPixbuf *pixbuf, const char *type)
{
  char *data;
  gsize size;
  g_autoptr (GError) error = NULL;
  gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, type, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

/* The ink of `data` on a page of 600 x 400 at (10, 20), or NULL with `error`. */
static GArray *
trace_within (GBytes *data, SgBudget *budget, GError **error)
{
  g_autoptr (SgImage) image = sg_image_new ((SgRect){ 10, 20, 600, 400 }, data, NULL);
  g_autoptr (GArray) ink = g_array_new (FALSE, FALSE, sizeof (SgInk));
  g_array_set_clear_func (ink, (GDestroyNotify)sg_ink_clear);
  SgPose pose;
  if (sg_picture_trace (image, 3, 7, ink, &pose, budget, error))
    return g_steal_pointer (&ink);
  g_assert_cmpuint (ink->len, ==, 0);
  return NULL;
}

static GArray *
trace (GBytes *data, GCancellable *cancellable, GError **error)
{
  SgBudget budget;
  sg_budget_init (&budget, cancellable, -1, 0);
  return trace_within (data, &budget, error);
}

static void
check_ball_on_a_stick (GArray *ink)
{
  g_assert_nonnull (ink);
  g_assert_cmpuint (ink->len, ==, 2);
  gboolean first_is_ball = g_array_index (ink, SgInk, 0).bounds.height > 190;
  const SgInk *ball = &g_array_index (ink, SgInk, first_is_ball ? 0 : 1);
  const SgInk *stick = &g_array_index (ink, SgInk, first_is_ball ? 1 : 0);
  SgPoint center = SG_POINT (260, 220);
  for (guint i = 0; i < ball->n; i++)
    g_assert_cmpfloat_with_epsilon (sg_point_distance (ball->points[i], center), 100, 3);
  for (guint i = 0; i < stick->n; i++)
    g_assert_cmpfloat (
      sg_segment_distance (SG_POINT (355, 220), SG_POINT (560, 140), stick->points[i], NULL), <, 4);
  g_assert_cmpfloat_with_epsilon (ball->width, 5, 1.5);
  g_assert_cmpint (ball->image, ==, 3);
  g_assert_cmpuint (MIN (ball->stroke, stick->stroke), ==, 7);
  g_assert_cmpuint (MAX (ball->stroke, stick->stroke), ==, 8);
}

static void
test_looks (void)
{
  const Look looks[] = {
    BLACK_ON_WHITE,
    { 230, 90, 0.6, 6 }, /* a photograph, dark in a corner */
    { 40, 220, 0, 4 },   /* chalk */
    { 120, 40, 0.3, 3 }, /* underexposed */
    { 250, 190, 0, 4 },  /* a hard pencil */
  };
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autoptr (GdkPixbuf) pixbuf = draw_ball_on_a_stick (looks[i]);
      g_autoptr (GBytes) data = encode (pixbuf, i % 2 ? "jpeg" : "png");
      g_autoptr (GError) error = NULL;
      g_test_message ("look %u", i);
      g_autoptr (GArray) ink = trace (data, NULL, &error);
      g_assert_no_error (error);
      check_ball_on_a_stick (ink);
    }
}

static void
test_alpha_is_laid_on_white (void)
{
  g_autoptr (GdkPixbuf) pixbuf = draw_ball_on_a_stick (BLACK_ON_WHITE);
  g_autoptr (GdkPixbuf) clear = gdk_pixbuf_add_alpha (pixbuf, TRUE, 255, 255, 255);
  guint8 *pixels = gdk_pixbuf_get_pixels (clear);
  for (gsize i = 0; i < gdk_pixbuf_get_byte_length (clear); i += 4)
    if (pixels[i + 3] == 0)
      memset (pixels + i, 0, 3); /* transparent black, as programs save it */
  g_autoptr (GBytes) data = encode (clear, "png");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ink = trace (data, NULL, &error);
  g_assert_no_error (error);
  check_ball_on_a_stick (ink);
}

/* The JPEG of `pixbuf` with EXIF data that says how the camera was held. */
static GBytes *
encode_turned (GdkPixbuf *pixbuf, guint8 orientation)
{
  const guint8 app1[] = {
    0xff,
    0xe1,
    0,
    34,
    'E',
    'x',
    'i',
    'f',
    0,
    0,
    'I',
    'I',
    42,
    0,
    8,
    0,
    0,
    0,
    1,
    0,
    0x12,
    1,
    3,
    0,
    1,
    0,
    0,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
  };
  g_autoptr (GBytes) plain = encode (pixbuf, "jpeg");
  gsize size;
  const guint8 *bytes = g_bytes_get_data (plain, &size);
  GByteArray *tagged = g_byte_array_new ();
  g_byte_array_append (tagged, bytes, 2);
  g_byte_array_append (tagged, app1, sizeof app1);
  g_byte_array_append (tagged, bytes + 2, size - 2);
  return g_byte_array_free_to_bytes (tagged);
}

/* What a camera stores that was held as each of EXIF's eight orientations says. */
static void
test_exif_rotation (void)
{
  static const struct
  {
    gboolean mirrored; /* left to right, before it is turned */
    GdkPixbufRotation turn;
  } stored[] = {
    { FALSE, GDK_PIXBUF_ROTATE_NONE },
    { TRUE, GDK_PIXBUF_ROTATE_NONE },
    { FALSE, GDK_PIXBUF_ROTATE_UPSIDEDOWN },
    { TRUE, GDK_PIXBUF_ROTATE_UPSIDEDOWN },
    { TRUE, GDK_PIXBUF_ROTATE_COUNTERCLOCKWISE },
    { FALSE, GDK_PIXBUF_ROTATE_COUNTERCLOCKWISE },
    { TRUE, GDK_PIXBUF_ROTATE_CLOCKWISE },
    { FALSE, GDK_PIXBUF_ROTATE_CLOCKWISE },
  };
  g_autoptr (GdkPixbuf) pixbuf = draw_ball_on_a_stick (BLACK_ON_WHITE);
  g_autoptr (GdkPixbuf) mirrored = gdk_pixbuf_flip (pixbuf, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (stored); i++)
    {
      g_autoptr (GdkPixbuf) turned =
        gdk_pixbuf_rotate_simple (stored[i].mirrored ? mirrored : pixbuf, stored[i].turn);
      g_autoptr (GBytes) data = encode_turned (turned, i + 1);
      g_autoptr (GError) error = NULL;
      SgImageHeader header;
      g_test_message ("orientation %u", i + 1);
      g_assert_true (
        sg_image_header_read (g_bytes_get_data (data, NULL), g_bytes_get_size (data), &header, &error));
      g_assert_cmpuint (header.width, ==, 600);
      g_assert_cmpuint (header.height, ==, 400);
      g_autoptr (GArray) ink = trace (data, NULL, &error);
      g_assert_no_error (error);
      check_ball_on_a_stick (ink);
    }
}

/* The example picture, as far as its pendulum hangs on what was traced. */
static void
test_photographed_pendulum (void)
{
  g_autofree char *path =
    g_build_filename (g_getenv ("SG_SOURCE_ROOT"), "data/examples/pendulum-photo.jpg", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = sg_sketch_file_import_image (path, 1, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (SgReading) reading = sg_analyze (page, NULL, &error);
  g_assert_no_error (error);
  guint hinges = 0, welds = 0;
  for (guint i = 0; i < sg_reading_n_relations (reading); i++)
    {
      hinges += sg_reading_relation (reading, i)->kind == SG_RELATION_HINGE;
      welds += sg_reading_relation (reading, i)->kind == SG_RELATION_WELD;
    }
  g_assert_cmpuint (hinges, ==, 1);
  g_assert_cmpuint (welds, ==, 1);
}

/* Pictures with nothing on them, of odd sizes, or with nothing but noise: an answer, and soon. */
static void
test_nothing_to_see (void)
{
  const int sizes[][2] = { { 1, 1 }, { 2, 3 }, { 20000, 1 }, { 1, 20000 }, { 4000, 3 }, { 900, 700 } };
  const guint32 colours[] = { 0xffffffff, 0x000000ff, 0x808080ff, 0x00000000 };
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint k = 0; k < G_N_ELEMENTS (colours); k++)
      {
        g_autoptr (GdkPixbuf) pixbuf = new_pixbuf (sizes[i][0], sizes[i][1], colours[k]);
        g_autoptr (GBytes) data = encode (pixbuf, "png");
        g_autoptr (GError) error = NULL;
        g_autoptr (GArray) ink = trace (data, NULL, &error);
        g_assert_no_error (error);
        g_assert_cmpuint (ink->len, ==, 0);
      }
}

static void
test_noise (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  for (guint cell = 1; cell <= 8; cell *= 8)
    {
      g_autoptr (GdkPixbuf) pixbuf = new_pixbuf (1600, 1200, 0xffffffff);
      for (int y = 0; y < 1200; y += cell)
        for (int x = 0; x < 1600; x += cell)
          {
            guint32 level = g_rand_int_range (rand, 0, 2) * 255;
            g_autoptr (GdkPixbuf) square = gdk_pixbuf_new_subpixbuf (pixbuf, x, y, cell, cell);
            gdk_pixbuf_fill (square, level << 24 | level << 16 | level << 8 | 255);
          }
      g_autoptr (GBytes) data = encode (pixbuf, "png");
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) ink = trace (data, NULL, &error);
      if (ink != NULL)
        g_assert_cmpuint (ink->len, <=, 1200);
      else
        g_assert_error (error, SG_VISION_ERROR, SG_VISION_ERROR_IMAGE);
    }
}

static void
assert_refused (const void *bytes, gsize size, int code)
{
  g_autoptr (GBytes) data = g_bytes_new (bytes, size);
  g_autoptr (GError) error = NULL;
  g_assert_null (trace (data, NULL, &error));
  g_assert_error (error, SG_VISION_ERROR, code);
  g_assert_true (g_str_has_prefix (error->message, "images[3]: "));
}

static void
test_no_picture (void)
{
  assert_refused ("", 0, SG_VISION_ERROR_IMAGE);
  assert_refused ("this is a text file called .png\n", 32, SG_VISION_ERROR_IMAGE);
  assert_refused ("<svg xmlns='http://www.w3.org/2000/svg'/>", 41, SG_VISION_ERROR_IMAGE);
  assert_refused ("\x89PNG\r\n\x1a\n", 8, SG_VISION_ERROR_IMAGE);
  assert_refused ("\xff\xd8\xff\xe0", 4, SG_VISION_ERROR_IMAGE);
}

/* A file may end anywhere: what is there is read, or an error, never a crash. */
static void
test_truncated (void)
{
  const char *types[] = { "png", "jpeg" };
  g_autoptr (GdkPixbuf) pixbuf = draw_ball_on_a_stick (BLACK_ON_WHITE);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GBytes) whole = encode (pixbuf, types[i]);
      for (gsize size = 1; size < g_bytes_get_size (whole); size += 1 + size / 4)
        {
          g_autoptr (GBytes) data = g_bytes_new_from_bytes (whole, 0, size);
          g_autoptr (GError) error = NULL;
          g_autoptr (GArray) ink = trace (data, NULL, &error);
          if (ink == NULL)
            g_assert_error (error, SG_VISION_ERROR, SG_VISION_ERROR_IMAGE);
        }
    }
}

/* A PNG whose header promises `width` x `height` pixels. */
static GBytes *
png_bomb (guint32 width, guint32 height)
{
  g_autoptr (GdkPixbuf) pixbuf = new_pixbuf (8, 8, 0xffffffff);
  g_autoptr (GBytes) small = encode (pixbuf, "png");
  gsize size;
  guint8 *bytes = g_bytes_unref_to_data (g_steal_pointer (&small), &size);
  guint32 crc = 0xffffffff, w = GUINT32_TO_BE (width), h = GUINT32_TO_BE (height);
  memcpy (bytes + 16, &w, 4);
  memcpy (bytes + 20, &h, 4);
  for (guint i = 12; i < 29; i++)
    {
      crc ^= bytes[i];
      for (guint k = 0; k < 8; k++)
        crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }
  crc = GUINT32_TO_BE (~crc);
  memcpy (bytes + 29, &crc, 4);
  return g_bytes_new_take (bytes, size);
}

static void
test_too_large (void)
{
  const guint32 sizes[][2] = { { 20000, 20000 }, { 6400, 6400 }, { 1000000, 41 }, { 65535, 65535 } };
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) data = png_bomb (sizes[i][0], sizes[i][1]);
      g_autoptr (GError) error = NULL;
      g_assert_null (trace (data, NULL, &error));
      g_assert_error (error, SG_VISION_ERROR, SG_VISION_ERROR_TOO_LARGE);
      g_assert_nonnull (strstr (error->message, "40000000"));
    }
  g_autofree guint8 *big = g_malloc0 (SG_LIMIT_IMAGE_BYTES + 1);
  memcpy (big, "\x89PNG\r\n\x1a\n", 8);
  assert_refused (big, SG_LIMIT_IMAGE_BYTES + 1, SG_VISION_ERROR_TOO_LARGE);
}

static void
test_cancelled (void)
{
  g_autoptr (GdkPixbuf) pixbuf = draw_ball_on_a_stick (BLACK_ON_WHITE);
  g_autoptr (GBytes) data = encode (pixbuf, "png");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_cancellable_cancel (cancellable);
  g_assert_null (trace (data, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define N_RINGS 12

static GBytes *
draw_rings (void)
{
  g_autoptr (GdkPixbuf) pixbuf = new_pixbuf (600, 400, 0xffffffff);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  for (int y = 0; y < 400; y++)
    for (int x = 0; x < 600; x++)
      if (fabs (hypot (x % 150 - 75, y % 133 - 66) - 40) < 2 && y < 399)
        memset (pixels + y * gdk_pixbuf_get_rowstride (pixbuf) + 4 * x, 0, 3);
  return encode (pixbuf, "png");
}

/* The less work is allowed, the fewer lines are followed; those that are found by then are kept. */
static void
test_work_runs_out (void)
{
  g_autoptr (GBytes) data = draw_rings ();
  guint before = 0, some = 0;
  for (guint allowed = 1; allowed < 80; allowed += 3)
    {
      SgBudget budget;
      g_autoptr (GError) error = NULL;
      sg_budget_init (&budget, NULL, -1, allowed);
      g_autoptr (GArray) ink = trace_within (data, &budget, &error);
      if (ink == NULL)
        g_assert_error (error, SG_BASE_ERROR, SG_BASE_ERROR_TIMEOUT);
      guint n = ink ? ink->len : 0;
      g_assert_cmpuint (n, >=, before);
      g_assert_true (n == N_RINGS || budget.cut);
      some += n > 0 && n < N_RINGS;
      before = n;
    }
  g_assert_cmpuint (before, ==, N_RINGS);
  g_assert_cmpuint (some, >, 2);
}

/* What was traced before the work ran out is still read, and the reading says that it is not all. */
static void
test_partial_reading (void)
{
  g_autoptr (GBytes) data = draw_rings ();
  SgPageBuilder *builder = sg_page_builder_new (NULL);
  sg_page_builder_take_image (builder, sg_image_new ((SgRect){ 0, 0, 600, 400 }, data, NULL));
  g_autoptr (SgPage) page = sg_page_builder_end (builder);
  guint before = 0;
  for (guint allowed = 1; allowed < 400; allowed += 40)
    {
      SgAnalyzeOptions options = { -1, allowed };
      g_autoptr (SgMemo) memo = sg_memo_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (SgReading) reading = sg_analyze_with (page, memo, &options, NULL, &error);
      g_assert_no_error (error);
      guint n = sg_reading_n_elements (reading);
      g_assert_cmpuint (n, >=, before);
      g_assert_true (n == N_RINGS || reading->partial);
      before = n;
    }
  g_autoptr (SgReading) whole = sg_analyze (page, NULL, NULL);
  g_assert_false (whole->partial);
  g_assert_cmpuint (before, ==, N_RINGS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vision/picture/looks", test_looks);
  g_test_add_func ("/vision/picture/alpha-is-laid-on-white", test_alpha_is_laid_on_white);
  g_test_add_func ("/vision/picture/exif-rotation", test_exif_rotation);
  g_test_add_func ("/vision/picture/photographed-pendulum", test_photographed_pendulum);
  g_test_add_func ("/vision/picture/nothing-to-see", test_nothing_to_see);
  g_test_add_func ("/vision/picture/noise", test_noise);
  g_test_add_func ("/vision/picture/no-picture", test_no_picture);
  g_test_add_func ("/vision/picture/truncated", test_truncated);
  g_test_add_func ("/vision/picture/too-large", test_too_large);
  g_test_add_func ("/vision/picture/cancelled", test_cancelled);
  g_test_add_func ("/vision/picture/work-runs-out", test_work_runs_out);
  g_test_add_func ("/vision/picture/partial-reading", test_partial_reading);
  return g_test_run ();
}
