/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One painting for SVG and PNG: pictures, ink, words, dark on nothing. */
#include "app/ink-clip.h"

#include <cairo-svg.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gdk/gdk.h>
#include <pango/pangocairo.h>

#include "app/selection.h"
#include "render/ink-paint.h"
#include "sketch/file.h"

#define MARGIN 6.0      /* page units: the pen's width and some air */
#define PNG_SCALE 2.0   /* pixels a page unit */
#define MAX_PIXELS 4000 /* of a side */

static void
paint_image (cairo_t *cr, const SgImage *image)
{
  SgRect bounds = sg_image_get_bounds (image);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (sg_image_get_data (image));
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, NULL);

  if (pixbuf == NULL)
    return;
  cairo_save (cr);
  cairo_translate (cr, bounds.x, bounds.y);
  cairo_scale (cr, bounds.width / gdk_pixbuf_get_width (pixbuf),
               bounds.height / gdk_pixbuf_get_height (pixbuf));
  gdk_cairo_set_source_pixbuf (cr, pixbuf, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
}

static void
paint_label (cairo_t *cr, const SgLabel *label)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Cantarell, Sans");
  SgPoint at = sg_label_get_position (label);
  int height = 0;

  pango_font_description_set_absolute_size (font, SG_LABEL_HEIGHT * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, sg_label_get_text (label), -1);
  pango_layout_get_pixel_size (layout, NULL, &height);
  cairo_move_to (cr, at.x, at.y - height / 2.0);
  pango_cairo_show_layout (cr, layout);
}

static void
paint_parts (cairo_t *cr, const SgPage *parts)
{
  for (guint i = 0; i < sg_page_get_n_images (parts); i++)
    paint_image (cr, sg_page_get_image (parts, i));
  cairo_set_source_rgb (cr, 0.149, 0.173, 0.22);
  for (guint i = 0; i < sg_page_get_n_strokes (parts); i++)
    sg_ink_paint_stroke (cr, sg_page_get_stroke (parts, i));
  for (guint i = 0; i < sg_page_get_n_labels (parts); i++)
    paint_label (cr, sg_page_get_label (parts, i));
}

static SgRect
find_bounds (const SgPage *parts)
{
  SgRect bounds = sg_page_get_bounds (parts);

  for (guint i = 0; i < sg_page_get_n_labels (parts); i++)
    bounds = sg_rect_union (bounds, sg_label_get_box (sg_page_get_label (parts, i)));
  return sg_rect_grow (bounds, MARGIN);
}

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Paints onto the surface, which it takes over; `png` into `bytes`, an SVG surface writes there by itself. */
static GBytes *
paint (const SgPage *parts,
       cairo_surface_t *surface,
       SgRect bounds,
       double scale,
       GByteArray *bytes,
       gboolean png)
{
  cairo_t *cr = cairo_create (surface);
  gboolean good;

  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -bounds.x, -bounds.y);
  paint_parts (cr, parts);
  good = cairo_status (cr) == CAIRO_STATUS_SUCCESS;
  cairo_destroy (cr);
  if (png && good)
    good = cairo_surface_write_to_png_stream (surface, append_cb, bytes) == CAIRO_STATUS_SUCCESS;
  cairo_surface_finish (surface);
  good = good && cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy (surface);
  if (good)
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);
  return NULL;
}

SgInkClip *
sg_ink_clip_new (const SgPage *parts)
{
  SgInkClip *clip = g_new0 (SgInkClip, 1);
  SgRect bounds = find_bounds (parts);
  double scale = MIN (PNG_SCALE, MAX_PIXELS / MAX (bounds.width, bounds.height));
  GByteArray *svg = g_byte_array_new (), *png = g_byte_array_new ();
  char *text = sg_sketch_file_dump (parts);

  clip->ink = g_bytes_new_take (text, strlen (text));
  clip->svg = paint (parts, cairo_svg_surface_create_for_stream (append_cb, svg, bounds.width, bounds.height),
                     bounds, 1, svg, FALSE);
  clip->png =
    paint (parts,
           cairo_image_surface_create (CAIRO_FORMAT_ARGB32, MAX (1, (int)ceil (bounds.width * scale)),
                                       MAX (1, (int)ceil (bounds.height * scale))),
           bounds, scale, png, TRUE);
  return clip;
}

void
sg_ink_clip_free (SgInkClip *clip)
{
  g_clear_pointer (&clip->ink, g_bytes_unref);
  g_clear_pointer (&clip->svg, g_bytes_unref);
  g_clear_pointer (&clip->png, g_bytes_unref);
  g_free (clip);
}
