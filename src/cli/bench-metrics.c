/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What it costs to measure: a duration recorded, over the two looks at the clock that it takes anyway. */
#include "cli/bench.h"

#include "base/metrics.h"

#define TIMES 100000

static gboolean
set_up_record (gpointer *state, GError **error)
{
  *state = sg_metrics_new ();
  return TRUE;
}

static void
tear_down_record (gpointer state)
{
  sg_metrics_free (state);
}

static void
look_and_record (gpointer state)
{
  for (guint i = 0; i < TIMES; i++)
    {
      gint64 start = sg_metrics_now ();

      sg_metrics_record (state, SG_OPERATION_SIMULATE_BATCH, sg_metrics_now () - start);
    }
}

static void
look_only (gpointer state)
{
  for (guint i = 0; i < TIMES; i++)
    {
      sg_metrics_now ();
      sg_metrics_now ();
    }
}

static double
measure_record (gpointer state, GError **error)
{
  return sg_bench_time (look_and_record, state) * 1e6 / TIMES;
}

static double
measure_clock (gpointer state, GError **error)
{
  return sg_bench_time (look_only, state) * 1e6 / TIMES;
}

const SgBenchmark sg_bench_metrics[] = {
  { "metrics-record", "ns", "the two looks at the clock", 50, set_up_record, measure_record, measure_clock,
    tear_down_record },
  { NULL },
};
