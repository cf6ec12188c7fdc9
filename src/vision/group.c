/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Traces, and the groups proposed of them; any thread. */
#include "vision/group.h"

#include <string.h>

#include "base/parallel.h"

#define CHANCE_COST 3.0      /* of strokes that lie like this by chance */
#define STROKE_EXPLAINED 1.5 /* what a group earns for every further stroke it accounts for */
#define INTERRUPTION 0.15    /* price of every stroke of another mark in between: marks are drawn in one go */
#define STROKES_COUNTED 3    /* beyond these more strokes are not a better reading */
#define TICKS_COUNTED 12     /* but of hatching each is, or ticks would be left to whatever else takes one */
#define MOST_STRAIGHT_PIN 0.5
#define MOST_PROPOSERS 8
#define WORTH_SHARING 100 /* traces: among fewer, neighbours are found before another core has woken up */

static void
group_free (gpointer data)
{
  SgGroup *group = data;

  sg_verdict_unref (group->verdict);
  g_free (group->traces);
  g_free (group);
}

void
sg_grouping_init (SgGrouping *grouping, const GArray *ink, SgMemo *memo, SgBudget *budget)
{
  *grouping = (SgGrouping){ .memo = memo, .budget = budget };
  grouping->traces = g_ptr_array_sized_new (ink->len);
  grouping->own = g_array_sized_new (FALSE, FALSE, sizeof (SgTrace), ink->len);
  g_array_set_clear_func (grouping->own, (GDestroyNotify)sg_trace_clear);
  grouping->groups = g_ptr_array_new_with_free_func (group_free);
  for (guint i = 0; i < ink->len; i++)
    {
      const SgInk *one = &g_array_index (ink, SgInk, i);
      SgTrace *trace = sg_memo_trace (memo, one->id);

      if (!trace)
        {
          g_array_set_size (grouping->own, grouping->own->len + 1);
          trace = &g_array_index (grouping->own, SgTrace, grouping->own->len - 1);
          sg_trace_init (trace, one);
        }
      g_ptr_array_add (grouping->traces, trace);
    }
}

void
sg_grouping_clear (SgGrouping *grouping)
{
  g_clear_pointer (&grouping->groups, g_ptr_array_unref);
  g_clear_pointer (&grouping->traces, g_ptr_array_unref);
  g_clear_pointer (&grouping->own, g_array_unref);
}

static const SgNear *
find_near (const SgGrouping *grouping, const SgProposer *proposer)
{
  guint n = grouping->traces->len;
  g_autofree SgRect *boxes = g_new (SgRect, n);

  for (guint i = 0; i < n; i++)
    {
      const SgTrace *trace = sg_grouping_trace (grouping, i);
      double by = proposer->share * trace->extent + proposer->widths * trace->ink->width;

      boxes[i] = sg_rect_grow (trace->ink->bounds, by);
    }
  return sg_memo_near (grouping->memo, proposer->near, boxes, n);
}

typedef struct
{
  const SgGrouping *grouping;
  const SgProposer *const *proposers;
  const SgNear *near[MOST_PROPOSERS];
} Neighbours;

static void
find_neighbours (guint i, gpointer data)
{
  Neighbours *all = data;

  all->near[i] = find_near (all->grouping, all->proposers[i]);
}

void
sg_grouping_run (SgGrouping *grouping, const SgProposer *const *proposers, guint n)
{
  Neighbours all = { grouping, proposers, { NULL } };
  guint n_traces = grouping->traces->len;
  gboolean share =
    n_traces >= WORTH_SHARING && !sg_memo_may_know_near (grouping->memo, proposers[0]->near, n_traces);

  g_return_if_fail (n <= MOST_PROPOSERS);
  if (share)
    sg_parallel_for (n, find_neighbours, &all);
  for (guint i = 0; i < n; i++)
    {
      if (!share)
        find_neighbours (i, &all);
      if (!sg_budget_is_over (grouping->budget))
        proposers[i]->propose (grouping, all.near[i]);
    }
}

gboolean
sg_grouping_has_pin (const SgGrouping *grouping, const SgNear *near, guint i, SgPoint at, double largest)
{
  guint n;
  const guint *others = sg_near_of (near, i, &n);

  for (guint k = 0; k < n; k++)
    {
      const SgTrace *pin = sg_grouping_trace (grouping, others[k]);
      gboolean round = pin->loop || pin->straight < MOST_STRAIGHT_PIN;

      if (round && pin->extent < largest &&
          sg_rect_contains (sg_rect_grow (pin->ink->bounds, pin->ink->width), at))
        return TRUE;
    }
  return FALSE;
}

static int
compare_indices (const void *a, const void *b)
{
  guint i = *(const guint *)a, j = *(const guint *)b;

  return i < j ? -1 : i > j;
}

static void
add_group (SgGrouping *grouping, const guint *traces, guint n, SgVerdict *verdict)
{
  SgGroup *group = g_new (SgGroup, 1);
  guint counted = verdict->kinds[0].kind == SG_KIND_HATCHING ? TICKS_COUNTED : STROKES_COUNTED;

  group->traces = g_memdup2 (traces, n * sizeof *traces);
  group->n = n;
  group->rank = verdict->cost - STROKE_EXPLAINED * MIN (n - 1, counted);
  group->verdict = sg_verdict_ref (verdict);
  qsort (group->traces, n, sizeof *traces, compare_indices);
  group->rank += INTERRUPTION * MIN (group->traces[n - 1] - group->traces[0] - (n - 1), STROKES_COUNTED);
  g_ptr_array_add (grouping->groups, group);
}

gboolean
sg_grouping_recall (SgGrouping *grouping, const SgMemoKey *key, const guint *traces, guint n)
{
  SgVerdict *verdict;

  if (!sg_memo_find (grouping->memo, key, &verdict))
    return FALSE;
  if (verdict)
    add_group (grouping, traces, n, verdict);
  return TRUE;
}

void
sg_grouping_propose (SgGrouping *grouping,
                     const SgMemoKey *key,
                     const guint *traces,
                     guint n,
                     double most_cost,
                     SgEvidence *evidence)
{
  double cost = evidence->cost[sg_evidence_best (evidence)];
  SgVerdict *verdict = NULL;

  if (cost < most_cost)
    {
      /* Never dearer than chance: the strokes are worth more to a reader together than as unknown. */
      sg_evidence_propose (evidence, SG_KIND_UNKNOWN, MAX (CHANCE_COST, cost + 0.1), (SgGeometry){ 0 });
      verdict = sg_verdict_new (evidence);
      add_group (grouping, traces, n, verdict);
    }
  else
    sg_evidence_clear (evidence);
  if (key)
    sg_memo_keep (grouping->memo, key, verdict);
  g_clear_pointer (&verdict, sg_verdict_unref);
}
