/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tile cache of settled ink. A tile is TILE device pixels square and holds a cairo surface, kept so that
 * a stroke that is added last can be painted on top, and the texture made of it for the screen. Invariant: a
 * tile in the table shows exactly `strokes`, or is missing and will be painted when it is next seen. */
#include "app/ink-layer.h"

#include "app/snapshot.h"
#include "render/ink-paint.h"

#define TILE 256
#define FEW 16        /* strokes that change at once and are painted over one by one; more: whole tiles */
#define MAX_TILES 400 /* 100 MB at the very most; those out of sight go first */

typedef struct
{
  int column, row;
  cairo_surface_t *surface; /* NULL: blank */
  GdkTexture *texture;      /* NULL: the surface changed since */
} Tile;

struct _SgInkLayer
{
  GHashTable *tiles;  /* Tile, by column and row */
  GPtrArray *strokes; /* SgStroke, owned; bottom first */
  GdkRGBA color;
  double scale;
  guint64 n_painted;
};

static guint
tile_hash (gconstpointer key)
{
  const Tile *tile = key;

  return (guint)tile->column * 73856093u ^ (guint)tile->row * 19349663u;
}

static gboolean
tile_equal (gconstpointer a, gconstpointer b)
{
  const Tile *one = a, *other = b;

  return one->column == other->column && one->row == other->row;
}

static void
tile_free (gpointer data)
{
  Tile *tile = data;

  g_clear_pointer (&tile->surface, cairo_surface_destroy);
  g_clear_object (&tile->texture);
  g_free (tile);
}

SgInkLayer *
sg_ink_layer_new (void)
{
  SgInkLayer *self = g_new0 (SgInkLayer, 1);

  self->tiles = g_hash_table_new_full (tile_hash, tile_equal, NULL, tile_free);
  self->strokes = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_stroke_unref);
  self->scale = 1;
  self->color = (GdkRGBA){ 0, 0, 0, 1 };
  return self;
}

void
sg_ink_layer_free (SgInkLayer *self)
{
  g_hash_table_unref (self->tiles);
  g_ptr_array_unref (self->strokes);
  g_free (self);
}

static SgRect
tile_rect (const SgInkLayer *self, int column, int row)
{
  double side = TILE / self->scale;

  return (SgRect){ column * side, row * side, side, side };
}

static void
paint_on_tile (SgInkLayer *self, Tile *tile, const SgStroke *stroke)
{
  if (tile->surface == NULL)
    tile->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, TILE, TILE);

  cairo_t *cr = cairo_create (tile->surface);
  cairo_translate (cr, -(double)tile->column * TILE, -(double)tile->row * TILE);
  cairo_scale (cr, self->scale, self->scale);
  gdk_cairo_set_source_rgba (cr, &self->color);
  sg_ink_paint_stroke (cr, stroke);
  cairo_destroy (cr);
  g_clear_object (&tile->texture);
}

static Tile *
ensure_tile (SgInkLayer *self, int column, int row)
{
  Tile key = { column, row, NULL, NULL };
  Tile *tile = g_hash_table_lookup (self->tiles, &key);
  SgRect rect = tile_rect (self, column, row);

  if (tile != NULL)
    return tile;
  tile = g_memdup2 (&key, sizeof key);
  for (guint i = 0; i < self->strokes->len; i++)
    if (sg_rect_overlaps (rect, sg_ink_paint_bounds (self->strokes->pdata[i])))
      paint_on_tile (self, tile, self->strokes->pdata[i]);
  self->n_painted++;
  g_hash_table_add (self->tiles, tile);
  return tile;
}

static GdkTexture *
ensure_texture (Tile *tile)
{
  if (tile->texture == NULL && tile->surface != NULL)
    {
      cairo_surface_flush (tile->surface);
      gsize stride = cairo_image_surface_get_stride (tile->surface);
      g_autoptr (GBytes) pixels = g_bytes_new (cairo_image_surface_get_data (tile->surface), stride * TILE);

      tile->texture = gdk_memory_texture_new (TILE, TILE, GDK_MEMORY_DEFAULT, pixels, stride);
    }
  return tile->texture;
}

/* Paints what is left under a stroke that is gone, or was put in below others: only where it was, for a tile
 * may hold hundreds. */
static void
repaint_on_tile (SgInkLayer *self, Tile *tile, SgRect bounds)
{
  double x0 = floor (bounds.x * self->scale) - 1, y0 = floor (bounds.y * self->scale) - 1;
  double x1 = ceil ((bounds.x + bounds.width) * self->scale) + 1;
  double y1 = ceil ((bounds.y + bounds.height) * self->scale) + 1;
  SgRect area = { x0 / self->scale, y0 / self->scale, (x1 - x0) / self->scale, (y1 - y0) / self->scale };

  if (tile->surface == NULL)
    tile->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, TILE, TILE);
  cairo_t *cr = cairo_create (tile->surface);
  cairo_translate (cr, -(double)tile->column * TILE, -(double)tile->row * TILE);
  cairo_rectangle (cr, x0, y0, x1 - x0, y1 - y0); /* whole pixels: the edge is sharp */
  cairo_clip (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
  cairo_paint (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
  cairo_scale (cr, self->scale, self->scale);
  gdk_cairo_set_source_rgba (cr, &self->color);
  for (guint i = 0; i < self->strokes->len; i++)
    if (sg_rect_overlaps (area, sg_ink_paint_bounds (self->strokes->pdata[i])))
      sg_ink_paint_stroke (cr, self->strokes->pdata[i]);
  cairo_destroy (cr);
  g_clear_object (&tile->texture);
  self->n_painted++;
}

/* Each tile under the stroke; those for which `work` returns TRUE are forgotten. */
static void
for_tiles_under (SgInkLayer *self,
                 const SgStroke *stroke,
                 gboolean (*work) (SgInkLayer *, Tile *, const SgStroke *))
{
  SgRect bounds = sg_ink_paint_bounds (stroke);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    {
      Tile *tile = value;

      if (sg_rect_overlaps (tile_rect (self, tile->column, tile->row), bounds) && work (self, tile, stroke))
        g_hash_table_iter_remove (&iter);
    }
}

static gboolean
repaint (SgInkLayer *self, Tile *tile, const SgStroke *stroke)
{
  repaint_on_tile (self, tile, sg_ink_paint_bounds (stroke));
  return FALSE;
}

static gboolean
forget (SgInkLayer *self, Tile *tile, const SgStroke *stroke)
{
  return TRUE;
}

static gboolean
paint_on_top (SgInkLayer *self, Tile *tile, const SgStroke *stroke)
{
  paint_on_tile (self, tile, stroke);
  self->n_painted++;
  return FALSE;
}

void
sg_ink_layer_set_page (SgInkLayer *self, SgPage *page, SgInkLayerHidden hidden, gpointer user_data)
{
  GPtrArray *next = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_stroke_unref);
  GPtrArray *last = self->strokes;
  guint same = 0, tail = 0;

  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    {
      SgStroke *stroke = sg_page_get_stroke (page, i);

      if (hidden == NULL || !hidden (stroke, user_data))
        g_ptr_array_add (next, sg_stroke_ref (stroke));
    }
  while (same < MIN (next->len, last->len) && next->pdata[same] == last->pdata[same])
    same++;
  while (tail < MIN (next->len, last->len) - same &&
         next->pdata[next->len - 1 - tail] == last->pdata[last->len - 1 - tail])
    tail++;

  gboolean few = last->len - tail - same + next->len - tail - same <= FEW;

  self->strokes = next;
  for (guint i = same; i < last->len - tail; i++)
    if (few)
      for_tiles_under (self, last->pdata[i], repaint);
    else
      for_tiles_under (self, last->pdata[i], forget);
  for (guint i = same; i < next->len - tail; i++)
    if (tail == 0 && (same == last->len || !few)) /* what is repainted has it already */
      for_tiles_under (self, next->pdata[i], paint_on_top);
    else if (few)
      for_tiles_under (self, next->pdata[i], repaint);
    else
      for_tiles_under (self, next->pdata[i], forget);
  g_ptr_array_unref (last);
}

void
sg_ink_layer_set_color (SgInkLayer *self, const GdkRGBA *color)
{
  if (gdk_rgba_equal (&self->color, color))
    return;
  self->color = *color;
  g_hash_table_remove_all (self->tiles);
}

void
sg_ink_layer_set_scale (SgInkLayer *self, double scale)
{
  if (self->scale == scale)
    return;
  self->scale = scale;
  g_hash_table_remove_all (self->tiles);
}

double
sg_ink_layer_get_scale (const SgInkLayer *self)
{
  return self->scale;
}

static void
forget_unseen_tiles (SgInkLayer *self, int first_column, int last_column, int first_row, int last_row)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, &value, NULL))
    {
      Tile *tile = value;

      if (tile->column < first_column || tile->column > last_column || tile->row < first_row ||
          tile->row > last_row)
        g_hash_table_iter_remove (&iter);
    }
}

void
sg_ink_layer_snapshot (SgInkLayer *self,
                       GtkSnapshot *snapshot,
                       const SgViewport *viewport,
                       gboolean by_cairo)
{
  SgRect seen = sg_viewport_get_visible (viewport);
  double side = TILE / self->scale, shown = side * viewport->zoom;
  int first_column = (int)floor (seen.x / side), last_column = (int)floor ((seen.x + seen.width) / side);
  int first_row = (int)floor (seen.y / side), last_row = (int)floor ((seen.y + seen.height) / side);
  SgPoint zero = sg_viewport_to_widget (viewport, SG_POINT (0, 0));

  if (g_hash_table_size (self->tiles) > MAX_TILES)
    forget_unseen_tiles (self, first_column, last_column, first_row, last_row);
  for (int row = first_row; row <= last_row; row++)
    for (int column = first_column; column <= last_column; column++)
      {
        Tile *tile = ensure_tile (self, column, row);
        /* whole pixels, else every tile is blurred */
        graphene_rect_t at = GRAPHENE_RECT_INIT (round (zero.x) + column * shown,
                                                 round (zero.y) + row * shown, shown, shown);

        if (tile->surface != NULL && by_cairo)
          sg_snapshot_append_surface (snapshot, tile->surface, &at);
        else if (tile->surface != NULL)
          gtk_snapshot_append_texture (snapshot, ensure_texture (tile), &at);
      }
}

guint64
sg_ink_layer_get_n_painted (const SgInkLayer *self)
{
  return self->n_painted;
}
