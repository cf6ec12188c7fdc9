/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a foreign model may ask for: its elements, how many, and the numbers that cost memory or time. Pure;
 * any thread. The classes of what these rules keep out are those that ended or hung MuJoCo in measurements.
 */
#pragma once

#include "physics/foreign-tree.h"

G_BEGIN_DECLS

/* All problems of the element and what is in it (a mujoco or a robot), as GError *: physics.forbidden,
 * physics.bad-number, physics.too-large. Stops at the 50th. */
void sg_foreign_rules_check (const SgForeignNode *root, GPtrArray *problems);

G_END_DECLS
