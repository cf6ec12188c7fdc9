/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Even resampling and loop trimming; pure, any thread. */
#include "vision/path.h"

#include <string.h>

#define MIN_POINTS 24
#define SPACING (1.0 / 40) /* of the size: ShortStraw's choice (Wolin, Eoff, Hammond 2008, section 3.1) */
#define POINTS_ACROSS 4    /* at least so many points along the narrow side of a thin shape */
#define TAIL 0.22          /* of the length: where a loop's overshoot is looked for, at either end */
#define TAIL_PRICE 0.12    /* gap that is worth one length of tail cut away */

/* Width across the main direction, from the second moments of the points. */
static double
narrow_extent (const SgPoint *points, guint n)
{
  double sx = 0, sy = 0, sxx = 0, sxy = 0, syy = 0;

  for (guint i = 0; i < n; i++)
    {
      double x = points[i].x - points[0].x, y = points[i].y - points[0].y;

      sx += x, sy += y, sxx += x * x, sxy += x * y, syy += y * y;
    }
  sxx = sxx / n - sx * sx / n / n, syy = syy / n - sy * sy / n / n, sxy = sxy / n - sx * sy / n / n;
  double small = (sxx + syy) / 2 - hypot ((sxx - syy) / 2, sxy);
  return small > 0 ? 2 * sqrt (small) : 0;
}

static guint
choose_count (const SgPoint *points, guint n, double length, double size, double width)
{
  double across = MAX (narrow_extent (points, n), width);
  double step = MIN (size * SPACING, across / POINTS_ACROSS);

  /* A line has no narrow side to resolve. */
  if (length < 1.1 * size && across < 0.1 * size)
    step = size * SPACING;
  return CLAMP (length / step, MIN_POINTS, SG_PATH_MAX - 1) + 1;
}

static void
resample (SgPath *path, const SgPoint *points, const double *t, guint n, double *times)
{
  double step = path->length / (path->n - 1), done = 0;
  guint k = 1;

  path->points[0] = points[0];
  times[0] = t ? t[0] : 0;
  for (guint i = 1; i < n && k < path->n; i++)
    {
      double d = sg_point_distance (points[i - 1], points[i]);

      while (k < path->n - 1 && d > 0 && done + d >= k * step)
        {
          double f = (k * step - done) / d;

          path->points[k] = sg_point_lerp (points[i - 1], points[i], f);
          times[k++] = t ? t[i - 1] + (t[i] - t[i - 1]) * f : 0;
        }
      done += d;
    }
  for (; k < path->n; k++)
    {
      path->points[k] = points[n - 1];
      times[k] = t ? t[n - 1] : 0;
    }
}

static void
measure_slowness (SgPath *path, const double *times)
{
  double usual = (times[path->n - 1] - times[0]) / (path->n - 1);

  for (guint i = 0; i < path->n; i++)
    {
      guint a = i > 0 ? i - 1 : 0, b = MIN (i + 1, path->n - 1);
      double took = (times[b] - times[a]) / (b - a);

      path->slow[i] = usual > 0 && took > usual ? 1 - usual / took : 0;
    }
}

static void
measure (SgPath *path)
{
  path->length = sg_path_length (path->points, path->n);
  path->bounds = sg_points_bounds (path->points, path->n);
  path->size = MAX (sg_rect_diagonal (path->bounds), path->width);
  path->gap = sg_point_distance (path->points[0], path->points[path->n - 1]);
}

void
sg_path_init (SgPath *path, const SgPoint *points, const double *t, guint n, double width)
{
  double times[SG_PATH_MAX];

  path->width = width;
  path->length = sg_path_length (points, n);
  path->grain = path->length / MAX (n - 1, 1);
  path->size = sg_rect_diagonal (sg_points_bounds (points, n));
  if (path->length > 0)
    {
      path->n = choose_count (points, n, path->length, path->size, width);
      resample (path, points, t, n, times);
      measure_slowness (path, times);
    }
  else
    {
      path->n = 2;
      path->points[0] = path->points[1] = points[0];
      path->slow[0] = path->slow[1] = 0;
    }
  measure (path);
}

void
sg_path_init_from_ink (SgPath *path, const SgInk *ink)
{
  sg_path_init (path, ink->points, ink->t, ink->n, ink->width);
}

void
sg_path_reverse (SgPath *path, const SgPath *from)
{
  *path = *from;
  for (guint i = 0; i < from->n; i++)
    {
      path->points[i] = from->points[from->n - 1 - i];
      path->slow[i] = from->slow[from->n - 1 - i];
    }
}

double
sg_path_trim_loop (SgPath *path, const SgPath *from)
{
  guint n = from->n, tail = n * TAIL, first = 0, last = n - 1;
  double step = from->length / (n - 1), best = from->gap;

  for (guint i = 0; i <= tail; i++)
    for (guint j = n - 1 - tail; j < n; j++)
      {
        double price = sg_point_distance (from->points[i], from->points[j]) +
                       TAIL_PRICE * step * (i + (n - 1 - j));

        if (i < j && price < best)
          best = price, first = i, last = j;
      }
  guint kept = last - first + 1;
  *path = *from;
  path->n = MAX (kept, 2);
  memmove (path->points, from->points + first, kept * sizeof (SgPoint));
  memmove (path->slow, from->slow + first, kept * sizeof (double));
  measure (path);
  return path->gap;
}

/* From direction u to direction v as seen on the page: y runs down, so the cross product is negated. */
SgPoint
sg_path_bend (const SgPath *path, guint i, guint reach)
{
  guint a = i > reach ? i - reach : 0, b = MIN (i + reach, path->n - 1);

  if (a == i || b == i)
    return SG_POINT (0, 0);
  SgPoint u = sg_point_sub (path->points[i], path->points[a]);
  SgPoint v = sg_point_sub (path->points[b], path->points[i]);
  return SG_POINT (sg_point_dot (u, v), -sg_point_cross (u, v));
}

double
sg_path_turn (const SgPath *path, guint i, guint reach)
{
  return sg_bend_angle (sg_path_bend (path, i, reach));
}

/* By counting how often the path passes the ray that points away from its start, so that one arc tangent
 * does for all points. */
double
sg_points_sweep (const SgPoint *points, guint n, SgPoint center)
{
  SgPoint start = sg_point_sub (points[0], center), from = { sg_point_dot (start, start), 0 };
  int turns = 0;

  for (guint i = 1; i < n; i++)
    {
      SgPoint d = sg_point_sub (points[i], center);
      SgPoint to = { sg_point_dot (start, d), sg_point_cross (start, d) };
      gboolean down = to.y >= 0;

      if ((from.y >= 0) != down && (down ? sg_point_cross (from, to) < 0 : sg_point_cross (from, to) > 0))
        turns += down ? -1 : 1;
      from = to;
    }
  return -(atan2 (from.y, from.x) + 2 * G_PI * turns);
}
