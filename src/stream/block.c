/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blocks to a file and back. A file is hostile: sizes are checked before memory is taken. */
#include "stream/block.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "stream/error.h"

#define MARK 0x4b4c4253u
#define DATA_SUM 32 /* where in the head they are */
#define HEAD_SUM 36
#define CHUNK 65536 /* bytes looked through at once */
#define LEVEL 3

static void
put (guint8 *to, guint64 value, guint n)
{
  for (guint k = 0; k < n; k++)
    to[k] = value >> (8 * k);
}

static guint64
get (const guint8 *from, guint n)
{
  guint64 value = 0;

  for (guint k = 0; k < n; k++)
    value |= (guint64)from[k] << (8 * k);
  return value;
}

static gboolean
write_all (int fd, const guint8 *bytes, gsize size, GError **error)
{
  while (size > 0)
    {
      gssize written = write (fd, bytes, size);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_WRITE, "%s", g_strerror (errno));
          return FALSE;
        }
      bytes += written, size -= written;
    }
  return TRUE;
}

gboolean
sg_block_write (int fd,
                SgBlockKind kind,
                guint64 first_step,
                guint64 last_step,
                const void *data,
                gsize size,
                GError **error)
{
  if (size > SG_BLOCK_MAX_BYTES)
    {
      g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_TOO_LARGE, "a block of %zu bytes, of %u at most",
                   size, SG_BLOCK_MAX_BYTES);
      return FALSE;
    }
  gsize room = MAX (ZSTD_compressBound (size), size);
  g_autofree guint8 *block = g_malloc0 (SG_BLOCK_HEAD + room);
  gsize stored = ZSTD_compress (block + SG_BLOCK_HEAD, room, data, size, LEVEL);
  gboolean packed = !ZSTD_isError (stored) && stored < size;

  if (!packed)
    {
      stored = size;
      memcpy (block + SG_BLOCK_HEAD, data, size);
    }
  put (block, MARK, 4);
  block[4] = kind;
  block[5] = packed;
  put (block + 8, stored, 4);
  put (block + 12, size, 4);
  put (block + 16, first_step, 8);
  put (block + 24, last_step, 8);
  put (block + DATA_SUM, crc32 (0, block + SG_BLOCK_HEAD, stored), 4);
  put (block + HEAD_SUM, crc32 (0, block, HEAD_SUM), 4);
  return write_all (fd, block, SG_BLOCK_HEAD + stored, error);
}

/* FALSE where there are fewer, with errno 0, or an error. */
static gboolean
read_all (int fd, guint64 offset, guint8 *bytes, gsize size)
{
  errno = 0;
  while (size > 0)
    {
      gssize got = pread (fd, bytes, size, offset);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        return FALSE;
      bytes += got, offset += got, size -= got;
    }
  return TRUE;
}

gboolean
sg_block_read_head (int fd, guint64 offset, guint64 file_size, SgBlock *block)
{
  guint8 head[SG_BLOCK_HEAD];

  if (offset > file_size || file_size - offset < SG_BLOCK_HEAD || !read_all (fd, offset, head, sizeof head) ||
      get (head, 4) != MARK || get (head + HEAD_SUM, 4) != crc32 (0, head, HEAD_SUM) || head[5] > 1)
    return FALSE;
  *block = (SgBlock){ .kind = head[4],
                      .packed = head[5],
                      .offset = offset,
                      .stored = get (head + 8, 4),
                      .size = get (head + 12, 4),
                      .first_step = get (head + 16, 8),
                      .last_step = get (head + 24, 8),
                      .sum = get (head + DATA_SUM, 4) };
  return block->size <= SG_BLOCK_MAX_BYTES && block->stored <= file_size - offset - SG_BLOCK_HEAD &&
         block->stored <= block->size && (block->packed || block->stored == block->size);
}

guint64
sg_block_find_head (int fd, guint64 offset, guint64 file_size)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK);

  for (guint64 at = offset + 1; at < file_size; at += CHUNK - 3)
    {
      gsize size = MIN (CHUNK, file_size - at);

      if (size < 4 || !read_all (fd, at, chunk, size))
        return file_size;
      for (gsize i = 0; i + 4 <= size; i++)
        if (get (chunk + i, 4) == MARK)
          return at + i;
    }
  return file_size;
}

static GBytes *
fail (const SgBlock *block, const char *what, GError **error)
{
  g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_DAMAGED, "the block at byte %" G_GUINT64_FORMAT ": %s",
               block->offset, what);
  return NULL;
}

GBytes *
sg_block_read (int fd, const SgBlock *block, GError **error)
{
  g_autofree guint8 *stored = g_malloc (MAX (block->stored, 1));

  if (!read_all (fd, block->offset + SG_BLOCK_HEAD, stored, block->stored))
    {
      g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_READ, "%s",
                   errno ? g_strerror (errno) : "the file is shorter now");
      return NULL;
    }
  if (crc32 (0, stored, block->stored) != block->sum)
    return fail (block, "its check sum is wrong", error);
  g_autofree guint8 *bytes = g_malloc (MAX (block->size, 1));
  if (!block->packed)
    memcpy (bytes, stored, block->size);
  else if (ZSTD_decompress (bytes, block->size, stored, block->stored) != block->size)
    return fail (block, "it cannot be unpacked", error);
  return g_bytes_new_take (g_steal_pointer (&bytes), block->size);
}
