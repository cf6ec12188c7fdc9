/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tiles of ink in a snapshot. A tile's picture is the texture that was made of its surface for the screen. */
#include "app/ink-layer.h"

#include "app/snapshot.h"

struct _SgInkLayer
{
  SgInkTiles *tiles;
};

SgInkLayer *
sg_ink_layer_new (void)
{
  SgInkLayer *self = g_new0 (SgInkLayer, 1);

  self->tiles = sg_ink_tiles_new (g_object_unref);
  return self;
}

void
sg_ink_layer_free (SgInkLayer *self)
{
  sg_ink_tiles_free (self->tiles);
  g_free (self);
}

void
sg_ink_layer_set_page (SgInkLayer *self, SgPage *page, GHashTable *hidden)
{
  sg_ink_tiles_set_page (self->tiles, page, hidden);
}

void
sg_ink_layer_set_color (SgInkLayer *self, const GdkRGBA *color)
{
  sg_ink_tiles_set_color (self->tiles, (SgInkColor){ color->red, color->green, color->blue, color->alpha });
}

void
sg_ink_layer_set_scale (SgInkLayer *self, double scale)
{
  sg_ink_tiles_set_scale (self->tiles, scale);
}

double
sg_ink_layer_get_scale (const SgInkLayer *self)
{
  return sg_ink_tiles_get_scale (self->tiles);
}

static GdkTexture *
ensure_texture (SgInkTile *tile)
{
  if (tile->picture == NULL)
    {
      cairo_surface_flush (tile->surface);
      gsize stride = cairo_image_surface_get_stride (tile->surface);
      g_autoptr (GBytes) pixels =
        g_bytes_new (cairo_image_surface_get_data (tile->surface), stride * SG_TILE);

      tile->picture = gdk_memory_texture_new (SG_TILE, SG_TILE, GDK_MEMORY_DEFAULT, pixels, stride);
    }
  return tile->picture;
}

void
sg_ink_layer_snapshot (SgInkLayer *self,
                       GtkSnapshot *snapshot,
                       const SgViewport *viewport,
                       gboolean by_cairo)
{
  SgRect seen = sg_viewport_get_visible (viewport);
  double side = SG_TILE / sg_ink_tiles_get_scale (self->tiles), shown = side * viewport->zoom;
  int first_column = (int)floor (seen.x / side), last_column = (int)floor ((seen.x + seen.width) / side);
  int first_row = (int)floor (seen.y / side), last_row = (int)floor ((seen.y + seen.height) / side);
  SgPoint zero = sg_viewport_to_widget (viewport, SG_POINT (0, 0));

  sg_ink_tiles_keep (self->tiles, first_column, last_column, first_row, last_row);
  for (int row = first_row; row <= last_row; row++)
    for (int column = first_column; column <= last_column; column++)
      {
        SgInkTile *tile = sg_ink_tiles_get (self->tiles, column, row);
        /* whole pixels, else every tile is blurred */
        graphene_rect_t at = GRAPHENE_RECT_INIT (round (zero.x) + column * shown,
                                                 round (zero.y) + row * shown, shown, shown);

        if (tile->surface != NULL && by_cairo)
          sg_snapshot_append_surface (snapshot, tile->surface, &at);
        else if (tile->surface != NULL)
          gtk_snapshot_append_texture (snapshot, ensure_texture (tile), &at);
      }
}

SgInkTilesFigures
sg_ink_layer_get_figures (const SgInkLayer *self)
{
  return sg_ink_tiles_get_figures (self->tiles);
}
