/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A page with cairo, in its own units. */
#include "render/page-paint.h"

#include <pango/pangocairo.h>

#include "render/ink-outline.h"
#include "render/ink-paint.h"
#include "render/markup-paint.h"
#include "vision/picture-decode.h"

#define MAX_CELLS 40000 /* of a paper's pattern */
#define DOT 1.5         /* page units */
#define RULE 0.8
#define PHOTO_QUALITY "92"
#define FULL_SIZE (1 << 20) /* pixels that no picture has: none is made smaller */
#define STRIDE 64           /* strokes between looks at whether it is still wanted */

const char *const sg_paper_names[] = { "dots", "plain", "grid", "ruled", NULL };

static const double pattern[4] = { 60 / 255.0, 50 / 255.0, 30 / 255.0, 0.16 };

static void
set_hue (cairo_t *cr, SgHue hue)
{
  guint rgb = (guint)g_ascii_strtoull (sg_hue_color (hue, FALSE) + 1, NULL, 16);

  cairo_set_source_rgb (cr, (rgb >> 16) / 255.0, (rgb >> 8 & 0xff) / 255.0, (rgb & 0xff) / 255.0);
}

/* -- Paper -- */

static void
paint_lines (cairo_t *cr, const SgPagePaint *paint, double step)
{
  SgRect area = paint->area;

  for (double y = ceil (area.y / step) * step; y <= area.y + area.height; y += step)
    cairo_rectangle (cr, area.x, y - RULE / 2, area.width, RULE);
  if (paint->paper == SG_PAPER_GRID)
    for (double x = ceil (area.x / step) * step; x <= area.x + area.width; x += step)
      cairo_rectangle (cr, x - RULE / 2, area.y, RULE, area.height);
  cairo_fill (cr);
}

static void
paint_pattern (cairo_t *cr, const SgPagePaint *paint)
{
  SgRect area = paint->area;
  double step = SG_GRID;

  while (area.width / step * (area.height / step) > MAX_CELLS || area.width / step > MAX_CELLS ||
         area.height / step > MAX_CELLS)
    step *= 4;
  cairo_set_source_rgba (cr, pattern[0], pattern[1], pattern[2], pattern[3]);
  if (paint->paper != SG_PAPER_DOTS)
    {
      paint_lines (cr, paint, step);
      return;
    }
  for (double y = ceil (area.y / step) * step; y <= area.y + area.height; y += step)
    for (double x = ceil (area.x / step) * step; x <= area.x + area.width; x += step)
      cairo_rectangle (cr, x - DOT / 2, y - DOT / 2, DOT, DOT);
  cairo_fill (cr);
}

static void
paint_paper (cairo_t *cr, const SgPagePaint *paint)
{
  if (paint->ground)
    {
      set_hue (cr, SG_HUE_PAPER);
      cairo_rectangle (cr, paint->area.x, paint->area.y, paint->area.width, paint->area.height);
      cairo_fill (cr);
    }
  if (paint->paper != SG_PAPER_PLAIN)
    paint_pattern (cr, paint);
}

/* -- Pictures -- */

/* cairo wants its own order of bytes, and colours multiplied by their alpha. */
static cairo_surface_t *
surface_of_pixbuf (const GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  int n = gdk_pixbuf_get_n_channels (pixbuf), rowstride = gdk_pixbuf_get_rowstride (pixbuf);
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  cairo_surface_t *surface =
    cairo_image_surface_create (n == 4 ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24, width, height);
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

/* A photo as bare pixels would be ten times as large. It is written anew: turned as it is seen, and without
 * what its camera noted of the place. */
static void
keep_as_photo (cairo_surface_t *surface, GdkPixbuf *pixbuf)
{
  g_autoptr (GError) error = NULL;
  char *jpeg = NULL;
  gsize size = 0;

  if (!gdk_pixbuf_save_to_buffer (pixbuf, &jpeg, &size, "jpeg", &error, "quality", PHOTO_QUALITY, NULL))
    return;
  if (cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, (const guchar *)jpeg, size, g_free, jpeg) !=
      CAIRO_STATUS_SUCCESS)
    g_free (jpeg);
}

static gboolean
is_photo (const SgImage *image)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (sg_image_get_data (image), &size);

  return size > 1 && bytes[0] == 0xff && bytes[1] == 0xd8;
}

static void
paint_image (cairo_t *cr, const SgImage *image, int index, const SgPagePaint *paint)
{
  SgRect at = sg_image_get_bounds (image);
  int side =
    paint->zoom > 0 ? (int)CLAMP (MAX (at.width, at.height) * paint->zoom, 16, 8192) : FULL_SIZE;
  g_autoptr (GdkPixbuf) pixbuf = sg_picture_decode (sg_image_get_data (image), index, side, NULL, NULL);

  cairo_save (cr);
  cairo_rectangle (cr, at.x, at.y, at.width, at.height);
  if (pixbuf == NULL)
    {
      cairo_set_source_rgb (cr, 0.8, 0.79, 0.77);
      cairo_fill (cr);
    }
  else if (at.width > 0 && at.height > 0)
    {
      cairo_surface_t *surface = surface_of_pixbuf (pixbuf);

      if (paint->is_file && is_photo (image))
        keep_as_photo (surface, pixbuf);
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

/* -- Ink -- */

static void
paint_stroke (cairo_t *cr, const SgStroke *stroke, const SgPagePaint *paint)
{
  guint n = 0;
  const SgInkPoint *points = sg_stroke_get_points (stroke, &n);
  double width = MAX (sg_stroke_get_width (stroke), paint->thinnest);

  if (sg_ink_paint_is_even (points, n))
    {
      sg_ink_paint_points (cr, points, n, width);
      return;
    }
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
  sg_ink_outline_trace (cr, points, n, width);
  cairo_fill (cr);
}

/* -- What was recognised -- */

static GHashTable *
list_parts (const SgPage *page)
{
  GHashTable *parts = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    g_hash_table_add (parts, sg_page_get_stroke (page, i));
  for (guint i = 0; i < sg_page_get_n_images (page); i++)
    g_hash_table_add (parts, sg_page_get_image (page, i));
  for (guint i = 0; i < sg_page_get_n_labels (page); i++)
    g_hash_table_add (parts, sg_page_get_label (page, i));
  return parts;
}

/* Of a mark that was read from a picture the picture tells. */
static gboolean
has_element (const SgReading *reading, const SgPage *read, GHashTable *parts, int index)
{
  if (index < 0)
    return TRUE; /* the world */
  const SgElement *element = sg_reading_element (reading, index);

  if (element->image >= 0)
    return (guint)element->image < sg_page_get_n_images (read) &&
           g_hash_table_contains (parts, sg_page_get_image (read, element->image));
  if (element->label >= 0)
    return (guint)element->label < sg_page_get_n_labels (read) &&
           g_hash_table_contains (parts, sg_page_get_label (read, element->label));
  for (guint i = 0; i < element->n_strokes; i++)
    if (element->strokes[i] >= sg_page_get_n_strokes (read) ||
        !g_hash_table_contains (parts, sg_page_get_stroke (read, element->strokes[i])))
      return FALSE;
  return TRUE;
}

static gboolean
has_mark (const SgMarkupMark *mark, const SgReading *reading, const SgPage *read, GHashTable *parts)
{
  if (mark->kind != SG_MARKUP_RELATION)
    return has_element (reading, read, parts, (int)mark->index);
  const SgRelation *relation = sg_reading_relation (reading, mark->index);

  return has_element (reading, read, parts, relation->a) && has_element (reading, read, parts, relation->b);
}

typedef void (*MarkFunc) (const SgMarkup *markup, const SgMarkupMark *mark, gpointer data);

static void
each_mark (const SgPage *page, const SgPagePaint *paint, MarkFunc func, gpointer data)
{
  const SgPage *read = paint->read != NULL ? paint->read : page;
  g_autoptr (SgMarkup) markup = sg_markup_new (paint->reading, read, 1);
  g_autoptr (GHashTable) parts = paint->read != NULL ? list_parts (page) : NULL;

  for (guint i = 0; i < markup->marks->len; i++)
    {
      const SgMarkupMark *mark = sg_markup_mark (markup, i);

      if (parts == NULL || has_mark (mark, paint->reading, read, parts))
        func (markup, mark, data);
    }
}

static void
paint_mark (const SgMarkup *markup, const SgMarkupMark *mark, gpointer cr)
{
  sg_markup_paint_mark (cr, markup, mark, FALSE);
}

static void
unite_mark (const SgMarkup *markup, const SgMarkupMark *mark, gpointer data)
{
  SgRect *bounds = data;

  *bounds = sg_rect_union (*bounds, mark->bounds);
}

/* -- Words -- */

/* At unhinted sizes, so that words are as long in every picture. (transfer full) */
static PangoLayout *
make_layout (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoLayout *layout = pango_layout_new (context);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (SG_PAGE_FONT);

  pango_context_set_round_glyph_positions (context, FALSE);
  g_object_unref (context);
  pango_font_description_set_absolute_size (font, SG_LABEL_HEIGHT * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  return layout;
}

/* Where its upper left corner goes: its place is at half its height. */
static SgRect
lay_out (PangoLayout *layout, const SgLabel *label)
{
  SgPoint at = sg_label_get_position (label);
  int width = 0, height = 0;

  pango_layout_set_text (layout, sg_label_get_text (label), -1);
  pango_layout_get_size (layout, &width, &height);
  double w = width / (double)PANGO_SCALE, h = height / (double)PANGO_SCALE;
  return (SgRect){ at.x, at.y - h / 2, w, h };
}

void
sg_page_paint_each_line (const SgPage *page, SgPageLine func, gpointer user_data)
{
  g_autoptr (PangoLayout) layout = make_layout ();

  for (guint i = 0; i < sg_page_get_n_labels (page); i++)
    {
      const SgLabel *label = sg_page_get_label (page, i);
      SgRect box = lay_out (layout, label);
      PangoLayoutIter *lines = pango_layout_get_iter (layout);

      do
        {
          const PangoLayoutLine *line = pango_layout_iter_get_line_readonly (lines);
          PangoRectangle place;

          pango_layout_iter_get_line_extents (lines, NULL, &place);
          func (sg_label_get_text (label) + line->start_index, line->length,
                SG_POINT (box.x + place.x / (double)PANGO_SCALE,
                          box.y + pango_layout_iter_get_baseline (lines) / (double)PANGO_SCALE),
                user_data);
        }
      while (pango_layout_iter_next_line (lines));
      pango_layout_iter_free (lines);
    }
}

void
sg_page_paint_words (cairo_t *cr, const SgPage *page)
{
  g_autoptr (PangoLayout) layout = make_layout ();

  for (guint i = 0; i < sg_page_get_n_labels (page); i++)
    {
      SgRect box = lay_out (layout, sg_page_get_label (page, i));

      cairo_move_to (cr, box.x, box.y);
      pango_cairo_show_layout (cr, layout);
    }
}

/* -- All of it -- */

SgRect
sg_page_paint_bounds (const SgPage *page, const SgPagePaint *paint)
{
  if (sg_page_is_empty (page))
    return (SgRect){ 0 };
  SgRect bounds = sg_page_get_bounds (page);
  g_autoptr (PangoLayout) layout = sg_page_get_n_labels (page) > 0 ? make_layout () : NULL;

  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    {
      const SgStroke *stroke = sg_page_get_stroke (page, i);
      double reach = MAX (sg_stroke_get_width (stroke), paint->thinnest) / 2;

      bounds = sg_rect_union (bounds, sg_rect_grow (sg_stroke_get_bounds (stroke), reach));
    }
  for (guint i = 0; i < sg_page_get_n_labels (page); i++)
    bounds = sg_rect_union (bounds, lay_out (layout, sg_page_get_label (page, i)));
  if (paint->reading != NULL)
    each_mark (page, paint, unite_mark, &bounds);
  return bounds;
}

static gboolean
go_on (const SgPagePaint *paint, guint done, guint of, GCancellable *cancellable, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (paint->progress != NULL)
    paint->progress (of > 0 ? (double)done / of : 1, paint->user_data);
  return TRUE;
}

gboolean
sg_page_paint (
  cairo_t *cr, const SgPage *page, const SgPagePaint *paint, GCancellable *cancellable, GError **error)
{
  guint n_images = sg_page_get_n_images (page), n_strokes = sg_page_get_n_strokes (page);
  guint picture = 1 + n_strokes / 8; /* what one takes of the time, in strokes */
  guint all = n_images * picture + n_strokes;

  paint_paper (cr, paint);
  for (guint i = 0; i < n_images; i++)
    {
      if (!go_on (paint, i * picture, all, cancellable, error))
        return FALSE;
      paint_image (cr, sg_page_get_image (page, i), (int)i, paint);
    }
  set_hue (cr, SG_HUE_INK);
  for (guint i = 0; i < n_strokes; i++)
    {
      if (i % STRIDE == 0 && !go_on (paint, n_images * picture + i, all, cancellable, error))
        return FALSE;
      paint_stroke (cr, sg_page_get_stroke (page, i), paint);
    }
  if (paint->reading != NULL)
    each_mark (page, paint, paint_mark, cr);
  set_hue (cr, SG_HUE_INK);
  if (!paint->without_words)
    sg_page_paint_words (cr, page);
  return go_on (paint, all, all, cancellable, error);
}
