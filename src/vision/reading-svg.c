/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reading drawn over the ink, as SVG: the page's pictures, ink and labels pale, each element's outline
 * and name in the colour of its role, relations as small rings. Doubtful elements are dashed, as in the
 * window. */
#include "vision/reading-json.h"

#include <string.h>

#define MARGIN 24.0 /* page units */
#define MAX_OUTLINE 512
#define DOUBTFUL 0.6 /* confidence below which an outline is dashed */

/* The window's colours on light paper. */
static const char *
role_color (SgRole role)
{
  switch (role)
    {
    case SG_ROLE_BODY:
      return "#1c6fc4";
    case SG_ROLE_FIXED:
      return "#6f7680";
    case SG_ROLE_PIN:
    case SG_ROLE_WELD:
      return "#d9730d";
    case SG_ROLE_SPRING:
    case SG_ROLE_DAMPER:
      return "#0a8f63";
    case SG_ROLE_ROPE:
      return "#0b8ea6";
    case SG_ROLE_FORCE:
    case SG_ROLE_VELOCITY:
    case SG_ROLE_GRAVITY:
      return "#cf3b2e";
    case SG_ROLE_MOTOR:
      return "#8b45b5";
    default:
      return "#a4a9b0";
    }
}

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
append_points (GString *svg, const SgPoint *points, guint n)
{
  g_string_append (svg, " points=\"");
  for (guint i = 0; i < n; i++)
    {
      append_number (svg, i > 0 ? " " : "", points[i].x);
      append_number (svg, ",", points[i].y);
    }
  g_string_append_c (svg, '"');
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
    svg, " opacity=\".5\" preserveAspectRatio=\"none\" href=\"data:image/%s;base64,%s\"/>\n", type, base64);
}

static void
append_stroke (GString *svg, const SgStroke *stroke)
{
  guint n;
  const SgInkPoint *ink = sg_stroke_get_points (stroke, &n);
  g_autofree SgPoint *points = g_new (SgPoint, n);

  for (guint i = 0; i < n; i++)
    points[i] = SG_POINT (ink[i].x, ink[i].y);
  g_string_append (svg, "<polyline stroke=\"#c9ced6\"");
  append_attribute (svg, "stroke-width", sg_stroke_get_width (stroke));
  append_points (svg, points, n);
  g_string_append (svg, "/>\n");
}

static void
append_element (GString *svg, const SgElement *element)
{
  SgPoint points[MAX_OUTLINE];
  guint n = sg_geometry_outline (element->kind, &element->geometry, points, MAX_OUTLINE);
  const char *color = role_color (element->role);
  SgRect bounds;

  if (n == 0)
    return;
  g_string_append_printf (svg, "<%s stroke=\"%s\" stroke-width=\"1.5\"%s",
                          sg_kind_is_closed (element->kind) ? "polygon" : "polyline", color,
                          element->confidence < DOUBTFUL ? " stroke-dasharray=\"5 4\"" : "");
  append_points (svg, points, n);
  g_string_append (svg, "/>\n");
  bounds = sg_points_bounds (points, n);
  append_text (svg, SG_POINT (bounds.x + bounds.width + 4, bounds.y + bounds.height / 2), color, element->id);
}

static void
append_relation (GString *svg, const SgRelation *relation)
{
  g_string_append (svg, "<circle r=\"5\" stroke=\"#d9730d\"");
  append_attribute (svg, "cx", relation->point.x);
  append_attribute (svg, "cy", relation->point.y);
  g_string_append_printf (svg, "><title>%s</title></circle>\n", sg_relation_name (relation->kind));
}

static void
append_page (GString *svg, const SgPage *page)
{
  for (guint i = 0; i < sg_page_get_n_images (page); i++)
    append_image (svg, sg_page_get_image (page, i));
  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    append_stroke (svg, sg_page_get_stroke (page, i));
  g_string_append (svg, "</g>\n<g font-family=\"sans-serif\" font-size=\"11\">\n");
  for (guint i = 0; i < sg_page_get_n_labels (page); i++)
    {
      const SgLabel *label = sg_page_get_label (page, i);

      append_text (svg, sg_label_get_position (label), "#8a919b", sg_label_get_text (label));
    }
}

char *
sg_reading_to_svg (const SgReading *reading, const SgPage *page)
{
  SgRect bounds = sg_rect_grow (sg_page_get_bounds (page), MARGIN);
  GString *svg = g_string_new ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"");

  append_number (svg, "", bounds.x);
  append_number (svg, " ", bounds.y);
  append_number (svg, " ", bounds.width);
  append_number (svg, " ", bounds.height);
  g_string_append (svg, "\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"");
  append_attribute (svg, "x", bounds.x);
  append_attribute (svg, "y", bounds.y);
  g_string_append (svg, "/>\n<g fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\">\n");
  append_page (svg, page);
  g_string_append (svg, "<g fill=\"none\" stroke-linejoin=\"round\">\n");
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    append_element (svg, sg_reading_element (reading, i));
  for (guint i = 0; i < sg_reading_n_relations (reading); i++)
    append_relation (svg, sg_reading_relation (reading, i));
  g_string_append (svg, "</g>\n</g>\n</svg>\n");
  return g_string_free (svg, FALSE);
}
