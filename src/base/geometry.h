/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plane geometry in page units (y down). Angles are radians, counter-clockwise as seen on the page, 0 along
 * +x: the direction (1, -1) is at +45 degrees. Pure functions; nothing here allocates unless it says so.
 */
#pragma once

#include <glib.h>
#include <math.h>

G_BEGIN_DECLS

typedef struct
{
  double x, y;
} SgPoint;

typedef struct
{
  double x, y, width, height; /* width and height >= 0 */
} SgRect;

#define SG_POINT(px, py) ((SgPoint){ (px), (py) })

static inline SgPoint
sg_point_add (SgPoint a, SgPoint b)
{
  return SG_POINT (a.x + b.x, a.y + b.y);
}
static inline SgPoint
sg_point_sub (SgPoint a, SgPoint b)
{
  return SG_POINT (a.x - b.x, a.y - b.y);
}
static inline SgPoint
sg_point_scale (SgPoint a, double k)
{
  return SG_POINT (a.x * k, a.y * k);
}
static inline SgPoint
sg_point_lerp (SgPoint a, SgPoint b, double t)
{
  return SG_POINT (a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t);
}
static inline double
sg_point_dot (SgPoint a, SgPoint b)
{
  return a.x * b.x + a.y * b.y;
}
static inline double
sg_point_cross (SgPoint a, SgPoint b)
{
  return a.x * b.y - a.y * b.x;
}
/* Not hypot: coordinates are bounded (base/limits.h), and its care for overflow was half the time of
 * recognition. */
static inline double
sg_point_norm (SgPoint a)
{
  return sqrt (a.x * a.x + a.y * a.y);
}
static inline double
sg_point_distance (SgPoint a, SgPoint b)
{
  return sg_point_norm (sg_point_sub (a, b));
}

/* Angle of the direction from a to b as seen on the page, in (-pi, pi]. */
static inline double
sg_point_angle (SgPoint a, SgPoint b)
{
  return atan2 (a.y - b.y, b.x - a.x);
}

/* The same angle brought into (-pi, pi]. */
double sg_angle_wrap (double angle);

/* Distance from p to the segment ab; where `t` is not NULL it receives the foot's place in [0, 1]. */
double sg_segment_distance (SgPoint a, SgPoint b, SgPoint p, double *t);

/* Whether the segments ab and cd cross; `at` (nullable) receives the crossing. Parallel segments do not
 * cross. */
gboolean sg_segments_cross (SgPoint a, SgPoint b, SgPoint c, SgPoint d, SgPoint *at);

/* The point of a path, or an outline where it is closed, that is nearest to p; `n` >= 1. */
SgPoint sg_path_nearest (const SgPoint *points, guint n, gboolean closed, SgPoint p);

/* Length of the open path through `n` points. */
double sg_path_length (const SgPoint *points, guint n);

/* Signed area of the closed polygon through `n` points (shoelace); positive when it runs clockwise as seen
 * (y down). */
double sg_polygon_area (const SgPoint *points, guint n);

/* Centre of mass of the polygon's area; the mean of the points where the area is zero. n >= 1. */
SgPoint sg_polygon_centroid (const SgPoint *points, guint n);

/* Whether p lies inside the polygon (even-odd rule). */
gboolean sg_polygon_contains (const SgPoint *points, guint n, SgPoint p);

/* Sorts by x, then y. */
void sg_points_sort (SgPoint *points, guint n);

/* Writes the convex hull of `n` points into `hull` (room for n + 1), clockwise as seen, and returns its size.
 * Andrew, "Another efficient algorithm for convex hulls in two dimensions", 1979. */
guint sg_convex_hull (const SgPoint *points, guint n, SgPoint *hull);

/* Indices of the points that keep the path within `tolerance` of the original, ends included, into `keep`
 * (room for n); returns how many. Douglas and Peucker, 1973; iterative, so that a long path cannot exhaust
 * the stack. */
guint sg_path_simplify (const SgPoint *points, guint n, double tolerance, guint *keep);

SgRect sg_points_bounds (const SgPoint *points, guint n);
SgRect sg_rect_union (SgRect a, SgRect b);
static inline SgRect
sg_rect_grow (SgRect r, double by)
{
  return (SgRect){ r.x - by, r.y - by, MAX (0, r.width + 2 * by), MAX (0, r.height + 2 * by) };
}
static inline gboolean
sg_rect_contains (SgRect r, SgPoint p)
{
  return p.x >= r.x && p.x <= r.x + r.width && p.y >= r.y && p.y <= r.y + r.height;
}
static inline gboolean
sg_rect_overlaps (SgRect a, SgRect b)
{
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}
static inline double
sg_rect_diagonal (SgRect r)
{
  return hypot (r.width, r.height);
}
static inline SgPoint
sg_rect_center (SgRect r)
{
  return SG_POINT (r.x + r.width / 2, r.y + r.height / 2);
}

G_END_DECLS
