/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long a photograph takes, from the bytes of its JPEG to a reading, against the plain OpenCV pipeline on
 * the same bytes: both decode. */
#include "cli/bench.h"

#include "cli/photograph.h"
#include "vision/analyze.h"
#include "vision/error.h"
#include "vision/opencv.h"
#include "vision/picture-decode.h"

/* A sheet in uneven light, with the sensor's noise. */
static const SgPhotograph snapshot = { .paper = { 236, 232, 224 },
                                       .ink = { 45, 45, 60 },
                                       .pen = 4,
                                       .strength = 0.95,
                                       .falloff = 0.5,
                                       .noise = 4 };

static gboolean
set_up (int width, int height, gpointer *state, GError **error)
{
  g_autoptr (SgSheet) sheet = sg_sheet_new (1);
  g_autoptr (GdkPixbuf) pixbuf = sg_photograph_take (&snapshot, sheet, width, height);
  char *data;
  gsize size;

  if (!gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "jpeg", error, "quality", "90", NULL))
    return FALSE;
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, size);
  SgPageBuilder *builder = sg_page_builder_new (NULL);
  sg_page_builder_take_image (builder, sg_image_new ((SgRect){ 0, 0, 800, 600 }, bytes, NULL));
  *state = sg_page_builder_end (builder);
  return TRUE;
}

static gboolean
set_up_1mp (gpointer *state, GError **error)
{
  return set_up (1156, 867, state, error);
}

static gboolean
set_up_12mp (gpointer *state, GError **error)
{
  return set_up (4000, 3000, state, error);
}

static double
measure_analyze (gpointer page, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (SgMemo) memo = sg_memo_new ();
  SgAnalyzeOptions at_once = sg_analyze_options_default ();

  at_once.leave_print = TRUE; /* as the app reads it first; nor does the reference read words */
  g_autoptr (SgReading) reading = sg_analyze_with (page, memo, &at_once, NULL, error);

  return reading ? (g_get_monotonic_time () - start) / 1000.0 : -1;
}

static double
measure_opencv (gpointer page, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GdkPixbuf) pixbuf =
    sg_picture_decode (sg_image_get_data (sg_page_get_image (page, 0)), 0, G_MAXINT, NULL, error);
  guint n_shapes;

  if (!pixbuf)
    return -1;
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  g_autofree guint8 *grey = g_malloc ((gsize)width * height);
  g_autofree char *problem = sg_opencv_grey (gdk_pixbuf_read_pixels (pixbuf), width, height,
                                             gdk_pixbuf_get_rowstride (pixbuf), 3, grey, width, height);
  if (!problem)
    problem = sg_opencv_reference_read (grey, width, height, &n_shapes);
  if (!problem)
    return (g_get_monotonic_time () - start) / 1000.0;
  g_set_error_literal (error, SG_VISION_ERROR, SG_VISION_ERROR_INTERNAL, problem);
  return -1;
}

static void
tear_down (gpointer page)
{
  sg_page_unref (page);
}

const SgBenchmark sg_bench_photo[] = {
  { "recognise-photo-1mp", "ms", "plain OpenCV pipeline, both decode", 30, set_up_1mp, measure_analyze,
    measure_opencv, tear_down },
  { "recognise-photo-12mp", "ms", "plain OpenCV pipeline, both decode", 10, set_up_12mp, measure_analyze,
    measure_opencv, tear_down },
  { NULL },
};
