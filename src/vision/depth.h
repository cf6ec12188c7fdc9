/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How deep in the ink each of its pixels lies. Pure, any thread. Internal to vision.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Distance of each ink pixel (not 0; the outermost ones of `mask` are 0) to the nearest paper, in pixels; 0
 * on paper. The time grows with the ink. Borgefors, "Distance transformations in digital images", 1986:
 * steps of 1, 1.4 and 2.1969 to 16 neighbours. `distance`: width * height. */
void sg_depth_find (const guint8 *mask, int width, int height, float *distance);

/* Whether any ink of the `n` pixels lies deeper than `limit`. */
gboolean sg_depth_exceeds (const guint8 *mask, const float *distance, gsize n, double limit);

G_END_DECLS
