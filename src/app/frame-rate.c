/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A window of WINDOW frames is judged as a whole: one hiccup is no reason to change anything. */
#include "app/frame-rate.h"

#define WINDOW 30
#define TOO_LATE 1.35      /* a gap of so many times the one wanted is late */
#define MANY_LATE 0.4      /* share of late frames that a step cannot be held with */
#define FEW_LATE 0.12      /* share with which it is held */
#define FIRST_PATIENCE 4e3 /* ms */
#define LAST_PATIENCE 12e4

static const double gaps[SG_N_FRAMES_STEPS] = { 1000.0 / 60, 1000.0 / 60, 1000.0 / 30, 1000.0 / 20 };

void
sg_frame_rate_init (SgFrameRate *rate)
{
  *rate = (SgFrameRate){ .patience_ms = FIRST_PATIENCE };
}

void
sg_frame_rate_pause (SgFrameRate *rate)
{
  rate->n_frames = rate->n_late = 0;
}

static void
change (SgFrameRate *rate, int by)
{
  rate->step = (SgFramesStep)((int)rate->step + by);
  rate->trying = by < 0;
  rate->held_ms = 0;
  rate->n_changes++;
}

static gboolean
step_down (SgFrameRate *rate)
{
  if (rate->step + 1 >= SG_N_FRAMES_STEPS)
    return FALSE;
  if (rate->trying)
    rate->patience_ms = MIN (2 * rate->patience_ms, LAST_PATIENCE);
  change (rate, 1);
  return TRUE;
}

/* A try that has been held as long as it was waited for is no try any more. */
static gboolean
hold (SgFrameRate *rate)
{
  if (rate->held_ms < rate->patience_ms)
    return FALSE;
  if (rate->trying)
    rate->patience_ms = FIRST_PATIENCE;
  rate->trying = FALSE;
  if (rate->step == SG_FRAMES_FULL)
    return FALSE;
  change (rate, -1);
  return TRUE;
}

gboolean
sg_frame_rate_add (SgFrameRate *rate, double gap_ms)
{
  double share;

  rate->n_frames++;
  rate->n_late += gap_ms > TOO_LATE * gaps[rate->step];
  rate->held_ms += gap_ms;
  if (rate->n_frames < WINDOW)
    return FALSE;
  share = (double)rate->n_late / rate->n_frames;
  rate->n_frames = rate->n_late = 0;
  if (share >= MANY_LATE)
    return step_down (rate);
  if (share > FEW_LATE)
    {
      rate->held_ms = 0;
      return FALSE;
    }
  return hold (rate);
}

double
sg_frame_rate_get_gap (const SgFrameRate *rate)
{
  return gaps[rate->step];
}

gboolean
sg_frame_rate_has_shadows (const SgFrameRate *rate)
{
  return rate->step == SG_FRAMES_FULL;
}
