/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tiles of ink in a snapshot. A tile's picture is the node that was made of its surface for the screen. */
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

  self->tiles = sg_ink_tiles_new ((GDestroyNotify)gsk_render_node_unref);
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

static GskRenderNode *
make_texture_node (const SgInkTile *tile)
{
  cairo_surface_flush (tile->surface);
  gsize stride = cairo_image_surface_get_stride (tile->surface);
  g_autoptr (GBytes) pixels = g_bytes_new (cairo_image_surface_get_data (tile->surface), stride * SG_TILE);
  g_autoptr (GdkTexture) texture =
    gdk_memory_texture_new (SG_TILE, SG_TILE, GDK_MEMORY_DEFAULT, pixels, stride);

  return gsk_texture_node_new (texture, &GRAPHENE_RECT_INIT (0, 0, SG_TILE, SG_TILE));
}

static GskRenderNode *
make_surface_node (const SgInkTile *tile)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();

  sg_snapshot_append_surface (snapshot, tile->surface, &GRAPHENE_RECT_INIT (0, 0, SG_TILE, SG_TILE));
  return gtk_snapshot_to_node (snapshot);
}

/* The same node for as long as the tile is the same: what GTK finds unchanged it does not compose again. */
static GskRenderNode *
ensure_node (SgInkTile *tile, gboolean by_cairo)
{
  if (tile->picture == NULL)
    tile->picture = by_cairo ? make_surface_node (tile) : make_texture_node (tile);
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

        if (tile->surface == NULL)
          continue;
        gtk_snapshot_save (snapshot);
        /* whole pixels, else every tile is blurred */
        gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (round (zero.x) + column * shown,
                                                                round (zero.y) + row * shown));
        if (shown != SG_TILE)
          gtk_snapshot_scale (snapshot, shown / SG_TILE, shown / SG_TILE);
        gtk_snapshot_append_node (snapshot, ensure_node (tile, by_cairo));
        gtk_snapshot_restore (snapshot);
      }
}

SgInkTilesFigures
sg_ink_layer_get_figures (const SgInkLayer *self)
{
  return sg_ink_tiles_get_figures (self->tiles);
}
