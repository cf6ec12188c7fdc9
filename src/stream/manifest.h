/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a receiver has to know once: the bodies and their parents, what they look like, and the units of the
 * frames that follow. JSON; any thread.
 *
 *   { "format": "simgen-manifest", "version": 1, "timestep": 0.002,
 *     "place_step": 0.0002, "n_angles": 3600, "turn_step": 0.00025,
 *     "bodies": [ { "name": "ball1", "parent": 0, "position": [x, y, z], "quaternion": [w, x, y, z],
 *                   "moves": "no" | "planar" | "free", "y": 0 } ],
 *     "geoms":  [ { "body": 1, "type": "sphere", "size": [a, b, c], "position": …, "quaternion": …,
 *                   "color": [r, g, b, a], "mesh": 0 } ],
 *     "meshes": [ { "name": "…", "vertices": "base64 of float32 x, y, z", "faces": "base64 of uint32 a, b,
 * c" } ],
 *     "ties":   [ { "name": "…", "spring": true, "width": w, "color": [r, g, b, a],
 *                   "path": [ { "body": 0, "position": [x, y, z] },
 *                             { "body": 1, "position": …, "radius": r, "side": { "body": …, "position": … }
 * } ] } ],
 *     "pins":   [ { "body": 1, "position": [x, y, z], "axis": [x, y, z] } ] }
 *
 * A tie is a spring, a rope or a string: straight from place to place, round what has a radius, on the side
 * of `side` where that is said. A pin is what a body turns about, in the frame of the body: from the front
 * it is seen where its axis points there. Readers of version 1 may do without ties and pins, and find none
 * in what was written before these were. Lengths in m. body 0 is the world. Those that move are in the
 * frames, in this order, with their place in the world; the others lie as they do here to their parent. y
 * is that of a planar body in the world.
 */
#pragma once

#include "stream/frame.h"

G_BEGIN_DECLS

/* Returns: (transfer full): one line of UTF-8. */
char *sg_manifest_write (const mjModel *model, const SgFrameLayout *layout);

/* What frames of that manifest look like. `timestep` (out, nullable): s. Errors: those of sg_json_parse,
 * stream.damaged with what is wrong. Returns: (transfer full). */
SgFrameLayout *sg_manifest_read_layout (const char *text, gsize size, double *timestep, GError **error);

/* A geom's colour, R, G, B, A: its own, or that of its material where it has none, as MuJoCo draws it. */
const float *sg_manifest_color (const mjModel *model, int geom);

G_END_DECLS
