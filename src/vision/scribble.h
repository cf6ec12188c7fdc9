/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The gesture that deletes: a stroke to and fro, densely, over ink that is there. Careful on purpose: a
 * spring between two things, hatching along a line, a dot filled in or a body shaded is never taken for one.
 * Pure; any thread.
 */
#pragma once

#include "sketch/page.h"
#include "vision/reading.h"

G_BEGIN_DECLS

/* Indices (guint, ascending) of the strokes of `page` that the stroke through `points`, drawn last, crosses
 * out; a mark of `reading` (nullable, of this page) goes as a whole where most of its ink does. Returns:
 * (transfer full); NULL where it is no scribble or is over no ink. */
GArray *sg_scribble_find (const SgPage *page,
                          const SgReading *reading,
                          const SgInkPoint *points,
                          guint n_points);

G_END_DECLS
