/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Headers of PNG (W3C PNG, 11.2.2), JPEG (ITU T.81, B.2.2) and WebP (RFC 9649, 2.7 and 3). */
#include "sketch/image-header.h"

#include <string.h>

#include "base/limits.h"
#include "sketch/error.h"

static guint
big_endian (const guint8 *data, guint n_bytes)
{
  guint value = 0;

  for (guint i = 0; i < n_bytes; i++)
    value = value << 8 | data[i];
  return value;
}

static guint
little_endian (const guint8 *data, guint n_bytes)
{
  guint value = 0;

  for (guint i = 0; i < n_bytes; i++)
    value |= (guint)data[i] << (8 * i);
  return value;
}

static gboolean
read_png (const guint8 *data, gsize size, SgImageHeader *header)
{
  if (size < 24 || memcmp (data + 12, "IHDR", 4) != 0)
    return FALSE;
  header->width = big_endian (data + 16, 4);
  header->height = big_endian (data + 20, 4);
  return TRUE;
}

static guint
tiff_number (const guint8 *data, guint n_bytes, gboolean little)
{
  return little ? little_endian (data, n_bytes) : big_endian (data, n_bytes);
}

/* Whether the EXIF data of an APP1 segment of `size` bytes has the picture lie on its side: orientations 5
 * to 8 of the first directory (Exif 2.3, 4.6.4). */
static gboolean
lies_on_its_side (const guint8 *data, gsize size)
{
  if (size < 14 || memcmp (data, "Exif\0\0", 6) != 0)
    return FALSE;
  const guint8 *tiff = data + 6;
  gsize room = size - 6;
  gboolean little = tiff[0] == 'I';
  gsize at = tiff_number (tiff + 4, 4, little);

  if (at > room - 2)
    return FALSE;
  guint n_entries = tiff_number (tiff + at, 2, little);
  at += 2;
  for (guint i = 0; i < n_entries && at + 12 <= room; i++, at += 12)
    if (tiff_number (tiff + at, 2, little) == 0x0112)
      {
        guint orientation = tiff_number (tiff + at + 8, 2, little);

        return orientation >= 5 && orientation <= 8;
      }
  return FALSE;
}

/* Walks the marker segments to the frame header, which alone holds the size; EXIF data comes before it. */
static gboolean
read_jpeg (const guint8 *data, gsize size, SgImageHeader *header)
{
  gsize at = 2;
  gboolean on_side = FALSE;

  while (at + 9 <= size && data[at] == 0xff)
    {
      guint8 marker = data[at + 1];

      if (marker == 0xff || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7))
        {
          at += marker == 0xff ? 1 : 2; /* a fill byte, or a marker that stands alone */
          continue;
        }
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          guint height = big_endian (data + at + 5, 2), width = big_endian (data + at + 7, 2);

          header->width = on_side ? height : width;
          header->height = on_side ? width : height;
          return TRUE;
        }
      if (marker == 0xe1)
        on_side |= lies_on_its_side (data + at + 4, MIN (size - at - 4, big_endian (data + at + 2, 2)));
      at += 2 + big_endian (data + at + 2, 2);
    }
  return FALSE;
}

static gboolean
read_webp (const guint8 *data, gsize size, SgImageHeader *header)
{
  if (size < 30)
    return FALSE;
  if (memcmp (data + 12, "VP8X", 4) == 0)
    {
      header->width = little_endian (data + 24, 3) + 1;
      header->height = little_endian (data + 27, 3) + 1;
      return TRUE;
    }
  if (memcmp (data + 12, "VP8L", 4) == 0 && data[20] == 0x2f)
    {
      guint bits = little_endian (data + 21, 4);

      header->width = (bits & 0x3fff) + 1;
      header->height = (bits >> 14 & 0x3fff) + 1;
      return TRUE;
    }
  if (memcmp (data + 12, "VP8 ", 4) == 0 && memcmp (data + 23, "\x9d\x01\x2a", 3) == 0)
    {
      header->width = little_endian (data + 26, 2) & 0x3fff;
      header->height = little_endian (data + 28, 2) & 0x3fff;
      return TRUE;
    }
  return FALSE;
}

static gboolean
fail (const char *problem, GError **error)
{
  g_set_error_literal (error, SG_SKETCH_ERROR, SG_SKETCH_ERROR_IMAGE, problem);
  return FALSE;
}

gboolean
sg_image_header_read (const guint8 *data, gsize size, SgImageHeader *header, GError **error)
{
  gboolean complete;

  if (!sg_limit_check (SG_LIMIT_ID_IMAGE_BYTES, size, NULL, SG_SKETCH_ERROR, SG_SKETCH_ERROR_IMAGE, error))
    return FALSE;
  if (size >= 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    {
      header->mime_type = "image/png";
      complete = read_png (data, size, header);
    }
  else if (size >= 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    {
      header->mime_type = "image/jpeg";
      complete = read_jpeg (data, size, header);
    }
  else if (size >= 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    {
      header->mime_type = "image/webp";
      complete = read_webp (data, size, header);
    }
  else
    return fail ("not a PNG, JPEG or WebP picture", error);

  if (!complete || header->width == 0 || header->height == 0)
    return fail ("the picture's header is damaged or cut off", error);
  g_autofree char *sides = g_strdup_printf ("%u x %u", header->width, header->height);

  return sg_limit_check (SG_LIMIT_ID_IMAGE_PIXELS, (guint64)header->width * header->height, sides,
                         SG_SKETCH_ERROR, SG_SKETCH_ERROR_IMAGE, error);
}
