/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A history's database of its own for a test, open for writing. */
#pragma once

#include "place.h"
#include "store/database.h"

typedef struct
{
  char *folder, *path;
  SgDatabase *db;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  place->folder = test_folder ();
  place->path = g_build_filename (place->folder, "history.db", NULL);
  place->db = sg_database_open (place->path, SG_DATABASE_WRITER, &error);
  g_assert_no_error (error);
}

static void
tear_down (Place *place, gconstpointer data)
{
  sg_database_close (place->db);
  test_remove_tree (place->folder);
  g_free (place->path);
  g_free (place->folder);
}
