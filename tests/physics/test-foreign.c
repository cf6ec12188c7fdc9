/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Models of other programs: what is read, what is refused and why, and that nothing beyond the folder is. */
#include "physics/foreign.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/limits.h"
#include "physics/error.h"

#define TETRAHEDRON "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n"

/* A folder of its own for each test; its parent holds a file that nobody may read. */
typedef struct
{
  char *above;
  char *folder;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->above = g_dir_make_tmp ("simgen-foreign-XXXXXX", NULL);
  place->folder = g_build_filename (place->above, "model", NULL);
  g_assert_cmpint (g_mkdir (place->folder, 0700), ==, 0);
  g_autofree char *secret = g_build_filename (place->above, "secret.obj", NULL);
  g_assert_true (g_file_set_contents (secret, TETRAHEDRON, -1, NULL));
}

static void
remove_all (const char *path)
{
  GDir *dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);

  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);
      remove_all (inside);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_remove (path);
}

static void
tear_down (Place *place, gconstpointer data)
{
  remove_all (place->above);
  g_free (place->folder);
  g_free (place->above);
}

static void
put (Place *place, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (place->folder, name, NULL), *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static SgForeign *
read_model (Place *place, const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (place->folder, "model.xml", NULL);

  return sg_foreign_new (path, text, strlen (text), error);
}

static void
assert_refused (Place *place, const char *text, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgForeign) foreign = read_model (place, text, &error);

  g_assert_null (foreign);
  g_assert_error (error, SG_PHYSICS_ERROR, code);
}

#define WORLD(inside) "<mujoco><worldbody>" inside "</worldbody></mujoco>"

static void
test_reads_meshes_of_its_folder (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  put (place, "assets/arm.obj", TETRAHEDRON);
  g_autoptr (SgForeign) foreign =
    read_model (place,
                "<mujoco><asset><mesh file=\"./x/../arm.obj\"/><mesh name=\"b\" file=\"arm.obj\"/></asset>"
                "<compiler meshdir=\"assets\"/></mujoco>",
                &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sg_foreign_n_assets (foreign), ==, 1);
  g_assert_cmpstr (sg_foreign_get_asset (foreign, 0)->name, ==, "assets/arm.obj");
  g_assert_cmpuint (g_bytes_get_size (sg_foreign_get_asset (foreign, 0)->bytes), ==, strlen (TETRAHEDRON));
  g_assert_nonnull (strstr (sg_foreign_get_text (foreign), "<mesh file=\"assets/arm.obj\"/>"));
  g_assert_null (strstr (sg_foreign_get_text (foreign), "meshdir"));
  g_assert_cmpstr (sg_foreign_get_files (foreign)[0], ==, "model.xml");
  g_assert_cmpstr (sg_foreign_get_files (foreign)[1], ==, "assets/arm.obj");
  g_assert_null (sg_foreign_get_files (foreign)[2]);
}

/* A line of the text leads back to the file and line where a person wrote it. */
static void
test_includes_in_their_place (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const char *file;
  guint line = 0, at = 1;

  put (
    place, "parts/ball.xml",
    "<mujoco>\n\n<body name=\"ball\"\n>\n<geom size=\"1\"/></body><include file=\"more.xml\"/></mujoco>");
  put (place, "parts/more.xml", "<mujocoinclude><site/></mujocoinclude>");
  g_autoptr (SgForeign) foreign =
    read_model (place, WORLD ("\n<include file=\"parts/ball.xml\"/>\n<light/>"), &error);
  g_assert_no_error (error);
  const char *text = sg_foreign_get_text (foreign), *geom = strstr (text, "<geom");
  g_assert_nonnull (geom);
  g_assert_null (strstr (text, "include"));
  g_assert_true (strstr (text, "<site/>") > geom && strstr (text, "<light/>") > strstr (text, "<site/>"));
  for (const char *c = text; c < geom; c++)
    at += *c == '\n';
  g_assert_true (sg_foreign_find_line (foreign, at, &file, &line));
  g_assert_cmpstr (file, ==, "parts/ball.xml");
  g_assert_cmpuint (line, ==, 5);
  g_assert_false (sg_foreign_find_line (foreign, 10000, &file, &line));
}

static void
test_include_loops (Place *place, gconstpointer data)
{
  put (place, "a.xml", "<mujoco><include file=\"b.xml\"/></mujoco>");
  put (place, "b.xml", "<mujoco><include file=\"a.xml\"/></mujoco>");
  put (place, "model.xml", "<mujoco/>");
  assert_refused (place, "<mujoco><include file=\"a.xml\"/></mujoco>", SG_PHYSICS_ERROR_INCLUDE);
  assert_refused (place, "<mujoco><include file=\"model.xml\"/></mujoco>", SG_PHYSICS_ERROR_INCLUDE);
}

/* Files of bounded depth that include each other at their depth's end are as deep together. */
static void
test_includes_deepen (Place *place, gconstpointer data)
{
  for (int i = 0; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("deep%d.xml", i);
      g_autoptr (GString) text = g_string_new ("<mujoco>");

      for (int k = 0; k < 50; k++)
        g_string_append (text, "<body>");
      g_string_append_printf (text, "<include file=\"deep%d.xml\"/>", i + 1);
      for (int k = 0; k < 50; k++)
        g_string_append (text, "</body>");
      g_string_append (text, "</mujoco>");
      put (place, name, text->str);
    }
  assert_refused (place, WORLD ("<include file=\"deep0.xml\"/>"), SG_PHYSICS_ERROR_TOO_LARGE);
}

#define MESH(file) "<mujoco><asset><mesh name=\"m\" file=\"" file "\"/></asset></mujoco>"

static void
test_nothing_beyond_the_folder (Place *place, gconstpointer data)
{
  g_autofree char *link = g_build_filename (place->folder, "link.obj", NULL);
  g_autofree char *way_out = g_build_filename (place->folder, "out", NULL);
  g_autofree char *pipe = g_build_filename (place->folder, "pipe.obj", NULL);

  assert_refused (place, MESH ("../secret.obj"), SG_PHYSICS_ERROR_OUTSIDE);
  assert_refused (place, MESH ("a/../../secret.obj"), SG_PHYSICS_ERROR_OUTSIDE);
  assert_refused (place, MESH ("..\\secret.obj"), SG_PHYSICS_ERROR_OUTSIDE);
  assert_refused (place, MESH ("/etc/passwd"), SG_PHYSICS_ERROR_OUTSIDE);
  assert_refused (place, MESH ("file:///etc/passwd"), SG_PHYSICS_ERROR_OUTSIDE);
  assert_refused (place, "<mujoco><include file=\"../secret.obj\"/></mujoco>", SG_PHYSICS_ERROR_OUTSIDE);
  assert_refused (place,
                  "<mujoco><compiler meshdir=\"..\"/><asset><mesh file=\"secret.obj\"/></asset></mujoco>",
                  SG_PHYSICS_ERROR_OUTSIDE);
  g_assert_cmpint (symlink ("../secret.obj", link), ==, 0);
  assert_refused (place, MESH ("link.obj"), SG_PHYSICS_ERROR_OUTSIDE);
  g_assert_cmpint (symlink ("..", way_out), ==, 0);
  assert_refused (place, MESH ("out/secret.obj"), SG_PHYSICS_ERROR_OUTSIDE);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  assert_refused (place, MESH ("pipe.obj"), SG_PHYSICS_ERROR_OUTSIDE);
  assert_refused (place, MESH ("."), SG_PHYSICS_ERROR_OUTSIDE);
  assert_refused (place, MESH ("gone.obj"), SG_PHYSICS_ERROR_ASSET);
}

static void
test_assets_are_what_they_say (Place *place, gconstpointer data)
{
  /* a picture of 20,000 x 20,000 in a few bytes */
  static const char bomb[] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x4e\x20\0\0\x4e\x20\x08\6\0\0\0\0\0\0\0";
  g_autofree char *png = g_build_filename (place->folder, "bomb.png", NULL);
  g_autofree char *stl = g_build_filename (place->folder, "cut.stl", NULL);
  char header[84] = "solid";

  g_assert_true (g_file_set_contents (png, bomb, sizeof bomb - 1, NULL));
  assert_refused (place, "<mujoco><asset><texture file=\"bomb.png\"/></asset></mujoco>",
                  SG_PHYSICS_ERROR_TOO_LARGE);
  memset (header + 80, 0x7f, 4);
  g_assert_true (g_file_set_contents (stl, header, sizeof header, NULL));
  assert_refused (place, MESH ("cut.stl"), SG_PHYSICS_ERROR_ASSET);
  put (place, "no.obj", "nothing");
  assert_refused (place, MESH ("no.obj"), SG_PHYSICS_ERROR_ASSET);
  put (place, "run.so", "\x7f"
                        "ELF");
  assert_refused (place, MESH ("run.so"), SG_PHYSICS_ERROR_ASSET);
}

typedef struct
{
  const char *name;
  const char *text;
  int code;
} Refused;

static const Refused refused[] = {
  { "not-xml", "hello", SG_PHYSICS_ERROR_XML },
  { "cut", "<mujoco><worldbody>", SG_PHYSICS_ERROR_XML },
  { "other", "<html/>", SG_PHYSICS_ERROR_XML },
  { "entities", "<!DOCTYPE m [<!ENTITY a \"b\">]><mujoco model=\"&a;\"/>", SG_PHYSICS_ERROR_FORBIDDEN },
  { "plugin", "<mujoco><extension><plugin plugin=\"x\"/></extension></mujoco>",
    SG_PHYSICS_ERROR_FORBIDDEN },
  { "attach", WORLD ("<attach model=\"a\" prefix=\"b\"/>"), SG_PHYSICS_ERROR_FORBIDDEN },
  { "composite", WORLD ("<body><composite/></body>"), SG_PHYSICS_ERROR_FORBIDDEN },
  { "replicate",
    WORLD ("<replicate count=\"100\"><replicate count=\"100\"><replicate count=\"100\"><body/>"
           "</replicate></replicate></replicate>"),
    SG_PHYSICS_ERROR_TOO_LARGE },
  { "many", WORLD ("<replicate count=\"1000000\"/>"), SG_PHYSICS_ERROR_BAD_NUMBER },
  { "flexcomp", WORLD ("<body><flexcomp count=\"20 20 20\"/></body>"), SG_PHYSICS_ERROR_TOO_LARGE },
  { "resolution", WORLD ("<camera resolution=\"2147483647 1\"/>"), SG_PHYSICS_ERROR_BAD_NUMBER },
  { "nan", WORLD ("<body><geom size=\"1\" mass=\"nan\"/></body>"), SG_PHYSICS_ERROR_BAD_NUMBER },
  { "inf", WORLD ("<body pos=\"0 0 1e999\"/>"), SG_PHYSICS_ERROR_BAD_NUMBER },
  { "timestep", "<mujoco><option timestep=\"0\"/></mujoco>", SG_PHYSICS_ERROR_BAD_NUMBER },
  { "iterations", "<mujoco><option iterations=\"2000000000\"/></mujoco>", SG_PHYSICS_ERROR_BAD_NUMBER },
  { "nuser", "<mujoco><size nuser_geom=\"1000000000\"/></mujoco>", SG_PHYSICS_ERROR_BAD_NUMBER },
  { "memory", "<mujoco><size memory=\"100G\"/></mujoco>", SG_PHYSICS_ERROR_TOO_LARGE },
  { "hfield", "<mujoco><asset><hfield nrow=\"1000000000\" ncol=\"1\"/></asset></mujoco>",
    SG_PHYSICS_ERROR_BAD_NUMBER },
  { "texture", "<mujoco><asset><texture builtin=\"flat\" width=\"8000\" height=\"8000\"/></asset></mujoco>",
    SG_PHYSICS_ERROR_TOO_LARGE },
  { "lengthrange", "<mujoco><compiler><lengthrange inttotal=\"inf\"/></compiler></mujoco>",
    SG_PHYSICS_ERROR_BAD_NUMBER },
};

static void
test_refuses (Place *place, gconstpointer data)
{
  const Refused *row = data;

  assert_refused (place, row->text, row->code);
}

static void
test_refuses_in_bulk (Place *place, gconstpointer data)
{
  g_autoptr (GString) attributes = g_string_new ("<mujoco"), deep = g_string_new (NULL),
                      bodies = g_string_new ("<mujoco><worldbody>");

  for (int i = 0; i < 50000; i++)
    g_string_append_printf (attributes, " a%d=\"\"", i);
  g_string_append (attributes, "/>");
  assert_refused (place, attributes->str, SG_PHYSICS_ERROR_TOO_LARGE);
  for (int i = 0; i < 100000; i++)
    g_string_append (deep, "<mujoco>");
  assert_refused (place, deep->str, SG_PHYSICS_ERROR_TOO_LARGE);
  for (int i = 0; i < 5000; i++)
    g_string_append (bodies, "<body/>");
  g_string_append (bodies, "</worldbody></mujoco>");
  assert_refused (place, bodies->str, SG_PHYSICS_ERROR_TOO_LARGE);
}

/* A person gets every problem with its place, not the first alone. */
static void
test_all_problems_with_their_place (Place *place, gconstpointer data)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify)g_error_free);
  g_autofree char *path = g_build_filename (place->folder, "model.xml", NULL);
  const char *text = "<mujoco>\n <option timestep=\"-1\"/>\n  <plugin/>\n</mujoco>";

  g_assert_null (sg_foreign_parse (path, text, strlen (text), problems));
  g_assert_cmpuint (problems->len, ==, 2);
  const GError *second = problems->pdata[1];
  g_assert_true (g_str_has_prefix (second->message, "model.xml:3:3: <plugin>: "));
  g_assert_cmpstr (sg_error_get_text (second, SG_DETAIL_FILE), ==, "model.xml");
  g_assert_cmpfloat (sg_error_get_number (second, SG_DETAIL_LINE), ==, 3);
  g_assert_cmpfloat (sg_error_get_number (second, SG_DETAIL_COLUMN), ==, 3);
}

/* What merely looks odd is let through: names like numbers, words that begin like them. */
static void
test_names_like_numbers (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgForeign) foreign = read_model (
    place, WORLD ("<body name=\"Infinity\"><joint name=\"nan\" type=\"hinge\" user=\"1 2\"/></body>"),
    &error);

  g_assert_no_error (error);
  g_assert_nonnull (foreign);
}

static void
test_robot (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  put (place, "meshes/arm.obj", TETRAHEDRON);
  g_autoptr (SgForeign) foreign = read_model (
    place,
    "<robot name=\"r\"><link name=\"arm\"><collision><geometry>"
    "<mesh filename=\"package://r_description/meshes/arm.obj\"/></geometry></collision></link>"
    "<gazebo><plugin filename=\"libx.so\"/></gazebo><transmission/></robot>",
    &error);
  g_assert_no_error (error);
  g_assert_cmpint (sg_foreign_get_kind (foreign), ==, SG_FOREIGN_URDF);
  g_assert_cmpuint (sg_foreign_n_assets (foreign), ==, 1);
  g_assert_nonnull (strstr (sg_foreign_get_text (foreign), "filename=\"meshes/arm.obj\""));
  g_assert_null (strstr (sg_foreign_get_text (foreign), "gazebo"));
  g_assert_null (strstr (sg_foreign_get_text (foreign), "plugin"));
}

#define ADD(name, test, data) g_test_add ("/physics/foreign/" name, Place, data, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("meshes", test_reads_meshes_of_its_folder, NULL);
  ADD ("includes", test_includes_in_their_place, NULL);
  ADD ("include-loops", test_include_loops, NULL);
  ADD ("includes-deepen", test_includes_deepen, NULL);
  ADD ("folder", test_nothing_beyond_the_folder, NULL);
  ADD ("assets", test_assets_are_what_they_say, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *name = g_strdup_printf ("/physics/foreign/refuses/%s", refused[i].name);

      g_test_add (name, Place, &refused[i], set_up, test_refuses, tear_down);
    }
  ADD ("bulk", test_refuses_in_bulk, NULL);
  ADD ("all-problems", test_all_problems_with_their_place, NULL);
  ADD ("names-like-numbers", test_names_like_numbers, NULL);
  ADD ("robot", test_robot, NULL);
  return g_test_run ();
}
