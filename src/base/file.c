/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bounded reads and atomic writes of whole files. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/error.h"

static gboolean
fail_read (const char *path, int code, GError **error)
{
  g_set_error (error, SG_BASE_ERROR, SG_BASE_ERROR_READ, "%s: %s", path, g_strerror (code));
  return FALSE;
}

/* The size of the open file, if it is one that can be read whole. `named` (-1: none): the limit's row. */
static gboolean
check_file (int fd, const char *path, gsize limit, int named, gsize *size, GError **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    return fail_read (path, errno, error);
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, SG_BASE_ERROR, SG_BASE_ERROR_READ, "%s: not a regular file", path);
      return FALSE;
    }
  if (named >= 0 &&
      !sg_limit_check (named, info.st_size, path, SG_BASE_ERROR, SG_BASE_ERROR_TOO_LARGE, error))
    return FALSE;
  if ((guint64)info.st_size > limit)
    {
      g_set_error (error, SG_BASE_ERROR, SG_BASE_ERROR_TOO_LARGE,
                   "%s: %" G_GUINT64_FORMAT " bytes, more than the %" G_GSIZE_FORMAT " allowed", path,
                   (guint64)info.st_size, limit);
      return FALSE;
    }
  *size = info.st_size;
  return TRUE;
}

GBytes *
sg_file_read_open (int fd, gsize size)
{
  g_autofree char *data = g_malloc (size + 1);
  gsize done = 0;

  while (done < size)
    {
      gssize n = read (fd, data + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return NULL;
      if (n == 0)
        break; /* it shrank meanwhile */
      done += n;
    }
  data[done] = '\0';
  return g_bytes_new_take (g_steal_pointer (&data), done);
}

static GBytes *
read_file (const char *path, gsize limit, int named, GError **error)
{
  gsize size = 0;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);

  if (fd < 0)
    {
      fail_read (path, errno, error);
      return NULL;
    }
  if (!check_file (fd, path, limit, named, &size, error))
    {
      close (fd);
      return NULL;
    }

  GBytes *bytes = sg_file_read_open (fd, size);
  if (!bytes)
    fail_read (path, errno, error);
  close (fd);
  return bytes;
}

GBytes *
sg_file_read (const char *path, gsize limit, GError **error)
{
  return read_file (path, limit, -1, error);
}

GBytes *
sg_file_read_within (const char *path, SgLimitId limit, GError **error)
{
  return read_file (path, sg_limit_get (limit)->value, limit, error);
}

static gboolean
write_stdout (const void *data, gsize size, GError **error)
{
  if ((size > 0 && fwrite (data, size, 1, stdout) != 1) || fflush (stdout) != 0)
    {
      g_set_error (error, SG_BASE_ERROR, SG_BASE_ERROR_WRITE, "standard output: %s", g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}

/* A device or a pipe has no content to keep whole, and renaming over it would put a file in its place. */
static gboolean
write_special (const char *path, const void *data, gsize size, GError **error)
{
  FILE *stream = g_fopen (path, "we");
  gboolean written = stream && (size == 0 || fwrite (data, size, 1, stream) == 1);

  if (stream && fclose (stream) != 0)
    written = FALSE;
  if (!written)
    g_set_error (error, SG_BASE_ERROR, SG_BASE_ERROR_WRITE, "%s: %s", path, g_strerror (errno));
  return written;
}

gboolean
sg_file_write (const char *path, const void *data, gsize size, GError **error)
{
  g_autoptr (GError) cause = NULL;
  struct stat info = { .st_mode = S_IFREG | 0644 };

  if (g_str_equal (path, "-"))
    return write_stdout (data, size, error);
  if (stat (path, &info) == 0 && !S_ISREG (info.st_mode) && !S_ISDIR (info.st_mode))
    return write_special (path, data, size, error);

  /* the file that a link leads to is replaced, not the link */
  char *target = realpath (path, NULL);
  gboolean written = g_file_set_contents_full (target ? target : path, data, size,
                                               G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                               info.st_mode & 0777, &cause);
  free (target);
  if (!written)
    g_set_error (error, SG_BASE_ERROR, SG_BASE_ERROR_WRITE, "%s: %s", path, cause->message);
  return written;
}

int
sg_file_find_ending (const char *path, const char *const *endings, guint n)
{
  const char *dot = strrchr (path, '.');

  for (guint i = 0; dot != NULL && i < n; i++)
    if (g_ascii_strcasecmp (dot + 1, endings[i]) == 0)
      return (int)i;
  return -1;
}
