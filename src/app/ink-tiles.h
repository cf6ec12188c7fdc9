/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The settled ink of a page painted into tiles, and kept up to date for no more than what changed: a new
 * stroke touches the tiles that it crosses, however many strokes there are. Main thread.
 */
#pragma once

#include <cairo.h>

#include "sketch/page.h"

G_BEGIN_DECLS

#define SG_TILE 256 /* device pixels, side */

typedef struct
{
  int column, row;
  cairo_surface_t *surface; /* NULL: blank */
  gpointer picture;         /* (nullable): what the caller makes of the surface; dropped once it changes */
} SgInkTile;

typedef struct
{
  double red, green, blue, alpha;
} SgInkColor;

typedef struct _SgInkTiles SgInkTiles;

/* `free_picture`: of tiles. */
SgInkTiles *sg_ink_tiles_new (GDestroyNotify free_picture);
void sg_ink_tiles_free (SgInkTiles *tiles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgInkTiles, sg_ink_tiles_free)

/* Shows the strokes of `page` but those in `hidden` (nullable; a set of SgStroke of the page, read at once:
 * erased or moved by a drag that has not ended). Finds what changed since the last call. */
void sg_ink_tiles_set_page (SgInkTiles *tiles, SgPage *page, GHashTable *hidden);

/* Another colour, or another number of device pixels a page unit, throws all tiles away. */
void sg_ink_tiles_set_color (SgInkTiles *tiles, SgInkColor color);
void sg_ink_tiles_set_scale (SgInkTiles *tiles, double scale);
double sg_ink_tiles_get_scale (const SgInkTiles *tiles);

/* (transfer none): until the next call that changes anything. The tile at column c begins c * SG_TILE / scale
 * page units from zero. */
SgInkTile *sg_ink_tiles_get (SgInkTiles *tiles, int column, int row);

/* What will be seen next: tiles elsewhere are forgotten once there are too many. */
void sg_ink_tiles_keep (SgInkTiles *tiles, int first_column, int last_column, int first_row, int last_row);

/* What a test or a benchmark watches, since made: tiles painted, strokes painted on them, and strokes looked
 * at to find what changed. */
typedef struct
{
  guint64 n_tiles, n_strokes, n_compared;
} SgInkTilesFigures;

SgInkTilesFigures sg_ink_tiles_get_figures (const SgInkTiles *tiles);

G_END_DECLS
