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
#define WORTH_SHARING 4 /* traces: fewer are read before another core has woken up */
#define STUDY_SHARE 0.5 /* of the time left: what is known of each stroke must still be put together */

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

typedef struct
{
  GPtrArray *traces; /* of SgTrace, each once */
  SgBudget budget;
} Study;

static void
study_trace (guint i, gpointer data)
{
  const Study *study = data;

  if (!sg_budget_is_late (&study->budget))
    sg_trace_verdict (g_ptr_array_index (study->traces, i));
}

void
sg_grouping_study (SgGrouping *grouping)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) traces = g_ptr_array_sized_new (grouping->traces->len);
  Study study = { .traces = traces };

  for (guint i = 0; i < grouping->traces->len; i++)
    {
      SgTrace *trace = sg_grouping_trace (grouping, i);

      if (!trace->verdict && g_hash_table_add (seen, trace))
        g_ptr_array_add (traces, trace);
    }
  sg_budget_begin_part (grouping->budget, STUDY_SHARE, &study.budget);
  if (traces->len >= WORTH_SHARING && study.budget.left == G_MAXUINT64)
    sg_parallel_for (traces->len, study_trace, &study);
}

SgNear *
sg_grouping_near (const SgGrouping *grouping, double share, double by)
{
  guint n = grouping->traces->len;
  g_autofree SgRect *boxes = g_new (SgRect, n);

  for (guint i = 0; i < n; i++)
    {
      const SgTrace *trace = sg_grouping_trace (grouping, i);

      boxes[i] = sg_rect_grow (trace->ink->bounds, share * trace->extent + by * trace->ink->width);
    }
  return sg_near_new (boxes, n);
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
