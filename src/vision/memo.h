/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What recognition remembers from one page to the next. Strokes are immutable and pages share them, so what
 * was found out about a stroke, or about some strokes taken together, holds wherever the same strokes come
 * again. What neither a page nor the one before it asked for is forgotten. Internal to vision; one thread at
 * a time.
 */
#pragma once

#include "sketch/page.h"
#include "vision/near.h"
#include "vision/pose.h"
#include "vision/single.h"
#include "vision/tesseract.h"

G_BEGIN_DECLS

typedef struct _SgMemo SgMemo;

SgMemo *sg_memo_new (void);
void sg_memo_free (SgMemo *memo);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgMemo, sg_memo_free)

/* Around everything that is asked for a page: `end` forgets. */
void sg_memo_begin_page (SgMemo *memo);
void sg_memo_end_page (SgMemo *memo);

/* Whether what is on the page is known but for one stroke, or a few of many, so that reading it costs little.
 */
gboolean sg_memo_knows (const SgMemo *memo, const SgPage *page);

/* The trace of a drawn stroke, known or new. A stroke that stands on the page twice has one trace. Its
 * ink's place on the page (`stroke`) says nothing. */
SgTrace *sg_memo_trace_of_stroke (SgMemo *memo, SgStroke *stroke);
/* What was traced of a picture. */
typedef struct
{
  GArray *ink;  /* of SgInk with ids; their places on the page (`stroke`, `image`) say nothing */
  SgPose sheet; /* how its paper lies on the page */
} SgTracedPicture;

/* NULL where it is not known. */
const SgTracedPicture *sg_memo_picture (SgMemo *memo, const SgImage *image);
/* Takes the ink, and gives it ids. Very much of it is not kept: NULL, and the ink is the caller's still. */
const SgTracedPicture *
sg_memo_keep_picture (SgMemo *memo, SgImage *image, GArray *ink, const SgPose *sheet);

/* By the id of its ink, NULL where that is not known. */
SgTrace *sg_memo_trace (SgMemo *memo, guint64 id);

typedef enum
{
  SG_NEAR_LOOPS, /* the proposers of groups */
  SG_NEAR_ROWS,
  SG_NEAR_CROSSES,
  SG_NEAR_ARROWS,
  SG_NEAR_DAMPERS,
  SG_NEAR_WRITING,
  SG_N_NEARS
} SgNearKind;

/* Which of the page's boxes of a kind are near each other: costs little where they are those of the last
 * time and a few more. Returns: (transfer none), until asked again for that kind; other threads may ask for
 * other kinds meanwhile. */
const SgNear *sg_memo_near (SgMemo *memo, SgNearKind kind, const SgRect *boxes, guint n);
/* Whether that is likely for so many boxes. */
gboolean sg_memo_may_know_near (const SgMemo *memo, SgNearKind kind, guint n);

#define SG_MEMO_PARTS 40

typedef enum
{
  SG_ASK_LOOP,
  SG_ASK_CROSS,
  SG_ASK_ARROW,
  SG_ASK_LABEL,  /* whether a row is a label; only what is none is remembered */
  SG_ASK_WRITING /* the same of any writing */
} SgQuestion;

/* Some strokes in an order, and a question about them. */
typedef struct
{
  SgQuestion question;
  guint n;
  guint64 parts[SG_MEMO_PARTS]; /* n; by sg_memo_part () */
} SgMemoKey;

/* Of the ink's id; `detail` < 256: how it takes part. 0 where it has no id: such keys are not remembered. */
static inline guint64
sg_memo_part (guint64 id, guint detail)
{
  return id << 8 | (id ? detail : 0);
}

/* Whether the question has been answered; `verdict` (out, transfer none, nullable): how, NULL: not worth
 * reading as one mark. */
gboolean sg_memo_find (SgMemo *memo, const SgMemoKey *key, SgVerdict **verdict);
/* Keeps a reference of its own. */
void sg_memo_keep (SgMemo *memo, const SgMemoKey *key, SgVerdict *verdict);

/* In which straight rows linked strokes lie: `ids` are those of their ink (guint64), in an order; `rows`,
 * in the same, numbers as vision/group-row.c gives them. Returns: (transfer none), NULL where it is not
 * known. A page asks for no more strokes than it has, which bounds what is kept. */
GBytes *sg_memo_find_rows (SgMemo *memo, GBytes *ids);
/* Keeps references of its own. */
void sg_memo_keep_rows (SgMemo *memo, GBytes *ids, GBytes *rows);

/* What is printed somewhere in a picture. */
typedef struct
{
  char *text;        /* NULL: nothing that can be read */
  double confidence; /* 0..1 */
  SgRect box;        /* of the words, upright page units */
} SgPrint;

/* At `place` of the upright page, as it was asked for. Returns: (transfer none), NULL where it is not known.
 */
const SgPrint *sg_memo_find_print (SgMemo *memo, const SgImage *image, SgRect place);
/* Takes the text. Returns: (transfer none), as above. */
const SgPrint *sg_memo_keep_print (SgMemo *memo, SgImage *image, SgRect place, SgPrint print);

/* The reader of print, which takes 50 ms to load: kept as long as pages ask for it. Returns: (transfer none),
 * NULL where it is not installed. */
SgTesseract *sg_memo_get_tesseract (SgMemo *memo);

/* How many traces, pictures, verdicts, rows, words and readers of print are kept now; for tests of what is
 * forgotten. */
guint sg_memo_size (const SgMemo *memo);

G_END_DECLS
