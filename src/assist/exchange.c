/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An exchange holds a reference of its own for each call of libsoup's that is under way, so that cancelling
 * may free the owner's at once. Cancelling aborts the session too: libsoup would else read on to where a
 * message ends, to use its connection again, and a stalled one never ends. */
#include "config.h"

#include "assist/exchange.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "assist/failure.h"
#include "base/json.h"

#define PIECE (16 << 10)      /* bytes read at once */
#define MOST_ERROR (64 << 10) /* bytes of a body that only tells of an error */
#define MOST_REDIRECTS 2
#define IDLE_SECONDS 20 /* that a connection is kept for the next question */
#define TAIL_US \
  (G_USEC_PER_SEC / 4) /* that the end of the stream is waited for behind the end of the answer */

struct _SgExchange
{
  guint ref_count;
  SoupSession *session;
  SgAlarms *alarms;
  SgAssistTimeouts timeouts;
  SgAssistProvider *provider;
  const SgFormat *format;
  GBytes *body;          /* (nullable): a list is got */
  SgExchangeOwner owner; /* .done NULL: over, or cancelled */

  GCancellable *cancellable;
  SoupMessage *message;
  GInputStream *stream;
  gulong starting;
  guint n_redirects;
  guint patience;          /* alarm: for connecting, for the first piece, for the next */
  guint deadline;          /* alarm: for all */
  const char *patient_for; /* what the alarm is of, for the error */
  gboolean ended;          /* all of the stream was read, so that its connection can be used again */

  SgReply reply;
  SgEvents *events; /* (nullable): it is not read as events */
  guint n_events;
  GByteArray *whole; /* what is not read as events */
  gint64 sent_us, first_token_us;
};

static void
close_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_input_stream_close_finish (G_INPUT_STREAM (source), result, NULL);
}

static void
unref (SgExchange *self)
{
  if (--self->ref_count > 0)
    return;
  /* the last reference of an open one would close it blocking, by reading on to its end */
  if (self->stream && !g_input_stream_is_closed (self->stream))
    g_input_stream_close_async (self->stream, G_PRIORITY_DEFAULT, self->cancellable, close_cb, NULL);
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->events, sg_events_free);
  g_clear_pointer (&self->body, g_bytes_unref);
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
  g_clear_signal_handler (&self->starting, self->message);
  self->owner.done = NULL;
  self->owner.news = NULL;
}

static void
close_socket (SgExchange *self)
{
  g_cancellable_cancel (self->cancellable);
  soup_session_abort (self->session);
}

void
sg_exchange_cancel (SgExchange *self)
{
  stop (self);
  close_socket (self);
  unref (self);
}

/* Takes `error` over (nullable). */
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
  if (failure || !self->ended)
    close_socket (self);
  owner.done (self, failure, owner.user_data);
  unref (self);
}

static void end_reading (SgExchange *self);

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
  if (self->owner.news)
    self->owner.news (self, SG_EXCHANGE_GREW, self->owner.user_data);
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
  return SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (self->message));
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
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  g_autoptr (GBytes) body = sg_exchange_dup_body (self);
  const double retry_after = sg_failure_read_retry_after (
    soup_message_headers_get_one (headers, "Retry-After"), soup_message_headers_get_one (headers, "Date"));

  return sg_failure_of_status (self->provider, soup_message_get_status (self->message), retry_after, body);
}

/* The end of what came, which need not be the end of the answer. */
static void
end_reading (SgExchange *self)
{
  GError *error = NULL;

  if (!is_success (self))
    error = new_status_failure (self);
  else if (!self->body)
    ;
  else if (self->events)
    sg_events_end (self->events, &error);
  else
    {
      g_byte_array_append (self->whole, (const guint8 *)"", 1);
      sg_format_read (self->format, &self->reply, NULL, (const char *)self->whole->data,
                      self->whole->len - 1, &error);
      note_growth (self);
    }
  if (!error && self->events && self->n_events == 0)
    error = g_error_new_literal (SG_ASSIST_ERROR, SG_ASSIST_ERROR_DAMAGED,
                                 _ ("what came is no answer of this kind of provider"));
  else if (!error && self->body && is_success (self) && (!self->reply.finished || self->reply.out_of_room))
    error = g_error_new_literal (SG_ASSIST_ERROR, SG_ASSIST_ERROR_CUT_OFF,
                                 self->reply.out_of_room ? _ ("the answer is longer than the model may write")
                                                         : _ ("the answer ended amid itself"));
  finish (self, error);
}

static void read_more (SgExchange *self);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SgExchange *self = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (!self->owner.done)
    g_clear_error (&error);
  else if (error && self->reply.finished)
    {
      g_clear_error (&error);
      end_reading (self);
    }
  else if (error)
    {
      GError *failure = is_success (self) ? sg_failure_of_library (error, TRUE) : new_status_failure (self);

      g_error_free (error);
      finish (self, failure);
    }
  else if (g_bytes_get_size (bytes) == 0)
    {
      self->ended = TRUE;
      end_reading (self);
    }
  else
    {
      const gboolean ok = take (self, bytes, &error);

      if (self->events)
        note_growth (self);
      if (!ok)
        finish (self, error);
      else if (!is_success (self) && self->whole->len >= MOST_ERROR)
        end_reading (self);
      else
        read_more (self);
    }
  unref (self);
}

static void
read_more (SgExchange *self)
{
  if (!self->owner.done) /* news may have led to cancelling */
    return;
  self->ref_count++;
  g_input_stream_read_bytes_async (self->stream, PIECE, G_PRIORITY_DEFAULT, self->cancellable, read_cb, self);
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
dup_redirect (SgExchange *self)
{
  const guint status = soup_message_get_status (self->message);
  const char *location =
    soup_message_headers_get_one (soup_message_get_response_headers (self->message), "Location");
  GUri *here = soup_message_get_uri (self->message);

  if ((status != 307 && status != 308) || !location || self->n_redirects == MOST_REDIRECTS)
    return NULL;
  GUri *there = g_uri_parse_relative (here, location, SOUP_HTTP_URI_FLAGS, NULL);
  if (there && (!g_uri_get_host (there) || !is_same_host (here, there)))
    g_clear_pointer (&there, g_uri_unref);
  return there;
}

/* Chooses how to read: servers that do not stream though asked to answer with one JSON text. */
static void
begin_reading (SgExchange *self)
{
  const char *type =
    soup_message_headers_get_content_type (soup_message_get_response_headers (self->message), NULL);

  if (self->body && is_success (self) &&
      (self->format->framing != SG_FRAMING_SSE || !type ||
       g_ascii_strcasecmp (type, "application/json") != 0))
    self->events = sg_events_new (self->format->framing, read_event, self);
  read_more (self);
}

static void
send_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SgExchange *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  g_autoptr (GUri) redirect = NULL;

  if (!self->owner.done)
    ;
  else if (error)
    finish (self, sg_failure_of_library (error, FALSE));
  else if ((redirect = dup_redirect (self)))
    {
      self->n_redirects++;
      g_clear_signal_handler (&self->starting, self->message);
      send (self, redirect);
    }
  else if (soup_message_get_status (self->message) / 100 == 3)
    finish (self, new_status_failure (self)); /* its body is nobody's answer */
  else
    {
      self->stream = g_steal_pointer (&stream);
      begin_reading (self);
    }
  unref (self);
}

static void
starting_cb (SoupMessage *message, gpointer data)
{
  SgExchange *self = data;

  self->sent_us = sg_alarms_now (self->alarms);
  wait_for (self, "first-token", self->timeouts.first_token_us);
  if (self->owner.news)
    self->owner.news (self, SG_EXCHANGE_CONNECTED, self->owner.user_data);
}

static void
add_headers (SgExchange *self, SoupMessageHeaders *headers)
{
  const SgFormat *format = self->format;

  if (format->header)
    soup_message_headers_replace (headers, format->header, format->header_value);
  if (self->provider->key)
    {
      g_autofree char *value = g_strconcat (format->key_prefix, self->provider->key, NULL);

      soup_message_headers_replace (headers, format->key_header, value);
      explicit_bzero (value, strlen (value));
    }
}

static void
send (SgExchange *self, GUri *uri)
{
  g_clear_object (&self->message);
  self->message = soup_message_new_from_uri (self->body ? "POST" : "GET", uri);
  /* what is asked twice is answered twice and harms nobody; without that flag no connection would be used
   * again */
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE |
                                           SOUP_MESSAGE_IDEMPOTENT);
  add_headers (self, soup_message_get_request_headers (self->message));
  if (self->body)
    soup_message_set_request_body_from_bytes (self->message, "application/json", self->body);
  self->starting = g_signal_connect (self->message, "starting", G_CALLBACK (starting_cb), self);
  self->ref_count++;
  soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT, self->cancellable, send_cb,
                           self);
}

SoupSession *
sg_exchange_new_session (const SgAssistProvider *provider, GTlsDatabase *tls_database)
{
  SoupSession *session = soup_session_new_with_options (
    "max-conns", 1, "max-conns-per-host", 1, "timeout", 0, "idle-timeout", IDLE_SECONDS, "user-agent",
    "SimGen/" SG_VERSION, NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  if (tls_database)
    soup_session_set_tls_database (session, tls_database);
  if (sg_assist_provider_is_local (provider))
    soup_session_set_proxy_resolver (session, NULL);
  return session;
}

SgExchange *
sg_exchange_start (SoupSession *session,
                   SgAlarms *alarms,
                   const SgAssistTimeouts *timeouts,
                   const SgAssistProvider *provider,
                   GBytes *body,
                   const SgExchangeOwner *owner)
{
  SgExchange *self = g_new0 (SgExchange, 1);
  g_autoptr (GUri) uri = sg_format_dup_uri (provider, body == NULL);

  self->ref_count = 1;
  self->session = g_object_ref (session);
  self->alarms = alarms;
  self->timeouts = *timeouts;
  self->provider = sg_assist_provider_copy (provider);
  self->format = sg_format_get (provider->kind);
  self->body = body ? g_bytes_ref (body) : NULL;
  self->owner = *owner;
  self->cancellable = g_cancellable_new ();
  self->whole = g_byte_array_new ();
  self->first_token_us = -1;
  sg_reply_init (&self->reply);
  g_return_val_if_fail (uri, self); /* sg_assist_provider_check () was asked before */
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
