/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A model that is simulated and every state of it that was: steps forward and records, goes back to any step
 * by stepping on from the keyframe before it, bit for bit what was there the first time (mjSTATE_INTEGRATION,
 * under the guard, over swapped models and all inputs). Knows no clock and no thread: one thread at a time.
 * Internal to sim; sim/thread.c drives it.
 *
 *   at the record's end --step--> at its end          (recorded)
 *   before its end      --step, input, swap--> a branch, at its end; the old future stays on the old one
 */
#pragma once

#include "sim/guard.h"
#include "sim/past.h"
#include "sim/timeline.h"

G_BEGIN_DECLS

typedef struct _SgTimeMachine SgTimeMachine;

SgTimeMachine *sg_time_machine_new (void);
void sg_time_machine_free (SgTimeMachine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgTimeMachine, sg_time_machine_free)

/* Another model, (nullable), at its start; the record begins anew. FALSE (sim.memory): there is no model. */
gboolean sg_time_machine_set_model (SgTimeMachine *self, SgModel *model, GError **error);
/* A run that is over, at its start, in place of a record of its own: it can be gone along, and that is all.
 * Errors as above; those of the past's own. */
gboolean sg_time_machine_set_past (SgTimeMachine *self, SgPast *past, GError **error);
gboolean sg_time_machine_is_past (SgTimeMachine *self); /* whether it has one */

/* Another model that goes on from where this one is, as far as both have the same (sim/carry.h), whose world
 * is `moved` (m; nullable: not at all) from this one's. Where the
 * past does not fit it begins at its start, which also begins the record anew. Errors as above. */
gboolean sg_time_machine_swap_model (
  SgTimeMachine *self, SgModel *model, const double moved[3], GError **error);
/* To the model's start, or to its keyframe number `key` where that is not negative: a branch with no past.
 * What was done to the model is undone, but for the noise. */
void sg_time_machine_reset (SgTimeMachine *self, int key);

/* Who watches the steps that are recorded; not those that are done again. NULL: nobody does. */
void sg_time_machine_set_watch (SgTimeMachine *self, const SgGuardWatch *watch);

/* Beats at every step of the models set after this; borrowed, must outlive it. */
void sg_time_machine_set_beats (SgTimeMachine *self, SgWatch *beats);

/* `n` steps; returns how many were done. Fewer than `n` sets `error` (sim.diverged, sim.fatal). */
guint sg_time_machine_step (SgTimeMachine *self, guint n, GError **error);
/* FALSE where the model has not what it is about. A pull is held back until the next step: to pull at a body
 * of the past changes nothing yet. A pull of the past itself ends where it is played on from there. */
gboolean sg_time_machine_input (SgTimeMachine *self, const SgInput *input);

/* Puts a body to where the hand that has it is (sim/reach.h), at once; its velocity stays. FALSE: it cannot
 * be moved, or is there. */
gboolean sg_time_machine_put (SgTimeMachine *self, const SgPull *grip);

/* To a step of the current branch or its past; beyond what is kept, to its nearest end. Errors as for
 * stepping; it is then as far as it came. */
gboolean sg_time_machine_seek (SgTimeMachine *self, guint64 step, GError **error);
gboolean sg_time_machine_seek_time (SgTimeMachine *self, double time, GError **error);
/* To the end of a branch; FALSE with no error where there is none of that identity. */
gboolean sg_time_machine_choose (SgTimeMachine *self, guint branch, GError **error);
/* To a mark, on its branch; where that has given it up, on a branch of its own with no past; where bodies
 * were moved by hand at its very step since, on one that begins with it. */
gboolean sg_time_machine_go_to_mark (SgTimeMachine *self, guint mark, GError **error);
/* The state that is there; 0: there are too many. */
guint sg_time_machine_mark (SgTimeMachine *self, const char *name);

/* What is there: NULL and zeros without a model. Borrowed until the next call. */
SgModel *sg_time_machine_get_model (SgTimeMachine *self);
mjData *sg_time_machine_get_data (SgTimeMachine *self);
const SgInputs *sg_time_machine_get_inputs (SgTimeMachine *self);
/* The pull that is asked for, its force in N and where it acts, m in the world; FALSE: nothing is pulled. */
gboolean
sg_time_machine_get_pull (SgTimeMachine *self, double force[3], double at[3], SgPull *pull);
guint64 sg_time_machine_get_step (SgTimeMachine *self);
gboolean sg_time_machine_is_at_end (SgTimeMachine *self);
/* Whether nothing was stepped and nothing moved by hand since the model's start. */
gboolean sg_time_machine_is_at_start (SgTimeMachine *self);
SgTimeline *sg_time_machine_get_timeline (SgTimeMachine *self);

G_END_DECLS
