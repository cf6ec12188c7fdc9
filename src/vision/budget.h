/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a reading may cost: until a deadline, or so many pieces of work, or until it is cancelled. Work asks
 * before each piece that is not small; once refused, it is refused for good. Internal to vision; one thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  GCancellable *cancellable; /* (nullable), borrowed */
  gint64 deadline_us;        /* monotonic; 0: none */
  guint64 left;              /* pieces of work */
  guint asked;
  gboolean over;
} SgBudget;

/* `deadline_ms` < 0: none. `most_work` 0: any amount. */
void sg_budget_init (SgBudget *budget, GCancellable *cancellable, double deadline_ms, guint64 most_work);

/* FALSE where there is no more to spend. One piece is what reading a stroke costs. */
gboolean sg_budget_spend (SgBudget *budget);

static inline gboolean
sg_budget_is_over (const SgBudget *budget)
{
  return budget->over;
}

G_END_DECLS
