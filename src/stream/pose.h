/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A frame back into a state of the model that it was taken of, to be drawn and measured as a run is. Any
 * thread.
 *
 * A frame tells where bodies are, a model wants coordinates of joints. They are found body by body, parents
 * first, as those that bring a body nearest to where it was: the least squares of six equations by Gauss and
 * Newton's method, begun at the coordinates that are there, so that a frame after the last one takes a step
 * or two. Where the joints leave no choice, as those of a body that is pinned to another, its place follows
 * from that body's: off by its angle's error times its distance. What is left between there and where the
 * frame has a body is its rest: with that the bodies are put to where they were (sim/place.h).
 */
#pragma once

#include "stream/frame.h"

G_BEGIN_DECLS

typedef struct _SgPoses SgPoses;

/* Keeps the model. NULL where the layout is not that of the model, with stream.damaged. */
SgPoses *sg_poses_new (SgModel *model, const SgFrameLayout *layout, GError **error);
void sg_poses_free (SgPoses *poses);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgPoses, sg_poses_free)

/* Sets time (`step` times the model's), joints' coordinates and mocap poses of `data`; velocities stay, and
 * nothing that follows is brought up to date. Allocates nothing. */
void sg_poses_restore (SgPoses *poses, const SgFrame *frame, mjData *data);

/* How far the bodies of the frame that was restored last are from where its coordinates bring them. `rests`:
 * nbody times three m and three rad, in the world; 0 for bodies that frames do not have. */
void sg_poses_get_rests (const SgPoses *poses, const SgFrame *frame, double *rests);

/* Puts the bodies of `data`, after mj_kinematics, that far from where they are, and those that are welded to
 * them with them. Allocates nothing. */
void sg_poses_add_rests (SgPoses *poses, const double *rests, mjData *data);

/* Velocities of the joints of `data` as from the coordinates `qpos` (nq), `seconds` before it. */
void sg_poses_set_velocity (const SgPoses *poses, const double *qpos, double seconds, mjData *data);

G_END_DECLS
