/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A sweep lists neighbours from left to right, so that a new box has one place in each list; any thread. */
#include "vision/near-kept.h"

#include <string.h>

#define MOST_NEW 8 /* boxes: for more at once a sweep is cheaper */

static gboolean
is_before (const SgKeptNear *kept, guint i, guint j)
{
  return kept->boxes[i].x < kept->boxes[j].x || (kept->boxes[i].x == kept->boxes[j].x && i < j);
}

/* What does not find its place among the SG_NEAR_MAX first is left out, as by a sweep. */
static void
insert (SgKeptNear *kept, guint of, guint what)
{
  SgNear *near = kept->near;
  guint *items = near->items + (gsize)of * SG_NEAR_MAX, at = near->count[of];

  while (at > 0 && is_before (kept, what, items[at - 1]))
    at--;
  if (at == SG_NEAR_MAX)
    return;
  near->count[of] = MIN (near->count[of] + 1, SG_NEAR_MAX);
  memmove (items + at + 1, items + at, (near->count[of] - 1 - at) * sizeof *items);
  items[at] = what;
}

static void
make_room (SgKeptNear *kept, guint n)
{
  if (n <= kept->room)
    return;
  kept->room = n + n / 2 + MOST_NEW;
  kept->boxes = g_renew (SgRect, kept->boxes, kept->room);
  kept->near->items = g_renew (guint, kept->near->items, (gsize)kept->room * SG_NEAR_MAX);
  kept->near->count = g_renew (guint, kept->near->count, kept->room);
  if (kept->right)
    kept->right = g_renew (guint, kept->right, kept->room);
}

/* Counts box `i` and the new one to the right of each other where they are; FALSE where a sweep would not
 * look that far. */
static gboolean
count_right (SgKeptNear *kept, guint i, guint new)
{
  guint first = is_before (kept, i, new) ? i : new, other = first == i ? new : i;

  return kept->boxes[other].x > kept->boxes[first].x + kept->boxes[first].width ||
         ++kept->right[first] <= SG_NEAR_SCAN_MAX;
}

/* FALSE where neighbours cannot be told without a sweep; then what is kept is of no more use. */
static gboolean
add_box (SgKeptNear *kept, SgRect box)
{
  guint new = kept->near->n_boxes;

  if (!kept->right && new > SG_NEAR_SCAN_MAX)
    return FALSE;
  make_room (kept, new + 1);
  kept->boxes[new] = box;
  kept->near->count[new] = 0;
  if (kept->right)
    kept->right[new] = 0;
  for (guint i = 0; i < new; i++)
    {
      if (kept->right && !count_right (kept, i, new))
        return FALSE;
      if (sg_rect_overlaps (kept->boxes[i], box))
        {
          insert (kept, i, new);
          insert (kept, new, i);
        }
    }
  kept->near->n_boxes++;
  return TRUE;
}

/* How many of the `n` values, in order, are at most `x`. */
static guint
count_up_to (const SgPoint *sorted, guint n, double x)
{
  guint low = 0, high = n;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (sorted[middle].x <= x)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
count_all_right (SgKeptNear *kept)
{
  guint n = kept->near->n_boxes;
  g_autofree SgPoint *sorted = g_new (SgPoint, n);

  kept->right = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    sorted[i] = SG_POINT (kept->boxes[i].x, i);
  sg_points_sort (sorted, n);
  for (guint a = 0; a < n; a++)
    {
      const SgRect *box = &kept->boxes[(guint)sorted[a].y];

      kept->right[(guint)sorted[a].y] = count_up_to (sorted, n, box->x + box->width) - 1 - a;
    }
}

static void
sweep (SgKeptNear *kept, const SgRect *boxes, guint n)
{
  sg_kept_near_clear (kept);
  kept->near = sg_near_new (boxes, n);
  kept->boxes = g_memdup2 (boxes, n * sizeof *boxes);
  kept->room = n;
  if (n > SG_NEAR_SCAN_MAX)
    count_all_right (kept);
}

gboolean
sg_kept_near_may_grow (const SgKeptNear *kept, guint n)
{
  guint known = kept->near ? kept->near->n_boxes : 0;

  return known > 0 && n >= known && n - known <= MOST_NEW;
}

static gboolean
grow (SgKeptNear *kept, const SgRect *boxes, guint n)
{
  for (guint i = 0; kept->right && i < kept->near->n_boxes; i++)
    if (kept->right[i] > SG_NEAR_SCAN_MAX)
      return FALSE;
  for (guint i = kept->near->n_boxes; i < n; i++)
    if (!add_box (kept, boxes[i]))
      return FALSE;
  return TRUE;
}

const SgNear *
sg_kept_near_update (SgKeptNear *kept, const SgRect *boxes, guint n)
{
  gboolean grows = sg_kept_near_may_grow (kept, n) &&
                   memcmp (kept->boxes, boxes, kept->near->n_boxes * sizeof *boxes) == 0;

  if (!grows || !grow (kept, boxes, n))
    sweep (kept, boxes, n);
  return kept->near;
}

void
sg_kept_near_clear (SgKeptNear *kept)
{
  g_clear_pointer (&kept->near, sg_near_free);
  g_clear_pointer (&kept->boxes, g_free);
  g_clear_pointer (&kept->right, g_free);
  kept->room = 0;
}
