/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The places to snap to are gathered for each question: a page has few thousand at most, and only what moves
 * little is compared with all of them. */
#include "app/snapping.h"

#define END_REACH 10.0 /* pixels */
#define GRID_REACH 6.0
#define ANGLE_STEP (G_PI / 12)
#define ANGLE_REACH (G_PI / 45) /* 4 degrees */
#define CLOSED 0.15             /* distance of the ends, of the bounds' diagonal, where there are none */
#define MAX_OWN 200             /* ends of what is moved; more are moved without snapping to ends */

static gboolean
has_ends (const SgStroke *stroke, SgPoint ends[2])
{
  guint n = 0;
  const SgInkPoint *points = sg_stroke_get_points (stroke, &n);
  SgRect bounds = sg_stroke_get_bounds (stroke);

  ends[0] = SG_POINT (points[0].x, points[0].y);
  ends[1] = SG_POINT (points[n - 1].x, points[n - 1].y);
  return sg_point_distance (ends[0], ends[1]) > CLOSED * hypot (bounds.width, bounds.height);
}

/* Ends of strokes and handles of marks, those that are selected or those that are not. */
static GArray *
gather_ends (const SgPage *page, const SgReading *reading, const SgSelection *selection, gboolean selected)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (SgPoint));
  SgPoint ends[2];
  SgHandlePlace handles[SG_N_HANDLES];

  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    {
      SgStroke *stroke = sg_page_get_stroke (page, i);
      gboolean is_selected = selection != NULL && sg_selection_contains (selection, stroke);

      if (is_selected == selected && has_ends (stroke, ends))
        g_array_append_vals (places, ends, 2);
    }
  for (guint i = 0; reading != NULL && i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *element = sg_reading_element (reading, i);
      gboolean is_selected = selection != NULL && sg_selection_contains_mark (selection, element);
      guint n = is_selected == selected ? sg_handles_of (element, handles) : 0;

      for (guint k = 0; k < n; k++)
        g_array_append_val (places, handles[k].at);
    }
  return places;
}

/* The nearest of `places` within `reach`; FALSE where there is none. */
static gboolean
find_near (const GArray *places, SgPoint at, double reach, SgPoint *near)
{
  double nearest = reach;
  gboolean found = FALSE;

  for (guint i = 0; i < places->len; i++)
    {
      SgPoint place = g_array_index (places, SgPoint, i);
      double distance = sg_point_distance (place, at);

      if (distance > nearest)
        continue;
      nearest = distance;
      *near = place;
      found = TRUE;
    }
  return found;
}

/* Each coordinate by itself, so that a line along the grid stays along it. */
static SgPoint
snap_to_grid (const SgSnapping *snapping, SgPoint at)
{
  SgPoint on = SG_POINT (round (at.x / SG_GRID) * SG_GRID, round (at.y / SG_GRID) * SG_GRID);
  double reach = MIN (GRID_REACH / snapping->zoom, SG_GRID / 2);

  if (!snapping->grid)
    return at;
  return SG_POINT (fabs (on.x - at.x) <= reach ? on.x : at.x, fabs (on.y - at.y) <= reach ? on.y : at.y);
}

double
sg_snap_angle (const SgSnapping *snapping, double angle)
{
  double whole = round (angle / ANGLE_STEP) * ANGLE_STEP;

  return snapping->on && fabs (whole - angle) <= ANGLE_REACH ? whole : angle;
}

/* Turns the line about `from` where it is nearly at a whole angle; FALSE where it is not. */
static gboolean
snap_direction (const SgSnapping *snapping, SgPoint from, SgPoint *to)
{
  SgPoint way = sg_point_sub (*to, from);
  double angle = atan2 (way.y, way.x), whole = sg_snap_angle (snapping, angle);
  double length = sg_point_norm (way) * cos (whole - angle);

  if (whole == angle)
    return FALSE;
  *to = sg_point_add (from, SG_POINT (length * cos (whole), length * sin (whole)));
  return TRUE;
}

SgPoint
sg_snap_point (const SgPage *page, const SgReading *reading, const SgSnapping *snapping, SgPoint at)
{
  g_autoptr (GArray) places = NULL;
  SgPoint near;

  if (!snapping->on)
    return at;
  places = gather_ends (page, reading, NULL, FALSE);
  return find_near (places, at, END_REACH / snapping->zoom, &near) ? near : snap_to_grid (snapping, at);
}

void
sg_snap_line (const SgPage *page,
              const SgReading *reading,
              const SgSnapping *snapping,
              SgPoint *from,
              SgPoint *to)
{
  g_autoptr (GArray) places = NULL;
  double reach = END_REACH / snapping->zoom;

  if (!snapping->on)
    return;
  places = gather_ends (page, reading, NULL, FALSE);
  if (!find_near (places, *from, reach, from))
    *from = snap_to_grid (snapping, *from);
  if (find_near (places, *to, reach, to) && sg_point_distance (*from, *to) > 0)
    return;
  if (!snap_direction (snapping, *from, to))
    *to = snap_to_grid (snapping, *to);
}

/* The smallest move that brings one of `own`, moved, onto one of `others`. */
static gboolean
find_meeting (const GArray *own, const GArray *others, SgPoint by, double reach, SgPoint *more)
{
  double nearest = reach;
  gboolean found = FALSE;

  for (guint i = 0; i < own->len; i++)
    {
      SgPoint at = sg_point_add (g_array_index (own, SgPoint, i), by), on = at;

      if (!find_near (others, at, nearest, &on))
        continue;
      *more = sg_point_sub (on, at);
      nearest = sg_point_norm (*more);
      found = TRUE;
    }
  return found;
}

SgPoint
sg_snap_move (const SgPage *page,
              const SgReading *reading,
              const SgSelection *selection,
              const SgSnapping *snapping,
              SgPoint by)
{
  SgRect bounds = sg_selection_get_bounds (selection);
  SgPoint corner = sg_point_add (SG_POINT (bounds.x, bounds.y), by), more = by;

  if (!snapping->on)
    return by;
  g_autoptr (GArray) own = gather_ends (page, reading, selection, TRUE);
  g_autoptr (GArray) others = own->len <= MAX_OWN ? gather_ends (page, reading, selection, FALSE) : NULL;
  if (others != NULL && find_meeting (own, others, by, END_REACH / snapping->zoom, &more))
    return sg_point_add (by, more);
  return sg_point_add (by, sg_point_sub (snap_to_grid (snapping, corner), corner));
}
