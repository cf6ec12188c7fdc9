/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Headless runs. Two mjData: one is only ever stepped, so that a run with a table moves bit for bit as one
 * without; the other takes its state for every row and computes poses, velocities and sensors there. */
#include "config.h"

#include "sim/run.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "physics/fatal.h"
#include "sim/error.h"
#include "sim/guard.h"
#include "sim/summary.h"
#include "sim/table.h"

/* Steps between two looks at the cancellable where no table is written. */
#define BATCH 256

typedef struct
{
  const SgModel *owner;
  const mjModel *model;
  mjData *data;     /* stepped */
  mjData *observer; /* measured */
  SgGuard *guard;
  SgSimSummary summary;
  SgTable *table; /* (nullable) */
} Run;

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->guard, sg_guard_free);
  g_clear_pointer (&run->data, mj_deleteData);
  g_clear_pointer (&run->observer, mj_deleteData);
  g_clear_pointer (&run->table, sg_table_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
make_data_cb (gpointer user_data)
{
  Run *run = user_data;

  run->data = mj_makeData (run->model);
  run->observer = mj_makeData (run->model);
  if (run->data && run->observer)
    sg_model_reset_data (run->owner, run->data);
}

static gboolean
run_init (Run *run, SgModel *model, GString *csv, GError **error)
{
  g_autofree char *fatal = NULL;

  run->owner = model;
  run->model = sg_model_get (model);
  if (!sg_fatal_catch (make_data_cb, run, &fatal) || !run->data || !run->observer)
    {
      g_set_error (error, SG_SIM_ERROR, SG_SIM_ERROR_MEMORY, _ ("no memory for the simulation's state"));
      return FALSE;
    }
  run->guard = sg_guard_new (model);
  run->table = csv ? sg_table_new (run->model, csv) : NULL;
  return TRUE;
}

/* -- The run -- */

static void
observe_cb (gpointer user_data)
{
  Run *run = user_data;

  mj_copyState (run->model, run->data, run->observer, mjSTATE_INTEGRATION);
  mj_forward (run->model, run->observer);
  mj_energyPos (run->model, run->observer);
  mj_energyVel (run->model, run->observer);
}

/* Measures the state as it is now. A fatal error of MuJoCo there is that of the next step, which reports
 * it. */
static double
observe (Run *run)
{
  g_autofree char *fatal = NULL;

  if (!sg_fatal_catch (observe_cb, run, &fatal))
    return NAN;
  return run->observer->energy[0] + run->observer->energy[1];
}

static gboolean
write_row (Run *run, GError **error)
{
  if (!run->table)
    return TRUE;
  observe (run);
  return sg_table_add_row (run->table, run->observer, error);
}

static gboolean
tell_frame (Run *run, const SgRunOptions *options, guint64 done, GError **error)
{
  if (!options->frame)
    return TRUE;
  observe (run);
  return options->frame (run->observer, done, options->user_data, error);
}

/* How often something is due: a row of the table, a frame. In steps. */
typedef struct
{
  guint row, frame;
} Intervals;

static gboolean
tell_due (Run *run, const SgRunOptions *options, Intervals every, guint64 done, gboolean last, GError **error)
{
  return ((!last && done % every.row != 0) || write_row (run, error)) &&
         ((!last && done % every.frame != 0) || tell_frame (run, options, done, error));
}

/* Steps from what is due to what is due until all are done. */
static gboolean
run_steps (Run *run,
           const SgRunOptions *options,
           guint64 wanted,
           Intervals every,
           guint64 *done,
           GCancellable *cancellable,
           GError **error)
{
  if (!tell_due (run, options, every, 0, TRUE, error))
    return FALSE;
  while (*done < wanted)
    {
      guint64 n =
        MIN (wanted - *done, MIN (every.row - *done % every.row, every.frame - *done % every.frame));
      guint stepped = sg_guard_step (run->guard, run->data, n, error);

      *done += stepped;
      sg_sim_summary_look (&run->summary, g_get_monotonic_time (), *done, run->data->time);
      if (stepped < n || !tell_due (run, options, every, *done, *done == wanted, error) ||
          g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static guint
count_warnings (const mjData *data)
{
  guint n = 0;

  for (int i = 0; i < mjNWARNING; i++)
    n += data->warning[i].number;
  return n;
}

static guint
interval (double rate, double timestep)
{
  return rate > 0 ? (guint)CLAMP (round (1 / (rate * timestep)), 1, G_MAXINT) : 1;
}

gboolean
sg_run (SgModel *model,
        const SgRunOptions *options,
        SgRunResult *result,
        GString *csv,
        GCancellable *cancellable,
        GError **error)
{
  g_auto (Run) run = { 0 };

  *result = (SgRunResult){ 0 };
  if (!run_init (&run, model, csv, error))
    return FALSE;

  double timestep = run.model->opt.timestep, start_time = run.data->time;
  result->energy_first = observe (&run);

  gint64 start = g_get_monotonic_time ();
  Intervals every = { csv ? interval (options->csv_rate, timestep) : BATCH,
                      options->frame ? interval (options->frame_rate, timestep) : BATCH };
  gboolean ok = run_steps (&run, options, (guint64)llround (options->seconds / timestep), every,
                           &result->steps, cancellable, error);

  result->wall = (g_get_monotonic_time () - start) / 1e6;
  result->simulated = run.data->time - start_time;
  result->energy_last = observe (&run);
  result->n_warnings = count_warnings (run.data);
  if (result->wall > 0)
    {
      result->steps_per_second = result->steps / result->wall;
      result->real_time_factor = result->simulated / result->wall;
    }
  return ok;
}
