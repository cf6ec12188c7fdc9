/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pieces of a mask (0: paper, 255: ink; the outermost pixels are paper) that hang together. Any thread.
 * Internal to vision.
 */
#pragma once

#include <glib.h>

#include "base/geometry.h"

G_BEGIN_DECLS

/* Takes away the pieces of ink of at most `speck` pixels, and those without a pixel in which `strength`
 * exceeds `least`. */
void sg_pieces_keep_ink (
  guint8 *mask, int width, int height, const guint8 *strength, double least, double speck);

/* Fills paper inside ink of at most `speck` pixels: a flaw of the pen. */
void sg_pieces_fill_holes (guint8 *mask, int width, int height, double speck);

/* Paper that ink encloses. */
typedef struct
{
  int left, top, right, bottom; /* its outermost pixels */
  guint n;                      /* pixels */
  SgPoint sum;                  /* of their places */
  GArray *runs;                 /* SgPixelRun: the pixels */
} SgHole;

typedef struct
{
  guint first, end; /* pixels of the mask */
} SgPixelRun;

/* All holes of at most `largest` pixels a side, from the top down. Returns: (transfer full): of SgHole. */
GArray *sg_pieces_find_holes (const guint8 *mask, int width, int height, int largest);

G_END_DECLS
