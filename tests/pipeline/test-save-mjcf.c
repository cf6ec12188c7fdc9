/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A model of another program with its mesh and its texture, exported: the copy loads from where it is, and
 * nothing that was there before is touched. */
#include "pipeline/save-mjcf.h"

#include <string.h>

#include <glib/gstdio.h>

#include "base/error.h"
#include "physics/error.h"

#define ROCK "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n"
#define MODEL                                                                                      \
  "<mujoco model=\"quarry\"><compiler meshdir=\"parts/mesh es\"/><asset><mesh name=\"rock\" "      \
  "file=\"rock.obj\"/>"                                                                            \
  "<mesh name=\"a&amp;b\" file=\"a&amp;b.obj\"/></asset><worldbody><include file=\"ground.xml\"/>" \
  "<body name=\"rock\"><freejoint/><geom type=\"mesh\" mesh=\"rock\"/><geom type=\"mesh\" "        \
  "mesh=\"a&amp;b\"/>"                                                                             \
  "</body></worldbody></mujoco>"

typedef struct
{
  char *folder, *source, *target; /* target: the folder for copies */
  SgScene *scene;
} Fixture;

static void
put (Fixture *f, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_mkdir_with_parents (parent, 0777);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  f->folder = g_dir_make_tmp ("simgen-export-XXXXXX", NULL);
  f->source = g_build_filename (f->folder, "model", "quarry.xml", NULL);
  f->target = g_build_filename (f->folder, "copies", NULL);
  g_mkdir (f->target, 0777);
  put (f, "model/quarry.xml", MODEL);
  put (f, "model/ground.xml", "<mujoco><geom type=\"plane\" size=\"5 5 1\"/></mujoco>");
  put (f, "model/parts/mesh es/rock.obj", ROCK);
  put (f, "model/parts/mesh es/a&b.obj", ROCK "# b\n");
  f->scene = sg_pipeline_load (f->source, 1, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_all (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  sg_scene_unref (f->scene);
  remove_all (f->folder);
  g_free (f->folder);
  g_free (f->source);
  g_free (f->target);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

/* What is in the folder for copies, by name. */
static char *
list_copies (Fixture *f)
{
  g_autoptr (GDir) folder = g_dir_open (f->target, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **)names->pdata);
}

static gboolean export(Fixture *f, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (f->target, name, NULL);

  return sg_save_mjcf (f->scene, f->source, path, error);
}

static void
test_loads_from_there (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (f->target, "copy.xml", NULL), *copies = NULL;

  g_assert_true (export(f, "copy.xml", &error));
  g_assert_no_error (error);
  copies = list_copies (f);
  g_assert_cmpstr (copies, ==, "copy-files copy.xml");
  g_autofree char *model = g_path_get_dirname (f->source);
  remove_all (model); /* it stands alone */
  g_autoptr (SgScene) copy = sg_pipeline_load (path, 1, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sg_model_get (copy->model)->nmesh, ==, 2);
  g_assert_cmpint (sg_model_get (copy->model)->ngeom, ==, sg_model_get (f->scene->model)->ngeom);

  /* and in MuJoCo itself */
  char reason[200] = "";
  mjModel *stock = mj_loadXML (path, NULL, reason, sizeof reason);
  g_assert_cmpstr (reason, ==, "");
  g_assert_nonnull (stock);
  mj_deleteModel (stock);
}

static void
test_again_and_beside (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *copies = NULL, *again = NULL, *mine = NULL, *text = NULL;

  g_assert_true (export(f, "copy.xml", &error));
  g_assert_true (export(f, "copy.xml", &error)); /* the same files are not copied twice */
  copies = list_copies (f);
  g_assert_cmpstr (copies, ==, "copy-files copy.xml");
  put (f, "copies/other-files/mine.txt", "dear");
  g_assert_true (export(f, "other.xml", &error)); /* a folder of somebody else is left alone */
  again = list_copies (f);
  g_assert_cmpstr (again, ==, "copy-files copy.xml other-files other-files-2 other.xml");
  mine = g_build_filename (f->target, "other-files", "mine.txt", NULL);
  g_assert_true (g_file_get_contents (mine, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "dear");
}

static void
test_leaves_nothing_behind (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL, gone = NULL;
  g_autofree char *copies = NULL, *rock = NULL, *blocked = NULL;

  blocked = g_build_filename (f->target, "blocked.xml", NULL);
  g_mkdir (blocked, 0777); /* a folder where the text should go */
  g_assert_false (export(f, "blocked.xml", &error));
  g_assert_error (error, SG_BASE_ERROR, SG_BASE_ERROR_WRITE);
  g_rmdir (blocked);
  rock = g_build_filename (f->folder, "model", "parts", "mesh es", "rock.obj", NULL);
  g_remove (rock);
  g_assert_false (export(f, "copy.xml", &gone));
  g_assert_error (gone, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_ASSET);
  copies = list_copies (f);
  g_assert_cmpstr (copies, ==, "");
}

int
main (int argc, char **argv)
{
#define ADD(name, function) \
  g_test_add ("/pipeline/save-mjcf/" name, Fixture, NULL, set_up, function, tear_down)

  g_test_init (&argc, &argv, NULL);
  ADD ("loads-from-there", test_loads_from_there);
  ADD ("again-and-beside", test_again_and_beside);
  ADD ("leaves-nothing-behind", test_leaves_nothing_behind);
  return g_test_run ();
}
