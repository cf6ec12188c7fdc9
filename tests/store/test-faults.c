/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What happens to the history, and to a sketch file, when the machine fails: killed while saving, damaged
 * on disk, no space, no permission. Runs in a mount namespace of its own where that is allowed, so that the
 * small file systems vanish with the process. */
#include "store/history.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "base/error.h"
#include "base/file.h"
#include "place.h"
#include "sketch/file.h"
#include "store/error.h"

static const char *program;       /* this one, to be started again */
static char *why_no_mount = NULL; /* NULL: mounting works */

typedef struct
{
  char *folder;
  char *path; /* of the database */
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = test_folder ();
  place->path = g_build_filename (place->folder, "history.db", NULL);
}

static void
tear_down (Place *place, gconstpointer data)
{
  umount2 (place->folder, MNT_DETACH);
  test_remove_tree (place->folder);
  g_free (place->path);
  g_free (place->folder);
}

static gint64
save (SgHistory *history, guint n_strokes, GError **error)
{
  g_autoptr (SgPage) page = test_page ("Sketch", n_strokes);

  return sg_history_save_sketch (history, 0, page, NULL, error);
}

/* The child of test_killed_while_saving: saves numbered pages for ever, and says so after each. */
static int
save_for_ever (const char *path)
{
  g_autoptr (SgHistory) history = sg_history_new (path, NULL);
  gint64 id = 0;

  for (int n = 1; history; n++)
    {
      g_autofree char *title = g_strdup_printf ("%d", n);
      g_autoptr (SgPage) page = test_page (title, n % 40 + 1);

      id = sg_history_save_sketch (history, n % 10 == 1 ? 0 : id, page, NULL, NULL);
      if (id == 0)
        return 1;
      g_print ("%" G_GINT64_FORMAT " %d\n", id, n);
    }
  return 1;
}

/* Kills a child after it acknowledged `n_acks` saves; fills `acks` with the last number of each sketch. */
static void
kill_while_saving (const char *path, guint n_acks, GHashTable *acks)
{
  const char *argv[] = { program, "save-for-ever", path, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid;
  int out;
  char line[64];

  g_spawn_async_with_pipes (NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL,
                            &out, NULL, &error);
  g_assert_no_error (error);
  FILE *stream = fdopen (out, "r");
  for (guint i = 0; fgets (line, sizeof line, stream); i++)
    {
      gint64 id;
      int n;

      g_assert_cmpint (sscanf (line, "%" G_GINT64_FORMAT " %d", &id, &n), ==, 2);
      g_hash_table_insert (acks, GINT_TO_POINTER ((int)id), GINT_TO_POINTER (n));
      if (i == n_acks)
        kill (pid, SIGKILL);
    }
  fclose (stream);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
}

static void
test_killed_while_saving (Place *place, gconstpointer data)
{
  guint n_acknowledged = 0;

  for (int round = 0; round < 5; round++)
    {
      g_autoptr (GHashTable) acks = g_hash_table_new (NULL, NULL);
      GHashTableIter iter;
      gpointer id, n;

      kill_while_saving (place->path, g_test_rand_int_range (1, 60), acks);
      g_autoptr (SgHistory) history = test_open_history (place->path);
      g_assert_null (sg_history_get_recovery (history));
      g_hash_table_iter_init (&iter, acks);
      while (g_hash_table_iter_next (&iter, &id, &n))
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (SgPage) page = sg_history_load_sketch (history, GPOINTER_TO_INT (id), &error);

          g_assert_no_error (error);
          /* the one after the last that was acknowledged may have been on disk already */
          int found = atoi (sg_page_get_title (page));
          g_assert_cmpint (found, >=, GPOINTER_TO_INT (n));
          g_assert_cmpuint (sg_page_get_n_strokes (page), ==, found % 40 + 1);
          n_acknowledged++;
        }
    }
  g_test_message ("%u sketches acknowledged, none lost", n_acknowledged);
}

/* Number of files in the folder whose names begin so. */
static guint
count_files (Place *place, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (place->folder, 0, NULL);
  guint n = 0;

  for (const char *name; (name = g_dir_read_name (dir));)
    n += g_str_has_prefix (name, prefix);
  return n;
}

static void
make_history_of_one (Place *place)
{
  g_autoptr (SgHistory) history = test_open_history (place->path);

  g_assert_cmpint (save (history, 2000, NULL), >, 0);
}

/* Overwrites `size` bytes from `offset`; a size of 0 cuts the file there. */
static void
damage (Place *place, gsize offset, const void *bytes, gsize size)
{
  int fd = g_open (place->path, O_WRONLY | O_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  if (size > 0)
    g_assert_cmpint (pwrite (fd, bytes, size, offset), ==, size);
  else
    g_assert_cmpint (ftruncate (fd, offset), ==, 0);
  close (fd);
}

static void
assert_recovers (Place *place)
{
  g_autofree char *log_path = g_strconcat (place->path, "-wal", NULL);

  g_assert_true (sg_file_write (log_path, "remains", 7, NULL));
  g_autoptr (SgHistory) history = test_open_history (place->path);
  g_assert_nonnull (strstr (sg_history_get_recovery (history), "history.db.corrupt-"));
  g_assert_cmpuint (count_files (place, "history.db.corrupt-"), >=, 1);
  g_assert_cmpint (sg_history_get_last_sketch (history), ==, 0);
  g_assert_cmpint (save (history, 3, NULL), >, 0);

  g_clear_object (&history);
  history = test_open_history (place->path);
  g_assert_null (sg_history_get_recovery (history));
  g_assert_cmpint (sg_history_get_last_sketch (history), >, 0);
}

static void
test_not_a_database (Place *place, gconstpointer data)
{
  g_autofree char *text = g_strnfill (10000, 'x');

  g_assert_true (sg_file_write (place->path, text, 10000, NULL));
  assert_recovers (place);
  g_assert_cmpuint (count_files (place, "history.db.corrupt-"), >=, 2); /* with its log */
}

static void
test_cut_off (Place *place, gconstpointer data)
{
  make_history_of_one (place);
  damage (place, 8192, NULL, 0);
  assert_recovers (place);
}

static void
test_overwritten_page (Place *place, gconstpointer data)
{
  g_autofree char *noise = g_malloc (4096);

  memset (noise, 0x5a, 4096);
  make_history_of_one (place);
  damage (place, 2 * 4096, noise, 4096);
  assert_recovers (place);
}

/* Damage in one sketch of many: the others are here, the file is set aside. */
static void
test_salvages (Place *place, gconstpointer data)
{
  g_autofree char *noise = g_malloc (2 * 4096);
  guint n_before = 0;

  memset (noise, 0x5a, 2 * 4096);
  {
    g_autoptr (SgHistory) history = test_open_history (place->path);

    for (; n_before < 30; n_before++)
      g_assert_cmpint (save (history, 400, NULL), >, 0);
  }
  g_autoptr (GBytes) bytes = sg_file_read (place->path, 1 << 30, NULL);
  damage (place, g_bytes_get_size (bytes) * 2 / 3 / 4096 * 4096, noise, 2 * 4096);
  g_autoptr (SgHistory) history = test_open_history (place->path);
  g_autoptr (GPtrArray) entries = sg_history_list (history, NULL, 0, 100, NULL);
  g_assert_cmpuint (entries->len, >, n_before / 2);
  g_assert_cmpuint (entries->len, <, n_before);
  g_autofree char *number = g_strdup_printf ("%u sketches", entries->len);
  g_assert_nonnull (strstr (sg_history_get_recovery (history), number));
}

/* Damage that is met while working is told, and the next start looks at the whole. */
static void
test_damage_met_later (Place *place, gconstpointer data)
{
  g_autofree char *mark = g_strconcat (place->path, ".damaged", NULL);
  g_autofree char *noise = g_malloc (4096);
  g_autoptr (GError) error = NULL;

  memset (noise, 0x5a, 4096);
  make_history_of_one (place);
  SgHistory *history = test_open_history (place->path);
  g_autoptr (GBytes) bytes = sg_file_read (place->path, 1 << 30, NULL);
  for (gsize at = 4096; at < g_bytes_get_size (bytes); at += 4096)
    damage (place, at, noise, 4096);
  g_assert_null (sg_history_load_sketch (history, 1, &error));
  g_assert_error (error, SG_STORE_ERROR, SG_STORE_ERROR_CORRUPT);
  g_assert_true (g_file_test (mark, G_FILE_TEST_EXISTS));
  g_object_unref (history);
  assert_recovers (place);
  g_assert_false (g_file_test (mark, G_FILE_TEST_EXISTS));
}

/* Where the pages are good but the full text is not, it is made anew; what is deleted stays away. */
static void
test_search_is_rebuilt (Place *place, gconstpointer data)
{
  g_autofree char *mark = g_strconcat (place->path, ".damaged", NULL);
  g_autoptr (SgHistory) history = test_open_history (place->path);
  gint64 id = save (history, 3, NULL);
  const SgHistoryEdit edit = { SG_HISTORY_SKETCH, SG_HISTORY_DELETE, id, NULL, NULL };
  g_autoptr (GError) error = NULL;

  save (history, 4, NULL);
  sg_history_edit (history, &edit, NULL);
  g_clear_object (&history);
  test_execute (place->path, "DELETE FROM idx_sketches_search_data WHERE id > 10");

  history = test_open_history (place->path);
  g_autoptr (GPtrArray) broken = sg_history_list (history, "sketch", 0, 10, &error);
  g_assert_error (error, SG_STORE_ERROR, SG_STORE_ERROR_CORRUPT);
  g_assert_true (g_file_test (mark, G_FILE_TEST_EXISTS));
  g_clear_object (&history);
  history = test_open_history (place->path);
  g_autoptr (GPtrArray) found = sg_history_list (history, "sketch", 0, 10, NULL);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_false (g_file_test (mark, G_FILE_TEST_EXISTS));
  g_assert_null (sg_history_get_recovery (history));
}

/* The number of migrations it has seen is in bytes 60 to 63 of an SQLite file. */
static void
test_newer_is_left_alone (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  make_history_of_one (place);
  damage (place, 60, "\0\0\0\x63", 4);
  g_autoptr (GBytes) before = sg_file_read (place->path, 1 << 30, NULL);
  g_assert_null (sg_history_new (place->path, &error));
  g_assert_error (error, SG_STORE_ERROR, SG_STORE_ERROR_NEWER);
  g_autoptr (GBytes) after = sg_file_read (place->path, 1 << 30, NULL);
  g_assert_true (g_bytes_equal (before, after));
  g_assert_cmpuint (count_files (place, "history.db.corrupt-"), ==, 0);
}

static void
assert_works_in_memory (const char *path, SgStoreError code)
{
  g_autoptr (SgHistory) history = sg_history_open (path);
  g_autoptr (GError) problem = sg_history_take_problem (history);
  g_autoptr (GError) again = sg_history_take_problem (history);
  g_autoptr (SgPage) page = NULL;

  g_assert_true (sg_history_is_in_memory (history));
  g_assert_error (problem, SG_STORE_ERROR, code);
  g_assert_no_error (again);
  gint64 id = save (history, 5, NULL);
  const SgRunRecord run = { .sketch_id = id, .status = "completed" };
  g_assert_cmpint (id, >, 0);
  g_assert_cmpint (sg_history_add_run (history, &run, NULL), >, 0);
  page = sg_history_load_sketch (history, id, NULL);
  g_assert_cmpuint (sg_page_get_n_strokes (page), ==, 5);
  g_autoptr (GPtrArray) found = sg_history_list (history, "sk", 0, 10, NULL);
  g_assert_cmpuint (found->len, >=, 1);
  g_autoptr (GError) still = sg_history_take_problem (history);
  g_assert_no_error (still);
}

/* Where nothing can be kept, work goes on in memory, and that is told once. */
static void
test_works_in_memory (Place *place, gconstpointer data)
{
  g_autofree char *below_a_file = g_build_filename (place->path, "simgen", "history.db", NULL);

  make_history_of_one (place);
  assert_works_in_memory (below_a_file, SG_STORE_ERROR_OPEN);
  damage (place, 60, "\0\0\0\x63", 4);
  g_autoptr (GBytes) before = sg_file_read (place->path, 1 << 30, NULL);
  assert_works_in_memory (place->path, SG_STORE_ERROR_NEWER);
  g_autoptr (GBytes) after = sg_file_read (place->path, 1 << 30, NULL);
  g_assert_true (g_bytes_equal (before, after));
}

/* What was drawn meanwhile is kept at the end, where that is possible by then, and once. */
static void
test_memory_is_kept_after_all (Place *place, gconstpointer data)
{
  g_autofree char *path = g_build_filename (place->folder, "home", "history.db", NULL);
  g_autofree char *home = g_path_get_dirname (path);

  g_assert_true (sg_file_write (home, "in the way", 10, NULL));
  g_autoptr (SgHistory) history = sg_history_open (path);
  g_assert_cmpint (save (history, 5, NULL), >, 0);
  sg_history_flush (history); /* to no avail */
  g_assert_cmpint (g_unlink (home), ==, 0);
  sg_history_flush (history);
  sg_history_flush (history);
  g_autoptr (SgHistory) kept = sg_history_new (path, NULL);
  g_autoptr (GPtrArray) entries = sg_history_list (kept, NULL, 0, 10, NULL);
  g_assert_cmpuint (entries->len, ==, 1);
}

/* The child of test_locked: holds the lock for writing until its input ends. */
static int
hold_lock (const char *path)
{
  sqlite3 *db;

  if (sqlite3_open (path, &db) != SQLITE_OK ||
      sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
    return 1;
  g_print ("held\n");
  getchar ();
  sqlite3_close (db);
  return 0;
}

/* Another program holds the database: reading goes on, a save fails after a while and is told once; when the
 * other lets go, all goes on. */
static void
test_locked (Place *place, gconstpointer data)
{
  const char *argv[] = { program, "hold-lock", place->path, NULL };
  g_autoptr (SgHistory) history = test_open_history (place->path);
  gint64 first = save (history, 3, NULL);
  g_autoptr (GError) error = NULL;
  char line[16] = "";
  int in, out;
  GPid pid;

  g_spawn_async_with_pipes (NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &in,
                            &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read (out, line, sizeof line), ==, 5);
  g_autoptr (SgPage) page = sg_history_load_sketch (history, first, NULL);
  g_assert_nonnull (page);
  g_assert_cmpint (save (history, 4, &error), ==, 0);
  g_assert_error (error, SG_STORE_ERROR, SG_STORE_ERROR_BUSY);
  g_autoptr (GError) problem = sg_history_take_problem (history);
  g_assert_error (problem, SG_STORE_ERROR, SG_STORE_ERROR_BUSY);
  g_autoptr (SgHistory) second =
    test_open_history (place->path); /* a second window's program starts all the same */
  g_assert_cmpint (sg_history_get_last_sketch (second), ==, first);

  close (in);
  close (out);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  g_assert_cmpint (save (history, 4, NULL), >, first);
}

static void
test_cannot_open (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *below_a_file = g_build_filename (place->path, "simgen", "history.db", NULL);

  g_assert_true (sg_file_write (place->path, "file", 4, NULL));
  g_assert_null (sg_history_new (below_a_file, &error));
  g_assert_error (error, SG_STORE_ERROR, SG_STORE_ERROR_OPEN);
  g_clear_error (&error);
  g_assert_null (sg_history_new (place->folder, &error));
  g_assert_error (error, SG_STORE_ERROR, SG_STORE_ERROR_OPEN);
}

static gboolean
mount_small (Place *place, gulong flags)
{
  if (!why_no_mount && mount ("tmpfs", place->folder, "tmpfs", flags, "size=2m,mode=700") == 0)
    return TRUE;
  g_test_skip (why_no_mount ? why_no_mount : g_strerror (errno));
  return FALSE;
}

static void
test_read_only (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!mount_small (place, MS_RDONLY))
    return;
  g_assert_null (sg_history_new (place->path, &error));
  g_assert_error (error, SG_STORE_ERROR, SG_STORE_ERROR_OPEN);
  assert_works_in_memory (place->path, SG_STORE_ERROR_OPEN);
}

/* What was kept before the home became read-only is shown. */
static void
test_became_read_only (Place *place, gconstpointer data)
{
  if (!mount_small (place, 0))
    return;
  make_history_of_one (place);
  g_assert_cmpint (mount (NULL, place->folder, NULL, MS_REMOUNT | MS_RDONLY, NULL), ==, 0);
  assert_works_in_memory (place->path, SG_STORE_ERROR_OPEN);
  g_autoptr (SgHistory) history = sg_history_open (place->path);
  g_autoptr (SgPage) page = sg_history_load_sketch (history, sg_history_get_last_sketch (history), NULL);
  g_assert_cmpuint (sg_page_get_n_strokes (page), ==, 2000);
}

/* Takes all the space there is, in a file to be deleted. */
static char *
fill_up (Place *place)
{
  char *path = g_build_filename (place->folder, "filler", NULL);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  static const char zeros[4096];

  while (write (fd, zeros, sizeof zeros) > 0)
    ;
  close (fd);
  return path;
}

static void
test_full_disk (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0, last_id = 0;

  if (!mount_small (place, 0))
    return;
  g_autoptr (SgHistory) history = test_open_history (place->path);
  last_id = save (history, 100, NULL);
  g_autofree char *filler = fill_up (place);
  for (int i = 0; i < 1000 && (id = save (history, 500, &error)) > 0; i++)
    last_id = id;
  g_assert_error (error, SG_STORE_ERROR, SG_STORE_ERROR_FULL);
  g_autoptr (SgPage) page = sg_history_load_sketch (history, last_id, NULL);
  g_assert_nonnull (page);

  g_assert_cmpint (g_unlink (filler), ==, 0);
  g_assert_cmpint (save (history, 500, NULL), >, last_id);
  g_clear_object (&history);
  history = test_open_history (place->path);
  g_assert_null (sg_history_get_recovery (history));
}

static void
test_begun_on_a_full_disk (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!mount_small (place, 0))
    return;
  g_autofree char *filler = fill_up (place);
  g_assert_null (sg_history_new (place->path, &error));
  g_assert_error (error, SG_STORE_ERROR, SG_STORE_ERROR_FULL);
  g_assert_cmpint (g_unlink (filler), ==, 0);
  g_autoptr (SgHistory) history = test_open_history (place->path);
  g_assert_cmpint (save (history, 5, NULL), >, 0);
}

static void
test_file_on_a_full_disk (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) small = test_page ("Small", 3);
  g_autoptr (SgPage) large = test_page ("Large", 3000);
  g_autofree char *path = g_build_filename (place->folder, "a.simgen", NULL);

  if (!mount_small (place, 0))
    return;
  g_assert_true (sg_sketch_file_save (small, path, NULL));
  g_autofree char *filler = fill_up (place);
  g_assert_false (sg_sketch_file_save (large, path, &error));
  g_assert_error (error, SG_BASE_ERROR, SG_BASE_ERROR_WRITE);

  g_autoptr (SgPage) page = sg_sketch_file_load (path, NULL);
  g_assert_cmpstr (sg_page_get_title (page), ==, "Small");
  g_assert_cmpuint (count_files (place, ""), ==, 2); /* the sketch and the filler: no temporary file */
}

/* A mount namespace of our own; as somebody else than root, by way of a user namespace. */
static void
enter_namespace (void)
{
  if (unshare (CLONE_NEWNS) != 0 && unshare (CLONE_NEWUSER | CLONE_NEWNS) != 0)
    why_no_mount = g_strdup_printf ("no mount namespace: %s", g_strerror (errno));
  else if (mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
    why_no_mount = g_strdup_printf ("no private mounts: %s", g_strerror (errno));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Place *place, gconstpointer data);
  } tests[] = {
    { "/store/faults/killed-while-saving", test_killed_while_saving },
    { "/store/faults/not-a-database", test_not_a_database },
    { "/store/faults/cut-off", test_cut_off },
    { "/store/faults/overwritten-page", test_overwritten_page },
    { "/store/faults/salvages", test_salvages },
    { "/store/faults/damage-met-later", test_damage_met_later },
    { "/store/faults/search-is-rebuilt", test_search_is_rebuilt },
    { "/store/faults/works-in-memory", test_works_in_memory },
    { "/store/faults/memory-is-kept", test_memory_is_kept_after_all },
    { "/store/faults/locked", test_locked },
    { "/store/faults/became-read-only", test_became_read_only },
    { "/store/faults/newer", test_newer_is_left_alone },
    { "/store/faults/cannot-open", test_cannot_open },
    { "/store/faults/read-only", test_read_only },
    { "/store/faults/full-disk", test_full_disk },
    { "/store/faults/begun-on-full-disk", test_begun_on_a_full_disk },
    { "/store/faults/file-on-full-disk", test_file_on_a_full_disk },
  };

  if (argc == 3 && g_str_equal (argv[1], "save-for-ever"))
    return save_for_ever (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "hold-lock"))
    return hold_lock (argv[2]);
  program = argv[0];
  enter_namespace ();
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Place, NULL, set_up, tests[i].test, tear_down);
  int result = g_test_run ();
  g_free (why_no_mount);
  return result;
}
