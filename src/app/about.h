/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What SimGen is, who made it, and what it is made of. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* `report` ("" where there is none): what to send with a report of a defect. */
void sg_about_show (GtkWindow *parent, const char *report);

G_END_DECLS
