/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * MuJoCo has one clock for the process and asks it around each part of a step. Ours is put in place once and
 * for good, so that no thread sees it come or go amid a step, and says 0 to threads that time nothing. */
#include "sim/profile.h"

#include <time.h>

static __thread gboolean timing; /* of the thread that is in a timed step */

static mjtNum
read_clock (void)
{
  struct timespec now;

  if (!timing)
    return 0;
  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e6 + now.tv_nsec * 1e-3;
}

static gpointer
install_clock (gpointer data)
{
  mjcb_time = read_clock;
  return NULL;
}

void
sg_profiler_begin_step (SgProfiler *self, const mjData *data)
{
  static GOnce once = G_ONCE_INIT;

  if (self->counter++ % SG_PROFILE_EVERY != 0)
    return;
  g_once (&once, install_clock, NULL);
  for (int i = 0; i < mjNTIMER; i++)
    self->before[i] = data->timer[i].duration;
  self->timing = timing = TRUE;
}

void
sg_profiler_end_step (SgProfiler *self, const mjData *data)
{
  if (!self->timing)
    return;
  self->timing = timing = FALSE;
  self->n_steps++;
  for (int i = 0; i < mjNTIMER; i++)
    self->sum[i] += data->timer[i].duration - self->before[i];
}

void
sg_profiler_take (SgProfiler *self, SgProfile *profile)
{
  const double *sum = self->sum;
  double n = self->n_steps;

  if (self->n_steps == 0)
    return;
  *profile = (SgProfile){
    .n_steps = self->n_steps,
    .step = sum[mjTIMER_STEP] / n,
    .kinematics = (sum[mjTIMER_POS_KINEMATICS] + sum[mjTIMER_POS_INERTIA] + sum[mjTIMER_VELOCITY]) / n,
    .collision = sum[mjTIMER_POS_COLLISION] / n,
    .constraint = (sum[mjTIMER_POS_MAKE] + sum[mjTIMER_POS_PROJECT] + sum[mjTIMER_CONSTRAINT]) / n,
    .advance = sum[mjTIMER_ADVANCE] / n,
  };
  profile->rest = MAX (0, profile->step - profile->kinematics - profile->collision - profile->constraint -
                            profile->advance);
  for (int i = 0; i < mjNTIMER; i++)
    self->sum[i] = 0;
  self->n_steps = 0;
}
