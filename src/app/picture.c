/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The widget's own nodes, painted once more by the window's renderer. */
#include "app/picture.h"

GdkTexture *
sg_picture_of_widget (GtkWidget *widget)
{
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int factor = gtk_widget_get_scale_factor (widget);
  GtkNative *native = gtk_widget_get_native (widget);

  if (width <= 0 || height <= 0 || native == NULL || !gtk_widget_get_mapped (widget))
    return NULL;
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gtk_snapshot_scale (snapshot, factor, factor);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  GskRenderNode *node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return NULL;
  GdkTexture *texture =
    gsk_renderer_render_texture (gtk_native_get_renderer (native), node,
                                 &GRAPHENE_RECT_INIT (0, 0, width * factor, height * factor));
  gsk_render_node_unref (node);
  return texture;
}
