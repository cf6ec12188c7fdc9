/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pictures in a widget's snapshot. Where cairo composes the window, as it does where there is no graphics
 * card, GTK 4.8 converts every pixel of every texture through floating point at each frame, of those too that
 * are in cairo's format and outside what changed; a surface that is painted by cairo costs nothing there. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean sg_snapshot_is_by_cairo (GtkWidget *widget);

/* The surface, stretched to `bounds`; what is painted on it afterwards does not show. */
void sg_snapshot_append_surface (GtkSnapshot *snapshot,
                                 cairo_surface_t *surface,
                                 const graphene_rect_t *bounds);

/* The texture, stretched to `bounds`, in the way that is right for the widget. */
void sg_snapshot_append_picture (GtkSnapshot *snapshot,
                                 GtkWidget *widget,
                                 GdkTexture *texture,
                                 const graphene_rect_t *bounds);

G_END_DECLS
