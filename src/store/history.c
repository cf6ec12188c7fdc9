/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The history's face: what writes goes to the writer's thread by its queue, what reads happens on the calling
 * thread (or a task's) on a second connection, one reader at a time. */
#include "store/history.h"

#include <errno.h>

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "store/error.h"
#include "store/metrics.h"
#include "store/runs.h"
#include "store/sketches.h"
#include "store/writer.h"

struct _SgHistory
{
  GObject parent_instance;
  char *path;
  char *recovery; /* (nullable) */
  SgWriter *writer;
  GMutex reader_mutex;
  SgDatabase *reader; /* under reader_mutex */
};

G_DEFINE_FINAL_TYPE (SgHistory, sg_history, G_TYPE_OBJECT)

typedef struct
{
  gint64 id;
  SgPage *page;
  GBytes *thumbnail; /* (nullable) */
} SaveRequest;

typedef struct
{
  char *text; /* (nullable) */
  gint64 before_us;
  guint limit;
} ListRequest;

static void
save_request_free (gpointer data)
{
  SaveRequest *request = data;

  sg_page_unref (request->page);
  g_clear_pointer (&request->thumbnail, g_bytes_unref);
  g_free (request);
}

static void
list_request_free (gpointer data)
{
  ListRequest *request = data;

  g_free (request->text);
  g_free (request);
}

static void
run_record_free (gpointer data)
{
  SgRunRecord *run = data;

  g_free ((char *)run->mjcf);
  g_free ((char *)run->status);
  g_free (run);
}

static gint64
write_sketch (SgDatabase *db, gpointer data, GError **error)
{
  SG_TIME_BLOCK (SG_OPERATION_HISTORY_SAVE);
  const SaveRequest *request = data;

  return sg_sketches_save (db, request->id, request->page, request->thumbnail, g_get_real_time (), error);
}

static gint64
write_run (SgDatabase *db, gpointer data, GError **error)
{
  SG_TIME_BLOCK (SG_OPERATION_HISTORY_SAVE);

  return sg_runs_add (db, data, error);
}

static gint64
write_deletion (SgDatabase *db, gpointer data, GError **error)
{
  const gint64 *id = data;

  return sg_sketches_delete (db, *id, error) ? *id : 0;
}

static void
list_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const ListRequest *request = data;
  GError *error = NULL;
  GPtrArray *entries = sg_history_list (source, request->text, request->before_us, request->limit, &error);

  if (entries)
    g_task_return_pointer (task, entries, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const gint64 *id = data;
  GError *error = NULL;
  SgPage *page = sg_history_load_sketch (source, *id, &error);

  if (page)
    g_task_return_pointer (task, page, (GDestroyNotify)sg_page_unref);
  else
    g_task_return_error (task, error);
}

static void
sg_history_finalize (GObject *object)
{
  SgHistory *self = SG_HISTORY (object);

  g_clear_pointer (&self->reader, sg_database_close);
  g_clear_pointer (&self->writer, sg_writer_free); /* the last to close takes the log into the database */
  g_mutex_clear (&self->reader_mutex);
  g_free (self->path);
  g_free (self->recovery);
  G_OBJECT_CLASS (sg_history_parent_class)->finalize (object);
}

static void
sg_history_class_init (SgHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sg_history_finalize;
}

static void
sg_history_init (SgHistory *self)
{
  g_mutex_init (&self->reader_mutex);
}

/* A name beside the database that nothing has yet: history.db.corrupt-20260131-235959 */
static char *
new_name_aside (const char *path)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  char *name = g_strdup_printf ("%s.corrupt-%s", path, time);

  for (int i = 2; g_file_test (name, G_FILE_TEST_EXISTS); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s.corrupt-%s-%d", path, time, i);
    }
  return name;
}

/* Moves a damaged database out of the way, with its log: together they may still be repaired. */
static gboolean
move_aside (SgHistory *self, GError **error)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  g_autofree char *aside = new_name_aside (self->path);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (self->path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (aside, suffixes[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        {
          g_set_error (error, SG_STORE_ERROR, SG_STORE_ERROR_OPEN,
                       "%s: damaged, and cannot be moved aside: %s", from, g_strerror (errno));
          return FALSE;
        }
    }
  self->recovery = g_strdup_printf (
    _ ("The history was damaged. It was set aside as “%s” and a new one was begun."), aside);
  return TRUE;
}

static SgDatabase *
open_writing (SgHistory *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  GError *cause = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, SG_STORE_ERROR, errno == ENOSPC ? SG_STORE_ERROR_FULL : SG_STORE_ERROR_OPEN,
                   "%s: %s", folder, g_strerror (errno));
      return NULL;
    }
  SgDatabase *db = sg_database_open (self->path, SG_DATABASE_WRITER, &cause);
  if (!g_error_matches (cause, SG_STORE_ERROR, SG_STORE_ERROR_CORRUPT))
    {
      if (cause)
        g_propagate_error (error, cause);
      return db;
    }
  g_clear_error (&cause);
  return move_aside (self, error) ? sg_database_open (self->path, SG_DATABASE_WRITER, error) : NULL;
}

SgHistory *
sg_history_new (const char *path, GError **error)
{
  g_autoptr (SgHistory) self = g_object_new (SG_TYPE_HISTORY, NULL);

  self->path =
    path ? g_strdup (path) : g_build_filename (g_get_user_data_dir (), "simgen", "history.db", NULL);
  SgDatabase *db = open_writing (self, error);
  if (!db)
    return NULL;
  self->writer = sg_writer_new (db);
  self->reader = sg_database_open (self->path, SG_DATABASE_READER, error);
  return self->reader ? g_steal_pointer (&self) : NULL;
}

const char *
sg_history_get_recovery (SgHistory *self)
{
  return self->recovery;
}

gint64
sg_history_save_sketch (SgHistory *self, gint64 id, SgPage *page, GBytes *thumbnail, GError **error)
{
  SaveRequest request = { id, page, thumbnail };

  return sg_writer_run (self->writer, write_sketch, &request, error);
}

gint64
sg_history_add_run (SgHistory *self, const SgRunRecord *run, GError **error)
{
  return sg_writer_run (self->writer, write_run, (gpointer)run, error);
}

gboolean
sg_history_delete_sketch (SgHistory *self, gint64 id, GError **error)
{
  return sg_writer_run (self->writer, write_deletion, &id, error) != 0;
}

/* Gives the reader to the calling thread, in a transaction, until end_reading. NULL with `error`. */
static SgDatabase *
begin_reading (SgHistory *self, GError **error)
{
  g_mutex_lock (&self->reader_mutex);
  if (sg_database_begin (self->reader, error))
    return self->reader;
  g_mutex_unlock (&self->reader_mutex);
  return NULL;
}

static void
end_reading (SgHistory *self)
{
  sg_database_rollback (self->reader);
  g_mutex_unlock (&self->reader_mutex);
}

GPtrArray *
sg_history_list (SgHistory *self, const char *text, gint64 before_us, guint limit, GError **error)
{
  SG_TIME_BLOCK (SG_OPERATION_HISTORY_LIST);
  SgDatabase *db = begin_reading (self, error);

  if (!db)
    return NULL;
  GPtrArray *entries = sg_sketches_list (db, text, before_us, limit, error);
  end_reading (self);
  return entries;
}

SgHistoryEntry *
sg_history_get_entry (SgHistory *self, gint64 id, GError **error)
{
  SgDatabase *db = begin_reading (self, error);

  if (!db)
    return NULL;
  SgHistoryEntry *entry = sg_sketches_get (db, id, error);
  end_reading (self);
  return entry;
}

GPtrArray *
sg_history_list_runs (SgHistory *self, gint64 sketch_id, GError **error)
{
  SgDatabase *db = begin_reading (self, error);

  if (!db)
    return NULL;
  GPtrArray *entries = sg_runs_list (db, sketch_id, error);
  end_reading (self);
  return entries;
}

SgPage *
sg_history_load_sketch (SgHistory *self, gint64 id, GError **error)
{
  SG_TIME_BLOCK (SG_OPERATION_HISTORY_LOAD);
  SgDatabase *db = begin_reading (self, error);

  if (!db)
    return NULL;
  SgPage *page = sg_sketches_load (db, id, error);
  end_reading (self);
  return page;
}

gint64
sg_history_get_last_sketch (SgHistory *self)
{
  SgDatabase *db = begin_reading (self, NULL);

  if (!db)
    return 0;
  gint64 id = sg_sketches_get_last (db);
  end_reading (self);
  return id;
}

void
sg_history_save_sketch_async (SgHistory *self,
                              gint64 id,
                              SgPage *page,
                              GBytes *thumbnail,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  SaveRequest *request = g_new (SaveRequest, 1);

  *request = (SaveRequest){ id, sg_page_ref (page), thumbnail ? g_bytes_ref (thumbnail) : NULL };
  g_task_set_source_tag (task, sg_history_save_sketch_async);
  g_task_set_task_data (task, request, save_request_free);
  sg_writer_run_task (self->writer, write_sketch, task);
}

gint64
sg_history_save_sketch_finish (SgHistory *self, GAsyncResult *result, GError **error)
{
  gint64 id = g_task_propagate_int (G_TASK (result), error);

  return MAX (0, id); /* -1 with an error */
}

void
sg_history_add_run_async (SgHistory *self,
                          const SgRunRecord *run,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  SgRunRecord *copy = g_memdup2 (run, sizeof *run);

  copy->mjcf = g_strdup (run->mjcf);
  copy->status = g_strdup (run->status);
  g_task_set_source_tag (task, sg_history_add_run_async);
  g_task_set_task_data (task, copy, run_record_free);
  sg_writer_run_task (self->writer, write_run, task);
}

gint64
sg_history_add_run_finish (SgHistory *self, GAsyncResult *result, GError **error)
{
  gint64 id = g_task_propagate_int (G_TASK (result), error);

  return MAX (0, id); /* -1 with an error */
}

void
sg_history_list_async (SgHistory *self,
                       const char *text,
                       gint64 before_us,
                       guint limit,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  ListRequest *request = g_new (ListRequest, 1);

  *request = (ListRequest){ g_strdup (text), before_us, limit };
  g_task_set_source_tag (task, sg_history_list_async);
  g_task_set_task_data (task, request, list_request_free);
  g_task_run_in_thread (task, list_in_thread);
}

GPtrArray *
sg_history_list_finish (SgHistory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
sg_history_load_sketch_async (
  SgHistory *self, gint64 id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sg_history_load_sketch_async);
  g_task_set_task_data (task, g_memdup2 (&id, sizeof id), g_free);
  g_task_run_in_thread (task, load_in_thread);
}

SgPage *
sg_history_load_sketch_finish (SgHistory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
sg_history_flush (SgHistory *self)
{
  sg_writer_flush (self->writer);
}

/* -- Figures -- */

#define METRICS_INTERVAL_US (30 * G_USEC_PER_SEC)
#define TIDIED_AT_ONCE 1000 /* rows: some 30 ms */

/* What cannot be written is tried again; nobody waits for it. */
static void
write_metrics (SgDatabase *db, gpointer keeper)
{
  sg_metrics_keeper_write (keeper, db, g_get_real_time (), TIDIED_AT_ONCE, NULL);
}

void
sg_history_keep_metrics (SgHistory *self)
{
  sg_writer_set_periodic (self->writer, write_metrics, sg_metrics_keeper_new (sg_metrics_process ()),
                          (GDestroyNotify)sg_metrics_keeper_free, METRICS_INTERVAL_US);
}

SgFigures *
sg_history_load_metrics (SgHistory *self, gint64 since_us, gint64 until_us, GError **error)
{
  SgDatabase *db = begin_reading (self, error);

  if (!db)
    return NULL;
  SgFigures *figures = sg_metrics_load (db, since_us, until_us, error);
  end_reading (self);
  return figures;
}

static void
load_metrics_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const gint64 *span = data;
  GError *error = NULL;
  SgFigures *figures = sg_history_load_metrics (source, span[0], span[1], &error);

  if (figures)
    g_task_return_pointer (task, figures, (GDestroyNotify)sg_figures_free);
  else
    g_task_return_error (task, error);
}

void
sg_history_load_metrics_async (SgHistory *self,
                               gint64 since_us,
                               gint64 until_us,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const gint64 span[] = { since_us, until_us };

  g_task_set_source_tag (task, sg_history_load_metrics_async);
  g_task_set_task_data (task, g_memdup2 (span, sizeof span), g_free);
  g_task_run_in_thread (task, load_metrics_in_thread);
}

SgFigures *
sg_history_load_metrics_finish (SgHistory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
