/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Chunks of PNG (W3C PNG, 5.3), marker segments of JPEG (ITU T.81, B.1.1) and the length of RIFF. */
#include "vision/picture-whole.h"

#include <string.h>

#define JPEG_END_OF_IMAGE 0xd9

/* Of an unsigned number; 0 beyond the file's end. */
static gsize
big_endian (const guint8 *data, gsize size, gsize at, guint n_bytes)
{
  gsize value = 0;

  for (guint i = 0; i < n_bytes && at + i < size; i++)
    value = value << 8 | data[at + i];
  return value;
}

static gboolean
is_whole_png (const guint8 *data, gsize size)
{
  const gsize frame = 12; /* of a chunk: its length, name and checksum */

  for (gsize at = 8; at + frame <= size; at += frame + big_endian (data, size, at, 4))
    if (memcmp (data + at + 4, "IEND", 4) == 0)
      return TRUE;
  return FALSE;
}

/* The next marker from `at` on: an 0xff that neither fills nor stands for itself among coded data. */
static gsize
find_marker (const guint8 *data, gsize size, gsize at)
{
  while (at + 1 < size)
    {
      const guint8 *found = memchr (data + at, 0xff, size - at - 1);

      if (!found)
        break;
      at = found - data;
      if (found[1] != 0 && found[1] != 0xff)
        return at;
      at++;
    }
  return size;
}

/* Segments are jumped over, as the thumbnail in EXIF data has an end of its own. */
static gboolean
is_whole_jpeg (const guint8 *data, gsize size)
{
  for (gsize at = find_marker (data, size, 2); at < size; at = find_marker (data, size, at))
    {
      guint8 marker = data[at + 1];

      if (marker == JPEG_END_OF_IMAGE)
        return TRUE;
      at += 2;
      if (marker != 0x01 && (marker < 0xd0 || marker > 0xd7)) /* TEM and RSTn stand alone */
        at += big_endian (data, size, at, 2);
    }
  return FALSE;
}

static gboolean
is_whole_webp (const guint8 *data, gsize size)
{
  return (guint64)data[4] + (data[5] << 8) + (data[6] << 16) + ((guint64)data[7] << 24) + 8 <= size;
}

gboolean
sg_picture_is_whole (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (size >= 8 && memcmp (data, "\x89PNG", 4) == 0)
    return is_whole_png (data, size);
  if (size >= 2 && memcmp (data, "\xff\xd8", 2) == 0)
    return is_whole_jpeg (data, size);
  if (size >= 12 && memcmp (data, "RIFF", 4) == 0)
    return is_whole_webp (data, size);
  return TRUE;
}
