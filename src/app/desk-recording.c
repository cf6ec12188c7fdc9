/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Recordings on the desk: runs are recorded, and played in a tab of their own; runs and recordings are
 * exported. */
#include "config.h"

#include "app/desk-private.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "app/export-dialog.h"
#include "app/tab-window.h"
#include "app/toast.h"
#include "base/units.h"
#include "pipeline/motion.h"

#define EXPORTED 10.0 /* s of a run that is not there yet */

static void
record_changed_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  SgDesk *self = data;
  gboolean on = g_variant_get_boolean (value);

  g_simple_action_set_state (action, value);
  sg_mechanism_set_recording (self->mechanism, on);
  sg_transport_set_recording (self->transport, on);
  sg_desk_activity_changed (self);
}

/* The drawing stays where it is. */
static void
open_recording_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;
  g_autoptr (GFile) file = g_file_new_for_path (g_variant_get_string (parameter, NULL));

  sg_tab_window_open_file (SG_TAB_WINDOW (sg_desk_get_window (self)), file);
}

static void
recorded_cb (SgDesk *self, const char *path, double seconds, guint64 n_lost)
{
  g_autofree char *length = sg_units_format (seconds, "s");
  /* Translators: how long, as in "Recorded 12.3 s" */
  g_autofree char *text =
    n_lost > 0 ? g_strdup_printf (_ ("Recorded %s, but for %" PRIu64 " frames"), length, n_lost)
               : g_strdup_printf (_ ("Recorded %s"), length);
  AdwToast *toast = sg_toast_new (text);

  g_free (self->last_recording);
  self->last_recording = g_strdup (path);
  adw_toast_set_button_label (toast, _ ("_Play It"));
  adw_toast_set_action_name (toast, "win.open-recording");
  adw_toast_set_action_target (toast, "s", path);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
recording_failed_cb (SgDesk *self, GError *error)
{
  sg_desk_tell_error (self, error);
}

static void
exported_cb (SgDesk *self, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *text = g_strdup_printf (_ ("Saved as %s"), name);

  sg_desk_tell (self, text);
}

/* What is looped is what is looked at; else all that was recorded, or so much of a run. */
static void
choose_span (SgDesk *self, const char *recording, double *from, double *to)
{
  SgSimulationStats stats;

  sg_simulation_get_stats (sg_mechanism_get_simulation (self->mechanism), &stats);
  *from = 0;
  *to = recording != NULL && stats.last_time > 0 ? stats.last_time : EXPORTED;
  if (stats.loop_from < stats.loop_to)
    {
      *from = stats.loop_from;
      *to = stats.loop_to;
    }
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;
  SgScene *scene = sg_mechanism_get_scene (self->mechanism);
  const char *shown = scene != NULL && scene->motion != NULL ? sg_motion_get_path (scene->motion) : NULL;
  const char *title = sg_desk_get_model_name (self);
  double from, to;

  if (scene == NULL)
    return;
  if (title == NULL)
    title = sg_document_get_title (self->document);
  if (shown == NULL)
    shown = self->last_recording;
  choose_span (self, shown, &from, &to);
  SgExportDialog *dialog = sg_export_dialog_new (sg_desk_get_window (self), scene, shown, title, from, to);
  g_signal_connect_object (dialog, "exported", G_CALLBACK (exported_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static const GActionEntry entries[] = {
  { .name = "record", .state = "false", .change_state = record_changed_cb },
  { .name = "open-recording", .parameter_type = "s", .activate = open_recording_cb },
  { .name = "export", .activate = export_cb },
};

/* A recording is of the scene that was played: another one has none yet. */
static void
scene_changed_cb (SgDesk *self)
{
  SgScene *scene = sg_mechanism_get_scene (self->mechanism);

  if (scene != self->recorded_scene)
    g_clear_pointer (&self->last_recording, g_free);
  self->recorded_scene = scene;
}

void
sg_desk_update_recording_actions (SgDesk *self)
{
  SgScene *scene = sg_mechanism_get_scene (self->mechanism);
  gboolean played = scene != NULL && scene->motion != NULL;
  GAction *record = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "record");
  GAction *export = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "export");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (record), !played);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (export), scene != NULL);
}

void
sg_desk_init_recording (SgDesk *self)
{
  SgRunRecorder *recorder = sg_mechanism_get_recorder (self->mechanism);

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (recorder, "recorded", G_CALLBACK (recorded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (recorder, "failed", G_CALLBACK (recording_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->mechanism, "changed", G_CALLBACK (scene_changed_cb), self,
                           G_CONNECT_SWAPPED);
}
