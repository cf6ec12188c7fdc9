/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The recording thread: waits for frames of the reel, brings a state of its own up to date and writes. It
 * ends when the reel does. */
#include "config.h"

#include "pipeline/live-recording.h"

#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#include "base/limits.h"
#include "physics/fatal.h"
#include "sketch/file.h"
#include "stream/error.h"

struct _SgLiveRecording
{
  gatomicrefcount ref_count;
  SgReel *reel;
  SgScene *scene;
  char *path;
  GAsyncQueue *events; /* char *, not written yet */
};

char *
sg_recordings_dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "simgen", "recordings", NULL);
}

SgLiveRecording *
sg_live_recording_ref (SgLiveRecording *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sg_live_recording_unref (SgLiveRecording *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  sg_reel_unref (self->reel);
  sg_scene_unref (self->scene);
  g_async_queue_unref (self->events);
  g_free (self->path);
  g_free (self);
}

/* -- Room -- */

typedef struct
{
  char *path;
  gint64 changed; /* unix s */
  guint64 size;
} Kept;

static void
clear_kept (gpointer data)
{
  g_free (((Kept *)data)->path);
}

static int
compare_kept (gconstpointer a, gconstpointer b)
{
  const Kept *first = a, *second = b;

  return (first->changed > second->changed) - (first->changed < second->changed);
}

static GArray *
list_kept (const char *folder, guint64 *sum)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Kept));
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_array_set_clear_func (list, clear_kept);
  *sum = 0;
  while (dir && (name = g_dir_read_name (dir)))
    {
      Kept kept = { .path = g_build_filename (folder, name, NULL) };
      GStatBuf info;

      if (g_stat (kept.path, &info) != 0 || !S_ISREG (info.st_mode) || !strstr (name, ".simrec"))
        {
          g_free (kept.path);
          continue;
        }
      kept.changed = info.st_mtime;
      kept.size = (guint64)info.st_size;
      *sum += kept.size;
      g_array_append_val (list, kept);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_array_sort (list, compare_kept);
  return list;
}

static void
make_room (const char *folder)
{
  guint64 sum;
  g_autoptr (GArray) list = list_kept (folder, &sum);

  for (guint i = 0; i < list->len && sum > SG_LIMIT_RECORDINGS_BYTES; i++)
    {
      const Kept *kept = &g_array_index (list, Kept, i);

      g_unlink (kept->path);
      sum -= kept->size;
    }
}

/* -- The thread -- */

typedef struct
{
  SgLiveRecording *self;
  SgModel *model;
  mjData *data;
  SgRecorder *recorder;
  guint64 first, last; /* steps */
} Work;

static void
kinematics_cb (gpointer user_data)
{
  Work *work = user_data;

  mj_kinematics (sg_model_get (work->model), work->data);
}

static gboolean
begin (Work *work, GError **error)
{
  SgScene *scene = work->self->scene;
  g_autofree char *sketch = scene->page ? sg_sketch_file_dump (scene->page) : NULL;
  g_autofree char *folder = g_path_get_dirname (work->self->path);
  const SgRecordingSource source = { .sketch = sketch, .mjcf = scene->mjcf };

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_WRITE, "%s: %s", folder, g_strerror (errno));
      return FALSE;
    }
  make_room (folder);
  work->data = sg_model_make_data (work->model, error);
  work->recorder =
    work->data ? sg_recorder_new (work->self->path, work->model, &source, error) : NULL;
  return work->recorder != NULL;
}

static gboolean
write_events (Work *work, guint64 step, GError **error)
{
  char *event;

  while ((event = g_async_queue_try_pop (work->self->events)))
    {
      gboolean written = sg_recorder_add_event (work->recorder, step, event, error);

      g_free (event);
      if (!written)
        return FALSE;
    }
  return TRUE;
}

static gboolean
record_all (Work *work, GError **error)
{
  g_autofree char *fatal = NULL;
  gboolean begun = FALSE;
  guint64 step;

  while (sg_reel_wait (work->self->reel, work->data, &step))
    {
      if (!sg_fatal_catch (kinematics_cb, work, &fatal))
        break; /* the run itself meets the same, and tells it */
      if (!write_events (work, step, error) || !sg_recorder_add (work->recorder, work->data, step, error))
        return FALSE;
      work->first = begun ? work->first : step;
      work->last = step;
      begun = TRUE;
    }
  return write_events (work, work->last, error);
}

/* A run that did not move leaves nothing behind. */
static gboolean
end (Work *work, GError **error)
{
  if (work->last > work->first)
    return sg_recorder_end (work->recorder, error);
  g_autofree char *part = g_strconcat (work->self->path, ".part", NULL);
  g_clear_pointer (&work->recorder, sg_recorder_free);
  g_unlink (part);
  return TRUE;
}

static double
run (SgLiveRecording *self, GError **error)
{
  Work work = { .self = self, .model = sg_reel_wait_model (self->reel) };
  double seconds = 0;

  if (!work.model)
    return 0;
  if (begin (&work, error) && record_all (&work, error) && end (&work, error))
    seconds = (double)(work.last - work.first) * sg_model_get (work.model)->opt.timestep;
  else
    {
      sg_reel_end (self->reel);
      seconds = -1;
    }
  g_clear_pointer (&work.recorder, sg_recorder_free);
  g_clear_pointer (&work.data, mj_deleteData);
  sg_model_unref (work.model);
  return seconds;
}

static gpointer
thread_cb (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  double *seconds = g_new (double, 1);

  *seconds = run (g_task_get_task_data (task), &error);
  if (!error)
    g_task_return_pointer (task, seconds, g_free);
  else
    {
      g_free (seconds);
      g_task_return_error (task, error);
    }
  return NULL;
}

/* -- The main thread's side -- */

SgLiveRecording *
sg_live_recording_start (SgSimulation *simulation,
                         SgScene *scene,
                         const char *name,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  SgLiveRecording *self = g_new0 (SgLiveRecording, 1);
  g_autofree char *folder = sg_recordings_dup_folder ();
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_atomic_ref_count_init (&self->ref_count);
  self->reel = sg_reel_new (SG_MOTION_RATE);
  self->scene = sg_scene_ref (scene);
  self->path = g_build_filename (folder, name, NULL);
  self->events = g_async_queue_new_full (g_free);
  sg_simulation_record (simulation, self->reel);
  g_task_set_source_tag (task, sg_live_recording_start);
  g_task_set_task_data (task, sg_live_recording_ref (self), (GDestroyNotify)sg_live_recording_unref);
  g_thread_unref (g_thread_new ("recording", thread_cb, task));
  return self;
}

double
sg_live_recording_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, sg_live_recording_start), -1);

  g_autofree double *seconds = g_task_propagate_pointer (G_TASK (result), error);
  return seconds ? *seconds : -1;
}

void
sg_live_recording_add_event (SgLiveRecording *self, const char *json)
{
  g_async_queue_push (self->events, g_strdup (json));
}

const char *
sg_live_recording_get_path (SgLiveRecording *self)
{
  return self->path;
}

guint64
sg_live_recording_get_n_lost (SgLiveRecording *self)
{
  return sg_reel_get_n_lost (self->reel);
}

void
sg_live_recording_stop (SgLiveRecording *self)
{
  sg_reel_end (self->reel);
}
