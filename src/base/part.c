/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files written bit by bit. */
#include "base/part.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/error.h"

struct _SgPart
{
  char *path, *part;
  int fd; /* -1: ended */
};

static gboolean
fail (const SgPart *part, GError **error)
{
  g_set_error (error, SG_BASE_ERROR, SG_BASE_ERROR_WRITE, "%s: %s", part->path, g_strerror (errno));
  return FALSE;
}

SgPart *
sg_part_new (const char *path, GError **error)
{
  g_autoptr (SgPart) part = g_new0 (SgPart, 1);
  char *target = realpath (path, NULL); /* the file that a link leads to is replaced, not the link */

  part->path = g_strdup (target ? target : path);
  free (target);
  part->part = g_strconcat (part->path, ".XXXXXX", NULL);
  part->fd = g_mkstemp_full (part->part, O_RDWR | O_CLOEXEC, 0644);
  if (part->fd < 0)
    {
      fail (part, error);
      g_clear_pointer (&part->part, g_free);
      return NULL;
    }
  return g_steal_pointer (&part);
}

void
sg_part_free (SgPart *part)
{
  if (part->fd >= 0)
    close (part->fd);
  if (part->part)
    g_unlink (part->part);
  g_free (part->path);
  g_free (part->part);
  g_free (part);
}

const char *
sg_part_get_path (const SgPart *part)
{
  return part->part;
}

gboolean
sg_part_write (SgPart *part, const void *data, gsize size, GError **error)
{
  for (const char *at = data; size > 0;)
    {
      gssize n = write (part->fd, at, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail (part, error);
      at += n, size -= n;
    }
  return TRUE;
}

gboolean
sg_part_write_at (SgPart *part, guint64 offset, const void *data, gsize size, GError **error)
{
  gssize n;

  do
    n = pwrite (part->fd, data, size, offset);
  while (n < 0 && errno == EINTR);
  return n == (gssize)size || fail (part, error);
}

/* A name is on the disk when its folder is. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

gboolean
sg_part_end (SgPart *part, GError **error)
{
  struct stat info;

  if (stat (part->path, &info) == 0 && S_ISREG (info.st_mode))
    fchmod (part->fd, info.st_mode & 0777); /* who could read the old one can read the new one */
  if (fsync (part->fd) != 0 || g_rename (part->part, part->path) != 0)
    return fail (part, error);
  g_clear_pointer (&part->part, g_free);
  sync_folder (part->path);
  return TRUE;
}
