/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inner loops go along rows, over neighbouring bytes and floats, with no branch in them. */
#include "vision/pixels.h"

#include <string.h>

#include "base/parallel.h"

/* A band is work for one core. Small pictures are one. */
#define BAND_PIXELS 65536
#define COUNTED_PIXELS 262144 /* work for one core that does little with each */
#define LEAST_BAND 16         /* rows: some of each band's rows are prepared anew */

typedef struct
{
  int height, rows;
  void (*work) (int top, int bottom, gpointer data);
  gpointer data;
} Bands;

static void
work_on_band (guint i, gpointer data)
{
  const Bands *bands = data;
  int top = i * bands->rows;

  bands->work (top, MIN (top + bands->rows, bands->height), bands->data);
}

/* Has rows `top` to `bottom`, without the latter, worked on, all `height` rows in the end. */
static void
for_bands (int width, int height, void (*work) (int top, int bottom, gpointer data), gpointer data)
{
  int rows = MAX (LEAST_BAND, BAND_PIXELS / MAX (width, 1));
  Bands bands = { height, rows, work, data };

  sg_parallel_for ((height + rows - 1) / rows, work_on_band, &bands);
}

/* Debian's x86-64 is that of 2003: where the processor has vectors twice as long, and one instruction to
 * widen bytes to floats, a second copy of the loop is taken. Both do the same arithmetic to the last bit.
 * What chooses runs before the thread sanitizer has begun, and would be watched by it. */
#if defined(__x86_64__) && !defined(__SANITIZE_THREAD__)
#define WIDE_VECTORS __attribute__ ((target_clones ("avx2", "default")))
#else
#define WIDE_VECTORS
#endif

/* Adds the row to the sums, `share` of it. */
WIDE_VECTORS static void
add_row (const guint8 *restrict row, float share, float *restrict sums, int n)
{
  for (int i = 0; i < n; i++)
    sums[i] += share * row[i];
}

/* What a pixel of a smaller picture covers of a row: pixels `first` to `last`, of those two a part. */
typedef struct
{
  int first, last;
  double first_part, last_part, length;
} Cover;

static Cover
find_cover (int x, double across, int n)
{
  double from = x * across, to = (x + 1) * across;
  int first = (int)from, last = MIN ((int)to, n - 1);

  return (Cover){ first, last, first + 1 - from, to - last, to - from };
}

static inline float
mean_over (const float *sums, const Cover *cover)
{
  if (cover->first == cover->last)
    return sums[cover->first];
  float sum = cover->first_part * sums[cover->first] + cover->last_part * sums[cover->last];
  for (int i = cover->first + 1; i < cover->last; i++)
    sum += sums[i];
  return sum / cover->length;
}

typedef struct
{
  const guint8 *from;
  int width, height;
  guint8 *to;
  int to_width, to_height;
  const Cover *columns;
} Shrinking;

static void
shrink_rows (int first, int end, gpointer data)
{
  const Shrinking *self = data;
  g_autofree float *sums = g_new (float, self->width);
  double down = (double)self->height / self->to_height;

  for (int y = first; y < end; y++)
    {
      double top = y * down, bottom = MIN ((y + 1) * down, self->height);

      memset (sums, 0, self->width * sizeof *sums);
      for (int i = (int)top; i < bottom; i++)
        add_row (self->from + (gsize)i * self->width, (MIN (i + 1, bottom) - MAX (i, top)) / (bottom - top),
                 sums, self->width);
      for (int x = 0; x < self->to_width; x++)
        self->to[(gsize)y * self->to_width + x] = mean_over (sums, &self->columns[x]) + 0.5f;
    }
}

void
sg_pixels_shrink (const guint8 *from, int width, int height, guint8 *to, int to_width, int to_height)
{
  g_autofree Cover *columns = g_new (Cover, to_width);
  Shrinking self = { from, width, height, to, to_width, to_height, columns };

  for (int x = 0; x < to_width; x++)
    columns[x] = find_cover (x, (double)width / to_width, width);
  for_bands (MAX (1, (gsize)width * height / to_height), to_height, shrink_rows, &self);
}

/* Where the middle of a pixel lies in a smaller picture: between pixels `before` and `after`, at the share
 * `after_share` of the latter. */
typedef struct
{
  int before, after;
  float after_share;
} Place;

static Place
find_place (int i, int n, int n_small)
{
  double at = CLAMP ((i + 0.5) * n_small / n - 0.5, 0, n_small - 1);
  int before = MIN ((int)at, MAX (n_small - 2, 0));

  return (Place){ before, MIN (before + 1, n_small - 1), at - before };
}

/* A small picture that is enlarged row by row, to whole levels as it has itself. */
typedef struct
{
  const guint8 *small;
  int small_width, small_height, width, height;
  Place *columns;      /* width */
  float *stretched[2]; /* two neighbouring rows at full width, the upper one first */
  int upper;           /* which row that is; -2: none yet */
} Enlarger;

WIDE_VECTORS static void
stretch_row (const Enlarger *self, int y, float *to)
{
  const guint8 *row = self->small + (gsize)y * self->small_width;

  for (int x = 0; x < self->width; x++)
    {
      Place place = self->columns[x];
      to[x] = row[place.before] + place.after_share * (row[place.after] - row[place.before]);
    }
}

static void
enlarger_init (Enlarger *self, const guint8 *small, int small_width, int small_height, int width, int height)
{
  *self = (Enlarger){ small, small_width, small_height, width, height, .upper = -2 };
  self->columns = g_new (Place, width);
  for (int x = 0; x < width; x++)
    self->columns[x] = find_place (x, width, small_width);
  for (guint i = 0; i < 2; i++)
    self->stretched[i] = g_new (float, width);
}

static void
enlarger_clear (Enlarger *self)
{
  g_free (self->columns);
  g_free (self->stretched[0]);
  g_free (self->stretched[1]);
}

/* Has the two stretched rows be those between which row `y` lies. Returns its share of the lower one. Rows
 * are asked for in order. */
static float
enlarger_go_to (Enlarger *self, int y)
{
  Place place = find_place (y, self->height, self->small_height);

  if (place.before != self->upper)
    {
      float *swap = self->stretched[0];
      self->stretched[0] = self->stretched[1];
      self->stretched[1] = swap;
      if (place.before != self->upper + 1)
        stretch_row (self, place.before, self->stretched[0]);
      stretch_row (self, place.after, self->stretched[1]);
      self->upper = place.before;
    }
  return place.after_share;
}

WIDE_VECTORS static void
contrast_row (const guint8 *restrict grey,
              guint8 negative,
              const float *restrict above,
              const float *restrict below,
              float share,
              float darkest,
              guint8 *restrict contrast,
              int n)
{
  for (int i = 0; i < n; i++)
    {
      float paper = (int)(above[i] + share * (below[i] - above[i]) + 0.5f);
      float darker = paper - (grey[i] ^ negative);
      float light = paper > darkest ? paper : darkest;
      float part = darker * 255 / light;
      contrast[i] = (guint8)(int)((part > 0 ? part : 0) + 0.5f);
    }
}

/* A picture of which something is found with the help of a small one. */
typedef struct
{
  const guint8 *from;
  int width, height;
  const guint8 *small;
  int small_width, small_height;
  guint8 *to;
  gboolean light_ink;
  int darkest;
} Comparison;

static void
contrast_rows (int top, int bottom, gpointer data)
{
  const Comparison *self = data;
  Enlarger enlarger;

  enlarger_init (&enlarger, self->small, self->small_width, self->small_height, self->width, self->height);
  for (int y = top; y < bottom; y++)
    {
      gsize row = (gsize)y * self->width;
      float share = enlarger_go_to (&enlarger, y);
      contrast_row (self->from + row, self->light_ink ? 255 : 0, enlarger.stretched[0],
                    enlarger.stretched[1], share, self->darkest, self->to + row, self->width);
    }
  enlarger_clear (&enlarger);
}

void
sg_pixels_contrast (const guint8 *grey,
                    int width,
                    int height,
                    gboolean light_ink,
                    const guint8 *paper,
                    int paper_width,
                    int paper_height,
                    int darkest,
                    guint8 *contrast)
{
  Comparison self = { grey, width, height, paper, paper_width,
                      paper_height, contrast, light_ink, darkest };

  for_bands (width, height, contrast_rows, &self);
}

WIDE_VECTORS static void
mark_row (const guint8 *restrict picture,
          const float *restrict above,
          const float *restrict below,
          float share,
          guint8 *restrict mask,
          int n)
{
  for (int i = 0; i < n; i++)
    mask[i] = picture[i] > (int)(above[i] + share * (below[i] - above[i]) + 0.5f) ? 255 : 0;
}

static void
mark_rows (int top, int bottom, gpointer data)
{
  const Comparison *self = data;
  Enlarger enlarger;

  enlarger_init (&enlarger, self->small, self->small_width, self->small_height, self->width, self->height);
  for (int y = MAX (top, 1); y < MIN (bottom, self->height - 1); y++)
    {
      gsize row = (gsize)y * self->width;
      float share = enlarger_go_to (&enlarger, y);
      mark_row (self->from + row, enlarger.stretched[0], enlarger.stretched[1], share, self->to + row,
                self->width);
      self->to[row] = self->to[row + self->width - 1] = 0;
    }
  enlarger_clear (&enlarger);
}

void
sg_pixels_mark_above (const guint8 *picture,
                      int width,
                      int height,
                      const guint8 *threshold,
                      int threshold_width,
                      int threshold_height,
                      guint8 *mask)
{
  Comparison self = { picture, width, height, threshold, threshold_width, threshold_height, mask };

  memset (mask, 0, width);
  for_bands (width, height, mark_rows, &self);
  memset (mask + (gsize)(height - 1) * width, 0, width);
}

typedef struct
{
  const guint8 *picture;
  gsize n;
  guint *count; /* atomic */
} Census;

/* Neighbours are mostly of the same value: counted in one place, each would wait for the one before. */
static void
count_part (guint part, gpointer data)
{
  const Census *self = data;
  gsize i = (gsize)part * COUNTED_PIXELS, end = MIN (i + COUNTED_PIXELS, self->n);
  guint lane[4][256] = { 0 };

  for (; i + 4 <= end; i += 4)
    for (guint k = 0; k < 4; k++)
      lane[k][self->picture[i + k]]++;
  for (; i < end; i++)
    lane[0][self->picture[i]]++;
  for (guint value = 0; value < 256; value++)
    g_atomic_int_add (&self->count[value], lane[0][value] + lane[1][value] + lane[2][value] + lane[3][value]);
}

void
sg_pixels_count_values (const guint8 *picture, gsize n, guint count[256])
{
  Census self = { picture, n, count };

  memset (count, 0, 256 * sizeof *count);
  sg_parallel_for ((n + COUNTED_PIXELS - 1) / COUNTED_PIXELS, count_part, &self);
}

WIDE_VECTORS static guint
count_row (const guint8 *row, int n)
{
  guint count = 0;

  for (int i = 0; i < n; i++)
    count += row[i] & 1;
  return count;
}

WIDE_VECTORS static guint
count_inside_row (const guint8 *row, int stride, int n)
{
  guint count = 0;

  for (int i = 0; i < n; i++)
    count += row[i] & row[i - 1] & row[i + 1] & row[i - stride] & row[i + stride] & 1;
  return count;
}

void
sg_pixels_count_ink (const guint8 *mask, int width, int height, guint *n_ink, guint *n_inside)
{
  *n_ink = *n_inside = 0;
  for (int y = 1; y < height - 1; y++)
    {
      *n_ink += count_row (mask + (gsize)y * width, width);
      *n_inside += count_inside_row (mask + (gsize)y * width + 1, width, width - 2);
    }
}
