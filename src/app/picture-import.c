/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Importing pictures. */
#include "config.h"

#include "app/picture-import.h"

#include <glib/gi18n.h>

#include "base/limits.h"
#include "sketch/error.h"
#include "sketch/file.h"

static void
return_image (GTask *task, SgImage *image, GError *error)
{
  if (image != NULL)
    g_task_return_pointer (task, image, (GDestroyNotify)sg_image_unref);
  else
    g_task_return_error (task, error);
}

static void
import_file (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  const char *path = g_file_peek_path (data);
  g_autoptr (SgPage) page = NULL;

  if (path != NULL)
    page = sg_sketch_file_import_image (path, &error);
  else
    g_set_error_literal (&error, SG_SKETCH_ERROR, SG_SKETCH_ERROR_IMAGE,
                         _ ("This picture is not on this computer"));
  return_image (task, page != NULL ? sg_image_ref (sg_page_get_image (page, 0)) : NULL, error);
}

static void
import_texture (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GdkTexture *texture = data;
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  GError *error = NULL;
  SgImage *image = NULL;
  g_autoptr (GBytes) png = NULL;

  if ((gint64)width * height <= SG_LIMIT_IMAGE_PIXELS)
    png = gdk_texture_save_to_png_bytes (texture);
  if (png != NULL && g_bytes_get_size (png) <= SG_LIMIT_IMAGE_BYTES)
    image = sg_image_new ((SgRect){ 0, 0, width, height }, png, NULL);
  else
    g_set_error (&error, SG_SKETCH_ERROR, SG_SKETCH_ERROR_TOO_LARGE,
                 _ ("The picture in the clipboard is too large: %d × %d"), width, height);
  return_image (task, image, error);
}

static void
import_async (gpointer what, GTaskThreadFunc func, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, g_object_ref (what), g_object_unref);
  g_task_run_in_thread (task, func);
}

void
sg_picture_import_file_async (GFile *file, GAsyncReadyCallback callback, gpointer user_data)
{
  import_async (file, import_file, callback, user_data);
}

void
sg_picture_import_texture_async (GdkTexture *texture, GAsyncReadyCallback callback, gpointer user_data)
{
  import_async (texture, import_texture, callback, user_data);
}

SgImage *
sg_picture_import_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
