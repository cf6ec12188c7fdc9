/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reading drawn over the ink, as SVG: the page's pictures, ink and labels, and over them the markup that
 * the window paints too, at zoom 1 on light paper. */
#include "vision/reading-json.h"

#include <string.h>

#include "vision/markup.h"

#define MARGIN 32.0 /* page units */
#define LABEL_SIZE 18.0

static void
append_number (GString *svg, const char *before, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (svg, before);
  g_string_append (svg, g_ascii_formatd (text, sizeof text, "%.2f", value));
}

static void
append_attribute (GString *svg, const char *name, double value)
{
  g_string_append_printf (svg, " %s=", name);
  append_number (svg, "\"", value);
  g_string_append_c (svg, '"');
}

/* Text that a person wrote; XML has no way to hold most control characters. */
static void
append_text (GString *svg, SgPoint at, const char *color, const char *words)
{
  g_autofree char *clean = g_strdup (words);
  g_autofree char *escaped = NULL;

  for (char *c = clean; *c; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  escaped = g_markup_escape_text (clean, -1);
  g_string_append (svg, "<text");
  append_attribute (svg, "x", at.x);
  append_attribute (svg, "y", at.y);
  g_string_append_printf (svg, " fill=\"%s\">%s</text>\n", color, escaped);
}

static void
append_image (GString *svg, const SgImage *image)
{
  SgRect bounds = sg_image_get_bounds (image);
  gsize size;
  const guchar *data = g_bytes_get_data (sg_image_get_data (image), &size);
  const char *type = size > 0 && data[0] == 0x89 ? "png" : size > 0 && data[0] == 0xff ? "jpeg"
                                                                                       : "webp";
  g_autofree char *base64 = g_base64_encode (data, size);

  g_string_append (svg, "<image");
  append_attribute (svg, "x", bounds.x);
  append_attribute (svg, "y", bounds.y);
  append_attribute (svg, "width", bounds.width);
  append_attribute (svg, "height", bounds.height);
  g_string_append_printf (
    svg, " preserveAspectRatio=\"none\" href=\"data:image/%s;base64,%s\"/>\n", type, base64);
}

static void
append_pair (GString *svg, const char *before, double x, double y)
{
  append_number (svg, before, x);
  append_number (svg, " ", y);
}

/* Curves through the middles of neighbouring points, as the window paints ink. */
static void
append_stroke (GString *svg, const SgStroke *stroke)
{
  guint n;
  const SgInkPoint *ink = sg_stroke_get_points (stroke, &n);

  g_string_append (svg, "<path");
  append_attribute (svg, "stroke-width", sg_stroke_get_width (stroke));
  append_pair (svg, " d=\"M", ink[0].x, ink[0].y);
  for (guint i = 1; i + 1 < n; i++)
    {
      append_pair (svg, "Q", ink[i].x, ink[i].y);
      append_pair (svg, " ", (ink[i].x + ink[i + 1].x) / 2, (ink[i].y + ink[i + 1].y) / 2);
    }
  append_pair (svg, "L", ink[n - 1].x, ink[n - 1].y);
  g_string_append (svg, "\"/>\n");
}

static void
append_segment (GString *svg, const SgMarkupSegment *segment)
{
  guint n = segment->op == 'Z' ? 0 : segment->op == 'C' ? 3
                                                        : 1;

  g_string_append_c (svg, segment->op);
  for (guint i = 0; i < n; i++)
    append_pair (svg, i > 0 ? " " : "", segment->points[i].x, segment->points[i].y);
}

static void
append_shape (GString *svg, const SgMarkup *markup, const SgMarkupShape *shape)
{
  g_string_append_printf (svg, "<path %s=\"%s\"", shape->width > 0 ? "stroke" : "fill",
                          sg_hue_color (shape->hue, FALSE));
  if (shape->alpha < 1)
    append_attribute (svg, shape->width > 0 ? "stroke-opacity" : "fill-opacity", shape->alpha);
  if (shape->width > 0)
    append_attribute (svg, "stroke-width", shape->width);
  for (guint i = 0; i < shape->n_dashes; i++)
    append_number (svg, i == 0 ? " stroke-dasharray=\"" : " ", shape->dashes[i]);
  g_string_append (svg, shape->n_dashes > 0 ? "\" d=\"" : " d=\"");
  for (guint i = 0; i < shape->n_segments; i++)
    append_segment (svg, sg_markup_segment (markup, shape->first + i));
  g_string_append (svg, "\"/>\n");
}

/* What a pointer resting on the mark is told. */
static void
append_title (GString *svg, const SgReading *reading, const SgMarkupMark *mark)
{
  if (mark->kind == SG_MARKUP_RELATION)
    g_string_append_printf (svg, "<title>%s</title>\n",
                            sg_relation_name (sg_reading_relation (reading, mark->index)->kind));
  else if (mark->kind == SG_MARKUP_OUTLINE || mark->issue < 0)
    {
      const SgElement *element = sg_reading_element (reading, mark->index);

      g_string_append_printf (svg, "<title>%s: %s, %.0f %%</title>\n", element->id,
                              sg_role_name (element->role), 100 * element->confidence);
    }
  else
    {
      g_autofree char *text =
        g_markup_escape_text (g_array_index (reading->issues, SgIssue, mark->issue).message, -1);

      g_string_append_printf (svg, "<title>%s</title>\n", text);
    }
}

static void
append_mark (GString *svg, const SgMarkup *markup, const SgReading *reading, const SgMarkupMark *mark)
{
  g_string_append (svg, "<g>");
  append_title (svg, reading, mark);
  for (guint i = 0; i < mark->n_shapes; i++)
    append_shape (svg, markup, sg_markup_shape (markup, mark->first + i));
  g_string_append (svg, "</g>\n");
}

static void
append_page (GString *svg, const SgPage *page)
{
  const char *ink = sg_hue_color (SG_HUE_INK, FALSE);

  g_string_append_printf (svg, "<g stroke=\"%s\">\n", ink);
  for (guint i = 0; i < sg_page_get_n_images (page); i++)
    append_image (svg, sg_page_get_image (page, i));
  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    append_stroke (svg, sg_page_get_stroke (page, i));
  g_string_append (svg, "</g>\n<g font-family=\"Cantarell, sans-serif\"");
  append_attribute (svg, "font-size", LABEL_SIZE);
  g_string_append (svg, ">\n");
  for (guint i = 0; i < sg_page_get_n_labels (page); i++)
    {
      const SgLabel *label = sg_page_get_label (page, i);
      SgPoint at = sg_label_get_position (label);

      /* a label's place is at half its height */
      append_text (svg, SG_POINT (at.x, at.y + 0.35 * LABEL_SIZE), ink, sg_label_get_text (label));
    }
  g_string_append (svg, "</g>\n");
}

static SgRect
whole_pixels (SgRect rect)
{
  double x = floor (rect.x), y = floor (rect.y);

  return (SgRect){ x, y, ceil (rect.x + rect.width) - x, ceil (rect.y + rect.height) - y };
}

/* All that is drawn; of labels the page knows only where they begin, the reading how far they reach. */
static SgRect
picture_bounds (const SgReading *reading, const SgPage *page, const SgMarkup *markup)
{
  SgRect bounds = sg_rect_grow (sg_page_get_bounds (page), MARGIN);

  for (guint i = 0; i < markup->marks->len; i++)
    bounds = sg_rect_union (bounds, sg_markup_mark (markup, i)->bounds);
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *element = sg_reading_element (reading, i);
      const SgGeometry *g = &element->geometry;

      if (element->kind == SG_KIND_TEXT)
        bounds = sg_rect_union (bounds, (SgRect){ g->from.x, g->from.y, g->width, g->height });
    }
  return whole_pixels (bounds);
}

static GString *
begin_picture (SgRect bounds)
{
  GString *svg = g_string_new ("<svg xmlns=\"http://www.w3.org/2000/svg\"");

  append_attribute (svg, "width", bounds.width);
  append_attribute (svg, "height", bounds.height);
  append_number (svg, " viewBox=\"", bounds.x);
  append_number (svg, " ", bounds.y);
  append_number (svg, " ", bounds.width);
  append_number (svg, " ", bounds.height);
  g_string_append_printf (svg, "\">\n<rect width=\"100%%\" height=\"100%%\" fill=\"%s\"",
                          sg_hue_color (SG_HUE_PAPER, FALSE));
  append_attribute (svg, "x", bounds.x);
  append_attribute (svg, "y", bounds.y);
  g_string_append (svg, "/>\n<g fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\">\n");
  return svg;
}

static char *
end_picture (GString *svg)
{
  g_string_append (svg, "</g>\n</svg>\n");
  return g_string_free (svg, FALSE);
}

char *
sg_page_to_svg (const SgPage *page)
{
  GString *svg = begin_picture (whole_pixels (sg_rect_grow (sg_page_get_bounds (page), MARGIN)));

  append_page (svg, page);
  return end_picture (svg);
}

char *
sg_reading_to_svg (const SgReading *reading, const SgPage *page)
{
  g_autoptr (SgMarkup) markup = sg_markup_new (reading, page, 1);
  GString *svg = begin_picture (picture_bounds (reading, page, markup));

  append_page (svg, page);
  for (guint i = 0; i < markup->marks->len; i++)
    append_mark (svg, markup, reading, sg_markup_mark (markup, i));
  return end_picture (svg);
}
