/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a mark may be said to be: as what it may serve, and what its ink looks like. Any thread.
 */
#pragma once

#include "vision/reading.h"

G_BEGIN_DECLS

typedef struct
{
  const char *label;
  int kind;          /* an SgKind that it has to be drawn as; -1: as it is */
  int role;          /* an SgRole; -1: whatever the recogniser makes of the kind */
  double confidence; /* 0..1, the recogniser's; NAN: it has none */
} SgPartChoice;

/* As what a mark read as `kind` may serve, labels translated; at most `room`, returns how many. */
guint sg_part_choices (SgKind kind, SgPartChoice *choices, guint room);

/* The few that are worth offering at the mark itself: first what it is now, then what else its ink looks
 * like, then as what else it may serve, last that it is only ink. At most `room`, returns how many. */
guint sg_part_likely_choices (const SgElement *element, SgPartChoice *choices, guint room);

/* Whether the element is that already. */
gboolean sg_part_choice_holds (const SgPartChoice *choice, const SgElement *element);

/* The role whose icon stands for the choice. */
SgRole sg_part_choice_look (const SgPartChoice *choice);

/* What holds for the mark, `now`, with the choice said of it. (transfer full) */
SgCorrection *sg_part_choice_say (const SgPartChoice *choice, const SgCorrection *now);

G_END_DECLS
