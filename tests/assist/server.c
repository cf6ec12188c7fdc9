/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The scripted server. */
#include "server.h"

#include <string.h>

typedef struct
{
  guint8 *bytes;
  gsize size;
  ServerEnd end;
} Answer;

typedef struct
{
  Server *server;
  GIOStream *stream;
  GByteArray *read;
  guint8 buffer[4096];
  Answer *answer; /* (nullable): being written */
  gsize written;
  guint pending;
} Connection;

static void read_more (Connection *self);

static void
answer_free (Answer *answer)
{
  g_free (answer->bytes);
  g_free (answer);
}

static void
request_free (gpointer data)
{
  ServerRequest *request = data;

  g_free (request->head);
  g_free (request->body);
  g_free (request);
}

static void
connection_unref (Connection *self)
{
  if (--self->pending > 0)
    return;
  if (self->server)
    g_ptr_array_remove_fast (self->server->connections, self);
  g_object_unref (self->stream);
  g_byte_array_unref (self->read);
  g_clear_pointer (&self->answer, answer_free);
  g_free (self);
}

static void
write_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Connection *self = data;
  const gssize n = g_output_stream_write_finish (G_OUTPUT_STREAM (source), result, NULL);

  if (n > 0 && self->server)
    {
      self->written += n;
      if (self->written < self->answer->size)
        {
          const gsize left = self->answer->size - self->written, piece = self->server->piece;

          g_output_stream_write_async (G_OUTPUT_STREAM (source), self->answer->bytes + self->written,
                                       piece ? MIN (piece, left) : left, G_PRIORITY_DEFAULT, NULL, write_cb,
                                       self);
          return;
        }
      const ServerEnd end = self->answer->end;
      self->server->answered_us = g_get_monotonic_time ();
      g_clear_pointer (&self->answer, answer_free);
      if (end == SERVER_CLOSES)
        g_io_stream_close (self->stream, NULL, NULL);
    }
  connection_unref (self);
}

static void
answer (Connection *self)
{
  self->answer = g_queue_pop_head (&self->server->answers);
  if (!self->answer)
    return;                    /* the test did not expect it, and counts */
  if (self->answer->size == 0) /* it hangs up */
    {
      g_clear_pointer (&self->answer, answer_free);
      g_io_stream_close (self->stream, NULL, NULL);
      return;
    }
  self->written = 0;
  self->pending++;
  g_output_stream_write_async (g_io_stream_get_output_stream (self->stream), self->answer->bytes,
                               self->server->piece ? MIN (self->server->piece, self->answer->size)
                                                   : self->answer->size,
                               G_PRIORITY_DEFAULT, NULL, write_cb, self);
}

/* Whether a whole request was there, which is then taken out. */
static gboolean
take_request (Connection *self)
{
  const char *end = memmem (self->read->data, self->read->len, "\r\n\r\n", 4);

  if (!end)
    return FALSE;
  ServerRequest *request = g_new0 (ServerRequest, 1);
  const gsize head_size = end - (const char *)self->read->data;
  request->head = g_strndup ((const char *)self->read->data, head_size);
  g_autofree char *length = server_dup_header (request, "Content-Length");
  const gsize size = length ? g_ascii_strtoull (length, NULL, 10) : 0;
  if (self->read->len < head_size + 4 + size)
    {
      request_free (request);
      return FALSE;
    }
  request->body = g_strndup (end + 4, size);
  g_byte_array_remove_range (self->read, 0, head_size + 4 + size);
  g_ptr_array_add (self->server->requests, request);
  return TRUE;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Connection *self = data;
  const gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (n > 0 && self->server)
    {
      g_byte_array_append (self->read, self->buffer, n);
      if (take_request (self))
        answer (self);
      read_more (self);
    }
  else if (self->server)
    {
      self->server->n_closed++;
      self->server->closed_us = g_get_monotonic_time ();
    }
  connection_unref (self);
}

static void
read_more (Connection *self)
{
  self->pending++;
  g_input_stream_read_async (g_io_stream_get_input_stream (self->stream), self->buffer, sizeof self->buffer,
                             G_PRIORITY_DEFAULT, NULL, read_cb, self);
}

static void
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, Server *server)
{
  Connection *self = g_new0 (Connection, 1);

  self->server = server;
  self->stream = server->certificate
                   ? g_tls_server_connection_new (G_IO_STREAM (connection), server->certificate, NULL)
                   : g_object_ref (G_IO_STREAM (connection));
  self->read = g_byte_array_new ();
  server->n_connections++;
  g_ptr_array_add (server->connections, self);
  read_more (self);
}

Server *
server_new (GTlsCertificate *certificate)
{
  Server *self = g_new0 (Server, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0), effective = NULL;
  g_autoptr (GError) error = NULL;

  self->service = g_socket_service_new ();
  self->certificate = certificate ? g_object_ref (certificate) : NULL;
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->connections = g_ptr_array_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &effective, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_socket_service_start (self->service);
  return self;
}

void
server_free (Server *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  for (guint i = 0; i < self->connections->len; i++)
    {
      Connection *connection = g_ptr_array_index (self->connections, i);

      connection->server = NULL;
      g_io_stream_close (connection->stream, NULL, NULL);
    }
  g_ptr_array_unref (self->connections);
  g_ptr_array_unref (self->requests);
  g_queue_clear_full (&self->answers, (GDestroyNotify)answer_free);
  g_clear_object (&self->certificate);
  g_object_unref (self->service);
  g_free (self);
  while (g_main_context_iteration (NULL, FALSE)) /* the ends of what was under way */
    ;
}

char *
server_dup_url (Server *self, const char *path)
{
  return g_strdup_printf ("%s://127.0.0.1:%u%s", self->certificate ? "https" : "http", self->port, path);
}

void
server_answer_bytes (Server *self, const void *bytes, gsize size, ServerEnd end)
{
  Answer *new_answer = g_new (Answer, 1);

  *new_answer = (Answer){ g_memdup2 (bytes, size), size, end };
  g_queue_push_tail (&self->answers, new_answer);
}

void
server_answer (Server *self, const char *status, const char *headers, const char *body)
{
  g_autofree char *text =
    g_strdup_printf ("HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n%s\r\n%s",
                     status, strlen (body), headers ? headers : "", body);

  server_answer_bytes (self, text, strlen (text), SERVER_KEEPS);
}

void
server_stream (Server *self, const char *type, const char *events, ServerEnd end)
{
  g_autofree char *text = NULL;

  if (end == SERVER_KEEPS)
    text = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n"
                            "%zx\r\n%s\r\n0\r\n\r\n",
                            type, strlen (events), events);
  else
    text =
      g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: %s\r\nConnection: close\r\n\r\n%s", type, events);
  server_answer_bytes (self, text, strlen (text), end);
}

const ServerRequest *
server_get_request (Server *self, guint i)
{
  g_assert_cmpuint (i, <, self->requests->len);
  return g_ptr_array_index (self->requests, i);
}

char *
server_dup_header (const ServerRequest *request, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (request->head, "\r\n", -1);
  const gsize size = strlen (name);

  for (char **line = lines; *line; line++)
    if (g_ascii_strncasecmp (*line, name, size) == 0 && (*line)[size] == ':')
      return g_strstrip (g_strdup (*line + size + 1));
  return NULL;
}

guint16
server_find_closed_port (void)
{
  Server *server = server_new (NULL);
  const guint16 port = server->port;

  server_free (server);
  return port;
}
