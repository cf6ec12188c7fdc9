/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Databases of every earlier version, with data in them, opened by this one. They are made by the
 * migrations of their time, which are frozen, and by SQL of that time. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

#include "place.h"
#include "store/database.h"
#include "store/history.h"

#define SQL "/org/simgen/SimGen/sql/"

typedef struct
{
  char *folder, *path;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = test_folder ();
  place->path = g_build_filename (place->folder, "history.db", NULL);
}

static void
tear_down (Place *place, gconstpointer data)
{
  test_remove_tree (place->folder);
  g_free (place->path);
  g_free (place->folder);
}

/* Data as the first version wrote it: two sketches, one without a title; a photo on two versions; runs, the
 * last of which was deleted again. */
static const char *const data_of_1 =
  "INSERT INTO sketches (id, title, words, n_strokes, thumbnail, created_us, updated_us) VALUES"
  " (3, 'Pendulum', 'moon gravity', 2, x'89504e47', 1000, 5000), (7, '', '', 0, NULL, 2000, 6000);"
  "INSERT INTO sketch_versions (id, sketch_id, page_hash, page, created_us) VALUES"
  " (11, 3, 'old', '{\"format\":\"simgen-sketch\",\"version\":1,\"strokes\":[]}', 1000),"
  " (12, 3, 'new', '{\"format\":\"simgen-sketch\",\"version\":1,\"title\":\"Pendulum\",\"strokes\":"
  "[{\"points\":[[0,0],[9,9]]},{\"points\":[[1,0],[9,8]]}]}', 5000),"
  " (13, 7, 'empty', '{\"format\":\"simgen-sketch\",\"version\":1,\"strokes\":[]}', 6000);"
  "UPDATE sketches SET version_id = CASE id WHEN 3 THEN 12 ELSE 13 END;"
  "INSERT INTO pictures (id, hash, data) VALUES (1, 'a', x'00'), (2, 'b', x'01');"
  "INSERT INTO version_pictures VALUES (11, 0, 1), (12, 0, 1), (11, 1, 2);"
  "INSERT INTO simulations (id, sketch_id, status, mjcf, simulated_s, wall_s, n_steps, energy_first_j,"
  " energy_last_j, created_us) VALUES (1, 3, 'completed', '<mujoco/>', 10, 0.5, 5000, 1.5, NULL, 7000),"
  " (2, 3, 'diverged', NULL, 1, 1, 10, 0, 0, 8000), (9, 7, 'stopped', NULL, 1, 1, 10, 0, 0, 9000);"
  "DELETE FROM simulations WHERE id = 9;";

/* What later versions add; by the version that can hold it. */
static const char *const data_of_2 =
  "INSERT INTO sketches (id, uid, title, words, n_strokes, created_us, updated_us, pinned)"
  " VALUES (20, 'u20', 'Crane', '', 0, 3000, 9500, 1);"
  "INSERT INTO sketch_versions (id, sketch_id, page_hash, page, created_us) VALUES"
  " (20, 20, 'crane', '{\"format\":\"simgen-sketch\",\"version\":1,\"title\":\"Crane\",\"strokes\":[]}', "
  "3000);"
  "UPDATE sketches SET version_id = 20 WHERE id = 20;"
  "INSERT INTO tags (id, name) VALUES (1, 'robots'); INSERT INTO sketch_tags VALUES (20, 1);";

static void
execute (sqlite3 *db, const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
}

static guint
count_migrations (void)
{
  g_auto (GStrv) names = g_resources_enumerate_children (SQL, 0, NULL);
  guint n = 0;

  for (guint i = 0; names[i]; i++)
    n += g_ascii_isdigit (names[i][0]);
  return n;
}

static char *
migration (guint number)
{
  g_auto (GStrv) names = g_resources_enumerate_children (SQL, 0, NULL);
  g_autofree char *prefix = g_strdup_printf ("%04u-", number);

  for (guint i = 0; names[i]; i++)
    if (g_str_has_prefix (names[i], prefix))
      {
        g_autofree char *path = g_strconcat (SQL, names[i], NULL);
        g_autoptr (GBytes) sql = g_resources_lookup_data (path, 0, NULL);

        return g_strdup (g_bytes_get_data (sql, NULL));
      }
  g_error ("no migration %u", number);
}

/* A database of `version`, as it was left by a program of then. */
static void
make_old_at (const char *path, guint version)
{
  g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %u", version);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  execute (db, "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON");
  for (guint i = 1; i <= version; i++)
    {
      g_autofree char *sql = migration (i);

      execute (db, "BEGIN");
      execute (db, sql);
      execute (db, "COMMIT");
      if (i == 1)
        execute (db, data_of_1);
      if (i == 2)
        execute (db, data_of_2);
    }
  execute (db, mark);
  sqlite3_close (db);
}

static void
make_old (Place *place, guint version)
{
  make_old_at (place->path, version);
}

static void
assert_sketches (SgHistory *history)
{
  g_autoptr (GPtrArray) found = sg_history_list (history, "pend moon", 0, 10, NULL);
  const SgHistoryEntry *entry = found->pdata[0];
  g_autoptr (SgPage) untitled = sg_history_load_sketch (history, 7, NULL);

  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpint (entry->id, ==, 3);
  g_assert_cmpuint (entry->n_runs, ==, 2);
  g_assert_cmpuint (entry->n_strokes, ==, 2);
  g_assert_cmpuint (g_bytes_get_size (entry->thumbnail), ==, 4);
  g_assert_cmpint (entry->updated_us, ==, 5000);
  g_assert_nonnull (untitled);
  g_autoptr (GPtrArray) versions = sg_history_list_versions (history, 3, 0, 10, NULL);
  g_assert_cmpuint (versions->len, ==, 2);
  g_assert_true (((SgVersionEntry *)versions->pdata[0])->current);
  g_assert_cmpuint (((SgVersionEntry *)versions->pdata[0])->n_strokes, ==, 2);
}

static void
assert_runs (SgHistory *history)
{
  const SgRunQuery query = { .text = "pend", .limit = 10 };
  g_autoptr (GPtrArray) runs = sg_history_find_runs (history, &query, NULL);
  g_autoptr (SgRunEntry) first = sg_history_get_run (history, 1, NULL);
  const SgRunRecord run = { .sketch_id = 3, .status = "failed" };

  g_assert_cmpuint (runs->len, ==, 2);
  g_assert_cmpstr (first->mjcf, ==, "<mujoco/>");
  g_assert_cmpfloat (first->energy_first, ==, 1.5);
  g_assert_cmpint (first->created_us, ==, 7000);
  g_assert_cmpint (first->completed_us, ==, 7000);
  g_assert_cmpint (sg_history_add_run (history, &run, NULL), ==,
                   10); /* 9 was deleted: it is not used again */
}

/* One value of what is on disk. */
static char *
ask (const char *path, const char *sql)
{
  sqlite3 *db;
  sqlite3_stmt *statement;
  char *value = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    value = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return value;
}

static void
assert_answer (const char *path, const char *sql, const char *expected)
{
  g_autofree char *value = ask (path, sql);

  g_assert_cmpstr (value, ==, expected);
}

static void
assert_sound (Place *place)
{
  assert_answer (place->path, "PRAGMA integrity_check", "ok");
  assert_answer (place->path, "PRAGMA foreign_key_check", NULL);
  assert_answer (place->path, "PRAGMA auto_vacuum", "2");
  assert_answer (place->path, "SELECT count(*) FROM pictures", "2");
  assert_answer (place->path, "SELECT count(DISTINCT uid) FROM sketches WHERE uid <> ''", "3");
}

/* The copy that was made before is what was there. */
static void
assert_backup (Place *place, guint version)
{
  g_autofree char *backup = g_strdup_printf ("%s.before-%u", place->path, version + 1);
  g_autofree char *number = g_strdup_printf ("%u", version);

  assert_answer (backup, "PRAGMA user_version", number);
  assert_answer (backup, "SELECT count(*) FROM simulations", "2");
  assert_answer (backup, "PRAGMA journal_mode", "delete");
}

static void
test_from_version (Place *place, gconstpointer data)
{
  guint version = GPOINTER_TO_UINT (data);

  make_old (place, version);
  SgHistory *history = test_open_history (place->path);
  assert_sketches (history);
  assert_runs (history);
  g_autoptr (SgPage) page = test_page ("", 0);
  if (version == 1)
    g_assert_cmpint (sg_history_save_sketch (history, 0, page, NULL, NULL), ==, 8);
  g_assert_finalize_object (history);
  assert_sound (place);
  assert_backup (place, version);
}

/* The same file, copied before it was brought up to date, names its sketches and runs alike. */
static void
test_copies_name_alike (Place *place, gconstpointer data)
{
  g_autofree char *uids = NULL, *uids_again = NULL;
  static const char *const sql =
    "SELECT group_concat(uid) FROM (SELECT uid FROM sketches UNION SELECT uid FROM simulations)";

  make_old (place, 1);
  SgHistory *history = test_open_history (place->path);
  g_assert_finalize_object (history);
  uids = ask (place->path, sql);
  g_unlink (place->path);
  make_old (place, 1);
  history = test_open_history (place->path);
  g_assert_finalize_object (history);
  uids_again = ask (place->path, sql);
  g_assert_cmpstr (uids, ==, uids_again);
}

/* Of a new database there is nothing to copy. */
static void
test_new_has_no_backup (Place *place, gconstpointer data)
{
  SgHistory *history = test_open_history (place->path);
  g_autoptr (GDir) dir = g_dir_open (place->folder, 0, NULL);

  for (const char *name; (name = g_dir_read_name (dir));)
    g_assert_null (strstr (name, "before"));
  g_assert_finalize_object (history);
  assert_answer (place->path, "PRAGMA auto_vacuum", "2");
}

#define N_PROGRAMS 2

/* More where it is asked for: each takes a quarter of a second, in which one waits for the other. */
static guint
n_files (void)
{
  const char *asked = g_getenv ("SG_FILES_AT_ONCE");

  return asked != NULL ? (guint)atoi (asked) : 3;
}

/* What one of several programs does that open a file at the same moment: waits for the signal, opens it, and
 * says by its exit status what came of it. */
static pid_t
start_program (const char *path, SgDatabaseMode mode, int ready, int go)
{
  pid_t child = fork ();
  char byte = 0;

  g_assert_cmpint (child, >=, 0);
  if (child > 0)
    return child;
  g_autoptr (GError) error = NULL;
  if (write (ready, &byte, 1) != 1 || read (go, &byte, 1) != 1)
    _exit (2);
  g_autoptr (SgDatabase) db = sg_database_open (path, mode, &error);
  if (db == NULL)
    fprintf (stderr, "# %s\n", error->message);
  _exit (db != NULL && sg_database_is_up_to_date (db) ? 0 : 1);
}

static void
open_at_once (const char *path, SgDatabaseMode mode)
{
  pid_t programs[N_PROGRAMS];
  int ready[2], go[2];
  char byte = 0;

  g_assert_cmpint (pipe (ready) | pipe (go), ==, 0);
  for (guint i = 0; i < N_PROGRAMS; i++)
    programs[i] = start_program (path, mode, ready[1], go[0]);
  for (guint i = 0; i < N_PROGRAMS; i++)
    g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  g_assert_cmpint (write (go[1], "gggg", N_PROGRAMS), ==, N_PROGRAMS);
  for (guint i = 0; i < N_PROGRAMS; i++)
    {
      int status = -1;

      g_assert_cmpint (waitpid (programs[i], &status, 0), ==, programs[i]);
      g_assert_cmpint (status, ==, 0);
    }
  for (guint i = 0; i < 2; i++)
    {
      close (ready[i]);
      close (go[i]);
    }
}

/* Two programs make one new database at the same moment, again and again: each has it whole. */
static void
test_at_once (Place *place, gconstpointer data)
{
  for (guint i = 0; i < n_files (); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s-%u", place->path, i);
      g_autoptr (GError) error = NULL;

      open_at_once (path, GPOINTER_TO_INT (data));
      g_autoptr (SgDatabase) db = sg_database_open (path, SG_DATABASE_READER, &error);
      g_assert_no_error (error);
      g_assert_true (sg_database_check_schema (db, &error));
      g_assert_no_error (error);
    }
}

/* The copy that was made before is of the version that there was, and nothing else is left of two of them. */
static void
assert_kept (const char *path, guint version)
{
  g_autofree char *kept = g_strdup_printf ("%s.before-%u", path, version + 1);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  g_autoptr (SgDatabase) db = sg_database_open (kept, SG_DATABASE_READER, NULL);

  g_assert_nonnull (db);
  g_assert_cmpint (sg_database_get_version (db, NULL), ==, version);
  for (const char *name; (name = g_dir_read_name (files)) != NULL;)
    g_assert_false (g_str_has_suffix (name, ".part"));
}

/* The same of databases of each earlier version, which both would bring up to date. */
static void
test_old_at_once (Place *place, gconstpointer data)
{
  for (guint i = 0; i < n_files (); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s-%u", place->path, i);

      guint version = 1 + i % (count_migrations () - 1);
      make_old_at (path, version);
      open_at_once (path, SG_DATABASE_WRITER);
      assert_kept (path, version);
    }
}

/* What a start that was killed amid its copy leaves, and what is none of that. */
static void
make_parts (const Place *place, GPtrArray *parts, GPtrArray *others)
{
  static const char *const names[] = { "history.db.before-2.AbCdEf.part",
                                       "history.db.before-2.AbCdEf.part-journal",
                                       "history.db.before-4.x0y1z2.part" };
  static const char *const kept[] = { "history.db.AbCdEf.part", "other.db.before-2.AbCdEf.part",
                                      "history.db.before-2.txt" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (parts, g_build_filename (place->folder, names[i], NULL));
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    g_ptr_array_add (others, g_build_filename (place->folder, kept[i], NULL));
  for (guint i = 0; i < parts->len; i++)
    g_assert_true (g_file_set_contents (parts->pdata[i], "half", -1, NULL));
  for (guint i = 0; i < others->len; i++)
    g_assert_true (g_file_set_contents (others->pdata[i], "whole", -1, NULL));
}

static void
assert_there (const GPtrArray *paths, gboolean there)
{
  for (guint i = 0; i < paths->len; i++)
    g_assert_true (g_file_test (paths->pdata[i], G_FILE_TEST_EXISTS) == there);
}

/* The next start removes the parts, unless another program is writing a copy, as which the folder is
 * locked. */
static void
test_parts (Place *place, gconstpointer data)
{
  gboolean busy = GPOINTER_TO_INT (data);
  int lock = busy ? g_open (place->folder, O_RDONLY | O_DIRECTORY, 0) : -1;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);

  make_old (place, 1);
  make_parts (place, parts, others);
  g_assert_true (!busy || flock (lock, LOCK_SH) == 0);
  g_autoptr (SgHistory) history = test_open_history (place->path);
  assert_there (parts, busy);
  assert_there (others, TRUE);
  assert_sketches (history);
  if (busy)
    close (lock);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint version = 1; version < count_migrations (); version++)
    {
      g_autofree char *path = g_strdup_printf ("/store/migrations/from-%u", version);

      g_test_add (path, Place, GUINT_TO_POINTER (version), set_up, test_from_version, tear_down);
    }
  g_test_add ("/store/migrations/at-once", Place, GINT_TO_POINTER (SG_DATABASE_WRITER), set_up, test_at_once,
              tear_down);
  g_test_add ("/store/migrations/cache-at-once", Place, GINT_TO_POINTER (SG_DATABASE_CACHE), set_up,
              test_at_once, tear_down);
  g_test_add ("/store/migrations/old-at-once", Place, NULL, set_up, test_old_at_once, tear_down);
  g_test_add ("/store/migrations/copies-name-alike", Place, NULL, set_up, test_copies_name_alike, tear_down);
  g_test_add ("/store/migrations/parts", Place, GINT_TO_POINTER (FALSE), set_up, test_parts, tear_down);
  g_test_add ("/store/migrations/parts-of-another", Place, GINT_TO_POINTER (TRUE), set_up, test_parts,
              tear_down);
  g_test_add ("/store/migrations/new", Place, NULL, set_up, test_new_has_no_backup, tear_down);
  return g_test_run ();
}
