/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pins in the ink of a picture: filled dots, and small circles that the lines they hold run into, so that
 * little of their inside is left. Neither has a skeleton that looks like a circle. Lengths in pixels. Any
 * thread. Internal to vision.
 */
#pragma once

#include "vision/skeleton.h"

G_BEGIN_DECLS

typedef struct
{
  SgPoint center;
  double radius; /* of the line that the pen drew around it */
} SgDot;

/* Looks around the nodes of `graph`, which is that of `mask`, and where the ink along its branches is deep
 * (`depths`: of `mask`), and fills the dots that it finds in `mask`: the skeleton of what is left has its
 * lines meet in their middles. Returns: (transfer full): an array of SgDot. */
GArray *sg_dots_find (guint8 *mask, const SgDepth *depths, int width, int height, const SgSkeleton *graph);

/* Whether `p` lies in one of the dots. */
gboolean sg_dots_contain (const GArray *dots, SgPoint p);

G_END_DECLS
