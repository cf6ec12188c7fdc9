/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The whole path on pages and files, and its asynchronous form. */
#include <glib/gstdio.h>

#include "physics/error.h"
#include "pipeline/error.h"
#include "pipeline/input.h"
#include "pipeline/pipeline.h"
#include "vision/analyze.h"

static char *
example (const char *name)
{
  return g_build_filename (g_getenv ("SG_SOURCE_ROOT"), "data", "examples", name, NULL);
}

static SgPage *
load_example (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = example (name);
  SgPage *page = sg_input_file_load_page (path, 1, &error);

  g_assert_no_error (error);
  return page;
}

static void
test_run (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = load_example ("pendulum.simgen");
  g_autoptr (SgScene) scene = sg_pipeline_run (page, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (scene->page == page);
  g_assert_true (scene->moves);
  g_assert_cmpuint (scene->statements->len, ==, 0);
  g_assert_cmpint (sg_model_get (scene->model)->nq, >, 0);
  g_assert_true (g_str_has_prefix (scene->mjcf, "<mujoco"));
}

/* A reading that is there already gives the same scene. */
static void
test_from_reading (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = load_example ("car.simgen");
  g_autoptr (SgReading) reading = sg_analyze (page, NULL, NULL);
  g_autoptr (SgScene) compiled = sg_pipeline_compile (page, reading, NULL, NULL, &error);
  g_autoptr (SgScene) run = sg_pipeline_run (page, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (compiled->mjcf, ==, run->mjcf);
}

static void
test_words (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = load_example ("pendulum.simgen");
  g_autoptr (SgScene) moon = sg_pipeline_run (page, "moon gravity", NULL, NULL, &error);
  g_autoptr (SgScene) odd = sg_pipeline_run (page, "xyz123 !@#$%", NULL, NULL, &error);
  g_autoptr (SgScene) none = sg_pipeline_run (page, "", NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (moon->spec->gravity[2], -1.62, 0.02);
  g_assert_cmpuint (odd->statements->len, >, 0);
  g_assert_cmpint (g_array_index (odd->statements, SgStatement, 0).reason, ==, SG_WORDS_UNKNOWN);
  g_assert_cmpstr (odd->mjcf, ==, none->mjcf);
}

/* Words alone make a mechanism; what is out of scope makes none, and nothing is lost. */
static void
test_words_alone (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = sg_page_builder_end (sg_page_builder_new (NULL));
  g_autoptr (SgScene) made = sg_pipeline_run (page, "A double pendulum", NULL, NULL, &error);
  g_autoptr (SgScene) none = sg_pipeline_run (page, "a humanoid walking", NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (made->moves);
  g_assert_cmpint (sg_model_get (made->model)->njnt, ==, 2);
  g_assert_false (none->moves);
  g_assert_cmpint (sg_model_get (none->model)->nbody, ==, 1);
  g_assert_cmpint (g_array_index (none->statements, SgStatement, 0).reason, ==, SG_WORDS_BEYOND_US);
}

/* A spec takes words as a sketch does. */
static void
test_words_with_spec (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "spec", "pendulum.json", NULL);
  g_autoptr (SgScene) scene = sg_pipeline_load (path, 1, "moon gravity, sing a song", NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (sg_model_get (scene->model)->opt.gravity[2], ==, -1.62);
  g_assert_cmpuint (scene->statements->len, ==, 2);
  const SgStatement *odd = &g_array_index (scene->statements, SgStatement, 1);
  g_assert_cmpint (odd->reason, ==, SG_WORDS_UNKNOWN);
  g_assert_cmpstr (scene->words + odd->begin, ==, "sing a song");
}

static void
test_words_that_are_no_text (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = load_example ("pendulum.simgen");

  g_assert_null (sg_pipeline_run (page, "\xff", NULL, NULL, &error));
  g_assert_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_WORDS);
}

static void
test_empty_page (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = sg_page_new ();
  g_autoptr (SgScene) scene = sg_pipeline_run (page, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (scene->moves);
  g_assert_cmpuint (scene->spec->notes->len, >, 0);
}

static void
test_load (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sketch = example ("pendulum.simgen"), *photo = example ("pendulum-photo.jpg");
  g_autofree char *spec =
    g_build_filename (g_getenv ("SG_SOURCE_ROOT"), "tests", "fixtures", "spec", "pulley.json", NULL);
  g_autoptr (SgScene) from_sketch = sg_pipeline_load (sketch, 1, NULL, NULL, NULL, &error);
  g_autoptr (SgScene) from_photo = sg_pipeline_load (photo, 1, NULL, NULL, NULL, &error);
  g_autoptr (SgScene) from_spec = sg_pipeline_load (spec, 1, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (from_sketch->reading);
  g_assert_cmpuint (sg_reading_n_elements (from_photo->reading), >, 0);
  g_assert_null (from_spec->page);
  g_assert_null (from_spec->reading);
  g_assert_true (from_spec->moves);
}

static char *
write_file (const char *folder, const char *name, const char *text)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

/* The format's name in the words of a sketch does not make it a spec. */
static void
test_kinds (void)
{
  static const struct
  {
    const char *name, *text;
    SgInputFileKind kind;
  } cases[] = {
    { "spec.simgen", "{\"format\": \"simgen-spec\"}", SG_INPUT_FILE_SPEC },
    { "sketch.json", "{\"format\": \"simgen-sketch\", \"words\": \"simgen-spec\"}", SG_INPUT_FILE_SKETCH },
    { "model.simgen", " \n<mujoco/>", SG_INPUT_FILE_MODEL },
    { "model.mjb", "anything", SG_INPUT_FILE_BINARY },
    { "model.bin", "\x31\xd4\0\0", SG_INPUT_FILE_SKETCH }, /* cut off at the NUL: too short to be one */
    { "text.png", "hello", SG_INPUT_FILE_PICTURE },
    { "jpeg.simgen", "\xff\xd8\xff\xe0", SG_INPUT_FILE_PICTURE },
    { "empty.simgen", "", SG_INPUT_FILE_SKETCH },
  };
  g_autofree char *folder = g_dir_make_tmp ("simgen-XXXXXX", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = write_file (folder, cases[i].name, cases[i].text);
      g_auto (SgInputFile) input = { 0 };

      g_assert_true (sg_input_file_read (path, 1, &input, NULL));
      g_assert_cmpint (input.kind, ==, cases[i].kind);
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* A model of another program is a scene without a drawing; its words are nobody's to understand. */
static void
test_models_of_other_programs (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("simgen-XXXXXX", NULL);
  g_autofree char *path =
    write_file (folder, "model.xml",
                "<mujoco><worldbody><body><freejoint/><geom size=\"1\"/></body></worldbody></mujoco>");
  g_autofree char *binary = write_file (folder, "model.mjb", "MJB");
  g_autoptr (SgScene) scene = sg_pipeline_load (path, 1, "moon gravity", NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_null (scene->page);
  g_assert_nonnull (scene->spec);
  g_assert_cmpstr (scene->files[0], ==, "model.xml");
  g_assert_true (scene->moves);
  g_assert_cmpuint (scene->statements->len, ==, 1);
  g_assert_cmpint (g_array_index (scene->statements, SgStatement, 0).reason, ==, SG_WORDS_BEYOND_US);
  g_assert_null (sg_pipeline_load (binary, 1, NULL, NULL, NULL, &error));
  g_assert_error (error, SG_PIPELINE_ERROR, SG_PIPELINE_ERROR_UNSUPPORTED);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_unlink (binary), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static GAsyncResult *
compile_async (SgPage *page, GCancellable *cancellable)
{
  GAsyncResult *result = NULL;
  g_autoptr (SgReading) reading = sg_analyze (page, NULL, NULL);

  sg_pipeline_compile_async (page, reading, SG_USUAL_GRAVITY, NULL, cancellable, finished_cb, &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  return result;
}

static void
test_async (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = load_example ("pendulum.simgen");
  g_autoptr (GAsyncResult) result = compile_async (page, NULL);
  g_autoptr (SgScene) scene = sg_pipeline_compile_finish (result, &error);

  g_assert_no_error (error);
  g_assert_true (scene->moves);
}

static void
test_cancelled (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = load_example ("pendulum.simgen");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_autoptr (GAsyncResult) result = compile_async (page, cancellable);
  g_assert_null (sg_pipeline_compile_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pipeline/pipeline/run", test_run);
  g_test_add_func ("/pipeline/pipeline/from-reading", test_from_reading);
  g_test_add_func ("/pipeline/pipeline/words", test_words);
  g_test_add_func ("/pipeline/pipeline/words/alone", test_words_alone);
  g_test_add_func ("/pipeline/pipeline/words/with-spec", test_words_with_spec);
  g_test_add_func ("/pipeline/pipeline/words/not-text", test_words_that_are_no_text);
  g_test_add_func ("/pipeline/pipeline/empty-page", test_empty_page);
  g_test_add_func ("/pipeline/pipeline/load", test_load);
  g_test_add_func ("/pipeline/pipeline/kinds", test_kinds);
  g_test_add_func ("/pipeline/pipeline/models-of-other-programs", test_models_of_other_programs);
  g_test_add_func ("/pipeline/pipeline/async", test_async);
  g_test_add_func ("/pipeline/pipeline/cancelled", test_cancelled);
  return g_test_run ();
}
