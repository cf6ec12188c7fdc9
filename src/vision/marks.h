/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ink to marks: splits strokes at corners, groups strokes that belong to one mark, fits primitives by least
 * squares, and gives each mark its kind, geometry, confidence and alternatives. Knows nothing of physics:
 * roles and relations are vision/relations.h's. Any thread.
 */
#pragma once

#include <gio/gio.h>

#include "vision/ink.h"
#include "vision/reading.h"

G_BEGIN_DECLS

/* Adds one element a mark to `reading`; every stroke of `ink` ends up in exactly one element (at worst of
 * kind unknown). Roles are left for later. Stops early when cancelled (FALSE
 * with G_IO_ERROR_CANCELLED). */
gboolean sg_marks_find (const GArray *ink, SgReading *reading, GCancellable *cancellable, GError **error);

G_END_DECLS
