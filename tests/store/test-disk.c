/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A disk that fails under the history: at each write, each sync and each read of a save in turn. What was
 * kept before stays, the failed save has changed nothing, the person is told once, and the next save goes
 * well. */
#include <string.h>

#include <sqlite3.h>

#include "fault-vfs.h"
#include "place.h"
#include "store/cache.h"
#include "store/history.h"
#include "store/keeping.h"
#include "store/error.h"

typedef struct
{
  char *folder, *path;
  SgHistory *history;
  GHashTable *kept; /* of titles that were acknowledged */
} Place;

static void
open_history (Place *place)
{
  place->history = test_open_history (place->path);
  g_assert_null (sg_history_get_recovery (place->history));
}

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = test_folder ();
  place->path = g_build_filename (place->folder, "history.db", NULL);
  place->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  open_history (place);
}

static void
tear_down (Place *place, gconstpointer data)
{
  fault_vfs_disarm ();
  g_assert_finalize_object (place->history);
  test_remove_tree (place->folder);
  g_hash_table_unref (place->kept);
  g_free (place->path);
  g_free (place->folder);
}

/* A sketch of its own with a run; whatever is acknowledged is noted. */
static gboolean
save (Place *place, GError **error)
{
  g_autofree char *title = g_strdup_printf ("Sketch %u", g_hash_table_size (place->kept) + 1);
  g_autoptr (SgPage) page = test_page (title, 300);
  gint64 id = sg_history_save_sketch (place->history, 0, page, NULL, error);
  if (id == 0)
    return FALSE;
  g_hash_table_add (place->kept, g_steal_pointer (&title));
  const SgRunRecord run = { .sketch_id = id, .status = "completed" };
  return sg_history_add_run (place->history, &run, error) != 0;
}

/* All that was acknowledged is there, once, and nothing else is but what may have been on its way. */
static void
assert_all_kept (Place *place)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 before_us = 0;
  guint n;

  do
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) entries = sg_history_list (place->history, NULL, before_us, 100, &error);

      g_assert_no_error (error);
      n = entries->len;
      for (guint i = 0; i < n; i++)
        {
          const SgHistoryEntry *entry = entries->pdata[i];
          g_autoptr (SgPage) page = sg_history_load_sketch (place->history, entry->id, NULL);

          g_assert_cmpuint (sg_page_get_n_strokes (page), ==, 300);
          g_hash_table_add (found, g_strdup (entry->title));
          before_us = entry->updated_us;
        }
    }
  while (n == 100);
  GHashTableIter iter;
  gpointer title;
  g_hash_table_iter_init (&iter, place->kept);
  while (g_hash_table_iter_next (&iter, &title, NULL))
    g_assert_true (g_hash_table_contains (found, title));
}

static void
assert_sound (Place *place)
{
  sqlite3 *db;
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_open (place->path, &db), ==, SQLITE_OK);
  sqlite3_prepare_v2 (db, "PRAGMA integrity_check", -1, &statement, NULL);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *)sqlite3_column_text (statement, 0), ==, "ok");
  sqlite3_finalize (statement);
  sqlite3_close (db);
}

/* Fails a save at its first operation of the kind, its second, and so on until one goes through. */
static void
fail_everywhere (Place *place, FaultKind kind, int result, SgStoreError code)
{
  guint n_failed = 0;

  for (int n_good = 0;; n_good++)
    {
      g_autoptr (GError) error = NULL;

      fault_vfs_arm (kind, n_good, result);
      gboolean saved = save (place, &error);
      gboolean failed = fault_vfs_has_failed ();
      fault_vfs_disarm ();
      if (!saved)
        {
          g_assert_error (error, SG_STORE_ERROR, code);
          n_failed++;
        }
      g_assert_true (save (place, NULL)); /* and work goes on */
      if (!failed)
        break;
    }
  g_test_message ("%u saves failed", n_failed);
  g_assert_cmpuint (n_failed, >, 0);
  assert_all_kept (place);
  g_assert_finalize_object (place->history);
  open_history (place);
  assert_all_kept (place);
  assert_sound (place);
}

static void
test_full_at_each_write (Place *place, gconstpointer data)
{
  fail_everywhere (place, FAULT_WRITE, SQLITE_FULL, SG_STORE_ERROR_FULL);
}

static void
test_error_at_each_write (Place *place, gconstpointer data)
{
  fail_everywhere (place, FAULT_WRITE, SQLITE_IOERR_WRITE, SG_STORE_ERROR_IO);
}

static void
test_error_at_each_sync (Place *place, gconstpointer data)
{
  fail_everywhere (place, FAULT_SYNC, SQLITE_IOERR_FSYNC, SG_STORE_ERROR_IO);
}

static void
test_told_once (Place *place, gconstpointer data)
{
  g_autoptr (GError) none = sg_history_take_problem (place->history);

  g_assert_no_error (none);
  for (int round = 0; round < 2; round++)
    {
      fault_vfs_arm (FAULT_WRITE, 0, SQLITE_FULL);
      for (int i = 0; i < 5; i++)
        {
          g_assert_false (save (place, NULL));
          g_autoptr (GError) problem = sg_history_take_problem (place->history);
          if (i == 0)
            g_assert_error (problem, SG_STORE_ERROR, SG_STORE_ERROR_FULL);
          else
            g_assert_no_error (problem);
        }
      fault_vfs_arm (FAULT_WRITE, 0, SQLITE_IOERR_WRITE); /* something else is news */
      g_assert_false (save (place, NULL));
      g_autoptr (GError) other = sg_history_take_problem (place->history);
      g_assert_error (other, SG_STORE_ERROR, SG_STORE_ERROR_IO);
      fault_vfs_disarm ();
      g_assert_true (save (place, NULL)); /* then it may be told again */
    }
}

/* What the person did wrong is no trouble of the machine. */
static void
test_mistakes_are_no_trouble (Place *place, gconstpointer data)
{
  const SgHistoryEdit edit = { SG_HISTORY_SKETCH, SG_HISTORY_PIN, 77, NULL, NULL };

  g_assert_cmpint (sg_history_edit (place->history, &edit, NULL), ==, 0);
  g_autoptr (GError) problem = sg_history_take_problem (place->history);
  g_assert_no_error (problem);
}

static void
test_reading_fails (Place *place, gconstpointer data)
{
  g_assert_true (save (place, NULL));
  g_assert_finalize_object (place->history);
  open_history (place); /* with nothing in its memory yet */
  gint64 id = sg_history_get_last_sketch (place->history);
  for (int n_good = 0; n_good < 50; n_good++)
    {
      g_autoptr (GError) error = NULL;

      fault_vfs_arm (FAULT_READ, n_good, SQLITE_IOERR_READ);
      g_autoptr (SgPage) page = sg_history_load_sketch (place->history, id, &error);
      fault_vfs_disarm ();
      if (!page)
        g_assert_error (error, SG_STORE_ERROR, SG_STORE_ERROR_IO);
      g_autoptr (SgPage) again = sg_history_load_sketch (place->history, id, NULL);
      g_assert_nonnull (again);
    }
}

static void
assert_no_part (const char *folder)
{
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);

  for (const char *name; (name = g_dir_read_name (files)) != NULL;)
    g_assert_false (g_str_has_suffix (name, ".part"));
}

/* A copy that cannot be written leaves the one of before. */
static void
test_back_up_on_full_disk (Place *place, gconstpointer data)
{
  g_autofree char *path = g_build_filename (place->folder, "copy.db", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (save (place, NULL));
  sg_history_flush (place->history);
  g_assert_true (sg_history_back_up (place->history, path, NULL));
  fault_vfs_arm (FAULT_WRITE, 3, SQLITE_FULL);
  g_assert_false (sg_history_back_up (place->history, path, &error));
  fault_vfs_disarm ();
  g_assert_error (error, SG_STORE_ERROR, SG_STORE_ERROR_FULL);
  assert_no_part (place->folder);
  SgImport done;
  g_assert_true (sg_history_import (place->history, path, &done, NULL));
  g_assert_cmpuint (done.n_refused, ==, 0);
}

static void
put (SgCache *cache, guint n)
{
  g_autoptr (GBytes) value = g_bytes_new (&n, sizeof n);
  SgCacheKey key;

  sg_cache_key_init (&key, SG_CACHE_ANALYSIS, "1", NULL, &n, sizeof n);
  sg_cache_put (cache, &sg_cache_bytes, &key, SG_CACHE_FAR, NULL, value);
  sg_cache_flush (cache);
}

static SgCacheLevel
find (SgCache *cache, guint n)
{
  SgCacheKey key;
  SgCacheLevel level;

  sg_cache_key_init (&key, SG_CACHE_ANALYSIS, "1", NULL, &n, sizeof n);
  g_autoptr (GBytes) value = sg_cache_get (cache, &sg_cache_bytes, &key, SG_CACHE_FAR, NULL, &level);
  return value ? level : SG_CACHE_NONE;
}

/* The cache goes on in memory, says so once, and keeps again when there is room. */
static void
test_cache_on_full_disk (Place *place, gconstpointer data)
{
  g_autofree char *path = g_build_filename (place->folder, "cache.db", NULL);
  SgCacheOptions options = sg_cache_options_default ();

  options.database_path = path;
  g_autoptr (SgCache) cache = sg_cache_new (&options);
  put (cache, 1);
  fault_vfs_arm (FAULT_WRITE, 0, SQLITE_FULL);
  for (guint n = 2; n < 5; n++)
    {
      put (cache, n);
      g_assert_cmpint (find (cache, n), ==, SG_CACHE_MEMORY);
      g_autofree char *notice = sg_cache_take_notice (cache);
      g_assert_true ((notice != NULL) == (n == 2));
    }
  fault_vfs_disarm ();
  put (cache, 5);
  g_autoptr (SgCache) next = sg_cache_new (&options);
  g_assert_cmpint (find (next, 1), ==, SG_CACHE_DATABASE);
  g_assert_cmpint (find (next, 2), ==, SG_CACHE_NONE);
  g_assert_cmpint (find (next, 5), ==, SG_CACHE_DATABASE);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Place *place, gconstpointer data);
  } tests[] = {
    { "/store/disk/full-at-each-write", test_full_at_each_write },
    { "/store/disk/error-at-each-write", test_error_at_each_write },
    { "/store/disk/error-at-each-sync", test_error_at_each_sync },
    { "/store/disk/told-once", test_told_once },
    { "/store/disk/mistakes", test_mistakes_are_no_trouble },
    { "/store/disk/reading-fails", test_reading_fails },
    { "/store/disk/back-up-on-full-disk", test_back_up_on_full_disk },
    { "/store/disk/cache-on-full-disk", test_cache_on_full_disk },
  };

  fault_vfs_install ();
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Place, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
