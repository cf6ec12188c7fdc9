/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reset, play or pause, single step, speed and the simulated time, as a pill; its buttons are actions of the
 * window. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SG_TYPE_TRANSPORT (sg_transport_get_type ())
G_DECLARE_FINAL_TYPE (SgTransport, sg_transport, SG, TRANSPORT, GtkBox)

void sg_transport_set_playing (SgTransport *self, gboolean playing);
void sg_transport_set_speed (SgTransport *self, double speed);
void sg_transport_set_time (SgTransport *self, double seconds); /* simulated */

G_END_DECLS
