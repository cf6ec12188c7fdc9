/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A question as it waits: a copy of what was asked, immutable and reference-counted, so that workers can
 * read it. */
#pragma once

#include "assist/assist.h"
#include "assist/reply.h"

G_BEGIN_DECLS

typedef struct
{
  gatomicrefcount ref_count;
  SgAssistQuestion said; /* all owned */
} SgQuestion;

SgQuestion *sg_question_new (const SgAssistQuestion *said); /* takes the check's data over */
SgQuestion *sg_question_ref (SgQuestion *self);
void sg_question_unref (SgQuestion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgQuestion, sg_question_unref)

/* What the answer that this provider would give is kept by: 64 hexadecimal digits that depend on all that is
 * asked and on the model, not on the key. `provider` NULL: what the question itself is known by. Reads the
 * picture, so it is for workers. Returns: (transfer full). */
char *sg_question_dup_name (const SgQuestion *self, const SgAssistProvider *provider);

/* Whether the answer's text is what was asked for; without a check any is. For workers. */
gboolean sg_question_check (const SgQuestion *self, const char *text, GError **error);

/* An answer as the cache keeps it, and back. NULL: it is none of ours. Returns: (transfer full). */
GBytes *sg_answer_to_bytes (const SgAssistAnswer *answer);
SgAssistAnswer *sg_answer_from_bytes (GBytes *bytes);
SgAssistAnswer *sg_answer_copy (const SgAssistAnswer *answer);

G_END_DECLS
