/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tells in words what moves in a simulation, for who does not see it. Pure; one thread's own.
 */
#pragma once

#include "pipeline/pipeline.h"
#include "sim/snapshot.h"

G_BEGIN_DECLS

#define SG_NARRATOR_INTERVAL 1.0 /* s of real time: nothing is told more often */

/* "Ball moves down and to the left at 0.83 m/s. Wheel turns clockwise at 2.00 rad/s.", the fastest first,
 * those beyond the first few as a number; "Nothing moves." `names`: of the bodies, NULL-terminated, "" for
 * those that are not told of. `before`, `now`: SG_PLACE_NUMBERS a body (sim/place.h), `seconds` apart.
 * Returns: (transfer full). */
char *sg_narrator_say (const char *const *names, const double *before, const double *now, double seconds);

typedef struct _SgNarrator SgNarrator;

SgNarrator *sg_narrator_new (void);
void sg_narrator_free (SgNarrator *self);

/* What is simulated, NULL for nothing. */
void sg_narrator_set_scene (SgNarrator *self, SgScene *scene);

/* Sees a picture at `wall_us` (g_get_monotonic_time ()). Returns: (transfer full) (nullable): what there is
 * to tell now: what moves, or that and when it was paused; NULL where nothing changed or the last word is
 * not old enough. */
char *sg_narrator_see (SgNarrator *self, const SgSnapshot *snapshot, gint64 wall_us);

G_END_DECLS
