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

G_END_DECLS
