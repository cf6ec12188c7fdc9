/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tour asks of a newcomer, step by step, on a sketch that lacks its rod. A step is done when what it
 * asks for can be seen to have been done. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SG_TOUR_JOIN, /* draw the rod that is missing */
  SG_TOUR_PLAY,
  SG_TOUR_PULL, /* at the ball */
  SG_TOUR_SAY,  /* words */
  SG_TOUR_UNDO,
  SG_TOUR_END,
} SgTourStep;

typedef struct
{
  guint n_hinges; /* as recognised */
  gboolean playing;
  gboolean pulling;  /* a body */
  gboolean said;     /* the page has words */
  gboolean can_redo; /* something was taken back */
} SgTourSight;

/* `step`, or the one after it where that is done. */
SgTourStep sg_tour_advance (SgTourStep step, const SgTourSight *sight);

/* What a step asks for, in the person's language. */
const char *sg_tour_text (SgTourStep step);

G_END_DECLS
