/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One plot of the running simulation: up to SG_PLOT_MAX_LINES quantities of one unit over time, or one
 * against another, and buttons to add a curve, to choose what it is drawn over and to close it. Main
 * thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/plot.h"
#include "app/thing-names.h"
#include "sim/simulation.h"

G_BEGIN_DECLS

#define SG_TYPE_PLOT_CARD (sg_plot_card_get_type ())
G_DECLARE_FINAL_TYPE (SgPlotCard, sg_plot_card, SG, PLOT_CARD, GtkWidget)

/* Signals: "closed"; "full"  no more quantities can be measured at a time. */
GtkWidget *sg_plot_card_new (SgSimulation *simulation);

gboolean sg_plot_card_add (SgPlotCard *self, const SgQuantity *quantity);     /* FALSE: "full" */
void sg_plot_card_set_against (SgPlotCard *self, const SgQuantity *quantity); /* (nullable): time */

/* Draws what is known from `from` to `to`, s; the axis goes to `end`, and a line is at `now` (NAN: none). */
void sg_plot_card_refresh (SgPlotCard *self, double from, double to, double end, double now);

/* Of the simulation's model (nullable): after each change of that. */
void sg_plot_card_set_names (SgPlotCard *self, SgThingNames *names);
void sg_plot_card_set_units (SgPlotCard *self, SgUnitSystem units); /* what is drawn, not the table */

/* A curve whose thing was deleted is not drawn, and comes back with it. Whether any is left, and what they
 * are drawn over; as of the last names. */
gboolean sg_plot_card_has_curves (SgPlotCard *self);

SgPlot *sg_plot_card_get_plot (SgPlotCard *self);

/* Appends its channels (int) and their names with units (char *): what a table of it has. */
void sg_plot_card_list (SgPlotCard *self, GArray *channels, GPtrArray *names);

G_END_DECLS
