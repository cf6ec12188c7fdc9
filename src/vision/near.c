/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sweep and prune; any thread. The sweep runs along x through levels, which are strips of the page: a box is
 * compared with those of its own strips alone, so that a tall page costs no more than a low one. What is
 * found, and in which order, is as if it were compared with all. */
#include "vision/near.h"

#include <string.h>

#define LEVEL_HEIGHT 2.0 /* of the boxes' mean: most lie in one level or two */

/* Boxes are named by their rank from left to right. */
typedef struct
{
  double left, right, top, bottom;
  guint rank;
  guint first, last; /* its levels */
} Box;

typedef struct
{
  guint n;
  guint *order; /* n; by rank, which of the caller's boxes it is */
  Box *boxes;   /* n */
  guint n_levels;
  Box *members; /* level by level its boxes, by rank */
  guint *next;  /* n_levels; where in `members` a level's boxes begin that the sweep has not come to */
  guint *end;   /* n_levels; where its boxes end */
} Sweep;

static void
sort_boxes (Sweep *sweep, const SgRect *boxes)
{
  g_autofree SgPoint *left = g_new (SgPoint, sweep->n);

  for (guint i = 0; i < sweep->n; i++)
    left[i] = SG_POINT (boxes[i].x, i);
  sg_points_sort (left, sweep->n);
  for (guint a = 0; a < sweep->n; a++)
    {
      const SgRect *box = &boxes[(guint)left[a].y];

      sweep->order[a] = left[a].y;
      sweep->boxes[a] = (Box){ box->x, box->x + box->width, box->y, box->y + box->height, a };
    }
}

/* Gives each box its levels; returns how many places in levels that takes: at most a few a box. */
static guint
choose_levels (Sweep *sweep)
{
  double top = INFINITY, bottom = -INFINITY, sum = 0;
  guint places = 0;

  for (guint a = 0; a < sweep->n; a++)
    {
      const Box *box = &sweep->boxes[a];

      top = MIN (top, box->top), bottom = MAX (bottom, box->bottom), sum += box->bottom - box->top;
    }
  double levels = (bottom - top) / (LEVEL_HEIGHT * sum / sweep->n); /* not a number without any height */
  sweep->n_levels = levels > 1 ? MIN (levels, sweep->n) : 1;
  double scale = sweep->n_levels > 1 ? sweep->n_levels / (bottom - top) : 0;
  for (guint a = 0; a < sweep->n; a++)
    {
      Box *box = &sweep->boxes[a];

      box->first = MIN ((box->top - top) * scale, sweep->n_levels - 1);
      box->last = MIN ((box->bottom - top) * scale, sweep->n_levels - 1);
      places += box->last - box->first + 1;
    }
  return places;
}

static void
fill_levels (Sweep *sweep)
{
  guint filled = 0;

  memset (sweep->end, 0, sweep->n_levels * sizeof *sweep->end);
  for (guint a = 0; a < sweep->n; a++)
    for (guint level = sweep->boxes[a].first; level <= sweep->boxes[a].last; level++)
      sweep->end[level]++;
  for (guint level = 0; level < sweep->n_levels; level++)
    {
      guint count = sweep->end[level];

      sweep->next[level] = sweep->end[level] = filled;
      filled += count;
    }
  for (guint a = 0; a < sweep->n; a++)
    for (guint level = sweep->boxes[a].first; level <= sweep->boxes[a].last; level++)
      sweep->members[sweep->end[level]++] = sweep->boxes[a];
}

/* Which of `n` boxes to the right of this one, from left to right, overlap it; `found` (SG_NEAR_SCAN_MAX)
 * receives their ranks. Those that reach up into levels before `level` are left out. */
static guint
find_overlaps (const Box *box, const Box *others, guint n, guint level, guint *found)
{
  guint n_found = 0, last = box->rank + SG_NEAR_SCAN_MAX;

  for (guint i = 0; i < n && others[i].left <= box->right && others[i].rank <= last; i++)
    if (others[i].top <= box->bottom && box->top <= others[i].bottom && others[i].first >= level)
      found[n_found++] = others[i].rank;
  return n_found;
}

static void
add (SgNear *near, guint i, guint j)
{
  if (near->count[i] < SG_NEAR_MAX)
    near->items[(gsize)i * SG_NEAR_MAX + near->count[i]++] = j;
}

static void
add_both_ways (const Sweep *sweep, SgNear *near, guint a, guint b)
{
  add (near, sweep->order[a], sweep->order[b]);
  add (near, sweep->order[b], sweep->order[a]);
}

/* What overlaps a box in its one or two levels, from left to right. */
static void
sweep_levels (const Sweep *sweep, SgNear *near, const Box *box)
{
  guint found[2][SG_NEAR_SCAN_MAX], n[2], at[2] = { 0, 0 };

  for (guint side = 0; side < 2; side++)
    {
      guint level = side ? box->last : box->first, next = sweep->next[level];
      guint count = side && box->first == box->last ? 0 : sweep->end[level] - next;

      n[side] = find_overlaps (box, sweep->members + next, count, side ? level : 0, found[side]);
    }
  while (at[0] < n[0] || at[1] < n[1])
    {
      guint side = at[0] == n[0] || (at[1] < n[1] && found[1][at[1]] < found[0][at[0]]);

      add_both_ways (sweep, near, box->rank, found[side][at[side]++]);
    }
}

/* The same for a box in many levels. */
static void
sweep_all (const Sweep *sweep, SgNear *near, const Box *box)
{
  guint found[SG_NEAR_SCAN_MAX];
  guint n = find_overlaps (box, box + 1, sweep->n - 1 - box->rank, 0, found);

  for (guint i = 0; i < n; i++)
    add_both_ways (sweep, near, box->rank, found[i]);
}

static void
sweep_run (Sweep *sweep, SgNear *near)
{
  for (guint a = 0; a < sweep->n; a++)
    {
      const Box *box = &sweep->boxes[a];

      for (guint level = box->first; level <= box->last; level++)
        sweep->next[level]++;
      if (box->last - box->first <= 1)
        sweep_levels (sweep, near, box);
      else
        sweep_all (sweep, near, box);
    }
}

SgNear *
sg_near_new (const SgRect *boxes, guint n)
{
  SgNear *near = g_new (SgNear, 1);
  g_autofree guint *order = g_new (guint, n);
  g_autofree Box *by_rank = g_new (Box, n);
  Sweep sweep = { .n = n, .order = order, .boxes = by_rank };

  near->items = g_new (guint, (gsize)n * SG_NEAR_MAX);
  near->count = g_new0 (guint, n);
  near->n_boxes = n;
  sort_boxes (&sweep, boxes);
  g_autofree Box *members = sweep.members = g_new (Box, choose_levels (&sweep));
  g_autofree guint *next = sweep.next = g_new (guint, sweep.n_levels);
  g_autofree guint *end = sweep.end = g_new (guint, sweep.n_levels);
  fill_levels (&sweep);
  sweep_run (&sweep, near);
  return near;
}

void
sg_near_free (SgNear *near)
{
  g_free (near->items);
  g_free (near->count);
  g_free (near);
}
