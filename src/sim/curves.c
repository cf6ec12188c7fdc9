/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sampled runs. As in run.c one mjData is only ever stepped and another measured, so that looking changes
 * nothing. */
#include "config.h"

#include "sim/curves.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "physics/fatal.h"
#include "sim/error.h"
#include "sim/guard.h"

#define BATCH 256 /* steps between two looks at the cancellable */
#define N_ENERGIES 3
#define N_OF_BODY 3 /* curves of each body */

typedef struct
{
  const SgModel *owner;
  const mjModel *model;
  mjData *data;     /* stepped */
  mjData *observer; /* measured */
  SgGuard *guard;
  int bodies[SG_CURVES_MAX_BODIES];
  guint n_bodies;
  guint64 done, wanted; /* steps */
} Run;

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->guard, sg_guard_free);
  g_clear_pointer (&run->data, mj_deleteData);
  g_clear_pointer (&run->observer, mj_deleteData);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
curve_free (gpointer data)
{
  SgCurve *curve = data;

  g_free (curve->body);
  g_free (curve->values);
  g_free (curve);
}

void
sg_curves_free (SgCurves *curves)
{
  g_ptr_array_unref (curves->curves);
  g_free (curves->time);
  g_free (curves->stopped);
  g_free (curves);
}

const SgCurve *
sg_curves_find (const SgCurves *curves, SgCurveKind kind, const char *body)
{
  for (guint i = 0; i < curves->curves->len; i++)
    {
      const SgCurve *curve = curves->curves->pdata[i];

      if (curve->kind == kind && g_strcmp0 (curve->body, body) == 0)
        return curve;
    }
  return NULL;
}

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
run_init (Run *run, SgModel *model, GError **error)
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
  for (int body = 1; body < run->model->nbody && run->n_bodies < SG_CURVES_MAX_BODIES; body++)
    if (run->model->body_weldid[body] == body)
      run->bodies[run->n_bodies++] = body;
  return TRUE;
}

static void
add_curve (SgCurves *curves, SgCurveKind kind, const char *body, guint room)
{
  SgCurve *curve = g_new0 (SgCurve, 1);

  *curve = (SgCurve){ kind, g_strdup (body), g_new0 (double, room) };
  g_ptr_array_add (curves->curves, curve);
}

static SgCurves *
curves_new (const Run *run, guint room)
{
  SgCurves *curves = g_new0 (SgCurves, 1);

  curves->time = g_new0 (double, room);
  curves->curves = g_ptr_array_new_with_free_func (curve_free);
  for (SgCurveKind kind = SG_CURVE_TOTAL; kind <= SG_CURVE_POTENTIAL; kind++)
    add_curve (curves, kind, NULL, room);
  for (guint i = 0; i < run->n_bodies; i++)
    {
      const char *name = mj_id2name (run->model, mjOBJ_BODY, run->bodies[i]);

      for (SgCurveKind kind = SG_CURVE_X; kind <= SG_CURVE_SPEED; kind++)
        add_curve (curves, kind, name ? name : "", room);
    }
  return curves;
}

static void
observe_cb (gpointer user_data)
{
  Run *run = user_data;

  mj_copyState (run->model, run->data, run->observer, mjSTATE_INTEGRATION);
  mj_forward (run->model, run->observer);
  mj_energyPos (run->model, run->observer);
  mj_energyVel (run->model, run->observer);
}

static void
put (SgCurves *curves, guint curve, double value)
{
  ((SgCurve *)curves->curves->pdata[curve])->values[curves->n_samples] = value;
}

static void
sample_body (const Run *run, SgCurves *curves, guint i)
{
  const double *at = &run->observer->xipos[3 * run->bodies[i]];
  guint first = N_ENERGIES + N_OF_BODY * i;
  double v[6]; /* turning, then moving, along the world's axes */

  mj_objectVelocity (run->model, run->observer, mjOBJ_BODY, run->bodies[i], v, 0);
  put (curves, first, at[0]);
  put (curves, first + 1, at[2]);
  put (curves, first + 2, sqrt (v[3] * v[3] + v[4] * v[4] + v[5] * v[5]));
}

/* Measures the state as it is now. A fatal error of MuJoCo there is that of the next step, which tells it. */
static void
sample (Run *run, SgCurves *curves)
{
  g_autofree char *fatal = NULL;

  if (!sg_fatal_catch (observe_cb, run, &fatal))
    return;
  curves->time[curves->n_samples] = run->observer->time;
  put (curves, 0, run->observer->energy[0] + run->observer->energy[1]);
  put (curves, 1, run->observer->energy[1]);
  put (curves, 2, run->observer->energy[0]);
  for (guint i = 0; i < run->n_bodies; i++)
    sample_body (run, curves, i);
  curves->n_samples++;
}

/* `n` steps; FALSE where they ended early, with `stopped`, or with `error` where it was cancelled. */
static gboolean
step (Run *run,
      guint64 n,
      const SgCurvesOptions *options,
      char **stopped,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (GError) cause = NULL;

  while (n > 0)
    {
      guint batch = MIN (n, BATCH);
      guint stepped = sg_guard_step (run->guard, run->data, batch, &cause);

      run->done += stepped;
      if (stepped < batch)
        *stopped = g_strdup (cause->message);
      if (options->progress)
        options->progress ((double)run->done / run->wanted, options->user_data);
      if (stepped < batch || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      n -= batch;
    }
  return TRUE;
}

/* Steps to the k-th of `n` samples, evenly spread and each at a whole step. */
static guint64
steps_before (guint64 first, guint64 steps, guint n, guint k)
{
  return first + (steps * k + (n - 1) / 2) / (n - 1);
}

SgCurves *
sg_curves_run (SgModel *model, const SgCurvesOptions *options, GCancellable *cancellable, GError **error)
{
  g_auto (Run) run = { 0 };

  g_return_val_if_fail (options->n_samples >= 2 && options->n_samples <= SG_CURVES_MAX_SAMPLES, NULL);
  if (!run_init (&run, model, error))
    return NULL;
  double timestep = run.model->opt.timestep;
  guint64 first = (guint64)llround (MAX (options->from, 0) / timestep);
  guint64 steps = (guint64)llround (MAX (options->seconds, 0) / timestep);
  guint n = (guint)CLAMP (steps + 1, 2, options->n_samples);
  g_autoptr (SgCurves) curves = curves_new (&run, n);

  run.wanted = MAX (first + steps, 1);
  for (guint k = 0; k < n; k++)
    {
      if (!step (&run, steps_before (first, steps, n, k) - run.done, options, &curves->stopped, cancellable,
                 error))
        return curves->stopped ? g_steal_pointer (&curves) : NULL;
      sample (&run, curves);
    }
  return g_steal_pointer (&curves);
}
