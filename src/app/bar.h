/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bars that float on the drawing and on the simulation, and what they cover there. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How many pixels it covers from the edge that it floats at, also before it has its size; 0 where it is
 * hidden, or stands beside what it could cover. */
double sg_bar_get_cover (GtkWidget *bar);

G_END_DECLS
