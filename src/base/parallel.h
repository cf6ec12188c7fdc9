/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Work that falls into independent pieces, done by the caller and by whatever other cores are idle.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Calls `work (i, data)` once for each i below `n`, in any order, several at a time on several threads, the
 * caller's among them; returns when all have returned. Pieces must not touch what another one changes, and
 * worth a hand-over: some ten microseconds each at least. Any thread. */
void sg_parallel_for (guint n, void (*work) (guint i, gpointer data), gpointer data);

/* The same beside what the caller goes on with: only idle cores do it. `data` must last until the end. NULL
 * where there are none, or nothing to do. */
typedef struct _SgParallel SgParallel;

SgParallel *sg_parallel_begin (guint n, void (*work) (guint i, gpointer data), gpointer data);

/* Lets no more pieces begin, and returns when those that have begun are done. */
void sg_parallel_end (SgParallel *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgParallel, sg_parallel_end)

G_END_DECLS
