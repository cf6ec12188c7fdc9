/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Motors to turn, joints to move, sensors to read and ties to undo, of the model as it is. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/thing-names.h"
#include "sim/simulation.h"

G_BEGIN_DECLS

#define SG_TYPE_MOTORS_PAGE (sg_motors_page_get_type ())
G_DECLARE_FINAL_TYPE (SgMotorsPage, sg_motors_page, SG, MOTORS_PAGE, GtkBox)

#define SG_MOTORS_PAGE_MOST 64 /* of each that are shown */

void sg_motors_page_set_simulation (SgMotorsPage *self, SgSimulation *simulation);
void sg_motors_page_set_names (SgMotorsPage *self, SgThingNames *names); /* (nullable) */
void sg_motors_page_set_narrow (SgMotorsPage *self, gboolean narrow);    /* rows of two lines and more */
void sg_motors_page_refresh (SgMotorsPage *self, const SgReadout *readout);

G_END_DECLS
