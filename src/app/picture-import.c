/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Importing pictures. */
#include "config.h"

#include "app/picture-import.h"

#include <glib/gi18n.h>

#include "base/limits.h"
#include "sketch/error.h"
#include "sketch/file.h"

typedef struct
{
  GObject *what; /* a file or a texture */
  guint number;
  guint n_pages; /* when it is done */
} Import;

static void
import_free (gpointer data)
{
  Import *import = data;

  g_object_unref (import->what);
  g_free (import);
}

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
  Import *import = data;
  GError *error = NULL;
  const char *path = g_file_peek_path (G_FILE (import->what));
  g_autoptr (SgPage) page = NULL;

  if (path != NULL)
    page = sg_sketch_file_import_image (path, import->number, &import->n_pages, cancellable, &error);
  else
    g_set_error_literal (&error, SG_SKETCH_ERROR, SG_SKETCH_ERROR_IMAGE,
                         _ ("This picture is not on this computer"));
  return_image (task, page != NULL ? sg_image_ref (sg_page_get_image (page, 0)) : NULL, error);
}

static void
import_texture (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GdkTexture *texture = GDK_TEXTURE (((Import *)data)->what);
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
import_async (gpointer what,
              guint number,
              GTaskThreadFunc func,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Import *import = g_new0 (Import, 1);

  import->what = g_object_ref (what);
  import->number = number;
  import->n_pages = 1;
  g_task_set_task_data (task, import, import_free);
  g_task_run_in_thread (task, func);
}

void
sg_picture_import_file_async (
  GFile *file, guint number, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  import_async (file, number, import_file, cancellable, callback, user_data);
}

void
sg_picture_import_texture_async (GdkTexture *texture, GAsyncReadyCallback callback, gpointer user_data)
{
  import_async (texture, 1, import_texture, NULL, callback, user_data);
}

SgImage *
sg_picture_import_finish (GAsyncResult *result, guint *n_pages, GError **error)
{
  if (n_pages != NULL)
    *n_pages = ((Import *)g_task_get_task_data (G_TASK (result)))->n_pages;
  return g_task_propagate_pointer (G_TASK (result), error);
}
