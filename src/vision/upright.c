/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Points go through the map itself, sizes and angles through its derivative in the mark's middle. */
#include "vision/upright.h"

#include "vision/ink.h"

static SgPoint
map_point (const SgPose *pose, gboolean to_page, SgPoint p)
{
  return to_page ? sg_pose_to_page (pose, p) : sg_pose_to_upright (pose, p);
}

/* The turn and the stretch that are nearest to a derivative. */
static double
turn_of (const double d[4])
{
  return atan2 (d[1] - d[2], d[0] + d[3]);
}

static double
stretch_of (const double d[4])
{
  return sqrt (fabs (d[0] * d[3] - d[1] * d[2]));
}

/* How much a length is stretched that lies at `angle`. */
static double
stretch_along (const double d[4], double angle)
{
  double x = cos (angle), y = -sin (angle);
  return hypot (d[0] * x + d[1] * y, d[2] * x + d[3] * y);
}

/* A rectangle keeps its middle and its right angles; each side is stretched on its own. */
static void
map_box (SgGeometry *g, const double d[4])
{
  double width = stretch_along (d, g->angle), height = stretch_along (d, g->angle + G_PI / 2);
  g->width *= width;
  g->height *= height;
  g->angle += turn_of (d);
}

/* A text's box stays level; its corner follows from its middle. */
static void
map_text (const SgPose *pose, gboolean to_page, SgGeometry *g, const double d[4])
{
  SgPoint middle = SG_POINT (g->from.x + g->width / 2, g->from.y + g->height / 2);
  middle = map_point (pose, to_page, middle);
  g->width *= stretch_of (d);
  g->height *= stretch_of (d);
  g->from = SG_POINT (middle.x - g->width / 2, middle.y - g->height / 2);
}

static void
map_geometry (const SgPose *pose, gboolean to_page, SgKind kind, SgGeometry *g)
{
  double d[4];
  SgPoint at = g->center;
  if (!pose->turned)
    return;
  if (kind == SG_KIND_TEXT)
    at = g->from;
  sg_pose_derivative (to_page ? pose->to_page : pose->to_upright, at, d);
  if (kind == SG_KIND_TEXT)
    {
      map_text (pose, to_page, g, d);
      return;
    }
  if (kind == SG_KIND_RECTANGLE)
    map_box (g, d);
  else
    {
      g->radius *= stretch_of (d);
      g->radius_minor *= stretch_of (d);
      g->width *= stretch_of (d);
      g->angle += turn_of (d);
      g->start = sg_angle_wrap (g->start + turn_of (d));
    }
  g->center = map_point (pose, to_page, g->center);
  g->from = map_point (pose, to_page, g->from);
  g->to = map_point (pose, to_page, g->to);
  for (guint i = 0; i < g->n_points; i++)
    g->points[i] = map_point (pose, to_page, g->points[i]);
}

void
sg_upright_geometry (const SgPose *pose, SgKind kind, SgGeometry *geometry)
{
  map_geometry (pose, FALSE, kind, geometry);
}

void
sg_upright_return_geometry (const SgPose *pose, SgKind kind, SgGeometry *geometry)
{
  map_geometry (pose, TRUE, kind, geometry);
}

void
sg_upright_ink (const SgPose *pose, GArray *ink)
{
  if (!pose->turned)
    return;
  for (guint i = 0; i < ink->len; i++)
    {
      SgInk *stroke = &g_array_index (ink, SgInk, i);
      double d[4];
      sg_pose_derivative (pose->to_upright, stroke->points[stroke->n / 2], d);
      stroke->width *= stretch_of (d);
      for (guint k = 0; k < stroke->n; k++)
        stroke->points[k] = sg_pose_to_upright (pose, stroke->points[k]);
      sg_ink_measure (stroke);
    }
}

void
sg_upright_return_reading (SgReading *reading)
{
  const SgPose *pose = &reading->pose;
  if (!pose->turned)
    return;
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      SgElement *element = sg_reading_element (reading, i);
      sg_upright_return_geometry (pose, element->kind, &element->geometry);
      for (guint k = 0; k < element->n_alternatives; k++)
        sg_upright_return_geometry (pose, element->alternatives[k].kind, &element->alternatives[k].geometry);
    }
  for (guint i = 0; i < sg_reading_n_relations (reading); i++)
    {
      SgRelation *relation = &g_array_index (reading->relations, SgRelation, i);
      relation->point = sg_pose_to_page (pose, relation->point);
    }
}
