/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first pages of lists as they were last read, for as long as the database is what it was then. For one
 * thread at a time.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SgRecentPages SgRecentPages;

SgRecentPages *sg_recent_pages_new (void);
void sg_recent_pages_free (SgRecentPages *pages);

/* The page that was put under `key` while the database was at `data_version`: any other version lets go of
 * all of them. Returns: (transfer full) (nullable). */
GPtrArray *sg_recent_pages_get (SgRecentPages *pages, gint64 data_version, const char *key);

/* Keeps `page` (a reference); neither it nor its entries may change any more. */
void sg_recent_pages_put (SgRecentPages *pages, const char *key, GPtrArray *page);

G_END_DECLS
