/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an eraser that cuts leaves of a stroke. Any thread.
 */
#pragma once

#include "sketch/stroke.h"

G_BEGIN_DECLS

/* The pieces of `stroke` outside what a circle of `radius` covers on its way `from` - `to`, by the ink's
 * centre line: as SgStroke, in the order of the ink, each with the tool, width and pressure that the stroke
 * has there, and times from its own beginning. What is shorter than the pen is wide is a crumb, and none of
 * them. Returns: (transfer full) (nullable): NULL where the circle does not touch it; empty where it covers
 * all. */
GPtrArray *sg_stroke_split (SgStroke *stroke, SgPoint from, SgPoint to, double radius);

G_END_DECLS
