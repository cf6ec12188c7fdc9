/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the canvas shows, bottom to top: paper and grid, pictures, settled ink (tiles), what is being drawn or
 * moved, what was recognised, labels, the selection, the eraser's reach. */
#include "app/canvas-private.h"

#include <adwaita.h>

#include "app/snapping.h"
#include "app/snapshot.h"
#include "render/ink-paint.h"

#define GRID_MIN_PIXELS 12 /* below this only every fourth dot is shown */
#define HELD_ALPHA 0.3     /* of ink that is shown straightened */
#define HANDLE 5.5         /* pixels, radius */
#define SNAPPED 9.0
#define GRIP 4.5 /* of the selection as a whole */

typedef struct
{
  GdkRGBA paper, grid, ink, accent;
  gboolean dark;
} Colors;

static Colors
get_colors (void)
{
  Colors colors = { .dark = adw_style_manager_get_dark (adw_style_manager_get_default ()) };

  gdk_rgba_parse (&colors.paper, colors.dark ? "#23262c" : "#fbf9f4");
  gdk_rgba_parse (&colors.grid, colors.dark ? "rgba(255,255,255,.085)" : "rgba(60,50,30,.13)");
  gdk_rgba_parse (&colors.ink, colors.dark ? "#eceae4" : "#262c38");
  gdk_rgba_parse (&colors.accent, colors.dark ? "#78aeed" : "#1c71d8");
  return colors;
}

/* One cell of the paper's pattern again and again. */
static void
snapshot_paper (SgPaper paper, const SgViewport *viewport, GtkSnapshot *snapshot, const Colors *colors)
{
  double step = SG_GRID * viewport->zoom;
  double dot = viewport->zoom > 2 ? 2 : 1.5;
  SgPoint zero = sg_viewport_to_widget (viewport, SG_POINT (0, 0));

  if (paper == SG_PAPER_PLAIN)
    return;
  while (step < GRID_MIN_PIXELS)
    step *= 4;
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, viewport->width, viewport->height);
  graphene_rect_t cell =
    GRAPHENE_RECT_INIT (fmod (zero.x, step) - step, fmod (zero.y, step) - step, step, step);
  double x = cell.origin.x, y = cell.origin.y;

  gtk_snapshot_push_repeat (snapshot, &area, &cell);
  if (paper == SG_PAPER_DOTS)
    gtk_snapshot_append_color (snapshot, &colors->grid, &GRAPHENE_RECT_INIT (x, y, dot, dot));
  else
    gtk_snapshot_append_color (snapshot, &colors->grid, &GRAPHENE_RECT_INIT (x, y, step, 1));
  if (paper == SG_PAPER_GRID)
    gtk_snapshot_append_color (snapshot, &colors->grid, &GRAPHENE_RECT_INIT (x, y + 1, 1, step - 1));
  gtk_snapshot_pop (snapshot);
}

static void
snapshot_images (SgCanvas *self, GtkSnapshot *snapshot, SgPage *page)
{
  SgSelection *selection = sg_canvas_input_get_selection (self->input);
  SgTransform transform;
  gboolean moves = sg_canvas_input_get_transform (self->input, &transform);

  for (guint i = 0; i < sg_page_get_n_images (page); i++)
    {
      SgImage *image = sg_page_get_image (page, i);
      SgRect bounds = sg_image_get_bounds (image);
      GdkTexture *texture = sg_picture_cache_get (self->pictures, image);

      if (moves && sg_selection_contains (selection, image))
        bounds = sg_transform_upright (&transform, bounds);
      SgRect at = sg_viewport_rect_to_widget (&self->viewport, bounds);
      if (texture != NULL)
        sg_snapshot_append_picture (snapshot, GTK_WIDGET (self), texture,
                                    &GRAPHENE_RECT_INIT (at.x, at.y, at.width, at.height));
    }
}

/* Calls cairo for a part of the page, in page units. */
static cairo_t *
begin_cairo (SgCanvas *self, GtkSnapshot *snapshot, SgRect page_bounds)
{
  SgRect at = sg_viewport_rect_to_widget (&self->viewport, page_bounds);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (at.x, at.y, at.width, at.height);
  graphene_rect_t seen = GRAPHENE_RECT_INIT (0, 0, self->viewport.width, self->viewport.height);
  SgPoint zero = sg_viewport_to_widget (&self->viewport, SG_POINT (0, 0));

  if (!graphene_rect_intersection (&bounds, &seen, &bounds))
    return NULL;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  cairo_translate (cr, zero.x, zero.y);
  cairo_scale (cr, self->viewport.zoom, self->viewport.zoom);
  return cr;
}

static void
snapshot_points (SgCanvas *self, GtkSnapshot *snapshot, const SgInkPoint *points, guint n, GdkRGBA color)
{
  SgRect bounds = { points[0].x, points[0].y, 0, 0 };

  for (guint i = 1; i < n; i++)
    bounds = sg_rect_union (bounds, (SgRect){ points[i].x, points[i].y, 0, 0 });
  double width = sg_canvas_input_get_pen_width (self->input);
  cairo_t *cr = begin_cairo (self, snapshot, sg_rect_grow (bounds, width));

  if (cr == NULL)
    return;
  gdk_cairo_set_source_rgba (cr, &color);
  sg_ink_paint_points (cr, points, n, width);
  cairo_destroy (cr);
}

/* What is being drawn; once it is held, what becomes of it, with the ink as it was faintly under it. */
static void
snapshot_live_stroke (SgCanvas *self, GtkSnapshot *snapshot, const Colors *colors)
{
  guint n = 0;
  const SgInkPoint *points = sg_canvas_input_get_live (self->input, &n);
  SgStroke *straight = sg_canvas_input_get_straight (self->input);
  GdkRGBA color = colors->ink;

  if (n == 0)
    return;
  color.alpha = straight != NULL ? HELD_ALPHA : 1;
  snapshot_points (self, snapshot, points, n, color);
  if (straight == NULL)
    return;
  points = sg_stroke_get_points (straight, &n);
  snapshot_points (self, snapshot, points, n, colors->accent);
}

/* Where a rectangle goes, and all around it. */
static SgRect
transform_bounds (const SgTransform *transform, SgRect r)
{
  SgPoint corners[4] = { { r.x, r.y },
                         { r.x + r.width, r.y },
                         { r.x + r.width, r.y + r.height },
                         { r.x, r.y + r.height } };

  for (guint i = 0; i < 4; i++)
    corners[i] = sg_transform_point (transform, corners[i]);
  return sg_points_bounds (corners, 4);
}

static void
snapshot_moving_strokes (SgCanvas *self, GtkSnapshot *snapshot, SgPage *page, const Colors *colors)
{
  SgSelection *selection = sg_canvas_input_get_selection (self->input);
  SgTransform transform;

  if (!sg_canvas_input_get_transform (self->input, &transform))
    return;
  SgRect bounds = transform_bounds (&transform, sg_selection_get_bounds (selection));
  double reach = SG_PEN_MAX_WIDTH * MAX (1, transform.scale);
  cairo_t *cr = begin_cairo (self, snapshot, sg_rect_grow (bounds, reach));
  if (cr == NULL)
    return;
  cairo_translate (cr, transform.about.x + transform.by.x, transform.about.y + transform.by.y);
  cairo_rotate (cr, transform.angle);
  cairo_scale (cr, transform.scale, transform.scale);
  cairo_translate (cr, -transform.about.x, -transform.about.y);
  gdk_cairo_set_source_rgba (cr, &colors->ink);
  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    if (sg_selection_contains (selection, sg_page_get_stroke (page, i)))
      sg_ink_paint_stroke (cr, sg_page_get_stroke (page, i));
  cairo_destroy (cr);
}

/* What the eraser has left so far of what it cuts. */
static void
snapshot_pieces (SgCanvas *self, GtkSnapshot *snapshot, const Colors *colors)
{
  g_autoptr (GPtrArray) pieces = sg_canvas_input_dup_pieces (self->input);
  SgRect bounds = { 0, 0, 0, 0 };

  for (guint i = 0; pieces != NULL && i < pieces->len; i++)
    bounds = i > 0 ? sg_rect_union (bounds, sg_ink_paint_bounds (pieces->pdata[i]))
                   : sg_ink_paint_bounds (pieces->pdata[i]);
  cairo_t *cr = pieces != NULL ? begin_cairo (self, snapshot, bounds) : NULL;
  if (cr == NULL)
    return;
  gdk_cairo_set_source_rgba (cr, &colors->ink);
  for (guint i = 0; i < pieces->len; i++)
    sg_ink_paint_stroke (cr, pieces->pdata[i]);
  cairo_destroy (cr);
}

static void
snapshot_label (
  SgCanvas *self, GtkSnapshot *snapshot, const SgLabel *label, SgPoint page, const Colors *colors)
{
  g_autoptr (PangoLayout) layout =
    gtk_widget_create_pango_layout (GTK_WIDGET (self), sg_label_get_text (label));
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Cantarell, Sans");
  SgPoint at = sg_viewport_to_widget (&self->viewport, page);
  int height = 0;

  pango_font_description_set_absolute_size (font, SG_LABEL_HEIGHT * self->viewport.zoom * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (at.x, at.y - height / 2.0));
  gtk_snapshot_append_layout (snapshot, layout, &colors->ink);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_labels (SgCanvas *self, GtkSnapshot *snapshot, SgPage *page, const Colors *colors)
{
  SgSelection *selection = sg_canvas_input_get_selection (self->input);
  SgTransform transform;
  gboolean any = sg_canvas_input_get_transform (self->input, &transform);

  for (guint i = 0; i < sg_page_get_n_labels (page); i++)
    {
      SgLabel *label = sg_page_get_label (page, i);
      SgPoint at = sg_label_get_position (label);

      if (any && sg_selection_contains (selection, label))
        at = sg_transform_point (&transform, at);
      snapshot_label (self, snapshot, label, at, colors);
    }
}

static void
snapshot_frame (SgCanvas *self, GtkSnapshot *snapshot, SgRect page_rect, double margin, const Colors *colors)
{
  SgRect at = sg_rect_grow (sg_viewport_rect_to_widget (&self->viewport, page_rect), margin);
  GskRoundedRect frame;
  GdkRGBA fill = colors->accent;

  fill.alpha = 0.07;
  gsk_rounded_rect_init_from_rect (&frame, &GRAPHENE_RECT_INIT (at.x, at.y, at.width, at.height), 6);
  gtk_snapshot_push_rounded_clip (snapshot, &frame);
  gtk_snapshot_append_color (snapshot, &fill, &frame.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (
    snapshot, &frame, (float[4]){ 1.5, 1.5, 1.5, 1.5 },
    (GdkRGBA[4]){ colors->accent, colors->accent, colors->accent, colors->accent });
}

static void
snapshot_dot (SgCanvas *self, GtkSnapshot *snapshot, SgPoint page, double radius, const Colors *colors)
{
  SgPoint at = sg_viewport_to_widget (&self->viewport, page);
  graphene_rect_t box = GRAPHENE_RECT_INIT (at.x - radius, at.y - radius, 2 * radius, 2 * radius);
  const GdkRGBA *c = &colors->accent;
  GskRoundedRect dot;

  gsk_rounded_rect_init_from_rect (&dot, &box, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &dot);
  gtk_snapshot_append_color (snapshot, &colors->paper, &box);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &dot, (float[4]){ 2, 2, 2, 2 }, (GdkRGBA[4]){ *c, *c, *c, *c });
}

/* The frame with its corners and the knob; a single mark has its halo and handles, and shows no frame. While
 * it is dragged, only where it goes. */
static void
snapshot_selection (SgCanvas *self, GtkSnapshot *snapshot, const Colors *colors)
{
  SgSelection *selection = sg_canvas_input_get_selection (self->input);
  gboolean is_mark = sg_canvas_input_get_mark (self->input) >= 0;
  SgTransform transform;
  SgHandleDrag drag;
  SgGrips grips;

  if (sg_canvas_input_get_transform (self->input, &transform))
    {
      SgRect to = transform_bounds (&transform, sg_selection_get_bounds (selection));

      snapshot_frame (self, snapshot, to, 8, colors);
      return;
    }
  if (self->tool != SG_TOOL_SELECT || !sg_canvas_input_get_grips (self->input, self->viewport.zoom, &grips) ||
      sg_canvas_input_get_handle_drag (self->input, &drag))
    return;
  if (!is_mark)
    snapshot_frame (self, snapshot, grips.frame, 0, colors);
  for (guint i = 0; i < 4; i++)
    snapshot_dot (self, snapshot, grips.corners[i], GRIP, colors);
  snapshot_dot (self, snapshot, grips.knob, GRIP, colors);
}

/* The box; once the hand has come back to where it began, the loop. */
static void
snapshot_box (SgCanvas *self, GtkSnapshot *snapshot, const Colors *colors)
{
  guint n = 0;
  const SgPoint *loop = sg_canvas_input_get_loop (self->input, &n);
  GdkRGBA fill = colors->accent;
  SgRect box;

  if (!sg_canvas_input_get_box (self->input, &box))
    return;
  if (loop == NULL)
    {
      snapshot_frame (self, snapshot, box, 0, colors);
      return;
    }
  cairo_t *cr = begin_cairo (self, snapshot, sg_rect_grow (sg_points_bounds (loop, n), 2));
  if (cr == NULL)
    return;
  for (guint i = 0; i < n; i++)
    cairo_line_to (cr, loop[i].x, loop[i].y);
  cairo_close_path (cr);
  fill.alpha = 0.07;
  gdk_cairo_set_source_rgba (cr, &fill);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &colors->accent);
  cairo_set_line_width (cr, 1.5 / self->viewport.zoom);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

/* The handles of the selected mark; while one is dragged, where it would go, with a larger ring where it
 * would hold on to something. */
static void
snapshot_handles (SgCanvas *self, GtkSnapshot *snapshot, const Colors *colors)
{
  SgReading *reading = sg_overlay_get_reading (self->overlay);
  int mark = sg_canvas_input_get_mark (self->input);
  SgHandlePlace places[SG_N_HANDLES];
  SgTransform transform;
  SgHandleDrag drag;

  if (reading == NULL || mark < 0 || self->tool != SG_TOOL_SELECT ||
      sg_canvas_input_get_transform (self->input, &transform))
    return;
  if (!sg_canvas_input_get_handle_drag (self->input, &drag))
    {
      for (guint i = sg_handles_of (sg_reading_element (reading, mark), places); i-- > 0;)
        snapshot_dot (self, snapshot, places[i].at, HANDLE, colors);
      return;
    }
  SgInkPoint ends[2] = { { drag.other.x, drag.other.y, NAN, NAN },
                         { drag.snap.at.x, drag.snap.at.y, NAN, NAN } };
  snapshot_points (self, snapshot, ends, 2, colors->accent);
  snapshot_dot (self, snapshot, drag.snap.at, drag.snap.element >= 0 ? SNAPPED : HANDLE, colors);
}

static void
snapshot_eraser (SgCanvas *self, GtkSnapshot *snapshot, const Colors *colors)
{
  GskRoundedRect ring;
  GdkRGBA edge = colors->ink;

  if (self->tool != SG_TOOL_ERASER || !self->pointer_inside)
    return;
  edge.alpha = 0.55;
  gsk_rounded_rect_init_from_rect (&ring,
                                   &GRAPHENE_RECT_INIT (self->pointer.x - SG_POINTER_REACH,
                                                        self->pointer.y - SG_POINTER_REACH,
                                                        2 * SG_POINTER_REACH, 2 * SG_POINTER_REACH),
                                   SG_POINTER_REACH);
  gtk_snapshot_append_border (snapshot, &ring, (float[4]){ 1.5, 1.5, 1.5, 1.5 },
                              (GdkRGBA[4]){ edge, edge, edge, edge });
}

void
sg_canvas_paint (SgCanvas *self, GtkSnapshot *snapshot)
{
  Colors colors = get_colors ();
  SgPage *page = self->document != NULL ? sg_document_get_page (self->document) : NULL;
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, self->viewport.width, self->viewport.height);
  SgTransform transform;

  gtk_snapshot_push_clip (snapshot, &area);
  gtk_snapshot_append_color (snapshot, &colors.paper, &area);
  if (self->show_grid)
    snapshot_paper (self->paper, &self->viewport, snapshot, &colors);
  if (page != NULL)
    {
      snapshot_images (self, snapshot, page);
      sg_ink_layer_set_color (self->ink, &colors.ink);
      sg_ink_layer_snapshot (self->ink, snapshot, &self->viewport,
                             sg_snapshot_is_by_cairo (GTK_WIDGET (self)));
      snapshot_live_stroke (self, snapshot, &colors);
      snapshot_moving_strokes (self, snapshot, page, &colors);
      snapshot_pieces (self, snapshot, &colors);
      if (self->show_reading && !sg_canvas_input_get_transform (self->input, &transform))
        sg_overlay_snapshot (self->overlay, snapshot, &self->viewport, colors.dark);
      snapshot_labels (self, snapshot, page, &colors);
      snapshot_selection (self, snapshot, &colors);
      snapshot_box (self, snapshot, &colors);
      snapshot_handles (self, snapshot, &colors);
      snapshot_eraser (self, snapshot, &colors);
    }
  gtk_snapshot_pop (snapshot);
}
