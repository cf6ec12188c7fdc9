/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines joined, and a worker. */
#include "pipeline/explanation.h"

#include "sim/explain.h"

char *
sg_explanation_of_scene (const SgScene *scene, GCancellable *cancellable, GError **error)
{
  g_autoptr (SgExplanation) explanation = sg_explain (scene->spec, scene->model, cancellable, error);

  if (explanation == NULL)
    return NULL;
  g_ptr_array_add (explanation->lines, NULL);
  return g_strjoinv ("\n", (char **)explanation->lines->pdata);
}

static void
explain_in_thread (GTask *task, gpointer source, gpointer scene, GCancellable *cancellable)
{
  GError *error = NULL;
  char *text = sg_explanation_of_scene (scene, cancellable, &error);

  if (text != NULL)
    g_task_return_pointer (task, text, g_free);
  else
    g_task_return_error (task, error);
}

void
sg_explanation_async (
  SgScene *scene, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sg_explanation_async);
  g_task_set_task_data (task, sg_scene_ref (scene), (GDestroyNotify)sg_scene_unref);
  g_task_run_in_thread (task, explain_in_thread);
}

char *
sg_explanation_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, sg_explanation_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
