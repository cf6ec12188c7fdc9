/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which strokes may make one mark. Groups are proposed among strokes that lie near each other and judged by
 * the evidence modules; vision/interpretation.h decides between them. Internal to vision; any thread.
 */
#pragma once

#include <gio/gio.h>

#include "vision/budget.h"
#include "vision/memo.h"
#include "vision/near.h"

G_BEGIN_DECLS

typedef struct
{
  guint *traces; /* n; indices, ascending */
  guint n;
  double rank; /* cost against reading the strokes one by one; lower is more certain */
  SgVerdict *verdict;
} SgGroup;

/* The traces and what has been proposed of them so far. */
typedef struct
{
  GPtrArray *traces; /* of SgTrace, one an ink, in its order; some are the memo's */
  GArray *own;       /* of SgTrace: those of ink that has no id */
  GPtrArray *groups; /* of SgGroup */
  SgMemo *memo;
  SgBudget *budget;
} SgGrouping;

void sg_grouping_init (SgGrouping *grouping, const GArray *ink, SgMemo *memo, SgBudget *budget);
void sg_grouping_clear (SgGrouping *grouping);

static inline SgTrace *
sg_grouping_trace (const SgGrouping *grouping, guint i)
{
  return g_ptr_array_index (grouping->traces, i);
}

/* Whether it is known what the strokes of `key` make; if they make a mark, it is proposed. Where not, and
 * FALSE, the proposer finds out and calls sg_grouping_propose (). */
gboolean
sg_grouping_recall (SgGrouping *grouping, const SgMemoKey *key, const guint *traces, guint n);

/* Adds the group of `n` traces (in any order) where its best kind costs less than
 * `most_cost`: above it the strokes are better read one by one. Takes the evidence. Remembers it under `key`
 * (nullable). */
void sg_grouping_propose (SgGrouping *grouping,
                          const SgMemoKey *key,
                          const guint *traces,
                          guint n,
                          double most_cost,
                          SgEvidence *evidence);

/* Looks for one kind of group among traces that are near each other: whose bounds, grown by `share` of their
 * extent and `widths` of their pen, overlap. */
typedef struct
{
  SgNearKind near;
  double share, widths;
  void (*propose) (SgGrouping *grouping, const SgNear *near);
} SgProposer;

extern const SgProposer sg_propose_loops;   /* open strokes that close an outline, end to end */
extern const SgProposer sg_propose_rows;    /* hatching; dashes of one line */
extern const SgProposer sg_propose_crosses; /* two lines that cross */
extern const SgProposer sg_propose_arrows;  /* shafts and heads */
extern const SgProposer sg_propose_dampers; /* pistons in cups */

/* Has each propose what it finds, in this order. */
void sg_grouping_run (SgGrouping *grouping, const SgProposer *const *proposers, guint n);

/* Whether a pin is drawn over `at`, on trace `i`: a loop or a dot no larger than `largest` (its extent).
 * Those that a pin holds are rods. */
gboolean
sg_grouping_has_pin (const SgGrouping *grouping, const SgNear *near, guint i, SgPoint at, double largest);

G_END_DECLS
