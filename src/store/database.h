/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SQLite behind errors, names and types of ours; the only home of sqlite3.h. A connection is for one thread
 * at a time. Statements are files of resources/sql/queries, prepared once a connection and named by their
 * basename; their parameters are bound by name, always.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SgDatabase SgDatabase;

typedef enum
{
  SG_DATABASE_WRITER,   /* makes the file where there is none, and brings it up to date */
  SG_DATABASE_READER,   /* an existing file, never changed */
  SG_DATABASE_STRANGER, /* the same, of a file that anybody may have made */
  SG_DATABASE_COPY,     /* for sg_database_back_up alone: what it writes */
  SG_DATABASE_CACHE,    /* a writer of what can be computed again: it never waits for the disk, so that a
                           power cut takes the newest entries */
  SG_DATABASE_BRIEF     /* an existing file of this schema, for a few rows that may be lost: no check, no
                           fsync and no wait for others worth the name */
} SgDatabaseMode;

/* Opens with WAL, synchronous FULL and foreign keys. A writer applies the migrations of resources/sql
 * (NNNN-*.sql, numbered from 1; user_version counts them), each in a transaction of its own, after a copy was
 * made of what they change ("PATH.before-NUMBER", the last two of them). A small database is checked whole,
 * and any in which damage was met.
 * The path "memory:NAME" is a database in memory, one for all connections of that name, gone with the last.
 * Errors: store.open, store.newer, store.full, store.busy, store.corrupt. */
SgDatabase *sg_database_open (const char *path, SgDatabaseMode mode, GError **error);
void sg_database_close (SgDatabase *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgDatabase, sg_database_close)

/* Number of migrations that the file has seen; -1 with `error`. */
int sg_database_get_version (SgDatabase *db, GError **error);

gboolean sg_database_is_up_to_date (SgDatabase *db); /* it has seen all that there are */

/* One transaction at a time; a writer's begin waits for another program's, for five seconds; a reader sees
 * one state of the database until it commits. A failed commit has rolled back. Errors: store.sql,
 * store.full, store.busy, store.corrupt, store.open (it became read-only). */
gboolean sg_database_begin (SgDatabase *db, GError **error);
gboolean sg_database_commit (SgDatabase *db, GError **error);
void sg_database_rollback (SgDatabase *db);

/* Whether the next commits are on the disk when they are done, as at first. Others are there after the next
 * one that is, or a sync; only a power cut can take them. Outside a transaction. */
gboolean sg_database_set_synced (SgDatabase *db, gboolean synced, GError **error);
gboolean sg_database_sync (SgDatabase *db, GError **error);

/* A log that has become long is taken into the database and begun anew, as far as others let it be; it waits
 * for nobody but the disk. Outside a transaction. */
void sg_database_cut_log (SgDatabase *db);

/* Whether commits and statements count among the process's figures (they do, by themselves). */
void sg_database_set_measured (SgDatabase *db, gboolean measured);

gint64 sg_database_get_last_id (SgDatabase *db);   /* of the last inserted row */
gint64 sg_database_get_n_changed (SgDatabase *db); /* rows, by the last statement, without its triggers */

typedef struct _SgStatement SgStatement;

/* The statement `name`, ready to be bound, until it is released; not to be asked for again before that.
 * Errors as for begin. */
SgStatement *sg_database_get_statement (SgDatabase *db, const char *name, GError **error);
void sg_statement_release (SgStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgStatement, sg_statement_release)

/* `parameter` with its colon, as in ":id". Text and data are borrowed until release; NULL and NAN bind
 * NULL. */
void sg_statement_bind_int (SgStatement *statement, const char *parameter, gint64 value);
void sg_statement_bind_double (SgStatement *statement, const char *parameter, double value);
void sg_statement_bind_text (SgStatement *statement, const char *parameter, const char *text);
void sg_statement_bind_bytes (SgStatement *statement, const char *parameter, GBytes *data);

typedef enum
{
  SG_STEP_ERROR,
  SG_STEP_ROW,
  SG_STEP_DONE
} SgStep;

SgStep sg_statement_step (SgStatement *statement, GError **error);

/* Steps a statement that gives no rows, and releases it; a NULL statement (it could not be prepared) fails
 * with the `error` that is set already. */
gboolean sg_statement_run (SgStatement *statement, GError **error);

/* Columns of the present row, from 0; valid until the next step. A NULL column is 0, NAN or NULL. */
gint64 sg_statement_get_int (SgStatement *statement, int column);
double sg_statement_get_double (SgStatement *statement, int column);
const char *sg_statement_get_text (SgStatement *statement, int column);
GBytes *sg_statement_dup_bytes (SgStatement *statement, int column);

/* -- Care -- */

/* Finds damage that reading would meet; the time it takes grows with the file. Error: store.corrupt. */
gboolean sg_database_check_whole (SgDatabase *db, GError **error);

/* A copy of one state of the database as one file, which replaces what is at `path` once it is whole and on
 * disk. Errors as for begin. */
gboolean sg_database_back_up (SgDatabase *db, const char *path, GError **error);

/* What belongs to the closed database at `path`, its log too: away, or to another name, where its log may
 * still be of use. Errors: store.open; what was moved before stays there. */
void sg_database_remove_files (const char *path);
gboolean sg_database_move_files (const char *path, const char *to, GError **error);

/* Whether the schema is that of a SimGen of its version, to the letter; store.invalid else. */
gboolean sg_database_check_schema (SgDatabase *db, GError **error);

guint64 sg_database_get_bytes (SgDatabase *db);      /* that are in use */
guint sg_database_get_n_free_pages (SgDatabase *db); /* that could be given back */

/* Gives at most so many free pages back to the file system. */
gboolean sg_database_give_back (SgDatabase *db, guint n_pages, GError **error);

G_END_DECLS
