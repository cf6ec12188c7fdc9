/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The history's statements run straight on SQLite: what benchmarks compare with; and histories of any size
 * for them.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SgStoreReference SgStoreReference;

/* Adds `n_runs` runs over n_runs / 50 sketches to the history at `path`, with thumbnails of 1,500 bytes and
 * titles and words of a small vocabulary. The history must be there and nobody may have it open. */
gboolean sg_store_reference_fill (const char *path, guint n_runs, GError **error);

/* One more connection to that history, with the pragmas that our writer has for a run. */
SgStoreReference *sg_store_reference_new (const char *path, GError **error);
void sg_store_reference_free (SgStoreReference *reference);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgStoreReference, sg_store_reference_free)

/* The statements of that name in resources/sql/queries, each row's columns read. Returns the number of rows,
 * -1 with `error`. */
int sg_store_reference_list (SgStoreReference *reference, gint64 before_us, guint limit, GError **error);
int sg_store_reference_grid (SgStoreReference *reference, gint64 before_us, guint limit, GError **error);
int sg_store_reference_search (
  SgStoreReference *reference, gboolean best, const char *match, guint limit, GError **error);

/* Inserts a run of sketch 1 in a transaction of its own. FALSE with `error`. */
gboolean
sg_store_reference_insert (SgStoreReference *reference, GBytes *thumbnail, const char *mjcf, GError **error);

G_END_DECLS
