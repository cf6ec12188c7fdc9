/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Barbs of arrows whose ink has run together with that of the shaft, so that thinning made one line of both.
 * What is left of such a head is a hook at the end of a line, and ink on the other side of the line that is
 * too broad for the pen. Lengths in pixels. Any thread. Internal to vision.
 */
#pragma once

#include "vision/walk.h"

G_BEGIN_DECLS

/* Appends a stroke for each barb that is hidden in `ink` (not 0: ink) to `traces`, an array of
 * SgPixelStroke. `stroke_radius`: half the usual width of the ink. */
void sg_barbs_find (GArray *traces, const guint8 *ink, int width, int height, double stroke_radius);

G_END_DECLS
