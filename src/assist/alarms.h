/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is to be done later, by a clock that may be a test's. With the monotonic clock a source of the main
 * context does it; with another one, whoever moves it calls sg_alarms_ring (). One thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SgAlarms SgAlarms;
typedef void (*SgAlarmFunc) (gpointer data);

/* In the thread's default main context. `now_us` (nullable): the monotonic clock. */
SgAlarms *sg_alarms_new (gint64 (*now_us) (gpointer clock), gpointer clock);
void sg_alarms_free (SgAlarms *self); /* what was to be done is not */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgAlarms, sg_alarms_free)

gint64 sg_alarms_now (SgAlarms *self); /* us */

/* Calls `func` once, when it is `at_us`, never at once. Returns: its number, never 0. */
guint sg_alarms_add (SgAlarms *self, gint64 at_us, SgAlarmFunc func, gpointer data);

/* Takes it back; `id` becomes 0, and may have been, or have rung. */
void sg_alarms_remove (SgAlarms *self, guint *id);

/* Does what is due, the earliest first. */
void sg_alarms_ring (SgAlarms *self);

G_END_DECLS
