/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Thinning: ink to lines one pixel wide. Pure, any thread.
 */
#pragma once

#include "vision/budget.h"

G_BEGIN_DECLS

/* Peels the ink (bytes not 0) of `mask`, whose outermost pixels must be 0, to an 8-connected skeleton in
 * place: ends stay, holes and pieces stay, no pixel can be spared. The time grows with the number of ink
 * pixels, whatever their thickness. Guo and Hall, "Parallel thinning with two-subiteration algorithms",
 * 1989, A1. FALSE where `budget` (nullable) ends first: the lines are not thin yet then. */
gboolean sg_thin (guint8 *mask, int width, int height, SgBudget *budget);

G_END_DECLS
