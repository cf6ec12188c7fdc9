/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can be shown of a model beside its bodies: each switch changes the picture, and off again it is as
 * before. */
#include "picture.h"

#define WIDTH 240
#define HEIGHT 180

static const char scene[] =
  "<mujoco><visual><map force='2'/></visual><asset>"
  "<texture name='check' type='2d' builtin='checker' rgb1='.2 .3 .4' rgb2='.6 .7 .8' width='64' "
  "height='64'/>"
  "<material name='checked' texture='check' texrepeat='4 4'/>"
  "<mesh name='m' vertex='-.2 -.2 0 .2 -.2 0 0 .2 0 0 0 .3 0 0 .1'/></asset>"
  "<worldbody><light name='lamp' pos='-.9 0 1.9' dir='.3 .3 -1'/><camera name='eye' pos='.8 -.5 1.5'/>"
  "<geom name='floor' type='box' size='2 2 .1' pos='0 0 -.1' group='1' material='checked'/>"
  "<body name='ball' pos='.6 0 .2'><freejoint/><geom size='.2' mass='2'/></body>"
  "<body name='rod' pos='-.3 0 1.4'><joint name='pin' axis='0 1 0'/>"
  "<geom type='capsule' fromto='0 0 0 .4 0 -.4' size='.05'/><site name='tip' pos='.4 0 -.4' "
  "group='0'/></body>"
  "<body name='rock' pos='-.7 0 .1'><joint type='slide' axis='0 0 1'/><geom type='mesh' mesh='m' rgba='.8 "
  ".5 .3 1'/>"
  "</body><site name='peg' size='.06' pos='.5 0 1.7'/></worldbody>"
  "<tendon><spatial name='rope' width='.02'><site site='peg'/><site site='tip'/></spatial></tendon>"
  "<actuator><motor joint='pin' ctrlrange='-1 1'/></actuator></mujoco>";

/* The ball lies on the floor with its weight, seen from aside. */
static gboolean
setup (Fixture *f)
{
  if (!test_set_up (f, scene, WIDTH, HEIGHT))
    return FALSE;
  while (f->data->time < 0.05)
    mj_step (sg_model_get (f->model), f->data);
  mj_forward (sg_model_get (f->model), f->data);
  f->camera.mode = SG_CAMERA_PERSPECTIVE;
  return TRUE;
}

static GdkPixbuf *
render (Fixture *f, const SgShown *shown)
{
  f->options.shown = shown;
  return test_render (f);
}

/* How many pixels differ clearly. */
static guint
differing (GdkPixbuf *a, GdkPixbuf *b)
{
  const guchar *pa = gdk_pixbuf_read_pixels (a), *pb = gdk_pixbuf_read_pixels (b);
  guint n = 0;

  for (gsize i = 0; i < WIDTH * HEIGHT; i++)
    n += ABS (pa[4 * i] - pb[4 * i]) + ABS (pa[4 * i + 1] - pb[4 * i + 1]) +
           ABS (pa[4 * i + 2] - pb[4 * i + 2]) >
         24;
  return n;
}

static void
check_switches (Fixture *f, const SgShown *from, const char *const *names)
{
  g_autoptr (GdkPixbuf) plain = render (f, from);

  for (guint i = 0; names[i] != NULL; i++)
    {
      SgShown shown = *from;
      g_autoptr (GdkPixbuf) changed = NULL;
      g_autoptr (GdkPixbuf) again = NULL;

      g_assert_true (sg_shown_set (&shown, names[i], !sg_shown_get (&shown, names[i])));
      changed = render (f, &shown);
      test_keep_picture (changed, "mark", names[i]);
      again = render (f, from);
      g_test_message ("%s: %u pixels", names[i], differing (plain, changed));
      g_assert_cmpuint (differing (plain, changed), >, 5);
      g_assert_cmpuint (differing (plain, again), ==, 0);
    }
}

static void
test_marks (void)
{
  const char *const names[] = { "joint", "camera", "light", "actuator", "inertia",
                                "transparent", "contact-force", "static", "tendon",
                                "geom-group-1", "site-group-0", "shadow", "tendon-group-0", "wireframe",
                                "segment", NULL };
  SgShown shown = sg_shown_default ();
  Fixture f;

  if (!setup (&f))
    return;
  check_switches (&f, &shown, names);
  test_tear_down (&f);
}

/* What is within bodies is seen where these are transparent. */
static void
test_within (void)
{
  const char *const names[] = { "centre-of-mass", "additive", "contact-point", NULL };
  SgShown shown = sg_shown_default ();
  Fixture f;

  if (!setup (&f))
    return;
  sg_shown_set (&shown, "transparent", TRUE);
  check_switches (&f, &shown, names);
  test_tear_down (&f);
}

/* In the front view marks are seen though they are within bodies. */
static void
test_front (void)
{
  const char *const names[] = { "joint", "inertia", "contact-force", "centre-of-mass", NULL };
  SgShown shown = sg_shown_default ();
  Fixture f;

  if (!setup (&f))
    return;
  f.camera.mode = SG_CAMERA_FRONT;
  check_switches (&f, &shown, names);
  test_tear_down (&f);
}

static void
test_own_look (void)
{
  const char *const names[] = { "texture", "shadow", "own-look", NULL };
  SgShown shown = sg_shown_default ();
  Fixture f;

  if (!setup (&f))
    return;
  sg_shown_set (&shown, "own-look", TRUE);
  check_switches (&f, &shown, names);
  test_tear_down (&f);
}

static void
test_frames (void)
{
  Fixture f;

  if (!setup (&f))
    return;
  SgShown shown = sg_shown_default ();
  sg_shown_set (&shown, "transparent", TRUE); /* axes are within bodies */
  sg_shown_set (&shown, "contact-point", TRUE);
  sg_shown_set (&shown, "camera", TRUE);
  sg_shown_set (&shown, "light", TRUE);
  g_autoptr (GdkPixbuf) plain = render (&f, &shown);
  for (guint i = mjFRAME_NONE + 1; i < mjNFRAME; i++)
    {
      if (i == mjFRAME_SITE) /* of sites that are shown: none */
        continue;

      g_autoptr (GdkPixbuf) changed = NULL;

      shown.option.frame = (int)i;
      changed = render (&f, &shown);
      test_keep_picture (changed, "mark", sg_shown_frame_name (i));
      g_test_message ("%s: %u pixels", sg_shown_frame_name (i), differing (plain, changed));
      g_assert_cmpuint (differing (plain, changed), >, 5);
    }
  test_tear_down (&f);
}

/* Names are on the picture, also where what they name is not shown by itself, and forces have their
 * numbers. */
static void
test_labels (void)
{
  const int labels[] = { mjLABEL_BODY, mjLABEL_JOINT, mjLABEL_GEOM, mjLABEL_CAMERA,
                         mjLABEL_LIGHT, mjLABEL_TENDON, mjLABEL_ACTUATOR, mjLABEL_CONTACTPOINT,
                         mjLABEL_CONTACTFORCE };
  SgShown shown = sg_shown_default ();
  Fixture f;

  if (!setup (&f))
    return;
  g_autoptr (GdkPixbuf) plain = render (&f, &shown);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_autoptr (GdkPixbuf) changed = NULL;
      g_autofree char *name = g_strconcat ("label-", sg_shown_label_name (labels[i]), NULL);

      shown.option.label = labels[i];
      changed = render (&f, &shown);
      test_keep_picture (changed, "mark", name);
      g_test_message ("%s: %u pixels", name, differing (plain, changed));
      g_assert_cmpuint (differing (plain, changed), >, 25);
    }
  test_tear_down (&f);
}

static const char *
say_name (const char *name, gpointer user_data)
{
  guint *n_asked = user_data;

  (*n_asked)++;
  return g_str_equal (name, "world") ? NULL : "Ball 2";
}

/* Whoever shows the picture has other names for things than the model. */
static void
test_said_labels (void)
{
  SgShown shown = sg_shown_default ();
  guint n_asked = 0;
  Fixture f;

  if (!setup (&f))
    return;
  shown.option.label = mjLABEL_BODY;
  g_autoptr (GdkPixbuf) plain = render (&f, &shown);
  f.options.say_name = say_name;
  f.options.user_data = &n_asked;
  g_autoptr (GdkPixbuf) said = render (&f, &shown);
  test_keep_picture (said, "mark", "label-said");
  g_assert_cmpuint (n_asked, >, 0);
  g_assert_cmpuint (differing (plain, said), >, 25);
  test_tear_down (&f);
}

/* What moves leaves a line where it was; from the start again there is none. */
static void
test_traces (void)
{
  SgShown shown = sg_shown_default ();
  Fixture f;

  if (!setup (&f))
    return;
  f.camera.mode = SG_CAMERA_FRONT;
  shown.traces = TRUE;
  for (int step = 0; step < 40; step++)
    {
      g_autoptr (GdkPixbuf) picture = NULL;

      while (f.data->time < 0.05 + 0.04 * step)
        mj_step (sg_model_get (f.model), f.data);
      mj_forward (sg_model_get (f.model), f.data);
      picture = render (&f, &shown);
    }
  g_autoptr (GdkPixbuf) traced = render (&f, &shown);
  shown.traces = FALSE;
  g_autoptr (GdkPixbuf) plain = render (&f, &shown);
  test_keep_picture (traced, "mark", "traces");
  g_assert_cmpuint (differing (traced, plain), >, 20);
  sg_model_reset_data (f.model, f.data);
  g_autoptr (GdkPixbuf) start = render (&f, &shown);
  shown.traces = TRUE;
  g_autoptr (GdkPixbuf) again = render (&f, &shown);
  g_assert_cmpuint (differing (start, again), ==, 0);
  test_tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/render/marks/switches", test_marks);
  g_test_add_func ("/render/marks/within", test_within);
  g_test_add_func ("/render/marks/front", test_front);
  g_test_add_func ("/render/marks/own-look", test_own_look);
  g_test_add_func ("/render/marks/labels", test_labels);
  g_test_add_func ("/render/marks/said-labels", test_said_labels);
  g_test_add_func ("/render/marks/traces", test_traces);
  g_test_add_func ("/render/marks/frames", test_frames);
  return g_test_run ();
}
