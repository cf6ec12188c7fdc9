/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One hinge or slide: a slider for where it is, which follows it and moves it. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/thing-names.h"
#include "sim/simulation.h"

G_BEGIN_DECLS

#define SG_TYPE_JOINT_ROW (sg_joint_row_get_type ())
G_DECLARE_FINAL_TYPE (SgJointRow, sg_joint_row, SG, JOINT_ROW, GtkBox)

/* Whether a joint of the model has a place that one number tells. */
gboolean sg_joint_row_fits (const mjModel *model, int joint);

/* Of the simulation's model as it is; `names` (nullable); `ranges` has the places of the rows' ranges
 * alike. */
GtkWidget *
sg_joint_row_new (SgSimulation *simulation, int joint, const SgThingNames *names, GtkSizeGroup *ranges);

void sg_joint_row_refresh (SgJointRow *self, const SgReadout *readout);

G_END_DECLS
