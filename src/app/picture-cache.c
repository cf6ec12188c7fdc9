/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Decoded pictures by identity. Sizes were checked when the picture came onto the page (sketch/file.h). */
#include "app/picture-cache.h"

typedef struct
{
  SgImage *image;
  GdkTexture *texture; /* (nullable) */
} Entry;

struct _SgPictureCache
{
  GHashTable *entries; /* SgImage -> Entry */
  GCancellable *cancellable;
  SgPictureReady ready;
  gpointer user_data;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  sg_image_unref (entry->image);
  g_clear_object (&entry->texture);
  g_free (entry);
}

SgPictureCache *
sg_picture_cache_new (SgPictureReady ready, gpointer user_data)
{
  SgPictureCache *self = g_new0 (SgPictureCache, 1);

  self->entries = g_hash_table_new_full (NULL, NULL, NULL, entry_free);
  self->cancellable = g_cancellable_new ();
  self->ready = ready;
  self->user_data = user_data;
  return self;
}

void
sg_picture_cache_free (SgPictureCache *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->entries);
  g_free (self);
}

/* GDK does not decode WebP, gdk-pixbuf's loader may. */
static GdkTexture *
decode (GBytes *data, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (data);
  g_autoptr (GdkPixbuf) raw = gdk_pixbuf_new_from_stream (stream, NULL, error);
  g_autoptr (GdkPixbuf) upright = NULL;

  if (raw == NULL)
    return NULL;
  upright = gdk_pixbuf_apply_embedded_orientation (raw);
  return gdk_texture_new_for_pixbuf (upright);
}

static void
decode_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GdkTexture *texture = decode (sg_image_get_data (data), &error);

  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), &error);
  SgPictureCache *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the cache may be gone */
  Entry *entry = g_hash_table_lookup (self->entries, g_task_get_task_data (G_TASK (result)));
  if (entry == NULL || texture == NULL)
    return;
  g_set_object (&entry->texture, texture);
  self->ready (self->user_data);
}

GdkTexture *
sg_picture_cache_get (SgPictureCache *self, SgImage *image)
{
  Entry *entry = g_hash_table_lookup (self->entries, image);

  if (entry == NULL)
    {
      g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, decoded_cb, self);

      entry = g_new0 (Entry, 1);
      entry->image = sg_image_ref (image);
      g_hash_table_insert (self->entries, image, entry);
      g_task_set_task_data (task, sg_image_ref (image), (GDestroyNotify)sg_image_unref);
      g_task_run_in_thread (task, decode_thread);
    }
  return entry->texture;
}

static gboolean
is_elsewhere (gpointer key, gpointer value, gpointer data)
{
  const SgPage *page = data;

  for (guint i = 0; i < sg_page_get_n_images (page); i++)
    if (sg_page_get_image (page, i) == key)
      return FALSE;
  return TRUE;
}

void
sg_picture_cache_keep (SgPictureCache *self, const SgPage *page)
{
  g_hash_table_foreach_remove (self->entries, is_elsewhere, (gpointer)page);
}
