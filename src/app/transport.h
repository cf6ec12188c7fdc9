/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The timeline, and below it reset, steps, play or pause, marks and branches, and speed as a pill; its
 * buttons are actions of the window. */
#pragma once

#include <gtk/gtk.h>

#include "app/time-track.h"

G_BEGIN_DECLS

#define SG_TYPE_TRANSPORT (sg_transport_get_type ())
G_DECLARE_FINAL_TYPE (SgTransport, sg_transport, SG, TRANSPORT, GtkBox)

void sg_transport_set_playing (SgTransport *self, gboolean playing);
void sg_transport_set_recording (SgTransport *self, gboolean recording);
void sg_transport_set_speed (SgTransport *self, double speed);
/* The figures, and the overview that they name (nullable). */
void sg_transport_show (SgTransport *self, const SgSimulationStats *stats, SgTimelineOverview *overview);

/* Both are the transport's: the line, and the button of runs, branches and marks. */
SgTimeTrack *sg_transport_get_track (SgTransport *self);
GtkMenuButton *sg_transport_get_past (SgTransport *self);

G_END_DECLS
