/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order of recognition: traces, groups of strokes, then the reading of all that holds together best. Any
 * thread. */
#include "vision/marks.h"

#include "base/metrics.h"
#include "vision/interpretation.h"
#include "vision/study.h"

static void
set_ink (SgElement *element, const GArray *inks, const guint *traces, guint n)
{
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

static void
add_mark (SgReading *reading, const GArray *inks, const SgCandidate *mark)
{
  SgAlternative kinds[SG_CANDIDATE_KINDS];

  for (guint i = 0; i < mark->n_kinds; i++)
    {
      kinds[i] = mark->verdict->kinds[mark->order[i]];
      kinds[i].confidence = mark->likely[mark->order[i]] * mark->probability;
    }
  set_ink (sg_reading_add_alternatives (reading, kinds, mark->n_kinds), inks, mark->traces, mark->n);
}

/* A stroke that there was no time to read: its ends and its middle tell where it is. */
static void
add_unread (SgReading *reading, const GArray *inks, guint trace)
{
  const SgInk *ink = &g_array_index (inks, SgInk, trace);
  SgPoint points[3] = { ink->points[0], ink->points[ink->n / 2], ink->points[ink->n - 1] };
  SgAlternative unknown = {
    .kind = SG_KIND_UNKNOWN, .geometry = { .points = points, .n_points = G_N_ELEMENTS (points) }
  };

  set_ink (sg_reading_add_alternatives (reading, &unknown, 1), inks, &trace, 1);
}

/* Elements come in the order of their first strokes, so that names follow the drawing. */
static void
add_marks (SgReading *reading, const GArray *inks, const SgCandidates *all)
{
  g_autofree const SgCandidate **first = g_new0 (const SgCandidate *, all->n_strokes);

  for (guint i = 0; i < all->n; i++)
    if (all->items[i].chosen)
      first[all->items[i].traces[0]] = &all->items[i];
  for (guint i = 0; i < all->n_strokes; i++)
    if (first[i] && first[i]->verdict)
      add_mark (reading, inks, first[i]);
    else if (first[i])
      add_unread (reading, inks, i);
}

static SgReadMark
read_mark (const SgCandidate *candidate, guint kind, const GArray *inks)
{
  guint chosen = candidate->order[kind];
  SgReadMark mark = { SG_KIND_UNKNOWN, 0, g_new (guint, candidate->n), candidate->n };

  if (candidate->verdict)
    {
      mark.kind = candidate->verdict->kinds[chosen].kind;
      mark.confidence = candidate->likely[chosen] * candidate->probability;
    }
  for (guint i = 0; i < candidate->n; i++)
    mark.strokes[i] = g_array_index (inks, SgInk, candidate->traces[i]).stroke;
  return mark;
}

/* The best reading is the elements; the others say what they hold instead. */
static void
add_readings (SgReading *reading, const GArray *inks, const SgInterpretation *interpretation)
{
  const GArray *others = interpretation->others;
  double sum = 1;

  for (guint i = 0; i < others->len; i++)
    sum += g_array_index (others, SgOtherReading, i).weight;
  sg_reading_add_page_reading (reading, 1 / sum);
  for (guint i = 0; i < others->len; i++)
    {
      const SgOtherReading *other = &g_array_index (others, SgOtherReading, i);
      SgPageReading *added = sg_reading_add_page_reading (reading, other->weight / sum);

      for (guint k = 0; k < other->marks->len; k++)
        {
          const SgInterpretedMark *one = &g_array_index (other->marks, SgInterpretedMark, k);
          SgReadMark mark = read_mark (&interpretation->candidates.items[one->candidate], one->kind, inks);

          g_array_append_val (added->marks, mark);
        }
    }
}

void
sg_marks_find (const GArray *ink, SgMemo *memo, SgBudget *budget, SgReading *reading)
{
  SG_TIME_BLOCK (SG_OPERATION_ANALYSIS_MARKS);
  static const SgProposer *const proposers[] = { &sg_propose_loops, &sg_propose_rows, &sg_propose_crosses,
                                                 &sg_propose_arrows, &sg_propose_dampers };
  SgGrouping grouping;
  SgInterpretation interpretation;

  sg_grouping_init (&grouping, ink, memo, budget);
  sg_study_traces (grouping.traces, budget);
  sg_grouping_run (&grouping, proposers, G_N_ELEMENTS (proposers));
  sg_interpretation_init (&interpretation, &grouping);
  add_marks (reading, ink, &interpretation.candidates);
  add_readings (reading, ink, &interpretation);
  sg_interpretation_clear (&interpretation);
  sg_grouping_clear (&grouping);
}
