/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Log-linear histograms: buckets, percentiles, and their bytes. */
#include "base/histogram.h"

#include <math.h>
#include <string.h>

/* Of the encoding; another for another number of buckets an octave. */
#define FORMAT 1

guint64
sg_histogram_low (guint bucket)
{
  guint octave = bucket >> SG_HISTOGRAM_BITS;

  if (octave == 0)
    return bucket;
  return (guint64)((bucket & (SG_HISTOGRAM_LINEAR - 1)) + SG_HISTOGRAM_LINEAR) << (octave - 1);
}

guint64
sg_histogram_high (guint bucket)
{
  return bucket + 1 < SG_HISTOGRAM_BUCKETS ? sg_histogram_low (bucket + 1) - 1 : G_MAXUINT64;
}

void
sg_histogram_record (SgHistogram *histogram, guint64 value)
{
  histogram->buckets[sg_histogram_bucket (value)]++;
  histogram->count++;
  histogram->sum += value;
  histogram->max = MAX (histogram->max, value);
}

void
sg_histogram_merge (SgHistogram *histogram, const SgHistogram *other)
{
  for (guint i = 0; i < SG_HISTOGRAM_BUCKETS; i++)
    histogram->buckets[i] += other->buckets[i];
  histogram->count += other->count;
  histogram->sum += other->sum;
  histogram->max = MAX (histogram->max, other->max);
}

void
sg_histogram_subtract (SgHistogram *histogram, const SgHistogram *before)
{
  guint64 max = 0;

  for (guint i = 0; i < SG_HISTOGRAM_BUCKETS; i++)
    {
      histogram->buckets[i] -= before->buckets[i];
      if (histogram->buckets[i] > 0)
        max = sg_histogram_high (i);
    }
  histogram->count -= before->count;
  histogram->sum -= before->sum;
  histogram->max = MIN (histogram->max, max);
}

double
sg_histogram_get_mean (const SgHistogram *histogram)
{
  return histogram->count > 0 ? (double)histogram->sum / histogram->count : 0;
}

double
sg_histogram_get_quantile (const SgHistogram *histogram, double quantile)
{
  double rank = ceil (CLAMP (quantile, 0, 1) * histogram->count);
  guint64 wanted = MAX (1, (guint64)rank), seen = 0;

  for (guint i = 0; i < SG_HISTOGRAM_BUCKETS; i++)
    {
      seen += histogram->buckets[i];
      if (seen < wanted)
        continue;
      double middle = sg_histogram_low (i) / 2.0 + sg_histogram_high (i) / 2.0;
      return MIN (middle, (double)histogram->max);
    }
  return 0;
}

/* -- Bytes -- */

static void
append_number (GByteArray *bytes, guint64 value)
{
  do
    {
      guint8 byte = (value & 0x7f) | (value > 0x7f ? 0x80 : 0);

      g_byte_array_append (bytes, &byte, 1);
      value >>= 7;
    }
  while (value > 0);
}

/* FALSE at the end of the bytes, and for what is over 64 bits. */
static gboolean
read_number (const guint8 *data, gsize size, gsize *at, guint64 *value)
{
  *value = 0;
  for (guint shift = 0; *at < size && shift < 63; shift += 7)
    {
      guint8 byte = data[(*at)++];

      *value |= (guint64)(byte & 0x7f) << shift;
      if (!(byte & 0x80))
        return TRUE;
    }
  return FALSE;
}

GBytes *
sg_histogram_encode (const SgHistogram *histogram)
{
  GByteArray *bytes = g_byte_array_new ();
  guint next = 0;

  append_number (bytes, FORMAT);
  for (guint i = 0; i < SG_HISTOGRAM_BUCKETS; i++)
    if (histogram->buckets[i] > 0)
      {
        append_number (bytes, i - next);
        append_number (bytes, histogram->buckets[i]);
        next = i + 1;
      }
  return g_byte_array_free_to_bytes (bytes);
}

gboolean
sg_histogram_add_encoded (SgHistogram *histogram, const guint8 *data, gsize size)
{
  g_autofree guint64 *counts = g_new0 (guint64, SG_HISTOGRAM_BUCKETS);
  guint64 next = 0, gap, count, total = 0;
  gsize at = 0;

  if (!read_number (data, size, &at, &gap) || gap != FORMAT)
    return FALSE;
  while (at < size)
    {
      if (!read_number (data, size, &at, &gap) || !read_number (data, size, &at, &count) ||
          gap >= SG_HISTOGRAM_BUCKETS - next || total + count < total)
        return FALSE;
      counts[next + gap] = count;
      total += count;
      next += gap + 1;
    }
  for (guint i = 0; i < SG_HISTOGRAM_BUCKETS; i++)
    histogram->buckets[i] += counts[i];
  histogram->count += total;
  return TRUE;
}
