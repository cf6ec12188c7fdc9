/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asks what to make of a run (a film, a page, a picture, a table), of which part of it and how large; then
 * where, and makes it, with a bar that tells how far it is. It can be stopped at any time. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "pipeline/export-job.h"

G_BEGIN_DECLS

#define SG_TYPE_EXPORT_DIALOG (sg_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SgExportDialog, sg_export_dialog, SG, EXPORT_DIALOG, AdwWindow)

/* Signal: "exported" (const char *path)  it is made; the dialog goes.
 * Of `scene`, run from its start, or of `recording` (nullable: none is there), a file of it. `title` names
 * the file. `from` and `to` (simulated s) are the span that it is asked about with. */
SgExportDialog *sg_export_dialog_new (GtkWindow *parent,
                                      SgScene *scene,
                                      const char *recording,
                                      const char *title,
                                      double from,
                                      double to);

G_END_DECLS
