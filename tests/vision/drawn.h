/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Readings made by hand, as the recogniser would give them, for tests of what comes after it. Each function
 * returns the element's index. */
#pragma once

#include "vision/reading.h"

static inline guint
drawn_mark (SgReading *reading, SgKind kind, SgGeometry geometry)
{
  SgElement *element = sg_reading_add_element (reading, kind, SG_ROLE_BODY, 0.95);

  element->geometry = geometry;
  element->line_width = 3;
  return sg_reading_n_elements (reading) - 1;
}

static inline guint
drawn_line (SgReading *reading, double x1, double y1, double x2, double y2)
{
  return drawn_mark (reading, SG_KIND_LINE, (SgGeometry){ .from = { x1, y1 }, .to = { x2, y2 } });
}

static inline guint
drawn_circle (SgReading *reading, double x, double y, double radius)
{
  return drawn_mark (reading, SG_KIND_CIRCLE, (SgGeometry){ .center = { x, y }, .radius = radius });
}

static inline guint
drawn_box (SgReading *reading, double x, double y, double width, double height)
{
  return drawn_mark (reading, SG_KIND_RECTANGLE,
                     (SgGeometry){ .center = { x, y }, .width = width, .height = height });
}

static inline guint
drawn_triangle (SgReading *reading, SgPoint a, SgPoint b, SgPoint c)
{
  SgGeometry g = { .points = g_new (SgPoint, 3), .n_points = 3 };

  g.points[0] = a;
  g.points[1] = b;
  g.points[2] = c;
  return drawn_mark (reading, SG_KIND_TRIANGLE, g);
}

static inline guint
drawn_spring (SgReading *reading, double x1, double y1, double x2, double y2)
{
  return drawn_mark (reading, SG_KIND_SPRING,
                     (SgGeometry){ .from = { x1, y1 }, .to = { x2, y2 }, .turns = 5 });
}

static inline guint
drawn_arrow (SgReading *reading, double x1, double y1, double x2, double y2)
{
  return drawn_mark (reading, SG_KIND_ARROW, (SgGeometry){ .from = { x1, y1 }, .to = { x2, y2 } });
}

static inline guint
drawn_turn_arrow (SgReading *reading, double x, double y, double radius, double sweep)
{
  return drawn_mark (reading, SG_KIND_TURN_ARROW,
                     (SgGeometry){ .center = { x, y }, .radius = radius, .start = 2, .sweep = sweep });
}

static inline guint
drawn_cross (SgReading *reading, double x, double y, double size)
{
  return drawn_mark (reading, SG_KIND_CROSS, (SgGeometry){ .center = { x, y }, .width = size });
}

/* A line with hatching `depth` below it (above where negative); returns the line. */
static inline guint
drawn_hatched (SgReading *reading, double x1, double y1, double x2, double y2, double depth)
{
  guint line = drawn_line (reading, x1, y1, x2, y2);

  drawn_mark (reading, SG_KIND_HATCHING,
              (SgGeometry){
                .from = { x1, y1 }, .to = { x2, y2 }, .center = { (x1 + x2) / 2, (y1 + y2) / 2 + depth } });
  return line;
}
