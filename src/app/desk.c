/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The desk's wiring. In a narrow window one side is shown at a time and the transport moves to the foot, so
 * that it is always there. */
#include "config.h"

#include "app/desk-private.h"

#include <glib/gi18n.h>

#include "app/direction.h"
#include "app/file-names.h"
#include "app/lazy-menu.h"
#include "app/summary.h"
#include "app/tab-window.h"
#include "app/toast.h"
#include "pipeline/error-name.h"

enum
{
  PROP_TITLE = 1,
  PROP_ACTIVITY,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (SgDesk, sg_desk, ADW_TYPE_BIN)

/* Nothing is drawn that the mechanism could line up with. */
static gboolean
is_of_words_alone (SgDesk *self)
{
  SgScene *scene = sg_mechanism_get_scene (self->mechanism);

  return scene != NULL && scene->spec->bodies->len > 0 &&
         sg_page_is_empty (sg_document_get_page (self->document));
}

/* The whole mechanism in the middle, wherever the empty page is. */
static void
follow_model (SgDesk *self, const SgViewport *viewport)
{
  double center[3], extent = sg_model_get_extent (sg_mechanism_get_scene (self->mechanism)->model, center);
  double side = MAX (MIN (viewport->width, viewport->height), 100) / viewport->zoom;
  double scale = 0.6 * side / MAX (extent, 1e-3);

  sg_view_follow (self->view, viewport, scale,
                  SG_POINT (viewport->center.x - center[0] * scale, viewport->center.y + center[2] * scale));
}

static void
follow_canvas (SgDesk *self)
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
show_notice (SgDesk *self)
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
notice_shown_cb (SgDesk *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->notice)))
    gtk_widget_add_css_class (GTK_WIDGET (self->toasts), "above-notice");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->toasts), "above-notice");
}

static void
show_summary (SgDesk *self)
{
  SgScene *scene = sg_mechanism_get_scene (self->mechanism);
  g_autofree char *text = scene != NULL ? sg_summary_of_scene (scene) : g_strdup ("");

  gtk_label_set_label (self->summary, text);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), *text != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->status), scene != NULL);
  sg_view_set_hint (self->view, scene == NULL ? _ ("What you draw comes alive here") : NULL);
}

/* All that is told of a scene calls its parts as the list of parts does. */
static void
update_names (SgDesk *self)
{
  SgScene *scene = sg_mechanism_get_scene (self->mechanism);

  if (scene == self->named)
    return;
  g_clear_pointer (&self->named, sg_scene_unref);
  g_clear_pointer (&self->names, sg_thing_names_unref);
  self->named = scene != NULL ? sg_scene_ref (scene) : NULL;
  self->names = sg_thing_names_new (scene);
  if (self->drawer != NULL)
    sg_drawer_set_names (self->drawer, self->names);
  sg_view_set_names (self->view, self->names);
}

static void
show_in_inspector (SgDesk *self)
{
  SgScene *scene = sg_mechanism_get_scene (self->mechanism);

  if (scene != NULL || self->inspector != NULL)
    sg_inspector_set_scene (sg_desk_take_inspector (self), scene);
}

static void
mechanism_changed_cb (SgDesk *self)
{
  SgReading *reading = sg_mechanism_get_reading (self->mechanism);

  sg_canvas_set_reading (self->canvas, reading);
  self->rereading = TRUE;
  sg_part_selection_set_reading (self->selection, sg_document_get_page (self->document), reading);
  self->rereading = FALSE;
  update_names (self);
  show_in_inspector (self);
  sg_words_bar_set_scene (self->words, sg_mechanism_get_scene (self->mechanism));
  sg_desk_light_parts (self);
  sg_desk_update_look (self);
  show_summary (self);
  show_notice (self);
  follow_canvas (self);
  sg_desk_update_actions (self);
  sg_desk_update_tour (self);
}

static void
playing_changed_cb (SgDesk *self)
{
  sg_transport_set_playing (self->transport, sg_mechanism_get_playing (self->mechanism));
  sg_desk_update_tour (self);
  sg_desk_activity_changed (self);
}

void
sg_desk_activity_changed (SgDesk *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVITY]);
}

static void
simulation_failed_cb (SgDesk *self, GError *error)
{
  g_autofree char *message = sg_file_names_in_message (error);
  g_autofree char *text = sg_thing_names_in_text (self->names, message);

  sg_error_log ("simgen-app", error);
  sg_notice_show (self->notice, text, SG_SEVERITY_ERROR);
}

static void
stats_changed_cb (SgDesk *self)
{
  SgSimulationStats stats;

  sg_simulation_get_stats (sg_mechanism_get_simulation (self->mechanism), &stats);
  sg_status_strip_explain (self->status, sg_view_explain_rate (self->view));
  sg_status_strip_show (self->status, &stats, sg_view_get_fps (self->view));
  sg_desk_update_tour (self);
}

static void
refreshed_cb (SgDesk *self, const SgSimulationStats *stats)
{
  sg_desk_show_time (self, stats);
  if (self->drawer != NULL)
    sg_drawer_refresh (self->drawer, stats, sg_view_get_fps (self->view));
}

const char *
sg_desk_get_title (SgDesk *self)
{
  const char *name = sg_desk_get_model_name (self);

  return name != NULL ? name : sg_document_get_title (self->document);
}

void
sg_desk_show_title (SgDesk *self)
{
  const char *title = sg_desk_get_title (self);

  gtk_label_set_label (self->title, title);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->title_button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
}

void
sg_desk_show_welcome (SgDesk *self)
{
  SgPage *page = sg_document_get_page (self->document);

  gtk_widget_set_visible (GTK_WIDGET (self->welcome),
                          sg_page_is_empty (page) && *sg_page_get_words (page) == '\0' &&
                            sg_desk_get_model_name (self) == NULL);
}

static void
page_changed_cb (SgDesk *self)
{
  SgPage *page = sg_document_get_page (self->document);

  sg_desk_show_title (self);
  sg_words_bar_set_words (self->words, sg_page_get_words (page));
  sg_desk_set_bookmark (self);
  sg_desk_show_welcome (self);
  sg_desk_update_actions (self);
  sg_desk_leave_tour (self);
  sg_desk_update_tour (self);
}

static void
problem_cb (SgDesk *self, GError *error)
{
  g_autofree char *reason = sg_file_names_in_message (error);
  g_autofree char *text =
    g_strdup_printf (_ ("The sketch could not be kept: %s. You can go on; it is tried again."), reason);

  sg_error_log ("simgen-app", error);
  sg_desk_warn (self, text);
}

static void
recovered_cb (SgDesk *self)
{
  sg_notice_warn (self->notice, NULL);
  sg_desk_tell (self, _ ("The sketch is kept again"));
}

void
sg_desk_warn (SgDesk *self, const char *message)
{
  sg_notice_warn (self->notice, message);
}

static void
drawing_cb (SgDesk *self, gboolean drawing)
{
  if (drawing)
    gtk_widget_set_visible (GTK_WIDGET (self->welcome), FALSE);
  else
    page_changed_cb (self);
  gtk_widget_set_can_target (GTK_WIDGET (self->tools), !drawing);
}

static void
words_applied_cb (SgDesk *self, const char *words)
{
  if (self->document != NULL)
    sg_document_set_words (self->document, words);
}

static void
words_typed_cb (SgDesk *self)
{
  if (self->document != NULL)
    sg_desk_set_bookmark (self);
}

static void
label_typed_cb (SgDesk *self, SgLabel *old, const char *text, double x, double y)
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
label_requested_cb (SgDesk *self, SgLabel *label, double x, double y)
{
  SgPoint page = SG_POINT (x, y);

  if (self->label_popover == NULL)
    {
      self->label_popover = SG_LABEL_POPOVER (sg_label_popover_new (GTK_WIDGET (self->canvas)));
      g_signal_connect_swapped (self->label_popover, "typed", G_CALLBACK (label_typed_cb), self);
    }
  sg_label_popover_edit (self->label_popover, label,
                         sg_viewport_to_widget (sg_canvas_get_viewport (self->canvas), page), page);
}

static void
file_dropped_cb (SgDesk *self, GFile *file, double x, double y)
{
  sg_desk_take_file (self, file, SG_POINT (x, y));
}

static void
example_chosen_cb (SgDesk *self, SgPage *page)
{
  sg_document_replace (self->document, page, 0, NULL);
}

static void
examples_loaded_cb (SgDesk *self)
{
  g_autofree char *title = g_steal_pointer (&self->example_to_play);
  SgPage *page = title != NULL ? sg_welcome_find_example (self->welcome, title) : NULL;

  if (page == NULL)
    return;
  sg_document_replace (self->document, page, 0, NULL);
  sg_mechanism_play (self->mechanism);
}

static void
title_applied_cb (SgDesk *self)
{
  if (self->document != NULL)
    sg_document_set_title (self->document, gtk_editable_get_text (GTK_EDITABLE (self->title_entry)));
  gtk_menu_button_popdown (self->title_button);
}

static void
title_shown_cb (SgDesk *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->title_entry),
                         sg_page_get_title (sg_document_get_page (self->document)));
  gtk_widget_grab_focus (GTK_WIDGET (self->title_entry));
}

static void
move_transport (SgDesk *self, GtkBox *to)
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
move_drawing_foot (SgDesk *self, gboolean narrow)
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

/* In a narrow window the tools make way for what is told of the drawing. */
void
sg_desk_show_side (SgDesk *self)
{
  g_autoptr (GVariant) side = g_action_group_get_action_state (G_ACTION_GROUP (self->actions), "show");
  gboolean simulation = g_str_equal (g_variant_get_string (side, NULL), "simulation");

  gtk_widget_set_visible (self->drawing, !self->narrow || !simulation);
  gtk_widget_set_visible (self->drawing_foot, !self->narrow || !(simulation || sg_desk_is_told (self) ||
                                                                 gtk_revealer_get_reveal_child (self->side)));
  gtk_widget_set_visible (self->simulation_side, !self->narrow || simulation);
}

/* GTK 4.8 goes on dragging the handle of a paned of which one child is hidden, where it last was: under the
 * strokes. */
static void
set_paned_draggable (SgDesk *self, gboolean draggable)
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

void
sg_desk_set_narrow (SgDesk *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  set_paned_draggable (self, !narrow);
  /* the title wants the room of buttons that a phone has no use for */
  adw_header_bar_set_decoration_layout (self->header, narrow ? ":close" : NULL);
  sg_welcome_set_narrow (self->welcome, narrow);
  sg_notice_set_narrow (self->notice, narrow);
  gtk_widget_set_valign (GTK_WIDGET (self->status), narrow ? GTK_ALIGN_END : GTK_ALIGN_START);
  move_transport (self, narrow ? self->foot : self->simulation_foot);
  move_drawing_foot (self, narrow);
  gtk_widget_set_visible (self->switcher, narrow);
  sg_desk_show_foot (self);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->body),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_revealer_set_transition_type (self->side, narrow ? GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP
                                                       : GTK_REVEALER_TRANSITION_TYPE_SLIDE_LEFT);
  if (self->inspector != NULL)
    sg_inspector_set_narrow (self->inspector, narrow);
  if (self->drawer != NULL)
    sg_drawer_set_narrow (self->drawer, narrow);
  sg_desk_show_side (self);
}

static void
view_looked_cb (SgDesk *self)
{
  gboolean following = FALSE, software = FALSE;

  g_object_get (self->view, "following", &following, "software", &software, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->front_button), !following);
  if (software && gtk_widget_get_root (GTK_WIDGET (self)) != NULL) /* all of the window is costly to draw */
    gtk_widget_add_css_class (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))), "software-gl");
}

/* What is still written or recorded of a desk outlives it, and tells it nothing more. */
static void
stop_hearing (SgDesk *self)
{
  if (self->mechanism != NULL)
    g_signal_handlers_disconnect_by_data (sg_mechanism_get_simulation (self->mechanism), self);
  if (self->mechanism != NULL)
    g_signal_handlers_disconnect_by_data (self->mechanism, self);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
}

void
sg_desk_end (SgDesk *self)
{
  if (self->document != NULL)
    sg_application_remove_desk (self->application, self);
  stop_hearing (self);
  sg_desk_dispose_model (self);
  sg_desk_dispose_assist (self);
  sg_desk_dispose_share (self);
  g_clear_pointer (&self->names, sg_thing_names_unref);
  g_clear_pointer (&self->named, sg_scene_unref);
  g_clear_object (&self->mechanism);
  g_clear_object (&self->selection);
  g_clear_object (&self->document);
  g_clear_pointer (&self->example_to_play, g_free);
  g_clear_pointer (&self->last_recording, g_free);
  g_clear_pointer (&self->overview, sg_timeline_overview_unref);
}

static void
sg_desk_dispose (GObject *object)
{
  sg_desk_end (SG_DESK (object));
  G_OBJECT_CLASS (sg_desk_parent_class)->dispose (object);
}

static void
sg_desk_finalize (GObject *object)
{
  g_object_unref (SG_DESK (object)->actions);
  G_OBJECT_CLASS (sg_desk_parent_class)->finalize (object);
}

static void
sg_desk_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (SG_DESK (object)->document == NULL)
    return;
  if (id == PROP_TITLE)
    g_value_set_string (value, sg_desk_get_title (SG_DESK (object)));
  else if (id == PROP_ACTIVITY)
    g_value_set_uint (value, sg_desk_get_activity (SG_DESK (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SgDesk, desk);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, toasts);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, header);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, title);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, title_button);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, title_entry);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, paned);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, drawing);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, drawing_foot);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, simulation_side);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, canvas);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, welcome);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, tools);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, notice);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, summary);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, zoom);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, view);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, status);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, front_button);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, menu_button);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, share_button);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, share_count);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, view_button);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, simulation_foot);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, foot);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, transport);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, words);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, switcher);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, body);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, side);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, drawer_revealer);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, model_place);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, zoom_bar);
  gtk_widget_class_bind_template_child (widget_class, SgDesk, recent_menu);
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
  gtk_widget_class_bind_template_callback (widget_class, notice_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, refreshed_cb);
  gtk_widget_class_bind_template_callback (widget_class, title_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, title_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_looked_cb);
  gtk_widget_class_bind_template_callback (widget_class, words_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, words_typed_cb);
}

static void
sg_desk_class_init (SgDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sg_desk_dispose;
  object_class->finalize = sg_desk_finalize;
  object_class->get_property = sg_desk_get_property;
  props[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_ACTIVITY] = g_param_spec_uint ("activity", NULL, NULL, SG_DESK_RESTS, SG_DESK_RECORDS,
                                            SG_DESK_RESTS, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_type_ensure (SG_TYPE_CANVAS);
  g_type_ensure (SG_TYPE_NOTICE);
  g_type_ensure (SG_TYPE_STATUS_STRIP);
  g_type_ensure (SG_TYPE_TOOL_BAR);
  g_type_ensure (SG_TYPE_TRANSPORT);
  g_type_ensure (SG_TYPE_VIEW);
  g_type_ensure (SG_TYPE_WELCOME);
  g_type_ensure (SG_TYPE_WORDS_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/desk.ui");
  bind_children (widget_class);
  bind_callbacks (widget_class);
}

static void
sg_desk_init (SgDesk *self)
{
  self->actions = g_simple_action_group_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  sg_lazy_menu_set (self->menu_button, self->primary_menu);
  sg_canvas_take_drops (self->canvas, GTK_WIDGET (self->welcome));
  sg_direction_keep (GTK_WIDGET (self->zoom)); /* a number and its sign */
}

static void
connect_document (SgDesk *self)
{
  g_signal_connect_object (self->document, "changed", G_CALLBACK (page_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "problem", G_CALLBACK (problem_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "kept", G_CALLBACK (sg_desk_set_bookmark), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "recovered", G_CALLBACK (recovered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->mechanism, "changed", G_CALLBACK (mechanism_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->mechanism, "notice", G_CALLBACK (sg_desk_tell), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->mechanism, "stopped", G_CALLBACK (simulation_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->mechanism, "notify::playing", G_CALLBACK (playing_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sg_mechanism_get_simulation (self->mechanism), "stats-changed",
                           G_CALLBACK (stats_changed_cb), self, G_CONNECT_SWAPPED);
  sg_view_set_simulation (self->view, sg_mechanism_get_simulation (self->mechanism));
  sg_canvas_set_document (self->canvas, self->document);
  sg_desk_init_parts (self);
  sg_desk_init_time (self);
  sg_desk_init_recording (self);
  sg_desk_init_tour (self);
}

SgDesk *
sg_desk_new (SgApplication *application)
{
  SgDesk *self = g_object_new (SG_TYPE_DESK, NULL);
  SgKeeper *keeper = sg_application_get_keeper (application);

  self->application = application;
  self->document = sg_document_new (keeper);
  self->mechanism = sg_mechanism_new (self->document, keeper, sg_application_get_cache (application));
  self->selection = sg_part_selection_new ();
  sg_desk_init_actions (self);
  sg_desk_init_look (self);
  sg_desk_init_views (self);
  connect_document (self);
  sg_desk_init_drawer (self);
  sg_desk_init_model (self);
  sg_desk_init_assist (self, sg_application_get_assistant (application));
  sg_desk_init_share (self);
  sg_desk_init_preferences (self);
  page_changed_cb (self);
  mechanism_changed_cb (self);
  sg_application_add_desk (application, self);
  return self;
}

GtkWindow *
sg_desk_get_window (SgDesk *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

SgApplication *
sg_desk_get_application (SgDesk *self)
{
  return self->application;
}

SgDocument *
sg_desk_get_document (SgDesk *self)
{
  return self->document;
}

GActionGroup *
sg_desk_get_actions (SgDesk *self)
{
  return G_ACTION_GROUP (self->actions);
}

GtkWidget *
sg_desk_get_header (SgDesk *self)
{
  return GTK_WIDGET (self->header);
}

void
sg_desk_take_focus (SgDesk *self)
{
  gtk_window_set_focus (sg_desk_get_window (self), GTK_WIDGET (self->canvas));
}

void
sg_desk_keep_async (SgDesk *self, GAsyncReadyCallback callback, gpointer user_data)
{
  sg_document_keep_async (self->document, callback, user_data);
}

void
sg_desk_play_example (SgDesk *self, const char *title)
{
  g_free (self->example_to_play);
  self->example_to_play = g_strdup (title);
}

void
sg_desk_tell_error (SgDesk *self, const GError *error)
{
  g_autofree char *text = sg_file_names_in_advice (error);

  sg_error_log ("simgen-app", error);
  sg_desk_tell (self, text);
}

void
sg_desk_tell (SgDesk *self, const char *message)
{
  if (sg_desk_get_history_page (self) != NULL)
    sg_history_page_tell (sg_desk_get_history_page (self), message);
  else
    adw_toast_overlay_add_toast (self->toasts, sg_toast_new (message));
}

double
sg_desk_get_fps (SgDesk *self)
{
  return sg_view_get_fps (self->view);
}
