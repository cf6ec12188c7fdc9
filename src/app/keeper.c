/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The queue of writes to the history. The head of the queue is the one under way; every other entry waits
 * and belongs to a different sketch than the other waiting ones. What was written without a picture, or not
 * at all, is in `late` with its newest page until a timer or the end of the program asks for it: a picture of
 * a full page costs more than its ink. Runs wait for the first write of their sketch, the newest MAX_RUNS of
 * them. */
#include "config.h"

#include "app/keeper.h"

#include "app/cached-thumbnail.h"
#include "store/error.h"

#define THUMBNAIL_WIDTH 256
#define THUMBNAIL_HEIGHT 160
#define RETRY_SECONDS 5
#define MAX_RUNS 64

typedef struct
{
  SgKept *kept;
  SgPage *page;
  gboolean whole; /* with its picture */
  gboolean pictured;
} Write;

typedef struct
{
  SgKept *kept;
  SgRunRecord record; /* owns what it points to */
} Run;

struct _SgKeeper
{
  GObject parent_instance;
  SgHistory *history;
  SgCache *cache;     /* (nullable) */
  GQueue writes;      /* Write */
  GHashTable *late;   /* SgKept -> SgPage */
  guint late_timer;   /* 0: nothing is late */
  GPtrArray *runs;    /* Run: of sketches that are not kept yet */
  GPtrArray *waiting; /* GTask: to return when the queue is empty */
  gboolean troubled;  /* the last write failed */
};

enum
{
  KEPT,
  PROBLEM,
  RECOVERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SgKeeper, sg_keeper, G_TYPE_OBJECT)

SgKept *
sg_kept_new (gint64 id)
{
  SgKept *kept = g_rc_box_new0 (SgKept);

  kept->id = id;
  return kept;
}

static void
write_free (Write *write)
{
  g_rc_box_release (write->kept);
  sg_page_unref (write->page);
  g_free (write);
}

static void
run_free (gpointer data)
{
  Run *run = data;
  const SgRunRecord *record = &run->record;
  const char *const texts[] = { record->mjcf, record->status, record->title,
                                record->words, record->session, record->spec,
                                record->result, record->model_version, record->library_version };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free ((char *)texts[i]);
  g_clear_pointer (&run->record.thumbnail, g_bytes_unref);
  g_rc_box_release (run->kept);
  g_free (run);
}

static Run *
run_new (SgKept *kept, const SgRunRecord *record)
{
  Run *run = g_new (Run, 1);

  *run = (Run){ g_rc_box_acquire (kept), *record };
  run->record.mjcf = g_strdup (record->mjcf);
  run->record.status = g_strdup (record->status);
  run->record.title = g_strdup (record->title);
  run->record.words = g_strdup (record->words);
  run->record.session = g_strdup (record->session);
  run->record.spec = g_strdup (record->spec);
  run->record.result = g_strdup (record->result);
  run->record.model_version = g_strdup (record->model_version);
  run->record.library_version = g_strdup (record->library_version);
  if (record->thumbnail != NULL)
    g_bytes_ref (record->thumbnail);
  return run;
}

static void start_next (SgKeeper *self);

/* -- What is late -- */

static void
keep_late (SgKeeper *self)
{
  GHashTableIter iter;
  gpointer kept, page;
  g_autoptr (GHashTable) late = g_steal_pointer (&self->late);

  self->late = g_hash_table_new_full (NULL, NULL, g_rc_box_release, (GDestroyNotify)sg_page_unref);
  g_clear_handle_id (&self->late_timer, g_source_remove);
  g_hash_table_iter_init (&iter, late);
  while (g_hash_table_iter_next (&iter, &kept, &page))
    sg_keeper_keep (self, kept, page, TRUE);
}

static gboolean
late_cb (gpointer data)
{
  SgKeeper *self = data;

  self->late_timer = 0;
  keep_late (self);
  return G_SOURCE_REMOVE;
}

static Write *
find_waiting (SgKeeper *self, const SgKept *kept)
{
  for (GList *link = self->writes.head; link != NULL; link = link->next)
    if (link != self->writes.head && ((Write *)link->data)->kept == kept)
      return link->data;
  return NULL;
}

/* The page that `write` wrote, or could not write, is to be written once more after so many seconds. */
static void
note_late (SgKeeper *self, const Write *write, guint seconds)
{
  write->kept->stale = TRUE;
  if (find_waiting (self, write->kept) != NULL)
    return;
  g_hash_table_replace (self->late, g_rc_box_acquire (write->kept), sg_page_ref (write->page));
  if (self->late_timer == 0)
    self->late_timer = g_timeout_add_seconds (seconds, late_cb, self);
}

/* -- Writing -- */

/* Whether the same write may go well later. */
static gboolean
passes (const GError *error)
{
  return g_error_matches (error, SG_STORE_ERROR, SG_STORE_ERROR_FULL) ||
         g_error_matches (error, SG_STORE_ERROR, SG_STORE_ERROR_BUSY) ||
         g_error_matches (error, SG_STORE_ERROR, SG_STORE_ERROR_IO);
}

/* The person is told once, as long as it is the same trouble. */
static void
take_failed (SgKeeper *self, const Write *write, GError *error)
{
  g_autoptr (GError) problem = sg_history_take_problem (self->history);

  self->troubled = TRUE;
  write->kept->failed = TRUE;
  if (passes (error))
    note_late (self, write, RETRY_SECONDS);
  if (problem != NULL || !passes (error))
    g_signal_emit (self, signals[PROBLEM], 0, error);
}

static void
run_added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgKeeper) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) problem = NULL;

  if (sg_history_add_run_finish (SG_HISTORY (source), result, &error) != 0)
    return;
  problem = sg_history_take_problem (self->history);
  if (problem == NULL)
    return;
  self->troubled = TRUE;
  g_signal_emit (self, signals[PROBLEM], 0, error);
}

static void
add_run (SgKeeper *self, const SgKept *kept, const SgRunRecord *record)
{
  SgRunRecord run = *record;

  run.sketch_id = kept->id;
  sg_history_add_run_async (self->history, &run, NULL, run_added_cb, g_object_ref (self));
}

static void
add_runs_of_kept (SgKeeper *self)
{
  guint i = 0;

  while (i < self->runs->len)
    {
      const Run *run = self->runs->pdata[i];

      if (run->kept->id == 0)
        {
          i++;
          continue;
        }
      add_run (self, run->kept, &run->record);
      g_ptr_array_remove_index (self->runs, i);
    }
}

void
sg_keeper_add_run (SgKeeper *self, SgKept *kept, const SgRunRecord *run)
{
  if (kept->id != 0)
    {
      add_run (self, kept, run);
      return;
    }
  if (self->runs->len == MAX_RUNS)
    g_ptr_array_remove_index (self->runs, 0);
  g_ptr_array_add (self->runs, run_new (kept, run));
}

static void
take_written (SgKeeper *self, Write *write, gint64 id)
{
  write->kept->id = id;
  write->kept->stale = FALSE;
  write->kept->failed = FALSE;
  add_runs_of_kept (self);
  if (!write->pictured)
    note_late (self, write, SG_KEEPER_PICTURE_SECONDS);
  if (self->troubled)
    g_signal_emit (self, signals[RECOVERED], 0);
  self->troubled = FALSE;
  g_signal_emit (self, signals[KEPT], 0);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgKeeper) self = data;
  g_autoptr (GError) error = NULL;
  Write *write = g_queue_peek_head (&self->writes);
  gint64 id = sg_history_save_sketch_finish (SG_HISTORY (source), result, &error);

  if (id != 0)
    take_written (self, write, id);
  else if (g_error_matches (error, SG_STORE_ERROR, SG_STORE_ERROR_NOT_FOUND) && write->kept->id != 0)
    {
      write->kept->id = 0; /* deleted meanwhile: what is drawn is a new sketch */
      if (find_waiting (self, write->kept) == NULL)
        sg_keeper_keep (self, write->kept, write->page, TRUE);
    }
  else
    take_failed (self, write, error);
  write_free (g_queue_pop_head (&self->writes));
  start_next (self);
}

static void
paint_thumbnail (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GBytes *thumbnail = sg_cached_thumbnail (SG_KEEPER (source)->cache, SG_CACHE_NEAR, data, THUMBNAIL_WIDTH,
                                           THUMBNAIL_HEIGHT);

  g_task_return_pointer (task, thumbnail, (GDestroyNotify)g_bytes_unref);
}

static void
write_head (SgKeeper *self, GBytes *thumbnail)
{
  Write *write = g_queue_peek_head (&self->writes);

  write->pictured = thumbnail != NULL;
  sg_history_save_sketch_async (self->history, write->kept->id, write->page, thumbnail, NULL, written_cb,
                                g_object_ref (self));
}

static void
thumbnail_painted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SgKeeper *self = SG_KEEPER (source);
  g_autoptr (GBytes) thumbnail = g_task_propagate_pointer (G_TASK (result), NULL);
  Write *write = g_queue_peek_head (&self->writes);

  write->kept->pictured_us = g_get_monotonic_time ();
  write_head (self, thumbnail);
}

static gboolean
wants_picture (const Write *write)
{
  gint64 age = g_get_monotonic_time () - write->kept->pictured_us;

  return write->whole || write->kept->pictured_us == 0 || age >= SG_KEEPER_PICTURE_SECONDS * G_USEC_PER_SEC;
}

static void
start_next (SgKeeper *self)
{
  Write *write = g_queue_peek_head (&self->writes);

  if (write != NULL && wants_picture (write))
    {
      g_autoptr (GTask) task = g_task_new (self, NULL, thumbnail_painted_cb, NULL);

      g_task_set_task_data (task, sg_page_ref (write->page), (GDestroyNotify)sg_page_unref);
      g_task_run_in_thread (task, paint_thumbnail);
      return;
    }
  if (write != NULL)
    {
      write_head (self, NULL);
      return;
    }
  if (self->waiting->len > 0 && g_hash_table_size (self->late) > 0 && !self->troubled)
    {
      keep_late (self);
      return;
    }
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    g_task_return_boolean (waiting->pdata[i], TRUE);
}

void
sg_keeper_keep (SgKeeper *self, SgKept *kept, SgPage *page, gboolean whole)
{
  Write *write = find_waiting (self, kept);

  g_hash_table_remove (self->late, kept);
  if (write != NULL)
    {
      sg_page_ref (page);
      sg_page_unref (write->page);
      write->page = page;
      write->whole |= whole;
      return;
    }
  write = g_new0 (Write, 1);
  *write = (Write){ g_rc_box_acquire (kept), sg_page_ref (page), whole };
  g_queue_push_tail (&self->writes, write);
  if (self->writes.length == 1)
    start_next (self);
}

gboolean
sg_keeper_is_well (SgKeeper *self)
{
  return !self->troubled && !sg_history_is_in_memory (self->history);
}

gboolean
sg_keeper_has_lost (SgKeeper *self, const SgKept *kept)
{
  return kept->failed || sg_history_is_in_memory (self->history);
}

void
sg_keeper_settle_async (SgKeeper *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_ptr_array_add (self->waiting, task);
  keep_late (self);
  if (self->writes.length == 0)
    start_next (self);
}

static void
sg_keeper_finalize (GObject *object)
{
  SgKeeper *self = SG_KEEPER (object);

  g_clear_handle_id (&self->late_timer, g_source_remove);
  g_clear_pointer (&self->late, g_hash_table_unref);
  g_queue_clear_full (&self->writes, (GDestroyNotify)write_free);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_object (&self->history);
  g_clear_pointer (&self->cache, sg_cache_unref);
  G_OBJECT_CLASS (sg_keeper_parent_class)->finalize (object);
}

static void
sg_keeper_class_init (SgKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sg_keeper_finalize;
  signals[KEPT] =
    g_signal_new ("kept", SG_TYPE_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PROBLEM] = g_signal_new ("problem", SG_TYPE_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[RECOVERED] =
    g_signal_new ("recovered", SG_TYPE_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sg_keeper_init (SgKeeper *self)
{
  g_queue_init (&self->writes);
  self->runs = g_ptr_array_new_with_free_func (run_free);
  self->late = g_hash_table_new_full (NULL, NULL, g_rc_box_release, (GDestroyNotify)sg_page_unref);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

SgKeeper *
sg_keeper_new (SgHistory *history)
{
  SgKeeper *self = g_object_new (SG_TYPE_KEEPER, NULL);

  self->history = g_object_ref (history);
  return self;
}

void
sg_keeper_set_cache (SgKeeper *self, SgCache *cache)
{
  g_clear_pointer (&self->cache, sg_cache_unref);
  self->cache = cache != NULL ? sg_cache_ref (cache) : NULL;
}
