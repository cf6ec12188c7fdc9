/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Recordings of runs. One may still be finished while the next is under way. */
#include "config.h"

#include "app/run-recorder.h"

struct _SgRunRecorder
{
  GObject parent_instance;
  SgSimulation *simulation; /* borrowed: it is its owner's */
  gboolean active;
  SgLiveRecording *recording; /* (nullable) */
  char *name;                 /* (nullable): of the run's first file */
};

enum
{
  RECORDED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SgRunRecorder, sg_run_recorder, G_TYPE_OBJECT)

typedef struct
{
  SgRunRecorder *recorder;
  SgLiveRecording *recording;
  GApplication *application; /* (nullable): does not end before the file is whole */
} Finished;

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Finished *finished = data;
  g_autoptr (GError) error = NULL;
  double seconds = sg_live_recording_finish (result, &error);

  if (error != NULL)
    g_signal_emit (finished->recorder, signals[FAILED], 0, error);
  else if (seconds > 0)
    g_signal_emit (finished->recorder, signals[RECORDED], 0, sg_live_recording_get_path (finished->recording),
                   seconds, sg_live_recording_get_n_lost (finished->recording));
  if (finished->application != NULL)
    g_application_release (finished->application);
  sg_live_recording_unref (finished->recording);
  g_object_unref (finished->recorder);
  g_free (finished);
}

static char *
make_name (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y-%m-%d-%H%M%S-%f.simrec");
}

static void
stop (SgRunRecorder *self)
{
  if (self->recording != NULL)
    sg_live_recording_stop (self->recording);
  g_clear_pointer (&self->recording, sg_live_recording_unref);
}

static void
start (SgRunRecorder *self, SgScene *scene)
{
  Finished *finished = g_new (Finished, 1);
  g_autofree char *name = make_name ();

  stop (self);
  self->recording = sg_live_recording_start (self->simulation, scene, name, finished_cb, finished);
  *finished = (Finished){ g_object_ref (self), sg_live_recording_ref (self->recording),
                          g_application_get_default () };
  if (finished->application != NULL)
    g_application_hold (finished->application);
  if (self->name == NULL)
    self->name = g_steal_pointer (&name);
}

static void
add_event (SgRunRecorder *self, const char *event, const char *name)
{
  g_autofree char *json = sg_motion_dump_event (event, name);

  if (self->recording != NULL)
    sg_live_recording_add_event (self->recording, json);
}

void
sg_run_recorder_set_active (SgRunRecorder *self, gboolean active, SgScene *scene)
{
  if (self->active == active)
    return;
  self->active = active;
  if (!active)
    stop (self);
  else if (scene != NULL)
    start (self, scene);
}

gboolean
sg_run_recorder_get_active (SgRunRecorder *self)
{
  return self->active;
}

gboolean
sg_run_recorder_is_under_way (SgRunRecorder *self)
{
  return self->recording != NULL;
}

void
sg_run_recorder_begin (SgRunRecorder *self, SgScene *scene, gboolean carried)
{
  g_clear_pointer (&self->name, g_free);
  if (!self->active || scene->motion != NULL)
    return;
  start (self, scene);
  if (carried)
    add_event (self, "edit", NULL);
}

void
sg_run_recorder_mark (SgRunRecorder *self, const char *name)
{
  add_event (self, "mark", name);
}

const char *
sg_run_recorder_end (SgRunRecorder *self)
{
  stop (self);
  return self->name != NULL ? self->name : "";
}

static void
sg_run_recorder_dispose (GObject *object)
{
  stop (SG_RUN_RECORDER (object));
  G_OBJECT_CLASS (sg_run_recorder_parent_class)->dispose (object);
}

static void
sg_run_recorder_finalize (GObject *object)
{
  g_free (SG_RUN_RECORDER (object)->name);
  G_OBJECT_CLASS (sg_run_recorder_parent_class)->finalize (object);
}

static void
sg_run_recorder_class_init (SgRunRecorderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sg_run_recorder_dispose;
  G_OBJECT_CLASS (klass)->finalize = sg_run_recorder_finalize;
  signals[RECORDED] = g_signal_new ("recorded", SG_TYPE_RUN_RECORDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_DOUBLE, G_TYPE_UINT64);
  signals[FAILED] = g_signal_new ("failed", SG_TYPE_RUN_RECORDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
sg_run_recorder_init (SgRunRecorder *self)
{
}

SgRunRecorder *
sg_run_recorder_new (SgSimulation *simulation)
{
  SgRunRecorder *self = g_object_new (SG_TYPE_RUN_RECORDER, NULL);

  self->simulation = simulation;
  return self;
}
