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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/base/file/round-trip", Place, NULL, set_up, test_round_trip, tear_down);
  g_test_add ("/base/file/too-large", Place, NULL, set_up, test_too_large, tear_down);
  g_test_add ("/base/file/fifo", Place, NULL, set_up, test_fifo_does_not_block, tear_down);
  g_test_add ("/base/file/failed-write", Place, NULL, set_up, test_failed_write_keeps_the_old, tear_down);
  return g_test_run ();
}
