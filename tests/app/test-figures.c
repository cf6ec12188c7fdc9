/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers as a person reads them, and the frame counter behind one of them. */
#include "app/frame-counter.h"
#include "base/units.h"

static void
check (double value, const char *expected)
{
  g_autofree char *text = sg_units_format (value, "J");

  g_assert_cmpstr (text, ==, expected);
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
  g_test_add_func ("/app/figures/time", test_time);
  g_test_add_func ("/app/figures/frame-rate", test_frame_rate);
  return g_test_run ();
}
