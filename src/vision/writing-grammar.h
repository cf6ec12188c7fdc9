/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a written label may say, as a graph of states: from each state to the next by one sign. Labels are
 * those that vision/text.h understands: a number and its unit, a name with its number, or one word. Internal
 * to vision; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SG_GRAMMAR_SIGNS_MAX 96

typedef struct
{
  guint8 sign;  /* index into SgGrammar.signs */
  guint16 to;   /* state */
  gint16 next;  /* edge from the same state, -1 at the end */
  gboolean gap; /* a blank stands before the sign */
} SgGrammarEdge;

typedef struct
{
  gint16 first;    /* edge, -1 where none */
  gboolean accept; /* the label may end here */
} SgGrammarState;

typedef struct
{
  GArray *states; /* of SgGrammarState; 0 is the start */
  GArray *edges;  /* of SgGrammarEdge */
  gunichar signs[SG_GRAMMAR_SIGNS_MAX];
  guint n_signs;
} SgGrammar;

/* The labels. */
SgGrammar *sg_grammar_new (void);
/* Any letters and digits: a guess at what is no label. */
SgGrammar *sg_grammar_new_free (void);
void sg_grammar_free (SgGrammar *grammar);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgGrammar, sg_grammar_free)

static inline const SgGrammarState *
sg_grammar_state (const SgGrammar *grammar, guint i)
{
  return &g_array_index (grammar->states, SgGrammarState, i);
}
static inline const SgGrammarEdge *
sg_grammar_edge (const SgGrammar *grammar, guint i)
{
  return &g_array_index (grammar->edges, SgGrammarEdge, i);
}

G_END_DECLS
