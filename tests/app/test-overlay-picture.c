/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The window's overlay and `analyze --overlay` are one picture: the SVG, rendered by gdk-pixbuf, against the
 * markup painted with cairo as the window does, over the examples. */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "render/ink-paint.h"
#include "render/markup-paint.h"
#include "sketch/file.h"
#include "vision/analyze.h"
#include "vision/reading-json.h"

#define MAX_MEAN 0.5      /* of 255: what antialiasing may differ by over the picture */
#define MAX_DIFFERENT 0.1 /* per cent of pixels that differ by more than a third of the range */

static gboolean
can_read_svg (void)
{
  GSList *formats = gdk_pixbuf_get_formats ();
  gboolean found = FALSE;

  for (GSList *l = formats; l != NULL; l = l->next)
    {
      g_autofree char *name = gdk_pixbuf_format_get_name (l->data);

      found |= g_str_equal (name, "svg");
    }
  g_slist_free (formats);
  return found;
}

static GdkPixbuf *
render_svg (const char *svg)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type ("svg", NULL);
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_loader_write (loader, (const guchar *)svg, strlen (svg), &error);
  g_assert_no_error (error);
  gdk_pixbuf_loader_close (loader, &error);
  g_assert_no_error (error);
  return g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader));
}

static void
read_view_box (const char *svg, double *x, double *y)
{
  const char *text = strstr (svg, "viewBox=\"") + strlen ("viewBox=\"");
  char *end = NULL;

  *x = g_ascii_strtod (text, &end);
  *y = g_ascii_strtod (end, NULL);
}

static void
set_hue (cairo_t *cr, SgHue hue)
{
  guint rgb = (guint)g_ascii_strtoull (sg_hue_color (hue, FALSE) + 1, NULL, 16);

  cairo_set_source_rgb (cr, (rgb >> 16) / 255.0, (rgb >> 8 & 0xff) / 255.0, (rgb & 0xff) / 255.0);
}

/* The SVG's ink has one width, whatever the pressure was. */
static void
paint_plain (cairo_t *cr, const SgStroke *stroke)
{
  guint n = 0;
  const SgInkPoint *points = sg_stroke_get_points (stroke, &n);
  g_autofree SgInkPoint *plain = g_memdup2 (points, n * sizeof *points);

  for (guint i = 0; i < n; i++)
    plain[i].pressure = NAN;
  sg_ink_paint_points (cr, plain, n, sg_stroke_get_width (stroke));
}

/* Paper, ink and markup, as the window's canvas shows them at zoom 1. */
static cairo_surface_t *
paint (const SgReading *reading, const SgPage *page, double x, double y, int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  g_autoptr (SgMarkup) markup = sg_markup_new (reading, page, 1);
  cairo_t *cr = cairo_create (surface);

  cairo_translate (cr, -x, -y);
  set_hue (cr, SG_HUE_PAPER);
  cairo_paint (cr);
  set_hue (cr, SG_HUE_INK);
  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    paint_plain (cr, sg_page_get_stroke (page, i));
  for (guint i = 0; i < markup->marks->len; i++)
    sg_markup_paint_mark (cr, markup, sg_markup_mark (markup, i), FALSE);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* Fonts are not what is compared. */
static gboolean
is_label (const SgReading *reading, double x, double y)
{
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *element = sg_reading_element (reading, i);
      const SgGeometry *g = &element->geometry;

      if (element->kind == SG_KIND_TEXT &&
          sg_rect_contains (sg_rect_grow ((SgRect){ g->from.x, g->from.y, g->width, g->height }, 12),
                            SG_POINT (x, y)))
        return TRUE;
    }
  return FALSE;
}

static void
compare (const SgReading *reading, GdkPixbuf *svg, cairo_surface_t *own, double x, double y)
{
  int width = gdk_pixbuf_get_width (svg), height = gdk_pixbuf_get_height (svg);
  int channels = gdk_pixbuf_get_n_channels (svg);
  double sum = 0;
  guint n = 0, n_different = 0;

  for (int row = 0; row < height; row++)
    for (int column = 0; column < width; column++)
      {
        const guchar *a =
          gdk_pixbuf_get_pixels (svg) + row * gdk_pixbuf_get_rowstride (svg) + column * channels;
        guint32 b;

        if (is_label (reading, x + column, y + row))
          continue;
        memcpy (&b,
                cairo_image_surface_get_data (own) + row * cairo_image_surface_get_stride (own) + 4 * column,
                4);
        int difference = ABS (a[0] - (int)(b >> 16 & 0xff)) + ABS (a[1] - (int)(b >> 8 & 0xff)) +
                         ABS (a[2] - (int)(b & 0xff));
        sum += difference / 3.0;
        n_different += difference > 255;
        n++;
      }
  g_test_message ("mean %.3f, %.3f %% of pixels differ", sum / n, 100.0 * n_different / n);
  g_assert_cmpfloat (sum / n, <, MAX_MEAN);
  g_assert_cmpfloat (100.0 * n_different / n, <, MAX_DIFFERENT);
}

static void
test_example (gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_getenv ("SG_SOURCE_ROOT"), "data", "examples", data, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = sg_sketch_file_load (path, &error);
  double x = 0, y = 0;

  if (!can_read_svg ())
    {
      g_test_skip ("gdk-pixbuf has no loader for SVG (librsvg2-common)");
      return;
    }
  g_assert_no_error (error);
  g_autoptr (SgReading) reading = sg_analyze (page, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *svg = sg_reading_to_svg (reading, page);
  g_autoptr (GdkPixbuf) rendered = render_svg (svg);
  read_view_box (svg, &x, &y);
  cairo_surface_t *own =
    paint (reading, page, x, y, gdk_pixbuf_get_width (rendered), gdk_pixbuf_get_height (rendered));
  compare (reading, rendered, own, x, y);
  cairo_surface_destroy (own);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/app/overlay-picture/pulley", "pulley.simgen", test_example);
  g_test_add_data_func ("/app/overlay-picture/car", "car.simgen", test_example);
  g_test_add_data_func ("/app/overlay-picture/spring-mass", "spring-mass.simgen", test_example);
  g_test_add_data_func ("/app/overlay-picture/robot-arm", "robot-arm.simgen", test_example);
  return g_test_run ();
}
