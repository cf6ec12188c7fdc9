/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the interpretation of a page weighs: each stroke by itself, and each group of strokes proposed, with
 * the kinds of mark that it may be. Internal to vision; any thread.
 */
#pragma once

#include "vision/group.h"

G_BEGIN_DECLS

#define SG_CANDIDATE_KINDS 8 /* of a verdict's kinds, the likeliest */

typedef struct
{
  const guint *traces; /* n; ascending */
  guint n;
  const SgVerdict *verdict; /* NULL: not looked into, as the stroke is surely part of a group */
  SgRect bounds;
  double advantage;                  /* log odds against its strokes read one by one; 0 of a stroke */
  double lift;                       /* log: how much its surroundings add to that */
  double probability;                /* that its strokes are one mark */
  gboolean chosen;                   /* the best reading of the page holds it */
  double likely[SG_CANDIDATE_KINDS]; /* n_kinds; of the verdict's kinds, where the strokes are one mark */
  guint8 order[SG_CANDIDATE_KINDS];  /* n_kinds; indices, the likeliest first */
  guint n_kinds;
} SgCandidate;

typedef struct
{
  SgGrouping *grouping;
  SgCandidate *items; /* n; the strokes first, by their index */
  guint *indices;     /* of strokes, lent to the items */
  guint n_strokes;
  guint n;
} SgCandidates;

/* `grouping` must outlive them. Only groups have been looked into, and none is chosen. */
void sg_candidates_init (SgCandidates *all, SgGrouping *grouping);
void sg_candidates_clear (SgCandidates *all);

/* Finds out what the stroke is by itself, where it is known or the budget pays. */
void sg_candidates_look_into (SgCandidates *all, guint stroke);

/* Sorts the kinds anew, after `likely` was changed. */
void sg_candidate_order_kinds (SgCandidate *candidate);

static inline SgTrace *
sg_candidate_trace (const SgCandidates *all, const SgCandidate *candidate, guint i)
{
  return sg_grouping_trace (all->grouping, candidate->traces[i]);
}

G_END_DECLS
