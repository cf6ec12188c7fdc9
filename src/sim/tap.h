/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The simulation's states for one more reader, on a thread of its own, beside the one that draws: what shares
 * or records a run while it is shown. The simulation's thread copies its state once more (a microsecond) and
 * never waits; a slow reader skips states. sg_simulation_set_tap attaches it.
 */
#pragma once

#include "sim/snapshot.h"

G_BEGIN_DECLS

typedef struct _SgTap SgTap;

SgTap *sg_tap_new (void);
SgTap *sg_tap_ref (SgTap *tap);
void sg_tap_unref (SgTap *tap);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgTap, sg_tap_unref)

/* Called on the simulation's thread after a publication, once until the next read; it must not block. Before
 * the tap is attached; once another was set it is not called any more. */
void sg_tap_set_notify (SgTap *tap, void (*notify) (gpointer data), gpointer data);

/* Reader's side, one thread: the newest state, valid until the next call; NULL where there is no model.
 * `fresh` as in sg_snapshot_buffer_read. */
const SgSnapshot *sg_tap_read (SgTap *tap, gboolean *fresh);

/* Writer's side: `fill` writes the state of `model` into a slot that has room for it. Without a model there
 * is nothing to read from now on. Does nothing where another writer, which has been given up, is amid it. */
void sg_tap_publish (SgTap *tap,
                     SgModel *model,
                     void (*fill) (SgSnapshot *slot, gpointer data),
                     gpointer data);

G_END_DECLS
