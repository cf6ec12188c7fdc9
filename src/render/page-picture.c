/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A page with cairo, from the bottom up: paper, pictures, ink, typed words. */
#include "render/page-picture.h"

#include <pango/pangocairo.h>

#include "render/ink-paint.h"
#include "vision/picture-decode.h"

#define MARGIN 0.07      /* of the picture's longer side */
#define SLIMMEST 0.5     /* shorter side over longer one */
#define SMALLEST 60.0    /* page units: a dot does not fill the picture */
#define LABEL_HEIGHT 24  /* page units, as on the canvas */
#define LABEL_ASPECT 0.6 /* a letter's width over its height */
#define THINNEST 1.8     /* pixels: of a page's lines in a small picture */

static const double paper[3] = { 0.984, 0.976, 0.957 };
static const double ink[3] = { 0.149, 0.173, 0.22 };

/* A page knows the points that its labels are about, not how far their words reach. */
static SgRect
find_bounds (const SgPage *page)
{
  SgRect bounds = sg_page_get_bounds (page);

  for (guint i = 0; i < sg_page_get_n_labels (page); i++)
    {
      const SgLabel *label = sg_page_get_label (page, i);
      SgPoint at = sg_label_get_position (label);
      double width = g_utf8_strlen (sg_label_get_text (label), -1) * LABEL_HEIGHT * LABEL_ASPECT;

      bounds = sg_rect_union (bounds, (SgRect){ at.x, at.y - LABEL_HEIGHT * 0.7, MIN (width, 1000),
                                                LABEL_HEIGHT * 1.4 });
    }
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

/* cairo wants its own order of bytes, and colours multiplied by their alpha. */
static cairo_surface_t *
surface_of_pixbuf (const GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  int n = gdk_pixbuf_get_n_channels (pixbuf), rowstride = gdk_pixbuf_get_rowstride (pixbuf);
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  guint8 *data = cairo_image_surface_get_data (surface);

  for (int y = 0; data != NULL && y < height; y++)
    {
      const guint8 *from = pixels + (gsize)y * rowstride;
      guint32 *to = (guint32 *)(data + (gsize)y * cairo_image_surface_get_stride (surface));

      for (int x = 0; x < width; x++, from += n)
        {
          guint32 a = n == 4 ? from[3] : 255;

          to[x] = a << 24 | (from[0] * a / 255) << 16 | (from[1] * a / 255) << 8 | from[2] * a / 255;
        }
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static void
paint_image (cairo_t *cr, const SgImage *image, int index, double zoom)
{
  SgRect at = sg_image_get_bounds (image);
  int working_side = (int)CLAMP (MAX (at.width, at.height) * zoom, SG_PAGE_PICTURE_MIN_SIDE,
                                 SG_PAGE_PICTURE_MAX_SIDE);
  g_autoptr (GdkPixbuf) pixbuf =
    sg_picture_decode (sg_image_get_data (image), index, working_side, NULL, NULL);

  cairo_save (cr);
  cairo_rectangle (cr, at.x, at.y, at.width, at.height);
  if (pixbuf == NULL)
    {
      cairo_set_source_rgb (cr, 0.8, 0.79, 0.77);
      cairo_fill (cr);
    }
  else
    {
      cairo_surface_t *surface = surface_of_pixbuf (pixbuf);

      cairo_clip (cr);
      cairo_translate (cr, at.x, at.y);
      cairo_scale (cr, at.width / gdk_pixbuf_get_width (pixbuf), at.height / gdk_pixbuf_get_height (pixbuf));
      cairo_set_source_surface (cr, surface, 0, 0);
      cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
      cairo_paint (cr);
      cairo_surface_destroy (surface);
    }
  cairo_restore (cr);
}

static void
paint_ink (cairo_t *cr, const SgPage *page, double zoom)
{
  cairo_set_source_rgb (cr, ink[0], ink[1], ink[2]);
  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    {
      const SgStroke *stroke = sg_page_get_stroke (page, i);
      guint n = 0;
      const SgInkPoint *points = sg_stroke_get_points (stroke, &n);

      sg_ink_paint_points (cr, points, n, MAX (sg_stroke_get_width (stroke), THINNEST / zoom));
    }
}

static void
paint_label (cairo_t *cr, const SgLabel *label)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("Cantarell, Sans");
  SgPoint at = sg_label_get_position (label);
  int height = 0;

  pango_font_description_set_absolute_size (font, LABEL_HEIGHT * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, sg_label_get_text (label), -1);
  pango_layout_get_pixel_size (layout, NULL, &height);
  cairo_move_to (cr, at.x, at.y - height / 2.0);
  pango_cairo_show_layout (cr, layout);
  pango_font_description_free (font);
  g_object_unref (layout);
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

  cairo_set_source_rgb (cr, paper[0], paper[1], paper[2]);
  cairo_paint (cr);
  double zoom =
    fit (cr, bounds, cairo_image_surface_get_width (surface), cairo_image_surface_get_height (surface));
  for (guint i = 0; i < sg_page_get_n_images (page); i++)
    paint_image (cr, sg_page_get_image (page, i), i, zoom);
  paint_ink (cr, page, zoom);
  for (guint i = 0; i < sg_page_get_n_labels (page); i++)
    paint_label (cr, sg_page_get_label (page, i));
  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, append_bytes_cb, png);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (png);
}
