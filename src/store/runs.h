/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of simulations. As in store/sketches.h: what the functions mean is said in store/history.h.
 */
#pragma once

#include "store/database.h"
#include "store/history.h"

G_BEGIN_DECLS

gint64 sg_runs_add (SgDatabase *db, const SgRunRecord *run, GError **error);
GPtrArray *sg_runs_list (SgDatabase *db, gint64 sketch_id, GError **error);

G_END_DECLS
