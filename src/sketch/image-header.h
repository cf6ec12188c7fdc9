/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the first bytes of a picture file say, so that a mislabelled file or a bomb is refused before anything
 * decodes it. Pure; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *mime_type; /* "image/png", "image/jpeg" or "image/webp" */
  guint width, height;   /* pixels as the header claims, turned as the EXIF data of a JPEG asks */
} SgImageHeader;

/* Reads the header of a picture file and holds it against SG_LIMIT_IMAGE_BYTES and SG_LIMIT_IMAGE_PIXELS.
 * Error: sketch.image; the message names no file. */
gboolean sg_image_header_read (
  const guint8 *data, gsize size, SgImageHeader *header, GError **error);

G_END_DECLS
