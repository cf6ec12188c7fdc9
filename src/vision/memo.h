/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What recognition remembers from one page to the next. Strokes are immutable and pages share them, so what
 * was found out about a stroke, or about some strokes taken together, holds wherever the same strokes come
 * again. What neither a page nor the one before it asked for is forgotten. Internal to vision; one thread at
 * a time.
 */
#pragma once

#include "sketch/page.h"
#include "vision/single.h"

G_BEGIN_DECLS

typedef struct _SgMemo SgMemo;

SgMemo *sg_memo_new (void);
void sg_memo_free (SgMemo *memo);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgMemo, sg_memo_free)

/* Around everything that is asked for a page: `end` forgets. */
void sg_memo_begin_page (SgMemo *memo);
void sg_memo_end_page (SgMemo *memo);

/* The trace of a drawn stroke, known or new. A stroke that stands on the page twice has one trace. Its
 * ink's place on the page (`stroke`) says nothing. */
SgTrace *sg_memo_trace_of_stroke (SgMemo *memo, SgStroke *stroke);
/* By the id of its ink, NULL where that is not known. */
SgTrace *sg_memo_trace (SgMemo *memo, guint64 id);

#define SG_MEMO_PARTS 8

/* Some strokes in an order, and a question about them. */
typedef struct
{
  guint question;
  guint n;
  guint64 parts[SG_MEMO_PARTS]; /* n; by sg_memo_part () */
} SgMemoKey;

/* `detail` < 256: how the stroke takes part. 0 where the stroke has no id: such keys are not remembered. */
static inline guint64
sg_memo_part (const SgTrace *trace, guint detail)
{
  return trace->id << 8 | (trace->id ? detail : 0);
}

/* Whether the question has been answered; `verdict` (out, transfer none, nullable): how, NULL: not worth
 * reading as one mark. */
gboolean sg_memo_find (SgMemo *memo, const SgMemoKey *key, SgVerdict **verdict);
/* Keeps a reference of its own. */
void sg_memo_keep (SgMemo *memo, const SgMemoKey *key, SgVerdict *verdict);

/* How many traces and verdicts are kept now; for tests of what is forgotten. */
guint sg_memo_size (const SgMemo *memo);

G_END_DECLS
