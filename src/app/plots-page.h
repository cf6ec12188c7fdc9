/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plots of the running simulation side by side, over one stretch of time, that can be held and taken out as a
 * table or a picture. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/thing-names.h"
#include "base/units.h"
#include "sim/simulation.h"

G_BEGIN_DECLS

#define SG_TYPE_PLOTS_PAGE (sg_plots_page_get_type ())
G_DECLARE_FINAL_TYPE (SgPlotsPage, sg_plots_page, SG, PLOTS_PAGE, GtkBox)

/* Signal: "told" (const char *)  for the person: what was saved, or why not. */
void sg_plots_page_set_simulation (SgPlotsPage *self, SgSimulation *simulation);

/* The simulated time that is shown: earlier than the newest where somebody went back. */
void sg_plots_page_set_time (SgPlotsPage *self, double time);

void sg_plots_page_set_names (SgPlotsPage *self, SgThingNames *names); /* (nullable) */
void sg_plots_page_set_units (SgPlotsPage *self, SgUnitSystem units);

/* Draws the newest; where there is no plot yet, begins with one that suits the mechanism. */
void sg_plots_page_refresh (SgPlotsPage *self);

/* Writes what is shown: a picture where the name ends in .png, else a table. It tells when it is done. */
void sg_plots_page_export (SgPlotsPage *self, GFile *file);

G_END_DECLS
