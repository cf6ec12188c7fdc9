/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run's states at equal times, in order, for who records it on a thread of its own. The simulation's thread
 * copies some numbers a frame into room that is there, and never waits: where the reader is too slow, frames
 * are lost, which is counted. A reel is of one stretch of one model: it ends with a pause, a reset, another
 * model or a way into the past. sg_simulation_record attaches it.
 */
#pragma once

#include "physics/model.h"

G_BEGIN_DECLS

#define SG_REEL_ROOM 256 /* frames that wait */

typedef struct _SgReel SgReel;

SgReel *sg_reel_new (double rate); /* frames a simulated second; never more than steps */
SgReel *sg_reel_ref (SgReel *reel);
void sg_reel_unref (SgReel *reel);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgReel, sg_reel_unref)

/* No more frames come; those that wait are still read. Any thread, any number of times. */
void sg_reel_end (SgReel *reel);

/* -- Reader's side; one thread -- */

/* Waits until it begins. NULL: it ended before that. Returns: (transfer full). */
SgModel *sg_reel_wait_model (SgReel *reel);

/* Waits for the next frame: the coordinates and mocap poses of `data` (of the model), the step since the
 * model's start. FALSE: it has ended, and all was read. */
gboolean sg_reel_wait (SgReel *reel, mjData *data, guint64 *step);

guint64 sg_reel_get_n_lost (SgReel *reel); /* frames */

/* -- Writer's side; the simulation's thread -- */

void sg_reel_begin (SgReel *reel, SgModel *model, const mjData *data);
void sg_reel_step (SgReel *reel, const mjData *data); /* after every step */
void sg_reel_finish (SgReel *reel,
                     const mjData *data); /* `data` (nullable) is the last state, then it ends */

G_END_DECLS
