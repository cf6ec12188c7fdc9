/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The working half of a dialog that exports: where to, how far it is, stopped, done, or what went wrong and
 * asked again. The dialog has a stack of two pages, "ask" and "work", begins its own work in another thread
 * and ends it here. A plain part of the dialog, for the main thread.
 *
 *   ask --choose--> begin --> work --end--> "exported", and the dialog is gone
 *    ^                          |
 *    +---- stopped, or why not -+
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  GtkWindow *dialog; /* whose part it is; it has the signal "exported" (char *path) */
  GtkStack *stack;   /* so are these: of its template */
  GtkLabel *problem, *text;
  GtkProgressBar *progress;
  void (*begin) (gpointer dialog, const char *path); /* the file is chosen */
  int (*get_permille) (gpointer dialog);             /* of what is under way; 0 or less: not known */

  GCancellable *cancellable; /* (nullable): of what is under way */
  guint timer;               /* source with it */
  char *path;                /* with it */
} SgExportWork;

/* For the dialog's class: binds the children of its template that are needed, which it calls "stack",
 * "problem", "work_text" and "progress". */
void sg_export_work_bind (GtkWidgetClass *widget_class);

/* For the dialog's init, once its template is there. */
void sg_export_work_init (SgExportWork *work,
                          GtkWindow *dialog,
                          void (*begin) (gpointer dialog, const char *path),
                          int (*get_permille) (gpointer dialog));

/* Asks where to; `name` without its ending is what the file is called at first. */
void
sg_export_work_choose (SgExportWork *work, const char *title, const char *name, const char *ending);

/* Shows that `path` is made. Returns: (transfer none): stops it. */
GCancellable *sg_export_work_begin (SgExportWork *work, const char *path);
void sg_export_work_stop (SgExportWork *work);

/* It came to its end: well, stopped, or with `error` (nullable). The dialog may be gone afterwards. */
void sg_export_work_end (SgExportWork *work, gboolean done, const GError *error);

void sg_export_work_clear (SgExportWork *work); /* for dispose: stops what is under way */

G_END_DECLS
