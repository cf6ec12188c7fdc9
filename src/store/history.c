/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The history's face: what writes goes to the writer's thread by its queue, what reads happens on the calling
 * thread (or a task's) on a second connection, one reader at a time. First pages are remembered while the
 * database stays as it is: PRAGMA data_version tells of every other connection's commit, also of another
 * program's. */
#include "store/history.h"

#include <errno.h>
#include <string.h>

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "store/edits.h"
#include "store/error.h"
#include "store/history-private.h"
#include "store/metrics.h"
#include "store/runs.h"
#include "store/sketch-list.h"
#include "store/sketches.h"

#define MAX_SHOWN_BYTES (64 << 20)

G_DEFINE_FINAL_TYPE (SgHistory, sg_history, G_TYPE_OBJECT)

gint64
sg_history_do_save (SgDatabase *db, gpointer data, GError **error)
{
  SG_TIME_BLOCK (SG_OPERATION_HISTORY_SAVE);
  const SgSaveRequest *request = data;

  return sg_sketches_save (db, request->id, request->page, request->thumbnail, g_get_real_time (), error);
}

gint64
sg_history_do_run (SgDatabase *db, gpointer data, GError **error)
{
  SG_TIME_BLOCK (SG_OPERATION_HISTORY_SAVE);
  const SgRunRequest *request = data;

  if (request->id != 0)
    return sg_runs_update (db, request->id, &request->run, g_get_real_time (), error);
  return sg_runs_add (db, &request->run, g_get_real_time (), error);
}

gint64
sg_history_do_edit (SgDatabase *db, gpointer data, GError **error)
{
  return sg_edits_apply (db, data, g_get_real_time (), error);
}

static gint64
do_deletion (SgDatabase *db, gpointer data, GError **error)
{
  const gint64 *id = data;

  return sg_sketches_delete (db, *id, error) ? *id : 0;
}

/* Whether the machine is at fault, not what was asked for. */
static gboolean
is_trouble (const GError *error)
{
  return error && error->domain == SG_STORE_ERROR && error->code != SG_STORE_ERROR_NOT_FOUND &&
         error->code != SG_STORE_ERROR_INVALID && error->code != SG_STORE_ERROR_SQL;
}

/* In memory things are written, but not kept: that trouble goes on. */
void
sg_history_note (SgHistory *self, const GError *error)
{
  if (self->in_memory || (error && !is_trouble (error)))
    return;
  g_mutex_lock (&self->problem_mutex);
  if (!error || self->trouble != error->code)
    {
      g_clear_error (&self->problem);
      self->problem = error ? g_error_copy (error) : NULL;
      self->trouble = error ? error->code : -1;
    }
  g_mutex_unlock (&self->problem_mutex);
}

GError *
sg_history_take_problem (SgHistory *self)
{
  g_mutex_lock (&self->problem_mutex);
  GError *problem = g_steal_pointer (&self->problem);
  g_mutex_unlock (&self->problem_mutex);
  return problem;
}

static void
report_cb (gpointer data, const GError *error)
{
  sg_history_note (data, error);
}

static void
sg_history_finalize (GObject *object)
{
  SgHistory *self = SG_HISTORY (object);

  g_clear_pointer (&self->reader, sg_database_close);
  g_clear_pointer (&self->writer, sg_writer_free); /* the last to close takes the log into the database */
  g_clear_pointer (&self->recent, sg_recent_pages_free);
  g_clear_error (&self->problem);
  g_mutex_clear (&self->reader_mutex);
  g_mutex_clear (&self->problem_mutex);
  g_free (self->path);
  g_free (self->session);
  g_free (self->recovery);
  g_free (self->aside);
  g_free (self->kept_path);
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
  g_mutex_init (&self->problem_mutex);
  self->recent = sg_recent_pages_new ();
  self->session = g_uuid_string_random ();
  self->trouble = -1;
}

char *
sg_history_dup_usual_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "simgen", "history.db", NULL);
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
  g_autofree char *aside = new_name_aside (self->path);

  if (!sg_database_move_files (self->path, aside, error))
    return FALSE;
  self->aside = g_steal_pointer (&aside);
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

/* Puts `db` to work. NULL with `error`. */
static SgHistory *
start (SgHistory *self, SgDatabase *db, GError **error)
{
  self->writer = sg_writer_new (db, report_cb, self);
  self->reader = sg_database_open (self->path, SG_DATABASE_READER, error);
  return self->reader ? self : NULL;
}

/* Takes over what can still be read of the database that was moved aside. */
static void
salvage (SgHistory *self)
{
  g_autoptr (SgDatabase) source = sg_database_open (self->aside, SG_DATABASE_STRANGER, NULL);
  SgImport done = { 0 };

  if (source && sg_database_check_schema (source, NULL) && sg_database_is_up_to_date (source))
    sg_history_merge (self, source, &done, NULL);
  if (done.n_sketches == 0)
    self->recovery = g_strdup_printf (
      _ ("The history was damaged. It was set aside as “%s” and a new one was begun."), self->aside);
  else
    self->recovery =
      g_strdup_printf (ngettext ("The history was damaged. It was set aside as “%s”; %u sketch could "
                                 "be read and is here.",
                                 "The history was damaged. It was set aside as “%s”; %u sketches "
                                 "could be read and are here.",
                                 done.n_sketches),
                       self->aside, done.n_sketches);
}

SgHistory *
sg_history_new (const char *path, GError **error)
{
  g_autoptr (SgHistory) self = g_object_new (SG_TYPE_HISTORY, NULL);

  self->path = path ? g_strdup (path) : sg_history_dup_usual_path ();
  SgDatabase *db = open_writing (self, error);
  if (!db || !start (self, db, error))
    return NULL;
  if (self->aside)
    salvage (self);
  return g_steal_pointer (&self);
}

/* A history that can be read but not written (a read-only home) is at least shown, where it is small
 * enough. */
static void
show_what_is_there (SgHistory *self)
{
  GStatBuf info;
  SgImport done;

  if (g_stat (self->kept_path, &info) == 0 && info.st_size <= MAX_SHOWN_BYTES)
    sg_history_import (self, self->kept_path, &done, NULL);
}

SgHistory *
sg_history_open (const char *path)
{
  g_autoptr (GError) cause = NULL;
  SgHistory *kept = sg_history_new (path, &cause);

  if (kept)
    return kept;
  SgHistory *self = g_object_new (SG_TYPE_HISTORY, NULL);
  g_autofree char *uuid = g_uuid_string_random ();
  self->path = g_strconcat ("memory:", uuid, NULL);
  self->in_memory = TRUE;
  self->kept_path = path ? g_strdup (path) : sg_history_dup_usual_path ();
  SgDatabase *db = sg_database_open (self->path, SG_DATABASE_WRITER, NULL);
  g_assert (db && start (self, db, NULL)); /* nothing outside takes part in it */
  show_what_is_there (self);
  self->problem = g_steal_pointer (&cause);
  return self;
}

gboolean
sg_history_is_in_memory (SgHistory *self)
{
  return self->in_memory;
}

const char *
sg_history_get_session (SgHistory *self)
{
  return self->session;
}

const char *
sg_history_get_recovery (SgHistory *self)
{
  return self->recovery;
}

gint64
sg_history_save_sketch (SgHistory *self, gint64 id, SgPage *page, GBytes *thumbnail, GError **error)
{
  SgSaveRequest request = { id, page, thumbnail };

  return sg_writer_run (self->writer, sg_history_do_save, &request, SG_COMMIT_SYNCED, error);
}

gint64
sg_history_update_run (SgHistory *self, gint64 id, const SgRunRecord *run, GError **error)
{
  SgRunRequest request = { id, *run };

  if (!run->session)
    request.run.session = self->session;
  return sg_writer_run (self->writer, sg_history_do_run, &request, SG_COMMIT_SOON, error);
}

gint64
sg_history_add_run (SgHistory *self, const SgRunRecord *run, GError **error)
{
  return sg_history_update_run (self, 0, run, error);
}

gint64
sg_history_edit (SgHistory *self, const SgHistoryEdit *edit, GError **error)
{
  return sg_writer_run (self->writer, sg_history_do_edit, (gpointer)edit, SG_COMMIT_SYNCED, error);
}

gboolean
sg_history_delete_sketch (SgHistory *self, gint64 id, GError **error)
{
  return sg_writer_run (self->writer, do_deletion, &id, SG_COMMIT_SYNCED, error) != 0;
}

SgDatabase *
sg_history_begin_reading (SgHistory *self, GError **error)
{
  g_mutex_lock (&self->reader_mutex);
  if (sg_database_begin (self->reader, error))
    return self->reader;
  g_mutex_unlock (&self->reader_mutex);
  return NULL;
}

void
sg_history_end_reading (SgHistory *self)
{
  sg_database_rollback (self->reader);
  g_mutex_unlock (&self->reader_mutex);
}

/* Changes with every commit of any other connection. */
static gint64
read_data_version (SgDatabase *db)
{
  g_autoptr (SgStatement) statement = sg_database_get_statement (db, "data-version", NULL);

  return statement && sg_statement_step (statement, NULL) == SG_STEP_ROW
           ? sg_statement_get_int (statement, 0)
           : -1;
}

/* The page under `key`, remembered or read by `find`. */
static GPtrArray *
read_page (SgHistory *self,
           const char *key,
           GPtrArray *(*find) (SgDatabase *db, gconstpointer query, GError **error),
           gconstpointer query,
           GError **error)
{
  SgDatabase *db = sg_history_begin_reading (self, error);

  if (!db)
    return NULL;
  GPtrArray *page = sg_recent_pages_get (self->recent, read_data_version (db), key);
  if (!page)
    {
      page = find (db, query, error);
      if (page)
        sg_recent_pages_put (self->recent, key, page);
    }
  sg_history_end_reading (self);
  return page;
}

static GPtrArray *
find_sketches (SgDatabase *db, gconstpointer query, GError **error)
{
  return sg_sketch_list_find (db, query, error);
}

static GPtrArray *
find_runs (SgDatabase *db, gconstpointer query, GError **error)
{
  return sg_runs_find (db, query, error);
}

/* Text for a key: what is absent differs from what is empty, and none ends in another. */
static char *
key_part (const char *text)
{
  return text ? g_strdup_printf ("%zu:%s", strlen (text), text) : g_strdup ("-");
}

GPtrArray *
sg_history_find_sketches (SgHistory *self, const SgSketchQuery *query, GError **error)
{
  SG_TIME_BLOCK (SG_OPERATION_HISTORY_LIST);
  g_autofree char *text = key_part (query->text), *tag = key_part (query->tag);
  g_autofree char *key =
    g_strdup_printf ("sketches %s %s %d %d %u", text, tag, query->pinned, query->order, query->limit);

  if (query->before_us == 0)
    return read_page (self, key, find_sketches, query, error);
  SgDatabase *db = sg_history_begin_reading (self, error);
  if (!db)
    return NULL;
  GPtrArray *entries = sg_sketch_list_find (db, query, error);
  sg_history_end_reading (self);
  return entries;
}

GPtrArray *
sg_history_list (SgHistory *self, const char *text, gint64 before_us, guint limit, GError **error)
{
  const SgSketchQuery query = { .text = text, .before_us = before_us, .limit = limit };

  return sg_history_find_sketches (self, &query, error);
}

GPtrArray *
sg_history_find_runs (SgHistory *self, const SgRunQuery *query, GError **error)
{
  SG_TIME_BLOCK (SG_OPERATION_HISTORY_LIST);
  g_autofree char *text = key_part (query->text), *session = key_part (query->session);
  g_autofree char *status = key_part (query->status);
  g_autofree char *key = g_strdup_printf ("runs %s %s %s %" G_GINT64_FORMAT " %d %u", text, session, status,
                                          query->sketch_id, query->order, query->limit);

  if (query->before_us == 0 && query->before_id == 0)
    return read_page (self, key, find_runs, query, error);
  SgDatabase *db = sg_history_begin_reading (self, error);
  if (!db)
    return NULL;
  GPtrArray *entries = sg_runs_find (db, query, error);
  sg_history_end_reading (self);
  return entries;
}

/* Defines a reading call that takes an id. */
#define DEFINE_READING(Type, name, func)                     \
  Type name (SgHistory *self, gint64 id, GError **error)     \
  {                                                          \
    SG_TIME_BLOCK (SG_OPERATION_HISTORY_LOAD);               \
    SgDatabase *db = sg_history_begin_reading (self, error); \
                                                             \
    if (!db)                                                 \
      return NULL;                                           \
    Type result = func (db, id, error);                      \
    sg_history_end_reading (self);                           \
    return result;                                           \
  }

DEFINE_READING (SgHistoryEntry *, sg_history_get_entry, sg_sketch_list_get)
DEFINE_READING (SgRunEntry *, sg_history_get_run, sg_runs_get)
DEFINE_READING (SgPage *, sg_history_load_sketch, sg_sketches_load)
DEFINE_READING (SgPage *, sg_history_load_version, sg_sketches_load_version)

GPtrArray *
sg_history_list_versions (SgHistory *self, gint64 sketch_id, gint64 before_us, guint limit, GError **error)
{
  SgDatabase *db = sg_history_begin_reading (self, error);

  if (!db)
    return NULL;
  GPtrArray *entries = sg_sketch_list_versions (db, sketch_id, before_us, limit, error);
  sg_history_end_reading (self);
  return entries;
}

GPtrArray *
sg_history_list_tags (SgHistory *self, GError **error)
{
  SgDatabase *db = sg_history_begin_reading (self, error);

  if (!db)
    return NULL;
  GPtrArray *entries = sg_sketch_list_tags (db, error);
  sg_history_end_reading (self);
  return entries;
}

gint64
sg_history_get_last_sketch (SgHistory *self)
{
  SgDatabase *db = sg_history_begin_reading (self, NULL);

  if (!db)
    return 0;
  gint64 id = sg_sketch_list_get_last (db);
  sg_history_end_reading (self);
  return id;
}

/* What is in memory goes where it belongs, if that is to be had by now; what is there already is not taken
 * twice. */
static void
keep_after_all (SgHistory *self)
{
  g_autoptr (SgHistory) kept = sg_history_new (self->kept_path, NULL);
  g_autoptr (SgDatabase) source = sg_database_open (self->path, SG_DATABASE_READER, NULL);
  SgImport done = { 0 };

  if (kept && source)
    sg_history_merge (kept, source, &done, NULL);
}

void
sg_history_flush (SgHistory *self)
{
  sg_writer_flush (self->writer);
  if (self->in_memory)
    keep_after_all (self);
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
  SgDatabase *db = sg_history_begin_reading (self, error);

  if (!db)
    return NULL;
  SgFigures *figures = sg_metrics_load (db, since_us, until_us, error);
  sg_history_end_reading (self);
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
