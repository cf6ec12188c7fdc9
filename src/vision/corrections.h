/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the person said, in force. The ink of a corrected mark is taken out before marks are sought and read
 * by itself, as that mark; it comes back with its kind, its handles and SgElement.correction, so that all
 * context sees it. Roles are settled among the rules of the page; properties wait in the correction for
 * physics. A correction whose ink is not found, or that says what this program does not know, is an issue of
 * the reading and changes nothing. Internal to vision; any thread.
 */
#pragma once

#include "sketch/correction.h"
#include "vision/budget.h"
#include "vision/ink.h"
#include "vision/reading.h"

G_BEGIN_DECLS

typedef struct _SgCorrectedInk SgCorrectedInk;

/* Moves the ink of the page's corrected marks out of `ink` (all of the page, pictures traced); what a
 * correction leaves of a stroke stays. Returns: (transfer full). */
SgCorrectedInk *sg_corrections_take_ink (const SgPage *page, GArray *ink);
/* Turns that ink upright too. */
void sg_corrections_turn_ink (SgCorrectedInk *corrected, const SgPose *pose);
void sg_corrected_ink_free (SgCorrectedInk *corrected);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgCorrectedInk, sg_corrected_ink_free)

/* Puts the corrected marks among the elements of `reading`, in the order of their first strokes, as far as
 * `budget` pays. */
void sg_corrections_add_marks (const SgCorrectedInk *corrected, SgBudget *budget, SgReading *reading);

/* What corrections say of the page's typed labels, once these are elements. */
void sg_corrections_apply_to_labels (const SgPage *page, SgReading *reading);

/* The role that the person gave to the element; FALSE where none. */
gboolean sg_corrections_role (const SgElement *element, SgRole *role);

/* Says which corrections name something unknown. */
void sg_corrections_report (SgReading *reading);

G_END_DECLS
