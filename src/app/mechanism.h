/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The drawing come alive: follows a document, has every change of it recognised and then compiled in a worker
 * (a newer change cancels the older), hands the model to the simulation, and keeps each run in the history.
 * Main thread.
 */
#pragma once

#include "app/document.h"
#include "app/run-recorder.h"
#include "pipeline/pipeline.h"
#include "sim/simulation.h"

G_BEGIN_DECLS

#define SG_TYPE_MECHANISM (sg_mechanism_get_type ())
G_DECLARE_FINAL_TYPE (SgMechanism, sg_mechanism, SG, MECHANISM, GObject)

/* Property to watch: "playing".
 * Signals: "changed"             there is another scene, reading or error;
 *          "stopped" (GError *)  the simulation diverged or failed;
 *          "notice" (char *)     something that the person should know once: the cache works only partly. */
SgMechanism *
sg_mechanism_new (SgDocument *document, SgKeeper *keeper, SgCache *cache); /* (nullable) the latter two */

/* Shows a model that is no drawing's (a scene without a page) in place of the document, whose page is empty,
 * until that is drawn on or another is opened. One that is loaded again goes on from its state. */
void sg_mechanism_show_model (SgMechanism *self, SgScene *scene);

/* All (transfer none). The reading is that of the page as soon as it is read; the scene follows when it is
 * compiled, and until then is that of the page before. Amid a run, playing or paused, what both have goes
 * on from where it is; where the change cannot be compiled it goes on as it was, and `error` says why. No
 * scene: nothing compiled; a reading may be there all the same.
 */
SgSimulation *sg_mechanism_get_simulation (SgMechanism *self);
SgScene *sg_mechanism_get_scene (SgMechanism *self);      /* (nullable) */
SgReading *sg_mechanism_get_reading (SgMechanism *self);  /* (nullable) */
const GError *sg_mechanism_get_error (SgMechanism *self); /* (nullable) */
gboolean sg_mechanism_get_playing (SgMechanism *self);

/* Plays as soon as the newest drawing is compiled; FALSE where the page is empty. */
gboolean sg_mechanism_play (SgMechanism *self);
void sg_mechanism_pause (SgMechanism *self);
void sg_mechanism_step (SgMechanism *self);
void sg_mechanism_reset (SgMechanism *self);
/* Plays the record of what was simulated, once forwards (1) or backwards (-1), or over and over between two
 * times; that is no run of its own. */
void sg_mechanism_replay (SgMechanism *self, int direction);
void sg_mechanism_loop (SgMechanism *self, double from, double to);

/* Marks the state that is there; in what is recorded too. */
void sg_mechanism_mark (SgMechanism *self);

/* What holds (m/s2 downwards, SG_USUAL_GRAVITY at first) where the drawing and the words say nothing of it.
 */
void sg_mechanism_set_gravity (SgMechanism *self, double gravity);

/* Runs are recorded while this is on; one under way from here on. */
void sg_mechanism_set_recording (SgMechanism *self, gboolean recording);
SgRunRecorder *sg_mechanism_get_recorder (SgMechanism *self); /* (transfer none) */

G_END_DECLS
