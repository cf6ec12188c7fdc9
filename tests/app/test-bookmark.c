/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the person was: written, read by the next start, and whatever else is in the file. */
#include "app/bookmark.h"

#include <glib/gstdio.h>

#include "base/limits.h"

typedef struct
{
  char *folder, *path;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("simgen-bookmark-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "deeper", "bookmark.ini", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *deeper = g_path_get_dirname (f->path);

  g_unlink (f->path);
  g_rmdir (deeper);
  g_rmdir (f->folder);
  g_free (f->path);
  g_free (f->folder);
}

static void
set (SgBookmark *bookmark, int window, gint64 sketch_id, const char *file, const char *draft)
{
  sg_bookmark_set (bookmark, GINT_TO_POINTER (window),
                   &(SgPlace){ sketch_id, (char *)file, (char *)draft });
}

static void
assert_place (GPtrArray *places, guint i, gint64 sketch_id, const char *file, const char *draft)
{
  const SgPlace *place = places->pdata[i];

  g_assert_cmpint (place->sketch_id, ==, sketch_id);
  g_assert_cmpstr (place->file, ==, file);
  g_assert_cmpstr (place->draft, ==, draft);
}

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  g_autoptr (SgBookmark) before = sg_bookmark_new (f->path), after = sg_bookmark_new (f->path);
  g_autoptr (GPtrArray) none = sg_bookmark_read (before);

  g_assert_cmpuint (none->len, ==, 0);
  set (before, 1, 7, NULL, NULL);
  set (before, 1, 7, NULL, "moon gravity\n\"2 kg\" é =;#");
  set (before, 2, 0, NULL, ""); /* a window in which nothing was done */
  set (before, 3, 9, "file:///tmp/a%20b.simgen", NULL);
  sg_bookmark_flush (before);
  g_autoptr (GPtrArray) places = sg_bookmark_read (after);
  g_assert_cmpuint (places->len, ==, 2);
  assert_place (places, 0, 7, NULL, "moon gravity\n\"2 kg\" é =;#");
  assert_place (places, 1, 9, "file:///tmp/a%20b.simgen", NULL);
}

/* Words that were applied are no draft any more; a window that was closed does not come back. */
static void
test_changed (Fixture *f, gconstpointer data)
{
  g_autoptr (SgBookmark) before = sg_bookmark_new (f->path), after = sg_bookmark_new (f->path);

  set (before, 1, 7, NULL, "moon");
  set (before, 2, 8, NULL, NULL);
  sg_bookmark_flush (before);
  set (before, 1, 7, NULL, "");
  sg_bookmark_remove (before, GINT_TO_POINTER (2));
  sg_bookmark_remove (before, GINT_TO_POINTER (5));
  sg_bookmark_flush (before);
  g_autoptr (GPtrArray) places = sg_bookmark_read (after);
  g_assert_cmpuint (places->len, ==, 1);
  assert_place (places, 0, 7, NULL, NULL);
}

static void
assert_seat (GPtrArray *places, guint i, gint64 sketch_id, guint window, gboolean selected)
{
  const SgPlace *place = places->pdata[i];

  g_assert_cmpint (place->sketch_id, ==, sketch_id);
  g_assert_cmpuint (place->window, ==, window);
  g_assert_cmpint (place->selected, ==, selected);
}

/* In the order of the tabs, not of their opening; a tab with nothing in it takes no place. */
static void
test_arranged (Fixture *f, gconstpointer data)
{
  const SgSeat first[] = {
    { GINT_TO_POINTER (1), 1, TRUE }, { GINT_TO_POINTER (2), 1, FALSE }, { GINT_TO_POINTER (3), 1, FALSE }
  };
  const SgSeat then[] = { { GINT_TO_POINTER (3), 1, FALSE },
                          { GINT_TO_POINTER (4), 1, FALSE },
                          { GINT_TO_POINTER (1), 1, TRUE },
                          { GINT_TO_POINTER (2), 5, TRUE } };
  g_autoptr (SgBookmark) before = sg_bookmark_new (f->path), after = sg_bookmark_new (f->path);

  sg_bookmark_arrange (before, first, G_N_ELEMENTS (first)); /* before anything is in them */
  for (int i = 1; i <= 3; i++)
    set (before, i, 10 + i, NULL, NULL);
  sg_bookmark_flush (before);
  g_autoptr (GPtrArray) places = sg_bookmark_read (after);
  g_assert_cmpuint (places->len, ==, 3);
  assert_seat (places, 0, 11, 1, TRUE);
  assert_seat (places, 2, 13, 1, FALSE);
  sg_bookmark_arrange (before, then, G_N_ELEMENTS (then)); /* moved, and one to another window */
  set (before, 1, 14, NULL, NULL);
  sg_bookmark_flush (before);
  g_autoptr (GPtrArray) moved = sg_bookmark_read (after);
  g_assert_cmpuint (moved->len, ==, 3);
  assert_seat (moved, 0, 13, 1, FALSE);
  assert_seat (moved, 1, 14, 1, TRUE);
  assert_seat (moved, 2, 12, 5, TRUE);
}

/* What was written before there were tabs: a window each. */
static void
test_without_tabs (Fixture *f, gconstpointer data)
{
  g_autoptr (SgBookmark) bookmark = sg_bookmark_new (f->path);
  g_autofree char *deeper = g_path_get_dirname (f->path);

  g_mkdir (deeper, 0700);
  g_file_set_contents (f->path, "[bookmark]\nsketch=1\n[bookmark 2]\nsketch=2\n", -1, NULL);
  g_autoptr (GPtrArray) places = sg_bookmark_read (bookmark);
  g_assert_cmpuint (places->len, ==, 2);
  g_assert_cmpuint (((SgPlace *)places->pdata[0])->window, !=, ((SgPlace *)places->pdata[1])->window);
}

/* A start that is ended before anything is open forgets nothing. */
static void
test_empty_window (Fixture *f, gconstpointer data)
{
  g_autoptr (SgBookmark) before = sg_bookmark_new (f->path), next = sg_bookmark_new (f->path);

  set (before, 1, 7, NULL, NULL);
  sg_bookmark_flush (before);
  set (next, 1, 0, NULL, NULL);
  sg_bookmark_flush (next);
  g_autoptr (GPtrArray) places = sg_bookmark_read (next);
  g_assert_cmpuint (places->len, ==, 1);
}

/* By itself, with nobody waiting for it. */
static void
test_written_soon (Fixture *f, gconstpointer data)
{
  g_autoptr (SgBookmark) bookmark = sg_bookmark_new (f->path);

  set (bookmark, 1, 3, NULL, NULL);
  while (!g_file_test (f->path, G_FILE_TEST_EXISTS))
    g_main_context_iteration (NULL, TRUE);
  sg_bookmark_flush (bookmark);
}

static void
test_nonsense (Fixture *f, gconstpointer data)
{
  static const char *const texts[] = { "", "\x80\xff", "[bookmark]\n", "[bookmark]\nsketch=-4\n",
                                       "[bookmark]\nsketch=many\n", "[other]\nsketch=1\n" };
  g_autoptr (SgBookmark) bookmark = sg_bookmark_new (f->path);
  g_autofree char *deeper = g_path_get_dirname (f->path);

  g_mkdir (deeper, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_file_set_contents (f->path, texts[i], -1, NULL);
      g_autoptr (GPtrArray) places = sg_bookmark_read (bookmark);
      g_assert_cmpuint (places->len, ==, 0);
    }
  g_autofree char *words = g_strnfill (SG_LIMIT_WORDS + 1, 'a');
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_printf (text, "[bookmark]\nsketch=1\nwords=%s\n", words);
  for (guint i = 0; i < 2 * SG_BOOKMARK_MAX_PLACES; i++)
    g_string_append_printf (text, "[bookmark %u]\nsketch=%u\n", i + 2, i + 2);
  g_file_set_contents (f->path, text->str, -1, NULL);
  g_autoptr (GPtrArray) places = sg_bookmark_read (bookmark);
  g_assert_cmpuint (places->len, ==, SG_BOOKMARK_MAX_PLACES);
  assert_place (places, 0, 1, NULL, NULL);
}

#define ADD(path, func) g_test_add ("/app/bookmark/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round-trip", test_round_trip);
  ADD ("changed", test_changed);
  ADD ("arranged", test_arranged);
  ADD ("without-tabs", test_without_tabs);
  ADD ("empty-window", test_empty_window);
  ADD ("written-soon", test_written_soon);
  ADD ("nonsense", test_nonsense);
  return g_test_run ();
}
