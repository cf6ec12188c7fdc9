/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pins drawn over the ends of lines: small rings that the lines' ink cuts up, so that no outline of them is
 * left, open ones too. Lengths in pixels. Any thread. Internal to vision.
 */
#pragma once

#include "vision/dots.h"

G_BEGIN_DECLS

/* Looks around the nodes of `graph`, which is that of `mask`, for rings with a line that comes from outside
 * and ends within, and fills them in `mask`. Appends them to `dots` (SgDot), those aside that are there
 * already. */
void sg_rings_find (GArray *dots, guint8 *mask, int width, int height, const SgSkeleton *graph);

G_END_DECLS
