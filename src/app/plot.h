/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plot of some lines over one axis: what they are in a legend above, where the pointer (or the arrow
 * keys) is their values there. Lines differ by colour and by their dashes. Its lines may change ten times a
 * second: what is read stays under the pointer.
 */
#pragma once

#include <gtk/gtk.h>

#include "base/units.h"

G_BEGIN_DECLS

#define SG_PLOT_MAX_LINES 6

#define SG_TYPE_PLOT (sg_plot_get_type ())
G_DECLARE_FINAL_TYPE (SgPlot, sg_plot, SG, PLOT, GtkWidget)

typedef struct
{
  const char *name;    /* in the legend */
  const double *x, *y; /* n; x rises, but in a trace; y is drawn where it is finite */
  guint n;
  const double *high; /* (nullable) n: each x stands for a stretch, in which the line was from y to this */
} SgPlotLine;

GtkWidget *sg_plot_new (void);

/* What is drawn: "Total energy" in "J" over "Time" in "s". */
void sg_plot_set_words (
  SgPlot *self, const char *title, const char *unit, const char *x_title, const char *x_unit);

/* Words and lines, which are in SI units, are shown in those of `units` from the next call of each on. */
void sg_plot_set_units (SgPlot *self, SgUnitSystem units);

/* The lines are traces, of one quantity against another: what is read is the point nearest to the pointer. */
void sg_plot_set_trace (SgPlot *self, gboolean trace);

/* What the axis of x shows; NAN (as at first): what the lines have. */
void sg_plot_set_span (SgPlot *self, double from, double to);

/* A line at that x, for the moment that is shown elsewhere; NAN (as at first): none. */
void sg_plot_set_now (SgPlot *self, double now);

/* As a picture at `scale`, on paper of the theme's colour. The plot must be shown. Returns: (transfer full)
 * (nullable). */
GdkTexture *sg_plot_take_picture (SgPlot *self, double scale);

/* Copies up to SG_PLOT_MAX_LINES lines. */
void sg_plot_set_lines (SgPlot *self, const SgPlotLine *lines, guint n_lines);

/* The colour of the i-th line on the theme as it is, for what stands beside the plot. */
GdkRGBA sg_plot_get_color (guint i);

G_END_DECLS
