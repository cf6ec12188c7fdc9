/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything a desk can be told to do: each action's name, key and doing in one table. Keys without a
 * modifier act only where no text is being typed, so they are not the application's accelerators, which
 * would take them from every entry. */
#include "config.h"

#include "app/desk-private.h"

#include <glib/gi18n.h>

#include "app/figures-window.h"
#include "app/tab-window.h"
#include "app/view-audit.h"

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;

  if (sg_desk_get_history_page (self) != NULL)
    sg_history_page_undo (sg_desk_get_history_page (self));
  else
    sg_document_undo (self->document);
}

static void
redo_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sg_document_redo (SG_DESK (data)->document);
}

static void
delete_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sg_canvas_delete_selection (SG_DESK (data)->canvas);
}

static void
select_all_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;

  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "tool",
                                      g_variant_new_string ("select"));
  sg_canvas_select_all (self->canvas);
}

static void
zoom_in_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sg_canvas_zoom_by (SG_DESK (data)->canvas, 1.25);
}

static void
zoom_out_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sg_canvas_zoom_by (SG_DESK (data)->canvas, 1 / 1.25);
}

static void
fit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sg_canvas_fit (SG_DESK (data)->canvas);
  sg_view_fit (SG_DESK (data)->view);
}

static void
front_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (!sg_desk_look_at_model (data, SG_CAMERA_FRONT))
    sg_view_show_front (SG_DESK (data)->view);
}

static void
perspective_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (!sg_desk_look_at_model (data, SG_CAMERA_PERSPECTIVE))
    sg_view_show_perspective (SG_DESK (data)->view);
}

/* Says what is missing instead of doing nothing in silence. */
static void
explain_no_play (SgDesk *self)
{
  const GError *error = sg_mechanism_get_error (self->mechanism);

  if (sg_desk_get_model_name (self) != NULL)
    sg_desk_tell (self, _ ("Nothing in this model can move: it has no joints."));
  else if (sg_page_is_empty (sg_document_get_page (self->document)))
    sg_notice_show (self->notice,
                    _ ("Draw something that can move first: a ball, a box, or a rod that hangs from a pin."),
                    SG_SEVERITY_INFO);
  else if (error != NULL)
    sg_notice_show (self->notice, error->message, SG_SEVERITY_ERROR);
  else
    sg_notice_show (self->notice,
                    _ ("Nothing here can move yet. Draw a ball, a box or a rod that hangs or falls."),
                    SG_SEVERITY_WARNING);
}

static void
play_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;

  if (sg_mechanism_get_playing (self->mechanism))
    sg_mechanism_pause (self->mechanism);
  else if (!sg_mechanism_play (self->mechanism))
    explain_no_play (self);
}

static void
step_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sg_mechanism_step (SG_DESK (data)->mechanism);
}

static void
reset_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sg_mechanism_reset (SG_DESK (data)->mechanism);
}

static void
set_speed (SgDesk *self, double speed)
{
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "speed", g_variant_new_double (speed));
}

static void
speed_changed_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  SgDesk *self = data;

  g_simple_action_set_state (action, value);
  sg_simulation_set_speed (sg_mechanism_get_simulation (self->mechanism), g_variant_get_double (value));
  sg_transport_set_speed (self->transport, g_variant_get_double (value));
}

/* The menu's speeds and some between them. */
static const double speeds[] = { 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8 };

static void
change_speed (SgDesk *self, int by)
{
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (self->actions), "speed");
  double speed = g_variant_get_double (state);
  int i = 0;

  while (i < (int)G_N_ELEMENTS (speeds) - 1 && speeds[i] < speed)
    i++;
  set_speed (self, speeds[CLAMP (i + by, 0, (int)G_N_ELEMENTS (speeds) - 1)]);
}

static void
slower_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  change_speed (data, -1);
}

static void
faster_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  change_speed (data, 1);
}

static void
tool_changed_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  static const char *const names[SG_N_TOOLS] = { "pen", "eraser", "select", "text", "pan", "shape" };
  SgDesk *self = data;

  for (guint tool = 0; tool < SG_N_TOOLS; tool++)
    if (g_str_equal (names[tool], g_variant_get_string (value, NULL)))
      {
        g_simple_action_set_state (action, value);
        sg_canvas_set_tool (self->canvas, tool);
      }
}

static void
show_changed_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  g_simple_action_set_state (action, value);
  sg_desk_show_side (data);
}

static void
keep_flag (SgDesk *self, GSimpleAction *action, GVariant *value)
{
  GSettings *settings = sg_application_get_settings (self->application);

  g_simple_action_set_state (action, value);
  if (settings != NULL)
    g_settings_set_boolean (settings, g_action_get_name (G_ACTION (action)), g_variant_get_boolean (value));
}

static void
show_reading_changed_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  sg_canvas_set_show_reading (SG_DESK (data)->canvas, g_variant_get_boolean (value));
  keep_flag (data, action, value);
}

static void
show_grid_changed_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  sg_canvas_set_grid (SG_DESK (data)->canvas, g_variant_get_boolean (value));
  keep_flag (data, action, value);
}

static void
snap_changed_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  sg_canvas_set_snapping (SG_DESK (data)->canvas, g_variant_get_boolean (value));
  keep_flag (data, action, value);
}

static void
new_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (SgPage) page = sg_page_new ();

  sg_desk_show_history (data, FALSE);
  sg_document_replace (SG_DESK (data)->document, page, 0, NULL);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgDesk) self = data;
  g_autoptr (GError) error = NULL;

  if (self->document == NULL)
    return;
  if (sg_document_open_finish (SG_DOCUMENT (source), result, &error))
    {
      sg_desk_show_history (self, FALSE);
      if (sg_document_get_file (self->document) != NULL)
        sg_desk_add_recent (self, sg_document_get_file (self->document));
    }
  else
    sg_tab_window_tell_unopened (self, error);
}

void
sg_desk_open_page (SgDesk *self, GFile *file, guint number)
{
  sg_document_open_async (self->document, file, number, opened_cb, g_object_ref (self));
}

void
sg_desk_open_sketch (SgDesk *self, GFile *file)
{
  sg_desk_open_page (self, file, 1);
}

void
sg_desk_open_file (SgDesk *self, GFile *file)
{
  if (sg_desk_is_model_file (file))
    sg_desk_open_model (self, file);
  else if (sg_desk_is_pdf (file))
    sg_desk_open_pdf (self, file);
  else
    sg_desk_open_sketch (self, file);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgDesk) self = data;
  g_autoptr (GError) error = NULL;

  if (!sg_document_save_finish (SG_DOCUMENT (source), result, &error))
    sg_desk_tell_error (self, error);
  else
    {
      g_autofree char *name = g_file_get_basename (sg_document_get_file (SG_DOCUMENT (source)));
      g_autofree char *text = g_strdup_printf (_ ("Saved as %s"), name);

      sg_desk_tell (self, text);
    }
}

static void
file_chosen_cb (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autoptr (SgDesk) self = data;
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (chooser) : NULL;

  if (self->document == NULL) /* closed meanwhile, as below */
    g_clear_object (&file);
  if (file != NULL && gtk_file_chooser_get_action (chooser) == GTK_FILE_CHOOSER_ACTION_SAVE)
    sg_document_save_async (self->document, file, saved_cb, g_object_ref (self));
  else if (file != NULL)
    sg_tab_window_open_file (SG_TAB_WINDOW (sg_desk_get_window (self)), file);
  g_object_unref (dialog);
}

static void
show_chooser (SgDesk *self, GtkFileChooser *chooser)
{
  g_signal_connect (chooser, "response", G_CALLBACK (file_chosen_cb), g_object_ref (self));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *const *patterns)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; patterns[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, patterns[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

static GtkFileChooser *
make_chooser (SgDesk *self, const char *title, GtkFileChooserAction action)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, sg_desk_get_window (self), action, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  return GTK_FILE_CHOOSER (dialog);
}

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const char *const all[] = { "simgen", "png", "jpg", "jpeg", "webp", "pdf",
                                     "xml", "urdf", "json", "simrec", NULL };
  static const char *const sketches[] = { "simgen", NULL };
  static const char *const models[] = { "xml", "urdf", "json", NULL };
  static const char *const recordings[] = { "simrec", NULL };
  GtkFileChooser *chooser =
    make_chooser (data, _ ("Open a Sketch, a Picture or a Model"), GTK_FILE_CHOOSER_ACTION_OPEN);

  add_filter (chooser, _ ("Sketches, pictures, models and recordings"), all);
  add_filter (chooser, _ ("Sketches"), sketches);
  add_filter (chooser, _ ("Models"), models);
  add_filter (chooser, _ ("Recordings"), recordings);
  show_chooser (data, chooser);
}

GtkFileChooser *
sg_desk_make_save_chooser (SgDesk *self)
{
  static const char *const sketches[] = { "simgen", NULL };
  GtkFileChooser *chooser = make_chooser (self, _ ("Save the Sketch"), GTK_FILE_CHOOSER_ACTION_SAVE);
  g_autofree char *name = g_strdup_printf ("%s.simgen", sg_document_get_title (self->document));

  g_strdelimit (name, "/", '-');
  gtk_file_chooser_set_current_name (chooser, name);
  add_filter (chooser, _ ("Sketches"), sketches);
  return chooser;
}

static void
save_as_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  show_chooser (data, sg_desk_make_save_chooser (data));
}

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;
  GFile *file = sg_document_get_file (self->document);

  if (file != NULL)
    sg_document_save_async (self->document, file, saved_cb, g_object_ref (self));
  else
    save_as_cb (action, parameter, data);
}

static void
parts_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sg_desk_toggle_parts (data);
}

static void
alternatives_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sg_desk_show_alternatives (data);
}

static void
show_history_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sg_desk_show_history (data, sg_desk_get_history_page (data) == NULL);
}

static void
figures_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgHistory *history = sg_application_get_history (SG_DESK (data)->application);

  gtk_window_present (GTK_WINDOW (sg_figures_window_new (sg_desk_get_window (data), history)));
}

/* For tests and benchmarks, which read an action's state over D-Bus: what was drawn and changed so far. */
static void
measure_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;

  g_simple_action_set_state (action, g_variant_new ("(tu)", sg_view_get_n_frames (self->view),
                                                    sg_status_strip_get_n_updates (self->status)));
}

static void
measure_canvas_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;
  SgCanvasFigures figures = sg_canvas_get_figures (self->canvas);

  g_simple_action_set_state (action, g_variant_new ("(ttud)", figures.n_frames, figures.n_marks,
                                                    figures.frames_to_overlay, figures.ms_to_overlay));
}

static void
audit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_simple_action_set_state (action, sg_view_audit ());
}

static const GActionEntry entries[] = {
  { .name = "undo", .activate = undo_cb },
  { .name = "redo", .activate = redo_cb },
  { .name = "delete", .activate = delete_cb },
  { .name = "select-all", .activate = select_all_cb },
  { .name = "zoom-in", .activate = zoom_in_cb },
  { .name = "zoom-out", .activate = zoom_out_cb },
  { .name = "fit", .activate = fit_cb },
  { .name = "front", .activate = front_cb },
  { .name = "perspective", .activate = perspective_cb },
  { .name = "play", .activate = play_cb },
  { .name = "step", .activate = step_cb },
  { .name = "reset", .activate = reset_cb },
  { .name = "slower", .activate = slower_cb },
  { .name = "faster", .activate = faster_cb },
  { .name = "speed", .parameter_type = "d", .state = "1.0", .change_state = speed_changed_cb },
  { .name = "tool", .parameter_type = "s", .state = "'pen'", .change_state = tool_changed_cb },
  { .name = "show", .parameter_type = "s", .state = "'drawing'", .change_state = show_changed_cb },
  { .name = "show-reading", .state = "true", .change_state = show_reading_changed_cb },
  { .name = "show-grid", .state = "true", .change_state = show_grid_changed_cb },
  { .name = "snap", .state = "true", .change_state = snap_changed_cb },
  { .name = "new", .activate = new_cb },
  { .name = "open", .activate = open_cb },
  { .name = "save", .activate = save_cb },
  { .name = "save-as", .activate = save_as_cb },
  { .name = "parts", .activate = parts_cb },
  { .name = "alternatives", .activate = alternatives_cb },
  { .name = "history", .activate = show_history_cb },
  { .name = "figures", .activate = figures_cb },
  { .name = "measure", .activate = measure_cb, .state = "(@t 0, @u 0)" },
  { .name = "measure-canvas", .activate = measure_canvas_cb, .state = "(@t 0, @t 0, @u 0, 0.0)" },
  { .name = "audit", .activate = audit_cb, .state = "@as []" },
};

typedef struct
{
  const char *action; /* detailed */
  const char *keys[4];
} Keys;

/* With a modifier, or a key that no entry wants: anywhere in the window. */
static const Keys accels[] = {
  { "win.undo", { "<Control>z" } },
  { "win.redo", { "<Control><Shift>z", "<Control>y" } },
  { "win.zoom-in", { "<Control>plus", "<Control>equal", "<Control>KP_Add" } },
  { "win.zoom-out", { "<Control>minus", "<Control>KP_Subtract" } },
  { "win.fit", { "<Control>0" } },
  { "win.new", { "<Control>n" } },
  { "win.open", { "<Control>o" } },
  { "win.save", { "<Control>s" } },
  { "win.save-as", { "<Control><Shift>s" } },
  { "win.history", { "<Control>h" } },
  { "win.ask", { "<Control>Return", "<Control>KP_Enter" } },
  { "win.explain", { "<Control>i" } },
  { "win.share", { "<Control>l" } },
  { "win.preferences", { "<Control>comma" } },
  { "win.edit-model", { "<Control>e" } },
  { "win.reload-model", { "F5" } },
  { "win.copy-picture", { "<Control><Shift>c" } },
  { "win.export", { "<Control><Shift>e" } },
  { "win.take-picture", { "<Control><Alt>p" } },
  { "win.export-drawing", { "<Control><Alt>e" } },
  { "win.print", { "<Control>p" } },
  { "win.record", { "<Control>r" } },
  { "win.save-picture", { "<Control><Shift>p" } },
  { "win.parts", { "F6" } },
  { "win.drawer", { "F9" } },
  { "app.shortcuts", { "<Control>question" } },
  { "app.guide::start", { "F1" } },
  { "win.new-tab", { "<Control>t" } },
  { "win.close-tab", { "<Control>w" } },
};

/* Only where nothing is being typed. */
static const Keys plain_keys[] = {
  { "win.play", { "space" } },
  { "win.reset", { "r" } },
  { "win.step", { "Right", "period" } },
  { "win.step-back", { "Left", "comma" } },
  { "win.record-start", { "Home" } },
  { "win.record-end", { "End" } },
  { "win.replay::back", { "b" } },
  { "win.replay::on", { "<Shift>b" } },
  { "win.mark", { "k" } },
  { "win.loop", { "l" } },
  { "win.select-parent", { "Page_Up" } },
  { "win.slower", { "minus" } },
  { "win.faster", { "equal", "plus" } },
  { "win.tool::pen", { "p" } },
  { "win.tool::eraser", { "e" } },
  { "win.other-eraser", { "<Shift>e" } },
  { "win.tool::shape", { "s" } },
  { "win.tool::select", { "v" } },
  { "win.tool::text", { "t" } },
  { "win.tool::pan", { "h" } },
  { "win.show-grid", { "g" } },
  { "win.snap", { "<Shift>g" } },
  { "win.front", { "f" } },
  { "win.drawer", { "m" } },
  { "win.motors", { "<Shift>m" } },
  { "win.previous-camera", { "bracketleft" } },
  { "win.next-camera", { "bracketright" } },
  { "win.free-camera", { "Escape" } },
  { "win.keep-view", { "<Shift>k" } },
  { "win.view-menu", { "o" } },
  { "win.shown('geom-group-0')", { "0" } },
  { "win.shown('geom-group-1')", { "1" } },
  { "win.shown('geom-group-2')", { "2" } },
  { "win.shown('geom-group-3')", { "3" } },
  { "win.shown('geom-group-4')", { "4" } },
  { "win.shown('geom-group-5')", { "5" } },
  { "win.contacts", { "c" } },
  { "win.shown('ink')", { "i" } },
  { "win.shown('joint')", { "j" } },
  { "win.shown('transparent')", { "x" } },
  { "win.names", { "n" } },
  { "win.alternatives", { "Menu", "<Shift>F10" } },
  { "win.delete", { "Delete", "BackSpace" } },
  { "win.select-all", { "<Control>a" } },
  { "win.duplicate", { "<Control>d" } },
  { "win.cut", { "<Control>x", "<Shift>Delete" } },
  { "win.copy", { "<Control>c", "<Control>Insert" } },
  { "win.paste", { "<Control>v", "<Shift>Insert" } },
};

void
sg_desk_install_accels (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (application, accels[i].action, accels[i].keys);
}

/* An entry that has no use for a key, as an empty one has none for Ctrl+A, lets it pass; it is still its
 * own. */
static gboolean
plain_key_cb (GtkWidget *window, GVariant *target, gpointer action)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  if (GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus))
    return FALSE;
  return gtk_widget_activate_action_variant (window, action, target);
}

GtkEventController *
sg_desk_make_plain_keys (void)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (plain_keys); i++)
    for (guint k = 0; plain_keys[i].keys[k] != NULL; k++)
      {
        g_autofree char *name = NULL;
        g_autoptr (GVariant) target = NULL;

        g_action_parse_detailed_name (plain_keys[i].action, &name, &target, NULL);
        GtkShortcut *shortcut =
          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (plain_keys[i].keys[k]),
                            gtk_callback_action_new (plain_key_cb, g_strdup (name), g_free));
        gtk_shortcut_set_arguments (shortcut, target);
        gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
      }
  return controller;
}

static void
enable (SgDesk *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (
    G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)), enabled);
}

void
sg_desk_update_actions (SgDesk *self)
{
  gboolean can_undo = FALSE, can_redo = FALSE;
  gboolean alive = sg_mechanism_get_scene (self->mechanism) != NULL;
  SgHistoryPage *history_page = sg_desk_get_history_page (self);
  gboolean drawing = history_page == NULL;

  g_object_get (self->document, "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  enable (self, "undo", drawing ? can_undo : sg_history_page_can_undo (history_page));
  enable (self, "redo", drawing && can_redo);
  enable (self, "parts", drawing && sg_desk_get_model_name (self) == NULL);
  sg_desk_update_edit_actions (self);
  sg_desk_update_paper_actions (self);
  enable (self, "step", alive);
  enable (self, "reset", alive);
  sg_desk_update_time_actions (self);
  sg_desk_update_model_actions (self);
  sg_desk_update_recording_actions (self);
}

void
sg_desk_init_actions (SgDesk *self)
{
  static const char *const flags[] = { "show-reading", "show-grid", "snap" };
  GSettings *settings = sg_application_get_settings (self->application);

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  sg_desk_init_edit (self);
  sg_desk_init_paper (self);
  sg_desk_init_tools (self);
  for (guint i = 0; settings != NULL && i < G_N_ELEMENTS (flags); i++)
    g_action_group_change_action_state (G_ACTION_GROUP (self->actions), flags[i],
                                        g_variant_new_boolean (g_settings_get_boolean (settings, flags[i])));
}
