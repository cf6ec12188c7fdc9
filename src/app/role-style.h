/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Roles (vision/role-look.h) as GTK paints them. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "vision/role-look.h"

G_BEGIN_DECLS

GdkRGBA sg_role_style_get_color (SgRole role, gboolean dark);

/* The role's icon as a picture of 16 pixels for lists and panels. Returns: (transfer full). */
GdkPaintable *sg_role_style_new_icon (SgRole role, gboolean dark);

G_END_DECLS
