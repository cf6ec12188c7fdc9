/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a language model proposes for a sketch: typed operations on its marks, ranked, each with a reason. The
 * answer is a stranger's: data/schema/proposal.schema.json describes it, and all of it is checked here, its
 * size, structure, references, numbers and language. An operation is a correction of the document as the
 * person makes one in the list of parts, or words for the grammar of physics/words.h: nothing of an answer
 * becomes a path, an address or MJCF. Immutable once read; any thread.
 */
#pragma once

#include "sketch/journal.h"
#include "vision/reading.h"

G_BEGIN_DECLS

typedef enum
{
  SG_SUGGESTION_CHOOSE, /* a mark is drawn as something else, or serves as something else */
  SG_SUGGESTION_SET,    /* a property of a mark */
  SG_SUGGESTION_RELATE, /* two marks, or a mark and the world, hold together */
  SG_SUGGESTION_NAME,   /* what to call a part */
  SG_SUGGESTION_SAY,    /* words that SimGen understands */
  SG_N_SUGGESTION_KINDS
} SgSuggestionKind;

/* What SET sets beside the numbers of sketch/correction.h. */
#define SG_SUGGESTION_MATERIAL SG_N_PROPERTIES   /* `text`: a name of physics/material.h */
#define SG_SUGGESTION_TEXT (SG_N_PROPERTIES + 1) /* `text`: what the writing reads */

typedef struct
{
  SgSuggestionKind kind;
  int element;             /* index in the reading; -1: SAY */
  int as_kind, as_role;    /* CHOOSE: SgKind, SgRole; -1: stays */
  int property;            /* SET: SgProperty or one of the two above */
  double value;            /* SET: by its property's unit, within its range */
  char *text;              /* SET, NAME, SAY; plain */
  SgRelationKind relation; /* RELATE: hinge, weld, attached or anchored */
  int other;               /* RELATE: index; -1: the world */
  SgPoint point;           /* RELATE: page units; NAN where unsaid */
  double confidence;       /* 0..1, the model's own */
  char *reason;            /* plain text, one line; "" where there was none, or in another language */
} SgSuggestion;

typedef struct
{
  char *summary;           /* plain text; may be "" */
  GArray *operations;      /* SgSuggestion, the most certain first */
  GPtrArray *problems;     /* char *: what was wrong with the rest, and where: "operations[3].value: ..." */
  gboolean wrong_language; /* summary and reasons were, and are left out */
} SgProposal;

const char *sg_suggestion_kind_name (SgSuggestionKind kind); /* as in the answer: "choose" */

/* The answer of `size` bytes to a question about `reading`, wanted in `language` ("en", "de_AT").
 * Operations that mean nothing are left out and told among the problems, for a repair turn; an answer of
 * which nothing is left is no error. Text around the JSON is skipped, as models like to talk. Errors:
 * assist.unsuitable where it is no proposal at all, assist.too-large over a limit. Returns: (transfer
 * full). */
SgProposal *sg_proposal_parse (
  const char *text, gsize size, const SgReading *reading, const char *language, GError **error);
void sg_proposal_free (SgProposal *proposal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgProposal, sg_proposal_free)

void sg_suggestion_clear (SgSuggestion *operation);

/* The problems as a list for a model. Returns: (transfer full). */
char *sg_proposal_dup_problems (const SgProposal *proposal);

/* Those operations of `operations` that are at `chosen` (n indices), as one step to undo, on the page as it
 * is `now`. `page` is the one that `reading` was read from; `words` (nullable: those of `now`) are what SAY
 * adds to. Where marks hold together by a pin or a weld that mark is drawn: ink that the person sees and may
 * rub out. Returns: (transfer full). */
SgEdit *sg_proposal_make_edit (const GArray *operations,
                               const guint *chosen,
                               guint n,
                               const SgPage *page,
                               const SgReading *reading,
                               const SgPage *now,
                               const char *words);

G_END_DECLS
