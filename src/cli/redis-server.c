/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Starting redis-server, and waiting until it listens. */
#include "cli/redis-server.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

#define PATIENCE_US (10 * G_USEC_PER_SEC)
#define PAUSE_US 5000

struct _SgRedisServer
{
  GSubprocess *process; /* (nullable) */
  char *folder, *socket, *url;
};

/* The socket is there before the server listens at it: only one who is let in knows that it does. */
static gboolean
wait_until_it_listens (SgRedisServer *server, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (server->socket);

  for (gint64 end = g_get_monotonic_time () + PATIENCE_US; g_get_monotonic_time () < end;)
    {
      g_autoptr (GSocketConnection) connection =
        g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);

      if (connection)
        return TRUE;
      g_usleep (PAUSE_US);
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "redis-server does not start");
  return FALSE;
}

SgRedisServer *
sg_redis_server_start (GError **error)
{
  g_autofree char *program = g_find_program_in_path ("redis-server");
  g_autoptr (SgRedisServer) server = NULL;

  if (!program)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "redis-server is not installed");
      return NULL;
    }
  server = g_new0 (SgRedisServer, 1);
  server->folder = g_dir_make_tmp ("simgen-redis-XXXXXX", error);
  if (!server->folder)
    return NULL;
  server->socket = g_build_filename (server->folder, "socket", NULL);
  server->url = g_strconcat ("unix://", server->socket, NULL);
  server->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                      error, program, "--port", "0", "--unixsocket", server->socket,
                                      "--save", "", "--appendonly", "no", "--dir", server->folder, NULL);
  return server->process && wait_until_it_listens (server, error) ? g_steal_pointer (&server) : NULL;
}

void
sg_redis_server_stop (SgRedisServer *server)
{
  if (server->process)
    {
      g_subprocess_force_exit (server->process);
      g_subprocess_wait (server->process, NULL, NULL);
      g_object_unref (server->process);
    }
  if (server->socket)
    g_unlink (server->socket);
  if (server->folder)
    g_rmdir (server->folder);
  g_free (server->folder);
  g_free (server->socket);
  g_free (server->url);
  g_free (server);
}

const char *
sg_redis_server_get_url (const SgRedisServer *server)
{
  return server->url;
}
