/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The shim. A file of ours is followed by one of the real VFS; whatever is not to fail goes straight
 * through. What is armed is shared by all threads of the process, as the disk is. */
#include "fault-vfs.h"

#include <string.h>

#include <sqlite3.h>

typedef struct
{
  sqlite3_file base;
  gboolean is_database; /* or its log; not a temporary file */
} File;

static struct
{
  sqlite3_vfs vfs, *real;
  sqlite3_io_methods methods;
  int armed; /* FaultKind + 1; 0: none */
  int n_good, result;
  int failed;
} disk;

static sqlite3_file *
inner (sqlite3_file *file)
{
  return (sqlite3_file *)((File *)file + 1);
}

/* SQLITE_OK, or what this operation fails with. */
static int
judge (sqlite3_file *file, FaultKind kind)
{
  if (!((File *)file)->is_database || g_atomic_int_get (&disk.armed) != (int)kind + 1)
    return SQLITE_OK;
  if (g_atomic_int_add (&disk.n_good, -1) > 0)
    return SQLITE_OK;
  g_atomic_int_set (&disk.failed, TRUE);
  return disk.result;
}

static int
file_close (sqlite3_file *file)
{
  return inner (file)->pMethods ? inner (file)->pMethods->xClose (inner (file)) : SQLITE_OK;
}

static int
file_read (sqlite3_file *file, void *data, int size, sqlite3_int64 offset)
{
  int result = judge (file, FAULT_READ);

  return result != SQLITE_OK ? result : inner (file)->pMethods->xRead (inner (file), data, size, offset);
}

static int
file_write (sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
  int result = judge (file, FAULT_WRITE);

  return result != SQLITE_OK ? result : inner (file)->pMethods->xWrite (inner (file), data, size, offset);
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  return inner (file)->pMethods->xTruncate (inner (file), size);
}

static int
file_sync (sqlite3_file *file, int flags)
{
  int result = judge (file, FAULT_SYNC);

  return result != SQLITE_OK ? result : inner (file)->pMethods->xSync (inner (file), flags);
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return inner (file)->pMethods->xFileSize (inner (file), size);
}

static int
file_lock (sqlite3_file *file, int level)
{
  return inner (file)->pMethods->xLock (inner (file), level);
}

static int
file_unlock (sqlite3_file *file, int level)
{
  return inner (file)->pMethods->xUnlock (inner (file), level);
}

static int
file_check_reserved (sqlite3_file *file, int *is_reserved)
{
  return inner (file)->pMethods->xCheckReservedLock (inner (file), is_reserved);
}

static int
file_control (sqlite3_file *file, int op, void *argument)
{
  return inner (file)->pMethods->xFileControl (inner (file), op, argument);
}

static int
file_sector_size (sqlite3_file *file)
{
  return inner (file)->pMethods->xSectorSize (inner (file));
}

static int
file_characteristics (sqlite3_file *file)
{
  return inner (file)->pMethods->xDeviceCharacteristics (inner (file));
}

static int
file_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **map)
{
  return inner (file)->pMethods->xShmMap (inner (file), page, size, extend, map);
}

static int
file_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return inner (file)->pMethods->xShmLock (inner (file), offset, n, flags);
}

static void
file_shm_barrier (sqlite3_file *file)
{
  inner (file)->pMethods->xShmBarrier (inner (file));
}

static int
file_shm_unmap (sqlite3_file *file, int delete_it)
{
  return inner (file)->pMethods->xShmUnmap (inner (file), delete_it);
}

static int
vfs_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  memset (file, 0, sizeof (File));
  ((File *)file)->is_database = (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) != 0;
  int result = disk.real->xOpen (disk.real, name, inner (file), flags, out_flags);
  if (inner (file)->pMethods)
    file->pMethods = &disk.methods;
  return result;
}

void
fault_vfs_install (void)
{
  disk.real = sqlite3_vfs_find (NULL);
  disk.vfs = *disk.real;
  disk.vfs.zName = "fault";
  disk.vfs.szOsFile = sizeof (File) + disk.real->szOsFile;
  disk.vfs.xOpen = vfs_open;
  disk.methods = (sqlite3_io_methods){
    2, file_close, file_read, file_write, file_truncate, file_sync, file_size, file_lock, file_unlock,
    file_check_reserved, file_control, file_sector_size, file_characteristics, file_shm_map, file_shm_lock,
    file_shm_barrier, file_shm_unmap, NULL, NULL
  };
  sqlite3_vfs_register (&disk.vfs, 1);
}

void
fault_vfs_arm (FaultKind kind, int n_good, int result)
{
  g_atomic_int_set (&disk.armed, 0);
  g_atomic_int_set (&disk.failed, FALSE);
  g_atomic_int_set (&disk.n_good, n_good);
  disk.result = result;
  g_atomic_int_set (&disk.armed, kind + 1);
}

void
fault_vfs_disarm (void)
{
  g_atomic_int_set (&disk.armed, 0);
}

gboolean
fault_vfs_has_failed (void)
{
  return g_atomic_int_get (&disk.failed);
}
