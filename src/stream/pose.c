/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Frames -> coordinates of joints. */
#include "stream/pose.h"

#include <math.h>
#include <string.h>

#include "sim/place.h"
#include "stream/error.h"

#define MOST_ROUNDS 12
#define NEAR 1e-12   /* m and rad, squared: what is left is nothing */
#define DAMPING 1e-9 /* keeps what the joints do not tell apart from growing */
#define MOST_DOF 6   /* that are solved for; the rest of a body's stay */

typedef struct
{
  double position[3], quaternion[4];
} Pose;

struct _SgPoses
{
  SgModel *model;
  SgFrameLayout *layout; /* of the model */
  int *moving;           /* nbody; number in the layout, -1: none */
  Pose *poses;           /* nbody; of the last frame */
  double *places;        /* nbody * SG_PLACE_NUMBERS; room */
};

SgPoses *
sg_poses_new (SgModel *model, const SgFrameLayout *layout, GError **error)
{
  const mjModel *m = sg_model_get (model);
  g_autoptr (SgFrameLayout) own = sg_frame_layout_new (m, sg_frame_error_default (), error);
  gboolean same = own && own->n_bodies == layout->n_bodies;

  if (!own)
    return NULL;
  for (guint i = 0; same && i < own->n_bodies; i++)
    same = own->bodies[i].body == layout->bodies[i].body && own->bodies[i].planar == layout->bodies[i].planar;
  if (!same)
    {
      g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_DAMAGED,
                   "the recording's %u moving bodies are not those of its model", layout->n_bodies);
      return NULL;
    }
  SgPoses *poses = g_new0 (SgPoses, 1);
  poses->model = sg_model_ref (model);
  poses->moving = g_new (int, m->nbody);
  poses->poses = g_new0 (Pose, m->nbody);
  poses->places = g_new (double, SG_PLACE_NUMBERS * m->nbody);
  poses->poses[0].quaternion[0] = 1;
  for (int body = 0; body < m->nbody; body++)
    poses->moving[body] = -1;
  for (guint i = 0; i < own->n_bodies; i++)
    poses->moving[own->bodies[i].body] = i;
  /* the units are the frames' own */
  own->place_step = layout->place_step;
  own->n_angles = layout->n_angles;
  own->turn_step = layout->turn_step;
  own->places = layout->places;
  own->turns = layout->turns;
  for (guint i = 0; i < own->n_bodies; i++)
    own->bodies[i].y = layout->bodies[i].y;
  poses->layout = g_steal_pointer (&own);
  return poses;
}

void
sg_poses_free (SgPoses *poses)
{
  sg_frame_layout_free (poses->layout);
  sg_model_unref (poses->model);
  g_free (poses->moving);
  g_free (poses->poses);
  g_free (poses->places);
  g_free (poses);
}

/* -- A body -- */

/* How a body's pose changes with its coordinates: one column a degree of freedom. */
typedef struct
{
  double move[MOST_DOF][3], turn[MOST_DOF][3]; /* m, rad, in the world; a unit of the coordinate */
  double point[MOST_DOF][3];                   /* what it turns about */
  int dof[MOST_DOF];                           /* in the model */
  guint n;
} Columns;

static void
add_column (Columns *columns, int dof, const double axis[3], const double point[3], gboolean turns)
{
  if (columns->n == MOST_DOF)
    return;
  guint i = columns->n++;
  columns->dof[i] = dof;
  memcpy (turns ? columns->turn[i] : columns->move[i], axis, 3 * sizeof *axis);
  memset (turns ? columns->move[i] : columns->turn[i], 0, 3 * sizeof *axis);
  memcpy (columns->point[i], point, 3 * sizeof *point);
}

static void
turn_by_joint (const mjModel *m, int joint, const double *q, const double *q0, Pose *pose, Columns *columns)
{
  const double *at = m->jnt_pos + 3 * joint, *along = m->jnt_axis + 3 * joint;
  double anchor[3], turned[3], axis[3], rotation[4];
  int dof = m->jnt_dofadr[joint];

  mju_rotVecQuat (anchor, at, pose->quaternion);
  mju_addTo3 (anchor, pose->position);
  if (m->jnt_type[joint] == mjJNT_HINGE)
    {
      mju_rotVecQuat (axis, along, pose->quaternion);
      add_column (columns, dof, axis, anchor, TRUE);
      mju_axisAngle2Quat (rotation, along, q[0] - q0[0]);
    }
  else
    mju_copy4 (rotation, q);
  mju_mulQuat (pose->quaternion, pose->quaternion, rotation);
  mju_normalize4 (pose->quaternion);
  for (int k = 0; m->jnt_type[joint] == mjJNT_BALL && k < 3; k++)
    {
      const double unit[3] = { k == 0, k == 1, k == 2 };

      mju_rotVecQuat (axis, unit, pose->quaternion);
      add_column (columns, dof + k, axis, anchor, TRUE);
    }
  mju_rotVecQuat (turned, at, pose->quaternion);
  mju_sub3 (pose->position, anchor, turned);
}

/* Where the coordinates in `data` bring the body, as mj_kinematics has it. */
static void
reach (const SgPoses *poses, int body, const mjData *data, Pose *pose, Columns *columns)
{
  const mjModel *m = sg_model_get (poses->model);
  const Pose *parent = &poses->poses[m->body_parentid[body]];

  columns->n = 0;
  mju_rotVecQuat (pose->position, m->body_pos + 3 * body, parent->quaternion);
  mju_addTo3 (pose->position, parent->position);
  mju_mulQuat (pose->quaternion, parent->quaternion, m->body_quat + 4 * body);
  for (int k = 0; k < m->body_jntnum[body]; k++)
    {
      int joint = m->body_jntadr[body] + k;
      const double *q = data->qpos + m->jnt_qposadr[joint], *q0 = m->qpos0 + m->jnt_qposadr[joint];

      if (m->jnt_type[joint] == mjJNT_SLIDE)
        {
          double axis[3];

          mju_rotVecQuat (axis, m->jnt_axis + 3 * joint, pose->quaternion);
          mju_addToScl3 (pose->position, axis, q[0] - q0[0]);
          add_column (columns, m->jnt_dofadr[joint], axis, pose->position, FALSE);
        }
      else
        turn_by_joint (m, joint, q, q0, pose, columns);
    }
  mju_normalize4 (pose->quaternion);
}

/* How far `to` is from `pose`: m, then rad, in the world. */
static double
find_rest (const Pose *pose, const Pose *to, double rest[6])
{
  double back[4], turn[4];

  mju_sub3 (rest, to->position, pose->position);
  mju_negQuat (back, pose->quaternion);
  mju_mulQuat (turn, to->quaternion, back);
  mju_quat2Vel (rest + 3, turn, 1);
  return mju_dot (rest, rest, 6);
}

/* What a turn about a point does to where the body is, too. */
static void
finish_columns (Columns *columns, const Pose *pose)
{
  for (guint i = 0; i < columns->n; i++)
    {
      double arm[3], moved[3];

      mju_sub3 (arm, pose->position, columns->point[i]);
      mju_cross (moved, columns->turn[i], arm);
      mju_addTo3 (columns->move[i], moved);
    }
}

/* The steps of the coordinates that leave the least rest. FALSE: none is better than what is there. */
static gboolean
solve (const Columns *columns, const double rest[6], double step[MOST_DOF])
{
  double square[MOST_DOF * MOST_DOF], right[MOST_DOF];
  guint n = columns->n;

  for (guint i = 0; i < n; i++)
    {
      right[i] = mju_dot3 (columns->move[i], rest) + mju_dot3 (columns->turn[i], rest + 3);
      for (guint j = 0; j < n; j++)
        square[i * n + j] = mju_dot3 (columns->move[i], columns->move[j]) +
                            mju_dot3 (columns->turn[i], columns->turn[j]) + (i == j ? DAMPING : 0);
    }
  if (n == 0 || mju_cholFactor (square, n, 1e-14) < (int)n)
    return FALSE;
  mju_cholSolve (step, square, right, n);
  return mju_dot (step, step, n) > NEAR * NEAR;
}

/* A coordinate of a ball is three turns along its own axes. */
static void
take_step (const mjModel *m, const Columns *columns, const double step[MOST_DOF], mjData *data)
{
  for (guint i = 0; i < columns->n; i++)
    {
      int joint = m->dof_jntid[columns->dof[i]];
      double *q = data->qpos + m->jnt_qposadr[joint];

      if (m->jnt_type[joint] == mjJNT_BALL)
        {
          double axis[3] = { 0 };

          axis[columns->dof[i] - m->jnt_dofadr[joint]] = 1;
          mju_quatIntegrate (q, axis, step[i]);
        }
      else
        q[0] += step[i];
    }
}

static void
find_joints (SgPoses *poses, int body, const Pose *to, mjData *data)
{
  const mjModel *m = sg_model_get (poses->model);
  Pose *pose = &poses->poses[body];
  double rest[6], step[MOST_DOF];
  Columns columns;

  for (guint round = 0; round <= MOST_ROUNDS; round++)
    {
      reach (poses, body, data, pose, &columns);
      if (find_rest (pose, to, rest) < NEAR || round == MOST_ROUNDS)
        return;
      finish_columns (&columns, pose);
      if (!solve (&columns, rest, step))
        return;
      take_step (m, &columns, step, data);
    }
}

static void
place_body (SgPoses *poses, int body, const Pose *to, mjData *data)
{
  const mjModel *m = sg_model_get (poses->model);
  int mocap = m->body_mocapid[body], joint = m->body_jntadr[body];

  if (mocap >= 0)
    {
      mju_copy3 (data->mocap_pos + 3 * mocap, to->position);
      mju_copy4 (data->mocap_quat + 4 * mocap, to->quaternion);
    }
  else if (m->jnt_type[joint] == mjJNT_FREE)
    {
      mju_copy3 (data->qpos + m->jnt_qposadr[joint], to->position);
      mju_copy4 (data->qpos + m->jnt_qposadr[joint] + 3, to->quaternion);
    }
  else
    {
      find_joints (poses, body, to, data);
      return;
    }
  poses->poses[body] = *to;
}

void
sg_poses_restore (SgPoses *poses, const SgFrame *frame, mjData *data)
{
  const mjModel *m = sg_model_get (poses->model);
  Columns columns;
  Pose to;

  data->time = frame->step * m->opt.timestep;
  for (int body = 1; body < m->nbody; body++)
    if (poses->moving[body] >= 0)
      {
        sg_frame_get_pose (frame, poses->layout, poses->moving[body], to.position, to.quaternion);
        place_body (poses, body, &to, data);
      }
    else
      reach (poses, body, data, &poses->poses[body], &columns);
}

void
sg_poses_get_rests (const SgPoses *poses, const SgFrame *frame, double *rests)
{
  const mjModel *m = sg_model_get (poses->model);
  Pose to;

  mju_zero (rests, 6 * m->nbody);
  for (guint i = 0; i < poses->layout->n_bodies; i++)
    {
      int body = poses->layout->bodies[i].body;

      sg_frame_get_pose (frame, poses->layout, i, to.position, to.quaternion);
      find_rest (&poses->poses[body], &to, rests + 6 * body);
    }
}

void
sg_poses_add_rests (SgPoses *poses, const double *rests, mjData *data)
{
  const mjModel *m = sg_model_get (poses->model);

  sg_place_read (m, data, poses->places);
  for (int body = 1; body < m->nbody; body++)
    {
      double *place = poses->places + SG_PLACE_NUMBERS * body;
      const double *rest = rests + 6 * body,
                   *parent = poses->places + SG_PLACE_NUMBERS * m->body_parentid[body];
      double turn[4] = { 1 }, was[4];

      if (poses->moving[body] >= 0)
        {
          mju_addTo3 (place, rest);
          mju_quatIntegrate (turn, rest + 3, 1);
          mju_copy4 (was, place + 3);
          mju_mulQuat (place + 3, turn, was);
        }
      else
        {
          mju_rotVecQuat (place, m->body_pos + 3 * body, parent + 3);
          mju_addTo3 (place, parent);
          mju_mulQuat (place + 3, parent + 3, m->body_quat + 4 * body);
        }
      mju_normalize4 (place + 3);
    }
  sg_place_bodies (m, data, poses->places);
}

void
sg_poses_set_velocity (const SgPoses *poses, const double *qpos, double seconds, mjData *data)
{
  if (seconds > 0)
    mj_differentiatePos (sg_model_get (poses->model), data->qvel, seconds, qpos, data->qpos);
}
