/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Handles and snapping. */
#include "vision/handles.h"

#define MAX_OUTLINE 256

static gboolean
has_ends (const SgElement *element)
{
  switch (element->kind)
    {
    case SG_KIND_LINE:
    case SG_KIND_POLYLINE:
    case SG_KIND_CURVE:
    case SG_KIND_SPRING:
    case SG_KIND_DAMPER:
    case SG_KIND_ARROW:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
has_center (const SgElement *element)
{
  return element->role == SG_ROLE_PIN || element->kind == SG_KIND_CROSS;
}

guint
sg_handles_of (const SgElement *element, SgHandlePlace *places)
{
  SgPoint outline[MAX_OUTLINE];
  guint n = sg_geometry_outline (element->kind, &element->geometry, outline, MAX_OUTLINE);

  if (n == 0 || element->n_strokes == 0)
    return 0;
  if (has_ends (element))
    {
      places[0] = (SgHandlePlace){ SG_HANDLE_FROM, outline[0] };
      places[1] = (SgHandlePlace){ SG_HANDLE_TO, outline[n - 1] };
      return 2;
    }
  if (!has_center (element))
    return 0;
  places[0] = (SgHandlePlace){ SG_HANDLE_CENTER, sg_rect_center (sg_points_bounds (outline, n)) };
  return 1;
}

/* Marks that nothing holds on to. */
static gboolean
is_target (const SgElement *element)
{
  switch (element->role)
    {
    case SG_ROLE_LABEL:
    case SG_ROLE_DECORATION:
    case SG_ROLE_TRACE:
    case SG_ROLE_FORCE:
    case SG_ROLE_VELOCITY:
    case SG_ROLE_GRAVITY:
    case SG_ROLE_MOTOR:
      return FALSE;
    default:
      return TRUE;
    }
}

/* The places of a mark that draw a handle to them: its ends, its middle where it is round. */
static guint
strong_points (const SgElement *element, const SgPoint *outline, guint n, SgPoint *points)
{
  if (has_ends (element))
    {
      points[0] = outline[0];
      points[1] = outline[n - 1];
      return 2;
    }
  if (element->kind != SG_KIND_CIRCLE && element->role != SG_ROLE_PIN)
    return 0;
  points[0] = sg_rect_center (sg_points_bounds (outline, n));
  return 1;
}

/* Takes the point where it is nearer than what was found so far. */
static void
offer (SgSnap *snap, double *least, guint element, SgPoint point, SgPoint at)
{
  double distance = sg_point_distance (point, at);

  if (distance > *least)
    return;
  *least = distance;
  *snap = (SgSnap){ point, element };
}

SgSnap
sg_handle_snap (const SgReading *reading, guint element, SgPoint at, double reach)
{
  SgSnap strong = { at, -1 }, weak = { at, -1 };
  double strong_least = reach, weak_least = reach;

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *other = sg_reading_element (reading, i);
      SgPoint outline[MAX_OUTLINE], points[2];
      guint n = sg_geometry_outline (other->kind, &other->geometry, outline, MAX_OUTLINE);

      if (i == element || n == 0 || !is_target (other))
        continue;
      for (guint k = strong_points (other, outline, n, points); k-- > 0;)
        offer (&strong, &strong_least, i, points[k], at);
      SgPoint nearest = sg_path_nearest (outline, n, sg_kind_is_closed (other->kind), at);
      offer (&weak, &weak_least, i, nearest, at);
    }
  return strong.element >= 0 ? strong : weak;
}
