/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A drawing as it is dragged to another program: as a file, an SVG, a PNG, and ink for another window of
 * SimGen. Each is made when it is asked for, in a worker. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "pipeline/page-export.h"
#include "store/history.h"

G_BEGIN_DECLS

/* The file is what `export` asks for; `whole` (nullable) is the page that `page` is a part of, `title` names
 * it. Returns: (transfer full). */
GdkContentProvider *sg_drawing_content_new (SgPage *page,
                                            SgPage *whole,
                                            const SgPageExport *export,
                                            const char *title);

/* Of a sketch that is kept, and is read when it is asked for; its file is the sketch itself. */
GdkContentProvider *
sg_drawing_content_new_kept (SgHistory *history, gint64 sketch_id, const char *title);

G_END_DECLS
