/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A page made to fit a picture. */
#include "render/page-picture.h"

#include "render/page-paint.h"

#define MARGIN 0.07   /* of the picture's longer side */
#define SLIMMEST 0.5  /* shorter side over longer one */
#define SMALLEST 60.0 /* page units: a dot does not fill the picture */
#define WORDS 1000.0  /* page units of a line of words that are shown */
#define THINNEST 1.8  /* pixels: of a page's lines in a small picture */

/* Words without end would leave nothing of the drawing to be seen. */
static SgRect
find_bounds (const SgPage *page)
{
  SgRect drawn = sg_page_get_bounds (page);
  SgRect bounds = sg_page_paint_bounds (page, &(SgPagePaint){ 0 });

  bounds.width = MIN (bounds.width, drawn.x + drawn.width + WORDS - bounds.x);
  return bounds;
}

static cairo_surface_t *
make_paper (SgRect bounds, int side)
{
  double width = MAX (bounds.width, 1), height = MAX (bounds.height, 1);
  double shape = CLAMP (height / width, SLIMMEST, 1 / SLIMMEST);
  int w = shape <= 1 ? side : (int)lround (side / shape);
  int h = shape <= 1 ? (int)lround (side * shape) : side;

  return cairo_image_surface_create (CAIRO_FORMAT_RGB24, w, h);
}

/* Returns page units to pixels. */
static double
fit (cairo_t *cr, SgRect bounds, int width, int height)
{
  double margin = MARGIN * MAX (width, height);
  double zoom = MIN ((width - 2 * margin) / MAX (bounds.width, SMALLEST),
                     (height - 2 * margin) / MAX (bounds.height, SMALLEST));
  SgPoint center = sg_rect_center (bounds);

  cairo_translate (cr, width / 2.0, height / 2.0);
  cairo_scale (cr, zoom, zoom);
  cairo_translate (cr, -center.x, -center.y);
  return zoom;
}

/* All of the picture, and some: it is clipped anyway. */
static SgRect
find_area (cairo_t *cr, int side)
{
  double x = 0, y = 0, width = side, height = side;

  cairo_device_to_user (cr, &x, &y);
  cairo_device_to_user_distance (cr, &width, &height);
  return (SgRect){ x, y, width, height };
}

static cairo_status_t
append_bytes_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
sg_page_picture (const SgPage *page, int side)
{
  g_return_val_if_fail (side >= SG_PAGE_PICTURE_MIN_SIDE && side <= SG_PAGE_PICTURE_MAX_SIDE, NULL);
  SgRect bounds = find_bounds (page);
  cairo_surface_t *surface = make_paper (bounds, side);
  cairo_t *cr = cairo_create (surface);
  GByteArray *png = g_byte_array_new ();

  double zoom =
    fit (cr, bounds, cairo_image_surface_get_width (surface), cairo_image_surface_get_height (surface));
  sg_page_paint (cr, page,
                 &(SgPagePaint){ .area = find_area (cr, side),
                                 .ground = TRUE,
                                 .paper = SG_PAPER_PLAIN,
                                 .zoom = zoom,
                                 .thinnest = THINNEST / zoom },
                 NULL, NULL);
  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, append_bytes_cb, png);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (png);
}
