/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reference card of the notation: what can be drawn, what it becomes, and each mark in ink as a hand
 * draws it. A test reads every card back: what is recognised is what the card promises. Pure; any thread.
 */
#pragma once

#include "sketch/page.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;    /* untranslated (N_): "Spring" */
  const char *drawn;   /* untranslated: how to draw it */
  const char *becomes; /* untranslated: what it does */
  const char *ink;     /* strokes, for sg_notation_card_page () */
  const char *reads;   /* (nullable) roles that a reading has at least: "1 body, 1 spring"; NULL for what is a
                          gesture, not a mark */
} SgNotationCard;

/* In the order of a first lesson. */
const SgNotationCard *sg_notation_cards (guint *n_cards);

/* The card's ink. Returns: (transfer full). */
SgPage *sg_notation_card_page (const SgNotationCard *card);

G_END_DECLS
