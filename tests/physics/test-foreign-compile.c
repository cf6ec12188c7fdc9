/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Models made ready by the helper: what works, and that whatever a model does, it is an error with a place.
 */
#include "physics/foreign-compile.h"

#include <string.h>

#include <glib/gstdio.h>

#include "physics/error.h"

static SgModel *
make (const char *text, char **mjcf, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("simgen-compile-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "model.xml", NULL);
  g_autofree char *mesh = g_build_filename (folder, "rock.obj", NULL);

  g_assert_true (g_file_set_contents (
    mesh, "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n", -1, NULL));
  g_autoptr (SgForeign) foreign = sg_foreign_new (path, text, strlen (text), error);
  g_assert_no_error (*error);
  g_remove (mesh); /* it is in memory by now */
  g_rmdir (folder);
  return sg_foreign_compile (foreign, mjcf, cancellable, error);
}

#define ROCK                                                                                         \
  "<mujoco><asset><mesh file=\"rock.obj\"/></asset><worldbody><geom type=\"plane\" size=\"1 1 1\"/>" \
  "<body name=\"rock\"><freejoint/><geom type=\"mesh\" mesh=\"rock\"/></body></worldbody></mujoco>"

static void
test_same_as_in_this_process (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *mjcf = NULL;
  const char *ball =
    "<mujoco><worldbody><body name=\"ball\" pos=\"0 0 1\"><freejoint/><geom size=\".1\"/></body>"
    "</worldbody></mujoco>";
  g_autoptr (SgModel) far = make (ball, &mjcf, NULL, &error);

  g_assert_no_error (error);
  g_autoptr (SgModel) near = sg_model_compile (mjcf, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (sg_model_get (near)->body_mass, 2 * sizeof (double), sg_model_get (far)->body_mass,
                   2 * sizeof (double));
  g_assert_cmpint (mj_name2id (sg_model_get (far), mjOBJ_BODY, "ball"), ==, 1);
}

static void
test_meshes_by_memory (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) model = make (ROCK, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (sg_model_get (model)->nmesh, ==, 1);
}

static void
test_robot (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *mjcf = NULL;
  g_autoptr (SgModel) model = make (
    "<robot name=\"r\"><link name=\"base\"/><link name=\"arm\"><inertial><mass value=\"1\"/>"
    "<inertia ixx=\"1\" iyy=\"1\" izz=\"1\" ixy=\"0\" ixz=\"0\" iyz=\"0\"/></inertial><collision><geometry>"
    "<mesh filename=\"package://r/rock.obj\"/></geometry></collision></link><joint name=\"j\" "
    "type=\"continuous\"><parent link=\"base\"/><child link=\"arm\"/></joint></robot>",
    &mjcf, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (sg_model_get (model)->njnt, ==, 1);
  g_assert_nonnull (strstr (mjcf, "<mujoco model=\"r\">"));
  g_assert_nonnull (strstr (mjcf, "file=\"rock.obj\""));
}

/* MuJoCo's own errors are told at the line of the file. */
static void
test_errors_at_their_line (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (make ("<mujoco>\n<worldbody>\n\n<body name=\"a\"><joint/>\n<geom/>"
                       "</body></worldbody></mujoco>",
                       NULL, NULL, &error));
  g_assert_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_MJCF);
  g_assert_true (g_str_has_prefix (error->message, "model.xml:5: MuJoCo: "));
  g_assert_cmpfloat (sg_error_get_number (error, SG_DETAIL_LINE), ==, 5);
  g_clear_error (&error);
  g_assert_null (make ("<mujoco><worldbody><body name=\"a\"/>\n<body name=\"a\"/></worldbody></mujoco>",
                       NULL, NULL, &error));
  g_assert_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_MJCF);
  g_assert_nonnull (strstr (error->message, "repeated name 'a'"));
}

/* A model that the rules let pass and whose steps take for ever is refused by the trial. */
static void
test_steps_that_take_too_long (void)
{
  g_autoptr (GString) text =
    g_string_new ("<mujoco><option cone=\"elliptic\" iterations=\"10000\" tolerance=\"0\"/>"
                  "<worldbody>");
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 600; i++)
    g_string_append_printf (text, "<body pos=\"%g 0 0\"><freejoint/><geom size=\"1\" condim=\"6\"/></body>",
                            i * 1e-3);
  g_string_append (text, "</worldbody></mujoco>");
  g_assert_null (make (text->str, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_assert_true (g_error_matches (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_COMPILE_TIME) ||
                 g_error_matches (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_MJCF) ||
                 g_error_matches (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_COMPILE_CRASH));
  g_test_message ("%s", error->message);
}

static void
test_cancelled (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_null (make (ROCK, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/physics/foreign-compile/same", test_same_as_in_this_process);
  g_test_add_func ("/physics/foreign-compile/meshes", test_meshes_by_memory);
  g_test_add_func ("/physics/foreign-compile/robot", test_robot);
  g_test_add_func ("/physics/foreign-compile/lines", test_errors_at_their_line);
  g_test_add_func ("/physics/foreign-compile/slow", test_steps_that_take_too_long);
  g_test_add_func ("/physics/foreign-compile/cancelled", test_cancelled);
  return g_test_run ();
}
