/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Poses of bodies -> what hangs from them, as the end of mj_kinematics has it. */
#include "sim/place.h"

#include <string.h>

typedef struct
{
  double position[3], quaternion[4];
} Pose;

G_STATIC_ASSERT (sizeof (Pose) == SG_PLACE_NUMBERS * sizeof (double));

void
sg_place_read (const mjModel *model, const mjData *data, double *places)
{
  for (int body = 0; body < model->nbody; body++, places += SG_PLACE_NUMBERS)
    {
      mju_copy3 (places, data->xpos + 3 * body);
      mju_copy4 (places + 3, data->xquat + 4 * body);
    }
}

/* What is fixed to the body. */
static void
place_on (const Pose *pose, const double *at, const double *turned, double *position, double *matrix)
{
  double quaternion[4];

  mju_rotVecQuat (position, at, pose->quaternion);
  mju_addTo3 (position, pose->position);
  mju_mulQuat (quaternion, pose->quaternion, turned);
  mju_quat2Mat (matrix, quaternion);
}

/* Each is where the joints before it bring it, which moves with the body. */
static void
move_joints (const mjModel *model, mjData *data, int body, const Pose *to)
{
  const double *was = data->xpos + 3 * body;
  double back[4], turn[4];

  mju_negQuat (back, data->xquat + 4 * body);
  mju_mulQuat (turn, to->quaternion, back);
  for (int k = 0; k < model->body_jntnum[body]; k++)
    {
      double *anchor = data->xanchor + 3 * (model->body_jntadr[body] + k),
             *axis = data->xaxis + 3 * (model->body_jntadr[body] + k), arm[3], along[3];

      mju_sub3 (arm, anchor, was);
      mju_rotVecQuat (anchor, arm, turn);
      mju_addTo3 (anchor, to->position);
      mju_copy3 (along, axis);
      mju_rotVecQuat (axis, along, turn);
    }
}

static void
place_body (const mjModel *model, mjData *data, int body, const Pose *to)
{
  move_joints (model, data, body, to);
  mju_copy3 (data->xpos + 3 * body, to->position);
  mju_copy4 (data->xquat + 4 * body, to->quaternion);
  mju_quat2Mat (data->xmat + 9 * body, to->quaternion);
  place_on (to, model->body_ipos + 3 * body, model->body_iquat + 4 * body, data->xipos + 3 * body,
            data->ximat + 9 * body);
  for (int k = 0; k < model->body_geomnum[body]; k++)
    {
      int geom = model->body_geomadr[body] + k;

      place_on (to, model->geom_pos + 3 * geom, model->geom_quat + 4 * geom, data->geom_xpos + 3 * geom,
                data->geom_xmat + 9 * geom);
    }
}

void
sg_place_bodies (const mjModel *model, mjData *data, const double *places)
{
  for (int body = 1; body < model->nbody; body++)
    {
      Pose to;

      memcpy (&to, places + SG_PLACE_NUMBERS * body, sizeof to);
      place_body (model, data, body, &to);
    }
  for (int site = 0; site < model->nsite; site++)
    {
      Pose on;

      memcpy (&on, places + SG_PLACE_NUMBERS * model->site_bodyid[site], sizeof on);
      place_on (&on, model->site_pos + 3 * site, model->site_quat + 4 * site, data->site_xpos + 3 * site,
                data->site_xmat + 9 * site);
    }
}

void
sg_place_bring_up_to_date (const mjModel *model, mjData *data)
{
  mj_comPos (model, data);
  mj_camlight (model, data);
  mj_flex (model, data);
  mj_tendon (model, data);
  mj_transmission (model, data);
}

void
sg_place_measure (const mjModel *model, mjData *data)
{
  sg_place_bring_up_to_date (model, data);
  mj_comVel (model, data);
  mj_sensorPos (model, data);
  mj_sensorVel (model, data);
  if (model->opt.enableflags & mjENBL_ENERGY)
    mj_energyPos (model, data);
}
