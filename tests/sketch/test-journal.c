/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sketch/journal.h"

static SgStroke *
stroke_at (double x)
{
  const SgInkPoint points[] = { { x, 0, NAN, NAN }, { x, 10, NAN, NAN } };

  return sg_stroke_new (3, NULL, points, 2, NULL);
}

/* A page of `n` strokes at x = 0, 1, 2, ... */
static SgJournal *
journal_of_strokes (guint n)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  for (guint i = 0; i < n; i++)
    sg_page_builder_take_stroke (builder, stroke_at (i));
  g_autoptr (SgPage) page = sg_page_builder_end (builder);
  return sg_journal_new (page);
}

/* The x of all strokes in their order, "0 1 2". */
static char *
order_of (SgJournal *journal)
{
  SgPage *page = sg_journal_get_page (journal);
  GString *order = g_string_new (NULL);

  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    g_string_append_printf (order, "%s%g", i ? " " : "",
                            sg_stroke_get_bounds (sg_page_get_stroke (page, i)).x);
  return g_string_free (order, FALSE);
}

static void
assert_order (SgJournal *journal, const char *expected)
{
  g_autofree char *order = order_of (journal);

  g_assert_cmpstr (order, ==, expected);
}

static void
test_removal_returns_to_its_place (void)
{
  g_autoptr (SgJournal) journal = journal_of_strokes (6);
  SgPage *page = sg_journal_get_page (journal);
  g_autoptr (SgStroke) moved = stroke_at (40);
  g_autoptr (SgStroke) drawn = stroke_at (50);
  SgEdit *edit = sg_edit_new ();

  sg_edit_remove_stroke (edit, sg_page_get_stroke (page, 5));
  sg_edit_remove_stroke (edit, sg_page_get_stroke (page, 0));
  sg_edit_remove_stroke (edit, sg_page_get_stroke (page, 2));
  sg_edit_replace_stroke (edit, sg_page_get_stroke (page, 4), moved);
  sg_edit_add_stroke (edit, drawn);
  sg_journal_apply (journal, edit);
  assert_order (journal, "1 3 40 50");

  g_assert_true (sg_journal_undo (journal));
  assert_order (journal, "0 1 2 3 4 5");
  g_assert_true (sg_journal_redo (journal));
  assert_order (journal, "1 3 40 50");
}

static void
test_later_call_holds (void)
{
  g_autoptr (SgJournal) journal = journal_of_strokes (3);
  SgPage *page = sg_journal_get_page (journal);
  g_autoptr (SgStroke) other = stroke_at (7);
  g_autoptr (SgStroke) stranger = stroke_at (9);
  SgEdit *edit = sg_edit_new ();

  sg_edit_replace_stroke (edit, sg_page_get_stroke (page, 0), other);
  sg_edit_remove_stroke (edit, sg_page_get_stroke (page, 0));
  sg_edit_remove_stroke (edit, sg_page_get_stroke (page, 1));
  sg_edit_replace_stroke (edit, sg_page_get_stroke (page, 1), other);
  sg_edit_remove_stroke (edit, stranger);
  sg_journal_apply (journal, edit);
  assert_order (journal, "7 2");
}

static void
test_new_edit_forgets_redo (void)
{
  g_autoptr (SgJournal) journal = journal_of_strokes (0);

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (SgStroke) stroke = stroke_at (i);
      SgEdit *edit = sg_edit_new ();

      sg_edit_add_stroke (edit, stroke);
      sg_journal_apply (journal, edit);
      if (i == 1)
        g_assert_true (sg_journal_undo (journal));
    }
  assert_order (journal, "0 2");
  g_assert_false (sg_journal_can_redo (journal));
  g_assert_false (sg_journal_redo (journal));
  g_assert_true (sg_journal_undo (journal));
  g_assert_true (sg_journal_undo (journal));
  g_assert_false (sg_journal_undo (journal));
  g_assert_false (sg_journal_can_undo (journal));
}

static void
test_nothing_is_no_step (void)
{
  g_autoptr (SgJournal) journal = journal_of_strokes (1);
  SgEdit *edit = sg_edit_new ();

  g_assert_true (sg_edit_is_empty (edit));
  sg_journal_apply (journal, edit);
  g_assert_false (sg_journal_can_undo (journal));

  edit = sg_edit_new ();
  sg_edit_set_title (edit, "");
  g_assert_false (sg_edit_is_empty (edit));
  sg_journal_apply (journal, edit);
  g_assert_false (sg_journal_can_undo (journal));
}

static void
test_members (void)
{
  g_autoptr (SgJournal) journal = journal_of_strokes (1);
  SgEdit *edit = sg_edit_new ();

  sg_edit_set_title (edit, "Car");
  sg_edit_set_words (edit, "moon gravity");
  sg_edit_set_scale (edit, 50);
  sg_journal_apply (journal, edit);
  g_assert_cmpstr (sg_page_get_title (sg_journal_get_page (journal)), ==, "Car");
  g_assert_cmpstr (sg_page_get_words (sg_journal_get_page (journal)), ==, "moon gravity");
  g_assert_cmpfloat (sg_page_get_scale (sg_journal_get_page (journal)), ==, 50);

  sg_journal_undo (journal);
  g_assert_cmpstr (sg_page_get_title (sg_journal_get_page (journal)), ==, "");
  g_assert_cmpstr (sg_page_get_words (sg_journal_get_page (journal)), ==, "");
  g_assert_false (sg_page_has_scale (sg_journal_get_page (journal)));
}

/* A page handed out before an edit is the same page after it. */
static void
test_pages_do_not_change (void)
{
  g_autoptr (SgJournal) journal = journal_of_strokes (2);
  g_autoptr (SgPage) before = sg_page_ref (sg_journal_get_page (journal));
  SgEdit *edit = sg_edit_new ();

  sg_edit_remove_stroke (edit, sg_page_get_stroke (before, 0));
  sg_journal_apply (journal, edit);
  g_assert_cmpuint (sg_page_get_n_strokes (before), ==, 2);
  g_assert_cmpuint (sg_page_get_n_strokes (sg_journal_get_page (journal)), ==, 1);
}

static void
add_random_part (SgEdit *edit, double x)
{
  g_autoptr (SgStroke) stroke = stroke_at (x);
  g_autoptr (SgLabel) label = sg_label_new (SG_POINT (x, 5), "2 kg", NULL);
  g_autoptr (GBytes) data = g_bytes_new_static ("picture", 7);
  g_autoptr (SgImage) image = sg_image_new ((SgRect){ x, 0, 10, 10 }, data, NULL);

  switch (g_test_rand_int_range (0, 3))
    {
    case 0:
      sg_edit_add_stroke (edit, stroke);
      break;
    case 1:
      sg_edit_add_label (edit, label);
      break;
    default:
      sg_edit_add_image (edit, image);
      break;
    }
}

static void
change_random_part (SgEdit *edit, const SgPage *page, double x)
{
  guint n_strokes = sg_page_get_n_strokes (page);
  guint n_labels = sg_page_get_n_labels (page);
  guint n_images = sg_page_get_n_images (page);
  g_autoptr (SgStroke) stroke = stroke_at (x);
  g_autoptr (SgLabel) label = sg_label_new (SG_POINT (x, 5), "3 kg", NULL);
  guint pick = g_test_rand_int_range (0, G_MAXINT);

  switch (g_test_rand_int_range (0, 5))
    {
    case 0:
      if (n_strokes > 0)
        sg_edit_remove_stroke (edit, sg_page_get_stroke (page, pick % n_strokes));
      break;
    case 1:
      if (n_strokes > 0)
        sg_edit_replace_stroke (edit, sg_page_get_stroke (page, pick % n_strokes), stroke);
      break;
    case 2:
      if (n_labels > 0)
        sg_edit_remove_label (edit, sg_page_get_label (page, pick % n_labels));
      break;
    case 3:
      if (n_labels > 0)
        sg_edit_replace_label (edit, sg_page_get_label (page, pick % n_labels), label);
      break;
    default:
      if (n_images > 0)
        sg_edit_remove_image (edit, sg_page_get_image (page, pick % n_images));
      break;
    }
}

/* Everything new is at `x` or right after it, so that no two edits can cancel out. */
static void
apply_random_edit (SgJournal *journal, double x)
{
  SgEdit *edit = sg_edit_new ();

  for (int n = g_test_rand_int_range (1, 6); n > 0; n--)
    if (g_test_rand_bit ())
      add_random_part (edit, x + n);
    else
      change_random_part (edit, sg_journal_get_page (journal), x + n);
  if (g_test_rand_int_range (0, 4) == 0)
    sg_edit_set_words (edit, g_test_rand_bit () ? "moon gravity" : "");
  if (g_test_rand_int_range (0, 4) == 0)
    sg_edit_set_scale (edit, g_test_rand_int_range (1, 4) * 50);
  sg_journal_apply (journal, edit);
}

/* Undo and redo walk through exactly the pages that the edits made. */
static void
test_random_edits (void)
{
  g_autoptr (SgJournal) journal = journal_of_strokes (5);
  g_autoptr (GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);
  guint step = 0;

  g_ptr_array_add (hashes, sg_page_hash (sg_journal_get_page (journal)));
  for (int i = 0; i < 2000; i++)
    {
      switch (g_test_rand_int_range (0, 4))
        {
        case 0:
          step -= sg_journal_undo (journal);
          break;
        case 1:
          step += sg_journal_redo (journal);
          break;
        default:
          apply_random_edit (journal, 10 * i);
          g_autofree char *hash = sg_page_hash (sg_journal_get_page (journal));
          if (g_str_equal (hash, g_ptr_array_index (hashes, step)))
            break; /* it changed nothing, so it is no step */
          g_ptr_array_set_size (hashes, ++step);
          g_ptr_array_add (hashes, g_steal_pointer (&hash));
          break;
        }
      g_autofree char *now = sg_page_hash (sg_journal_get_page (journal));
      g_assert_cmpstr (now, ==, g_ptr_array_index (hashes, step));
    }
  while (sg_journal_undo (journal))
    ;
  g_autofree char *first = sg_page_hash (sg_journal_get_page (journal));
  g_assert_cmpstr (first, ==, g_ptr_array_index (hashes, 0));
}

/* Members that the page does not know are a step like any other, and no matter for recognition. */
static void
test_extra (void)
{
  g_autoptr (SgPage) page = sg_page_new ();
  g_autoptr (SgJournal) journal = sg_journal_new (page);
  g_autofree char *before = sg_page_hash (page);
  SgEdit *edit = sg_edit_new (), *same = sg_edit_new ();

  sg_edit_take_extra (edit, json_pack ("{s:[i, i]}", "views", 1, 2));
  sg_edit_take_extra (same, json_pack ("{s:[i, i]}", "views", 1, 2));
  g_assert_false (sg_edit_is_empty (edit));
  sg_journal_apply (journal, edit);
  sg_journal_apply (journal, same); /* no step */
  const json_t *extra = sg_page_get_extra (sg_journal_get_page (journal));
  g_assert_cmpuint (json_array_size (json_object_get (extra, "views")), ==, 2);
  g_autofree char *after = sg_page_hash (sg_journal_get_page (journal));
  g_assert_cmpstr (before, ==, after);
  g_assert_true (sg_journal_undo (journal));
  g_assert_null (sg_page_get_extra (sg_journal_get_page (journal)));
  g_assert_false (sg_journal_can_undo (journal));
  g_assert_true (sg_journal_redo (journal));
  g_assert_nonnull (sg_page_get_extra (sg_journal_get_page (journal)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sketch/journal/removal-returns-to-its-place", test_removal_returns_to_its_place);
  g_test_add_func ("/sketch/journal/later-call-holds", test_later_call_holds);
  g_test_add_func ("/sketch/journal/new-edit-forgets-redo", test_new_edit_forgets_redo);
  g_test_add_func ("/sketch/journal/nothing-is-no-step", test_nothing_is_no_step);
  g_test_add_func ("/sketch/journal/members", test_members);
  g_test_add_func ("/sketch/journal/pages-do-not-change", test_pages_do_not_change);
  g_test_add_func ("/sketch/journal/random-edits", test_random_edits);
  g_test_add_func ("/sketch/journal/extra", test_extra);
  return g_test_run ();
}
