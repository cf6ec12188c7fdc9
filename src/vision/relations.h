/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page as a whole: what each mark is for, given the marks around it (a small circle at a rod's end is a
 * pin, a hatched line is ground), how marks hold together, and which label speaks of which mark. The rules
 * are those of the notation; any thread.
 */
#pragma once

#include "sketch/page.h"
#include "vision/budget.h"
#include "vision/reading.h"

G_BEGIN_DECLS

/* Sets the roles of `reading`'s elements, adds its relations, issues and the page's labels as elements, its
 * scale and its origin. May change a kind where the context re-scores it (the old one becomes an
 * alternative) and merge marks (an arrow's shaft and head). Rules that `budget` (nullable) no longer pays for
 * are left out. */
void sg_relations_find (SgReading *reading, const SgPage *page, SgBudget *budget);

G_END_DECLS
