/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the canvas shows, bottom to top: paper and grid, pictures, settled ink (tiles), what is being drawn or
 * moved, what was recognised, labels, the selection, the eraser's reach. */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/canvas-private.h"
#include "app/ink-paint.h"

#define GRID 25.0          /* page units between two dots */
#define GRID_MIN_PIXELS 12 /* below this only every fourth dot is shown */
#define SHARPEN_DELAY 140  /* ms that the zoom must rest before the ink is painted again */
#define SHOWN_STRETCH 2.0  /* how far tiles are stretched before that */
#define HELD_ALPHA 0.3     /* of ink that is shown straightened */
#define HANDLE 5.5         /* pixels, radius */
#define SNAPPED 9.0
#define FIT_MAX_ZOOM 1.4 /* a single small mark is not blown up */

enum
{
  VIEWPORT_CHANGED,
  SELECTION_CHANGED,
  MARK_PICKED,
  DRAWING,
  LABEL_REQUESTED,
  FILE_DROPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SgCanvas, sg_canvas, GTK_TYPE_WIDGET)

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

static void
snapshot_grid (const SgViewport *viewport, GtkSnapshot *snapshot, const Colors *colors)
{
  double step = GRID * viewport->zoom;
  double dot = viewport->zoom > 2 ? 2 : 1.5;
  SgPoint zero = sg_viewport_to_widget (viewport, SG_POINT (0, 0));

  while (step < GRID_MIN_PIXELS)
    step *= 4;
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, viewport->width, viewport->height);
  graphene_rect_t cell =
    GRAPHENE_RECT_INIT (fmod (zero.x, step) - step, fmod (zero.y, step) - step, step, step);

  gtk_snapshot_push_repeat (snapshot, &area, &cell);
  gtk_snapshot_append_color (snapshot, &colors->grid,
                             &GRAPHENE_RECT_INIT (cell.origin.x, cell.origin.y, dot, dot));
  gtk_snapshot_pop (snapshot);
}

static void
snapshot_images (SgCanvas *self, GtkSnapshot *snapshot, SgPage *page)
{
  SgSelection *selection = sg_canvas_input_get_selection (self->input);

  for (guint i = 0; i < sg_page_get_n_images (page); i++)
    {
      SgImage *image = sg_page_get_image (page, i);
      SgRect bounds = sg_image_get_bounds (image);
      GdkTexture *texture = sg_picture_cache_get (self->pictures, image);

      if (sg_selection_contains (selection, image))
        {
          bounds.x += sg_canvas_input_get_offset (self->input).x;
          bounds.y += sg_canvas_input_get_offset (self->input).y;
        }
      SgRect at = sg_viewport_rect_to_widget (&self->viewport, bounds);
      if (texture != NULL)
        gtk_snapshot_append_texture (snapshot, texture,
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
  cairo_t *cr = begin_cairo (self, snapshot, sg_rect_grow (bounds, SG_PEN_WIDTH));
  if (cr == NULL)
    return;
  gdk_cairo_set_source_rgba (cr, &color);
  sg_ink_paint_points (cr, points, n, SG_PEN_WIDTH);
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

static void
snapshot_moving_strokes (SgCanvas *self, GtkSnapshot *snapshot, SgPage *page, const Colors *colors)
{
  SgPoint offset = sg_canvas_input_get_offset (self->input);
  SgSelection *selection = sg_canvas_input_get_selection (self->input);

  if (sg_point_norm (offset) == 0)
    return;
  SgRect bounds = sg_rect_grow (sg_selection_get_bounds (selection), SG_PEN_WIDTH);
  bounds.x += offset.x;
  bounds.y += offset.y;
  cairo_t *cr = begin_cairo (self, snapshot, bounds);
  if (cr == NULL)
    return;
  cairo_translate (cr, offset.x, offset.y);
  gdk_cairo_set_source_rgba (cr, &colors->ink);
  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    if (sg_selection_contains (selection, sg_page_get_stroke (page, i)))
      sg_ink_paint_stroke (cr, sg_page_get_stroke (page, i));
  cairo_destroy (cr);
}

static void
snapshot_label (
  SgCanvas *self, GtkSnapshot *snapshot, const SgLabel *label, SgPoint offset, const Colors *colors)
{
  g_autoptr (PangoLayout) layout =
    gtk_widget_create_pango_layout (GTK_WIDGET (self), sg_label_get_text (label));
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Cantarell, Sans");
  SgPoint at =
    sg_viewport_to_widget (&self->viewport, sg_point_add (sg_label_get_position (label), offset));
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

  for (guint i = 0; i < sg_page_get_n_labels (page); i++)
    {
      SgLabel *label = sg_page_get_label (page, i);
      gboolean moves = sg_selection_contains (selection, label);

      snapshot_label (self, snapshot, label,
                      moves ? sg_canvas_input_get_offset (self->input) : SG_POINT (0, 0), colors);
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
snapshot_selection (SgCanvas *self, GtkSnapshot *snapshot, const Colors *colors)
{
  SgSelection *selection = sg_canvas_input_get_selection (self->input);
  SgRect box;

  /* a single mark has its halo and handles */
  if (!sg_selection_is_empty (selection) && sg_canvas_input_get_mark (self->input) < 0)
    {
      box = sg_selection_get_bounds (selection);
      box.x += sg_canvas_input_get_offset (self->input).x;
      box.y += sg_canvas_input_get_offset (self->input).y;
      snapshot_frame (self, snapshot, box, 8, colors);
    }
  if (sg_canvas_input_get_box (self->input, &box))
    snapshot_frame (self, snapshot, box, 0, colors);
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

/* The handles of the selected mark; while one is dragged, where it would go, with a larger ring where it
 * would hold on to something. */
static void
snapshot_handles (SgCanvas *self, GtkSnapshot *snapshot, const Colors *colors)
{
  SgReading *reading = sg_overlay_get_reading (self->overlay);
  int mark = sg_canvas_input_get_mark (self->input);
  SgHandlePlace places[SG_N_HANDLES];
  SgHandleDrag drag;

  if (reading == NULL || mark < 0 || self->tool != SG_TOOL_SELECT ||
      sg_point_norm (sg_canvas_input_get_offset (self->input)) > 0)
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

/* One more frame; the first one that shows the reading of the page as it is ends the wait for it. */
static void
count_frame (SgCanvas *self, SgPage *page)
{
  self->figures.n_frames++;
  if (self->changed_us == 0)
    return;
  self->figures.frames_to_overlay++;
  if (!sg_overlay_shows (self->overlay, page))
    return;
  self->figures.ms_to_overlay = (g_get_monotonic_time () - self->changed_us) / 1000.0;
  self->changed_us = 0;
}

SgCanvasFigures
sg_canvas_get_figures (SgCanvas *self)
{
  SgCanvasFigures figures = self->figures;

  figures.n_marks = sg_overlay_get_n_painted (self->overlay);
  return figures;
}

static void
sg_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SgCanvas *self = SG_CANVAS (widget);
  Colors colors = get_colors ();
  SgPage *page = self->document != NULL ? sg_document_get_page (self->document) : NULL;
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, self->viewport.width, self->viewport.height);

  gtk_snapshot_push_clip (snapshot, &area);
  gtk_snapshot_append_color (snapshot, &colors.paper, &area);
  snapshot_grid (&self->viewport, snapshot, &colors);
  if (page != NULL)
    {
      snapshot_images (self, snapshot, page);
      sg_ink_layer_set_color (self->ink, &colors.ink);
      sg_ink_layer_snapshot (self->ink, snapshot, &self->viewport);
      snapshot_live_stroke (self, snapshot, &colors);
      snapshot_moving_strokes (self, snapshot, page, &colors);
      if (self->show_reading && sg_point_norm (sg_canvas_input_get_offset (self->input)) == 0)
        sg_overlay_snapshot (self->overlay, snapshot, &self->viewport, colors.dark);
      snapshot_labels (self, snapshot, page, &colors);
      snapshot_selection (self, snapshot, &colors);
      snapshot_handles (self, snapshot, &colors);
      snapshot_eraser (self, snapshot, &colors);
      count_frame (self, page);
    }
  gtk_snapshot_pop (snapshot);
  gtk_widget_snapshot_child (widget, GTK_WIDGET (self->undo_hint), snapshot);
}

static double
device_scale (SgCanvas *self)
{
  return self->viewport.zoom * gtk_widget_get_scale_factor (GTK_WIDGET (self));
}

/* Has ink and overlay painted for the zoom as it is now. */
static void
settle_zoom (SgCanvas *self)
{
  sg_ink_layer_set_scale (self->ink, device_scale (self));
  sg_overlay_set_zoom (self->overlay, self->viewport.zoom);
}

static gboolean
sharpen_cb (gpointer data)
{
  SgCanvas *self = data;

  self->sharpen_timer = 0;
  settle_zoom (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

void
sg_canvas_viewport_moved (SgCanvas *self)
{
  double stretch = device_scale (self) / sg_ink_layer_get_scale (self->ink);

  g_clear_handle_id (&self->sharpen_timer, g_source_remove);
  if (stretch > SHOWN_STRETCH || stretch < 1 / SHOWN_STRETCH)
    settle_zoom (self);
  else if (stretch != 1)
    self->sharpen_timer = g_timeout_add (SHARPEN_DELAY, sharpen_cb, self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[VIEWPORT_CHANGED], 0);
}

static gboolean
is_hidden (const SgStroke *stroke, gpointer data)
{
  return sg_canvas_input_hides (data, stroke);
}

void
sg_canvas_refresh_ink (SgCanvas *self)
{
  sg_ink_layer_set_page (self->ink, sg_document_get_page (self->document), is_hidden, self->input);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The selected mark stands out in the overlay. */
static void
show_selected_mark (SgCanvas *self)
{
  int mark = sg_canvas_input_get_mark (self->input);
  guint element = MAX (mark, 0);

  if (sg_overlay_set_selected (self->overlay, &element, mark >= 0 ? 1 : 0))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
sg_canvas_emit_selection (SgCanvas *self)
{
  show_selected_mark (self);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

void
sg_canvas_emit_mark_picked (SgCanvas *self, guint element, SgPoint at)
{
  g_signal_emit (self, signals[MARK_PICKED], 0, element, at.x, at.y);
}

void
sg_canvas_emit_drawing (SgCanvas *self, gboolean drawing)
{
  g_signal_emit (self, signals[DRAWING], 0, drawing);
}

void
sg_canvas_emit_label_requested (SgCanvas *self, SgLabel *label, SgPoint at)
{
  g_signal_emit (self, signals[LABEL_REQUESTED], 0, label, at.x, at.y);
}

void
sg_canvas_emit_file_dropped (SgCanvas *self, GFile *file, SgPoint at)
{
  g_signal_emit (self, signals[FILE_DROPPED], 0, file, at.x, at.y);
}

static void
document_changed_cb (SgCanvas *self)
{
  SgPage *page = sg_document_get_page (self->document);

  self->changed_us = g_get_monotonic_time ();
  self->figures.frames_to_overlay = 0;
  sg_canvas_input_set_page (self->input, page);
  sg_picture_cache_keep (self->pictures, page);
  sg_undo_hint_hide (self->undo_hint);
  sg_canvas_refresh_ink (self);
  sg_canvas_emit_selection (self);
}

static void
document_replaced_cb (SgCanvas *self)
{
  sg_canvas_fit (self);
}

void
sg_canvas_set_document (SgCanvas *self, SgDocument *document)
{
  g_set_object (&self->document, document);
  g_signal_connect_object (document, "changed", G_CALLBACK (document_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "replaced", G_CALLBACK (document_replaced_cb), self, G_CONNECT_SWAPPED);
  document_changed_cb (self);
}

void
sg_canvas_set_reading (SgCanvas *self, SgReading *reading)
{
  sg_overlay_set_reading (self->overlay, reading, sg_document_get_page (self->document));
  sg_canvas_input_set_reading (self->input, reading);
  show_selected_mark (self);
  sg_canvas_describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
sg_canvas_set_show_reading (SgCanvas *self, gboolean show)
{
  self->show_reading = show;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
sg_canvas_set_tool (SgCanvas *self, SgTool tool)
{
  if (self->tool == tool)
    return;
  self->tool = tool;
  if (tool != SG_TOOL_SELECT)
    sg_canvas_clear_selection (self);
  sg_canvas_update_cursor (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

SgTool
sg_canvas_get_tool (SgCanvas *self)
{
  return self->tool;
}

const SgViewport *
sg_canvas_get_viewport (SgCanvas *self)
{
  return &self->viewport;
}

void
sg_canvas_zoom_by (SgCanvas *self, double factor)
{
  sg_viewport_zoom_at (&self->viewport, factor,
                       SG_POINT (self->viewport.width / 2, self->viewport.height / 2));
  sg_canvas_viewport_moved (self);
}

void
sg_canvas_fit (SgCanvas *self)
{
  SgPage *page = sg_document_get_page (self->document);

  self->fit_pending = self->viewport.width <= 0;
  if (self->fit_pending)
    return;
  if (sg_page_is_empty (page))
    {
      self->viewport.zoom = 1; /* page units are pixels where nothing says otherwise */
      self->viewport.center = SG_POINT (self->viewport.width / 2, self->viewport.height / 2);
    }
  else
    sg_viewport_fit (&self->viewport, sg_page_get_bounds (page), FIT_MAX_ZOOM);
  sg_canvas_viewport_moved (self);
}

gboolean
sg_canvas_has_selection (SgCanvas *self)
{
  return !sg_selection_is_empty (sg_canvas_input_get_selection (self->input));
}

void
sg_canvas_select_all (SgCanvas *self)
{
  sg_selection_add_all (sg_canvas_input_get_selection (self->input));
  sg_canvas_emit_selection (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
sg_canvas_clear_selection (SgCanvas *self)
{
  sg_selection_clear (sg_canvas_input_get_selection (self->input));
  sg_canvas_emit_selection (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Calls back with every part of the page that the element is made of; FALSE where one call said FALSE. */
static gboolean
foreach_part (SgCanvas *self, const SgElement *element, gboolean (*func) (SgSelection *, gpointer part))
{
  SgPage *page = sg_document_get_page (self->document);
  SgSelection *selection = sg_canvas_input_get_selection (self->input);
  gboolean all = TRUE;

  if (element->label >= 0 && (guint)element->label < sg_page_get_n_labels (page))
    return func (selection, sg_page_get_label (page, element->label));
  for (guint i = 0; i < element->n_strokes && all; i++)
    all = element->strokes[i] < sg_page_get_n_strokes (page) &&
          func (selection, sg_page_get_stroke (page, element->strokes[i]));
  return all && element->n_strokes > 0;
}

static gboolean
is_selected (SgSelection *selection, gpointer part)
{
  return sg_selection_contains (selection, part);
}

static gboolean
select_part (SgSelection *selection, gpointer part)
{
  sg_selection_add (selection, part);
  return TRUE;
}

GArray *
sg_canvas_get_selected_marks (SgCanvas *self, const SgReading *reading)
{
  GArray *elements = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    if (foreach_part (self, sg_reading_element (reading, i), is_selected))
      g_array_append_val (elements, i);
  return elements;
}

void
sg_canvas_select_marks (SgCanvas *self, const SgReading *reading, const guint *elements, guint n)
{
  sg_selection_clear (sg_canvas_input_get_selection (self->input));
  for (guint i = 0; i < n; i++)
    foreach_part (self, sg_reading_element (reading, elements[i]), select_part);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  sg_canvas_emit_selection (self);
}

void
sg_canvas_delete_selection (SgCanvas *self)
{
  g_autoptr (SgEdit) edit = sg_selection_delete (sg_canvas_input_get_selection (self->input));

  if (!sg_edit_is_empty (edit))
    sg_document_apply (self->document, g_steal_pointer (&edit));
}

void
sg_canvas_add_image (SgCanvas *self, SgImage *image, SgPoint at)
{
  SgRect bounds = sg_image_get_bounds (image), seen = sg_viewport_get_visible (&self->viewport);
  double shrink =
    MIN (1, MIN (0.8 * seen.width / MAX (bounds.width, 1), 0.8 * seen.height / MAX (bounds.height, 1)));
  SgEdit *edit = sg_edit_new ();

  bounds.width *= shrink;
  bounds.height *= shrink;
  bounds.x = at.x - bounds.width / 2;
  bounds.y = at.y - bounds.height / 2;
  g_autoptr (SgImage) placed = sg_image_new (bounds, sg_image_get_data (image), NULL);
  sg_edit_add_image (edit, placed);
  sg_document_apply (self->document, edit);
}

static void
sg_canvas_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  *minimum = 120;
  *natural = 480;
}

static void
sg_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SgCanvas *self = SG_CANVAS (widget);

  if (self->viewport.width != width || self->viewport.height != height)
    {
      SgPoint corner = sg_viewport_to_page (&self->viewport, SG_POINT (0, 0));

      self->viewport.width = width;
      self->viewport.height = height;
      /* the paper stays where it is under the hand while a panel slides in beside it */
      self->viewport.center =
        sg_point_add (corner, sg_point_scale (SG_POINT (width, height), 0.5 / self->viewport.zoom));
      if (self->fit_pending && self->document != NULL)
        sg_canvas_fit (self);
      else
        sg_canvas_viewport_moved (self);
    }
  sg_canvas_allocate_hint (self);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));
}

static void
sg_canvas_dispose (GObject *object)
{
  SgCanvas *self = SG_CANVAS (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_handle_id (&self->sharpen_timer, g_source_remove);
  g_clear_handle_id (&self->hold_timer, g_source_remove);
  g_clear_object (&self->document);
  g_clear_pointer (&self->input, sg_canvas_input_free);
  g_clear_pointer (&self->ink, sg_ink_layer_free);
  g_clear_pointer (&self->overlay, sg_overlay_free);
  g_clear_pointer (&self->pictures, sg_picture_cache_free);
  G_OBJECT_CLASS (sg_canvas_parent_class)->dispose (object);
}

static void
sg_canvas_class_init (SgCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GType type = SG_TYPE_CANVAS;

  G_OBJECT_CLASS (klass)->dispose = sg_canvas_dispose;
  widget_class->snapshot = sg_canvas_snapshot;
  widget_class->measure = sg_canvas_measure;
  widget_class->size_allocate = sg_canvas_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  signals[VIEWPORT_CHANGED] =
    g_signal_new ("viewport-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SELECTION_CHANGED] =
    g_signal_new ("selection-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MARK_PICKED] = g_signal_new ("mark-picked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[DRAWING] =
    g_signal_new ("drawing", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[LABEL_REQUESTED] = g_signal_new ("label-requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 3, G_TYPE_POINTER, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[FILE_DROPPED] = g_signal_new ("file-dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 3, G_TYPE_FILE, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
picture_ready_cb (gpointer data)
{
  gtk_widget_queue_draw (data);
}

static void
sg_canvas_init (SgCanvas *self)
{
  self->input = sg_canvas_input_new ();
  self->ink = sg_ink_layer_new ();
  self->overlay = sg_overlay_new ();
  self->pictures = sg_picture_cache_new (picture_ready_cb, self);
  self->viewport = (SgViewport){ .zoom = 1 };
  self->fit_pending = TRUE;
  self->show_reading = TRUE;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Drawing"), -1);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self, "notify::scale-factor", G_CALLBACK (sg_canvas_viewport_moved), self);
  sg_canvas_init_gestures (self);
  sg_canvas_init_marks (self);
  sg_canvas_update_cursor (self);
}
