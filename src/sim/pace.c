/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keeping real time. */
#include "sim/pace.h"

#include <math.h>

#define US 1e-6
#define SAMPLE_INTERVAL (500000 / SG_PACE_SAMPLES) /* us */

/* A step is due a little early rather than a whole step late for a rounding error. */
#define ROUNDING 1e-6 /* of a step */

void
sg_pace_start (SgPace *pace, gint64 now_us, double time, guint64 steps)
{
  pace->anchor = (SgPaceSample){ now_us, time, steps };
  pace->lost = 0;
  pace->n_samples = 0;
  sg_pace_sample (pace, now_us, time, steps);
}

static double
wanted_time (const SgPace *pace, gint64 now_us)
{
  return pace->anchor.time + (now_us - pace->anchor.wall_us) * US * pace->speed;
}

void
sg_pace_set_speed (SgPace *pace, double speed, gint64 now_us)
{
  pace->anchor.time = wanted_time (pace, now_us);
  pace->anchor.wall_us = now_us;
  pace->speed = speed;
}

guint
sg_pace_due (SgPace *pace, gint64 now_us, double time, double timestep)
{
  if (pace->unthrottled)
    return G_MAXUINT;

  double behind = wanted_time (pace, now_us) - time;
  double bound = MAX (SG_PACE_CATCH_UP * US * pace->speed, timestep);

  if (behind > bound)
    {
      pace->anchor.time -= behind - bound;
      pace->lost += behind - bound;
      behind = bound;
    }
  return (guint)fmax (0, floor (behind / timestep + ROUNDING));
}

gint64
sg_pace_next (const SgPace *pace, double time, double timestep)
{
  double seconds = (time + timestep - pace->anchor.time) / pace->speed;

  return pace->anchor.wall_us + (gint64)ceil (seconds / US - 1e-3);
}

double
sg_pace_get_drift (const SgPace *pace, gint64 now_us, double time)
{
  return pace->unthrottled ? 0 : pace->lost + wanted_time (pace, now_us) - time;
}

void
sg_pace_sample (SgPace *pace, gint64 now_us, double time, guint64 steps)
{
  if (pace->n_samples > 0 &&
      now_us - pace->samples[(pace->n_samples - 1) % SG_PACE_SAMPLES].wall_us < SAMPLE_INTERVAL)
    return;
  pace->samples[pace->n_samples % SG_PACE_SAMPLES] = (SgPaceSample){ now_us, time, steps };
  pace->n_samples++;
}

void
sg_pace_get_rates (const SgPace *pace,
                   gint64 now_us,
                   double time,
                   guint64 steps,
                   double *real_time_factor,
                   double *steps_per_second)
{
  guint oldest = pace->n_samples > SG_PACE_SAMPLES ? pace->n_samples % SG_PACE_SAMPLES : 0;
  const SgPaceSample *since = &pace->samples[oldest];
  double elapsed = (now_us - since->wall_us) * US;

  *real_time_factor = elapsed > 0 ? (time - since->time) / elapsed : 0;
  *steps_per_second = elapsed > 0 ? (steps - since->steps) / elapsed : 0;
}
