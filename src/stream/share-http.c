/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Connections and requests. A connection has ten seconds to say something and a minute to say it all, unless
 * it becomes a WebSocket; there are so many in all and from one address. A request with a body is answered
 * before that is read: libsoup would take it whole. The share's thread. */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#include "base/limits.h"
#include "stream/share-private.h"

#define RESOURCE "/org/simgen/SimGen/web/"
#define TOO_MANY_REQUESTS 429
#define PATIENCE_READ 10                         /* s between bytes */
#define PATIENCE_WHOLE (60 * G_TIME_SPAN_SECOND) /* for what is no WebSocket */
#define SEND_BUFFER (32 << 10)                   /* bytes; the kernel doubles it */

typedef struct
{
  GBytes *plain, *packed;
  const char *type;
} File;

typedef struct
{
  SgShareServer *server;
  GSocket *socket; /* weak: it tells when it goes */
  char *address;
  guint port; /* the peer's */
  gint64 begun_us;
  gboolean upgraded;
} Connection;

static const struct
{
  const char *name, *resource, *type;
} pages[] = {
  { "", "index.html", "text/html; charset=utf-8" },
  { "viewer.css", "viewer.css", "text/css; charset=utf-8" },
  { "decoder.js", "decoder.js", "text/javascript; charset=utf-8" },
  { "live.js", "live.js", "text/javascript; charset=utf-8" },
  { "page.js", "page.js", "text/javascript; charset=utf-8" },
  { "player.js", "player.js", "text/javascript; charset=utf-8" },
  { "viewer.js", "viewer.js", "text/javascript; charset=utf-8" },
  { "three.js", "three.js", "text/javascript; charset=utf-8" },
  { "three-license.txt", "three-license.txt", "text/plain; charset=utf-8" },
};

static void
file_free (gpointer data)
{
  File *file = data;

  g_bytes_unref (file->plain);
  g_bytes_unref (file->packed);
  g_free (file);
}

static GHashTable *
load_files (void)
{
  GHashTable *files = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, file_free);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *path = g_strconcat (RESOURCE, pages[i].resource, NULL);
      File *file = g_new0 (File, 1);

      file->plain = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_assert (file->plain);
      file->packed = sg_share_pack (file->plain);
      file->type = pages[i].type;
      g_hash_table_insert (files, (gpointer)pages[i].name, file);
    }
  return files;
}

/* -- Connections -- */

static void
connection_gone_cb (gpointer data, GObject *socket)
{
  Connection *connection = data;

  g_ptr_array_remove_fast (connection->server->connections, connection);
}

static void
connection_free (gpointer data)
{
  Connection *connection = data;

  g_free (connection->address);
  g_free (connection);
}

static char *
name_address (GSocketAddress *address)
{
  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return g_strdup ("?");
  return g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

static gboolean
has_room (SgShareServer *server, const char *address)
{
  guint same = 0;

  for (guint i = 0; i < server->connections->len; i++)
    same += g_str_equal (((Connection *)server->connections->pdata[i])->address, address);
  return server->connections->len < SG_LIMIT_SHARE_CONNECTIONS && same < SG_LIMIT_SHARE_CONNECTIONS / 2;
}

static void
add_connection (SgShareServer *server, GSocket *socket, const char *address, guint port)
{
  Connection *connection = g_new0 (Connection, 1);

  *connection = (Connection){ server, socket, g_strdup (address), port, g_get_monotonic_time (), FALSE };
  g_object_weak_ref (G_OBJECT (socket), connection_gone_cb, connection);
  g_ptr_array_add (server->connections, connection);
  g_socket_set_timeout (socket, PATIENCE_READ);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
}

static gboolean
accept_cb (GSocket *listening, GIOCondition condition, gpointer data)
{
  SgShareServer *server = data;
  g_autoptr (GSocket) socket = g_socket_accept (listening, NULL, NULL);
  g_autoptr (GSocketAddress) remote = socket ? g_socket_get_remote_address (socket, NULL) : NULL;
  g_autoptr (GSocketAddress) local = socket ? g_socket_get_local_address (socket, NULL) : NULL;

  if (!G_IS_INET_SOCKET_ADDRESS (remote) || !local)
    return G_SOURCE_CONTINUE; /* it has gone already */
  g_autofree char *address = name_address (remote);
  if (!has_room (server, address))
    return G_SOURCE_CONTINUE; /* it is closed with its last reference */
  add_connection (server, socket, address, g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (remote)));

  g_autoptr (GSocketConnection) connection = g_socket_connection_factory_create_connection (socket);
  soup_server_accept_iostream (server->soup, G_IO_STREAM (connection), local, remote, NULL);
  return G_SOURCE_CONTINUE;
}

/* libsoup does not tell the socket of a connection that was given to it. */
static void
become_websocket (SgShareServer *server, GInetSocketAddress *remote, const char *address)
{
  for (guint i = 0; i < server->connections->len; i++)
    {
      Connection *connection = server->connections->pdata[i];

      if (connection->port != g_inet_socket_address_get_port (remote) ||
          !g_str_equal (connection->address, address))
        continue;
      connection->upgraded = TRUE;
      g_socket_set_timeout (connection->socket, 0);
      g_socket_set_option (connection->socket, SOL_SOCKET, SO_SNDBUF, SEND_BUFFER, NULL);
    }
}

void
sg_share_http_sweep (SgShareServer *server)
{
  gint64 now = g_get_monotonic_time ();

  for (guint i = 0; i < server->connections->len; i++)
    {
      Connection *connection = server->connections->pdata[i];

      if (!connection->upgraded && now - connection->begun_us > PATIENCE_WHOLE)
        g_socket_shutdown (connection->socket, TRUE, TRUE, NULL);
    }
}

/* -- Who asks -- */

/* As long as it takes for any token of that length. */
static gboolean
is_token (const SgShareServer *server, const char *text, gsize length)
{
  gsize size = strlen (server->token);
  guint differs = length != size;

  for (gsize i = 0; i < size; i++)
    differs |= (guchar)server->token[i] ^ (guchar)(i < length ? text[i] : 0);
  return differs == 0;
}

/* "host", "host:port", "[address]:port": whether it is this machine, by an address that the peer has
 * reached or by a name that no other can have here. */
static gboolean
is_host (const SgShareServer *server, SoupServerMessage *message, const char *text)
{
  g_autofree char *whole = g_strconcat ("http://", text, "/", NULL);
  g_autoptr (GUri) uri = g_uri_parse (whole, G_URI_FLAGS_NONE, NULL);
  const char *host = uri ? g_uri_get_host (uri) : NULL;

  if (!host || g_uri_get_userinfo (uri) || g_strcmp0 (g_uri_get_path (uri), "/") != 0 ||
      (guint)(g_uri_get_port (uri) < 0 ? 80 : g_uri_get_port (uri)) != server->port)
    return FALSE;
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);
  if (address)
    {
      GSocketAddress *local = soup_server_message_get_local_address (message);

      return G_IS_INET_SOCKET_ADDRESS (local) &&
             g_inet_address_equal (address,
                                   g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (local)));
    }
  g_autofree char *mdns = g_strconcat (g_get_host_name (), ".local", NULL);
  return g_ascii_strcasecmp (host, "localhost") == 0 || g_ascii_strcasecmp (host, g_get_host_name ()) == 0 ||
         g_ascii_strcasecmp (host, mdns) == 0;
}

/* A page of another site may ask, too: browsers then say whose it is. */
static gboolean
is_origin (const SgShareServer *server, SoupServerMessage *message)
{
  const char *origin =
    soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Origin");

  return !origin ||
         (g_str_has_prefix (origin, "http://") && is_host (server, message, origin + strlen ("http://")));
}

static gboolean
comes_from_here (const SgShareServer *server, SoupServerMessage *message)
{
  const char *host =
    soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Host");

  return host && is_host (server, message, host) && is_origin (server, message);
}

/* What follows the token in the path; NULL with the status of the answer where it is none. */
static const char *
find_name (SgShareServer *server, SoupServerMessage *message, const char *path, guint *status)
{
  const char *token = path + 1, *end = strchr (token, '/');
  gsize length = end ? (gsize)(end - token) : strlen (token);
  g_autofree char *address = NULL;

  if (is_token (server, token, length))
    {
      *status = SOUP_STATUS_MOVED_PERMANENTLY;
      return end ? end + 1 : NULL;
    }
  address = name_address (soup_server_message_get_remote_address (message));
  *status = sg_rate_limit_take (server->guesses, address, NULL) ? SOUP_STATUS_NOT_FOUND
                                                                : TOO_MANY_REQUESTS;
  return NULL;
}

/* -- Answers -- */

static void
set_headers (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (
    headers, "Content-Security-Policy",
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self' ws:; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "Cross-Origin-Resource-Policy", "same-origin");
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
}

static gboolean
takes_gzip (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autofree char *encodings = g_strdup (soup_message_headers_get_list (headers, "Accept-Encoding"));

  return encodings && soup_header_contains (encodings, "gzip");
}

static void
answer (SoupServerMessage *message, GBytes *plain, GBytes *packed, const char *type)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  gboolean pack = takes_gzip (message);

  if (pack)
    soup_message_headers_replace (headers, "Content-Encoding", "gzip");
  soup_message_headers_replace (headers, "Vary", "Accept-Encoding");
  soup_message_headers_set_content_type (headers, type, NULL);
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), pack ? packed : plain);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
}

static void
answer_manifest (SgShareServer *server, SoupServerMessage *message, const char *number)
{
  guint64 wanted;

  if (server->scene && g_ascii_string_to_unsigned (number, 10, 1, G_MAXUINT, &wanted, NULL) &&
      wanted == server->scene->number)
    answer (message, server->scene->manifest, server->scene->packed, "application/json");
  else
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
}

/* -- The WebSocket -- */

static void
upgraded_cb (SoupServerMessage *message, gpointer data)
{
  SgShareServer *server = data;
  GSocketAddress *remote = soup_server_message_get_remote_address (message);
  g_autofree char *address = name_address (remote);
  GIOStream *stream;
  SgShareClient *client;

  become_websocket (server, G_INET_SOCKET_ADDRESS (remote), address);
  stream = soup_server_message_steal_connection (message); /* the address goes with it */
  client = sg_share_client_new (server, stream, address);
  g_ptr_array_add (server->clients, client);
  sg_metrics_set (sg_metrics_process (), SG_GAUGE_STREAM_PEERS, server->clients->len);
  if (server->clients->len > SG_LIMIT_SHARE_GUESTS)
    sg_share_client_close (client, SG_WEBSOCKET_FULL);
  else
    sg_share_client_owe (client, SG_SHARE_DUE_WELCOME | SG_SHARE_DUE_SCENE);
  sg_share_server_tell_guests (server);
}

static void
answer_live (SgShareServer *server, SoupServerMessage *message)
{
  if (soup_websocket_server_process_handshake (message, NULL, NULL, NULL, NULL))
    g_signal_connect (message, "wrote-informational", G_CALLBACK (upgraded_cb), server);
}

/* -- Requests -- */

static void
request_cb (
  SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  SgShareServer *server = data;
  const char *name;
  const File *file;
  guint status;

  set_headers (message);
  if (!comes_from_here (server, message))
    soup_server_message_set_status (message, SOUP_STATUS_FORBIDDEN, NULL);
  else if (soup_server_message_get_method (message) != SOUP_METHOD_GET)
    soup_server_message_set_status (message, SOUP_STATUS_METHOD_NOT_ALLOWED, NULL);
  else if (!(name = find_name (server, message, path, &status)))
    {
      g_autofree char *page = g_strconcat (path, "/", NULL); /* the link without its last character */

      if (status == SOUP_STATUS_MOVED_PERMANENTLY)
        soup_server_message_set_redirect (message, status, page);
      else
        soup_server_message_set_status (message, status, NULL);
    }
  else if (g_str_equal (name, "live"))
    answer_live (server, message);
  else if (g_str_has_prefix (name, "manifest/"))
    answer_manifest (server, message, name + strlen ("manifest/"));
  else if ((file = g_hash_table_lookup (server->files, name)))
    answer (message, file->plain, file->packed, file->type);
  else
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
}

static void
headers_cb (SoupServerMessage *message, gpointer data)
{
  static const char refusal[] =
    "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_message_headers_get_content_length (headers) == 0 &&
      !soup_message_headers_get_one (headers, "Transfer-Encoding"))
    return;
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
  GPollableOutputStream *out = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (stream));

  g_pollable_output_stream_write_nonblocking (out, refusal, strlen (refusal), NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

static void
started_cb (SoupServer *soup, SoupServerMessage *message, gpointer data)
{
  g_signal_connect (message, "got-headers", G_CALLBACK (headers_cb), data);
}

void
sg_share_http_begin (SgShareServer *server)
{
  server->files = load_files ();
  server->guesses = sg_rate_limit_new (NULL);
  server->connections = g_ptr_array_new_with_free_func (connection_free);
  server->listening = g_ptr_array_new_with_free_func ((GDestroyNotify)g_source_unref);
  server->soup = soup_server_new (NULL, NULL);
  soup_server_add_handler (server->soup, NULL, request_cb, server, NULL);
  g_signal_connect (server->soup, "request-started", G_CALLBACK (started_cb), server);
  for (guint i = 0; i < G_N_ELEMENTS (server->sockets); i++)
    if (server->sockets[i])
      {
        GSource *source = g_socket_create_source (server->sockets[i], G_IO_IN, NULL);

        g_source_set_callback (source, G_SOURCE_FUNC (accept_cb), server, NULL);
        g_source_attach (source, server->context);
        g_ptr_array_add (server->listening, source);
      }
}

void
sg_share_http_end (SgShareServer *server)
{
  for (guint i = 0; i < server->listening->len; i++)
    g_source_destroy (server->listening->pdata[i]);
  for (guint i = 0; i < G_N_ELEMENTS (server->sockets); i++)
    if (server->sockets[i])
      g_socket_close (server->sockets[i], NULL);
  soup_server_disconnect (server->soup);
  for (guint i = 0; i < server->connections->len; i++)
    {
      Connection *connection = server->connections->pdata[i];

      g_object_weak_unref (G_OBJECT (connection->socket), connection_gone_cb, connection);
    }
  g_clear_object (&server->soup);
  g_clear_pointer (&server->listening, g_ptr_array_unref);
  g_clear_pointer (&server->connections, g_ptr_array_unref);
  g_clear_pointer (&server->files, g_hash_table_unref);
  g_clear_pointer (&server->guesses, sg_rate_limit_free);
}
