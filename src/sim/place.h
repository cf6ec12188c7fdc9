/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bodies put where they are known to have been. A recording tells where bodies were, and the coordinates of
 * joints that follow from that bring a body only nearly there. Allocates nothing; any thread.
 */
#pragma once

#include "physics/model.h"

G_BEGIN_DECLS

#define SG_PLACE_NUMBERS 7 /* of a body: x, y, z (m), quaternion */

/* Reads where the bodies of `data` are. `places`: nbody times SG_PLACE_NUMBERS. */
void sg_place_read (const mjModel *model, const mjData *data, double *places);

/* Puts every body of `data`, after mj_kinematics, to its place, and its centre of mass, geoms, sites and
 * joints with it. The coordinates stay, and so does all that MuJoCo reckons from bodies' poses. */
void sg_place_bodies (const mjModel *model, mjData *data, const double *places);

/* What drawing needs of that: centres of mass of subtrees, cameras, lights, flexes, tendons, actuators. */
void sg_place_bring_up_to_date (const mjModel *model, mjData *data);

/* The same after mj_forward: sensors and potential energy, too. Contacts and forces stay those of the
 * coordinates. May fail as mj_forward may (physics/fatal.h). */
void sg_place_measure (const mjModel *model, mjData *data);

G_END_DECLS
