/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Counting is cheap; the clock and the cancellable are looked at every few pieces. */
#include "vision/budget.h"

#include <math.h>

#include "base/error.h"

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

static void
end (SgBudget *budget)
{
  budget->over = budget->cut = TRUE;
}

gboolean
sg_budget_is_late (const SgBudget *budget)
{
  return budget && (g_cancellable_is_cancelled (budget->cancellable) ||
                    (budget->deadline_us > 0 && g_get_monotonic_time () >= budget->deadline_us));
}

static void
look (SgBudget *budget)
{
  if (sg_budget_is_late (budget))
    end (budget);
}

gboolean
sg_budget_spend (SgBudget *budget)
{
  if (budget == NULL)
    return TRUE;
  if (!budget->over && budget->asked++ % LOOK_EVERY == 0)
    look (budget);
  if (budget->left == 0)
    end (budget);
  if (budget->over)
    return FALSE;
  budget->taken++;
  if (budget->left != G_MAXUINT64)
    budget->left--;
  return TRUE;
}

gboolean
sg_budget_check (SgBudget *budget, GError **error)
{
  if (budget == NULL)
    return TRUE;
  if (!budget->over)
    look (budget);
  if (g_cancellable_set_error_if_cancelled (budget->cancellable, error))
    return FALSE;
  if (sg_budget_spend (budget))
    return TRUE;
  g_set_error_literal (error, SG_BASE_ERROR, SG_BASE_ERROR_TIMEOUT, "analysis: there is no time left");
  sg_error_add_text (error, SG_DETAIL_OPERATION, "analysis");
  return FALSE;
}

void
sg_budget_begin_part (const SgBudget *whole, double share, SgBudget *part)
{
  *part = whole ? *whole : (SgBudget){ .left = G_MAXUINT64 };
  if (whole == NULL)
    return;
  part->taken = 0;
  if (whole->left != G_MAXUINT64)
    part->left = (guint64)ceil (whole->left * share);
  if (whole->deadline_us > 0)
    {
      gint64 now = g_get_monotonic_time ();
      part->deadline_us = now + (gint64)((whole->deadline_us - now) * share);
    }
}

void
sg_budget_end_part (SgBudget *whole, const SgBudget *part)
{
  if (whole == NULL)
    return;
  if (whole->left != G_MAXUINT64)
    whole->left -= MIN (whole->left, part->taken);
  whole->cut |= part->cut;
}
