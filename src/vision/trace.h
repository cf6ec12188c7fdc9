/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ink of a picture to strokes, as a pen would have drawn them: lines run straight on through crossings, a
 * closed line is one closed stroke, a filled spot becomes its outline. The outline of a box or a circle is a
 * stroke of its own even where it shares an edge with a line that runs on. Lengths in pixels. Any thread.
 */
#pragma once

#include <gio/gio.h>

#include "vision/budget.h"
#include "vision/walk.h"

G_BEGIN_DECLS

/* Strokes of the ink in `mask` (not 0: ink; its outermost pixels 0). `contrast` (nullable): the strength of
 * each pixel, by which ruled paper is told from ink. Where `budget` (nullable) ends while lines are
 * followed, those known by then. Errors: vision.internal, those of sg_budget_check. Returns: (transfer
 * full): an array of SgPixelStroke with sg_pixel_stroke_clear as its clear function. */
GArray *sg_trace_mask (const guint8 *mask,
                       const guint8 *contrast,
                       int width,
                       int height,
                       SgBudget *budget,
                       GError **error);

G_END_DECLS
