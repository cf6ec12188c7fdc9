/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the canvas hears. Events of mouse, pen and fingers go, with the samples between two frames, as plain
 * values to pointers.c, which says what they mean; what is done then is canvas-input.c's for the page, the
 * viewport's for the paper. Wheel and touchpad zoom and pan. */
#include "config.h"

#include "app/canvas-private.h"

#ifdef GDK_WINDOWING_WAYLAND
#include <gdk/wayland/gdkwayland.h>
#endif

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

static SgPointerSample
make_sample (SgCanvas *self, const SgAct *act)
{
  return (SgPointerSample){ to_page (self, act->at.x, act->at.y), act->pressure, act->time,
                            act->free, act->extend };
}

static void
request_label (SgCanvas *self, SgPoint press)
{
  SgPoint at = to_page (self, press.x, press.y);
  SgLabel *label = sg_page_find_label (sg_document_get_page (self->document), at);

  sg_canvas_emit_label_requested (self, label, label != NULL ? sg_label_get_position (label) : at);
}

/* What is drawn is over the settled ink, and does not hide any of it. */
static gboolean
draws (SgTool tool)
{
  return tool == SG_TOOL_PEN || tool == SG_TOOL_SHAPE;
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

static gboolean
is_tap (SgCanvas *self, const SgAct *act)
{
  return sg_point_distance (act->at, self->press) < TAP_REACH;
}

/* A click of the select tool asks about the one mark that it chose; a drag does not. */
static void
ask_about_click (SgCanvas *self, const SgAct *act)
{
  int mark = sg_canvas_input_get_mark (self->input);

  if (self->active_tool == SG_TOOL_SELECT && is_tap (self, act) && mark >= 0)
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
begin_drag (SgCanvas *self, const SgAct *act)
{
  SgPointerSample sample = make_sample (self, act);

  self->fitted = FALSE; /* what is under a hand stays there */
  self->active_tool = act->tool;
  self->press = act->at;
  if (act->tool == SG_TOOL_PAN)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
  if (act->tool == SG_TOOL_PAN || act->tool == SG_TOOL_TEXT)
    return;
  sg_canvas_input_begin (self->input, act->tool, &sample, self->viewport.zoom, act->extend);
  await_hold (self, act->at.x, act->at.y);
  sg_canvas_emit_drawing (self, TRUE);
  if (draws (act->tool))
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else
    sg_canvas_refresh_ink (self);
}

static void
move_drag (SgCanvas *self, const SgAct *act)
{
  SgPointerSample sample = make_sample (self, act);

  if (!sg_canvas_input_is_active (self->input))
    return;
  sg_canvas_input_move (self->input, &sample);
  await_hold (self, act->at.x, act->at.y);
  if (draws (self->active_tool))
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else
    self->ink_stale = TRUE;
}

static void
finish_drag (SgCanvas *self, const SgAct *act)
{
  sg_canvas_update_cursor (self);
  if (self->active_tool == SG_TOOL_TEXT)
    request_label (self, self->press);
  if (!sg_canvas_input_is_active (self->input) ||
      (draws (self->active_tool) && is_tap (self, act) && tap_badge (self)))
    return;
  end_drag (self);
  sg_canvas_emit_selection (self);
  sg_canvas_emit_drawing (self, FALSE);
  ask_about_click (self, act);
}

static void
do_act (SgCanvas *self, const SgAct *act)
{
  self->pointer = act->at;
  switch (act->kind)
    {
    case SG_ACT_BEGIN:
      begin_drag (self, act);
      break;
    case SG_ACT_MOVE:
      move_drag (self, act);
      break;
    case SG_ACT_END:
      finish_drag (self, act);
      break;
    case SG_ACT_CANCEL:
      cancel_drag (self);
      break;
    case SG_ACT_PINCH:
    case SG_ACT_PAN:
      self->fitted = FALSE;
      sg_viewport_pan (&self->viewport, act->by.x, act->by.y);
      sg_viewport_zoom_at (&self->viewport, act->factor, act->at);
      sg_canvas_viewport_moved (self);
      break;
    case SG_ACT_ASK:
      if (!sg_canvas_input_is_active (self->input))
        sg_canvas_pick_mark (self, act->at);
      break;
    }
}

void
sg_canvas_take_event (SgCanvas *self, const SgPointerEvent *event)
{
  SgAct acts[SG_POINTERS_MAX_ACTS];
  guint n;

  self->pointers.tool = self->tool;
  n = sg_pointers_take (&self->pointers, event, acts);
  for (guint i = 0; i < n; i++)
    do_act (self, &acts[i]);
}

/* Surface to widget coordinates. */
static SgPoint
find_origin (SgCanvas *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  double left = 0, top = 0, x = 0, y = 0;

  gtk_native_get_surface_transform (native, &left, &top);
  gtk_widget_translate_coordinates (GTK_WIDGET (native), GTK_WIDGET (self), -left, -top, &x, &y);
  return SG_POINT (x, y);
}

static SgDevice
find_device (GdkEvent *event)
{
  GdkDeviceTool *tool = gdk_event_get_device_tool (event);
  GdkDevice *device = gdk_event_get_device (event);

  if (gdk_event_get_event_sequence (event) != NULL)
    return SG_DEVICE_TOUCH;
  if (tool != NULL && gdk_device_tool_get_tool_type (tool) == GDK_DEVICE_TOOL_TYPE_MOUSE)
    return SG_DEVICE_MOUSE;
  if (tool != NULL)
    return gdk_device_tool_get_tool_type (tool) == GDK_DEVICE_TOOL_TYPE_ERASER ? SG_DEVICE_ERASER
                                                                               : SG_DEVICE_PEN;
  return device != NULL && gdk_device_get_source (device) == GDK_SOURCE_PEN ? SG_DEVICE_PEN : SG_DEVICE_MOUSE;
}

/* A pen's barrel button next to the tip is the second under X, where they count as a mouse's, and comes as
 * the third under Wayland. */
static SgButton
find_button (GdkEvent *event, SgDevice device)
{
  guint button = gdk_button_event_get_button (event);
  guint first = GDK_BUTTON_MIDDLE;

#ifdef GDK_WINDOWING_WAYLAND
  if (GDK_IS_WAYLAND_DISPLAY (gdk_event_get_display (event)))
    first = GDK_BUTTON_SECONDARY;
#endif
  if (button == GDK_BUTTON_PRIMARY)
    return SG_BUTTON_MAIN;
  if (button != GDK_BUTTON_MIDDLE && button != GDK_BUTTON_SECONDARY)
    return SG_BUTTON_NONE;
  if (device == SG_DEVICE_MOUSE)
    return button == GDK_BUTTON_MIDDLE ? SG_BUTTON_MIDDLE : SG_BUTTON_MENU;
  return button == first ? SG_BUTTON_FIRST : SG_BUTTON_SECOND;
}

static SgPointerEvent
make_event (SgCanvas *self, GdkEvent *event, SgPointerKind kind)
{
  const GdkModifierType any_button = GDK_BUTTON1_MASK | GDK_BUTTON2_MASK | GDK_BUTTON3_MASK;
  GdkModifierType state = gdk_event_get_modifier_state (event);
  SgPoint origin = find_origin (self);
  SgPointerEvent result = {
    .kind = kind,
    .device = find_device (event),
    .id = GPOINTER_TO_SIZE (gdk_event_get_event_sequence (event)),
    .held = (state & any_button) != 0,
    .at = self->pointer,
    .pressure = NAN,
    .time = gdk_event_get_time (event),
    .extend = (state & GDK_SHIFT_MASK) != 0,
    .free = (state & GDK_ALT_MASK) != 0,
  };
  double x, y;

  if (gdk_event_get_position (event, &x, &y))
    result.at = sg_point_add (SG_POINT (x, y), origin);
  if ((result.device == SG_DEVICE_PEN || result.device == SG_DEVICE_ERASER) &&
      gdk_event_get_axis (event, GDK_AXIS_PRESSURE, &result.pressure))
    result.pressure = CLAMP (result.pressure, 0, 1);
  if (kind == SG_POINTER_DOWN || kind == SG_POINTER_UP)
    result.button =
      result.device == SG_DEVICE_TOUCH ? SG_BUTTON_MAIN : find_button (event, result.device);
  return result;
}

/* Samples between the last frame and this one, which GTK merged into one event. */
static void
take_history (SgCanvas *self, GdkEvent *event, const SgPointerEvent *now)
{
  guint n = 0;
  g_autofree GdkTimeCoord *history = gdk_event_get_history (event, &n);
  SgPoint origin = find_origin (self);

  for (guint i = 0; i < n; i++)
    {
      const GdkTimeCoord *past = &history[i];
      SgPointerEvent sample = *now;

      if (!(past->flags & GDK_AXIS_FLAG_X) || !(past->flags & GDK_AXIS_FLAG_Y))
        continue;
      sample.at = sg_point_add (SG_POINT (past->axes[GDK_AXIS_X], past->axes[GDK_AXIS_Y]), origin);
      sample.time = past->time;
      if (!isnan (now->pressure) && past->flags & GDK_AXIS_FLAG_PRESSURE)
        sample.pressure = CLAMP (past->axes[GDK_AXIS_PRESSURE], 0, 1);
      sg_canvas_take_event (self, &sample);
    }
}

/* A press in a popover comes here where the pointer got into it faster than GTK took note: it is not meant
 * for the paper, and its place is none of the paper's. Nor is one on a widget that lies on the paper. */
static gboolean
is_on_paper (SgCanvas *self, GdkEvent *event, SgPoint at)
{
  GtkWidget *widget = GTK_WIDGET (self);

  return gdk_event_get_surface (event) == gtk_native_get_surface (gtk_widget_get_native (widget)) &&
         gtk_widget_pick (widget, at.x, at.y, GTK_PICK_DEFAULT) == widget;
}

static void
take_press (SgCanvas *self, GdkEvent *event)
{
  SgPointerEvent press = make_event (self, event, SG_POINTER_DOWN);

  if (press.button == SG_BUTTON_NONE || !is_on_paper (self, event, press.at))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  sg_canvas_take_event (self, &press);
}

static void
take_motion (SgCanvas *self, GdkEvent *event)
{
  SgPointerEvent now = make_event (self, event, SG_POINTER_MOVE);

  if (gdk_event_get_event_type (event) == GDK_MOTION_NOTIFY && self->pointers.dragging)
    take_history (self, event, &now);
  sg_canvas_take_event (self, &now);
  if (!self->ink_stale)
    return;
  self->ink_stale = FALSE;
  sg_canvas_refresh_ink (self);
}

static void
take_pinch (SgCanvas *self, GdkEvent *event)
{
  SgAct act = { .kind = SG_ACT_PINCH, .at = self->pointer, .factor = 1 };

  if (gdk_touchpad_event_get_gesture_phase (event) == GDK_TOUCHPAD_GESTURE_PHASE_BEGIN)
    self->pinch_start = self->viewport.zoom;
  else if (gdk_touchpad_event_get_gesture_phase (event) == GDK_TOUCHPAD_GESTURE_PHASE_UPDATE)
    {
      act.factor = self->pinch_start * gdk_touchpad_event_get_pinch_scale (event) / self->viewport.zoom;
      gdk_touchpad_event_get_deltas (event, &act.by.x, &act.by.y);
      do_act (self, &act);
    }
}

static void
take_other (SgCanvas *self, GdkEvent *event, SgPointerKind kind)
{
  SgPointerEvent plain = make_event (self, event, kind);

  sg_canvas_take_event (self, &plain);
}

/* Unplugged: its release never comes. */
static void
device_removed_cb (SgCanvas *self, GdkDevice *device)
{
  SgPointerEvent gone = { .kind = SG_POINTER_GONE, .pressure = NAN };

  gone.at = self->pointer;
  gone.time = self->pointers.last.time;
  if (gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN)
    gone.device = SG_DEVICE_TOUCH;
  else if (gdk_device_get_source (device) == GDK_SOURCE_PEN)
    gone.device = SG_DEVICE_PEN;
  else
    return; /* a mouse's buttons are released by the system, and there may be another mouse */
  sg_canvas_take_event (self, &gone);
}

/* From the first event on: to ask for the seat before would be to wait for the X server. */
static void
watch_devices (SgCanvas *self, GdkSeat *seat)
{
  if (seat == NULL || self->seat == seat)
    return;
  self->seat = seat;
  g_signal_connect_object (seat, "device-removed", G_CALLBACK (device_removed_cb), self, G_CONNECT_SWAPPED);
}

static gboolean
event_cb (GtkEventController *controller, GdkEvent *event, SgCanvas *self)
{
  watch_devices (self, gdk_event_get_seat (event));
  switch (gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
      take_press (self, event);
      break;
    case GDK_MOTION_NOTIFY:
    case GDK_TOUCH_UPDATE:
      take_motion (self, event);
      break;
    case GDK_BUTTON_RELEASE:
    case GDK_TOUCH_END:
      take_other (self, event, SG_POINTER_UP);
      break;
    case GDK_TOUCH_CANCEL:
    case GDK_GRAB_BROKEN:
      take_other (self, event, SG_POINTER_LOST);
      break;
    case GDK_PROXIMITY_IN:
      take_other (self, event, SG_POINTER_NEAR);
      break;
    case GDK_PROXIMITY_OUT:
      take_other (self, event, SG_POINTER_AWAY);
      break;
    case GDK_TOUCHPAD_PINCH:
      take_pinch (self, event);
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

/* What is pressed on the paper is nobody else's: no swipe of a panel, no move of the window. */
static void
press_begun_cb (GtkGesture *gesture, GdkEventSequence *sequence, SgCanvas *self)
{
  double x = 0, y = 0;

  gtk_gesture_get_point (gesture, sequence, &x, &y);
  if (is_on_paper (self, gtk_gesture_get_last_event (gesture, sequence), SG_POINT (x, y)))
    gtk_gesture_set_sequence_state (gesture, sequence, GTK_EVENT_SEQUENCE_CLAIMED);
  else
    gtk_gesture_set_sequence_state (gesture, sequence, GTK_EVENT_SEQUENCE_DENIED);
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
  sg_canvas_viewport_moved (self);
  return GDK_EVENT_STOP;
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
  if (self->pointers.pen_near && !self->pointers.dragging)
    {
      SgPointerEvent away = { SG_POINTER_AWAY, SG_DEVICE_PEN, .pressure = NAN };

      away.time = self->pointers.pen_time;
      sg_canvas_take_event (self, &away);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, SgCanvas *self)
{
  GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));
  GtkWidget *over = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));

  if (files == NULL || !gtk_widget_translate_coordinates (over, GTK_WIDGET (self), x, y, &x, &y))
    return FALSE;
  sg_canvas_emit_file_dropped (self, files->data, to_page (self, x, y));
  g_slist_free (files);
  return TRUE;
}

void
sg_canvas_take_drops (SgCanvas *self, GtkWidget *over)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (drop, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (over, GTK_EVENT_CONTROLLER (drop));
}

/* Escape: what is being dragged was never there. */
static gboolean
key_cb (GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state, SgCanvas *self)
{
  if (keyval != GDK_KEY_Escape || !sg_canvas_input_is_active (self->input))
    return GDK_EVENT_PROPAGATE;
  sg_pointers_drop (&self->pointers);
  cancel_drag (self);
  sg_canvas_update_cursor (self);
  return GDK_EVENT_STOP;
}

void
sg_canvas_update_cursor (SgCanvas *self)
{
  static const char *const names[SG_N_TOOLS] = {
    "crosshair", "none", "default", "text", "grab", "crosshair"
  };

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), names[self->tool]);
}

void
sg_canvas_init_gestures (SgCanvas *self)
{
  GtkEventController *all = gtk_event_controller_legacy_new ();
  GtkGesture *press = g_object_new (GTK_TYPE_GESTURE_DRAG, "button", 0, NULL);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (all, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), all);
  g_signal_connect (press, "begin", G_CALLBACK (press_begun_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (motion, "motion", G_CALLBACK (pointer_moved_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (pointer_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  sg_canvas_take_drops (self, GTK_WIDGET (self));
}
