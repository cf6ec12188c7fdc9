/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The markup with cairo: shape by shape what vision/reading-svg.c writes as SVG. */
#include "render/markup-paint.h"

static void
set_color (cairo_t *cr, SgHue hue, double alpha, gboolean dark_paper)
{
  guint rgb = (guint)g_ascii_strtoull (sg_hue_color (hue, dark_paper) + 1, NULL, 16);

  cairo_set_source_rgba (cr, (rgb >> 16 & 0xff) / 255.0, (rgb >> 8 & 0xff) / 255.0, (rgb & 0xff) / 255.0,
                         alpha);
}

static void
trace_segment (cairo_t *cr, const SgMarkupSegment *segment)
{
  const SgPoint *p = segment->points;

  switch (segment->op)
    {
    case 'M':
      cairo_move_to (cr, p[0].x, p[0].y);
      break;
    case 'L':
      cairo_line_to (cr, p[0].x, p[0].y);
      break;
    case 'C':
      cairo_curve_to (cr, p[0].x, p[0].y, p[1].x, p[1].y, p[2].x, p[2].y);
      break;
    default:
      cairo_close_path (cr);
    }
}

static void
trace_shape (cairo_t *cr, const SgMarkup *markup, const SgMarkupShape *shape)
{
  cairo_new_path (cr);
  for (guint i = 0; i < shape->n_segments; i++)
    trace_segment (cr, sg_markup_segment (markup, shape->first + i));
}

static void
paint_shape (cairo_t *cr, const SgMarkup *markup, const SgMarkupShape *shape, gboolean dark_paper)
{
  trace_shape (cr, markup, shape);
  set_color (cr, shape->hue, shape->alpha, dark_paper);
  if (shape->width <= 0)
    {
      cairo_fill (cr);
      return;
    }
  cairo_set_line_width (cr, shape->width);
  cairo_set_dash (cr, shape->dashes, shape->n_dashes, 0);
  cairo_stroke (cr);
}

void
sg_markup_paint_mark (cairo_t *cr, const SgMarkup *markup, const SgMarkupMark *mark, gboolean dark_paper)
{
  cairo_save (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < mark->n_shapes; i++)
    paint_shape (cr, markup, sg_markup_shape (markup, mark->first + i), dark_paper);
  cairo_restore (cr);
}

void
sg_markup_paint_halo (cairo_t *cr, const SgMarkup *markup, const SgMarkupMark *outline)
{
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < outline->n_shapes; i++)
    {
      const SgMarkupShape *shape = sg_markup_shape (markup, outline->first + i);

      if (shape->width <= 0)
        continue; /* the tint of an area */
      trace_shape (cr, markup, shape);
      cairo_stroke (cr);
      return; /* the first line is the outline; what follows adorns it */
    }
}
