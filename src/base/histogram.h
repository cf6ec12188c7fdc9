/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Durations in a log-linear histogram of fixed size, as in HdrHistogram (Gil Tene, hdrhistogram.org): below
 * SG_HISTOGRAM_LINEAR every value has its own bucket, above each power of two is parted into that many equal
 * ones. So a value is known to a part in 64, whatever its size, and histograms of different times and
 * programs add up without loss. Plain values; not for two threads at once (base/metrics.h is).
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SG_HISTOGRAM_BITS 5
#define SG_HISTOGRAM_LINEAR (1u << SG_HISTOGRAM_BITS) /* buckets of one octave */
/* The last octave ends at 2^43 ns, 2.4 hours; what is longer counts there. */
#define SG_HISTOGRAM_OCTAVES 39
#define SG_HISTOGRAM_BUCKETS (SG_HISTOGRAM_LINEAR * SG_HISTOGRAM_OCTAVES)

/* |what a percentile says - the sample of that rank| <= this part of the sample */
#define SG_HISTOGRAM_ERROR (1.0 / (2 * SG_HISTOGRAM_LINEAR))

typedef struct
{
  guint64 count;
  guint64 sum; /* of all values; for the mean */
  guint64 max;
  guint64 buckets[SG_HISTOGRAM_BUCKETS]; /* how many values fell into each */
} SgHistogram;

/* The bucket of a value. */
static inline guint
sg_histogram_bucket (guint64 value)
{
  if (value < SG_HISTOGRAM_LINEAR)
    return (guint)value;
  guint octave = 63 - __builtin_clzll (value) - SG_HISTOGRAM_BITS; /* from 0 */
  guint bucket = (octave << SG_HISTOGRAM_BITS) + (guint)(value >> octave);

  return MIN (bucket, SG_HISTOGRAM_BUCKETS - 1);
}

/* The least and the greatest value of a bucket. */
guint64 sg_histogram_low (guint bucket);
guint64 sg_histogram_high (guint bucket);

void sg_histogram_record (SgHistogram *histogram, guint64 value);
void sg_histogram_merge (SgHistogram *histogram, const SgHistogram *other);

/* Takes away what was there `before`, an earlier state of the same histogram. Its maximum is then that of the
 * greatest bucket left, at most the one known. */
void sg_histogram_subtract (SgHistogram *histogram, const SgHistogram *before);

double sg_histogram_get_mean (const SgHistogram *histogram); /* 0 where it is empty */

/* The value of nearest rank for `quantile` in [0, 1]: at least that part of the values is no greater. It is
 * the middle of that value's bucket, at most `max`; 0 where the histogram is empty. */
double sg_histogram_get_quantile (const SgHistogram *histogram, double quantile);

/* The buckets in some ten bytes: for each that is not empty the distance from the last such one and its
 * count, both as LEB128, after a byte for the format. Returns: (transfer full). */
GBytes *sg_histogram_encode (const SgHistogram *histogram);

/* Adds what `encode` wrote to the buckets and the count; `sum` and `max` are the caller's. FALSE, with the
 * histogram as it was, where these bytes are no histogram of this format. */
gboolean sg_histogram_add_encoded (SgHistogram *histogram, const guint8 *data, gsize size);

G_END_DECLS
