/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reading over the ink. Each element and relation is one render node, made when the zoom or the paper's
 * colour changes and only moved while the page is panned, so that the renderer keeps its pictures. */
#include "app/overlay.h"

#include "app/role-style.h"

#define MAX_OUTLINE 256
#define UNCERTAIN 0.6 /* below this confidence a mark is shown with a question mark */
#define LINE 1.6      /* pixels */
#define GLYPH 9.0     /* pixels from a glyph's middle to the edge of its badge */

struct _SgOverlay
{
  SgReading *reading; /* (nullable) */
  GPtrArray *nodes;   /* GskRenderNode, in pixels from page point (0, 0) at `zoom` */
  double zoom;
  gboolean dark;
};

typedef struct
{
  SgPoint points[MAX_OUTLINE];
  guint n;
  gboolean closed;
} Outline;

SgOverlay *
sg_overlay_new (void)
{
  SgOverlay *self = g_new0 (SgOverlay, 1);

  self->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify)gsk_render_node_unref);
  return self;
}

void
sg_overlay_free (SgOverlay *self)
{
  g_clear_pointer (&self->reading, sg_reading_unref);
  g_ptr_array_unref (self->nodes);
  g_free (self);
}

void
sg_overlay_set_reading (SgOverlay *self, SgReading *reading)
{
  if (reading != NULL)
    sg_reading_ref (reading);
  g_clear_pointer (&self->reading, sg_reading_unref);
  self->reading = reading;
  self->zoom = 0; /* no nodes are right any more */
}

static void
get_outline (const SgElement *element, double zoom, Outline *outline)
{
  outline->n = sg_geometry_outline (element->kind, &element->geometry, outline->points, MAX_OUTLINE);
  outline->closed = sg_kind_is_closed (element->kind);
  for (guint i = 0; i < outline->n; i++)
    outline->points[i] = sg_point_scale (outline->points[i], zoom);
}

static void
trace_outline (cairo_t *cr, const Outline *outline)
{
  cairo_new_path (cr);
  for (guint i = 0; i < outline->n; i++)
    cairo_line_to (cr, outline->points[i].x, outline->points[i].y);
  if (outline->closed)
    cairo_close_path (cr);
}

/* A glyph sits beside its mark, never on the ink: at the upper right of what is closed or small, before the
 * left end of a line that lies, above the upper end of one that stands. */
static SgPoint
badge_place (const SgElement *element, const Outline *outline)
{
  SgRect bounds = sg_points_bounds (outline->points, outline->n);
  SgPoint first = outline->points[0];

  if (outline->closed || sg_rect_diagonal (bounds) < 6 * GLYPH)
    return SG_POINT (bounds.x + bounds.width + GLYPH, bounds.y - GLYPH / 2);
  if (element->role == SG_ROLE_SPRING || element->role == SG_ROLE_DAMPER || element->role == SG_ROLE_ROPE)
    return SG_POINT (bounds.x + bounds.width + 2 * GLYPH, bounds.y + bounds.height / 2);
  for (guint i = 1; i < outline->n; i++)
    if (bounds.width > bounds.height ? outline->points[i].x < first.x : outline->points[i].y < first.y)
      first = outline->points[i];
  return bounds.width > bounds.height ? SG_POINT (first.x - 1.6 * GLYPH, first.y)
                                      : SG_POINT (first.x, first.y - 1.6 * GLYPH);
}

static void
paint_question_mark (cairo_t *cr)
{
  cairo_new_path (cr);
  cairo_arc (cr, 0, -2.2, 2.7, -G_PI, G_PI * 0.4);
  cairo_line_to (cr, 0, 2);
  cairo_stroke (cr);
  cairo_arc (cr, 0, 4.6, 1, 0, 2 * G_PI);
  cairo_fill (cr);
}

/* Some marks speak for themselves: a body is its outline, a pin and hatching are drawn as their glyphs are.
 */
static gboolean
has_glyph (const SgElement *element)
{
  switch (element->role)
    {
    case SG_ROLE_BODY:
    case SG_ROLE_PIN:
    case SG_ROLE_LABEL:
    case SG_ROLE_TRACE:
    case SG_ROLE_DECORATION:
      return FALSE;
    default:
      return element->kind != SG_KIND_HATCHING;
    }
}

static void
paint_badge (const SgOverlay *self, cairo_t *cr, const SgElement *element, SgPoint at)
{
  GdkRGBA color = sg_role_style_get_color (element->role, self->dark);
  gboolean uncertain = element->confidence < UNCERTAIN && element->role != SG_ROLE_DECORATION;

  if (!uncertain && !has_glyph (element))
    return;
  cairo_save (cr);
  cairo_translate (cr, at.x, at.y);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, LINE);
  if (uncertain)
    paint_question_mark (cr);
  else
    sg_role_style_paint_glyph (cr, element->role);
  cairo_restore (cr);
}

static void
paint_element (const SgOverlay *self, cairo_t *cr, const SgElement *element, const Outline *outline)
{
  GdkRGBA color = sg_role_style_get_color (element->role, self->dark);
  static const double dashes[] = { 5, 4 }, dots[] = { 1, 4 };

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  trace_outline (cr, outline);
  if (outline->closed && element->role == SG_ROLE_BODY)
    {
      cairo_set_source_rgba (cr, color.red, color.green, color.blue, 0.1);
      cairo_fill_preserve (cr);
    }
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, LINE);
  if (element->role == SG_ROLE_DECORATION)
    cairo_set_dash (cr, dots, G_N_ELEMENTS (dots), 0);
  else if (element->confidence < UNCERTAIN)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  paint_badge (self, cr, element, badge_place (element, outline));
}

static void
add_element_node (SgOverlay *self, const SgElement *element)
{
  Outline outline;

  if (element->role == SG_ROLE_LABEL)
    return; /* it is text on the page already */
  get_outline (element, self->zoom, &outline);
  if (outline.n == 0)
    return;

  SgRect bounds = sg_rect_grow (sg_points_bounds (outline.points, outline.n), 3 * GLYPH);
  GskRenderNode *node =
    gsk_cairo_node_new (&GRAPHENE_RECT_INIT (bounds.x, bounds.y, bounds.width, bounds.height));
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);
  paint_element (self, cr, element, &outline);
  cairo_destroy (cr);
  g_ptr_array_add (self->nodes, node);
}

/* A hinge that no pin was drawn for: the place where two parts turn, found from how they meet. */
static void
add_hinge_node (SgOverlay *self, const SgRelation *relation)
{
  SgPoint at = sg_point_scale (relation->point, self->zoom);
  GskRenderNode *node =
    gsk_cairo_node_new (&GRAPHENE_RECT_INIT (at.x - GLYPH, at.y - GLYPH, 2 * GLYPH, 2 * GLYPH));
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);
  GdkRGBA color = sg_role_style_get_color (SG_ROLE_PIN, self->dark);

  cairo_translate (cr, at.x, at.y);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, LINE);
  sg_role_style_paint_glyph (cr, SG_ROLE_PIN);
  cairo_destroy (cr);
  g_ptr_array_add (self->nodes, node);
}

static void
make_nodes (SgOverlay *self)
{
  g_ptr_array_set_size (self->nodes, 0);
  for (guint i = 0; i < sg_reading_n_elements (self->reading); i++)
    add_element_node (self, sg_reading_element (self->reading, i));
  for (guint i = 0; i < sg_reading_n_relations (self->reading); i++)
    {
      const SgRelation *relation = sg_reading_relation (self->reading, i);

      if (relation->kind == SG_RELATION_HINGE && relation->via < 0)
        add_hinge_node (self, relation);
    }
}

void
sg_overlay_snapshot (SgOverlay *self, GtkSnapshot *snapshot, const SgViewport *viewport, gboolean dark)
{
  SgPoint zero = sg_viewport_to_widget (viewport, SG_POINT (0, 0));

  if (self->reading == NULL)
    return;
  if (self->zoom != viewport->zoom || self->dark != dark)
    {
      self->zoom = viewport->zoom;
      self->dark = dark;
      make_nodes (self);
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (round (zero.x), round (zero.y)));
  for (guint i = 0; i < self->nodes->len; i++)
    gtk_snapshot_append_node (snapshot, self->nodes->pdata[i]);
  gtk_snapshot_restore (snapshot);
}
