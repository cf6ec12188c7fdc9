/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Written characters, one at a time: which shape a few strokes have, in whatever order and direction they
 * were drawn. A network of one hidden layer over where the ink runs in which direction (Bai and Huo, "A study
 * on the use of 8-directional features for online handwritten Chinese character recognition", 2005, without
 * the sign of the direction); build-aux/train-glyphs teaches it from skeletons. Internal to vision; any
 * thread.
 */
#pragma once

#include "vision/ink.h"

G_BEGIN_DECLS

#define SG_GLYPH_SHAPES_MAX 96

typedef struct _SgGlyphModel SgGlyphModel; /* immutable */

SgGlyphModel *sg_glyph_model_new (void);
void sg_glyph_model_free (SgGlyphModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgGlyphModel, sg_glyph_model_free)

/* At most SG_GLYPH_SHAPES_MAX. The last shape is that of whatever is no character. */
guint sg_glyph_model_n_shapes (const SgGlyphModel *model);

/* What a shape may be read as, in UTF-8: "0oO°". Its first character is the one it is named by. */
const char *sg_glyph_model_characters (const SgGlyphModel *model, guint shape);

/* Fills `log_p` (n_shapes) with the logarithm of each shape's probability for the `n` >= 1 strokes, which
 * stand in a row of writing `row_height` tall: something much smaller is not enlarged to a character. */
void sg_glyph_model_read (
  const SgGlyphModel *model, const SgInk *const *strokes, guint n, double row_height, float *log_p);

G_END_DECLS
