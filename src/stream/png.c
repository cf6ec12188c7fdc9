/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PNG and APNG (https://wiki.mozilla.org/APNG_Specification), which libpng does not write: 8 bits of R, G
 * and B, each row as what is unlike the one above it. Of an APNG's pictures after the first only the part
 * that changed is kept. */
#include <string.h>
#include <zlib.h>

#include "stream/error.h"
#include "stream/film-private.h"

#define UP 2    /* PNG's filter: less the pixel above */
#define LEVEL 4 /* of zlib: drawings are large areas of one colour */

typedef struct
{
  char *path; /* of what is asked for */
  SgFilmFormat format;
  gboolean moves; /* APNG */
  SgPart *part;   /* (nullable) */
  guint n_pictures;
  guint32 sequence;     /* of APNG's blocks */
  guint64 count_offset; /* where in the file the number of pictures is told */
  guint8 *before;       /* (nullable): the picture before; APNG */
  GByteArray *raw, *packed;
} Png;

static void
put_32 (guint8 *to, guint32 value)
{
  for (guint k = 0; k < 4; k++)
    to[k] = value >> (24 - 8 * k);
}

static void
put_16 (guint8 *to, guint value)
{
  to[0] = value >> 8;
  to[1] = value;
}

/* -- Blocks of the file -- */

static gboolean
write_chunk (Png *png, const char *kind, const guint8 *data, gsize size, GError **error)
{
  guint8 head[8], sum[4];

  put_32 (head, size);
  memcpy (head + 4, kind, 4);
  put_32 (sum, crc32 (crc32 (0, head + 4, 4), data, size));
  return sg_part_write (png->part, head, sizeof head, error) &&
         sg_part_write (png->part, data, size, error) && sg_part_write (png->part, sum, sizeof sum, error);
}

static gboolean
write_head (Png *png, GError **error)
{
  static const guint8 magic[] = "\x89PNG\r\n\x1a\n";
  guint8 head[13] = { [8] = 8, [9] = 2 };

  put_32 (head, png->format.width);
  put_32 (head + 4, png->format.height);
  return sg_part_write (png->part, magic, 8, error) && write_chunk (png, "IHDR", head, sizeof head, error);
}

/* How many pictures there are is known at the end; 0 times is over and over. */
static gboolean
write_count (Png *png, GError **error)
{
  guint8 block[20] = { [3] = 8, [4] = 'a', [5] = 'c', [6] = 'T', [7] = 'L' };

  put_32 (block + 8, png->n_pictures);
  put_32 (block + 16, crc32 (0, block + 4, 12));
  if (png->n_pictures == 0)
    return sg_part_write (png->part, block, sizeof block, error);
  return sg_part_write_at (png->part, png->count_offset, block, sizeof block, error);
}

static gboolean
write_control (Png *png, SgFilmArea area, GError **error)
{
  guint8 control[26] = { 0 };

  put_32 (control, png->sequence++);
  put_32 (control + 4, area.width);
  put_32 (control + 8, area.height);
  put_32 (control + 12, area.x);
  put_32 (control + 16, area.y);
  put_16 (control + 20, 1);
  put_16 (control + 22, png->format.rate);
  return write_chunk (png, "fcTL", control, sizeof control, error);
}

/* -- Pictures -- */

static void
filter_rows (Png *png, const guint8 *pixels, SgFilmArea area)
{
  gsize row = 1 + (gsize)area.width * 3, stride = (gsize)png->format.width * 4;

  g_byte_array_set_size (png->raw, row * area.height);
  for (guint y = 0; y < area.height; y++)
    {
      const guint8 *from = pixels + (area.y + y) * stride + area.x * 4;
      guint8 *to = png->raw->data + y * row;

      *to++ = y > 0 ? UP : 0;
      for (guint x = 0; x < area.width; x++, from += 4)
        for (guint k = 0; k < 3; k++)
          *to++ = y > 0 ? from[k] - from[(gssize)k - (gssize)stride] : from[k];
    }
}

/* Room of `room` bytes before it. */
static gboolean
pack (Png *png, gsize room, GError **error)
{
  uLongf size = compressBound (png->raw->len);

  g_byte_array_set_size (png->packed, room + size);
  if (compress2 (png->packed->data + room, &size, png->raw->data, png->raw->len, LEVEL) == Z_OK)
    {
      g_byte_array_set_size (png->packed, room + size);
      return TRUE;
    }
  g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_ENCODER, "%s: a picture cannot be packed", png->path);
  return FALSE;
}

static gboolean
write_picture (Png *png, const guint8 *pixels, SgFilmArea area, GError **error)
{
  gboolean first = png->n_pictures == 0 || !png->moves;

  filter_rows (png, pixels, area);
  if (!pack (png, first ? 0 : 4, error))
    return FALSE;
  if (!first)
    put_32 (png->packed->data, png->sequence++);
  return write_chunk (png, first ? "IDAT" : "fdAT", png->packed->data, png->packed->len, error);
}

/* -- A file of many -- */

static gpointer
begin (const char *path, const SgFilmFormat *format, gboolean moves)
{
  Png *png = g_new0 (Png, 1);

  png->path = g_strdup (path);
  png->format = *format;
  png->moves = moves;
  png->raw = g_byte_array_new ();
  png->packed = g_byte_array_new ();
  return png;
}

static void
end_use (gpointer data)
{
  Png *png = data;

  g_clear_pointer (&png->part, sg_part_free);
  g_byte_array_unref (png->raw);
  g_byte_array_unref (png->packed);
  g_free (png->before);
  g_free (png->path);
  g_free (png);
}

static gpointer
begin_apng (const char *path, const SgFilmFormat *format, GError **error)
{
  Png *png = begin (path, format, TRUE);

  png->part = sg_part_new (path, error);
  png->count_offset = 8 + 8 + 13 + 4; /* behind the magic and the head */
  if (png->part && write_head (png, error) && write_count (png, error))
    return png;
  end_use (png);
  return NULL;
}

static gboolean
add_to_apng (gpointer data, const guint8 *pixels, GError **error)
{
  Png *png = data;
  gsize size = (gsize)png->format.width * png->format.height * 4;
  SgFilmArea area = sg_film_find_change (pixels, png->before, &png->format);

  if (!write_control (png, area, error) || !write_picture (png, pixels, area, error))
    return FALSE;
  if (!png->before)
    png->before = g_malloc (size);
  memcpy (png->before, pixels, size);
  png->n_pictures++;
  return TRUE;
}

static gboolean
end_apng (gpointer data, GError **error)
{
  Png *png = data;

  return write_chunk (png, "IEND", (const guint8 *)"", 0, error) && write_count (png, error) &&
         sg_part_end (png->part, error);
}

/* -- A file each -- */

static gpointer
begin_files (const char *path, const SgFilmFormat *format, GError **error)
{
  return begin (path, format, FALSE);
}

static char *
name_file (const Png *png)
{
  gsize length = strlen (png->path);

  if (g_str_has_suffix (png->path, ".png"))
    length -= strlen (".png");
  return g_strdup_printf ("%.*s-%04u.png", (int)length, png->path, png->n_pictures + 1);
}

static gboolean
add_file (gpointer data, const guint8 *pixels, GError **error)
{
  Png *png = data;
  g_autofree char *path = name_file (png);
  const SgFilmArea all = { 0, 0, png->format.width, png->format.height };

  png->part = sg_part_new (path, error);
  gboolean good = png->part && write_head (png, error) && write_picture (png, pixels, all, error) &&
                  write_chunk (png, "IEND", (const guint8 *)"", 0, error) && sg_part_end (png->part, error);
  g_clear_pointer (&png->part, sg_part_free);
  png->n_pictures++;
  return good;
}

static gboolean
end_files (gpointer data, GError **error)
{
  return TRUE;
}

const SgFilmClass sg_film_apng = { begin_apng, add_to_apng, end_apng, end_use };
const SgFilmClass sg_film_png = { begin_files, add_file, end_files, end_use };
