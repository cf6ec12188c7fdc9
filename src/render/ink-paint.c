/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Strokes painted with cairo. A stroke without pressure is one smooth path; one with pressure is a chain of
 * short lines of their own widths, for cairo has no variable pen. */
#include "render/ink-paint.h"

#define LIGHTEST 0.35        /* of the width, at no pressure */
#define THUMBNAIL_MARGIN 0.1 /* of the picture's smaller side */

static double
pressure_factor (double pressure)
{
  return isnan (pressure) ? 1.0 : LIGHTEST + (1 - LIGHTEST) * CLAMP (pressure, 0, 1);
}

/* Quadratic curves through the middles of neighbouring points, as cubic ones for cairo: no corners between
 * samples, and every corner that was drawn slowly stays. */
static void
trace_smooth (cairo_t *cr, const SgInkPoint *p, guint n)
{
  double x = p[0].x, y = p[0].y;

  cairo_move_to (cr, x, y);
  for (guint i = 1; i + 1 < n; i++)
    {
      double mx = (p[i].x + p[i + 1].x) / 2, my = (p[i].y + p[i + 1].y) / 2;

      cairo_curve_to (cr, x + (p[i].x - x) * 2 / 3, y + (p[i].y - y) * 2 / 3, mx + (p[i].x - mx) * 2 / 3,
                      my + (p[i].y - my) * 2 / 3, mx, my);
      x = mx;
      y = my;
    }
  cairo_line_to (cr, p[n - 1].x, p[n - 1].y);
}

/* A mouse has none, or the same everywhere. */
static gboolean
pressure_varies (const SgInkPoint *points, guint n)
{
  for (guint i = 1; i < n; i++)
    if (pressure_factor (points[i].pressure) != pressure_factor (points[0].pressure))
      return TRUE;
  return FALSE;
}

void
sg_ink_paint_points (cairo_t *cr, const SgInkPoint *points, guint n_points, double width)
{
  if (n_points == 0)
    return;
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  if (!pressure_varies (points, n_points))
    {
      cairo_set_line_width (cr, width * pressure_factor (points[0].pressure));
      trace_smooth (cr, points, n_points);
      cairo_stroke (cr);
      return;
    }
  for (guint i = 0; i < n_points; i++)
    {
      const SgInkPoint *from = &points[i > 0 ? i - 1 : 0];

      cairo_set_line_width (cr, width * pressure_factor (points[i].pressure));
      cairo_move_to (cr, from->x, from->y);
      cairo_line_to (cr, points[i].x, points[i].y);
      cairo_stroke (cr);
    }
}

void
sg_ink_paint_stroke (cairo_t *cr, const SgStroke *stroke)
{
  guint n = 0;
  const SgInkPoint *points = sg_stroke_get_points (stroke, &n);

  sg_ink_paint_points (cr, points, n, sg_stroke_get_width (stroke));
}

double
sg_ink_paint_width_at (const SgInkPoint *point, double width)
{
  return width * pressure_factor (point->pressure);
}

gboolean
sg_ink_paint_is_even (const SgInkPoint *points, guint n_points)
{
  return !pressure_varies (points, n_points);
}

SgRect
sg_ink_paint_bounds (const SgStroke *stroke)
{
  return sg_rect_grow (sg_stroke_get_bounds (stroke),
                       sg_stroke_get_width (stroke) / 2 + 1);
}

static cairo_status_t
append_bytes_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
paint_fitted (cairo_t *cr, const SgPage *page, int width, int height)
{
  SgRect bounds = sg_rect_grow (sg_page_get_bounds (page), 2);
  double margin = THUMBNAIL_MARGIN * MIN (width, height);
  double zoom =
    MIN ((width - 2 * margin) / MAX (bounds.width, 1), (height - 2 * margin) / MAX (bounds.height, 1));
  SgPoint center = sg_rect_center (bounds);

  cairo_translate (cr, width / 2.0, height / 2.0);
  cairo_scale (cr, zoom, zoom);
  cairo_translate (cr, -center.x, -center.y);
  cairo_set_source_rgb (cr, 0.17, 0.2, 0.27);
  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    {
      const SgStroke *stroke = sg_page_get_stroke (page, i);
      guint n = 0;
      const SgInkPoint *points = sg_stroke_get_points (stroke, &n);

      /* thin lines of a large page must not vanish in a small picture */
      sg_ink_paint_points (cr, points, n, MAX (sg_stroke_get_width (stroke), 2.2 / zoom));
    }
}

cairo_surface_t *
sg_ink_paint_small (const SgPage *page, int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);

  if (sg_page_get_n_strokes (page) > 0)
    paint_fitted (cr, page, width, height);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

GBytes *
sg_ink_paint_thumbnail (const SgPage *page, int width, int height)
{
  cairo_surface_t *surface = sg_ink_paint_small (page, width, height);
  GByteArray *png = g_byte_array_new ();

  cairo_surface_write_to_png_stream (surface, append_bytes_cb, png);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (png);
}
