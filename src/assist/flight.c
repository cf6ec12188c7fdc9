/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A question's way: who waits for it, how far it is, at which provider, and how it ends. */
#include "config.h"

#include "assist/assist-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define TELL_INTERVAL (G_USEC_PER_SEC / 10)

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
void
sg_flight_tell (SgFlight *self)
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
  sg_flight_tell (self);
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

void
sg_flight_end (SgFlight *self, const SgAssistAnswer *answer, const GError *error)
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

  sg_flight_end (self, NULL, error);
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
    sg_flight_end (self, NULL, NULL);
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
  sg_flight_prepare (self);
}
