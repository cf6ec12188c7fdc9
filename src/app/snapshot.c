/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A texture's surface is made once and kept with it. */
#include "app/snapshot.h"

#define SURFACE_KEY "simgen-surface"

gboolean
sg_snapshot_is_by_cairo (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);

  return native != NULL && GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (native));
}

void
sg_snapshot_append_surface (GtkSnapshot *snapshot, cairo_surface_t *surface, const graphene_rect_t *bounds)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, bounds);
  double width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);

  cairo_rectangle (cr, bounds->origin.x, bounds->origin.y, bounds->size.width, bounds->size.height);
  cairo_translate (cr, bounds->origin.x, bounds->origin.y);
  cairo_scale (cr, bounds->size.width / width, bounds->size.height / height);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cr),
                            CAIRO_EXTEND_PAD); /* no pale edges where it is stretched */
  cairo_fill (cr);
  cairo_destroy (cr);
}

static cairo_surface_t *
get_surface (GdkTexture *texture)
{
  cairo_surface_t *surface = g_object_get_data (G_OBJECT (texture), SURFACE_KEY);

  if (surface != NULL)
    return surface;
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, gdk_texture_get_width (texture),
                                        gdk_texture_get_height (texture));
  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    {
      cairo_surface_flush (surface);
      gdk_texture_download (texture, cairo_image_surface_get_data (surface),
                            (gsize)cairo_image_surface_get_stride (surface));
      cairo_surface_mark_dirty (surface);
    }
  g_object_set_data_full (G_OBJECT (texture), SURFACE_KEY, surface, (GDestroyNotify)cairo_surface_destroy);
  return surface;
}

void
sg_snapshot_append_picture (GtkSnapshot *snapshot,
                            GtkWidget *widget,
                            GdkTexture *texture,
                            const graphene_rect_t *bounds)
{
  if (sg_snapshot_is_by_cairo (widget))
    sg_snapshot_append_surface (snapshot, get_surface (texture), bounds);
  else
    gtk_snapshot_append_texture (snapshot, texture, bounds);
}
