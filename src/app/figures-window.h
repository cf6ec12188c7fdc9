/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How fast SimGen is on this machine, for whoever wonders: its figures about itself (base/metrics.h), since
 * the start or over a time that the history kept. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "store/history.h"

G_BEGIN_DECLS

#define SG_TYPE_FIGURES_WINDOW (sg_figures_window_get_type ())
G_DECLARE_FINAL_TYPE (SgFiguresWindow, sg_figures_window, SG, FIGURES_WINDOW, AdwWindow)

/* `history` (nullable): without one there is only what was measured since the start. */
SgFiguresWindow *sg_figures_window_new (GtkWindow *parent, SgHistory *history);

G_END_DECLS
