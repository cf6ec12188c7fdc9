/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A picture's way to ink: encoded bytes -> pixbuf -> grey at a working size -> contrast -> mask -> strokes.
 * Every step is bounded: by the size in the file's header before a pixel is decoded, and by the working size
 * afterwards.
 */
#include "vision/picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "base/limits.h"
#include "vision/error.h"
#include "vision/opencv.h"
#include "vision/trace.h"

/* Longer side of the picture that is traced, pixels: lines of a photographed page are then 2 to 6 wide, and
 * small drawings are enlarged so that their lines are too. */
#define LARGEST_WORKING_SIDE 1400
#define SMALLEST_WORKING_SIDE 256
#define LARGEST_ENLARGEMENT 4.0

/* A page full of writing has some hundreds. */
#define MOST_STROKES 1200
/* Page units; a picture may be laid on the page at any size, nought included. */
#define SMALLEST_INK_WIDTH 1e-3

/* Bytes handed to the decoder between two looks at `cancellable`. */
#define CHUNK (256 * 1024)

typedef struct
{
  const char *format; /* as gdk-pixbuf names it */
  const char *magic;
  gsize n_magic, offset;
} Signature;

/* Only what people photograph and save drawings as: gdk-pixbuf would read fonts of trouble like SVG too. */
static const Signature SIGNATURES[] = {
  { "png", "\x89PNG\r\n\x1a\n", 8, 0 },
  { "jpeg", "\xff\xd8\xff", 3, 0 },
  { "webp", "WEBP", 4, 8 },
  { "gif", "GIF8", 4, 0 },
};

typedef struct
{
  int width, height; /* as the header says */
  gboolean too_large;
  gboolean is_jpeg;
} Header;

static const char *
find_format (const guint8 *bytes, gsize size)
{
  for (guint i = 0; i < G_N_ELEMENTS (SIGNATURES); i++)
    {
      const Signature *s = &SIGNATURES[i];
      if (size >= s->offset + s->n_magic && memcmp (bytes + s->offset, s->magic, s->n_magic) == 0)
        return s->format;
    }
  return NULL;
}

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  Header *header = data;
  header->width = width;
  header->height = height;
  if ((gint64)width * height > SG_LIMIT_IMAGE_PIXELS)
    {
      header->too_large = TRUE;
      gdk_pixbuf_loader_set_size (loader, 0, 0); /* the decoder gives up before it allocates */
      return;
    }
  /* libjpeg decodes at half, a quarter or an eighth of the size in a fraction of the time */
  int factor = 1;
  while (header->is_jpeg && factor < 8 && MAX (width, height) / (2 * factor) >= LARGEST_WORKING_SIDE)
    factor *= 2;
  if (factor > 1)
    gdk_pixbuf_loader_set_size (loader, MAX (1, width / factor), MAX (1, height / factor));
}

static gboolean
feed_loader (GdkPixbufLoader *loader,
             const guint8 *bytes,
             gsize size,
             const Header *header,
             GCancellable *cancellable,
             GError **error)
{
  for (gsize at = 0; at < size; at += CHUNK)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!gdk_pixbuf_loader_write (loader, bytes + at, MIN (CHUNK, size - at), error) || header->too_large)
        return FALSE;
    }
  return TRUE;
}

/* Replaces whatever went wrong in the decoder by our own error; a cancellation stays one. */
static void
set_decode_error (GError **error, const Header *header, int index, GError *cause)
{
  if (header->too_large)
    g_set_error (error, SG_VISION_ERROR, SG_VISION_ERROR_TOO_LARGE,
                 "images[%d]: %d x %d pixels, more than the limit of %d", index, header->width,
                 header->height, SG_LIMIT_IMAGE_PIXELS);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    g_set_error (error, SG_VISION_ERROR, SG_VISION_ERROR_IMAGE, "images[%d]: cannot be decoded: %s", index,
                 cause ? cause->message : "no picture in it");
  g_clear_error (&cause);
}

static GdkPixbuf *
decode (GBytes *data, int index, GCancellable *cancellable, GError **error)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  if (size > SG_LIMIT_IMAGE_BYTES)
    {
      g_set_error (error, SG_VISION_ERROR, SG_VISION_ERROR_TOO_LARGE,
                   "images[%d]: %" G_GSIZE_FORMAT " bytes, more than the limit of %u", index, size,
                   SG_LIMIT_IMAGE_BYTES);
      return NULL;
    }
  const char *format = find_format (bytes, size);
  if (format == NULL)
    {
      g_set_error (error, SG_VISION_ERROR, SG_VISION_ERROR_IMAGE,
                   "images[%d]: not a PNG, JPEG, WebP or GIF picture", index);
      return NULL;
    }
  Header header = { .is_jpeg = g_str_equal (format, "jpeg") };
  GError *cause = NULL;
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (format, &cause);
  if (loader == NULL)
    {
      set_decode_error (error, &header, index, cause);
      return NULL;
    }
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &header);
  gboolean fed = feed_loader (loader, bytes, size, &header, cancellable, &cause);
  gboolean closed = gdk_pixbuf_loader_close (loader, cause == NULL ? &cause : NULL);
  GdkPixbuf *pixbuf = fed && closed ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  if (pixbuf == NULL)
    {
      set_decode_error (error, &header, index, cause);
      return NULL;
    }
  return gdk_pixbuf_apply_embedded_orientation (pixbuf);
}

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
check_step (char *problem, int index, GCancellable *cancellable, GError **error)
{
  g_autofree char *text = problem;
  if (text != NULL)
    {
      g_set_error (error, SG_VISION_ERROR, SG_VISION_ERROR_INTERNAL, "images[%d]: %s", index, text);
      return FALSE;
    }
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* Strokes of the picture in pixels of its working size. */
static GArray *
trace_pixbuf (GdkPixbuf *pixbuf, int index, int width, int height, GCancellable *cancellable, GError **error)
{
  gsize n = (gsize)width * height;
  g_autofree guint8 *grey = g_malloc (n), *mask = g_malloc (n);
  char *problem = sg_opencv_grey (gdk_pixbuf_read_pixels (pixbuf), gdk_pixbuf_get_width (pixbuf),
                                  gdk_pixbuf_get_height (pixbuf), gdk_pixbuf_get_rowstride (pixbuf),
                                  gdk_pixbuf_get_n_channels (pixbuf), grey, width, height);
  if (!check_step (problem, index, cancellable, error))
    return NULL;
  g_autofree guint8 *contrast = g_malloc (n);
  if (!check_step (sg_opencv_contrast (grey, width, height, contrast), index, cancellable, error) ||
      !check_step (sg_opencv_ink_mask (contrast, width, height, mask), index, cancellable, error))
    return NULL;
  return sg_trace_mask (mask, contrast, width, height, cancellable, error);
}

/* A stroke in pixels, as ink in page units. */
static SgInk
trace_to_ink (const SgPixelStroke *trace, SgRect page, double scale_x, double scale_y)
{
  SgInk ink = { .points = g_new (SgPoint, trace->n) };
  for (guint i = 0; i < trace->n; i++)
    {
      SgPoint p = SG_POINT (page.x + (trace->points[i].x + 0.5) * scale_x,
                            page.y + (trace->points[i].y + 0.5) * scale_y);
      if (ink.n == 0 || p.x != ink.points[ink.n - 1].x || p.y != ink.points[ink.n - 1].y)
        ink.points[ink.n++] = p;
    }
  ink.width = MAX (trace->width * sqrt (scale_x * scale_y), SMALLEST_INK_WIDTH);
  sg_ink_measure (&ink);
  return ink;
}

gboolean
sg_picture_trace (const SgImage *image,
                  int index,
                  guint first_stroke,
                  GArray *ink,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = decode (sg_image_get_data (image), index, cancellable, error);
  if (pixbuf == NULL)
    return FALSE;
  int width, height;
  choose_working_size (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf), &width, &height);
  g_autoptr (GArray) traces = trace_pixbuf (pixbuf, index, width, height, cancellable, error);
  if (traces == NULL)
    return FALSE;
  if (traces->len > MOST_STROKES)
    {
      g_set_error (error, SG_VISION_ERROR, SG_VISION_ERROR_IMAGE,
                   "images[%d]: %u separate strokes, so it is no drawing but texture or noise", index,
                   traces->len);
      return FALSE;
    }
  SgRect page = sg_image_get_bounds (image);
  for (guint i = 0; i < traces->len; i++)
    {
      const SgPixelStroke *trace = &g_array_index (traces, SgPixelStroke, i);
      SgInk stroke = trace_to_ink (trace, page, page.width / width, page.height / height);
      stroke.stroke = first_stroke + i;
      stroke.image = index;
      g_array_append_val (ink, stroke);
    }
  return TRUE;
}
