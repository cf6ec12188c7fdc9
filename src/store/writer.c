/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The owner thread of the writing connection and its queue. A commit that may wait for the disk is taken
 * there when nothing was asked for during a second, or by the next commit once it has waited for one; in the
 * first of these cases a log that has become long is cut, too. The thread holds nothing of the writer but the
 * queue and the connection, which it closes: the last reference to the history may be dropped on this very
 * thread, by a task that it has just completed. */
#include "store/writer.h"

#define WAIT_US G_USEC_PER_SEC

struct _SgWriter
{
  GThread *thread;
  GAsyncQueue *jobs; /* Job; also held by the thread */
};

typedef struct
{
  void (*func) (SgDatabase *db, gpointer data);
  gpointer data;
  GDestroyNotify destroy;
  gint64 interval_us, next_us;
} Periodic;

/* What the thread starts from. */
typedef struct
{
  GAsyncQueue *jobs;
  SgWriterOpen open; /* (nullable): `db` is there */
  gpointer open_data;
  SgDatabase *db; /* (nullable): `error` says why */
  GError *error;
  SgWriterReport report; /* (nullable) */
  gpointer report_data;  /* there as long as work is asked for */
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
  GTask *task;        /* owned, or NULL: */
  SgWriterDone done;  /* or NULL: */
  Waiter *waiter;     /* on the stack of who waits */
  Periodic *periodic; /* owned, or NULL */
} Job;

/* What the thread has. */
typedef struct
{
  const Owned *owned;
  SgDatabase *db;
  gint64 unsynced_us; /* monotonic: when the first commit that is not on the disk was made; 0: all are */
  gboolean log_grew;  /* since it was looked at */
  Periodic periodic;  /* func NULL: none */
} Owner;

static gint64
try_transaction (Owner *owner, const Job *job, GError **error)
{
  gboolean late = owner->unsynced_us != 0 && g_get_monotonic_time () - owner->unsynced_us >= WAIT_US;
  gboolean synced = job->commit == SG_COMMIT_SYNCED || late;

  if (!sg_database_set_synced (owner->db, synced, error) || !sg_database_begin (owner->db, error))
    return 0;
  owner->log_grew = TRUE;
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
  const Owned *owned = owner->owned;
  GError *cause = owner->db ? NULL : g_error_copy (owned->error);
  gint64 id = owner->db ? try_transaction (owner, job, &cause) : 0;

  if (owned->report)
    owned->report (owned->report_data, cause);
  if (cause)
    g_propagate_error (error, cause);
  return id;
}

/* When nobody waits, or who waits wants it (`always`). What could not be synced is tried again with the next
 * commit. */
static void
sync_all (Owner *owner, gboolean always)
{
  if (owner->db && (owner->unsynced_us != 0 || always))
    sg_database_sync (owner->db, NULL);
  if (owner->log_grew)
    sg_database_cut_log (owner->db);
  owner->unsynced_us = 0;
  owner->log_grew = FALSE;
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
do_told (Owner *owner, const Job *job)
{
  g_autoptr (GError) error = NULL;
  gint64 id = do_transaction (owner, job, &error);

  job->done (job->data, id, error);
}

static void
do_waited (Owner *owner, const Job *job)
{
  GError *error = NULL;
  gint64 id = 0;

  if (job->func)
    id = do_transaction (owner, job, &error);
  else
    sync_all (owner, TRUE);

  g_mutex_lock (&job->waiter->mutex);
  job->waiter->id = id;
  job->waiter->error = error;
  job->waiter->done = TRUE;
  g_cond_signal (&job->waiter->cond);
  g_mutex_unlock (&job->waiter->mutex);
}

/* How long the owner may wait for work; -1: for ever. */
static gint64
time_to_wait (const Owner *owner)
{
  gint64 left = owner->unsynced_us != 0 || owner->log_grew ? WAIT_US : G_MAXINT64;

  if (owner->periodic.func)
    left = MIN (left, MAX (0, owner->periodic.next_us - g_get_monotonic_time ()));
  return left == G_MAXINT64 ? -1 : left;
}

static void
do_periodic (Owner *owner)
{
  Periodic *periodic = &owner->periodic;

  if (!periodic->func || g_get_monotonic_time () < periodic->next_us)
    return;
  periodic->func (owner->db, periodic->data);
  owner->log_grew = TRUE;
  periodic->next_us = g_get_monotonic_time () + periodic->interval_us;
}

/* NULL: nothing came for so long that it is time for what is not asked for. */
static Job *
next_job (const Owner *owner, GAsyncQueue *jobs)
{
  gint64 left_us = time_to_wait (owner);

  if (left_us < 0)
    return g_async_queue_pop (jobs);
  return left_us > 0 ? g_async_queue_timeout_pop (jobs, left_us) : g_async_queue_try_pop (jobs);
}

static void
begin_periodic (Owner *owner, Periodic *periodic)
{
  owner->periodic = *periodic;
  owner->periodic.next_us = g_get_monotonic_time () + periodic->interval_us;
  g_free (periodic);
}

static void
end_periodic (Owner *owner)
{
  Periodic *periodic = &owner->periodic;

  if (!periodic->func)
    return;
  periodic->func (owner->db, periodic->data);
  periodic->destroy (periodic->data);
}

/* Returns whether it was the last. */
static gboolean
do_job (Owner *owner, Job *job)
{
  if (job->task)
    do_task (owner, job);
  else if (job->done)
    do_told (owner, job);
  else if (job->waiter)
    do_waited (owner, job);
  else if (job->periodic)
    begin_periodic (owner, job->periodic);
  else
    return TRUE;
  g_clear_object (&job->task);
  return FALSE;
}

static gpointer
own_database (gpointer data)
{
  g_autofree Owned *owned = data;
  Owner owner = { .owned = owned };
  gboolean end = FALSE;

  if (owned->open)
    owned->db = owned->open (owned->open_data, &owned->error);
  owner.db = owned->db;
  while (!end)
    {
      g_autofree Job *job = next_job (&owner, owned->jobs);

      do_periodic (&owner);
      if (job)
        end = do_job (&owner, job);
      else
        sync_all (&owner, FALSE);
    }
  end_periodic (&owner);
  sync_all (&owner, FALSE);
  g_clear_pointer (&owner.db, sg_database_close);
  g_clear_error (&owned->error);
  g_async_queue_unref (owned->jobs);
  return NULL;
}

static void
push (SgWriter *writer, Job job)
{
  g_async_queue_push (writer->jobs, g_memdup2 (&job, sizeof job));
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
sg_writer_new (SgDatabase *db, SgWriterReport report, gpointer data)
{
  return start ((Owned){ .db = db, .report = report, .report_data = data });
}

SgWriter *
sg_writer_new_opening (SgWriterOpen open, gpointer data)
{
  return start ((Owned){ .open = open, .open_data = data });
}

void
sg_writer_free (SgWriter *writer)
{
  push (writer, (Job){ 0 });
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
  push (writer, (Job){ .func = func, .data = data, .commit = commit, .waiter = &waiter });
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
  push (writer,
        (Job){ .func = func, .data = g_task_get_task_data (task), .commit = commit, .task = task });
}

void
sg_writer_run_later (SgWriter *writer, SgWriterFunc func, SgWriterDone done, gpointer data)
{
  push (writer, (Job){ .func = func, .data = data, .commit = SG_COMMIT_SYNCED, .done = done });
}

void
sg_writer_set_periodic (SgWriter *writer,
                        void (*func) (SgDatabase *db, gpointer data),
                        gpointer data,
                        GDestroyNotify destroy,
                        gint64 interval_us)
{
  Periodic periodic = { func, data, destroy, interval_us, 0 };

  push (writer, (Job){ .periodic = g_memdup2 (&periodic, sizeof periodic) });
}

void
sg_writer_flush (SgWriter *writer)
{
  run_and_wait (writer, NULL, NULL, SG_COMMIT_SYNCED, NULL);
}
