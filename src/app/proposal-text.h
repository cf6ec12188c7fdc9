/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a proposed change would change, in the words of the list of parts. Any thread.
 */
#pragma once

#include "assist/proposal.h"

G_BEGIN_DECLS

/* "Ball 2: Moving body → Pin". Returns: (transfer full). */
char *sg_proposal_text (const SgSuggestion *suggestion, const SgReading *reading);

/* The role whose icon stands for it; -1: none does. */
int sg_proposal_look (const SgSuggestion *suggestion, const SgReading *reading);

G_END_DECLS
