/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reading over the ink. Invariant: `node`, where there is one, shows `markup` on paper as `dark` says; it
 * is a container of `nodes`, one a mark, in the markup's pixels. */
#include "app/overlay.h"

#include "render/markup-paint.h"

#define HALO 11.0 /* pixels, about what is hovered or selected */
#define HOVER_ALPHA 0.22
#define SELECTED_ALPHA 0.45

struct _SgOverlay
{
  SgReading *reading; /* (nullable) */
  SgPage *page;       /* (nullable): what it was read from */
  SgMarkup *markup;   /* (nullable) */
  double zoom;        /* 0: whatever is first shown */
  gboolean dark;
  GPtrArray *nodes;     /* GskRenderNode, one a mark of the markup */
  GskRenderNode *node;  /* (nullable) */
  GskRenderNode *halos; /* (nullable) */
  int hovered;          /* -1: none */
  GArray *selected;     /* guint */
  guint64 n_painted;
};

SgOverlay *
sg_overlay_new (void)
{
  SgOverlay *self = g_new0 (SgOverlay, 1);

  self->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify)gsk_render_node_unref);
  self->selected = g_array_new (FALSE, FALSE, sizeof (guint));
  self->hovered = -1;
  return self;
}

void
sg_overlay_free (SgOverlay *self)
{
  g_clear_pointer (&self->reading, sg_reading_unref);
  g_clear_pointer (&self->page, sg_page_unref);
  g_clear_pointer (&self->markup, sg_markup_free);
  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_clear_pointer (&self->halos, gsk_render_node_unref);
  g_ptr_array_unref (self->nodes);
  g_array_unref (self->selected);
  g_free (self);
}

static GskRenderNode *
paint_mark (SgOverlay *self, const SgMarkup *markup, const SgMarkupMark *mark)
{
  SgRect b = mark->bounds;
  GskRenderNode *node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (b.x, b.y, b.width, b.height));
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);

  sg_markup_paint_mark (cr, markup, mark, self->dark);
  cairo_destroy (cr);
  self->n_painted++;
  return node;
}

/* The node of an equal mark of the last markup, NULL where there is none. A new reading mostly changes few
 * marks and keeps the order of the others, so the search begins where the last one was found. */
static GskRenderNode *
find_node (SgOverlay *self, const SgMarkup *markup, const SgMarkupMark *mark, guint *from)
{
  guint n = self->nodes->len;

  for (guint i = 0; i < n; i++)
    {
      guint k = (*from + i) % n;

      if (!sg_markup_marks_equal (self->markup, sg_markup_mark (self->markup, k), markup, mark))
        continue;
      *from = k + 1;
      return gsk_render_node_ref (self->nodes->pdata[k]);
    }
  return NULL;
}

static void
take_markup (SgOverlay *self, SgMarkup *markup)
{
  GPtrArray *nodes =
    g_ptr_array_new_full (markup->marks->len, (GDestroyNotify)gsk_render_node_unref);
  guint from = 0;

  for (guint i = 0; i < markup->marks->len; i++)
    {
      const SgMarkupMark *mark = sg_markup_mark (markup, i);
      GskRenderNode *node = find_node (self, markup, mark, &from);

      g_ptr_array_add (nodes, node != NULL ? node : paint_mark (self, markup, mark));
    }
  g_ptr_array_unref (self->nodes);
  self->nodes = nodes;
  g_clear_pointer (&self->markup, sg_markup_free);
  self->markup = markup;
  g_clear_pointer (&self->node, gsk_render_node_unref);
  self->node = gsk_container_node_new ((GskRenderNode **)nodes->pdata, nodes->len);
}

static void
forget_halos (SgOverlay *self)
{
  g_clear_pointer (&self->halos, gsk_render_node_unref);
}

void
sg_overlay_set_reading (SgOverlay *self, SgReading *reading, SgPage *page)
{
  if (self->reading == reading)
    return;
  g_clear_pointer (&self->reading, sg_reading_unref);
  g_clear_pointer (&self->page, sg_page_unref);
  self->reading = reading != NULL ? sg_reading_ref (reading) : NULL;
  self->page = page != NULL ? sg_page_ref (page) : NULL;
  self->hovered = -1;
  g_array_set_size (self->selected, 0);
  forget_halos (self);
  g_clear_pointer (&self->node, gsk_render_node_unref);
}

SgReading *
sg_overlay_get_reading (SgOverlay *self)
{
  return self->reading;
}

gboolean
sg_overlay_shows (const SgOverlay *self, const SgPage *page)
{
  return self->reading != NULL && self->page == page;
}

void
sg_overlay_set_zoom (SgOverlay *self, double zoom)
{
  if (self->zoom == zoom)
    return;
  self->zoom = zoom;
  forget_halos (self);
  g_clear_pointer (&self->node, gsk_render_node_unref);
}

gboolean
sg_overlay_set_hovered (SgOverlay *self, int element)
{
  if (self->hovered == element)
    return FALSE;
  self->hovered = element;
  forget_halos (self);
  return TRUE;
}

gboolean
sg_overlay_set_selected (SgOverlay *self, const guint *elements, guint n)
{
  if (self->selected->len == n &&
      (n == 0 || memcmp (self->selected->data, elements, n * sizeof *elements) == 0))
    return FALSE;
  g_array_set_size (self->selected, 0);
  g_array_append_vals (self->selected, elements, n);
  forget_halos (self);
  return TRUE;
}

static void
ensure_node (SgOverlay *self)
{
  if (self->node != NULL)
    return;
  if (self->markup != NULL && self->markup->zoom != self->zoom)
    g_ptr_array_set_size (self->nodes, 0); /* none has the right size */
  take_markup (self, sg_markup_new (self->reading, self->page, self->zoom));
}

static void
paint_halo (SgOverlay *self, GtkSnapshot *snapshot, guint element, double alpha)
{
  GdkRGBA accent = { 0, 0, 0, 1 };

  gdk_rgba_parse (&accent, self->dark ? "#78aeed" : "#3584e4");
  for (guint i = 0; i < self->markup->marks->len; i++)
    {
      const SgMarkupMark *mark = sg_markup_mark (self->markup, i);
      SgRect b = sg_rect_grow (mark->bounds, HALO);

      if (mark->kind != SG_MARKUP_OUTLINE || mark->index != element)
        continue;
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (b.x, b.y, b.width, b.height));
      cairo_set_source_rgba (cr, accent.red, accent.green, accent.blue, alpha);
      cairo_set_line_width (cr, HALO);
      sg_markup_paint_halo (cr, self->markup, mark);
      cairo_destroy (cr);
    }
}

static void
ensure_halos (SgOverlay *self)
{
  GtkSnapshot *snapshot;

  if (self->halos != NULL || (self->hovered < 0 && self->selected->len == 0))
    return;
  snapshot = gtk_snapshot_new ();
  for (guint i = 0; i < self->selected->len; i++)
    paint_halo (self, snapshot, g_array_index (self->selected, guint, i), SELECTED_ALPHA);
  if (self->hovered >= 0)
    paint_halo (self, snapshot, self->hovered, HOVER_ALPHA);
  self->halos = gtk_snapshot_free_to_node (snapshot);
}

void
sg_overlay_snapshot (SgOverlay *self, GtkSnapshot *snapshot, const SgViewport *viewport, gboolean dark)
{
  SgPoint zero = sg_viewport_to_widget (viewport, SG_POINT (0, 0));

  if (self->reading == NULL)
    return;
  if (self->zoom == 0)
    self->zoom = viewport->zoom;
  if (self->dark != dark)
    {
      self->dark = dark;
      g_ptr_array_set_size (self->nodes, 0); /* none has the right colours */
      forget_halos (self);
      g_clear_pointer (&self->node, gsk_render_node_unref);
    }
  ensure_node (self);
  ensure_halos (self);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (round (zero.x), round (zero.y)));
  if (self->zoom != viewport->zoom)
    gtk_snapshot_scale (snapshot, viewport->zoom / self->zoom, viewport->zoom / self->zoom);
  if (self->halos != NULL)
    gtk_snapshot_append_node (snapshot, self->halos);
  gtk_snapshot_append_node (snapshot, self->node);
  gtk_snapshot_restore (snapshot);
}

/* A point of the widget in the markup's pixels. */
static SgPoint
to_markup (const SgOverlay *self, const SgViewport *viewport, SgPoint at)
{
  return sg_point_scale (sg_viewport_to_page (viewport, at), self->markup->zoom);
}

int
sg_overlay_find (SgOverlay *self, const SgViewport *viewport, SgPoint at, double reach)
{
  if (self->reading == NULL || self->node == NULL)
    return -1;
  return sg_markup_find (self->markup, self->reading, to_markup (self, viewport, at), reach);
}

int
sg_overlay_find_badge (SgOverlay *self, const SgViewport *viewport, SgPoint at)
{
  if (self->reading == NULL || self->node == NULL)
    return -1;
  return sg_markup_find_badge (self->markup, to_markup (self, viewport, at));
}

int
sg_overlay_find_issue (SgOverlay *self, const SgViewport *viewport, SgPoint at)
{
  if (self->reading == NULL || self->node == NULL)
    return -1;
  return sg_markup_find_issue (self->markup, to_markup (self, viewport, at));
}

SgRect
sg_overlay_get_bounds (SgOverlay *self, const SgViewport *viewport, guint element)
{
  SgPoint points[128];
  const SgElement *shown = sg_reading_element (self->reading, element);
  guint n = sg_geometry_outline (shown->kind, &shown->geometry, points, G_N_ELEMENTS (points));

  return sg_viewport_rect_to_widget (viewport, n > 0 ? sg_points_bounds (points, n) : (SgRect){ 0 });
}

guint64
sg_overlay_get_n_painted (const SgOverlay *self)
{
  return self->n_painted;
}
