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
  guint64 left;              /* pieces of work; G_MAXUINT64: any amount */
  guint64 taken;             /* likewise, so far */
  guint asked;
  gboolean over;
  gboolean cut; /* something was left out: it is over, or a part of it is */
} SgBudget;

/* `deadline_ms` < 0: none. `most_work` 0: any amount. */
void sg_budget_init (SgBudget *budget, GCancellable *cancellable, double deadline_ms, guint64 most_work);

/* FALSE where there is no more to spend. One piece is what reading a stroke costs. NULL never ends. */
gboolean sg_budget_spend (SgBudget *budget);

/* The same before a piece that is large: the clock is looked at. Errors: G_IO_ERROR_CANCELLED,
 * base.timeout. */
gboolean sg_budget_check (SgBudget *budget, GError **error);

/* Sets aside for one stage what it may take of `whole`, `share` (0..1) of it at most: what it finds before it
 * is cut short can still be read with the rest. Ends with the latter; `whole` is left alone in between. Of
 * NULL a part never ends either. */
void sg_budget_begin_part (const SgBudget *whole, double share, SgBudget *part);
void sg_budget_end_part (SgBudget *whole, const SgBudget *part);

/* Whether time has run out or the work is cancelled, by the clock. Several threads may ask, while none
 * spends. */
gboolean sg_budget_is_late (const SgBudget *budget);

static inline gboolean
sg_budget_is_over (const SgBudget *budget)
{
  return budget->over;
}

G_END_DECLS
