/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a person does to a running model: turns a motor, switches a tie, pulls at a body, shakes the
 * controls with noise. Each act is a value that can be kept and done again: the same acts at the same steps
 * from the same state give the same bits. Plain values; a function that takes an mjData is for the thread
 * that owns it.
 */
#pragma once

#include "sim/wave.h"

G_BEGIN_DECLS

/* A spring from a point of a body to a point of the world that the pointer holds. */
typedef struct
{
  int body;         /* 1 to nbody - 1; 0: nothing is pulled */
  double point[3];  /* m, in the body's frame */
  double target[3]; /* m, in the world */
} SgPull;

/* Where a joint is put by hand. Nothing holds it there. */
typedef struct
{
  double position[7]; /* as in qpos, as many as the joint has: rad; m; m and a quaternion */
  gboolean rests;     /* there; else it keeps its velocity */
} SgPut;

/* Ornstein-Uhlenbeck noise on every actuator's control, as in MuJoCo's simulate: about the value that is set,
 * in halves of the actuator's range where it has one. */
typedef struct
{
  guint64 seed;     /* the same seed gives the same noise at the same step */
  double deviation; /* >= 0; 0: no noise */
  double rate;      /* s, > 0: how long it keeps its course */
} SgNoise;

typedef enum
{
  SG_INPUT_CONTROL,  /* `index` an actuator, `value` its control */
  SG_INPUT_EQUALITY, /* `index` an equality, `value` 0 or 1 */
  SG_INPUT_PULL,     /* `pull`; of body 0: lets go */
  SG_INPUT_NOISE,    /* `noise` */
  SG_INPUT_WAVE,     /* `index` a control, `wave` its course; none: as it was set */
  SG_INPUT_JOINT,    /* `index` a joint, `put` where it goes; a hinge's or slide's range holds it */
} SgInputKind;

typedef struct
{
  SgInputKind kind;
  int index;
  union
  {
    double value;
    SgPull pull;
    SgNoise noise;
    SgWave wave;
    SgPut put;
  };
} SgInput;

/* What of it holds from step to step and is not in mjData. */
typedef struct
{
  guint n_controls;
  double *control; /* n_controls; the values that are set, which noise leaves alone */
  SgWave *waves;   /* n_controls */
  guint n_waves;   /* of them that are some */
  SgPull pull;
  SgNoise noise;
} SgInputs;

/* Of the start of `data`: its controls, no pull, no noise. */
void sg_inputs_init (SgInputs *inputs, const mjModel *model, const mjData *data);
void sg_inputs_clear (SgInputs *inputs);
void sg_inputs_copy (SgInputs *to, const SgInputs *from); /* over a `to` that was initialised */

gsize sg_inputs_get_bytes (const SgInputs *inputs); /* memory it holds beside itself */

/* Whether the model has what `input` is about and its numbers are finite. */
gboolean sg_input_is_valid (const SgInput *input, const mjModel *model);

/* Does a valid input, between two steps. */
void sg_inputs_apply (SgInputs *inputs, const SgInput *input, const mjModel *model, mjData *data);

/* Whether each step has to be prepared. */
gboolean sg_inputs_act (const SgInputs *inputs);

/* Right before step number `step`: the controls' courses and noise, and the pull's force from where the
 * body is now. A function of the state, the inputs and the number alone. */
void sg_inputs_prepare (const SgInputs *inputs, const mjModel *model, mjData *data, guint64 step);

/* The pull's force in N on the body and where it acts, m in the world; FALSE and zeros where nothing is
 * pulled. A spring of the stiffness that the model says (1/s^2, visual/map) times the mass of the body as it
 * feels at its joints, critically damped, as mjv_applyPerturbForce has it. */
gboolean sg_inputs_get_pull (
  const SgInputs *inputs, const mjModel *model, mjData *data, double force[3], double at[3]);

/* From one model to the next amid a run: what both have by name keeps its control, its switch, its pull,
 * whose other end is `moved` (m) in the new one's world. */
void sg_inputs_carry (const SgInputs *from,
                      const mjModel *from_model,
                      const mjData *from_data,
                      SgInputs *inputs,
                      const mjModel *model,
                      mjData *data,
                      const double moved[3]);

G_END_DECLS
