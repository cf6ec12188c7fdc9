/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs of equal pixels along the rows, joined where they touch: there are many fewer of them than pixels. The
 * runs of a piece form a tree (Tarjan's union-find) whose root knows what is known of the piece. */
#include "vision/pieces.h"

#include "vision/scan.h"

typedef struct
{
  guint first, end; /* pixels of the mask */
  guint parent;     /* itself: the root of its piece */
  guint size;       /* of a root's piece, in pixels */
  gboolean marked;  /* at a root: some pixel of the piece is as strong as ink must be */
} Run;

#define run_at(runs, i) (&g_array_index ((runs), Run, (i)))

static guint
find_root (GArray *runs, guint i)
{
  while (run_at (runs, i)->parent != i)
    {
      Run *run = run_at (runs, i);
      run->parent = run_at (runs, run->parent)->parent;
      i = run->parent;
    }
  return i;
}

/* The earlier root stays one, so that the first run is the root of its piece. */
static void
join (GArray *runs, guint a, guint b)
{
  a = find_root (runs, a), b = find_root (runs, b);
  if (a == b)
    return;
  Run *into = run_at (runs, MIN (a, b)), *from = run_at (runs, MAX (a, b));
  from->parent = MIN (a, b);
  into->size += from->size;
}

static void
add_run (GArray *runs, gsize first, gsize end)
{
  Run run = { first, end, runs->len, end - first, FALSE };
  g_array_append_val (runs, run);
}

/* Appends the runs of one row, those of paper where `paper`. */
static void
find_row (const guint8 *mask, gsize row, gsize row_end, gboolean paper, GArray *runs)
{
  for (gsize at = row; at < row_end;)
    {
      gsize ink = sg_scan_next (mask, at, row_end);
      if (paper && ink > at)
        add_run (runs, at, ink);
      if (ink == row_end)
        return;
      const guint8 *gap = memchr (mask + ink, 0, row_end - ink);
      at = gap ? gap - mask : row_end;
      if (!paper)
        add_run (runs, ink, at);
    }
}

/* Joins the runs of a row, from `begin` on, with those of the row above, from `above` on. Runs touch where
 * they share a column, or one lies `reach` beside the other. */
static void
join_rows (GArray *runs, guint above, guint begin, int width, guint reach)
{
  for (guint i = begin, k = above; i < runs->len && k < begin;)
    {
      Run here = *run_at (runs, i);
      gsize first = run_at (runs, k)->first + width, end = run_at (runs, k)->end + width;
      if (first < here.end + reach && here.first < end + reach)
        join (runs, k, i);
      if (end < here.end)
        k++;
      else
        i++;
    }
}

/* The runs of ink, or of paper, which hangs together by its sides alone, and ink by corners too. */
static GArray *
find_runs (const guint8 *mask, int width, int height, gboolean paper)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));
  guint above = 0;
  for (int y = 0; y < height; y++)
    {
      guint begin = runs->len;
      find_row (mask, (gsize)y * width, (gsize)(y + 1) * width, paper, runs);
      join_rows (runs, above, begin, width, paper ? 0 : 1);
      above = begin;
    }
  return runs;
}

static gboolean
exceeds (const guint8 *strength, const Run *run, double least)
{
  for (guint at = run->first; at < run->end; at++)
    if (strength[at] > least)
      return TRUE;
  return FALSE;
}

void
sg_pieces_keep_ink (
  guint8 *mask, int width, int height, const guint8 *strength, double least, double speck)
{
  g_autoptr (GArray) runs = find_runs (mask, width, height, FALSE);
  for (guint i = 0; i < runs->len; i++)
    {
      Run *root = run_at (runs, find_root (runs, i));
      root->marked = root->marked || exceeds (strength, run_at (runs, i), least);
    }
  for (guint i = 0; i < runs->len; i++)
    {
      const Run *run = run_at (runs, i), *root = run_at (runs, find_root (runs, i));
      if (!root->marked || root->size <= speck)
        memset (mask + run->first, 0, run->end - run->first);
    }
}

void
sg_pieces_fill_holes (guint8 *mask, int width, int height, double speck)
{
  g_autoptr (GArray) runs = find_runs (mask, width, height, TRUE);
  for (guint i = 0; i < runs->len; i++)
    {
      guint root = find_root (runs, i);
      const Run *run = run_at (runs, i);
      /* the first run is the frame's */
      if (root != 0 && run_at (runs, root)->size <= speck)
        memset (mask + run->first, 255, run->end - run->first);
    }
}

static void
hole_clear (gpointer data)
{
  g_array_unref (((SgHole *)data)->runs);
}

static void
add_to_hole (SgHole *hole, const Run *run, int width)
{
  SgPixelRun pixels = { run->first, run->end };
  int y = run->first / width, left = run->first % width;
  guint n = run->end - run->first;
  hole->left = MIN (hole->left, left);
  hole->right = MAX (hole->right, left + (int)n - 1);
  hole->top = MIN (hole->top, y);
  hole->bottom = MAX (hole->bottom, y);
  hole->n += n;
  hole->sum = sg_point_add (hole->sum, SG_POINT (n * (left + (n - 1) / 2.0), (double)n * y));
  g_array_append_val (hole->runs, pixels);
}

GArray *
sg_pieces_find_holes (const guint8 *mask, int width, int height, int largest)
{
  g_autoptr (GArray) runs = find_runs (mask, width, height, TRUE);
  g_autofree guint *hole_of = g_new (guint, runs->len); /* of a root */
  GArray *holes = g_array_new (FALSE, FALSE, sizeof (SgHole));
  g_array_set_clear_func (holes, hole_clear);
  for (guint i = 0; i < runs->len; i++)
    {
      guint root = find_root (runs, i);
      /* the first run is the frame's */
      if (root == 0 || run_at (runs, root)->size > (guint)largest * largest)
        continue;
      if (root == i)
        {
          SgHole hole = { width, height, -1, -1, .runs = g_array_new (FALSE, FALSE, sizeof (SgPixelRun)) };
          hole_of[i] = holes->len;
          g_array_append_val (holes, hole);
        }
      add_to_hole (&g_array_index (holes, SgHole, hole_of[root]), run_at (runs, i), width);
    }
  return holes;
}
