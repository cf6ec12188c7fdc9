/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order of recognition: traces, groups of strokes, then each stroke that no group took by itself. Any
 * thread. */
#include "vision/marks.h"

#include "vision/group.h"

#define CANCEL_EVERY 64 /* strokes */

static void
add_element (
  SgReading *reading, SgEvidence *evidence, const SgGrouping *grouping, const guint *traces, guint n)
{
  SgElement *element = sg_evidence_to_element (evidence, reading);
  double length = 0, area = 0;

  element->strokes = g_new (guint, n);
  element->n_strokes = n;
  for (guint i = 0; i < n; i++)
    {
      const SgInk *ink = sg_grouping_trace (grouping, traces[i])->ink;

      element->strokes[i] = ink->stroke;
      length += ink->length + ink->width;
      area += (ink->length + ink->width) * ink->width;
    }
  element->image = sg_grouping_trace (grouping, traces[0])->ink->image;
  element->line_width = area / length;
}

static void
add_single (SgReading *reading, const SgGrouping *grouping, guint trace)
{
  SgPath path;
  SgRun run;
  SgEvidence evidence;

  sg_path_init_from_ink (&path, sg_grouping_trace (grouping, trace)->ink);
  sg_run_init (&run, &path);
  sg_evidence_init (&evidence);
  sg_evidence_of_run (&run, &evidence);
  add_element (reading, &evidence, grouping, &trace, 1);
  sg_evidence_clear (&evidence);
}

/* Elements come in the order of their first strokes, so that names follow the drawing. */
static gboolean
add_elements (SgReading *reading, SgGrouping *grouping, GCancellable *cancellable, GError **error)
{
  guint n = grouping->traces->len;
  g_autofree SgGroup **first = g_new0 (SgGroup *, n);

  for (guint i = 0; i < grouping->groups->len; i++)
    {
      SgGroup *group = g_ptr_array_index (grouping->groups, i);
      first[group->traces[0]] = group;
    }
  for (guint i = 0; i < n; i++)
    {
      if (i % CANCEL_EVERY == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (first[i])
        add_element (reading, &first[i]->evidence, grouping, first[i]->traces, first[i]->n);
      else if (!sg_grouping_trace (grouping, i)->taken)
        add_single (reading, grouping, i);
    }
  return TRUE;
}

gboolean
sg_marks_find (const GArray *ink, SgReading *reading, GCancellable *cancellable, GError **error)
{
  static void (*const proposers[]) (SgGrouping *) = {
    sg_group_loops,
    sg_group_rows,
    sg_group_crosses,
    sg_group_arrows,
    sg_group_dampers,
  };
  SgGrouping grouping;
  gboolean done = TRUE;

  sg_grouping_init (&grouping, ink);
  for (guint i = 0; i < G_N_ELEMENTS (proposers) && done; i++)
    {
      done = !g_cancellable_set_error_if_cancelled (cancellable, error);
      if (done)
        proposers[i](&grouping);
    }
  if (done)
    {
      sg_grouping_settle (&grouping);
      done = add_elements (reading, &grouping, cancellable, error);
    }
  sg_grouping_clear (&grouping);
  return done;
}
