/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keeps pages in the history one write after another, so that the id of a new sketch is known before its
 * next version is written. Main thread; a worker paints the thumbnail, the history's own thread writes.
 */
#pragma once

#include <gio/gio.h>

#include "sketch/page.h"
#include "store/cache.h"
#include "store/history.h"

G_BEGIN_DECLS

/* A sketch's place in the history; reference-counted (g_rc_box), for it outlives its time on the screen. */
typedef struct
{
  gint64 id;          /* 0: not kept yet */
  gint64 pictured_us; /* monotonic time of its last picture; 0: none yet */
  gboolean stale;     /* what was last written has no picture of its own yet, or could not be written */
  gboolean failed;    /* the newest page could not be written */
} SgKept;

SgKept *sg_kept_new (gint64 id);

#define SG_TYPE_KEEPER (sg_keeper_get_type ())
G_DECLARE_FINAL_TYPE (SgKeeper, sg_keeper, SG, KEEPER, GObject)

/* Signals: "kept"                a page was written;
 *          "problem" (GError *)  a write failed as none before it: said once as long as that goes on;
 *          "recovered"           the first write that did not, after a problem. */
SgKeeper *sg_keeper_new (SgHistory *history);

/* Where pictures of pages that were there before are found; (nullable). */
void sg_keeper_set_cache (SgKeeper *self, SgCache *cache);

/* Queues a write of `page` as the newest version of `kept`; a version that still waits is skipped for it. A
 * picture goes with it where the last one is SG_KEEPER_PICTURE_SECONDS old or `whole` asks for it, else
 * later. What fails is tried again until it is written or replaced; a sketch that is no longer in the
 * history is kept as a new one. */
#define SG_KEEPER_PICTURE_SECONDS 10
void sg_keeper_keep (SgKeeper *self, SgKept *kept, SgPage *page, gboolean whole);

/* Keeps a run of `kept`, as soon as that is in the history itself; copies `run`, whose sketch_id does not
 * count. */
void sg_keeper_add_run (SgKeeper *self, SgKept *kept, const SgRunRecord *run);

/* Whether what is kept now is there after the program: the history is a file, and the last write went well.
 */
gboolean sg_keeper_is_well (SgKeeper *self);

/* Whether the newest page of `kept` is not to be there after the program, of those that were written or tried
 * to be. */
gboolean sg_keeper_has_lost (SgKeeper *self, const SgKept *kept);

/* Calls back once everything queued so far, with its picture, is written or has failed. */
void sg_keeper_settle_async (SgKeeper *self, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
