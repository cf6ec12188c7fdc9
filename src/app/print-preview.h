/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sheets as they will be printed, in a window: no other program is needed to see them. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For a print operation's signal "preview". */
gboolean sg_print_preview_cb (GtkPrintOperation *operation,
                              GtkPrintOperationPreview *preview,
                              GtkPrintContext *context,
                              GtkWindow *parent,
                              gpointer unused);

/* The sheet that was asked for last is painted; nothing happens where there is no preview. */
void sg_print_preview_page_drawn (GtkPrintOperation *operation);

G_END_DECLS
