/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A provider as it is dealt with: one request at a time, the others in a queue; not before it may be asked
 * again, not more often than the limits let, not at all while it rests. */
#include "config.h"

#include "assist/assist-private.h"

#include <math.h>

#include <glib/gi18n-lib.h>

SgPeer *
sg_peer_new (SgAssist *assist, const SgAssistProvider *provider)
{
  SgPeer *self = g_new0 (SgPeer, 1);

  self->assist = assist;
  self->provider = sg_assist_provider_copy (provider);
  self->host = sg_assist_provider_dup_host (provider);
  self->session = sg_exchange_new_session (provider, assist->options.tls_database);
  self->breaker = (SgBreaker){ .failures_to_rest = assist->options.failures_to_rest,
                               .first_rest_us = assist->options.first_rest_us,
                               .most_rest_us = assist->options.most_rest_us };
  g_queue_init (&self->waiting);
  return self;
}

void
sg_peer_free (SgPeer *self)
{
  g_assert (!self->current && g_queue_is_empty (&self->waiting));
  sg_alarms_remove (self->assist->alarms, &self->wake);
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_clear_error (&self->error);
  sg_assist_provider_free (self->provider);
  g_free (self->host);
  g_free (self);
}

/* The more urgent first, then who asked first: what prepares them may be done in another order. */
static int
compare_urgency (gconstpointer a, gconstpointer b, gpointer data)
{
  const SgFlight *one = a, *other = b;

  if (one->priority != other->priority)
    return one->priority < other->priority ? -1 : 1;
  return one->number < other->number ? -1 : one->number > other->number;
}

void
sg_peer_join (SgPeer *self, SgFlight *flight)
{
  flight->peer = self;
  g_queue_insert_sorted (&self->waiting, flight, compare_urgency, NULL);
  sg_flight_set_phase (flight, SG_ASSIST_QUEUED);
  sg_assist_look_soon (self->assist);
  sg_assist_tell_state (self->assist);
}

void
sg_peer_again (SgPeer *self, SgFlight *flight)
{
  self->current = NULL;
  g_queue_push_head (&self->waiting, flight);
  sg_assist_look_soon (self->assist);
}

void
sg_peer_leave (SgPeer *self, SgFlight *flight)
{
  if (self->current == flight)
    self->current = NULL;
  g_queue_remove (&self->waiting, flight);
  flight->peer = NULL;
  sg_assist_look_soon (self->assist);
  sg_assist_tell_state (self->assist);
}

void
sg_peer_succeed (SgPeer *self)
{
  sg_breaker_succeed (&self->breaker);
  g_clear_error (&self->error);
  sg_assist_tell_state (self->assist);
}

void
sg_peer_fail (SgPeer *self, const GError *error)
{
  const gint64 now = sg_alarms_now (self->assist->alarms);
  const double retry_after = sg_error_get_number (error, SG_DETAIL_RETRY_AFTER);

  sg_breaker_fail (&self->breaker, now);
  if (isfinite (retry_after))
    self->not_before = MAX (self->not_before, now + (gint64)(retry_after * G_USEC_PER_SEC));
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  sg_assist_tell_state (self->assist);
}

/* -- Whether it may be asked -- */

static GError *
new_resting (SgPeer *self, gint64 rest_us)
{
  const double seconds = ceil (rest_us / (double)G_USEC_PER_SEC);
  GError *error = g_error_new (SG_ASSIST_ERROR, SG_ASSIST_ERROR_RESTING,
                               ngettext ("%s: failed before and is not asked for %.0f second (%s)",
                                         "%s: failed before and is not asked for %.0f seconds (%s)", seconds),
                               self->provider->name, seconds,
                               self->error ? self->error->message : _ ("no word of why"));

  sg_error_add_number (&error, SG_DETAIL_RETRY_AFTER, rest_us / (double)G_USEC_PER_SEC);
  sg_error_add_text (&error, SG_DETAIL_PROVIDER, self->provider->name);
  return error;
}

static GError *
new_busy (SgPeer *self, gint64 wait_us)
{
  const double seconds = ceil (wait_us / (double)G_USEC_PER_SEC);
  GError *error = g_error_new (SG_ASSIST_ERROR, SG_ASSIST_ERROR_BUSY,
                               ngettext ("%s: takes no more requests for %.0f second",
                                         "%s: takes no more requests for %.0f seconds", seconds),
                               self->provider->name, seconds);

  sg_error_add_number (&error, SG_DETAIL_RETRY_AFTER, wait_us / (double)G_USEC_PER_SEC);
  sg_error_add_text (&error, SG_DETAIL_PROVIDER, self->provider->name);
  return error;
}

/* How long this question is to wait; G_MAXINT64: it is not to, with an error. */
static gint64
get_wait (SgPeer *self, SgFlight *flight, GError **error)
{
  const SgAssistOptions *options = &self->assist->options;
  const gint64 most = sg_flight_has_other (flight) ? options->short_pause_us : options->most_pause_us;
  const gint64 now = sg_alarms_now (self->assist->alarms);
  const gint64 rest = sg_breaker_get_rest (&self->breaker, now);
  g_autoptr (GError) refusal = NULL;
  gint64 wait = self->not_before - now;

  if (rest > 0)
    {
      g_propagate_error (error, new_resting (self, rest));
      return G_MAXINT64;
    }
  if (wait <= 0)
    {
      if (sg_rate_limit_take (self->assist->rate_limit, self->host, &refusal))
        return 0;
      wait = 1 + (gint64)(sg_error_get_number (refusal, SG_DETAIL_RETRY_AFTER) * G_USEC_PER_SEC);
    }
  if (wait <= most)
    return wait;
  g_propagate_error (error, refusal ? g_steal_pointer (&refusal) : new_busy (self, wait));
  return G_MAXINT64;
}

static void
wake_cb (gpointer data)
{
  SgPeer *self = data;

  self->wake = 0;
  sg_assist_look_soon (self->assist);
}

/* Whether it went on to where it is sent. */
static gboolean
look_at_first (SgPeer *self)
{
  SgFlight *flight = g_queue_peek_head (&self->waiting);
  GError *error = NULL;
  const gint64 wait = get_wait (self, flight, &error);

  if (error)
    {
      sg_flight_fail_here (flight, error);
      return TRUE;
    }
  if (wait > 0)
    {
      sg_flight_set_phase (flight, SG_ASSIST_PAUSING);
      self->not_before = MAX (self->not_before, sg_alarms_now (self->assist->alarms) + wait);
      self->wake = sg_alarms_add (self->assist->alarms, self->not_before, wake_cb, self);
      return FALSE;
    }
  g_queue_pop_head (&self->waiting);
  self->current = flight;
  sg_flight_send (flight);
  sg_assist_tell_state (self->assist);
  return TRUE;
}

void
sg_peer_look (SgPeer *self)
{
  sg_alarms_remove (self->assist->alarms, &self->wake);
  while (!self->current && !g_queue_is_empty (&self->waiting) && look_at_first (self))
    ;
}
