/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/history.h"

#include <string.h>

#include <glib/gstdio.h>

#include "place.h"
#include "sketch/file.h"
#include "store/error.h"

typedef struct
{
  char *folder;
  char *path;
  SgHistory *history;
} Place;

static void
open_history (Place *place)
{
  place->history = test_open_history (place->path);
  g_assert_null (sg_history_get_recovery (place->history));
}

static void
reopen_history (Place *place)
{
  g_assert_finalize_object (place->history);
  open_history (place);
}

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = test_folder ();
  place->path = g_build_filename (place->folder, "simgen", "history.db", NULL);
  open_history (place);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_autofree char *inner = g_path_get_dirname (place->path);

  g_assert_finalize_object (place->history);
  g_assert_cmpint (g_unlink (place->path), ==, 0);
  g_assert_cmpint (g_rmdir (inner), ==, 0); /* a clean end leaves no log behind */
  g_assert_cmpint (g_rmdir (place->folder), ==, 0);
  g_free (place->path);
  g_free (place->folder);
}

static gint64
save (Place *place, gint64 id, SgPage *page)
{
  g_autoptr (GError) error = NULL;
  gint64 saved = sg_history_save_sketch (place->history, id, page, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (saved, >, 0);
  return saved;
}

static gint64
save_new (Place *place, const char *title, guint n_strokes)
{
  g_autoptr (SgPage) page = test_page (title, n_strokes);

  return save (place, 0, page);
}

static void
assert_loads (Place *place, gint64 id, const SgPage *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = sg_history_load_sketch (place->history, id, &error);

  g_assert_no_error (error);
  g_autofree char *hash = sg_page_hash (page), *expected_hash = sg_page_hash (expected);
  g_assert_cmpstr (hash, ==, expected_hash);
  g_assert_cmpstr (sg_page_get_title (page), ==, sg_page_get_title (expected));
}

static GPtrArray *
list (Place *place, const char *text, gint64 before_us, guint limit)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = sg_history_list (place->history, text, before_us, limit, &error);

  g_assert_no_error (error);
  return entries;
}

static GPtrArray *
runs_of (Place *place, gint64 sketch_id)
{
  const SgRunQuery query = { .sketch_id = sketch_id, .limit = 100 };
  g_autoptr (GError) error = NULL;
  GPtrArray *runs = sg_history_find_runs (place->history, &query, &error);

  g_assert_no_error (error);
  return runs;
}

static void
test_survives_reopening (Place *place, gconstpointer data)
{
  g_autoptr (SgPage) first = test_page ("Car", 4);
  g_autoptr (SgPage) second = test_page ("", 2);

  g_assert_cmpint (sg_history_get_last_sketch (place->history), ==, 0);
  gint64 first_id = save (place, 0, first);
  gint64 second_id = save (place, 0, second);
  g_assert_cmpint (first_id, !=, second_id);

  reopen_history (place);
  g_assert_cmpint (sg_history_get_last_sketch (place->history), ==, second_id);
  assert_loads (place, first_id, first);
  assert_loads (place, second_id, second);
  save (place, first_id, second);
  g_assert_cmpint (sg_history_get_last_sketch (place->history), ==, first_id);
  assert_loads (place, first_id, second);
}

static void
test_unchanged_page_is_no_save (Place *place, gconstpointer data)
{
  g_autoptr (SgPage) page = test_page ("Car", 4);
  g_autoptr (SgPage) renamed = test_page ("Bus", 4);
  gint64 id = save (place, 0, page);
  gint64 other = save_new (place, "Other", 1);

  save (place, id, page);
  g_assert_cmpint (sg_history_get_last_sketch (place->history), ==, other);
  save (place, id, renamed);
  g_assert_cmpint (sg_history_get_last_sketch (place->history), ==, id);
  assert_loads (place, id, renamed);
}

static void
test_lists_by_key (Place *place, gconstpointer data)
{
  for (int i = 0; i < 7; i++)
    {
      g_autofree char *title = g_strdup_printf ("Sketch %d", i);

      save_new (place, title, i);
    }

  gint64 before_us = 0;
  int expected = 6;
  while (TRUE)
    {
      g_autoptr (GPtrArray) entries = list (place, NULL, before_us, 3);

      if (entries->len == 0)
        break;
      for (guint i = 0; i < entries->len; i++, expected--)
        {
          SgHistoryEntry *entry = g_ptr_array_index (entries, i);
          g_autofree char *title = g_strdup_printf ("Sketch %d", expected);

          g_assert_cmpstr (entry->title, ==, title);
          g_assert_cmpuint (entry->n_strokes, ==, expected);
          before_us = entry->updated_us;
        }
    }
  g_assert_cmpint (expected, ==, -1);
}

static void
test_filters_by_title_and_words (Place *place, gconstpointer data)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  sg_page_builder_set_words (builder, "100% moon_gravity");
  g_autoptr (SgPage) moon = sg_page_builder_end (builder);
  save (place, 0, moon);
  save_new (place, "Pendulum", 1);

  g_autoptr (GPtrArray) by_title = list (place, "pend", 0, 10);
  g_autoptr (GPtrArray) by_words = list (place, "100% moon_g", 0, 10);
  g_autoptr (GPtrArray) wildcards = list (place, "%o_n", 0, 10);
  g_autoptr (GPtrArray) everything = list (place, "", 0, 10);
  g_assert_cmpuint (by_title->len, ==, 1);
  g_assert_cmpuint (by_words->len, ==, 1);
  g_assert_cmpstr (((SgHistoryEntry *)g_ptr_array_index (by_words, 0))->title, ==, "Untitled");
  g_assert_cmpuint (wildcards->len, ==, 0);
  g_assert_cmpuint (everything->len, ==, 2);
}

static void
test_thumbnail_stays (Place *place, gconstpointer data)
{
  g_autoptr (GBytes) thumbnail = g_bytes_new_static ("a PNG\0tail", 10);
  g_autoptr (SgPage) page = test_page ("Car", 1);
  g_autoptr (SgPage) grown = test_page ("Car", 2);
  gint64 id = sg_history_save_sketch (place->history, 0, page, thumbnail, NULL);

  save (place, id, grown);
  g_autoptr (SgHistoryEntry) entry = sg_history_get_entry (place->history, id, NULL);
  g_assert_true (g_bytes_equal (entry->thumbnail, thumbnail));
  g_assert_cmpuint (entry->n_strokes, ==, 2);
}

/* The pictures come back byte by byte, and a photo that several sketches show is stored once. */
static void
test_pictures (Place *place, gconstpointer data)
{
  const gsize size = 3 << 20;
  guint8 *photo = g_malloc0 (size);

  memcpy (photo, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0", 24);
  for (gsize i = 24; i < size; i++)
    photo[i] = g_test_rand_int ();
  g_autoptr (GBytes) bytes = g_bytes_new_take (photo, size);

  g_autoptr (SgPage) page = test_page ("Photo", 1);
  for (int i = 0; i < 4; i++)
    {
      SgPageBuilder *builder = sg_page_builder_new (page);

      sg_page_builder_take_image (builder, sg_image_new ((SgRect){ i, 2, 3, 4 }, bytes, NULL));
      g_autoptr (SgPage) grown = sg_page_builder_end (builder);
      assert_loads (place, save (place, 0, grown), grown);
    }
  reopen_history (place);
  g_assert_cmpint (test_file_bytes (place->path), <, 2 * size);
}

static void
test_runs (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = save_new (place, "Car", 1);
  SgRunRecord run = { id, "<mujoco/>", "completed", 10, 0.5, 5000, 1.5, NAN };

  g_assert_cmpint (sg_history_add_run (place->history, &run, &error), >, 0);
  run.status = "diverged";
  g_assert_cmpint (sg_history_add_run (place->history, &run, &error), >, 0);
  g_assert_no_error (error);

  g_autoptr (GPtrArray) runs = runs_of (place, id);
  g_assert_cmpuint (runs->len, ==, 2);
  const SgRunEntry *newest = g_ptr_array_index (runs, 0);
  g_assert_cmpstr (newest->status, ==, "diverged");
  g_assert_cmpuint (newest->steps, ==, 5000);
  g_assert_cmpfloat (newest->energy_first, ==, 1.5);
  g_assert_true (isnan (newest->energy_last));
  g_autoptr (SgHistoryEntry) entry = sg_history_get_entry (place->history, id, NULL);
  g_assert_cmpuint (entry->n_runs, ==, 2);

  run.status = "exploded";
  g_assert_cmpint (sg_history_add_run (place->history, &run, &error), ==, 0);
  g_assert_error (error, SG_STORE_ERROR, SG_STORE_ERROR_SQL);
}

static void
test_deletes (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = save_new (place, "Car", 1);
  SgRunRecord run = { id, NULL, "stopped", 1, 1, 1, 0, 0 };

  g_assert_cmpint (sg_history_add_run (place->history, &run, NULL), >, 0);
  g_assert_true (sg_history_delete_sketch (place->history, id, &error));
  g_assert_no_error (error);
  g_autoptr (GPtrArray) entries = list (place, NULL, 0, 10);
  g_autoptr (GPtrArray) runs = runs_of (place, id);
  g_assert_cmpuint (entries->len, ==, 0);
  g_assert_cmpuint (runs->len, ==, 0);
  g_assert_cmpint (save_new (place, "Next", 1), !=, id); /* an id is never used again */
}

#define assert_not_found(call)                                            \
  G_STMT_START                                                            \
  {                                                                       \
    g_autoptr (GError) not_found = NULL;                                  \
    GError **error = &not_found;                                          \
    g_assert_false (call);                                                \
    g_assert_error (not_found, SG_STORE_ERROR, SG_STORE_ERROR_NOT_FOUND); \
  }                                                                       \
  G_STMT_END

static void
test_not_found (Place *place, gconstpointer data)
{
  g_autoptr (SgPage) page = test_page ("Car", 1);
  SgRunRecord run = { 7, NULL, "stopped", 1, 1, 1, 0, 0 };

  assert_not_found (sg_history_load_sketch (place->history, 7, error));
  assert_not_found (sg_history_get_entry (place->history, 7, error));
  assert_not_found (sg_history_save_sketch (place->history, 7, page, NULL, error));
  assert_not_found (sg_history_delete_sketch (place->history, 7, error));
  assert_not_found (sg_history_add_run (place->history, &run, error));
  save (place, 0, page); /* and the failures left no transaction open */
}

static void
edit (Place *place, SgHistoryAction action, gint64 id)
{
  const SgHistoryEdit wanted = { SG_HISTORY_SKETCH, action, id, NULL, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (sg_history_edit (place->history, &wanted, &error), ==, id);
  g_assert_no_error (error);
}

static gint64
tag (Place *place, gint64 id, const char *const *tags, GError **error)
{
  const SgHistoryEdit wanted = { SG_HISTORY_SKETCH, SG_HISTORY_TAG, id, NULL, tags };

  return sg_history_edit (place->history, &wanted, error);
}

static void
test_renames (Place *place, gconstpointer data)
{
  gint64 id = save_new (place, "Car", 2), other = save_new (place, "Other", 1);
  SgHistoryEdit wanted = { SG_HISTORY_SKETCH, SG_HISTORY_RENAME, id, "Lorry", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (sg_history_edit (place->history, &wanted, &error), ==, id);
  g_autoptr (SgPage) page = sg_history_load_sketch (place->history, id, NULL);
  g_assert_cmpstr (sg_page_get_title (page), ==, "Lorry");
  g_autoptr (GPtrArray) found = list (place, "lor", 0, 10);
  g_autoptr (GPtrArray) gone = list (place, "car", 0, 10);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpuint (gone->len, ==, 0);
  g_assert_cmpint (sg_history_get_last_sketch (place->history), ==, other); /* it is no newer for it */

  g_autofree char *endless = g_strnfill (20000, 'x');
  wanted.title = endless;
  g_assert_cmpint (sg_history_edit (place->history, &wanted, &error), ==, 0);
  g_assert_error (error, SG_STORE_ERROR, SG_STORE_ERROR_INVALID);
}

static void
test_tags (Place *place, gconstpointer data)
{
  static const char *const two[] = { " robots", "Physics 101", NULL }, *const one[] = { "PHYSICS 101", NULL };
  gint64 car = save_new (place, "Car", 1), arm = save_new (place, "Arm", 1);
  SgSketchQuery query = { .tag = "physics 101", .limit = 10 };

  g_assert_cmpint (tag (place, car, two, NULL), ==, car);
  g_assert_cmpint (tag (place, arm, one, NULL), ==, arm);
  g_autoptr (SgHistoryEntry) entry = sg_history_get_entry (place->history, car, NULL);
  g_assert_cmpuint (g_strv_length (entry->tags), ==, 2);
  g_assert_cmpstr (entry->tags[0], ==, "Physics 101");
  g_assert_cmpstr (entry->tags[1], ==, "robots");

  g_autoptr (GPtrArray) tagged = sg_history_find_sketches (place->history, &query, NULL);
  g_autoptr (GPtrArray) by_word = list (place, "phys", 0, 10);
  g_assert_cmpuint (tagged->len, ==, 2);
  g_assert_cmpuint (by_word->len, ==, 2);
  query.text = "car";
  g_autoptr (GPtrArray) both = sg_history_find_sketches (place->history, &query, NULL);
  g_assert_cmpuint (both->len, ==, 1);

  g_assert_cmpint (tag (place, car, NULL, NULL), ==, car);
  g_autoptr (GPtrArray) tags = sg_history_list_tags (place->history, NULL);
  g_assert_cmpuint (tags->len, ==, 1); /* robots went with its last sketch */
  const SgTagEntry *left = tags->pdata[0];
  g_assert_cmpstr (left->name, ==, "Physics 101");
  g_assert_cmpuint (left->n_sketches, ==, 1);
}

static void
test_refuses_bad_tags (Place *place, gconstpointer data)
{
  g_autofree char *endless = g_strnfill (65, 'x');
  const char *const bad[] = { "", "  ", "a,b", "a\nb", "\xff", endless };
  gint64 id = save_new (place, "Car", 1);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      const char *const tags[] = { "good", bad[i], NULL };
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (tag (place, id, tags, &error), ==, 0);
      g_assert_error (error, SG_STORE_ERROR, SG_STORE_ERROR_INVALID);
    }
  g_autoptr (SgHistoryEntry) entry = sg_history_get_entry (place->history, id, NULL);
  g_assert_cmpuint (g_strv_length (entry->tags), ==, 0);
}

static void
test_deletion_is_undone (Place *place, gconstpointer data)
{
  static const char *const tags[] = { "robots", NULL };
  gint64 id = save_new (place, "Car", 1);
  const SgRunRecord run = { id, NULL, "stopped", 1, 1, 1, 0, 0 };
  const SgRunQuery all = { .limit = 10 };
  const SgHistoryEdit again = { SG_HISTORY_SKETCH, SG_HISTORY_DELETE, id, NULL, NULL };
  g_autoptr (GError) error = NULL;

  sg_history_add_run (place->history, &run, NULL);
  tag (place, id, tags, NULL);
  edit (place, SG_HISTORY_DELETE, id);
  g_autoptr (GPtrArray) none = list (place, NULL, 0, 10);
  g_autoptr (GPtrArray) none_found = list (place, "car", 0, 10);
  g_autoptr (GPtrArray) no_runs = sg_history_find_runs (place->history, &all, NULL);
  g_assert_cmpuint (none->len + none_found->len + no_runs->len, ==, 0);
  g_assert_cmpint (sg_history_get_last_sketch (place->history), ==, 0);
  g_assert_null (sg_history_load_sketch (place->history, id, NULL));
  g_assert_cmpint (sg_history_edit (place->history, &again, &error), ==, 0);
  g_assert_error (error, SG_STORE_ERROR, SG_STORE_ERROR_NOT_FOUND);

  edit (place, SG_HISTORY_RESTORE, id);
  g_autoptr (GPtrArray) found = list (place, "robot", 0, 10);
  g_autoptr (GPtrArray) runs = sg_history_find_runs (place->history, &all, NULL);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpuint (runs->len, ==, 1);
}

static void
test_duplicates (Place *place, gconstpointer data)
{
  static const char *const tags[] = { "robots", NULL };
  g_autoptr (GBytes) thumbnail = g_bytes_new_static ("a PNG", 5);
  g_autoptr (SgPage) page = test_page ("Car", 3);
  gint64 id = sg_history_save_sketch (place->history, 0, page, thumbnail, NULL);
  const SgHistoryEdit wanted = { SG_HISTORY_SKETCH, SG_HISTORY_DUPLICATE, id, NULL, NULL };

  tag (place, id, tags, NULL);
  gint64 copy = sg_history_edit (place->history, &wanted, NULL);
  g_assert_cmpint (copy, >, id);
  g_autoptr (SgHistoryEntry) entry = sg_history_get_entry (place->history, copy, NULL);
  g_assert_cmpstr (entry->title, ==, "Car (copy)");
  g_assert_cmpstr (entry->tags[0], ==, "robots");
  g_assert_true (g_bytes_equal (entry->thumbnail, thumbnail));
  g_assert_cmpuint (entry->n_strokes, ==, 3);
}

static void
test_pins (Place *place, gconstpointer data)
{
  gint64 id = save_new (place, "Car", 1);
  const SgSketchQuery pinned = { .pinned = TRUE, .limit = 10 };

  save_new (place, "Other", 1);
  edit (place, SG_HISTORY_PIN, id);
  g_autoptr (GPtrArray) entries = sg_history_find_sketches (place->history, &pinned, NULL);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_true (((SgHistoryEntry *)entries->pdata[0])->pinned);
  edit (place, SG_HISTORY_UNPIN, id);
  g_autoptr (GPtrArray) none = sg_history_find_sketches (place->history, &pinned, NULL);
  g_assert_cmpuint (none->len, ==, 0);
}

/* A sketch that was here before comes back as it was, with its picture and its words. */
static void
test_versions (Place *place, gconstpointer data)
{
  g_autoptr (GBytes) thumbnail = g_bytes_new_static ("a PNG", 5);
  g_autoptr (SgPage) page = test_page ("Car", 3);
  gint64 id = sg_history_save_sketch (place->history, 0, page, thumbnail, NULL);
  g_autoptr (GPtrArray) versions = sg_history_list_versions (place->history, id, 0, 10, NULL);
  const SgVersionEntry *version = versions->pdata[0];
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (versions->len, ==, 1);
  g_assert_true (version->current);
  g_assert_cmpuint (version->n_strokes, ==, 3);
  g_assert_true (g_bytes_equal (version->thumbnail, thumbnail));
  g_autoptr (SgPage) again = sg_history_load_version (place->history, version->id, NULL);
  g_autofree char *hash = sg_page_hash (page), *hash_again = sg_page_hash (again);
  g_assert_cmpstr (hash, ==, hash_again);
  g_assert_null (sg_history_load_version (place->history, version->id + 1, &error));
  g_assert_error (error, SG_STORE_ERROR, SG_STORE_ERROR_NOT_FOUND);
}

static void
test_run_in_full (Place *place, gconstpointer data)
{
  g_autoptr (GBytes) thumbnail = g_bytes_new_static ("a PNG", 5);
  gint64 id = save_new (place, "Car", 1);
  SgRunRecord record = { .sketch_id = id,
                         .status = "running",
                         .words = "moon gravity",
                         .spec = "{}",
                         .energy_first = 2,
                         .mjcf = "<mujoco/>",
                         .model_version = "0.1",
                         .library_version = "4.0.1" };
  gint64 run_id = sg_history_add_run (place->history, &record, NULL);
  g_autoptr (SgRunEntry) running = sg_history_get_run (place->history, run_id, NULL);

  g_assert_cmpint (running->completed_us, ==, 0);
  g_assert_cmpstr (running->title, ==, "Car");
  g_assert_cmpstr (running->words, ==, "moon gravity");
  g_assert_cmpstr (running->session, ==, sg_history_get_session (place->history));
  g_assert_cmpstr (running->library_version, ==, "4.0.1");
  record = (SgRunRecord){
    .status = "completed", .steps = 500, .frames = 60, .result = "{\"n\":1}", .thumbnail = thumbnail
  };
  g_assert_cmpint (sg_history_update_run (place->history, run_id, &record, NULL), ==, run_id);
  g_autoptr (SgRunEntry) done = sg_history_get_run (place->history, run_id, NULL);
  g_assert_cmpint (done->completed_us, >, 0);
  g_assert_cmpuint (done->frames, ==, 60);
  g_assert_cmpstr (done->spec, ==, "{}");
  g_assert_cmpstr (done->result, ==, "{\"n\":1}");
  g_assert_true (g_bytes_equal (done->thumbnail, thumbnail));
  g_autoptr (GPtrArray) versions = sg_history_list_versions (place->history, id, 0, 1, NULL);
  g_assert_cmpint (done->version_id, ==, ((SgVersionEntry *)versions->pdata[0])->id);
  g_assert_cmpint (sg_history_update_run (place->history, run_id + 1, &record, NULL), ==, 0);
}

static guint
count_runs (Place *place, SgRunQuery query)
{
  query.limit = 100;
  g_autoptr (GPtrArray) runs = sg_history_find_runs (place->history, &query, NULL);

  return runs->len;
}

static void
test_finds_runs (Place *place, gconstpointer data)
{
  gint64 car = save_new (place, "Car", 1), arm = save_new (place, "Arm", 1);
  static const char *const statuses[] = { "completed", "stopped", "diverged" };
  const char *session = sg_history_get_session (place->history);

  for (int i = 0; i < 12; i++)
    {
      SgRunRecord run = { .sketch_id = i % 2 ? car : arm,
                          .status = statuses[i % 3],
                          .words = i < 6 ? "moon" : "ice",
                          .session = i < 4 ? "earlier" : NULL };

      g_assert_cmpint (sg_history_add_run (place->history, &run, NULL), >, 0);
    }
  g_assert_cmpuint (count_runs (place, (SgRunQuery){ 0 }), ==, 12);
  g_assert_cmpuint (count_runs (place, (SgRunQuery){ .session = session }), ==, 8);
  g_assert_cmpuint (count_runs (place, (SgRunQuery){ .session = "earlier", .status = "stopped" }), ==, 1);
  g_assert_cmpuint (count_runs (place, (SgRunQuery){ .status = "stopped" }), ==, 4);
  g_assert_cmpuint (count_runs (place, (SgRunQuery){ .sketch_id = car }), ==, 6);
  g_assert_cmpuint (count_runs (place, (SgRunQuery){ .text = "mo" }), ==, 6);
  g_assert_cmpuint (count_runs (place, (SgRunQuery){ .text = "moon car" }), ==, 3);
  g_assert_cmpuint (count_runs (place, (SgRunQuery){ .text = "ice", .session = "earlier" }), ==, 0);
  g_assert_cmpuint (
    count_runs (place, (SgRunQuery){ .text = "car", .status = "stopped", .order = SG_HISTORY_BEST }), ==, 2);
}

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **kept)
{
  while (!*kept)
    g_main_context_iteration (NULL, TRUE);
  return *kept;
}

static void
test_async (Place *place, gconstpointer data)
{
  g_autoptr (GAsyncResult) saved = NULL, run_added = NULL, listed = NULL, loaded = NULL, missing = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = test_page ("Car", 3);

  sg_history_save_sketch_async (place->history, 0, page, NULL, NULL, keep_result_cb, &saved);
  gint64 id = sg_history_save_sketch_finish (place->history, wait_for (&saved), &error);
  g_assert_no_error (error);

  SgRunRecord run = { id, NULL, "stopped", 1, 1, 1, 0, 0 };
  sg_history_add_run_async (place->history, &run, NULL, keep_result_cb, &run_added);
  g_assert_cmpint (sg_history_add_run_finish (place->history, wait_for (&run_added), &error), >, 0);

  sg_history_list_async (place->history, "car", 0, 10, NULL, keep_result_cb, &listed);
  g_autoptr (GPtrArray) entries = sg_history_list_finish (place->history, wait_for (&listed), &error);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpuint (((SgHistoryEntry *)g_ptr_array_index (entries, 0))->n_runs, ==, 1);

  sg_history_load_sketch_async (place->history, id, NULL, keep_result_cb, &loaded);
  g_autoptr (SgPage) again = sg_history_load_sketch_finish (place->history, wait_for (&loaded), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sg_page_get_n_strokes (again), ==, 3);

  sg_history_load_sketch_async (place->history, id + 1, NULL, keep_result_cb, &missing);
  g_assert_null (sg_history_load_sketch_finish (place->history, wait_for (&missing), &error));
  g_assert_error (error, SG_STORE_ERROR, SG_STORE_ERROR_NOT_FOUND);

  g_clear_object (&saved);
  g_clear_object (&run_added);
  g_clear_object (&listed);
  g_clear_object (&loaded);
  g_clear_object (&missing);
  /* a worker may still be dropping its reference to the history */
  while (G_OBJECT (place->history)->ref_count > 1)
    g_usleep (1000);
}

/* Every other call that does not block gives what its blocking form does. */
static void
test_async_forms (Place *place, gconstpointer data)
{
  SgHistory *history = place->history;
  gint64 id = save_new (place, "Car", 1), run_id;
  const SgRunRecord run = { .sketch_id = id, .status = "running", .words = "moon" };
  const SgRunRecord done = { .status = "completed", .steps = 7 };
  const char *const tags[] = { "robots", NULL };
  const SgHistoryEdit edit = { SG_HISTORY_SKETCH, SG_HISTORY_TAG, id, NULL, tags };
  const SgRunQuery runs = { .text = "moon", .limit = 10 };
  const SgSketchQuery sketches = { .tag = "robots", .limit = 10 };
  GAsyncResult *results[8] = { NULL };

  sg_history_add_run_async (history, &run, NULL, keep_result_cb, &results[0]);
  run_id = sg_history_add_run_finish (history, wait_for (&results[0]), NULL);
  sg_history_update_run_async (history, run_id, &done, NULL, keep_result_cb, &results[1]);
  g_assert_cmpint (sg_history_update_run_finish (history, wait_for (&results[1]), NULL), ==, run_id);
  sg_history_edit_async (history, &edit, NULL, keep_result_cb, &results[2]);
  g_assert_cmpint (sg_history_edit_finish (history, wait_for (&results[2]), NULL), ==, id);

  sg_history_find_runs_async (history, &runs, NULL, keep_result_cb, &results[3]);
  g_autoptr (GPtrArray) found = sg_history_find_runs_finish (history, wait_for (&results[3]), NULL);
  g_assert_cmpuint (found->len, ==, 1);
  sg_history_find_sketches_async (history, &sketches, NULL, keep_result_cb, &results[4]);
  g_autoptr (GPtrArray) tagged = sg_history_find_sketches_finish (history, wait_for (&results[4]), NULL);
  g_assert_cmpuint (tagged->len, ==, 1);
  sg_history_list_tags_async (history, NULL, keep_result_cb, &results[5]);
  g_autoptr (GPtrArray) all_tags = sg_history_list_tags_finish (history, wait_for (&results[5]), NULL);
  g_assert_cmpuint (all_tags->len, ==, 1);
  sg_history_get_run_async (history, run_id, NULL, keep_result_cb, &results[6]);
  g_autoptr (SgRunEntry) entry = sg_history_get_run_finish (history, wait_for (&results[6]), NULL);
  g_assert_cmpuint (entry->steps, ==, 7);
  sg_history_load_version_async (history, entry->version_id, NULL, keep_result_cb, &results[7]);
  g_autoptr (SgPage) page = sg_history_load_version_finish (history, wait_for (&results[7]), NULL);
  g_assert_cmpuint (sg_page_get_n_strokes (page), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    g_object_unref (results[i]);
  while (G_OBJECT (history)->ref_count > 1)
    g_usleep (1000);
}

static void
test_cancelled_save_is_not_made (Place *place, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = test_page ("Car", 3);

  g_cancellable_cancel (cancellable);
  sg_history_save_sketch_async (place->history, 0, page, NULL, cancellable, keep_result_cb, &result);
  g_assert_cmpint (sg_history_save_sketch_finish (place->history, wait_for (&result), &error), ==, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (sg_history_get_last_sketch (place->history), ==, 0);
  g_clear_object (&result);
  while (G_OBJECT (place->history)->ref_count > 1)
    g_usleep (1000);
}

/* What was asked for is on disk after a flush, also with nobody waiting for its answer. */
static void
test_flush (Place *place, gconstpointer data)
{
  g_autoptr (SgHistory) other = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (SgPage) page = test_page ("Many", i);

      sg_history_save_sketch_async (place->history, 0, page, NULL, NULL, NULL, NULL);
    }
  sg_history_flush (place->history);
  other = sg_history_new (place->path, NULL);
  g_autoptr (GPtrArray) entries = sg_history_list (other, NULL, 0, 100, NULL);
  g_assert_cmpuint (entries->len, ==, 20);
  while (G_OBJECT (place->history)->ref_count > 1)
    g_main_context_iteration (NULL, FALSE);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Place *place, gconstpointer data);
  } tests[] = {
    { "/store/history/reopening", test_survives_reopening },
    { "/store/history/unchanged", test_unchanged_page_is_no_save },
    { "/store/history/lists-by-key", test_lists_by_key },
    { "/store/history/filters", test_filters_by_title_and_words },
    { "/store/history/thumbnail", test_thumbnail_stays },
    { "/store/history/pictures", test_pictures },
    { "/store/history/runs", test_runs },
    { "/store/history/deletes", test_deletes },
    { "/store/history/not-found", test_not_found },
    { "/store/history/renames", test_renames },
    { "/store/history/tags", test_tags },
    { "/store/history/refuses-bad-tags", test_refuses_bad_tags },
    { "/store/history/deletion-is-undone", test_deletion_is_undone },
    { "/store/history/duplicates", test_duplicates },
    { "/store/history/pins", test_pins },
    { "/store/history/versions", test_versions },
    { "/store/history/run-in-full", test_run_in_full },
    { "/store/history/finds-runs", test_finds_runs },
    { "/store/history/async", test_async },
    { "/store/history/async-forms", test_async_forms },
    { "/store/history/cancelled", test_cancelled_save_is_not_made },
    { "/store/history/flush", test_flush },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Place, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
