/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables of sketches, their versions and their pictures. What these functions mean is said in
 * store/history.h; here they take the connection. Each runs inside a transaction of the caller's.
 */
#pragma once

#include "store/database.h"
#include "store/history.h"

G_BEGIN_DECLS

/* `now_us` is the present time: two saves may be given any, also out of order. */
gint64 sg_sketches_save (
  SgDatabase *db, gint64 id, const SgPage *page, GBytes *thumbnail, gint64 now_us, GError **error);
gboolean sg_sketches_rename (SgDatabase *db, gint64 id, const char *title, GError **error);
gboolean sg_sketches_delete (SgDatabase *db, gint64 id, GError **error);
SgPage *sg_sketches_load (SgDatabase *db, gint64 id, GError **error);
SgPage *sg_sketches_load_version (SgDatabase *db, gint64 version_id, GError **error);

/* The version of a sketch with this page, made at that time where there is none: `added` says so. 0 with
 * `error`. */
gint64 sg_sketches_put_version (SgDatabase *db,
                                gint64 sketch_id,
                                const SgPage *page,
                                GBytes *thumbnail,
                                gint64 created_us,
                                gboolean *added,
                                GError **error);

/* Sets store.not-found: no `what` with this id. Returns FALSE. */
gboolean sg_sketches_set_not_found (const char *what, gint64 id, GError **error);

G_END_DECLS
