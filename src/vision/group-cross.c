/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two strokes that make an X; any thread. */
#include "vision/group.h"

#define MOST_COST 2.2
#define MOST_BEND 0.13
#define LEAST_STRAIGHT 0.55
#define SHORTEST 0.3   /* of the other stroke */
#define PIN_SHARE 0.15 /* of the shorter stroke */

static gboolean
may_cross (const SgTrace *a, const SgTrace *b)
{
  return a->straight > LEAST_STRAIGHT && b->straight > LEAST_STRAIGHT && a->bend < MOST_BEND &&
         b->bend < MOST_BEND && a->extent > SHORTEST * b->extent && b->extent > SHORTEST * a->extent &&
         sg_point_distance (a->middle, b->middle) < 0.35 * MAX (a->extent, b->extent);
}

/* Rods that cross are pinned there; an X is not. */
static gboolean
is_pinned (const SgGrouping *grouping, const SgNear *near, guint i, guint j)
{
  const SgTrace *a = sg_grouping_trace (grouping, i), *b = sg_grouping_trace (grouping, j);
  SgPoint at;

  return sg_segments_cross (a->ends[0], a->ends[1], b->ends[0], b->ends[1], &at) &&
         sg_grouping_has_pin (grouping, near, i, at, PIN_SHARE * MIN (a->extent, b->extent));
}

static void
propose_pair (SgGrouping *grouping, guint i, guint j)
{
  SgPath a, b;
  SgEvidence evidence;
  SgMemoKey key = { SG_ASK_CROSS,
                    2,
                    { sg_memo_part (sg_grouping_trace (grouping, i)->id, 0),
                      sg_memo_part (sg_grouping_trace (grouping, j)->id, 0) } };

  if (sg_grouping_recall (grouping, &key, (guint[]){ i, j }, 2) || !sg_budget_spend (grouping->budget))
    return;
  sg_path_init_from_ink (&a, sg_grouping_trace (grouping, i)->ink);
  sg_path_init_from_ink (&b, sg_grouping_trace (grouping, j)->ink);
  sg_evidence_init (&evidence);
  sg_evidence_of_two_strokes (&a, &b, &evidence);
  sg_grouping_propose (grouping, &key, (guint[]){ i, j }, 2, MOST_COST, &evidence);
}

static void
propose_crosses (SgGrouping *grouping, const SgNear *near)
{
  for (guint i = 0; i < grouping->traces->len; i++)
    {
      guint n;
      const guint *others = sg_near_of (near, i, &n);

      for (guint k = 0; k < n && !sg_near_is_crowded (near, i); k++)
        if (others[k] > i &&
            may_cross (sg_grouping_trace (grouping, i), sg_grouping_trace (grouping, others[k])) &&
            !is_pinned (grouping, near, i, others[k]))
          propose_pair (grouping, i, others[k]);
    }
}

const SgProposer sg_propose_crosses = { SG_NEAR_CROSSES, 0, 0, propose_crosses };
