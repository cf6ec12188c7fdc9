/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 *             load                     finished
 *   at rest ---------> loading ---------------------> at rest, watching
 *      ^                  |  a change: cancelled, and  |
 *      |                  +---- loaded anew -----------+
 *      +---- SETTLE ms after the last change, as an editor writes in several goes
 *
 * Watched are the model's own file and what it read when it was last loaded. */
#include "app/model-file.h"

#define SETTLE 150      /* ms */
#define MAX_WATCHED 100 /* a robot's hundreds of meshes seldom change by themselves */

struct _SgModelFile
{
  GObject parent_instance;
  GFile *file;
  SgCache *cache;            /* (nullable) */
  SgScene *scene;            /* (nullable) */
  GError *error;             /* (nullable) */
  GCancellable *cancellable; /* (nullable): of the loading under way */
  GPtrArray *monitors;       /* GFileMonitor */
  guint settle;              /* source; 0: none */
};

enum
{
  LOADED,
  FAILED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SgModelFile, sg_model_file, G_TYPE_OBJECT)

static gboolean
settled_cb (gpointer data)
{
  SgModelFile *self = data;

  self->settle = 0;
  sg_model_file_load (self);
  return G_SOURCE_REMOVE;
}

static void
file_changed_cb (
  GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, SgModelFile *self)
{
  if (event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED)
    return;
  g_clear_handle_id (&self->settle, g_source_remove);
  self->settle = g_timeout_add (SETTLE, settled_cb, self);
}

static void
monitor_free (gpointer data)
{
  g_file_monitor_cancel (data);
  g_object_unref (data);
}

static void
watch (SgModelFile *self, GFile *file)
{
  GFileMonitor *monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);

  if (monitor == NULL)
    return; /* then it is loaded anew by hand */
  g_signal_connect (monitor, "changed", G_CALLBACK (file_changed_cb), self);
  g_ptr_array_add (self->monitors, monitor);
}

static void
watch_all (SgModelFile *self)
{
  g_autoptr (GFile) folder = g_file_get_parent (self->file);
  char **files = self->scene != NULL ? self->scene->files : NULL;

  g_ptr_array_set_size (self->monitors, 0);
  watch (self, self->file);
  for (guint i = 1; files != NULL && files[0] != NULL && files[i] != NULL && i < MAX_WATCHED; i++)
    {
      g_autoptr (GFile) file = g_file_resolve_relative_path (folder, files[i]);

      watch (self, file);
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgModelFile) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SgScene) scene = sg_pipeline_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  if (scene == NULL)
    {
      self->error = g_error_copy (error);
      g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }
  g_clear_pointer (&self->scene, sg_scene_unref);
  self->scene = g_steal_pointer (&scene);
  watch_all (self);
  g_signal_emit (self, signals[LOADED], 0);
}

void
sg_model_file_load (SgModelFile *self)
{
  g_autofree char *path = g_file_get_path (self->file);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  sg_pipeline_load_async (path != NULL ? path : "", self->cache, self->cancellable, loaded_cb,
                          g_object_ref (self));
}

GFile *
sg_model_file_get_file (SgModelFile *self)
{
  return self->file;
}

SgScene *
sg_model_file_get_scene (SgModelFile *self)
{
  return self->scene;
}

const GError *
sg_model_file_get_error (SgModelFile *self)
{
  return self->error;
}

guint
sg_model_file_n_watched (SgModelFile *self)
{
  return self->monitors->len;
}

static void
sg_model_file_dispose (GObject *object)
{
  SgModelFile *self = SG_MODEL_FILE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->settle, g_source_remove);
  g_ptr_array_set_size (self->monitors, 0);
  G_OBJECT_CLASS (sg_model_file_parent_class)->dispose (object);
}

static void
sg_model_file_finalize (GObject *object)
{
  SgModelFile *self = SG_MODEL_FILE (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->cache, sg_cache_unref);
  g_clear_pointer (&self->scene, sg_scene_unref);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->monitors);
  G_OBJECT_CLASS (sg_model_file_parent_class)->finalize (object);
}

static void
sg_model_file_class_init (SgModelFileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sg_model_file_dispose;
  object_class->finalize = sg_model_file_finalize;
  signals[LOADED] =
    g_signal_new ("loaded", SG_TYPE_MODEL_FILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", SG_TYPE_MODEL_FILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
sg_model_file_init (SgModelFile *self)
{
  self->monitors = g_ptr_array_new_with_free_func (monitor_free);
}

SgModelFile *
sg_model_file_new (GFile *file, SgCache *cache)
{
  SgModelFile *self = g_object_new (SG_TYPE_MODEL_FILE, NULL);

  self->file = g_object_ref (file);
  self->cache = cache != NULL ? sg_cache_ref (cache) : NULL;
  return self;
}
