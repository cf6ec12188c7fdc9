/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Finds out what strokes are alone (sg_trace_verdict ()) on all cores, before it is asked for: that is most
 * of what a page costs, and no stroke's answer depends on another. What is read is the same, only known
 * sooner. Where work is counted, and not timed, nothing is done ahead. Internal to vision.
 */
#pragma once

#include "vision/budget.h"
#include "vision/memo.h"

G_BEGIN_DECLS

/* Of `traces` (of SgTrace; one may be there twice) what is not known yet. */
void sg_study_traces (const GPtrArray *traces, const SgBudget *budget);

/* Of the ink that the memo knows (of SgInk), on other cores while the caller goes on. Until the end nobody
 * else may ask anything of these traces; the memo may be asked for anything else. */
typedef struct _SgStudy SgStudy;

SgStudy *sg_study_begin (const GArray *ink, SgMemo *memo, const SgBudget *budget);
void sg_study_end (SgStudy *study); /* with what is known by then */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgStudy, sg_study_end)

G_END_DECLS
