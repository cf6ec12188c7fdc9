/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The acts. Nothing here remembers a random number: noise is a hash of its seed, the step and the actuator,
 * so that a run that is played again from its middle has the noise it had. */
#include "sim/inputs.h"

#include <math.h>
#include <string.h>

void
sg_inputs_init (SgInputs *inputs, const mjModel *model, const mjData *data)
{
  *inputs = (SgInputs){ .n_controls = model->nu,
                        .control = g_new0 (double, MAX (model->nu, 1)),
                        .waves = g_new0 (SgWave, MAX (model->nu, 1)) };
  memcpy (inputs->control, data->ctrl, model->nu * sizeof (double));
}

void
sg_inputs_clear (SgInputs *inputs)
{
  g_clear_pointer (&inputs->control, g_free);
  g_clear_pointer (&inputs->waves, g_free);
  *inputs = (SgInputs){ 0 };
}

void
sg_inputs_copy (SgInputs *to, const SgInputs *from)
{
  double *control = g_renew (double, to->control, MAX (from->n_controls, 1));
  SgWave *waves = g_renew (SgWave, to->waves, MAX (from->n_controls, 1));

  *to = *from;
  to->control = control;
  to->waves = waves;
  memcpy (control, from->control, from->n_controls * sizeof (double));
  memcpy (waves, from->waves, from->n_controls * sizeof (SgWave));
}

gsize
sg_inputs_get_bytes (const SgInputs *inputs)
{
  return inputs->n_controls * sizeof *inputs->control;
}

static gboolean
is_finite (const double *numbers, guint n)
{
  for (guint i = 0; i < n; i++)
    if (!isfinite (numbers[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_valid_pull (const SgPull *pull, const mjModel *model)
{
  if (pull->body == 0)
    return TRUE;
  return pull->body > 0 && pull->body < model->nbody && model->body_invweight0[2 * pull->body] > 0 &&
         is_finite (pull->point, 3) && is_finite (pull->target, 3);
}

static guint
count_positions (const mjModel *model, int joint)
{
  static const guint counts[] = { [mjJNT_FREE] = 7, [mjJNT_BALL] = 4, [mjJNT_SLIDE] = 1, [mjJNT_HINGE] = 1 };

  return counts[model->jnt_type[joint]];
}

gboolean
sg_input_is_valid (const SgInput *input, const mjModel *model)
{
  switch (input->kind)
    {
    case SG_INPUT_CONTROL:
      return input->index >= 0 && input->index < model->nu && isfinite (input->value);
    case SG_INPUT_EQUALITY:
      return input->index >= 0 && input->index < model->neq;
    case SG_INPUT_PULL:
      return is_valid_pull (&input->pull, model);
    case SG_INPUT_NOISE:
      return input->noise.deviation >= 0 && isfinite (input->noise.deviation) && input->noise.rate > 0 &&
             isfinite (input->noise.rate);
    case SG_INPUT_WAVE:
      return sg_wave_is_valid (&input->wave, model, input->index);
    case SG_INPUT_JOINT:
      return input->index >= 0 && input->index < model->njnt &&
             is_finite (input->put.position, count_positions (model, input->index));
    }
  return FALSE;
}

/* -- Acts -- */

static void
set_noise (SgInputs *inputs, const SgNoise *noise, mjData *data)
{
  inputs->noise = *noise;
  if (noise->deviation == 0)
    memcpy (data->ctrl, inputs->control, inputs->n_controls * sizeof (double));
}

static void
set_wave (SgInputs *inputs, int control, const SgWave *wave, mjData *data)
{
  inputs->n_waves -= inputs->waves[control].shape != SG_WAVE_NONE;
  inputs->n_waves += wave->shape != SG_WAVE_NONE;
  inputs->waves[control] = *wave;
  inputs->waves[control].since = data->time;
  if (wave->shape == SG_WAVE_NONE)
    data->ctrl[control] = inputs->control[control];
}

static void
set_pull (SgInputs *inputs, const SgPull *pull, mjData *data)
{
  if (inputs->pull.body > 0 && inputs->pull.body != pull->body)
    mju_zero (data->xfrc_applied + 6 * inputs->pull.body, 6);
  inputs->pull = *pull;
}

static void
put_joint (int joint, const SgPut *put, const mjModel *model, mjData *data)
{
  static const guint velocities[] = {
    [mjJNT_FREE] = 6, [mjJNT_BALL] = 3, [mjJNT_SLIDE] = 1, [mjJNT_HINGE] = 1
  };
  double *position = data->qpos + model->jnt_qposadr[joint];
  const double *range = model->jnt_range + 2 * joint;
  int type = model->jnt_type[joint];

  memcpy (position, put->position, count_positions (model, joint) * sizeof (double));
  if (type == mjJNT_FREE || type == mjJNT_BALL)
    mju_normalize4 (position + (type == mjJNT_FREE ? 3 : 0));
  else if (model->jnt_limited[joint])
    *position = CLAMP (*position, range[0], range[1]);
  if (put->rests)
    mju_zero (data->qvel + model->jnt_dofadr[joint], (int)velocities[type]);
}

void
sg_inputs_apply (SgInputs *inputs, const SgInput *input, const mjModel *model, mjData *data)
{
  switch (input->kind)
    {
    case SG_INPUT_CONTROL:
      inputs->control[input->index] = data->ctrl[input->index] = input->value;
      break;
    case SG_INPUT_EQUALITY:
      data->eq_active[input->index] = input->value != 0;
      break;
    case SG_INPUT_PULL:
      set_pull (inputs, &input->pull, data);
      break;
    case SG_INPUT_NOISE:
      set_noise (inputs, &input->noise, data);
      break;
    case SG_INPUT_WAVE:
      set_wave (inputs, input->index, &input->wave, data);
      break;
    case SG_INPUT_JOINT:
      put_joint (input->index, &input->put, model, data);
      break;
    }
}

gboolean
sg_inputs_act (const SgInputs *inputs)
{
  return inputs->pull.body > 0 || inputs->n_waves > 0 ||
         (inputs->noise.deviation > 0 && inputs->n_controls > 0);
}

/* -- Noise -- */

/* The finaliser of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014). */
static guint64
mix (guint64 x)
{
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

/* In (0, 1). */
static double
uniform (guint64 x)
{
  return ((mix (x) >> 11) + 0.5) * 0x1p-53;
}

/* Normally distributed, by Box and Muller. */
static double
normal (guint64 seed, guint64 step, guint index)
{
  guint64 x = mix (seed + 0x9e3779b97f4a7c15u * (step + 1)) + 2 * (guint64)index;

  return sqrt (-2 * log (uniform (x))) * cos (2 * G_PI * uniform (x + 1));
}

/* What a control is about: its course, or the value that is set. */
static double
base_control (const SgInputs *inputs, const mjModel *model, const mjData *data, guint i)
{
  if (inputs->waves[i].shape == SG_WAVE_NONE)
    return inputs->control[i];
  return sg_wave_get (&inputs->waves[i], model, data, i);
}

static void
run_waves (const SgInputs *inputs, const mjModel *model, mjData *data)
{
  for (guint i = 0; i < inputs->n_controls; i++)
    if (inputs->waves[i].shape != SG_WAVE_NONE)
      data->ctrl[i] = sg_wave_get (&inputs->waves[i], model, data, i);
}

static void
shake_controls (const SgInputs *inputs, const mjModel *model, mjData *data, guint64 step)
{
  double keep = exp (-model->opt.timestep / inputs->noise.rate);
  double scale = inputs->noise.deviation * sqrt (1 - keep * keep);

  for (guint i = 0; i < inputs->n_controls; i++)
    {
      const mjtNum *range = model->actuator_ctrlrange + 2 * i;
      gboolean limited = model->actuator_ctrllimited[i];
      double half = limited ? 0.5 * (range[1] - range[0]) : 1;
      double value = keep * data->ctrl[i] + (1 - keep) * base_control (inputs, model, data, i) +
                     scale * half * normal (inputs->noise.seed, step, i);

      data->ctrl[i] = limited ? CLAMP (value, range[0], range[1]) : value;
    }
}

/* -- Pull -- */

gboolean
sg_inputs_get_pull (const SgInputs *inputs, const mjModel *model, mjData *data, double force[3], double at[3])
{
  const SgPull *pull = &inputs->pull;
  double velocity[6], arm[3], turning[3];

  mju_zero3 (force);
  mju_zero3 (at);
  if (pull->body == 0)
    return FALSE;
  double mass = 1 / model->body_invweight0[2 * pull->body];
  double stiffness = model->vis.map.stiffness;
  /* what a step leaves of these is of the state before it */
  mj_kinematics (model, data);
  mj_comPos (model, data);
  mj_comVel (model, data);
  mju_mulMatVec3 (at, data->xmat + 9 * pull->body, pull->point);
  mju_addTo3 (at, data->xpos + 3 * pull->body);
  mj_objectVelocity (model, data, mjOBJ_XBODY, pull->body, velocity, 0);
  mju_sub3 (arm, at, data->xpos + 3 * pull->body);
  mju_cross (turning, velocity, arm);
  for (int i = 0; i < 3; i++)
    force[i] = mass * (stiffness * (pull->target[i] - at[i]) -
                       2 * sqrt (stiffness) * (velocity[3 + i] + turning[i]));
  return TRUE;
}

static void
pull_body (const SgInputs *inputs, const mjModel *model, mjData *data)
{
  double force[3], at[3], arm[3];
  mjtNum *applied = data->xfrc_applied + 6 * inputs->pull.body;

  sg_inputs_get_pull (inputs, model, data, force, at);
  mju_sub3 (arm, at, data->xipos + 3 * inputs->pull.body);
  mju_copy3 (applied, force);
  mju_cross (applied + 3, arm, force);
}

void
sg_inputs_prepare (const SgInputs *inputs, const mjModel *model, mjData *data, guint64 step)
{
  if (inputs->noise.deviation > 0)
    shake_controls (inputs, model, data, step);
  else if (inputs->n_waves > 0)
    run_waves (inputs, model, data);
  if (inputs->pull.body > 0)
    pull_body (inputs, model, data);
}

/* -- From model to model -- */

/* The thing of `from` that thing `id` of `model` goes on as, -1 where none. */
static int
find_same (const mjModel *from, const mjModel *model, mjtObj type, int id)
{
  const char *name = mj_id2name (model, type, id);

  return name != NULL ? mj_name2id (from, type, name) : -1;
}

void
sg_inputs_carry (const SgInputs *from,
                 const mjModel *from_model,
                 const mjData *from_data,
                 SgInputs *inputs,
                 const mjModel *model,
                 mjData *data,
                 const double moved[3])
{
  for (int i = 0; i < model->nu; i++)
    {
      int old = find_same (from_model, model, mjOBJ_ACTUATOR, i);

      if (old < 0)
        continue;
      inputs->control[i] = from->control[old];
      data->ctrl[i] = from_data->ctrl[old];
      if (from->waves[old].shape != SG_WAVE_NONE && sg_wave_is_valid (&from->waves[old], model, i))
        {
          inputs->waves[i] = from->waves[old];
          inputs->n_waves++;
        }
    }
  for (int i = 0; i < model->neq; i++)
    {
      int old = find_same (from_model, model, mjOBJ_EQUALITY, i);

      if (old >= 0)
        data->eq_active[i] = from_data->eq_active[old];
    }
  inputs->noise = from->noise;
  inputs->pull = from->pull;
  mju_addTo3 (inputs->pull.target, moved);
  if (from->pull.body > 0)
    inputs->pull.body = MAX (0, find_same (model, from_model, mjOBJ_BODY, from->pull.body));
  if (!is_valid_pull (&inputs->pull, model))
    inputs->pull.body = 0;
}
