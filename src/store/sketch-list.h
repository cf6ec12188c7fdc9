/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lists of sketches, of their versions and of their tags: one statement a list, whatever belongs to its rows.
 * As in store/sketches.h, what the functions mean is said in store/history.h.
 */
#pragma once

#include "store/database.h"
#include "store/history.h"

G_BEGIN_DECLS

#define SG_LIST_LIMIT 200 /* rows of one page */

GPtrArray *sg_sketch_list_find (SgDatabase *db, const SgSketchQuery *query, GError **error);
SgHistoryEntry *sg_sketch_list_get (SgDatabase *db, gint64 id, GError **error);
gint64 sg_sketch_list_get_last (SgDatabase *db);
GPtrArray *
sg_sketch_list_versions (SgDatabase *db, gint64 sketch_id, gint64 before_us, guint limit, GError **error);
GPtrArray *sg_sketch_list_tags (SgDatabase *db, GError **error);

/* "car, physics" as its parts. Returns: (transfer full). */
char **sg_sketch_list_split_tags (const char *tags);

G_END_DECLS
