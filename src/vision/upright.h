/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading a tilted drawing: its ink and labels are turned upright (vision/pose.h), read there, and what was
 * read comes back to the page. Any thread.
 */
#pragma once

#include "vision/pose.h"
#include "vision/reading.h"

G_BEGIN_DECLS

/* Turns `ink`, an array of SgInk, upright in place. */
void sg_upright_ink (const SgPose *pose, GArray *ink);

/* The middle of all ink. */
SgPoint sg_upright_middle (const GArray *ink);

/* A mark's geometry from the page to the upright page, or back, in place. What it is stays: a circle becomes
 * the circle that is nearest to what the map makes of it. */
void sg_upright_geometry (const SgPose *pose, SgKind kind, SgGeometry *geometry);
void sg_upright_return_geometry (const SgPose *pose, SgKind kind, SgGeometry *geometry);

/* Brings the elements and relations of a reading from the upright page, on which they were found, back to the
 * page. */
void sg_upright_return_reading (SgReading *reading);

/* How far the lines of `ink` say that the drawing is tilted: at most some eight degrees, and only where
 * several long lines, upright and level ones, agree and hardly any contradicts; else 0. rad,
 * counter-clockwise as seen. */
double sg_upright_find_tilt (const GArray *ink);

G_END_DECLS
