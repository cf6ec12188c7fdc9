/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All about the one part that is selected: what it is and what else it may be, how it is drawn, its
 * properties, and the ways to split and reset it. It asks for changes and makes none. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "app/part-selection.h"
#include "base/units.h"
#include "pipeline/pipeline.h"

G_BEGIN_DECLS

#define SG_TYPE_PART_PAGE (sg_part_page_get_type ())
G_DECLARE_FINAL_TYPE (SgPartPage, sg_part_page, SG, PART_PAGE, AdwBin)

/* Signals: "corrected" (SgCorrection *)  the person said this of the mark;
 *          "split", "reset"              asked for. */

/* From the next show on. */
void sg_part_page_set_units (SgPartPage *self, SgUnitSystem units);

/* The element of the reading; `scene` (nullable) tells what is usual for it. */
void
sg_part_page_show (SgPartPage *self, SgPage *page, SgReading *reading, guint element, const SgScene *scene);

void sg_part_page_focus (SgPartPage *self); /* the keyboard goes to what it is */

G_END_DECLS
