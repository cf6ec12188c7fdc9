/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Batches of mj_step that cannot end the process: MuJoCo's fatal errors, warnings of divergence and states
 * that are not finite come back as errors (facts: log handler + thread-local jump). Call from the thread
 * that owns `data`.
 */
#pragma once

#include "physics/model.h"
#include "sim/watch.h"

G_BEGIN_DECLS

typedef struct _SgGuard SgGuard;

/* Keeps room for the last good state of `model`. */
SgGuard *sg_guard_new (SgModel *model);
void sg_guard_free (SgGuard *guard);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgGuard, sg_guard_free)

/* Has `prepare` called right before each step, with the number of steps that sg_guard_step has done so far. A
 * failure makes it be called again for steps that are repeated: it must be a function of the state and of
 * that number. NULL: nothing to prepare. */
typedef void (*SgGuardPrepare) (mjData *data, guint done, gpointer user_data);
void sg_guard_set_prepare (SgGuard *guard, SgGuardPrepare prepare, gpointer user_data);

/* Has `before` and `after` called around each step that is done for the first time, for who measures: they
 * leave the state as it is and allocate nothing. NULL: nobody does. */
typedef struct
{
  void (*before) (mjData *data, gpointer user_data);
  void (*after) (mjData *data, gpointer user_data);
  gpointer user_data;
} SgGuardWatch;
void sg_guard_set_watch (SgGuard *guard, const SgGuardWatch *watch);

/* Beats at every step; (nullable), borrowed, must outlive the guard. */
void sg_guard_set_beats (SgGuard *guard, SgWatch *beats);

/* `n` steps; returns how many were done. Fewer than `n` sets `error` (sim.diverged naming the body,
 * sim.fatal) and leaves `data` at the last good state. */
guint sg_guard_step (SgGuard *guard, mjData *data, guint n, GError **error);

G_END_DECLS
