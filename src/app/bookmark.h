/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the person is, in a file beside the history: of each tab the open sketch, its file, and words that
 * are typed and not applied yet; in which window it is, and whether it is the one that is seen there. The
 * next start goes on there, be it after a crash. Main thread; a worker writes and fsyncs, within a second.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SG_TYPE_BOOKMARK (sg_bookmark_get_type ())
G_DECLARE_FINAL_TYPE (SgBookmark, sg_bookmark, SG, BOOKMARK, GObject)

#define SG_BOOKMARK_MAX_PLACES 32

typedef struct
{
  gint64 sketch_id; /* in the history; 0: it is not there */
  char *file;       /* (nullable): URI of the sketch's file, or of a model that is shown */
  char *draft;      /* (nullable): words */
  guint window;     /* places of one window have the same number; set by sg_bookmark_arrange */
  gboolean selected;
} SgPlace;

typedef struct
{
  gconstpointer tab;
  guint window; /* any number, of which another window has another */
  gboolean selected;
} SgSeat;

void sg_place_free (SgPlace *place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgPlace, sg_place_free)

SgBookmark *sg_bookmark_new (const char *path); /* NULL: XDG_DATA_HOME/simgen/bookmark.ini */

/* The places that were last set, at most SG_BOOKMARK_MAX_PLACES; what makes no sense is left out. A small
 * file; blocks for as long as opening it does. Returns: (transfer full): SgPlace. */
GPtrArray *sg_bookmark_read (SgBookmark *self);

/* Sets what is in `tab` (any pointer, that is not looked into), soon. One with neither a sketch nor a file
 * nor a draft is not written, and as long as there never was another the file stays as it is. */
void sg_bookmark_set (SgBookmark *self, gconstpointer tab, const SgPlace *place);

/* Says where the tabs are, in their order; one that is left out stays behind them where it was. */
void sg_bookmark_arrange (SgBookmark *self, const SgSeat *seats, guint n);

/* That tab is gone, and is not to come back. */
void sg_bookmark_remove (SgBookmark *self, gconstpointer tab);

/* Writes at once what is set, and waits; for the end of the program. */
void sg_bookmark_flush (SgBookmark *self);

G_END_DECLS
