/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The record of the simulation as a line: where it is, how far back and on it reaches, marks, forks, the span
 * that is looped. The pointer goes along it; with Shift it spans a loop.
 */
#pragma once

#include <gtk/gtk.h>

#include "sim/simulation.h"

G_BEGIN_DECLS

#define SG_TYPE_TIME_TRACK (sg_time_track_get_type ())
G_DECLARE_FINAL_TYPE (SgTimeTrack, sg_time_track, SG, TIME_TRACK, GtkWidget)

/* Signals: "sought" (double)          to go to that time, s; many in a row;
 *          "spanned" (double, double) to loop between those times. */

/* The figures, and the overview that they name (nullable). */
void sg_time_track_show (SgTimeTrack *self, const SgSimulationStats *stats, SgTimelineOverview *overview);

G_END_DECLS
