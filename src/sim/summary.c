/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The five-second lines of a simulation. */
#define G_LOG_DOMAIN "simgen-sim"

#include "sim/summary.h"

void
sg_sim_summary_begin (SgSimSummary *self, gint64 now_us, guint64 steps, double simulated)
{
  self->since_us = now_us;
  self->steps = steps;
  self->simulated = simulated;
  sg_metrics_read_operation (sg_metrics_process (), SG_OPERATION_SIMULATE_BATCH, &self->before);
}

static void
tell (const SgSimSummary *self, gint64 now_us, guint64 steps, double simulated)
{
  SgHistogram batches;
  double seconds = (now_us - self->since_us) / 1e6;
  guint64 n = steps - self->steps;

  sg_metrics_read_operation (sg_metrics_process (), SG_OPERATION_SIMULATE_BATCH, &batches);
  sg_histogram_subtract (&batches, &self->before);
  g_autofree char *duration = g_strdup_printf ("%" G_GINT64_FORMAT, now_us - self->since_us);
  g_autofree char *count = g_strdup_printf ("%" G_GUINT64_FORMAT, n);

  g_log_structured (
    G_LOG_DOMAIN, G_LOG_LEVEL_INFO, "OPERATION", "simulate", "DURATION_US", duration, "STEPS", count,
    "MESSAGE", "%s steps, %.0f a second, %.2f x real time; a batch takes %.3f ms, p95 %.3f, p99 %.3f",
    count, n / seconds, (simulated - self->simulated) / seconds, sg_histogram_get_mean (&batches) / 1e6,
    sg_histogram_get_quantile (&batches, 0.95) / 1e6, sg_histogram_get_quantile (&batches, 0.99) / 1e6);
}

gboolean
sg_sim_summary_look (SgSimSummary *self, gint64 now_us, guint64 steps, double simulated)
{
  if (self->since_us == 0 || steps < self->steps) /* a reset goes back to the start */
    sg_sim_summary_begin (self, now_us, steps, simulated);
  if (now_us - self->since_us < SG_SIM_SUMMARY_INTERVAL)
    return FALSE;
  tell (self, now_us, steps, simulated);
  sg_sim_summary_begin (self, now_us, steps, simulated);
  return TRUE;
}
