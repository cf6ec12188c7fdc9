/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file -> frames. The heads of all blocks are read once; bytes only when they are asked for. */
#include "stream/recording.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stream/block.h"
#include "stream/error.h"
#include "stream/manifest.h"
#include "stream/wire.h"

#define MOST_BLOCKS 1000000 /* of 36 bytes at least: an hour has some thousand */

struct _SgRecording
{
  char *path;
  int fd;
  SgFrameLayout *layout;
  SgRecordingFigures figures;
  GArray *frames;                 /* SgBlock, by step */
  GArray *events;                 /* SgBlock */
  SgBlock manifest, sketch, mjcf; /* kind 0: none */

  SgFrameDecoder *decoder;
  GBytes *block; /* (nullable): the one that is being read */
  guint at;      /* its number */
  gsize offset;  /* of its next frame */
};

/* -- Opening -- */

static void
note_block (SgRecording *recording, const SgBlock *block)
{
  switch (block->kind)
    {
    case SG_BLOCK_MANIFEST:
      recording->manifest = *block;
      break;
    case SG_BLOCK_SKETCH:
      recording->sketch = *block;
      break;
    case SG_BLOCK_MJCF:
      recording->mjcf = *block;
      break;
    case SG_BLOCK_EVENT:
      g_array_append_val (recording->events, *block);
      break;
    case SG_BLOCK_FRAMES:
      /* out of order they are not ours: a search would not find them */
      if (recording->frames->len == 0 ||
          block->first_step >
            g_array_index (recording->frames, SgBlock, recording->frames->len - 1).last_step)
        g_array_append_val (recording->frames, *block);
      break;
    default: /* a later program's */
      break;
    }
}

static void
read_heads (SgRecording *recording)
{
  guint64 offset = SG_RECORDING_HEAD, size = recording->figures.bytes;
  SgBlock block;

  for (guint n = 0; n < MOST_BLOCKS && offset < size; n++)
    if (sg_block_read_head (recording->fd, offset, size, &block))
      {
        note_block (recording, &block);
        offset += SG_BLOCK_HEAD + block.stored;
      }
    else
      {
        recording->figures.cut = TRUE;
        offset = sg_block_find_head (recording->fd, offset, size);
      }
  recording->figures.n_blocks = recording->frames->len;
  if (recording->frames->len > 0)
    {
      recording->figures.first_step = g_array_index (recording->frames, SgBlock, 0).first_step;
      recording->figures.last_step =
        g_array_index (recording->frames, SgBlock, recording->frames->len - 1).last_step;
    }
}

static gboolean
check_head (SgRecording *recording, GError **error)
{
  guint8 head[SG_RECORDING_HEAD];
  struct stat status;

  if (recording->fd < 0 || fstat (recording->fd, &status) != 0)
    {
      g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_READ, "%s: %s", recording->path,
                   g_strerror (errno));
      return FALSE;
    }
  recording->figures.bytes = status.st_size;
  if (!S_ISREG (status.st_mode) || pread (recording->fd, head, sizeof head, 0) != sizeof head ||
      memcmp (head, SG_RECORDING_MAGIC, strlen (SG_RECORDING_MAGIC)) != 0)
    {
      g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_DAMAGED, "%s: no recording", recording->path);
      return FALSE;
    }
  if (head[8] != SG_RECORDING_VERSION || head[9] || head[10] || head[11])
    {
      g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_DAMAGED, "%s: a recording of version %u, not %d",
                   recording->path, head[8] | head[9] << 8 | head[10] << 16 | (guint)head[11] << 24,
                   SG_RECORDING_VERSION);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_layout (SgRecording *recording, GError **error)
{
  g_autoptr (GBytes) manifest = sg_recording_read_manifest (recording, error);

  if (!manifest)
    {
      if (error && !*error)
        g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_DAMAGED,
                     "%s: it is cut off before its first block", recording->path);
      return FALSE;
    }
  gsize size;
  const char *text = g_bytes_get_data (manifest, &size);
  recording->layout = sg_manifest_read_layout (text, size, &recording->figures.timestep, error);
  if (!recording->layout)
    {
      g_prefix_error (error, "%s: ", recording->path);
      return FALSE;
    }
  recording->decoder = sg_frame_decoder_new (recording->layout);
  return TRUE;
}

SgRecording *
sg_recording_open (const char *path, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (SgRecording) recording = g_new0 (SgRecording, 1);

  recording->path = g_strdup (path);
  recording->frames = g_array_new (FALSE, FALSE, sizeof (SgBlock));
  recording->events = g_array_new (FALSE, FALSE, sizeof (SgBlock));
  recording->fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0); /* a FIFO would wait for ever */
  if (check_head (recording, &problem))
    {
      read_heads (recording);
      if (read_layout (recording, &problem))
        return g_steal_pointer (&recording);
    }
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

void
sg_recording_free (SgRecording *recording)
{
  if (recording->fd >= 0)
    close (recording->fd);
  g_clear_pointer (&recording->decoder, sg_frame_decoder_free);
  g_clear_pointer (&recording->layout, sg_frame_layout_free);
  g_clear_pointer (&recording->block, g_bytes_unref);
  g_array_unref (recording->frames);
  g_array_unref (recording->events);
  g_free (recording->path);
  g_free (recording);
}

/* -- What is in it -- */

void
sg_recording_get_figures (const SgRecording *recording, SgRecordingFigures *figures)
{
  *figures = recording->figures;
}

const SgFrameLayout *
sg_recording_get_layout (const SgRecording *recording)
{
  return recording->layout;
}

static GBytes *
read_block (SgRecording *recording, const SgBlock *block, GError **error)
{
  GBytes *bytes = block->kind ? sg_block_read (recording->fd, block, error) : NULL;

  if (!bytes && block->kind)
    g_prefix_error (error, "%s: ", recording->path);
  return bytes;
}

GBytes *
sg_recording_read_manifest (SgRecording *recording, GError **error)
{
  return read_block (recording, &recording->manifest, error);
}

GBytes *
sg_recording_read_sketch (SgRecording *recording, GError **error)
{
  return read_block (recording, &recording->sketch, error);
}

GBytes *
sg_recording_read_mjcf (SgRecording *recording, GError **error)
{
  return read_block (recording, &recording->mjcf, error);
}

guint
sg_recording_n_events (const SgRecording *recording)
{
  return recording->events->len;
}

GBytes *
sg_recording_read_event (SgRecording *recording, guint i, guint64 *step, GError **error)
{
  g_return_val_if_fail (i < recording->events->len, NULL);

  const SgBlock *block = &g_array_index (recording->events, SgBlock, i);

  *step = block->first_step;
  return read_block (recording, block, error);
}

/* -- Frames -- */

/* The next frame's bytes in the block; FALSE where it has no more, or they are wrong. */
static gboolean
take_bytes (SgRecording *recording, const guint8 **bytes, gsize *size)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (recording->block, &length);
  guint64 n;
  const guint8 *at = sg_wire_get (data + recording->offset, data + length, &n);

  if (!at || n > (gsize)(data + length - at))
    return FALSE;
  *bytes = at;
  *size = n;
  recording->offset = at + n - data;
  return TRUE;
}

static gboolean
is_at_end (const SgRecording *recording)
{
  return !recording->block || recording->offset >= g_bytes_get_size (recording->block);
}

static gboolean
load (SgRecording *recording, guint i, GError **error)
{
  g_clear_pointer (&recording->block, g_bytes_unref);
  recording->block = read_block (recording, &g_array_index (recording->frames, SgBlock, i), error);
  recording->at = i;
  recording->offset = 0;
  return recording->block != NULL;
}

static const SgFrame *
read_frame (SgRecording *recording, GError **error)
{
  const guint8 *bytes;
  gsize size;

  if (take_bytes (recording, &bytes, &size))
    return sg_frame_decoder_read (recording->decoder, bytes, size, error);
  g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_DAMAGED, "%s: a block of frames ends amid one",
               recording->path);
  return NULL;
}

/* The frames again that end before `end`; the last one. */
static const SgFrame *
read_up_to (SgRecording *recording, gsize end, GError **error)
{
  const SgFrame *frame = NULL;

  for (recording->offset = 0; recording->offset < end;)
    if (!(frame = read_frame (recording, error)))
      return NULL;
  return frame;
}

/* The last frame of the block up to `step`, or its first. That one is beyond is known when it is read: then
 * the block is gone through again. */
static const SgFrame *
seek_in_block (SgRecording *recording, guint64 step, GError **error)
{
  const SgFrame *frame;
  gsize at = recording->offset = 0;

  do
    {
      frame = read_frame (recording, error);
      if (frame && at > 0 && frame->step > step)
        return read_up_to (recording, at, error);
      at = recording->offset;
    }
  while (frame && !is_at_end (recording));
  return frame;
}

/* The last block that begins at `step` or before; 0 where none does. */
static guint
find_block (const SgRecording *recording, guint64 step)
{
  guint low = 0, high = recording->frames->len;

  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (recording->frames, SgBlock, middle).first_step <= step)
        low = middle;
      else
        high = middle;
    }
  return low;
}

const SgFrame *
sg_recording_seek (SgRecording *recording, guint64 step, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (recording->frames->len == 0)
    {
      g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_DAMAGED, "%s: it has no frames", recording->path);
      return NULL;
    }
  for (guint i = find_block (recording, step) + 1; i-- > 0;)
    {
      g_clear_error (&problem);
      if ((!recording->block || recording->at != i) && !load (recording, i, &problem))
        continue;
      const SgFrame *frame = seek_in_block (recording, step, &problem);
      if (frame)
        return frame;
      g_clear_pointer (&recording->block, g_bytes_unref);
    }
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

const SgFrame *
sg_recording_next (SgRecording *recording, GError **error)
{
  guint next = recording->block ? recording->at + 1 : 0;

  if (is_at_end (recording))
    {
      if (next >= recording->frames->len)
        return NULL;
      if (!load (recording, next, error))
        return NULL;
    }
  return read_frame (recording, error);
}
