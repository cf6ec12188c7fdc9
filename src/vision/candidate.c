/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Strokes and groups as candidates; any thread. */
#include "vision/candidate.h"

void
sg_candidate_order_kinds (SgCandidate *candidate)
{
  for (guint i = 0; i < candidate->n_kinds; i++)
    {
      guint at = i;

      for (; at > 0 && candidate->likely[candidate->order[at - 1]] < candidate->likely[i]; at--)
        candidate->order[at] = candidate->order[at - 1];
      candidate->order[at] = i;
    }
}

static void
set_verdict (SgCandidate *candidate, const SgVerdict *verdict)
{
  candidate->verdict = verdict;
  candidate->n_kinds = MIN (verdict->n, SG_CANDIDATE_KINDS);
  for (guint i = 0; i < candidate->n_kinds; i++)
    candidate->likely[i] = verdict->kinds[i].confidence;
  sg_candidate_order_kinds (candidate);
}

void
sg_candidates_look_into (SgCandidates *all, guint stroke)
{
  SgTrace *trace = sg_grouping_trace (all->grouping, stroke);

  if (!all->items[stroke].verdict && (trace->verdict || sg_budget_spend (all->grouping->budget)))
    set_verdict (&all->items[stroke], sg_trace_verdict (trace));
}

static SgRect
bounds_of (const SgCandidates *all, const guint *traces, guint n)
{
  SgRect bounds = all->items[traces[0]].bounds;

  for (guint i = 1; i < n; i++)
    bounds = sg_rect_union (bounds, all->items[traces[i]].bounds);
  return bounds;
}

void
sg_candidates_init (SgCandidates *all, SgGrouping *grouping)
{
  guint n = grouping->traces->len;

  *all = (SgCandidates){ .grouping = grouping, .n_strokes = n, .n = n + grouping->groups->len };
  all->items = g_new0 (SgCandidate, all->n);
  all->indices = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    {
      all->indices[i] = i;
      all->items[i].traces = &all->indices[i];
      all->items[i].n = 1;
      all->items[i].bounds = sg_grouping_trace (grouping, i)->ink->bounds;
      all->items[i].probability = 1;
      all->items[i].chosen = TRUE;
    }
  for (guint i = n; i < all->n; i++)
    {
      const SgGroup *group = g_ptr_array_index (grouping->groups, i - n);
      SgCandidate *candidate = &all->items[i];

      candidate->traces = group->traces;
      candidate->n = group->n;
      /* What is proposed is better read together, if only a little. */
      candidate->advantage = SG_EVIDENCE_SHARPNESS * log1p (exp (-group->rank));
      candidate->bounds = bounds_of (all, group->traces, group->n);
      set_verdict (candidate, group->verdict);
    }
}

void
sg_candidates_clear (SgCandidates *all)
{
  g_clear_pointer (&all->items, g_free);
  g_clear_pointer (&all->indices, g_free);
}
