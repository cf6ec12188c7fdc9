/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The owner thread of the writing connection and its queue. The thread holds nothing of the writer but the
 * queue and the connection, which it closes: the last reference to the history may be dropped on this very
 * thread, by a task that it has just completed. */
#include "store/writer.h"

struct _SgWriter
{
  GThread *thread;
  GAsyncQueue *jobs; /* Job; also held by the thread */
};

/* What the thread starts from. */
typedef struct
{
  GAsyncQueue *jobs;
  SgWriterOpen open; /* (nullable): `db` is there */
  gpointer open_data;
  SgDatabase *db; /* (nullable): `error` says why */
  GError *error;
} Owned;

typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean done;
  gint64 id;
  GError *error;
} Waiter;

typedef struct
{
  SgWriterFunc func; /* NULL: nothing to do but to tell the waiter; without one: end */
  gpointer data;
  GTask *task;       /* owned, or NULL: */
  SgWriterDone done; /* or NULL: */
  Waiter *waiter;    /* on the stack of who waits */
} Job;

static gint64
do_transaction (const Owned *owned, const Job *job, GError **error)
{
  SgDatabase *db = owned->db;

  if (!db && error)
    *error = g_error_copy (owned->error);
  if (!db || !sg_database_begin (db, error))
    return 0;
  gint64 id = job->func (db, job->data, error);
  if (id == 0)
    sg_database_rollback (db);
  else if (!sg_database_commit (db, error))
    id = 0;
  return id;
}

static void
do_task (const Owned *owned, const Job *job)
{
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (job->task))
    return;
  gint64 id = do_transaction (owned, job, &error);
  if (id == 0)
    g_task_return_error (job->task, error);
  else
    g_task_return_int (job->task, id);
}

static void
do_told (const Owned *owned, const Job *job)
{
  g_autoptr (GError) error = NULL;
  gint64 id = do_transaction (owned, job, &error);

  job->done (job->data, id, error);
}

static void
do_waited (const Owned *owned, const Job *job)
{
  GError *error = NULL;
  gint64 id = job->func ? do_transaction (owned, job, &error) : 0;

  g_mutex_lock (&job->waiter->mutex);
  job->waiter->id = id;
  job->waiter->error = error;
  job->waiter->done = TRUE;
  g_cond_signal (&job->waiter->cond);
  g_mutex_unlock (&job->waiter->mutex);
}

static gpointer
own_database (gpointer data)
{
  g_autofree Owned *owned = data;
  gboolean end = FALSE;

  if (owned->open)
    owned->db = owned->open (owned->open_data, &owned->error);
  while (!end)
    {
      g_autofree Job *job = g_async_queue_pop (owned->jobs);

      if (job->task)
        do_task (owned, job);
      else if (job->done)
        do_told (owned, job);
      else if (job->waiter)
        do_waited (owned, job);
      else
        end = TRUE;
      g_clear_object (&job->task);
    }
  g_clear_pointer (&owned->db, sg_database_close);
  g_clear_error (&owned->error);
  g_async_queue_unref (owned->jobs);
  return NULL;
}

static void
push (SgWriter *writer, SgWriterFunc func, gpointer data, GTask *task, SgWriterDone done, Waiter *waiter)
{
  Job *job = g_new (Job, 1);

  *job = (Job){ func, data, task, done, waiter };
  g_async_queue_push (writer->jobs, job);
}

static SgWriter *
start (Owned start_from)
{
  SgWriter *writer = g_new (SgWriter, 1);
  Owned *owned = g_new (Owned, 1);

  writer->jobs = g_async_queue_new ();
  *owned = start_from;
  owned->jobs = g_async_queue_ref (writer->jobs);
  writer->thread = g_thread_new ("database", own_database, owned);
  return writer;
}

SgWriter *
sg_writer_new (SgDatabase *db)
{
  return start ((Owned){ .db = db });
}

SgWriter *
sg_writer_new_opening (SgWriterOpen open, gpointer data)
{
  return start ((Owned){ .open = open, .open_data = data });
}

void
sg_writer_free (SgWriter *writer)
{
  push (writer, NULL, NULL, NULL, NULL, NULL);
  if (writer->thread == g_thread_self ())
    g_thread_unref (writer->thread);
  else
    g_thread_join (writer->thread);
  g_async_queue_unref (writer->jobs);
  g_free (writer);
}

static gint64
run_and_wait (SgWriter *writer, SgWriterFunc func, gpointer data, GError **error)
{
  Waiter waiter = { 0 };

  g_return_val_if_fail (writer->thread != g_thread_self (), 0);
  g_mutex_init (&waiter.mutex);
  g_cond_init (&waiter.cond);
  push (writer, func, data, NULL, NULL, &waiter);
  g_mutex_lock (&waiter.mutex);
  while (!waiter.done)
    g_cond_wait (&waiter.cond, &waiter.mutex);
  g_mutex_unlock (&waiter.mutex);
  g_mutex_clear (&waiter.mutex);
  g_cond_clear (&waiter.cond);
  if (waiter.error)
    g_propagate_error (error, waiter.error);
  return waiter.id;
}

gint64
sg_writer_run (SgWriter *writer, SgWriterFunc func, gpointer data, GError **error)
{
  return run_and_wait (writer, func, data, error);
}

void
sg_writer_run_task (SgWriter *writer, SgWriterFunc func, GTask *task)
{
  push (writer, func, g_task_get_task_data (task), task, NULL, NULL);
}

void
sg_writer_run_later (SgWriter *writer, SgWriterFunc func, SgWriterDone done, gpointer data)
{
  push (writer, func, data, NULL, done, NULL);
}

void
sg_writer_flush (SgWriter *writer)
{
  run_and_wait (writer, NULL, NULL, NULL);
}
