/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The snapshot where cairo composes:
 *
 *   render signal -> framebuffer of our own -> glReadPixels as cairo has pixels -> rows turned over ->
 * texture
 */
#include "app/gl-area.h"

#include "app/snapshot.h"
#include "render/readback.h"

struct _SgGlArea
{
  GtkGLArea parent_instance;
  SgReadback readback;
};

G_DEFINE_FINAL_TYPE (SgGlArea, sg_gl_area, GTK_TYPE_GL_AREA)

static gboolean
is_desktop_gl (GdkGLContext *context)
{
  return context != NULL && !gdk_gl_context_get_use_es (context);
}

/* (pixels: transfer full) */
static void
append_picture (GtkSnapshot *snapshot, GBytes *pixels, int columns, int rows, int factor)
{
  static const cairo_user_data_key_t key;
  cairo_surface_t *picture = cairo_image_surface_create_for_data (
    (guchar *)g_bytes_get_data (pixels, NULL), CAIRO_FORMAT_ARGB32, columns, rows, columns * 4);

  if (cairo_surface_set_user_data (picture, &key, pixels, (cairo_destroy_func_t)g_bytes_unref) !=
      CAIRO_STATUS_SUCCESS)
    g_bytes_unref (pixels); /* no memory: a failed picture, which paints nothing */
  else
    sg_snapshot_append_surface (
      snapshot, picture,
      &GRAPHENE_RECT_INIT (0, 0, (float)columns / (float)factor, (float)rows / (float)factor));
  cairo_surface_destroy (picture);
}

static void
draw (SgGlArea *self, GdkGLContext *context, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int factor = gtk_widget_get_scale_factor (widget);
  int columns = width * factor, rows = height * factor;
  gboolean resized = self->readback.width != columns || self->readback.height != rows, handled = FALSE;

  if (resized)
    g_signal_emit_by_name (self, "resize", columns, rows);
  if (!sg_readback_begin (&self->readback, columns, rows))
    return;
  g_signal_emit_by_name (self, "render", context, &handled);
  append_picture (snapshot, sg_readback_read (&self->readback), columns, rows, factor);
}

static void
sg_gl_area_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GtkGLArea *area = GTK_GL_AREA (widget);
  GdkGLContext *context = gtk_gl_area_get_context (area);

  if (gtk_gl_area_get_error (area) != NULL || !is_desktop_gl (context) || !sg_snapshot_is_by_cairo (widget))
    {
      GTK_WIDGET_CLASS (sg_gl_area_parent_class)->snapshot (widget, snapshot);
      return;
    }
  if (gtk_widget_get_width (widget) < 1 || gtk_widget_get_height (widget) < 1)
    return;
  gtk_gl_area_make_current (area);
  draw (SG_GL_AREA (area), context, snapshot);
}

static void
sg_gl_area_unrealize (GtkWidget *widget)
{
  SgGlArea *self = SG_GL_AREA (widget);

  if (self->readback.width > 0)
    {
      gtk_gl_area_make_current (GTK_GL_AREA (self));
      sg_readback_clear (&self->readback);
    }
  GTK_WIDGET_CLASS (sg_gl_area_parent_class)->unrealize (widget);
}

static void
sg_gl_area_class_init (SgGlAreaClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = sg_gl_area_snapshot;
  widget_class->unrealize = sg_gl_area_unrealize;
}

static void
sg_gl_area_init (SgGlArea *self)
{
}

GtkGLArea *
sg_gl_area_new (void)
{
  return g_object_new (SG_TYPE_GL_AREA, NULL);
}
