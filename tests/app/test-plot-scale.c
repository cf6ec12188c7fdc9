/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Axes: round ticks that enclose the data, words that fit, and values between samples. */
#include "app/plot-scale.h"

#include <math.h>

#include "base/units.h"

static void
assert_label (const SgPlotTicks *ticks, guint i, const char *expected)
{
  g_autofree char *label = sg_plot_ticks_label (ticks, i);

  g_assert_cmpstr (label, ==, expected);
}

static void
test_round (void)
{
  SgPlotTicks ticks = sg_plot_ticks_around (0.3, 9.2, 6);

  g_assert_cmpfloat_with_epsilon (ticks.first, 0, 1e-12);
  g_assert_cmpfloat_with_epsilon (ticks.step, 2, 1e-12);
  g_assert_cmpuint (ticks.n, ==, 6);
  assert_label (&ticks, 5, "10");
  ticks = sg_plot_ticks_around (-0.13, 0.12, 6);
  assert_label (&ticks, 0, "−0.2");
  assert_label (&ticks, 2, "0.0");
}

/* What settles to seven digits is flat: nobody reads −100.4902521. */
static void
test_settled (void)
{
  SgPlotTicks ticks = sg_plot_ticks_around (-100.4902523, -100.490252, 6);

  g_assert_cmpint (ticks.decimals, ==, 0);
  ticks = sg_plot_ticks_around (100, 100.01, 6);
  g_assert_cmpint (ticks.decimals, >=, 3);
}

/* Whatever the data: few enough, enclosing, and at 1, 2 or 5 times a power of ten. */
static void
test_enclose (void)
{
  for (int i = 0; i < 20000; i++)
    {
      double size = pow (10, g_test_rand_double_range (-9, 9));
      double min = g_test_rand_double_range (-1, 1) * size,
             max = min + g_test_rand_double_range (0, 2) * size;
      guint at_most = (guint)g_test_rand_int_range (3, 12);
      SgPlotTicks ticks = sg_plot_ticks_around (min, max, at_most);
      double mantissa = ticks.step / pow (10, floor (log10 (ticks.step) + 1e-9));

      g_assert_cmpuint (ticks.n, >=, 2);
      g_assert_cmpuint (ticks.n, <=, at_most);
      g_assert_cmpfloat (ticks.first, <=, min + 1e-6 * ticks.step);
      g_assert_cmpfloat (sg_plot_ticks_last (&ticks), >=, max - 1e-6 * ticks.step);
      g_assert_true (fabs (mantissa - 1) < 1e-6 || fabs (mantissa - 2) < 1e-6 || fabs (mantissa - 5) < 1e-6);
    }
}

static void
test_within (void)
{
  SgPlotTicks ticks = sg_plot_ticks_within (1.2, 4.9, 6);

  g_assert_cmpfloat_with_epsilon (ticks.first, 2, 1e-12);
  g_assert_cmpfloat_with_epsilon (sg_plot_ticks_last (&ticks), 4, 1e-12);
  ticks = sg_plot_ticks_within (0, 4.5, 10);
  g_assert_cmpuint (ticks.n, ==, 10);
  assert_label (&ticks, 9, "4.5");
}

static void
test_flat_and_unknown (void)
{
  SgPlotTicks ticks = sg_plot_ticks_around (5, 5, 5);

  g_assert_cmpfloat (ticks.first, <, 5);
  g_assert_cmpfloat (sg_plot_ticks_last (&ticks), >, 5);
  ticks = sg_plot_ticks_around (0, 0, 5);
  g_assert_cmpfloat (ticks.first, <, 0);
  ticks = sg_plot_ticks_around (NAN, INFINITY, 5);
  g_assert_cmpfloat_with_epsilon (ticks.first, 0, 1e-12);
  g_assert_cmpfloat_with_epsilon (sg_plot_ticks_last (&ticks), 1, 1e-12);
  /* what is flat but for the last bits is not blown up to noise */
  ticks = sg_plot_ticks_around (3, 3 + 1e-12, 5);
  g_assert_cmpfloat (ticks.step, >, 0.01);
}

static void
test_prefixes (void)
{
  SgPlotTicks ticks = sg_plot_ticks_around (0, 0.0042, 6);

  g_assert_cmpstr (ticks.prefix, ==, "m");
  assert_label (&ticks, ticks.n - 1, "5");
  ticks = sg_plot_ticks_around (0, 52000, 7);
  g_assert_cmpstr (ticks.prefix, ==, "k");
  assert_label (&ticks, ticks.n - 1, "60");
  ticks = sg_plot_ticks_around (0, 1200, 7);
  g_assert_cmpstr (ticks.prefix, ==, "");
  g_autofree char *readout = sg_plot_ticks_readout (&ticks, -431.26);
  g_assert_cmpstr (readout, ==, "−431.3");
  g_autofree char *none = sg_plot_ticks_readout (&ticks, NAN);
  g_assert_cmpstr (none, ==, "—");
}

static void
test_fit (void)
{
  g_assert_cmpuint (sg_plot_ticks_fit (300, 40, 20), ==, 5);
  g_assert_cmpuint (sg_plot_ticks_fit (10, 40, 20), ==, 2);
  g_assert_cmpuint (sg_plot_ticks_fit (1e6, 40, 20), ==, SG_PLOT_MAX_TICKS);
}

static void
test_interpolate (void)
{
  const double x[] = { 0, 1, 1, 3 }, y[] = { 0, 10, 20, 40 };

  g_assert_cmpfloat (sg_plot_interpolate (x, y, 4, 0.5), ==, 5);
  g_assert_cmpfloat (sg_plot_interpolate (x, y, 4, 2), ==, 30);
  g_assert_cmpfloat (sg_plot_interpolate (x, y, 4, 3), ==, 40);
  g_assert_true (isnan (sg_plot_interpolate (x, y, 4, 3.1)));
  g_assert_true (isnan (sg_plot_interpolate (x, y, 4, NAN)));
  g_assert_true (isnan (sg_plot_interpolate (x, y, 0, 0)));
  g_assert_cmpfloat (sg_plot_interpolate (x, y, 1, 0), ==, 0);
}

/* A unit that has a prefix gets no other: 0.05 cm, not 50 mcm. */
static void
test_no_prefix (void)
{
  SgPlotTicks ticks = sg_plot_ticks_around (0, 0.05, 6);

  g_assert_cmpstr (ticks.prefix, ==, "m");
  sg_plot_ticks_drop_prefix (&ticks);
  g_assert_cmpstr (ticks.prefix, ==, "");
  assert_label (&ticks, ticks.n - 1, "0.05");
}

static void
test_unit_systems (void)
{
  double factor;

  g_assert_cmpstr (sg_unit_system_show (SG_UNIT_SYSTEM_CENTIMETRES, "m/s", &factor), ==, "cm/s");
  g_assert_cmpfloat (factor, ==, 100);
  g_assert_false (sg_units_take_prefix ("cm/s"));
  g_assert_cmpstr (sg_unit_system_show (SG_UNIT_SYSTEM_CENTIMETRES, "J", &factor), ==, "J");
  g_assert_cmpfloat (factor, ==, 1);
  g_assert_cmpstr (sg_unit_system_show (sg_unit_system_from_name ("?"), "kg", &factor), ==, "kg");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/plot-scale/round", test_round);
  g_test_add_func ("/app/plot-scale/settled", test_settled);
  g_test_add_func ("/app/plot-scale/enclose", test_enclose);
  g_test_add_func ("/app/plot-scale/within", test_within);
  g_test_add_func ("/app/plot-scale/flat-and-unknown", test_flat_and_unknown);
  g_test_add_func ("/app/plot-scale/prefixes", test_prefixes);
  g_test_add_func ("/app/plot-scale/no-prefix", test_no_prefix);
  g_test_add_func ("/app/plot-scale/unit-systems", test_unit_systems);
  g_test_add_func ("/app/plot-scale/fit", test_fit);
  g_test_add_func ("/app/plot-scale/interpolate", test_interpolate);
  return g_test_run ();
}
