/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sweep and prune; any thread. */
#include "vision/near.h"

#define SCAN_MAX 400 /* boxes looked at from one: bounds the work where everything overlaps */

static int
compare_left (gconstpointer a, gconstpointer b, gpointer boxes)
{
  guint i = *(const guint *)a, j = *(const guint *)b;
  double x = ((const SgRect *)boxes)[i].x, y = ((const SgRect *)boxes)[j].x;

  return x != y ? (x < y ? -1 : 1) : (i < j ? -1 : i > j);
}

static gboolean
are_level (const SgRect *a, const SgRect *b)
{
  return a->y <= b->y + b->height && b->y <= a->y + a->height;
}

static void
add (SgNear *near, guint i, guint j)
{
  if (near->count[i] < SG_NEAR_MAX)
    near->items[(gsize)i * SG_NEAR_MAX + near->count[i]++] = j;
}

SgNear *
sg_near_new (const SgRect *boxes, guint n)
{
  SgNear *near = g_new (SgNear, 1);
  g_autofree guint *order = g_new (guint, n);
  g_autofree SgRect *sorted =
    g_new (SgRect, n); /* side by side in memory, as most of the work is the sweep */

  near->items = g_new (guint, (gsize)n * SG_NEAR_MAX);
  near->count = g_new0 (guint, n);
  near->n_boxes = n;
  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, n, sizeof *order, compare_left, (gpointer)boxes);
  for (guint a = 0; a < n; a++)
    sorted[a] = boxes[order[a]];
  for (guint a = 0; a < n; a++)
    {
      guint end = MIN (n, a + 1 + SCAN_MAX);
      double right = sorted[a].x + sorted[a].width;

      for (guint b = a + 1; b < end && sorted[b].x <= right; b++)
        if (are_level (&sorted[a], &sorted[b]))
          {
            add (near, order[a], order[b]);
            add (near, order[b], order[a]);
          }
    }
  return near;
}

void
sg_near_free (SgNear *near)
{
  g_free (near->items);
  g_free (near->count);
  g_free (near);
}
