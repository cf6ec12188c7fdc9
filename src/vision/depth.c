/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One pass down and one pass up, over the runs of ink alone. Paper is 0 already, so that no pixel next to it
 * has to be told apart. */
#include "vision/depth.h"

#include "vision/scan.h"

/* Lengths of a step to the side, across a corner, and of a knight's move: 1, 1.4 and 2.1969 in parts that
 * sums of them are exact in. */
#define SIDE 1.0f
#define CORNER (91750 / 65536.0f)
#define KNIGHT (143976 / 65536.0f)

/* The shortest way to paper over the two rows `above`, as offset of one row, or over the pixel `before` in
 * the same row. */
static inline float
shortest_way (const float *pixel, gssize above, gssize before)
{
  const float *near = pixel + above, *far = near + above;
  float side = MIN (pixel[before], near[0]) + SIDE;
  float corner = MIN (near[-1], near[1]) + CORNER;
  float knight = MIN (MIN (near[-2], near[2]), MIN (far[-1], far[1])) + KNIGHT;

  return MIN (MIN (side, corner), knight);
}

void
sg_depth_find (const guint8 *mask, int width, int height, float *distance)
{
  memset (distance, 0, (gsize)width * height * sizeof *distance);
  for (int y = 1; y < height - 1; y++)
    {
      gsize row = (gsize)y * width, end = row + width;
      /* beside the frame paper is a step away; all other rows have two more on either side */
      gboolean rim = y == 1 || y == height - 2;
      for (gsize at = sg_scan_next (mask, row, end); at < end; at = sg_scan_next (mask, at + 1, end))
        distance[at] = rim ? SIDE : shortest_way (distance + at, -width, -1);
    }
  for (int y = height - 3; y > 1; y--)
    {
      gsize row = (gsize)y * width;
      for (gsize end = sg_scan_back (mask, row, row + width); end > row;
           end = sg_scan_back (mask, row, end - 1))
        distance[end - 1] = MIN (distance[end - 1], shortest_way (distance + end - 1, width, 1));
    }
}

gboolean
sg_depth_exceeds (const guint8 *mask, const float *distance, gsize n, double limit)
{
  for (gsize at = sg_scan_next (mask, 0, n); at < n; at = sg_scan_next (mask, at + 1, n))
    if (distance[at] > limit)
      return TRUE;
  return FALSE;
}
