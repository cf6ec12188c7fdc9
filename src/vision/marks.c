/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order of recognition: traces, groups of strokes, then each stroke that no group took by itself. Any
 * thread. */
#include "vision/marks.h"

#include "vision/group.h"

static void
add_element (
  SgReading *reading, const SgVerdict *verdict, const GArray *inks, const guint *traces, guint n)
{
  SgElement *element = sg_verdict_to_element (verdict, reading);
  double length = 0, area = 0;

  element->strokes = g_new (guint, n);
  element->n_strokes = n;
  for (guint i = 0; i < n; i++)
    {
      const SgInk *ink = &g_array_index (inks, SgInk, traces[i]);

      element->strokes[i] = ink->stroke;
      length += ink->length + ink->width;
      area += (ink->length + ink->width) * ink->width;
    }
  element->image = g_array_index (inks, SgInk, traces[0]).image;
  element->line_width = area / length;
}

/* A stroke that there was no time to read: its ends and its middle tell where it is. */
static void
add_unread (SgReading *reading, const GArray *inks, guint trace)
{
  const SgInk *ink = &g_array_index (inks, SgInk, trace);
  SgPoint points[3] = { ink->points[0], ink->points[ink->n / 2], ink->points[ink->n - 1] };
  SgEvidence evidence;

  sg_evidence_init (&evidence);
  SgGeometry where = { .points = g_memdup2 (points, sizeof points), .n_points = G_N_ELEMENTS (points) };
  sg_evidence_propose (&evidence, SG_KIND_UNKNOWN, 0, where);
  SgVerdict *verdict = sg_verdict_new (&evidence);
  add_element (reading, verdict, inks, &trace, 1);
  sg_reading_element (reading, sg_reading_n_elements (reading) - 1)->confidence = 0;
  sg_verdict_unref (verdict);
}

/* Elements come in the order of their first strokes, so that names follow the drawing. */
static void
add_elements (SgReading *reading, const GArray *ink, SgGrouping *grouping)
{
  g_autofree SgGroup **first = g_new0 (SgGroup *, ink->len);

  for (guint i = 0; i < grouping->groups->len; i++)
    {
      SgGroup *group = g_ptr_array_index (grouping->groups, i);
      first[group->traces[0]] = group;
    }
  for (guint i = 0; i < ink->len; i++)
    {
      SgTrace *trace = sg_grouping_trace (grouping, i);

      if (first[i])
        add_element (reading, first[i]->verdict, ink, first[i]->traces, first[i]->n);
      else if (grouping->taken[i])
        continue;
      else if (trace->verdict || sg_budget_spend (grouping->budget))
        add_element (reading, sg_trace_verdict (trace), ink, &i, 1);
      else
        add_unread (reading, ink, i);
    }
}

void
sg_marks_find (const GArray *ink, SgMemo *memo, SgBudget *budget, SgReading *reading)
{
  static void (*const proposers[]) (SgGrouping *) = {
    sg_group_loops,
    sg_group_rows,
    sg_group_crosses,
    sg_group_arrows,
    sg_group_dampers,
  };
  SgGrouping grouping;

  sg_grouping_init (&grouping, ink, memo, budget);
  for (guint i = 0; i < G_N_ELEMENTS (proposers) && !sg_budget_is_over (budget); i++)
    proposers[i](&grouping);
  sg_grouping_settle (&grouping);
  add_elements (reading, ink, &grouping);
  sg_grouping_clear (&grouping);
}
