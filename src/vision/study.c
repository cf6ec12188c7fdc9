/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One trace a piece of work. */
#include "vision/study.h"

#include "base/parallel.h"

#define WORTH_SHARING 4 /* traces: fewer are read before another core has woken up */
#define LONG_PAGE 100   /* traces: the caller has so much else to do that one is worth it */
#define STUDY_SHARE 0.5 /* of the time left: what is known of each stroke must still be put together */

struct _SgStudy
{
  GPtrArray *traces; /* of SgTrace, each once */
  SgBudget budget;
  SgParallel *job;
};

static void
study_trace (guint i, gpointer data)
{
  const SgStudy *study = data;

  if (!sg_budget_is_late (&study->budget))
    sg_trace_verdict (g_ptr_array_index (study->traces, i));
}

/* `least`: fewer are left to whoever asks. */
static void
study_init (SgStudy *study, const GPtrArray *traces, guint least, const SgBudget *budget)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  *study = (SgStudy){ .traces = g_ptr_array_sized_new (traces->len) };
  for (guint i = 0; i < traces->len; i++)
    {
      SgTrace *trace = g_ptr_array_index (traces, i);

      if (!trace->verdict && g_hash_table_add (seen, trace))
        g_ptr_array_add (study->traces, trace);
    }
  sg_budget_begin_part (budget, STUDY_SHARE, &study->budget);
  if (study->traces->len < least || study->budget.left != G_MAXUINT64)
    g_ptr_array_set_size (study->traces, 0);
}

void
sg_study_traces (const GPtrArray *traces, const SgBudget *budget)
{
  SgStudy study;

  study_init (&study, traces, WORTH_SHARING, budget);
  sg_parallel_for (study.traces->len, study_trace, &study);
  g_ptr_array_unref (study.traces);
}

SgStudy *
sg_study_begin (const GArray *ink, SgMemo *memo, const SgBudget *budget)
{
  g_autoptr (GPtrArray) traces = g_ptr_array_sized_new (ink->len);
  SgStudy *study = g_new (SgStudy, 1);

  for (guint i = 0; i < ink->len; i++)
    {
      SgTrace *trace = sg_memo_trace (memo, g_array_index (ink, SgInk, i).id);

      if (trace)
        g_ptr_array_add (traces, trace);
    }
  study_init (study, traces, ink->len < LONG_PAGE ? WORTH_SHARING : 1, budget);
  study->job = sg_parallel_begin (study->traces->len, study_trace, study);
  return study;
}

void
sg_study_end (SgStudy *study)
{
  sg_parallel_end (study->job);
  g_ptr_array_unref (study->traces);
  g_free (study);
}
