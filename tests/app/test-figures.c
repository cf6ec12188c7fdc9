/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers as a person reads them, and the frame counter behind one of them. */
#include "app/frame-counter.h"
#include "base/units.h"

static void
check_unit (double value, const char *unit, const char *expected)
{
  g_autofree char *text = sg_units_format (value, unit);

  g_assert_cmpstr (text, ==, expected);
}

static void
check (double value, const char *expected)
{
  check_unit (value, "J", expected);
}

static void
test_units (void)
{
  check (0, "0 J");
  check (1e-9, "0 J");
  check (4.5e-4, "450 µJ");
  check (0.0123, "12.3 mJ");
  check (1, "1.00 J");
  check (-12.34, "-12.3 J");
  check (999.9, "1.00 kJ");
  check (123456, "123 kJ");
  check (G_MAXDOUBLE * 2, "— J");
  check_unit (1654.3, "", "1650");
  check_unit (1654.3, "s", "1654 s");
}

static void
check_said (double value, const char *unit, const char *expected)
{
  g_autofree char *text = sg_units_say (value, unit);

  g_assert_cmpstr (text, ==, expected);
}

/* No power of ten, as "%g" would have, and no zeros at the end. */
static void
test_said (void)
{
  check_said (0, "J", "0 J");
  check_said (1e-9, "J", "0 J");
  check_said (4.5e-4, "J", "450 µJ");
  check_said (1654.3, "J", "1650 J");
  check_said (99999, "J", "100000 J");
  check_said (123456, "J", "123 kJ");
  check_said (-1654.3, "N", "-1650 N");
  check_said (9.81, "m/s²", "9.81 m/s²");
  check_said (9.996, "m", "10 m");
  check_said (0.5, "kg", "0.5 kg");
  check_said (250000, "kg", "250000 kg");
  check_said (3e-5, "kg", "0.03 g");
  check_said (7850, "kg/m³", "7850 kg/m³");
  check_said (100000, "s", "100000 s");
  check_said (2e-4, "s", "200 µs");
  check_said (30, "°", "30°");
  check_said (2, "×", "2×");
  check_said (1654.3, "", "1650");
  check_said (0.00045, "", "0.00045");
  check_said (1e300, "", "1e+300");
  check_said (G_MAXDOUBLE * 2, "J", "— J");
}

static void
test_time (void)
{
  g_autofree char *start = sg_units_format_time (0), *later = sg_units_format_time (64.529);

  g_assert_cmpstr (start, ==, "0:00.00");
  g_assert_cmpstr (later, ==, "1:04.52");
}

static void
test_frame_rate (void)
{
  SgFrameCounter counter = { 0 };
  gint64 now = 1000000;

  g_assert_cmpfloat (sg_frame_counter_get_rate (&counter, now), ==, 0);
  for (int i = 0; i < 300; i++, now += 20000)
    sg_frame_counter_add (&counter, now);
  g_assert_cmpfloat_with_epsilon (sg_frame_counter_get_rate (&counter, now), 50, 2.01);
  g_assert_cmpfloat (sg_frame_counter_get_rate (&counter, now + 600000), ==, 0);
  g_assert_cmpuint (counter.n_frames, ==, 300);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/figures/units", test_units);
  g_test_add_func ("/app/figures/said", test_said);
  g_test_add_func ("/app/figures/time", test_time);
  g_test_add_func ("/app/figures/frame-rate", test_frame_rate);
  return g_test_run ();
}
