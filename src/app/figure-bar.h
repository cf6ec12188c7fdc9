/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How durations are spread: a bar from the usual to the slow on a scale of powers of ten, and a tick at the
 * slowest. One scale for all, so that bars above each other compare. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SG_TYPE_FIGURE_BAR (sg_figure_bar_get_type ())
G_DECLARE_FINAL_TYPE (SgFigureBar, sg_figure_bar, SG, FIGURE_BAR, GtkWidget)

GtkWidget *sg_figure_bar_new (void);

/* Seconds, from 1 µs to 10 s; beyond is shown at the scale's end. */
void sg_figure_bar_set_durations (SgFigureBar *self, double usual, double slow, double slowest);

/* A part of the whole, 0..1, instead. */
void sg_figure_bar_set_share (SgFigureBar *self, double share);

G_END_DECLS
