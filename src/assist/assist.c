/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The object: providers, the switch, what is told when. */
#include "config.h"

#include "assist/assist.h"

#include <glib/gi18n-lib.h>

#include "assist/assist-private.h"

enum
{
  STATE_CHANGED,
  SPENT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SgAssist, sg_assist, G_TYPE_OBJECT)

SgAssistOptions
sg_assist_options_default (void)
{
  return (SgAssistOptions){
    .timeouts = { .connect_us = 10 * G_USEC_PER_SEC,
                  .first_token_us = 60 * G_USEC_PER_SEC,
                  .stall_us = 30 * G_USEC_PER_SEC,
                  .whole_us = 180 * G_USEC_PER_SEC },
    .most_attempts = 3,
    .first_pause_us = G_USEC_PER_SEC / 2,
    .most_pause_us = 20 * G_USEC_PER_SEC,
    .short_pause_us = 2 * G_USEC_PER_SEC,
    .failures_to_rest = 3,
    .first_rest_us = 30 * G_USEC_PER_SEC,
    .most_rest_us = 600 * G_USEC_PER_SEC,
    .most_waiting = 32,
  };
}

/* -- Later -- */

typedef struct
{
  SgAssist *assist;
  GSourceFunc func;
  gpointer data;
  GDestroyNotify free_data;
} Soon;

static gboolean
soon_cb (gpointer data)
{
  Soon *soon = data;

  return soon->func (soon->data);
}

static void
soon_free (gpointer data)
{
  Soon *soon = data;

  if (soon->free_data)
    soon->free_data (soon->data);
  g_object_unref (soon->assist);
  g_free (soon);
}

void
sg_assist_soon (SgAssist *self, GSourceFunc func, gpointer data, GDestroyNotify free_data)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Soon *soon = g_new (Soon, 1);

  *soon = (Soon){ g_object_ref (self), func, data, free_data };
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "simgen-assist");
  g_source_set_callback (source, soon_cb, soon, soon_free);
  g_source_attach (source, self->context);
}

static gboolean
look_cb (gpointer data)
{
  SgAssist *self = data;

  self->looks_soon = FALSE;
  for (guint i = 0; i < self->peers->len; i++)
    sg_peer_look (g_ptr_array_index (self->peers, i));
  return G_SOURCE_REMOVE;
}

void
sg_assist_look_soon (SgAssist *self)
{
  if (!self->looks_soon)
    sg_assist_soon (self, look_cb, self, NULL);
  self->looks_soon = TRUE;
}

static gboolean
tell_state_cb (gpointer data)
{
  SgAssist *self = data;

  self->tells_soon = FALSE;
  g_signal_emit (self, signals[STATE_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

void
sg_assist_tell_state (SgAssist *self)
{
  if (!self->tells_soon)
    sg_assist_soon (self, tell_state_cb, self, NULL);
  self->tells_soon = TRUE;
}

typedef struct
{
  SgAssist *assist; /* lives until it is told */
  char *provider, *model;
  gint64 tokens_in, tokens_out;
} Spent;

static gboolean
tell_spent_cb (gpointer data)
{
  const Spent *spent = data;

  g_signal_emit (spent->assist, signals[SPENT], 0, spent->provider, spent->model, spent->tokens_in,
                 spent->tokens_out);
  return G_SOURCE_REMOVE;
}

static void
spent_free (gpointer data)
{
  Spent *spent = data;

  g_free (spent->provider);
  g_free (spent->model);
  g_free (spent);
}

void
sg_assist_tell_spent (SgAssist *self, const SgAssistProvider *provider, const SgReply *reply)
{
  Spent *spent = g_new (Spent, 1);

  *spent = (Spent){ self, g_strdup (provider->name), g_strdup (reply->model ? reply->model : provider->model),
                    reply->tokens_in, reply->tokens_out };
  sg_assist_soon (self, tell_spent_cb, spent, spent_free);
}

/* -- The object -- */

static void
sg_assist_finalize (GObject *object)
{
  SgAssist *self = SG_ASSIST (object);

  /* a flight holds a reference, so none is left */
  g_ptr_array_unref (self->flights);
  g_ptr_array_unref (self->probes);
  g_ptr_array_unref (self->peers);
  g_clear_pointer (&self->alarms, sg_alarms_free);
  g_clear_pointer (&self->own_rate_limit, sg_rate_limit_free);
  g_clear_object (&self->options.tls_database);
  g_rand_free (self->chance);
  g_main_context_unref (self->context);
  if (self->options.cache.free_data)
    self->options.cache.free_data (self->options.cache.data);
  G_OBJECT_CLASS (sg_assist_parent_class)->finalize (object);
}

static void
sg_assist_class_init (SgAssistClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sg_assist_finalize;
  signals[STATE_CHANGED] = g_signal_new ("state-changed", SG_TYPE_ASSIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  signals[SPENT] = g_signal_new ("spent", SG_TYPE_ASSIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_INT64, G_TYPE_INT64);
}

static void
sg_assist_init (SgAssist *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->peers = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_peer_free);
  self->flights = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_flight_unref);
  self->probes = g_ptr_array_new ();
}

static SgRateLimit *
new_rate_limit (const SgAssistOptions *options)
{
  SgRateLimitOptions limits = sg_rate_limit_options_default ();

  if (options->now_us)
    {
      limits.clock = options->now_us;
      limits.clock_data = options->clock;
    }
  if (options->metrics)
    limits.metrics = options->metrics;
  return sg_rate_limit_new (&limits);
}

SgAssist *
sg_assist_new (const SgAssistOptions *options)
{
  SgAssist *self = g_object_new (SG_TYPE_ASSIST, NULL);

  self->options = options ? *options : sg_assist_options_default ();
  if (self->options.tls_database)
    g_object_ref (self->options.tls_database);
  if (!self->options.rate_limit)
    self->own_rate_limit = new_rate_limit (&self->options);
  self->rate_limit = self->own_rate_limit ? self->own_rate_limit : self->options.rate_limit;
  self->alarms = sg_alarms_new (self->options.now_us, self->options.clock);
  self->chance = self->options.seed ? g_rand_new_with_seed (self->options.seed) : g_rand_new ();
  return self;
}

void
sg_assist_ring (SgAssist *self)
{
  sg_alarms_ring (self->alarms);
}

/* -- Providers -- */

SgPeer *
sg_assist_find_peer (SgAssist *self, const char *provider)
{
  for (guint i = 0; i < self->peers->len; i++)
    {
      SgPeer *peer = g_ptr_array_index (self->peers, i);

      if (g_str_equal (peer->provider->name, provider))
        return peer;
    }
  return NULL;
}

/* The peer that goes on as it is; NULL: there is none. Returns: (transfer full). */
static SgPeer *
steal_equal (GPtrArray *peers, const SgAssistProvider *provider)
{
  for (guint i = 0; i < peers->len; i++)
    {
      const SgPeer *peer = g_ptr_array_index (peers, i);

      if (g_str_equal (peer->provider->name, provider->name) &&
          sg_assist_provider_equal (peer->provider, provider))
        return g_ptr_array_steal_index (peers, i);
    }
  return NULL;
}

/* Takes those that are at such a peer away from it. Returns: those, referenced. */
static void
vacate (SgPeer *peer, GPtrArray *vacated)
{
  SgFlight *flight = peer->current;

  for (; flight; flight = g_queue_peek_head (&peer->waiting))
    {
      g_ptr_array_add (vacated, sg_flight_ref (flight));
      flight->job++;
      g_clear_pointer (&flight->exchange, sg_exchange_cancel);
      sg_peer_leave (peer, flight);
    }
}

void
sg_assist_set_providers (SgAssist *self, const SgAssistProvider *const *providers, guint n)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->peers);
  g_autoptr (GPtrArray) vacated = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_flight_unref);

  self->peers = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_peer_free);
  for (guint i = 0; i < n; i++)
    {
      SgPeer *peer = steal_equal (before, providers[i]);

      if (!peer)
        peer = sg_peer_new (self, providers[i]);
      peer->provider->enabled = providers[i]->enabled;
      if (!peer->provider->enabled)
        vacate (peer, vacated);
      g_ptr_array_add (self->peers, peer);
    }
  for (guint i = 0; i < before->len; i++)
    vacate (g_ptr_array_index (before, i), vacated);
  for (guint i = 0; i < vacated->len; i++)
    sg_flight_start_anew (g_ptr_array_index (vacated, i));
  sg_assist_tell_state (self);
}

guint
sg_assist_get_picture_side (SgAssist *self)
{
  guint side = sg_provider_kind_picture_side (SG_PROVIDER_OPENAI);

  for (guint i = 0; i < self->peers->len; i++)
    {
      const SgAssistProvider *provider = ((const SgPeer *)g_ptr_array_index (self->peers, i))->provider;

      if (provider->enabled)
        side = MIN (side, sg_provider_kind_picture_side (provider->kind));
    }
  return side;
}

static SgAssistCondition
get_condition (const SgPeer *peer, gint64 now)
{
  if (!sg_breaker_may_ask (&peer->breaker, now))
    return SG_ASSIST_RESTS;
  if (sg_breaker_is_trying (&peer->breaker, now))
    return SG_ASSIST_TRYING;
  return peer->breaker.n_failures > 0 ? SG_ASSIST_FAILING : SG_ASSIST_READY;
}

gboolean
sg_assist_get_state (SgAssist *self, const char *provider, SgAssistState *state)
{
  const SgPeer *peer = sg_assist_find_peer (self, provider);
  const gint64 now = sg_alarms_now (self->alarms);

  if (!peer)
    return FALSE;
  const gint64 wait = MAX (sg_breaker_get_rest (&peer->breaker, now), peer->not_before - now);
  *state = (SgAssistState){ .condition = get_condition (peer, now),
                            .busy = peer->current != NULL,
                            .n_waiting = peer->waiting.length,
                            .n_failures = peer->breaker.n_failures,
                            .rest = MAX (wait, 0) / (double)G_USEC_PER_SEC,
                            .error = peer->error };
  return TRUE;
}

/* -- The switch -- */

GError *
sg_assist_new_no_network (void)
{
  return g_error_new_literal (SG_ASSIST_ERROR, SG_ASSIST_ERROR_NO_NETWORK,
                              _ ("The use of the network is forbidden in the settings"));
}

void
sg_assist_set_network_allowed (SgAssist *self, gboolean allowed)
{
  g_autoptr (SgAssist) alive = g_object_ref (self);

  if (self->network_allowed == allowed)
    return;
  self->network_allowed = allowed;
  while (!allowed && self->flights->len > 0)
    sg_flight_fail (g_ptr_array_index (self->flights, 0), sg_assist_new_no_network ());
  while (!allowed && self->probes->len > 0)
    sg_probe_fail (g_ptr_array_index (self->probes, 0), sg_assist_new_no_network ());
  for (guint i = 0; !allowed && i < self->peers->len; i++)
    soup_session_abort (((SgPeer *)g_ptr_array_index (self->peers, i))->session); /* idle connections too */
  sg_assist_tell_state (self);
}

gboolean
sg_assist_get_network_allowed (SgAssist *self)
{
  return self->network_allowed;
}

/* -- Asking -- */

/* Why it cannot even begin; NULL: it can. */
static GError *
new_refusal (SgAssist *self)
{
  if (!self->network_allowed)
    return sg_assist_new_no_network ();
  if (self->flights->len < self->options.most_waiting)
    return NULL;
  return g_error_new_literal (SG_ASSIST_ERROR, SG_ASSIST_ERROR_QUEUE_FULL,
                              _ ("Too many questions wait for an answer already"));
}

void
sg_assist_ask_async (SgAssist *self,
                     const SgAssistQuestion *question,
                     SgAssistPriority priority,
                     GCancellable *cancellable,
                     SgAssistProgressFunc progress,
                     gpointer progress_data,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GError *refusal = new_refusal (self);

  g_return_if_fail (question->user != NULL);
  g_task_set_source_tag (task, sg_assist_ask_async);
  if (!refusal)
    {
      sg_flight_begin (self, question, priority, task, progress, progress_data);
      return;
    }
  if (question->free_check_data)
    question->free_check_data (question->check_data);
  g_task_return_error (task, refusal);
  g_object_unref (task);
}

SgAssistAnswer *
sg_assist_ask_finish (SgAssist *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, sg_assist_ask_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
sg_assist_list_models_async (SgAssist *self,
                             const SgAssistProvider *provider,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sg_assist_list_models_async);
  sg_probe_begin (self, provider, TRUE, task);
}

char **
sg_assist_list_models_finish (SgAssist *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, sg_assist_list_models_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
sg_assist_test_async (SgAssist *self,
                      const SgAssistProvider *provider,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sg_assist_test_async);
  sg_probe_begin (self, provider, FALSE, task);
}

gint64
sg_assist_test_finish (SgAssist *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, sg_assist_test_async), -1);
  return g_task_propagate_int (G_TASK (result), error);
}
