/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ink to marks: splits strokes at corners, groups strokes that belong to one mark, fits primitives by least
 * squares, and gives each mark its kind, geometry, confidence and alternatives. Knows nothing of physics:
 * roles and relations are vision/relations.h's. Any thread.
 */
#pragma once

#include <gio/gio.h>

#include "vision/budget.h"
#include "vision/memo.h"
#include "vision/reading.h"

G_BEGIN_DECLS

/* Adds one element a mark to `reading`; every stroke of `ink` ends up in exactly one element (at worst of
 * kind unknown). Roles are left for later. `memo` knows the strokes whose ink has an id. What `budget` no
 * longer pays for stays unknown. */
void sg_marks_find (const GArray *ink, SgMemo *memo, SgBudget *budget, SgReading *reading);

G_END_DECLS
