/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SQLite and nothing else: no entries are made, no thread is asked. */
#include "store/reference.h"

#include <gio/gio.h>
#include <sqlite3.h>

#include "store/error.h"

struct _SgStoreReference
{
  sqlite3 *db;
  sqlite3_stmt *list, *grid, *search, *best, *insert;
};

static gboolean
check (sqlite3 *db, int result, GError **error)
{
  if (result == SQLITE_OK || result == SQLITE_DONE)
    return TRUE;
  g_set_error_literal (error, SG_STORE_ERROR, SG_STORE_ERROR_SQL, sqlite3_errmsg (db));
  return FALSE;
}

static gboolean
execute (sqlite3 *db, const char *sql, GError **error)
{
  return check (db, sqlite3_exec (db, sql, NULL, NULL, NULL), error);
}

/* Some words are in every fifth run, some in few. */
static const char *const vocabulary =
  "CREATE TEMP TABLE word (n INTEGER PRIMARY KEY, text TEXT);"
  "INSERT INTO word (n, text) VALUES (0, 'Pendulum'), (1, 'ramp'), (2, 'ball'), (3, 'car'), (4, 'spring'), "
  "(5, 'pulley'),"
  " (6, 'robot'), (7, 'arm'), (8, 'motor'), (9, 'moon'), (10, 'gravity'), (11, 'wheel'), (12, 'rope'), "
  "(13, 'Éclair'),"
  " (14, 'domino'), (15, 'chain'), (16, 'crane'), (17, 'seesaw'), (18, 'gear'), (19, 'bridge');"
  "INSERT INTO word (n, text) SELECT value, 'p' || substr (lower (hex (randomblob (4))), 1, 6)"
  " FROM generate_number (20, 2019);";

/* generate_series is not in every SQLite. */
static char *
vocabulary_sql (void)
{
  g_auto (GStrv) parts = g_strsplit (vocabulary, "generate_number (20, 2019)", 2);

  return g_strjoinv ("(WITH RECURSIVE number (value) AS (SELECT 20 UNION ALL SELECT value + 1 FROM number"
                     " WHERE value < 2019) SELECT value FROM number)",
                     parts);
}

static char *
rows_sql (guint n_runs)
{
  return g_strdup_printf (
    "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < %u)"
    " INSERT INTO sketches (id, uid, title, words, n_strokes, thumbnail, created_us, updated_us)"
    " SELECT n, lower (hex (randomblob (16))), (SELECT text FROM word WHERE word.n = number.n %% 20) || ' "
    "' || n, '', 9,"
    " randomblob (1500), n, n FROM number;"
    "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < %u)"
    " INSERT INTO simulations (id, sketch_id, uid, session, title, words, status, simulated_s, wall_s, "
    "n_frames, n_steps,"
    " created_us, updated_us, completed_us, thumbnail)"
    " SELECT n, 1 + n %% %u, lower (hex (randomblob (16))), 's' || n / 100,"
    " (SELECT text FROM word WHERE word.n = number.n * 7919 / 16 %% 20),"
    " (SELECT text FROM word WHERE word.n = number.n * 104729 / 64 %% 20) || ' '"
    " || (SELECT text FROM word WHERE word.n = number.n * 1299709 / 128 %% 2020) || ' '"
    " || (SELECT text FROM word WHERE word.n = number.n * 15485863 / 256 %% 2020),"
    " CASE n %% 3 WHEN 0 THEN 'completed' WHEN 1 THEN 'stopped' ELSE 'diverged' END, 10, 1, 600, 5000, n, "
    "n, n,"
    " randomblob (1500) FROM number;",
    MAX (1, n_runs / 50), n_runs, MAX (1, n_runs / 50));
}

gboolean
sg_store_reference_fill (const char *path, guint n_runs, GError **error)
{
  g_autofree char *words = vocabulary_sql (), *rows = rows_sql (n_runs);
  sqlite3 *db = NULL;
  gboolean done = check (db, sqlite3_open (path, &db), error) &&
                  execute (db, "PRAGMA synchronous = OFF; PRAGMA cache_size = -64000; BEGIN", error) &&
                  execute (db, words, error) && execute (db, rows, error) &&
                  execute (db, "COMMIT; PRAGMA wal_checkpoint (TRUNCATE)", error);

  sqlite3_close (db);
  return done;
}

static gboolean
prepare (SgStoreReference *reference, const char *name, sqlite3_stmt **statement, GError **error)
{
  g_autofree char *path = g_strdup_printf ("/org/simgen/SimGen/sql/queries/%s.sql", name);
  g_autoptr (GBytes) sql = g_resources_lookup_data (path, 0, error);

  return sql && check (reference->db,
                       sqlite3_prepare_v3 (reference->db, g_bytes_get_data (sql, NULL), -1,
                                           SQLITE_PREPARE_PERSISTENT, statement, NULL),
                       error);
}

SgStoreReference *
sg_store_reference_new (const char *path, GError **error)
{
  g_autoptr (SgStoreReference) reference = g_new0 (SgStoreReference, 1);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;

  if (!check (reference->db, sqlite3_open_v2 (path, &reference->db, flags, NULL), error) ||
      !execute (reference->db,
                "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 4000",
                error) ||
      !prepare (reference, "simulation-list", &reference->list, error) ||
      !prepare (reference, "sketch-list", &reference->grid, error) ||
      !prepare (reference, "simulation-search", &reference->search, error) ||
      !prepare (reference, "simulation-search-best", &reference->best, error) ||
      !prepare (reference, "simulation-insert", &reference->insert, error))
    return NULL;
  return g_steal_pointer (&reference);
}

void
sg_store_reference_free (SgStoreReference *reference)
{
  sqlite3_finalize (reference->list);
  sqlite3_finalize (reference->grid);
  sqlite3_finalize (reference->search);
  sqlite3_finalize (reference->best);
  sqlite3_finalize (reference->insert);
  sqlite3_close (reference->db);
  g_free (reference);
}

static void
bind_int (sqlite3_stmt *statement, const char *parameter, gint64 value)
{
  sqlite3_bind_int64 (statement, sqlite3_bind_parameter_index (statement, parameter), value);
}

static void
bind_text (sqlite3_stmt *statement, const char *parameter, const char *text)
{
  sqlite3_bind_text (statement, sqlite3_bind_parameter_index (statement, parameter), text, -1, SQLITE_STATIC);
}

/* Steps through all rows and has each column read, as text or bytes, where it is. */
static int
read_rows (SgStoreReference *reference, sqlite3_stmt *statement, GError **error)
{
  int result, n = 0;

  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (statement); i++)
        sqlite3_column_blob (statement, i);
      n++;
    }
  sqlite3_reset (statement);
  return check (reference->db, result, error) ? n : -1;
}

int
sg_store_reference_list (SgStoreReference *reference, gint64 before_us, guint limit, GError **error)
{
  bind_int (reference->list, ":before_us", before_us);
  bind_int (reference->list, ":before_id", before_us);
  bind_int (reference->list, ":limit", limit);
  return read_rows (reference, reference->list, error);
}

int
sg_store_reference_grid (SgStoreReference *reference, gint64 before_us, guint limit, GError **error)
{
  bind_int (reference->grid, ":before_us", before_us);
  bind_int (reference->grid, ":limit", limit);
  return read_rows (reference, reference->grid, error);
}

int
sg_store_reference_search (
  SgStoreReference *reference, gboolean best, const char *match, guint limit, GError **error)
{
  sqlite3_stmt *statement = best ? reference->best : reference->search;

  bind_text (statement, ":match", match);
  bind_int (statement, ":sketch_id", 0);
  bind_int (statement, ":limit", limit);
  if (!best)
    bind_int (statement, ":before_id", G_MAXINT64);
  return read_rows (reference, statement, error);
}

gboolean
sg_store_reference_insert (SgStoreReference *reference, GBytes *thumbnail, const char *mjcf, GError **error)
{
  sqlite3_stmt *statement = reference->insert;
  int index = sqlite3_bind_parameter_index (statement, ":thumbnail");

  bind_int (statement, ":sketch_id", 1);
  bind_text (statement, ":session", "reference");
  bind_text (statement, ":status", "completed");
  bind_text (statement, ":mjcf", mjcf);
  for (const char *const *number = (const char *const[]){ ":simulated_s", ":wall_s", NULL }; *number;
       number++)
    sqlite3_bind_double (statement, sqlite3_bind_parameter_index (statement, *number), 1);
  bind_int (statement, ":n_frames", 600);
  bind_int (statement, ":n_steps", 5000);
  bind_int (statement, ":now_us", g_get_real_time ());
  sqlite3_bind_blob (statement, index, g_bytes_get_data (thumbnail, NULL), g_bytes_get_size (thumbnail),
                     SQLITE_STATIC);
  if (!execute (reference->db, "BEGIN IMMEDIATE", error))
    return FALSE;
  int result = sqlite3_step (statement);
  sqlite3_reset (statement);
  return check (reference->db, result, error) && execute (reference->db, "COMMIT", error);
}
