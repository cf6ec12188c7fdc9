/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plot of up to two lines over one axis: what they are in a legend above, where the pointer (or the arrow
 * keys) is their values there. The first line is solid and the second dashed, in two colours.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SG_PLOT_MAX_LINES 2

#define SG_TYPE_PLOT (sg_plot_get_type ())
G_DECLARE_FINAL_TYPE (SgPlot, sg_plot, SG, PLOT, GtkWidget)

typedef struct
{
  const char *name;    /* in the legend */
  const double *x, *y; /* n; x rises; y is drawn where it is finite */
  guint n;
} SgPlotLine;

GtkWidget *sg_plot_new (void);

/* What is drawn: "Total energy" in "J" over "Time" in "s". */
void sg_plot_set_words (
  SgPlot *self, const char *title, const char *unit, const char *x_title, const char *x_unit);

/* Copies up to SG_PLOT_MAX_LINES lines. */
void sg_plot_set_lines (SgPlot *self, const SgPlotLine *lines, guint n_lines);

/* The colour of the i-th line on the theme as it is, for what stands beside the plot. */
GdkRGBA sg_plot_get_color (guint i);

G_END_DECLS
