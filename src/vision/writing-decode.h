/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row of strokes to text: the strokes are cut into characters and the characters read in the way that the
 * grammar allows and the recogniser of characters likes best. Internal to vision; any thread.
 */
#pragma once

#include "vision/glyph.h"
#include "vision/writing-grammar.h"

G_BEGIN_DECLS

#define SG_WRITING_STROKES_MAX 40 /* of a row */
#define SG_WRITING_GUESSES 4

typedef struct
{
  char *text;      /* as it would be typed */
  double log_p;    /* of the characters, a stroke; <= 0 */
  double misfit;   /* how far they are from where they belong in a row, part of a capital's height */
  double evidence; /* characters, each by how unlike a mark of the notation it is: "1" counts little */
  guint n_glyphs;
  double score; /* what the guesses are ordered by; <= 0 */
} SgWritingGuess;

/* Reads `n` >= 1 strokes, at most SG_WRITING_STROKES_MAX, from left to right by the middle of their bounds,
 * in a row `height` tall. Fills `guesses`, the best first, with different texts to be freed by the caller;
 * returns how many, 0 where the grammar allows none or where no score comes to `least`. */
guint sg_writing_decode (const SgGlyphModel *model,
                         const SgGrammar *grammar,
                         const SgInk *const *strokes,
                         guint n,
                         double height,
                         double least,
                         SgWritingGuess guesses[SG_WRITING_GUESSES]);

G_END_DECLS
