/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A mark that a person named: these strokes are one mark, and it is a spring. The geometry then has to be
 * found whatever the ink looks like. Internal to vision; any thread.
 */
#pragma once

#include "vision/budget.h"
#include "vision/ink.h"
#include "vision/reading.h"

G_BEGIN_DECLS

/* Adds to `reading` the one mark that the `n` >= 1 inks are together: of kind `kind`, or, where `kind` is
 * SG_N_KINDS, of the likeliest one. What else the ink may be are its alternatives. Its confidence is 1. */
SgElement *sg_told_add_mark (SgReading *reading, const SgInk *inks, guint n, SgKind kind, SgBudget *budget);

G_END_DECLS
