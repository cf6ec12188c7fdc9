/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Joints are matched by name. Names count the bodies of a kind, so one that is deleted passes its name on
 * to the next: hence the second look, at where it was drawn. A body's frame is at its centre of mass, which
 * moves with what its parts weigh; the pin that it hangs from and its shapes do not, so any of the three
 * will do. */
#include "sim/carry.h"

#include <math.h>
#include <string.h>

#define SAME_PLACE 0.2 /* m: a stroke that is read anew moves a body by less */

static const struct
{
  int n_positions, n_velocities;
} sizes[] = {
  [mjJNT_FREE] = { 7, 6 }, [mjJNT_BALL] = { 4, 3 }, [mjJNT_SLIDE] = { 1, 1 }, [mjJNT_HINGE] = { 1, 1 }
};

/* Where a point of a body was drawn, in the world. */
static void
find_place (const mjModel *model, int body, const mjtNum *point, mjtNum place[3])
{
  mjtNum turned[3];

  mju_copy3 (place, point);
  for (; body > 0; body = model->body_parentid[body])
    {
      mju_rotVecQuat (turned, place, model->body_quat + 4 * body);
      mju_add3 (place, turned, model->body_pos + 3 * body);
    }
}

/* A joint of the old model, one of the new, and by how much the world is moved between them. */
typedef struct
{
  const mjModel *from, *to;
  int old, new;
  const double *moved;
} Pair;

static gboolean
is_same_place (const Pair *pair, const mjtNum *old_point, const mjtNum *new_point)
{
  mjtNum p[3], q[3];

  find_place (pair->from, pair->from->jnt_bodyid[pair->old], old_point, p);
  find_place (pair->to, pair->to->jnt_bodyid[pair->new], new_point, q);
  mju_addTo3 (p, pair->moved);
  return fabs (p[0] - q[0]) < SAME_PLACE && fabs (p[1] - q[1]) < SAME_PLACE &&
         fabs (p[2] - q[2]) < SAME_PLACE;
}

static gboolean
is_same_body (const Pair *pair)
{
  static const mjtNum center[3];
  const mjModel *a = pair->from, *b = pair->to;
  int body_a = a->jnt_bodyid[pair->old], body_b = b->jnt_bodyid[pair->new];

  return is_same_place (pair, center, center) ||
         is_same_place (pair, a->jnt_pos + 3 * pair->old, b->jnt_pos + 3 * pair->new) ||
         (a->body_geomnum[body_a] > 0 && b->body_geomnum[body_b] > 0 &&
          is_same_place (pair, a->geom_pos + 3 * a->body_geomadr[body_a],
                         b->geom_pos + 3 * b->body_geomadr[body_b]));
}

/* The joint of `from` that the joint of `model` goes on as, -1 where none. */
static int
find_joint (const mjModel *from, const mjModel *model, int joint, const double moved[3])
{
  const char *name = mj_id2name (model, mjOBJ_JOINT, joint);
  int found = name != NULL ? mj_name2id (from, mjOBJ_JOINT, name) : -1;

  if (found < 0 || from->jnt_type[found] != model->jnt_type[joint] ||
      !is_same_body (&(Pair){ from, model, found, joint, moved }))
    return -1;
  return found;
}

void
sg_carry_over (const mjModel *from_model,
               const mjData *from,
               const mjModel *model,
               mjData *data,
               const double moved[3])
{
  for (int joint = 0; joint < model->njnt; joint++)
    {
      int old = find_joint (from_model, model, joint, moved), type = model->jnt_type[joint];

      if (old < 0)
        continue;
      memcpy (data->qpos + model->jnt_qposadr[joint], from->qpos + from_model->jnt_qposadr[old],
              sizes[type].n_positions * sizeof (mjtNum));
      memcpy (data->qvel + model->jnt_dofadr[joint], from->qvel + from_model->jnt_dofadr[old],
              sizes[type].n_velocities * sizeof (mjtNum));
    }
  data->time = from->time;
}
