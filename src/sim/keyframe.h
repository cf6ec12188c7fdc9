/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One state of a run, kept small: all that the run goes on from to the same bits. A plain value. Internal to
 * sim.
 */
#pragma once

#include "sim/inputs.h"

G_BEGIN_DECLS

typedef struct
{
  SgModel *model; /* (owned) */
  guint64 step;
  double time;         /* simulated s */
  guint64 first_input; /* the first of its branch's inputs that it has not in it */
  guint64 serial;      /* rises with each that a timeline keeps: which is the older */
  gboolean starts;     /* nothing was stepped to get here: a start, a fork, another model */
  SgInputs inputs;     /* (owned) */
  guint8 *packed;      /* n_packed bytes: a bit for each number, then those that are not zero */
  gsize n_packed;
} SgKeyframe;

/* Of `data` and what holds beside it; the caller fills in what names its place. */
SgKeyframe sg_keyframe_take (SgModel *model, const mjData *data, const SgInputs *inputs);
void sg_keyframe_clear (SgKeyframe *keyframe);

/* Into `data` and `inputs` of its model. Nothing that follows from the state is brought up to date. */
void sg_keyframe_restore (const SgKeyframe *keyframe, mjData *data, SgInputs *inputs);

gsize sg_keyframe_get_bytes (const SgKeyframe *keyframe); /* memory it holds, without its model */

G_END_DECLS
