/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ticks. Steps are taken from STEPS times a power of ten; the first that needs few enough ticks holds. */
#include "app/plot-scale.h"

#include <math.h>

#define FLATTEST \
  1e-6 /* of the values' size: below it a curve is drawn flat, as its labels would be all digits */

static const struct
{
  double factor;
  const char *prefix;
} prefixes[] = {
  { 1e9, "G" },
  { 1e6, "M" },
  { 1e3, "k" },
  { 1, "" },
  { 1e-3, "m" },
  { 1e-6, "µ" },
};

/* Numbers of a person's size (0.05, 1200) stay as they are. */
static void
choose_prefix (SgPlotTicks *ticks)
{
  double size = MAX (fabs (ticks->first), fabs (sg_plot_ticks_last (ticks)));
  guint i = 0;

  ticks->factor = 1;
  ticks->prefix = "";
  if (size >= 0.0999 && size < 9999.5)
    return;
  while (i + 1 < G_N_ELEMENTS (prefixes) && size < prefixes[i].factor * 0.9995)
    i++;
  ticks->factor = prefixes[i].factor;
  ticks->prefix = prefixes[i].prefix;
}

static int
find_decimals (const SgPlotTicks *ticks)
{
  return CLAMP ((int)-floor (log10 (ticks->step / ticks->factor) + 1e-9), 0, 9);
}

void
sg_plot_ticks_drop_prefix (SgPlotTicks *ticks)
{
  ticks->factor = 1;
  ticks->prefix = "";
  ticks->decimals = find_decimals (ticks);
}

static void
choose_words (SgPlotTicks *ticks)
{
  choose_prefix (ticks);
  ticks->decimals = find_decimals (ticks);
}

static double
next_step (double step)
{
  double power = pow (10, floor (log10 (step) + 1e-9)), mantissa = step / power;

  return mantissa < 1.5 ? 2 * power : mantissa < 3 ? 5 * power
                                                   : 10 * power;
}

static double
smallest_step (double range, guint at_most)
{
  double step = pow (10, floor (log10 (range / at_most)));

  return step > 0 ? step : G_MINDOUBLE * 1e10;
}

static gboolean
widen (double *min, double *max)
{
  double size = MAX (fabs (*min), fabs (*max));

  if (!isfinite (*min) || !isfinite (*max) || *min > *max)
    {
      *min = 0;
      *max = 1;
    }
  else if (*max - *min <= size * FLATTEST || size < 1e-12)
    {
      double room = size < 1e-12 ? 1 : size * 0.1;

      *min -= room;
      *max += room;
    }
  else
    return FALSE;
  return TRUE;
}

SgPlotTicks
sg_plot_ticks_around (double min, double max, guint at_most)
{
  SgPlotTicks ticks = { 0 };

  at_most = CLAMP (at_most, 3, SG_PLOT_MAX_TICKS); /* two steps of any size do not enclose both sides of 0 */
  widen (&min, &max);
  for (ticks.step = smallest_step (max - min, at_most);; ticks.step = next_step (ticks.step))
    {
      double low = floor (min / ticks.step + 1e-9), high = ceil (max / ticks.step - 1e-9);

      if (high - low + 1 > at_most)
        continue;
      ticks.first = low * ticks.step;
      ticks.n = (guint)MAX (high - low, 1) + 1;
      choose_words (&ticks);
      return ticks;
    }
}

SgPlotTicks
sg_plot_ticks_within (double min, double max, guint at_most)
{
  SgPlotTicks ticks = { 0 };

  at_most = CLAMP (at_most, 2, SG_PLOT_MAX_TICKS);
  widen (&min, &max);
  for (ticks.step = smallest_step (max - min, at_most);; ticks.step = next_step (ticks.step))
    {
      double low = ceil (min / ticks.step - 1e-9), high = floor (max / ticks.step + 1e-9);

      if (high - low + 1 > at_most)
        continue;
      ticks.first = low * ticks.step;
      ticks.n = (guint)MAX (high - low + 1, 0);
      choose_words (&ticks);
      return ticks;
    }
}

double
sg_plot_ticks_at (const SgPlotTicks *ticks, guint i)
{
  return ticks->first + i * ticks->step;
}

double
sg_plot_ticks_last (const SgPlotTicks *ticks)
{
  return sg_plot_ticks_at (ticks, ticks->n > 0 ? ticks->n - 1 : 0);
}

static char *
number (double value, int decimals)
{
  double smallest = pow (10, -decimals) / 2;
  const char *sign = value <= -smallest ? "−" : "";

  if (!isfinite (value))
    return g_strdup ("—");
  return g_strdup_printf ("%s%.*f", sign, decimals, fabs (value));
}

char *
sg_plot_ticks_label (const SgPlotTicks *ticks, guint i)
{
  return number (sg_plot_ticks_at (ticks, i) / ticks->factor, ticks->decimals);
}

char *
sg_plot_ticks_readout (const SgPlotTicks *ticks, double value)
{
  return number (value / ticks->factor, ticks->decimals + 1);
}

guint
sg_plot_ticks_fit (double length, double size, double gap)
{
  double n = floor ((length + gap) / MAX (size + gap, 1));

  return (guint)CLAMP (n, 2, SG_PLOT_MAX_TICKS);
}

double
sg_plot_interpolate (const double *x, const double *y, guint n, double at)
{
  guint low = 0, high = n > 0 ? n - 1 : 0;

  if (n == 0 || !(at >= x[0]) || !(at <= x[n - 1]))
    return NAN;
  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (x[middle] <= at)
        low = middle;
      else
        high = middle;
    }
  if (x[high] <= x[low])
    return y[low];
  return y[low] + (y[high] - y[low]) * (at - x[low]) / (x[high] - x[low]);
}
