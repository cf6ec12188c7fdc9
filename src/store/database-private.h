/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of store/database*.c share: the connection, and SQL that is no statement of
 * resources/sql/queries.
 */
#pragma once

#include <sqlite3.h>

#include "store/database.h"

G_BEGIN_DECLS

#define SG_DAMAGED_SUFFIX ".damaged" /* of an empty file beside the database: damage was met in it */
#define SG_SQL_PATH "/org/simgen/SimGen/sql/"

struct _SgDatabase
{
  sqlite3 *connection;
  SgDatabaseMode mode;
  char *path;
  gboolean measured;      /* sg_database_set_measured was told so */
  gboolean unsynced;      /* sg_database_set_synced was told so */
  GHashTable *statements; /* name -> SgStatement */
};

/* A connection with no settings, migrations or statements yet. `flags` are SQLite's. */
SgDatabase *sg_database_connect (const char *path, SgDatabaseMode mode, int flags, GError **error);

/* Sets `error` from what SQLite said last, unless `result` is good. */
gboolean sg_database_check (SgDatabase *db, int result, GError **error);
gboolean sg_database_execute (SgDatabase *db, const char *sql, GError **error);

/* The text of the first value that `sql` gives. (transfer full), NULL with `error`. */
char *sg_database_read_value (SgDatabase *db, const char *sql, GError **error);

/* As sg_database_back_up, of a database of that `version` (-1: any); of another one nothing is kept: another
 * program has brought it up to date meanwhile, and kept a copy before. */
gboolean sg_database_back_up_version (SgDatabase *db, const char *path, int version, GError **error);

/* Removes what is left of copies whose names begin as `path` does, of a program that did not come to their
 * end; nothing where another one may be writing one. */
void sg_database_remove_parts (const char *path);

/* Brings the schema up to date; a database with data in it is copied beside itself before. */
gboolean sg_database_migrate (SgDatabase *db, GError **error);

G_END_DECLS
