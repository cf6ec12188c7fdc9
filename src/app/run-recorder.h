/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Records the runs of a mechanism while it is told to, each into a file of its own. Main thread; the
 * recording thread writes.
 */
#pragma once

#include "pipeline/live-recording.h"

G_BEGIN_DECLS

#define SG_TYPE_RUN_RECORDER (sg_run_recorder_get_type ())
G_DECLARE_FINAL_TYPE (SgRunRecorder, sg_run_recorder, SG, RUN_RECORDER, GObject)

/* Signals: "recorded" (const char *path, double seconds, guint64 n_lost)  a file is whole; frames are lost
 *                               where it could not keep up;
 *          "failed" (GError *)  it could not be written: once a recording. */
SgRunRecorder *sg_run_recorder_new (SgSimulation *simulation);

/* Whether runs are recorded; one under way from here on. `scene` (nullable): what is playing. */
void sg_run_recorder_set_active (SgRunRecorder *self, gboolean active, SgScene *scene);
gboolean sg_run_recorder_get_active (SgRunRecorder *self);
gboolean sg_run_recorder_is_under_way (SgRunRecorder *self); /* a file is being written */

/* A run of `scene` begins with the simulation's next command. `carried`: it goes on from another model's
 * state, for the drawing was changed. */
void sg_run_recorder_begin (SgRunRecorder *self, SgScene *scene, gboolean carried);
void sg_run_recorder_mark (SgRunRecorder *self, const char *name); /* (nullable) a mark is set */

/* The run has ended. Returns: the name of its file, "" where it was not recorded; until the next call. */
const char *sg_run_recorder_end (SgRunRecorder *self);

G_END_DECLS
