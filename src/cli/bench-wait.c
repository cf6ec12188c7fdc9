/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long the thread that draws waits for the one that simulates, this one having several times the work
 * that real time leaves it: of READS reads, as a window makes them, the one that 99 of 100 are not above.
 */
#include "cli/bench.h"

#include <stdlib.h>

#include <glib/gi18n.h>

#include "base/error.h"
#include "sim/simulation.h"

#define BODIES 160
#define READS 300
#define READ_EVERY 2000 /* us */
#define OVERLOAD 3.0
#define LIMIT 0.5 /* ms */

typedef struct
{
  SgModel *model;
  SgSimulation *simulation;
} WaitBench;

/* Boxes in a heap: each step is of many contacts. */
static char *
make_heap (void)
{
  GString *text = g_string_new ("<mujoco><worldbody><geom type='plane' size='9 9 .1'/>");

  for (int i = 0; i < BODIES; i++)
    g_string_append_printf (text,
                            "<body pos='%g %g %g'><freejoint/><geom type='box' size='.1 .1 .1'/></body>",
                            .21 * (i % 3), .21 * (i / 3 % 3), .11 + .21 * (i / 9));
  g_string_append (text, "</worldbody></mujoco>");
  return g_string_free (text, FALSE);
}

static void
tear_down (gpointer state)
{
  WaitBench *bench = state;

  g_clear_object (&bench->simulation);
  g_clear_pointer (&bench->model, sg_model_unref);
  g_free (bench);
}

static gboolean
set_up (gpointer *state, GError **error)
{
  g_autofree char *mjcf = make_heap ();
  SgModel *model = sg_model_compile (mjcf, error);
  WaitBench *bench;

  if (!model)
    return FALSE;
  *state = bench = g_new0 (WaitBench, 1);
  bench->model = model;
  bench->simulation = sg_simulation_new ();
  sg_simulation_set_model (bench->simulation, model);
  sg_simulation_set_speed (bench->simulation, SG_SIMULATION_MAX_SPEED);
  sg_simulation_play (bench->simulation);
  return TRUE;
}

static int
compare (const void *a, const void *b)
{
  double left = *(const double *)a, right = *(const double *)b;

  return (left > right) - (left < right);
}

static double
measure (gpointer state, GError **error)
{
  WaitBench *bench = state;
  double waits[READS];
  SgSimulationStats stats;

  for (int i = 0; i < READS; i++)
    {
      gint64 start = g_get_monotonic_time ();

      sg_simulation_read_snapshot (bench->simulation, NULL);
      sg_simulation_get_stats (bench->simulation, &stats);
      waits[i] = (double)(g_get_monotonic_time () - start) / 1000;
      g_usleep (READ_EVERY);
      g_main_context_iteration (NULL, FALSE);
    }
  if (!(stats.real_time_factor * OVERLOAD <= stats.speed))
    {
      g_set_error (error, SG_BASE_ERROR, SG_BASE_ERROR_READ,
                   _ ("the simulation is not overloaded: %.2f of the %.2f asked for"), stats.real_time_factor,
                   stats.speed);
      return -1;
    }
  qsort (waits, READS, sizeof *waits, compare);
  return waits[READS * 99 / 100];
}

static double
limit (gpointer state, GError **error)
{
  return LIMIT;
}

const SgBenchmark sg_bench_wait[] = {
  { "wait", "ms", "0.5 ms", 5, set_up, measure, limit, tear_down },
  { NULL },
};
