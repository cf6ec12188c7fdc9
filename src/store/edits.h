/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Changes to what is kept. As in store/sketches.h: what they mean is said in store/history.h.
 */
#pragma once

#include "store/database.h"
#include "store/history.h"

G_BEGIN_DECLS

/* `now_us` as in store/sketches.h. */
gint64 sg_edits_apply (SgDatabase *db, const SgHistoryEdit *edit, gint64 now_us, GError **error);

/* One more tag for a sketch. FALSE with store.invalid. */
gboolean sg_edits_add_tag (SgDatabase *db, gint64 sketch_id, const char *text, GError **error);

G_END_DECLS
