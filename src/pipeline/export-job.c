/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Exports in a worker. */
#include "pipeline/export-job.h"

static void
clear (gpointer data)
{
  SgExportJob *job = data;

  g_clear_pointer (&job->scene, sg_scene_unref);
  g_free (job->recording);
  g_free (job->path);
  g_free (job->title);
}

SgExportJob *
sg_export_job_new (void)
{
  return g_atomic_rc_box_new0 (SgExportJob);
}

void
sg_export_job_unref (SgExportJob *job)
{
  g_atomic_rc_box_release_full (job, clear);
}

int
sg_export_job_get_permille (SgExportJob *job)
{
  return g_atomic_int_get (&job->permille);
}

static void
progress_cb (double share, gpointer user_data)
{
  SgExportJob *job = user_data;

  g_atomic_int_set (&job->permille, (int)(1000 * share));
}

static void
run_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  SgExportJob *job = task_data;
  SgExportOptions options = job->options;
  GError *error = NULL;
  g_autoptr (SgMotion) motion = job->recording
                                  ? sg_motion_open (job->recording, cancellable, &error)
                                  : sg_motion_run (job->scene, job->seconds, cancellable, &error);

  options.title = job->title;
  if (motion && sg_export (motion, job->path, &options, progress_cb, job, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
sg_export_job_run_async (SgExportJob *job,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sg_export_job_run_async);
  g_task_set_task_data (task, g_atomic_rc_box_acquire (job), (GDestroyNotify)sg_export_job_unref);
  g_task_run_in_thread (task, run_in_thread);
}

gboolean
sg_export_job_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, sg_export_job_run_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
