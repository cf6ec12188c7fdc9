/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bundled examples, from ink to motion: each is read, compiled and stepped, and does what its drawing
 * promises. Places are page points, as in build-aux/draw-examples. */
#include "pipeline/pipeline.h"

#include <string.h>

#include <mujoco/mujoco.h>

typedef struct
{
  SgScene *scene;
  const mjModel *m;
  mjData *d;
} Run;

static void
start (Run *run, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("SG_SOURCE_ROOT"), "data", "examples", name, NULL);

  run->scene = sg_pipeline_load (path, 1, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  run->m = sg_model_get (run->scene->model);
  run->d = mj_makeData (run->m);
  sg_model_reset_data (run->scene->model, run->d);
}

static void
end (Run *run)
{
  for (int i = 0; i < mjNWARNING; i++)
    g_assert_cmpint (run->d->warning[i].number, ==, 0);
  mj_deleteData (run->d);
  sg_scene_unref (run->scene);
}

static double
step (Run *run, double seconds)
{
  for (double until = run->d->time + seconds; run->d->time < until;)
    mj_step (run->m, run->d);
  return run->d->time;
}

static void
locate (const Run *run, int body, double *x, double *z)
{
  *x = run->d->xipos[3 * body];
  *z = run->d->xipos[3 * body + 2];
}

/* The moving body whose centre of mass is nearest to a page point. */
static int
body_at (const Run *run, double px, double py)
{
  const SgReading *reading = run->scene->reading;
  double x = (px - reading->origin.x) / reading->scale, z = (reading->origin.y - py) / reading->scale;
  double nearest = 0.5;
  int found = -1;

  for (int i = 1; i < run->m->nbody; i++)
    {
      double bx, bz;

      if (run->m->body_weldid[i] != i)
        continue;
      locate (run, i, &bx, &bz);
      if (hypot (bx - x, bz - z) < nearest)
        nearest = hypot (bx - x, bz - z), found = i;
    }
  g_assert_cmpint (found, >, 0);
  return found;
}

static int
count_joints (const Run *run, int type)
{
  int n = 0;

  for (int i = 0; i < run->m->njnt; i++)
    n += run->m->jnt_type[i] == type;
  return n;
}

/* Lowest and highest place of a body's centre along x (0) or z (2) over some seconds. */
static void
watch (Run *run, int body, int axis, double seconds, double *low, double *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (double until = run->d->time + seconds; run->d->time < until;)
    {
      mj_step (run->m, run->d);
      *low = MIN (*low, run->d->xipos[3 * body + axis]);
      *high = MAX (*high, run->d->xipos[3 * body + axis]);
    }
}

static void
test_pendulum (void)
{
  Run run;
  double x, z, low, high;

  start (&run, "pendulum.simgen");
  g_assert_cmpint (count_joints (&run, mjJNT_HINGE), ==, 1);
  int bob = body_at (&run, 286, 318);
  locate (&run, bob, &x, &z);
  watch (&run, bob, 0, 4, &low, &high);
  /* Drawn 1.1 m to the left of its pin, it swings through as far to the right. */
  g_assert_cmpfloat (high - low, >, 1.9);
  g_assert_cmpfloat (low, >, x - 0.02);
  end (&run);
}

static void
test_double_pendulum (void)
{
  Run run;
  double low, high;

  start (&run, "double-pendulum.simgen");
  g_assert_cmpint (count_joints (&run, mjJNT_HINGE), ==, 2);
  watch (&run, body_at (&run, 400, 322), 2, 3, &low, &high);
  g_assert_cmpfloat (high - low, >, 0.2);
  end (&run);
}

static void
test_ball_ramp (void)
{
  Run run;
  double x0, z0, x, z;

  start (&run, "ball-ramp.simgen");
  int ball = body_at (&run, 190, 246);
  locate (&run, ball, &x0, &z0);
  step (&run, 1.7);
  locate (&run, ball, &x, &z);
  g_assert_cmpfloat (x - x0, >, 1.5);
  g_assert_cmpfloat (z0 - z, >, 1.0);
  g_assert_cmpfloat (fabs (run.d->qvel[run.m->body_dofadr[ball] + 2]), >, 1.0); /* rolls */
  end (&run);
}

static void
test_spring_mass (void)
{
  Run run;
  double low, high;

  start (&run, "spring-mass.simgen");
  int box = body_at (&run, 400, 285);
  g_assert_cmpfloat_with_epsilon (run.m->body_mass[box], 2.0, 1e-6);
  watch (&run, box, 2, 5, &low, &high);
  g_assert_cmpfloat (high - low, >, 0.05);
  g_assert_cmpfloat (high - low, <, 1.0);
  end (&run);
}

static void
test_car (void)
{
  Run run;
  double x0, z0, x, z;

  start (&run, "car.simgen");
  g_assert_cmpint (run.m->nu, ==, 1);
  int box = body_at (&run, 235, 438);
  locate (&run, box, &x0, &z0);
  step (&run, 4);
  locate (&run, box, &x, &z);
  g_assert_cmpfloat (x - x0, >, 0.8);
  g_assert_cmpfloat (fabs (z - z0), <, 0.1);
  end (&run);
}

static void
test_see_saw (void)
{
  Run run;
  double x, z0, z;

  start (&run, "see-saw.simgen");
  int box = body_at (&run, 268, 402);
  locate (&run, box, &x, &z0);
  step (&run, 2);
  locate (&run, box, &x, &z);
  g_assert_cmpfloat (z0 - z, >, 0.1); /* 3 kg against 2 kg: the left side goes down */
  end (&run);
}

static void
test_newtons_cradle (void)
{
  Run run;
  double x, z, low, high;

  start (&run, "newtons-cradle.simgen");
  g_assert_cmpint (count_joints (&run, mjJNT_HINGE), ==, 5);
  int last = body_at (&run, 488, 318);
  locate (&run, last, &x, &z);
  watch (&run, last, 0, 2.5, &low, &high);
  g_assert_cmpfloat (high - x, >, 0.08);
  end (&run);
}

/* Each swings by itself: ten rates, and nobody touches anybody. */
static void
test_pendulum_wave (void)
{
  double before = 0;
  Run run;

  start (&run, "pendulum-wave.simgen");
  g_assert_cmpint (count_joints (&run, mjJNT_HINGE), ==, 10);
  for (int i = 0; i < 10; i++)
    {
      double length = 260 * pow (14.0 / (14 + i), 2), sign = 0, first = 0, last = 0;
      int joint, n = -1;

      sg_model_reset_data (run.scene->model, run.d);
      joint = run.m->body_jntadr[body_at (&run, 76 + 72 * i - 0.07 * length, 100 + 0.65 * length)];
      while (run.d->time < 12)
        {
          double speed;

          mj_step (run.m, run.d);
          speed = run.d->qvel[run.m->jnt_dofadr[joint]];
          if (sign != 0 && speed * sign < 0) /* turns about */
            {
              first = n < 0 ? run.d->time : first;
              last = run.d->time;
              n++;
            }
          sign = speed;
        }
      g_assert_cmpint (run.d->ncon, ==, 0);
      g_assert_cmpfloat (n / (last - first), >,
                         before * 1.02); /* half swings a second: each faster than the one before */
      before = n / (last - first);
    }
  end (&run);
}

static void
test_box_stack (void)
{
  static const double at[][2] = { { 404, 489 }, { 396, 428 }, { 404, 368 } };
  Run run;

  start (&run, "box-stack.simgen");
  for (guint i = 0; i < G_N_ELEMENTS (at); i++)
    {
      double x0, z0, x, z;
      int box = body_at (&run, at[i][0], at[i][1]);

      locate (&run, box, &x0, &z0);
      sg_model_reset_data (run.scene->model, run.d);
      step (&run, 4);
      locate (&run, box, &x, &z);
      g_assert_cmpfloat (hypot (x - x0, z - z0), <, 0.1);
      sg_model_reset_data (run.scene->model, run.d);
    }
  end (&run);
}

static void
test_pulley (void)
{
  Run run;
  double x, l0, l, r0, r;

  start (&run, "pulley.simgen");
  int left = body_at (&run, 360, 386), right = body_at (&run, 440, 316);
  locate (&run, left, &x, &l0);
  locate (&run, right, &x, &r0);
  step (&run, 0.8);
  locate (&run, left, &x, &l);
  locate (&run, right, &x, &r);
  g_assert_cmpfloat (l - l0, >, 0.05);
  g_assert_cmpfloat_with_epsilon (l - l0, r0 - r, 0.03);
  end (&run);
}

static void
test_robot_arm (void)
{
  Run run;

  start (&run, "robot-arm.simgen");
  g_assert_cmpint (count_joints (&run, mjJNT_HINGE), ==, 2);
  g_assert_cmpint (run.m->nu, ==, 2);
  step (&run, 2);
  end (&run);
}

/* Two readings of the same file give the same text, and the same steps the same state, bit for bit. */
static void
test_same_every_time (void)
{
  Run a, b;

  start (&a, "car.simgen");
  start (&b, "car.simgen");
  g_assert_cmpstr (a.scene->mjcf, ==, b.scene->mjcf);
  step (&a, 3);
  step (&b, 3);
  g_assert_cmpmem (a.d->qpos, a.m->nq * sizeof (mjtNum), b.d->qpos, b.m->nq * sizeof (mjtNum));
  g_assert_cmpmem (a.d->qvel, a.m->nv * sizeof (mjtNum), b.d->qvel, b.m->nv * sizeof (mjtNum));
  end (&a);
  end (&b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (sg_model_init_library (NULL));
  g_test_add_func ("/pipeline/examples/pendulum", test_pendulum);
  g_test_add_func ("/pipeline/examples/double-pendulum", test_double_pendulum);
  g_test_add_func ("/pipeline/examples/ball-ramp", test_ball_ramp);
  g_test_add_func ("/pipeline/examples/spring-mass", test_spring_mass);
  g_test_add_func ("/pipeline/examples/car", test_car);
  g_test_add_func ("/pipeline/examples/see-saw", test_see_saw);
  g_test_add_func ("/pipeline/examples/newtons-cradle", test_newtons_cradle);
  g_test_add_func ("/pipeline/examples/pendulum-wave", test_pendulum_wave);
  g_test_add_func ("/pipeline/examples/box-stack", test_box_stack);
  g_test_add_func ("/pipeline/examples/pulley", test_pulley);
  g_test_add_func ("/pipeline/examples/robot-arm", test_robot_arm);
  g_test_add_func ("/pipeline/examples/same-every-time", test_same_every_time);
  return g_test_run ();
}
