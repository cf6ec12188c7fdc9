/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row a month, provider and model, which several programs may add to. */
#include "store/usage.h"

#include "store/history-private.h"

typedef struct
{
  char *provider, *model;
  SgUsage usage;
} Spending;

/* The person's own month. */
static char *
dup_month (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y-%m");
}

static gint64
add (SgDatabase *db, gpointer data, GError **error)
{
  const Spending *spending = data;
  g_autofree char *month = dup_month ();
  SgStatement *statement = sg_database_get_statement (db, "usage-add", error);

  if (statement != NULL)
    {
      sg_statement_bind_text (statement, ":month", month);
      sg_statement_bind_text (statement, ":provider", spending->provider);
      sg_statement_bind_text (statement, ":model", spending->model);
      sg_statement_bind_int (statement, ":n_requests", spending->usage.n_requests);
      sg_statement_bind_int (statement, ":tokens_in", spending->usage.tokens_in);
      sg_statement_bind_int (statement, ":tokens_out", spending->usage.tokens_out);
      sg_statement_bind_double (statement, ":cost", spending->usage.cost);
    }
  return sg_statement_run (statement, error) ? 1 : 0;
}

static void
added (gpointer data, gint64 id, const GError *error)
{
  Spending *spending = data;

  g_free (spending->provider);
  g_free (spending->model);
  g_free (spending);
}

void
sg_history_add_usage (SgHistory *self, const char *provider, const char *model, const SgUsage *usage)
{
  Spending *spending = g_new (Spending, 1);

  *spending = (Spending){ g_strdup (provider), g_strdup (model), *usage };
  sg_writer_run_later (self->writer, add, added, spending);
}

gboolean
sg_history_get_usage (SgHistory *self, SgUsage *usage, GError **error)
{
  SgDatabase *db = sg_history_begin_reading (self, error);
  g_autofree char *month = dup_month ();

  *usage = (SgUsage){ 0 };
  if (db == NULL)
    return FALSE;
  SgStatement *statement = sg_database_get_statement (db, "usage-sum", error);
  SgStep step = SG_STEP_ERROR;
  if (statement != NULL)
    {
      sg_statement_bind_text (statement, ":month", month);
      step = sg_statement_step (statement, error);
      if (step == SG_STEP_ROW)
        *usage = (SgUsage){ sg_statement_get_int (statement, 0), sg_statement_get_int (statement, 1),
                            sg_statement_get_int (statement, 2), sg_statement_get_double (statement, 3) };
      sg_statement_release (statement);
    }
  sg_history_end_reading (self);
  return step != SG_STEP_ERROR;
}

static void
get_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SgUsage usage;
  GError *error = NULL;

  if (sg_history_get_usage (source, &usage, &error))
    g_task_return_pointer (task, g_memdup2 (&usage, sizeof usage), g_free);
  else
    g_task_return_error (task, error);
}

void
sg_history_get_usage_async (
  SgHistory *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sg_history_get_usage_async);
  g_task_run_in_thread (task, get_in_thread);
}

gboolean
sg_history_get_usage_finish (SgHistory *self, GAsyncResult *result, SgUsage *usage, GError **error)
{
  g_autofree SgUsage *read = g_task_propagate_pointer (G_TASK (result), error);

  if (read != NULL)
    *usage = *read;
  return read != NULL;
}
