/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/histogram.h"

#include <math.h>
#include <stdlib.h>

static SgHistogram *
histogram_new (void)
{
  return g_new0 (SgHistogram, 1);
}

static void
test_buckets (void)
{
  /* they lie one beside the other, from 0 to the greatest number, and each value is in its own */
  g_assert_cmpuint (sg_histogram_low (0), ==, 0);
  for (guint i = 0; i + 1 < SG_HISTOGRAM_BUCKETS; i++)
    {
      g_assert_cmpuint (sg_histogram_high (i) + 1, ==, sg_histogram_low (i + 1));
      g_assert_cmpuint (sg_histogram_bucket (sg_histogram_low (i)), ==, i);
      g_assert_cmpuint (sg_histogram_bucket (sg_histogram_high (i)), ==, i);
    }
  g_assert_cmpuint (sg_histogram_high (SG_HISTOGRAM_BUCKETS - 1), ==, G_MAXUINT64);
  g_assert_cmpuint (sg_histogram_bucket (G_MAXUINT64), ==, SG_HISTOGRAM_BUCKETS - 1);
  g_assert_cmpuint (sg_histogram_low (SG_HISTOGRAM_BUCKETS - 1), >, G_GUINT64_CONSTANT (7200000000000));
}

static int
compare (const void *a, const void *b)
{
  guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;

  return (x > y) - (x < y);
}

/* Percentiles against the sorted samples, of which the histogram keeps none. */
static void
assert_like_samples (const guint64 *samples, guint n)
{
  static const double quantiles[] = { 0, 0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1 };
  g_autofree SgHistogram *histogram = histogram_new ();
  g_autofree guint64 *sorted = g_memdup2 (samples, n * sizeof *samples);
  double sum = 0;

  qsort (sorted, n, sizeof *sorted, compare);
  for (guint i = 0; i < n; i++)
    {
      sg_histogram_record (histogram, samples[i]);
      sum += samples[i];
    }
  g_assert_cmpuint (histogram->count, ==, n);
  g_assert_cmpuint (histogram->max, ==, sorted[n - 1]);
  g_assert_cmpfloat_with_epsilon (sg_histogram_get_mean (histogram), sum / n, 1e-9 * sum / n);
  for (guint i = 0; i < G_N_ELEMENTS (quantiles); i++)
    {
      double rank = MAX (1, ceil (quantiles[i] * n)), sample = sorted[(guint)rank - 1];
      double found = sg_histogram_get_quantile (histogram, quantiles[i]);

      g_assert_cmpfloat (fabs (found - sample), <=, SG_HISTOGRAM_ERROR * sample);
    }
}

static void
test_accuracy (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  guint64 samples[5000];

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++) /* from 1 ns to 17 minutes, as likely at every size */
    samples[i] = (guint64)exp (g_rand_double_range (rand, 0, log (1e12)));
  assert_like_samples (samples, G_N_ELEMENTS (samples));
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++) /* two humps far apart */
    samples[i] = i % 20 == 0 ? 40000000 + i : 900 + i % 7;
  assert_like_samples (samples, G_N_ELEMENTS (samples));
  assert_like_samples (samples, 1);
  for (guint i = 0; i < 31; i++)
    samples[i] = i;
  assert_like_samples (samples, 31);
}

static void
test_empty (void)
{
  g_autofree SgHistogram *histogram = histogram_new ();

  g_assert_cmpfloat (sg_histogram_get_mean (histogram), ==, 0);
  g_assert_cmpfloat (sg_histogram_get_quantile (histogram, 0.99), ==, 0);
}

static void
test_merge_and_subtract (void)
{
  g_autofree SgHistogram *one = histogram_new (), *two = histogram_new (), *both = histogram_new ();

  for (guint64 i = 1; i < 3000; i++)
    {
      sg_histogram_record (i % 3 ? one : two, i * i);
      sg_histogram_record (both, i * i);
    }
  g_autofree SgHistogram *merged = g_memdup2 (one, sizeof *one);

  sg_histogram_merge (merged, two);
  g_assert_cmpmem (merged, sizeof *merged, both, sizeof *both);
  sg_histogram_subtract (merged, two);
  g_assert_cmpmem (merged->buckets, sizeof merged->buckets, one->buckets, sizeof one->buckets);
  g_assert_cmpuint (merged->count, ==, one->count);
  g_assert_cmpuint (merged->sum, ==, one->sum);
  g_assert_cmpfloat (fabs ((double)merged->max - one->max), <=, 2 * SG_HISTOGRAM_ERROR * one->max);
}

static void
test_bytes (void)
{
  g_autofree SgHistogram *histogram = histogram_new (), *again = histogram_new ();

  sg_histogram_record (histogram, 0);
  for (guint64 i = 0; i < 100000; i++)
    sg_histogram_record (histogram, 2000000 + 31 * i);
  sg_histogram_record (histogram, G_MAXUINT64);

  g_autoptr (GBytes) bytes = sg_histogram_encode (histogram);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  g_assert_cmpuint (size, <, 200);
  g_assert_true (sg_histogram_add_encoded (again, data, size));
  g_assert_cmpuint (again->count, ==, histogram->count);
  g_assert_cmpmem (again->buckets, sizeof again->buckets, histogram->buckets, sizeof histogram->buckets);
  g_assert_true (sg_histogram_add_encoded (again, data, size));
  g_assert_cmpuint (again->count, ==, 2 * histogram->count);
}

/* Rows of a damaged database: refused as a whole, or at least harmless. */
static void
test_strange_bytes (void)
{
  static const guint8 other_format[] = { 2, 0, 1 }, no_count[] = { 1, 4 }, unended[] = { 1, 0x80 };
  static const guint8 beyond[] = { 1, 0xff, 0x7f, 1 }, long_number[] = { 1, 0, 0xff, 0xff, 0xff, 0xff, 0xff,
                                                                         0xff, 0xff, 0xff, 0xff, 0xff, 1 };
  g_autofree SgHistogram *histogram = histogram_new ();

  g_assert_false (sg_histogram_add_encoded (histogram, NULL, 0));
  g_assert_false (sg_histogram_add_encoded (histogram, other_format, sizeof other_format));
  g_assert_false (sg_histogram_add_encoded (histogram, no_count, sizeof no_count));
  g_assert_false (sg_histogram_add_encoded (histogram, unended, sizeof unended));
  g_assert_false (sg_histogram_add_encoded (histogram, beyond, sizeof beyond));
  g_assert_false (sg_histogram_add_encoded (histogram, long_number, sizeof long_number));
  g_assert_cmpuint (histogram->count, ==, 0);

  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  for (int i = 0; i < 20000; i++)
    {
      guint8 bytes[24] = { 1 };

      for (guint j = 1; j < sizeof bytes; j++)
        bytes[j] = g_rand_int_range (rand, 0, 256);
      sg_histogram_add_encoded (histogram, bytes, g_rand_int_range (rand, 0, sizeof bytes + 1));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/histogram/buckets", test_buckets);
  g_test_add_func ("/base/histogram/accuracy", test_accuracy);
  g_test_add_func ("/base/histogram/empty", test_empty);
  g_test_add_func ("/base/histogram/merge-and-subtract", test_merge_and_subtract);
  g_test_add_func ("/base/histogram/bytes", test_bytes);
  g_test_add_func ("/base/histogram/strange-bytes", test_strange_bytes);
  return g_test_run ();
}
