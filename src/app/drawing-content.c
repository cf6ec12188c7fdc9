/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For each form: the page is there, or is read; a worker makes the bytes; they are written to whoever asked.
 * A file that is given away lies in the cache, for nobody tells when the other program has read it; there it
 * stays for a day. */
#include "config.h"

#include "app/drawing-content.h"

#include <glib/gstdio.h>

#include "app/ink-clip.h"
#include "pipeline/page-export.h"
#include "sketch/file.h"

#define URI_LIST "text/uri-list"
#define KEPT_S (24 * 3600)
#define MAX_NAME 60 /* characters of a file's name */

#define SG_TYPE_DRAWING_CONTENT (sg_drawing_content_get_type ())
G_DECLARE_FINAL_TYPE (SgDrawingContent, sg_drawing_content, SG, DRAWING_CONTENT, GdkContentProvider)

struct _SgDrawingContent
{
  GdkContentProvider parent_instance;
  SgPage *page;       /* (nullable): not read yet */
  SgPage *whole;      /* (nullable) */
  SgHistory *history; /* (nullable): where it is read */
  gint64 sketch_id;
  SgPageExport export; /* where it is not read */
  char *title;
};

G_DEFINE_FINAL_TYPE (SgDrawingContent, sg_drawing_content, GDK_TYPE_CONTENT_PROVIDER)

/* What is written for one who asked. */
typedef struct
{
  SgPage *page, *whole; /* `whole` (nullable) */
  SgPageExport export;
  gboolean is_sketch; /* the file is the sketch itself, else what `export` asks for */
  char *title, *type;
  GOutputStream *stream;
  int priority;
  GBytes *bytes; /* once they are made */
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_clear_pointer (&writing->page, sg_page_unref);
  g_clear_pointer (&writing->whole, sg_page_unref);
  g_clear_pointer (&writing->bytes, g_bytes_unref);
  g_object_unref (writing->stream);
  g_free (writing->title);
  g_free (writing->type);
  g_free (writing);
}

/* -- The file -- */

static void
forget_old_files (const char *folder)
{
  g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (names != NULL && (name = g_dir_read_name (names)) != NULL)
    {
      g_autofree char *one = g_build_filename (folder, name, NULL);
      g_autoptr (GDir) files = g_dir_open (one, 0, NULL);
      GStatBuf about;
      const char *file;

      if (g_stat (one, &about) != 0 || now - about.st_mtime < KEPT_S)
        continue;
      while (files != NULL && (file = g_dir_read_name (files)) != NULL)
        {
          g_autofree char *path = g_build_filename (one, file, NULL);

          g_unlink (path);
        }
      g_rmdir (one);
    }
}

static char *
make_name (const char *title, const char *ending)
{
  g_autofree char *start = g_utf8_substring (title, 0, MIN (g_utf8_strlen (title, -1), MAX_NAME));

  g_strdelimit (start, "/\n\r\t", '-');
  if (*start == '.')
    *start = '-';
  return g_strconcat (start, ".", ending, NULL);
}

/* The same page twice is one file. (transfer full) */
static char *
keep_file (const Writing *writing, GCancellable *cancellable, GError **error)
{
  const char *ending = writing->is_sketch ? "simgen" : sg_page_format_ending (writing->export.format);
  g_autofree char *hash = sg_page_hash (writing->page), *name = make_name (writing->title, ending);
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "simgen", "dragged", NULL);
  g_autofree char *own = NULL;

  hash[16] = '\0';
  own = g_build_filename (folder, hash, NULL);
  forget_old_files (folder);
  g_mkdir_with_parents (own, 0700);
  g_autofree char *path = g_build_filename (own, name, NULL);
  gboolean good = writing->is_sketch
                    ? sg_sketch_file_save (writing->page, path, error)
                    : sg_page_export (writing->page, writing->whole, &writing->export, path, NULL, NULL, NULL,
                                      cancellable, error);
  return good ? g_steal_pointer (&path) : NULL;
}

static GBytes *
make_uri_list (const Writing *writing, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = keep_file (writing, cancellable, error);
  g_autofree char *uri = path != NULL ? g_filename_to_uri (path, NULL, error) : NULL;
  char *list = uri != NULL ? g_strconcat (uri, "\r\n", NULL) : NULL;

  return list != NULL ? g_bytes_new_take (list, strlen (list)) : NULL;
}

/* -- Writing -- */

static GBytes *
make_bytes (const Writing *writing, GCancellable *cancellable, GError **error)
{
  SgPageExport export = writing->export;

  if (g_str_equal (writing->type, URI_LIST))
    return make_uri_list (writing, cancellable, error);
  if (g_str_equal (writing->type, SG_INK_CLIP_TYPE))
    {
      char *text = sg_sketch_file_dump (writing->page);

      return g_bytes_new_take (text, strlen (text));
    }
  export.format = g_str_equal (writing->type, "image/svg+xml") ? SG_PAGE_SVG : SG_PAGE_PNG;
  return sg_page_export_bytes (writing->page, writing->whole, &export, NULL, NULL, NULL, cancellable, error);
}

static void
make_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GBytes *bytes = make_bytes (data, cancellable, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Writing *writing = g_task_get_task_data (task);
  GError *error = NULL;

  writing->bytes = g_task_propagate_pointer (G_TASK (result), &error);
  if (writing->bytes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_output_stream_write_all_async (writing->stream, g_bytes_get_data (writing->bytes, NULL),
                                   g_bytes_get_size (writing->bytes), writing->priority,
                                   g_task_get_cancellable (task), written_cb, g_object_ref (task));
}

/* The page is there. */
static void
make (GTask *task)
{
  g_autoptr (GTask) worker =
    g_task_new (g_task_get_source_object (task), g_task_get_cancellable (task), made_cb, g_object_ref (task));

  g_task_set_task_data (worker, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (worker, make_in_thread);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SgDrawingContent *self = g_task_get_source_object (task);
  Writing *writing = g_task_get_task_data (task);
  GError *error = NULL;

  writing->page = sg_history_load_sketch_finish (SG_HISTORY (source), result, &error);
  if (writing->page == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (self->page == NULL)
    self->page = sg_page_ref (writing->page);
  make (task);
}

static void
write_async (GdkContentProvider *provider,
             const char *type,
             GOutputStream *stream,
             int priority,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  SgDrawingContent *self = SG_DRAWING_CONTENT (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Writing *writing = g_new0 (Writing, 1);

  writing->whole = self->whole != NULL ? sg_page_ref (self->whole) : NULL;
  writing->is_sketch = self->history != NULL;
  writing->title = g_strdup (self->title);
  writing->export = self->export;
  writing->export.title = writing->title;
  writing->type = g_strdup (type);
  writing->stream = g_object_ref (stream);
  writing->priority = priority;
  g_task_set_task_data (task, writing, writing_free);
  if (self->page != NULL)
    {
      writing->page = sg_page_ref (self->page);
      make (task);
    }
  else
    sg_history_load_sketch_async (self->history, self->sketch_id, cancellable, read_cb, g_object_ref (task));
}

static gboolean
write_finish (GdkContentProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* A file first: it is what a folder takes. */
static GdkContentFormats *
ref_formats (GdkContentProvider *provider)
{
  static const char *types[] = { URI_LIST, "image/svg+xml", "image/png", SG_INK_CLIP_TYPE };

  return gdk_content_formats_new (types, G_N_ELEMENTS (types));
}

static void
sg_drawing_content_finalize (GObject *object)
{
  SgDrawingContent *self = SG_DRAWING_CONTENT (object);

  g_clear_pointer (&self->page, sg_page_unref);
  g_clear_pointer (&self->whole, sg_page_unref);
  g_clear_object (&self->history);
  g_free (self->title);
  G_OBJECT_CLASS (sg_drawing_content_parent_class)->finalize (object);
}

static void
sg_drawing_content_class_init (SgDrawingContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sg_drawing_content_finalize;
  provider_class->ref_formats = ref_formats;
  provider_class->write_mime_type_async = write_async;
  provider_class->write_mime_type_finish = write_finish;
}

static void
sg_drawing_content_init (SgDrawingContent *self)
{
}

GdkContentProvider *
sg_drawing_content_new (SgPage *page, SgPage *whole, const SgPageExport *export, const char *title)
{
  SgDrawingContent *self = g_object_new (SG_TYPE_DRAWING_CONTENT, NULL);

  self->page = sg_page_ref (page);
  self->whole = whole != NULL ? sg_page_ref (whole) : NULL;
  self->export = *export;
  self->title = g_strdup (title);
  return GDK_CONTENT_PROVIDER (self);
}

GdkContentProvider *
sg_drawing_content_new_kept (SgHistory *history, gint64 sketch_id, const char *title)
{
  SgDrawingContent *self = g_object_new (SG_TYPE_DRAWING_CONTENT, NULL);

  self->history = g_object_ref (history);
  self->sketch_id = sketch_id;
  self->export = sg_page_export_default (SG_PAGE_PNG);
  self->title = g_strdup (title);
  return GDK_CONTENT_PROVIDER (self);
}
