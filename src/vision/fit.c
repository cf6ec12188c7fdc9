/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Least-squares fits; pure, any thread. Sums are taken about the points' mean, so that a mark far from the
 * page's origin fits as well as one beside it. */
#include "vision/fit.h"

#include <string.h>

#define ROUNDS 3        /* of assigning points to sides and fitting the sides anew */
#define HULL_CORNERS 28 /* of the hull, as candidates for a triangle's corners */

typedef struct
{
  SgPoint mean;
  double xx, xy, yy; /* mean products about the mean */
} Moments;

static Moments
moments_of (const SgPoint *points, guint n)
{
  Moments m = { 0 };

  for (guint i = 0; i < n; i++)
    m.mean = sg_point_add (m.mean, sg_point_scale (points[i], 1.0 / n));
  for (guint i = 0; i < n; i++)
    {
      SgPoint d = sg_point_sub (points[i], m.mean);

      m.xx += d.x * d.x / n, m.xy += d.x * d.y / n, m.yy += d.y * d.y / n;
    }
  return m;
}

static SgPoint
unit (double angle)
{
  return SG_POINT (cos (angle), sin (angle));
}

double
sg_fit_line (const SgPoint *points, guint n, SgLineFit *fit)
{
  Moments m = moments_of (points, n);

  fit->center = m.mean;
  fit->direction = unit (0.5 * atan2 (2 * m.xy, m.xx - m.yy));
  return sqrt (MAX (0, (m.xx + m.yy) / 2 - hypot ((m.xx - m.yy) / 2, m.xy)));
}

SgPoint
sg_line_fit_project (const SgLineFit *fit, SgPoint p)
{
  double s = sg_point_dot (sg_point_sub (p, fit->center), fit->direction);

  return sg_point_add (fit->center, sg_point_scale (fit->direction, s));
}

gboolean
sg_line_fit_meet (const SgLineFit *a, const SgLineFit *b, SgPoint *at)
{
  double sine = sg_point_cross (a->direction, b->direction);

  if (fabs (sine) < 0.14)
    return FALSE;
  double s = sg_point_cross (sg_point_sub (b->center, a->center), b->direction) / sine;
  *at = sg_point_add (a->center, sg_point_scale (a->direction, s));
  return TRUE;
}

/* The smallest root, from below, of Taubin's characteristic polynomial. */
static double
taubin_root (double a0, double a1, double a2, double a3)
{
  double x = 0, y = a0;

  for (int i = 0; i < 30; i++)
    {
      double slope = a1 + x * (2 * a2 + 3 * x * a3);
      double next = slope != 0 ? x - y / slope : x;
      double value = a0 + next * (a1 + next * (a2 + next * a3));

      if (next == x || !isfinite (next) || fabs (value) >= fabs (y))
        break;
      x = next, y = value;
    }
  return x;
}

static double
circle_rms (const SgPoint *points, guint n, const SgCircleFit *fit)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    {
      double d = sg_point_distance (points[i], fit->center) - fit->radius;
      sum += d * d;
    }
  return sqrt (sum / n);
}

double
sg_fit_circle (const SgPoint *points, guint n, SgCircleFit *fit)
{
  Moments m = moments_of (points, n);
  double scale = sqrt (m.xx + m.yy), xz = 0, yz = 0, zz = 0;

  *fit = (SgCircleFit){ m.mean, 0 };
  if (n < 3 || scale <= 0)
    return INFINITY;
  for (guint i = 0; i < n; i++)
    {
      SgPoint d = sg_point_scale (sg_point_sub (points[i], m.mean), 1 / scale);
      double z = sg_point_dot (d, d);

      xz += d.x * z, yz += d.y * z, zz += z * z;
    }
  xz /= n, yz /= n, zz /= n;
  double xx = m.xx / (scale * scale), yy = m.yy / (scale * scale), xy = m.xy / (scale * scale);
  double det = xx * yy - xy * xy, var = zz - 1; /* the mean of z is 1 by the choice of scale */
  double a2 = -3 - zz;
  double a1 = var + 4 * det - xz * xz - yz * yz;
  double a0 = xz * (xz * yy - yz * xy) + yz * (yz * xx - xz * xy) - var * det;
  double x = taubin_root (a0, a1, a2, 4);
  double d = x * x - x + det;

  if (fabs (d) < 1e-9)
    return INFINITY;
  SgPoint c = { (xz * (yy - x) - yz * xy) / d / 2, (yz * (xx - x) - xz * xy) / d / 2 };
  fit->center = sg_point_add (m.mean, sg_point_scale (c, scale));
  fit->radius = scale * sqrt (sg_point_dot (c, c) + 1);
  return isfinite (fit->radius) ? circle_rms (points, n, fit) : INFINITY;
}

static double
ellipse_rms (const SgPoint *points, guint n, const SgEllipseFit *fit)
{
  SgPoint u = unit (-fit->angle), v = SG_POINT (-u.y, u.x); /* page angles run against y */
  double sum = 0;

  for (guint i = 0; i < n; i++)
    {
      SgPoint d = sg_point_sub (points[i], fit->center);
      double x = sg_point_dot (d, u) / fit->major, y = sg_point_dot (d, v) / fit->minor;
      double r = sg_point_norm (SG_POINT (x, y));
      double slope = sg_point_norm (SG_POINT (x / fit->major, y / fit->minor));
      double off = slope > 0 ? (r - 1) * r / slope : fit->minor;

      sum += off * off;
    }
  return sqrt (sum / n);
}

double
sg_fit_ellipse (const SgPoint *points, guint n, SgEllipseFit *fit)
{
  SgPoint c = sg_polygon_centroid (points, n);
  double area = 0, xx = 0, xy = 0, yy = 0;

  *fit = (SgEllipseFit){ .center = c };
  for (guint i = 0; i < n; i++)
    {
      SgPoint a = sg_point_sub (points[i], c), b = sg_point_sub (points[(i + 1) % n], c);
      double k = sg_point_cross (a, b);

      area += k / 2;
      xx += k * (a.x * a.x + a.x * b.x + b.x * b.x) / 12;
      yy += k * (a.y * a.y + a.y * b.y + b.y * b.y) / 12;
      xy += k * (a.x * b.y + 2 * a.x * a.y + 2 * b.x * b.y + b.x * a.y) / 24;
    }
  if (area == 0)
    return INFINITY;
  xx /= area, yy /= area, xy /= area;
  double mean = (xx + yy) / 2, half = hypot ((xx - yy) / 2, xy);
  if (!(mean - half > 1e-6 * mean))
    return INFINITY;
  fit->major = 2 * sqrt (mean + half);
  fit->minor = 2 * sqrt (mean - half);
  fit->angle = -0.5 * atan2 (2 * xy, xx - yy);
  return ellipse_rms (points, n, fit);
}

/* A side of a polygon, ready for many distances to it. */
typedef struct
{
  SgPoint from, along;
  double inverse; /* 1 / square of the length; 0 for a side without one */
} Side;

/* Sums over the points that lie nearest to one side, about the side's first corner. */
typedef struct
{
  double n, x, y, xx, xy, yy;
} SideSums;

static guint
sides_init (Side *sides, const SgPoint *corners, guint k)
{
  g_assert (k <= SG_FIT_CORNERS_MAX);
  for (guint j = 0; j < k; j++)
    {
      SgPoint along = sg_point_sub (corners[(j + 1) % k], corners[j]);
      double square = sg_point_dot (along, along);

      sides[j] = (Side){ corners[j], along, square > 0 ? 1 / square : 0 };
    }
  return k;
}

/* Square of the distance of `p` from a side. */
static inline double
distance_to_side (const Side *side, SgPoint p)
{
  SgPoint d = sg_point_sub (p, side->from);
  double t = CLAMP (sg_point_dot (d, side->along) * side->inverse, 0, 1);
  SgPoint off = sg_point_sub (d, sg_point_scale (side->along, t));

  return sg_point_dot (off, off);
}

/* The nearest side of a point, and for how long it is that of those that follow. */
typedef struct
{
  guint side;
  SgPoint at;    /* where all sides were last measured */
  double second; /* square of the distance from there to the next nearest side */
} Nearest;

/* Square of the distance of `p` from its nearest side. As far as `p` has come from where all were measured,
 * so much nearer may the others be: where a + b < c, by squares where 2 (a^2 + b^2) < c^2, they are not
 * nearer yet. Along a side hardly any point measures more than that side (Hamerly, "Making k-means even
 * faster", 2010, bounds nearest centres likewise). */
static inline double
nearest_side (const Side *sides, guint k, SgPoint p, Nearest *nearest)
{
  SgPoint come = sg_point_sub (p, nearest->at);
  double least = distance_to_side (&sides[nearest->side], p);

  if (2 * (least + sg_point_dot (come, come)) < nearest->second)
    return least;
  least = nearest->second = INFINITY;
  nearest->at = p;
  for (guint j = 0; j < k; j++)
    {
      double square = distance_to_side (&sides[j], p);

      if (square < least)
        nearest->second = least, least = square, nearest->side = j;
      else
        nearest->second = MIN (nearest->second, square);
    }
  return least;
}

/* Gives each point to its nearest side; returns the root mean square distance. */
static double
assign_points (const SgPoint *points, guint n, const SgPoint *corners, guint k, SideSums *sums)
{
  Side sides[SG_FIT_CORNERS_MAX];
  Nearest nearest = { 0 };
  SideSums here = { 0 }; /* of the side that the outline is on, in registers */
  double sum = 0;
  guint side = 0;

  sides_init (sides, corners, k);
  for (guint j = 0; j < k; j++)
    sums[j] = (SideSums){ 0 };
  for (guint i = 0; i < n; i++)
    {
      sum += nearest_side (sides, k, points[i], &nearest);
      if (nearest.side != side)
        {
          sums[side] = here;
          side = nearest.side;
          here = sums[side];
        }
      SgPoint p = sg_point_sub (points[i], sides[side].from);

      here.n += 1, here.x += p.x, here.y += p.y;
      here.xx += p.x * p.x, here.xy += p.x * p.y, here.yy += p.y * p.y;
    }
  sums[side] = here;
  return sqrt (sum / n);
}

/* The points' scatter about their mean, times their number. */
static Moments
scatter_of (const SideSums *s, SgPoint from)
{
  double x = s->x / s->n, y = s->y / s->n;

  return (Moments){ sg_point_add (from, SG_POINT (x, y)), s->xx - x * s->x, s->xy - x * s->y,
                    s->yy - y * s->y };
}

double
sg_polygon_rms (const SgPoint *points, guint n, const SgPoint *corners, guint k)
{
  Side sides[SG_FIT_CORNERS_MAX];
  Nearest nearest = { 0 };
  double sum = 0;

  sides_init (sides, corners, k);
  for (guint i = 0; i < n; i++)
    sum += nearest_side (sides, k, points[i], &nearest);
  return sqrt (sum / n);
}

/* One round: the points of each side give its line, neighbours' lines meet in the new corners. FALSE where a
 * side has too few points or neighbours are nearly parallel; the corners are then as before. */
static gboolean
refine_polygon (const SideSums *sums, SgPoint *corners, guint k)
{
  SgLineFit lines[SG_FIT_CORNERS_MAX];
  SgPoint next[SG_FIT_CORNERS_MAX];

  for (guint j = 0; j < k; j++)
    {
      if (sums[j].n < 3)
        return FALSE;
      Moments m = scatter_of (&sums[j], corners[j]);
      lines[j] = (SgLineFit){ m.mean, unit (0.5 * atan2 (2 * m.xy, m.xx - m.yy)) };
    }
  for (guint j = 0; j < k; j++)
    if (!sg_line_fit_meet (&lines[(j + k - 1) % k], &lines[j], &next[j]))
      return FALSE;
  memcpy (corners, next, k * sizeof *corners);
  return TRUE;
}

double
sg_fit_polygon (const SgPoint *points, guint n, SgPoint *corners, guint k)
{
  SgPoint best[SG_FIT_CORNERS_MAX];
  SideSums sums[SG_FIT_CORNERS_MAX];
  double least = assign_points (points, n, corners, k, sums);

  memcpy (best, corners, k * sizeof *corners);
  for (int round = 0; round < ROUNDS && refine_polygon (sums, corners, k); round++)
    {
      double rms = assign_points (points, n, corners, k, sums);

      if (!(rms < least))
        break;
      least = rms;
      memcpy (best, corners, k * sizeof *corners);
    }
  memcpy (corners, best, k * sizeof *corners);
  return least;
}

static double
triangle_area (SgPoint a, SgPoint b, SgPoint c)
{
  return fabs (sg_point_cross (sg_point_sub (b, a), sg_point_sub (c, a)));
}

/* The largest triangle of every `step`th corner of a hull, or 0. As the second corner moves on, the best
 * third one never moves back. */
static double
largest_triangle (const SgPoint *hull, guint k, guint step, SgPoint corners[3])
{
  double largest = 0;

  for (guint a = 0; a + 2 * step < k; a += step)
    for (guint b = a + step, c = b + step; b + step < k; b += step)
      {
        c = MAX (c, b + step);
        double area = triangle_area (hull[a], hull[b], hull[c]);

        for (; c + step < k; c += step)
          {
            double next = triangle_area (hull[a], hull[b], hull[c + step]);

            if (next < area)
              break;
            area = next;
          }
        if (area <= largest)
          continue;
        largest = area;
        corners[0] = hull[a], corners[1] = hull[b], corners[2] = hull[c];
      }
  return largest;
}

double
sg_fit_triangle (const SgPoint *points, guint n, const SgPoint *hull, guint k, SgPoint corners[3])
{
  guint step = (k + HULL_CORNERS - 1) / HULL_CORNERS;

  return largest_triangle (hull, k, step, corners) > 0 ? sg_fit_polygon (points, n, corners, 3) : INFINITY;
}

/* The hull's corner farthest along `u`, sought onwards from corner `from`. */
static guint
support (const SgPoint *hull, guint k, guint from, SgPoint u)
{
  for (guint moved = 0; moved < k; moved++)
    {
      guint next = (from + 1) % k;

      if (sg_point_dot (hull[next], u) < sg_point_dot (hull[from], u))
        break;
      from = next;
    }
  return from;
}

/* The smallest box around a convex hull has a side along one of its edges (Freeman and Shapira, 1975); the
 * corners that touch the other sides move round with that edge (Toussaint, "Solving geometric problems with
 * the rotating calipers", 1983). Returns the area, INFINITY where there is none. */
static double
smallest_box (const SgPoint *hull, guint k, SgRectangleFit *box)
{
  double smallest = INFINITY;
  guint right = 0, far = 0, left = 0;

  for (guint i = 0; i < k; i++)
    {
      SgPoint edge = sg_point_sub (hull[(i + 1) % k], hull[i]);
      double length = sg_point_norm (edge);

      if (length <= 0)
        continue;
      SgPoint u = sg_point_scale (edge, 1 / length), v = { -u.y, u.x };

      right = support (hull, k, i == 0 ? 1 % k : right, u);
      far = support (hull, k, i == 0 ? right : far, v);
      left = support (hull, k, i == 0 ? far : left, sg_point_scale (u, -1));
      double a0 = sg_point_dot (hull[left], u), a1 = sg_point_dot (hull[right], u);
      double b0 = sg_point_dot (hull[i], v), b1 = sg_point_dot (hull[far], v);

      if ((a1 - a0) * (b1 - b0) >= smallest)
        continue;
      smallest = (a1 - a0) * (b1 - b0);
      *box = (SgRectangleFit){
        .center = sg_point_add (sg_point_scale (u, (a0 + a1) / 2), sg_point_scale (v, (b0 + b1) / 2)),
        .width = a1 - a0,
        .height = b1 - b0,
        .angle = atan2 (-u.y, u.x),
      };
    }
  return smallest;
}

void
sg_rectangle_fit_corners (const SgRectangleFit *fit, SgPoint corners[4])
{
  SgPoint u = unit (-fit->angle), v = SG_POINT (-u.y, u.x);
  SgPoint w = sg_point_scale (u, fit->width / 2), h = sg_point_scale (v, fit->height / 2);

  corners[0] = sg_point_sub (sg_point_sub (fit->center, w), h);
  corners[1] = sg_point_sub (sg_point_add (fit->center, w), h);
  corners[2] = sg_point_add (sg_point_add (fit->center, w), h);
  corners[3] = sg_point_add (sg_point_sub (fit->center, w), h);
}

/* One round of least squares: the sides share one angle (the scatter of opposite sides adds up, that of the
 * others turned by 90 degrees), and each has its own offset. */
static gboolean
refine_rectangle (const SideSums sums[4], const SgPoint corners[4], SgRectangleFit *fit)
{
  SgPoint mean[4];
  double sxy = 0, sxx = 0;

  for (guint j = 0; j < 4; j++)
    {
      if (sums[j].n == 0)
        return FALSE;
      Moments m = scatter_of (&sums[j], corners[j]);
      double sign = j % 2 ? -1 : 1;

      mean[j] = m.mean;
      sxx += sign * (m.xx - m.yy), sxy += sign * 2 * m.xy;
    }
  SgPoint u = unit (0.5 * atan2 (sxy, sxx)), v = SG_POINT (-u.y, u.x);
  double top = sg_point_dot (mean[0], v), bottom = sg_point_dot (mean[2], v);
  double right = sg_point_dot (mean[1], u), left = sg_point_dot (mean[3], u);

  *fit = (SgRectangleFit){
    .center = sg_point_add (sg_point_scale (u, (left + right) / 2), sg_point_scale (v, (top + bottom) / 2)),
    .width = fabs (right - left),
    .height = fabs (bottom - top),
    .angle = atan2 (-u.y, u.x),
  };
  return TRUE;
}

/* Width and angle named so that the angle is within 45 degrees of level. */
static void
normalise_rectangle (SgRectangleFit *fit)
{
  double quarter = round (fit->angle / (G_PI / 2));

  fit->angle -= quarter * (G_PI / 2);
  if ((int)quarter % 2 != 0)
    {
      double width = fit->width;
      fit->width = fit->height, fit->height = width;
    }
}

double
sg_fit_rectangle (const SgPoint *points, guint n, const SgPoint *hull, guint k, SgRectangleFit *fit)
{
  double area = smallest_box (hull, k, fit);

  if (!(area > 0) || !isfinite (area))
    return INFINITY;

  SgPoint corners[4];
  SideSums sums[4];
  sg_rectangle_fit_corners (fit, corners);
  double least = assign_points (points, n, corners, 4, sums);
  SgRectangleFit next = *fit;
  for (int round = 0; round < ROUNDS && refine_rectangle (sums, corners, &next); round++)
    {
      sg_rectangle_fit_corners (&next, corners);
      double rms = assign_points (points, n, corners, 4, sums);

      if (rms < least)
        least = rms, *fit = next;
    }
  normalise_rectangle (fit);
  return least;
}
