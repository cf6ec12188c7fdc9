/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same scene drawn by ours and by MuJoCo's renderer must look the same: structural similarity (Wang et
 * al., "Image quality assessment", 2004) of luminance over 8 x 8 windows. With SG_TEST_PICTURES set to a
 * folder the pictures are left there. */
#include "picture.h"
#include "render/reference.h"

#define WIDTH 640
#define HEIGHT 480
#define WINDOW 8
#define STEP 4
#define LEAST 0.95

static const char pendulum[] =
  "<mujoco><worldbody><light pos='0 -1 3' dir='0 .3 -1'/>"
  "<body pos='0 0 1'><joint axis='0 1 0'/>"
  "<geom type='capsule' fromto='0 0 0 .3 0 -.5' size='.03' rgba='.2 .5 .9 1'/>"
  "<geom size='.1' pos='.3 0 -.5' rgba='.9 .5 .2 1'/></body></worldbody></mujoco>";

static const char primitives[] =
  "<mujoco><asset>"
  "<texture name='sky' type='skybox' builtin='gradient' rgb1='.3 .5 .7' rgb2='.9 .95 1' width='64' "
  "height='384'/>"
  "<texture name='check' type='2d' builtin='checker' rgb1='.2 .3 .4' rgb2='.4 .5 .6' width='100' "
  "height='100'/>"
  "<material name='floor' texture='check' texrepeat='2 2' texuniform='true'/>"
  "<material name='shiny' rgba='.8 .3 .3 1' specular='.9' shininess='.8' emission='.1'/></asset>"
  "<worldbody><geom type='plane' size='0 0 1' material='floor'/>"
  "<light pos='0 0 4' dir='0 0 -1' castshadow='false'/>"
  "<light type='directional' dir='1 1 -2' diffuse='.3 .3 .3'/>"
  "<geom size='.2' pos='-1 0 .5' material='shiny'/>"
  "<geom type='capsule' size='.1 .2' pos='-.5 0 .5' euler='20 30 0' rgba='.3 .7 .3 1'/>"
  "<geom type='cylinder' size='.15 .2' pos='0 0 .5' euler='60 0 20' rgba='.3 .3 .8 1'/>"
  "<geom type='box' size='.15 .1 .2' pos='.5 0 .5' euler='10 20 30' rgba='.8 .8 .3 1'/>"
  "<geom type='ellipsoid' size='.1 .2 .15' pos='1 0 .5' rgba='.6 .3 .7 1'/>"
  "<geom size='.2' pos='.3 -.6 .7' rgba='.3 .8 .8 .4'/>"
  "<body pos='0 0 1.2'><joint type='ball'/><geom size='.05'/><site name='a' pos='-.4 0 0'/><site name='b' "
  "pos='.4 0 .1'/>"
  "</body></worldbody>"
  "<tendon><spatial width='.02' rgba='.9 .6 .1 1'><site site='a'/><site "
  "site='b'/></spatial></tendon></mujoco>";

static const char mesh[] =
  "<mujoco><asset><mesh name='m' vertex='-.3 -.2 0  .3 -.2 0  .4 .2 0  -.1 .4 0  0 0 .6  .1 -.1 -.3'/>"
  "<mesh name='ball' builtin='sphere' params='2' scale='.3 .3 .3'/></asset>"
  "<worldbody><light pos='0 -2 3' dir='0 .6 -1'/><geom type='plane' size='2 2 .1' rgba='.6 .7 .6 1'/>"
  "<geom type='mesh' mesh='m' pos='-.3 0 .6' rgba='.8 .4 .3 1'/>"
  "<geom type='mesh' mesh='ball' pos='.6 0 .5' rgba='.3 .5 .8 1'/></worldbody></mujoco>";

static const char flex[] =
  "<mujoco><worldbody><light pos='0 -1 3' dir='0 .3 -1'/><geom type='plane' size='2 2 .1' rgba='.6 .7 .6 1'/>"
  "<flexcomp name='cloth' type='grid' count='7 7 1' spacing='.15 .15 .15' pos='0 0 .8' radius='.02' "
  "rgba='.8 .3 .3 1' dim='2' mass='1'/></worldbody></mujoco>";

static const char skin[] =
  "<mujoco><asset><texture name='check' type='2d' builtin='checker' rgb1='.2 .3 .4' rgb2='.7 .8 .6' "
  "width='64' "
  "height='64'/><material name='checked' texture='check' texrepeat='2 2'/></asset>"
  "<worldbody><light pos='0 -1 3' dir='0 .3 -1'/>"
  "<body name='a' pos='-.3 0 .5'><geom size='.05'/></body><body name='b' pos='.3 0 .8'><geom "
  "size='.05'/></body>"
  "</worldbody><deformable><skin rgba='.4 .6 .9 1' vertex='-.4 0 0 .4 0 0 .4 0 .8 -.4 .2 .8 0 -.3 .4' "
  "face='0 1 4 1 2 4 2 3 4 3 0 4'>"
  "<bone body='a' bindpos='-.3 0 .2' bindquat='1 0 0 0' vertid='0 3 4' vertweight='1 1 .5'/>"
  "<bone body='b' bindpos='.3 0 .5' bindquat='1 0 0 0' vertid='1 2 4' vertweight='1 1 "
  ".5'/></skin></deformable></mujoco>";

static const char hfield[] =
  "<mujoco><asset><hfield name='h' nrow='12' ncol='12' size='1 1 .4 .1' elevation='"
  "0 0 0 0 0 0 0 0 0 0 0 0  0 .1 .2 .3 .3 .2 .1 0 0 0 0 0  0 .2 .5 .7 .6 .3 .1 0 0 .1 .1 0  "
  "0 .2 .6 1 .8 .4 .1 0 .1 .2 .1 0  0 .1 .4 .7 .6 .3 .1 .1 .2 .3 .2 0  0 0 .2 .3 .3 .2 .1 .2 .4 .5 .3 0  "
  "0 0 0 .1 .1 .1 .1 .2 .5 .6 .4 0  0 0 0 0 0 0 .1 .2 .4 .5 .3 0  0 .1 .1 0 0 0 0 .1 .2 .3 .2 0  "
  "0 .2 .3 .2 .1 0 0 0 .1 .1 .1 0  0 .1 .2 .1 0 0 0 0 0 0 0 0  0 0 0 0 0 0 0 0 0 0 0 0'/></asset>"
  "<worldbody><light pos='0 -2 3' dir='0 .6 -1'/><geom type='hfield' hfield='h' rgba='.5 .6 .4 "
  "1'/></worldbody>"
  "</mujoco>";

static const char lights[] =
  "<mujoco><visual><headlight active='0'/></visual><worldbody>"
  "<light pos='-1 -1 2' dir='.4 .4 -1' diffuse='.8 .2 .2' cutoff='30' exponent='4' castshadow='false'/>"
  "<light pos='1 -1 2' dir='-.4 .4 -1' diffuse='.2 .2 .8' castshadow='false' attenuation='1 .1 .05'/>"
  "<light type='directional' dir='0 1 -1' diffuse='.2 .4 .2' castshadow='false'/>"
  "<geom type='plane' size='2 2 .1' rgba='.7 .7 .7 1'/><geom size='.3' pos='0 0 .3' rgba='.8 .8 .8 1'/>"
  "<geom type='box' size='.2 .2 .2' pos='.7 0 .2' euler='0 0 30' rgba='.8 .8 .8 1'/></worldbody></mujoco>";

static const char fog[] =
  "<mujoco><visual><map fogstart='1' fogend='3'/><rgba fog='.8 .85 .9 1'/></visual>"
  "<worldbody><light pos='0 -1 3' dir='0 .3 -1'/><geom type='plane' size='8 8 .1' rgba='.5 .6 .5 1'/>"
  "<geom size='.4' pos='0 0 .4' rgba='.8 .3 .3 1'/><geom size='.4' pos='.5 3 .4' rgba='.3 .3 .8 1'/>"
  "<geom size='.4' pos='-1 5 .4' rgba='.3 .8 .3 1'/></worldbody></mujoco>";

static const char mirror[] =
  "<mujoco><asset><material name='floor' rgba='.4 .5 .6 1' reflectance='.4'/></asset>"
  "<worldbody><light pos='0 -1 3' dir='0 .3 -1'/><geom type='plane' size='3 3 .1' material='floor'/>"
  "<geom size='.3' pos='-.5 0 .5' rgba='.8 .3 .3 1'/><geom type='box' size='.2 .2 .4' pos='.5 .3 .6' "
  "euler='0 0 30' rgba='.3 .7 .4 1'/></worldbody></mujoco>";

static char *
make_pile (void)
{
  GString *text =
    g_string_new ("<mujoco><worldbody><light pos='0 0 5' dir='0 0 -1'/><geom type='plane' size='5 5 .5' "
                  "rgba='.5 .55 .6 1'/>");
  const char *const shapes[] = { "sphere' size='.12", "box' size='.12 .1 .08", "capsule' size='.06 .1" };

  for (int i = 0; i < 21; i++)
    g_string_append_printf (
      text, "<body pos='%.2f %.2f %.2f'><freejoint/><geom type='%s' rgba='%.1f %.1f %.1f 1'/></body>",
      0.05 * (i % 5) - 0.1, 0.07 * (i % 3) - 0.07, 0.2 + 0.2 * i, shapes[i % 3], 0.2 + 0.1 * (i % 7),
      0.9 - 0.1 * (i % 6), 0.3 + 0.1 * (i % 5));
  g_string_append (text, "</worldbody></mujoco>");
  return g_string_free (text, FALSE);
}

static char *
make_figure (void)
{
  static const struct
  {
    const char *shape;
    double at[6];
  } parts[] = {
    { "capsule", { 0, -.07, 1.28, 0, .07, 1.28 } },
    { "capsule", { 0, -.06, 1.1, 0, .06, 1.1 } },
    { "capsule", { 0, .1, .95, .1, .12, .55 } },
    { "capsule", { 0, -.1, .95, -.1, -.12, .55 } },
    { "capsule", { .1, .12, .55, 0, .12, .15 } },
    { "capsule", { -.1, -.12, .55, -.25, -.12, .2 } },
    { "capsule", { 0, .17, 1.3, .1, .3, 1.05 } },
    { "capsule", { 0, -.17, 1.3, -.1, -.3, 1.05 } },
    { "capsule", { .1, .3, 1.05, .3, .25, 1.2 } },
    { "capsule", { -.1, -.3, 1.05, .1, -.32, .9 } },
    { "capsule", { -.02, .12, .08, .12, .12, .06 } },
    { "capsule", { -.27, -.12, .14, -.14, -.12, .1 } },
  };
  GString *text = g_string_new ("<mujoco><worldbody><light pos='0 0 3.5' dir='0 0 -1' castshadow='false'/>"
                                "<geom type='plane' size='3 3 .5' rgba='.3 .4 .5 1'/>"
                                "<geom size='.1' pos='0 0 1.5' rgba='.8 .6 .4 1'/>");

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const double *p = parts[i].at;

      g_string_append_printf (text,
                              "<geom type='%s' size='%g' rgba='.8 .6 .4 1' fromto='%g %g %g %g %g %g'/>",
                              parts[i].shape,
                              i < 2 ? .1 : .055,
                              p[0],
                              p[1],
                              p[2],
                              p[3],
                              p[4],
                              p[5]);
    }
  g_string_append (text, "</worldbody></mujoco>");
  return g_string_free (text, FALSE);
}

static double
luminance (GdkPixbuf *picture, int x, int y)
{
  const guchar *p = test_pixel (picture, x, y);

  return 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2];
}

static double
window_similarity (GdkPixbuf *a, GdkPixbuf *b, int left, int top)
{
  const double c1 = 0.01 * 255 * 0.01 * 255, c2 = 0.03 * 255 * 0.03 * 255, n = WINDOW * WINDOW;
  double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
  double mean_a, mean_b, var_a, var_b, cov;

  for (int y = top; y < top + WINDOW; y++)
    for (int x = left; x < left + WINDOW; x++)
      {
        double pa = luminance (a, x, y), pb = luminance (b, x, y);

        sa += pa;
        sb += pb;
        saa += pa * pa;
        sbb += pb * pb;
        sab += pa * pb;
      }
  mean_a = sa / n;
  mean_b = sb / n;
  var_a = saa / n - mean_a * mean_a;
  var_b = sbb / n - mean_b * mean_b;
  cov = sab / n - mean_a * mean_b;
  return (2 * mean_a * mean_b + c1) * (2 * cov + c2) /
         ((mean_a * mean_a + mean_b * mean_b + c1) * (var_a + var_b + c2));
}

static double
similarity (GdkPixbuf *a, GdkPixbuf *b)
{
  double sum = 0;
  int n = 0;

  for (int y = 0; y + WINDOW <= HEIGHT; y += STEP)
    for (int x = 0; x + WINDOW <= WIDTH; x += STEP, n++)
      sum += window_similarity (a, b, x, y);
  return sum / n;
}

static GdkPixbuf *
draw_reference (const mjModel *model, mjvScene *scene)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgReference) reference = sg_reference_new (model, WIDTH, HEIGHT, 4, 1024, &error);

  g_assert_no_error (error);
  g_assert_true (sg_reference_render (reference, scene, &error));
  return sg_reference_read (reference);
}

static GdkPixbuf *
draw_ours (SgOffscreen *offscreen, const mjModel *model, mjvScene *scene, SgQuality quality)
{
  g_autoptr (GError) error = NULL;
  SgRenderOptions options = sg_render_options_default ();

  options.quality = quality;
  options.still = TRUE;
  g_assert_true (sg_offscreen_make_current (offscreen, &error));
  sg_renderer_draw_scene (sg_offscreen_get_renderer (offscreen), model, scene, &options, WIDTH, HEIGHT,
                          &error);
  g_assert_no_error (error);
  return sg_offscreen_read (offscreen);
}

static void
make_scene (mjModel *model, double seconds, int effect, mjvScene *scene)
{
  mjData *data = mj_makeData (model);
  mjvOption option;
  mjvCamera camera;

  while (data->time < seconds)
    mj_step (model, data);
  mj_forward (model, data);
  mjv_defaultOption (&option);
  mjv_defaultFreeCamera (model, &camera);
  camera.elevation = -15;
  mjv_defaultScene (scene);
  mjv_makeScene (model, scene, 1000);
  mjv_updateScene (model, data, &option, NULL, &camera, mjCAT_ALL, scene);
  scene->flags[mjRND_SHADOW] = 0;
  scene->flags[mjRND_HAZE] = 0;
  scene->flags[mjRND_REFLECTION] = 0;
  if (effect >= 0)
    scene->flags[effect] = 1;
  mj_deleteData (data);
}

static void
compare_with (const char *name, const char *mjcf, double seconds, int effect, double least)
{
  static const char *const tiers[] = { [SG_QUALITY_SOFTWARE] = "software", [SG_QUALITY_HIGH] = "high" };
  g_autoptr (GError) error = NULL;
  g_autoptr (SgOffscreen) offscreen = test_offscreen (WIDTH, HEIGHT);
  g_autoptr (SgModel) compiled = NULL;
  g_autoptr (GdkPixbuf) theirs = NULL;
  mjModel *model;
  mjvScene scene;

  if (!offscreen)
    return;
  compiled = sg_model_compile (mjcf, &error);
  g_assert_no_error (error);
  model = mj_copyModel (NULL, sg_model_get (compiled));
  make_scene (model, seconds, effect, &scene);
  theirs = draw_reference (model, &scene);
  test_keep_picture (theirs, name, "mujoco");
  for (int quality = SG_QUALITY_SOFTWARE; quality <= SG_QUALITY_HIGH; quality++)
    {
      g_autoptr (GdkPixbuf) ours = draw_ours (offscreen, model, &scene, quality);
      double alike = similarity (ours, theirs);

      g_test_message ("%s, %s: SSIM %.4f", name, tiers[quality], alike);
      test_keep_picture (ours, name, tiers[quality]);
      g_assert_cmpfloat (alike, >=, least);
    }
  mjv_freeScene (&scene);
  mj_deleteModel (model);
}

static void
compare (const char *name, const char *mjcf, double seconds)
{
  compare_with (name, mjcf, seconds, -1, LEAST);
}

static void
test_flex (void)
{
  compare ("flex", flex, 0.1);
}

static void
test_skin (void)
{
  compare ("skin", skin, 0);
}

static void
test_hfield (void)
{
  compare ("hfield", hfield, 0);
}

static void
test_lights (void)
{
  compare ("lights", lights, 0);
}

static void
test_fog (void)
{
  compare_with ("fog", fog, 0, mjRND_FOG, 0.98);
}

static void
test_haze (void)
{
  compare_with ("haze", primitives, 0, mjRND_HAZE, 0.96);
}

static void
test_mirror (void)
{
  compare_with ("mirror", mirror, 0, mjRND_REFLECTION, 0.99);
}

static void
test_pendulum (void)
{
  compare ("pendulum", pendulum, 0.2);
}

static void
test_primitives (void)
{
  compare ("primitives", primitives, 0);
}

static void
test_mesh (void)
{
  compare ("mesh", mesh, 0);
}

static void
test_pile (void)
{
  g_autofree char *mjcf = make_pile ();

  compare ("pile", mjcf, 1.5);
}

static void
test_figure (void)
{
  g_autofree char *mjcf = make_figure ();

  compare ("figure", mjcf, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/render/ssim/pendulum", test_pendulum);
  g_test_add_func ("/render/ssim/primitives", test_primitives);
  g_test_add_func ("/render/ssim/mesh", test_mesh);
  g_test_add_func ("/render/ssim/pile", test_pile);
  g_test_add_func ("/render/ssim/figure", test_figure);
  g_test_add_func ("/render/ssim/flex", test_flex);
  g_test_add_func ("/render/ssim/skin", test_skin);
  g_test_add_func ("/render/ssim/hfield", test_hfield);
  g_test_add_func ("/render/ssim/lights", test_lights);
  g_test_add_func ("/render/ssim/fog", test_fog);
  g_test_add_func ("/render/ssim/haze", test_haze);
  g_test_add_func ("/render/ssim/mirror", test_mirror);
  return g_test_run ();
}
