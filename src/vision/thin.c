/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Guo and Hall's parallel thinning, sixty-four pixels at a time: a row is words of one bit a pixel, the
 * lowest bit leftmost, and the paper's conditions are sums of such words. Rows around which nothing changed
 * any more are not looked at again. */
#include "vision/thin.h"

#include <string.h>

#define WORD_BITS 64
#define N_NEIGHBOURS 8

typedef struct
{
  guint64 *plane;     /* (height + 2) rows of `stride` words: a row and a word of paper around the picture */
  guint64 *doomed[2]; /* `stride` each: what goes of the rows of even and of odd number */
  guint *look_until;  /* a row: the last round that has to look at it */
  int height, stride;
} Thinning;

static guint64 *
row_of (const Thinning *self, int y)
{
  return self->plane + (gsize)(y + 1) * self->stride;
}

/* Whether each of eight pixels is ink, as eight bits. */
static inline guint64
pack_octet (const guint8 *pixels)
{
  guint64 octet;
  memcpy (&octet, pixels, sizeof octet);
  octet = GUINT64_FROM_LE (octet);
  octet = (((octet & 0x7f7f7f7f7f7f7f7f) + 0x7f7f7f7f7f7f7f7f) | octet) >> 7 & 0x0101010101010101;
  return octet * 0x0102040810204080 >> 56;
}

static void
pack_row (const guint8 *pixels, int width, guint64 *row)
{
  int x = 0;
  for (; x + 8 <= width; x += 8)
    row[1 + x / WORD_BITS] |= pack_octet (pixels + x) << x % WORD_BITS;
  for (; x < width; x++)
    row[1 + x / WORD_BITS] |= (guint64)(pixels[x] != 0) << x % WORD_BITS;
}

static void
unpack_row (const guint64 *row, int width, guint8 *pixels)
{
  memset (pixels, 0, width);
  for (int x = 0; x < width; x += WORD_BITS)
    for (guint64 left = row[1 + x / WORD_BITS]; left != 0; left &= left - 1)
      pixels[x + __builtin_ctzll (left)] = 1;
}

/* The eight neighbours of a word's pixels, clockwise from north. */
static inline void
find_neighbours (const guint64 *word, int stride, guint64 *n)
{
  const guint64 *above = word - stride, *below = word + stride;
  n[0] = above[0];
  n[1] = above[0] >> 1 | above[1] << (WORD_BITS - 1);
  n[2] = word[0] >> 1 | word[1] << (WORD_BITS - 1);
  n[3] = below[0] >> 1 | below[1] << (WORD_BITS - 1);
  n[4] = below[0];
  n[5] = below[0] << 1 | below[-1] >> (WORD_BITS - 1);
  n[6] = word[0] << 1 | word[-1] >> (WORD_BITS - 1);
  n[7] = above[0] << 1 | above[-1] >> (WORD_BITS - 1);
}

/* G1: where exactly one piece of ink touches the pixel, so that taking it away cuts nothing apart. */
static inline guint64
touched_once (const guint64 *n)
{
  guint64 a = ~n[0] & (n[1] | n[2]), b = ~n[2] & (n[3] | n[4]);
  guint64 c = ~n[4] & (n[5] | n[6]), d = ~n[6] & (n[7] | n[0]);
  return (a ^ b ^ c ^ d) & ~((a & b) | (c & d));
}

/* Where at least two of four hold. */
static inline guint64
two_of (guint64 a, guint64 b, guint64 c, guint64 d)
{
  return (a & b) | (c & d) | ((a | b) & (c | d));
}

/* G2: where the smaller count of neighbouring pairs with ink, paired either way round, is 2 or 3. */
static inline guint64
is_border (const guint64 *n)
{
  guint64 a = n[7] | n[0], b = n[1] | n[2], c = n[3] | n[4], d = n[5] | n[6];
  guint64 e = n[0] | n[1], f = n[2] | n[3], g = n[4] | n[5], h = n[6] | n[7];
  return two_of (a, b, c, d) & two_of (e, f, g, h) & ~(a & b & c & d & e & f & g & h);
}

/* G3: north-east sides go first, then south-west ones. */
static inline guint64
is_side (const guint64 *n, guint subiteration)
{
  guint s = subiteration == 0 ? 0 : 4;
  return ~((n[s] | n[s + 1] | ~n[s + 3]) & n[s + 2]);
}

/* Finds what goes of row `y`. Returns whether anything does. */
static gboolean
doom_row (const Thinning *self, int y, guint subiteration, guint64 *doomed)
{
  const guint64 *row = row_of (self, y);
  guint64 any = 0;
  for (int i = 1; i < self->stride - 1; i++)
    {
      guint64 n[N_NEIGHBOURS];
      doomed[i] = 0;
      if (row[i] == 0)
        continue;
      find_neighbours (row + i, self->stride, n);
      doomed[i] = row[i] & touched_once (n) & is_border (n) & is_side (n, subiteration);
      any |= doomed[i];
    }
  return any != 0;
}

/* One round, a sub-iteration of the paper: rows keep their ink until the row below has been looked at too.
 * Returns whether any ink went. A row is done with once both sub-iterations have seen it and its neighbours
 * as they are. */
static gboolean
peel (Thinning *self, guint round)
{
  gboolean any = FALSE, above_goes = FALSE;
  for (int y = 0; y <= self->height; y++)
    {
      guint64 *doomed = self->doomed[y % 2], *row = row_of (self, y - 1);
      gboolean goes =
        y < self->height && self->look_until[y] >= round && doom_row (self, y, (round - 1) % 2, doomed);
      for (int i = 1; above_goes && i < self->stride - 1; i++)
        row[i] &= ~self->doomed[1 - y % 2][i];
      for (int near = MAX (y - 1, 0); goes && near <= MIN (y + 1, self->height - 1); near++)
        self->look_until[near] = round + 2;
      any |= goes;
      above_goes = goes;
    }
  return any;
}

static gboolean
has_bit (guint code, guint i)
{
  return code >> (i % N_NEIGHBOURS) & 1;
}

/* Whether a pixel with these neighbours, bit i for neighbour i clockwise from north, is no end and cuts
 * nothing. */
static gboolean
can_be_spared (guint code)
{
  guint pieces = 0;
  for (guint i = 0; i < N_NEIGHBOURS; i += 2)
    pieces += !has_bit (code, i) && (has_bit (code, i + 1) || has_bit (code, i + 2));
  return pieces == 1 && __builtin_popcount (code) >= 2;
}

/* Pixels x - 1 to x + 1 of a row, the lowest bit leftmost; `bit` is that of x in the word. */
static inline guint
three_of (const guint64 *word, guint bit)
{
  if (bit == 0)
    return (word[0] & 3) << 1 | word[-1] >> (WORD_BITS - 1);
  if (bit == WORD_BITS - 1)
    return word[0] >> (WORD_BITS - 2) | (word[1] & 1) << 2;
  return word[0] >> (bit - 1) & 7;
}

/* The neighbours of a pixel as a code, bit i for neighbour i clockwise from north. */
static inline guint
neighbourhood (const guint64 *word, int stride, guint bit)
{
  guint above = three_of (word - stride, bit), here = three_of (word, bit);
  guint below = three_of (word + stride, bit);
  return (above >> 1) | (here >> 2) << 2 | (below >> 2) << 3 | (below >> 1 & 1) << 4 | (below & 1) << 5 |
         (here & 1) << 6 | (above & 1) << 7;
}

/* The paper leaves stairs two pixels thick: takes, one after another, what can be spared. */
static void
remove_stairs (Thinning *self)
{
  gboolean spare[1 << N_NEIGHBOURS];
  for (guint code = 0; code < G_N_ELEMENTS (spare); code++)
    spare[code] = can_be_spared (code);
  for (int y = 0; y < self->height; y++)
    for (int i = 1; i < self->stride - 1; i++)
      {
        guint64 *word = row_of (self, y) + i;
        for (guint64 left = *word; left != 0; left &= left - 1)
          {
            guint bit = __builtin_ctzll (left);
            if (spare[neighbourhood (word, self->stride, bit)])
              *word &= ~((guint64)1 << bit);
          }
      }
}

gboolean
sg_thin (guint8 *mask, int width, int height, SgBudget *budget)
{
  int stride = (width + WORD_BITS - 1) / WORD_BITS + 2;
  g_autofree guint64 *plane = g_new0 (guint64, (gsize)stride * (height + 2));
  g_autofree guint64 *doomed = g_new0 (guint64, 2 * stride);
  g_autofree guint *look_until = g_new (guint, height);
  Thinning self = { plane, { doomed, doomed + stride }, look_until, height, stride };
  for (int y = 0; y < height; y++)
    {
      pack_row (mask + (gsize)y * width, width, row_of (&self, y));
      look_until[y] = 2;
    }
  for (guint round = 1, changed = 0; round <= changed + 2; round++)
    {
      if (!sg_budget_spend (budget))
        return FALSE;
      if (peel (&self, round))
        changed = round;
    }
  remove_stairs (&self);
  for (int y = 0; y < height; y++)
    unpack_row (row_of (&self, y), width, mask + (gsize)y * width);
  return TRUE;
}
