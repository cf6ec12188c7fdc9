/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A print operation of GTK's. The sheet lies as the drawing does; its size and margins, the printer and the
 * choices are those of the last time. */
#include "config.h"

#include "app/print.h"

#include <glib/gi18n.h>

#include "app/print-options.h"
#include "app/print-preview.h"
#include "render/error.h"

#define SHEET "print-sheet" /* of the settings */
#define PRINTER "print-settings"
#define CHOICES "print-choices"

typedef struct
{
  SgPage *page;
  SgReading *reading; /* (nullable) */
  SgPaper paper;
  GSettings *settings; /* (nullable) */
  SgPrintChoices choices;
  SgSheets sheets;
  GError *problem; /* (nullable): it cannot be printed so */
  SgPrinted done;
  gpointer user_data;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  sg_page_unref (job->page);
  g_clear_pointer (&job->reading, sg_reading_unref);
  g_clear_object (&job->settings);
  g_clear_error (&job->problem);
  g_free (job);
}

/* -- What is remembered -- */

static SgPrintChoices
recall_choices (GSettings *settings)
{
  SgPrintChoices choices = { FALSE, FALSE, 0 };

  if (settings != NULL)
    g_settings_get (settings, CHOICES, "(bbd)", &choices.recognised, &choices.pattern, &choices.ratio);
  return choices;
}

static void
remember (Job *job, GtkPrintOperation *operation)
{
  GtkPrintSettings *printer = gtk_print_operation_get_print_settings (operation);
  GtkPageSetup *sheet = gtk_print_operation_get_default_page_setup (operation);

  if (job->settings == NULL)
    return;
  if (printer != NULL)
    g_settings_set_value (job->settings, PRINTER, gtk_print_settings_to_gvariant (printer));
  if (sheet != NULL)
    g_settings_set_value (job->settings, SHEET, gtk_page_setup_to_gvariant (sheet));
  g_settings_set (job->settings, CHOICES, "(bbd)", job->choices.recognised, job->choices.pattern,
                  job->choices.ratio);
}

static SgPagePaint
describe (const Job *job)
{
  return (SgPagePaint){ .paper = job->choices.pattern ? job->paper : SG_PAPER_PLAIN,
                        .reading = job->choices.recognised ? job->reading : NULL,
                        .is_file = TRUE };
}

/* The whole drawing's place, which no choice changes by more than some signs' width. */
static SgRect
find_area (const Job *job)
{
  SgPagePaint paint = describe (job);

  return sg_rect_grow (sg_page_paint_bounds (job->page, &paint), 2);
}

static GtkPageSetup *
recall_sheet (const Job *job)
{
  g_autoptr (GVariant) kept = job->settings != NULL ? g_settings_get_value (job->settings, SHEET) : NULL;
  GtkPageSetup *sheet =
    kept != NULL && g_variant_n_children (kept) > 0 ? gtk_page_setup_new_from_gvariant (kept) : NULL;
  SgRect area = find_area (job);

  if (sheet == NULL)
    sheet = gtk_page_setup_new ();
  gtk_page_setup_set_orientation (sheet, area.width > area.height ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                                                  : GTK_PAGE_ORIENTATION_PORTRAIT);
  return sheet;
}

static GtkPrintSettings *
recall_printer (const Job *job, const char *title)
{
  g_autoptr (GVariant) kept = job->settings != NULL ? g_settings_get_value (job->settings, PRINTER) : NULL;
  GtkPrintSettings *printer = kept != NULL && g_variant_n_children (kept) > 0
                                ? gtk_print_settings_new_from_gvariant (kept)
                                : gtk_print_settings_new ();
  g_autofree char *name = g_strdup (title);

  /* a file's name is the drawing's, not that of the one before */
  g_strdelimit (name, "/", '-');
  gtk_print_settings_unset (printer, GTK_PRINT_SETTINGS_OUTPUT_URI);
  gtk_print_settings_set (printer, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, name);
  return printer;
}

/* -- Printing -- */

static void
begin_cb (GtkPrintOperation *operation, GtkPrintContext *context, Job *job)
{
  double zoom = sg_print_choices_zoom (&job->choices, sg_page_get_scale (job->page));
  double width = gtk_print_context_get_width (context), height = gtk_print_context_get_height (context);

  if (sg_sheets_plan (&job->sheets, find_area (job), width, height, zoom))
    {
      gtk_print_operation_set_n_pages (operation, (int)(job->sheets.columns * job->sheets.rows));
      return;
    }
  g_set_error (&job->problem, SG_RENDER_ERROR, SG_RENDER_ERROR_SIZE,
               _ ("At this scale the drawing takes more than %d sheets"), SG_MAX_SHEETS);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_cancel (operation);
}

/* One sheet, painted in a worker; nobody else touches `cr` until the operation is told of its end. */
typedef struct
{
  GtkPrintOperation *operation;
  GtkPrintContext *context;
  cairo_t *cr;
  cairo_t *stand_in; /* (nullable): the paper is ended in the worker, too */
  SgPage *page;
  SgReading *reading; /* (nullable) */
  SgPagePaint paint;
  SgSheets sheets;
  guint index;
} Sheet;

static void
sheet_free (gpointer data)
{
  Sheet *sheet = data;

  g_object_unref (sheet->operation);
  g_object_unref (sheet->context);
  cairo_destroy (sheet->cr);
  g_clear_pointer (&sheet->stand_in, cairo_destroy);
  sg_page_unref (sheet->page);
  g_clear_pointer (&sheet->reading, sg_reading_unref);
  g_free (sheet);
}

static void
paint_sheet (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Sheet *sheet = data;

  cairo_save (sheet->cr);
  sg_sheets_place (&sheet->sheets, sheet->index, sheet->cr);
  sg_page_paint (sheet->cr, sheet->page, &sheet->paint, NULL, NULL);
  cairo_restore (sheet->cr);
  if (sheet->stand_in != NULL)
    cairo_show_page (sheet->cr); /* where a file's surface writes all that was painted */
  g_task_return_boolean (task, TRUE);
}

/* GTK ends the paper on what the context has then: that is the stand-in where it was ended already. */
static void
painted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Sheet *sheet = g_task_get_task_data (G_TASK (result));

  if (sheet->stand_in != NULL)
    gtk_print_context_set_cairo_context (sheet->context, sheet->stand_in, 72, 72);
  gtk_print_operation_draw_page_finish (sheet->operation);
  if (sheet->stand_in != NULL)
    {
      cairo_restore (sheet->cr); /* what GTK saved */
      gtk_print_context_set_cairo_context (sheet->context, sheet->cr, 72, 72);
    }
  sg_print_preview_page_drawn (sheet->operation);
}

/* Whether the paper ends behind that sheet, whoever puts several on one, GTK or the printer. GTK counts those
 * that are printed, of which sheets know only where all are. */
static gboolean
ends_paper (GtkPrintOperation *operation, guint index)
{
  GtkPrintSettings *printer = gtk_print_operation_get_print_settings (operation);
  guint n = printer != NULL ? (guint)MAX (gtk_print_settings_get_number_up (printer), 1) : 1;
  gboolean all = printer == NULL || gtk_print_settings_get_print_pages (printer) == GTK_PRINT_PAGES_ALL;

  return n == 1 || (all && ((index + 1) % n == 0 ||
                            index + 1 == (guint)gtk_print_operation_get_n_pages_to_print (operation)));
}

/* A PDF, PostScript or SVG surface does its work where a page ends. */
static cairo_t *
make_stand_in (GtkPrintOperation *operation, cairo_t *cr, guint index)
{
  cairo_surface_type_t type = cairo_surface_get_type (cairo_get_target (cr));

  if ((type != CAIRO_SURFACE_TYPE_PDF && type != CAIRO_SURFACE_TYPE_PS && type != CAIRO_SURFACE_TYPE_SVG) ||
      !ends_paper (operation, index))
    return NULL;
  cairo_surface_t *nothing = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *stand_in = cairo_create (nothing);
  cairo_save (stand_in); /* as GTK did with the other one */
  cairo_surface_destroy (nothing);
  return stand_in;
}

static void
draw_cb (GtkPrintOperation *operation, GtkPrintContext *context, int index, Job *job)
{
  Sheet *sheet;

  if (job->problem != NULL)
    return;
  sheet = g_new0 (Sheet, 1);
  sheet->operation = g_object_ref (operation);
  sheet->context = g_object_ref (context);
  sheet->cr = cairo_reference (gtk_print_context_get_cairo_context (context));
  sheet->stand_in = make_stand_in (operation, sheet->cr, (guint)index);
  sheet->page = sg_page_ref (job->page);
  sheet->reading = job->reading != NULL ? sg_reading_ref (job->reading) : NULL;
  sheet->sheets = job->sheets;
  sheet->index = (guint)index;
  sheet->paint = describe (job);
  sheet->paint.area = sg_sheets_part (&job->sheets, (guint)index);
  sheet->paint.zoom = 300 / 72.0 * job->sheets.zoom;
  sheet->paint.thinnest = 0.25 / job->sheets.zoom;
  gtk_print_operation_set_defer_drawing (operation);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, painted_cb, NULL);
  g_task_set_task_data (task, sheet, sheet_free);
  g_task_run_in_thread (task, paint_sheet);
}

static GtkWidget *
make_options_cb (GtkPrintOperation *operation, Job *job)
{
  return sg_print_options_new (&job->choices);
}

static void
take_options_cb (GtkPrintOperation *operation, GtkWidget *options, Job *job)
{
  job->choices = sg_print_options_get (SG_PRINT_OPTIONS (options));
}

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, Job *job)
{
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    gtk_print_operation_get_error (operation, &error);
  if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    remember (job, operation);
  job->done (result == GTK_PRINT_OPERATION_RESULT_APPLY && job->problem == NULL,
             job->problem != NULL ? job->problem : error, job->user_data);
}

static GtkPrintOperation *
make_operation (Job *job, const SgPrint *print)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) sheet = recall_sheet (job);
  g_autoptr (GtkPrintSettings) printer = recall_printer (job, print->title);

  gtk_print_operation_set_default_page_setup (operation, sheet);
  gtk_print_operation_set_print_settings (operation, printer);
  gtk_print_operation_set_job_name (operation, print->title);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_show_progress (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_custom_tab_label (operation, _ ("Drawing"));
  if (print->path != NULL)
    gtk_print_operation_set_export_filename (operation, print->path);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_cb), job);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_cb), job);
  g_signal_connect (operation, "create-custom-widget", G_CALLBACK (make_options_cb), job);
  g_signal_connect (operation, "custom-widget-apply", G_CALLBACK (take_options_cb), job);
  g_signal_connect (operation, "preview", G_CALLBACK (sg_print_preview_cb), NULL);
  g_signal_connect (operation, "done", G_CALLBACK (done_cb), job);
  return operation;
}

void
sg_print (GtkWindow *parent, const SgPrint *print, SgPrinted done, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->page = sg_page_ref (print->page);
  job->reading = print->reading != NULL ? sg_reading_ref (print->reading) : NULL;
  job->paper = print->paper != SG_PAPER_PLAIN ? print->paper : SG_PAPER_GRID;
  job->settings = print->settings != NULL ? g_object_ref (print->settings) : NULL;
  job->choices = recall_choices (print->settings);
  job->done = done;
  job->user_data = user_data;
  g_autoptr (GtkPrintOperation) operation = make_operation (job, print);
  g_object_set_data_full (G_OBJECT (operation), "job", job, job_free);
  /* what goes wrong is told by "done", too */
  gtk_print_operation_run (operation,
                           print->path != NULL ? GTK_PRINT_OPERATION_ACTION_EXPORT
                                               : GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           parent, NULL);
}
