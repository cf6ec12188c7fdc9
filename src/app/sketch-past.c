/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Versions and runs, each read a page at a time. */
#include "config.h"

#include "app/sketch-past.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/run-figures.h"
#include "app/thumbnail.h"
#include "app/when.h"
#include "base/units.h"
#include "pipeline/live-recording.h"

#define PAGE 60

/* A run's own title is its sketch's of that time. */
typedef struct
{
  SgRunEntry *run;
  char *title; /* the sketch's now */
} Pick;

struct _SgSketchPast
{
  AdwBin parent_instance;
  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkFlowBox *versions;
  GtkListBox *runs;
  GtkWidget *no_runs, *more_versions, *more_runs;
  GtkLabel *picked_label;
  GtkButton *compare;
  GtkRevealer *bar;
  SgHistory *history;        /* (nullable) */
  SgHistoryEntry *entry;     /* (nullable): the sketch */
  GCancellable *cancellable; /* (nullable): of the readings under way */
  GPtrArray *picked;         /* Pick, two at most, the older first */
  gint64 last_version_us, last_run_us, last_run_id;
  gboolean filling; /* ticks are set by us */
};

enum
{
  CLOSED,
  VERSION_CHOSEN,
  COMPARE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SgSketchPast, sg_sketch_past, ADW_TYPE_BIN)

static void
pick_free (gpointer data)
{
  Pick *pick = data;

  sg_run_entry_unref (pick->run);
  g_free (pick->title);
  g_free (pick);
}

static void
close_cb (SgSketchPast *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

/* -- Versions -- */

static void
version_clicked_cb (GtkButton *button, SgSketchPast *self)
{
  const gint64 *id = g_object_get_data (G_OBJECT (button), "version");

  g_signal_emit (self, signals[VERSION_CHOSEN], 0, self->entry->id, *id);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_version (SgSketchPast *self, const SgVersionEntry *version)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *picture = sg_thumbnail_new ();
  g_autofree char *when = sg_when_describe (version->created_us);
  g_autofree char *strokes =
    g_strdup_printf (ngettext ("%u stroke", "%u strokes", version->n_strokes), version->n_strokes);
  g_autofree char *detail =
    version->current ? g_strdup_printf (_ ("%s · now"), strokes) : g_strdup (strokes);
  g_autofree char *name = g_strdup_printf (_ ("Version of %s"), when);
  g_autofree char *exactly = sg_when_describe_exactly (version->created_us);

  sg_thumbnail_set_png (SG_THUMBNAIL (picture), version->thumbnail);
  gtk_widget_set_size_request (box, 128, -1);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_box_append (GTK_BOX (box), make_label (when, "numeric"));
  gtk_box_append (GTK_BOX (box), make_label (detail, "caption"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "version");
  gtk_widget_set_tooltip_text (button, exactly);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
  g_object_set_data_full (G_OBJECT (button), "version", g_memdup2 (&version->id, sizeof version->id), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (version_clicked_cb), self);
  gtk_flow_box_append (self->versions, button);
  gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
}

static void
versions_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgSketchPast) self = data;
  g_autoptr (GPtrArray) versions = sg_history_list_versions_finish (SG_HISTORY (source), result, NULL);

  if (versions == NULL)
    return;
  for (guint i = 0; i < versions->len; i++)
    {
      const SgVersionEntry *version = versions->pdata[i];

      add_version (self, version);
      self->last_version_us = version->created_us;
    }
  gtk_widget_set_visible (self->more_versions, versions->len == PAGE);
}

static void
read_versions (SgSketchPast *self)
{
  sg_history_list_versions_async (self->history, self->entry->id, self->last_version_us, PAGE,
                                  self->cancellable, versions_listed_cb, g_object_ref (self));
}

/* -- Runs -- */

static int
find_picked (SgSketchPast *self, gint64 id)
{
  for (guint i = 0; i < self->picked->len; i++)
    if (((const Pick *)self->picked->pdata[i])->run->id == id)
      return (int)i;
  return -1;
}

static char *
name_pick (const Pick *pick)
{
  g_autofree char *when = sg_when_describe_run (pick->run->created_us);

  return g_strdup_printf ("“%s”, %s", pick->title, when);
}

static void
show_picked (SgSketchPast *self)
{
  guint n = self->picked->len;
  g_autofree char *first = n > 0 ? name_pick (self->picked->pdata[0]) : NULL;
  g_autofree char *second = n > 1 ? name_pick (self->picked->pdata[1]) : NULL;
  /* Translators: a run that was picked to be compared with another one */
  g_autofree char *text = n == 2   ? g_strdup_printf (_ ("%s\n%s"), first, second)
                          : n == 1 ? g_strdup_printf (_ ("%s\nPick another run, of any sketch"), first)
                                   : g_strdup ("");

  gtk_label_set_label (self->picked_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->picked_label), text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->compare), n == 2);
  gtk_revealer_set_reveal_child (self->bar, n > 0);
}

static void
show_ticks (SgSketchPast *self)
{
  GtkListBoxRow *row;

  self->filling = TRUE;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->runs, i)) != NULL; i++)
    {
      const SgRunEntry *run = g_object_get_data (G_OBJECT (row), "run");

      gtk_check_button_set_active (g_object_get_data (G_OBJECT (row), "check"),
                                   find_picked (self, run->id) >= 0);
    }
  self->filling = FALSE;
}

/* A third pick takes the place of the oldest. */
static void
ticked_cb (GtkCheckButton *check, SgSketchPast *self)
{
  SgRunEntry *run = g_object_get_data (G_OBJECT (check), "run");
  int i = find_picked (self, run->id);

  if (self->filling)
    return;
  if (i >= 0)
    g_ptr_array_remove_index (self->picked, (guint)i);
  else
    {
      Pick *pick = g_new0 (Pick, 1);

      *pick = (Pick){ sg_run_entry_ref (run), g_strdup (self->entry->title) };
      g_ptr_array_add (self->picked, pick);
    }
  if (self->picked->len > 2)
    g_ptr_array_remove_index (self->picked, 0);
  show_ticks (self);
  show_picked (self);
}

static const char *
say_status (const char *status)
{
  static const struct
  {
    const char *status, *words;
  } known[] = {
    { "pending", N_ ("waiting") },
    { "running", N_ ("running") },
    { "completed", N_ ("completed") },
    { "stopped", N_ ("stopped") },
    { "diverged", N_ ("flew apart") },
    { "failed", N_ ("failed") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (status, known[i].status) == 0)
      return _ (known[i].words);
  return status;
}

/* Where it was recorded it can be played. */
static void
run_known_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) row = data;
  g_autoptr (SgRunEntry) run = sg_history_get_run_finish (SG_HISTORY (source), result, NULL);
  SgRunFigures figures = sg_run_figures_parse (run != NULL ? run->result : NULL);
  g_autofree char *folder = sg_recordings_dup_folder ();
  g_autofree char *path = g_build_filename (folder, figures.recording, NULL);

  if (figures.recording[0] == '\0' || gtk_widget_get_root (row) == NULL ||
      !g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  GtkWidget *play = gtk_button_new_from_icon_name ("media-playback-start-symbolic");
  gtk_widget_set_valign (play, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (play, "flat");
  gtk_widget_set_tooltip_text (play, _ ("Play its recording"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (play), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Play its recording"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (play), "win.open-recording");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (play), "s", path);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), play);
}

static void
add_run (SgSketchPast *self, SgRunEntry *run)
{
  GtkWidget *row = adw_action_row_new (), *check = gtk_check_button_new ();
  g_autofree char *when = sg_when_describe_run (run->created_us);
  g_autofree char *length = sg_units_format (run->simulated, "s");
  g_autofree char *first = sg_units_format (run->energy_first, "J");
  g_autofree char *last = sg_units_format (run->energy_last, "J");
  g_autofree char *detail =
    isfinite (run->energy_first) && isfinite (run->energy_last)
      ? g_strdup_printf ("%s · %s · %s → %s", length, say_status (run->status), first, last)
      : g_strdup_printf ("%s · %s", length, say_status (run->status));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), when);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_widget_add_css_class (row, "numeric");
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (check, _ ("Compare this run"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, when, -1);
  g_object_set_data_full (G_OBJECT (row), "run", sg_run_entry_ref (run), (GDestroyNotify)sg_run_entry_unref);
  g_object_set_data (G_OBJECT (check), "run", run);
  g_object_set_data (G_OBJECT (row), "check", check);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), find_picked (self, run->id) >= 0);
  g_signal_connect (check, "toggled", G_CALLBACK (ticked_cb), self);
  gtk_list_box_append (self->runs, row);
  sg_history_get_run_async (self->history, run->id, self->cancellable, run_known_cb, g_object_ref (row));
}

static void
runs_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgSketchPast) self = data;
  g_autoptr (GPtrArray) runs = sg_history_find_runs_finish (SG_HISTORY (source), result, NULL);

  if (runs == NULL)
    return;
  for (guint i = 0; i < runs->len; i++)
    {
      SgRunEntry *run = runs->pdata[i];

      add_run (self, run);
      self->last_run_us = run->created_us;
      self->last_run_id = run->id;
    }
  gboolean any = gtk_list_box_get_row_at_index (self->runs, 0) != NULL;
  gtk_widget_set_visible (self->no_runs, !any);
  gtk_widget_set_visible (GTK_WIDGET (self->runs), any);
  gtk_widget_set_visible (self->more_runs, runs->len == PAGE);
}

static void
read_runs (SgSketchPast *self)
{
  SgRunQuery query = { .sketch_id = self->entry->id,
                       .before_us = self->last_run_us,
                       .before_id = self->last_run_id,
                       .limit = PAGE };

  sg_history_find_runs_async (self->history, &query, self->cancellable, runs_listed_cb, g_object_ref (self));
}

static void
compare_cb (SgSketchPast *self)
{
  if (self->picked->len < 2)
    return;
  const Pick *first = self->picked->pdata[0], *second = self->picked->pdata[1];
  g_signal_emit (self, signals[COMPARE], 0, first->run, first->title, second->run, second->title);
}

static void
unpick_cb (SgSketchPast *self)
{
  g_ptr_array_set_size (self->picked, 0);
  show_ticks (self);
  show_picked (self);
}

/* -- Both -- */

static void
clear (SgSketchPast *self)
{
  GtkListBoxRow *row;
  GtkFlowBoxChild *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  while ((row = gtk_list_box_get_row_at_index (self->runs, 0)) != NULL)
    gtk_list_box_remove (self->runs, GTK_WIDGET (row));
  while ((child = gtk_flow_box_get_child_at_index (self->versions, 0)) != NULL)
    gtk_flow_box_remove (self->versions, GTK_WIDGET (child));
  self->last_version_us = self->last_run_us = self->last_run_id = 0;
}

void
sg_sketch_past_show (SgSketchPast *self, SgHistory *history, const SgHistoryEntry *entry)
{
  clear (self);
  g_set_object (&self->history, history);
  g_clear_pointer (&self->entry, sg_history_entry_unref);
  self->entry = sg_history_entry_ref ((SgHistoryEntry *)entry);
  self->cancellable = g_cancellable_new ();
  adw_window_title_set_title (self->title, entry->title);
  adw_window_title_set_subtitle (self->title, _ ("Versions and runs"));
  show_picked (self);
  read_versions (self);
  read_runs (self);
}

void
sg_sketch_past_set_decoration (SgSketchPast *self, const char *layout)
{
  adw_header_bar_set_decoration_layout (self->header, layout);
}

static void
sg_sketch_past_dispose (GObject *object)
{
  SgSketchPast *self = SG_SKETCH_PAST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->history);
  g_clear_pointer (&self->entry, sg_history_entry_unref);
  g_clear_pointer (&self->picked, g_ptr_array_unref);
  G_OBJECT_CLASS (sg_sketch_past_parent_class)->dispose (object);
}

static void
sg_sketch_past_class_init (SgSketchPastClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = SG_TYPE_SKETCH_PAST;

  G_OBJECT_CLASS (klass)->dispose = sg_sketch_past_dispose;
  signals[CLOSED] = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[VERSION_CHOSEN] = g_signal_new ("version-chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  signals[COMPARE] = g_signal_new ("compare", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 4,
                                   G_TYPE_POINTER, G_TYPE_STRING, G_TYPE_POINTER, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/sketch-past.ui");
  gtk_widget_class_bind_template_child (widget_class, SgSketchPast, header);
  gtk_widget_class_bind_template_child (widget_class, SgSketchPast, title);
  gtk_widget_class_bind_template_child (widget_class, SgSketchPast, versions);
  gtk_widget_class_bind_template_child (widget_class, SgSketchPast, runs);
  gtk_widget_class_bind_template_child (widget_class, SgSketchPast, no_runs);
  gtk_widget_class_bind_template_child (widget_class, SgSketchPast, more_versions);
  gtk_widget_class_bind_template_child (widget_class, SgSketchPast, more_runs);
  gtk_widget_class_bind_template_child (widget_class, SgSketchPast, picked_label);
  gtk_widget_class_bind_template_child (widget_class, SgSketchPast, compare);
  gtk_widget_class_bind_template_child (widget_class, SgSketchPast, bar);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_cb);
  gtk_widget_class_bind_template_callback (widget_class, unpick_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_runs);
  gtk_widget_class_bind_template_callback (widget_class, read_versions);
}

static void
sg_sketch_past_init (SgSketchPast *self)
{
  self->picked = g_ptr_array_new_with_free_func (pick_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}
