/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Courses of a motor's control. Only qpos, qvel and time are read of the state: what else mjData has is not
 * there after a jump in time. */
#include "sim/wave.h"

#include <math.h>

#include "sim/quantity.h"

#define HOLD_RATE 20 /* 1/s */

int
sg_wave_find_motor (const mjModel *model, int control)
{
  for (int motor = 0; motor < model->nactuator; motor++)
    if (control >= model->actuator_ctrladr[motor] &&
        control < model->actuator_ctrladr[motor] + model->actuator_ctrlnum[motor])
      return motor;
  return -1;
}

/* The hinge or slide that the motor is at, -1 where it is at something else. */
static int
find_joint (const mjModel *model, int motor)
{
  int type = motor >= 0 ? model->actuator_trntype[motor] : mjTRN_UNDEFINED;
  int joint = type == mjTRN_JOINT || type == mjTRN_JOINTINPARENT ? model->actuator_trnid[2 * motor] : -1;

  if (joint < 0 || (model->jnt_type[joint] != mjJNT_HINGE && model->jnt_type[joint] != mjJNT_SLIDE))
    return -1;
  return joint;
}

SgWave
sg_wave_default (SgWaveShape shape, const mjModel *model, int control)
{
  int motor = sg_wave_find_motor (model, control);
  double range[2] = { -1, 1 };

  if (motor >= 0)
    sg_quantity_get_control_range (model, motor, range);
  SgWave wave = { shape, (range[0] + range[1]) / 2, (range[1] - range[0]) / 4, 1, 0, HOLD_RATE };
  if (shape == SG_WAVE_HOLD)
    wave.level = 0;
  return wave;
}

gboolean
sg_wave_is_valid (const SgWave *wave, const mjModel *model, int control)
{
  if (control < 0 || control >= model->nu || wave->shape > SG_WAVE_HOLD)
    return FALSE;
  if (wave->shape == SG_WAVE_HOLD && find_joint (model, sg_wave_find_motor (model, control)) < 0)
    return FALSE;
  return isfinite (wave->level) && isfinite (wave->amplitude) && isfinite (wave->since) && wave->period > 0 &&
         isfinite (wave->period) && wave->rate > 0 && wave->rate <= 1000;
}

static double
hold (const SgWave *wave, const mjModel *model, const mjData *data, int motor)
{
  int joint = find_joint (model, motor), dof = model->jnt_dofadr[joint];
  const double *gain = model->actuator_gainprm + (gsize)mjNGAIN * motor;
  const double *bias = model->actuator_biasprm + (gsize)mjNBIAS * motor;
  double gear = model->actuator_gear[6 * model->actuator_outadr[motor]];
  double gap = wave->level - data->qpos[model->jnt_qposadr[joint]], scale = gain[0] * gear;

  if (scale == 0)
    return 0;
  if (model->actuator_biastype[motor] == mjBIAS_AFFINE && bias[1] != 0) /* it holds by itself */
    return (-bias[1] * wave->level * gear - bias[0]) / gain[0];
  if (model->actuator_biastype[motor] == mjBIAS_AFFINE && bias[2] != 0) /* force = gain u + b0 + b2 v */
    return (-bias[2] * wave->rate * gap * gear - bias[0]) / gain[0];
  double inertia = 1 / fmax (model->dof_invweight0[dof], 1e-9);
  return inertia * wave->rate * (wave->rate * gap - 2 * data->qvel[dof]) / scale;
}

double
sg_wave_get (const SgWave *wave, const mjModel *model, const mjData *data, int control)
{
  double t = data->time - wave->since, value = wave->level;

  switch (wave->shape)
    {
    case SG_WAVE_SINE:
      value += wave->amplitude * sin (2 * G_PI * t / wave->period);
      break;
    case SG_WAVE_STEP:
      value += t < wave->period ? 0 : wave->amplitude;
      break;
    case SG_WAVE_RAMP:
      value += wave->amplitude * CLAMP (t / wave->period, 0, 1);
      break;
    case SG_WAVE_HOLD:
      value = hold (wave, model, data, sg_wave_find_motor (model, control));
      break;
    case SG_WAVE_NONE:
      break;
    }
  if (!model->actuator_ctrllimited[control])
    return value;
  return CLAMP (value, model->actuator_ctrlrange[2 * control], model->actuator_ctrlrange[2 * control + 1]);
}
