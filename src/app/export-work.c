/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What exports of drawings and of runs have in common once they are asked for. */
#include "config.h"

#include "app/export-work.h"

#include <glib/gi18n.h>

#include "app/file-names.h"
#include "pipeline/error-name.h"

#define LOOK 100 /* ms between looks at how far it is */

void
sg_export_work_bind (GtkWidgetClass *widget_class)
{
  static const char *const names[] = { "stack", "problem", "work_text", "progress" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_class_bind_template_child_full (widget_class, names[i], FALSE, 0);
}

static gpointer
get_child (GtkWindow *dialog, const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (dialog), G_OBJECT_TYPE (dialog), name);
}

void
sg_export_work_init (SgExportWork *work,
                     GtkWindow *dialog,
                     void (*begin) (gpointer dialog, const char *path),
                     int (*get_permille) (gpointer dialog))
{
  *work = (SgExportWork){ .dialog = dialog,
                          .stack = get_child (dialog, "stack"),
                          .problem = get_child (dialog, "problem"),
                          .text = get_child (dialog, "work_text"),
                          .progress = get_child (dialog, "progress"),
                          .begin = begin,
                          .get_permille = get_permille };
}

/* -- Where -- */

static void
file_chosen_cb (GtkNativeDialog *chooser, int response, gpointer data)
{
  SgExportWork *work = g_object_get_data (G_OBJECT (chooser), "work");
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    work->begin (work->dialog, path);
  g_object_unref (chooser);
}

void
sg_export_work_choose (SgExportWork *work, const char *title, const char *name, const char *ending)
{
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (title, work->dialog, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  g_autofree char *full = g_strdup_printf ("%s.%s", name, ending);

  g_strdelimit (full, "/", '-');
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), full);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_object_set_data (G_OBJECT (chooser), "work", work);
  g_signal_connect_object (chooser, "response", G_CALLBACK (file_chosen_cb), work->dialog, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* -- Working -- */

static gboolean
look_cb (gpointer data)
{
  SgExportWork *work = data;
  int permille = work->get_permille (work->dialog);

  if (permille > 0)
    gtk_progress_bar_set_fraction (work->progress, permille / 1000.0);
  else
    gtk_progress_bar_pulse (work->progress);
  return G_SOURCE_CONTINUE;
}

GCancellable *
sg_export_work_begin (SgExportWork *work, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *text = g_strdup_printf (_ ("Making %s…"), name);

  g_free (work->path);
  work->path = g_strdup (path);
  work->cancellable = g_cancellable_new ();
  work->timer = g_timeout_add (LOOK, look_cb, work);
  gtk_widget_set_visible (GTK_WIDGET (work->problem), FALSE);
  gtk_label_set_label (work->text, text);
  gtk_progress_bar_set_fraction (work->progress, 0);
  gtk_stack_set_visible_child_name (work->stack, "work");
  return work->cancellable;
}

void
sg_export_work_stop (SgExportWork *work)
{
  g_cancellable_cancel (work->cancellable);
}

static void
rest (SgExportWork *work)
{
  g_clear_handle_id (&work->timer, g_source_remove);
  g_clear_object (&work->cancellable);
}

static void
say_problem (SgExportWork *work, const GError *error)
{
  g_autofree char *text = sg_file_names_in_advice (error);

  sg_error_log ("simgen-app", error);
  gtk_label_set_label (work->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (work->problem), TRUE);
}

void
sg_export_work_end (SgExportWork *work, gboolean done, const GError *error)
{
  if (work->path == NULL)
    return; /* the dialog is being taken down */
  rest (work);
  if (done)
    {
      g_signal_emit_by_name (work->dialog, "exported", work->path);
      gtk_window_destroy (work->dialog);
      return;
    }
  gtk_stack_set_visible_child_name (work->stack, "ask");
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say_problem (work, error);
}

void
sg_export_work_clear (SgExportWork *work)
{
  sg_export_work_stop (work);
  rest (work);
  g_clear_pointer (&work->path, g_free);
}
