/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The blocks of a recording (stream/recording.h has the format). Internal to stream. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SG_RECORDING_MAGIC "SIMREC\x1a\n"
#define SG_RECORDING_VERSION 1
#define SG_RECORDING_HEAD 12
#define SG_BLOCK_HEAD 40
#define SG_BLOCK_MAX_BYTES (64u << 20)

typedef enum
{
  SG_BLOCK_MANIFEST = 1,
  SG_BLOCK_SKETCH,
  SG_BLOCK_MJCF,
  SG_BLOCK_FRAMES,
  SG_BLOCK_EVENT
} SgBlockKind;

typedef struct
{
  guint8 kind;
  guint64 offset; /* of its head, in the file */
  guint32 stored, size;
  gboolean packed;
  guint64 first_step, last_step;
  guint32 sum;
} SgBlock;

/* Appends a block in one write. Error: stream.write, stream.too-large. */
gboolean sg_block_write (int fd,
                         SgBlockKind kind,
                         guint64 first_step,
                         guint64 last_step,
                         const void *data,
                         gsize size,
                         GError **error);

/* The head at `offset` of a file of `file_size` bytes; FALSE where no whole block is there. */
gboolean sg_block_read_head (int fd, guint64 offset, guint64 file_size, SgBlock *block);

/* Where after `offset` a block's head may be; `file_size` where nowhere. */
guint64 sg_block_find_head (int fd, guint64 offset, guint64 file_size);

/* Its bytes, checked and unpacked. Errors: stream.read, stream.damaged. Returns: (transfer full). */
GBytes *sg_block_read (int fd, const SgBlock *block, GError **error);

G_END_DECLS
