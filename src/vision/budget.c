/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Counting is cheap; the clock and the cancellable are looked at every few pieces. */
#include "vision/budget.h"

#define LOOK_EVERY 8 /* pieces: well below a millisecond of work */

void
sg_budget_init (SgBudget *budget, GCancellable *cancellable, double deadline_ms, guint64 most_work)
{
  *budget = (SgBudget){
    .cancellable = cancellable,
    .deadline_us = deadline_ms < 0 ? 0 : g_get_monotonic_time () + (gint64)(deadline_ms * 1000),
    .left = most_work > 0 ? most_work : G_MAXUINT64,
  };
}

gboolean
sg_budget_spend (SgBudget *budget)
{
  if (budget->over)
    return FALSE;
  if (budget->asked++ % LOOK_EVERY == 0)
    budget->over = g_cancellable_is_cancelled (budget->cancellable) ||
                   (budget->deadline_us > 0 && g_get_monotonic_time () >= budget->deadline_us);
  if (budget->left-- == 0)
    budget->over = TRUE;
  return !budget->over;
}
