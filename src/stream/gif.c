/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GIF89a (https://www.w3.org/Graphics/GIF/spec-gif89a.txt). Its one table of colours is that of the first
 * picture, by halving the fullest box of colours at its middle (Heckbert, "Color image quantization for frame
 * buffer display", 1982), which keeps the few flat colours of a drawing as they are and has some left for
 * their soft edges. */
#include <string.h>

#include "stream/error.h"
#include "stream/film-private.h"

#define COLOURS 256
#define BITS 5 /* of a component that colours are told apart by */
#define CELLS (1 << (3 * BITS))
#define CODES 4096 /* of LZW */

typedef struct
{
  guint16 low[3], high[3]; /* cells, both within */
  guint64 n;               /* pixels */
} Box;

typedef struct
{
  SgFilmFormat format;
  SgPart *part;
  guint n_pictures;
  guint8 palette[COLOURS][3];
  guint16 *nearest; /* CELLS: colour, COLOURS: not looked for yet */
  guint8 *indices;  /* a picture, as colours; the one before beside it */
  guint8 *before;
  guint16 *codes; /* CODES * COLOURS: LZW's next code, 0: none */
  GByteArray *out;
  guint32 bits; /* not yet in `out` */
  guint n_bits;
} Gif;

/* -- Colours -- */

static guint
cell_of (const guint8 *pixel)
{
  return (guint)(pixel[0] >> (8 - BITS)) << (2 * BITS) | (guint)(pixel[1] >> (8 - BITS)) << BITS |
         (guint)(pixel[2] >> (8 - BITS));
}

static guint64
count (const guint32 *cells, const Box *box)
{
  guint64 sum = 0;

  for (guint r = box->low[0]; r <= box->high[0]; r++)
    for (guint g = box->low[1]; g <= box->high[1]; g++)
      for (guint b = box->low[2]; b <= box->high[2]; b++)
        sum += cells[r << (2 * BITS) | g << BITS | b];
  return sum;
}

/* The slice of it at `at` along an axis. */
static guint64
count_slice (const guint32 *cells, const Box *box, guint axis, guint at)
{
  Box slice = *box;

  slice.low[axis] = slice.high[axis] = at;
  return count (cells, &slice);
}

static void
shrink (const guint32 *cells, Box *box)
{
  for (guint axis = 0; axis < 3; axis++)
    {
      while (box->low[axis] < box->high[axis] && count_slice (cells, box, axis, box->low[axis]) == 0)
        box->low[axis]++;
      while (box->low[axis] < box->high[axis] && count_slice (cells, box, axis, box->high[axis]) == 0)
        box->high[axis]--;
    }
}

static guint
longest_axis (const Box *box)
{
  guint best = 0;

  for (guint axis = 1; axis < 3; axis++)
    if (box->high[axis] - box->low[axis] > box->high[best] - box->low[best])
      best = axis;
  return best;
}

/* Halves `box`, of more than one cell: `other` gets its upper half. */
static void
halve (const guint32 *cells, Box *box, Box *other)
{
  guint axis = longest_axis (box), at = box->low[axis];
  guint64 sum = count_slice (cells, box, axis, at);

  while (at + 1 < box->high[axis] && 2 * sum < box->n)
    sum += count_slice (cells, box, axis, ++at);
  *other = *box;
  box->high[axis] = at;
  other->low[axis] = at + 1;
  box->n = sum;
  other->n -= sum;
  shrink (cells, box);
  shrink (cells, other);
}

/* The one that is worth halving most: the more pixels and the larger, the more. */
static int
choose_box (const Box *boxes, guint n)
{
  double most = 0;
  int best = -1;

  for (guint i = 0; i < n; i++)
    {
      guint axis = longest_axis (&boxes[i]);
      double worth = (double)boxes[i].n * (boxes[i].high[axis] - boxes[i].low[axis]);

      if (worth > most)
        most = worth, best = i;
    }
  return best;
}

static int
find_box (const Box *boxes, guint n, guint cell)
{
  const guint at[3] = { cell >> (2 * BITS), cell >> BITS & ((1 << BITS) - 1), cell & ((1 << BITS) - 1) };

  for (guint i = 0; i < n; i++)
    if (at[0] >= boxes[i].low[0] && at[0] <= boxes[i].high[0] && at[1] >= boxes[i].low[1] &&
        at[1] <= boxes[i].high[1] && at[2] >= boxes[i].low[2] && at[2] <= boxes[i].high[2])
      return i;
  return -1;
}

/* The mean of a box's pixels is its colour. */
static void
average (Gif *gif, const guint8 *pixels, const Box *boxes, guint n)
{
  guint64 sums[COLOURS][4] = { 0 };
  gsize n_pixels = (gsize)gif->format.width * gif->format.height;

  for (gsize i = 0; i < n_pixels; i++, pixels += 4)
    {
      guint16 *known = &gif->nearest[cell_of (pixels)];

      if (*known == COLOURS)
        *known = MAX (find_box (boxes, n, cell_of (pixels)), 0);
      for (guint k = 0; k < 3; k++)
        sums[*known][k] += pixels[k];
      sums[*known][3]++;
    }
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < 3; k++)
      gif->palette[i][k] = sums[i][3] > 0 ? (sums[i][k] + sums[i][3] / 2) / sums[i][3] : 0;
}

static void
choose_palette (Gif *gif, const guint8 *pixels)
{
  g_autofree guint32 *cells = g_new0 (guint32, CELLS);
  gsize n_pixels = (gsize)gif->format.width * gif->format.height;
  Box boxes[COLOURS] = { { { 0 }, { (1 << BITS) - 1, (1 << BITS) - 1, (1 << BITS) - 1 }, n_pixels } };
  guint n = 1;

  for (gsize i = 0; i < n_pixels; i++)
    cells[cell_of (pixels + 4 * i)]++;
  shrink (cells, &boxes[0]);
  for (int i; n < COLOURS && (i = choose_box (boxes, n)) >= 0; n++)
    halve (cells, &boxes[i], &boxes[n]);
  average (gif, pixels, boxes, n);
}

static guint
find_nearest (const Gif *gif, const guint8 *pixel)
{
  guint best = 0, least = G_MAXUINT;

  for (guint i = 0; i < COLOURS; i++)
    {
      int r = pixel[0] - gif->palette[i][0], g = pixel[1] - gif->palette[i][1],
          b = pixel[2] - gif->palette[i][2];
      guint distance = 3 * r * r + 6 * g * g + b * b; /* as an eye has it, about */

      if (distance < least)
        least = distance, best = i;
    }
  return best;
}

static void
index_picture (Gif *gif, const guint8 *pixels)
{
  gsize n_pixels = (gsize)gif->format.width * gif->format.height;

  for (gsize i = 0; i < n_pixels; i++, pixels += 4)
    {
      guint16 *known = &gif->nearest[cell_of (pixels)];

      if (*known == COLOURS)
        *known = find_nearest (gif, pixels);
      gif->indices[i] = *known;
    }
}

/* -- LZW -- */

static void
put_code (Gif *gif, guint code, guint width)
{
  gif->bits |= (guint32)code << gif->n_bits;
  gif->n_bits += width;
  while (gif->n_bits >= 8)
    {
      guint8 byte = gif->bits;

      g_byte_array_append (gif->out, &byte, 1);
      gif->bits >>= 8;
      gif->n_bits -= 8;
    }
}

static void
compress_area (Gif *gif, SgFilmArea area)
{
  const guint clear = COLOURS, end = COLOURS + 1;
  guint next = end + 1, width = 9;
  int prefix = -1;

  gif->bits = gif->n_bits = 0;
  memset (gif->codes, 0, sizeof *gif->codes * CODES * COLOURS);
  put_code (gif, clear, width);
  for (guint y = area.y; y < area.y + area.height; y++)
    for (guint x = area.x; x < area.x + area.width; x++)
      {
        guint8 colour = gif->indices[(gsize)y * gif->format.width + x];
        guint16 *known = prefix < 0 ? NULL : &gif->codes[prefix * COLOURS + colour];

        if (!known || *known != 0)
          {
            prefix = known ? *known : colour;
            continue;
          }
        put_code (gif, prefix, width);
        *known = next;
        if (next == 1u << width)
          width++;
        if (++next == CODES)
          {
            put_code (gif, clear, width);
            memset (gif->codes, 0, sizeof *gif->codes * CODES * COLOURS);
            next = end + 1;
            width = 9;
          }
        prefix = colour;
      }
  put_code (gif, prefix, width);
  put_code (gif, end, width);
  if (gif->n_bits > 0)
    put_code (gif, 0, 8 - gif->n_bits);
}

/* -- The file -- */

static void
put_16 (guint8 *to, guint value)
{
  to[0] = value;
  to[1] = value >> 8;
}

static gboolean
write_head (Gif *gif, GError **error)
{
  guint8 head[13] = "GIF89a";

  put_16 (head + 6, gif->format.width);
  put_16 (head + 8, gif->format.height);
  head[10] = 0xf7; /* a table of 256 colours */
  return sg_part_write (gif->part, head, sizeof head, error) &&
         sg_part_write (gif->part, gif->palette, sizeof gif->palette, error) &&
         sg_part_write (gif->part, "\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0", 19, error); /* over and over */
}

static gboolean
write_picture_head (Gif *gif, SgFilmArea area, GError **error)
{
  /* until the hundredth at which the next one is due */
  guint until = (gif->n_pictures + 1) * 100 / gif->format.rate,
        from = gif->n_pictures * 100 / gif->format.rate;
  guint8 head[8 + 10 + 1] = { 0x21, 0xf9, 4, 4 /* it stays */, [8] = 0x2c, [18] = 8 };

  put_16 (head + 4, until - from);
  put_16 (head + 9, area.x);
  put_16 (head + 11, area.y);
  put_16 (head + 13, area.width);
  put_16 (head + 15, area.height);
  return sg_part_write (gif->part, head, sizeof head, error);
}

static gboolean
write_pieces (Gif *gif, GError **error)
{
  for (guint at = 0; at < gif->out->len;)
    {
      guint8 piece[256];
      guint n = MIN (gif->out->len - at, 255);

      piece[0] = n;
      memcpy (piece + 1, gif->out->data + at, n);
      if (!sg_part_write (gif->part, piece, 1 + n, error))
        return FALSE;
      at += n;
    }
  return sg_part_write (gif->part, "", 1, error);
}

static void
end_use (gpointer data)
{
  Gif *gif = data;

  g_clear_pointer (&gif->part, sg_part_free);
  g_byte_array_unref (gif->out);
  g_free (gif->nearest);
  g_free (gif->indices);
  g_free (gif->before);
  g_free (gif->codes);
  g_free (gif);
}

static gpointer
begin (const char *path, const SgFilmFormat *format, GError **error)
{
  gsize n_pixels = (gsize)format->width * format->height;
  Gif *gif = g_new0 (Gif, 1);

  gif->format = *format;
  gif->nearest = g_new (guint16, CELLS);
  for (guint i = 0; i < CELLS; i++)
    gif->nearest[i] = COLOURS;
  gif->indices = g_malloc (n_pixels);
  gif->before = g_malloc (n_pixels * 4);
  gif->codes = g_new (guint16, CODES * COLOURS);
  gif->out = g_byte_array_new ();
  gif->part = sg_part_new (path, error);
  if (gif->part)
    return gif;
  end_use (gif);
  return NULL;
}

static gboolean
add (gpointer data, const guint8 *pixels, GError **error)
{
  Gif *gif = data;
  SgFilmArea area =
    sg_film_find_change (pixels, gif->n_pictures > 0 ? gif->before : NULL, &gif->format);

  if (gif->n_pictures == 0)
    {
      choose_palette (gif, pixels);
      if (!write_head (gif, error))
        return FALSE;
    }
  index_picture (gif, pixels);
  g_byte_array_set_size (gif->out, 0);
  compress_area (gif, area);
  memcpy (gif->before, pixels, (gsize)gif->format.width * gif->format.height * 4);
  if (!write_picture_head (gif, area, error) || !write_pieces (gif, error))
    return FALSE;
  gif->n_pictures++;
  return TRUE;
}

static gboolean
end (gpointer data, GError **error)
{
  Gif *gif = data;

  return sg_part_write (gif->part, "\x3b", 1, error) && sg_part_end (gif->part, error);
}

const SgFilmClass sg_film_gif = { begin, add, end, end_use };
