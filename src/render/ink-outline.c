/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The area is the union of a four-cornered piece a segment and of discs. Two pieces share the edge between
 * them where the line bends little; elsewhere, and at both ends, a disc is over the gap. Invariant: all
 * pieces turn the same way round, so that by the winding rule what lies over another adds to it. */
#include "render/ink-outline.h"

#include "render/ink-paint.h"

#define SMOOTH 0.95 /* cosine of the bend up to which two pieces share an edge: 18 degrees */
#define NOWHERE 1e-6

typedef struct
{
  SgPoint at;
  double radius;
} Nib;

static void
add_disc (cairo_t *cr, Nib nib)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, nib.at.x, nib.at.y, nib.radius, 0, 2 * G_PI);
  cairo_close_path (cr);
}

/* Between two edges, each through a nib's middle along `across` (of length 1). */
static void
add_piece (cairo_t *cr, Nib from, SgPoint across_from, Nib to, SgPoint across_to)
{
  SgPoint arm = sg_point_scale (across_from, from.radius), other = sg_point_scale (across_to, to.radius);
  SgPoint corners[4] = { sg_point_add (from.at, arm), sg_point_add (to.at, other),
                         sg_point_sub (to.at, other), sg_point_sub (from.at, arm) };
  gboolean turned = sg_polygon_area (corners, 4) < 0;

  for (int i = 0; i < 4; i++)
    {
      SgPoint corner = corners[turned ? 3 - i : i];

      if (i == 0)
        cairo_move_to (cr, corner.x, corner.y);
      else
        cairo_line_to (cr, corner.x, corner.y);
    }
  cairo_close_path (cr);
}

/* The nibs without those that lie on the one before, which grows instead. */
static guint
take_nibs (const SgInkPoint *points, guint n_points, double width, Nib *nibs)
{
  guint n = 0;

  for (guint i = 0; i < n_points; i++)
    {
      Nib nib = { SG_POINT (points[i].x, points[i].y), sg_ink_paint_width_at (&points[i], width) / 2 };

      if (n > 0 && sg_point_distance (nibs[n - 1].at, nib.at) < NOWHERE)
        nibs[n - 1].radius = MAX (nibs[n - 1].radius, nib.radius);
      else
        nibs[n++] = nib;
    }
  return n;
}

static SgPoint
across (Nib from, Nib to)
{
  SgPoint along = sg_point_sub (to.at, from.at);

  return sg_point_scale (SG_POINT (-along.y, along.x), 1 / sg_point_norm (along));
}

/* The edge that both pieces at a nib share; FALSE where it bends too much for one. */
static gboolean
share_edge (SgPoint before, SgPoint after, SgPoint *edge)
{
  if (sg_point_dot (before, after) < SMOOTH)
    return FALSE;
  SgPoint sum = sg_point_add (before, after);
  *edge = sg_point_scale (sum, 1 / sg_point_norm (sum));
  return TRUE;
}

void
sg_ink_outline_trace (cairo_t *cr, const SgInkPoint *points, guint n_points, double width)
{
  g_autofree Nib *nibs = g_new (Nib, n_points);
  guint n = take_nibs (points, n_points, width, nibs);
  SgPoint edge = { 0 };
  gboolean shared = FALSE; /* with the piece before */

  if (n == 0)
    return;
  for (guint i = 0; i + 1 < n; i++)
    {
      SgPoint side = across (nibs[i], nibs[i + 1]), end = side;
      SgPoint begin = shared ? edge : side;

      if (!shared)
        add_disc (cr, nibs[i]);
      shared = i + 2 < n && share_edge (side, across (nibs[i + 1], nibs[i + 2]), &end);
      add_piece (cr, nibs[i], begin, nibs[i + 1], end);
      edge = end;
    }
  add_disc (cr, nibs[n - 1]);
}
