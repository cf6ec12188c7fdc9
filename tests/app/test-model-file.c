/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A model's file as a window follows it: loaded, loaded again by itself, and kept where that fails. */
#include "app/model-file.h"

#include <glib/gstdio.h>

#include "physics/error.h"

typedef struct
{
  char *folder;
  GFile *file;
  SgModelFile *model;
  guint n_loaded, n_failed;
} Fixture;

static void
put (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
loaded_cb (SgModelFile *model, Fixture *fixture)
{
  fixture->n_loaded++;
}

static void
failed_cb (SgModelFile *model, const GError *error, Fixture *fixture)
{
  fixture->n_failed++;
}

#define WITH_PART "<mujoco><worldbody><include file=\"part.xml\"/></worldbody></mujoco>"
#define PART(n) "<mujoco><body name=\"" n "\"><freejoint/><geom size=\"1\"/></body></mujoco>"

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("simgen-model-file-XXXXXX", NULL);
  put (fixture, "model.xml", WITH_PART);
  put (fixture, "part.xml", PART ("ball"));
  fixture->file = g_file_new_build_filename (fixture->folder, "model.xml", NULL);
  fixture->model = sg_model_file_new (fixture->file, NULL);
  g_signal_connect (fixture->model, "loaded", G_CALLBACK (loaded_cb), fixture);
  g_signal_connect (fixture->model, "failed", G_CALLBACK (failed_cb), fixture);
  sg_model_file_load (fixture->model);
  while (fixture->n_loaded == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "model.xml", "part.xml" };

  g_object_unref (fixture->model);
  g_object_unref (fixture->file);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);
      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static gboolean
has_body (Fixture *fixture, const char *name)
{
  return mj_name2id (sg_model_get (sg_model_file_get_scene (fixture->model)->model), mjOBJ_BODY, name) > 0;
}

static void
test_follows_what_it_reads (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (sg_model_file_n_watched (fixture->model), ==, 2);
  g_assert_true (has_body (fixture, "ball"));
  put (fixture, "part.xml", PART ("stone"));
  while (fixture->n_loaded == 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (has_body (fixture, "stone"));
  g_assert_cmpuint (fixture->n_failed, ==, 0);
}

static void
test_keeps_what_was_good (Fixture *fixture, gconstpointer data)
{
  put (fixture, "model.xml", "<mujoco><worldbody>");
  while (fixture->n_failed == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (sg_model_file_get_error (fixture->model), SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_XML);
  g_assert_true (has_body (fixture, "ball"));
  put (fixture, "model.xml", WITH_PART);
  while (fixture->n_loaded == 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (sg_model_file_get_error (fixture->model));
}

/* Whoever asks again while it is under way gets one answer, of the newest text. */
static void
test_asked_twice (Fixture *fixture, gconstpointer data)
{
  sg_model_file_load (fixture->model);
  sg_model_file_load (fixture->model);
  while (fixture->n_loaded == 1)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fixture->n_loaded, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/app/model-file/follows", Fixture, NULL, set_up, test_follows_what_it_reads, tear_down);
  g_test_add ("/app/model-file/keeps", Fixture, NULL, set_up, test_keeps_what_was_good, tear_down);
  g_test_add ("/app/model-file/asked-twice", Fixture, NULL, set_up, test_asked_twice, tear_down);
  return g_test_run ();
}
