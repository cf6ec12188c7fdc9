/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/ink-tiles.h"
#include "sketch/journal.h"

#include <stdlib.h>

#define MANY 5000
#define COLUMNS 4
#define ROWS 3

static SgStroke *
stroke_at (double x, double y)
{
  const SgInkPoint points[] = { { x, y, NAN, NAN }, { x + 20, y + 8, NAN, NAN } };

  return sg_stroke_new (3, NULL, points, 2, NULL);
}

static SgStroke *
stroke_anywhere (GRand *random)
{
  return stroke_at (g_rand_double_range (random, 0, 1000), g_rand_double_range (random, 0, 740));
}

static SgJournal *
journal_of (GRand *random, guint n)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  for (guint i = 0; i < n; i++)
    sg_page_builder_take_stroke (builder, stroke_anywhere (random));
  g_autoptr (SgPage) page = sg_page_builder_end (builder);
  return sg_journal_new (page);
}

static void
see (SgInkTiles *tiles)
{
  for (int row = 0; row < ROWS; row++)
    for (int column = 0; column < COLUMNS; column++)
      sg_ink_tiles_get (tiles, column, row);
}

/* Every pixel as a painter who saw only the last page would have it; cairo smooths the edge of a stroke a
 * little differently where it is clipped, or laid down in another order. */
static void
assert_same_look (SgInkTiles *tiles, SgPage *page, GHashTable *hidden)
{
  g_autoptr (SgInkTiles) anew = sg_ink_tiles_new (NULL);

  sg_ink_tiles_set_page (anew, page, hidden);
  for (int i = 0; i < ROWS * COLUMNS; i++)
    {
      SgInkTile *is = sg_ink_tiles_get (tiles, i % COLUMNS, i / COLUMNS);
      SgInkTile *should = sg_ink_tiles_get (anew, i % COLUMNS, i / COLUMNS);
      int most = 0;

      if (is->surface == NULL && should->surface == NULL)
        continue;
      g_assert_nonnull (is->surface);
      cairo_surface_flush (is->surface);
      const guint8 *a = cairo_image_surface_get_data (is->surface);
      for (gsize k = 0; k < 4 * SG_TILE * SG_TILE; k++)
        {
          int expected = 0;

          if (should->surface != NULL)
            expected = cairo_image_surface_get_data (should->surface)[k];
          most = MAX (most, abs (a[k] - expected));
        }
      g_assert_cmpint (most, <=, 32);
    }
}

/* On a page of 5,000 a stroke is painted on the tiles that it crosses, once each, and no other stroke is;
 * undone, only what lies under it is painted again. */
static void
test_a_stroke_costs_its_tiles (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (SgJournal) journal = journal_of (random, MANY);
  g_autoptr (SgInkTiles) tiles = sg_ink_tiles_new (NULL);
  g_autoptr (SgStroke) stroke = stroke_at (250, 100);
  SgEdit *edit = sg_edit_new ();

  sg_ink_tiles_set_page (tiles, sg_journal_get_page (journal), NULL);
  see (tiles);
  SgInkTilesFigures before = sg_ink_tiles_get_figures (tiles);
  g_assert_cmpuint (before.n_tiles, ==, ROWS * COLUMNS);
  sg_edit_add_stroke (edit, stroke);
  sg_journal_apply (journal, edit);
  sg_ink_tiles_set_page (tiles, sg_journal_get_page (journal), NULL);
  see (tiles);
  SgInkTilesFigures drawn = sg_ink_tiles_get_figures (tiles);
  g_assert_cmpuint (drawn.n_tiles - before.n_tiles, ==, 2);
  g_assert_cmpuint (drawn.n_strokes - before.n_strokes, ==, 2);

  sg_journal_undo (journal);
  sg_ink_tiles_set_page (tiles, sg_journal_get_page (journal), NULL);
  see (tiles);
  SgInkTilesFigures undone = sg_ink_tiles_get_figures (tiles);
  g_assert_cmpuint (undone.n_tiles - drawn.n_tiles, ==, 2);
  g_assert_cmpuint (undone.n_strokes - drawn.n_strokes, <, MANY / 50);
  assert_same_look (tiles, sg_journal_get_page (journal), NULL);
}

/* An eraser that has not been lifted yet repaints what it took since the last call, not all it took. */
static void
test_hidden_one_by_one (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  g_autoptr (SgJournal) journal = journal_of (random, MANY);
  SgPage *page = sg_journal_get_page (journal);
  g_autoptr (SgInkTiles) tiles = sg_ink_tiles_new (NULL);
  g_autoptr (GHashTable) hidden = g_hash_table_new (NULL, NULL);
  SgEdit *edit = sg_edit_new ();

  sg_ink_tiles_set_page (tiles, page, NULL);
  see (tiles);
  for (guint i = 0; i < 40; i++)
    {
      SgInkTilesFigures before = sg_ink_tiles_get_figures (tiles);
      SgStroke *stroke = sg_page_get_stroke (page, 100 * i);

      g_hash_table_add (hidden, stroke);
      sg_edit_remove_stroke (edit, stroke);
      sg_ink_tiles_set_page (tiles, page, hidden);
      g_assert_cmpuint (sg_ink_tiles_get_figures (tiles).n_tiles - before.n_tiles, <=, 4);
    }
  assert_same_look (tiles, page, hidden);

  SgInkTilesFigures before = sg_ink_tiles_get_figures (tiles);
  sg_journal_apply (journal, edit); /* what was hidden is gone: nothing to see */
  sg_ink_tiles_set_page (tiles, sg_journal_get_page (journal), NULL);
  see (tiles);
  g_assert_cmpuint (sg_ink_tiles_get_figures (tiles).n_tiles, ==, before.n_tiles);
}

/* What an erasing drag's end looks at grows with what it erased, not with the page, be it from all over it.
 */
static void
test_an_erasure_costs_what_it_took (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  guint64 first = 0;

  for (guint n = 1000; n <= 16000; n *= 4)
    {
      g_autoptr (SgJournal) journal = journal_of (random, n);
      SgPage *page = sg_journal_get_page (journal);
      g_autoptr (SgInkTiles) tiles = sg_ink_tiles_new (NULL);
      g_autoptr (GHashTable) hidden = g_hash_table_new (NULL, NULL);
      SgEdit *edit = sg_edit_new ();

      for (guint i = 0; i < 3; i++)
        {
          g_hash_table_add (hidden, sg_page_get_stroke (page, i * (n - 1) / 2));
          sg_edit_remove_stroke (edit, sg_page_get_stroke (page, i * (n - 1) / 2));
        }
      sg_ink_tiles_set_page (tiles, page, hidden);
      see (tiles);
      SgInkTilesFigures before = sg_ink_tiles_get_figures (tiles);
      sg_journal_apply (journal, edit);
      sg_ink_tiles_set_page (tiles, sg_journal_get_page (journal), NULL);
      guint64 n_compared = sg_ink_tiles_get_figures (tiles).n_compared - before.n_compared;
      g_test_message ("%u strokes: %u compared", n, (guint)n_compared);
      first = first > 0 ? first : n_compared;
      g_assert_cmpuint (n_compared, <=, 2 * first);
      assert_same_look (tiles, sg_journal_get_page (journal), NULL);
    }
}

static void
test_looks_like_the_page (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (SgJournal) journal = journal_of (random, 300);
  g_autoptr (SgInkTiles) tiles = sg_ink_tiles_new (NULL);

  for (guint round = 0; round < 30; round++)
    {
      SgPage *page = sg_journal_get_page (journal);
      g_autoptr (GHashTable) hidden = g_hash_table_new (NULL, NULL);
      SgEdit *edit = sg_edit_new ();
      guint n = g_rand_int_range (random, 1, round % 5 == 0 ? 40 : 4);

      for (guint i = 0; i < n; i++)
        {
          g_autoptr (SgStroke) one = stroke_anywhere (random);
          g_autoptr (SgStroke) other = stroke_anywhere (random);

          sg_edit_remove_stroke (edit, sg_page_get_stroke (page, g_rand_int_range (random, 0, 100)));
          sg_edit_replace_stroke (edit, sg_page_get_stroke (page, g_rand_int_range (random, 100, 200)),
                                  other);
          sg_edit_add_stroke (edit, one);
        }
      sg_journal_apply (journal, edit);
      if (round % 4 == 3)
        sg_journal_undo (journal);
      page = sg_journal_get_page (journal);
      for (guint i = 0; i < round % 3; i++)
        g_hash_table_add (hidden, sg_page_get_stroke (page, g_rand_int_range (random, 0, 250)));
      sg_ink_tiles_set_page (tiles, page, hidden);
      assert_same_look (tiles, page, hidden);
    }
}

/* A display of another scale: nothing is stretched, all is painted anew for its pixels. */
static void
test_another_scale (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (6);
  g_autoptr (SgJournal) journal = journal_of (random, 50);
  g_autoptr (SgInkTiles) tiles = sg_ink_tiles_new (NULL);

  sg_ink_tiles_set_page (tiles, sg_journal_get_page (journal), NULL);
  see (tiles);
  SgInkTilesFigures before = sg_ink_tiles_get_figures (tiles);
  sg_ink_tiles_set_scale (tiles, 2);
  see (tiles);
  g_assert_cmpuint (sg_ink_tiles_get_figures (tiles).n_tiles - before.n_tiles, ==, ROWS * COLUMNS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/ink-tiles/a-stroke-costs-its-tiles", test_a_stroke_costs_its_tiles);
  g_test_add_func ("/app/ink-tiles/hidden-one-by-one", test_hidden_one_by_one);
  g_test_add_func ("/app/ink-tiles/an-erasure-costs-what-it-took", test_an_erasure_costs_what_it_took);
  g_test_add_func ("/app/ink-tiles/looks-like-the-page", test_looks_like_the_page);
  g_test_add_func ("/app/ink-tiles/another-scale", test_another_scale);
  return g_test_run ();
}
