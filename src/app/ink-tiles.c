/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tiles of settled ink. Invariant: a tile in the table shows exactly the strokes of `page` that are not in
 * `hidden`, or is missing and will be painted when it is next asked for. All ink is of one colour, so it does
 * not matter in which order it lies: what is new is painted over what there is. */
#include "app/ink-tiles.h"

#include "render/ink-paint.h"

#define FEW 16        /* strokes that change at once and are painted over one by one; more: whole tiles */
#define FEW_ADDED 200 /* the same where none goes */
#define MAX_TILES 400 /* 100 MB at the very most; those out of sight go first */

struct _SgInkTiles
{
  GHashTable *tiles; /* SgInkTile, by column and row */
  SgPage *page;
  GHashTable *hidden; /* set of SgStroke, owned */
  SgInkColor color;
  double scale;
  GDestroyNotify free_picture;
  SgInkTilesFigures figures;
};

static guint
tile_hash (gconstpointer key)
{
  const SgInkTile *tile = key;

  return (guint)tile->column * 73856093u ^ (guint)tile->row * 19349663u;
}

static gboolean
tile_equal (gconstpointer a, gconstpointer b)
{
  const SgInkTile *one = a, *other = b;

  return one->column == other->column && one->row == other->row;
}

static void
drop_picture (SgInkTiles *self, SgInkTile *tile)
{
  if (tile->picture != NULL)
    self->free_picture (tile->picture);
  tile->picture = NULL;
}

static gboolean
forget_tile (gpointer key, gpointer value, gpointer data)
{
  SgInkTile *tile = key;

  drop_picture (data, tile);
  g_clear_pointer (&tile->surface, cairo_surface_destroy);
  g_free (tile);
  return TRUE;
}

static void
forget_all (SgInkTiles *self)
{
  g_hash_table_foreach_remove (self->tiles, forget_tile, self);
}

static GHashTable *
stroke_set_new (void)
{
  return g_hash_table_new_full (NULL, NULL, (GDestroyNotify)sg_stroke_unref, NULL);
}

SgInkTiles *
sg_ink_tiles_new (GDestroyNotify free_picture)
{
  SgInkTiles *self = g_new0 (SgInkTiles, 1);

  self->tiles = g_hash_table_new (tile_hash, tile_equal);
  self->page = sg_page_new ();
  self->hidden = stroke_set_new ();
  self->scale = 1;
  self->color = (SgInkColor){ 0, 0, 0, 1 };
  self->free_picture = free_picture;
  return self;
}

void
sg_ink_tiles_free (SgInkTiles *self)
{
  forget_all (self);
  g_hash_table_unref (self->tiles);
  g_hash_table_unref (self->hidden);
  sg_page_unref (self->page);
  g_free (self);
}

/* -- Painting -- */

static SgRect
tile_rect (const SgInkTiles *self, const SgInkTile *tile)
{
  double side = SG_TILE / self->scale;

  return (SgRect){ tile->column * side, tile->row * side, side, side };
}

/* Calls cairo for a tile, in page units. */
static cairo_t *
begin_paint (SgInkTiles *self, SgInkTile *tile)
{
  if (tile->surface == NULL)
    tile->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SG_TILE, SG_TILE);
  drop_picture (self, tile);

  cairo_t *cr = cairo_create (tile->surface);
  cairo_translate (cr, -(double)tile->column * SG_TILE, -(double)tile->row * SG_TILE);
  cairo_scale (cr, self->scale, self->scale);
  cairo_set_source_rgba (cr, self->color.red, self->color.green, self->color.blue, self->color.alpha);
  return cr;
}

/* The ink that may touch `area` of a tile; a blank tile gets no surface. */
static void
paint_area (SgInkTiles *self, SgInkTile *tile, SgRect area)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  cairo_t *cr = NULL;

  sg_page_find_strokes (self->page, sg_rect_grow (area, 1), found);
  for (guint i = 0; i < found->len; i++)
    {
      if (g_hash_table_contains (self->hidden, found->pdata[i]) ||
          !sg_rect_overlaps (area, sg_ink_paint_bounds (found->pdata[i])))
        continue;
      if (cr == NULL)
        {
          cr = begin_paint (self, tile);
          cairo_rectangle (cr, area.x, area.y, area.width, area.height);
          cairo_clip (cr);
        }
      sg_ink_paint_stroke (cr, found->pdata[i]);
      self->figures.n_strokes++;
    }
  self->figures.n_tiles++;
  g_clear_pointer (&cr, cairo_destroy);
}

/* Paints what is left under a stroke that is gone: only where it was, for a tile may hold hundreds. */
static void
repaint_under (SgInkTiles *self, SgInkTile *tile, const SgStroke *stroke)
{
  SgRect bounds = sg_ink_paint_bounds (stroke);
  double x0 = floor (bounds.x * self->scale) - 1, y0 = floor (bounds.y * self->scale) - 1;
  double x1 = ceil ((bounds.x + bounds.width) * self->scale) + 1;
  double y1 = ceil ((bounds.y + bounds.height) * self->scale) + 1;
  /* whole pixels: the edge is sharp */
  SgRect area = { x0 / self->scale, y0 / self->scale, (x1 - x0) / self->scale, (y1 - y0) / self->scale };

  if (tile->surface != NULL)
    {
      cairo_t *cr = begin_paint (self, tile);

      cairo_rectangle (cr, area.x, area.y, area.width, area.height);
      cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
      cairo_fill (cr);
      cairo_destroy (cr);
    }
  paint_area (self, tile, area);
}

static void
paint_on_top (SgInkTiles *self, SgInkTile *tile, const SgStroke *stroke)
{
  cairo_t *cr = begin_paint (self, tile);

  sg_ink_paint_stroke (cr, stroke);
  cairo_destroy (cr);
  self->figures.n_strokes++;
  self->figures.n_tiles++;
}

SgInkTile *
sg_ink_tiles_get (SgInkTiles *self, int column, int row)
{
  SgInkTile key = { column, row, NULL, NULL };
  SgInkTile *tile = g_hash_table_lookup (self->tiles, &key);

  if (tile != NULL)
    return tile;
  tile = g_memdup2 (&key, sizeof key);
  paint_area (self, tile, tile_rect (self, tile));
  g_hash_table_add (self->tiles, tile);
  return tile;
}

/* -- What changed -- */

typedef struct
{
  GPtrArray *gone, *come; /* SgStroke, borrowed from the old and the new page */
} Changes;

/* Strokes of `set` that are not in `other`, and on both pages, which those of `one` are not. */
static void
add_only_in (GHashTable *set, GHashTable *other, const GPtrArray *one, GPtrArray *to)
{
  g_autoptr (GHashTable) of_one = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer stroke;

  for (guint i = 0; i < one->len; i++)
    g_hash_table_add (of_one, one->pdata[i]);
  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &stroke, NULL))
    if (!g_hash_table_contains (other, stroke) && !g_hash_table_contains (of_one, stroke))
      g_ptr_array_add (to, stroke);
}

static void
add_visible (const GPtrArray *strokes, GHashTable *hidden, GPtrArray *to)
{
  for (guint i = 0; i < strokes->len; i++)
    if (!g_hash_table_contains (hidden, strokes->pdata[i]))
      g_ptr_array_add (to, strokes->pdata[i]);
}

static void
find_changes (SgInkTiles *self, SgPage *page, GHashTable *hidden, Changes *changes)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new (), come = g_ptr_array_new ();

  self->figures.n_compared += sg_page_diff_strokes (self->page, page, gone, come);
  add_visible (gone, self->hidden, changes->gone);
  add_visible (come, hidden, changes->come);
  add_only_in (hidden, self->hidden, come, changes->gone);
  add_only_in (self->hidden, hidden, gone, changes->come);
}

/* Each tile under the stroke. */
static void
for_tiles_under (SgInkTiles *self,
                 const SgStroke *stroke,
                 void (*work) (SgInkTiles *, SgInkTile *, const SgStroke *))
{
  SgRect bounds = sg_ink_paint_bounds (stroke);
  GHashTableIter iter;
  gpointer tile;

  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, &tile, NULL))
    if (sg_rect_overlaps (tile_rect (self, tile), bounds))
      work (self, tile, stroke);
}

typedef struct
{
  SgInkTiles *tiles;
  SgRect bounds;
} Forgetting;

static gboolean
forget_if_under (gpointer key, gpointer value, gpointer data)
{
  const Forgetting *forgetting = data;

  return sg_rect_overlaps (tile_rect (forgetting->tiles, key), forgetting->bounds) &&
         forget_tile (key, value, forgetting->tiles);
}

static void
forget_under (SgInkTiles *self, const GPtrArray *strokes)
{
  for (guint i = 0; i < strokes->len; i++)
    {
      Forgetting forgetting = { self, sg_ink_paint_bounds (strokes->pdata[i]) };

      g_hash_table_foreach_remove (self->tiles, forget_if_under, &forgetting);
    }
}

static void
show_changes (SgInkTiles *self, const Changes *changes)
{
  guint n = changes->gone->len + changes->come->len;

  if (n > (changes->gone->len == 0 ? FEW_ADDED : FEW))
    {
      forget_under (self, changes->gone);
      forget_under (self, changes->come);
      return;
    }
  for (guint i = 0; i < changes->gone->len; i++)
    for_tiles_under (self, changes->gone->pdata[i], repaint_under);
  /* what was repainted may have it already */
  for (guint i = 0; i < changes->come->len; i++)
    for_tiles_under (self, changes->come->pdata[i], changes->gone->len > 0 ? repaint_under : paint_on_top);
}

void
sg_ink_tiles_set_page (SgInkTiles *self, SgPage *page, GHashTable *hidden)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();
  g_autoptr (GPtrArray) come = g_ptr_array_new ();
  Changes changes = { gone, come };
  GHashTable *next = stroke_set_new ();
  g_autoptr (GHashTable) last = NULL;
  g_autoptr (SgPage) old = NULL;
  GHashTableIter iter;
  gpointer stroke;

  if (hidden != NULL)
    g_hash_table_iter_init (&iter, hidden);
  while (hidden != NULL && g_hash_table_iter_next (&iter, &stroke, NULL))
    g_hash_table_add (next, sg_stroke_ref (stroke));
  find_changes (self, page, next, &changes);
  old = g_steal_pointer (&self->page);
  last = g_steal_pointer (&self->hidden);
  self->page = sg_page_ref (page);
  self->hidden = next;
  show_changes (self, &changes);
}

void
sg_ink_tiles_set_color (SgInkTiles *self, SgInkColor color)
{
  if (self->color.red == color.red && self->color.green == color.green && self->color.blue == color.blue &&
      self->color.alpha == color.alpha)
    return;
  self->color = color;
  forget_all (self);
}

void
sg_ink_tiles_set_scale (SgInkTiles *self, double scale)
{
  if (self->scale == scale)
    return;
  self->scale = scale;
  forget_all (self);
}

double
sg_ink_tiles_get_scale (const SgInkTiles *self)
{
  return self->scale;
}

void
sg_ink_tiles_keep (SgInkTiles *self, int first_column, int last_column, int first_row, int last_row)
{
  GHashTableIter iter;
  gpointer key;

  if (g_hash_table_size (self->tiles) <= MAX_TILES)
    return;
  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      SgInkTile *tile = key;

      if (tile->column >= first_column && tile->column <= last_column && tile->row >= first_row &&
          tile->row <= last_row)
        continue;
      g_hash_table_iter_remove (&iter);
      forget_tile (tile, NULL, self);
    }
}

SgInkTilesFigures
sg_ink_tiles_get_figures (const SgInkTiles *self)
{
  return self->figures;
}
