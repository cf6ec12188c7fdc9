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

/* What the strokes of a row may be, taken as characters: each few neighbouring ones are read when that is
 * first asked for, and then kept, as a row that is no label is read again as any writing. */
typedef struct _SgRowGlyphs SgRowGlyphs;

/* Of `n` >= 1 strokes, at most SG_WRITING_STROKES_MAX, from left to right by the middle of their bounds, in a
 * row `height` tall. The model and the strokes must outlive it. Returns: (transfer full). */
SgRowGlyphs *
sg_row_glyphs_new (const SgGlyphModel *model, const SgInk *const *strokes, guint n, double height);
void sg_row_glyphs_free (SgRowGlyphs *glyphs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgRowGlyphs, sg_row_glyphs_free)
/* How often the model was asked; for tests of what is kept. */
guint sg_row_glyphs_n_read (const SgRowGlyphs *glyphs);

/* A grammar as it is read with a model's shapes; immutable, made once. Both must outlive it. */
typedef struct _SgWritingDecoder SgWritingDecoder;

SgWritingDecoder *sg_writing_decoder_new (const SgGlyphModel *model, const SgGrammar *grammar);
void sg_writing_decoder_free (SgWritingDecoder *decoder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgWritingDecoder, sg_writing_decoder_free)

/* Reads a row, whose model is the decoder's. Fills `guesses`, the best first, with different texts to be
 * freed by the caller; returns how many, 0 where the grammar allows none or where no score comes to
 * `least`. */
guint sg_writing_decode (const SgWritingDecoder *decoder,
                         SgRowGlyphs *glyphs,
                         double least,
                         SgWritingGuess guesses[SG_WRITING_GUESSES]);

G_END_DECLS
