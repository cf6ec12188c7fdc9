/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Recordings as states of their models. The two frames about the last time that was asked for are kept, so
 * that who goes on from there reads each frame once. */
#include "config.h"

#include "pipeline/motion.h"

#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "base/json.h"
#include "physics/fatal.h"
#include "physics/foreign-compile.h"
#include "sim/place.h"
#include "sim/run.h"
#include "sketch/file.h"
#include "stream/error.h"
#include "stream/pose.h"

#define MAX_NV 300    /* where all that follows from a state is soon reckoned: energies, contacts */
#define MAX_MARKS 256 /* as a timeline has */
#define SOON 30       /* frames: nearer than this the way is through them, not by a search */

/* A frame as coordinates. */
typedef struct
{
  double step; /* -1: none */
  double *qpos, *mocap_pos, *mocap_quat;
  double *rests; /* stream/pose.h */
} Moment;

struct _SgMotion
{
  char *path, *folder; /* folder (nullable): to be removed */
  SgRecording *recording;
  SgRecordingFigures figures;
  SgModel *model;
  SgPoses *poses;
  mjData *data; /* that frames are restored into */
  Moment before, behind;
  double *rests; /* of what is shown */
};

/* -- Opening -- */

static void
moment_init (Moment *moment, const mjModel *m)
{
  moment->step = -1;
  moment->qpos = g_new0 (double, m->nq + 1);
  moment->mocap_pos = g_new0 (double, 3 * m->nmocap + 1);
  moment->mocap_quat = g_new0 (double, 4 * m->nmocap + 1);
  moment->rests = g_new0 (double, 6 * m->nbody);
}

static void
moment_clear (Moment *moment)
{
  g_free (moment->qpos);
  g_free (moment->mocap_pos);
  g_free (moment->mocap_quat);
  g_free (moment->rests);
}

void
sg_motion_free (SgMotion *motion)
{
  g_clear_pointer (&motion->recording, sg_recording_free);
  g_clear_pointer (&motion->poses, sg_poses_free);
  g_clear_pointer (&motion->data, mj_deleteData);
  g_clear_pointer (&motion->model, sg_model_unref);
  moment_clear (&motion->before);
  moment_clear (&motion->behind);
  g_free (motion->rests);
  if (motion->folder)
    {
      g_unlink (motion->path);
      g_rmdir (motion->folder);
    }
  g_free (motion->path);
  g_free (motion->folder);
  g_free (motion);
}

static SgModel *
load_model (SgMotion *motion, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) mjcf = sg_recording_read_mjcf (motion->recording, &problem);

  if (!mjcf && !problem)
    g_set_error (&problem, SG_STREAM_ERROR, SG_STREAM_ERROR_DAMAGED, _ ("%s: it holds no model"),
                 motion->path);
  if (!mjcf)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  gsize size;
  const char *text = g_bytes_get_data (mjcf, &size);
  g_autoptr (SgForeign) foreign = sg_foreign_new (motion->path, text, size, error);
  return foreign ? sg_foreign_compile (foreign, NULL, cancellable, error) : NULL;
}

/* Reads what is recorded in `motion->path`; its model where it is not known. */
static gboolean
open_recording (SgMotion *motion, GCancellable *cancellable, GError **error)
{
  motion->recording = sg_recording_open (motion->path, error);
  if (!motion->recording)
    return FALSE;
  sg_recording_get_figures (motion->recording, &motion->figures);
  if (motion->figures.n_blocks == 0)
    {
      g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_DAMAGED, _ ("%s: it has no frames"), motion->path);
      return FALSE;
    }
  if (!motion->model)
    motion->model = load_model (motion, cancellable, error);
  if (!motion->model)
    return FALSE;
  motion->poses =
    sg_poses_new (motion->model, sg_recording_get_layout (motion->recording), error);
  motion->data = motion->poses ? sg_model_make_data (motion->model, error) : NULL;
  if (!motion->data)
    return FALSE;
  sg_model_reset_data (motion->model, motion->data);
  moment_init (&motion->before, sg_model_get (motion->model));
  moment_init (&motion->behind, sg_model_get (motion->model));
  motion->rests = g_new0 (double, 6 * sg_model_get (motion->model)->nbody);
  return TRUE;
}

gboolean
sg_motion_is_recording (const char *path)
{
  char head[8] = "";
  int fd =
    g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0); /* a FIFO would wait for ever, and has no places */
  gboolean result =
    fd >= 0 && pread (fd, head, sizeof head, 0) == sizeof head && memcmp (head, "SIMREC\x1a\n", 8) == 0;

  if (fd >= 0)
    close (fd);
  return result;
}

SgMotion *
sg_motion_open (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (SgMotion) motion = g_new0 (SgMotion, 1);

  motion->path = g_strdup (path);
  if (!sg_model_init_library (error) || !open_recording (motion, cancellable, error))
    return NULL;
  return g_steal_pointer (&motion);
}

static gboolean
record_frame (const mjData *data, guint64 steps, gpointer recorder, GError **error)
{
  return sg_recorder_add (recorder, data, steps, error);
}

static gboolean
record (SgMotion *motion, SgScene *scene, double seconds, GCancellable *cancellable, GError **error)
{
  g_autofree char *sketch = scene->page ? sg_sketch_file_dump (scene->page) : NULL;
  const SgRecordingSource source = { .sketch = sketch, .mjcf = scene->mjcf };
  g_autoptr (SgRecorder) recorder = sg_recorder_new (motion->path, scene->model, &source, error);
  const SgRunOptions options = {
    .seconds = seconds, .frame = record_frame, .frame_rate = SG_MOTION_RATE, .user_data = recorder
  };
  SgRunResult result;

  return recorder && sg_run (scene->model, &options, &result, NULL, cancellable, error) &&
         sg_recorder_end (recorder, error);
}

SgMotion *
sg_motion_run (SgScene *scene, double seconds, GCancellable *cancellable, GError **error)
{
  g_autoptr (SgMotion) motion = g_new0 (SgMotion, 1);

  motion->folder = g_dir_make_tmp ("simgen-run-XXXXXX", error);
  if (!motion->folder)
    return NULL;
  motion->path = g_build_filename (motion->folder, "run.simrec", NULL);
  motion->model = sg_model_ref (scene->model);
  if (!record (motion, scene, seconds, cancellable, error))
    {
      g_autofree char *part = g_strconcat (motion->path, ".part", NULL);

      g_unlink (part);
      return NULL;
    }
  return open_recording (motion, cancellable, error) ? g_steal_pointer (&motion) : NULL;
}

SgModel *
sg_motion_get_model (const SgMotion *motion)
{
  return motion->model;
}

SgRecording *
sg_motion_get_recording (const SgMotion *motion)
{
  return motion->recording;
}

const char *
sg_motion_get_path (const SgMotion *motion)
{
  return motion->path;
}

void
sg_motion_get_span (const SgMotion *motion, double *from, double *to)
{
  double timestep = sg_model_get (motion->model)->opt.timestep;

  *from = motion->figures.first_step * timestep;
  *to = motion->figures.last_step * timestep;
}

/* -- A time of it -- */

static void
take_moment (SgMotion *motion, const SgFrame *frame, Moment *moment)
{
  const mjModel *m = sg_model_get (motion->model);

  sg_poses_restore (motion->poses, frame, motion->data);
  sg_poses_get_rests (motion->poses, frame, moment->rests);
  moment->step = frame->step;
  mju_copy (moment->qpos, motion->data->qpos, m->nq);
  mju_copy (moment->mocap_pos, motion->data->mocap_pos, 3 * m->nmocap);
  mju_copy (moment->mocap_quat, motion->data->mocap_quat, 4 * m->nmocap);
}

/* The frame behind `behind` becomes that; where there is none it stays with no error. */
static gboolean
go_on (SgMotion *motion, GError **error)
{
  GError *problem = NULL;
  const SgFrame *frame = sg_recording_next (motion->recording, &problem);

  if (frame)
    {
      Moment spare = motion->before;

      motion->before = motion->behind;
      motion->behind = spare;
      take_moment (motion, frame, &motion->behind);
      return TRUE;
    }
  if (problem)
    g_propagate_error (error, problem);
  return !problem;
}

static gboolean
start_from (SgMotion *motion, double step, GError **error)
{
  const SgFrame *frame = sg_recording_seek (motion->recording, (guint64)step, error);

  if (!frame)
    return FALSE;
  take_moment (motion, frame, &motion->behind);
  return go_on (motion, error);
}

/* Frames about `step`, which is within the span. A damaged frame ends what can be shown: the one before it
 * stays. */
static gboolean
surround (SgMotion *motion, double step, GError **error)
{
  double gap = motion->behind.step - motion->before.step;

  if (motion->before.step < 0 || step < motion->before.step || step > motion->behind.step + SOON * gap)
    if (!start_from (motion, step, error))
      return FALSE;
  while (motion->behind.step < step)
    {
      double was = motion->behind.step;

      if (!go_on (motion, error))
        return FALSE;
      if (motion->behind.step == was)
        break;
    }
  return TRUE;
}

static void
mix_mocap (const mjModel *m, const Moment *before, const Moment *behind, double share, mjData *data)
{
  mju_scl (data->mocap_pos, before->mocap_pos, 1 - share, 3 * m->nmocap);
  mju_addToScl (data->mocap_pos, behind->mocap_pos, share, 3 * m->nmocap);
  mju_copy (data->mocap_quat, before->mocap_quat, 4 * m->nmocap);
  for (int i = 0; i < m->nmocap; i++)
    {
      double turn[3];

      mju_subQuat (turn, behind->mocap_quat + 4 * i, before->mocap_quat + 4 * i);
      mju_quatIntegrate (data->mocap_quat + 4 * i, turn, share);
    }
}

/* On the way from one frame to the other: by the coordinates, which go round where bodies do, and what is
 * left there. */
static void
mix (SgMotion *motion, double step, mjData *data)
{
  const mjModel *m = sg_model_get (motion->model);
  const Moment *before = &motion->before, *behind = &motion->behind;
  double gap = behind->step - before->step, share = 1;

  mju_copy (data->mocap_pos, behind->mocap_pos, 3 * m->nmocap);
  mju_copy (data->mocap_quat, behind->mocap_quat, 4 * m->nmocap);
  mju_copy (data->qpos, behind->qpos, m->nq);
  mju_copy (motion->rests, behind->rests, 6 * m->nbody);
  mju_zero (data->qvel, m->nv);
  if (before->step < 0 || !(gap > 0))
    return;
  share = CLAMP ((step - before->step) / gap, 0, 1);
  mj_differentiatePos (m, data->qvel, gap * m->opt.timestep, before->qpos, behind->qpos);
  mju_copy (data->qpos, before->qpos, m->nq);
  mj_integratePos (m, data->qpos, data->qvel, share * gap * m->opt.timestep);
  mix_mocap (m, before, behind, share, data);
  mju_scl (motion->rests, before->rests, 1 - share, 6 * m->nbody);
  mju_addToScl (motion->rests, behind->rests, share, 6 * m->nbody);
}

typedef struct
{
  const mjModel *model;
  SgMotion *motion;
  mjData *data;
  gboolean forces;
} Work;

static void
bring_up_to_date_cb (gpointer user_data)
{
  const Work *work = user_data;

  if (work->forces)
    {
      mj_forward (work->model, work->data);
      sg_poses_add_rests (work->motion->poses, work->motion->rests, work->data);
      sg_place_measure (work->model, work->data);
      return;
    }
  mj_kinematics (work->model, work->data);
  sg_poses_add_rests (work->motion->poses, work->motion->rests, work->data);
  sg_place_bring_up_to_date (work->model, work->data);
}

gboolean
sg_motion_show (SgMotion *motion, double time, gboolean forces, mjData *data, GError **error)
{
  const mjModel *m = sg_model_get (motion->model);
  g_autofree char *fatal = NULL;
  double step =
    CLAMP (time / m->opt.timestep, (double)motion->figures.first_step, (double)motion->figures.last_step);
  Work work = { m, motion, data, forces };

  if (!surround (motion, step, error))
    return FALSE;
  mix (motion, step, data);
  data->time = step * m->opt.timestep;
  if (sg_fatal_catch (bring_up_to_date_cb, &work, &fatal))
    return TRUE;
  g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_DAMAGED, "%s: %s", motion->path, fatal);
  mj_resetData (m, data);
  mj_kinematics (m, data); /* somewhere, and not nowhere */
  return FALSE;
}

/* -- In a simulation -- */

static gboolean
show_cb (guint64 step, mjData *data, gpointer user_data, GError **error)
{
  SgScene *scene = user_data;

  const mjModel *m = sg_model_get (scene->model);

  return sg_motion_show (scene->motion, (double)step * m->opt.timestep, m->nv <= MAX_NV, data, error);
}

static void
read_mark (SgMotion *motion, guint i, SgPast *past)
{
  guint64 step;
  g_autoptr (GBytes) bytes = sg_recording_read_event (motion->recording, i, &step, NULL);
  gsize size = 0;
  const char *text = bytes ? g_bytes_get_data (bytes, &size) : NULL;
  g_autoptr (json_t) event = text ? sg_json_parse ("", text, size, NULL) : NULL;

  if (g_strcmp0 (json_string_value (json_object_get (event, "event")), "mark") != 0)
    return;
  SgPastMark mark = { step, g_strdup (json_string_value (json_object_get (event, "name"))) };
  g_array_append_val (past->marks, mark);
}

SgPast *
sg_motion_new_past (SgScene *scene)
{
  SgMotion *motion = scene->motion;
  SgPast *past = sg_past_new (scene->model, sg_scene_ref (scene), (GDestroyNotify)sg_scene_unref);

  past->first = motion->figures.first_step;
  past->last = motion->figures.last_step;
  past->show = show_cb;
  for (guint i = 0; i < MIN (sg_recording_n_events (motion->recording), MAX_MARKS); i++)
    read_mark (motion, i, past);
  return past;
}

char *
sg_motion_dump_event (const char *event, const char *name)
{
  g_autoptr (json_t) object = json_pack ("{s:s, s:s*}", "event", event, "name", name);

  return sg_json_dump (object, 0);
}
