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

  near->items = g_new (guint, (gsize)n * SG_NEAR_MAX);
  near->count = g_new0 (guint, n);
  near->n_boxes = n;
  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, n, sizeof *order, compare_left, (gpointer)boxes);
  for (guint a = 0; a < n; a++)
    {
      guint i = order[a], end = MIN (n, a + 1 + SCAN_MAX);

      for (guint b = a + 1; b < end && boxes[order[b]].x <= boxes[i].x + boxes[i].width; b++)
        if (sg_rect_overlaps (boxes[i], boxes[order[b]]))
          {
            add (near, i, order[b]);
            add (near, order[b], i);
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
