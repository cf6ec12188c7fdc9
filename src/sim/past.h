/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run that is over, as whoever kept it can show it: sg_simulation_set_past plays it like its own record,
 * forwards and backwards, and adds nothing to it. Made by what is right of sim; used on the simulation's
 * thread.
 */
#pragma once

#include "physics/model.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 step; /* since the start */
  char *name;   /* (owned) (nullable) */
} SgPastMark;

typedef struct
{
  SgModel *model;      /* (owned) */
  guint64 first, last; /* steps */
  GArray *marks;       /* (owned) (element-type SgPastMark) */
  /* The state after so many steps, within the two, into `data` of the model, brought up to date; its bodies
   * are where they were, which its coordinates tell only nearly (sim/place.h). FALSE with an error leaves
   * `data` at any state of the model. */
  gboolean (*show) (guint64 step, mjData *data, gpointer user_data, GError **error);
  gpointer user_data;
  GDestroyNotify free;
} SgPast;

static inline void
sg_past_clear_mark (gpointer mark)
{
  g_free (((SgPastMark *)mark)->name);
}

/* With no marks yet; an atomic GRcBox. `user_data` is taken over. */
static inline SgPast *
sg_past_new (SgModel *model, gpointer user_data, GDestroyNotify free)
{
  SgPast *past = g_atomic_rc_box_new0 (SgPast);

  past->model = sg_model_ref (model);
  past->marks = g_array_new (FALSE, FALSE, sizeof (SgPastMark));
  g_array_set_clear_func (past->marks, sg_past_clear_mark);
  past->user_data = user_data;
  past->free = free;
  return past;
}

static inline void
sg_past_clear (gpointer data)
{
  SgPast *past = data;

  past->free (past->user_data);
  sg_model_unref (past->model);
  g_array_unref (past->marks);
}

static inline void
sg_past_unref (SgPast *past)
{
  g_atomic_rc_box_release_full (past, sg_past_clear);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgPast, sg_past_unref)

G_END_DECLS
