/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asks how the drawing is to look as a file (PDF, SVG or PNG), and shows it so; then where, and makes it,
 * with a bar that tells how far it is. It can be stopped at any time. Its picture can be dragged to
 * another program. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "pipeline/page-export.h"

G_BEGIN_DECLS

#define SG_TYPE_DRAWING_DIALOG (sg_drawing_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SgDrawingDialog, sg_drawing_dialog, SG, DRAWING_DIALOG, AdwWindow)

/* Signal: "exported" (const char *path)  it is made; the dialog goes.
 * `selected` (nullable) is the part of `page` that may be wanted alone. `paper` is what the canvas shows.
 * `title` names the file. `cache` (nullable) knows what was recognised. */
SgDrawingDialog *sg_drawing_dialog_new (
  GtkWindow *parent, SgPage *page, SgPage *selected, SgPaper paper, const char *title, SgCache *cache);

G_END_DECLS
