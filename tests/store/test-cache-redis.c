/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The cache over a real Redis, and over peers that are none: slow, away, full, talking rubbish, stopping half
 * way. No call takes long, work goes on, the person is told once. */
#include <string.h>
#include <sys/socket.h>

#include "cli/redis-server.h"
#include "store/cache.h"

#define PATIENT_MS 5000 /* much more than a call may take, for a machine that does a lot beside */

typedef struct
{
  gint64 now_us;
  SgCacheOptions options;
} Clock;

static gint64
read_clock (gpointer clock)
{
  return ((Clock *)clock)->now_us;
}

/* One that waits for as long as a machine that does a lot beside may need; else as long as ever. */
static SgCache *
cache_new (Clock *clock, const char *url, gboolean is_patient)
{
  clock->now_us = G_GINT64_CONSTANT (1700000000000000);
  clock->options = sg_cache_options_default ();
  clock->options.now_us = read_clock;
  clock->options.clock = clock;
  clock->options.redis_url = url;
  if (is_patient)
    clock->options.redis_deadline_us = PATIENT_MS * 1000;
  return sg_cache_new (&clock->options);
}

static SgCacheKey
key_of (guint n)
{
  SgCacheKey key;

  sg_cache_key_init (&key, SG_CACHE_ANALYSIS, "1", NULL, &n, sizeof n);
  return key;
}

static void
put (SgCache *cache, guint n)
{
  SgCacheKey key = key_of (n);
  g_autoptr (GBytes) value = g_bytes_new (&n, sizeof n);

  sg_cache_put (cache, &sg_cache_bytes, &key, SG_CACHE_FAR, NULL, value);
}

static SgCacheLevel
find (SgCache *cache, guint n)
{
  SgCacheKey key = key_of (n);
  SgCacheLevel level;
  g_autoptr (GBytes) value = sg_cache_get (cache, &sg_cache_bytes, &key, SG_CACHE_FAR, NULL, &level);

  if (value)
    g_assert_cmpmem (g_bytes_get_data (value, NULL), g_bytes_get_size (value), &n, sizeof n);
  return level;
}

static SgCacheFigures
figures_of (SgCache *cache)
{
  SgCacheFigures figures[SG_N_CACHE_LEVELS];

  sg_cache_get_figures (cache, FALSE, figures);
  return figures[SG_CACHE_REDIS];
}

/* -- A peer that plays a script -- */

typedef enum
{
  PEER_SILENT,   /* accepts, and says nothing */
  PEER_TRICKLES, /* says a byte now and then, and never all */
  PEER_RUBBISH,
  PEER_LISTS,  /* a list, of a size that nobody has memory for */
  PEER_HALF,   /* half an answer, then the end */
  PEER_LONG,   /* no end of a value */
  PEER_FULL,   /* takes nothing */
  PEER_WELL,   /* knows nothing, takes all */
  PEER_DAMAGED /* a value that is none of ours */
} Manner;

typedef struct
{
  GSocketListener *listener;
  GCancellable *cancellable;
  GThread *thread;
  char *url;
  GMutex mutex;
  Manner manner; /* under mutex */
  guint n_asked; /* likewise */
} Peer;

static void
say (GSocketConnection *connection, GCancellable *cancellable, const char *text, gsize size)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text, size, NULL,
                             cancellable, NULL);
}

static void
trickle (GSocketConnection *connection, GCancellable *cancellable)
{
  say (connection, cancellable, "$1000\r\n", 7);
  while (!g_cancellable_is_cancelled (cancellable) &&
         send (g_socket_get_fd (g_socket_connection_get_socket (connection)), "x", 1, MSG_NOSIGNAL) == 1)
    g_usleep (10000);
}

static void
flood (GSocketConnection *connection, GCancellable *cancellable)
{
  g_autofree char *much = g_strnfill (1 << 20, 'x');
  int fd = g_socket_get_fd (g_socket_connection_get_socket (connection));

  say (connection, cancellable, "$400000000\r\n", 12);
  g_socket_set_blocking (g_socket_connection_get_socket (connection), TRUE);
  g_socket_set_timeout (g_socket_connection_get_socket (connection), 1);
  for (int i = 0; i < 400 && send (fd, much, 1 << 20, MSG_NOSIGNAL | MSG_DONTWAIT) != 0; i++)
    g_usleep (100);
}

/* FALSE: the connection ends here. */
static gboolean
answer (Peer *peer, GSocketConnection *connection, Manner manner, gboolean is_get)
{
  const char *text = "";

  switch (manner)
    {
    case PEER_SILENT:
      return TRUE;
    case PEER_TRICKLES:
      trickle (connection, peer->cancellable);
      return FALSE;
    case PEER_LONG:
      flood (connection, peer->cancellable);
      return FALSE;
    case PEER_RUBBISH:
      text = "HTTP/1.1 400 Bad Request\r\n\r\n";
      break;
    case PEER_LISTS:
      text = "*1000000000\r\n$3\r\nabc\r\n";
      break;
    case PEER_HALF:
      say (connection, peer->cancellable, "$100\r\nabc", 9);
      return FALSE;
    case PEER_FULL:
      text = is_get ? "$-1\r\n" : "-OOM command not allowed when used memory > 'maxmemory'.\r\n";
      break;
    case PEER_WELL:
      text = is_get ? "$-1\r\n" : "+OK\r\n";
      break;
    case PEER_DAMAGED:
      text = is_get ? "$5\r\nwrong\r\n" : ":1\r\n";
      break;
    }
  say (connection, peer->cancellable, text, strlen (text));
  return TRUE;
}

/* One connection after another: nobody here asks two things at once. */
static gpointer
play (gpointer data)
{
  Peer *peer = data;

  while (!g_cancellable_is_cancelled (peer->cancellable))
    {
      g_autoptr (GSocketConnection) connection =
        g_socket_listener_accept (peer->listener, NULL, peer->cancellable, NULL);
      gboolean goes_on = connection != NULL;
      char buffer[4096];

      while (goes_on)
        {
          gssize n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer,
                                          sizeof buffer, peer->cancellable, NULL);

          if (n <= 0)
            break;
          g_mutex_lock (&peer->mutex);
          Manner manner = peer->manner;
          peer->n_asked++;
          g_mutex_unlock (&peer->mutex);
          goes_on = answer (peer, connection, manner, g_strstr_len (buffer, n, "GET") != NULL);
        }
    }
  return NULL;
}

static Peer *
peer_new (Manner manner)
{
  Peer *peer = g_new0 (Peer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0), bound = NULL;
  g_autoptr (GError) error = NULL;

  peer->listener = g_socket_listener_new ();
  g_socket_listener_add_address (peer->listener, any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL,
                                 &bound, &error);
  g_assert_no_error (error);
  peer->url = g_strdup_printf ("redis://localhost:%u",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  peer->cancellable = g_cancellable_new ();
  peer->manner = manner;
  g_mutex_init (&peer->mutex);
  peer->thread = g_thread_new ("peer", play, peer);
  return peer;
}

static void
peer_free (Peer *peer)
{
  g_cancellable_cancel (peer->cancellable);
  g_thread_join (peer->thread);
  g_socket_listener_close (peer->listener);
  g_object_unref (peer->listener);
  g_object_unref (peer->cancellable);
  g_mutex_clear (&peer->mutex);
  g_free (peer->url);
  g_free (peer);
}

static void
set_manner (Peer *peer, Manner manner)
{
  g_mutex_lock (&peer->mutex);
  peer->manner = manner;
  g_mutex_unlock (&peer->mutex);
}

static guint
count_asked (Peer *peer)
{
  g_mutex_lock (&peer->mutex);
  guint n = peer->n_asked;
  g_mutex_unlock (&peer->mutex);
  return n;
}

/* -- Tests -- */

/* Two calls fail, each within its time; then it is left alone, until the pause is over. */
static void
fails_then_recovers (Clock *clock, Peer *peer, const char *url)
{
  g_autoptr (SgCache) cache = cache_new (clock, url, FALSE);
  gint64 start = g_get_monotonic_time ();

  for (guint n = 0; n < 20; n++)
    {
      g_assert_cmpint (find (cache, n), ==, SG_CACHE_NONE);
      put (cache, n);
      g_assert_cmpint (find (cache, n), ==, SG_CACHE_MEMORY); /* work goes on */
    }
  g_assert_cmpint ((g_get_monotonic_time () - start) / 1000, <, PATIENT_MS);
  g_assert_cmpuint (figures_of (cache).failures, ==, 2);
  g_autofree char *notice = sg_cache_take_notice (cache);
  g_assert_nonnull (notice);

  /* half open: one call goes through, fails, and the pause doubles */
  clock->now_us += 6 * G_USEC_PER_SEC;
  g_assert_cmpint (find (cache, 100), ==, SG_CACHE_NONE);
  g_assert_cmpint (find (cache, 101), ==, SG_CACHE_NONE);
  g_assert_cmpuint (figures_of (cache).failures, ==, 3);
  clock->now_us += 6 * G_USEC_PER_SEC;
  g_assert_cmpint (find (cache, 102), ==, SG_CACHE_NONE);
  g_assert_cmpuint (figures_of (cache).failures, ==, 3);
  if (peer)
    {
      set_manner (peer, PEER_WELL);
      for (guint n = 200; n < 300 && figures_of (cache).misses == 0; n++) /* it may have to end its speech */
        {
          clock->now_us += 61 * G_USEC_PER_SEC;
          g_assert_cmpint (find (cache, n), ==, SG_CACHE_NONE);
        }
      g_assert_cmpuint (figures_of (cache).misses, ==, 1);
    }
  g_assert_null (sg_cache_take_notice (cache)); /* told once */
}

static void
test_manner (gconstpointer data)
{
  Peer *peer = peer_new (GPOINTER_TO_INT (data));
  Clock clock;

  fails_then_recovers (&clock, peer, peer->url);
  peer_free (peer);
}

static void
test_away (void)
{
  Clock clock;

  fails_then_recovers (&clock, NULL, "unix:///nowhere/at/all");
  fails_then_recovers (&clock, NULL, "redis://127.0.0.1:1");
  fails_then_recovers (&clock, NULL, "redis://no-such-host.invalid");
}

/* One that takes nothing is still read from. */
static void
test_full (void)
{
  Peer *peer = peer_new (PEER_FULL);
  Clock clock;
  g_autoptr (SgCache) cache = cache_new (&clock, peer->url, TRUE);

  for (guint n = 0; n < 20; n++)
    {
      g_assert_cmpint (find (cache, n), ==, SG_CACHE_NONE);
      put (cache, n);
    }
  g_assert_cmpuint (figures_of (cache).failures, ==, 1);
  g_assert_cmpuint (figures_of (cache).misses, ==, 20);
  g_autofree char *notice = sg_cache_take_notice (cache);
  g_assert_nonnull (notice);
  set_manner (peer, PEER_WELL);
  clock.now_us += 31 * G_USEC_PER_SEC;
  put (cache, 100);
  g_assert_cmpuint (figures_of (cache).puts, ==, 1);
  g_assert_null (sg_cache_take_notice (cache));
  g_clear_pointer (&cache, sg_cache_unref);
  peer_free (peer);
}

/* Values that are none of ours are counted and asked away; the breaker stays closed. */
static void
test_damaged (void)
{
  Peer *peer = peer_new (PEER_DAMAGED);
  Clock clock;
  g_autoptr (SgCache) cache = cache_new (&clock, peer->url, TRUE);

  for (guint n = 0; n < 20; n++)
    g_assert_cmpint (find (cache, n), ==, SG_CACHE_NONE);
  g_assert_cmpuint (figures_of (cache).corrupt, ==, 20);
  g_assert_cmpuint (figures_of (cache).failures, ==, 0);
  g_assert_cmpuint (count_asked (peer), ==, 40);
  g_clear_pointer (&cache, sg_cache_unref);
  peer_free (peer);
}

static void
test_bad_addresses (void)
{
  static const char *const urls[] = {
    "", "redis", "http://host", "redis://", "redis://host/nine", "unix://"
  };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      Clock clock;
      g_autoptr (SgCache) cache = cache_new (&clock, urls[i], TRUE);
      g_autofree char *notice = sg_cache_take_notice (cache);
      g_autofree char *problem = sg_cache_check_redis (urls[i]);

      g_assert_nonnull (notice);
      g_assert_cmpstr (problem, ==, notice);
      put (cache, 1);
      g_assert_cmpint (find (cache, 1), ==, SG_CACHE_MEMORY);
    }
}

static SgRedisServer *
start_server (void)
{
  g_autoptr (GError) error = NULL;
  SgRedisServer *server = sg_redis_server_start (&error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    g_test_skip (error->message);
  else
    g_assert_no_error (error);
  return server;
}

static void
test_real_server (void)
{
  g_autoptr (SgRedisServer) server = start_server ();
  Clock clock;

  if (!server)
    return;
  g_assert_null (sg_cache_check_redis (sg_redis_server_get_url (server)));
  g_autoptr (SgCache) first = cache_new (&clock, sg_redis_server_get_url (server), TRUE);
  g_autoptr (SgCache) second = cache_new (&clock, sg_redis_server_get_url (server), TRUE);
  for (guint n = 0; n < 100; n++)
    {
      g_assert_cmpint (find (first, n), ==, SG_CACHE_NONE);
      put (first, n);
      g_assert_cmpint (find (second, n), ==, SG_CACHE_REDIS);
      g_assert_cmpint (find (second, n), ==, SG_CACHE_MEMORY); /* promoted */
    }
  g_assert_cmpuint (figures_of (first).puts, ==, 100);
  g_assert_cmpuint (figures_of (second).hits, ==, 100);
  g_assert_cmpuint (figures_of (second).failures, ==, 0);
  clock.now_us += (gint64)3600 * G_USEC_PER_SEC; /* for us; for the server it is young yet */
  g_assert_cmpint (find (second, 1), ==, SG_CACHE_NONE);
  g_assert_cmpuint (figures_of (second).corrupt, ==, 0);
}

/* The server goes away under way and another comes: an idle connection that it closed is no failure. */
static void
test_server_comes_and_goes (void)
{
  g_autoptr (SgRedisServer) server = start_server ();
  Clock clock;

  if (!server)
    return;
  g_autoptr (SgCache) cache = cache_new (&clock, sg_redis_server_get_url (server), TRUE);
  put (cache, 1);
  g_assert_cmpuint (figures_of (cache).puts, ==, 1);
  g_clear_pointer (&server, sg_redis_server_stop);
  for (guint n = 10; n < 20; n++)
    g_assert_cmpint (find (cache, n), ==, SG_CACHE_NONE);
  g_assert_cmpuint (figures_of (cache).failures, ==, 2);
  g_autofree char *notice = sg_cache_take_notice (cache);
  g_assert_nonnull (notice);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    Manner manner;
  } manners[] = {
    { "/store/cache-redis/slow", PEER_SILENT },
    { "/store/cache-redis/trickles", PEER_TRICKLES },
    { "/store/cache-redis/rubbish", PEER_RUBBISH },
    { "/store/cache-redis/lists", PEER_LISTS },
    { "/store/cache-redis/half", PEER_HALF },
    { "/store/cache-redis/no-end", PEER_LONG },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (manners); i++)
    g_test_add_data_func (manners[i].path, GINT_TO_POINTER (manners[i].manner), test_manner);
  g_test_add_func ("/store/cache-redis/away", test_away);
  g_test_add_func ("/store/cache-redis/full", test_full);
  g_test_add_func ("/store/cache-redis/damaged", test_damaged);
  g_test_add_func ("/store/cache-redis/bad-addresses", test_bad_addresses);
  g_test_add_func ("/store/cache-redis/real-server", test_real_server);
  g_test_add_func ("/store/cache-redis/server-comes-and-goes", test_server_comes_and_goes);
  return g_test_run ();
}
