/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Elements and relations -> PhysicsSpec: bodies with planar joints, hinged trees with connect constraints
 * where they close a loop, static geometry for what is fixed, springs and ropes as tendons, motors, forces,
 * initial velocities, properties from labels, slopes and arrows at the angle that is written at them. The
 * recipes are those of facts; the defaults those of the notation. Pure; any thread.
 */
#pragma once

#include "physics/spec.h"
#include "vision/reading.h"

G_BEGIN_DECLS

/* Returns: (transfer full): a spec that keeps the rules. Names are by what a thing is and in reading order
 * (ball1, rod2, box1). What was assumed is in its notes; a page with nothing that moves gives a spec that
 * says so there. */
SgSpec *sg_assemble (const SgReading *reading);

/* The same where `gravity` (m/s2 downwards, 0 or more) holds for a drawing that says nothing of it. */
SgSpec *sg_assemble_under (const SgReading *reading, double gravity);

G_END_DECLS
