/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Traces, and the contest between groups; any thread. */
#include "vision/group.h"

#include <string.h>

#include "vision/fit.h"

#define CHANCE_COST 3.0      /* of strokes that lie like this by chance */
#define STROKE_EXPLAINED 1.5 /* what a group earns for every further stroke it accounts for */
#define INTERRUPTION 0.15    /* price of every stroke of another mark in between: marks are drawn in one go */
#define STROKES_COUNTED 3    /* beyond these more strokes are not a better reading */
#define LOOP_GAP 0.12        /* of the length: a stroke whose ends are this close needs no other */

static SgTrace
trace_of (const SgInk *ink)
{
  SgLineFit fit;
  double bend = sg_fit_line (ink->points, ink->n, &fit);
  SgTrace trace = {
    .ink = ink,
    .ends = { ink->points[0], ink->points[ink->n - 1] },
    .middle = sg_rect_center (ink->bounds),
    .direction = fit.direction,
    .extent = MAX (sg_rect_diagonal (ink->bounds), ink->width),
  };
  double gap = sg_point_distance (trace.ends[0], trace.ends[1]);

  trace.straight = ink->length > 0 ? gap / ink->length : 0;
  trace.bend = bend / trace.extent;
  trace.loop = gap < LOOP_GAP * ink->length || ink->length < 2 * ink->width ||
               (gap < 2 * ink->width && ink->length > 2 * trace.extent);
  return trace;
}

static void
group_free (gpointer data)
{
  SgGroup *group = data;

  sg_evidence_clear (&group->evidence);
  g_free (group->traces);
  g_free (group);
}

void
sg_grouping_init (SgGrouping *grouping, const GArray *ink)
{
  grouping->traces = g_array_sized_new (FALSE, FALSE, sizeof (SgTrace), ink->len);
  grouping->groups = g_ptr_array_new_with_free_func (group_free);
  for (guint i = 0; i < ink->len; i++)
    {
      SgTrace trace = trace_of (&g_array_index (ink, SgInk, i));

      g_array_append_val (grouping->traces, trace);
    }
}

void
sg_grouping_clear (SgGrouping *grouping)
{
  g_clear_pointer (&grouping->traces, g_array_unref);
  g_clear_pointer (&grouping->groups, g_ptr_array_unref);
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

static int
compare_indices (const void *a, const void *b)
{
  guint i = *(const guint *)a, j = *(const guint *)b;

  return i < j ? -1 : i > j;
}

void
sg_grouping_propose (
  SgGrouping *grouping, const guint *traces, guint n, double most_cost, SgEvidence *evidence)
{
  double cost = evidence->cost[sg_evidence_best (evidence)];

  if (!(cost < most_cost))
    {
      sg_evidence_clear (evidence);
      return;
    }
  /* Never dearer than chance: the strokes are worth more to a reader together than as unknown. */
  sg_evidence_propose (evidence, SG_KIND_UNKNOWN, MAX (CHANCE_COST, cost + 0.1), (SgGeometry){ 0 });
  SgGroup *group = g_new (SgGroup, 1);
  group->traces = g_memdup2 (traces, n * sizeof *traces);
  group->n = n;
  group->rank = cost - STROKE_EXPLAINED * MIN (n - 1, STROKES_COUNTED);
  group->evidence = *evidence;
  qsort (group->traces, n, sizeof *traces, compare_indices);
  group->rank += INTERRUPTION * MIN (group->traces[n - 1] - group->traces[0] - (n - 1), STROKES_COUNTED);
  g_ptr_array_add (grouping->groups, group);
}

static int
compare_ranks (gconstpointer a, gconstpointer b)
{
  const SgGroup *p = *(SgGroup *const *)a, *q = *(SgGroup *const *)b;

  if (p->rank != q->rank)
    return p->rank < q->rank ? -1 : 1;
  return compare_indices (&p->traces[0], &q->traces[0]);
}

static gboolean
take (SgGrouping *grouping, const SgGroup *group)
{
  for (guint i = 0; i < group->n; i++)
    if (sg_grouping_trace (grouping, group->traces[i])->taken)
      return FALSE;
  for (guint i = 0; i < group->n; i++)
    sg_grouping_trace (grouping, group->traces[i])->taken = TRUE;
  return TRUE;
}

void
sg_grouping_settle (SgGrouping *grouping)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func (group_free);

  g_ptr_array_sort (grouping->groups, compare_ranks);
  for (guint i = 0; i < grouping->groups->len; i++)
    {
      SgGroup *group = g_ptr_array_index (grouping->groups, i);

      if (!take (grouping, group))
        continue;
      g_ptr_array_add (kept, group);
      grouping->groups->pdata[i] = NULL;
    }
  for (guint i = 0; i < grouping->groups->len; i++)
    if (g_ptr_array_index (grouping->groups, i))
      group_free (g_ptr_array_index (grouping->groups, i));
  g_ptr_array_set_free_func (grouping->groups, NULL);
  g_ptr_array_unref (grouping->groups);
  grouping->groups = kept;
}
