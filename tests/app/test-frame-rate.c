/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The frame rate settles: fed with what a machine needs for a frame at each step, as was measured. */
#include <math.h>

#include "app/frame-rate.h"

#define REFRESH (1000.0 / 60)

/* A machine that needs `cost[step]` ms for a frame: it is seen at the next refresh after that, and no
 * sooner than it is wanted. */
static void
play (SgFrameRate *rate, const double cost[SG_N_FRAMES_STEPS], double seconds)
{
  for (double t = 0; t < 1000 * seconds;)
    {
      double needed = MAX (cost[rate->step], sg_frame_rate_get_gap (rate) - 0.1);
      double gap = REFRESH * ceil (needed / REFRESH - 0.001);

      sg_frame_rate_add (rate, gap);
      t += gap;
    }
}

static void
test_fast (void)
{
  const double cost[] = { 9, 6, 6, 6 };
  SgFrameRate rate;

  sg_frame_rate_init (&rate);
  play (&rate, cost, 600);
  g_assert_cmpint (rate.step, ==, SG_FRAMES_FULL);
  g_assert_cmpuint (rate.n_changes, ==, 0);
}

/* llvmpipe, 900 x 600, a figure: 22 ms with shadows, 14 without. */
static void
test_no_shadows (void)
{
  const double cost[] = { 22, 14, 14, 14 };
  SgFrameRate rate;

  sg_frame_rate_init (&rate);
  play (&rate, cost, 3);
  g_assert_cmpint (rate.step, ==, SG_FRAMES_NO_SHADOWS);
  play (&rate, cost, 600);
  g_assert_cmpint (rate.step, ==, SG_FRAMES_NO_SHADOWS);
  g_assert_cmpuint (rate.n_changes, <=, 17); /* down once, then ever rarer tries: at 4, 8, 16 ... 120 s */
}

/* A scene that takes 28 ms whatever is left out: half the rate, evenly, instead of now 60 and now 30. */
static void
test_half (void)
{
  const double cost[] = { 40, 28, 28, 28 };
  SgFrameRate rate;

  sg_frame_rate_init (&rate);
  play (&rate, cost, 10);
  g_assert_cmpint (rate.step, ==, SG_FRAMES_HALF);
  g_assert_cmpfloat_with_epsilon (sg_frame_rate_get_gap (&rate), 2 * REFRESH, 1e-9);
  guint before = rate.n_changes;
  play (&rate, cost, 60);
  g_assert_cmpuint (rate.n_changes - before, <=, 10);
}

/* What was heavy for a while and is light again gets all of it back. */
static void
test_recovers (void)
{
  const double heavy[] = { 60, 55, 50, 45 }, light[] = { 8, 7, 7, 7 };
  SgFrameRate rate;

  sg_frame_rate_init (&rate);
  play (&rate, heavy, 8);
  g_assert_cmpint (rate.step, ==, SG_FRAMES_THIRD);
  play (&rate, light, 120);
  g_assert_cmpint (rate.step, ==, SG_FRAMES_FULL);
}

/* A hiccup every second is no reason to give anything up; nor is a pause. */
static void
test_hiccups (void)
{
  SgFrameRate rate;

  sg_frame_rate_init (&rate);
  for (int i = 0; i < 6000; i++)
    {
      sg_frame_rate_add (&rate, i % 60 == 0 ? 120 : REFRESH);
      if (i % 500 == 0)
        sg_frame_rate_pause (&rate);
    }
  g_assert_cmpint (rate.step, ==, SG_FRAMES_FULL);
  g_assert_cmpuint (rate.n_changes, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/frame-rate/fast", test_fast);
  g_test_add_func ("/app/frame-rate/no-shadows", test_no_shadows);
  g_test_add_func ("/app/frame-rate/half", test_half);
  g_test_add_func ("/app/frame-rate/recovers", test_recovers);
  g_test_add_func ("/app/frame-rate/hiccups", test_hiccups);
  return g_test_run ();
}
