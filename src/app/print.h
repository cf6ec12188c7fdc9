/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A drawing on a printer, by the dialog of the system; in a sandbox by its portal. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "render/page-paint.h"

G_BEGIN_DECLS

typedef struct
{
  SgPage *page;
  SgReading *reading;  /* (nullable): of that page */
  SgPaper paper;       /* what the canvas shows */
  const char *title;   /* of the job, and of a file that is printed to */
  GSettings *settings; /* (nullable): remember the sheet, the printer and the choices */
  const char *path;    /* (nullable): a PDF that is made without asking; else the dialog is shown */
} SgPrint;

/* Its end: printed, or not (it was given up, with no `error`; or why not). */
typedef void (*SgPrinted) (gboolean printed, const GError *error, gpointer user_data);

/* Returns at once; all of `print` is copied or referenced. `done` is called once, maybe before it returns. */
void sg_print (GtkWindow *parent, const SgPrint *print, SgPrinted done, gpointer user_data);

G_END_DECLS
