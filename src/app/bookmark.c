/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bookmark. One write is under way at a time; what is set meanwhile is written after it. It is a help,
 * not a promise: a write that fails is let go, for the history says by itself why nothing can be kept. */
#include "app/bookmark.h"

#include "base/file.h"
#include "base/limits.h"

#define DELAY 500 /* ms; the first change starts it, later ones do not put it off */
#define GROUP "bookmark"
#define MAX_BYTES (8 * SG_LIMIT_WORDS)

struct _SgBookmark
{
  GObject parent_instance;
  char *path;
  gint64 sketch_id;
  char *draft; /* (nullable) */
  guint timer; /* 0: nothing to write */
  gboolean writing;
  gboolean changed; /* while it is written */
};

G_DEFINE_FINAL_TYPE (SgBookmark, sg_bookmark, G_TYPE_OBJECT)

static char *
dump (SgBookmark *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_key_file_set_int64 (file, GROUP, "sketch", self->sketch_id);
  if (self->draft != NULL)
    g_key_file_set_string (file, GROUP, "words", self->draft);
  return g_key_file_to_data (file, NULL, NULL);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SgBookmark *self = source;
  g_autofree char *folder = g_path_get_dirname (self->path);

  g_mkdir_with_parents (folder, 0700);
  g_task_return_boolean (task, sg_file_write (self->path, data, strlen (data), NULL));
}

static void start (SgBookmark *self);

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SgBookmark *self = SG_BOOKMARK (source);

  self->writing = FALSE;
  if (self->changed)
    start (self);
}

static void
start (SgBookmark *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, written_cb, NULL);

  self->writing = TRUE;
  self->changed = FALSE;
  g_task_set_task_data (task, dump (self), g_free);
  g_task_run_in_thread (task, write_in_thread);
}

static gboolean
timer_cb (gpointer data)
{
  SgBookmark *self = data;

  self->timer = 0;
  if (self->writing)
    self->changed = TRUE;
  else
    start (self);
  return G_SOURCE_REMOVE;
}

void
sg_bookmark_set (SgBookmark *self, gint64 sketch_id, const char *draft)
{
  if (draft != NULL && *draft == '\0')
    draft = NULL;
  if (self->sketch_id < 0 && sketch_id == 0 && draft == NULL)
    return; /* a window that opens says nothing new */
  if (self->sketch_id == sketch_id && g_strcmp0 (self->draft, draft) == 0)
    return;
  self->sketch_id = sketch_id;
  g_free (self->draft);
  self->draft = g_strdup (draft);
  if (self->timer == 0)
    self->timer = g_timeout_add (DELAY, timer_cb, self);
}

void
sg_bookmark_flush (SgBookmark *self)
{
  while (self->writing)
    g_main_context_iteration (NULL, TRUE);
  if (self->timer == 0)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  start (self);
  while (self->writing)
    g_main_context_iteration (NULL, TRUE);
}

gboolean
sg_bookmark_read (SgBookmark *self, gint64 *sketch_id, char **draft)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GBytes) bytes = sg_file_read (self->path, MAX_BYTES, NULL);
  g_autoptr (GError) error = NULL;

  if (bytes == NULL || !g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, NULL))
    return FALSE;
  *sketch_id = g_key_file_get_int64 (file, GROUP, "sketch", &error);
  if (error != NULL || *sketch_id < 0)
    return FALSE;
  *draft = g_key_file_get_string (file, GROUP, "words", NULL);
  if (*draft != NULL && g_utf8_strlen (*draft, -1) > SG_LIMIT_WORDS)
    g_clear_pointer (draft, g_free);
  self->sketch_id = *sketch_id;
  g_free (self->draft);
  self->draft = g_strdup (*draft);
  return TRUE;
}

static void
sg_bookmark_finalize (GObject *object)
{
  SgBookmark *self = SG_BOOKMARK (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_free (self->path);
  g_free (self->draft);
  G_OBJECT_CLASS (sg_bookmark_parent_class)->finalize (object);
}

static void
sg_bookmark_class_init (SgBookmarkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sg_bookmark_finalize;
}

static void
sg_bookmark_init (SgBookmark *self)
{
}

SgBookmark *
sg_bookmark_new (const char *path)
{
  SgBookmark *self = g_object_new (SG_TYPE_BOOKMARK, NULL);

  self->path = path != NULL ? g_strdup (path)
                            : g_build_filename (g_get_user_data_dir (), "simgen", "bookmark.ini", NULL);
  self->sketch_id = -1; /* whatever is set first is a change */
  return self;
}
