/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A quantity's past against an array that has all of it. */
#include "sim/series.h"

#include <math.h>

/* Peaks of one step among small noise, far apart and at odd places. */
static double
value_at (guint64 i)
{
  return i % 100003 == 77 ? 1e6 : i % 99991 == 4242 ? -1e6
                                                    : sin (i * 0.37) + (i * 2654435761u % 1000) * 1e-3;
}

static SgExtent
scan (guint64 from, guint64 to)
{
  SgExtent extent = { INFINITY, -INFINITY };

  for (guint64 i = from; i < to; i++)
    {
      extent.low = fmin (extent.low, value_at (i));
      extent.high = fmax (extent.high, value_at (i));
    }
  return extent;
}

static SgSeries *
fill (guint64 n)
{
  SgSeries *series = sg_series_new (0);

  for (guint64 i = 0; i < n; i++)
    sg_series_push (series, value_at (i));
  return series;
}

/* What is still there as it was comes back exactly, for any span. */
static void
test_exact (void)
{
  g_autoptr (SgSeries) series = fill (100000);
  guint64 first = sg_series_get_first_exact (series);

  g_assert_cmpuint (first, ==, 100000 - SG_SERIES_RAW);
  for (int i = 0; i < 500; i++)
    {
      guint64 from = g_test_rand_int_range ((int)first, 100000),
              to = g_test_rand_int_range ((int)from, 100000) + 1;
      SgExtent told = sg_series_get_extent (series, from, to), real = scan (from, to);

      g_assert_cmpfloat (told.low, ==, real.low);
      g_assert_cmpfloat (told.high, ==, real.high);
    }
  g_assert_cmpfloat (sg_series_get (series, 99999), ==, value_at (99999));
  g_assert_true (isnan (sg_series_get (series, first - 1)));
}

/* However long ago: a span's extent encloses what was there, and reaches no further than its last block. */
static void
test_no_peak_is_lost (void)
{
  enum
  {
    N = 3000000
  };
  g_autoptr (SgSeries) series = fill (N);

  g_assert_cmpuint (sg_series_get_first (series), ==, 0);
  for (int i = 0; i < 300; i++)
    {
      guint64 from = g_test_rand_int_range (0, N);
      guint64 to = from + 1 + g_test_rand_int_range (0, MIN (50000, N - (int)from));
      SgExtent told = sg_series_get_extent (series, from, to), real = scan (from, to);
      SgExtent wide = scan (from - MIN (from, 4096), MIN (to + 4096, N));

      g_assert_cmpfloat (told.low, <=, real.low);
      g_assert_cmpfloat (told.high, >=, real.high);
      g_assert_cmpfloat (told.low, >=, wide.low);
      g_assert_cmpfloat (told.high, <=, wide.high);
    }

  /* one peak in the whole, at any zoom */
  for (guint columns = 1; columns < 5000; columns *= 3)
    {
      guint n_peaks = 0;

      for (guint c = 0; c < columns; c++)
        n_peaks +=
          sg_series_get_extent (series, (guint64)N * c / columns, (guint64)N * (c + 1) / columns).high ==
          1e6;
      g_assert_cmpuint (n_peaks, >=, MIN (columns, N / 100003));
    }
}

static void
test_nothing_measured (void)
{
  g_autoptr (SgSeries) series = sg_series_new (1000);

  g_assert_cmpuint (sg_series_get_n (series), ==, 1000);
  g_assert_true (isnan (sg_series_get_extent (series, 0, 2000).low));
  sg_series_push (series, NAN);
  g_assert_true (isnan (sg_series_get_extent (series, 0, 2000).low));
  sg_series_push (series, 3);
  sg_series_push (series, NAN);
  sg_series_push (series, 5);
  g_assert_cmpfloat (sg_series_get_extent (series, 0, 2000).low, ==, 3);
  g_assert_cmpfloat (sg_series_get_extent (series, 0, 2000).high, ==, 5);
  g_assert_cmpfloat (sg_series_get_extent (series, 1002, 1003).low, !=, 3);
  for (int i = 0; i < 50000; i++) /* until only blocks are left of its beginning */
    sg_series_push (series, 7);
  g_assert_true (isnan (sg_series_get_extent (series, 0, 1000).low));
  g_assert_cmpfloat (sg_series_get_extent (series, 0, 1004).high, ==, 7);
}

/* Back to an earlier step and on another way: as if the first way had not been. */
static void
test_truncate (void)
{
  g_autoptr (SgSeries) series = fill (50000);

  g_assert_true (sg_series_truncate (series, 40001));
  g_assert_cmpuint (sg_series_get_n (series), ==, 40001);
  for (guint64 i = 40001; i < 90000; i++)
    sg_series_push (series, value_at (i));
  for (int i = 0; i < 200; i++)
    {
      guint64 from = g_test_rand_int_range (0, 90000), to = g_test_rand_int_range ((int)from, 90000) + 1;
      SgExtent told = sg_series_get_extent (series, from, to), real = scan (from, to);

      g_assert_cmpfloat (told.low, <=, real.low);
      g_assert_cmpfloat (told.high, >=, real.high);
      if (from >= sg_series_get_first_exact (series))
        g_assert_cmpfloat (told.high, ==, real.high);
    }
  g_assert_false (sg_series_truncate (series, 100)); /* too long ago */
  g_assert_cmpuint (sg_series_get_n (series), ==, 90000);
  g_assert_true (sg_series_truncate (series, 89999));
  sg_series_clear (series);
  g_assert_cmpuint (sg_series_get_n (series), ==, 0);
}

static void
test_find (void)
{
  g_autoptr (SgSeries) series = sg_series_new (0);

  for (int i = 0; i < 500000; i++)
    sg_series_push (series, i * 0.002);
  g_assert_cmpuint (sg_series_find (series, -1), ==, 0);
  g_assert_cmpuint (sg_series_find (series, 490000 * 0.002), ==, 490000);
  g_assert_cmpuint (sg_series_find (series, 490000 * 0.002 + 0.001), ==, 490001);
  g_assert_cmpuint (sg_series_find (series, 1e9), ==, 500000);
  g_assert_cmpuint (ABS ((int)sg_series_find (series, 1.0) - 500), <=, 4096); /* to a block */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/series/exact", test_exact);
  g_test_add_func ("/sim/series/no-peak-is-lost", test_no_peak_is_lost);
  g_test_add_func ("/sim/series/nothing-measured", test_nothing_measured);
  g_test_add_func ("/sim/series/truncate", test_truncate);
  g_test_add_func ("/sim/series/find", test_find);
  return g_test_run ();
}
