/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page as a whole: of all that strokes may be, alone and together, the readings that hold together
 * best. Strokes that groups share are decided together (vision/cluster.h), first by themselves, then in the
 * light of what stands around them (vision/context.h); parts of the page that share no stroke are combined
 * lazily (vision/nbest.h). Internal to vision; any thread.
 */
#pragma once

#include "vision/candidate.h"

G_BEGIN_DECLS

typedef struct
{
  guint candidate; /* index */
  guint kind;      /* index into the candidate's `order` */
} SgInterpretedMark;

/* A reading of the page that is not the best. */
typedef struct
{
  double weight; /* odds against the best reading; 0..1 */
  GArray *marks; /* of SgInterpretedMark: those that the best reading does not hold */
} SgOtherReading;

typedef struct
{
  SgCandidates candidates; /* chosen ones are the best reading, each of its likeliest kind */
  GArray *others;          /* of SgOtherReading; best first */
} SgInterpretation;

/* Decides between what has been proposed, and looks into the strokes for which that matters. Where the
 * budget is over, groups are taken the most certain first and nothing else is weighed. `grouping` must
 * outlive it. */
void sg_interpretation_init (SgInterpretation *interpretation, SgGrouping *grouping);
void sg_interpretation_clear (SgInterpretation *interpretation);

G_END_DECLS
