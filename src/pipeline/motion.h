/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run that is over, to be looked at from any time of it: a recording, and its model again. What is exported
 * is a motion, and so is a recording that a window plays. Blocking; one thread at a time, not the main one.
 */
#pragma once

#include "pipeline/pipeline.h"
#include "sim/past.h"
#include "stream/recording.h"

G_BEGIN_DECLS

#define SG_MOTION_RATE 60 /* frames a simulated second that are recorded */

/* Whether the file begins as a recording does. */
gboolean sg_motion_is_recording (const char *path);

/* Opens a recording. Its MJCF is a stranger's (physics/foreign.h); files that it names are looked for in the
 * recording's folder. Errors: those of sg_recording_open; stream.damaged where it has no model or frames, or
 * its bodies are not its model's; those of sg_foreign_compile. */
SgMotion *sg_motion_open (const char *path, GCancellable *cancellable, GError **error);

/* Runs a scene for so many seconds of its time, into a recording of its own that is gone with the motion.
 * Errors: those of sg_run and of sg_recorder_new. */
SgMotion *sg_motion_run (SgScene *scene, double seconds, GCancellable *cancellable, GError **error);

void sg_motion_free (SgMotion *motion);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgMotion, sg_motion_free)

SgModel *sg_motion_get_model (const SgMotion *motion);                      /* (transfer none) */
SgRecording *sg_motion_get_recording (const SgMotion *motion);              /* (transfer none) */
const char *sg_motion_get_path (const SgMotion *motion);                    /* of the recording's file */
void sg_motion_get_span (const SgMotion *motion, double *from, double *to); /* simulated s */

/* The state at that time, at its nearest end beyond them: between two frames it is on the way from one to
 * the other. At a frame's time every body is where the frame has it, and what is fixed to it with it. Sets
 * coordinates, velocities (from frame to frame) and time of `data` (made of its model), too: they bring
 * bodies only nearly there, so that who goes on from them must not ask for mj_kinematics again. `forces`:
 * contacts, forces and sensors too, as a step would find them; else what drawing needs. Errors:
 * stream.damaged, stream.read. */
gboolean sg_motion_show (SgMotion *motion, double time, gboolean forces, mjData *data, GError **error);

/* The motion of a scene as the simulation plays it; keeps the scene. Its marks are the recording's events of
 * that kind. Returns: (transfer full). */
SgPast *sg_motion_new_past (SgScene *scene);

/* An event of a recording: { "event": "mark", "name": "…" }, or "edit": the drawing was changed amid the
 * run, which began anew with what it moved then. Returns: (transfer full). */
char *sg_motion_dump_event (const char *event, const char *name);

G_END_DECLS
