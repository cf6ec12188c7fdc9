/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Guarded batches of mj_step. The state is saved once a batch, as saving it every step would cost a tenth of
 * a small model's step; a batch that fails goes back to that state and repeats its good steps, which stepping
 * being deterministic makes exact. */
#include "config.h"

#include "sim/guard.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "base/metrics.h"
#include "physics/fatal.h"
#include "sim/error.h"

/* Steps that a failure makes be repeated at most. */
#define BATCH 64

/* Nothing that a person draws gets there; MuJoCo's own bound of 1e10 is met only when all is lost. */
#define RUNAWAY_POSITION 1e9 /* m or rad */
#define RUNAWAY_SPEED 1e6    /* m/s or rad/s */

struct _SgGuard
{
  SgModel *model;
  double *good;           /* mjSTATE_INTEGRATION at the batch's start */
  SgGuardPrepare prepare; /* (nullable) */
  gpointer prepare_data;
  SgGuardWatch watch;
  SgWatch *beats; /* (nullable) */

  /* one batch; here and not on the stack, as a jump out of MuJoCo leaves locals undefined */
  mjData *data;
  guint before; /* steps done by the batches before it */
  guint wanted, done;
  int diverged_body; /* -1: none */
  gboolean again;    /* steps that were done and watched before */
};

SgGuard *
sg_guard_new (SgModel *model)
{
  SgGuard *guard = g_new0 (SgGuard, 1);

  guard->model = sg_model_ref (model);
  guard->good = g_new (double, mj_stateSize (sg_model_get (model), mjSTATE_INTEGRATION));
  return guard;
}

void
sg_guard_free (SgGuard *guard)
{
  sg_model_unref (guard->model);
  g_free (guard->good);
  g_free (guard);
}

void
sg_guard_set_prepare (SgGuard *guard, SgGuardPrepare prepare, gpointer user_data)
{
  guard->prepare = prepare;
  guard->prepare_data = user_data;
}

void
sg_guard_set_watch (SgGuard *guard, const SgGuardWatch *watch)
{
  guard->watch = watch ? *watch : (SgGuardWatch){ 0 };
}

void
sg_guard_set_beats (SgGuard *guard, SgWatch *beats)
{
  guard->beats = beats;
}

/* The body whose coordinate has this place in qpos. */
static int
body_of_position (const mjModel *model, int index)
{
  for (int joint = model->njnt - 1; joint >= 0; joint--)
    if (model->jnt_qposadr[joint] <= index)
      return model->jnt_bodyid[joint];
  return 0;
}

/* The body that MuJoCo's own checks caught in the last step, when it also threw the state away; else the
 * first one beyond our bounds; -1 for none. The comparisons are so that a NaN fails them. */
static int
find_diverged_body (const mjModel *model, const mjData *data)
{
  if (data->warning[mjWARN_BADQPOS].number > 0)
    return body_of_position (model, data->warning[mjWARN_BADQPOS].lastinfo);
  for (int i = mjWARN_BADQVEL; i <= mjWARN_BADQACC; i++)
    if (data->warning[i].number > 0)
      return model->dof_bodyid[data->warning[i].lastinfo];
  for (int i = 0; i < model->nv; i++)
    if (!(fabs (data->qvel[i]) < RUNAWAY_SPEED))
      return model->dof_bodyid[i];
  for (int i = 0; i < model->nq; i++)
    if (!(fabs (data->qpos[i]) < RUNAWAY_POSITION))
      return body_of_position (model, i);
  return -1;
}

static void
step_cb (gpointer user_data)
{
  SgGuard *guard = user_data;
  const mjModel *model = sg_model_get (guard->model);

  while (guard->done < guard->wanted)
    {
      if (guard->prepare)
        guard->prepare (guard->data, guard->before + guard->done, guard->prepare_data);
      if (guard->watch.before && !guard->again)
        guard->watch.before (guard->data, guard->watch.user_data);
      mj_step (model, guard->data);
      guard->diverged_body = find_diverged_body (model, guard->data);
      if (guard->diverged_body >= 0)
        return;
      if (guard->watch.after && !guard->again)
        guard->watch.after (guard->data, guard->watch.user_data);
      guard->done++;
      if (guard->beats)
        sg_watch_beat (guard->beats);
    }
}

/* `n` more steps of the batch. */
static gboolean
step_batch (SgGuard *guard, mjData *data, guint n, char **fatal)
{
  guard->data = data;
  guard->wanted = n;
  guard->done = 0;
  guard->diverged_body = -1;
  return sg_fatal_catch (step_cb, guard, fatal) && guard->diverged_body < 0;
}

static void
reset_cb (gpointer user_data)
{
  SgGuard *guard = user_data;
  const mjModel *model = sg_model_get (guard->model);

  mj_resetData (model, guard->data); /* MuJoCo's stack may be in any state after a jump */
  mj_setState (model, guard->data, guard->good, mjSTATE_INTEGRATION);
  mj_forward (model, guard->data);
  mj_setState (model, guard->data, guard->good, mjSTATE_INTEGRATION);
}

/* Back to the state after `n` good steps of the batch. */
static void
return_to_good (SgGuard *guard, mjData *data, guint n)
{
  g_autofree char *fatal = NULL, *again = NULL;

  guard->data = data;
  guard->again = TRUE;
  if (sg_fatal_catch (reset_cb, guard, &fatal))
    step_batch (guard, data, n, &again);
  guard->again = FALSE;
}

static void
set_error (SgGuard *guard, double time, int body, const char *fatal, GError **error)
{
  const char *name;

  if (fatal)
    {
      g_set_error (error, SG_SIM_ERROR, SG_SIM_ERROR_FATAL, _ ("stopped at %.3f s: MuJoCo: %s"), time, fatal);
      return;
    }
  name = mj_id2name (sg_model_get (guard->model), mjOBJ_BODY, body);
  g_set_error (error, SG_SIM_ERROR, SG_SIM_ERROR_DIVERGED,
               _ ("stopped at %.3f s: the simulation diverged: %s flies off without bound"), time,
               name ? name : _ ("a body with no name"));
  sg_error_add_text (error, SG_DETAIL_ELEMENT, name ? name : "");
  sg_error_add_number (error, SG_DETAIL_TIME, time);
}

guint
sg_guard_step (SgGuard *guard, mjData *data, guint n, GError **error)
{
  SG_TIME_BLOCK (SG_OPERATION_SIMULATE_BATCH);
  const mjModel *model = sg_model_get (guard->model);
  guint done = 0;

  while (done < n)
    {
      g_autofree char *fatal = NULL;

      guard->before = done;
      mj_getState (model, data, guard->good, mjSTATE_INTEGRATION);
      if (!step_batch (guard, data, MIN (n - done, BATCH), &fatal))
        {
          int body = guard->diverged_body;
          guint good = guard->done;

          return_to_good (guard, data, good);
          set_error (guard, data->time, body, fatal, error);
          done += good;
          break;
        }
      done += guard->done;
    }
  sg_metrics_add (sg_metrics_process (), SG_COUNTER_STEPS, done);
  return done;
}
