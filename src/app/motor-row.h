/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One motor: a slider for what it is told, or the course that it follows, and how hard it drives. Main
 * thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/pads.h"
#include "app/thing-names.h"

G_BEGIN_DECLS

#define SG_TYPE_MOTOR_ROW (sg_motor_row_get_type ())
G_DECLARE_FINAL_TYPE (SgMotorRow, sg_motor_row, SG, MOTOR_ROW, GtkBox)

/* Of the simulation's model as it is; `names` (nullable). */
GtkWidget *sg_motor_row_new (SgSimulation *simulation, int motor, const SgThingNames *names);

/* What of a gamepad drives it can be chosen while there is one. */
void sg_motor_row_set_pads (SgMotorRow *self, SgPads *pads);
void sg_motor_row_refresh (SgMotorRow *self, const SgReadout *readout);

G_END_DECLS
