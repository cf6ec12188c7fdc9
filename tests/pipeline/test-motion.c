/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is recorded is shown as it was: every body of every mechanism is where the run had it, within the
 * error that is stated of frames, forwards, backwards and from anywhere; and so it is in a simulation that
 * plays it, for who draws and for who measures. */
#include "pipeline/motion.h"

#include <glib/gstdio.h>
#include <math.h>

#include "sim/place.h"
#include "sim/run.h"
#include "sim/simulation.h"

#include "../stream/angles.h"

#define SECONDS 1.5
#define ROUNDING 1e-9 /* m and rad */
#define JUMPS 24

/* A chain of pins that swings in space, hung from a hand that is moved, what is welded to its end, and a rope
 * between sites of it. */
static const char chain[] =
  "<mujoco><worldbody><body name='hand' mocap='true' pos='0 0 2'><site name='held'/></body>"
  "<body name='a' pos='0 0 2'><joint type='ball'/><geom type='capsule' fromto='0 0 0 .4 0 0' size='.02'/>"
  "<body name='b' pos='.4 0 0'><joint axis='0 1 0'/><joint axis='0 0 1' pos='.02 0 0'/>"
  "<geom type='capsule' fromto='0 0 0 .4 0 0' size='.02'/>"
  "<body name='c' pos='.4 0 0'><joint axis='0 1 0'/><geom type='capsule' fromto='0 0 0 .4 0 0' size='.02'/>"
  "<body name='d' pos='.4 0 0'><joint axis='0 1 0'/><geom type='capsule' fromto='0 0 0 .4 0 0' size='.02'/>"
  "<body name='bob' pos='.4 0 0' euler='0 0 30'><geom type='box' size='.1 .05 .05' pos='.1 0 0'/>"
  "<site name='end' pos='.1 0 0'/></body></body></body></body></body>"
  "</worldbody><tendon><spatial name='rope' stiffness='3'><site site='held'/><site site='end'/></spatial>"
  "</tendon><sensor><framepos objtype='site' objname='end'/><tendonpos tendon='rope'/></sensor></mujoco>";

static const char *const mechanisms[] = {
  "tests/fixtures/spec/box_stack.json",
  "tests/fixtures/spec/cart_pole.json",
  "tests/fixtures/spec/double_pendulum.json",
  "tests/fixtures/spec/pendulum.json",
  "tests/fixtures/spec/pulley.json",
  "tests/fixtures/spec/robot_arm_2dof.json",
  "data/examples/double-pendulum.simgen",
  "data/examples/newtons-cradle.simgen",
  "data/examples/pendulum-wave.simgen",
  "data/examples/pulley.simgen",
  "data/examples/robot-arm.simgen",
  "data/examples/see-saw.simgen",
  "data/examples/spring-mass.simgen",
  "data/examples/car.simgen",
};

/* Of mjData what is compared: all of it would be megabytes a frame. */
typedef struct
{
  double time;
  double *xpos, *xquat, *xipos, *geom_xpos, *geom_xmat, *site_xpos;
} Moment;

typedef struct
{
  SgModel *model;
  GPtrArray *frames; /* Moment *, as the run had them */
  double most_m, most_rad;
} Run;

static void
moment_free (gpointer data)
{
  Moment *moment = data;

  g_free (moment->xpos);
  g_free (moment->xquat);
  g_free (moment->xipos);
  g_free (moment->geom_xpos);
  g_free (moment->geom_xmat);
  g_free (moment->site_xpos);
  g_free (moment);
}

static double *
copy_numbers (const double *numbers, int n)
{
  return g_memdup2 (numbers, sizeof (double) * (gsize)n);
}

static gboolean
keep_frame (const mjData *data, guint64 steps, gpointer user_data, GError **error)
{
  Run *run = user_data;
  const mjModel *m = sg_model_get (run->model);
  Moment *moment = g_new0 (Moment, 1);

  moment->time = data->time;
  moment->xpos = copy_numbers (data->xpos, 3 * m->nbody);
  moment->xquat = copy_numbers (data->xquat, 4 * m->nbody);
  moment->xipos = copy_numbers (data->xipos, 3 * m->nbody);
  moment->geom_xpos = copy_numbers (data->geom_xpos, 3 * m->ngeom);
  moment->geom_xmat = copy_numbers (data->geom_xmat, 9 * m->ngeom);
  moment->site_xpos = copy_numbers (data->site_xpos, 3 * m->nsite);
  g_ptr_array_add (run->frames, moment);
  return TRUE;
}

static void
run_again (Run *run)
{
  g_autoptr (GError) error = NULL;
  const SgRunOptions options = {
    .seconds = SECONDS, .frame = keep_frame, .frame_rate = SG_MOTION_RATE, .user_data = run
  };
  SgRunResult result;

  run->frames = g_ptr_array_new_with_free_func (moment_free);
  g_assert_true (sg_run (run->model, &options, &result, NULL, NULL, &error));
  g_assert_no_error (error);
}

static double
angle_of_matrices (const double *a, const double *b)
{
  double one[4], other[4];

  mju_mat2Quat (one, a);
  mju_mat2Quat (other, b);
  return angle_between (one, other);
}

/* How far off something may be that is `arm` from the origin of a body that frames have. */
static double
most_off (double arm)
{
  SgFrameError most = sg_frame_error_default ();

  return sqrt (3) * most.place + most.angle * arm + ROUNDING;
}

static void
compare_body (Run *run, const Moment *ran, const mjData *shown, int body)
{
  int moved = sg_model_get (run->model)->body_weldid[body];
  const double *was = ran->xpos + 3 * body, *is = shown->xpos + 3 * body, *from = ran->xpos + 3 * moved;

  for (guint k = 0; moved == body && k < 3; k++)
    run->most_m = MAX (run->most_m, fabs (was[k] - is[k]));
  run->most_rad = MAX (run->most_rad, angle_between (ran->xquat + 4 * body, shown->xquat + 4 * body));
  g_assert_cmpfloat (mju_dist3 (was, is), <=, most_off (mju_dist3 (was, from)));
  was = ran->xipos + 3 * body;
  g_assert_cmpfloat (mju_dist3 (was, shown->xipos + 3 * body), <=, most_off (mju_dist3 (was, from)));
}

static void
compare (Run *run, const Moment *ran, const mjData *shown)
{
  const mjModel *m = sg_model_get (run->model);
  SgFrameError most = sg_frame_error_default ();

  g_assert_cmpfloat_with_epsilon (shown->time, ran->time, 1e-9);
  for (int body = 1; body < m->nbody; body++)
    compare_body (run, ran, shown, body);
  for (int geom = 0; geom < m->ngeom; geom++)
    {
      const double *was = ran->geom_xpos + 3 * geom,
                   *from = ran->xpos + 3 * m->body_weldid[m->geom_bodyid[geom]];

      g_assert_cmpfloat (mju_dist3 (was, shown->geom_xpos + 3 * geom), <=, most_off (mju_dist3 (was, from)));
      g_assert_cmpfloat (angle_of_matrices (ran->geom_xmat + 9 * geom, shown->geom_xmat + 9 * geom), <=,
                         most.angle + 1e-6);
    }
  for (int site = 0; site < m->nsite; site++)
    {
      const double *was = ran->site_xpos + 3 * site,
                   *from = ran->xpos + 3 * m->body_weldid[m->site_bodyid[site]];

      g_assert_cmpfloat (mju_dist3 (was, shown->site_xpos + 3 * site), <=, most_off (mju_dist3 (was, from)));
    }
  g_assert_cmpfloat (run->most_m, <=, most.place + ROUNDING);
  g_assert_cmpfloat (run->most_rad, <=, most.angle + 1e-6);
}

static const Moment *
frame_of (const Run *run, guint i)
{
  return g_ptr_array_index (run->frames, i);
}

/* Frames in an order that a person may look at them: on, back, here and there. */
static guint
nth_look (const Run *run, GRand *rand, guint i)
{
  guint n = run->frames->len;

  return i < n ? i : i < 2 * n ? 2 * n - 1 - i
                               : (guint)g_rand_int_range (rand, 0, (gint32)n);
}

static void
look_at_motion (Run *run, SgMotion *motion)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  mjData *shown = mj_makeData (sg_model_get (run->model));

  for (guint i = 0; i < 2 * run->frames->len + JUMPS; i++)
    {
      const Moment *ran = frame_of (run, nth_look (run, rand, i));

      g_assert_true (sg_motion_show (motion, ran->time, i % 5 == 0, shown, &error));
      g_assert_no_error (error);
      compare (run, ran, shown);
    }
  mj_deleteData (shown);
}

/* As the window and those who share it see it. */
static void
look_at_simulation (Run *run, SgScene *scene)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  g_autoptr (SgSimulation) simulation = sg_simulation_new ();
  g_autoptr (SgPast) past = sg_motion_new_past (scene);
  mjData *shown = mj_makeData (sg_model_get (run->model));

  sg_simulation_set_past (simulation, past);
  for (guint i = 0; i < JUMPS; i++)
    {
      const Moment *ran = frame_of (run, (guint)g_rand_int_range (rand, 0, (gint32)run->frames->len));

      sg_simulation_seek (simulation, ran->time);
      sg_simulation_sync (simulation);
      const SgSnapshot *snapshot = sg_simulation_read_snapshot (simulation, NULL);
      g_assert_nonnull (snapshot);
      sg_snapshot_restore (snapshot, shown);
      compare (run, ran, shown);
      g_assert_true (sg_snapshot_restore_forces (snapshot, shown));
      compare (run, ran, shown);
    }
  mj_deleteData (shown);
}

static void
plays_as_it_ran (SgScene *scene)
{
  g_autoptr (GError) error = NULL;
  Run run = { .model = scene->model };

  run_again (&run);
  g_assert_cmpuint (run.frames->len, >, 20);
  scene->motion = sg_motion_run (scene, SECONDS, NULL, &error);
  g_assert_no_error (error);
  look_at_motion (&run, scene->motion);
  look_at_simulation (&run, scene);
  g_test_message ("at most %.4f mm along an axis and %.4f degrees off", 1000 * run.most_m,
                  run.most_rad * 180 / G_PI);
  g_ptr_array_unref (run.frames);
}

static void
test_mechanism (gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("SG_SOURCE_ROOT"), name, NULL);
  g_autoptr (SgScene) scene = sg_pipeline_load (path, 1, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  if (g_str_has_suffix (name, ".json")) /* they stand at rest: the world is tilted under them */
    ((mjModel *)sg_model_get (scene->model))->opt.gravity[0] = 4;
  plays_as_it_ran (scene);
}

static void
test_chain (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("simgen-motion-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "chain.xml", NULL);

  g_assert_true (g_file_set_contents (path, chain, -1, &error));
  g_autoptr (SgScene) scene = sg_pipeline_load (path, 1, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  plays_as_it_ran (scene);
  g_unlink (path);
  g_rmdir (folder);
}

/* Who measures reads what is shown, and not where the coordinates bring it. */
static void
test_sensors (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) model = sg_model_compile (chain, &error);
  g_assert_no_error (error);
  const mjModel *m = sg_model_get (model);
  g_autofree double *places = g_new (double, m->nbody *SG_PLACE_NUMBERS);
  mjData *data = mj_makeData (m);
  int site = mj_name2id (m, mjOBJ_SITE, "end");

  sg_model_reset_data (model, data);
  mj_forward (m, data);
  double place = data->site_xpos[3 * site];
  sg_place_read (m, data, places);
  for (int body = 2; body < m->nbody; body++)
    places[SG_PLACE_NUMBERS * body] += 0.25;
  sg_place_bodies (m, data, places);
  sg_place_measure (m, data);
  double length = mju_dist3 (data->site_xpos, data->site_xpos + 3 * site);
  g_assert_cmpfloat_with_epsilon (data->site_xpos[3 * site], place + 0.25, 1e-9);
  g_assert_cmpfloat_with_epsilon (data->sensordata[0], place + 0.25, 1e-9);
  g_assert_cmpfloat_with_epsilon (data->ten_length[0], length, 1e-9);
  g_assert_cmpfloat_with_epsilon (data->sensordata[3], length, 1e-9);
  for (int joint = 0; joint < m->njnt; joint++) /* anchors go with the bodies that hang there */
    g_assert_cmpfloat (mju_dist3 (data->xanchor + 3 * joint, data->xpos + 3 * m->jnt_bodyid[joint]), <, 0.03);
  mj_deleteData (data);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!sg_model_init_library (NULL))
    return 1;
  for (guint i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    {
      g_autofree char *path = g_strconcat ("/pipeline/motion/", mechanisms[i], NULL);

      g_test_add_data_func (path, mechanisms[i], test_mechanism);
    }
  g_test_add_func ("/pipeline/motion/chain", test_chain);
  g_test_add_func ("/pipeline/motion/sensors", test_sensors);
  return g_test_run ();
}
