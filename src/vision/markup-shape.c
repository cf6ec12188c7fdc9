/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The shapes of a markup: paths, circles, pills, icons. */
#include "vision/markup-private.h"

#include <string.h>

#define CIRCLE_HANDLE 0.5522847498 /* of the radius: four Bezier curves that differ from a circle by 0.03 % */

SgMarkupMark *
sg_markup_begin_mark (SgMarkup *self, SgMarkupKind kind, guint index)
{
  SgMarkupMark mark = { .kind = kind, .index = index, .issue = -1, .first = self->shapes->len };

  g_array_append_val (self->marks, mark);
  return &g_array_index (self->marks, SgMarkupMark, self->marks->len - 1);
}

static guint
n_points (const SgMarkupSegment *segment)
{
  return segment->op == 'Z' ? 0 : segment->op == 'C' ? 3
                                                     : 1;
}

static SgRect
shape_bounds (const SgMarkup *self, const SgMarkupShape *shape)
{
  SgRect bounds = { 0 };
  gboolean any = FALSE;

  for (guint i = shape->first; i < shape->first + shape->n_segments; i++)
    {
      const SgMarkupSegment *segment = sg_markup_segment (self, i);
      SgRect rect;

      if (n_points (segment) == 0)
        continue;
      rect = sg_points_bounds (segment->points, n_points (segment));
      bounds = any ? sg_rect_union (bounds, rect) : rect;
      any = TRUE;
    }
  return sg_rect_grow (bounds, shape->width / 2 + 1);
}

void
sg_markup_end_mark (SgMarkup *self)
{
  SgMarkupMark *mark = &g_array_index (self->marks, SgMarkupMark, self->marks->len - 1);

  mark->n_shapes = self->shapes->len - mark->first;
  for (guint i = 0; i < mark->n_shapes; i++)
    {
      SgRect bounds = shape_bounds (self, sg_markup_shape (self, mark->first + i));

      mark->bounds = i > 0 ? sg_rect_union (mark->bounds, bounds) : bounds;
    }
  if (mark->n_shapes == 0)
    g_array_set_size (self->marks, self->marks->len - 1);
}

SgMarkupShape *
sg_markup_begin_stroke (SgMarkup *self, SgHue hue, double alpha, double width)
{
  SgMarkupShape shape = { .hue = hue, .alpha = alpha, .width = width, .first = self->segments->len };

  g_array_append_val (self->shapes, shape);
  return &g_array_index (self->shapes, SgMarkupShape, self->shapes->len - 1);
}

SgMarkupShape *
sg_markup_begin_fill (SgMarkup *self, SgHue hue, double alpha)
{
  return sg_markup_begin_stroke (self, hue, alpha, 0);
}

void
sg_markup_set_dashes (SgMarkupShape *shape, const double *dashes, guint n)
{
  shape->n_dashes = n;
  memcpy (shape->dashes, dashes, n * sizeof *dashes);
}

static void
add (SgMarkup *self, char op, SgPoint a, SgPoint b, SgPoint c)
{
  SgMarkupSegment segment = { op, { a, b, c } };

  g_array_append_val (self->segments, segment);
  g_array_index (self->shapes, SgMarkupShape, self->shapes->len - 1).n_segments++;
}

static void
add_point (SgMarkup *self, char op, SgPoint at)
{
  add (self, op, at, SG_POINT (0, 0), SG_POINT (0, 0));
}

void
sg_markup_add_path (SgMarkup *self, const SgPoint *points, guint n, gboolean closed)
{
  for (guint i = 0; i < n; i++)
    add_point (self, i == 0 ? 'M' : 'L', points[i]);
  if (closed && n > 0)
    add_point (self, 'Z', SG_POINT (0, 0));
}

void
sg_markup_add_segment (SgMarkup *self, SgPoint from, SgPoint to)
{
  sg_markup_add_path (self, (SgPoint[]){ from, to }, 2, FALSE);
}

/* A quarter of a circle from the angle `start`, clockwise as seen; the path is at its beginning. */
static void
add_quarter (SgMarkup *self, SgPoint center, double r, double start)
{
  double h = CIRCLE_HANDLE, c = r * cos (start), s = r * sin (start);

  add (self, 'C', SG_POINT (center.x + c - h * s, center.y + s + h * c),
       SG_POINT (center.x - s + h * c, center.y + c + h * s), SG_POINT (center.x - s, center.y + c));
}

void
sg_markup_add_circle (SgMarkup *self, SgPoint center, double radius)
{
  add_point (self, 'M', SG_POINT (center.x + radius, center.y));
  for (guint i = 0; i < 4; i++)
    add_quarter (self, center, radius, i * G_PI / 2);
  add_point (self, 'Z', SG_POINT (0, 0));
}

void
sg_markup_add_pill (SgMarkup *self, SgRect box)
{
  double r = box.height / 2;
  SgPoint left = SG_POINT (box.x + r, box.y + r), right = SG_POINT (box.x + box.width - r, box.y + r);

  add_point (self, 'M', SG_POINT (left.x, box.y));
  add_point (self, 'L', SG_POINT (right.x, box.y));
  add_quarter (self, right, r, -G_PI / 2);
  add_quarter (self, right, r, 0);
  add_point (self, 'L', SG_POINT (left.x, box.y + box.height));
  add_quarter (self, left, r, G_PI / 2);
  add_quarter (self, left, r, G_PI);
  add_point (self, 'Z', SG_POINT (0, 0));
}

static double
read_number (const char **text)
{
  char *end = NULL;
  double value = g_ascii_strtod (*text, &end);

  *text = end;
  return value;
}

static SgPoint
read_point (const char **text, SgPoint origin, double scale)
{
  double x = read_number (text), y = read_number (text);

  return sg_point_add (origin, sg_point_scale (SG_POINT (x, y), scale));
}

void
sg_markup_add_icon (SgMarkup *self, const char *icon, SgPoint at, double scale)
{
  while (*icon != '\0')
    {
      char op = *icon++;
      SgPoint points[3] = { 0 };

      for (guint i = 0; i < (op == 'Z' ? 0 : op == 'C' ? 3
                                                       : 1);
           i++)
        points[i] = read_point (&icon, at, scale);
      if (op == 'O')
        sg_markup_add_circle (self, points[0], read_number (&icon) * scale);
      else
        add (self, op, points[0], points[1], points[2]);
    }
}

static gboolean
segments_equal (const SgMarkupSegment *one, const SgMarkupSegment *other)
{
  return one->op == other->op && memcmp (one->points, other->points, sizeof one->points) == 0;
}

static gboolean
shapes_equal (const SgMarkup *a, const SgMarkupShape *one, const SgMarkup *b, const SgMarkupShape *other)
{
  if (one->hue != other->hue || one->alpha != other->alpha || one->width != other->width ||
      one->n_dashes != other->n_dashes || one->n_segments != other->n_segments ||
      memcmp (one->dashes, other->dashes, one->n_dashes * sizeof *one->dashes) != 0)
    return FALSE;
  for (guint i = 0; i < one->n_segments; i++)
    if (!segments_equal (sg_markup_segment (a, one->first + i), sg_markup_segment (b, other->first + i)))
      return FALSE;
  return TRUE;
}

gboolean
sg_markup_marks_equal (const SgMarkup *a,
                       const SgMarkupMark *one,
                       const SgMarkup *b,
                       const SgMarkupMark *other)
{
  if (one->n_shapes != other->n_shapes)
    return FALSE;
  for (guint i = 0; i < one->n_shapes; i++)
    if (!shapes_equal (a, sg_markup_shape (a, one->first + i), b, sg_markup_shape (b, other->first + i)))
      return FALSE;
  return TRUE;
}
