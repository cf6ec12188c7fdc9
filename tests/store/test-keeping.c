/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Limits, copies and merging of the whole history. Times are set in the file, as no test waits for 180
 * days. */
#include "store/keeping.h"

#include <string.h>

#include "place.h"
#include "store/error.h"

#define DAY_US G_TIME_SPAN_DAY
#define LOG_BYTES (1 << 20)  /* what is left of a log once nobody writes */
#define FREE_BYTES (1 << 20) /* pages that are kept for what comes next */

typedef struct
{
  char *folder, *path, *copy;
  SgHistory *history;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = test_folder ();
  place->path = g_build_filename (place->folder, "history.db", NULL);
  place->copy = g_build_filename (place->folder, "copy.db", NULL);
  place->history = test_open_history (place->path);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_assert_finalize_object (place->history);
  test_remove_tree (place->folder);
  g_free (place->copy);
  g_free (place->path);
  g_free (place->folder);
}

static gint64
save (SgHistory *history, gint64 id, const char *title, guint n_strokes)
{
  g_autoptr (SgPage) page = test_page (title, n_strokes);
  g_autoptr (GError) error = NULL;
  gint64 saved = sg_history_save_sketch (history, id, page, NULL, &error);

  g_assert_no_error (error);
  return saved;
}

static gint64
add_run (SgHistory *history, gint64 sketch_id, gsize size)
{
  g_autofree char *mjcf = g_strnfill (size, 'x');
  const SgRunRecord run = { .sketch_id = sketch_id, .status = "completed", .mjcf = mjcf };
  gint64 id = sg_history_add_run (history, &run, NULL);

  g_assert_cmpint (id, >, 0);
  return id;
}

static void
pin (SgHistory *history, SgHistoryKind kind, gint64 id)
{
  const SgHistoryEdit edit = { kind, SG_HISTORY_PIN, id, NULL, NULL };

  g_assert_cmpint (sg_history_edit (history, &edit, NULL), ==, id);
}

static void
age (Place *place, const char *table, gint64 id, int days)
{
  test_execute (place->path, "UPDATE %s SET %s = %" G_GINT64_FORMAT " WHERE id = %" G_GINT64_FORMAT, table,
                g_str_equal (table, "sketches") ? "updated_us" : "created_us",
                g_get_real_time () - days * DAY_US, id);
}

static guint
count_runs (Place *place)
{
  const SgRunQuery query = { .limit = 200 };
  g_autoptr (GPtrArray) runs = sg_history_find_runs (place->history, &query, NULL);

  return runs->len;
}

static SgCleanUp
clean_up (Place *place, SgHistoryLimits limits)
{
  g_autoptr (GError) error = NULL;
  SgCleanUp done;

  g_assert_true (sg_history_clean_up (place->history, &limits, &done, &error));
  g_assert_no_error (error);
  return done;
}

static void
test_by_age (Place *place, gconstpointer data)
{
  gint64 id = save (place->history, 0, "Car", 1), kept = save (place->history, 0, "Pinned", 1);
  gint64 old = add_run (place->history, id, 1), old_pinned = add_run (place->history, id, 1);
  gint64 of_pinned = add_run (place->history, kept, 1);

  add_run (place->history, id, 1);
  age (place, "simulations", old, 181);
  age (place, "simulations", old_pinned, 182);
  age (place, "simulations", of_pinned, 183);
  age (place, "sketches", id, 4000);
  pin (place->history, SG_HISTORY_RUN, old_pinned);
  pin (place->history, SG_HISTORY_SKETCH, kept);
  SgCleanUp done = clean_up (place, sg_history_limits_default ());
  g_assert_cmpuint (done.n_runs, ==, 1);
  g_assert_cmpuint (done.n_sketches, ==, 0);
  g_assert_cmpuint (count_runs (place), ==, 3);

  done = clean_up (place, (SgHistoryLimits){ .sketch_days = 365 });
  g_assert_cmpuint (done.n_sketches, ==, 1);
  g_assert_cmpint (sg_history_get_last_sketch (place->history), ==, kept);
}

static void
test_by_count (Place *place, gconstpointer data)
{
  gint64 id = save (place->history, 0, "Car", 1), first = add_run (place->history, id, 1);

  for (int i = 0; i < 29; i++)
    add_run (place->history, id, 1);
  pin (place->history, SG_HISTORY_RUN, first);
  SgCleanUp done = clean_up (place, (SgHistoryLimits){ .n_runs = 10 });
  g_assert_cmpuint (done.n_runs, ==, 20);
  g_assert_cmpuint (count_runs (place), ==, 10);
  g_autoptr (SgRunEntry) kept = sg_history_get_run (place->history, first, NULL);
  g_assert_nonnull (kept);
}

/* The oldest go until it fits, and the file itself becomes small. */
static void
test_by_size (Place *place, gconstpointer data)
{
  gint64 id = save (place->history, 0, "Car", 1);
  g_autofree char *log = g_strconcat (place->path, "-wal", NULL);

  for (int i = 0; i < 600; i++)
    add_run (place->history, id, 10000);
  SgCleanUp done = clean_up (place, (SgHistoryLimits){ .n_bytes = 3 << 20 });
  g_assert_cmpuint (done.n_runs, ==, 400);
  g_assert_cmpuint (done.bytes_before, >, 6 << 20);
  g_assert_cmpuint (done.bytes_after, <, 3 << 20);
  g_assert_cmpint (test_file_bytes (place->path), <, (3 << 20) + FREE_BYTES);
  g_assert_cmpint (test_file_bytes (log), <=, LOG_BYTES);
  g_assert_cmpint (sg_history_get_last_sketch (place->history), ==, id);

  /* what cannot be helped ends all the same */
  done = clean_up (place, (SgHistoryLimits){ .n_bytes = 1 });
  g_assert_cmpuint (done.n_runs, ==, 200);
  g_assert_cmpint (sg_history_get_last_sketch (place->history), ==, id);
}

/* A long log goes into the database when nothing is asked for, though nobody cleans up. */
static void
test_idle_cuts_log (Place *place, gconstpointer data)
{
  gint64 id = save (place->history, 0, "Car", 1);
  g_autofree char *log = g_strconcat (place->path, "-wal", NULL);

  for (int i = 0; i < 200; i++)
    add_run (place->history, id, 10000);
  g_assert_cmpint (save (place->history, id, "Car", 2), ==, id); /* all of it is on the disk now */
  g_assert_cmpint (test_file_bytes (log), >, LOG_BYTES);
  for (int i = 0; i < 1000 && test_file_bytes (log) > LOG_BYTES; i++)
    g_usleep (10000);
  g_assert_cmpint (test_file_bytes (log), <=, LOG_BYTES);
}

static void
test_versions_are_thinned (Place *place, gconstpointer data)
{
  gint64 id = save (place->history, 0, "Car", 1);

  for (guint i = 2; i <= 12; i++)
    {
      test_execute (place->path, "UPDATE sketch_versions SET created_us = created_us - %" G_GINT64_FORMAT,
                    DAY_US);
      save (place->history, id, "Car", i);
      if (i == 3)
        add_run (place->history, id, 1);
    }
  SgCleanUp done = clean_up (place, (SgHistoryLimits){ .n_versions = 5 });
  g_autoptr (GPtrArray) versions = sg_history_list_versions (place->history, id, 0, 100, NULL);
  g_assert_cmpuint (done.n_versions, ==, 7);
  g_assert_cmpuint (versions->len, ==, 5);
  g_assert_true (((SgVersionEntry *)versions->pdata[0])->current);
  g_assert_cmpuint (((SgVersionEntry *)versions->pdata[4])->n_strokes, ==, 3); /* its run shows it */
}

static void
test_deleted_goes_for_good (Place *place, gconstpointer data)
{
  gint64 fresh = save (place->history, 0, "Fresh", 1), stale = save (place->history, 0, "Stale", 1);
  gint64 ahead = save (place->history, 0, "Deleted when the clock was wrong", 1);

  for (gint64 id = fresh; id <= ahead; id++)
    {
      const SgHistoryEdit edit = { SG_HISTORY_SKETCH, SG_HISTORY_DELETE, id, NULL, NULL };

      sg_history_edit (place->history, &edit, NULL);
    }
  test_execute (place->path, "UPDATE sketches SET deleted_us = deleted_us - 2 * 3600000000 WHERE id = %d",
                (int)stale);
  test_execute (place->path, "UPDATE sketches SET deleted_us = deleted_us + 99 * 3600000000 WHERE id = %d",
                (int)ahead);
  SgCleanUp done = clean_up (place, sg_history_limits_default ());
  const SgHistoryEdit restore = { SG_HISTORY_SKETCH, SG_HISTORY_RESTORE, fresh, NULL, NULL };
  const SgHistoryEdit too_late = { SG_HISTORY_SKETCH, SG_HISTORY_RESTORE, stale, NULL, NULL };
  g_assert_cmpuint (done.n_sketches, ==, 2);
  g_assert_cmpint (sg_history_edit (place->history, &too_late, NULL), ==, 0);
  g_assert_cmpint (sg_history_edit (place->history, &restore, NULL), ==, fresh);
}

static void
test_checks_once_a_week (Place *place, gconstpointer data)
{
  g_assert_true (clean_up (place, sg_history_limits_default ()).checked);
  g_assert_false (clean_up (place, sg_history_limits_default ()).checked);
  test_execute (place->path, "UPDATE settings SET value = value - 8 * 86400000000 WHERE name = 'checked-us'");
  g_assert_true (clean_up (place, sg_history_limits_default ()).checked);
  test_execute (place->path,
                "UPDATE settings SET value = value + 99 * 86400000000 WHERE name = 'checked-us'");
  g_assert_true (clean_up (place, sg_history_limits_default ()).checked); /* the clock was set back */
}

static void
test_abandoned_runs_have_failed (Place *place, gconstpointer data)
{
  gint64 id = save (place->history, 0, "Car", 1);
  const SgRunRecord mine = { .sketch_id = id, .status = "running" };
  const SgRunRecord other = { .sketch_id = id,
                              .status = "running",
                              .session = "of a program that was killed" };
  gint64 my_id = sg_history_add_run (place->history, &mine, NULL);
  gint64 other_id = sg_history_add_run (place->history, &other, NULL);

  test_execute (place->path, "UPDATE simulations SET created_us = id, updated_us = 1");
  clean_up (place, (SgHistoryLimits){ 0 });
  g_autoptr (SgRunEntry) my_run = sg_history_get_run (place->history, my_id, NULL);
  g_autoptr (SgRunEntry) other_run = sg_history_get_run (place->history, other_id, NULL);
  g_assert_cmpstr (my_run->status, ==, "running");
  g_assert_cmpstr (other_run->status, ==, "failed");
}

/* -- Copies and merging -- */

static void
back_up (Place *place)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sg_history_back_up (place->history, place->copy, &error));
  g_assert_no_error (error);
}

static SgHistory *
open_other (Place *place)
{
  g_autofree char *path = g_build_filename (place->folder, "other.db", NULL);

  return sg_history_new (path, NULL);
}

static SgImport
import (SgHistory *history, const char *path)
{
  g_autoptr (GError) error = NULL;
  SgImport done;

  g_assert_true (sg_history_import (history, path, &done, &error));
  g_assert_no_error (error);
  return done;
}

static void
test_merges_without_duplicates (Place *place, gconstpointer data)
{
  static const char *const tags[] = { "robots", "physics", NULL };
  g_autoptr (SgHistory) other = open_other (place);
  gint64 id = save (place->history, 0, "Éclair", 3), here = save (other, 0, "Here already", 1);
  const SgHistoryEdit edit = { SG_HISTORY_SKETCH, SG_HISTORY_TAG, id, NULL, tags };

  sg_history_edit (place->history, &edit, NULL);
  add_run (place->history, id, 100);
  pin (place->history, SG_HISTORY_SKETCH, id);
  back_up (place);
  SgImport done = import (other, place->copy);
  g_assert_cmpuint (done.n_sketches, ==, 1);
  g_assert_cmpuint (done.n_versions, ==, 1);
  g_assert_cmpuint (done.n_runs, ==, 1);
  done = import (other, place->copy);
  g_assert_cmpuint (done.n_sketches + done.n_versions + done.n_runs + done.n_refused, ==, 0);

  g_autoptr (GPtrArray) found = sg_history_list (other, "eclair", 0, 10, NULL);
  const SgHistoryEntry *entry = found->pdata[0];
  g_autoptr (GPtrArray) all = sg_history_list (other, NULL, 0, 10, NULL);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpuint (entry->n_runs, ==, 1);
  g_assert_cmpuint (g_strv_length (entry->tags), ==, 2);
  g_assert_true (entry->pinned);
  g_autoptr (SgPage) page = sg_history_load_sketch (other, entry->id, NULL);
  g_assert_cmpuint (sg_page_get_n_strokes (page), ==, 3);
  g_assert_cmpint (here, >, 0);
}

/* The same sketch, changed here and there. */
static void
test_later_version_is_current (Place *place, gconstpointer data)
{
  gint64 id = save (place->history, 0, "Car", 1);
  g_autoptr (SgHistory) other = open_other (place);

  back_up (place);
  import (other, place->copy);
  test_execute (place->path, "UPDATE sketch_versions SET created_us = created_us - %" G_GINT64_FORMAT,
                DAY_US);
  save (place->history, id, "Car, later", 2);
  back_up (place);
  SgImport done = import (other, place->copy);
  g_assert_cmpuint (done.n_sketches, ==, 0);
  g_assert_cmpuint (done.n_versions, ==, 1);
  gint64 there = sg_history_get_last_sketch (other);
  g_autoptr (SgPage) page = sg_history_load_sketch (other, there, NULL);
  g_assert_cmpstr (sg_page_get_title (page), ==, "Car, later");
  g_autoptr (GPtrArray) versions = sg_history_list_versions (other, there, 0, 10, NULL);
  g_assert_cmpuint (versions->len, ==, 2);
}

static void
assert_refused (Place *place, SgStoreError code)
{
  g_autoptr (SgHistory) other = open_other (place);
  g_autoptr (GError) error = NULL;
  SgImport done;

  g_assert_false (sg_history_import (other, place->copy, &done, &error));
  g_assert_error (error, SG_STORE_ERROR, code);
  g_assert_cmpint (sg_history_get_last_sketch (other), ==, 0);
}

/* A file that looks like a history and would do more. */
static void
test_foreign_schema_is_refused (Place *place, gconstpointer data)
{
  static const char *const changes[] = {
    "CREATE TRIGGER own AFTER UPDATE ON sketches BEGIN DELETE FROM sketches; END",
    "CREATE VIEW own AS SELECT * FROM sketches",
    "DROP VIEW sketch_entries; CREATE VIEW sketch_entries AS SELECT load_extension ('x') FROM sketches",
    "CREATE TABLE own (a)",
    "DROP TRIGGER sketches_search_added",
    "PRAGMA user_version = 1",
    "PRAGMA user_version = 0",
  };

  save (place->history, 0, "Car", 1);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      back_up (place);
      test_execute (place->copy, "%s", changes[i]);
      assert_refused (place, SG_STORE_ERROR_INVALID);
    }
  back_up (place);
  test_execute (place->copy, "PRAGMA user_version = 999");
  assert_refused (place, SG_STORE_ERROR_NEWER);
}

/* What is no sketch stays out; the others come in. */
static void
test_bad_rows_are_refused (Place *place, gconstpointer data)
{
  g_autoptr (SgHistory) other = open_other (place);
  gint64 good = save (place->history, 0, "Good", 1), bad = save (place->history, 0, "Bad", 1);

  add_run (place->history, good, 1);
  add_run (place->history, good, 1);
  add_run (place->history, bad, 1);
  back_up (place);
  test_execute (place->copy, "UPDATE sketch_versions SET page = '{' WHERE sketch_id = %d", (int)bad);
  test_execute (place->copy, "UPDATE simulations SET words = printf ('%%.*c', 100000, 'x') WHERE id = 1");
  test_execute (
    place->copy,
    "UPDATE simulations SET thumbnail = x'00112233', created_us = 9223372036854775807 WHERE id = 2");
  test_execute (
    place->copy,
    "UPDATE sketches SET thumbnail = zeroblob (4000000), created_us = -5, uid = 'x' WHERE id = %d",
    (int)good);
  SgImport done = import (other, place->copy);
  g_assert_cmpuint (done.n_sketches, ==, 1);
  g_assert_cmpuint (done.n_runs, ==, 1);
  g_assert_cmpuint (done.n_refused, ==, 2);
  g_autoptr (GPtrArray) entries = sg_history_list (other, NULL, 0, 10, NULL);
  const SgHistoryEntry *entry = entries->pdata[0];
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_null (entry->thumbnail);
  g_assert_cmpint (entry->created_us, ==, 0);
}

/* A picture without a byte is no picture. */
static void
test_empty_picture_is_refused (Place *place, gconstpointer data)
{
  g_autoptr (SgHistory) other = open_other (place);
  g_autoptr (GBytes) photo =
    g_bytes_new_static ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x8\2\0\0", 29);
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  sg_page_builder_take_image (builder, sg_image_new ((SgRect){ 1, 2, 3, 4 }, photo, NULL));
  g_autoptr (SgPage) page = sg_page_builder_end (builder);
  g_assert_cmpint (sg_history_save_sketch (place->history, 0, page, NULL, NULL), >, 0);
  back_up (place);
  test_execute (place->copy, "UPDATE pictures SET data = x''");
  SgImport done = import (other, place->copy);
  g_assert_cmpuint (done.n_sketches, ==, 0);
  g_assert_cmpuint (done.n_refused, ==, 1);
}

/* Every bit of a copy that is damaged is an error or a copy that was taken, never a crash. */
static void
test_damaged_copies (Place *place, gconstpointer data)
{
  for (int i = 0; i < 20; i++)
    add_run (place->history, save (place->history, 0, "Car", i), 2000);
  back_up (place);
  g_autofree char *contents = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (place->copy, &contents, &size, NULL));
  for (int round = 0; round < 60; round++)
    {
      g_autofree char *damaged = g_memdup2 (contents, size);
      SgHistory *other = open_other (place);
      g_autoptr (GError) error = NULL;
      SgImport done;

      for (int i = 0; i < 20; i++)
        damaged[g_test_rand_int_range (0, size)] = g_test_rand_int ();
      g_assert_true (g_file_set_contents (place->copy, damaged, round % 2 ? size : size / 2, NULL));
      if (!sg_history_import (other, place->copy, &done, &error))
        g_assert_cmpint (error->domain, ==, SG_STORE_ERROR);
      g_assert_finalize_object (other);
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Place *place, gconstpointer data);
  } tests[] = {
    { "/store/keeping/age", test_by_age },
    { "/store/keeping/count", test_by_count },
    { "/store/keeping/size", test_by_size },
    { "/store/keeping/idle-cuts-log", test_idle_cuts_log },
    { "/store/keeping/versions", test_versions_are_thinned },
    { "/store/keeping/deleted", test_deleted_goes_for_good },
    { "/store/keeping/checks", test_checks_once_a_week },
    { "/store/keeping/abandoned", test_abandoned_runs_have_failed },
    { "/store/keeping/merges", test_merges_without_duplicates },
    { "/store/keeping/later-version", test_later_version_is_current },
    { "/store/keeping/foreign-schema", test_foreign_schema_is_refused },
    { "/store/keeping/bad-rows", test_bad_rows_are_refused },
    { "/store/keeping/empty-picture", test_empty_picture_is_refused },
    { "/store/keeping/damaged-copies", test_damaged_copies },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Place, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
