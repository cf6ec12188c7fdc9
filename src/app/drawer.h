/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The drawer at the window's foot: plots, energy, contacts, motors and sensors, performance. Its upper edge
 * is dragged (or moved by the arrow keys) to make it taller. What it shows changes only when it is
 * refreshed, which the window does ten times a second. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/thing-names.h"
#include "base/units.h"
#include "sim/simulation.h"

G_BEGIN_DECLS

#define SG_TYPE_DRAWER (sg_drawer_get_type ())
G_DECLARE_FINAL_TYPE (SgDrawer, sg_drawer, SG, DRAWER, GtkWidget)

#define SG_DRAWER_LEAST_HEIGHT 140 /* px */

/* Properties: "height" (int, px), "page" (char *: "plots", "energy", "contacts", "motors", "performance").
 * Signals: "closed"; "told" (const char *)  for the person. */
void sg_drawer_set_simulation (SgDrawer *self, SgSimulation *simulation);

void sg_drawer_set_names (SgDrawer *self, SgThingNames *names); /* (nullable) */
void sg_drawer_set_units (SgDrawer *self, SgUnitSystem units);

/* Has its pages in a list to choose from instead of tabs, and their rows in two lines. */
void sg_drawer_set_narrow (SgDrawer *self, gboolean narrow);

/* Nothing is measured for a drawer that is not open, but what its plots have. */
void sg_drawer_set_open (SgDrawer *self, gboolean open);

void sg_drawer_refresh (SgDrawer *self, const SgSimulationStats *stats, double frames_per_second);
guint sg_drawer_get_n_updates (SgDrawer *self); /* times something was shown anew, since made */

G_END_DECLS
