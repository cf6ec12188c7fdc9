/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The owner thread of the writing connection and its queue. A commit that may wait for the disk is taken
 * there when nothing was asked for during a second, or by the next commit once it has waited for one. The
 * thread holds nothing of the writer but the queue and the connection, which it closes: the last reference
 * to the history may be dropped on this very thread, by a task that it has just completed. */
#include "store/writer.h"

#define WAIT_US G_USEC_PER_SEC

struct _SgWriter
{
  GThread *thread;
  GAsyncQueue *jobs; /* Job; also held by the thread */
};

/* What the thread starts from. */
typedef struct
{
  GAsyncQueue *jobs;
  SgDatabase *db;
  SgWriterReport report;
  gpointer report_data; /* there as long as work is asked for */
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
  SgCommit commit;
  GTask *task;    /* owned, or NULL: */
  Waiter *waiter; /* on the stack of who waits */
} Job;

/* What the thread has. */
typedef struct
{
  const Owned *owned;
  SgDatabase *db;
  gint64 unsynced_us; /* monotonic: when the first commit that is not on the disk was made; 0: all are */
} Owner;

static gint64
try_transaction (Owner *owner, const Job *job, GError **error)
{
  gboolean late = owner->unsynced_us != 0 && g_get_monotonic_time () - owner->unsynced_us >= WAIT_US;
  gboolean synced = job->commit == SG_COMMIT_SYNCED || late;

  if (!sg_database_set_synced (owner->db, synced, error) || !sg_database_begin (owner->db, error))
    return 0;
  gint64 id = job->func (owner->db, job->data, error);
  if (id == 0)
    sg_database_rollback (owner->db);
  else if (!sg_database_commit (owner->db, error))
    id = 0;
  if (id != 0 && synced)
    owner->unsynced_us = 0;
  else if (id != 0 && owner->unsynced_us == 0)
    owner->unsynced_us = g_get_monotonic_time ();
  return id;
}

static gint64
do_transaction (Owner *owner, const Job *job, GError **error)
{
  GError *cause = NULL;
  gint64 id = try_transaction (owner, job, &cause);

  owner->owned->report (owner->owned->report_data, cause);
  if (cause)
    g_propagate_error (error, cause);
  return id;
}

/* What could not be synced is tried again with the next commit. */
static void
sync_all (Owner *owner)
{
  if (owner->unsynced_us != 0)
    sg_database_sync (owner->db, NULL);
  owner->unsynced_us = 0;
}

static void
do_task (Owner *owner, const Job *job)
{
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (job->task))
    return;
  gint64 id = do_transaction (owner, job, &error);
  if (id == 0)
    g_task_return_error (job->task, error);
  else
    g_task_return_int (job->task, id);
}

static void
do_waited (Owner *owner, const Job *job)
{
  GError *error = NULL;
  gint64 id = 0;

  if (job->func)
    id = do_transaction (owner, job, &error);
  else
    sync_all (owner);

  g_mutex_lock (&job->waiter->mutex);
  job->waiter->id = id;
  job->waiter->error = error;
  job->waiter->done = TRUE;
  g_cond_signal (&job->waiter->cond);
  g_mutex_unlock (&job->waiter->mutex);
}

/* NULL: nothing came for so long that it is time to sync. */
static Job *
next_job (const Owner *owner, GAsyncQueue *jobs)
{
  return owner->unsynced_us != 0 ? g_async_queue_timeout_pop (jobs, WAIT_US) : g_async_queue_pop (jobs);
}

static gpointer
own_database (gpointer data)
{
  g_autofree Owned *owned = data;
  Owner owner = { owned, owned->db, 0 };
  gboolean end = FALSE;

  while (!end)
    {
      g_autofree Job *job = next_job (&owner, owned->jobs);

      if (!job)
        sync_all (&owner);
      else if (job->task)
        do_task (&owner, job);
      else if (job->waiter)
        do_waited (&owner, job);
      else
        end = TRUE;
      if (job)
        g_clear_object (&job->task);
    }
  sync_all (&owner);
  sg_database_close (owner.db);
  g_async_queue_unref (owned->jobs);
  return NULL;
}

static void
push (SgWriter *writer, SgWriterFunc func, gpointer data, SgCommit commit, GTask *task, Waiter *waiter)
{
  Job *job = g_new (Job, 1);

  *job = (Job){ func, data, commit, task, waiter };
  g_async_queue_push (writer->jobs, job);
}

SgWriter *
sg_writer_new (SgDatabase *db, SgWriterReport report, gpointer data)
{
  SgWriter *writer = g_new (SgWriter, 1);
  Owned *owned = g_new (Owned, 1);

  writer->jobs = g_async_queue_new ();
  *owned = (Owned){ g_async_queue_ref (writer->jobs), db, report, data };
  writer->thread = g_thread_new ("history", own_database, owned);
  return writer;
}

void
sg_writer_free (SgWriter *writer)
{
  push (writer, NULL, NULL, SG_COMMIT_SYNCED, NULL, NULL);
  if (writer->thread == g_thread_self ())
    g_thread_unref (writer->thread);
  else
    g_thread_join (writer->thread);
  g_async_queue_unref (writer->jobs);
  g_free (writer);
}

static gint64
run_and_wait (SgWriter *writer, SgWriterFunc func, gpointer data, SgCommit commit, GError **error)
{
  Waiter waiter = { 0 };

  g_return_val_if_fail (writer->thread != g_thread_self (), 0);
  g_mutex_init (&waiter.mutex);
  g_cond_init (&waiter.cond);
  push (writer, func, data, commit, NULL, &waiter);
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
sg_writer_run (SgWriter *writer, SgWriterFunc func, gpointer data, SgCommit commit, GError **error)
{
  return run_and_wait (writer, func, data, commit, error);
}

void
sg_writer_run_task (SgWriter *writer, SgWriterFunc func, SgCommit commit, GTask *task)
{
  push (writer, func, g_task_get_task_data (task), commit, task, NULL);
}

void
sg_writer_flush (SgWriter *writer)
{
  run_and_wait (writer, NULL, NULL, SG_COMMIT_SYNCED, NULL);
}
