/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether a thread that calls MuJoCo still gets anywhere. A step cannot be interrupted, so a thread that is
 * stuck in one can only be given up: another thread has to notice. The watched thread beats at every step and
 * says when it is at rest; that costs it a store in memory, no clock.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SgWatch SgWatch;

SgWatch *sg_watch_new (void);
void sg_watch_free (SgWatch *watch); /* after both threads have done with it */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgWatch, sg_watch_free)

/* The watched thread's. */
void sg_watch_set_busy (SgWatch *watch, gboolean busy);
void sg_watch_beat (SgWatch *watch);

/* The watching thread's, of which there is one: for how many seconds, up to `now` (us, monotonic), it has
 * seen the other busy with one and the same step. To be asked every second or so, as the first look at a
 * step is where its time begins. */
double sg_watch_look (SgWatch *watch, gint64 now);

G_END_DECLS
