/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A socket that does not block, waited for by poll until the end that the caller gives. */
#include "store/redis-link.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include <hiredis/hiredis.h>

struct _SgRedisLink
{
  GSocket *socket;
  int fd; /* of the socket */
  redisReader *reader;
};

void
sg_redis_reply_clear (SgRedisReply *reply)
{
  g_clear_pointer (&reply->bytes, g_bytes_unref);
}

gboolean
sg_redis_reply_begins (const SgRedisReply *reply, const char *text)
{
  gsize size = 0, length = strlen (text);
  gconstpointer data = reply->bytes ? g_bytes_get_data (reply->bytes, &size) : NULL;

  return size >= length && memcmp (data, text, length) == 0;
}

static gboolean
fail (GError **error, GIOErrorEnum code, const char *what)
{
  g_set_error_literal (error, G_IO_ERROR, code, what);
  return FALSE;
}

static gboolean
fail_with_errno (GError **error)
{
  return fail (error, g_io_error_from_errno (errno), g_strerror (errno));
}

/* Until the socket is ready for `events`. */
static gboolean
wait_for (SgRedisLink *link, short events, gint64 end_us, GError **error)
{
  for (;;)
    {
      gint64 left_us = end_us - g_get_monotonic_time ();
      struct pollfd one = { link->fd, events, 0 };

      if (left_us <= 0)
        return fail (error, G_IO_ERROR_TIMED_OUT, "no answer in time");
      int n = poll (&one, 1, (left_us + 999) / 1000);
      if (n > 0)
        return TRUE;
      if (n < 0 && errno != EINTR)
        return fail_with_errno (error);
    }
}

/* A connection under way is done when the socket can be written to. */
static gboolean
wait_until_connected (SgRedisLink *link, gint64 end_us, GError **error)
{
  return wait_for (link, POLLOUT, end_us, error) && g_socket_check_connect_result (link->socket, error);
}

SgRedisLink *
sg_redis_link_new (GSocketAddress *address, gint64 end_us, GError **error)
{
  g_autoptr (SgRedisLink) link = g_new0 (SgRedisLink, 1);
  GError *problem = NULL;

  link->socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM,
                               G_SOCKET_PROTOCOL_DEFAULT, error);
  if (!link->socket)
    return NULL;
  g_socket_set_blocking (link->socket, FALSE);
  link->fd = g_socket_get_fd (link->socket);
  if (!g_socket_connect (link->socket, address, NULL, &problem))
    {
      if (!g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_PENDING))
        {
          g_propagate_error (error, problem);
          return NULL;
        }
      g_clear_error (&problem);
      if (!wait_until_connected (link, end_us, error))
        return NULL;
    }
  if (g_socket_address_get_family (address) != G_SOCKET_FAMILY_UNIX)
    g_socket_set_option (link->socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  link->reader = redisReaderCreate ();
  return g_steal_pointer (&link);
}

void
sg_redis_link_free (SgRedisLink *link)
{
  g_clear_pointer (&link->reader, redisReaderFree);
  g_clear_object (&link->socket);
  g_free (link);
}

static gboolean
send_all (SgRedisLink *link, const char *data, gsize size, gint64 end_us, GError **error)
{
  while (size > 0)
    {
      gssize n = send (link->fd, data, size, MSG_NOSIGNAL);

      if (n > 0)
        {
          data += n;
          size -= n;
        }
      else if (errno == EAGAIN || errno == EWOULDBLOCK)
        {
          if (!wait_for (link, POLLOUT, end_us, error))
            return FALSE;
        }
      else if (errno == EPIPE || errno == ECONNRESET)
        return fail (error, G_IO_ERROR_CONNECTION_CLOSED, "the connection was closed");
      else if (errno != EINTR)
        return fail_with_errno (error);
    }
  return TRUE;
}

/* What there is of an answer goes to the reader. A list could make it allocate whatever the peer says: none
 * is asked for. */
static gboolean
receive (SgRedisLink *link, gsize *received, gint64 end_us, GError **error)
{
  char buffer[16384];
  gssize n;

  if (!wait_for (link, POLLIN, end_us, error))
    return FALSE;
  do
    n = recv (link->fd, buffer, sizeof buffer, 0);
  while (n < 0 && errno == EINTR);
  if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
    return TRUE;
  if (n == 0 || (n < 0 && errno == ECONNRESET))
    return fail (error, G_IO_ERROR_CONNECTION_CLOSED, "the connection was closed");
  if (n < 0)
    return fail_with_errno (error);
  if (*received == 0 && !memchr ("+-:$", buffer[0], 4))
    return fail (error, G_IO_ERROR_INVALID_DATA, "this is no Redis");
  *received += n;
  if (*received > SG_REDIS_MAX_BYTES + 64)
    return fail (error, G_IO_ERROR_INVALID_DATA, "the answer is too long");
  if (redisReaderFeed (link->reader, buffer, n) != REDIS_OK)
    return fail (error, G_IO_ERROR_INVALID_DATA, link->reader->errstr);
  return TRUE;
}

static gboolean
take_reply (const redisReply *from, SgRedisReply *reply, GError **error)
{
  switch (from->type)
    {
    case REDIS_REPLY_NIL:
      reply->kind = SG_REDIS_NOTHING;
      return TRUE;
    case REDIS_REPLY_INTEGER:
      reply->kind = SG_REDIS_NUMBER;
      return TRUE;
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
    case REDIS_REPLY_ERROR:
      reply->kind = from->type == REDIS_REPLY_STRING   ? SG_REDIS_BYTES
                    : from->type == REDIS_REPLY_STATUS ? SG_REDIS_STATUS
                                                       : SG_REDIS_ERROR;
      reply->bytes = g_bytes_new (from->str, from->len);
      return TRUE;
    default:
      return fail (error, G_IO_ERROR_INVALID_DATA, "an answer of another kind");
    }
}

static gboolean
read_reply (SgRedisLink *link, gint64 end_us, SgRedisReply *reply, GError **error)
{
  gsize received = 0;

  for (;;)
    {
      void *answer = NULL;

      if (redisReaderGetReply (link->reader, &answer) != REDIS_OK)
        return fail (error, G_IO_ERROR_INVALID_DATA, link->reader->errstr);
      if (answer)
        {
          gboolean ok = take_reply (answer, reply, error);

          freeReplyObject (answer);
          return ok;
        }
      if (!receive (link, &received, end_us, error))
        return FALSE;
    }
}

gboolean
sg_redis_link_ask (SgRedisLink *link,
                   const char *const *words,
                   const gsize *sizes,
                   guint n,
                   gint64 end_us,
                   SgRedisReply *reply,
                   GError **error)
{
  char *command = NULL;
  gint64 size = redisFormatCommandArgv (&command, n, (const char **)words, sizes);

  *reply = (SgRedisReply){ 0 };
  if (size < 0)
    return fail (error, G_IO_ERROR_INVALID_ARGUMENT, "no command");
  gboolean ok = link->reader->pos < link->reader->len /* it said more than it was asked */
                  ? fail (error, G_IO_ERROR_INVALID_DATA, "an answer to nothing")
                  : send_all (link, command, size, end_us, error) && read_reply (link, end_us, reply, error);
  redisFreeCommand (command);
  return ok;
}
