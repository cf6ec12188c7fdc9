/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Joints are matched by name. Names count the bodies of a kind, so one that is deleted passes its name on to
 * the next: hence the second look, at where the body was drawn. */
#include "sim/carry.h"

#include <math.h>
#include <string.h>

#define SAME_PLACE 0.2 /* m, in the parent's frame: a stroke that is read anew moves a body by less */

static const struct
{
  int n_positions, n_velocities;
} sizes[] = {
  [mjJNT_FREE] = { 7, 6 }, [mjJNT_BALL] = { 4, 3 }, [mjJNT_SLIDE] = { 1, 1 }, [mjJNT_HINGE] = { 1, 1 }
};

static gboolean
is_same_place (const mjtNum *a, const mjtNum *b)
{
  return fabs (a[0] - b[0]) < SAME_PLACE && fabs (a[1] - b[1]) < SAME_PLACE &&
         fabs (a[2] - b[2]) < SAME_PLACE;
}

/* The joint of `from` that the joint of `model` goes on as, -1 where none. */
static int
find_joint (const mjModel *from, const mjModel *model, int joint)
{
  const char *name = mj_id2name (model, mjOBJ_JOINT, joint);
  int found = name != NULL ? mj_name2id (from, mjOBJ_JOINT, name) : -1;

  if (found < 0 || from->jnt_type[found] != model->jnt_type[joint] ||
      !is_same_place (from->body_pos + 3 * from->jnt_bodyid[found],
                      model->body_pos + 3 * model->jnt_bodyid[joint]))
    return -1;
  return found;
}

void
sg_carry_over (const mjModel *from_model, const mjData *from, const mjModel *model, mjData *data)
{
  for (int joint = 0; joint < model->njnt; joint++)
    {
      int old = find_joint (from_model, model, joint), type = model->jnt_type[joint];

      if (old < 0)
        continue;
      memcpy (data->qpos + model->jnt_qposadr[joint], from->qpos + from_model->jnt_qposadr[old],
              sizes[type].n_positions * sizeof (mjtNum));
      memcpy (data->qvel + model->jnt_dofadr[joint], from->qvel + from_model->jnt_dofadr[old],
              sizes[type].n_velocities * sizeof (mjtNum));
    }
  data->time = from->time;
}
