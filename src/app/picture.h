/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A widget as a picture, without the help of the desktop. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* As it looks now, in pixels of the screen; NULL where it is not shown. Returns: (transfer full). */
GdkTexture *sg_picture_of_widget (GtkWidget *widget);

G_END_DECLS
