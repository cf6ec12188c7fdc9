/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What runs from left to right in every language: time, and what steers it; numbers. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* `widget` and all that is in it now, but for popovers. A drawing needs none of this: GTK mirrors rows, not
 * what is painted. */
void sg_direction_keep (GtkWidget *widget);

/* What is typed there is a number: its minus stands before it. */
void sg_direction_keep_number (GtkSpinButton *button);

G_END_DECLS
