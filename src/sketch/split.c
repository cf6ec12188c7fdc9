/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Along a straight line the distance to the eraser's way is a convex function, so that what it covers of the
 * line between two points of ink is one stretch: its nearest point is searched for, then both its ends. */
#include "sketch/split.h"

#define N_STEPS 40 /* of a search: to 1e-7 of the line, or finer */

typedef struct
{
  SgPoint from, to;
  double radius;
} Swept;

typedef struct
{
  SgStroke *stroke;
  GArray *piece; /* SgInkPoint */
  GPtrArray *pieces;
} Split;

static SgPoint
place (SgInkPoint p)
{
  return SG_POINT (p.x, p.y);
}

static double
distance_at (const Swept *swept, SgPoint a, SgPoint b, double s)
{
  return sg_segment_distance (swept->from, swept->to, sg_point_lerp (a, b, s), NULL);
}

static double
find_nearest (const Swept *swept, SgPoint a, SgPoint b)
{
  double low = 0, high = 1;

  for (int i = 0; i < N_STEPS; i++)
    {
      double one = low + (high - low) / 3, other = high - (high - low) / 3;

      if (distance_at (swept, a, b, one) < distance_at (swept, a, b, other))
        high = other;
      else
        low = one;
    }
  return (low + high) / 2;
}

/* Where the line leaves the eraser between `inside` and `outside`; `outside` itself where that is covered. */
static double
find_edge (const Swept *swept, SgPoint a, SgPoint b, double inside, double outside)
{
  if (distance_at (swept, a, b, outside) <= swept->radius)
    return outside;
  for (int i = 0; i < N_STEPS; i++)
    {
      double middle = (inside + outside) / 2;

      if (distance_at (swept, a, b, middle) <= swept->radius)
        inside = middle;
      else
        outside = middle;
    }
  return outside;
}

/* What is covered of the line a - b, as shares of it; FALSE: nothing. */
static gboolean
find_covered (const Swept *swept, SgPoint a, SgPoint b, double *first, double *last)
{
  SgRect reach = sg_rect_grow (sg_points_bounds ((SgPoint[]){ swept->from, swept->to }, 2), swept->radius);
  double nearest;

  if (!sg_rect_overlaps (sg_points_bounds ((SgPoint[]){ a, b }, 2), reach))
    return FALSE;
  nearest = find_nearest (swept, a, b);
  if (distance_at (swept, a, b, nearest) > swept->radius)
    return FALSE;
  *first = find_edge (swept, a, b, nearest, 0);
  *last = find_edge (swept, a, b, nearest, 1);
  return TRUE;
}

static SgInkPoint
ink_at (SgInkPoint a, SgInkPoint b, double s)
{
  SgPoint at = sg_point_lerp (place (a), place (b), s);

  return (SgInkPoint){ sg_ink_round (at.x), sg_ink_round (at.y),
                       round ((a.pressure + s * (b.pressure - a.pressure)) * 1000) / 1000,
                       a.t + s * (b.t - a.t) };
}

static void
end_piece (Split *split)
{
  SgInkPoint *points = (SgInkPoint *)split->piece->data;
  guint n = split->piece->len;
  double length = 0, start = n > 0 ? points[0].t : 0;

  for (guint i = 1; i < n; i++)
    length += sg_point_distance (place (points[i - 1]), place (points[i]));
  for (guint i = 0; i < n; i++)
    points[i].t = sg_ink_round (points[i].t - start);
  if (n > 1 && length >= sg_stroke_get_width (split->stroke))
    g_ptr_array_add (split->pieces,
                     sg_stroke_new (sg_stroke_get_width (split->stroke), sg_stroke_get_tool (split->stroke),
                                    points, n, json_incref ((json_t *)sg_stroke_get_extra (split->stroke))));
  g_array_set_size (split->piece, 0);
}

/* From `a`, which is in the piece unless it is covered, to `b`. Returns whether anything was covered. */
static gboolean
follow_line (Split *split, const Swept *swept, SgInkPoint a, SgInkPoint b)
{
  double first, last;
  gboolean covered = find_covered (swept, place (a), place (b), &first, &last);

  if (covered && first > 0)
    {
      SgInkPoint end = ink_at (a, b, first);

      g_array_append_val (split->piece, end);
    }
  if (covered)
    end_piece (split);
  if (covered && last < 1)
    {
      SgInkPoint begin = ink_at (a, b, last);

      g_array_append_val (split->piece, begin);
    }
  if (!covered || last < 1)
    g_array_append_val (split->piece, b);
  return covered;
}

GPtrArray *
sg_stroke_split (SgStroke *stroke, SgPoint from, SgPoint to, double radius)
{
  guint n = 0;
  const SgInkPoint *points = sg_stroke_get_points (stroke, &n);
  g_autoptr (GArray) piece = g_array_new (FALSE, FALSE, sizeof (SgInkPoint));
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_stroke_unref);
  Split split = { stroke, piece, pieces };
  Swept swept = { from, to, radius };
  gboolean covered = sg_segment_distance (from, to, place (points[0]), NULL) <= radius;

  if (!covered)
    g_array_append_val (piece, points[0]);
  for (guint i = 1; i < n; i++)
    covered |= follow_line (&split, &swept, points[i - 1], points[i]);
  end_piece (&split);
  return covered ? g_steal_pointer (&pieces) : NULL;
}
