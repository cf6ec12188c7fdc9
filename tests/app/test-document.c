/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The open sketch and its place in the history, over a real database. */
#include "app/kept-views.h"

#include <string.h>

#include "base/error.h"
#include "open-document.h"
#include "sketch/error.h"
#include "sketch/file.h"

static guint
n_kept (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = sg_history_list (f->history, NULL, 0, 100, &error);

  g_assert_no_error (error);
  return entries->len;
}

static void
test_every_change_is_kept_in_one_sketch (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 5; i++)
    {
      draw_line (f, 10 * i);
      settle (f);
    }
  g_assert_cmpuint (n_kept (f), ==, 1);
  g_autoptr (SgPage) page =
    sg_history_load_sketch (f->history, sg_document_get_sketch_id (f->document), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sg_page_get_n_strokes (page), ==, 5);
}

/* It is kept by itself, with nobody asking for it. */
static void
test_kept_without_asking (Fixture *f, gconstpointer data)
{
  draw_line (f, 0);
  while (sg_document_get_sketch_id (f->document) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_kept (f), ==, 1);
}

/* A new sketch begins while the first write of the old one is still under way: two sketches, not three. */
static void
test_replaced_amid_a_write (Fixture *f, gconstpointer data)
{
  g_autoptr (SgPage) empty = sg_page_new ();
  g_autoptr (GAsyncResult) result = NULL;

  draw_line (f, 0);
  sg_document_keep_async (f->document, take_result_cb, &result);
  draw_line (f, 10);
  sg_document_replace (f->document, empty, 0, NULL);
  draw_line (f, 20);
  settle (f);
  g_assert_cmpuint (n_kept (f), ==, 2);
}

static void
test_looking_leaves_no_trace (Fixture *f, gconstpointer data)
{
  g_autoptr (SgPage) empty = sg_page_new ();

  settle (f);
  g_assert_cmpuint (n_kept (f), ==, 0);
  draw_line (f, 0);
  g_autoptr (SgPage) example = sg_page_ref (sg_document_get_page (f->document));
  sg_document_undo (f->document);
  settle (f);
  sg_document_replace (f->document, example, 0, NULL);
  sg_document_replace (f->document, empty, 0, NULL);
  settle (f);
  g_assert_cmpuint (n_kept (f), ==, 0);
}

static void
test_words_alone_are_kept (Fixture *f, gconstpointer data)
{
  sg_document_set_words (f->document, "a pendulum");
  settle (f);
  g_assert_cmpuint (n_kept (f), ==, 1);
  sg_document_set_words (f->document, ""); /* of what is kept, any page is */
  settle (f);
  g_assert_cmpuint (n_kept (f), ==, 1);
}

static GBytes *
get_picture (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgHistoryEntry) entry =
    sg_history_get_entry (f->history, sg_document_get_sketch_id (f->document), &error);

  g_assert_no_error (error);
  g_assert_nonnull (entry->thumbnail);
  return g_bytes_ref (entry->thumbnail);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* While strokes keep coming each is kept, and the picture of a page is painted now and then; the last one is
 * never missing. */
static void
test_picture_follows (Fixture *f, gconstpointer data)
{
  guint n_kept_pages = 0;

  g_signal_connect_swapped (f->keeper, "kept", G_CALLBACK (count_cb), &n_kept_pages);
  draw_line (f, 0);
  settle (f);
  g_autoptr (GBytes) first = get_picture (f);
  draw_line (f, 50);
  while (n_kept_pages < 2)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (GBytes) same = get_picture (f);
  g_autoptr (SgPage) page =
    sg_history_load_sketch (f->history, sg_document_get_sketch_id (f->document), NULL);
  g_assert_cmpuint (sg_page_get_n_strokes (page), ==, 2);
  g_assert_true (g_bytes_equal (first, same));
  settle (f);
  g_autoptr (GBytes) last = get_picture (f);
  g_assert_false (g_bytes_equal (first, last));
  g_assert_cmpuint (n_kept (f), ==, 1);
}

/* An old version on the screen is one step, with its words and scale, and the title stays. */
static void
test_version_and_back (Fixture *f, gconstpointer data)
{
  draw_line (f, 0);
  sg_document_set_words (f->document, "moon gravity");
  g_autoptr (SgPage) old = sg_page_ref (sg_document_get_page (f->document));
  draw_line (f, 50);
  sg_document_set_words (f->document, "");
  sg_document_set_title (f->document, "Swing");
  g_autofree char *before = sg_page_hash (sg_document_get_page (f->document));

  sg_document_show_version (f->document, old);
  SgPage *shown = sg_document_get_page (f->document);
  g_autofree char *old_hash = sg_page_hash (old), *shown_hash = sg_page_hash (shown);
  g_assert_cmpstr (shown_hash, ==, old_hash);
  g_assert_cmpstr (sg_page_get_title (shown), ==, "Swing");
  sg_document_undo (f->document);
  g_autofree char *after = sg_page_hash (sg_document_get_page (f->document));
  g_assert_cmpstr (after, ==, before);
}

/* The sketch that is open is deleted: its ink stays on the screen, and what is drawn next is kept as a new
 * one. */
static void
test_deleted_under_the_pen (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  draw_line (f, 0);
  settle (f);
  SgHistoryEdit edit = { SG_HISTORY_SKETCH, SG_HISTORY_DELETE, sg_document_get_sketch_id (f->document) };
  g_assert_cmpint (sg_history_edit (f->history, &edit, &error), !=, 0);
  g_assert_no_error (error);
  g_assert_cmpuint (n_kept (f), ==, 0);
  if (g_strcmp0 (data, "told") == 0)
    sg_document_leave_history (f->document);
  draw_line (f, 50);
  settle (f);
  g_assert_cmpuint (n_kept (f), ==, 1);
  g_assert_cmpint (sg_document_get_sketch_id (f->document), !=, edit.id);
  g_assert_cmpuint (sg_page_get_n_strokes (sg_document_get_page (f->document)), ==, 2);
}

static void
test_deleted_and_restored (Fixture *f, gconstpointer data)
{
  draw_line (f, 0);
  settle (f);
  SgHistoryEdit edit = { SG_HISTORY_SKETCH, SG_HISTORY_DELETE, sg_document_get_sketch_id (f->document) };
  sg_history_edit (f->history, &edit, NULL);
  sg_document_leave_history (f->document);
  settle (f);
  g_assert_cmpuint (n_kept (f), ==, 0);
  edit.action = SG_HISTORY_RESTORE;
  sg_history_edit (f->history, &edit, NULL);
  sg_document_rejoin_history (f->document, edit.id);
  draw_line (f, 50);
  settle (f);
  g_assert_cmpuint (n_kept (f), ==, 1);
  g_assert_cmpint (sg_document_get_sketch_id (f->document), ==, edit.id);
}

static void
test_undo_and_title (Fixture *f, gconstpointer data)
{
  gboolean can_undo = TRUE, can_redo = TRUE;

  g_object_get (f->document, "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  g_assert_false (can_undo || can_redo);
  draw_line (f, 0);
  sg_document_set_title (f->document, "Swing");
  g_assert_cmpstr (sg_document_get_title (f->document), ==, "Swing");
  sg_document_undo (f->document);
  g_assert_cmpstr (sg_document_get_title (f->document), ==, "Untitled");
  g_object_get (f->document, "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  g_assert_true (can_undo && can_redo);
}

static void
test_file_round_trip (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "line.simgen", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (SgPage) empty = sg_page_new ();
  g_autoptr (GError) error = NULL;

  draw_line (f, 0);
  sg_document_save_async (f->document, file, take_result_cb, &saved);
  g_assert_true (sg_document_save_finish (f->document, wait_for (&saved), &error));
  sg_document_replace (f->document, empty, 0, NULL);
  sg_document_open_async (f->document, file, 1, take_result_cb, &opened);
  g_assert_true (sg_document_open_finish (f->document, wait_for (&opened), &error));
  g_assert_cmpuint (sg_page_get_n_strokes (sg_document_get_page (f->document)), ==, 1);
  g_assert_true (g_file_equal (sg_document_get_file (f->document), file));
}

static void
check_open_fails (Fixture *f, GFile *file, GQuark domain, int code)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;

  sg_document_open_async (f->document, file, 1, take_result_cb, &opened);
  g_assert_false (sg_document_open_finish (f->document, wait_for (&opened), &error));
  g_assert_error (error, domain, code);
  g_assert_cmpuint (sg_page_get_n_strokes (sg_document_get_page (f->document)), ==, 1);
}

/* Whatever cannot be opened, the sketch on the screen stays. */
static void
test_bad_files (Fixture *f, gconstpointer data)
{
  g_autofree char *bad_path = g_build_filename (f->folder, "bad.simgen", NULL);
  g_autofree char *picture_path = g_build_filename (f->folder, "bad.png", NULL);
  g_autoptr (GFile) bad = g_file_new_for_path (bad_path);
  g_autoptr (GFile) picture = g_file_new_for_path (picture_path);
  g_autoptr (GFile) missing = g_file_new_for_path ("/nowhere/at/all.simgen");
  g_autoptr (GFile) remote = g_file_new_for_uri ("https://example.org/a.simgen");

  draw_line (f, 0);
  g_file_set_contents (bad_path, "{\"format\": \"other\"}", -1, NULL);
  g_file_set_contents (picture_path, "not a picture", -1, NULL);
  check_open_fails (f, bad, SG_SKETCH_ERROR, SG_SKETCH_ERROR_FORMAT);
  check_open_fails (f, picture, SG_SKETCH_ERROR, SG_SKETCH_ERROR_IMAGE);
  check_open_fails (f, missing, SG_BASE_ERROR, SG_BASE_ERROR_READ);
  check_open_fails (f, remote, SG_BASE_ERROR, SG_BASE_ERROR_READ);
}

/* Views are kept with the sketch: in the history, and in its file. */
static void
test_views (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SgCamera camera = { SG_CAMERA_PERSPECTIVE, { 1, 2, 3 }, 4, 0.5, 0.25, 6, 0.7 };
  g_autoptr (GArray) views = g_array_new (FALSE, FALSE, sizeof (SgCamera));

  g_array_append_val (views, camera);
  draw_line (f, 10);
  sg_document_take_views (f->document, sg_kept_views_write (views));
  settle (f);
  g_autoptr (SgPage) page =
    sg_history_load_sketch (f->history, sg_document_get_sketch_id (f->document), &error);
  g_assert_no_error (error);
  g_autofree char *text = sg_sketch_file_dump (page);
  g_autoptr (SgPage) again = sg_sketch_file_parse (NULL, text, strlen (text), &error);
  g_assert_no_error (error);
  sg_document_replace (f->document, again, 0, NULL);
  g_autoptr (GArray) found = sg_kept_views_read (sg_document_get_views (f->document));
  g_assert_true (sg_kept_views_equal (found, views));
  g_assert_cmpfloat_with_epsilon (g_array_index (found, SgCamera, 0).azimuth, 0.5, 1e-5);

  sg_document_take_views (f->document, json_array ());
  g_assert_null (sg_page_get_extra (sg_document_get_page (f->document)));
  sg_document_undo (f->document);
  g_assert_nonnull (sg_document_get_views (f->document));

  /* anybody may have written them */
  g_autoptr (json_t) odd =
    json_loads ("[1, {}, {\"kind\": \"front\", \"target\": [1e9, 0, 0], \"height\": 1}, {\"kind\": "
                "\"front\", \"target\": [1, 0, 0], "
                "\"height\": 0, \"distance\": 1, \"azimuth\": 0, \"elevation\": 0, \"fov\": 30}]",
                0, NULL);
  g_autoptr (GArray) none = sg_kept_views_read (odd);
  g_assert_nonnull (odd);
  g_assert_cmpuint (none->len, ==, 0);

  /* where it is on the drawing, whatever the world's origin is */
  SgCamera there = sg_kept_view_to_world (camera, SG_POINT (50, 80), 100);
  g_assert_cmpfloat_with_epsilon (there.target[0], 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (there.target[2], 3.8, 1e-9);
  there = sg_kept_view_to_page (there, SG_POINT (50, 80), 100);
  g_assert_cmpfloat_with_epsilon (there.target[2], 3, 1e-9);
}

/* What the history has, or a file, is not lost with the program; nor is what nobody drew. */
static void
test_could_be_lost (Fixture *f, gconstpointer data)
{
  g_autoptr (SgHistory) nowhere = sg_history_open ("/dev/null/history.db");
  g_autoptr (SgKeeper) keeper = sg_keeper_new (nowhere);
  g_autoptr (GFile) file = g_file_new_build_filename (f->folder, "saved.simgen", NULL);
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (GError) error = NULL;

  draw_line (f, 0);
  settle (f);
  g_assert_false (sg_document_could_be_lost (f->document));
  g_object_unref (f->document);
  f->document = sg_document_new (keeper);
  g_assert_false (sg_document_could_be_lost (f->document));
  draw_line (f, 0);
  g_assert_true (sg_document_could_be_lost (f->document));
  settle (f);
  g_assert_true (sg_document_could_be_lost (f->document));
  sg_document_save_async (f->document, file, take_result_cb, &saved);
  g_assert_true (sg_document_save_finish (f->document, wait_for (&saved), &error));
  g_assert_false (sg_document_could_be_lost (f->document));
  draw_line (f, 10);
  g_assert_true (sg_document_could_be_lost (f->document));
  settle (f);
  g_unlink (g_file_peek_path (file));
}

#define ADD(path, func) g_test_add ("/app/document/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("one-sketch", test_every_change_is_kept_in_one_sketch);
  ADD ("kept-without-asking", test_kept_without_asking);
  ADD ("replaced-amid-a-write", test_replaced_amid_a_write);
  ADD ("no-trace", test_looking_leaves_no_trace);
  ADD ("words-alone", test_words_alone_are_kept);
  ADD ("could-be-lost", test_could_be_lost);
  ADD ("picture-follows", test_picture_follows);
  ADD ("version-and-back", test_version_and_back);
  ADD ("deleted-under-the-pen", test_deleted_under_the_pen);
  g_test_add ("/app/document/deleted-and-told", Fixture, "told", set_up, test_deleted_under_the_pen,
              tear_down);
  ADD ("deleted-and-restored", test_deleted_and_restored);
  ADD ("undo-and-title", test_undo_and_title);
  ADD ("file", test_file_round_trip);
  ADD ("views", test_views);
  ADD ("bad-files", test_bad_files);
  return g_test_run ();
}
