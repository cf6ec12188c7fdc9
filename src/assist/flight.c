/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A question from asking to its answer. What takes long (digests, base64, the cache, the check) is a
 * worker's job on immutable copies; a flight waits for one job at most, and a job whose number is not the
 * flight's any more is of no use. */
#include "config.h"

#include "assist/assist-private.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "assist/failure.h"

#define TELL_INTERVAL (G_USEC_PER_SEC / 10)

static void look_at_answer (SgFlight *self, char *text);

/* -- Life -- */

SgFlight *
sg_flight_ref (SgFlight *self)
{
  self->ref_count++;
  return self;
}

void
sg_flight_unref (SgFlight *self)
{
  if (--self->ref_count > 0)
    return;
  g_assert (!self->exchange && !self->peer);
  g_clear_pointer (&self->question, sg_question_unref);
  g_ptr_array_unref (self->waiters);
  g_ptr_array_unref (self->failed);
  g_ptr_array_unref (self->errors);
  g_free (self->name);
  g_free (self->earlier);
  g_free (self->problem);
  g_free (self->model);
  g_object_unref (self->assist);
  g_free (self);
}

static void
waiter_free (gpointer data)
{
  SgWaiter *waiter = data;

  if (waiter->cancelling)
    {
      g_source_destroy (waiter->cancelling);
      g_source_unref (waiter->cancelling);
    }
  g_clear_object (&waiter->task);
  g_free (waiter);
}

/* Stops what goes on at the peer, and leaves it. */
static void
leave_peer (SgFlight *self)
{
  self->job++;
  g_clear_pointer (&self->exchange, sg_exchange_cancel);
  if (self->peer)
    sg_peer_leave (self->peer, self);
}

/* -- Telling how far it is -- */

static void
tell_waiter (SgFlight *self, const SgWaiter *waiter)
{
  const gint64 now = sg_alarms_now (self->assist->alarms);
  const SgReply *reply = self->exchange ? sg_exchange_get_reply (self->exchange) : NULL;
  const SgAssistProgress progress = {
    .phase = self->phase,
    .provider = self->peer ? self->peer->provider->name : "",
    .text = reply ? reply->text->str : "",
    .bytes = reply ? reply->text->len : 0,
    .elapsed_us = now - waiter->asked_us,
    .first_token_us = self->exchange ? sg_exchange_get_first_token_us (self->exchange) : -1,
    .tokens_out = reply ? reply->tokens_out : -1,
    .pause = self->phase == SG_ASSIST_PAUSING && self->peer
               ? MAX (0, self->peer->not_before - now) / (double)G_USEC_PER_SEC
               : 0,
  };

  if (waiter->progress && !g_cancellable_is_cancelled (g_task_get_cancellable (waiter->task)))
    waiter->progress (&progress, waiter->progress_data);
}

static gboolean
tell_cb (gpointer data)
{
  SgFlight *self = data;

  self->tells = FALSE;
  if (self->over)
    return G_SOURCE_REMOVE;
  self->told_us = sg_alarms_now (self->assist->alarms);
  for (guint i = 0; !self->over && i < self->waiters->len; i++)
    tell_waiter (self, g_ptr_array_index (self->waiters, i));
  return G_SOURCE_REMOVE;
}

static void
tell_later_cb (gpointer data)
{
  SgFlight *self = data;

  self->later = 0;
  if (!self->tells)
    sg_assist_soon (self->assist, tell_cb, sg_flight_ref (self), (GDestroyNotify)sg_flight_unref);
  self->tells = TRUE;
}

/* There is something new: at once, or when a tenth of a second is over. */
static void
tell (SgFlight *self)
{
  const gint64 now = sg_alarms_now (self->assist->alarms), due = self->told_us + TELL_INTERVAL;

  if (self->tells || self->later || self->over)
    return;
  if (now >= due)
    tell_later_cb (self);
  else
    self->later = sg_alarms_add (self->assist->alarms, due, tell_later_cb, self);
}

void
sg_flight_set_phase (SgFlight *self, SgAssistPhase phase)
{
  if (self->phase == phase)
    return;
  self->phase = phase;
  tell (self);
}

/* -- The end -- */

typedef struct
{
  GTask *task;
  SgAssistAnswer *answer; /* (nullable) */
  GError *error;          /* (nullable) */
} Result;

static gboolean
deliver_cb (gpointer data)
{
  Result *result = data;

  if (result->answer)
    g_task_return_pointer (result->task, g_steal_pointer (&result->answer),
                           (GDestroyNotify)sg_assist_answer_free);
  else
    g_task_return_error (result->task, g_steal_pointer (&result->error));
  return G_SOURCE_REMOVE;
}

static void
result_free (gpointer data)
{
  Result *result = data;

  g_clear_pointer (&result->answer, sg_assist_answer_free);
  g_clear_error (&result->error);
  g_object_unref (result->task);
  g_free (result);
}

static void
deliver (SgFlight *self, SgWaiter *waiter, const SgAssistAnswer *answer, const GError *error)
{
  Result *result = g_new0 (Result, 1);

  result->task = g_object_ref (waiter->task);
  result->answer = answer ? sg_answer_copy (answer) : NULL;
  result->error = error ? g_error_copy (error) : NULL;
  if (result->answer)
    result->answer->elapsed_us = sg_alarms_now (self->assist->alarms) - waiter->asked_us;
  sg_assist_soon (self->assist, deliver_cb, result, result_free);
}

static void
end (SgFlight *self, const SgAssistAnswer *answer, const GError *error)
{
  if (self->over)
    return;
  self->over = TRUE;
  leave_peer (self);
  sg_alarms_remove (self->assist->alarms, &self->later);
  for (guint i = 0; i < self->waiters->len; i++)
    deliver (self, g_ptr_array_index (self->waiters, i), answer, error);
  g_ptr_array_set_size (self->waiters, 0);
  g_ptr_array_remove (self->assist->flights, self);
}

void
sg_flight_fail (SgFlight *self, GError *error)
{
  g_autoptr (SgAssist) assist = g_object_ref (self->assist);

  end (self, NULL, error);
  g_error_free (error);
}

/* The code of the preferred provider's error, the words of all. */
static GError *
new_error_of_all (SgFlight *self)
{
  g_autoptr (GString) words = g_string_new (NULL);
  GError *error;

  if (self->errors->len == 0)
    return g_error_new_literal (SG_ASSIST_ERROR, SG_ASSIST_ERROR_NO_PROVIDER,
                                _ ("No provider of a language model is set up and enabled"));
  error = g_error_copy (g_ptr_array_index (self->errors, 0));
  for (guint i = 0; i < self->errors->len; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? "; " : "",
                            ((const GError *)g_ptr_array_index (self->errors, i))->message);
  g_free (error->message);
  error->message = g_string_free (g_steal_pointer (&words), FALSE);
  return error;
}

/* -- From provider to provider -- */

static gboolean
is_left (SgFlight *self, const SgPeer *peer)
{
  return peer->provider->enabled && peer != self->peer &&
         !g_ptr_array_find_with_equal_func (self->failed, peer->provider->name, g_str_equal, NULL);
}

gboolean
sg_flight_has_other (SgFlight *self)
{
  for (guint i = 0; i < self->assist->peers->len; i++)
    {
      const SgPeer *peer = g_ptr_array_index (self->assist->peers, i);

      if (is_left (self, peer) && sg_breaker_may_ask (&peer->breaker, sg_alarms_now (self->assist->alarms)))
        return TRUE;
    }
  return FALSE;
}

static void
note_failure (SgFlight *self, const char *provider, GError *error)
{
  g_ptr_array_add (self->failed, g_strdup (provider));
  g_ptr_array_add (self->errors, error);
}

static void
forget_attempts (SgFlight *self)
{
  self->n_attempts = 0;
  g_clear_pointer (&self->earlier, g_free);
  g_clear_pointer (&self->problem, g_free);
}

void
sg_flight_go_on (SgFlight *self)
{
  leave_peer (self);
  forget_attempts (self);
  for (guint i = 0; i < self->assist->peers->len; i++)
    {
      SgPeer *peer = g_ptr_array_index (self->assist->peers, i);
      GError *error = NULL;

      if (!is_left (self, peer))
        continue;
      if (sg_assist_provider_check (peer->provider, &error))
        {
          sg_peer_join (peer, self);
          return;
        }
      note_failure (self, peer->provider->name, error);
    }
  sg_flight_fail (self, new_error_of_all (self));
}

void
sg_flight_fail_here (SgFlight *self, GError *error)
{
  note_failure (self, self->peer->provider->name, error);
  sg_flight_go_on (self);
}

void
sg_flight_start_anew (SgFlight *self)
{
  g_ptr_array_set_size (self->failed, 0);
  g_ptr_array_set_size (self->errors, 0);
  if (self->name) /* else it is being prepared, and goes on by itself */
    sg_flight_go_on (self);
}

/* -- Workers -- */

/* What a job is given and what it gives; in a worker only what is immutable is read. */
typedef struct
{
  SgQuestion *question;
  SgAssistCache cache;
  GPtrArray *providers;       /* (nullable): SgAssistProvider */
  SgAssistProvider *provider; /* (nullable) */
  gboolean with_schema;
  char *earlier, *problem, *text; /* (nullable) */
  SgAssistAnswer *answer;         /* (nullable) */
  char *name;                     /* (nullable) */
  GBytes *body;                   /* (nullable) */
  GError *error;                  /* (nullable) */

  SgFlight *flight; /* (nullable): the main thread's */
  guint number;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->question, sg_question_unref);
  g_clear_pointer (&job->providers, g_ptr_array_unref);
  g_clear_pointer (&job->provider, sg_assist_provider_free);
  g_clear_pointer (&job->answer, sg_assist_answer_free);
  g_clear_pointer (&job->body, g_bytes_unref);
  g_clear_error (&job->error);
  g_free (job->earlier);
  g_free (job->problem);
  g_free (job->text);
  g_free (job->name);
  g_free (job);
}

static Job *
new_job (SgFlight *flight)
{
  Job *job = g_new0 (Job, 1);

  job->question = sg_question_ref (flight->question);
  job->cache = flight->assist->options.cache;
  job->flight = sg_flight_ref (flight);
  job->number = ++flight->job;
  return job;
}

/* The callback drops the flight, in the main thread, where it belongs. */
static void
run_job (Job *job, GTaskThreadFunc work, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, job->flight);

  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, work);
}

static Job *
finish_job (GAsyncResult *result)
{
  return g_task_get_task_data (G_TASK (result));
}

static gboolean
is_of_use (const SgFlight *flight, const Job *job)
{
  return !flight->over && flight->job == job->number;
}

/* -- Preparing: the digest, and what was answered before -- */

static SgAssistAnswer *
find_answer (const Job *job, const SgAssistProvider *provider)
{
  g_autofree char *name = sg_question_dup_name (job->question, provider);
  g_autoptr (GBytes) bytes = job->cache.get (job->cache.data, name);
  g_autoptr (SgAssistAnswer) answer = bytes ? sg_answer_from_bytes (bytes) : NULL;

  /* a cache may be shared with strangers */
  if (!answer || !sg_question_check (job->question, answer->text, NULL))
    return NULL;
  answer->provider = g_strdup (provider->name);
  return g_steal_pointer (&answer);
}

static void
prepare_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  job->name = sg_question_dup_name (job->question, NULL);
  for (guint i = 0; job->cache.get && !job->answer && i < job->providers->len; i++)
    job->answer = find_answer (job, g_ptr_array_index (job->providers, i));
  g_task_return_boolean (task, TRUE);
}

static SgFlight *
find_twin (SgFlight *self)
{
  for (guint i = 0; i < self->assist->flights->len; i++)
    {
      SgFlight *flight = g_ptr_array_index (self->assist->flights, i);

      if (flight != self && flight->name && g_str_equal (flight->name, self->name))
        return flight;
    }
  return NULL;
}

/* Those who asked for the same wait for the same. */
static void
join_twin (SgFlight *self, SgFlight *twin)
{
  while (self->waiters->len > 0)
    {
      SgWaiter *waiter = g_ptr_array_steal_index (self->waiters, 0);

      waiter->flight = twin;
      g_ptr_array_add (twin->waiters, waiter);
    }
  if (self->priority < twin->priority)
    {
      twin->priority = self->priority;
      if (twin->peer && twin->peer->current != twin)
        {
          SgPeer *peer = twin->peer;

          sg_peer_leave (peer, twin);
          sg_peer_join (peer, twin);
        }
    }
  end (self, NULL, NULL);
}

static void
prepare_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SgFlight *self = user_data, *twin;
  Job *job = finish_job (result);

  if (is_of_use (self, job))
    {
      self->name = g_steal_pointer (&job->name);
      if (job->answer)
        end (self, job->answer, NULL);
      else if ((twin = find_twin (self)))
        join_twin (self, twin);
      else
        sg_flight_go_on (self);
    }
  sg_flight_unref (self);
}

static void
prepare (SgFlight *self)
{
  Job *job = new_job (self);

  job->providers = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_assist_provider_free);
  for (guint i = 0; i < self->assist->peers->len; i++)
    {
      const SgPeer *peer = g_ptr_array_index (self->assist->peers, i);

      if (peer->provider->enabled)
        g_ptr_array_add (job->providers, sg_assist_provider_copy (peer->provider));
    }
  run_job (job, prepare_work, prepare_cb);
}

/* -- Asking -- */

/* Whether a refused request was refused for its schema: models and servers of one kind differ in knowing of
 * it. */
static gboolean
is_about_schema (SgFlight *self, const GError *error)
{
  static const char *const words[] = { "response_format", "json_schema", "responseJsonSchema",
                                       "output_config", "schema" };
  g_autoptr (GBytes) body = sg_exchange_dup_body (self->exchange);
  gsize size;
  const char *data = g_bytes_get_data (body, &size);

  if (!g_error_matches (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_REQUEST) || !self->question->said.schema ||
      self->peer->plain_words)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (data && memmem (data, size, words[i], strlen (words[i])))
      return TRUE;
  return FALSE;
}

/* How long until the next attempt: as long as it said, else twice as long each time; by chance a bit more, so
 * that many who were refused together do not come back together. */
static gint64
get_pause (SgFlight *self, const GError *error)
{
  const double retry_after = sg_error_get_number (error, SG_DETAIL_RETRY_AFTER);
  const gint64 first = self->assist->options.first_pause_us;
  const double chance = g_rand_double (self->assist->chance);

  if (isfinite (retry_after))
    return (gint64)(retry_after * G_USEC_PER_SEC + chance * first / 2);
  return (gint64)((0.5 + 0.5 * chance) * (first << MIN (self->n_attempts - 1, 10)));
}

static gboolean
may_try_again (SgFlight *self, const GError *error, gint64 pause)
{
  const SgAssistOptions *options = &self->assist->options;

  return sg_failure_is_passing (error) && self->n_attempts < options->most_attempts &&
         pause <= (sg_flight_has_other (self) ? options->short_pause_us : options->most_pause_us) &&
         sg_breaker_may_ask (&self->peer->breaker, sg_alarms_now (self->assist->alarms));
}

static void
take_failure (SgFlight *self, const GError *error)
{
  SgPeer *peer = self->peer;

  if (is_about_schema (self, error))
    {
      self->exchange = NULL;
      peer->plain_words = TRUE;
      sg_peer_again (peer, self);
      return;
    }
  self->exchange = NULL;
  if (sg_failure_is_of_provider (error))
    sg_peer_fail (peer, error);
  const gint64 pause = get_pause (self, error);
  if (may_try_again (self, error, pause))
    {
      peer->not_before = sg_alarms_now (self->assist->alarms) + pause;
      sg_peer_again (peer, self);
    }
  else
    sg_flight_fail_here (self, g_error_copy (error));
}

static void
add_tokens (gint64 *sum, gint64 more)
{
  if (more >= 0)
    *sum = MAX (*sum, 0) + more;
}

static void
take_answer (SgFlight *self)
{
  const SgReply *reply = sg_exchange_get_reply (self->exchange);
  char *text =
    self->question->said.schema ? sg_reply_dup_json_text (reply->text->str) : g_strdup (reply->text->str);

  add_tokens (&self->tokens_in, reply->tokens_in);
  add_tokens (&self->tokens_out, reply->tokens_out);
  self->first_token_us = sg_exchange_get_first_token_us (self->exchange);
  g_free (self->model);
  self->model = g_strdup (reply->model ? reply->model : self->peer->provider->model);
  sg_assist_tell_spent (self->assist, self->peer->provider, reply);
  self->exchange = NULL; /* it frees itself behind this call */
  sg_peer_succeed (self->peer);
  look_at_answer (self, text);
}

static void
exchange_done_cb (SgExchange *exchange, const GError *error, gpointer user_data)
{
  SgFlight *self = user_data;

  if (error)
    take_failure (self, error);
  else
    take_answer (self);
}

static void
exchange_news_cb (SgExchange *exchange, SgExchangeNews news, gpointer user_data)
{
  SgFlight *self = user_data;

  if (news == SG_EXCHANGE_CONNECTED && self->phase == SG_ASSIST_CONNECTING)
    sg_flight_set_phase (self, SG_ASSIST_WAITING);
  if (news == SG_EXCHANGE_GREW && sg_exchange_get_reply (exchange)->text->len > 0)
    {
      sg_flight_set_phase (self, SG_ASSIST_ANSWERING);
      tell (self);
    }
}

static void
write_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  job->body = sg_format_write (job->provider, job->question, job->with_schema, job->earlier, job->problem);
  g_task_return_boolean (task, TRUE);
}

static void
write_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SgFlight *self = user_data;
  const Job *job = finish_job (result);
  const SgExchangeOwner owner = { exchange_news_cb, exchange_done_cb, self };

  if (is_of_use (self, job))
    self->exchange =
      sg_exchange_start (self->peer->session, self->assist->alarms, &self->assist->options.timeouts,
                         self->peer->provider, job->body, &owner);
  sg_flight_unref (self);
}

void
sg_flight_send (SgFlight *self)
{
  Job *job = new_job (self);

  self->n_attempts++;
  sg_flight_set_phase (self, self->problem ? SG_ASSIST_REPAIRING : SG_ASSIST_CONNECTING);
  job->provider = sg_assist_provider_copy (self->peer->provider);
  job->with_schema = !self->peer->plain_words;
  job->earlier = g_strdup (self->earlier);
  job->problem = g_strdup (self->problem);
  run_job (job, write_work, write_cb);
}

/* -- The answer -- */

static void
look_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  if (!*job->text)
    g_set_error_literal (&job->error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_UNSUITABLE, _ ("it is empty"));
  else if (!sg_question_check (job->question, job->text, &job->error) && !job->error)
    g_set_error_literal (&job->error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_UNSUITABLE,
                         _ ("it is not as asked for"));
  g_task_return_boolean (task, TRUE);
}

static void
keep_work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GBytes) bytes = job->cache.put ? sg_answer_to_bytes (job->answer) : NULL;

  if (bytes)
    {
      g_autofree char *name = sg_question_dup_name (job->question, job->provider);

      job->cache.put (job->cache.data, name, bytes);
    }
  g_task_return_boolean (task, TRUE);
}

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SgFlight *self = user_data;
  const Job *job = finish_job (result);

  if (is_of_use (self, job))
    end (self, job->answer, NULL);
  sg_flight_unref (self);
}

/* Kept before it is told: who asks again at once is not to find the cache empty still. */
static void
succeed (SgFlight *self, char *text)
{
  SgMetrics *metrics = self->assist->options.metrics;
  const SgAssistAnswer answer = { .text = text,
                                  .provider = self->peer->provider->name,
                                  .model = self->model,
                                  .first_token_us = self->first_token_us,
                                  .tokens_in = self->tokens_in,
                                  .tokens_out = self->tokens_out,
                                  .repaired = self->problem != NULL };
  Job *job = new_job (self);

  sg_metrics_record (metrics ? metrics : sg_metrics_process (), SG_OPERATION_ASSIST_REQUEST,
                     1000 * (sg_alarms_now (self->assist->alarms) - self->begun_us));
  job->provider = sg_assist_provider_copy (self->peer->provider);
  job->answer = sg_answer_copy (&answer);
  run_job (job, keep_work, keep_cb);
}

/* Asks the same provider again, with what is wrong; once. */
static void
repair (SgFlight *self, const char *text, const GError *error)
{
  const char *repair = self->question->said.repair;
  g_autofree char *what = g_utf8_make_valid (error->message, -1);

  self->earlier = g_strdup (*text ? text : "-");
  self->problem = g_strdup_printf (
    "%s\n%s",
    repair ? repair
           : "Your answer cannot be used. Answer again, whole and corrected, in the same format. "
             "What is wrong with it:",
    what);
  self->n_attempts = 0;
  sg_peer_again (self->peer, self);
}

static void
look_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SgFlight *self = user_data;
  Job *job = finish_job (result);

  if (!is_of_use (self, job))
    ;
  else if (!job->error)
    succeed (self, job->text);
  else if (!self->problem)
    repair (self, job->text, job->error);
  else
    {
      GError *error = g_error_new (SG_ASSIST_ERROR, SG_ASSIST_ERROR_UNSUITABLE,
                                   _ ("the answer cannot be used: %s"), job->error->message);

      sg_failure_add_provider (error, self->peer->provider);
      sg_flight_fail_here (self, error);
    }
  sg_flight_unref (self);
}

/* Takes the text over. */
static void
look_at_answer (SgFlight *self, char *text)
{
  Job *job = new_job (self);

  job->text = text;
  run_job (job, look_work, look_cb);
}

/* -- Beginning -- */

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  SgWaiter *waiter = data;
  SgFlight *self = waiter->flight;
  g_autoptr (SgAssist) assist = g_object_ref (self->assist);
  g_autoptr (GError) error =
    g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("It was asked to stop"));

  deliver (self, waiter, NULL, error);
  g_ptr_array_remove (self->waiters, waiter);
  if (self->waiters->len == 0)
    end (self, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
add_waiter (SgFlight *self, GTask *task, SgAssistProgressFunc progress, gpointer progress_data)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  SgWaiter *waiter = g_new0 (SgWaiter, 1);

  *waiter = (SgWaiter){ .flight = self,
                        .task = task,
                        .asked_us = sg_alarms_now (self->assist->alarms),
                        .progress = progress,
                        .progress_data = progress_data };
  if (cancellable)
    {
      waiter->cancelling = g_cancellable_source_new (cancellable);
      g_source_set_callback (waiter->cancelling, G_SOURCE_FUNC (cancelled_cb), waiter, NULL);
      g_source_attach (waiter->cancelling, self->assist->context);
    }
  g_ptr_array_add (self->waiters, waiter);
}

void
sg_flight_begin (SgAssist *assist,
                 const SgAssistQuestion *question,
                 SgAssistPriority priority,
                 GTask *task,
                 SgAssistProgressFunc progress,
                 gpointer progress_data)
{
  SgFlight *self = g_new0 (SgFlight, 1);

  self->ref_count = 1;
  self->assist = g_object_ref (assist);
  self->question = sg_question_new (question);
  self->waiters = g_ptr_array_new_with_free_func (waiter_free);
  self->failed = g_ptr_array_new_with_free_func (g_free);
  self->errors = g_ptr_array_new_with_free_func ((GDestroyNotify)g_error_free);
  self->priority = priority;
  self->tokens_in = self->tokens_out = self->first_token_us = -1;
  self->begun_us = sg_alarms_now (assist->alarms);
  self->number = assist->n_asked++;
  self->told_us = G_MININT64 / 2;
  g_ptr_array_add (assist->flights, self);
  add_waiter (self, task, progress, progress_data);
  prepare (self);
}
