/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The gamepads that are plugged in, also later, and the simulation whose motors they drive. Without
 * libmanette there never is one. Main thread.
 */
#pragma once

#include "app/pad-map.h"
#include "sim/simulation.h"

G_BEGIN_DECLS

#define SG_TYPE_PADS (sg_pads_get_type ())
G_DECLARE_FINAL_TYPE (SgPads, sg_pads, SG, PADS, GObject)

/* Signal: "changed"  one was plugged in, or out. */
SgPads *sg_pads_new (SgSimulation *simulation);

guint sg_pads_get_n (SgPads *self);
SgPadMap *sg_pads_get_map (SgPads *self); /* (transfer none) */
void sg_pads_tell (SgPads *self);         /* the motors, where something has moved or is bound anew */

G_END_DECLS
