/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Above the words: what a language model is asked, how far its answer is, and what it proposes as a list of
 * differences, each with its reason and a tick; or what it, or SimGen itself, says in words. It shows and
 * tells; who asks is the window. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "assist/assist.h"
#include "assist/proposal.h"

G_BEGIN_DECLS

#define SG_TYPE_PROPOSAL_PANEL (sg_proposal_panel_get_type ())
G_DECLARE_FINAL_TYPE (SgProposalPanel, sg_proposal_panel, SG, PROPOSAL_PANEL, AdwBin)

/* Signals: "cancelled"         the question under way is not wanted any more;
 *          "accepted"          sg_proposal_panel_get_ticked has what of it is;
 *          "closed"            nothing of what is shown is wanted;
 *          "ask"               a model is to explain it too. */

/* -- While it is asked -- */
void sg_proposal_panel_begin (SgProposalPanel *self, const char *title);
void sg_proposal_panel_show_progress (SgProposalPanel *self, const SgAssistProgress *progress);

/* -- What came of it -- */

/* Takes `proposal`; `figures` (nullable): a line about the answer. */
void sg_proposal_panel_show (SgProposalPanel *self,
                             SgProposal *proposal,
                             SgReading *reading,
                             const char *figures);
/* Words under a title; `can_ask`: whether a model can be asked for more. */
void sg_proposal_panel_show_words (SgProposalPanel *self,
                                   const char *title,
                                   const char *words,
                                   const char *figures,
                                   gboolean can_ask);
void sg_proposal_panel_hide (SgProposalPanel *self);

SgProposal *sg_proposal_panel_get_proposal (SgProposalPanel *self); /* (transfer none) (nullable) */
/* Indices of the ticked changes. (transfer full) (element-type guint) */
GArray *sg_proposal_panel_get_ticked (SgProposalPanel *self);

/* "Gemma 3 · 2.4 s, first word after 0.6 s · 812 + 96 tokens". (transfer full) */
char *sg_proposal_panel_format_answer (const SgAssistAnswer *answer);

G_END_DECLS
