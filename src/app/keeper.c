/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The queue of writes to the history. The head of the queue is the one under way; every other entry waits
 * and belongs to a different sketch than the other waiting ones. Where the machine fails (no space, another
 * program that holds the database) the head is tried again until it goes well; who waits for the queue to be
 * empty waits for one try. */
#include "config.h"

#include "app/keeper.h"

#include "app/thumbnail.h"
#include "store/error.h"

#define THUMBNAIL_WIDTH 192
#define THUMBNAIL_HEIGHT 120
#define RETRY_S 5

typedef struct
{
  SgKept *kept;
  SgPage *page;
} Write;

struct _SgKeeper
{
  GObject parent_instance;
  SgHistory *history;
  SgCache *cache;     /* (nullable) */
  GQueue writes;      /* Write */
  GPtrArray *waiting; /* GTask: to return when the queue is empty */
  guint retry;        /* source that the head waits for; 0: none */
};

static guint problem_signal;

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

static void start_next (SgKeeper *self);

static void
release_waiting (SgKeeper *self)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    g_task_return_boolean (waiting->pdata[i], TRUE);
}

static gboolean
retry_cb (gpointer data)
{
  SgKeeper *self = data;

  self->retry = 0;
  start_next (self);
  return G_SOURCE_REMOVE;
}

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
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgKeeper) self = data;
  g_autoptr (GError) error = NULL;
  Write *write = g_queue_peek_head (&self->writes);
  gint64 id = sg_history_save_sketch_finish (SG_HISTORY (source), result, &error);
  g_autoptr (GError) problem = sg_history_take_problem (self->history);

  if (id != 0)
    write->kept->id = id;
  else if (problem != NULL || !passes (error))
    g_signal_emit (self, problem_signal, 0, error);
  if (passes (error))
    {
      self->retry = g_timeout_add_seconds (RETRY_S, retry_cb, self);
      release_waiting (self);
      return;
    }
  write_free (g_queue_pop_head (&self->writes));
  start_next (self);
}

static void
paint_thumbnail (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GBytes *thumbnail = sg_thumbnail_get (SG_KEEPER (source)->cache, SG_CACHE_NEAR, data, THUMBNAIL_WIDTH,
                                        THUMBNAIL_HEIGHT);

  g_task_return_pointer (task, thumbnail, (GDestroyNotify)g_bytes_unref);
}

static void
thumbnail_painted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SgKeeper *self = SG_KEEPER (source);
  g_autoptr (GBytes) thumbnail = g_task_propagate_pointer (G_TASK (result), NULL);
  Write *write = g_queue_peek_head (&self->writes);

  sg_history_save_sketch_async (self->history, write->kept->id, write->page, thumbnail, NULL, written_cb,
                                g_object_ref (self));
}

static void
start_next (SgKeeper *self)
{
  Write *write = g_queue_peek_head (&self->writes);

  if (write != NULL)
    {
      g_autoptr (GTask) task = g_task_new (self, NULL, thumbnail_painted_cb, NULL);

      g_task_set_task_data (task, sg_page_ref (write->page), (GDestroyNotify)sg_page_unref);
      g_task_run_in_thread (task, paint_thumbnail);
      return;
    }
  release_waiting (self);
}

void
sg_keeper_keep (SgKeeper *self, SgKept *kept, SgPage *page)
{
  for (GList *link = self->writes.head; link != NULL; link = link->next)
    {
      Write *write = link->data;

      if ((link != self->writes.head || self->retry != 0) && write->kept == kept)
        {
          sg_page_ref (page);
          sg_page_unref (write->page);
          write->page = page;
          return;
        }
    }

  Write *write = g_new0 (Write, 1);
  write->kept = g_rc_box_acquire (kept);
  write->page = sg_page_ref (page);
  g_queue_push_tail (&self->writes, write);
  if (self->writes.length == 1)
    start_next (self);
}

void
sg_keeper_settle_async (SgKeeper *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_ptr_array_add (self->waiting, task);
  if (self->retry != 0)
    g_clear_handle_id (&self->retry, g_source_remove);
  else if (self->writes.length > 0)
    return; /* under way */
  start_next (self);
}

static void
sg_keeper_finalize (GObject *object)
{
  SgKeeper *self = SG_KEEPER (object);

  g_clear_handle_id (&self->retry, g_source_remove);
  g_queue_clear_full (&self->writes, (GDestroyNotify)write_free);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_object (&self->history);
  g_clear_pointer (&self->cache, sg_cache_unref);
  G_OBJECT_CLASS (sg_keeper_parent_class)->finalize (object);
}

static void
sg_keeper_class_init (SgKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sg_keeper_finalize;
  problem_signal = g_signal_new ("problem", SG_TYPE_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
sg_keeper_init (SgKeeper *self)
{
  g_queue_init (&self->writes);
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
