/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Page strokes to ink; any thread. */
#include "vision/ink.h"

/* Below this a width is a writer's default of nought; the fits need some pen to measure noise against. */
#define MIN_WIDTH 0.1

void
sg_ink_clear (SgInk *ink)
{
  if (!ink->lent)
    {
      g_free (ink->points);
      g_free (ink->t);
    }
  ink->points = NULL;
  ink->t = NULL;
  ink->n = 0;
}

void
sg_ink_own (SgInk *ink)
{
  if (!ink->lent)
    return;
  ink->points = g_memdup2 (ink->points, ink->n * sizeof *ink->points);
  ink->t = g_memdup2 (ink->t, ink->t ? ink->n * sizeof *ink->t : 0);
  ink->id = 0;
  ink->lent = FALSE;
}

void
sg_ink_measure (SgInk *ink)
{
  ink->length = sg_path_length (ink->points, ink->n);
  ink->bounds = sg_points_bounds (ink->points, ink->n);
}

/* A resting pen repeats its place: those points have no direction and are left out. */
SgInk
sg_ink_from_stroke (const SgStroke *stroke, guint index)
{
  guint n_points, n = 0;
  const SgInkPoint *from = sg_stroke_get_points (stroke, &n_points);
  gboolean timed = TRUE;
  SgInk ink = {
    .points = g_new (SgPoint, n_points),
    .t = g_new (double, n_points),
    .stroke = index,
    .image = -1,
    .width = MAX (sg_stroke_get_width (stroke), MIN_WIDTH),
  };

  for (guint i = 0; i < n_points; i++)
    {
      SgPoint p = SG_POINT (from[i].x, from[i].y);

      if (n > 0 && p.x == ink.points[n - 1].x && p.y == ink.points[n - 1].y)
        continue;
      timed = timed && isfinite (from[i].t);
      ink.points[n] = p;
      ink.t[n++] = from[i].t;
    }
  if (!timed)
    g_clear_pointer (&ink.t, g_free);
  ink.n = n;
  sg_ink_measure (&ink);
  return ink;
}

GArray *
sg_ink_from_page (const SgPage *page)
{
  guint n = sg_page_get_n_strokes (page);
  GArray *ink = g_array_sized_new (FALSE, FALSE, sizeof (SgInk), n);

  g_array_set_clear_func (ink, (GDestroyNotify)sg_ink_clear);
  for (guint i = 0; i < n; i++)
    {
      SgInk one = sg_ink_from_stroke (sg_page_get_stroke (page, i), i);

      g_array_append_val (ink, one);
    }
  return ink;
}
