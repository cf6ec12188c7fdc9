/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Recorded runs: all that was recorded comes back, also from a file that was cut off, turned bits in, or
 * whose program was killed. */
#include "stream/recording.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "stream/error.h"

#define STEPS 8 /* from frame to frame */

static const char mjcf[] =
  "<mujoco><worldbody><geom type='plane' size='9 9 1'/>"
  "<body name='arm' pos='0 0 2'><joint type='hinge' axis='0 1 0'/>"
  "<geom type='capsule' fromto='0 0 0 .6 0 0' size='.02'/></body>"
  "<body name='box' pos='2 0 2' euler='10 20 0'><freejoint/><geom type='box' size='.1 .2 .1'/>"
  "<body name='lid' pos='0 0 .2'><geom type='mesh' mesh='cone'/></body></body></worldbody>"
  "<asset><mesh name='cone' vertex='0 0 0 .1 0 0 0 .1 0 0 0 .1'/></asset></mujoco>";

typedef struct
{
  char *folder, *path, *part;
  SgModel *model;
  mjData *data;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  place->folder = g_dir_make_tmp ("simgen-recording-XXXXXX", &error);
  g_assert_no_error (error);
  place->path = g_build_filename (place->folder, "run.simrec", NULL);
  place->part = g_strconcat (place->path, ".part", NULL);
  place->model = sg_model_compile (mjcf, &error);
  g_assert_no_error (error);
  place->data = mj_makeData (sg_model_get (place->model));
  sg_model_reset_data (place->model, place->data);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_unlink (place->path);
  g_unlink (place->part);
  g_assert_cmpint (g_rmdir (place->folder), ==, 0); /* nothing else was left there */
  mj_deleteData (place->data);
  sg_model_unref (place->model);
  g_free (place->folder);
  g_free (place->path);
  g_free (place->part);
}

static SgRecorder *
record (Place *place, guint n_frames)
{
  const SgRecordingSource source = { "{\"format\": \"simgen-sketch\"}", mjcf };
  g_autoptr (GError) error = NULL;
  SgRecorder *recorder = sg_recorder_new (place->path, place->model, &source, &error);

  g_assert_no_error (error);
  for (guint64 i = 0; i < n_frames; i++)
    {
      for (guint k = 0; k < STEPS; k++)
        mj_step (sg_model_get (place->model), place->data);
      mj_kinematics (sg_model_get (place->model), place->data);
      if (i % 100 == 50)
        g_assert_true (sg_recorder_add_event (recorder, STEPS * (i + 1), "{\"mark\": 1}", &error));
      g_assert_true (sg_recorder_add (recorder, place->data, STEPS * (i + 1), &error));
    }
  return recorder;
}

static void
record_whole (Place *place, guint n_frames)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgRecorder) recorder = record (place, n_frames);

  g_assert_true (sg_recorder_end (recorder, &error));
}

static void
assert_text (GBytes *bytes, const char *text)
{
  g_assert_nonnull (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text));
  g_bytes_unref (bytes);
}

/* Whether the frame is what the model does in so many steps. */
static void
assert_frame (Place *place, const SgRecording *recording, const SgFrame *frame)
{
  const SgFrameLayout *layout = sg_recording_get_layout (recording);
  const mjModel *m = sg_model_get (place->model);

  sg_model_reset_data (place->model, place->data);
  for (double i = 0; i < frame->step; i++)
    mj_step (m, place->data);
  mj_kinematics (m, place->data);
  for (guint i = 0; i < layout->n_bodies; i++)
    {
      double position[3], quaternion[4];

      sg_frame_get_pose (frame, layout, i, position, quaternion);
      for (guint k = 0; k < 3; k++)
        g_assert_cmpfloat_with_epsilon (position[k], place->data->xpos[3 * layout->bodies[i].body + k],
                                        1.0001e-4);
    }
}

static void
test_comes_back (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SgRecordingFigures figures;
  guint64 step;
  guint n = 0;

  record_whole (place, 500);
  g_autoptr (SgRecording) recording = sg_recording_open (place->path, &error);
  g_assert_no_error (error);
  sg_recording_get_figures (recording, &figures);
  g_assert_cmpuint (figures.first_step, ==, STEPS);
  g_assert_cmpuint (figures.last_step, ==, 500 * STEPS);
  g_assert_cmpfloat (figures.timestep, ==, sg_model_get (place->model)->opt.timestep);
  g_assert_false (figures.cut);
  assert_text (sg_recording_read_mjcf (recording, NULL), mjcf);
  assert_text (sg_recording_read_sketch (recording, NULL), "{\"format\": \"simgen-sketch\"}");
  g_assert_cmpuint (sg_recording_n_events (recording), ==, 5);
  assert_text (sg_recording_read_event (recording, 1, &step, NULL), "{\"mark\": 1}");
  g_assert_cmpuint (step, ==, 151 * STEPS);
  for (const SgFrame *frame; (frame = sg_recording_next (recording, &error)); n++)
    {
      g_assert_cmpfloat (frame->step, ==, (n + 1) * STEPS);
      if (n % 60 == 0)
        assert_frame (place, recording, frame);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 500);
}

static void
test_seeks (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GRand *rand = g_rand_new_with_seed (1);

  record_whole (place, 400);
  g_autoptr (SgRecording) recording = sg_recording_open (place->path, &error);
  for (guint i = 0; i < 200; i++)
    {
      guint64 step = g_rand_int_range (rand, 0, 420 * STEPS);
      const SgFrame *frame = sg_recording_seek (recording, step, &error);

      g_assert_no_error (error);
      g_assert_cmpfloat (frame->step, ==, STEPS * CLAMP (step / STEPS, 1, 400));
      if (i % 20 == 0)
        assert_frame (place, recording, frame);
      frame = sg_recording_next (recording, &error);
      g_assert_no_error (error);
      if (frame)
        g_assert_cmpfloat (frame->step, ==, STEPS * (CLAMP (step / STEPS, 1, 400) + 1));
    }
  g_rand_free (rand);
}

/* How many frames can be read, and whether they come in order and, where nothing is missing, all. */
static guint
count_frames (const char *path, gboolean all)
{
  g_autoptr (SgRecording) recording = sg_recording_open (path, NULL);
  double last = 0;
  guint n = 0;

  if (!recording)
    return 0;
  for (const SgFrame *frame; (frame = sg_recording_next (recording, NULL)); n++)
    {
      g_assert_cmpfloat (frame->step, >, last);
      if (all)
        g_assert_cmpfloat (frame->step, ==, (n + 1) * STEPS);
      last = frame->step;
    }
  sg_recording_seek (recording, 1000, NULL);
  sg_recording_seek (recording, 1, NULL);
  return n;
}

static void
write_file (const char *path, const void *bytes, gsize size)
{
  FILE *file = g_fopen (path, "wb");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (bytes, 1, size, file), ==, size);
  fclose (file);
}

/* At every byte: what is whole before it is read, and no more. */
static void
test_cut (Place *place, gconstpointer data)
{
  guint last = 300;
  GStatBuf status;

  record_whole (place, 300);
  g_assert_cmpint (g_stat (place->path, &status), ==, 0);
  for (goffset n = status.st_size; n-- > 0;)
    {
      g_assert_cmpint (truncate (place->path, n), ==, 0);
      guint frames = count_frames (place->path, TRUE);
      if (n == status.st_size - 1)
        g_assert_cmpuint (frames, ==, 240); /* without the last block, of 60 */
      g_assert_cmpuint (frames, <=, last);
      g_assert_true (frames % 120 == 0);
      last = frames;
    }
}

static void
test_turned_bits (Place *place, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  GRand *rand = g_rand_new_with_seed (2);
  gsize size;

  record_whole (place, 300);
  g_assert_true (g_file_get_contents (place->path, &bytes, &size, NULL));
  for (guint i = 0; i < 1500; i++)
    {
      gsize at = g_rand_int_range (rand, 0, size);
      char was = bytes[at];

      bytes[at] ^= i % 3 ? 1 << g_rand_int_range (rand, 0, 8) : g_rand_int (rand);
      write_file (place->path, bytes, size);
      g_assert_cmpuint (count_frames (place->path, FALSE), <=, 300);
      bytes[at] = was;
    }
  g_rand_free (rand);
}

static void
assert_refused (const char *path, const void *bytes, gsize size, SgStreamError code)
{
  g_autoptr (GError) error = NULL;

  write_file (path, bytes, size);
  g_assert_null (sg_recording_open (path, &error));
  g_assert_error (error, SG_STREAM_ERROR, (int)code);
}

static void
test_others (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint8 wild[12 + 36] = "SIMREC\x1a\n\x01\0\0\0SBLK\x01\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff";

  assert_refused (place->path, "", 0, SG_STREAM_ERROR_DAMAGED);
  assert_refused (place->path, "hello, world", 12, SG_STREAM_ERROR_DAMAGED);
  assert_refused (place->path, "SIMREC\x1a\n\x02\0\0\0", 12, SG_STREAM_ERROR_DAMAGED);
  assert_refused (place->path, wild, sizeof wild, SG_STREAM_ERROR_DAMAGED);
  g_unlink (place->path);
  g_assert_null (sg_recording_open (place->path, &error));
  g_assert_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_READ);
  g_clear_error (&error);
  g_assert_null (sg_recording_open (place->folder, &error));
  g_assert_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_DAMAGED);
}

/* What was recorded stays when the disk is full, and it is said once and for all. */
static void
test_full_disk (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgRecorder) recorder = record (place, 130);
  struct rlimit was, full;
  guint64 step = 130;

  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &was);
  full = (struct rlimit){ 4500, was.rlim_max };
  setrlimit (RLIMIT_FSIZE, &full);
  while (sg_recorder_add (recorder, place->data, STEPS * ++step, &error))
    g_assert_cmpuint (step, <, 100000);
  g_assert_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_WRITE);
  setrlimit (RLIMIT_FSIZE, &was);
  g_clear_error (&error);
  g_assert_false (sg_recorder_add (recorder, place->data, 99999, &error));
  g_assert_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_WRITE);
  g_assert_cmpuint (count_frames (place->part, TRUE), >=, 120);
}

/* Records for ever, in real time, and tells of each frame. */
static void
record_until_killed (Place *place, int tell, guint rest_us)
{
  const SgRecordingSource source = { NULL, mjcf };
  g_autoptr (SgRecorder) recorder = sg_recorder_new (place->path, place->model, &source, NULL);

  for (guint64 i = 1;; i++)
    {
      gint64 now = g_get_monotonic_time ();

      for (guint k = 0; k < STEPS; k++)
        mj_step (sg_model_get (place->model), place->data);
      if (!sg_recorder_add (recorder, place->data, STEPS * i, NULL) ||
          write (tell, &now, sizeof now) != sizeof now)
        _exit (1);
      g_usleep (rest_us);
    }
}

/* Kills the program that records, and counts what of it can be read: all that is older than a second. */
static void
kill_once (Place *place, gint64 after_us, guint rest_us)
{
  int ends[2];
  gint64 told[8000], killed;
  guint n = 0, old = 0;

  g_unlink (place->part);
  g_assert_cmpint (pipe (ends), ==, 0);
  pid_t child = fork ();
  if (child == 0)
    record_until_killed (place, ends[1], rest_us);
  close (ends[1]);
  g_usleep (after_us);
  killed = g_get_monotonic_time ();
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
  for (; n < G_N_ELEMENTS (told) && read (ends[0], &told[n], sizeof told[n]) == sizeof told[n]; n++)
    old += told[n] < killed - (SG_RECORDING_BLOCK_SECONDS * G_USEC_PER_SEC + 100000);
  close (ends[0]);
  guint kept = count_frames (place->part, TRUE);
  g_test_message ("after %" G_GINT64_FORMAT " ms: %u frames, %u older than a second, %u kept",
                  after_us / 1000, n, old, kept);
  g_assert_cmpuint (kept, >=, old);
}

/* SG_RECORDING_KILLS asks for more, SG_RECORDING_SECONDS for longer recordings: 60 at the frames of a film.
 */
static void
test_killed (Place *place, gconstpointer data)
{
  const char *asked = g_getenv ("SG_RECORDING_KILLS");
  guint n = asked ? g_ascii_strtoull (asked, NULL, 10) : 4;
  const char *long_ones = g_getenv ("SG_RECORDING_SECONDS"), *seed = g_getenv ("SG_RECORDING_SEED");
  gint64 most = long_ones ? g_ascii_strtoll (long_ones, NULL, 10) * G_USEC_PER_SEC : 3000000;
  GRand *rand = g_rand_new_with_seed (seed ? (guint32)g_ascii_strtoull (seed, NULL, 10) : 6);

  for (guint i = 0; i < n; i++)
    kill_once (place, g_rand_int_range (rand, 300000, (gint32)most), long_ones ? 16000 : 4000);
  g_rand_free (rand);
}

static void
add (const char *path, void (*test) (Place *, gconstpointer))
{
  g_test_add (path, Place, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!sg_model_init_library (NULL))
    return 1;
  add ("/stream/recording/comes-back", test_comes_back);
  add ("/stream/recording/seeks", test_seeks);
  add ("/stream/recording/cut", test_cut);
  add ("/stream/recording/turned-bits", test_turned_bits);
  add ("/stream/recording/others", test_others);
  add ("/stream/recording/full-disk", test_full_disk);
  add ("/stream/recording/killed", test_killed);
  return g_test_run ();
}
