/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a body that a hand moves takes its mechanism along while nothing runs. What moves freely goes along
 * without turning; what hangs on joints turns them as little as brings the held point there, within their
 * ranges, and what ties, loops and taut ropes hold together stays together. Internal to sim.
 *
 * Damped least squares over the joints' velocities (Wampler, Manipulator Inverse Kinematic Solutions Based on
 * Vector Formulations and Damped Least-Squares Methods, 1986), damped as Levenberg and Marquardt do.
 */
#pragma once

#include "sim/inputs.h"

G_BEGIN_DECLS

#define SG_REACH_MAX_DOFS 120 /* that move together; what holds more is left to the solver at the next step */

/* The inputs (SG_INPUT_JOINT, no rest) that bring the point of `grip` to its target, or as near as can be.
 * `data`, of `model`, has its state back afterwards, and nothing that follows from it. Empty where the
 * body cannot be moved, or MuJoCo fails at it. Returns: (transfer full): SgInput. */
GArray *sg_reach (SgModel *model, mjData *data, const SgPull *grip);

G_END_DECLS
