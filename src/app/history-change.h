/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A change to a kept sketch and how it is listed afterwards, in one go on a worker.
 */
#pragma once

#include "store/history.h"

G_BEGIN_DECLS

/* Copies `edit`. */
void sg_history_change_async (SgHistory *history,
                              const SgHistoryEdit *edit,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/* The sketch as it is now, of a duplicate the new one; NULL without `error` where it was deleted. Returns:
 * (transfer full). */
SgHistoryEntry *sg_history_change_finish (GAsyncResult *result, GError **error);

/* What was asked for. */
const SgHistoryEdit *sg_history_change_get_edit (GAsyncResult *result);

G_END_DECLS
