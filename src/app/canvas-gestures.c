/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the canvas hears: one drag gesture carries mouse, finger and pen (pressure from the event's axes, also
 * of the samples between two frames), the middle button and a touchpad pan, Ctrl and the wheel or a pinch
 * zoom. Everything else is decided in canvas-input.c. */
#include "config.h"

#include "app/canvas-private.h"

#define SCROLL_STEP 60.0 /* pixels a wheel's notch moves the paper */
#define ZOOM_STEP 1.15   /* factor a notch */
#define HOLD_DELAY 600   /* ms at rest that straighten a stroke */
#define TAP_REACH 4.0    /* pixels that a tap may slip */
#define TAP_POINTS 6     /* of its ink: else it went somewhere and came back */
#define HOLD_REACH 4.0   /* pixels that a resting hand may tremble */

static SgPoint
to_page (SgCanvas *self, double x, double y)
{
  return sg_viewport_to_page (&self->viewport, SG_POINT (x, y));
}

static double
event_pressure (GdkEvent *event)
{
  double pressure;

  if (event != NULL && gdk_event_get_device_tool (event) != NULL &&
      gdk_event_get_axis (event, GDK_AXIS_PRESSURE, &pressure))
    return CLAMP (pressure, 0, 1);
  return NAN;
}

static gboolean
is_eraser_end (GdkEvent *event)
{
  GdkDeviceTool *tool = event != NULL ? gdk_event_get_device_tool (event) : NULL;

  return tool != NULL && gdk_device_tool_get_tool_type (tool) == GDK_DEVICE_TOOL_TYPE_ERASER;
}

/* Samples between the last frame and this one, which GTK merged into one event. Their axes are in the
 * surface's coordinates; the event's own place, known in both, gives the offset. */
static void
replay_history (SgCanvas *self, GdkEvent *event, double x, double y)
{
  guint n = 0;
  g_autofree GdkTimeCoord *history = gdk_event_get_history (event, &n);
  double surface_x, surface_y;

  if (history == NULL || !gdk_event_get_position (event, &surface_x, &surface_y))
    return;
  for (guint i = 0; i < n; i++)
    {
      const GdkTimeCoord *past = &history[i];
      SgPointerSample sample = { .pressure = NAN, .time = past->time };

      if (!(past->flags & GDK_AXIS_FLAG_X) || !(past->flags & GDK_AXIS_FLAG_Y))
        continue;
      sample.at =
        to_page (self, past->axes[GDK_AXIS_X] - surface_x + x, past->axes[GDK_AXIS_Y] - surface_y + y);
      if (past->flags & GDK_AXIS_FLAG_PRESSURE && gdk_event_get_device_tool (event) != NULL)
        sample.pressure = CLAMP (past->axes[GDK_AXIS_PRESSURE], 0, 1);
      sg_canvas_input_move (self->input, &sample);
    }
}

static SgPointerSample
make_sample (SgCanvas *self, GdkEvent *event, double x, double y)
{
  return (SgPointerSample){
    .at = to_page (self, x, y),
    .pressure = event_pressure (event),
    .time = event != NULL ? gdk_event_get_time (event) : g_get_monotonic_time () / 1000,
  };
}

static void
pan_to (SgCanvas *self, double x, double y)
{
  sg_viewport_pan (&self->viewport, x - self->pan_last.x, y - self->pan_last.y);
  self->pan_last = SG_POINT (x, y);
  self->fitted = FALSE;
  sg_canvas_viewport_moved (self);
}

static void
request_label (SgCanvas *self, SgPoint press)
{
  SgPoint at = to_page (self, press.x, press.y);
  SgLabel *label = sg_page_find_label (sg_document_get_page (self->document), at);

  sg_canvas_emit_label_requested (self, label, label != NULL ? sg_label_get_position (label) : at);
}

static gboolean
hold_cb (gpointer data)
{
  SgCanvas *self = data;

  self->hold_timer = 0;
  if (sg_canvas_input_hold (self->input))
    gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

/* A still pointer sends no events: a timer waits for it to rest. */
static void
await_hold (SgCanvas *self, double x, double y)
{
  if (self->active_tool != SG_TOOL_PEN ||
      (self->hold_timer != 0 && sg_point_distance (SG_POINT (x, y), self->hold_at) < HOLD_REACH))
    return;
  g_clear_handle_id (&self->hold_timer, g_source_remove);
  self->hold_timer = g_timeout_add (HOLD_DELAY, hold_cb, self);
  self->hold_at = SG_POINT (x, y);
}

/* A press in a popover comes here where the pointer got into it faster than GTK took note: it is not meant
 * for the paper, and its place is none of the paper's. */
static gboolean
is_on_paper (SgCanvas *self, GdkEvent *event)
{
  return event == NULL ||
         gdk_event_get_surface (event) == gtk_native_get_surface (gtk_widget_get_native (GTK_WIDGET (self)));
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, SgCanvas *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  SgPointerSample sample = make_sample (self, event, x, y);

  if (!is_on_paper (self, event))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  self->fitted = FALSE; /* what is under a hand stays there */
  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->active_tool = is_eraser_end (event) ? SG_TOOL_ERASER : self->tool;
  self->press = self->pan_last = SG_POINT (x, y);
  if (self->active_tool == SG_TOOL_PAN || self->active_tool == SG_TOOL_TEXT)
    return;
  sg_canvas_input_begin (self->input, self->active_tool, &sample, self->viewport.zoom,
                         (state & GDK_SHIFT_MASK) != 0);
  await_hold (self, x, y);
  sg_canvas_emit_drawing (self, TRUE);
  sg_canvas_refresh_ink (self);
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, SgCanvas *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));
  double x = 0, y = 0;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  x += dx;
  y += dy;
  self->pointer = SG_POINT (x, y);
  if (self->active_tool == SG_TOOL_PAN)
    pan_to (self, x, y);
  if (!sg_canvas_input_is_active (self->input))
    return;
  if (event != NULL)
    replay_history (self, event, x, y);
  SgPointerSample sample = make_sample (self, event, x, y);
  sg_canvas_input_move (self->input, &sample);
  await_hold (self, x, y);
  if (self->active_tool == SG_TOOL_PEN)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else
    sg_canvas_refresh_ink (self);
}

static void
end_drag (SgCanvas *self)
{
  SgCanvasInputResult result;
  SgPoint at = to_page (self, self->pointer.x, self->pointer.y);

  g_clear_handle_id (&self->hold_timer, g_source_remove);
  result = sg_canvas_input_end (self->input);
  if (result.edit != NULL)
    sg_document_apply (self->document, result.edit);
  else
    sg_canvas_refresh_ink (self);
  if (result.straighten != NULL)
    sg_document_apply (self->document, result.straighten);
  if (result.n_deleted > 0)
    sg_canvas_tell_deleted (self, at);
}

static void
cancel_drag (SgCanvas *self)
{
  if (!sg_canvas_input_is_active (self->input))
    return;
  g_clear_handle_id (&self->hold_timer, g_source_remove);
  sg_canvas_input_cancel (self->input);
  sg_canvas_refresh_ink (self);
  sg_canvas_emit_drawing (self, FALSE);
}

/* A click of the select tool asks about the one mark that it chose; a drag does not. */
static void
ask_about_click (SgCanvas *self, double dx, double dy)
{
  int mark = sg_canvas_input_get_mark (self->input);

  if (self->active_tool == SG_TOOL_SELECT && hypot (dx, dy) < TAP_REACH && mark >= 0)
    sg_canvas_emit_mark_picked (self, mark, self->press);
}

/* A tap of the pen on a badge asks about its mark instead of leaving a dot. */
static gboolean
tap_badge (SgCanvas *self)
{
  guint n = 0;

  sg_canvas_input_get_live (self->input, &n);
  if (n > TAP_POINTS || !sg_canvas_pick_badge (self, self->press))
    return FALSE;
  cancel_drag (self);
  return TRUE;
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, SgCanvas *self)
{
  if (self->active_tool == SG_TOOL_TEXT)
    request_label (self, self->press);
  if (!sg_canvas_input_is_active (self->input))
    return;
  if (self->active_tool == SG_TOOL_PEN && hypot (dx, dy) < TAP_REACH && tap_badge (self))
    return;
  end_drag (self);
  sg_canvas_emit_selection (self);
  sg_canvas_emit_drawing (self, FALSE);
  ask_about_click (self, dx, dy);
}

static void
drag_cancel_cb (GtkGesture *gesture, GdkEventSequence *sequence, SgCanvas *self)
{
  cancel_drag (self);
}

static void
right_pressed_cb (GtkGestureClick *click, int n_press, double x, double y, SgCanvas *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!sg_canvas_input_is_active (self->input))
    sg_canvas_pick_mark (self, SG_POINT (x, y));
}

static void
middle_begin_cb (GtkGestureDrag *gesture, double x, double y, SgCanvas *self)
{
  self->pan_last = SG_POINT (x, y);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
}

static void
middle_update_cb (GtkGestureDrag *gesture, double dx, double dy, SgCanvas *self)
{
  double x = 0, y = 0;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  pan_to (self, x + dx, y + dy);
}

static void
middle_end_cb (GtkGestureDrag *gesture, double dx, double dy, SgCanvas *self)
{
  sg_canvas_update_cursor (self);
}

static gboolean
scroll_cb (GtkEventControllerScroll *scroll, double dx, double dy, SgCanvas *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  double unit =
    gtk_event_controller_scroll_get_unit (scroll) == GDK_SCROLL_UNIT_WHEEL ? SCROLL_STEP : 1;

  if (state & GDK_CONTROL_MASK)
    sg_viewport_zoom_at (&self->viewport, pow (ZOOM_STEP, -dy * (unit == 1 ? 1 / SCROLL_STEP : 1)),
                         self->pointer);
  else if (state & GDK_SHIFT_MASK)
    sg_viewport_pan (&self->viewport, -(dy + dx) * unit, 0);
  else
    sg_viewport_pan (&self->viewport, -dx * unit, -dy * unit);
  self->fitted = FALSE;
  sg_canvas_viewport_moved (self);
  return GDK_EVENT_STOP;
}

static void
pinch_begin_cb (GtkGesture *gesture, GdkEventSequence *sequence, SgCanvas *self)
{
  double x = 0, y = 0;

  cancel_drag (self);             /* the first finger drew until the second came down */
  self->active_tool = SG_N_TOOLS; /* none until the next press */
  self->pinch_start = self->viewport.zoom;
  gtk_gesture_get_bounding_box_center (gesture, &x, &y);
  self->pan_last = SG_POINT (x, y);
}

static void
pinch_changed_cb (GtkGestureZoom *gesture, double scale, SgCanvas *self)
{
  double x = 0, y = 0;

  gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y);
  sg_viewport_zoom_at (&self->viewport, self->pinch_start * scale / self->viewport.zoom, SG_POINT (x, y));
  pan_to (self, x, y);
}

static void
pointer_moved_cb (GtkEventControllerMotion *motion, double x, double y, SgCanvas *self)
{
  self->pointer = SG_POINT (x, y);
  self->pointer_inside = TRUE;
  if (self->tool == SG_TOOL_ERASER)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
pointer_left_cb (GtkEventControllerMotion *motion, SgCanvas *self)
{
  self->pointer_inside = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, SgCanvas *self)
{
  GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));

  if (files == NULL)
    return FALSE;
  sg_canvas_emit_file_dropped (self, files->data, to_page (self, x, y));
  g_slist_free (files);
  return TRUE;
}

void
sg_canvas_update_cursor (SgCanvas *self)
{
  static const char *const names[SG_N_TOOLS] = { "crosshair", "none", "default", "text", "grab" };

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), names[self->tool]);
}

static void
add_drags (SgCanvas *self)
{
  GtkGesture *drag = gtk_gesture_drag_new (), *middle = gtk_gesture_drag_new (),
             *pinch = gtk_gesture_zoom_new (), *right = gtk_gesture_click_new ();

  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (middle), GDK_BUTTON_MIDDLE);
  g_signal_connect (middle, "drag-begin", G_CALLBACK (middle_begin_cb), self);
  g_signal_connect (middle, "drag-update", G_CALLBACK (middle_update_cb), self);
  g_signal_connect (middle, "drag-end", G_CALLBACK (middle_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (middle));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (right), GDK_BUTTON_SECONDARY);
  g_signal_connect (right, "pressed", G_CALLBACK (right_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (right));

  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_changed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
  gtk_gesture_group (pinch, drag);
}

void
sg_canvas_init_gestures (SgCanvas *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  add_drags (self);
  g_signal_connect (motion, "motion", G_CALLBACK (pointer_moved_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (pointer_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  g_signal_connect (drop, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}
