/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ring of frames. The lock is held for a copy of some numbers. */
#include "sim/reel.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

struct _SgReel
{
  gatomicrefcount ref_count;
  double rate;
  pthread_mutex_t lock;
  pthread_cond_t news;

  /* under the lock */
  SgModel *model; /* (nullable): not begun */
  double *frames; /* SG_REEL_ROOM * size: step, coordinates, mocap places, mocap quaternions */
  guint size;     /* numbers of a frame */
  guint at, n;    /* the first that waits, how many do */
  guint64 n_lost;
  gboolean ended;

  /* the writer's own */
  guint every;              /* steps from frame to frame */
  guint64 step, last_taken; /* since the model's start */
};

SgReel *
sg_reel_new (double rate)
{
  SgReel *reel = g_new0 (SgReel, 1);

  g_atomic_ref_count_init (&reel->ref_count);
  reel->rate = rate;
  pthread_mutex_init (&reel->lock, NULL);
  pthread_cond_init (&reel->news, NULL);
  return reel;
}

SgReel *
sg_reel_ref (SgReel *reel)
{
  g_atomic_ref_count_inc (&reel->ref_count);
  return reel;
}

void
sg_reel_unref (SgReel *reel)
{
  if (!g_atomic_ref_count_dec (&reel->ref_count))
    return;
  g_clear_pointer (&reel->model, sg_model_unref);
  g_free (reel->frames);
  pthread_cond_destroy (&reel->news);
  pthread_mutex_destroy (&reel->lock);
  g_free (reel);
}

void
sg_reel_end (SgReel *reel)
{
  pthread_mutex_lock (&reel->lock);
  reel->ended = TRUE;
  pthread_cond_broadcast (&reel->news);
  pthread_mutex_unlock (&reel->lock);
}

/* -- Reading -- */

SgModel *
sg_reel_wait_model (SgReel *reel)
{
  pthread_mutex_lock (&reel->lock);
  while (!reel->model && !reel->ended)
    pthread_cond_wait (&reel->news, &reel->lock);
  SgModel *model = reel->model ? sg_model_ref (reel->model) : NULL;
  pthread_mutex_unlock (&reel->lock);
  return model;
}

static void
read_frame (SgReel *reel, mjData *data, guint64 *step)
{
  const mjModel *m = sg_model_get (reel->model);
  const double *frame = reel->frames + (gsize)reel->at * reel->size;

  *step = (guint64)frame[0];
  memcpy (data->qpos, frame + 1, m->nq * sizeof *frame);
  memcpy (data->mocap_pos, frame + 1 + m->nq, 3 * m->nmocap * sizeof *frame);
  memcpy (data->mocap_quat, frame + 1 + m->nq + 3 * m->nmocap, 4 * m->nmocap * sizeof *frame);
  data->time = frame[0] * m->opt.timestep;
  reel->at = (reel->at + 1) % SG_REEL_ROOM;
  reel->n--;
}

gboolean
sg_reel_wait (SgReel *reel, mjData *data, guint64 *step)
{
  pthread_mutex_lock (&reel->lock);
  while (reel->n == 0 && !reel->ended)
    pthread_cond_wait (&reel->news, &reel->lock);
  gboolean found = reel->n > 0;
  if (found)
    read_frame (reel, data, step);
  pthread_mutex_unlock (&reel->lock);
  return found;
}

guint64
sg_reel_get_n_lost (SgReel *reel)
{
  pthread_mutex_lock (&reel->lock);
  guint64 n = reel->n_lost;
  pthread_mutex_unlock (&reel->lock);
  return n;
}

/* -- Writing -- */

static void
take (SgReel *reel, const mjData *data)
{
  const mjModel *m = sg_model_get (reel->model);

  reel->last_taken = reel->step;
  pthread_mutex_lock (&reel->lock);
  if (reel->n == SG_REEL_ROOM)
    reel->n_lost++;
  else if (!reel->ended)
    {
      double *frame = reel->frames + (gsize)((reel->at + reel->n) % SG_REEL_ROOM) * reel->size;

      frame[0] = (double)reel->step;
      memcpy (frame + 1, data->qpos, m->nq * sizeof *frame);
      memcpy (frame + 1 + m->nq, data->mocap_pos, 3 * m->nmocap * sizeof *frame);
      memcpy (frame + 1 + m->nq + 3 * m->nmocap, data->mocap_quat, 4 * m->nmocap * sizeof *frame);
      reel->n++;
      pthread_cond_signal (&reel->news);
    }
  pthread_mutex_unlock (&reel->lock);
}

void
sg_reel_begin (SgReel *reel, SgModel *model, const mjData *data)
{
  const mjModel *m = sg_model_get (model);

  reel->every = (guint)CLAMP (round (1 / (reel->rate * m->opt.timestep)), 1, G_MAXINT);
  reel->step = (guint64)MAX (llround (data->time / m->opt.timestep), 0);
  pthread_mutex_lock (&reel->lock);
  reel->model = sg_model_ref (model);
  reel->size = (guint)(1 + m->nq + 7 * m->nmocap);
  reel->frames = g_new (double, (gsize)SG_REEL_ROOM * reel->size);
  pthread_cond_broadcast (&reel->news);
  pthread_mutex_unlock (&reel->lock);
  take (reel, data);
}

void
sg_reel_step (SgReel *reel, const mjData *data)
{
  reel->step++;
  if (reel->step % reel->every == 0)
    take (reel, data);
}

void
sg_reel_finish (SgReel *reel, const mjData *data)
{
  if (data && reel->model)
    {
      /* after a failure it is back at the last good state */
      reel->step = (guint64)MAX (llround (data->time / sg_model_get (reel->model)->opt.timestep), 0);
      if (reel->step > reel->last_taken)
        take (reel, data);
    }
  sg_reel_end (reel);
}
