/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Records a run that is being played, on a thread of its own (its file is stream/recording.h's). Made and
 * used on the main thread, which never waits for it.
 */
#pragma once

#include "pipeline/motion.h"
#include "sim/simulation.h"

G_BEGIN_DECLS

typedef struct _SgLiveRecording SgLiveRecording;

/* Where recordings are kept: XDG_DATA_HOME/simgen/recordings. Returns: (transfer full). */
char *sg_recordings_dup_folder (void);

/* Records into a file of that name there what `simulation` plays of `scene` from its next command on.
 * `callback` (nullable) is told once the file is whole, or why it is not: sg_live_recording_finish. Before it
 * begins, the oldest recordings go where all of them are over SG_LIMIT_RECORDINGS_BYTES. */
SgLiveRecording *sg_live_recording_start (SgSimulation *simulation,
                                          SgScene *scene,
                                          const char *name,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);

/* The time that was recorded, s; negative with `error`: stream.write with how far it came, those of
 * sg_recorder_new, stream.range. What was written until then stays as "NAME.part". 0: nothing moved, and
 * there is no file. */
double sg_live_recording_finish (GAsyncResult *result, GError **error);

/* At the step that is recorded by then. */
void sg_live_recording_add_event (SgLiveRecording *self, const char *json);

const char *sg_live_recording_get_path (SgLiveRecording *self);
guint64 sg_live_recording_get_n_lost (SgLiveRecording *self); /* frames, as it could not keep up */

/* No more frames; the file is finished without anybody waiting. */
void sg_live_recording_stop (SgLiveRecording *self);

SgLiveRecording *sg_live_recording_ref (SgLiveRecording *self);
void sg_live_recording_unref (SgLiveRecording *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgLiveRecording, sg_live_recording_unref)

G_END_DECLS
