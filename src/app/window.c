/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The window's wiring. Below NARROW pixels one side is shown at a time and the transport moves to the foot,
 * so that it is always there. */
#include "config.h"

#include "app/window-private.h"

#include <glib/gi18n.h>

#include "app/summary.h"
#include "app/toast.h"
#include "pipeline/error-name.h"

#define NARROW 700

G_DEFINE_FINAL_TYPE (SgWindow, sg_window, ADW_TYPE_APPLICATION_WINDOW)

/* Nothing is drawn that the mechanism could line up with. */
static gboolean
is_of_words_alone (SgWindow *self)
{
  SgScene *scene = sg_mechanism_get_scene (self->mechanism);

  return scene != NULL && scene->spec->bodies->len > 0 &&
         sg_page_is_empty (sg_document_get_page (self->document));
}

/* The whole mechanism in the middle, wherever the empty page is. */
static void
follow_model (SgWindow *self, const SgViewport *viewport)
{
  double center[3], extent = sg_model_get_extent (sg_mechanism_get_scene (self->mechanism)->model, center);
  double side = MAX (MIN (viewport->width, viewport->height), 100) / viewport->zoom;
  double scale = 0.6 * side / MAX (extent, 1e-3);

  sg_view_follow (self->view, viewport, scale,
                  SG_POINT (viewport->center.x - center[0] * scale, viewport->center.y + center[2] * scale));
}

static void
follow_canvas (SgWindow *self)
{
  SgReading *reading = sg_mechanism_get_reading (self->mechanism);
  const SgViewport *viewport = sg_canvas_get_viewport (self->canvas);
  g_autofree char *zoom = g_strdup_printf ("%.0f %%", viewport->zoom * 100);

  gtk_label_set_label (self->zoom, zoom);
  if (is_of_words_alone (self))
    follow_model (self, viewport);
  else if (reading != NULL)
    sg_view_follow (self->view, viewport, reading->scale, reading->origin);
  else
    sg_view_follow (self->view, viewport, sg_page_get_scale (sg_document_get_page (self->document)),
                    SG_POINT (0, 0));
}

static void
show_notice (SgWindow *self)
{
  SgScene *scene = sg_mechanism_get_scene (self->mechanism);
  const GError *error = sg_mechanism_get_error (self->mechanism);
  g_autoptr (GPtrArray) notes = scene != NULL
                                  ? sg_summary_notes_of_scene (scene)
                                  : g_ptr_array_new_with_free_func ((GDestroyNotify)sg_note_free);

  if (error != NULL)
    sg_error_log ("simgen-app", error);
  if (error != NULL)
    sg_notice_show (self->notice, error->message, SG_SEVERITY_ERROR);
  else
    sg_notice_show_notes (self->notice, notes);
}

static void
show_summary (SgWindow *self)
{
  SgScene *scene = sg_mechanism_get_scene (self->mechanism);
  g_autofree char *text = scene != NULL ? sg_summary_of_scene (scene) : g_strdup ("");

  gtk_label_set_label (self->summary, text);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), *text != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->status), scene != NULL);
  sg_view_set_hint (self->view, scene == NULL ? _ ("What you draw comes alive here") : NULL);
}

static void
mechanism_changed_cb (SgWindow *self)
{
  SgReading *reading = sg_mechanism_get_reading (self->mechanism);

  sg_canvas_set_reading (self->canvas, reading);
  self->rereading = TRUE;
  sg_part_selection_set_reading (self->selection, sg_document_get_page (self->document), reading);
  self->rereading = FALSE;
  sg_inspector_set_scene (self->inspector, sg_mechanism_get_scene (self->mechanism));
  sg_words_bar_set_scene (self->words, sg_mechanism_get_scene (self->mechanism));
  sg_window_light_parts (self);
  sg_window_update_look (self);
  show_summary (self);
  show_notice (self);
  follow_canvas (self);
  sg_window_update_actions (self);
}

static void
playing_changed_cb (SgWindow *self)
{
  sg_transport_set_playing (self->transport, sg_mechanism_get_playing (self->mechanism));
}

static void
simulation_failed_cb (SgWindow *self, GError *error)
{
  sg_error_log ("simgen-app", error);
  sg_notice_show (self->notice, error->message, SG_SEVERITY_ERROR);
}

static void
stats_changed_cb (SgWindow *self)
{
  SgSimulationStats stats;

  sg_simulation_get_stats (sg_mechanism_get_simulation (self->mechanism), &stats);
  sg_status_strip_explain (self->status, sg_view_explain_rate (self->view));
  sg_status_strip_show (self->status, &stats, sg_view_get_fps (self->view));
}

static void
refreshed_cb (SgWindow *self, const SgSimulationStats *stats)
{
  sg_window_show_time (self, stats);
  sg_drawer_refresh (self->drawer, stats, sg_view_get_fps (self->view));
}

void
sg_window_show_title (SgWindow *self)
{
  const char *name = sg_window_get_model_name (self);
  const char *title = name != NULL ? name : sg_document_get_title (self->document);

  gtk_label_set_label (self->title, title);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->title_button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
}

static void
page_changed_cb (SgWindow *self)
{
  SgPage *page = sg_document_get_page (self->document);

  sg_window_show_title (self);
  sg_words_bar_set_words (self->words, sg_page_get_words (page));
  sg_window_set_bookmark (self);
  gtk_widget_set_visible (GTK_WIDGET (self->welcome),
                          sg_page_is_empty (page) && *sg_page_get_words (page) == '\0' &&
                            sg_window_get_model_name (self) == NULL);
  sg_window_update_actions (self);
}

static void
problem_cb (SgWindow *self, GError *error)
{
  g_autofree char *text = g_strdup_printf (
    _ ("The sketch could not be kept: %s. You can go on; it is tried again."), error->message);

  sg_error_log ("simgen-app", error);
  sg_window_warn (self, text);
}

static void
recovered_cb (SgWindow *self)
{
  sg_notice_warn (self->notice, NULL);
  sg_window_tell (self, _ ("The sketch is kept again"));
}

void
sg_window_warn (SgWindow *self, const char *message)
{
  sg_notice_warn (self->notice, message);
}

static void
drawing_cb (SgWindow *self, gboolean drawing)
{
  if (drawing)
    gtk_widget_set_visible (GTK_WIDGET (self->welcome), FALSE);
  else
    page_changed_cb (self);
  gtk_widget_set_can_target (GTK_WIDGET (self->tools), !drawing);
}

static void
words_applied_cb (SgWindow *self, const char *words)
{
  if (self->document != NULL)
    sg_document_set_words (self->document, words);
}

static void
words_typed_cb (SgWindow *self)
{
  if (self->document != NULL)
    sg_window_set_bookmark (self);
}

static void
label_requested_cb (SgWindow *self, SgLabel *label, double x, double y)
{
  SgPoint page = SG_POINT (x, y);

  sg_label_popover_edit (self->label_popover, label,
                         sg_viewport_to_widget (sg_canvas_get_viewport (self->canvas), page), page);
}

static void
label_typed_cb (SgWindow *self, SgLabel *old, const char *text, double x, double y)
{
  SgEdit *edit = sg_edit_new ();
  g_autoptr (SgLabel) label = *text != '\0' ? sg_label_new (SG_POINT (x, y), text, NULL) : NULL;

  if (old != NULL && label != NULL)
    sg_edit_replace_label (edit, old, label);
  else if (old != NULL)
    sg_edit_remove_label (edit, old);
  else if (label != NULL)
    sg_edit_add_label (edit, label);
  sg_document_apply (self->document, edit);
}

static void
file_dropped_cb (SgWindow *self, GFile *file, double x, double y)
{
  g_autofree char *name = g_file_get_basename (file);

  if (g_str_has_suffix (name, ".simgen") || sg_window_is_model_file (file))
    sg_window_open_file (self, file);
  else
    sg_window_add_picture_file (self, file, SG_POINT (x, y));
}

static void
example_chosen_cb (SgWindow *self, SgPage *page)
{
  sg_document_replace (self->document, page, 0, NULL);
}

static void
examples_loaded_cb (SgWindow *self)
{
  g_autofree char *title = g_steal_pointer (&self->example_to_play);
  SgPage *page = title != NULL ? sg_welcome_find_example (self->welcome, title) : NULL;

  if (page == NULL)
    return;
  sg_document_replace (self->document, page, 0, NULL);
  sg_mechanism_play (self->mechanism);
}

static void
title_applied_cb (SgWindow *self)
{
  if (self->document != NULL)
    sg_document_set_title (self->document, gtk_editable_get_text (GTK_EDITABLE (self->title_entry)));
  gtk_menu_button_popdown (self->title_button);
}

static void
title_shown_cb (SgWindow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->title_entry),
                         sg_page_get_title (sg_document_get_page (self->document)));
  gtk_widget_grab_focus (GTK_WIDGET (self->title_entry));
}

static void
move_transport (SgWindow *self, GtkBox *to)
{
  GtkWidget *transport = GTK_WIDGET (self->transport);
  GtkWidget *from = gtk_widget_get_parent (transport);

  if (from == GTK_WIDGET (to))
    return;
  g_object_ref (transport);
  gtk_box_remove (GTK_BOX (from), transport);
  gtk_box_prepend (to, transport);
  g_object_unref (transport);
}

/* A narrow window has no room for tools over the paper. */
static void
move_drawing_foot (SgWindow *self, gboolean narrow)
{
  GtkWidget *drawing_foot = g_object_ref (self->drawing_foot);

  if (gtk_widget_get_parent (drawing_foot) == self->drawing)
    gtk_overlay_remove_overlay (GTK_OVERLAY (self->drawing), drawing_foot);
  else
    gtk_box_remove (self->foot, drawing_foot);
  if (narrow)
    gtk_box_prepend (self->foot, drawing_foot);
  else
    gtk_overlay_add_overlay (GTK_OVERLAY (self->drawing), drawing_foot);
  g_object_unref (drawing_foot);
}

void
sg_window_show_side (SgWindow *self)
{
  g_autoptr (GVariant) side = g_action_group_get_action_state (G_ACTION_GROUP (self), "show");
  gboolean simulation = g_str_equal (g_variant_get_string (side, NULL), "simulation");

  gtk_widget_set_visible (self->drawing, !self->narrow || !simulation);
  gtk_widget_set_visible (self->drawing_foot,
                          !self->narrow || !(simulation || gtk_revealer_get_reveal_child (self->side)));
  gtk_widget_set_visible (self->simulation_side, !self->narrow || simulation);
}

/* GTK 4.8 goes on dragging the handle of a paned of which one child is hidden, where it last was: under the
 * strokes. */
static void
set_paned_draggable (SgWindow *self, gboolean draggable)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (self->paned));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE (controller))
        gtk_event_controller_set_propagation_phase (controller,
                                                    draggable ? GTK_PHASE_CAPTURE : GTK_PHASE_NONE);
    }
}

static void
set_narrow (SgWindow *self, gboolean narrow)
{
  self->narrow = narrow;
  set_paned_draggable (self, !narrow);
  /* the title wants the room of buttons that a phone has no use for */
  adw_header_bar_set_decoration_layout (self->header, narrow ? ":close" : NULL);
  sg_history_page_set_narrow (self->history_page, narrow);
  sg_welcome_set_narrow (self->welcome, narrow);
  gtk_widget_set_valign (GTK_WIDGET (self->status), narrow ? GTK_ALIGN_END : GTK_ALIGN_START);
  move_transport (self, narrow ? self->foot : self->simulation_foot);
  move_drawing_foot (self, narrow);
  gtk_widget_set_visible (self->switcher, narrow);
  sg_window_show_foot (self);
  if (narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->body),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_revealer_set_transition_type (self->side, narrow ? GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP
                                                       : GTK_REVEALER_TRANSITION_TYPE_SLIDE_LEFT);
  gtk_widget_set_size_request (GTK_WIDGET (self->inspector), narrow ? -1 : 300, narrow ? 280 : -1);
  sg_window_show_side (self);
}

static void
laid_out_cb (GdkSurface *surface, int width, int height, SgWindow *self)
{
  if (self->narrow != (width < NARROW))
    set_narrow (self, width < NARROW);
}

static void
sg_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sg_window_parent_class)->realize (widget);
  if (!gdk_display_is_composited (gtk_widget_get_display (widget)))
    gtk_widget_add_css_class (widget, "opaque");
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "layout", G_CALLBACK (laid_out_cb),
                           widget, 0);
}

static void
view_looked_cb (SgWindow *self)
{
  gboolean following = FALSE, software = FALSE;

  g_object_get (self->view, "following", &following, "software", &software, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->front_button), !following);
  if (software)
    gtk_widget_add_css_class (GTK_WIDGET (self), "software-gl");
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgWindow) self = data;

  gtk_window_destroy (GTK_WINDOW (self));
}

static void
save_geometry (SgWindow *self)
{
  SgApplication *application = SG_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  GSettings *settings = sg_application_get_settings (application);
  int width = 0, height = 0;

  if (settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (settings, "window-width", width);
  g_settings_set_int (settings, "window-height", height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}

/* Closes when the last change is in the history; hidden meanwhile. */
static gboolean
sg_window_close_request (GtkWindow *window)
{
  SgWindow *self = SG_WINDOW (window);
  SgApplication *application = SG_APPLICATION (gtk_window_get_application (window));

  if (self->closing)
    return GDK_EVENT_STOP;
  save_geometry (self);
  sg_mechanism_pause (self->mechanism);
  if (sg_application_get_keeper (application) == NULL)
    return GDK_EVENT_PROPAGATE;
  self->closing = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  sg_document_keep_async (self->document, kept_cb, g_object_ref (self));
  return GDK_EVENT_STOP;
}

static void
sg_window_dispose (GObject *object)
{
  SgWindow *self = SG_WINDOW (object);

  sg_window_dispose_model (self);
  sg_window_dispose_assist (self);
  sg_window_dispose_share (self);
  g_clear_object (&self->mechanism);
  g_clear_object (&self->selection);
  g_clear_object (&self->document);
  g_clear_pointer (&self->example_to_play, g_free);
  g_clear_pointer (&self->last_recording, g_free);
  g_clear_pointer (&self->overview, sg_timeline_overview_unref);
  G_OBJECT_CLASS (sg_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SgWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, header);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, history_page);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, title);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, title_button);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, title_entry);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, paned);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, drawing);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, drawing_foot);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, simulation_side);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, canvas);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, welcome);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, tools);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, zoom);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, view);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, status);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, front_button);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, share_button);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, share_count);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, share_popover);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, view_button);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, view_menu);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, simulation_foot);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, foot);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, transport);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, words);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, body);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, side);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, inspector);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, drawer_revealer);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, drawer);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, model_page);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, zoom_bar);
  gtk_widget_class_bind_template_child (widget_class, SgWindow, recent_menu);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, drawing_cb);
  gtk_widget_class_bind_template_callback (widget_class, example_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, examples_loaded_cb);
  gtk_widget_class_bind_template_callback (widget_class, file_dropped_cb);
  gtk_widget_class_bind_template_callback (widget_class, follow_canvas);
  gtk_widget_class_bind_template_callback (widget_class, label_requested_cb);
  gtk_widget_class_bind_template_callback (widget_class, refreshed_cb);
  gtk_widget_class_bind_template_callback (widget_class, title_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, title_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_looked_cb);
  gtk_widget_class_bind_template_callback (widget_class, words_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, words_typed_cb);
}

static void
sg_window_class_init (SgWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_window_dispose;
  widget_class->realize = sg_window_realize;
  GTK_WINDOW_CLASS (klass)->close_request = sg_window_close_request;
  g_type_ensure (SG_TYPE_CANVAS);
  g_type_ensure (SG_TYPE_DRAWER);
  g_type_ensure (SG_TYPE_HISTORY_PAGE);
  g_type_ensure (SG_TYPE_INSPECTOR);
  g_type_ensure (SG_TYPE_MODEL_PAGE);
  g_type_ensure (SG_TYPE_NOTICE);
  g_type_ensure (SG_TYPE_SHARE_POPOVER);
  g_type_ensure (SG_TYPE_STATUS_STRIP);
  g_type_ensure (SG_TYPE_TOOL_BAR);
  g_type_ensure (SG_TYPE_TRANSPORT);
  g_type_ensure (SG_TYPE_VIEW);
  g_type_ensure (SG_TYPE_VIEW_MENU);
  g_type_ensure (SG_TYPE_WELCOME);
  g_type_ensure (SG_TYPE_WORDS_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/window.ui");
  bind_children (widget_class);
  bind_callbacks (widget_class);
}

static void
sg_window_init (SgWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->label_popover = SG_LABEL_POPOVER (sg_label_popover_new (GTK_WIDGET (self->canvas)));
  g_signal_connect_swapped (self->label_popover, "typed", G_CALLBACK (label_typed_cb), self);
}

static void
connect_document (SgWindow *self)
{
  g_signal_connect_object (self->document, "changed", G_CALLBACK (page_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "problem", G_CALLBACK (problem_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "recovered", G_CALLBACK (recovered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->mechanism, "changed", G_CALLBACK (mechanism_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->mechanism, "notice", G_CALLBACK (sg_window_tell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->mechanism, "stopped", G_CALLBACK (simulation_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->mechanism, "notify::playing", G_CALLBACK (playing_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sg_mechanism_get_simulation (self->mechanism), "stats-changed",
                           G_CALLBACK (stats_changed_cb), self, G_CONNECT_SWAPPED);
  sg_view_set_simulation (self->view, sg_mechanism_get_simulation (self->mechanism));
  sg_canvas_set_document (self->canvas, self->document);
  sg_window_init_parts (self);
  sg_window_init_time (self);
  sg_window_init_recording (self);
}

static void
restore_geometry (SgWindow *self, GSettings *settings)
{
  if (settings == NULL)
    return;
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

SgWindow *
sg_window_new (SgApplication *application)
{
  SgWindow *self = g_object_new (SG_TYPE_WINDOW, "application", application, NULL);
  SgKeeper *keeper = sg_application_get_keeper (application);

  self->document = sg_document_new (keeper);
  self->mechanism = sg_mechanism_new (self->document, keeper, sg_application_get_cache (application));
  self->selection = sg_part_selection_new ();
  restore_geometry (self, sg_application_get_settings (application));
  sg_window_init_actions (self);
  sg_window_init_look (self);
  sg_window_init_views (self);
  connect_document (self);
  sg_window_init_drawer (self);
  sg_window_init_history (self);
  sg_window_init_model (self);
  sg_window_init_assist (self, sg_application_get_assistant (application));
  sg_window_init_share (self);
  sg_window_init_preferences (self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->canvas));
  page_changed_cb (self);
  mechanism_changed_cb (self);
  return self;
}

void
sg_window_play_example (SgWindow *self, const char *title)
{
  g_free (self->example_to_play);
  self->example_to_play = g_strdup (title);
}

void
sg_window_tell_error (SgWindow *self, const GError *error)
{
  const char *remedy = sg_error_get_remedy (error);
  const char *stop = g_str_has_suffix (error->message, ".") ? "" : ".";
  g_autofree char *text =
    remedy != NULL ? g_strdup_printf ("%s%s %s", error->message, stop, remedy) : NULL;

  sg_error_log ("simgen-app", error);
  sg_window_tell (self, text != NULL ? text : error->message);
}

void
sg_window_tell (SgWindow *self, const char *message)
{
  if (sg_window_is_history_shown (self))
    sg_history_page_tell (self->history_page, message);
  else
    adw_toast_overlay_add_toast (self->toasts, sg_toast_new (message));
}

double
sg_window_get_fps (SgWindow *self)
{
  return sg_view_get_fps (self->view);
}
