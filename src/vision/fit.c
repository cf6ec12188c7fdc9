/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Least-squares fits; pure, any thread. Sums are taken about the points' mean, so that a mark far from the
 * page's origin fits as well as one beside it. */
#include "vision/fit.h"

#define ROUNDS 3        /* of assigning points to sides and fitting the sides anew */
#define HULL_CORNERS 28 /* of the hull, as candidates for a triangle's corners */
#define SG_FIT_HULL_MAX 513

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

      xz += d.x * z / n, yz += d.y * z / n, zz += z * z / n;
    }
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
      double r = hypot (x, y), slope = hypot (x / fit->major, y / fit->minor);
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

static guint
nearest_side (SgPoint p, const SgPoint *corners, guint k, double *distance)
{
  guint side = 0;

  *distance = INFINITY;
  for (guint j = 0; j < k; j++)
    {
      double d = sg_segment_distance (corners[j], corners[(j + 1) % k], p, NULL);
      if (d < *distance)
        *distance = d, side = j;
    }
  return side;
}

double
sg_polygon_rms (const SgPoint *points, guint n, const SgPoint *corners, guint k)
{
  double sum = 0, d;

  for (guint i = 0; i < n; i++)
    {
      nearest_side (points[i], corners, k, &d);
      sum += d * d;
    }
  return sqrt (sum / n);
}

/* One round: the points of each side give its line, neighbours' lines meet in the new corners. FALSE where a
 * side has too few points or neighbours are nearly parallel; the corners are then as before. */
static gboolean
refine_polygon (const SgPoint *points, guint n, SgPoint *corners, guint k)
{
  g_autofree SgPoint *own = g_new (SgPoint, n * k);
  g_autofree guint *count = g_new0 (guint, k);
  g_autofree SgLineFit *lines = g_new (SgLineFit, k);
  g_autofree SgPoint *next = g_new (SgPoint, k);
  double d;

  for (guint i = 0; i < n; i++)
    {
      guint side = nearest_side (points[i], corners, k, &d);
      own[side * n + count[side]++] = points[i];
    }
  for (guint j = 0; j < k; j++)
    {
      if (count[j] < 3)
        return FALSE;
      sg_fit_line (own + j * n, count[j], &lines[j]);
    }
  for (guint j = 0; j < k; j++)
    if (!sg_line_fit_meet (&lines[(j + k - 1) % k], &lines[j], &next[j]))
      return FALSE;
  for (guint j = 0; j < k; j++)
    corners[j] = next[j];
  return TRUE;
}

double
sg_fit_polygon (const SgPoint *points, guint n, SgPoint *corners, guint k)
{
  g_autofree SgPoint *best = g_memdup2 (corners, k * sizeof *corners);
  double least = sg_polygon_rms (points, n, corners, k);

  for (int round = 0; round < ROUNDS && refine_polygon (points, n, corners, k); round++)
    {
      double rms = sg_polygon_rms (points, n, corners, k);

      if (!(rms < least))
        break;
      least = rms;
      for (guint j = 0; j < k; j++)
        best[j] = corners[j];
    }
  for (guint j = 0; j < k; j++)
    corners[j] = best[j];
  return least;
}

/* Hull of at most SG_FIT_HULL_MAX - 1 points. */
static guint
hull_of (const SgPoint *points, guint n, SgPoint *hull)
{
  return sg_convex_hull (points, MIN (n, SG_FIT_HULL_MAX - 1), hull);
}

double
sg_fit_triangle (const SgPoint *points, guint n, SgPoint corners[3])
{
  SgPoint hull[SG_FIT_HULL_MAX];
  guint k = hull_of (points, n, hull), step = (k + HULL_CORNERS - 1) / HULL_CORNERS;
  double largest = 0;

  for (guint a = 0; a < k; a += step)
    for (guint b = a + step; b < k; b += step)
      for (guint c = b + step; c < k; c += step)
        {
          double area =
            fabs (sg_point_cross (sg_point_sub (hull[b], hull[a]), sg_point_sub (hull[c], hull[a])));

          if (area > largest)
            {
              largest = area;
              corners[0] = hull[a], corners[1] = hull[b], corners[2] = hull[c];
            }
        }
  return largest > 0 ? sg_fit_polygon (points, n, corners, 3) : INFINITY;
}

/* The box of the points along `direction`. */
static SgRectangleFit
box_along (const SgPoint *points, guint n, SgPoint u)
{
  SgPoint v = { -u.y, u.x };
  double a0 = INFINITY, a1 = -INFINITY, b0 = INFINITY, b1 = -INFINITY;

  for (guint i = 0; i < n; i++)
    {
      double a = sg_point_dot (points[i], u), b = sg_point_dot (points[i], v);

      a0 = MIN (a0, a), a1 = MAX (a1, a), b0 = MIN (b0, b), b1 = MAX (b1, b);
    }
  return (SgRectangleFit){
    .center = sg_point_add (sg_point_scale (u, (a0 + a1) / 2), sg_point_scale (v, (b0 + b1) / 2)),
    .width = a1 - a0,
    .height = b1 - b0,
    .angle = atan2 (-u.y, u.x),
  };
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
refine_rectangle (const SgPoint *points, guint n, SgRectangleFit *fit)
{
  SgPoint corners[4], mean[4] = { 0 };
  guint count[4] = { 0 };
  g_autofree guint8 *side = g_new (guint8, n);
  double d, sxy = 0, sxx = 0;

  sg_rectangle_fit_corners (fit, corners);
  for (guint i = 0; i < n; i++)
    {
      side[i] = nearest_side (points[i], corners, 4, &d);
      mean[side[i]] = sg_point_add (mean[side[i]], points[i]);
      count[side[i]]++;
    }
  for (guint j = 0; j < 4; j++)
    {
      if (count[j] == 0)
        return FALSE;
      mean[j] = sg_point_scale (mean[j], 1.0 / count[j]);
    }
  for (guint i = 0; i < n; i++)
    {
      SgPoint p = sg_point_sub (points[i], mean[side[i]]);

      if (side[i] % 2)
        p = SG_POINT (p.y, -p.x);
      sxx += p.x * p.x - p.y * p.y, sxy += 2 * p.x * p.y;
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

static double
rectangle_rms (const SgPoint *points, guint n, const SgRectangleFit *fit)
{
  SgPoint corners[4];

  sg_rectangle_fit_corners (fit, corners);
  return sg_polygon_rms (points, n, corners, 4);
}

double
sg_fit_rectangle (const SgPoint *points, guint n, SgRectangleFit *fit)
{
  SgPoint hull[SG_FIT_HULL_MAX];
  guint k = hull_of (points, n, hull);
  double smallest = INFINITY;

  for (guint i = 0; i < k; i++)
    {
      SgPoint edge = sg_point_sub (hull[(i + 1) % k], hull[i]);
      double length = sg_point_norm (edge);

      if (length <= 0)
        continue;
      SgRectangleFit box = box_along (hull, k, sg_point_scale (edge, 1 / length));
      if (box.width * box.height < smallest)
        smallest = box.width * box.height, *fit = box;
    }
  if (!(smallest > 0) || !isfinite (smallest))
    return INFINITY;

  double least = rectangle_rms (points, n, fit);
  SgRectangleFit next = *fit;
  for (int round = 0; round < ROUNDS && refine_rectangle (points, n, &next); round++)
    {
      double rms = rectangle_rms (points, n, &next);

      if (rms < least)
        least = rms, *fit = next;
    }
  normalise_rectangle (fit);
  return least;
}
