/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The marks that are selected, for everything that shows them: canvas, list of parts, inspector, simulation.
 * A mark is named by its ink, so that it stays selected when the page is read again. Main thread.
 */
#pragma once

#include <glib-object.h>

#include "vision/correct.h"

G_BEGIN_DECLS

#define SG_TYPE_PART_SELECTION (sg_part_selection_get_type ())
G_DECLARE_FINAL_TYPE (SgPartSelection, sg_part_selection, SG, PART_SELECTION, GObject)

/* Signal: "changed"  other marks are selected, or they are other elements of the reading now. */
SgPartSelection *sg_part_selection_new (void);

/* The newest reading, and the page it was read from (both or neither NULL). */
void sg_part_selection_set_reading (SgPartSelection *self, SgPage *page, SgReading *reading);
SgPage *sg_part_selection_get_page (SgPartSelection *self);       /* (transfer none) (nullable) */
SgReading *sg_part_selection_get_reading (SgPartSelection *self); /* (transfer none) (nullable) */

void sg_part_selection_set (SgPartSelection *self, const guint *elements, guint n);
/* The selected elements of the reading, ascending; (transfer none), until the next change. */
const guint *sg_part_selection_get (SgPartSelection *self, guint *n);
gboolean sg_part_selection_contains (SgPartSelection *self, guint element);

G_END_DECLS
