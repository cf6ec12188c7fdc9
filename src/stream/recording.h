/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A recorded run, `.simrec`: what the scene is and the frames of it, in blocks that are each whole or not
 * there, so that a file cut off anywhere is read up to there. Synchronous; one thread at a time, not the
 * main one.
 *
 *   u8[8] "SIMREC\x1a\n", u32 version (1), then blocks to the end. A block, little-endian:
 *     u32  0x4b4c4253 ("SBLK")                u64  first step (frames)
 *     u8   kind, u8 packed (1: zstd), u16 0   u64  last step (frames)
 *     u32  bytes in the file                  u32  CRC-32 of the bytes in the file
 *     u32  bytes unpacked                     u32  CRC-32 of the 36 bytes before
 *                                             u8[] the bytes
 *   Kinds: 1 manifest (stream/manifest.h), the first one; 2 sketch (.simgen); 3 MJCF; 4 frames, each a
 * varint of its size and a frame (stream/codec.h), the first of a block a key frame; 5 event: JSON; others
 * are skipped.
 */
#pragma once

#include "stream/codec.h"

G_BEGIN_DECLS

#define SG_RECORDING_BLOCK_SECONDS 1 /* of real time, of which the frames may be lost */

/* -- Writing -- */

typedef struct
{
  const char *sketch; /* (nullable): the .simgen that it is of */
  const char *mjcf;   /* (nullable): what was simulated */
} SgRecordingSource;

typedef struct _SgRecorder SgRecorder;

/* Begins `path` with ".part" behind it, which is a recording from the first block on; the end gives it its
 * name. Errors: stream.write; stream.too-large. */
SgRecorder *
sg_recorder_new (const char *path, SgModel *model, const SgRecordingSource *source, GError **error);

/* Without sg_recorder_end what there is stays in the ".part". */
void sg_recorder_free (SgRecorder *recorder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgRecorder, sg_recorder_free)

/* The state of `data`, brought up to date, after so many steps since the start; steps rise. Errors: those of
 * sg_frame_take; stream.write, after which nothing more is written, and what was written stays. */
gboolean sg_recorder_add (SgRecorder *recorder, const mjData *data, guint64 step, GError **error);

/* Something that happened at that step: a line of JSON. */
gboolean sg_recorder_add_event (SgRecorder *recorder, guint64 step, const char *json, GError **error);

gboolean sg_recorder_end (SgRecorder *recorder, GError **error); /* all on disk, and named */

/* -- Reading -- */

typedef struct _SgRecording SgRecording;

/* Errors: stream.read; stream.damaged where it is no recording of this version. */
SgRecording *sg_recording_open (const char *path, GError **error);
void sg_recording_free (SgRecording *recording);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgRecording, sg_recording_free)

typedef struct
{
  double timestep; /* s */
  guint64 first_step, last_step;
  guint n_blocks; /* of frames */
  guint64 bytes;  /* of the file */
  gboolean cut;   /* some of the file is no block: it is damaged, or ends amid one */
} SgRecordingFigures;

void sg_recording_get_figures (const SgRecording *recording, SgRecordingFigures *figures);
const SgFrameLayout *sg_recording_get_layout (const SgRecording *recording);

/* Each (transfer full) (nullable): there is none. Error: stream.damaged, stream.read. */
GBytes *sg_recording_read_manifest (SgRecording *recording, GError **error);
GBytes *sg_recording_read_sketch (SgRecording *recording, GError **error);
GBytes *sg_recording_read_mjcf (SgRecording *recording, GError **error);
guint sg_recording_n_events (const SgRecording *recording);
GBytes *sg_recording_read_event (SgRecording *recording, guint i, guint64 *step, GError **error);

/* The last frame at `step` or before, the first one where there is none; (transfer none) until the next call.
 * Reads one block where it is not that of the call before. A block that is damaged is passed over, to the one
 * before it. NULL with stream.damaged where no frame can be read. */
const SgFrame *sg_recording_seek (SgRecording *recording, guint64 step, GError **error);

/* The frame after the last one that was given; NULL without an error: it was the last. */
const SgFrame *sg_recording_next (SgRecording *recording, GError **error);

G_END_DECLS
