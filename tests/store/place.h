/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tests of store share: a folder of their own, pages to save, and what is done to a database behind
 * its back. */
#pragma once

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "store/history.h"

static inline char *
test_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("simgen-store-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static inline void
test_remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  for (const char *name; dir && (name = g_dir_read_name (dir));)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      test_remove_tree (child);
    }
  g_remove (path);
}

/* -1: there is no such file. */
static inline gint64
test_file_bytes (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? info.st_size : -1;
}

static inline SgHistory *
test_open_history (const char *path)
{
  g_autoptr (GError) error = NULL;
  SgHistory *history = sg_history_new (path, &error);

  g_assert_no_error (error);
  return history;
}

/* `page` (nullable) with one stroke more, that no other `n` gives. */
static inline SgPage *
test_draw (const SgPage *page, guint n)
{
  const SgInkPoint points[] = { { n, 0, NAN, NAN }, { n / 3.0, 10, 0.5, 7 } };
  SgPageBuilder *builder = sg_page_builder_new (page);

  sg_page_builder_take_stroke (builder, sg_stroke_new (3, NULL, points, 2, NULL));
  return sg_page_builder_end (builder);
}

/* A page of its title and number of strokes. */
static inline SgPage *
test_page (const char *title, guint n_strokes)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  sg_page_builder_set_title (builder, title);
  for (guint i = 0; i < n_strokes; i++)
    {
      const SgInkPoint points[] = { { i, 0, NAN, NAN }, { i / 3.0, n_strokes, 0.5, 7 } };

      sg_page_builder_take_stroke (builder, sg_stroke_new (3, NULL, points, 2, NULL));
    }
  return sg_page_builder_end (builder);
}

static inline void test_execute (const char *path, const char *format, ...) G_GNUC_PRINTF (2, 3);

static inline void
test_execute (const char *path, const char *format, ...)
{
  va_list arguments;
  sqlite3 *db;

  va_start (arguments, format);
  g_autofree char *sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  sqlite3_close (db);
}
