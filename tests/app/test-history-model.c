/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list of kept sketches over pages that the test hands out: keys, cancelling, what comes twice, what is
 * taken away and put back. */
#include "app/history-model.h"

#define N_SKETCHES 120

/* Sketch i of N_SKETCHES has id i + 1 and updated_us i + 1. The test answers requests when it likes. */
typedef struct
{
  SgHistoryModel *model;
  GPtrArray *requests; /* GTask */
  guint n_read, n_changes;
} Fixture;

static Fixture *
fixture_of (gpointer source)
{
  return g_object_get_data (source, "fixture");
}

static SgHistoryEntry *
make_entry (gint64 id, gint64 updated_us)
{
  SgHistoryEntry *entry = g_atomic_rc_box_new0 (SgHistoryEntry);

  entry->id = id;
  entry->title = g_strdup_printf ("Sketch %d", (int)id);
  entry->updated_us = updated_us;
  entry->tags = g_new0 (char *, 1);
  return entry;
}

static void
find_async (gpointer source,
            const SgSketchQuery *query,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  GTask *task = g_task_new (source, cancellable, callback, user_data);
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_history_entry_unref);
  gint64 first = query->before_us == 0 ? N_SKETCHES : query->before_us - 1;

  for (gint64 id = first; id > 0 && entries->len < query->limit; id--)
    if (query->text == NULL || id % 10 == 0)
      g_ptr_array_add (entries, make_entry (id, id));
  g_task_set_task_data (task, entries, (GDestroyNotify)g_ptr_array_unref);
  g_ptr_array_add (fixture_of (source)->requests, task);
}

static GPtrArray *
find_finish (gpointer source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
answer (Fixture *f, guint request)
{
  GTask *task = f->requests->pdata[request];
  GPtrArray *entries = g_task_get_task_data (task);

  g_task_return_pointer (task, g_ptr_array_ref (entries), (GDestroyNotify)g_ptr_array_unref);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
read_cb (Fixture *f)
{
  f->n_read++;
}

static void
changed_cb (Fixture *f)
{
  f->n_changes++;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GObject) source = g_object_new (G_TYPE_OBJECT, NULL);
  const SgHistoryReader reader = { find_async, find_finish };

  f->requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_object_set_data (source, "fixture", f);
  f->model = sg_history_model_new (source, &reader);
  g_signal_connect_swapped (f->model, "read", G_CALLBACK (read_cb), f);
  g_signal_connect_swapped (f->model, "items-changed", G_CALLBACK (changed_cb), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->requests, g_ptr_array_unref);
  g_clear_object (&f->model);
}

static guint
n_items (Fixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (f->model));
}

static gint64
id_at (Fixture *f, guint position)
{
  g_autoptr (SgHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (f->model), position);

  return sg_history_item_get_entry (item)->id;
}

static void
assert_newest_first (Fixture *f)
{
  for (guint i = 1; i < n_items (f); i++)
    g_assert_cmpint (id_at (f, i), <, id_at (f, i - 1));
}

static void
test_pages (Fixture *f, gconstpointer data)
{
  sg_history_model_search (f->model, NULL, NULL, FALSE);
  g_assert_cmpuint (n_items (f), ==, 0);
  answer (f, 0);
  g_assert_cmpuint (n_items (f), ==, 50);
  sg_history_model_read_more (f->model);
  sg_history_model_read_more (f->model); /* one at a time */
  g_assert_cmpuint (f->requests->len, ==, 2);
  answer (f, 1);
  sg_history_model_read_more (f->model);
  g_assert_false (sg_history_model_is_complete (f->model));
  answer (f, 2);
  g_assert_cmpuint (n_items (f), ==, N_SKETCHES);
  assert_newest_first (f);
  g_assert_true (sg_history_model_is_complete (f->model));
  sg_history_model_read_more (f->model);
  g_assert_cmpuint (f->requests->len, ==, 3);
  g_assert_cmpuint (f->n_changes, ==, 3);
}

/* The rows of the older search stay until the newer one has some; an answer that comes late is let go. */
static void
test_newer_search (Fixture *f, gconstpointer data)
{
  sg_history_model_search (f->model, NULL, NULL, FALSE);
  answer (f, 0);
  sg_history_model_search (f->model, " a ", NULL, FALSE);
  g_assert_cmpuint (n_items (f), ==, 50);
  sg_history_model_search (f->model, " ", NULL, FALSE);
  g_assert_true (g_cancellable_is_cancelled (g_task_get_cancellable (f->requests->pdata[1])));
  sg_history_model_search (f->model, "ab", NULL, FALSE);
  g_assert_true (sg_history_model_is_filtered (f->model));
  answer (f, 3);
  g_assert_cmpuint (n_items (f), ==, 12);
  answer (f, 1);
  answer (f, 2);
  g_assert_cmpuint (n_items (f), ==, 12);
  g_assert_cmpint (id_at (f, 0), ==, 120);
  g_assert_cmpint (id_at (f, 1), ==, 110);
  g_assert_cmpuint (f->n_read, ==, 2);
}

/* A sketch that came to the front while pages were read is not there twice. */
static void
test_no_sketch_twice (Fixture *f, gconstpointer data)
{
  sg_history_model_search (f->model, NULL, NULL, FALSE);
  answer (f, 0);
  sg_history_model_read_more (f->model);
  GPtrArray *page = g_task_get_task_data (f->requests->pdata[1]);
  g_ptr_array_insert (page, 0, make_entry (120, 71));
  g_ptr_array_remove_index (page, page->len - 1);
  answer (f, 1);
  g_assert_cmpuint (n_items (f), ==, 99);
  assert_newest_first (f);
}

static void
test_taken_and_put_back (Fixture *f, gconstpointer data)
{
  g_autoptr (SgHistoryEntry) entry = make_entry (100, 100), far = make_entry (10, 10);
  guint position;

  sg_history_model_search (f->model, NULL, NULL, FALSE);
  answer (f, 0);
  sg_history_model_read_more (f->model);
  sg_history_model_remove (f->model, 100);
  sg_history_model_remove (f->model, 60); /* on the page under way */
  sg_history_model_remove (f->model, 10); /* on a later one */
  answer (f, 1);
  g_assert_cmpuint (n_items (f), ==, 98);
  g_assert_null (sg_history_model_find (f->model, 60, NULL));
  sg_history_model_put_back (f->model, entry);
  sg_history_model_put_back (f->model, entry);
  sg_history_model_put_back (f->model, far);
  g_assert_cmpuint (n_items (f), ==, 99);
  g_assert_nonnull (sg_history_model_find (f->model, 100, &position));
  g_assert_cmpuint (position, ==, 20);
  assert_newest_first (f);
  sg_history_model_read_more (f->model);
  answer (f, 2);
  g_assert_cmpuint (n_items (f), ==, N_SKETCHES - 1);
  g_assert_nonnull (sg_history_model_find (f->model, 10, NULL));
}

static void
test_changed_in_place (Fixture *f, gconstpointer data)
{
  g_autoptr (SgHistoryEntry) entry = make_entry (120, 120), other = make_entry (1000, 1);
  guint n_changed = 0;

  sg_history_model_search (f->model, NULL, NULL, FALSE);
  answer (f, 0);
  f->n_changes = 0;
  SgHistoryItem *item = sg_history_model_find (f->model, 120, NULL);
  g_signal_connect_swapped (item, "changed", G_CALLBACK (read_cb), f);
  n_changed = f->n_read;
  g_free (entry->title);
  entry->title = g_strdup ("Renamed");
  sg_history_model_update (f->model, entry);
  sg_history_model_update (f->model, other);
  g_assert_cmpuint (f->n_read, ==, n_changed + 1);
  g_assert_cmpstr (sg_history_item_get_entry (item)->title, ==, "Renamed");
  g_assert_true (sg_history_model_find (f->model, 120, NULL) == item);
  g_assert_cmpuint (f->n_changes, ==, 0);
}

#define ADD(path, func) g_test_add ("/app/history-model/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("pages", test_pages);
  ADD ("newer-search", test_newer_search);
  ADD ("no-sketch-twice", test_no_sketch_twice);
  ADD ("taken-and-put-back", test_taken_and_put_back);
  ADD ("changed-in-place", test_changed_in_place);
  return g_test_run ();
}
