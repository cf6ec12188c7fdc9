/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How far two ways to stand are turned from each other. */
#pragma once

#include <mujoco/mujoco.h>

/* rad, of two quaternions */
static inline double
angle_between (const double *a, const double *b)
{
  double back[4], turn[4], velocity[3];

  mju_negQuat (back, a);
  mju_mulQuat (turn, b, back);
  mju_quat2Vel (velocity, turn, 1);
  return mju_norm3 (velocity);
}
