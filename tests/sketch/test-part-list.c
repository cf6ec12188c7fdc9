/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sketch/journal.h"
#include "sketch/page-private.h"

#define MANY 5000

static SgStroke *
stroke_at (double x)
{
  const SgInkPoint points[] = { { x, 0.1 * x, NAN, NAN }, { x + 0.3, 10, NAN, NAN } };

  return sg_stroke_new (3, NULL, points, 2, NULL);
}

static SgPage *
page_of (guint n)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  for (guint i = 0; i < n; i++)
    sg_page_builder_take_stroke (builder, stroke_at (i));
  return sg_page_builder_end (builder);
}

static const SgPartList *
strokes_of (SgJournal *journal)
{
  return sg_journal_get_page (journal)->parts[SG_PART_STROKE];
}

/* Blocks of `b` that are those of `a`. */
static guint
count_shared (const SgPartList *a, const SgPartList *b)
{
  g_autoptr (GHashTable) blocks = g_hash_table_new (NULL, NULL);
  guint n = 0;

  for (guint i = 0; i < a->n_blocks; i++)
    g_hash_table_add (blocks, a->blocks[i]);
  for (guint i = 0; i < b->n_blocks; i++)
    n += g_hash_table_contains (blocks, b->blocks[i]);
  return n;
}

static void
assert_sound (const SgPartList *list)
{
  guint at = 0;

  for (guint i = 0; i < list->n_blocks; i++)
    {
      g_assert_cmpuint (list->starts[i], ==, at);
      g_assert_cmpuint (list->blocks[i]->n, >, 0);
      g_assert_cmpuint (list->blocks[i]->n, <=, SG_PART_BLOCK);
      if (i > 0)
        g_assert_cmpuint (list->blocks[i - 1]->n + list->blocks[i]->n, >, SG_PART_BLOCK);
      at += list->blocks[i]->n;
    }
  g_assert_cmpuint (list->starts[list->n_blocks], ==, at);
  g_assert_cmpuint (list->n, ==, at);
}

/* Nothing but `gone` is missing on `after`, nothing but `come` (nullable, both) is new there, and few strokes
 * are looked at to see it. */
static void
assert_diff (const SgPage *before, const SgPage *after, const SgStroke *gone, const SgStroke *come)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new (), in = g_ptr_array_new ();

  g_assert_cmpuint (sg_page_diff_strokes (before, after, out, in), <=, 4 * SG_PART_BLOCK);
  g_assert_cmpuint (out->len, ==, gone != NULL);
  g_assert_cmpuint (in->len, ==, come != NULL);
  g_assert_true (gone == NULL || out->pdata[0] == gone);
  g_assert_true (come == NULL || in->pdata[0] == come);
}

/* One more stroke on a page of 5,000 copies a block at most; so does its undo. */
static void
test_a_stroke_shares_the_rest (void)
{
  g_autoptr (SgPage) page = page_of (MANY);
  g_autoptr (SgJournal) journal = sg_journal_new (page);

  for (guint i = 0; i < 2 * SG_PART_BLOCK; i++)
    {
      g_autoptr (SgPage) before = sg_page_ref (sg_journal_get_page (journal));
      g_autoptr (SgStroke) stroke = stroke_at (i);
      SgEdit *edit = sg_edit_new ();

      sg_edit_add_stroke (edit, stroke);
      sg_journal_apply (journal, edit);
      g_assert_cmpuint (count_shared (before->parts[SG_PART_STROKE], strokes_of (journal)), >=,
                        strokes_of (journal)->n_blocks - 1);
      assert_sound (strokes_of (journal));
      assert_diff (before, sg_journal_get_page (journal), NULL, stroke);
    }
  g_assert_true (sg_journal_undo (journal));
  g_assert_cmpuint (count_shared (page->parts[SG_PART_STROKE], strokes_of (journal)), >=,
                    MANY / SG_PART_BLOCK);
}

/* A long session: what the last stroke and its undo copy is what the first did, however much was drawn,
 * undone and drawn again, and the blocks have not crumbled. */
static void
test_a_session_does_not_slow_down (void)
{
  g_autoptr (SgPage) page = sg_page_new ();
  g_autoptr (SgJournal) journal = sg_journal_new (page);

  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (SgStroke) stroke = stroke_at (i);
      SgEdit *edit = sg_edit_new ();

      sg_edit_add_stroke (edit, stroke);
      if (i % 7 == 6)
        sg_edit_remove_stroke (edit, sg_page_get_stroke (sg_journal_get_page (journal), i / 3));
      sg_journal_apply (journal, edit);
      if (i % 10 == 9)
        g_assert_true (sg_journal_undo (journal) && sg_journal_redo (journal));
    }
  g_autoptr (SgPage) before = sg_page_ref (sg_journal_get_page (journal));
  g_assert_true (sg_journal_undo (journal));
  assert_sound (strokes_of (journal));
  g_assert_cmpuint (strokes_of (journal)->n_blocks, <=, 2 * strokes_of (journal)->n / SG_PART_BLOCK + 1);
  g_assert_cmpuint (count_shared (before->parts[SG_PART_STROKE], strokes_of (journal)) + 2, >=,
                    strokes_of (journal)->n_blocks);
}

/* Taking one out of the middle copies what is beside it, not what comes after. */
static void
test_an_erasure_shares_the_rest (void)
{
  g_autoptr (SgPage) page = page_of (MANY);
  g_autoptr (SgJournal) journal = sg_journal_new (page);
  SgEdit *edit = sg_edit_new ();

  sg_edit_remove_stroke (edit, sg_page_get_stroke (page, 1000));
  sg_journal_apply (journal, edit);
  assert_sound (strokes_of (journal));
  g_assert_cmpuint (count_shared (page->parts[SG_PART_STROKE], strokes_of (journal)), >=,
                    strokes_of (journal)->n_blocks - 2);
  assert_diff (page, sg_journal_get_page (journal), sg_page_get_stroke (page, 1000), NULL);
}

/* Strokes of a set are found by looking at their blocks: however much ink there is elsewhere, and however far
 * apart they are on the page. */
static void
test_finding_costs_what_is_sought (void)
{
  for (guint n = 1280; n <= 20480; n *= 4)
    {
      g_autoptr (SgPage) page = page_of (n);
      g_autoptr (SgStroke) stranger = stroke_at (1);
      g_autoptr (GHashTable) sought = g_hash_table_new (NULL, NULL);
      guint n_looked = 0;

      g_hash_table_add (sought, sg_page_get_stroke (page, n - 1));
      g_hash_table_add (sought, sg_page_get_stroke (page, 0));
      g_hash_table_add (sought, stranger);
      g_autoptr (GArray) found = sg_part_list_find (page->parts[SG_PART_STROKE], sought, &n_looked);
      g_assert_cmpuint (found->len, ==, 2);
      g_assert_cmpuint (g_array_index (found, guint, 0), ==, 0);
      g_assert_cmpuint (g_array_index (found, guint, 1), ==, n - 1);
      g_assert_cmpuint (n_looked, <=, 6 * SG_PART_BLOCK); /* two, and by a rare chance more */
      g_test_message ("%u of %u strokes looked at", n_looked, n);
    }
}

/* The first and the last stroke erased together: what is between them is not looked at. */
static void
test_far_apart (void)
{
  g_autoptr (SgPage) page = page_of (MANY);
  g_autoptr (SgJournal) journal = sg_journal_new (page);
  g_autoptr (GPtrArray) gone = g_ptr_array_new (), come = g_ptr_array_new ();
  SgEdit *edit = sg_edit_new ();

  sg_edit_remove_stroke (edit, sg_page_get_stroke (page, MANY - 1));
  sg_edit_remove_stroke (edit, sg_page_get_stroke (page, 0));
  sg_journal_apply (journal, edit);
  guint n_looked = sg_page_diff_strokes (page, sg_journal_get_page (journal), gone, come);
  g_assert_cmpuint (n_looked, <=, 6 * SG_PART_BLOCK);
  g_assert_cmpuint (gone->len, ==, 2);
  g_assert_true (gone->pdata[0] == sg_page_get_stroke (page, 0));
  g_assert_true (gone->pdata[1] == sg_page_get_stroke (page, MANY - 1));
  g_assert_cmpuint (come->len, ==, 0);
}

/* Removes, replaces and adds here and there; `model` is what the page should hold (borrowed). */
static void
edit_at_random (GRand *random, SgJournal *journal, GPtrArray *model)
{
  SgEdit *edit = sg_edit_new ();
  guint n_removed = g_rand_int_range (random, 0, 3) == 0 ? g_rand_int_range (random, 0, 200) : 1;
  guint n_added = g_rand_int_range (random, 0, 3) == 0 ? g_rand_int_range (random, 0, 300) : 1;

  for (guint i = 0; i < n_removed && model->len > 0; i++)
    {
      guint at = g_rand_int_range (random, 0, model->len);
      SgStroke *stroke = model->pdata[at];

      sg_edit_remove_stroke (edit, stroke);
      g_ptr_array_remove_index (model, at);
    }
  for (guint i = 0; i < 3 && model->len >= 3; i++)
    {
      guint at = i * model->len / 3;
      g_autoptr (SgStroke) other = stroke_at (g_rand_double (random));

      sg_edit_replace_stroke (edit, model->pdata[at], other);
      model->pdata[at] = other;
    }
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr (SgStroke) stroke = stroke_at (g_rand_double_range (random, -500, 500));

      sg_edit_add_stroke (edit, stroke);
      g_ptr_array_add (model, stroke);
    }
  sg_journal_apply (journal, edit);
}

static void
assert_holds (SgJournal *journal, const GPtrArray *model)
{
  SgPage *page = sg_journal_get_page (journal);

  g_assert_cmpuint (sg_page_get_n_strokes (page), ==, model->len);
  for (guint i = 0; i < model->len; i++)
    g_assert_true (sg_page_get_stroke (page, i) == model->pdata[i]);
  assert_sound (page->parts[SG_PART_STROKE]);
}

/* However a page came to be, it is the page that its parts make: same places, sums and digest. */
static void
test_history_does_not_show (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (9);
  g_autoptr (SgPage) page = page_of (700);
  g_autoptr (SgJournal) journal = sg_journal_new (page);
  g_autoptr (GPtrArray) model = g_ptr_array_new ();

  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    g_ptr_array_add (model, sg_page_get_stroke (page, i));
  for (guint round = 0; round < 60; round++)
    {
      edit_at_random (random, journal, model);
      assert_holds (journal, model);
      g_autoptr (SgPage) anew = sg_page_builder_end (sg_page_builder_new (sg_journal_get_page (journal)));
      const SgPage *now = sg_journal_get_page (journal);

      g_assert_cmpmem (sg_page_get_digest (anew), SG_PAGE_DIGEST_BYTES, sg_page_get_digest (now),
                       SG_PAGE_DIGEST_BYTES);
      g_assert_cmpuint (sg_page_get_n_points (anew), ==, sg_page_get_n_points (now));
      g_assert_cmpmem (&anew->bounds, sizeof anew->bounds, &now->bounds, sizeof now->bounds);
    }
  while (sg_journal_undo (journal))
    assert_sound (strokes_of (journal));
  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    g_assert_true (sg_page_get_stroke (sg_journal_get_page (journal), i) == sg_page_get_stroke (page, i));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sketch/part-list/a-stroke-shares-the-rest", test_a_stroke_shares_the_rest);
  g_test_add_func ("/sketch/part-list/a-session-does-not-slow-down", test_a_session_does_not_slow_down);
  g_test_add_func ("/sketch/part-list/an-erasure-shares-the-rest", test_an_erasure_shares_the_rest);
  g_test_add_func ("/sketch/part-list/finding-costs-what-is-sought", test_finding_costs_what_is_sought);
  g_test_add_func ("/sketch/part-list/far-apart", test_far_apart);
  g_test_add_func ("/sketch/part-list/history-does-not-show", test_history_does_not_show);
  return g_test_run ();
}
