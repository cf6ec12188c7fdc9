/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the settings ask a provider: its models, and whether it answers. Outside of the queues, with a
 * session of its own, once. */
#include "config.h"

#include "assist/assist-private.h"

#include <glib/gi18n-lib.h>

#include "assist/failure.h"

struct _SgProbe
{
  SgAssist *assist; /* referenced */
  SgAssistProvider *provider;
  SoupSession *session;
  SgExchange *exchange; /* (nullable) */
  GTask *task;
  GSource *cancelling; /* (nullable) */
  gboolean models;
  gint64 begun_us;
};

static void
probe_free (SgProbe *self)
{
  g_ptr_array_remove (self->assist->probes, self);
  if (self->cancelling)
    {
      g_source_destroy (self->cancelling);
      g_source_unref (self->cancelling);
    }
  g_clear_pointer (&self->exchange, sg_exchange_cancel);
  sg_assist_provider_free (self->provider);
  g_clear_object (&self->session);
  g_object_unref (self->task);
  g_object_unref (self->assist);
  g_free (self);
}

/* What is told when the stack is clean: the task with its result, or its error. */
typedef struct
{
  GTask *task;
  gint64 elapsed_us;
  GError *error; /* (nullable) */
} Told;

static gboolean
tell_cb (gpointer data)
{
  Told *told = data;

  if (told->error)
    g_task_return_error (told->task, g_steal_pointer (&told->error));
  else
    g_task_return_int (told->task, told->elapsed_us);
  return G_SOURCE_REMOVE;
}

static void
told_free (gpointer data)
{
  Told *told = data;

  g_clear_error (&told->error);
  g_object_unref (told->task);
  g_free (told);
}

/* Takes the error (nullable) over, and ends the probe. */
static void
tell (SgProbe *self, GError *error)
{
  Told *told = g_new0 (Told, 1);

  told->task = g_object_ref (self->task);
  told->elapsed_us = sg_alarms_now (self->assist->alarms) - self->begun_us;
  told->error = error;
  sg_assist_soon (self->assist, tell_cb, told, told_free);
  probe_free (self);
}

void
sg_probe_fail (SgProbe *self, GError *error)
{
  tell (self, error);
}

/* A list of models, which may be long, as a worker reads it. */
typedef struct
{
  GTask *task; /* the caller's; the main thread's */
  SgAssist *assist;
  SgAssistProvider *provider;
  GBytes *body;
} List;

static void
read_models_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const List *list = data;
  GError *error = NULL;
  char **models = sg_format_read_models (sg_format_get (list->provider->kind), list->body, &error);

  if (models)
    g_task_return_pointer (task, models, (GDestroyNotify)g_strfreev);
  else
    g_task_return_error (task, error);
}

static void
read_models_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  List *list = user_data;
  GError *error = NULL;
  char **models = g_task_propagate_pointer (G_TASK (result), &error);

  if (error)
    sg_failure_add_provider (error, list->provider);
  if (models)
    g_task_return_pointer (list->task, models, (GDestroyNotify)g_strfreev);
  else
    g_task_return_error (list->task, error);
  g_object_unref (list->task);
  g_object_unref (list->assist);
}

static void
list_free (gpointer data)
{
  List *list = data;

  g_bytes_unref (list->body);
  sg_assist_provider_free (list->provider);
  g_free (list);
}

static void
read_models (SgProbe *self)
{
  List *list = g_new (List, 1);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, read_models_cb, list);

  *list = (List){ g_object_ref (self->task), g_object_ref (self->assist),
                  sg_assist_provider_copy (self->provider), sg_exchange_dup_body (self->exchange) };
  g_task_set_task_data (task, list, list_free);
  g_task_run_in_thread (task, read_models_work);
}

/* A test is passed where the model answered anything: that its room ended is of no account. */
static gboolean
is_passed (SgProbe *self, const GError *error)
{
  const SgReply *reply = sg_exchange_get_reply (self->exchange);

  return !error || (reply->out_of_room && g_error_matches (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_CUT_OFF));
}

static void
done_cb (SgExchange *exchange, const GError *error, gpointer user_data)
{
  SgProbe *self = user_data;
  SgPeer *peer = sg_assist_find_peer (self->assist, self->provider->name);
  const gboolean passed = is_passed (self, error);

  if (!self->models && passed)
    sg_assist_tell_spent (self->assist, self->provider, sg_exchange_get_reply (exchange));
  if (!self->models && passed && peer && sg_assist_provider_equal (peer->provider, self->provider))
    {
      peer->not_before = 0;
      sg_peer_succeed (peer);
      sg_assist_look_soon (self->assist);
    }
  if (self->models && !error)
    {
      read_models (self);
      self->exchange = NULL;
      probe_free (self);
      return;
    }
  self->exchange = NULL;
  tell (self, passed ? NULL : g_error_copy (error));
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  tell (data, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("It was asked to stop")));
  return G_SOURCE_REMOVE;
}

static GBytes *
write_test (const SgAssistProvider *provider)
{
  const SgAssistQuestion said = { .user = "Answer with the single word: ready", .prompt_version = "" };
  g_autoptr (SgQuestion) question = sg_question_new (&said);

  return sg_format_write (provider, question, FALSE, NULL, NULL);
}

/* What forbids it before anything is sent. */
static gboolean
check (SgAssist *assist, const SgAssistProvider *provider, GError **error)
{
  g_autofree char *host = NULL;

  if (!assist->network_allowed)
    {
      g_propagate_error (error, sg_assist_new_no_network ());
      return FALSE;
    }
  if (!sg_assist_provider_check (provider, error))
    return FALSE;
  host = sg_assist_provider_dup_host (provider);
  return sg_rate_limit_take (assist->rate_limit, host, error);
}

void
sg_probe_begin (SgAssist *assist, const SgAssistProvider *provider, gboolean models, GTask *task)
{
  SgProbe *self = g_new0 (SgProbe, 1);
  const SgExchangeOwner owner = { NULL, done_cb, self };
  g_autoptr (GBytes) body = NULL;
  GError *error = NULL;

  self->assist = g_object_ref (assist);
  self->provider = sg_assist_provider_copy (provider);
  self->task = task;
  self->models = models;
  self->begun_us = sg_alarms_now (assist->alarms);
  g_ptr_array_add (assist->probes, self);
  if (!check (assist, provider, &error))
    {
      tell (self, error);
      return;
    }
  if (g_task_get_cancellable (task))
    {
      self->cancelling = g_cancellable_source_new (g_task_get_cancellable (task));
      g_source_set_callback (self->cancelling, G_SOURCE_FUNC (cancelled_cb), self, NULL);
      g_source_attach (self->cancelling, assist->context);
    }
  body = models ? NULL : write_test (provider);
  self->session = sg_exchange_new_session (provider, assist->options.tls_database);
  self->exchange =
    sg_exchange_start (self->session, assist->alarms, &assist->options.timeouts, provider, body, &owner);
}
