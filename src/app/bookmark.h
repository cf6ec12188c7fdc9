/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the person is, in a file beside the history: the open sketch, and words that are typed and not
 * applied yet. A start after a crash goes on there. Main thread; a worker writes and fsyncs, within a
 * second.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SG_TYPE_BOOKMARK (sg_bookmark_get_type ())
G_DECLARE_FINAL_TYPE (SgBookmark, sg_bookmark, SG, BOOKMARK, GObject)

SgBookmark *sg_bookmark_new (const char *path); /* NULL: XDG_DATA_HOME/simgen/bookmark.ini */

/* Reads what was last set; FALSE where there is nothing that makes sense. `draft` (transfer full) (nullable):
 * none. A small file; blocks for as long as opening it does. */
gboolean sg_bookmark_read (SgBookmark *self, gint64 *sketch_id, char **draft);

/* Sets it, soon: 0 for a sketch that is not in the history. Nothing is written where nothing changed. */
void sg_bookmark_set (SgBookmark *self, gint64 sketch_id, const char *draft);

/* Writes at once what is set, and waits; for the end of the program. */
void sg_bookmark_flush (SgBookmark *self);

G_END_DECLS
