/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A connection to SQLite, its migrations and its statements. */
#include "store/database.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "base/metrics.h"
#include "store/database-private.h"
#include "store/error.h"

#define BUSY_TIMEOUT_MS 5000
#define BRIEF_TIMEOUT_MS 5
#define AGAIN_MS 10
#define BRIEF_LOG_BYTES (512 << 10) /* some 60 short programs' */
#define KEPT_LOG_BYTES (1 << 20)    /* a longer log is cut once the database has what is in it */
#define MEMORY_PREFIX "memory:"
#define SMALL_BYTES (16 << 20) /* a database that is checked whole at each start: some 20 ms */

struct _SgStatement
{
  SgDatabase *db;
  sqlite3_stmt *handle;
  int bind_result; /* of the first binding that failed; step reports it */
  gboolean in_use;
  gint64 start_ns;
};

static int
error_code (SgDatabase *db, int result)
{
  int system_error;

  switch (result & 0xff)
    {
    case SQLITE_FULL:
      return SG_STORE_ERROR_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return SG_STORE_ERROR_CORRUPT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return SG_STORE_ERROR_BUSY;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return SG_STORE_ERROR_OPEN;
    case SQLITE_IOERR:
      system_error = sqlite3_system_errno (db->connection);
      return system_error == ENOSPC || system_error == EDQUOT ? SG_STORE_ERROR_FULL : SG_STORE_ERROR_IO;
    default:
      return SG_STORE_ERROR_SQL;
    }
}

/* Has the next start check the whole, however large it is. */
static void
mark_damaged (SgDatabase *db)
{
  g_autofree char *mark = g_strconcat (db->path, SG_DAMAGED_SUFFIX, NULL);
  int fd = db->mode < SG_DATABASE_STRANGER && !g_str_has_prefix (db->path, MEMORY_PREFIX)
             ? g_open (mark, O_CREAT | O_CLOEXEC, 0600)
             : -1;

  if (fd >= 0)
    close (fd);
}

gboolean
sg_database_check (SgDatabase *db, int result, GError **error)
{
  if (result == SQLITE_OK || result == SQLITE_ROW || result == SQLITE_DONE)
    return TRUE;
  sg_metrics_add (sg_metrics_process (), SG_COUNTER_DATABASE_ERRORS, 1);
  if (error_code (db, result) == SG_STORE_ERROR_CORRUPT)
    mark_damaged (db);
  g_set_error (error, SG_STORE_ERROR, error_code (db, result), "%s: %s", db->path,
               db->connection ? sqlite3_errmsg (db->connection) : sqlite3_errstr (result));
  return FALSE;
}

gboolean
sg_database_execute (SgDatabase *db, const char *sql, GError **error)
{
  return sg_database_check (db, sqlite3_exec (db->connection, sql, NULL, NULL, NULL), error);
}

char *
sg_database_read_value (SgDatabase *db, const char *sql, GError **error)
{
  sqlite3_stmt *handle = NULL;
  char *value = NULL;
  int result = sqlite3_prepare_v2 (db->connection, sql, -1, &handle, NULL);

  if (result == SQLITE_OK)
    result = sqlite3_step (handle);
  if (result == SQLITE_ROW)
    value = g_strdup ((const char *)sqlite3_column_text (handle, 0));
  sg_database_check (db, result, error);
  sqlite3_finalize (handle);
  return value;
}

/* Whether the file is made where there is none. */
static gboolean
is_made (SgDatabaseMode mode)
{
  return mode == SG_DATABASE_WRITER || mode == SG_DATABASE_CACHE;
}

static gboolean
is_for_writing (SgDatabaseMode mode)
{
  return is_made (mode) || mode == SG_DATABASE_BRIEF;
}

/* What a check costs grows with the file; in a large one damage shows where it is read. */
static gboolean
is_small (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 && info.st_size <= SMALL_BYTES;
}

/* A file may come from anywhere: what is in its schema runs nothing. The one exception are the triggers that
 * keep the full-text indexes, as SQLite before 3.43 counts FTS5 among what only a trusted schema may use: a
 * writer trusts its own file's. */
static void
defend (SgDatabase *db)
{
  sqlite3_db_config (db->connection, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db->connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, is_made (db->mode), NULL);
}

/* A check of the whole looks at pages; what is wrong in a full text shows where it is used. */
static gboolean
rebuild_search (SgDatabase *db)
{
  g_autoptr (GBytes) sql = g_resources_lookup_data (SG_SQL_PATH "search-rebuild.sql", 0, NULL);

  if (!sg_database_begin (db, NULL))
    return FALSE;
  if (sg_database_execute (db, g_bytes_get_data (sql, NULL), NULL))
    return sg_database_commit (db, NULL);
  sg_database_rollback (db);
  return FALSE;
}

/* Without a checkpoint at its end, which would write and sync all that others left in the log. */
static gboolean
set_up_brief (SgDatabase *db, GError **error)
{
  sqlite3_busy_timeout (db->connection, BRIEF_TIMEOUT_MS);
  sqlite3_db_config (db->connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  if (sg_database_get_version (db, error) < 0)
    return FALSE;
  if (sg_database_is_up_to_date (db))
    return sg_database_execute (db, "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0", error);
  g_set_error (error, SG_STORE_ERROR, SG_STORE_ERROR_OPEN, "%s: not of this program's schema", db->path);
  return FALSE;
}

/* Only a new file can be told this, and others would be written to, which another program may forbid just
 * now. */
static gboolean
make_shrinkable (SgDatabase *db, GError **error)
{
  return sg_database_get_version (db, NULL) != 0 ||
         sg_database_execute (db, "PRAGMA auto_vacuum = INCREMENTAL", error);
}

static gboolean
set_up_writer (SgDatabase *db, GError **error)
{
  static const char *const pragmas =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
    /* the log goes into the database when nobody waits for it (sg_database_sync, sg_database_cut_log); else
       at 16 MiB */
    "PRAGMA wal_autocheckpoint = 4000";
  g_autofree char *mark = g_strconcat (db->path, SG_DAMAGED_SUFFIX, NULL);
  gboolean is_marked = g_file_test (mark, G_FILE_TEST_EXISTS);

  /* of a damaged database nothing may be lost by closing it, its log least of all */
  sqlite3_db_config (db->connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  if ((is_marked || is_small (db->path)) && !sg_database_check_whole (db, error))
    return FALSE;
  if (!make_shrinkable (db, error) || !sg_database_execute (db, pragmas, error) ||
      !sg_database_migrate (db, error))
    return FALSE;
  sqlite3_db_config (db->connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  if (is_marked && rebuild_search (db))
    g_unlink (mark);
  return TRUE;
}

static gboolean
set_up (SgDatabase *db, GError **error)
{
  if (db->mode == SG_DATABASE_WRITER)
    return set_up_writer (db, error);
  if (db->mode == SG_DATABASE_BRIEF)
    return set_up_brief (db, error);
  if (db->mode == SG_DATABASE_CACHE)
    return make_shrinkable (db, error) &&
           sg_database_execute (db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF", error) &&
           sg_database_migrate (db, error);
  return sg_database_execute (db, "PRAGMA query_only = ON; PRAGMA cell_size_check = ON", error);
}

/* Where two programs make one file, SQLite tells the one that it would have to wait for ever, as both have
 * begun to read what both would write: then it begins again. What was done by then stays done. */
static gboolean
set_up_again (SgDatabase *db, GError **error)
{
  gint64 end = g_get_monotonic_time () + BUSY_TIMEOUT_MS * G_TIME_SPAN_MILLISECOND;
  GError *problem = NULL;

  while (!set_up (db, &problem))
    {
      if (!is_made (db->mode) || !g_error_matches (problem, SG_STORE_ERROR, SG_STORE_ERROR_BUSY) ||
          g_get_monotonic_time () >= end)
        {
          g_propagate_error (error, problem);
          return FALSE;
        }
      g_clear_error (&problem);
      g_usleep (AGAIN_MS * G_TIME_SPAN_MILLISECOND);
    }
  return TRUE;
}

static void
statement_free (gpointer data)
{
  SgStatement *statement = data;

  sqlite3_finalize (statement->handle);
  g_free (statement);
}

/* A stranger's file without a log changes under nobody's hands: it can be read where no file can be made, as
 * SQLite's log would need. (transfer full) */
static char *
immutable_name (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_autofree char *uri = g_file_test (log, G_FILE_TEST_EXISTS) ? NULL : g_filename_to_uri (full, NULL, NULL);

  return uri ? g_strconcat (uri, "?immutable=1", NULL) : NULL;
}

SgDatabase *
sg_database_connect (const char *path, SgDatabaseMode mode, int flags, GError **error)
{
  SG_TIME_BLOCK (SG_OPERATION_DATABASE_OPEN);
  g_autoptr (SgDatabase) db = g_new0 (SgDatabase, 1);
  gboolean in_memory = g_str_has_prefix (path, MEMORY_PREFIX);
  g_autofree char *immutable = mode == SG_DATABASE_STRANGER ? immutable_name (path) : NULL;
  g_autofree char *name = in_memory ? g_strconcat ("/", path + strlen (MEMORY_PREFIX), NULL)
                                    : g_strdup (immutable ? immutable : path);

  db->mode = mode;
  db->measured = TRUE;
  db->path = g_strdup (path);
  db->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, statement_free);
  flags |= SQLITE_OPEN_NOMUTEX | (immutable ? SQLITE_OPEN_URI : 0);
  int result = sqlite3_open_v2 (name, &db->connection, flags, in_memory ? "memdb" : NULL);
  if (!sg_database_check (db, result, error))
    return NULL;
  sqlite3_busy_timeout (db->connection, BUSY_TIMEOUT_MS);
  sqlite3_extended_result_codes (db->connection, 1);
  defend (db);
  return g_steal_pointer (&db);
}

SgDatabase *
sg_database_open (const char *path, SgDatabaseMode mode, GError **error)
{
  int flags = mode == SG_DATABASE_STRANGER ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  g_autoptr (SgDatabase) db =
    sg_database_connect (path, mode, flags | (is_made (mode) ? SQLITE_OPEN_CREATE : 0), error);

  if (!db)
    return NULL;
  if (!set_up_again (db, error))
    return NULL;
  return g_steal_pointer (&db);
}

/* 0 where there is none. */
static gint64
log_bytes (SgDatabase *db)
{
  g_autofree char *log = g_strconcat (db->path, "-wal", NULL);
  GStatBuf info;

  return g_stat (log, &info) == 0 ? info.st_size : 0;
}

/* A log that only such connections write is never begun anew by itself, and each of them reads all of it: so
 * now and then one does what it otherwise leaves to others. */
static void
end_brief (SgDatabase *db)
{
  if (log_bytes (db) > BRIEF_LOG_BYTES)
    sqlite3_db_config (db->connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
}

void
sg_database_close (SgDatabase *db)
{
  if (db->mode == SG_DATABASE_BRIEF && db->connection)
    end_brief (db);
  g_hash_table_unref (db->statements);
  sqlite3_close (db->connection);
  g_free (db->path);
  g_free (db);
}

gboolean
sg_database_begin (SgDatabase *db, GError **error)
{
  return sg_database_execute (db, is_for_writing (db->mode) ? "BEGIN IMMEDIATE" : "BEGIN", error);
}

void
sg_database_set_measured (SgDatabase *db, gboolean measured)
{
  db->measured = measured;
}

static void
measure (const SgDatabase *db, SgOperation operation, gint64 start_ns)
{
  if (db->measured)
    sg_metrics_record (sg_metrics_process (), operation, sg_metrics_now () - start_ns);
}

gboolean
sg_database_commit (SgDatabase *db, GError **error)
{
  gint64 start = sg_metrics_now ();
  gboolean done = sg_database_execute (db, "COMMIT", error);

  measure (db, SG_OPERATION_DATABASE_COMMIT, start);
  if (!done)
    sg_database_rollback (db);
  return done;
}

void
sg_database_rollback (SgDatabase *db)
{
  /* some errors have rolled back already */
  if (!sqlite3_get_autocommit (db->connection))
    sqlite3_exec (db->connection, "ROLLBACK", NULL, NULL, NULL);
}

gboolean
sg_database_set_synced (SgDatabase *db, gboolean synced, GError **error)
{
  if (db->unsynced == !synced)
    return TRUE;
  if (!sg_database_execute (db, synced ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL", error))
    return FALSE;
  db->unsynced = !synced;
  return TRUE;
}

/* A checkpoint begins with having the log on the disk. */
gboolean
sg_database_sync (SgDatabase *db, GError **error)
{
  return sg_database_execute (db, "PRAGMA wal_checkpoint (PASSIVE)", error);
}

/* Without a time to wait it does what the readers of others allow; the rest is for the next time. */
void
sg_database_cut_log (SgDatabase *db)
{
  if (log_bytes (db) <= KEPT_LOG_BYTES)
    return;
  sqlite3_busy_timeout (db->connection, 0);
  sqlite3_wal_checkpoint_v2 (db->connection, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  sqlite3_busy_timeout (db->connection, BUSY_TIMEOUT_MS);
}

gint64
sg_database_get_last_id (SgDatabase *db)
{
  return sqlite3_last_insert_rowid (db->connection);
}

gint64
sg_database_get_n_changed (SgDatabase *db)
{
  return sqlite3_changes64 (db->connection);
}

static SgStatement *
prepare (SgDatabase *db, const char *name, GError **error)
{
  g_autofree char *resource = g_strdup_printf (SG_SQL_PATH "queries/%s.sql", name);
  g_autoptr (GBytes) sql = g_resources_lookup_data (resource, 0, NULL);
  sqlite3_stmt *handle = NULL;

  g_assert (sql != NULL);
  if (!sg_database_check (db,
                          sqlite3_prepare_v3 (db->connection, g_bytes_get_data (sql, NULL), -1,
                                              SQLITE_PREPARE_PERSISTENT, &handle, NULL),
                          error))
    return NULL;
  SgStatement *statement = g_new0 (SgStatement, 1);
  statement->db = db;
  statement->handle = handle;
  g_hash_table_insert (db->statements, g_strdup (name), statement);
  return statement;
}

SgStatement *
sg_database_get_statement (SgDatabase *db, const char *name, GError **error)
{
  SgStatement *statement = g_hash_table_lookup (db->statements, name);

  if (!statement)
    statement = prepare (db, name, error);
  if (!statement)
    return NULL;
  g_assert (!statement->in_use);
  statement->in_use = TRUE;
  statement->bind_result = SQLITE_OK;
  statement->start_ns = sg_metrics_now ();
  return statement;
}

void
sg_statement_release (SgStatement *statement)
{
  sqlite3_reset (statement->handle);
  sqlite3_clear_bindings (statement->handle);
  statement->in_use = FALSE;
  measure (statement->db, SG_OPERATION_DATABASE_QUERY, statement->start_ns);
}

static int
parameter_index (SgStatement *statement, const char *parameter)
{
  int index = sqlite3_bind_parameter_index (statement->handle, parameter);

  g_assert (index > 0);
  return index;
}

static void
note_bind (SgStatement *statement, int result)
{
  if (statement->bind_result == SQLITE_OK)
    statement->bind_result = result;
}

void
sg_statement_bind_int (SgStatement *statement, const char *parameter, gint64 value)
{
  note_bind (statement,
             sqlite3_bind_int64 (statement->handle, parameter_index (statement, parameter), value));
}

void
sg_statement_bind_double (SgStatement *statement, const char *parameter, double value)
{
  note_bind (statement,
             sqlite3_bind_double (statement->handle, parameter_index (statement, parameter), value));
}

void
sg_statement_bind_text (SgStatement *statement, const char *parameter, const char *text)
{
  note_bind (statement, sqlite3_bind_text64 (statement->handle, parameter_index (statement, parameter), text,
                                             text ? strlen (text) : 0, SQLITE_STATIC, SQLITE_UTF8));
}

void
sg_statement_bind_bytes (SgStatement *statement, const char *parameter, GBytes *data)
{
  gsize size = 0;
  gconstpointer bytes = data ? g_bytes_get_data (data, &size) : NULL;

  note_bind (statement, sqlite3_bind_blob64 (statement->handle, parameter_index (statement, parameter), bytes,
                                             size, SQLITE_STATIC));
}

SgStep
sg_statement_step (SgStatement *statement, GError **error)
{
  int result = statement->bind_result;

  if (result == SQLITE_OK)
    result = sqlite3_step (statement->handle);
  if (!sg_database_check (statement->db, result, error))
    return SG_STEP_ERROR;
  return result == SQLITE_ROW ? SG_STEP_ROW : SG_STEP_DONE;
}

gboolean
sg_statement_run (SgStatement *statement, GError **error)
{
  if (!statement)
    return FALSE;
  SgStep step = sg_statement_step (statement, error);
  sg_statement_release (statement);
  return step != SG_STEP_ERROR;
}

gint64
sg_statement_get_int (SgStatement *statement, int column)
{
  return sqlite3_column_int64 (statement->handle, column);
}

double
sg_statement_get_double (SgStatement *statement, int column)
{
  if (sqlite3_column_type (statement->handle, column) == SQLITE_NULL)
    return NAN;
  return sqlite3_column_double (statement->handle, column);
}

const char *
sg_statement_get_text (SgStatement *statement, int column)
{
  return (const char *)sqlite3_column_text (statement->handle, column);
}

GBytes *
sg_statement_dup_bytes (SgStatement *statement, int column)
{
  gconstpointer data;

  if (sqlite3_column_type (statement->handle, column) == SQLITE_NULL)
    return NULL;
  data = sqlite3_column_blob (statement->handle, column); /* NULL where it is empty */
  return g_bytes_new (data, sqlite3_column_bytes (statement->handle, column));
}
