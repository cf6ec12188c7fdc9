/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where characters belong in a row of writing: capitals and digits stand on the line, "g" hangs below it,
 * "°" floats at the top. Internal to vision; any thread.
 */
#pragma once

#include "base/geometry.h"

G_BEGIN_DECLS

typedef struct
{
  gunichar sign;     /* what it is read as */
  const char *shape; /* all that its shape may be read as (vision/glyph.h) */
  SgRect box;
} SgPlacedGlyph;

/* Root mean square distance of the glyphs' tops and bottoms from where they belong in the row that suits them
 * best, as part of a capital's height; INFINITY where no row does. n >= 1. */
double sg_placed_glyphs_misfit (const SgPlacedGlyph *glyphs, guint n);

/* 0..1: how unlike a mark of the notation the character is. A line might be a rod, a circle a ball. */
double sg_placed_glyph_evidence (const SgPlacedGlyph *glyph);

G_END_DECLS
