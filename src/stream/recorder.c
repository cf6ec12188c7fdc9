/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run -> a file, block by block. After the first failure nothing more is written. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "stream/block.h"
#include "stream/error.h"
#include "stream/manifest.h"
#include "stream/recording.h"
#include "stream/wire.h"

#define BLOCK_FRAMES 120 /* at most: what a seek may have to read */
#define BLOCK_BYTES (1u << 20)

struct _SgRecorder
{
  char *path, *part;
  int fd; /* -1: failed or ended */
  SgFrameLayout *layout;
  SgFrame frame;
  SgFrameEncoder *encoder;

  GByteArray *block; /* frames not yet written */
  guint n_frames;    /* in it */
  guint64 first_step, last_step;
  gint64 begun; /* us, monotonic: its first frame came */
};

/* -- Blocks -- */

static gboolean
fail (SgRecorder *recorder)
{
  if (recorder->fd >= 0)
    close (recorder->fd);
  recorder->fd = -1;
  return FALSE;
}

static gboolean
is_open (const SgRecorder *recorder, GError **error)
{
  if (recorder->fd >= 0)
    return TRUE;
  g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_WRITE, "%s: recording has ended", recorder->part);
  return FALSE;
}

static gboolean
write_block (SgRecorder *recorder,
             SgBlockKind kind,
             guint64 first,
             guint64 last,
             const void *data,
             gsize size,
             GError **error)
{
  if (sg_block_write (recorder->fd, kind, first, last, data, size, error))
    return TRUE;
  g_prefix_error (error, "%s: ", recorder->part);
  return fail (recorder);
}

static gboolean
write_frames (SgRecorder *recorder, GError **error)
{
  if (recorder->n_frames == 0)
    return TRUE;
  if (!write_block (recorder, SG_BLOCK_FRAMES, recorder->first_step, recorder->last_step,
                    recorder->block->data, recorder->block->len, error))
    return FALSE;
  g_byte_array_set_size (recorder->block, 0);
  recorder->n_frames = 0;
  return TRUE;
}

/* -- Beginning and end -- */

static gboolean
write_text (SgRecorder *recorder, SgBlockKind kind, const char *text, GError **error)
{
  return !text || write_block (recorder, kind, 0, 0, text, strlen (text), error);
}

static gboolean
write_beginning (SgRecorder *recorder, const mjModel *model, const SgRecordingSource *source, GError **error)
{
  static const guint8 head[SG_RECORDING_HEAD] = SG_RECORDING_MAGIC "\x01";
  g_autofree char *manifest = sg_manifest_write (model, recorder->layout);

  if (write (recorder->fd, head, sizeof head) != sizeof head)
    {
      g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_WRITE, "%s: %s", recorder->part,
                   g_strerror (errno));
      return fail (recorder);
    }
  return write_text (recorder, SG_BLOCK_MANIFEST, manifest, error) &&
         write_text (recorder, SG_BLOCK_SKETCH, source->sketch, error) &&
         write_text (recorder, SG_BLOCK_MJCF, source->mjcf, error);
}

SgRecorder *
sg_recorder_new (const char *path, SgModel *model, const SgRecordingSource *source, GError **error)
{
  const mjModel *m = sg_model_get (model);
  SgFrameLayout *layout = sg_frame_layout_new (m, sg_frame_error_default (), error);

  if (!layout)
    return NULL;
  g_autoptr (SgRecorder) recorder = g_new0 (SgRecorder, 1);
  recorder->path = g_strdup (path);
  recorder->part = g_strconcat (path, ".part", NULL);
  recorder->layout = layout;
  sg_frame_init (&recorder->frame, layout);
  recorder->encoder = sg_frame_encoder_new (layout, (SgEncoderOptions){ 0 });
  recorder->block = g_byte_array_new ();
  recorder->fd = g_open (recorder->part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (recorder->fd < 0)
    {
      g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_WRITE, "%s: %s", recorder->part,
                   g_strerror (errno));
      return NULL;
    }
  return write_beginning (recorder, m, source, error) ? g_steal_pointer (&recorder) : NULL;
}

void
sg_recorder_free (SgRecorder *recorder)
{
  if (recorder->fd >= 0)
    write_frames (recorder, NULL);
  fail (recorder);
  sg_frame_encoder_free (recorder->encoder);
  sg_frame_clear (&recorder->frame);
  sg_frame_layout_free (recorder->layout);
  g_byte_array_unref (recorder->block);
  g_free (recorder->path);
  g_free (recorder->part);
  g_free (recorder);
}

gboolean
sg_recorder_end (SgRecorder *recorder, GError **error)
{
  if (!is_open (recorder, error) || !write_frames (recorder, error))
    return FALSE;
  if (fsync (recorder->fd) == 0 && g_rename (recorder->part, recorder->path) == 0)
    {
      fail (recorder); /* closes it */
      return TRUE;
    }
  g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_WRITE, "%s: %s", recorder->path, g_strerror (errno));
  return fail (recorder);
}

/* -- As it runs -- */

static void
append_frame (SgRecorder *recorder, const guint8 *bytes, gsize size)
{
  guint8 head[SG_WIRE_MAX_VARINT];

  g_byte_array_append (recorder->block, head, sg_wire_put (head, size) - head);
  g_byte_array_append (recorder->block, bytes, size);
}

gboolean
sg_recorder_add (SgRecorder *recorder, const mjData *data, guint64 step, GError **error)
{
  const guint8 *bytes;
  gsize size;

  if (!is_open (recorder, error) || !sg_frame_take (&recorder->frame, recorder->layout, data, step, error))
    return FALSE;
  if (recorder->n_frames == 0)
    {
      recorder->begun = g_get_monotonic_time ();
      recorder->first_step = step;
      sg_frame_encoder_want_key (recorder->encoder);
    }
  if (!sg_frame_encoder_write (recorder->encoder, &recorder->frame, &bytes, &size, error))
    return FALSE;
  append_frame (recorder, bytes, size);
  recorder->n_frames++;
  recorder->last_step = step;
  if (recorder->n_frames < BLOCK_FRAMES && recorder->block->len < BLOCK_BYTES &&
      g_get_monotonic_time () - recorder->begun < SG_RECORDING_BLOCK_SECONDS * G_USEC_PER_SEC)
    return TRUE;
  return write_frames (recorder, error);
}

gboolean
sg_recorder_add_event (SgRecorder *recorder, guint64 step, const char *json, GError **error)
{
  return is_open (recorder, error) &&
         write_block (recorder, SG_BLOCK_EVENT, step, step, json, strlen (json), error);
}
