/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "base/place.h"

typedef struct
{
  char *folder;
  char *info; /* what meson notes in it */
} Fixture;

static void
write_info (const Fixture *fixture, const char *text)
{
  g_autofree char *folder = g_path_get_dirname (fixture->info);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (fixture->info, text, -1, NULL));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("simgen-place-XXXXXX", NULL);
  fixture->info = g_build_filename (fixture->folder, "meson-info", "meson-info.json", NULL);
  write_info (fixture, "{\"directories\": {\"source\": \"/there\", \"build\": \"/elsewhere\"}}");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->info);

  g_remove (fixture->info);
  g_rmdir (folder);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->info);
}

/* `expected` begins with "BUILD" where it lies in the fixture's folder. */
static void
assert_place (const Fixture *fixture, SgPlace place, const char *below, const char *expected)
{
  g_autofree char *program = g_build_filename (fixture->folder, below, NULL);
  g_autofree char *found = sg_place_find_for (place, program);
  const char *rest = g_str_has_prefix (expected, "BUILD") ? expected + strlen ("BUILD") : expected;
  g_autofree char *whole = g_strconcat (rest == expected ? "" : fixture->folder, rest, NULL);

  g_assert_cmpstr (found, ==, whole);
}

static void
test_built (Fixture *fixture, gconstpointer data)
{
  assert_place (fixture, SG_PLACE_TRANSLATIONS, "src/cli/simgen-cli", "BUILD/po");
  assert_place (fixture, SG_PLACE_WEB, "src/app/simgen", "BUILD/resources");
  assert_place (fixture, SG_PLACE_HELPERS, "tests/physics/test-x", "BUILD/src/compile");
  assert_place (fixture, SG_PLACE_EXAMPLES, "src/app/simgen", "/there/data/examples");
}

/* Installed into the build folder, or into any other, a program takes what was installed. */
static void
test_installed (Fixture *fixture, gconstpointer data)
{
  assert_place (fixture, SG_PLACE_TRANSLATIONS, "usr/bin/simgen-cli", SG_LOCALEDIR);
  assert_place (fixture, SG_PLACE_WEB, "root/usr/bin/simgen", SG_PKGDATADIR "/web");
  assert_place (fixture, SG_PLACE_HELPERS, "simgen-cli", SG_LIBEXECDIR);
  assert_place (fixture, SG_PLACE_EXAMPLES, "a/src/app/simgen", SG_PKGDATADIR "/examples");
  g_autofree char *found = sg_place_find_for (SG_PLACE_EXAMPLES, NULL);
  g_assert_cmpstr (found, ==, SG_PKGDATADIR "/examples");
}

/* A folder that only looks like a build's is none. */
static void
test_not_a_build (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "", "{", "[]", "{\"directories\": 1}",
                                       "{\"directories\": {\"source\": 1}}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      write_info (fixture, texts[i]);
      assert_place (fixture, SG_PLACE_HELPERS, "src/cli/simgen-cli", SG_LIBEXECDIR);
    }
  g_remove (fixture->info);
  assert_place (fixture, SG_PLACE_EXAMPLES, "src/cli/simgen-cli", SG_PKGDATADIR "/examples");
}

/* This program runs from a build folder itself. */
static void
test_own (void)
{
  g_autofree char *compile = sg_place_find (SG_PLACE_HELPERS);
  g_autofree char *examples = sg_place_find (SG_PLACE_EXAMPLES);

  g_assert_true (g_str_has_prefix (compile, g_getenv ("SG_BUILD_ROOT")));
  g_assert_true (g_str_has_prefix (examples, g_getenv ("SG_SOURCE_ROOT")));
  g_assert_true (g_file_test (examples, G_FILE_TEST_IS_DIR));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/base/place/built", Fixture, NULL, set_up, test_built, tear_down);
  g_test_add ("/base/place/installed", Fixture, NULL, set_up, test_installed, tear_down);
  g_test_add ("/base/place/not-a-build", Fixture, NULL, set_up, test_not_a_build, tear_down);
  g_test_add_func ("/base/place/own", test_own);
  return g_test_run ();
}
