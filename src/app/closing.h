/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Before desks are closed: what is not in the history is written. The person is asked only where something
 * would be lost or end: a run that is being recorded, and a changed sketch that the history could not take.
 * Main thread.
 */
#pragma once

#include "app/desk.h"

G_BEGIN_DECLS

/* Whether, as far as is known, nothing has to be asked. All of SgDesk. */
gboolean sg_closing_is_safe (const GPtrArray *desks);

/* Pauses them, and calls back once all is kept, given up or saved as a file. With a keeper. */
void sg_closing_async (GPtrArray *desks, GAsyncReadyCallback callback, gpointer user_data);
gboolean sg_closing_finish (GAsyncResult *result); /* FALSE: they stay */

G_END_DECLS
