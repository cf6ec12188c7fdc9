/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Models that the tests of sim share. */
#pragma once

#include "physics/model.h"

/* Two hinged rods: chaotic, so that a difference in one bit shows. */
#define DOUBLE_PENDULUM                                                                                    \
  "<mujoco><option timestep='0.002' integrator='implicitfast'><flag energy='enable'/></option><worldbody>" \
  "<body name='rod1' pos='0 0 2'><joint name='top' type='hinge' axis='0 1 0'/>"                            \
  "<geom type='capsule' size='.04' fromto='0 0 0 0 0 -.5' contype='0' conaffinity='0'/>"                   \
  "<body name='rod2' pos='0 0 -.5'><joint name='elbow' type='hinge' axis='0 1 0'/>"                        \
  "<geom type='capsule' size='.04' fromto='0 0 0 0 0 -.5' contype='0' conaffinity='0'/></body></body>"     \
  "</worldbody><sensor><jointpos name='top_angle' joint='top'/></sensor>"                                  \
  "<keyframe><key name='start' qpos='1.5 .3'/></keyframe></mujoco>"

/* One body falls freely, the other hangs on a spring that is far too stiff for the step. */
#define DIVERGING                                                                            \
  "<mujoco><option timestep='0.01' integrator='Euler'/><worldbody>"                          \
  "<body name='calm' pos='1 0 1'><joint type='slide' axis='0 0 1'/><geom size='.1'/></body>" \
  "<body name='wild' pos='0 0 1'><joint type='slide' axis='0 0 1' stiffness='1e7'/>"         \
  "<geom size='.1'/></body></worldbody>"                                                     \
  "<keyframe><key name='start' qpos='0 .01'/></keyframe></mujoco>"

/* A ball that falls freely for ever. */
#define FALLING                                                                          \
  "<mujoco><option timestep='0.002'><flag energy='enable'/></option><worldbody>"         \
  "<body name='ball'><joint name='ball.z' type='slide' axis='0 0 1'/>"                   \
  "<joint name='ball.turn' type='hinge' axis='0 1 0'/><geom size='.1' mass='2'/></body>" \
  "</worldbody><keyframe><key name='start' qpos='0 0' qvel='0 -2'/></keyframe></mujoco>"

static inline SgModel *
test_model (const char *mjcf)
{
  g_autoptr (GError) error = NULL;
  SgModel *model = sg_model_compile (mjcf, &error);

  g_assert_no_error (error);
  return model;
}

static inline mjData *
test_data (SgModel *model)
{
  mjData *data = mj_makeData (sg_model_get (model));

  sg_model_reset_data (model, data);
  return data;
}
