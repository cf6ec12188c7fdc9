/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/metrics.h"

#define N_THREADS 8
#define N_EACH 20000

static gpointer
record_many (gpointer data)
{
  SgMetrics *metrics = data;

  for (guint i = 1; i <= N_EACH; i++)
    {
      sg_metrics_record (metrics, SG_OPERATION_RENDER, i);
      sg_metrics_add (metrics, SG_COUNTER_STEPS, 3);
      sg_metrics_set (metrics, SG_GAUGE_STREAM_PEERS, i);
    }
  return NULL;
}

/* No event is lost, whoever records at the same time and reads in between. */
static void
test_threads (void)
{
  g_autoptr (SgMetrics) metrics = sg_metrics_new ();
  GThread *threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("recorder", record_many, metrics);
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (SgFigures) figures = sg_metrics_read (metrics);

      g_assert_cmpuint (figures->counters[SG_COUNTER_STEPS], <=, 3 * N_THREADS * N_EACH);
    }
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);

  g_autoptr (SgFigures) figures = sg_metrics_read (metrics);
  const SgHistogram *render = &figures->operations[SG_OPERATION_RENDER];

  g_assert_cmpuint (render->count, ==, N_THREADS * N_EACH);
  g_assert_cmpuint (render->sum, ==, N_THREADS * (guint64)N_EACH * (N_EACH + 1) / 2);
  g_assert_cmpuint (render->max, ==, N_EACH);
  for (guint i = 0; i < SG_HISTOGRAM_LINEAR; i++)
    g_assert_cmpuint (render->buckets[i], ==, i == 0 ? 0 : N_THREADS);
  g_assert_cmpuint (figures->counters[SG_COUNTER_STEPS], ==, 3 * N_THREADS * N_EACH);
  g_assert_cmpuint (figures->gauges[SG_GAUGE_STREAM_PEERS], ==, N_EACH);
  g_assert_cmpuint (figures->gauge_max[SG_GAUGE_STREAM_PEERS], ==, N_EACH);
}

static void
test_since (void)
{
  g_autoptr (SgMetrics) metrics = sg_metrics_new ();

  sg_metrics_record (metrics, SG_OPERATION_COMPILE, 1000000);
  sg_metrics_add (metrics, SG_COUNTER_ERRORS, 1);
  sg_metrics_set (metrics, SG_GAUGE_DATABASE_BYTES, 70);

  g_autoptr (SgFigures) before = sg_metrics_read (metrics);
  g_autoptr (SgFigures) nothing = sg_metrics_read (metrics);
  sg_figures_subtract (nothing, before);
  g_assert_false (sg_figures_are_empty (before));
  g_assert_true (sg_figures_are_empty (nothing));

  sg_metrics_record (metrics, SG_OPERATION_COMPILE, 20);
  sg_metrics_record (metrics, SG_OPERATION_COMPILE, -5); /* a clock is never to blame */
  sg_metrics_set (metrics, SG_GAUGE_DATABASE_BYTES, 50);
  g_autoptr (SgFigures) after = sg_metrics_read (metrics);
  sg_figures_subtract (after, before);
  g_assert_cmpuint (after->operations[SG_OPERATION_COMPILE].count, ==, 2);
  g_assert_cmpuint (after->operations[SG_OPERATION_COMPILE].sum, ==, 20);
  g_assert_cmpuint (after->operations[SG_OPERATION_COMPILE].max, ==, 20);
  g_assert_cmpuint (after->counters[SG_COUNTER_ERRORS], ==, 0);
  g_assert_cmpuint (after->gauges[SG_GAUGE_DATABASE_BYTES], ==, 50);
  g_assert_cmpuint (after->gauge_max[SG_GAUGE_DATABASE_BYTES], ==, 70);
}

static int
leave_early (gboolean early)
{
  SG_TIME_BLOCK (SG_OPERATION_CLI_OTHER);

  if (early)
    return 1;
  return 2;
}

static void
test_block (void)
{
  g_autoptr (SgFigures) before = sg_metrics_read (sg_metrics_process ());

  leave_early (TRUE);
  leave_early (FALSE);
  g_autoptr (SgFigures) figures = sg_metrics_read (sg_metrics_process ());
  sg_figures_subtract (figures, before);
  g_assert_cmpuint (figures->operations[SG_OPERATION_CLI_OTHER].count, ==, 2);
}

static void
test_names (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int i = 0; i < SG_N_OPERATIONS; i++)
    {
      g_assert_cmpint (sg_operation_from_name (sg_operation_name (i)), ==, i);
      g_assert_true (g_hash_table_add (seen, (gpointer)sg_operation_name (i)));
    }
  for (int i = 0; i < SG_N_COUNTERS; i++)
    {
      g_assert_cmpint (sg_counter_from_name (sg_counter_name (i)), ==, i);
      g_assert_true (g_hash_table_add (seen, (gpointer)sg_counter_name (i)));
    }
  for (int i = 0; i < SG_N_GAUGES; i++)
    {
      g_assert_cmpint (sg_gauge_from_name (sg_gauge_name (i)), ==, i);
      g_assert_true (g_hash_table_add (seen, (gpointer)sg_gauge_name (i)));
    }
  g_assert_cmpint (sg_operation_from_name ("singing"), ==, -1);
}

static void
test_memory (void)
{
  g_autoptr (SgMetrics) metrics = sg_metrics_new ();

  sg_metrics_sample_memory (metrics);
  g_autoptr (SgFigures) figures = sg_metrics_read (metrics);
  g_assert_cmpuint (figures->gauges[SG_GAUGE_MEMORY_RSS], >, 100000);
  g_assert_cmpuint (figures->gauges[SG_GAUGE_MEMORY_RSS], <, G_GUINT64_CONSTANT (100000000000));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/metrics/threads", test_threads);
  g_test_add_func ("/base/metrics/since", test_since);
  g_test_add_func ("/base/metrics/block", test_block);
  g_test_add_func ("/base/metrics/names", test_names);
  g_test_add_func ("/base/metrics/memory", test_memory);
  return g_test_run ();
}
