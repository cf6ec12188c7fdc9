/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The figures of the running simulation in one quiet line: frames a second, real-time factor, physics rate,
 * bodies, energy. However often it is told, it changes at most 10 times a second, and the last value told is
 * always the one shown in the end. */
#pragma once

#include <gtk/gtk.h>

#include "sim/simulation.h"

G_BEGIN_DECLS

#define SG_TYPE_STATUS_STRIP (sg_status_strip_get_type ())
G_DECLARE_FINAL_TYPE (SgStatusStrip, sg_status_strip, SG, STATUS_STRIP, GtkBox)

/* Signal "refreshed" (SgSimulationStats *): the labels were just changed; for what else shows figures at the
 * same pace. */
void sg_status_strip_show (SgStatusStrip *self, const SgSimulationStats *stats, double fps);

/* Why 60 frames a second are not held (nullable), beside their number; with the next figures. */
void sg_status_strip_explain (SgStatusStrip *self, const char *why);

guint sg_status_strip_get_n_updates (SgStatusStrip *self); /* times the labels were changed, since made */

G_END_DECLS
