/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a helper answers (base/handover.h), and ends.
 */
#pragma once

#include "base/handover.h"

G_BEGIN_DECLS

/* Tells of a stage that begins, by its letter. */
void sg_answer_begin_stage (char stage);

/* The answer; nothing that broken input left behind is run any more. */
G_GNUC_NORETURN void sg_answer (SgHandoverLocks locks,
                                SgHandoverVerdict verdict,
                                const void *first,
                                gsize first_size,
                                const void *second,
                                gsize second_size);

G_END_DECLS
