/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the time of a step goes, by MuJoCo's own timers. They cost half of a small model's step, so only one
 * step in SG_PROFILE_EVERY is timed, and none where nobody looks. Internal to sim; the stepping thread.
 */
#pragma once

#include <mujoco/mujoco.h>

#include <glib.h>

G_BEGIN_DECLS

#define SG_PROFILE_EVERY 8

typedef struct
{
  guint n_steps;     /* timed; 0: nothing known */
  double step;       /* us a step, all of it; the next are parts of it */
  double kinematics; /* where everything is and what it weighs */
  double collision;  /* what touches what */
  double constraint; /* contacts, joints' limits and closed loops: setting up and solving */
  double advance;    /* the integrator */
  double rest;
} SgProfile;

typedef struct
{
  guint counter;
  gboolean timing;
  guint n_steps;
  double before[mjNTIMER], sum[mjNTIMER]; /* us */
} SgProfiler;

/* Around each step. */
void sg_profiler_begin_step (SgProfiler *profiler, const mjData *data);
void sg_profiler_end_step (SgProfiler *profiler, const mjData *data);

/* Of the steps since the last call; the last one's where none was timed since. */
void sg_profiler_take (SgProfiler *profiler, SgProfile *profile);

G_END_DECLS
