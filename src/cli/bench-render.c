/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Benchmarks of drawing: our renderer against MuJoCo's, each in a context of its own, on the same scene at
 * the same size, samples and shadow map. Everything moves from frame to frame, so that no shadow is kept.
 * Figures are CPU time of the whole process until the frame is drawn: software GL works in threads of its
 * own.
 */
#include "cli/bench.h"

#include <math.h>
#include <time.h>

#include <gio/gio.h>

#include "render/error.h"
#include "render/offscreen.h"
#include "render/reference.h"

#define WIDTH 1280
#define HEIGHT 720
#define SAMPLES 4
#define SHADOW_SIZE 1024
#define ROUNDS 24
#define MAX_GEOMS 2000
#define ROBOT_LINKS 22

typedef struct
{
  SgModel *model;
  mjModel *writable; /* mjv and mj take no const model */
  mjData *data;
  mjvScene scene;
  mjvOption option;
  mjvCamera camera;
  SgOffscreen *offscreen;
  SgReference *reference;
  guint frame;
} RenderBench;

static double
cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec * 1e-6;
}

static void
tear_down (gpointer state)
{
  RenderBench *bench = state;

  sg_reference_free (bench->reference);
  sg_offscreen_free (bench->offscreen);
  mjv_freeScene (&bench->scene);
  mj_deleteData (bench->data);
  mj_deleteModel (bench->writable);
  g_clear_pointer (&bench->model, sg_model_unref);
  g_free (bench);
}

/* The next frame's scene: every joint at another place. */
static void
move_on (RenderBench *bench)
{
  bench->frame++;
  for (int i = 0; i < bench->writable->nq; i++)
    bench->data->qpos[i] = 0.1 * sin (0.05 * bench->frame + i);
  mj_kinematics (bench->writable, bench->data);
  mj_comPos (bench->writable, bench->data);
  mj_camlight (bench->writable, bench->data);
  mjv_updateScene (
    bench->writable, bench->data, &bench->option, NULL, &bench->camera, mjCAT_ALL, &bench->scene);
}

static gboolean
set_up (gpointer *state, const char *mjcf, GError **error)
{
  RenderBench *bench = g_new0 (RenderBench, 1);

  bench->model = sg_model_compile (mjcf, error);
  if (bench->model)
    {
      bench->writable = mj_copyModel (NULL, sg_model_get (bench->model));
      bench->data = mj_makeData (bench->writable);
      mj_forward (bench->writable, bench->data);
      mjv_defaultOption (&bench->option);
      mjv_defaultFreeCamera (bench->writable, &bench->camera);
      mjv_makeScene (bench->writable, &bench->scene, MAX_GEOMS);
      bench->offscreen = sg_offscreen_new (WIDTH, HEIGHT, error);
    }
  if (bench->offscreen)
    bench->reference = sg_reference_new (bench->writable, WIDTH, HEIGHT, SAMPLES, SHADOW_SIZE, error);
  if (bench->reference)
    {
      *state = bench;
      return TRUE;
    }
  tear_down (bench);
  if (error && g_error_matches (*error, SG_RENDER_ERROR, SG_RENDER_ERROR_CONTEXT))
    {
      (*error)->domain = G_IO_ERROR;
      (*error)->code = G_IO_ERROR_NOT_SUPPORTED;
    }
  return FALSE;
}

/* `n` bodies of three shapes in a grid over a floor, each on a slide. */
static char *
make_bodies (guint n)
{
  static const char *const shapes[] = { "sphere' size='.04", "box' size='.04 .04 .04",
                                        "capsule' size='.025 .03" };
  GString *text =
    g_string_new ("<mujoco><worldbody><light pos='0 0 6' dir='0 0 -1'/><geom type='plane' size='4 4 .5' "
                  "rgba='.5 .55 .6 1'/>");
  guint side = (guint)ceil (sqrt (n));

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text,
                            "<body pos='%g %g %g'><joint type='slide' axis='0 0 1'/>"
                            "<geom type='%s' rgba='%g .6 %g 1' contype='0'/></body>",
                            0.12 * (i % side) - 0.06 * side,
                            0.12 * (i / side) - 0.06 * side,
                            0.3 + 0.001 * i,
                            shapes[i % 3],
                            0.2 + 0.1 * (i % 8),
                            0.9 - 0.1 * (i % 7));
  g_string_append (text, "</worldbody></mujoco>");
  return g_string_free (text, FALSE);
}

static gboolean
set_up_10 (gpointer *state, GError **error)
{
  g_autofree char *mjcf = make_bodies (10);

  return set_up (state, mjcf, error);
}

static gboolean
set_up_1000 (gpointer *state, GError **error)
{
  g_autofree char *mjcf = make_bodies (1000);

  return set_up (state, mjcf, error);
}

/* An arm of ROBOT_LINKS links, each a mesh of 5,120 triangles. */
static gboolean
set_up_mesh (gpointer *state, GError **error)
{
  g_autoptr (GString) text = g_string_new (
    "<mujoco><asset><mesh name='m' builtin='sphere' params='4' scale='.07 .07 .12'/></asset>"
    "<worldbody><light pos='0 0 6' dir='0 0 -1'/><geom type='plane' size='4 4 .5' rgba='.5 .55 .6 1'/>");

  for (int i = 0; i < ROBOT_LINKS; i++)
    g_string_append_printf (text,
                            "<body pos='%g 0 %g'><joint axis='%d %d 0'/><geom type='mesh' mesh='m' "
                            "rgba='.8 .%d .3 1' contype='0'/>",
                            i == 0 ? 0 : .03,
                            i == 0 ? .2 : .13,
                            i % 2,
                            1 - i % 2,
                            3 + i % 5);
  for (int i = 0; i < ROBOT_LINKS; i++)
    g_string_append (text, "</body>");
  g_string_append (text, "</worldbody></mujoco>");
  return set_up (state, text->str, error);
}

/* A standing figure of capsules, its limbs swinging. */
static gboolean
set_up_figure (gpointer *state, GError **error)
{
  static const double limbs[][6] = {
    { 0, .1, .95, .05, .12, .55 },
    { 0, -.1, .95, -.05, -.12, .55 },
    { .05, .12, .55, 0, .12, .1 },
    { -.05, -.12, .55, 0, -.12, .1 },
    { 0, .17, 1.35, .1, .3, 1.05 },
    { 0, -.17, 1.35, -.1, -.3, 1.05 },
    { .1, .3, 1.05, .3, .25, 1.2 },
    { -.1, -.3, 1.05, .1, -.32, .9 },
  };
  g_autoptr (GString) text = g_string_new (
    "<mujoco><worldbody><light pos='0 0 4' dir='0 0 -1'/><geom type='plane' size='4 4 .5' rgba='.5 .55 .6 "
    "1'/>"
    "<body><joint type='slide' axis='0 0 1'/><geom size='.1' pos='0 0 1.6' rgba='.8 .6 .4 1'/>"
    "<geom type='capsule' size='.09' fromto='0 -.08 1.35 0 .08 1.35' rgba='.8 .6 .4 1'/>"
    "<geom type='capsule' size='.09' fromto='0 -.07 1.05 0 .07 1.05' rgba='.8 .6 .4 1'/></body>");

  for (gsize i = 0; i < G_N_ELEMENTS (limbs); i++)
    {
      const double *p = limbs[i];

      g_string_append_printf (text,
                              "<body pos='%g %g %g'><joint axis='0 1 0'/><geom type='capsule' size='.05' "
                              "fromto='0 0 0 %g %g %g' rgba='.8 .6 .4 1'/></body>",
                              p[0],
                              p[1],
                              p[2],
                              p[3] - p[0],
                              p[4] - p[1],
                              p[5] - p[2]);
    }
  g_string_append (text, "</worldbody></mujoco>");
  return set_up (state, text->str, error);
}

static double
measure (gpointer state, GError **error)
{
  RenderBench *bench = state;
  SgRenderOptions options = sg_render_options_default ();
  double start;

  move_on (bench);
  options.quality = SG_QUALITY_SOFTWARE;
  options.still = TRUE; /* the samples that the reference has */
  if (!sg_offscreen_make_current (bench->offscreen, error))
    return -1;
  start = cpu_ms ();
  if (!sg_renderer_draw_scene (sg_offscreen_get_renderer (bench->offscreen),
                               bench->writable,
                               &bench->scene,
                               &options,
                               WIDTH,
                               HEIGHT,
                               error))
    return -1;
  sg_offscreen_finish (bench->offscreen);
  return cpu_ms () - start;
}

static double
measure_reference (gpointer state, GError **error)
{
  RenderBench *bench = state;
  double start;

  move_on (bench);
  start = cpu_ms ();
  if (!sg_reference_render (bench->reference, &bench->scene, error))
    return -1;
  return cpu_ms () - start;
}

const SgBenchmark sg_bench_render[] = {
  { "render-10", "ms", "mjr_render", ROUNDS, set_up_10, measure, measure_reference, tear_down },
  { "render-1000", "ms", "mjr_render", ROUNDS, set_up_1000, measure, measure_reference, tear_down },
  { "render-figure", "ms", "mjr_render", ROUNDS, set_up_figure, measure, measure_reference, tear_down },
  { "render-mesh", "ms", "mjr_render", ROUNDS, set_up_mesh, measure, measure_reference, tear_down },
  { NULL },
};
