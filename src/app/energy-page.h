/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The energy ledger (sim/ledger.h): what is there and where it came from and went to, as two columns that
 * sum to the same, and as curves. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "sim/simulation.h"

G_BEGIN_DECLS

#define SG_TYPE_ENERGY_PAGE (sg_energy_page_get_type ())
G_DECLARE_FINAL_TYPE (SgEnergyPage, sg_energy_page, SG, ENERGY_PAGE, GtkBox)

/* One column over the other, and no room kept between their figures. */
void sg_energy_page_set_narrow (SgEnergyPage *self, gboolean narrow);

void sg_energy_page_set_simulation (SgEnergyPage *self, SgSimulation *simulation);

/* Measures while it is looked at; a ledger begins when that begins. */
void sg_energy_page_set_looking (SgEnergyPage *self, gboolean looking);
void sg_energy_page_refresh (SgEnergyPage *self, const SgReadout *readout);

G_END_DECLS
