/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The GL area and its camera.
 *
 *   GL 3.2 context --fails--> GL ES 3.0 context --fails--> the error page, for good
 *
 * While frames come the picture is drawn at the tier's speed; SETTLE ms after the last one it is drawn once
 * more at full quality. The renderer lives from the area's realize to its unrealize. */
#include "config.h"

#include "app/view-private.h"

#include <glib/gi18n.h>

#include "app/gl-area.h"
#include "app/part-ink.h"
#include "app/part-model.h"
#include "app/view-touch.h"
#include "pipeline/error-name.h"
#include "render/renderer.h"

#define SETTLE 180        /* ms */
#define REFRESH_SLACK 6.0 /* ms: less than a refresh, so that a frame is not put off to the one after */
#define PAUSE_US 1000000  /* nothing moved in between: no frame was due */
#define ZOOM_STEP 1.15    /* factor a wheel's notch */
#define CLICK_REACH 4.0   /* pixels that a click may slip */
#define PICK_REACH 8.0    /* pixels from a thin thing within which it is meant */

enum
{
  PROP_FOLLOWING = 1,
  PROP_SOFTWARE,
  PROP_FIXED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint picked_signal, shown_changed_signal, reset_signal;

G_DEFINE_FINAL_TYPE (SgView, sg_view, ADW_TYPE_BIN)

static void make_area (SgView *self, gboolean use_es);

static void
queue_render (SgView *self)
{
  if (self->area != NULL)
    gtk_gl_area_queue_render (self->area);
}

static gboolean
settle_cb (gpointer data)
{
  SgView *self = data;

  self->settle_timer = 0;
  self->still = TRUE;
  queue_render (self);
  return G_SOURCE_REMOVE;
}

void
sg_view_moved (SgView *self)
{
  self->still = FALSE;
  g_clear_handle_id (&self->settle_timer, g_source_remove);
  self->settle_timer = g_timeout_add (SETTLE, settle_cb, self);
  queue_render (self);
}

void
sg_view_set_following (SgView *self, gboolean following)
{
  if (self->following == following)
    return;
  self->following = following;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FOLLOWING]);
}

static void
set_software (SgView *self, gboolean software)
{
  self->software = software;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SOFTWARE]);
}

static void
make_error_page (SgView *self)
{
  self->error_page = g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "sg-perspective-symbolic", "title",
                                   _ ("No 3D graphics here"), NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->error_page), "compact");
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->error_page));
}

static void
show_error (SgView *self, const GError *error)
{
  g_autofree char *reason = g_markup_escape_text (error->message, -1);
  g_autofree char *text = g_strdup_printf (
    _ ("%s. SimGen needs OpenGL 3.2 or OpenGL ES 3.0 to show the simulation; drawing works without."),
    reason);

  sg_error_log ("simgen-app", error);
  if (self->error_page == NULL)
    make_error_page (self);
  adw_status_page_set_description (self->error_page, text);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->error_page));
  set_software (self, TRUE);
}

static void
look_like_canvas (SgView *self)
{
  if (self->following && self->followed.height > 0)
    sg_camera_match_page (&self->camera, self->followed.center, self->followed.zoom,
                          gtk_widget_get_height (GTK_WIDGET (self->area)), self->scale, self->origin);
}

/* When it is first to be seen; the renderer keeps it for the scene's model. */
static void
give_ink (SgView *self)
{
  SgInk *ink;

  if (!self->ink_is_new || !self->shown.ink)
    return;
  self->ink_is_new = FALSE;
  ink = self->scene != NULL ? sg_part_ink_of_scene (self->scene) : NULL;
  sg_renderer_take_ink (self->renderer, ink != NULL ? self->scene->model : NULL, ink);
}

/* Late frames are not made up for: the newest snapshot is drawn, those before it are counted. */
static void
note_frame (SgView *self, const SgSnapshot *snapshot)
{
  gint64 now = g_get_monotonic_time ();
  gboolean moves = snapshot != NULL && sg_simulation_get_playing (self->simulation) && !self->still;

  sg_frame_counter_add (&self->frames, now);
  if (snapshot != NULL && self->drawn_sequence > 0 && snapshot->sequence > self->drawn_sequence + 1)
    self->n_dropped += snapshot->sequence - self->drawn_sequence - 1;
  self->drawn_sequence = snapshot != NULL ? snapshot->sequence : 0;
  if (moves && self->drawn_us > 0 && now - self->drawn_us < PAUSE_US)
    sg_frame_rate_add (&self->rate, (double)(now - self->drawn_us) / 1000);
  else
    sg_frame_rate_pause (&self->rate);
  self->drawn_us = moves ? now : 0;
}

static void
tell (SgView *self, const SgSnapshot *snapshot)
{
  g_autofree char *text = sg_narrator_see (self->narrator, snapshot, g_get_monotonic_time ());

  if (text == NULL)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->area), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static gboolean
make_area_again_cb (gpointer data)
{
  SgView *self = data;

  make_area (self, self->tried_es);
  g_signal_emit (self, reset_signal, 0);
  return G_SOURCE_REMOVE;
}

static const char *
say_name (const char *name, gpointer user_data)
{
  return sg_thing_names_find_any (SG_VIEW (user_data)->names, name);
}

static gboolean
render_cb (GtkGLArea *area, GdkGLContext *context, SgView *self)
{
  int factor = gtk_widget_get_scale_factor (GTK_WIDGET (area));
  SgRenderOptions options = sg_render_options_default ();
  const SgSnapshot *snapshot = NULL;
  g_autoptr (GError) error = NULL;

  if (self->renderer == NULL)
    return GDK_EVENT_PROPAGATE;
  look_like_canvas (self);
  SgCamera camera = sg_view_camera_now (self, &options.flat);
  options.dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  options.still = self->still;
  options.paper = camera.mode == SG_CAMERA_FRONT;
  options.shown = &self->shown;
  options.pixel_ratio = factor;
  options.quality = self->quality;
  options.shadows = self->quality == SG_QUALITY_HIGH ||
                    (self->quality == SG_QUALITY_AUTO &&
                     (self->still || sg_frame_rate_has_shadows (&self->rate)));
  options.lit = (const SgLit *)self->lit->data;
  options.n_lit = self->lit->len;
  options.say_name = say_name;
  options.user_data = self;
  snapshot = sg_simulation_read_snapshot (self->simulation, NULL);
  give_ink (self);
  sg_renderer_set_model (self->renderer, snapshot != NULL ? snapshot->model : NULL);
  if (!sg_renderer_draw (self->renderer, snapshot, &camera, &options,
                         gtk_widget_get_width (GTK_WIDGET (area)) * factor,
                         gtk_widget_get_height (GTK_WIDGET (area)) * factor, &error))
    show_error (self, error);
  note_frame (self, snapshot);
  tell (self, snapshot);
  if (sg_renderer_is_lost (self->renderer) || self->lose)
    {
      self->lose = FALSE;
      g_idle_add_full (G_PRIORITY_HIGH, make_area_again_cb, g_object_ref (self), g_object_unref);
    }
  return GDK_EVENT_STOP;
}

static void
note_renderer (SgView *self)
{
  SgRenderStats stats;

  sg_renderer_get_stats (self->renderer, &stats);
  set_software (self, stats.quality == SG_QUALITY_SOFTWARE);
}

static gboolean
retry_with_es_cb (gpointer data)
{
  make_area (data, TRUE);
  return G_SOURCE_REMOVE;
}

static void
area_realized_cb (GtkGLArea *area, SgView *self)
{
  g_autoptr (GError) error = NULL;

  gtk_gl_area_make_current (area);
  if (gtk_gl_area_get_error (area) == NULL)
    self->renderer = sg_renderer_new (&error);
  sg_view_touch_set_renderer (self->touch, self->renderer);
  if (self->renderer != NULL)
    {
      self->ink_is_new = TRUE;
      note_renderer (self);
      return;
    }
  if (!self->tried_es)
    {
      self->tried_es = TRUE;
      g_idle_add_full (G_PRIORITY_HIGH, retry_with_es_cb, g_object_ref (self), g_object_unref);
      return;
    }
  show_error (self, gtk_gl_area_get_error (area) != NULL ? gtk_gl_area_get_error (area) : error);
}

static void
area_unrealized_cb (GtkGLArea *area, SgView *self)
{
  sg_view_touch_set_renderer (self->touch, NULL);
  gtk_gl_area_make_current (area);
  if (gtk_gl_area_get_error (area) == NULL)
    g_clear_pointer (&self->renderer, sg_renderer_free);
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, SgView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->area));
  self->drag_last = SG_POINT (x, y);
}

static SgPoint
drag_step (GtkGestureDrag *gesture, double dx, double dy, SgView *self)
{
  double x = 0, y = 0;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  SgPoint now = SG_POINT (x + dx, y + dy);
  SgPoint step = sg_point_sub (now, self->drag_last);
  self->drag_last = now;
  return step;
}

/* A geom under the pointer, or as near to it as a finger is: rods are thin. */
static const char *
find_geom (SgView *self, SgPoint at)
{
  static const SgPoint around[] = {
    { 0, 0 }, { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 }, { .7, .7 }, { -.7, .7 }, { .7, -.7 }, { -.7, -.7 }
  };
  double width = gtk_widget_get_width (GTK_WIDGET (self->area));
  double height = gtk_widget_get_height (GTK_WIDGET (self->area));
  const char *found = NULL;

  for (double reach = 0; reach <= PICK_REACH && found == NULL; reach += PICK_REACH / 2)
    for (guint i = 0; i < G_N_ELEMENTS (around) && found == NULL; i++)
      found = sg_renderer_pick (self->renderer, (at.x + reach * around[i].x) / width,
                                (at.y + reach * around[i].y) / height, width / height);
  return found;
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, SgView *self)
{
  double x = 0, y = 0;

  if (self->renderer == NULL || hypot (dx, dy) > CLICK_REACH ||
      !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  g_signal_emit (self, picked_signal, 0, find_geom (self, SG_POINT (x, y)));
}

static void
orbit_update_cb (GtkGestureDrag *gesture, double dx, double dy, SgView *self)
{
  SgPoint step = drag_step (gesture, dx, dy, self);

  if (sg_view_touch_has_grip (self->touch) || sg_point_norm (step) == 0 ||
      (self->following && hypot (dx, dy) <= CLICK_REACH))
    return;
  sg_view_set_following (self, FALSE);
  sg_view_take_over (self);
  sg_camera_orbit (&self->camera, step.x, step.y, gtk_widget_get_height (GTK_WIDGET (self->area)));
  sg_view_moved (self);
}

static void
pan_update_cb (GtkGestureDrag *gesture, double dx, double dy, SgView *self)
{
  SgPoint step = drag_step (gesture, dx, dy, self);

  if (sg_point_norm (step) == 0)
    return;
  sg_view_set_following (self, FALSE);
  sg_view_take_over (self);
  sg_camera_pan (&self->camera, step.x, step.y, gtk_widget_get_height (GTK_WIDGET (self->area)));
  sg_view_moved (self);
}

static gboolean
scroll_cb (GtkEventControllerScroll *scroll, double dx, double dy, SgView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->area));
  int height = gtk_widget_get_height (GTK_WIDGET (self->area));
  gboolean wheel = gtk_event_controller_scroll_get_unit (scroll) == GDK_SCROLL_UNIT_WHEEL;

  sg_view_set_following (self, FALSE);
  sg_view_take_over (self);
  sg_camera_zoom (&self->camera, pow (ZOOM_STEP, wheel ? -dy : -dy / 60), self->pointer.x - width / 2.0,
                  self->pointer.y - height / 2.0, height);
  sg_view_moved (self);
  return GDK_EVENT_STOP;
}

static void
pointer_moved_cb (GtkEventControllerMotion *motion, double x, double y, SgView *self)
{
  self->pointer = SG_POINT (x, y);
}

static GtkGesture *
add_drag (SgView *self, guint button, GCallback update)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), button);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", update, self);
  gtk_widget_add_controller (GTK_WIDGET (self->area), GTK_EVENT_CONTROLLER (drag));
  return drag;
}

static void
make_area (SgView *self, gboolean use_es)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->area = sg_gl_area_new ();
  gtk_gl_area_set_use_es (self->area, use_es);
  gtk_gl_area_set_required_version (self->area, 3, use_es ? 0 : 2);
  gtk_gl_area_set_has_depth_buffer (self->area, TRUE);
  gtk_gl_area_set_has_stencil_buffer (self->area, TRUE); /* mirrors */
  gtk_gl_area_set_auto_render (self->area, FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self->area), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->area), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Simulation"), -1);
  g_signal_connect (self->area, "realize", G_CALLBACK (area_realized_cb), self);
  g_signal_connect (self->area, "unrealize", G_CALLBACK (area_unrealized_cb), self);
  g_signal_connect (self->area, "render", G_CALLBACK (render_cb), self);
  g_signal_connect_swapped (self->area, "resize", G_CALLBACK (sg_view_moved), self);
  g_signal_connect (add_drag (self, GDK_BUTTON_PRIMARY, G_CALLBACK (orbit_update_cb)), "drag-end",
                    G_CALLBACK (drag_end_cb), self);
  add_drag (self, GDK_BUTTON_MIDDLE, G_CALLBACK (pan_update_cb));
  add_drag (self, GDK_BUTTON_SECONDARY, G_CALLBACK (pan_update_cb));
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->area), scroll);
  g_signal_connect (motion, "motion", G_CALLBACK (pointer_moved_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->area), motion);
  sg_view_touch_attach (self->touch, GTK_WIDGET (self->area));
  gtk_widget_set_visible (GTK_WIDGET (self->area), self->was_painted);
  adw_bin_set_child (self->area_bin, GTK_WIDGET (self->area));
}

static gboolean
show_area_cb (gpointer data)
{
  SgView *self = data;

  gtk_widget_set_visible (GTK_WIDGET (self->area), TRUE);
  return G_SOURCE_REMOVE;
}

static void
painted_cb (GdkFrameClock *clock, SgView *self)
{
  g_signal_handlers_disconnect_by_func (clock, painted_cb, self);
  if (!self->was_painted)
    g_idle_add_full (G_PRIORITY_HIGH_IDLE, show_area_cb, g_object_ref (self), g_object_unref);
  self->was_painted = TRUE;
}

/* Setting up OpenGL takes a while: the window can be drawn in a frame before, and the simulation is seen in
 * the next one. */
static void
sg_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sg_view_parent_class)->map (widget);
  if (!SG_VIEW (widget)->was_painted)
    g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (painted_cb),
                             widget, 0);
}

static gboolean
due_cb (gpointer data)
{
  SgView *self = data;

  self->due_timer = 0;
  sg_view_moved (self);
  return G_SOURCE_REMOVE;
}

/* A snapshot is there to draw: at once, or where frames are to be further apart, when it is time; by then
 * it may be another one. */
static void
frame_ready_cb (SgView *self)
{
  double since = (double)(g_get_monotonic_time () - self->drawn_us) / 1000;
  double wait = sg_frame_rate_get_gap (&self->rate) - REFRESH_SLACK - since;

  if (self->due_timer != 0)
    return;
  if (wait < REFRESH_SLACK || self->rate.step < SG_FRAMES_HALF)
    sg_view_moved (self);
  else
    self->due_timer = g_timeout_add ((guint)wait, due_cb, self);
}

void
sg_view_set_simulation (SgView *self, SgSimulation *simulation)
{
  g_set_object (&self->simulation, simulation);
  sg_view_touch_set_simulation (self->touch, simulation);
  g_signal_connect_object (simulation, "frame-ready", G_CALLBACK (frame_ready_cb), self, G_CONNECT_SWAPPED);
}

void
sg_view_follow (SgView *self, const SgViewport *viewport, double scale, SgPoint origin)
{
  self->followed = *viewport;
  self->scale = scale;
  self->origin = origin;
  if (self->following)
    sg_view_moved (self);
}

void
sg_view_set_lit (SgView *self, SgScene *scene, const guint *elements, guint n)
{
  guint before = self->lit->len;

  g_array_set_size (self->lit, 0);
  for (guint i = 0; scene != NULL && i < n; i++)
    sg_part_append_things (scene, elements[i], self->lit);
  if (scene != NULL)
    sg_scene_ref (scene);
  g_clear_pointer (&self->lit_scene, sg_scene_unref);
  self->lit_scene = scene;
  if (before > 0 || self->lit->len > 0)
    sg_view_moved (self);
}

void
sg_view_set_scene (SgView *self, SgScene *scene)
{
  if (scene == self->scene)
    return;
  g_clear_pointer (&self->scene, sg_scene_unref);
  self->scene = scene != NULL ? sg_scene_ref (scene) : NULL;
  self->ink_is_new = TRUE;
  sg_narrator_set_scene (self->narrator, scene);
}

void
sg_view_set_names (SgView *self, SgThingNames *names)
{
  g_clear_pointer (&self->names, sg_thing_names_unref);
  self->names = names != NULL ? sg_thing_names_ref (names) : NULL;
}

void
sg_view_set_hint (SgView *self, const char *hint)
{
  gtk_label_set_label (self->hint, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), hint != NULL && *hint != '\0');
  sg_view_moved (self);
}

void
sg_view_set_quality (SgView *self, SgQuality quality)
{
  self->quality = quality;
  queue_render (self);
}

void
sg_view_get_shown (SgView *self, SgShown *shown)
{
  *shown = self->shown;
}

void
sg_view_set_shown (SgView *self, const SgShown *shown)
{
  self->shown = *shown;
  sg_view_moved (self);
  g_signal_emit (self, shown_changed_signal, 0);
}

double
sg_view_get_fps (SgView *self)
{
  return sg_frame_counter_get_rate (&self->frames, g_get_monotonic_time ());
}

const char *
sg_view_explain_rate (SgView *self)
{
  static const char *const by_processor[SG_N_FRAMES_STEPS] = {
    NULL,
    N_ ("no shadows (no GPU)"),
    N_ ("half rate (no GPU)"),
    N_ ("third rate (no GPU)"),
  };
  static const char *const by_scene[SG_N_FRAMES_STEPS] = {
    NULL,
    N_ ("no shadows (large scene)"),
    N_ ("half rate (large scene)"),
    N_ ("third rate (large scene)"),
  };
  const char *why = (self->software ? by_processor : by_scene)[self->rate.step];

  return why != NULL ? _ (why) : NULL;
}

void
sg_view_lose_graphics (SgView *self)
{
  self->lose = TRUE;
  sg_view_moved (self);
}

guint64
sg_view_get_n_dropped (SgView *self)
{
  return self->n_dropped;
}

guint64
sg_view_get_n_frames (SgView *self)
{
  return self->frames.n_frames;
}

static void
sg_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SgView *self = SG_VIEW (object);

  switch (id)
    {
    case PROP_FOLLOWING:
      g_value_set_boolean (value, self->following);
      break;
    case PROP_SOFTWARE:
      g_value_set_boolean (value, self->software);
      break;
    case PROP_FIXED:
      g_value_set_boolean (value, self->camera.mode == SG_CAMERA_FIXED);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sg_view_dispose (GObject *object)
{
  SgView *self = SG_VIEW (object);

  g_clear_handle_id (&self->settle_timer, g_source_remove);
  g_clear_handle_id (&self->due_timer, g_source_remove);
  sg_view_dispose_camera (self);
  g_clear_object (&self->simulation);
  g_clear_pointer (&self->lit, g_array_unref);
  g_clear_pointer (&self->narrator, sg_narrator_free);
  g_clear_pointer (&self->names, sg_thing_names_unref);
  g_clear_pointer (&self->lit_scene, sg_scene_unref);
  g_clear_pointer (&self->scene, sg_scene_unref);
  G_OBJECT_CLASS (sg_view_parent_class)->dispose (object);
}

static void
sg_view_class_init (SgViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = sg_view_dispose;
  object_class->get_property = sg_view_get_property;
  widget_class->map = sg_view_map;
  props[PROP_FOLLOWING] = g_param_spec_boolean ("following", NULL, NULL, TRUE, flags);
  props[PROP_SOFTWARE] = g_param_spec_boolean ("software", NULL, NULL, FALSE, flags);
  props[PROP_FIXED] = g_param_spec_boolean ("fixed", NULL, NULL, FALSE, flags);
  reset_signal = g_signal_new ("graphics-reset", SG_TYPE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  g_signal_new ("kept-changed", SG_TYPE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  shown_changed_signal = g_signal_new ("shown-changed", SG_TYPE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
  picked_signal = g_signal_new ("picked", SG_TYPE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_type_ensure (SG_TYPE_VIEW_TOUCH);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/view.ui");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_bind_template_child (widget_class, SgView, stack);
  gtk_widget_class_bind_template_child (widget_class, SgView, area_bin);
  gtk_widget_class_bind_template_child (widget_class, SgView, hint);
  gtk_widget_class_bind_template_child (widget_class, SgView, camera_note);
  gtk_widget_class_bind_template_child (widget_class, SgView, camera_name);
  gtk_widget_class_bind_template_child (widget_class, SgView, touch);
}

static void
sg_view_init (SgView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->shown = sg_shown_default ();
  sg_frame_rate_init (&self->rate);
  sg_view_init_camera (self);
  self->lit = g_array_new (FALSE, FALSE, sizeof (SgLit));
  self->narrator = sg_narrator_new ();
  self->following = TRUE;
  self->scale = 100;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Simulation"), -1);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (sg_view_moved), self,
                           G_CONNECT_SWAPPED);
  make_area (self, FALSE);
}
