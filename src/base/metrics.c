/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The process's figures. Any thread records, by relaxed atomics: each figure is exact, and a reader sees each
 * as it was at some instant of its reading. Plain atomics rather than a copy a thread: an operation is
 * recorded by one thread nearly always, so its cache line stays where it is.
 *
 * A histogram has no count of its own: it is the sum of its buckets, so that count and percentiles never
 * disagree. */
#include "base/metrics.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  _Atomic guint64 sum, max;
  _Atomic guint64 buckets[SG_HISTOGRAM_BUCKETS];
} Durations;

struct _SgMetrics
{
  Durations operations[SG_N_OPERATIONS];
  _Atomic guint64 counters[SG_N_COUNTERS];
  _Atomic guint64 gauges[SG_N_GAUGES], gauge_max[SG_N_GAUGES];
};

#define NAME(id, name, meaning) name,
static const char *const operation_names[] = { SG_OPERATIONS (NAME) };
static const char *const counter_names[] = { SG_COUNTERS (NAME) };
static const char *const gauge_names[] = { SG_GAUGES (NAME) };

const char *
sg_operation_name (SgOperation operation)
{
  return operation_names[operation];
}

const char *
sg_counter_name (SgCounter counter)
{
  return counter_names[counter];
}

const char *
sg_gauge_name (SgGauge gauge)
{
  return gauge_names[gauge];
}

static int
find_name (const char *const *names, int n, const char *name)
{
  for (int i = 0; i < n; i++)
    if (strcmp (names[i], name) == 0)
      return i;
  return -1;
}

int
sg_operation_from_name (const char *name)
{
  return find_name (operation_names, SG_N_OPERATIONS, name);
}

int
sg_counter_from_name (const char *name)
{
  return find_name (counter_names, SG_N_COUNTERS, name);
}

int
sg_gauge_from_name (const char *name)
{
  return find_name (gauge_names, SG_N_GAUGES, name);
}

/* Like getrusage's, these figures are the process's: nothing branches on them, and handing them to every
 * function that is measured would say no more. All zero is their start; pages never touched cost nothing. */
SgMetrics *
sg_metrics_process (void)
{
  static SgMetrics process;

  return &process;
}

SgMetrics *
sg_metrics_new (void)
{
  return g_new0 (SgMetrics, 1);
}

void
sg_metrics_free (SgMetrics *self)
{
  g_free (self);
}

static void
raise_to (_Atomic guint64 *max, guint64 value)
{
  guint64 known = atomic_load_explicit (max, memory_order_relaxed);

  while (value > known && !atomic_compare_exchange_weak_explicit (max, &known, value, memory_order_relaxed,
                                                                  memory_order_relaxed))
    ;
}

void
sg_metrics_record (SgMetrics *self, SgOperation operation, gint64 duration_ns)
{
  Durations *durations = &self->operations[operation];
  guint64 value = MAX (0, duration_ns);

  atomic_fetch_add_explicit (&durations->buckets[sg_histogram_bucket (value)], 1, memory_order_relaxed);
  atomic_fetch_add_explicit (&durations->sum, value, memory_order_relaxed);
  raise_to (&durations->max, value);
}

void
sg_metrics_add (SgMetrics *self, SgCounter counter, guint64 n)
{
  atomic_fetch_add_explicit (&self->counters[counter], n, memory_order_relaxed);
}

void
sg_metrics_set (SgMetrics *self, SgGauge gauge, guint64 value)
{
  atomic_store_explicit (&self->gauges[gauge], value, memory_order_relaxed);
  raise_to (&self->gauge_max[gauge], value);
}

void
sg_metrics_sample_memory (SgMetrics *self)
{
  FILE *file = fopen ("/proc/self/statm", "re");
  unsigned long total, resident;

  if (!file)
    return;
  if (fscanf (file, "%lu %lu", &total, &resident) == 2)
    sg_metrics_set (self, SG_GAUGE_MEMORY_RSS, (guint64)resident * sysconf (_SC_PAGESIZE));
  fclose (file);
}

/* -- Reading -- */

SgFigures *
sg_figures_new (void)
{
  SgFigures *figures = g_new0 (SgFigures, 1);

  figures->operations = g_new0 (SgHistogram, SG_N_OPERATIONS);
  return figures;
}

void
sg_figures_free (SgFigures *figures)
{
  g_free (figures->operations);
  g_free (figures);
}

SgFigures *
sg_figures_copy (const SgFigures *figures)
{
  SgFigures *copy = g_memdup2 (figures, sizeof *figures);

  copy->operations = g_memdup2 (figures->operations, SG_N_OPERATIONS * sizeof *figures->operations);
  return copy;
}

static guint64
load (_Atomic guint64 *value)
{
  return atomic_load_explicit (value, memory_order_relaxed);
}

static void
read_durations (Durations *durations, SgHistogram *histogram)
{
  /* the sum first: a count that runs ahead of it would make a mean too small, never one out of all bounds */
  histogram->sum = load (&durations->sum);
  histogram->max = load (&durations->max);
  for (guint i = 0; i < SG_HISTOGRAM_BUCKETS; i++)
    histogram->count += histogram->buckets[i] = load (&durations->buckets[i]);
}

void
sg_metrics_read_operation (SgMetrics *self, SgOperation operation, SgHistogram *histogram)
{
  *histogram = (SgHistogram){ 0 };
  read_durations (&self->operations[operation], histogram);
}

SgFigures *
sg_metrics_read (SgMetrics *self)
{
  SgFigures *figures = sg_figures_new ();

  for (guint i = 0; i < SG_N_OPERATIONS; i++)
    read_durations (&self->operations[i], &figures->operations[i]);
  for (guint i = 0; i < SG_N_COUNTERS; i++)
    figures->counters[i] = load (&self->counters[i]);
  for (guint i = 0; i < SG_N_GAUGES; i++)
    {
      figures->gauges[i] = load (&self->gauges[i]);
      figures->gauge_max[i] = load (&self->gauge_max[i]);
    }
  return figures;
}

void
sg_figures_subtract (SgFigures *figures, const SgFigures *before)
{
  for (guint i = 0; i < SG_N_OPERATIONS; i++)
    sg_histogram_subtract (&figures->operations[i], &before->operations[i]);
  for (guint i = 0; i < SG_N_COUNTERS; i++)
    figures->counters[i] -= before->counters[i];
}

gboolean
sg_figures_are_empty (const SgFigures *figures)
{
  for (guint i = 0; i < SG_N_OPERATIONS; i++)
    if (figures->operations[i].count > 0)
      return FALSE;
  for (guint i = 0; i < SG_N_COUNTERS; i++)
    if (figures->counters[i] > 0)
      return FALSE;
  return TRUE;
}
