/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The migrations of resources/sql: what a database has seen of them, and the rest applied, each in a
 * transaction of its own. A database with data in it is copied before the first of them. */
#include <stdlib.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "store/database-private.h"
#include "store/error.h"

#define CONVERTED_BYTES (64 << 20) /* rewritten in half a second */

int
sg_database_get_version (SgDatabase *db, GError **error)
{
  g_autofree char *version = sg_database_read_value (db, "PRAGMA user_version", error);

  return version ? atoi (version) : -1;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The resources whose names begin with a number, in its order. */
static GPtrArray *
list_migrations (void)
{
  g_auto (GStrv) names = g_resources_enumerate_children (SG_SQL_PATH, 0, NULL);
  GPtrArray *migrations = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; names && names[i]; i++)
    if (g_ascii_isdigit (names[i][0]))
      g_ptr_array_add (migrations, g_strconcat (SG_SQL_PATH, names[i], NULL));
  g_ptr_array_sort (migrations, compare_names);
  return migrations;
}

static void
set_newer (SgDatabase *db, int version, guint known, GError **error)
{
  g_set_error (error, SG_STORE_ERROR, SG_STORE_ERROR_NEWER,
               "%s: written by a newer SimGen (schema %d; this one knows up to %u); it is left alone",
               db->path, version, known);
}

/* Applies migration `number` (from 1), unless another program that opened the file just now was faster. */
static gboolean
apply_migration (SgDatabase *db, int number, const char *resource, GError **error)
{
  g_autoptr (GBytes) sql = g_resources_lookup_data (resource, 0, NULL);
  g_autofree char *done = g_strdup_printf ("PRAGMA user_version = %d", number);

  if (!sg_database_begin (db, error))
    return FALSE;
  int version = sg_database_get_version (db, error);
  if (version >= number)
    {
      sg_database_rollback (db);
      return TRUE;
    }
  if (version < 0 || !sg_database_execute (db, g_bytes_get_data (sql, NULL), error) ||
      !sg_database_execute (db, done, error))
    {
      sg_database_rollback (db);
      return FALSE;
    }
  return sg_database_commit (db, error);
}

/* "history.db.before-2": as it was before the second migration. */
static char *
backup_name (SgDatabase *db, int number)
{
  return g_strdup_printf ("%s.before-%d", db->path, number);
}

/* A copy of what `number` is about to change. Only the last two of such copies are kept. A start that was cut
 * short amid its copy has left a part of it, and this one comes here again. */
static gboolean
back_up_before (SgDatabase *db, int number, GError **error)
{
  g_autofree char *path = backup_name (db, number), *any = g_strconcat (db->path, ".before-", NULL);

  sg_database_remove_parts (any);
  if (!sg_database_back_up_version (db, path, number - 1, error))
    return FALSE;
  for (int older = number - 1, kept = 1; older > 1; older--)
    {
      g_autofree char *name = backup_name (db, older);

      if (g_file_test (name, G_FILE_TEST_EXISTS) && ++kept > 2)
        g_unlink (name);
    }
  return TRUE;
}

/* Has a file from before the second migration give pages back as it shrinks, like a new one: that takes one
 * rewriting, of what is small enough for nobody to wait. A larger one keeps its free pages and uses them
 * again. */
static gboolean
make_incremental (SgDatabase *db, GError **error)
{
  g_autofree char *mode = sg_database_read_value (db, "PRAGMA auto_vacuum", error);

  if (!mode)
    return FALSE;
  if (g_str_equal (mode, "2") || sg_database_get_bytes (db) > CONVERTED_BYTES)
    return TRUE;
  return sg_database_execute (db, "PRAGMA auto_vacuum = INCREMENTAL; VACUUM", error);
}

/* All that is in a schema, as one text. Quotes and spaces are SQLite's to choose: what it writes where a
 * table is altered differs from version to version. */
static char *
read_schema (SgDatabase *db, GError **error)
{
  g_autofree char *schema = sg_database_read_value (
    db,
    "SELECT group_concat(type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, ''), ';')"
    " FROM (SELECT * FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name)",
    error);
  char *to = schema;

  if (!schema)
    return NULL;
  for (const char *from = schema; *from; from++)
    if (!g_ascii_isspace (*from) && *from != '"')
      *to++ = *from;
  *to = '\0';
  return g_steal_pointer (&schema);
}

/* The schema that the first `version` migrations make. */
static char *
make_schema (int version, GError **error)
{
  g_autoptr (GPtrArray) migrations = list_migrations ();
  g_autoptr (SgDatabase) db =
    sg_database_connect (":memory:", SG_DATABASE_WRITER, SQLITE_OPEN_READWRITE, error);

  if (!db)
    return NULL;
  for (int i = 0; i < version; i++)
    if (!apply_migration (db, i + 1, g_ptr_array_index (migrations, i), error))
      return NULL;
  return read_schema (db, error);
}

gboolean
sg_database_check_schema (SgDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) migrations = list_migrations ();
  int version = sg_database_get_version (db, error);

  if (version < 0)
    return FALSE;
  if (version > (int)migrations->len)
    {
      set_newer (db, version, migrations->len, error);
      return FALSE;
    }
  g_autofree char *expected = version > 0 ? make_schema (version, error) : NULL;
  g_autofree char *schema = read_schema (db, NULL);
  if (version > 0 && !expected)
    return FALSE;
  if (expected && g_strcmp0 (schema, expected) == 0)
    return TRUE;
  g_set_error (error, SG_STORE_ERROR, SG_STORE_ERROR_INVALID, "%s: this is no history of SimGen", db->path);
  return FALSE;
}

gboolean
sg_database_is_up_to_date (SgDatabase *db)
{
  g_autoptr (GPtrArray) migrations = list_migrations ();

  return sg_database_get_version (db, NULL) == (int)migrations->len;
}

gboolean
sg_database_migrate (SgDatabase *db, GError **error)
{
  g_autoptr (GPtrArray) migrations = list_migrations ();
  int version = sg_database_get_version (db, error);

  if (version < 0)
    return FALSE;
  if (version > (int)migrations->len)
    {
      set_newer (db, version, migrations->len, error);
      return FALSE;
    }
  if (version > 0 && version < (int)migrations->len && db->mode != SG_DATABASE_CACHE &&
      !back_up_before (db, version + 1, error))
    return FALSE;
  for (guint i = version; i < migrations->len; i++)
    if (!apply_migration (db, i + 1, g_ptr_array_index (migrations, i), error))
      return FALSE;
  return version == 0 || version == (int)migrations->len || make_incremental (db, error);
}
