/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each small stroke is linked to what is next to it on either side; linked strokes are a row. Any thread. */
#include "vision/writing-rows.h"

#include "vision/writing-decode.h"

#define LARGEST 100.0 /* page units: no character is taller or wider */
#define LEAST_HEIGHT 5.0
#define MOST_HEIGHT 100.0
#define TOUCH 1.2         /* pen widths: nearer ink belongs to the same mark */
#define MOST_GAP 1.3      /* of the smaller one's extent, between neighbours in a row */
#define LARGER_SHARE 0.85 /* of the larger one's extent, which also is near enough: points and dashes */
#define MOST_OFF 0.5      /* of the larger one's extent: the other's middle above or below it */
#define FRAME_RATIO 2.2   /* a loop so much larger than what stands inside it is no character */
#define LEAST_CUT 0.8     /* of a row's height: closer strokes belong to one label */
#define MOST_PLAIN 3
#define ALIKE_SHARE 0.7 /* of a row's strokes, if parallel: this is hatching or dashes */

typedef struct
{
  const GArray *ink;
  const SgNear *near;
  gboolean *small; /* may be part of a character */
  guint *parent;   /* disjoint sets of ink */
} Rows;

static const SgInk *
ink_at (const Rows *rows, guint i)
{
  return &g_array_index (rows->ink, SgInk, i);
}

static double
extent_of (const SgInk *ink)
{
  return MAX (MAX (ink->bounds.width, ink->bounds.height), ink->width);
}

static guint
root_of (Rows *rows, guint i)
{
  while (rows->parent[i] != i)
    i = rows->parent[i] = rows->parent[rows->parent[i]];
  return i;
}

static gboolean
touches (const SgInk *a, const SgInk *b)
{
  double reach = TOUCH * MAX (a->width, b->width);
  SgRect close = sg_rect_grow (b->bounds, reach);

  for (guint i = 0; i < a->n; i++)
    if (sg_rect_contains (close, a->points[i]))
      for (guint k = 0; k < b->n; k++)
        if (sg_segment_distance (b->points[k], b->points[MIN (k + 1, b->n - 1)], a->points[i], NULL) < reach)
          return TRUE;
  return FALSE;
}

static SgPoint
chord_of (const SgInk *ink)
{
  return sg_point_sub (ink->points[ink->n - 1], ink->points[0]);
}

static gboolean
is_straight (const SgInk *ink)
{
  return sg_point_norm (chord_of (ink)) > 0.92 * ink->length;
}

static gboolean
is_closed (const SgInk *ink)
{
  return sg_point_norm (chord_of (ink)) < 0.1 * ink->length;
}

static gboolean
frames (const SgInk *outer, const SgInk *inner)
{
  SgRect within = sg_rect_grow (outer->bounds, -0.08 * extent_of (outer));
  SgRect b = inner->bounds;

  return is_closed (outer) && within.width > 0 && within.height > 0 &&
         extent_of (outer) > FRAME_RATIO * extent_of (inner) &&
         sg_rect_contains (within, SG_POINT (b.x, b.y)) &&
         sg_rect_contains (within, SG_POINT (b.x + b.width, b.y + b.height));
}

/* A small stroke that touches a large one is part of its mark; one with others inside is a box. */
static gboolean
is_free (const Rows *rows, guint i)
{
  guint n;
  const guint *others = sg_near_of (rows->near, i, &n);

  if (sg_near_is_crowded (rows->near, i))
    return FALSE;
  for (guint k = 0; k < n; k++)
    {
      const SgInk *other = ink_at (rows, others[k]);
      gboolean large = extent_of (other) > LARGEST;

      if (large ? touches (ink_at (rows, i), other) : frames (ink_at (rows, i), other))
        return FALSE;
    }
  return TRUE;
}

/* Gap between two strokes that may be neighbours in a row, negative where they overlap; else INFINITY. */
static double
gap_between (const SgInk *a, const SgInk *b)
{
  double p = extent_of (a), q = extent_of (b), small = MIN (p, q), large = MAX (p, q);
  const SgInk *tall = p > q ? a : b;
  SgPoint middle = sg_rect_center (p > q ? b->bounds : a->bounds);
  double gap = MAX (a->bounds.x, b->bounds.x) -
               MIN (a->bounds.x + a->bounds.width, b->bounds.x + b->bounds.width);
  double above = tall->bounds.y - middle.y, below = middle.y - tall->bounds.y - tall->bounds.height;

  if (MAX (above, below) > MOST_OFF * large || gap > MAX (MOST_GAP * small, LARGER_SHARE * large))
    return INFINITY;
  return gap;
}

static void
link_stroke (Rows *rows, guint i)
{
  const SgInk *ink = ink_at (rows, i);
  guint n, nearest[2] = { i, i };
  const guint *others = sg_near_of (rows->near, i, &n);
  double least[2] = { INFINITY, INFINITY };

  for (guint k = 0; k < n; k++)
    {
      const SgInk *other = ink_at (rows, others[k]);
      double gap = rows->small[others[k]] ? gap_between (ink, other) : INFINITY;
      int side = sg_rect_center (other->bounds).x > sg_rect_center (ink->bounds).x;

      if (gap < 0.1 * extent_of (ink))
        rows->parent[root_of (rows, i)] = root_of (rows, others[k]);
      else if (gap < least[side])
        least[side] = gap, nearest[side] = others[k];
    }
  for (int side = 0; side < 2; side++)
    rows->parent[root_of (rows, i)] = root_of (rows, nearest[side]);
}

static int
compare_middles (gconstpointer a, gconstpointer b)
{
  double p = sg_rect_center ((*(const SgInk *const *)a)->bounds).x;
  double q = sg_rect_center ((*(const SgInk *const *)b)->bounds).x;

  return p != q ? (p < q ? -1 : 1) : (*(const SgInk *const *)a < *(const SgInk *const *)b ? -1 : 1);
}

static SgRect
bounds_of (const SgInk *const *strokes, guint n)
{
  SgRect box = strokes[0]->bounds;

  for (guint i = 1; i < n; i++)
    box = sg_rect_union (box, strokes[i]->bounds);
  return box;
}

/* Rows of parallel strokes are hatching and dashes; a few lines and rings say nothing. */
static gboolean
is_plain (const SgWritingRow *row)
{
  guint most = 0, plain = 0;

  for (guint i = 0; i < row->n; i++)
    {
      SgPoint d = chord_of (row->strokes[i]);
      guint parallel = 0;

      plain += is_straight (row->strokes[i]) || is_closed (row->strokes[i]);
      if (!is_straight (row->strokes[i]))
        continue;
      for (guint k = 0; k < row->n; k++)
        {
          SgPoint e = chord_of (row->strokes[k]);

          parallel += is_straight (row->strokes[k]) &&
                      fabs (sg_point_cross (d, e)) < 0.3 * sg_point_norm (d) * sg_point_norm (e);
        }
      most = MAX (most, parallel);
    }
  return most > ALIKE_SHARE * row->n || (plain == row->n && row->n <= MOST_PLAIN);
}

static gboolean
is_plausible (const SgWritingRow *row)
{
  return row->n <= SG_WRITING_STROKES_MAX && row->box.height >= LEAST_HEIGHT &&
         row->box.height <= MOST_HEIGHT && !is_plain (row);
}

SgWritingRow
sg_writing_row_new (const SgInk *const *strokes, guint n)
{
  return (SgWritingRow){ g_memdup2 (strokes, n * sizeof *strokes), n, bounds_of (strokes, n) };
}

void
sg_writing_row_clear (SgWritingRow *row)
{
  g_clear_pointer (&row->strokes, g_free);
}

/* Strokes with the same root, row by row. */
static GArray *
collect (Rows *rows)
{
  guint n = rows->ink->len;
  GArray *found = g_array_new (FALSE, FALSE, sizeof (SgWritingRow));
  g_autofree GPtrArray **members = g_new0 (GPtrArray *, n);

  g_array_set_clear_func (found, (GDestroyNotify)sg_writing_row_clear);
  for (guint i = 0; i < n; i++)
    if (rows->small[i])
      {
        guint root = root_of (rows, i);

        if (!members[root])
          members[root] = g_ptr_array_new ();
        g_ptr_array_add (members[root], (gpointer)ink_at (rows, i));
      }
  for (guint i = 0; i < n; i++)
    if (members[i])
      {
        g_ptr_array_sort (members[i], compare_middles);
        SgWritingRow row = sg_writing_row_new ((const SgInk *const *)members[i]->pdata, members[i]->len);

        if (is_plausible (&row))
          g_array_append_val (found, row);
        else
          sg_writing_row_clear (&row);
        g_ptr_array_unref (members[i]);
      }
  return found;
}

GArray *
sg_writing_rows_find (const GArray *ink, SgMemo *memo)
{
  g_autofree SgRect *boxes = g_new (SgRect, ink->len);
  g_autofree gboolean *small = g_new0 (gboolean, ink->len);
  g_autofree guint *parent = g_new (guint, ink->len);

  for (guint i = 0; i < ink->len; i++)
    {
      const SgInk *one = &g_array_index (ink, SgInk, i);

      parent[i] = i;
      small[i] = extent_of (one) <= LARGEST;
      boxes[i] = sg_rect_grow (one->bounds, MIN (MOST_GAP / 2 * extent_of (one), LARGEST / 2));
    }
  Rows rows = { ink, sg_memo_near (memo, SG_NEAR_WRITING, boxes, ink->len), small, parent };
  for (guint i = 0; i < ink->len; i++)
    small[i] = small[i] && is_free (&rows, i);
  for (guint i = 0; i < ink->len; i++)
    if (small[i])
      link_stroke (&rows, i);
  return collect (&rows);
}

gboolean
sg_writing_row_cut (const SgWritingRow *row, SgWritingRow *left, SgWritingRow *right)
{
  double reach = -G_MAXDOUBLE, widest = LEAST_CUT * row->box.height;
  guint at = 0;

  for (guint i = 0; i + 1 < row->n; i++)
    {
      reach = MAX (reach, row->strokes[i]->bounds.x + row->strokes[i]->bounds.width);
      double gap = row->strokes[i + 1]->bounds.x - reach;

      if (gap > widest)
        widest = gap, at = i + 1;
    }
  if (at == 0)
    return FALSE;
  *left = sg_writing_row_new (row->strokes, at);
  *right = sg_writing_row_new (row->strokes + at, row->n - at);
  return TRUE;
}
