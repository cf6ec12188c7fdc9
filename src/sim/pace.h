/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How fast simulated time follows real time: steps due now, when the next one is, what was lost. Pure: the
 * clock is an argument. Real time is monotonic microseconds, simulated time seconds.
 *
 * Both clocks agree at an anchor, and from there simulated time is wanted at `speed` times the real one. A
 * simulation that falls behind catches up at most SG_PACE_CATCH_UP; the rest is given up by moving the
 * anchor, so that a stall is not followed by a rush, and counted as drift.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SG_PACE_CATCH_UP 50000 /* us of real time */
#define SG_PACE_SAMPLES 8      /* of a half second, for the rates */

typedef struct
{
  gint64 wall_us;
  double time;
  guint64 steps;
} SgPaceSample;

typedef struct
{
  double speed;         /* > 0 */
  gboolean unthrottled; /* as fast as it goes: steps are always due */
  SgPaceSample anchor;
  double lost;                           /* s of simulated time given up since the start */
  SgPaceSample samples[SG_PACE_SAMPLES]; /* ring of the last half second */
  guint n_samples;                       /* taken since the start */
} SgPace;

/* Playing begins, or goes on from another state: forgets drift and rates. */
void sg_pace_start (SgPace *pace, gint64 now_us, double time, guint64 steps);

/* Changes the speed from now on; what is behind stays behind. */
void sg_pace_set_speed (SgPace *pace, double speed, gint64 now_us);

/* Steps of `timestep` seconds that are due, the bound on catching up applied. */
guint sg_pace_due (SgPace *pace, gint64 now_us, double time, double timestep);

/* When the step after `time` is due. */
gint64 sg_pace_next (const SgPace *pace, double time, double timestep);

/* Seconds of simulated time behind what real time wanted since the start. */
double sg_pace_get_drift (const SgPace *pace, gint64 now_us, double time);

/* Notes where the clocks are; at most as often as the half second needs. */
void sg_pace_sample (SgPace *pace, gint64 now_us, double time, guint64 steps);

/* Over the last half second (or less, soon after the start): simulated s a real s, and steps a real s. */
void sg_pace_get_rates (const SgPace *pace,
                        gint64 now_us,
                        double time,
                        guint64 steps,
                        double *real_time_factor,
                        double *steps_per_second);

G_END_DECLS
