/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of simulations. As in store/sketches.h: what the functions mean is said in store/history.h.
 */
#pragma once

#include "store/database.h"
#include "store/history.h"

G_BEGIN_DECLS

/* `now_us` as in store/sketches.h; a NULL session of `run` is ''. */
gint64 sg_runs_add (SgDatabase *db, const SgRunRecord *run, gint64 now_us, GError **error);
gint64 sg_runs_update (SgDatabase *db, gint64 id, const SgRunRecord *run, gint64 now_us, GError **error);
GPtrArray *sg_runs_find (SgDatabase *db, const SgRunQuery *query, GError **error);
SgRunEntry *sg_runs_get (SgDatabase *db, gint64 id, GError **error);

G_END_DECLS
