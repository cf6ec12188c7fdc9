/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A picture's way to ink: encoded bytes -> pixbuf -> grey at a working size -> contrast -> mask -> strokes.
 * Every step is bounded: by the size in the file's header before a pixel is decoded, and by the working size
 * afterwards.
 */
#include "vision/picture.h"

#include "base/metrics.h"
#include "vision/error.h"
#include "vision/opencv.h"
#include "vision/picture-decode.h"
#include "vision/trace.h"

/* Longer side of the picture that is traced, pixels: lines of a photographed page are then 2 to 6 wide, and
 * small drawings are enlarged so that their lines are too. */
#define LARGEST_WORKING_SIDE 1400
#define SMALLEST_WORKING_SIDE 256
#define LARGEST_ENLARGEMENT 4.0

/* No camera takes a smaller picture, longer side in pixels: no table is looked for around its paper. */
#define SMALLEST_PHOTOGRAPH 400

/* A page full of writing has some hundreds. */
#define MOST_STROKES 1200
/* Page units; a picture may be laid on the page at any size, nought included. */
#define SMALLEST_INK_WIDTH 1e-3

/* The size at which a picture of `width` x `height` is traced. */
static void
choose_working_size (int width, int height, int *working_width, int *working_height)
{
  double side = MAX (width, height), scale = 1;
  if (side > LARGEST_WORKING_SIDE)
    scale = LARGEST_WORKING_SIDE / side;
  else if (side < SMALLEST_WORKING_SIDE)
    scale = MIN (LARGEST_ENLARGEMENT, SMALLEST_WORKING_SIDE / side);
  *working_width = MAX (1, (int)(width * scale + 0.5));
  *working_height = MAX (1, (int)(height * scale + 0.5));
}

static gboolean
check_step (char *problem, int index, SgBudget *budget, GError **error)
{
  g_autofree char *text = problem;
  if (text != NULL)
    {
      g_set_error (error, SG_VISION_ERROR, SG_VISION_ERROR_INTERNAL, "images[%d]: %s", index, text);
      return FALSE;
    }
  return sg_budget_check (budget, error);
}

void
sg_raster_clear (SgRaster *raster)
{
  g_clear_pointer (&raster->grey, g_free);
}

/* The picture in grey at its working size, over `bounds` of the page. */
static gboolean
make_raster (
  GdkPixbuf *pixbuf, SgRect bounds, int index, SgBudget *budget, SgRaster *raster, GError **error)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  choose_working_size (width, height, &raster->width, &raster->height);
  raster->grey = g_malloc ((gsize)raster->width * raster->height);
  double across = bounds.width / raster->width, down = bounds.height / raster->height;
  const double onto_page[9] = { across, 0, bounds.x + across / 2, 0, down, bounds.y + down / 2, 0, 0, 1 };
  memcpy (raster->onto_page, onto_page, sizeof onto_page);
  char *problem =
    sg_opencv_grey (gdk_pixbuf_read_pixels (pixbuf), width, height, gdk_pixbuf_get_rowstride (pixbuf),
                    gdk_pixbuf_get_n_channels (pixbuf), raster->grey, raster->width, raster->height);
  return check_step (problem, index, budget, error);
}

/* The pose of what is seen straight in a flattened raster: upright units are as large as the page's in the
 * raster's middle, and that is where it was. */
static void
find_pose (const SgRaster *flat, SgPose *pose)
{
  SgPoint middle = SG_POINT ((flat->width - 1) / 2.0, (flat->height - 1) / 2.0);
  double d[4];
  SgPoint on_page = sg_pose_map (flat->onto_page, middle);
  sg_pose_derivative (flat->onto_page, middle, d);
  double k = 1 / sqrt (fabs (d[0] * d[3] - d[1] * d[2]));
  const double from_upright[9] = { k, 0, middle.x - k * on_page.x, 0, k, middle.y - k * on_page.y, 0, 0, 1 };
  sg_pose_init (pose, flat->onto_page, from_upright);
}

/* Where a sheet of paper lies on a table, or a board hangs on a wall, goes on with that alone as if it had
 * been photographed straight from above. */
static gboolean
flatten_sheet (SgRaster *raster, int index, SgPose *pose, SgBudget *budget, GError **error)
{
  double corners[8], to_picture[9], onto_page[9];
  gboolean found;
  char *problem = sg_opencv_find_sheet (raster->grey, raster->width, raster->height, corners, &found);
  if (!check_step (problem, index, budget, error))
    return FALSE;
  if (!found)
    return TRUE;
  g_auto (SgRaster) flat = { 0 };
  sg_opencv_sheet_size (corners, raster->width, raster->height, &flat.width, &flat.height);
  flat.grey = g_malloc ((gsize)flat.width * flat.height);
  problem = sg_opencv_flatten (raster->grey, raster->width, raster->height, corners, flat.grey, flat.width,
                               flat.height, to_picture);
  if (!check_step (problem, index, budget, error))
    return FALSE;
  memcpy (onto_page, raster->onto_page, sizeof onto_page);
  sg_pose_multiply (onto_page, to_picture, flat.onto_page);
  SgRaster swap = *raster;
  *raster = flat;
  flat = swap;
  find_pose (raster, pose);
  return TRUE;
}

/* Strokes of the raster, in its pixels. */
static GArray *
trace_raster (const SgRaster *raster, int index, SgBudget *budget, GError **error)
{
  int width = raster->width, height = raster->height;
  gsize n = (gsize)width * height;
  g_autofree guint8 *contrast = g_malloc (n), *mask = g_malloc (n);
  if (!check_step (sg_opencv_contrast (raster->grey, width, height, contrast), index, budget, error) ||
      !check_step (sg_opencv_ink_mask (contrast, width, height, mask), index, budget, error))
    return NULL;
  return sg_trace_mask (mask, contrast, width, height, budget, error);
}

/* A stroke in pixels, as ink in page units. */
static SgInk
trace_to_ink (const SgPixelStroke *trace, const SgRaster *raster)
{
  SgInk ink = { .points = g_new (SgPoint, trace->n) };
  double d[4];
  for (guint i = 0; i < trace->n; i++)
    {
      SgPoint p = sg_pose_map (raster->onto_page, trace->points[i]);
      if (ink.n == 0 || p.x != ink.points[ink.n - 1].x || p.y != ink.points[ink.n - 1].y)
        ink.points[ink.n++] = p;
    }
  sg_pose_derivative (raster->onto_page, trace->points[trace->n / 2], d);
  ink.width = MAX (trace->width * sqrt (fabs (d[0] * d[3] - d[1] * d[2])), SMALLEST_INK_WIDTH);
  sg_ink_measure (&ink);
  return ink;
}

gboolean
sg_picture_raster (
  const SgImage *image, int index, SgRaster *raster, SgPose *pose, SgBudget *budget, GError **error)
{
  g_auto (SgRaster) made = { 0 };
  SgPose sheet = { 0 };
  g_autoptr (GdkPixbuf) pixbuf =
    sg_picture_decode (sg_image_get_data (image), index, LARGEST_WORKING_SIDE, budget, error);
  if (pixbuf == NULL)
    return FALSE;
  if (!make_raster (pixbuf, sg_image_get_bounds (image), index, budget, &made, error))
    return FALSE;
  int side = MAX (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf));
  g_clear_object (&pixbuf);
  if (side >= SMALLEST_PHOTOGRAPH && !flatten_sheet (&made, index, &sheet, budget, error))
    return FALSE;
  *raster = made;
  made.grey = NULL;
  if (pose != NULL)
    *pose = sheet;
  return TRUE;
}

gboolean
sg_picture_trace (const SgImage *image,
                  int index,
                  guint first_stroke,
                  GArray *ink,
                  SgPose *pose,
                  SgBudget *budget,
                  GError **error)
{
  SG_TIME_BLOCK (SG_OPERATION_ANALYSIS_TRACE);
  g_auto (SgRaster) raster = { 0 };
  SgPose sheet;
  if (!sg_picture_raster (image, index, &raster, &sheet, budget, error))
    return FALSE;
  g_autoptr (GArray) traces = trace_raster (&raster, index, budget, error);
  if (traces == NULL)
    return FALSE;
  if (traces->len > MOST_STROKES)
    {
      g_set_error (error, SG_VISION_ERROR, SG_VISION_ERROR_IMAGE,
                   "images[%d]: %u separate strokes, so it is no drawing but texture or noise", index,
                   traces->len);
      return FALSE;
    }
  for (guint i = 0; i < traces->len; i++)
    {
      SgInk stroke = trace_to_ink (&g_array_index (traces, SgPixelStroke, i), &raster);
      stroke.stroke = first_stroke + i;
      stroke.image = index;
      g_array_append_val (ink, stroke);
    }
  if (pose != NULL)
    *pose = sheet;
  return TRUE;
}
