/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The kept sketches as a GListModel (of SgHistoryItem), newest first, which reads page after page as it is
 * asked to and never waits: a newer search cancels the older, and until its first page is there the old rows
 * stay. No sketch is in it twice. Main thread.
 */
#pragma once

#include <gio/gio.h>

#include "store/history.h"

G_BEGIN_DECLS

#define SG_TYPE_HISTORY_ITEM (sg_history_item_get_type ())
G_DECLARE_FINAL_TYPE (SgHistoryItem, sg_history_item, SG, HISTORY_ITEM, GObject)

/* Signal "changed": its entry is another one, of the same sketch. */
const SgHistoryEntry *sg_history_item_get_entry (SgHistoryItem *self); /* (transfer none), until it changes */

/* Where pages come from: SgHistory, or what stands for it in a test. */
typedef struct
{
  void (*find_async) (gpointer source,
                      const SgSketchQuery *query,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  GPtrArray *(*find_finish) (gpointer source, GAsyncResult *result, GError **error);
} SgHistoryReader;

#define SG_HISTORY_MODEL_PAGE 50

#define SG_TYPE_HISTORY_MODEL (sg_history_model_get_type ())
G_DECLARE_FINAL_TYPE (SgHistoryModel, sg_history_model, SG, HISTORY_MODEL, GObject)

/* Signal "read" (GError *, nullable): a page was read, or could not be. `reader` NULL: `source` is an
 * SgHistory. */
SgHistoryModel *sg_history_model_new (GObject *source, const SgHistoryReader *reader);

/* Begins anew with what matches; `text`, `tag` (nullable). */
void sg_history_model_search (SgHistoryModel *self, const char *text, const char *tag, gboolean pinned);
void sg_history_model_refresh (SgHistoryModel *self); /* the same search anew */

/* The next page, unless one is being read or all are. */
void sg_history_model_read_more (SgHistoryModel *self);
gboolean sg_history_model_is_complete (SgHistoryModel *self); /* nothing is left to read */
gboolean sg_history_model_is_filtered (SgHistoryModel *self); /* by a text, a tag or the pin */

SgHistoryItem *sg_history_model_find (SgHistoryModel *self, gint64 id, guint *position); /* (transfer none) */

/* Takes a sketch away (a page that is being read does not bring it back), and puts it in where it belongs. */
void sg_history_model_remove (SgHistoryModel *self, gint64 id);
void sg_history_model_put_back (SgHistoryModel *self, SgHistoryEntry *entry);

/* Shows another entry of a sketch that is in it. */
void sg_history_model_update (SgHistoryModel *self, SgHistoryEntry *entry);

G_END_DECLS
