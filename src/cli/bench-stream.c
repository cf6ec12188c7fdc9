/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a frame costs, in time and in bytes, against zstd over the same poses as floats. The scenes are double
 * pendulums, of which one body turns about a pin and the other flies about, and boxes on the ground. */
#include "cli/bench.h"

#include <time.h>
#include <time.h>
#include <zstd.h>

#include <glib/gstdio.h>

#include "pipeline/motion.h"
#include "sim/run.h"
#include "stream/codec.h"

#define RATE 60     /* frames a second of simulated time */
#define FRAMES 1200 /* of a run */
#define POSE 7      /* floats: place and quaternion */
#define ZSTD_LEVEL 3

/* A run, as poses of the bodies that move, and both ends of a stream. */
typedef struct
{
  SgModel *model;
  mjData *data;
  SgFrameLayout *layout;
  double *places, *turns; /* FRAMES * nbody of 3, of 4 */
  float *raw;             /* FRAMES * n_bodies * POSE */
  guint64 *steps;         /* FRAMES */
  GPtrArray *encoded;     /* GBytes: FRAMES, each a frame of the stream */
  SgFrame frame;
  SgFrameEncoder *encoder;
  SgFrameDecoder *decoder;
  guint at;
  ZSTD_CCtx *zstd;
  guint8 *room; /* for zstd */
  gsize room_size;
} Run;

static char *
pendulums (guint n_bodies)
{
  GString *xml = g_string_new ("<mujoco><worldbody>");

  for (guint i = 0; 2 * i < n_bodies; i++)
    {
      g_string_append_printf (xml, "<body pos='%u 0 9'><joint type='hinge' axis='0 1 0' ref='%u'/>"
                                   "<geom type='capsule' fromto='0 0 0 .5 0 0' size='.02'/>",
                              2 * i, 7 * i);
      if (2 * i + 1 < n_bodies)
        g_string_append (xml, "<body pos='.5 0 0'><joint type='hinge' axis='0 1 0'/>"
                              "<geom type='capsule' fromto='0 0 0 .4 0 0' size='.02' contype='0'/></body>");
      g_string_append (xml, "</body>");
    }
  return g_string_free (g_string_append (xml, "</worldbody></mujoco>"), FALSE);
}

static char *
boxes (guint n_bodies)
{
  GString *xml = g_string_new ("<mujoco><worldbody><geom type='plane' size='9 9 1'/>");

  for (guint i = 0; i < n_bodies; i++)
    g_string_append_printf (
      xml, "<body pos='%g 0 .15'><freejoint/><geom type='box' size='.1 .2 .15'/></body>", 0.5 * i);
  return g_string_free (g_string_append (xml, "</worldbody></mujoco>"), FALSE);
}

static void
keep_poses (Run *run, guint frame)
{
  const mjModel *m = sg_model_get (run->model);
  float *raw = run->raw + frame * run->layout->n_bodies * POSE;

  memcpy (run->places + frame * 3 * m->nbody, run->data->xpos, 3 * m->nbody * sizeof (double));
  memcpy (run->turns + frame * 4 * m->nbody, run->data->xquat, 4 * m->nbody * sizeof (double));
  for (guint i = 0; i < run->layout->n_bodies; i++, raw += POSE)
    {
      int body = run->layout->bodies[i].body;

      for (guint k = 0; k < POSE; k++)
        raw[k] = k < 3 ? run->data->xpos[3 * body + k] : run->data->xquat[4 * body + k - 3];
    }
}

static void
take_pose (Run *run, guint frame)
{
  const mjModel *m = sg_model_get (run->model);

  memcpy (run->data->xpos, run->places + frame * 3 * m->nbody, 3 * m->nbody * sizeof (double));
  memcpy (run->data->xquat, run->turns + frame * 4 * m->nbody, 4 * m->nbody * sizeof (double));
}

static void
simulate (Run *run)
{
  const mjModel *m = sg_model_get (run->model);
  guint64 step = 0;

  for (guint frame = 0; frame < FRAMES; frame++)
    {
      for (; run->data->time < (double)(frame + 1) / RATE; step++)
        mj_step (m, run->data);
      mj_kinematics (m, run->data);
      run->steps[frame] = step;
      keep_poses (run, frame);
    }
}

static gboolean
encode (Run *run, const guint8 **bytes, gsize *size, GError **error)
{
  return sg_frame_take (&run->frame, run->layout, run->data, run->steps[run->at], error) &&
         sg_frame_encoder_write (run->encoder, &run->frame, bytes, size, error);
}

/* For the decoder: all frames, with no quiet ones left out. */
static gboolean
encode_all (Run *run, GError **error)
{
  g_autoptr (SgFrameEncoder) all = sg_frame_encoder_new (run->layout, (SgEncoderOptions){ 2 * RATE, 0 });

  run->encoded = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  for (guint frame = 0; frame < FRAMES; frame++)
    {
      const guint8 *bytes;
      gsize size;

      take_pose (run, frame);
      if (!sg_frame_take (&run->frame, run->layout, run->data, run->steps[frame], error) ||
          !sg_frame_encoder_write (all, &run->frame, &bytes, &size, error))
        return FALSE;
      g_ptr_array_add (run->encoded, g_bytes_new (bytes, size));
    }
  return TRUE;
}

static void
tear_down (gpointer state)
{
  Run *run = state;

  g_clear_pointer (&run->encoder, sg_frame_encoder_free);
  g_clear_pointer (&run->decoder, sg_frame_decoder_free);
  g_clear_pointer (&run->encoded, g_ptr_array_unref);
  sg_frame_clear (&run->frame);
  g_clear_pointer (&run->layout, sg_frame_layout_free);
  g_clear_pointer (&run->data, mj_deleteData);
  g_clear_pointer (&run->model, sg_model_unref);
  g_free (run->places);
  g_free (run->turns);
  g_free (run->raw);
  g_free (run->steps);
  g_free (run->room);
  ZSTD_freeCCtx (run->zstd);
  g_free (run);
}

static gboolean
set_up (char *xml, gpointer *state, GError **error)
{
  g_autofree char *mjcf = xml;
  Run *run = g_new0 (Run, 1);

  run->model = sg_model_compile (mjcf, error);
  run->data = run->model ? mj_makeData (sg_model_get (run->model)) : NULL;
  run->layout =
    run->data ? sg_frame_layout_new (sg_model_get (run->model), sg_frame_error_default (), error) : NULL;
  if (!run->layout)
    {
      tear_down (run);
      return FALSE;
    }
  const mjModel *m = sg_model_get (run->model);
  run->places = g_new (double, FRAMES * 3 * m->nbody);
  run->turns = g_new (double, FRAMES * 4 * m->nbody);
  run->raw = g_new (float, FRAMES * run->layout->n_bodies * POSE);
  run->steps = g_new (guint64, FRAMES);
  run->room_size = ZSTD_compressBound (run->layout->n_bodies * POSE * sizeof (float));
  run->room = g_malloc (run->room_size);
  run->zstd = ZSTD_createCCtx ();
  sg_frame_init (&run->frame, run->layout);
  SgEncoderOptions options = { .key_interval = 2 * RATE, .quiet_interval = 0.25 / m->opt.timestep };
  run->encoder = sg_frame_encoder_new (run->layout, options);
  run->decoder = sg_frame_decoder_new (run->layout);
  simulate (run);
  if (encode_all (run, error))
    {
      run->at = FRAMES - 1; /* the first one is next, a key frame */
      *state = run;
      return TRUE;
    }
  tear_down (run);
  return FALSE;
}

static gboolean
set_up_2 (gpointer *state, GError **error)
{
  return set_up (pendulums (2), state, error);
}

static gboolean
set_up_21 (gpointer *state, GError **error)
{
  return set_up (pendulums (21), state, error);
}

static gboolean
set_up_201 (gpointer *state, GError **error)
{
  return set_up (pendulums (201), state, error);
}

static gboolean
set_up_rest (gpointer *state, GError **error)
{
  return set_up (boxes (21), state, error);
}

static double
since (const struct timespec *start)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (now.tv_sec - start->tv_sec) * 1e6 + (now.tv_nsec - start->tv_nsec) * 1e-3;
}

/* One frame, from mjData to bytes. */
static double
measure_encode (gpointer state, GError **error)
{
  Run *run = state;
  const guint8 *bytes;
  gsize size;
  struct timespec start;

  run->at = (run->at + 1) % FRAMES;
  take_pose (run, run->at);
  clock_gettime (CLOCK_MONOTONIC, &start);
  return encode (run, &bytes, &size, error) ? since (&start) : -1;
}

static gsize
compress (Run *run, guint frame)
{
  gsize size = run->layout->n_bodies * POSE * sizeof (float);

  return ZSTD_compressCCtx (run->zstd, run->room, run->room_size,
                            run->raw + frame * run->layout->n_bodies * POSE, size, ZSTD_LEVEL);
}

static double
measure_zstd (gpointer state, GError **error)
{
  Run *run = state;
  struct timespec start;

  clock_gettime (CLOCK_MONOTONIC, &start);
  compress (run, run->at);
  return since (&start);
}

static double
measure_decode (gpointer state, GError **error)
{
  Run *run = state;
  struct timespec start;

  run->at = (run->at + 1) % FRAMES;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (run->encoded->pdata[run->at], &size);
  clock_gettime (CLOCK_MONOTONIC, &start);
  return sg_frame_decoder_read (run->decoder, bytes, size, error) ? since (&start) : -1;
}

/* A second of frames, as a receiver gets it. */
static double
measure_bytes (gpointer state, GError **error)
{
  Run *run = state;
  gsize sum = 0;

  for (run->at = 0; run->at < FRAMES; run->at++)
    {
      const guint8 *bytes;
      gsize size;

      take_pose (run, run->at);
      if (!encode (run, &bytes, &size, error))
        return -1;
      sum += size;
    }
  return sum / ((double)FRAMES / RATE);
}

static double
measure_zstd_bytes (gpointer state, GError **error)
{
  Run *run = state;
  gsize sum = 0;

  for (guint frame = 0; frame < FRAMES; frame++)
    sum += compress (run, frame);
  return sum / ((double)FRAMES / RATE);
}

/* -- Seeking -- */

#define SEEK_SECONDS 60

typedef struct
{
  char *folder, *path;
  SgMotion *motion;
  mjData *data;
  GRand *rand;
} Seek;

static gboolean
record_frame (const mjData *data, guint64 steps, gpointer recorder, GError **error)
{
  return sg_recorder_add (recorder, data, steps, error);
}

static gboolean
record_minute (const char *path, const char *mjcf, GError **error)
{
  g_autoptr (SgModel) model = sg_model_compile (mjcf, error);
  const SgRecordingSource source = { .mjcf = mjcf };
  g_autoptr (SgRecorder) recorder = model ? sg_recorder_new (path, model, &source, error) : NULL;
  const SgRunOptions options = {
    .seconds = SEEK_SECONDS, .frame = record_frame, .frame_rate = RATE, .user_data = recorder
  };
  SgRunResult result;

  return recorder && sg_run (model, &options, &result, NULL, NULL, error) &&
         sg_recorder_end (recorder, error);
}

static void
tear_down_seek (gpointer state)
{
  Seek *seek = state;

  g_clear_pointer (&seek->data, mj_deleteData);
  g_clear_pointer (&seek->motion, sg_motion_free);
  g_rand_free (seek->rand);
  if (seek->path)
    g_unlink (seek->path);
  if (seek->folder)
    g_rmdir (seek->folder);
  g_free (seek->path);
  g_free (seek->folder);
  g_free (seek);
}

static gboolean
set_up_seek (gpointer *state, GError **error)
{
  g_autofree char *mjcf = pendulums (21);
  Seek *seek = g_new0 (Seek, 1);

  seek->rand = g_rand_new_with_seed (1);
  seek->folder = g_dir_make_tmp ("simgen-bench-XXXXXX", error);
  seek->path = seek->folder ? g_build_filename (seek->folder, "run.simrec", NULL) : NULL;
  if (seek->path && record_minute (seek->path, mjcf, error))
    seek->motion = sg_motion_open (seek->path, NULL, error);
  seek->data = seek->motion ? sg_model_make_data (sg_motion_get_model (seek->motion), error) : NULL;
  *state = seek;
  if (seek->data)
    return TRUE;
  tear_down_seek (seek);
  return FALSE;
}

/* To any time of a minute of 21 bodies: the state that is drawn, with all that is read and unpacked for it.
 */
static double
measure_seek (gpointer state, GError **error)
{
  Seek *seek = state;
  double time = g_rand_double_range (seek->rand, 0, SEEK_SECONDS);
  struct timespec start;

  clock_gettime (CLOCK_MONOTONIC, &start);
  return sg_motion_show (seek->motion, time, FALSE, seek->data, error) ? since (&start) / 1000 : -1;
}

#define TIME "zstd -3 over the raw float frame"
#define BYTES "zstd -3 over the raw float frames"

const SgBenchmark sg_bench_stream[] = {
  { "encode-2", "us", TIME, 2000, set_up_2, measure_encode, measure_zstd, tear_down },
  { "encode-21", "us", TIME, 2000, set_up_21, measure_encode, measure_zstd, tear_down },
  { "encode-201", "us", TIME, 2000, set_up_201, measure_encode, measure_zstd, tear_down },
  { "decode-201", "us", TIME, 2000, set_up_201, measure_decode, measure_zstd, tear_down },
  { "bytes-2", "bytes/s", BYTES, 3, set_up_2, measure_bytes, measure_zstd_bytes, tear_down },
  { "bytes-21", "bytes/s", BYTES, 3, set_up_21, measure_bytes, measure_zstd_bytes, tear_down },
  { "bytes-rest", "bytes/s", BYTES, 3, set_up_rest, measure_bytes, measure_zstd_bytes, tear_down },
  { "seek-recording", "ms", NULL, 1000, set_up_seek, measure_seek, NULL, tear_down_seek },
  { NULL },
};
