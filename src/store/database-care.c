/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What keeps a database well: copies, checks, and space given back. */
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "store/database-private.h"
#include "store/error.h"

gboolean
sg_database_check_whole (SgDatabase *db, GError **error)
{
  g_autofree char *verdict = sg_database_read_value (db, "PRAGMA quick_check(1)", error);

  if (!verdict)
    return FALSE;
  if (g_str_equal (verdict, "ok"))
    return TRUE;
  g_set_error (error, SG_STORE_ERROR, SG_STORE_ERROR_CORRUPT, "%s: %s", db->path, verdict);
  return FALSE;
}

/* 0 where it cannot be read. */
static gint64
read_number (SgDatabase *db, const char *sql)
{
  g_autofree char *value = sg_database_read_value (db, sql, NULL);

  return value ? g_ascii_strtoll (value, NULL, 10) : 0;
}

guint64
sg_database_get_bytes (SgDatabase *db)
{
  gint64 pages = read_number (db, "PRAGMA page_count") - read_number (db, "PRAGMA freelist_count");

  return pages * read_number (db, "PRAGMA page_size");
}

guint
sg_database_get_n_free_pages (SgDatabase *db)
{
  return read_number (db, "PRAGMA freelist_count");
}

gboolean
sg_database_give_back (SgDatabase *db, guint n_pages, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA incremental_vacuum(%u)", n_pages);

  return sg_database_execute (db, sql, error);
}

/* Has what was written to `path` on disk. */
static gboolean
sync_file (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean done = fd >= 0 && fsync (fd) == 0;

  if (!done)
    g_set_error (error, SG_STORE_ERROR, errno == ENOSPC ? SG_STORE_ERROR_FULL : SG_STORE_ERROR_OPEN, "%s: %s",
                 path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return done;
}

/* The copy is one file, whatever the source's journal: it is for carrying about. */
static gboolean
copy_into (SgDatabase *db, const char *path, GError **error)
{
  g_autoptr (SgDatabase) copy =
    sg_database_connect (path, SG_DATABASE_COPY, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);

  if (!copy)
    return FALSE;
  sqlite3_backup *backup = sqlite3_backup_init (copy->connection, "main", db->connection, "main");
  if (!backup)
    return sg_database_check (copy, sqlite3_errcode (copy->connection), error);
  int result = sqlite3_backup_step (backup, -1);
  int finished = sqlite3_backup_finish (backup);
  if (!sg_database_check (copy, result != SQLITE_DONE && finished == SQLITE_OK ? result : finished, error))
    return FALSE;
  return sg_database_execute (copy, "PRAGMA journal_mode = DELETE", error);
}

/* Whoever writes a copy has its folder locked, together with others; who has it alone knows that nobody does.
 * -1: it cannot be had. Closing the descriptor unlocks it, as the end of the program does. */
static int
lock_folder (const char *path, int operation)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd >= 0 && flock (fd, operation) == 0)
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

/* A copy that was being written, or what SQLite kept beside that. */
static gboolean
is_part (const char *name, const char *start)
{
  static const char *const endings[] = { ".part", ".part-journal", ".part-wal", ".part-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_prefix (name, start) && g_str_has_suffix (name, endings[i]))
      return TRUE;
  return FALSE;
}

void
sg_database_remove_parts (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path), *start = g_path_get_basename (path);
  int lock = lock_folder (path, LOCK_EX | LOCK_NB);
  g_autoptr (GDir) files = lock >= 0 ? g_dir_open (folder, 0, NULL) : NULL;

  for (const char *name; files && (name = g_dir_read_name (files));)
    if (is_part (name, start))
      {
        g_autofree char *part = g_build_filename (folder, name, NULL);

        g_unlink (part);
      }
  if (lock >= 0)
    close (lock);
}

/* An empty file of a name that no other program has, which may write a copy at the same moment. */
static char *
make_part (const char *path, GError **error)
{
  char *part = g_strconcat (path, ".XXXXXX.part", NULL);
  int fd = g_mkstemp_full (part, O_RDWR | O_CLOEXEC, 0600);

  if (fd >= 0)
    {
      close (fd);
      return part;
    }
  g_set_error (error, SG_STORE_ERROR, errno == ENOSPC ? SG_STORE_ERROR_FULL : SG_STORE_ERROR_OPEN, "%s: %s",
               part, g_strerror (errno));
  g_free (part);
  return NULL;
}

/* Whether the copy is of that version, or any will do. */
static gboolean
is_of_version (const char *path, int version)
{
  g_autoptr (SgDatabase) copy =
    version >= 0 ? sg_database_connect (path, SG_DATABASE_READER, SQLITE_OPEN_READONLY, NULL) : NULL;

  return version < 0 || (copy && sg_database_get_version (copy, NULL) == version);
}

static gboolean
back_up (SgDatabase *db, const char *path, int version, GError **error)
{
  g_autofree char *part = make_part (path, error);
  gboolean done;

  if (!part)
    return FALSE;
  done = copy_into (db, part, error) && sync_file (part, error);
  if (done && is_of_version (part, version))
    {
      if (g_rename (part, path) == 0)
        return TRUE;
      g_set_error (error, SG_STORE_ERROR, SG_STORE_ERROR_OPEN, "%s: %s", path, g_strerror (errno));
      done = FALSE;
    }
  g_unlink (part);
  return done;
}

gboolean
sg_database_back_up_version (SgDatabase *db, const char *path, int version, GError **error)
{
  int lock = lock_folder (path, LOCK_SH);
  gboolean done = back_up (db, path, version, error);

  if (lock >= 0)
    close (lock);
  return done;
}

gboolean
sg_database_back_up (SgDatabase *db, const char *path, GError **error)
{
  return sg_database_back_up_version (db, path, -1, error);
}

static const char *const suffixes[] = { "", "-wal", "-shm" };

static void
remove_mark (const char *path)
{
  g_autofree char *mark = g_strconcat (path, SG_DAMAGED_SUFFIX, NULL);

  g_unlink (mark);
}

void
sg_database_remove_files (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_unlink (name);
    }
  remove_mark (path);
}

gboolean
sg_database_move_files (const char *path, const char *to, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *old = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *new = g_strconcat (to, suffixes[i], NULL);

      if (g_rename (old, new) != 0 && errno != ENOENT)
        {
          g_set_error (error, SG_STORE_ERROR, SG_STORE_ERROR_OPEN,
                       "%s: damaged, and cannot be moved aside: %s", old, g_strerror (errno));
          return FALSE;
        }
    }
  remove_mark (path);
  return TRUE;
}
