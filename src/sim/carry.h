/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the state of one model to that of the next, when a drawing is changed amid a run. Internal to sim.
 */
#pragma once

#include "physics/model.h"

G_BEGIN_DECLS

/* Brings `data` of `model`, at its start, on to where `from` of `from_model` is: the time, and the position
 * and velocity of every joint that both have, which is one of the same name and type on a body that was
 * drawn at the same place, whatever it weighs; that place is `moved` (m) further in the new one's world. What
 * only the new one has stays at its start. Does not call mj_forward. */
void sg_carry_over (const mjModel *from_model,
                    const mjData *from,
                    const mjModel *model,
                    mjData *data,
                    const double moved[3]);

G_END_DECLS
