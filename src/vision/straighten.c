/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Straightening: the stroke is read alone on a page, and the outline of what it is becomes ink. */
#include "vision/straighten.h"

#include "sketch/page.h"
#include "sketch/ruled-shape.h"
#include "vision/analyze.h"

#define MAX_POINTS 4000 /* reading more would be felt */
#define MAX_OUTLINE 256
#define MIN_SIZE 12.0 /* page units: a dot is as it is meant */
#define SURE 0.5

static gboolean
is_primitive (SgKind kind)
{
  switch (kind)
    {
    case SG_KIND_LINE:
    case SG_KIND_POLYLINE:
    case SG_KIND_ARC:
    case SG_KIND_CIRCLE:
    case SG_KIND_ELLIPSE:
    case SG_KIND_RECTANGLE:
    case SG_KIND_TRIANGLE:
    case SG_KIND_POLYGON:
      return TRUE;
    default:
      return FALSE;
    }
}

static SgReading *
read_alone (SgStroke *stroke)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  sg_page_builder_take_stroke (builder, sg_stroke_ref (stroke));
  g_autoptr (SgPage) page = sg_page_builder_end (builder);
  return sg_analyze (page, NULL, NULL);
}

SgStroke *
sg_straighten (SgStroke *stroke)
{
  guint n = 0;
  g_autoptr (SgReading) reading = NULL;
  SgPoint outline[MAX_OUTLINE];

  sg_stroke_get_points (stroke, &n);
  if (n > MAX_POINTS || sg_rect_diagonal (sg_stroke_get_bounds (stroke)) < MIN_SIZE)
    return NULL;
  reading = read_alone (stroke);
  if (reading == NULL || sg_reading_n_elements (reading) != 1)
    return NULL;

  const SgElement *element = sg_reading_element (reading, 0);
  n = sg_geometry_outline (element->kind, &element->geometry, outline, MAX_OUTLINE);
  if (!is_primitive (element->kind) || element->confidence < SURE || n < 2)
    return NULL;

  g_autoptr (GArray) ink = g_array_new (FALSE, FALSE, sizeof (SgInkPoint));
  SgInkPoint first = { outline[0].x, outline[0].y, NAN, NAN };
  g_array_append_val (ink, first);
  for (guint i = 1; i < n; i++)
    sg_ink_add_line (ink, outline[i]);
  if (sg_kind_is_closed (element->kind))
    sg_ink_add_line (ink, outline[0]);
  return sg_stroke_new (sg_stroke_get_width (stroke), sg_stroke_get_tool (stroke),
                        (const SgInkPoint *)ink->data, ink->len, NULL);
}
