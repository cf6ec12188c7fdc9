/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How deep in the ink each of its pixels lies. Pure, any thread. Internal to vision.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct SgDepth SgDepth;

/* Measures each ink pixel's distance (not 0; the outermost ones of `mask` are 0) to the nearest paper, in
 * pixels. Time and memory grow with the ink. Borgefors, "Distance transformations in digital images", 1986:
 * steps of 1, 1.4 and 2.1969 to 16 neighbours. */
SgDepth *sg_depth_new (const guint8 *mask, int width, int height);
void sg_depth_free (SgDepth *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgDepth, sg_depth_free)

/* The distance at a pixel of the picture, 0 on paper. */
float sg_depth_at (const SgDepth *self, guint x, guint y);

/* Whether any ink lies deeper than `limit`. */
gboolean sg_depth_exceeds (const SgDepth *self, double limit);

/* Sets what lies deeper than `limit` to 255 in `marks`, a picture of the same size. */
void sg_depth_mark_above (const SgDepth *self, double limit, guint8 *marks);

/* Has no ink in the columns left..right of rows top..bottom, which may lie outside, be deeper than `most`. */
void sg_depth_flatten (SgDepth *self, int left, int top, int right, int bottom, float most);

G_END_DECLS
