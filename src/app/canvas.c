/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The canvas as a widget: its document and reading, what part of the page is seen, what is selected. */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/canvas-private.h"

#include "app/bar.h"

#define SHARPEN_DELAY 140 /* ms that the zoom must rest before the ink is painted again */
#define SHOWN_STRETCH 2.0 /* how far tiles are stretched before that */
#define FIT_MAX_ZOOM 1.4  /* a single small mark is not blown up */

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

  gint64 before = g_get_monotonic_time ();

  sg_canvas_paint (self, snapshot);
  if (self->document != NULL)
    count_frame (self, sg_document_get_page (self->document));
  gtk_widget_snapshot_child (widget, GTK_WIDGET (self->undo_hint), snapshot);
  self->figures.painted_us = g_get_monotonic_time ();
  self->figures.painting_us += self->figures.painted_us - before;
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

void
sg_canvas_refresh_ink (SgCanvas *self)
{
  sg_ink_layer_set_page (self->ink, sg_document_get_page (self->document),
                         sg_canvas_input_get_hidden (self->input));
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
sg_canvas_set_grid (SgCanvas *self, gboolean show)
{
  self->show_grid = show;
  sg_canvas_input_set_snapping (self->input, self->snaps, show);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

SgPaper
sg_canvas_get_paper (SgCanvas *self)
{
  return self->paper;
}

void
sg_canvas_set_paper (SgCanvas *self, SgPaper paper)
{
  self->paper = paper;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
sg_canvas_set_snapping (SgCanvas *self, gboolean snaps)
{
  self->snaps = snaps;
  sg_canvas_input_set_snapping (self->input, snaps, self->show_grid);
}

void
sg_canvas_set_pen (SgCanvas *self, double width, gboolean pressure)
{
  sg_canvas_input_set_pen (self->input, width, pressure);
}

void
sg_canvas_set_eraser (SgCanvas *self, gboolean cuts)
{
  sg_canvas_input_set_eraser (self->input, cuts);
}

void
sg_canvas_set_shape (SgCanvas *self, SgRuledShape shape)
{
  sg_canvas_input_set_shape (self->input, shape);
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
  self->fitted = FALSE;
  sg_canvas_viewport_moved (self);
}

void
sg_canvas_set_bars (SgCanvas *self, GtkWidget *head, GtkWidget *foot, GtkWidget *view_foot)
{
  self->head = head;
  self->feet[0] = foot;
  self->feet[1] = view_foot;
}

void
sg_canvas_fit (SgCanvas *self)
{
  SgPage *page = sg_document_get_page (self->document);

  self->fit_pending = self->viewport.width <= 0;
  if (self->fit_pending)
    return;
  self->fitted = !sg_page_is_empty (page);
  if (sg_page_is_empty (page))
    {
      self->viewport.zoom = 1; /* page units are pixels where nothing says otherwise */
      self->viewport.center = SG_POINT (self->viewport.width / 2, self->viewport.height / 2);
    }
  else
    {
      self->viewport.head = sg_bar_get_cover (self->head);
      self->viewport.foot = MAX (sg_bar_get_cover (self->feet[0]), sg_bar_get_cover (self->feet[1]));
      sg_viewport_fit (&self->viewport, sg_page_get_bounds (page), FIT_MAX_ZOOM);
    }
  sg_canvas_viewport_moved (self);
}

gboolean
sg_canvas_shows_all (SgCanvas *self)
{
  SgPage *page = sg_document_get_page (self->document);
  SgRect seen = sg_viewport_get_visible (&self->viewport), bounds = sg_page_get_bounds (page);

  return sg_page_is_empty (page) ||
         (sg_rect_contains (seen, SG_POINT (bounds.x, bounds.y)) &&
          sg_rect_contains (seen, SG_POINT (bounds.x + bounds.width, bounds.y + bounds.height)));
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

GArray *
sg_canvas_get_selected_marks (SgCanvas *self, const SgReading *reading)
{
  SgSelection *selection = sg_canvas_input_get_selection (self->input);
  GArray *elements = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    if (sg_selection_contains_mark (selection, sg_reading_element (reading, i)))
      g_array_append_val (elements, i);
  return elements;
}

void
sg_canvas_select_marks (SgCanvas *self, const SgReading *reading, const guint *elements, guint n)
{
  SgSelection *selection = sg_canvas_input_get_selection (self->input);

  sg_selection_clear (selection);
  for (guint i = 0; i < n; i++)
    sg_selection_add_mark (selection, sg_reading_element (reading, elements[i]));
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
sg_canvas_nudge (SgCanvas *self, SgPoint by)
{
  SgTransform transform = SG_TRANSFORM_NONE;

  transform.by = by;
  if (sg_canvas_has_selection (self) && !sg_canvas_input_is_active (self->input))
    sg_document_apply (self->document,
                       sg_selection_transform (sg_canvas_input_get_selection (self->input), &transform));
}

SgPage *
sg_canvas_dup_selected (SgCanvas *self)
{
  return sg_selection_dup_page (sg_canvas_input_get_selection (self->input));
}

void
sg_canvas_add_page (SgCanvas *self, const SgPage *parts, SgPoint by)
{
  sg_canvas_input_cancel (self->input);
  sg_document_apply (self->document,
                     sg_selection_add_page (sg_canvas_input_get_selection (self->input), parts, by));
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
      if ((self->fit_pending || self->fitted) && self->document != NULL)
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
  self->show_reading = self->show_grid = self->snaps = TRUE;
  sg_canvas_input_set_snapping (self->input, TRUE, TRUE);
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
