/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run that is recorded while it plays: what can be played from the file is what was played, and nothing can
 * be done to it. */
#include "pipeline/live-recording.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "stream/error.h"

#define PLACE_ERROR 1e-3 /* m: of frames, and of the way between two of them (test-motion.c is of frames) */

typedef struct
{
  SgScene *scene;
  SgSimulation *simulation;
  char *path;
  double seconds;
  GError *error;
  gboolean done;
} Run;

static void
set_up (Run *run, gconstpointer data)
{
  g_autofree char *drawing =
    g_strdup_printf ("%s/data/examples/double-pendulum.simgen", g_getenv ("SG_SOURCE_ROOT"));
  g_autoptr (GError) error = NULL;

  run->scene = sg_pipeline_load (drawing, 1, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  run->simulation = sg_simulation_new ();
  sg_simulation_set_model (run->simulation, run->scene->model);
  sg_simulation_set_unthrottled (run->simulation, TRUE);
}

static void
tear_down (Run *run, gconstpointer data)
{
  if (run->path)
    g_unlink (run->path);
  g_clear_object (&run->simulation);
  sg_scene_unref (run->scene);
  g_clear_error (&run->error);
  g_free (run->path);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;

  run->seconds = sg_live_recording_finish (result, &run->error);
  run->done = TRUE;
}

static void
wait_for_time (Run *run, double time)
{
  SgSimulationStats stats;

  do
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
      sg_simulation_get_stats (run->simulation, &stats);
    }
  while (stats.time < time);
}

/* Plays as fast as the recording can keep up with: a paused mark amid it would end the reel. */
static void
record (Run *run)
{
  g_autoptr (SgLiveRecording) recording =
    sg_live_recording_start (run->simulation, run->scene, "run.simrec", finished_cb, run);
  g_autofree char *mark = sg_motion_dump_event ("mark", "here");

  run->path = g_strdup (sg_live_recording_get_path (recording));
  sg_simulation_set_unthrottled (run->simulation, FALSE);
  sg_simulation_set_speed (run->simulation, SG_SIMULATION_MAX_SPEED);
  sg_simulation_play (run->simulation);
  wait_for_time (run, 1);
  sg_live_recording_add_event (recording, mark);
  sg_simulation_mark (run->simulation, "here");
  wait_for_time (run, 3);
  sg_simulation_pause (run->simulation);
  while (!run->done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (sg_live_recording_get_n_lost (recording), ==, 0);
}

/* Brings the simulation there and reads where its bodies are. */
static void
look (SgSimulation *simulation, double time, mjData *data)
{
  gboolean fresh;

  sg_simulation_seek (simulation, time);
  sg_simulation_sync (simulation);
  const SgSnapshot *snapshot = sg_simulation_read_snapshot (simulation, &fresh);
  g_assert_nonnull (snapshot);
  sg_snapshot_restore (snapshot, data);
}

static void
assert_same (Run *run, SgSimulation *played, const SgScene *scene)
{
  const mjModel *m = sg_model_get (run->scene->model);
  mjData *ran = mj_makeData (m), *seen = mj_makeData (sg_model_get (scene->model));
  GRand *rand = g_rand_new_with_seed (4);
  double most = 0;

  for (guint i = 0; i < 60; i++)
    {
      double time = g_rand_double_range (rand, 0, 3);

      look (run->simulation, time, ran);
      look (played, ran->time, seen);
      g_assert_cmpfloat_with_epsilon (seen->time, ran->time, 1e-9);
      for (int body = 1; body < m->nbody; body++)
        most = MAX (most, mju_dist3 (ran->xpos + 3 * body, seen->xpos + 3 * body));
    }
  g_test_message ("at most %.3f mm off", 1000 * most);
  g_assert_cmpfloat (most, <, PLACE_ERROR);
  g_rand_free (rand);
  mj_deleteData (ran);
  mj_deleteData (seen);
}

static void
test_plays_again (Run *run, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SgSimulationStats stats;

  record (run);
  g_assert_no_error (run->error);
  sg_simulation_get_stats (run->simulation, &stats);
  g_assert_cmpfloat_with_epsilon (run->seconds, stats.time, 1e-6); /* to the very last step */
  g_autoptr (SgScene) scene = sg_pipeline_load (run->path, 1, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (SgSimulation) played = sg_simulation_new ();
  g_autoptr (SgPast) past = sg_motion_new_past (scene);
  sg_simulation_set_past (played, past);
  sg_simulation_sync (played);
  sg_simulation_get_stats (played, &stats);
  g_assert_cmpfloat_with_epsilon (stats.first_time, 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (stats.last_time, run->seconds, 1e-6);
  assert_same (run, played, scene);
  g_autoptr (SgTimelineOverview) overview = sg_simulation_dup_overview (played);
  g_assert_cmpuint (overview->n_marks, ==, 1);
  g_assert_cmpstr (overview->marks[0].name, ==, "here");
  g_assert_cmpfloat (fabs (overview->marks[0].time - 1), <, 0.5);
}

static void
ended_cb (gboolean *ended)
{
  *ended = TRUE;
}

/* Backwards to its start; and whatever is done to it, it stays what it was. */
static void
test_is_read_only (Run *run, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SgSimulationStats before, after;
  gboolean ended = FALSE;

  record (run);
  g_autoptr (SgScene) scene = sg_pipeline_load (run->path, 1, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (SgSimulation) played = sg_simulation_new ();
  g_autoptr (SgPast) past = sg_motion_new_past (scene);
  sg_simulation_set_past (played, past);
  sg_simulation_sync (played);
  sg_simulation_get_stats (played, &before);
  sg_simulation_play (played);
  sg_simulation_pull (played, &(SgPull){ .body = 1, .target = { 9, 0, 9 } });
  sg_simulation_go_to_end (played);
  sg_simulation_step (played);
  sg_simulation_sync (played);
  sg_simulation_get_stats (played, &after);
  g_assert_cmpfloat_with_epsilon (after.time, before.last_time, 1e-9);
  g_assert_cmpfloat_with_epsilon (after.last_time, before.last_time, 1e-9);
  g_signal_connect_swapped (played, "ended", G_CALLBACK (ended_cb), &ended);
  sg_simulation_set_speed (played, SG_SIMULATION_MAX_SPEED);
  sg_simulation_replay (played, -1);
  while (!ended)
    g_main_context_iteration (NULL, TRUE);
  sg_simulation_get_stats (played, &after);
  g_assert_cmpfloat_with_epsilon (after.time, 0, 1e-9);
}

/* The run goes on where the disk is full, and the error says so once. */
static void
test_full_disk (Run *run, gconstpointer data)
{
  struct rlimit was, full;

  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &was);
  full = (struct rlimit){ 2500, was.rlim_max };
  g_autoptr (SgLiveRecording) recording =
    sg_live_recording_start (run->simulation, run->scene, "full.simrec", finished_cb, run);
  setrlimit (RLIMIT_FSIZE, &full);
  sg_simulation_play (run->simulation);
  while (!run->done)
    g_main_context_iteration (NULL, TRUE);
  setrlimit (RLIMIT_FSIZE, &was);
  g_assert_error (run->error, SG_STREAM_ERROR, SG_STREAM_ERROR_WRITE);
  g_assert_true (sg_simulation_get_playing (run->simulation));
  run->path = g_strconcat (sg_live_recording_get_path (recording), ".part", NULL);
}

static void
test_nothing_moves (Run *run, gconstpointer data)
{
  g_autoptr (SgLiveRecording) recording =
    sg_live_recording_start (run->simulation, run->scene, "none.simrec", finished_cb, run);

  sg_simulation_pause (run->simulation);
  while (!run->done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (run->error);
  g_assert_cmpfloat (run->seconds, ==, 0);
  g_assert_false (g_file_test (sg_live_recording_get_path (recording), G_FILE_TEST_EXISTS));
}

static void
add (const char *path, void (*test) (Run *, gconstpointer))
{
  g_test_add (path, Run, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("simgen-live-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!sg_model_init_library (NULL))
    return 1;
  add ("/pipeline/live-recording/plays-again", test_plays_again);
  add ("/pipeline/live-recording/is-read-only", test_is_read_only);
  add ("/pipeline/live-recording/full-disk", test_full_disk);
  add ("/pipeline/live-recording/nothing-moves", test_nothing_moves);
  int status = g_test_run ();
  g_autofree char *simgen = g_build_filename (home, "simgen", NULL),
                  *folder = g_build_filename (simgen, "recordings", NULL);
  g_rmdir (folder);
  g_rmdir (simgen);
  g_rmdir (home);
  return status;
}
