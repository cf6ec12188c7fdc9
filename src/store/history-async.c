/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The calls that do not block: a copy of what was asked for goes to the writer's queue, or to a worker that
 * makes the blocking call. */
#include "store/history.h"

#include "store/history-private.h"

/* What a reading call is asked for; which of it counts, its worker knows. */
typedef struct
{
  char *text, *tag, *session, *status; /* (nullable) */
  gint64 id, before_us, before_id;
  guint limit;
  gboolean pinned;
  SgHistoryOrder order;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->text);
  g_free (reading->tag);
  g_free (reading->session);
  g_free (reading->status);
  g_free (reading);
}

/* Starts a worker with a copy of `reading`. */
static void
read_in_thread (SgHistory *self,
                const Reading *reading,
                GTaskThreadFunc worker,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Reading *copy = g_memdup2 (reading, sizeof *reading);

  copy->text = g_strdup (reading->text);
  copy->tag = g_strdup (reading->tag);
  copy->session = g_strdup (reading->session);
  copy->status = g_strdup (reading->status);
  g_task_set_task_data (task, copy, reading_free);
  g_task_run_in_thread (task, worker);
}

static void
return_result (GTask *task, gpointer result, GDestroyNotify free_result, GError *error)
{
  if (result)
    g_task_return_pointer (task, result, free_result);
  else
    g_task_return_error (task, error);
}

static gint64
finish_writing (GAsyncResult *result, GError **error)
{
  gint64 id = g_task_propagate_int (G_TASK (result), error);

  return MAX (0, id); /* -1 with an error */
}

static void
write_in_thread (SgHistory *self,
                 SgWriterFunc func,
                 gpointer data,
                 GDestroyNotify free_data,
                 SgCommit commit,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, data, free_data);
  sg_writer_run_task (self->writer, func, commit, task);
}

/* -- What writes -- */

static void
save_request_free (gpointer data)
{
  SgSaveRequest *request = data;

  sg_page_unref (request->page);
  g_clear_pointer (&request->thumbnail, g_bytes_unref);
  g_free (request);
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
  SgSaveRequest *request = g_new (SgSaveRequest, 1);

  *request = (SgSaveRequest){ id, sg_page_ref (page), thumbnail ? g_bytes_ref (thumbnail) : NULL };
  write_in_thread (self, sg_history_do_save, request, save_request_free, SG_COMMIT_SYNCED, cancellable,
                   callback, user_data);
}

static void
run_request_free (gpointer data)
{
  SgRunRequest *request = data;
  const SgRunRecord *run = &request->run;
  const char *const texts[] = { run->mjcf, run->status, run->title,
                                run->words, run->session, run->spec,
                                run->result, run->model_version, run->library_version };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free ((char *)texts[i]);
  g_clear_pointer (&request->run.thumbnail, g_bytes_unref);
  g_free (request);
}

void
sg_history_update_run_async (SgHistory *self,
                             gint64 id,
                             const SgRunRecord *run,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  SgRunRequest *request = g_new (SgRunRequest, 1);

  *request = (SgRunRequest){ id, *run };
  request->run.mjcf = g_strdup (run->mjcf);
  request->run.status = g_strdup (run->status);
  request->run.title = g_strdup (run->title);
  request->run.words = g_strdup (run->words);
  request->run.session = g_strdup (run->session ? run->session : self->session);
  request->run.spec = g_strdup (run->spec);
  request->run.result = g_strdup (run->result);
  request->run.model_version = g_strdup (run->model_version);
  request->run.library_version = g_strdup (run->library_version);
  if (run->thumbnail)
    g_bytes_ref (run->thumbnail);
  write_in_thread (self, sg_history_do_run, request, run_request_free, SG_COMMIT_SOON, cancellable,
                   callback, user_data);
}

void
sg_history_add_run_async (SgHistory *self,
                          const SgRunRecord *run,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  sg_history_update_run_async (self, 0, run, cancellable, callback, user_data);
}

static void
edit_free (gpointer data)
{
  SgHistoryEdit *edit = data;

  g_free ((char *)edit->title);
  g_strfreev ((char **)edit->tags);
  g_free (edit);
}

void
sg_history_edit_async (SgHistory *self,
                       const SgHistoryEdit *edit,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  SgHistoryEdit *copy = g_memdup2 (edit, sizeof *edit);

  copy->title = g_strdup (edit->title);
  copy->tags = (const char *const *)g_strdupv ((char **)edit->tags);
  write_in_thread (self, sg_history_do_edit, copy, edit_free, SG_COMMIT_SYNCED, cancellable, callback,
                   user_data);
}

gint64
sg_history_save_sketch_finish (SgHistory *self, GAsyncResult *result, GError **error)
{
  return finish_writing (result, error);
}

gint64
sg_history_add_run_finish (SgHistory *self, GAsyncResult *result, GError **error)
{
  return finish_writing (result, error);
}

gint64
sg_history_update_run_finish (SgHistory *self, GAsyncResult *result, GError **error)
{
  return finish_writing (result, error);
}

gint64
sg_history_edit_finish (SgHistory *self, GAsyncResult *result, GError **error)
{
  return finish_writing (result, error);
}

/* -- What reads -- */

static void
find_sketches (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Reading *reading = data;
  const SgSketchQuery query = { reading->text, reading->tag, reading->pinned, reading->order,
                                reading->before_us, reading->limit };
  GError *error = NULL;
  GPtrArray *result = sg_history_find_sketches (source, &query, &error);

  return_result (task, result, (GDestroyNotify)g_ptr_array_unref, error);
}

void
sg_history_find_sketches_async (SgHistory *self,
                                const SgSketchQuery *query,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  const Reading reading = { .text = (char *)query->text,
                            .tag = (char *)query->tag,
                            .pinned = query->pinned,
                            .order = query->order,
                            .before_us = query->before_us,
                            .limit = query->limit };

  read_in_thread (self, &reading, find_sketches, cancellable, callback, user_data);
}

GPtrArray *
sg_history_find_sketches_finish (SgHistory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
find_runs (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Reading *reading = data;
  const SgRunQuery query = { reading->text, reading->session, reading->status, reading->id, reading->order,
                             reading->before_us, reading->before_id, reading->limit };
  GError *error = NULL;
  GPtrArray *result = sg_history_find_runs (source, &query, &error);

  return_result (task, result, (GDestroyNotify)g_ptr_array_unref, error);
}

void
sg_history_find_runs_async (SgHistory *self,
                            const SgRunQuery *query,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  const Reading reading = { .text = (char *)query->text,
                            .session = (char *)query->session,
                            .status = (char *)query->status,
                            .id = query->sketch_id,
                            .order = query->order,
                            .before_us = query->before_us,
                            .before_id = query->before_id,
                            .limit = query->limit };

  read_in_thread (self, &reading, find_runs, cancellable, callback, user_data);
}

GPtrArray *
sg_history_find_runs_finish (SgHistory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
list_versions (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Reading *reading = data;
  GError *error = NULL;
  GPtrArray *result =
    sg_history_list_versions (source, reading->id, reading->before_us, reading->limit, &error);

  return_result (task, result, (GDestroyNotify)g_ptr_array_unref, error);
}

void
sg_history_list_versions_async (SgHistory *self,
                                gint64 sketch_id,
                                gint64 before_us,
                                guint limit,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  const Reading reading = { .id = sketch_id, .before_us = before_us, .limit = limit };

  read_in_thread (self, &reading, list_versions, cancellable, callback, user_data);
}

GPtrArray *
sg_history_list_versions_finish (SgHistory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
list_tags (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *result = sg_history_list_tags (source, &error);

  return_result (task, result, (GDestroyNotify)g_ptr_array_unref, error);
}

void
sg_history_list_tags_async (SgHistory *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  const Reading reading = { 0 };

  read_in_thread (self, &reading, list_tags, cancellable, callback, user_data);
}

GPtrArray *
sg_history_list_tags_finish (SgHistory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
load_sketch (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Reading *reading = data;
  GError *error = NULL;
  SgPage *result = sg_history_load_sketch (source, reading->id, &error);

  return_result (task, result, (GDestroyNotify)sg_page_unref, error);
}

void
sg_history_load_sketch_async (
  SgHistory *self, gint64 id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  const Reading reading = { .id = id };

  read_in_thread (self, &reading, load_sketch, cancellable, callback, user_data);
}

SgPage *
sg_history_load_sketch_finish (SgHistory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
load_version (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Reading *reading = data;
  GError *error = NULL;
  SgPage *result = sg_history_load_version (source, reading->id, &error);

  return_result (task, result, (GDestroyNotify)sg_page_unref, error);
}

void
sg_history_load_version_async (SgHistory *self,
                               gint64 version_id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  const Reading reading = { .id = version_id };

  read_in_thread (self, &reading, load_version, cancellable, callback, user_data);
}

SgPage *
sg_history_load_version_finish (SgHistory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
get_run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Reading *reading = data;
  GError *error = NULL;
  SgRunEntry *result = sg_history_get_run (source, reading->id, &error);

  return_result (task, result, (GDestroyNotify)sg_run_entry_unref, error);
}

void
sg_history_get_run_async (
  SgHistory *self, gint64 id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  const Reading reading = { .id = id };

  read_in_thread (self, &reading, get_run, cancellable, callback, user_data);
}

SgRunEntry *
sg_history_get_run_finish (SgHistory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
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
  const SgSketchQuery query = { .text = text, .before_us = before_us, .limit = limit };

  sg_history_find_sketches_async (self, &query, cancellable, callback, user_data);
}

GPtrArray *
sg_history_list_finish (SgHistory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
