/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keeping real time, with a clock that the test turns. */
#include "sim/pace.h"

#define STEP 0.002

static SgPace
pace_at (double speed)
{
  SgPace pace = { .speed = speed };

  sg_pace_start (&pace, 1000000, 0, 0);
  return pace;
}

static void
test_due (void)
{
  SgPace pace = pace_at (1);

  g_assert_cmpuint (sg_pace_due (&pace, 1000000, 0, STEP), ==, 0);
  g_assert_cmpuint (sg_pace_due (&pace, 1001900, 0, STEP), ==, 0);
  g_assert_cmpuint (sg_pace_due (&pace, 1002000, 0, STEP), ==, 1);
  g_assert_cmpuint (sg_pace_due (&pace, 1020000, 0.01, STEP), ==, 5);
  g_assert_cmpuint (sg_pace_due (&pace, 1020000, 0.04, STEP), ==, 0);
  g_assert_cmpint (sg_pace_next (&pace, 0.02, STEP), ==, 1022000);
}

static void
test_speed (void)
{
  SgPace slow = pace_at (0.01), fast = pace_at (4);

  g_assert_cmpuint (sg_pace_due (&slow, 1199000, 0, STEP), ==, 0);
  g_assert_cmpuint (sg_pace_due (&slow, 1200000, 0, STEP), ==, 1);
  g_assert_cmpint (sg_pace_next (&slow, 0, STEP), ==, 1200000);
  g_assert_cmpuint (sg_pace_due (&fast, 1010000, 0, STEP), ==, 20);

  /* a change of speed makes nothing due by itself */
  sg_pace_set_speed (&fast, 1, 1010000);
  g_assert_cmpuint (sg_pace_due (&fast, 1010000, 0.04, STEP), ==, 0);
  g_assert_cmpuint (sg_pace_due (&fast, 1020000, 0.04, STEP), ==, 5);
}

/* After a stall of a second, 50 ms are caught up and the rest is drift, for good. */
static void
test_catch_up (void)
{
  SgPace pace = pace_at (1);

  g_assert_cmpuint (sg_pace_due (&pace, 2000000, 0, STEP), ==, 25);
  g_assert_cmpfloat_with_epsilon (sg_pace_get_drift (&pace, 2000000, 0), 1.0, 1e-9);
  g_assert_cmpuint (sg_pace_due (&pace, 2000000, 0.05, STEP), ==, 0);
  g_assert_cmpfloat_with_epsilon (sg_pace_get_drift (&pace, 2000000, 0.05), 0.95, 1e-9);
  g_assert_cmpuint (sg_pace_due (&pace, 2010000, 0.05, STEP), ==, 5);
}

/* A step longer than the bound must come all the same. */
static void
test_long_step (void)
{
  SgPace pace = pace_at (0.01);

  g_assert_cmpuint (sg_pace_due (&pace, 1000000 + 11000000, 0, 0.1), ==, 1);
}

static void
test_rates (void)
{
  SgPace pace = pace_at (1);
  double factor, rate;

  for (int i = 1; i <= 100; i++) /* 2 s at half of real time */
    sg_pace_sample (&pace, 1000000 + i * 20000, i * 0.01, i * 5);
  sg_pace_get_rates (&pace, 3000000, 1.0, 500, &factor, &rate);
  g_assert_cmpfloat_with_epsilon (factor, 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (rate, 250, 1e-6);
}

static void
test_rates_at_start (void)
{
  SgPace pace = pace_at (1);
  double factor, rate;

  sg_pace_get_rates (&pace, 1000000, 0, 0, &factor, &rate);
  g_assert_cmpfloat (factor, ==, 0);
  g_assert_cmpfloat (rate, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/pace/due", test_due);
  g_test_add_func ("/sim/pace/speed", test_speed);
  g_test_add_func ("/sim/pace/catch-up", test_catch_up);
  g_test_add_func ("/sim/pace/long-step", test_long_step);
  g_test_add_func ("/sim/pace/rates", test_rates);
  g_test_add_func ("/sim/pace/rates-at-start", test_rates_at_start);
  return g_test_run ();
}
