/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One stroke: a single block that holds the points, never changed after it was made. */
#include "sketch/page-private.h"

struct _SgStroke
{
  gatomicrefcount ref_count;
  double width;
  char *tool;
  json_t *extra;
  SgRect bounds;
  gpointer digest; /* sg_stroke_digest_place () */
  guint n_points;
  SgInkPoint points[]; /* n_points */
};

static SgRect
points_bounds (const SgInkPoint *points, guint n_points)
{
  double x0 = points[0].x, x1 = x0, y0 = points[0].y, y1 = y0;

  for (guint i = 1; i < n_points; i++)
    {
      x0 = MIN (x0, points[i].x), x1 = MAX (x1, points[i].x);
      y0 = MIN (y0, points[i].y), y1 = MAX (y1, points[i].y);
    }
  return (SgRect){ x0, y0, x1 - x0, y1 - y0 };
}

SgStroke *
sg_stroke_new (double width, const char *tool, const SgInkPoint *points, guint n_points, json_t *extra)
{
  g_return_val_if_fail (points != NULL && n_points > 0, NULL);

  SgStroke *stroke = g_malloc (sizeof *stroke + n_points * sizeof *points);
  g_atomic_ref_count_init (&stroke->ref_count);
  stroke->width = width;
  stroke->tool = g_strdup (tool ? tool : "pen");
  stroke->extra = extra;
  stroke->digest = NULL;
  stroke->bounds = points_bounds (points, n_points);
  stroke->n_points = n_points;
  for (guint i = 0; i < n_points; i++)
    {
      stroke->points[i] = points[i];
      if (isnan (points[i].pressure) && !isnan (points[i].t))
        stroke->points[i].pressure = 1;
    }
  return stroke;
}

SgStroke *
sg_stroke_ref (SgStroke *stroke)
{
  g_atomic_ref_count_inc (&stroke->ref_count);
  return stroke;
}

void
sg_stroke_unref (SgStroke *stroke)
{
  if (!g_atomic_ref_count_dec (&stroke->ref_count))
    return;
  g_free (stroke->tool);
  g_free (stroke->digest);
  json_decref (stroke->extra);
  g_free (stroke);
}

const SgInkPoint *
sg_stroke_get_points (const SgStroke *stroke, guint *n_points)
{
  *n_points = stroke->n_points;
  return stroke->points;
}

gpointer *
sg_stroke_digest_place (const SgStroke *stroke)
{
  return &((SgStroke *)stroke)->digest;
}

double
sg_stroke_get_width (const SgStroke *stroke)
{
  return stroke->width;
}

const char *
sg_stroke_get_tool (const SgStroke *stroke)
{
  return stroke->tool;
}

const json_t *
sg_stroke_get_extra (const SgStroke *stroke)
{
  return stroke->extra;
}

SgRect
sg_stroke_get_bounds (const SgStroke *stroke)
{
  return stroke->bounds;
}

double
sg_stroke_distance (const SgStroke *stroke, SgPoint p)
{
  SgPoint a = SG_POINT (stroke->points[0].x, stroke->points[0].y);
  double nearest = sg_point_distance (a, p);

  for (guint i = 1; i < stroke->n_points; i++)
    {
      SgPoint b = SG_POINT (stroke->points[i].x, stroke->points[i].y);

      nearest = MIN (nearest, sg_segment_distance (a, b, p, NULL));
      a = b;
    }
  return nearest;
}
