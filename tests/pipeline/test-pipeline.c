/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/pipeline.h"

#include "physics/error.h"

static char *
fixture (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "fixtures", "spec", name, NULL);
}

/* Words change the model, and what is not understood of them is told. */
static void
test_words_reach_the_model (void)
{
  g_autofree char *path = fixture ("pendulum.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (SgScene) scene = sg_pipeline_load (path, "moon gravity, sing a song", NULL, &error);

  g_assert_no_error (error);
  g_assert_true (scene->moves);
  g_assert_cmpfloat (sg_model_get (scene->model)->opt.gravity[2], ==, -1.62);
  g_assert_cmpuint (scene->not_understood->len, ==, 1);
  g_assert_cmpstr (scene->not_understood->pdata[0], ==, "sing a song");
}

static void
test_words_that_are_no_text (void)
{
  g_autofree char *path = fixture ("pendulum.json");
  g_autoptr (GError) error = NULL;

  g_assert_null (sg_pipeline_load (path, "\xff", NULL, &error));
  g_assert_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_WORDS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pipeline/pipeline/words", test_words_reach_the_model);
  g_test_add_func ("/pipeline/pipeline/words/not-text", test_words_that_are_no_text);
  return g_test_run ();
}
