/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/error.h"

typedef struct
{
  char *folder;
  char *path;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = g_dir_make_tmp ("simgen-file-XXXXXX", NULL);
  place->path = g_build_filename (place->folder, "file", NULL);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_unlink (place->path);
  g_rmdir (place->folder);
  g_free (place->path);
  g_free (place->folder);
}

static void
test_round_trip (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sg_file_write (place->path, "one\0two", 7, &error));
  g_autoptr (GBytes) bytes = sg_file_read (place->path, 7, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "one\0two", 7);
}

static void
test_too_large (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sg_file_write (place->path, "1234", 4, NULL));
  g_assert_null (sg_file_read (place->path, 3, &error));
  g_assert_error (error, SG_BASE_ERROR, SG_BASE_ERROR_TOO_LARGE);
}

/* Opening a FIFO for reading would wait for a writer for ever. */
static void
test_fifo_does_not_block (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (place->path, 0600), ==, 0);
  g_assert_null (sg_file_read (place->path, 10, &error));
  g_assert_error (error, SG_BASE_ERROR, SG_BASE_ERROR_READ);
}

static void
test_failed_write_keeps_the_old (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *inside = g_build_filename (place->path, "file", NULL);

  g_assert_true (sg_file_write (place->path, "old", 3, NULL));
  g_assert_false (sg_file_write (inside, "new", 3, &error));
  g_assert_error (error, SG_BASE_ERROR, SG_BASE_ERROR_WRITE);
  g_autoptr (GBytes) bytes = sg_file_read (place->path, 10, NULL);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "old", 3);
}

/* A loss of power amid a write leaves the old file or the new one: what is there is replaced, never written
 * over. Another name of the old file is how a test sees that. */
static void
test_old_content_is_not_written_over (Place *place, gconstpointer data)
{
  g_autofree char *other = g_strconcat (place->path, ".old", NULL);
  g_autofree char *old = NULL, *new = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (sg_file_write (place->path, "old and long", 12, &error));
  g_assert_cmpint (link (place->path, other), ==, 0);
  g_assert_true (sg_file_write (place->path, "new", 3, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (other, &old, NULL, NULL));
  g_assert_cmpstr (old, ==, "old and long");
  g_assert_true (g_file_get_contents (place->path, &new, NULL, NULL));
  g_assert_cmpstr (new, ==, "new");
  g_unlink (other);
}

static void
test_mode_and_link_stay (Place *place, gconstpointer data)
{
  g_autofree char *link_path = g_strconcat (place->path, "-link", NULL);
  struct stat info;

  g_assert_true (sg_file_write (place->path, "old", 3, NULL));
  g_assert_cmpint (g_chmod (place->path, 0600), ==, 0);
  g_assert_cmpint (symlink ("file", link_path), ==, 0);
  g_assert_true (sg_file_write (link_path, "new", 3, NULL));

  g_autoptr (GBytes) bytes = sg_file_read (place->path, 10, NULL);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "new", 3);
  g_assert_cmpint (g_lstat (place->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_test (link_path, G_FILE_TEST_IS_SYMLINK));
  g_unlink (link_path);
}

/* /dev/full takes nothing, and must still be there: a rename over it, as root, would put a file in its
 * place. */
static void
test_device_is_written_to (void)
{
  g_autoptr (GError) error = NULL;
  struct stat info;

  if (g_stat ("/dev/full", &info) != 0 || !S_ISCHR (info.st_mode))
    {
      g_test_skip ("no /dev/full here");
      return;
    }
  g_assert_false (sg_file_write ("/dev/full", "new", 3, &error));
  g_assert_error (error, SG_BASE_ERROR, SG_BASE_ERROR_WRITE);
  g_assert_true (sg_file_write ("/dev/null", "new", 3, NULL));
  g_assert_cmpint (g_stat ("/dev/full", &info), ==, 0);
  g_assert_true (S_ISCHR (info.st_mode));
}

static void
test_ending (void)
{
  static const char *const endings[] = { "png", "svg" };

  g_assert_cmpint (sg_file_find_ending ("/a/b.png", endings, 2), ==, 0);
  g_assert_cmpint (sg_file_find_ending ("b.of.SVG", endings, 2), ==, 1);
  g_assert_cmpint (sg_file_find_ending ("b.png.txt", endings, 2), ==, -1);
  g_assert_cmpint (sg_file_find_ending ("png", endings, 2), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/base/file/round-trip", Place, NULL, set_up, test_round_trip, tear_down);
  g_test_add ("/base/file/too-large", Place, NULL, set_up, test_too_large, tear_down);
  g_test_add ("/base/file/fifo", Place, NULL, set_up, test_fifo_does_not_block, tear_down);
  g_test_add ("/base/file/failed-write", Place, NULL, set_up, test_failed_write_keeps_the_old, tear_down);
  g_test_add ("/base/file/replaced-whole", Place, NULL, set_up, test_old_content_is_not_written_over,
              tear_down);
  g_test_add ("/base/file/mode-and-link", Place, NULL, set_up, test_mode_and_link_stay, tear_down);
  g_test_add_func ("/base/file/device", test_device_is_written_to);
  g_test_add_func ("/base/file/ending", test_ending);
  return g_test_run ();
}
