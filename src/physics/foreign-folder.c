/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * openat2 with RESOLVE_BENEATH, so that it is the kernel that keeps names in the folder. Where the kernel has
 * no openat2, or a sandbox forbids it, each part of a name is opened by itself and no link is followed. */
#include "config.h"

#include "physics/foreign-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "base/file.h"
#include "physics/error.h"

struct _SgForeignFolder
{
  int fd;
};

SgForeignFolder *
sg_foreign_folder_open (const char *path, GError **error)
{
  int fd = open (path, O_PATH | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    {
      g_set_error (error, SG_BASE_ERROR, SG_BASE_ERROR_READ, "%s: %s", path, g_strerror (errno));
      return NULL;
    }
  SgForeignFolder *folder = g_new (SgForeignFolder, 1);

  folder->fd = fd;
  return folder;
}

void
sg_foreign_folder_close (SgForeignFolder *folder)
{
  close (folder->fd);
  g_free (folder);
}

char *
sg_foreign_folder_resolve (const char *folder_in_it, const char *name)
{
  g_autofree char *joined =
    g_strconcat (folder_in_it != NULL ? folder_in_it : "",
                 folder_in_it != NULL && *folder_in_it != '\0' ? "/" : "", name, NULL);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  g_strdelimit (joined, "\\", '/');
  if (*name == '/' || *name == '\\' || *name == '\0' || *joined == '/' || strchr (joined, ':') != NULL)
    return NULL;
  g_auto (GStrv) given = g_strsplit (joined, "/", -1);
  for (char **part = given; *part != NULL; part++)
    {
      if (g_str_equal (*part, "..") && parts->len == 0)
        return NULL;
      if (g_str_equal (*part, ".."))
        g_ptr_array_set_size (parts, parts->len - 1);
      else if (**part != '\0' && !g_str_equal (*part, "."))
        g_ptr_array_add (parts, *part);
    }
  if (parts->len == 0)
    return NULL;
  g_ptr_array_add (parts, NULL);
  return g_strjoinv ("/", (char **)parts->pdata);
}

/* As openat2 beneath, but that a link is refused (ELOOP), wherever it leads to. */
static int
open_by_parts (int folder, const char *name, int flags)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);
  int at = folder;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      gboolean last = parts[i + 1] == NULL;
      int next = openat (at, parts[i],
                         O_NOFOLLOW | O_CLOEXEC | (last ? flags : O_PATH | O_DIRECTORY));
      int code = errno;

      if (at != folder)
        close (at);
      errno = code;
      if (next < 0)
        return -1;
      at = next;
    }
  return at;
}

static int
open_beneath (int folder, const char *name, int flags)
{
  struct open_how how = { .flags = flags | O_CLOEXEC, .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS };
  int fd = syscall (SYS_openat2, folder, name, &how, sizeof how);

  return fd < 0 && (errno == ENOSYS || errno == EPERM) ? open_by_parts (folder, name, flags) : fd;
}

static void
fail (const char *name, int code, GError **error)
{
  if (code == EXDEV || code == ELOOP)
    g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_OUTSIDE,
                 _ ("%s is a link that leads out of the model's folder"), name);
  else if (code == ENOENT || code == ENOTDIR)
    g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_ASSET, _ ("%s is not in the model's folder"),
                 name);
  else
    g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_ASSET, "%s: %s", name, g_strerror (code));
}

/* Looks before it opens: to open a pipe or a device can do something. -1: `error` says why. */
static int
open_regular (int folder, const char *name, gsize *size, GError **error)
{
  struct stat info;
  int fd = open_beneath (folder, name, O_PATH);

  if (fd >= 0 && fstat (fd, &info) == 0 && !S_ISREG (info.st_mode))
    {
      g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_OUTSIDE, _ ("%s is not a regular file"), name);
      close (fd);
      return -1;
    }
  if (fd >= 0)
    close (fd);
  fd = fd < 0 ? fd : open_beneath (folder, name, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (fd < 0 || fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    {
      fail (name, errno, error);
      if (fd >= 0)
        close (fd);
      return -1;
    }
  if (!sg_limit_check (SG_LIMIT_ID_MODEL_FILE_BYTES, info.st_size, name, SG_PHYSICS_ERROR,
                       SG_PHYSICS_ERROR_TOO_LARGE, error))
    {
      close (fd);
      return -1;
    }
  *size = info.st_size;
  return fd;
}

GBytes *
sg_foreign_folder_read (SgForeignFolder *folder, const char *name, GError **error)
{
  gsize size = 0;
  int fd = open_regular (folder->fd, name, &size, error);

  if (fd < 0)
    return NULL;
  GBytes *bytes = sg_file_read_open (fd, size);
  if (!bytes)
    fail (name, errno, error);
  close (fd);
  return bytes;
}
