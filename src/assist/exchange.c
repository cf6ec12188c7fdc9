/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An exchange follows its call, and reads what the call brings. News may lead the owner to cancel it, so
 * each function that gives news holds a reference meanwhile. */
#include "config.h"

#include "assist/exchange.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "assist/failure.h"
#include "base/limits.h"

#define MOST_ERROR (64 << 10) /* bytes of a body that only tells of an error */
#define MOST_REDIRECTS 2
#define TAIL_US \
  (G_USEC_PER_SEC / 4) /* that the end of the stream is waited for behind the end of the answer */

struct _SgExchange
{
  guint ref_count;
  SgLine *line;
  SgAlarms *alarms;
  SgAssistTimeouts timeouts;
  SgAssistProvider *provider;
  const SgFormat *format;
  GBytes *body;          /* (nullable): a list is got */
  SgExchangeOwner owner; /* .done NULL: over, or cancelled */

  SgCall *call; /* (nullable): over */
  GUri *uri;
  guint n_redirects;
  guint status; /* 0: the head is not there yet */
  double retry_after;
  guint patience;          /* alarm: for connecting, for the first piece, for the next */
  guint deadline;          /* alarm: for all */
  const char *patient_for; /* what the alarm is of, for the error */

  gint64 sent_us, first_token_us;
  SgReply reply;
  SgEvents *events; /* (nullable): it is not read as events */
  guint n_events;
  GByteArray *whole; /* what is not read as events */
};

static void end_reading (SgExchange *self);

static void
unref (SgExchange *self)
{
  if (--self->ref_count > 0)
    return;
  g_clear_pointer (&self->events, sg_events_free);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_byte_array_unref (self->whole);
  sg_reply_clear (&self->reply);
  sg_assist_provider_free (self->provider);
  g_free (self);
}

/* Ends all that goes on; the owner's reference stays. */
static void
stop (SgExchange *self)
{
  sg_alarms_remove (self->alarms, &self->patience);
  sg_alarms_remove (self->alarms, &self->deadline);
  g_clear_pointer (&self->call, sg_call_free);
  self->owner.done = NULL;
  self->owner.news = NULL;
}

void
sg_exchange_cancel (SgExchange *self)
{
  stop (self);
  unref (self);
}

/* Takes `error` (nullable) over. */
static void
finish (SgExchange *self, GError *error)
{
  const SgExchangeOwner owner = self->owner;
  g_autoptr (GError) failure = error;

  if (!owner.done)
    return;
  stop (self);
  if (failure)
    sg_failure_add_provider (failure, self->provider);
  owner.done (self, failure, owner.user_data);
  unref (self);
}

static void
give_news (SgExchange *self, SgExchangeNews news)
{
  if (self->owner.news)
    self->owner.news (self, news, self->owner.user_data);
}

/* -- Patience -- */

static const char *
get_timeout_words (const char *operation)
{
  if (g_str_equal (operation, "connect"))
    return _ ("it did not let itself be connected to in time");
  if (g_str_equal (operation, "first-token"))
    return _ ("it did not begin to answer in time");
  return g_str_equal (operation, "stall") ? _ ("it stopped amid the answer") : _ ("its answer took too long");
}

static void
give_up_cb (gpointer data)
{
  SgExchange *self = data;
  const char *what = self->patience ? "whole" : self->patient_for; /* the deadline rang, or patience did */
  GError *error;

  if (self->reply.finished)
    {
      end_reading (self);
      return;
    }
  error = g_error_new_literal (SG_ASSIST_ERROR, SG_ASSIST_ERROR_TIMEOUT, get_timeout_words (what));
  sg_error_add_text (&error, SG_DETAIL_OPERATION, what);
  finish (self, error);
}

static void
lose_patience_cb (gpointer data)
{
  ((SgExchange *)data)->patience = 0;
  give_up_cb (data);
}

static void
wait_for (SgExchange *self, const char *what, gint64 most_us)
{
  sg_alarms_remove (self->alarms, &self->patience);
  self->patient_for = what;
  self->patience =
    sg_alarms_add (self->alarms, sg_alarms_now (self->alarms) + most_us, lose_patience_cb, self);
}

/* -- Reading -- */

/* Where the first text, or thought, shows that the model is at work, the next piece is waited for. */
static void
note_growth (SgExchange *self)
{
  if (self->reply.text->len > 0 && self->first_token_us < 0)
    self->first_token_us = sg_alarms_now (self->alarms) - self->sent_us;
  if (self->reply.finished)
    wait_for (self, "tail", TAIL_US); /* some servers keep the connection open, some tell tokens last */
  else if (self->reply.text->len > 0 || self->reply.thinks)
    wait_for (self, "stall", self->timeouts.stall_us);
  give_news (self, SG_EXCHANGE_GREW);
}

static gboolean
read_event (const char *name, const char *data, gsize size, gpointer user_data, GError **error)
{
  SgExchange *self = user_data;

  self->n_events++;
  return sg_format_read (self->format, &self->reply, name, data, size, error);
}

static gboolean
is_success (SgExchange *self)
{
  return self->status >= 200 && self->status < 300;
}

/* What comes in no events: bounded by what it may be. */
static gboolean
gather (SgExchange *self, GBytes *bytes, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (!is_success (self))
    {
      g_byte_array_append (self->whole, data, MIN (size, MOST_ERROR - self->whole->len));
      return TRUE;
    }
  if (!sg_limit_check (self->body ? SG_LIMIT_ID_ANSWER_BYTES : SG_LIMIT_ID_ANSWER_STREAM_BYTES,
                       self->whole->len + size, _ ("the answer"), SG_ASSIST_ERROR, SG_ASSIST_ERROR_TOO_LARGE,
                       error))
    return FALSE;
  g_byte_array_append (self->whole, data, size);
  return TRUE;
}

static gboolean
take (SgExchange *self, GBytes *bytes, GError **error)
{
  if (!self->events)
    return gather (self, bytes, error);
  return sg_events_read (self->events, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

static GError *
new_status_failure (SgExchange *self)
{
  g_autoptr (GBytes) body = sg_exchange_dup_body (self);

  return sg_failure_of_status (self->provider, self->status, self->retry_after, body);
}

/* What is left to read when all came. */
static gboolean
read_rest (SgExchange *self, GError **error)
{
  if (!self->body)
    return TRUE;
  if (self->events)
    return sg_events_end (self->events, error);
  g_byte_array_append (self->whole, (const guint8 *)"", 1);
  return read_event (NULL, (const char *)self->whole->data, self->whole->len - 1, self, error);
}

/* Whether what came is an answer, and all of it. */
static gboolean
check_whole (SgExchange *self, GError **error)
{
  const SgReply *reply = &self->reply;

  if (self->body && self->n_events == 0)
    g_set_error_literal (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_DAMAGED,
                         _ ("what came is no answer of this kind of provider"));
  else if (self->body && (!reply->finished || reply->out_of_room))
    g_set_error_literal (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_CUT_OFF,
                         reply->out_of_room ? _ ("the answer is longer than the model may write")
                                            : _ ("the answer ended amid itself"));
  else
    return TRUE;
  return FALSE;
}

/* The end of what came, which need not be the end of the answer. */
static void
end_reading (SgExchange *self)
{
  GError *error = NULL;

  if (!is_success (self))
    error = new_status_failure (self);
  else if (read_rest (self, &error))
    check_whole (self, &error);
  if (self->reply.text->len > 0 && self->first_token_us < 0)
    self->first_token_us = sg_alarms_now (self->alarms) - self->sent_us;
  finish (self, error);
}

static void
read_piece (SgExchange *self, GBytes *bytes)
{
  GError *error = NULL;
  const gboolean ok = take (self, bytes, &error);

  if (self->events)
    note_growth (self);
  if (!ok)
    finish (self, error);
  else if (!is_success (self) && self->whole->len >= MOST_ERROR)
    end_reading (self);
  else if (self->call) /* news may have led to cancelling */
    sg_call_read (self->call);
}

/* -- Sending -- */

static void send (SgExchange *self, GUri *uri);

static gboolean
is_same_host (GUri *a, GUri *b)
{
  return g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b)) &&
         g_uri_get_port (a) == g_uri_get_port (b) &&
         g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0;
}

/* Where to send the same to again (307, 308, same scheme, host and port); NULL: it is not to be done.
 * Returns: (transfer full). */
static GUri *
dup_redirect (SgExchange *self, const char *location)
{
  GUri *there;

  if ((self->status != 307 && self->status != 308) || !location || self->n_redirects == MOST_REDIRECTS)
    return NULL;
  there = g_uri_parse_relative (self->uri, location, g_uri_get_flags (self->uri), NULL);
  if (there && (!g_uri_get_host (there) || !is_same_host (self->uri, there)))
    g_clear_pointer (&there, g_uri_unref);
  return there;
}

/* Chooses how to read: servers that do not stream though asked to answer with one JSON text. */
static void
read_head (SgExchange *self, const SgCallDetails *details)
{
  const gboolean json = details->type && g_ascii_strcasecmp (details->type, "application/json") == 0;
  g_autoptr (GUri) redirect = NULL;

  self->status = details->status;
  self->retry_after = sg_failure_read_retry_after (details->retry_after, details->date);
  if ((redirect = dup_redirect (self, details->location)))
    {
      self->n_redirects++;
      send (self, redirect);
      return;
    }
  if (self->status / 100 == 3)
    {
      finish (self, new_status_failure (self)); /* its body is nobody's answer */
      return;
    }
  if (self->body && is_success (self) && (self->format->framing != SG_FRAMING_SSE || !json))
    self->events = sg_events_new (self->format->framing, read_event, self);
  sg_call_read (self->call);
}

static void
fail (SgExchange *self, const GError *error)
{
  if (self->reply.finished) /* all of the answer is there, whatever came after it */
    end_reading (self);
  else if (self->status > 0 && !is_success (self))
    finish (self, new_status_failure (self));
  else
    finish (self, sg_failure_of_library (error, self->status > 0));
}

static void
call_cb (SgCall *call, SgCallNews news, const SgCallDetails *details, gpointer user_data)
{
  SgExchange *self = user_data;

  self->ref_count++;
  switch (news)
    {
    case SG_CALL_CONNECTED:
      self->sent_us = sg_alarms_now (self->alarms);
      wait_for (self, "first-token", self->timeouts.first_token_us);
      give_news (self, SG_EXCHANGE_CONNECTED);
      break;
    case SG_CALL_HEAD:
      read_head (self, details);
      break;
    case SG_CALL_PIECE:
      read_piece (self, details->bytes);
      break;
    case SG_CALL_END:
      end_reading (self);
      break;
    case SG_CALL_FAILED:
      fail (self, details->error);
      break;
    }
  unref (self);
}

/* Names and values in turn. Returns: (transfer full). */
static char **
dup_headers (SgExchange *self)
{
  const SgFormat *format = self->format;
  g_autoptr (GStrvBuilder) headers = g_strv_builder_new ();

  if (format->header)
    g_strv_builder_add_many (headers, format->header, format->header_value, NULL);
  if (self->provider->key)
    {
      g_autofree char *value = g_strconcat (format->key_prefix, self->provider->key, NULL);

      g_strv_builder_add_many (headers, format->key_header, value, NULL);
      explicit_bzero (value, strlen (value));
    }
  return g_strv_builder_end (headers);
}

static void
send (SgExchange *self, GUri *uri)
{
  g_clear_pointer (&self->call, sg_call_free);
  g_uri_ref (uri);
  g_clear_pointer (&self->uri, g_uri_unref);
  self->uri = uri;
  self->status = 0;
  self->call = sg_call_new (self->line, uri, dup_headers (self), self->body, call_cb, self);
}

SgExchange *
sg_exchange_start (SgLine *line,
                   SgAlarms *alarms,
                   const SgAssistTimeouts *timeouts,
                   const SgAssistProvider *provider,
                   GBytes *body,
                   const SgExchangeOwner *owner)
{
  SgExchange *self = g_new0 (SgExchange, 1);
  g_autoptr (GUri) uri = sg_format_dup_uri (provider, body == NULL);

  self->ref_count = 1;
  self->line = line;
  self->alarms = alarms;
  self->timeouts = *timeouts;
  self->provider = sg_assist_provider_copy (provider);
  self->format = sg_format_get (provider->kind);
  self->body = body ? g_bytes_ref (body) : NULL;
  self->owner = *owner;
  self->whole = g_byte_array_new ();
  self->retry_after = NAN;
  self->first_token_us = -1;
  sg_reply_init (&self->reply);
  g_assert (uri); /* sg_assist_provider_check () was asked before */
  wait_for (self, "connect", timeouts->connect_us);
  self->deadline = sg_alarms_add (alarms, sg_alarms_now (alarms) + timeouts->whole_us, give_up_cb, self);
  send (self, uri);
  return self;
}

SgReply *
sg_exchange_get_reply (SgExchange *self)
{
  return &self->reply;
}

GBytes *
sg_exchange_dup_body (SgExchange *self)
{
  return g_bytes_new (self->whole->data, self->whole->len);
}

gint64
sg_exchange_get_first_token_us (SgExchange *self)
{
  return self->first_token_us;
}
