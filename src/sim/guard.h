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

/* Beats at every step; (nullable), borrowed, must outlive the guard. */
void sg_guard_set_watch (SgGuard *guard, SgWatch *watch);

/* `n` steps; returns how many were done. Fewer than `n` sets `error` (sim.diverged naming the body,
 * sim.fatal) and leaves `data` at the last good state. */
guint sg_guard_step (SgGuard *guard, mjData *data, guint n, GError **error);

G_END_DECLS
