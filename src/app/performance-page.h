/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the time goes: the parts of a step, drawing, rest, how far the simulation is behind, and what MuJoCo
 * warned of. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "sim/simulation.h"

G_BEGIN_DECLS

#define SG_TYPE_PERFORMANCE_PAGE (sg_performance_page_get_type ())
G_DECLARE_FINAL_TYPE (SgPerformancePage, sg_performance_page, SG, PERFORMANCE_PAGE, GtkBox)

void sg_performance_page_refresh (SgPerformancePage *self,
                                  const SgReadout *readout,
                                  const SgSimulationStats *stats,
                                  double frames_per_second);

G_END_DECLS
