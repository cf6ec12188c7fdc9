/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Convex shapes of the plane: pure geometry. Separation is by nearest features where the cores are apart and
 * by separating axes where they overlap; the cores are small, so every pair of features is tried. */
#include "physics/shape.h"

#include <string.h>

enum
{
  MAX_OUTLINE = 48 /* corners of an outline that is cut: a hand's wobble below that is no shape */
};

void
sg_shape_clear (SgShape *shape)
{
  g_clear_pointer (&shape->points, g_free);
}

static SgShape
new_shape (SgShapeType type, const SgPoint *points, guint n, double radius)
{
  SgShape shape = { .type = type, .n = n, .radius = radius };

  shape.points = g_memdup2 (points, n * sizeof *points);
  shape.bounds = sg_rect_grow (sg_points_bounds (points, n), radius);
  return shape;
}

SgShape
sg_shape_disc (SgPoint center, double radius)
{
  return new_shape (SG_SHAPE_DISC, &center, 1, radius);
}

SgShape
sg_shape_rod (SgPoint a, SgPoint b, double radius)
{
  SgPoint ends[2] = { a, b };

  return new_shape (SG_SHAPE_ROD, ends, 2, radius);
}

SgShape
sg_shape_box (SgPoint center, double width, double height, double angle)
{
  SgGeometry g = { .center = center, .width = width, .height = height, .angle = angle };
  SgPoint corners[4];

  sg_geometry_outline (SG_KIND_RECTANGLE, &g, corners, 4);
  SgShape shape = new_shape (SG_SHAPE_BOX, corners, 4, 0);
  shape.width = width;
  shape.height = height;
  shape.angle = angle;
  return shape;
}

SgShape
sg_shape_polygon (const SgPoint *points, guint n)
{
  return new_shape (SG_SHAPE_POLYGON, points, n, 0);
}

void
sg_shape_move (SgShape *shape, SgPoint by)
{
  for (guint i = 0; i < shape->n; i++)
    shape->points[i] = sg_point_add (shape->points[i], by);
  shape->bounds.x += by.x;
  shape->bounds.y += by.y;
}

gboolean
sg_shape_is_near (const SgShape *a, const SgShape *b, double within)
{
  return sg_rect_overlaps (sg_rect_grow (a->bounds, within), b->bounds);
}

double
sg_shape_area (const SgShape *shape)
{
  double r = shape->radius;

  if (shape->n >= 3)
    return fabs (sg_polygon_area (shape->points, shape->n));
  return G_PI * r * r + 2 * r * sg_path_length (shape->points, shape->n);
}

SgPoint
sg_shape_center (const SgShape *shape)
{
  if (shape->n == 2)
    return sg_point_lerp (shape->points[0], shape->points[1], 0.5);
  return sg_polygon_centroid (shape->points, shape->n);
}

static SgPoint
unit_or (SgPoint v, SgPoint otherwise)
{
  double length = sg_point_norm (v);

  return length > 1e-9 ? sg_point_scale (v, 1 / length) : otherwise;
}

static guint
edge_count (const SgShape *shape)
{
  return shape->n >= 3 ? shape->n : 1;
}

/* Edge i of the core; of a point both ends are the same. */
static void
edge_of (const SgShape *shape, guint i, SgPoint *a, SgPoint *b)
{
  *a = shape->points[i];
  *b = shape->points[(i + 1) % shape->n];
}

static gboolean
cores_overlap (const SgShape *a, const SgShape *b)
{
  SgPoint p, q, r, s;

  if (a->n >= 3 && sg_polygon_contains (a->points, a->n, b->points[0]))
    return TRUE;
  if (b->n >= 3 && sg_polygon_contains (b->points, b->n, a->points[0]))
    return TRUE;
  for (guint i = 0; i < edge_count (a); i++)
    for (guint k = 0; k < edge_count (b); k++)
      {
        edge_of (a, i, &p, &q);
        edge_of (b, k, &r, &s);
        if (sg_segments_cross (p, q, r, s, NULL))
          return TRUE;
      }
  return FALSE;
}

/* Nearest corner of `corners` to an edge of `edges`; `v` leads from the edge to the corner. */
static double
corner_distance (const SgShape *corners, const SgShape *edges, SgPoint *v)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < corners->n; i++)
    for (guint k = 0; k < edge_count (edges); k++)
      {
        SgPoint a, b;
        double t, d;

        edge_of (edges, k, &a, &b);
        d = sg_segment_distance (a, b, corners->points[i], &t);
        if (d >= best)
          continue;
        best = d;
        *v = sg_point_sub (corners->points[i], sg_point_lerp (a, b, t));
      }
  return best;
}

static double
farthest_along (const SgShape *shape, SgPoint axis, double sign)
{
  double best = -G_MAXDOUBLE;

  for (guint i = 0; i < shape->n; i++)
    best = MAX (best, sign * sg_point_dot (shape->points[i], axis));
  return best;
}

/* The least overlap over the normals of `axes`' edges; `away` moves `a` off `b`. */
static double
least_overlap (const SgShape *axes, const SgShape *a, const SgShape *b, double best, SgPoint *away)
{
  for (guint i = 0; axes->n > 1 && i < edge_count (axes); i++)
    {
      SgPoint p, q;

      edge_of (axes, i, &p, &q);
      SgPoint along = unit_or (sg_point_sub (q, p), SG_POINT (1, 0)), axis = { along.y, -along.x };
      for (double sign = -1; sign <= 1; sign += 2)
        {
          /* How far `a` must go along sign * axis until it is past `b`. */
          double depth = farthest_along (b, axis, sign) + farthest_along (a, axis, -sign);

          if (depth < best)
            {
              best = depth;
              *away = sg_point_scale (axis, sign);
            }
        }
    }
  return best;
}

double
sg_shape_separation (const SgShape *a, const SgShape *b, SgPoint *away)
{
  double margin = a->radius + b->radius;
  SgPoint v = { 0, 0 }, w = { 0, 0 }, up = { 0, -1 };

  *away = up;
  if (cores_overlap (a, b))
    {
      double depth = least_overlap (a, a, b, G_MAXDOUBLE, away);

      return -least_overlap (b, a, b, depth, away) - margin;
    }
  double d = corner_distance (a, b, &v), e = corner_distance (b, a, &w);
  *away = unit_or (d <= e ? v : sg_point_scale (w, -1), up);
  return MIN (d, e) - margin;
}

/* -- Cutting -- */

static gboolean
crosses_itself (const SgPoint *p, guint n)
{
  for (guint i = 0; i < n; i++)
    for (guint k = i + 2; k < n; k++)
      if ((k + 1) % n != i && sg_segments_cross (p[i], p[i + 1], p[k], p[(k + 1) % n], NULL))
        return TRUE;
  return FALSE;
}

static double
turn (SgPoint a, SgPoint b, SgPoint c)
{
  return sg_point_cross (sg_point_sub (b, a), sg_point_sub (c, b));
}

static gboolean
is_ear (const SgPoint *p, guint n, guint i)
{
  SgPoint a = p[(i + n - 1) % n], b = p[i], c = p[(i + 1) % n];

  if (turn (a, b, c) <= 0)
    return FALSE;
  for (guint k = 0; k < n; k++)
    if (k != i && k != (i + 1) % n && k != (i + n - 1) % n && turn (a, b, p[k]) >= 0 &&
        turn (b, c, p[k]) >= 0 && turn (c, a, p[k]) >= 0)
      return FALSE;
  return TRUE;
}

static gboolean
is_convex (const SgPoint *p, guint n)
{
  for (guint i = 0; i < n; i++)
    if (turn (p[i], p[(i + 1) % n], p[(i + 2) % n]) < 0)
      return FALSE;
  return TRUE;
}

/* Grows the piece p[first..first+count) of the remaining outline while it stays convex and cuts off nothing
 * of the rest: whole convex runs go at once instead of triangle by triangle. */
static guint
convex_run (const SgPoint *p, guint n, guint first)
{
  SgPoint piece[MAX_OUTLINE];
  guint count = 3;

  for (guint i = 0; i < 3; i++)
    piece[i] = p[(first + i) % n];
  while (count < n)
    {
      gboolean clear = TRUE;

      piece[count] = p[(first + count) % n];
      if (!is_convex (piece, count + 1))
        break;
      for (guint k = count + 1; k < n && clear; k++)
        clear = !sg_polygon_contains (piece, count + 1, p[(first + k) % n]);
      if (!clear)
        break;
      count++;
    }
  return count;
}

static void
take_piece (GArray *shapes, SgPoint *p, guint *n, guint first, guint count)
{
  SgPoint piece[MAX_OUTLINE], rest[MAX_OUTLINE];
  guint n_rest = 0;

  for (guint i = 0; i < count; i++)
    piece[i] = p[(first + i) % *n];
  for (guint i = count - 1; i <= *n; i++)
    rest[n_rest++] = p[(first + i) % *n];
  if (fabs (sg_polygon_area (piece, count)) > 1)
    {
      SgShape shape = sg_shape_polygon (piece, count);
      g_array_append_val (shapes, shape);
    }
  *n = n_rest;
  memcpy (p, rest, n_rest * sizeof *p);
}

static void
add_hull (const SgPoint *points, guint n, GArray *shapes)
{
  SgPoint hull[MAX_OUTLINE + 1];
  guint n_hull = sg_convex_hull (points, n, hull);

  if (n_hull < 3 || fabs (sg_polygon_area (hull, n_hull)) < 1)
    return;
  SgShape shape = sg_shape_polygon (hull, n_hull);
  g_array_append_val (shapes, shape);
}

/* At most MAX_OUTLINE corners, in the direction in which turns are positive. */
static guint
prepare_outline (const SgPoint *points, guint n, SgPoint *p)
{
  g_autofree guint *keep = g_new (guint, n);
  double tolerance = 1;
  guint kept = sg_path_simplify (points, n, tolerance, keep);

  while (kept > MAX_OUTLINE - 1)
    kept = sg_path_simplify (points, n, tolerance *= 1.5, keep);
  for (guint i = 0; i < kept; i++)
    p[i] = points[keep[i]];
  while (kept > 1 && sg_point_distance (p[0], p[kept - 1]) < 1)
    kept--;
  if (kept >= 3 && sg_polygon_area (p, kept) < 0)
    for (guint i = 0; i < kept / 2; i++)
      {
        SgPoint swap = p[i];

        p[i] = p[kept - 1 - i];
        p[kept - 1 - i] = swap;
      }
  return kept;
}

void
sg_shapes_from_outline (const SgPoint *points, guint n, GArray *shapes)
{
  SgPoint p[MAX_OUTLINE];
  guint before = shapes->len, left = n >= 3 ? prepare_outline (points, n, p) : 0, corners = left;
  SgPoint whole[MAX_OUTLINE];

  if (left < 3)
    return;
  memcpy (whole, p, left * sizeof *p);
  if (is_convex (p, left) || crosses_itself (p, left))
    {
      add_hull (p, left, shapes);
      return;
    }
  while (left >= 3)
    {
      guint i = 0;

      while (i < left && !is_ear (p, left, i))
        i++;
      if (i == left)
        break;
      guint first = (i + left - 1) % left;
      guint count = convex_run (p, left, first);
      if (count >= left)
        {
          add_hull (p, left, shapes);
          return;
        }
      take_piece (shapes, p, &left, first, count);
    }
  /* No ear is left only where the outline touches itself. */
  if (left >= 3 && shapes->len == before)
    add_hull (whole, corners, shapes);
}
