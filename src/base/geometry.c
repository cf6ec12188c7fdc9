/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plane geometry: pure functions, any thread. */
#include "base/geometry.h"

#include <stdlib.h>
#include <string.h>

double
sg_angle_wrap (double angle)
{
  double a = remainder (angle, 2 * G_PI);
  return a <= -G_PI ? a + 2 * G_PI : a;
}

double
sg_segment_distance (SgPoint a, SgPoint b, SgPoint p, double *t)
{
  SgPoint d = sg_point_sub (b, a);
  double length2 = sg_point_dot (d, d);
  double s = length2 > 0 ? CLAMP (sg_point_dot (sg_point_sub (p, a), d) / length2, 0, 1) : 0;

  if (t)
    *t = s;
  return sg_point_distance (p, sg_point_lerp (a, b, s));
}

/* Without a root or a division: pages are asked for thousands of crossings, of which there are few. */
gboolean
sg_segments_cross (SgPoint a, SgPoint b, SgPoint c, SgPoint d, SgPoint *at)
{
  SgPoint r = sg_point_sub (b, a), s = sg_point_sub (d, c), q = sg_point_sub (c, a);
  double den = sg_point_cross (r, s), sign = den < 0 ? -1 : 1;

  if (den * den <= 1e-24 * (sg_point_dot (r, r) * sg_point_dot (s, s)))
    return FALSE;
  double t = sign * sg_point_cross (q, s), u = sign * sg_point_cross (q, r), whole = sign * den;
  if (t < 0 || t > whole || u < 0 || u > whole)
    return FALSE;
  if (at)
    *at = sg_point_lerp (a, b, t / whole);
  return TRUE;
}

SgPoint
sg_path_nearest (const SgPoint *points, guint n, gboolean closed, SgPoint p)
{
  SgPoint nearest = points[0];
  double least = INFINITY;

  for (guint i = 0; i + (closed ? 0 : 1) < n; i++)
    {
      SgPoint a = points[i], b = points[(i + 1) % n];
      double t, distance = sg_segment_distance (a, b, p, &t);

      if (distance >= least)
        continue;
      least = distance;
      nearest = sg_point_lerp (a, b, t);
    }
  return nearest;
}

double
sg_path_length (const SgPoint *points, guint n)
{
  double length = 0;

  for (guint i = 1; i < n; i++)
    length += sg_point_distance (points[i - 1], points[i]);
  return length;
}

double
sg_polygon_area (const SgPoint *points, guint n)
{
  double twice = 0;

  for (guint i = 0; i < n; i++)
    twice += sg_point_cross (points[i], points[(i + 1) % n]);
  return twice / 2;
}

SgPoint
sg_polygon_centroid (const SgPoint *points, guint n)
{
  SgPoint o = points[0], sum = { 0, 0 }, mean = { 0, 0 };
  double twice = 0;

  for (guint i = 0; i < n; i++)
    {
      /* Relative to the first point: far from the page's origin the products would lose their low digits. */
      SgPoint a = sg_point_sub (points[i], o), b = sg_point_sub (points[(i + 1) % n], o);
      double c = sg_point_cross (a, b);

      twice += c;
      sum = sg_point_add (sum, sg_point_scale (sg_point_add (a, b), c));
      mean = sg_point_add (mean, a);
    }
  if (fabs (twice) < 1e-12)
    return sg_point_add (o, sg_point_scale (mean, 1.0 / n));
  return sg_point_add (o, sg_point_scale (sum, 1 / (3 * twice)));
}

gboolean
sg_polygon_contains (const SgPoint *points, guint n, SgPoint p)
{
  gboolean inside = FALSE;

  for (guint i = 0, j = n - 1; i < n; j = i++)
    if ((points[i].y > p.y) != (points[j].y > p.y) &&
        p.x < (points[j].x - points[i].x) * (p.y - points[i].y) / (points[j].y - points[i].y) + points[i].x)
      inside = !inside;
  return inside;
}

static inline gboolean
is_before (SgPoint p, SgPoint q)
{
  return p.x < q.x || (p.x == q.x && p.y < q.y);
}

#define BLOCK 12 /* points put in order by insertion */

static void
sort_block (SgPoint *points, guint n)
{
  for (guint i = 1; i < n; i++)
    {
      SgPoint p = points[i];
      guint k = i;

      for (; k > 0 && is_before (p, points[k - 1]); k--)
        points[k] = points[k - 1];
      points[k] = p;
    }
}

/* `left` of the points are in order, and so are the others; `room` (left). */
static void
merge (SgPoint *points, guint left, guint n, SgPoint *room)
{
  if (left >= n || !is_before (points[left], points[left - 1]))
    return;
  memcpy (room, points, left * sizeof *room);
  for (guint i = 0, k = left, to = 0; i < left; to++)
    points[to] = k < n && is_before (points[k], room[i]) ? points[k++] : room[i++];
}

/* Merge sort from blocks upward: points come along a path, so that most are nearly in order, and a call for
 * every comparison would cost more than all else. */
void
sg_points_sort (SgPoint *points, guint n)
{
  g_autofree SgPoint *room = n > BLOCK ? g_new (SgPoint, n) : NULL;

  for (guint at = 0; at < n; at += BLOCK)
    sort_block (points + at, MIN (n - at, BLOCK));
  for (gsize sorted = BLOCK; sorted < n; sorted *= 2)
    for (gsize at = 0; at + sorted < n; at += 2 * sorted)
      merge (points + at, sorted, MIN (n - at, 2 * sorted), room);
}

guint
sg_convex_hull (const SgPoint *points, guint n, SgPoint *hull)
{
  if (n == 0)
    return 0;
  g_autofree SgPoint *sorted = g_memdup2 (points, n * sizeof *points);
  guint k = 0;

  sg_points_sort (sorted, n);
  for (int pass = 0; pass < 2; pass++)
    {
      guint start = k;

      for (guint i = 0; i < n; i++)
        {
          SgPoint p = sorted[pass ? n - 1 - i : i];

          while (k >= start + 2 &&
                 sg_point_cross (sg_point_sub (hull[k - 1], hull[k - 2]), sg_point_sub (p, hull[k - 1])) <= 0)
            k--;
          hull[k++] = p;
        }
      k--; /* the last point of this chain is the first of the next */
    }
  return MAX (k, 1);
}

guint
sg_path_simplify (const SgPoint *points, guint n, double tolerance, guint *keep)
{
  if (n <= 2)
    {
      for (guint i = 0; i < n; i++)
        keep[i] = i;
      return n;
    }

  g_autofree guint8 *kept = g_new0 (guint8, n);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (guint[2]));
  guint whole[2] = { 0, n - 1 }, count = 0;

  kept[0] = kept[n - 1] = 1;
  g_array_append_val (spans, whole);
  while (spans->len > 0)
    {
      guint first = ((guint (*)[2]) (void *)spans->data)[spans->len - 1][0];
      guint last = ((guint (*)[2]) (void *)spans->data)[spans->len - 1][1];
      guint far = first;
      double worst = tolerance;

      g_array_set_size (spans, spans->len - 1);
      for (guint i = first + 1; i < last; i++)
        {
          double d = sg_segment_distance (points[first], points[last], points[i], NULL);
          if (d > worst)
            worst = d, far = i;
        }
      if (far != first)
        {
          guint left[2] = { first, far }, right[2] = { far, last };

          kept[far] = 1;
          g_array_append_val (spans, left);
          g_array_append_val (spans, right);
        }
    }
  for (guint i = 0; i < n; i++)
    if (kept[i])
      keep[count++] = i;
  return count;
}

SgRect
sg_points_bounds (const SgPoint *points, guint n)
{
  if (n == 0)
    return (SgRect){ 0 };
  /* Every other point has extremes of its own, so that none waits for the one before. */
  SgPoint low[2] = { points[0], points[0] }, high[2] = { points[0], points[0] };

  for (guint i = 1; i + 1 < n; i += 2)
    for (guint k = 0; k < 2; k++)
      {
        SgPoint p = points[i + k];

        low[k] = SG_POINT (MIN (low[k].x, p.x), MIN (low[k].y, p.y));
        high[k] = SG_POINT (MAX (high[k].x, p.x), MAX (high[k].y, p.y));
      }
  SgPoint last = points[n - 1];
  double x0 = MIN (MIN (low[0].x, low[1].x), last.x), x1 = MAX (MAX (high[0].x, high[1].x), last.x);
  double y0 = MIN (MIN (low[0].y, low[1].y), last.y), y1 = MAX (MAX (high[0].y, high[1].y), last.y);

  return (SgRect){ x0, y0, x1 - x0, y1 - y0 };
}

SgRect
sg_rect_union (SgRect a, SgRect b)
{
  double x0 = MIN (a.x, b.x), y0 = MIN (a.y, b.y);

  return (SgRect){ x0, y0, MAX (a.x + a.width, b.x + b.width) - x0,
                   MAX (a.y + a.height, b.y + b.height) - y0 };
}
