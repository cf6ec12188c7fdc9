/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How much larger than usual the desktop wants its texts. What is wide for texts' sake grows with it. Main
 * thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* 1: usual or smaller; 2: twice as large. */
double sg_text_scale_get (void);

/* Gives a window that was not shown yet the room that its texts want, at most the first monitor's. Its
 * default size is that of usual texts. */
void sg_text_scale_fit (GtkWindow *window);

G_END_DECLS
