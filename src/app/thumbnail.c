/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The small picture: as high as its width asks for, of SHAPE. It is decoded while it can be seen: a grid
 * keeps hundreds of cards around the few on the screen, and a texture is many times its file. */
#include "app/thumbnail.h"

#include <math.h>

#define SHAPE (5 / 8.0) /* height over width */
#define MIN_WIDTH 48

struct _SgThumbnail
{
  GtkWidget parent_instance;
  GBytes *png;               /* (nullable): that is shown, or is to be */
  GdkTexture *texture;       /* (nullable) */
  GCancellable *cancellable; /* (nullable): of the decoding under way */
};

G_DEFINE_FINAL_TYPE (SgThumbnail, sg_thumbnail, GTK_TYPE_WIDGET)

static void
decode (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GdkTexture *texture = gdk_texture_new_from_bytes (data, &error);

  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgThumbnail) self = data; /* not the task's: its worker may be the last to let go of that */
  g_autoptr (GError) error = NULL;
  GdkTexture *texture = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  g_clear_object (&self->texture);
  self->texture = texture;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
start_decoding (SgThumbnail *self)
{
  self->cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, decoded_cb, g_object_ref (self));
  g_task_set_task_data (task, g_bytes_ref (self->png), (GDestroyNotify)g_bytes_unref);
  g_task_run_in_thread (task, decode);
}

static void
stop_decoding (SgThumbnail *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

void
sg_thumbnail_set_png (SgThumbnail *self, GBytes *png)
{
  if (png == self->png || (png != NULL && self->png != NULL && g_bytes_equal (png, self->png)))
    return;
  g_clear_pointer (&self->png, g_bytes_unref);
  self->png = png != NULL ? g_bytes_ref (png) : NULL;
  stop_decoding (self);
  if (png == NULL)
    {
      g_clear_object (&self->texture);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  else if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    start_decoding (self);
}

static void
sg_thumbnail_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sg_thumbnail_parent_class)->map (widget);
  if (SG_THUMBNAIL (widget)->png != NULL)
    start_decoding (SG_THUMBNAIL (widget));
}

static void
sg_thumbnail_unmap (GtkWidget *widget)
{
  SgThumbnail *self = SG_THUMBNAIL (widget);

  stop_decoding (self);
  g_clear_object (&self->texture);
  GTK_WIDGET_CLASS (sg_thumbnail_parent_class)->unmap (widget);
}

static void
sg_thumbnail_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SgThumbnail *self = SG_THUMBNAIL (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);

  if (self->texture == NULL)
    return;
  double w = gdk_texture_get_width (self->texture), h = gdk_texture_get_height (self->texture);
  double zoom = MIN (width / w, height / h);
  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT (round ((width - w * zoom) / 2),
                                                    round ((height - h * zoom) / 2), round (w * zoom),
                                                    round (h * zoom)));
}

static void
sg_thumbnail_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  int width =
    for_size >= 0 && orientation == GTK_ORIENTATION_VERTICAL ? MAX (for_size, MIN_WIDTH) : MIN_WIDTH;

  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? (int)ceil (width * SHAPE) : MIN_WIDTH;
  *minimum_baseline = *natural_baseline = -1;
}

static GtkSizeRequestMode
sg_thumbnail_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sg_thumbnail_dispose (GObject *object)
{
  SgThumbnail *self = SG_THUMBNAIL (object);

  stop_decoding (self);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->png, g_bytes_unref);
  G_OBJECT_CLASS (sg_thumbnail_parent_class)->dispose (object);
}

static void
sg_thumbnail_class_init (SgThumbnailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_thumbnail_dispose;
  widget_class->map = sg_thumbnail_map;
  widget_class->unmap = sg_thumbnail_unmap;
  widget_class->snapshot = sg_thumbnail_snapshot;
  widget_class->measure = sg_thumbnail_measure;
  widget_class->get_request_mode = sg_thumbnail_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
sg_thumbnail_init (SgThumbnail *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "thumbnail");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
sg_thumbnail_new (void)
{
  return g_object_new (SG_TYPE_THUMBNAIL, NULL);
}
