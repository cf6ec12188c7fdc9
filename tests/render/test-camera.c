/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/camera.h"

#define WIDTH 800
#define HEIGHT 600

/* Where the camera shows a world point, in pixels from the view's top left, y down. */
static SgPoint
project (const SgCamera *camera, const double p[3])
{
  float view[16], projection[16];
  double in[4] = { p[0], p[1], p[2], 1 };

  sg_camera_matrices (camera, (double)WIDTH / HEIGHT, view, projection, NULL);
  for (int step = 0; step < 2; step++)
    {
      const float *m = step == 0 ? view : projection;
      double out[4];

      for (int row = 0; row < 4; row++)
        out[row] = m[row] * in[0] + m[4 + row] * in[1] + m[8 + row] * in[2] + m[12 + row] * in[3];
      for (int row = 0; row < 4; row++)
        in[row] = out[row];
    }
  return SG_POINT ((in[0] / in[3] + 1) / 2 * WIDTH, (1 - in[1] / in[3]) / 2 * HEIGHT);
}

static void
assert_at (SgPoint at, double x, double y)
{
  g_assert_cmpfloat_with_epsilon (at.x, x, 0.02);
  g_assert_cmpfloat_with_epsilon (at.y, y, 0.02);
}

static void
test_match_page (void)
{
  SgCamera camera = sg_camera_default ();
  SgPoint center = { 410, 330 }, origin = { 400, 520 }, page = { 300, 120 };
  double zoom = 1.5, scale = 80;
  double world[3] = { (page.x - origin.x) / scale, 0.3, (origin.y - page.y) / scale };

  sg_camera_match_page (&camera, center, zoom, HEIGHT, scale, origin);
  assert_at (project (&camera, world),
             WIDTH / 2 + (page.x - center.x) * zoom,
             HEIGHT / 2 + (page.y - center.y) * zoom);
}

/* Turning leaves the front view without a jump: at no angle the plane of the drawing looks the same. */
static void
test_orbit (void)
{
  SgCamera camera = sg_camera_default ();
  double world[3] = { 0.4, 0, 1.3 };
  SgPoint before = project (&camera, world);
  double eye[3];
  float view[16], projection[16];

  sg_camera_orbit (&camera, 0, 0, HEIGHT);
  g_assert_cmpint (camera.mode, ==, SG_CAMERA_PERSPECTIVE);
  assert_at (project (&camera, world), before.x, before.y);

  sg_camera_orbit (&camera, -HEIGHT / 4.0, HEIGHT / 4.0, HEIGHT);
  sg_camera_matrices (&camera, 1, view, projection, eye);
  g_assert_cmpfloat (eye[0], >, camera.target[0]);
  g_assert_cmpfloat (eye[1], <, camera.target[1]);
  g_assert_cmpfloat (eye[2], >, camera.target[2]);
  assert_at (project (&camera, camera.target), WIDTH / 2, HEIGHT / 2);

  sg_camera_orbit (&camera, 0, 10 * HEIGHT, HEIGHT);
  g_assert_cmpfloat (camera.elevation, <, G_PI / 2);
}

static void
test_pan (void)
{
  for (int mode = SG_CAMERA_FRONT; mode <= SG_CAMERA_PERSPECTIVE; mode++)
    {
      SgCamera camera = sg_camera_default ();
      double *target = camera.target, world[3];
      SgPoint before;

      camera.mode = mode;
      for (int i = 0; i < 3; i++)
        world[i] = target[i];
      before = project (&camera, world);
      sg_camera_pan (&camera, 37, -12, HEIGHT);
      assert_at (project (&camera, world), before.x + 37, before.y - 12);
    }
}

/* What is under the pointer stays there; here a point at the target's depth. */
static void
test_zoom (void)
{
  for (int mode = SG_CAMERA_FRONT; mode <= SG_CAMERA_PERSPECTIVE; mode++)
    {
      SgCamera camera = sg_camera_default ();
      double world[3] = { 0.5, 0, 1.4 };
      SgPoint before;

      camera.mode = mode;
      camera.azimuth = camera.elevation = 0;
      before = project (&camera, world);
      sg_camera_zoom (&camera, 1.7, before.x - WIDTH / 2, before.y - HEIGHT / 2, HEIGHT);
      assert_at (project (&camera, world), before.x, before.y);
    }
}

static void
test_zoom_is_bounded (void)
{
  SgCamera camera = sg_camera_default ();

  for (int i = 0; i < 100; i++)
    sg_camera_zoom (&camera, 1e6, 0, 0, HEIGHT);
  g_assert_cmpfloat (camera.height, >, 0);
  for (int i = 0; i < 100; i++)
    sg_camera_zoom (&camera, 1e-6, 0, 0, HEIGHT);
  g_assert_true (isfinite (camera.height));
}

static void
test_fit (void)
{
  const char *mjcf =
    "<mujoco><worldbody><geom type='plane' size='0 0 1'/>"
    "<geom type='box' size='2 .1 .1' pos='3 0 4'/><geom size='.5' pos='-1 0 9'/></worldbody></mujoco>";
  char message[500];
  mjSpec *spec = mj_parseXMLString (mjcf, NULL, message, sizeof message);
  mjModel *model = mj_compile (spec, NULL);
  mjData *data = mj_makeData (model);

  mj_forward (model, data);
  for (int mode = SG_CAMERA_FRONT; mode <= SG_CAMERA_PERSPECTIVE; mode++)
    {
      const double corners[2][3] = { { 5, 0, 3.9 }, { -1.5, 0, 9.5 } };
      SgCamera camera = sg_camera_default ();

      camera.mode = mode;
      sg_camera_fit (&camera, model, data, (double)WIDTH / HEIGHT);
      for (int i = 0; i < 2; i++)
        {
          SgPoint at = project (&camera, corners[i]);

          g_assert_cmpfloat (fabs (at.x - WIDTH / 2), <, WIDTH / 2);
          g_assert_cmpfloat (fabs (at.y - HEIGHT / 2), <, HEIGHT / 2);
        }
    }
  mj_deleteData (data);
  mj_deleteModel (model);
  mj_deleteSpec (spec);
}

/* What filled the picture is between the bars then, in both views. */
static void
test_make_room (void)
{
  for (int mode = SG_CAMERA_FRONT; mode <= SG_CAMERA_PERSPECTIVE; mode++)
    for (int low = 0; low < 2; low++)
      {
        double head = HEIGHT * 0.1, foot = HEIGHT * (low ? 0.5 : 0.2);
        SgCamera camera = sg_camera_default ();

        camera.mode = mode;
        camera.azimuth = camera.elevation = 0;
        double reach = mode == SG_CAMERA_FRONT ? camera.height / 2 : camera.distance * tan (camera.fov / 2);
        const double top[3] = { camera.target[0], camera.target[1], camera.target[2] + reach };
        const double bottom[3] = { camera.target[0], camera.target[1], camera.target[2] - reach };
        sg_camera_make_room (&camera, head, foot, HEIGHT);
        g_assert_cmpfloat_with_epsilon (project (&camera, top).y, head, 1);
        g_assert_cmpfloat_with_epsilon (project (&camera, bottom).y, HEIGHT - foot, 1);
      }
}

/* Nothing there, or nothing finite: the view stays. */
static void
test_fit_nothing (void)
{
  char message[500];
  mjSpec *spec = mj_parseXMLString ("<mujoco/>", NULL, message, sizeof message);
  mjModel *model = mj_compile (spec, NULL);
  mjData *data = mj_makeData (model);
  SgCamera camera = sg_camera_default ();

  sg_camera_fit (&camera, model, data, 1);
  g_assert_cmpfloat (camera.height, ==, sg_camera_default ().height);
  mj_deleteData (data);
  mj_deleteModel (model);
  mj_deleteSpec (spec);
}

/* The way from the front view to a turned one has no jump: at its ends it is what it comes from and goes
 * to, and in between nothing moves far in a short time. */
static void
test_mix (void)
{
  SgCamera front = sg_camera_default (), turned = front;
  const double world[3] = { 0.4, 0, 1.3 };
  SgPoint last = project (&front, world);

  sg_camera_orbit (&turned, 0, 0, HEIGHT);
  turned.azimuth = 0.6;
  turned.elevation = 0.3;
  for (int i = 1; i <= 100; i++)
    {
      SgCamera between = sg_camera_mix (&front, &turned, i / 100.0);
      SgPoint now = project (&between, world);

      g_assert_cmpfloat (sg_point_distance (last, now), <, 3);
      last = now;
    }
  g_assert_cmpfloat (sg_point_distance (last, project (&turned, world)), <, 1e-6);
  g_assert_cmpint (sg_camera_mix (&front, &turned, 0).mode, ==, SG_CAMERA_FRONT);
  g_assert_cmpint (sg_camera_mix (&turned, &front, 1).mode, ==, SG_CAMERA_FRONT);
}

/* It turns the short way round. */
static void
test_mix_turns_short (void)
{
  SgCamera from = sg_camera_default (), to = from;

  from.mode = to.mode = SG_CAMERA_PERSPECTIVE;
  from.azimuth = G_PI - 0.1;
  to.azimuth = -G_PI + 0.1;
  g_assert_cmpfloat (fabs (sg_camera_mix (&from, &to, 0.5).azimuth), >, G_PI - 0.05);
}

static void
test_follow (void)
{
  const char *mjcf =
    "<mujoco><worldbody><body pos='1 0 2'><joint type='slide' axis='1 0 0'/><geom size='.1'/>"
    "</body></worldbody></mujoco>";
  char message[500];
  mjSpec *spec = mj_parseXMLString (mjcf, NULL, message, sizeof message);
  mjModel *model = mj_compile (spec, NULL);
  mjData *data = mj_makeData (model);
  SgCamera camera = sg_camera_default ();

  camera.followed = 1;
  camera.from[0] = 1;
  camera.from[2] = 2;
  data->qpos[0] = 0.7;
  mj_forward (model, data);
  g_assert_cmpfloat_with_epsilon (sg_camera_carried (&camera, model, data).target[0],
                                  camera.target[0] + 0.7, 1e-9);
  camera.followed = 5; /* a body of a model that was there before */
  g_assert_cmpfloat (sg_camera_carried (&camera, model, data).target[0], ==, camera.target[0]);
  mj_deleteData (data);
  mj_deleteModel (model);
  mj_deleteSpec (spec);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/render/camera/match-page", test_match_page);
  g_test_add_func ("/render/camera/orbit", test_orbit);
  g_test_add_func ("/render/camera/pan", test_pan);
  g_test_add_func ("/render/camera/zoom", test_zoom);
  g_test_add_func ("/render/camera/zoom-is-bounded", test_zoom_is_bounded);
  g_test_add_func ("/render/camera/mix", test_mix);
  g_test_add_func ("/render/camera/mix-turns-short", test_mix_turns_short);
  g_test_add_func ("/render/camera/follow", test_follow);
  g_test_add_func ("/render/camera/fit", test_fit);
  g_test_add_func ("/render/camera/make-room", test_make_room);
  g_test_add_func ("/render/camera/fit-nothing", test_fit_nothing);
  return g_test_run ();
}
