/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The export dialog: asks -> works -> is closed, or says what went wrong and asks again. */
#include "config.h"

#include "app/export-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/export-work.h"
#include "app/text-scale.h"
#include "stream/film.h"

#define LEAST_SPAN 0.01 /* s */

struct _SgExportDialog
{
  AdwWindow parent_instance;
  AdwComboRow *kind, *run, *size, *rate, *view;
  GtkWidget *from_row, *to_row, *poses_row, *speed_row, *live_row;
  GtkSpinButton *from, *to, *poses;
  AdwComboRow *speed;
  GtkSwitch *live;
  GtkLabel *about;
  GtkButton *save;

  SgScene *scene;
  char *recording; /* (nullable) */
  char *title;
  SgExportWork work;
  SgExportJob *job; /* (nullable): under way */
};

G_DEFINE_FINAL_TYPE (SgExportDialog, sg_export_dialog, ADW_TYPE_WINDOW)

/* In the order of the list. */
static const struct
{
  SgExportKind kind;
  const char *about;
} kinds[] = {
  { SG_EXPORT_HTML,
    N_ ("One file that any browser plays, with no network: the drawing, the run and a view to turn.") },
  { SG_EXPORT_WEBM, N_ ("For presentations and web pages.") },
  { SG_EXPORT_GIF, N_ ("Plays over and over wherever pictures are shown; 256 colours.") },
  { SG_EXPORT_APNG, N_ ("Plays over and over in browsers; all colours.") },
  { SG_EXPORT_PNG, N_ ("One file a picture, numbered.") },
  { SG_EXPORT_SVG, N_ ("The bodies at equal times, one over the other, to print and measure on.") },
  { SG_EXPORT_CSV, N_ ("Places, angles and velocities for a spreadsheet.") },
  { SG_EXPORT_SIMREC, N_ ("The run itself, to be opened in SimGen.") },
};

static const guint sizes[][2] = { { 480, 320 }, { 640, 480 }, { 960, 640 }, { 1280, 720 }, { 1920, 1080 } };
static const guint rates[] = { 10, 15, 20, 25, 30, 50, 60 };
static const double speeds[] = { 0.1, 0.25, 0.5, 1, 2, 4 };

static SgExportKind
get_kind (SgExportDialog *self)
{
  return kinds[MIN (adw_combo_row_get_selected (self->kind), G_N_ELEMENTS (kinds) - 1)].kind;
}

static gboolean
takes_recording (SgExportDialog *self)
{
  return self->recording != NULL && adw_combo_row_get_selected (self->run) == 0;
}

/* -- Asking -- */

static void
choose (AdwComboRow *row, const guint *values, gsize n, gsize stride, guint value)
{
  for (gsize i = 0; i < n; i++)
    if (values[i * stride] == value)
      adw_combo_row_set_selected (row, (guint)i);
}

/* A recording is whole or not at all. */
static void
show_span (SgExportDialog *self)
{
  gboolean whole = get_kind (self) == SG_EXPORT_SIMREC;

  gtk_widget_set_visible (self->from_row, !whole);
  gtk_widget_set_visible (self->to_row, !whole || !takes_recording (self));
}

/* Its end is behind its beginning: the one that was not touched gives way. */
static void
from_changed_cb (SgExportDialog *self)
{
  double least = gtk_spin_button_get_value (self->from) + LEAST_SPAN;

  if (gtk_spin_button_get_value (self->to) < least)
    gtk_spin_button_set_value (self->to, least);
}

static void
to_changed_cb (SgExportDialog *self)
{
  double most = MAX (gtk_spin_button_get_value (self->to) - LEAST_SPAN, 0);

  if (gtk_spin_button_get_value (self->from) > most)
    gtk_spin_button_set_value (self->from, most);
}

/* What makes no sense for a kind is not there. */
static void
kind_changed_cb (SgExportDialog *self)
{
  SgExportKind kind = get_kind (self);
  SgExportOptions usual = sg_export_options_default (kind);
  gboolean film = sg_export_kind_is_film (kind);
  g_autoptr (GError) problem = NULL;
  gboolean can = kind != SG_EXPORT_WEBM || sg_film_can_be_made (SG_FILM_WEBM, &problem);

  show_span (self);
  gtk_widget_set_visible (GTK_WIDGET (self->size), film);
  gtk_widget_set_visible (GTK_WIDGET (self->rate), film || kind == SG_EXPORT_CSV);
  gtk_widget_set_visible (self->speed_row, film);
  gtk_widget_set_visible (GTK_WIDGET (self->view), film);
  gtk_widget_set_visible (self->poses_row, kind == SG_EXPORT_SVG);
  gtk_widget_set_visible (self->live_row, kind == SG_EXPORT_HTML);
  choose (self->size, &sizes[0][0], G_N_ELEMENTS (sizes), 2, usual.width);
  choose (self->rate, rates, G_N_ELEMENTS (rates), 1, usual.rate);
  gtk_label_set_label (
    self->about, _ (kinds[MIN (adw_combo_row_get_selected (self->kind), G_N_ELEMENTS (kinds) - 1)].about));
  gtk_label_set_label (self->work.problem, can ? "" : problem->message);
  gtk_widget_set_visible (GTK_WIDGET (self->work.problem), !can);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), can);
}

static void
run_changed_cb (SgExportDialog *self)
{
  show_span (self);
}

static SgExportOptions
read_options (SgExportDialog *self)
{
  SgExportOptions options = sg_export_options_default (get_kind (self));
  guint size = MIN (adw_combo_row_get_selected (self->size), G_N_ELEMENTS (sizes) - 1);

  if (options.kind != SG_EXPORT_SIMREC)
    {
      options.from = gtk_spin_button_get_value (self->from);
      options.to = gtk_spin_button_get_value (self->to);
    }
  options.width = sizes[size][0];
  options.height = sizes[size][1];
  options.rate = rates[MIN (adw_combo_row_get_selected (self->rate), G_N_ELEMENTS (rates) - 1)];
  options.speed = speeds[MIN (adw_combo_row_get_selected (self->speed), G_N_ELEMENTS (speeds) - 1)];
  options.in_space = adw_combo_row_get_selected (self->view) == 1;
  options.dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  options.n_poses = (guint)gtk_spin_button_get_value_as_int (self->poses);
  options.live = gtk_switch_get_active (self->live);
  return options;
}

/* -- Working -- */

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgExportDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = sg_export_job_run_finish (result, &error);

  g_clear_pointer (&self->job, sg_export_job_unref);
  sg_export_work_end (&self->work, done, error);
}

static int
get_permille (gpointer data)
{
  return sg_export_job_get_permille (SG_EXPORT_DIALOG (data)->job);
}

static void
begin_work (gpointer data, const char *path)
{
  SgExportDialog *self = data;

  self->job = sg_export_job_new ();
  self->job->options = read_options (self);
  self->job->path = g_strdup (path);
  self->job->title = g_strdup (self->title);
  if (takes_recording (self))
    self->job->recording = g_strdup (self->recording);
  else
    self->job->scene = sg_scene_ref (self->scene);
  self->job->seconds = gtk_spin_button_get_value (self->to);
  sg_export_job_run_async (self->job, sg_export_work_begin (&self->work, path), done_cb, g_object_ref (self));
}

static void
stop_cb (SgExportDialog *self)
{
  sg_export_work_stop (&self->work);
}

static gboolean
close_request_cb (SgExportDialog *self)
{
  stop_cb (self);
  return FALSE;
}

static void
save_cb (SgExportDialog *self)
{
  sg_export_work_choose (&self->work, _ ("Export"), self->title, sg_export_kind_ending (get_kind (self)));
}

/* -- The class -- */

static void
sg_export_dialog_dispose (GObject *object)
{
  SgExportDialog *self = SG_EXPORT_DIALOG (object);

  sg_export_work_clear (&self->work);
  g_clear_pointer (&self->job, sg_export_job_unref);
  g_clear_pointer (&self->scene, sg_scene_unref);
  G_OBJECT_CLASS (sg_export_dialog_parent_class)->dispose (object);
}

static void
sg_export_dialog_finalize (GObject *object)
{
  SgExportDialog *self = SG_EXPORT_DIALOG (object);

  g_free (self->recording);
  g_free (self->title);
  G_OBJECT_CLASS (sg_export_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SgExportDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, SgExportDialog, run);
  gtk_widget_class_bind_template_child (widget_class, SgExportDialog, size);
  gtk_widget_class_bind_template_child (widget_class, SgExportDialog, rate);
  gtk_widget_class_bind_template_child (widget_class, SgExportDialog, view);
  gtk_widget_class_bind_template_child (widget_class, SgExportDialog, speed);
  gtk_widget_class_bind_template_child (widget_class, SgExportDialog, from_row);
  gtk_widget_class_bind_template_child (widget_class, SgExportDialog, to_row);
  gtk_widget_class_bind_template_child (widget_class, SgExportDialog, poses_row);
  gtk_widget_class_bind_template_child (widget_class, SgExportDialog, live_row);
  gtk_widget_class_bind_template_child (widget_class, SgExportDialog, from);
  gtk_widget_class_bind_template_child (widget_class, SgExportDialog, to);
  gtk_widget_class_bind_template_child (widget_class, SgExportDialog, poses);
  gtk_widget_class_bind_template_child (widget_class, SgExportDialog, live);
  gtk_widget_class_bind_template_child (widget_class, SgExportDialog, about);
  sg_export_work_bind (widget_class);
  gtk_widget_class_bind_template_child (widget_class, SgExportDialog, save);
}

static void
sg_export_dialog_class_init (SgExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_export_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = sg_export_dialog_finalize;
  g_signal_new ("exported", SG_TYPE_EXPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_STRING);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/export-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, run_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, from_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, to_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sg_export_dialog_init (SgExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sg_export_work_init (&self->work, GTK_WINDOW (self), begin_work, get_permille);
  sg_text_scale_fit (GTK_WINDOW (self));
  self->speed_row = GTK_WIDGET (self->speed);
}

static void
list_runs (SgExportDialog *self)
{
  g_autoptr (GtkStringList) runs = gtk_string_list_new (NULL);

  if (self->recording != NULL)
    gtk_string_list_append (runs, self->scene->motion != NULL ? _ ("This recording")
                                                              : _ ("As it was recorded last"));
  if (self->scene->motion == NULL)
    gtk_string_list_append (runs, _ ("Anew, from the start"));
  adw_combo_row_set_model (self->run, G_LIST_MODEL (runs));
  gtk_widget_set_visible (GTK_WIDGET (self->run), g_list_model_get_n_items (G_LIST_MODEL (runs)) > 1);
  adw_combo_row_set_selected (self->run, 0);
}

SgExportDialog *
sg_export_dialog_new (GtkWindow *parent,
                      SgScene *scene,
                      const char *recording,
                      const char *title,
                      double from,
                      double to)
{
  SgExportDialog *self = g_object_new (SG_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);
  char *dot;

  self->scene = sg_scene_ref (scene);
  self->recording = g_strdup (recording);
  self->title = g_strdup (title);
  if ((dot = strrchr (self->title, '.')) != NULL && dot > self->title && scene->page == NULL)
    *dot = '\0'; /* a file's name */
  gtk_spin_button_set_value (self->from, from);
  gtk_spin_button_set_value (self->to, to);
  list_runs (self);
  run_changed_cb (self);
  kind_changed_cb (self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->save));
  return self;
}
