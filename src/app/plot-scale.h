/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Axes of a plot: round ticks, their words, and how they share the room. Pure functions, any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double first, step; /* the i-th tick is at first + i * step; steps are 1, 2 or 5 times a power of ten */
  guint n;            /* 2 or more */
  double factor;      /* values are shown over this: 1e-3 for m, 1e3 for k */
  const char *prefix; /* of the unit: "m", "", "k" */
  int decimals;       /* of the shown values; all the same, so that they align */
} SgPlotTicks;

#define SG_PLOT_MAX_TICKS 24

/* The finest round ticks, `at_most` (3 to SG_PLOT_MAX_TICKS) of them, that enclose min .. max. What is flat
 * or not finite is given room: 0 .. 1 where nothing is known. */
SgPlotTicks sg_plot_ticks_around (double min, double max, guint at_most);

/* The same that lie within min .. max, for an axis whose ends are the data's; there may be one or none. */
SgPlotTicks sg_plot_ticks_within (double min, double max, guint at_most);

/* For a unit that has a prefix already: all digits are shown. */
void sg_plot_ticks_drop_prefix (SgPlotTicks *ticks);

double sg_plot_ticks_at (const SgPlotTicks *ticks, guint i);
double sg_plot_ticks_last (const SgPlotTicks *ticks);

/* "2.50": no "-0", a real minus sign. Returns: (transfer full). */
char *sg_plot_ticks_label (const SgPlotTicks *ticks, guint i);

/* `value` on the axis of these ticks, with one digit more than their labels have. */
char *sg_plot_ticks_readout (const SgPlotTicks *ticks, double value);

/* How many labels of `size` with `gap` between them find room on `length`, 2 at least. */
guint sg_plot_ticks_fit (double length, double size, double gap);

/* y at `at` between samples of rising x, NAN outside them; n may be 0. */
double sg_plot_interpolate (const double *x, const double *y, guint n, double at);

G_END_DECLS
