/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a motor is told over time: a course that is a function of the simulated time and the state alone, so
 * that a run that is played again has it again. Plain values; any thread.
 */
#pragma once

#include "physics/model.h"

G_BEGIN_DECLS

typedef enum
{
  SG_WAVE_NONE, /* as it was set by hand */
  SG_WAVE_SINE, /* level + amplitude sin (2 pi t / period) */
  SG_WAVE_STEP, /* level, and from t = period on level + amplitude */
  SG_WAVE_RAMP, /* from level, in `period`, evenly to level + amplitude, and there it stays */
  SG_WAVE_HOLD, /* whatever brings its joint to `level`, rad or m, and keeps it there */
} SgWaveShape;

typedef struct
{
  SgWaveShape shape;
  double level, amplitude; /* in the unit of the control, but for SG_WAVE_HOLD */
  double period;           /* s, > 0 */
  double since;            /* simulated s: t = 0; sg_inputs_apply sets it to when that is */
  double rate;             /* 1/s, > 0: how stiffly SG_WAVE_HOLD holds (the frequency of the loop) */
} SgWave;

/* A wave of that shape that suits the control: about the middle of its range, a second long. */
SgWave sg_wave_default (SgWaveShape shape, const mjModel *model, int control);

/* Whether its numbers are finite and in range, and its motor can do it: only a motor at a hinge or slide
 * holds. */
gboolean sg_wave_is_valid (const SgWave *wave, const mjModel *model, int control);

/* The motor that has the control; -1 where there is none. */
int sg_wave_find_motor (const mjModel *model, int control);

/* What `control` is told at the state of `data`, within its limits. A velocity motor holds by a speed
 * towards the level; one of force by a critically damped spring of the inertia that its joint feels (a PD
 * loop). */
double sg_wave_get (const SgWave *wave, const mjModel *model, const mjData *data, int control);

G_END_DECLS
