/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A language model's answer, read and tried: each proposed change is made by itself on a copy of the page,
 * which is then recognised, checked and compiled as any page is. What breaks a rule, cannot be compiled, is
 * not understood or changes nothing is left out. Blocking; any thread but the main one, which has the _async
 * form.
 */
#pragma once

#include <gio/gio.h>

#include "assist/proposal.h"
#include "store/cache.h"

G_BEGIN_DECLS

/* The proposal that `answer` makes for `page`, read as `reading`, without what does not hold: that is among
 * its problems. `cache` (nullable). Errors: as for sg_proposal_parse; assist.unsuitable also where all of it
 * was left out, or its reasons are in another language than asked for: a model is told the message and may
 * try once more; G_IO_ERROR_CANCELLED. Returns: (transfer full). */
SgProposal *sg_trial_read (const char *answer,
                           SgPage *page,
                           SgReading *reading,
                           const char *language,
                           SgCache *cache,
                           GCancellable *cancellable,
                           GError **error);

/* In a worker. `answer` and `language` are copied. */
void sg_trial_read_async (const char *answer,
                          SgPage *page,
                          SgReading *reading,
                          const char *language,
                          SgCache *cache,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
SgProposal *sg_trial_read_finish (GAsyncResult *result, GError **error);

G_END_DECLS
