/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One pass down and one pass up, over the runs of ink alone. Of whole rows there are three at a time, which
 * is as far as a step reaches: ink is a twentieth of a drawing, and a picture of floats would take longer
 * to touch than to work out. Paper is 0 in those rows, so that no pixel next to it has to be told apart. */
#include "vision/depth.h"

#include <string.h>

#include "vision/scan.h"

/* Lengths of a step to the side, across a corner, and of a knight's move: 1, 1.4 and 2.1969 in parts that
 * sums of them are exact in. */
#define SIDE 1.0f
#define CORNER (91750 / 65536.0f)
#define KNIGHT (143976 / 65536.0f)
/* Pixels that a step reaches to the side, and rows that it spans. */
#define REACH 2
#define N_ROWS 3

typedef struct
{
  guint first, end; /* columns */
  guint place;      /* of its first pixel's depth */
} Run;

struct SgDepth
{
  int width, height;
  guint *row;     /* height + 1; a row's first run, in order from left to right */
  GArray *runs;   /* Run */
  GArray *depths; /* float; run by run */
};

#define run_at(self, i) (&g_array_index ((self)->runs, Run, (i)))

static float *
depths_of (const SgDepth *self, const Run *run)
{
  return &g_array_index (self->depths, float, run->place);
}

/* The rows that are at work, with paper to either side. */
typedef struct
{
  float *first;
  gsize stride;
} Rows;

static float *
row_at (const Rows *rows, int y)
{
  return rows->first + ((y + N_ROWS) % N_ROWS) * rows->stride + REACH;
}

static void
rows_init (Rows *rows, int width)
{
  rows->stride = width + 2 * REACH;
  rows->first = g_new0 (float, N_ROWS * rows->stride);
}

/* Takes the ink of row `gone` out of the one that row `y` is to have. */
static float *
begin_row (const SgDepth *self, const Rows *rows, int y, int gone)
{
  float *here = row_at (rows, y);
  if (gone >= 0 && gone < self->height)
    for (guint i = self->row[gone]; i < self->row[gone + 1]; i++)
      memset (here + run_at (self, i)->first, 0,
              (run_at (self, i)->end - run_at (self, i)->first) * sizeof *here);
  return here;
}

/* The shortest way to paper over the rows `near` and `far` on one side, or over the pixel `before` in the
 * same row. */
static inline float
shortest_way (const float *before, const float *near, const float *far)
{
  float side = MIN (before[0], near[0]) + SIDE;
  float corner = MIN (near[-1], near[1]) + CORNER;
  float knight = MIN (MIN (near[-2], near[2]), MIN (far[-1], far[1])) + KNIGHT;

  return MIN (MIN (side, corner), knight);
}

static void
find_runs (SgDepth *self, const guint8 *row)
{
  guint end = self->width;
  for (guint at = sg_scan_next (row, 0, end); at < end; at = sg_scan_next (row, at, end))
    {
      const guint8 *paper = memchr (row + at, 0, end - at);
      Run run = { at, paper ? paper - row : end, self->depths->len };
      g_array_set_size (self->depths, run.place + run.end - run.first);
      g_array_append_val (self->runs, run);
      at = run.end;
    }
}

/* Beside the frame paper is a step away; all other rows have two more on either side. */
static gboolean
is_rim (const SgDepth *self, int y)
{
  return y <= 1 || y >= self->height - 2;
}

static void
pass_down (SgDepth *self, const Rows *rows, const guint8 *mask)
{
  for (int y = 0; y < self->height; y++)
    {
      float *here = begin_row (self, rows, y, y - N_ROWS);
      const float *near = row_at (rows, y - 1), *far = row_at (rows, y - 2);
      find_runs (self, mask + (gsize)y * self->width);
      self->row[y + 1] = self->runs->len;
      for (guint i = self->row[y]; i < self->row[y + 1]; i++)
        {
          const Run *run = run_at (self, i);
          for (guint x = run->first; x < run->end; x++)
            here[x] = is_rim (self, y) ? SIDE : shortest_way (here + x - 1, near + x, far + x);
          memcpy (depths_of (self, run), here + run->first, (run->end - run->first) * sizeof *here);
        }
    }
}

static void
pass_up (SgDepth *self, const Rows *rows)
{
  for (int y = self->height - 1; y >= 0; y--)
    {
      float *here = begin_row (self, rows, y, y + N_ROWS);
      const float *near = row_at (rows, y + 1), *far = row_at (rows, y + 2);
      for (guint i = self->row[y + 1]; i-- > self->row[y];)
        {
          const Run *run = run_at (self, i);
          float *depths = depths_of (self, run);
          for (guint x = run->end; x-- > run->first;)
            {
              float known = depths[x - run->first];
              here[x] =
                is_rim (self, y) ? known : MIN (known, shortest_way (here + x + 1, near + x, far + x));
            }
          memcpy (depths, here + run->first, (run->end - run->first) * sizeof *here);
        }
    }
}

SgDepth *
sg_depth_new (const guint8 *mask, int width, int height)
{
  SgDepth *self = g_new (SgDepth, 1);
  Rows rows;
  *self = (SgDepth){
    .width = width,
    .height = height,
    .row = g_new0 (guint, height + 1),
    .runs = g_array_new (FALSE, FALSE, sizeof (Run)),
    .depths = g_array_new (FALSE, FALSE, sizeof (float)),
  };
  rows_init (&rows, width);
  pass_down (self, &rows, mask);
  memset (rows.first, 0, N_ROWS * rows.stride * sizeof *rows.first);
  pass_up (self, &rows);
  g_free (rows.first);
  return self;
}

void
sg_depth_free (SgDepth *self)
{
  g_free (self->row);
  g_array_unref (self->runs);
  g_array_unref (self->depths);
  g_free (self);
}

float
sg_depth_at (const SgDepth *self, guint x, guint y)
{
  guint low = self->row[y], high = self->row[y + 1];
  while (low < high)
    {
      guint middle = (low + high) / 2;
      const Run *run = run_at (self, middle);
      if (x >= run->first && x < run->end)
        return depths_of (self, run)[x - run->first];
      if (x < run->first)
        high = middle;
      else
        low = middle + 1;
    }
  return 0;
}

gboolean
sg_depth_exceeds (const SgDepth *self, double limit)
{
  for (guint i = 0; i < self->depths->len; i++)
    if (g_array_index (self->depths, float, i) > limit)
      return TRUE;
  return FALSE;
}

void
sg_depth_mark_above (const SgDepth *self, double limit, guint8 *marks)
{
  for (int y = 0; y < self->height; y++)
    for (guint i = self->row[y]; i < self->row[y + 1]; i++)
      {
        const Run *run = run_at (self, i);
        for (guint x = run->first; x < run->end; x++)
          if (depths_of (self, run)[x - run->first] > limit)
            marks[(gsize)y * self->width + x] = 255;
      }
}

void
sg_depth_flatten (SgDepth *self, int left, int top, int right, int bottom, float most)
{
  for (int y = MAX (0, top); y <= MIN (self->height - 1, bottom); y++)
    for (guint i = self->row[y]; i < self->row[y + 1]; i++)
      {
        const Run *run = run_at (self, i);
        float *depths = depths_of (self, run);
        for (int x = MAX ((int)run->first, left); x < (int)run->end && x <= right; x++)
          depths[x - run->first] = MIN (depths[x - run->first], most);
      }
}
