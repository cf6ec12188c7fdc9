/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three kinds of objects that live in two threads. What a line and a call hold of libsoup is touched by the
 * carrier's thread alone, which is told what to do by sources in its context; what calls out is the owner's
 * alone, which is told likewise. A piece is read only when the one before was taken, so no more than one
 * waits.
 *
 * Closing aborts the session: libsoup would else read on to where a message ends, to use its connection
 * again, and a stalled one never ends. */
#include "config.h"

#include "assist/carrier.h"

#include <string.h>

#include <libsoup/soup.h>

#define PIECE (16 << 10) /* bytes */
#define IDLE_SECONDS 20  /* that a connection is kept for the next call */

struct _SgCarrier
{
  GMainContext *owner; /* whom to tell */
  GMainContext *context;
  GTlsDatabase *tls_database;
  GThread *thread; /* (nullable): not begun */

  guint n_pending; /* calls of libsoup's under way; the thread's */
  gboolean quits;  /* the thread's */
};

struct _SgLine
{
  SgCarrier *carrier;
  gboolean direct;
  SoupSession *session; /* (nullable); the thread's */
};

struct _SgCall
{
  gatomicrefcount ref_count;
  SgCarrier *carrier;
  SgLine *line;

  /* the owner's */
  SgCallFunc func; /* NULL: freed */
  gpointer user_data;

  /* the thread's, once it was begun */
  GUri *uri;
  char **headers;
  GBytes *body;
  GCancellable *cancellable;
  SoupMessage *message;
  GInputStream *stream;
  gboolean ended; /* the body was read to its end, so its connection can be used again */
};

/* -- Between the threads -- */

static void
run_in (GMainContext *context, GSourceFunc func, gpointer data)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "simgen-carrier");
  g_source_set_callback (source, func, data, NULL);
  g_source_attach (source, context);
}

static gpointer
run_thread (gpointer data)
{
  SgCarrier *self = data;

  g_main_context_push_thread_default (self->context);
  while (!self->quits || self->n_pending > 0)
    g_main_context_iteration (self->context, TRUE);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

SgCarrier *
sg_carrier_new (GTlsDatabase *tls_database)
{
  SgCarrier *self = g_new0 (SgCarrier, 1);

  self->owner = g_main_context_ref_thread_default ();
  self->context = g_main_context_new ();
  self->tls_database = tls_database ? g_object_ref (tls_database) : NULL;
  return self;
}

static gboolean
quit_cb (gpointer data)
{
  ((SgCarrier *)data)->quits = TRUE;
  return G_SOURCE_REMOVE;
}

void
sg_carrier_free (SgCarrier *self)
{
  if (self->thread)
    {
      run_in (self->context, quit_cb, self);
      g_thread_join (self->thread);
    }
  g_clear_object (&self->tls_database);
  g_main_context_unref (self->context);
  g_main_context_unref (self->owner);
  g_free (self);
}

/* -- Lines -- */

SgLine *
sg_line_new (SgCarrier *carrier, gboolean direct)
{
  SgLine *self = g_new0 (SgLine, 1);

  self->carrier = carrier;
  self->direct = direct;
  return self;
}

static SoupSession *
get_session (SgLine *self)
{
  if (self->session)
    return self->session;
  self->session =
    soup_session_new_with_options ("max-conns", 1, "max-conns-per-host", 1, "timeout", 0, "idle-timeout",
                                   IDLE_SECONDS, "user-agent", "SimGen/" SG_VERSION, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  if (self->carrier->tls_database)
    soup_session_set_tls_database (self->session, self->carrier->tls_database);
  if (self->direct)
    soup_session_set_proxy_resolver (self->session, NULL);
  return self->session;
}

static gboolean
close_line_cb (gpointer data)
{
  SgLine *self = data;

  if (self->session)
    soup_session_abort (self->session);
  return G_SOURCE_REMOVE;
}

static gboolean
free_line_cb (gpointer data)
{
  SgLine *self = data;

  close_line_cb (self);
  g_clear_object (&self->session);
  g_free (self);
  return G_SOURCE_REMOVE;
}

void
sg_line_close (SgLine *self)
{
  if (self->carrier->thread)
    run_in (self->carrier->context, close_line_cb, self);
}

void
sg_line_free (SgLine *self)
{
  if (self->carrier->thread)
    run_in (self->carrier->context, free_line_cb, self);
  else
    g_free (self);
}

/* -- Telling the owner -- */

typedef struct
{
  SgCall *call;
  SgCallNews news;
  SgCallDetails details;
} Told;

static void
call_unref (SgCall *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (char **header = self->headers; *header; header++)
    explicit_bzero (*header, strlen (*header));
  g_strfreev (self->headers);
  g_uri_unref (self->uri);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_object_unref (self->cancellable);
  g_free (self);
}

static gboolean
tell_cb (gpointer data)
{
  Told *told = data;

  if (told->call->func)
    told->call->func (told->call, told->news, &told->details, told->call->user_data);
  call_unref (told->call);
  g_free (told->details.type);
  g_free (told->details.retry_after);
  g_free (told->details.date);
  g_free (told->details.location);
  g_clear_pointer (&told->details.bytes, g_bytes_unref);
  g_clear_error (&told->details.error);
  g_free (told);
  return G_SOURCE_REMOVE;
}

/* Takes what is in the details over. */
static void
tell (SgCall *self, SgCallNews news, const SgCallDetails *details)
{
  Told *told = g_new0 (Told, 1);

  g_atomic_ref_count_inc (&self->ref_count);
  told->call = self;
  told->news = news;
  if (details)
    told->details = *details;
  run_in (self->carrier->owner, tell_cb, told);
}

static void
tell_failure (SgCall *self, GError *error)
{
  const SgCallDetails details = { .error = error };

  tell (self, SG_CALL_FAILED, &details);
}

/* -- Calls, in the thread -- */

/* For what libsoup will call back about; end_pending () is the callback's. */
static SgCall *
begin_pending (SgCall *self)
{
  self->carrier->n_pending++;
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
end_pending (SgCall *self)
{
  self->carrier->n_pending--;
  call_unref (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SgCall *self = user_data;
  SgCallDetails details = { 0 };

  details.bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &details.error);
  if (details.error)
    tell_failure (self, details.error);
  else if (g_bytes_get_size (details.bytes) > 0)
    tell (self, SG_CALL_PIECE, &details);
  else
    {
      self->ended = TRUE;
      g_bytes_unref (details.bytes);
      tell (self, SG_CALL_END, NULL);
    }
  end_pending (self);
}

static gboolean
read_in_thread_cb (gpointer data)
{
  SgCall *self = data;

  if (self->stream && !g_cancellable_is_cancelled (self->cancellable))
    g_input_stream_read_bytes_async (self->stream, PIECE, G_PRIORITY_DEFAULT, self->cancellable, read_cb,
                                     begin_pending (self));
  call_unref (self);
  return G_SOURCE_REMOVE;
}

static void
send_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SgCall *self = user_data;
  GError *error = NULL;

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (error)
    tell_failure (self, error);
  else
    {
      SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
      const SgCallDetails details = {
        .status = soup_message_get_status (self->message),
        .type = g_strdup (soup_message_headers_get_content_type (headers, NULL)),
        .retry_after = g_strdup (soup_message_headers_get_one (headers, "Retry-After")),
        .date = g_strdup (soup_message_headers_get_one (headers, "Date")),
        .location = g_strdup (soup_message_headers_get_one (headers, "Location")),
      };

      tell (self, SG_CALL_HEAD, &details);
    }
  end_pending (self);
}

static void
starting_cb (SoupMessage *message, SgCall *self)
{
  tell (self, SG_CALL_CONNECTED, NULL);
}

static gboolean
send_in_thread_cb (gpointer data)
{
  SgCall *self = data;

  self->message = soup_message_new_from_uri (self->body ? "POST" : "GET", self->uri);
  /* what is asked twice is answered twice and harms nobody; without that flag no connection would be used
   * again */
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE |
                                           SOUP_MESSAGE_IDEMPOTENT);
  for (char **header = self->headers; header[0]; header += 2)
    soup_message_headers_replace (soup_message_get_request_headers (self->message), header[0], header[1]);
  if (self->body)
    soup_message_set_request_body_from_bytes (self->message, "application/json", self->body);
  g_signal_connect (self->message, "starting", G_CALLBACK (starting_cb), self);
  soup_session_send_async (get_session (self->line), self->message, G_PRIORITY_DEFAULT, self->cancellable,
                           send_cb, begin_pending (self));
  call_unref (self);
  return G_SOURCE_REMOVE;
}

static void
close_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_input_stream_close_finish (G_INPUT_STREAM (source), result, NULL);
  end_pending (user_data);
}

static gboolean
free_in_thread_cb (gpointer data)
{
  SgCall *self = data;

  if (!self->ended)
    {
      g_cancellable_cancel (self->cancellable);
      soup_session_abort (get_session (self->line));
    }
  if (self->message)
    g_signal_handlers_disconnect_by_data (self->message, self);
  /* the last reference of an open one would close it blocking, by reading on to its end */
  if (self->stream)
    g_input_stream_close_async (self->stream, G_PRIORITY_DEFAULT, self->cancellable, close_cb,
                                begin_pending (self));
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  call_unref (self);
  return G_SOURCE_REMOVE;
}

/* -- Calls, in the owner's thread -- */

SgCall *
sg_call_new (SgLine *line, GUri *uri, char **headers, GBytes *body, SgCallFunc func, gpointer user_data)
{
  SgCarrier *carrier = line->carrier;
  SgCall *self = g_new0 (SgCall, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->carrier = carrier;
  self->line = line;
  self->func = func;
  self->user_data = user_data;
  self->uri = g_uri_ref (uri);
  self->headers = headers;
  self->body = body ? g_bytes_ref (body) : NULL;
  self->cancellable = g_cancellable_new ();
  if (!carrier->thread)
    carrier->thread = g_thread_new ("simgen-carrier", run_thread, carrier);
  g_atomic_ref_count_inc (&self->ref_count);
  run_in (carrier->context, send_in_thread_cb, self);
  return self;
}

void
sg_call_read (SgCall *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  run_in (self->carrier->context, read_in_thread_cb, self);
}

void
sg_call_free (SgCall *self)
{
  self->func = NULL;
  run_in (self->carrier->context, free_in_thread_cb, self); /* with our reference */
}
