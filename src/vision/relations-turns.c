/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Arcs about a pin or a wheel with something small at one end: turn-arrows whose heads could not be made out
 * by themselves, as in pictures where they run together with what they cross. Before there is a layout. */
#include "vision/relations-private.h"

#define LEAST_SWEEP (85 * G_PI / 180) /* the notation's quarter of a turn, as a hand draws it */
/* Of the arc's radius. */
#define OFF_CENTER 0.3
#define LARGEST_HUB 0.9
#define NEAR_END 0.35      /* a piece of the head to the arc's end */
#define LARGEST_PIECE 0.65 /* of a head */
#define SMALLEST_PIECE 0.12
#define CONFIDENCE 0.8
#define ARC_CONFIDENCE 0.15 /* it may be an arc after all */

static guint
outline_of (const SgElement *element, SgPoint *points, guint room)
{
  return sg_geometry_outline (element->kind, &element->geometry, points, room);
}

/* Whether a circle lies about the arc's centre and within it. */
static gboolean
has_hub (const SgReading *reading, const SgGeometry *arc)
{
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *hub = sg_reading_element (reading, i);

      if ((hub->kind == SG_KIND_CIRCLE || hub->kind == SG_KIND_ELLIPSE) &&
          hub->geometry.radius < LARGEST_HUB * arc->radius &&
          sg_point_distance (hub->geometry.center, arc->center) < OFF_CENTER * arc->radius)
        return TRUE;
    }
  return FALSE;
}

static SgPoint
arc_end (const SgGeometry *arc, gboolean last)
{
  double angle = arc->start + (last ? arc->sweep : 0);

  return sg_point_add (arc->center, SG_POINT (arc->radius * cos (angle), -arc->radius * sin (angle)));
}

/* Whether the mark is small, open, and near enough to be of a head at `end`. */
static gboolean
is_piece (const SgElement *element, const SgGeometry *arc, SgPoint end)
{
  SgPoint points[64];

  if ((element->kind != SG_KIND_LINE && element->kind != SG_KIND_POLYLINE && element->kind != SG_KIND_CURVE &&
       element->kind != SG_KIND_ARC) ||
      element->correction)
    return FALSE;
  guint n = outline_of (element, points, G_N_ELEMENTS (points));
  double size = sg_rect_diagonal (sg_points_bounds (points, n));
  if (size < SMALLEST_PIECE * arc->radius || size > LARGEST_PIECE * arc->radius)
    return FALSE;
  for (guint i = 0; i + 1 < n; i++)
    if (sg_segment_distance (points[i], points[i + 1], end, NULL) < NEAR_END * arc->radius)
      return TRUE;
  return FALSE;
}

static gboolean
has_head (const SgReading *reading, const SgGeometry *arc, gboolean last)
{
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    if (is_piece (sg_reading_element (reading, i), arc, arc_end (arc, last)))
      return TRUE;
  return FALSE;
}

/* The arc becomes a turn-arrow to its last end, and stays as what else it may be. */
static void
make_turn_arrow (SgElement *element, gboolean last)
{
  SgGeometry arc = element->geometry, *turn = &element->geometry;

  element->alternatives = g_renew (SgAlternative, element->alternatives, element->n_alternatives + 1);
  memmove (element->alternatives + 1, element->alternatives,
           element->n_alternatives * sizeof (SgAlternative));
  element->alternatives[0] = (SgAlternative){ SG_KIND_ARC, ARC_CONFIDENCE, arc };
  element->n_alternatives++;
  element->kind = SG_KIND_TURN_ARROW;
  element->confidence = CONFIDENCE;
  turn->from = arc_end (&arc, !last);
  turn->to = arc_end (&arc, last);
  if (last)
    return;
  turn->start = sg_angle_wrap (arc.start + arc.sweep);
  turn->sweep = -arc.sweep;
}

static void
absorb_head (SgReading *reading, guint arrow, SgPoint end)
{
  for (guint i = sg_reading_n_elements (reading); i-- > 0;)
    {
      SgElement *into = sg_reading_element (reading, arrow);

      if (i == arrow || !is_piece (sg_reading_element (reading, i), &into->geometry, end))
        continue;
      sg_element_absorb_strokes (into, sg_reading_element (reading, i));
      g_array_remove_index (reading->elements, i);
      arrow -= i < arrow;
    }
}

/* Makes a turn-arrow of one arc. FALSE where there is none left. */
static gboolean
merge_one (SgReading *reading)
{
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      SgElement *element = sg_reading_element (reading, i);
      const SgGeometry *arc = &element->geometry;

      if (element->kind != SG_KIND_ARC || element->correction || fabs (arc->sweep) < LEAST_SWEEP ||
          !has_hub (reading, arc))
        continue;
      gboolean first = has_head (reading, arc, FALSE), last = has_head (reading, arc, TRUE);
      if (first == last)
        continue;
      make_turn_arrow (element, last);
      absorb_head (reading, i, element->geometry.to);
      return TRUE;
    }
  return FALSE;
}

void
sg_turns_merge (SgReading *reading)
{
  while (merge_one (reading))
    ;
}
