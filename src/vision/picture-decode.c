/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bytes are fed to a gdk-pixbuf loader of the type that they begin like, and stop where the header says too
 * much, so that neither a bomb nor a format that nobody draws in is ever unpacked. */
#include "vision/picture-decode.h"

#include "base/limits.h"
#include "base/metrics.h"
#include "vision/error.h"

/* Bytes handed to the decoder between two looks at the budget. */
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
};

typedef struct
{
  int width, height; /* as the header says */
  gboolean too_large;
  int working_side; /* pixels that the longer side must keep */
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
  while (header->is_jpeg && factor < 8 && MAX (width, height) / (2 * factor) >= header->working_side)
    factor *= 2;
  if (factor > 1)
    gdk_pixbuf_loader_set_size (loader, MAX (1, width / factor), MAX (1, height / factor));
}

static gboolean
feed_loader (GdkPixbufLoader *loader,
             const guint8 *bytes,
             gsize size,
             const Header *header,
             SgBudget *budget,
             GError **error)
{
  for (gsize at = 0; at < size; at += CHUNK)
    {
      if (!sg_budget_check (budget, error))
        return FALSE;
      if (!gdk_pixbuf_loader_write (loader, bytes + at, MIN (CHUNK, size - at), error) || header->too_large)
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_limit (SgLimitId limit, guint64 actual, int index, GError **error)
{
  g_autofree char *place = g_strdup_printf ("images[%d]", index);

  return sg_limit_check (limit, actual, place, SG_VISION_ERROR, SG_VISION_ERROR_TOO_LARGE, error);
}

/* Replaces whatever went wrong in the decoder by our own error; the budget's stay what they are. */
static void
set_decode_error (GError **error, const Header *header, int index, GError *cause)
{
  if (header->too_large)
    check_limit (SG_LIMIT_ID_IMAGE_PIXELS, (guint64)header->width * header->height, index, error);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
           g_error_matches (cause, SG_BASE_ERROR, SG_BASE_ERROR_TIMEOUT))
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    g_set_error (error, SG_VISION_ERROR, SG_VISION_ERROR_IMAGE, "images[%d]: cannot be decoded: %s", index,
                 cause ? cause->message : "no picture in it");
  g_clear_error (&cause);
}

GdkPixbuf *
sg_picture_decode (
  GBytes *data, int index, int working_side, SgBudget *budget, GError **error)
{
  SG_TIME_BLOCK (SG_OPERATION_ANALYSIS_DECODE);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  if (!check_limit (SG_LIMIT_ID_IMAGE_BYTES, size, index, error))
    return NULL;
  const char *format = find_format (bytes, size);
  if (format == NULL)
    {
      g_set_error (error, SG_VISION_ERROR, SG_VISION_ERROR_IMAGE,
                   "images[%d]: not a PNG, JPEG or WebP picture", index);
      return NULL;
    }
  Header header = { .working_side = working_side, .is_jpeg = g_str_equal (format, "jpeg") };
  GError *cause = NULL;
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (format, &cause);
  if (loader == NULL)
    {
      set_decode_error (error, &header, index, cause);
      return NULL;
    }
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &header);
  gboolean fed = feed_loader (loader, bytes, size, &header, budget, &cause);
  gboolean closed = gdk_pixbuf_loader_close (loader, cause == NULL ? &cause : NULL);
  GdkPixbuf *pixbuf = fed && closed ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  if (pixbuf == NULL)
    {
      set_decode_error (error, &header, index, cause);
      return NULL;
    }
  return gdk_pixbuf_apply_embedded_orientation (pixbuf);
}
