/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Changes, each a task. */
#include "app/history-change.h"

static void
edit_free (gpointer data)
{
  SgHistoryEdit *edit = data;

  g_free ((char *)edit->title);
  g_strfreev ((char **)edit->tags);
  g_free (edit);
}

static void
change (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const SgHistoryEdit *edit = data;
  GError *error = NULL;
  gint64 id = sg_history_edit (source, edit, &error);
  SgHistoryEntry *entry = NULL;

  if (id != 0 && edit->action != SG_HISTORY_DELETE)
    entry = sg_history_get_entry (source, id, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, entry, (GDestroyNotify)sg_history_entry_unref);
}

void
sg_history_change_async (SgHistory *history,
                         const SgHistoryEdit *edit,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (history, NULL, callback, user_data);
  SgHistoryEdit *copy = g_memdup2 (edit, sizeof *edit);

  copy->title = g_strdup (edit->title);
  copy->tags = (const char *const *)g_strdupv ((char **)edit->tags);
  g_task_set_task_data (task, copy, edit_free);
  g_task_run_in_thread (task, change);
}

SgHistoryEntry *
sg_history_change_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const SgHistoryEdit *
sg_history_change_get_edit (GAsyncResult *result)
{
  return g_task_get_task_data (G_TASK (result));
}
