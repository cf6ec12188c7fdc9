/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which strokes make one mark. Groups are proposed among strokes that lie near each other, judged by the
 * evidence modules, and taken the most certain first; a stroke belongs to one group at most. Internal to
 * vision; any thread.
 */
#pragma once

#include <gio/gio.h>

#include "vision/evidence.h"
#include "vision/near.h"

G_BEGIN_DECLS

/* What grouping knows of a stroke. */
typedef struct
{
  const SgInk *ink;
  SgPoint ends[2];   /* first and last point */
  SgPoint middle;    /* of the bounds */
  SgPoint direction; /* unit, of the line through it */
  double extent;     /* diagonal of the bounds; > 0 */
  double straight;   /* distance of the ends / length: 1 for a line, 0 for a loop */
  double bend;       /* rms deviation from its line / extent */
  gboolean loop;     /* closed by itself */
  gboolean taken;    /* by a group */
} SgTrace;

typedef struct
{
  guint *traces; /* n; indices, ascending */
  guint n;
  double rank; /* lower is taken first */
  SgEvidence evidence;
} SgGroup;

/* The traces and what has been proposed of them so far. */
typedef struct
{
  GArray *traces;    /* of SgTrace, one an ink, in its order */
  GPtrArray *groups; /* of SgGroup */
} SgGrouping;

void sg_grouping_init (SgGrouping *grouping, const GArray *ink);
void sg_grouping_clear (SgGrouping *grouping);

static inline SgTrace *
sg_grouping_trace (const SgGrouping *grouping, guint i)
{
  return &g_array_index (grouping->traces, SgTrace, i);
}

/* Adds the group of `n` traces (in any order) where its best kind costs less than
 * `most_cost`: above it the strokes are better read one by one. Takes the evidence. */
void sg_grouping_propose (
  SgGrouping *grouping, const guint *traces, guint n, double most_cost, SgEvidence *evidence);

/* The proposers. */
void sg_group_loops (SgGrouping *grouping);   /* open strokes that close an outline, end to end */
void sg_group_rows (SgGrouping *grouping);    /* hatching; dashes of one line */
void sg_group_crosses (SgGrouping *grouping); /* two lines that cross */
void sg_group_arrows (SgGrouping *grouping);  /* shafts and heads */
void sg_group_dampers (SgGrouping *grouping); /* pistons in cups */

/* Keeps the best groups that share no stroke, marks their traces taken and drops the others. */
void sg_grouping_settle (SgGrouping *grouping);

/* Neighbourhood of all traces whose bounds, grown by `share` of their extent and `by`, overlap. */
SgNear *sg_grouping_near (const SgGrouping *grouping, double share, double by);

G_END_DECLS
