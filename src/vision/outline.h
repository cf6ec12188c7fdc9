/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Closed outlines in the graph of a skeleton. In a picture marks that touch share their ink: a box on the
 * ground has its lower side in the ground's line, a wheel crosses its cart. A line that is followed straight
 * on through every junction is torn out of such an outline; so the convex cycles of the graph are looked at
 * as well, and those that are a circle, an ellipse, a box or a triangle by the evidence of their whole shape
 * are outlines. Wertheimer's good continuation decides between cycles: one that turns at a crossing where
 * both of its lines run straight on is none. Lines that go past a corner or lead to it, as the bar and the
 * wire at the tip of a diode, tear no side out of a box or a triangle. Any thread. Internal to vision.
 */
#pragma once

#include "vision/budget.h"
#include "vision/skeleton.h"

G_BEGIN_DECLS

typedef struct
{
  GArray *ends; /* of guint: a walk (vision/walk.h) */
  double length;
  gboolean round; /* a circle or an ellipse */
} SgOutline;

/* The outlines: an array of SgOutline, the smallest and surest first. They may share branches. Rings
 * without a junction are none of them: those are closed already. Ends with `budget` (nullable). Returns:
 * (transfer full). */
GArray *sg_outlines_find (const SgSkeleton *graph, SgBudget *budget);

G_END_DECLS
