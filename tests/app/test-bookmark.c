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
test_round_trip (Fixture *f, gconstpointer data)
{
  g_autoptr (SgBookmark) before = sg_bookmark_new (f->path), after = sg_bookmark_new (f->path);
  g_autofree char *draft = NULL;
  gint64 id = -1;

  g_assert_false (sg_bookmark_read (before, &id, &draft));
  sg_bookmark_set (before, 7, NULL);
  sg_bookmark_set (before, 7, "moon gravity\n\"2 kg\" é =;#");
  sg_bookmark_flush (before);
  g_assert_true (sg_bookmark_read (after, &id, &draft));
  g_assert_cmpint (id, ==, 7);
  g_assert_cmpstr (draft, ==, "moon gravity\n\"2 kg\" é =;#");
}

/* Words that were applied are no draft any more. */
static void
test_applied (Fixture *f, gconstpointer data)
{
  g_autoptr (SgBookmark) before = sg_bookmark_new (f->path), after = sg_bookmark_new (f->path);
  g_autofree char *draft = NULL;
  gint64 id = -1;

  sg_bookmark_set (before, 7, "moon");
  sg_bookmark_flush (before);
  sg_bookmark_set (before, 7, "");
  sg_bookmark_flush (before);
  g_assert_true (sg_bookmark_read (after, &id, &draft));
  g_assert_null (draft);
}

/* By itself, with nobody waiting for it. */
static void
test_written_soon (Fixture *f, gconstpointer data)
{
  g_autoptr (SgBookmark) bookmark = sg_bookmark_new (f->path);

  sg_bookmark_set (bookmark, 3, NULL);
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
  g_autofree char *deeper = g_path_get_dirname (f->path), *draft = NULL;
  gint64 id;

  g_mkdir (deeper, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_file_set_contents (f->path, texts[i], -1, NULL);
      g_assert_false (sg_bookmark_read (bookmark, &id, &draft));
    }
  g_autofree char *words = g_strnfill (SG_LIMIT_WORDS + 1, 'a');
  g_autofree char *text = g_strconcat ("[bookmark]\nsketch=1\nwords=", words, "\n", NULL);
  g_file_set_contents (f->path, text, -1, NULL);
  g_assert_true (sg_bookmark_read (bookmark, &id, &draft));
  g_assert_null (draft);
}

#define ADD(path, func) g_test_add ("/app/bookmark/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round-trip", test_round_trip);
  ADD ("applied", test_applied);
  ADD ("written-soon", test_written_soon);
  ADD ("nonsense", test_nonsense);
  return g_test_run ();
}
