/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The Redis tier. Whatever the peer does, a call ends by its deadline, and one that fails often is not asked:
 *
 *   CLOSED -> (2 calls in a row failed) -> OPEN, for 5 s -> one call goes through: CLOSED, or OPEN for
 * twice as long as before, at most a minute
 *
 * A peer that answers gets but takes no puts (it is full, or a replica) is put nothing for half a minute.
 * The person is told once of each. Connections are lent to one call at a time. A name is looked up by a
 * thread of its own, since that cannot be given a deadline; calls wait for it as long as for anything. */
#include "config.h"

#include "store/cache-tier.h"

#include <string.h>

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>

#include "store/redis-link.h"

#define MOST_FAILURES 2
#define FIRST_PAUSE_US (5 * G_USEC_PER_SEC)
#define LONGEST_PAUSE_US (60 * G_USEC_PER_SEC)
#define FULL_PAUSE_US (30 * G_USEC_PER_SEC)
#define MOST_IDLE 8 /* connections */
#define DEFAULT_PORT 6379

/* A name being looked up: shared with the thread that does. */
typedef struct
{
  gatomicrefcount ref_count;
  char *host;
  guint16 port;
  GMutex mutex;
  GCond cond;
  gboolean done;
  GSocketAddress *address; /* (nullable): it is nobody's */
} Lookup;

typedef struct
{
  SgCacheTier tier;
  SgCacheOptions options;
  char *place;             /* to tell the person: host, or path of a socket */
  GSocketAddress *address; /* (nullable): by the name `place` */
  guint16 port;
  char *user, *password, *number; /* (nullable) */

  GMutex mutex;     /* of all below */
  Lookup *lookup;   /* (nullable) */
  GQueue idle;      /* SgRedisLink */
  guint n_failures; /* in a row */
  gint64 open_until_us, pause_us;
  gboolean probing; /* one call goes through an open breaker */
  gint64 full_until_us;
  gboolean told_away, told_full;
  char *notice; /* (nullable) */
} Redis;

/* -- Names -- */

static void
lookup_unref (Lookup *lookup)
{
  if (!g_atomic_ref_count_dec (&lookup->ref_count))
    return;
  g_free (lookup->host);
  g_clear_object (&lookup->address);
  g_mutex_clear (&lookup->mutex);
  g_cond_clear (&lookup->cond);
  g_free (lookup);
}

static gpointer
look_up (gpointer data)
{
  Lookup *lookup = data;
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  GList *addresses = g_resolver_lookup_by_name (resolver, lookup->host, NULL, NULL);

  g_mutex_lock (&lookup->mutex);
  lookup->address = addresses ? g_inet_socket_address_new (addresses->data, lookup->port) : NULL;
  lookup->done = TRUE;
  g_cond_broadcast (&lookup->cond);
  g_mutex_unlock (&lookup->mutex);
  g_resolver_free_addresses (addresses);
  lookup_unref (lookup);
  return NULL;
}

static Lookup *
lookup_new (const char *host, guint16 port)
{
  Lookup *lookup = g_new0 (Lookup, 1);

  g_atomic_ref_count_init (&lookup->ref_count);
  g_atomic_ref_count_inc (&lookup->ref_count); /* the thread's */
  lookup->host = g_strdup (host);
  lookup->port = port;
  g_mutex_init (&lookup->mutex);
  g_cond_init (&lookup->cond);
  g_thread_unref (g_thread_new ("redis-name", look_up, lookup));
  return lookup;
}

/* The lookup under way or done; one that found nothing is begun anew. (transfer full). */
static Lookup *
get_lookup (Redis *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->lookup)
    {
      g_mutex_lock (&self->lookup->mutex);
      gboolean failed = self->lookup->done && !self->lookup->address;
      g_mutex_unlock (&self->lookup->mutex);
      if (failed)
        g_clear_pointer (&self->lookup, lookup_unref);
    }
  if (!self->lookup)
    self->lookup = lookup_new (self->place, self->port);
  g_atomic_ref_count_inc (&self->lookup->ref_count);
  return self->lookup;
}

/* (transfer full), NULL where the name is not known by then. */
static GSocketAddress *
get_address (Redis *self, gint64 end_us, GError **error)
{
  GSocketAddress *address = NULL;

  if (self->address)
    return g_object_ref (self->address);
  Lookup *lookup = get_lookup (self);
  g_mutex_lock (&lookup->mutex);
  while (!lookup->done && g_cond_wait_until (&lookup->cond, &lookup->mutex, end_us))
    ;
  if (lookup->address)
    address = g_object_ref (lookup->address);
  g_mutex_unlock (&lookup->mutex);
  lookup_unref (lookup);
  if (!address)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND, "%s is not found", self->place);
  return address;
}

/* -- The breaker -- */

/* Pauses are counted by the options' clock, which a test turns; else by one that is never put back. */
static gint64
pause_clock (Redis *self)
{
  return self->options.now_us ? sg_cache_now (&self->options) : g_get_monotonic_time ();
}

/* Whether a call may go through. */
static gboolean
admit (Redis *self, gboolean is_put)
{
  gint64 now = pause_clock (self);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (is_put && now < self->full_until_us)
    return FALSE;
  if (self->n_failures < MOST_FAILURES)
    return TRUE;
  if (self->probing || now < self->open_until_us)
    return FALSE;
  self->probing = TRUE;
  return TRUE;
}

static void
note_success (Redis *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->n_failures = 0;
  self->probing = FALSE;
  self->pause_us = 0;
}

static void
note_failure (Redis *self)
{
  gint64 now = pause_clock (self);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gboolean was_probe = self->probing;

  self->probing = FALSE;
  if (++self->n_failures < MOST_FAILURES)
    return;
  if (was_probe || self->pause_us == 0)
    {
      self->pause_us = CLAMP (2 * self->pause_us, FIRST_PAUSE_US, LONGEST_PAUSE_US);
      self->open_until_us = now + self->pause_us;
    }
  if (!self->told_away)
    {
      g_free (self->notice);
      self->notice = g_strdup_printf (
        _ ("The shared cache at %s does not answer as it should; SimGen goes on without it."), self->place);
    }
  self->told_away = TRUE;
}

static void
note_full (Redis *self)
{
  gint64 now = pause_clock (self);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->full_until_us = now + FULL_PAUSE_US;
  if (!self->told_full && !self->notice)
    self->notice = g_strdup_printf (
      _ ("The shared cache at %s takes nothing new; SimGen only reads from it."), self->place);
  self->told_full = TRUE;
}

/* -- Connections -- */

static gboolean
expect_ok (
  SgRedisLink *link, const char *const *words, const gsize *sizes, guint n, gint64 end_us, GError **error)
{
  g_auto (SgRedisReply) reply = { 0 };

  if (!sg_redis_link_ask (link, words, sizes, n, end_us, &reply, error))
    return FALSE;
  if (reply.kind == SG_REDIS_STATUS && sg_redis_reply_begins (&reply, "OK"))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "it does not let us in");
  return FALSE;
}

static gboolean
log_in (Redis *self, SgRedisLink *link, gint64 end_us, GError **error)
{
  const char *auth[3] = { "AUTH" }, *select[] = { "SELECT", self->number };
  gsize sizes[3] = { 4 };
  guint n = 1;

  if (self->user && *self->user)
    auth[n++] = self->user;
  if (self->password)
    auth[n++] = self->password;
  for (guint i = 1; i < n; i++)
    sizes[i] = strlen (auth[i]);
  if (self->password && !expect_ok (link, auth, sizes, n, end_us, error))
    return FALSE;
  return !self->number ||
         expect_ok (link, select, (const gsize[]){ 6, strlen (self->number) }, 2, end_us, error);
}

static SgRedisLink *
open_link (Redis *self, gint64 end_us, GError **error)
{
  g_autoptr (GSocketAddress) address = get_address (self, end_us, error);
  g_autoptr (SgRedisLink) link = address ? sg_redis_link_new (address, end_us, error) : NULL;

  return link && log_in (self, link, end_us, error) ? g_steal_pointer (&link) : NULL;
}

static SgRedisLink *
take_idle (Redis *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_queue_pop_head (&self->idle);
}

static void
give_back (Redis *self, SgRedisLink *link)
{
  g_mutex_lock (&self->mutex);
  gboolean keep = self->idle.length < MOST_IDLE;
  if (keep)
    g_queue_push_head (&self->idle, link);
  g_mutex_unlock (&self->mutex);
  if (!keep)
    sg_redis_link_free (link);
}

static gboolean
ask_link (Redis *self,
          SgRedisLink *link,
          const char *const *words,
          const gsize *sizes,
          guint n,
          gint64 end_us,
          SgRedisReply *reply,
          GError **error)
{
  if (!sg_redis_link_ask (link, words, sizes, n, end_us, reply, error))
    {
      sg_redis_link_free (link);
      return FALSE;
    }
  give_back (self, link);
  return TRUE;
}

/* One that was idle may have been closed by the other side meanwhile: that is no failure. */
static gboolean
ask (Redis *self, const char *const *words, const gsize *sizes, guint n, SgRedisReply *reply)
{
  gint64 end_us = g_get_monotonic_time () + self->options.redis_deadline_us;
  g_autoptr (GError) error = NULL;
  SgRedisLink *link;
  gboolean ok = FALSE;

  while ((link = take_idle (self)))
    {
      ok = ask_link (self, link, words, sizes, n, end_us, reply, &error);
      if (ok || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
        break;
      g_clear_error (&error);
    }
  if (!ok && !error)
    {
      link = open_link (self, end_us, &error);
      ok = link && ask_link (self, link, words, sizes, n, end_us, reply, &error);
    }
  return ok;
}

/* -- The tier -- */

/* "simgen:1:analysis:0123...": the number is that of the envelope. */
static char *
name_of (const SgCacheKey *key)
{
  GString *name = g_string_new ("simgen:1:");

  g_string_append_printf (name, "%s:", sg_cache_kind_name (key->kind));
  for (guint i = 0; i < sizeof key->digest; i++)
    g_string_append_printf (name, "%02x", key->digest[i]);
  return g_string_free (name, FALSE);
}

static SgTierResult
redis_get (SgCacheTier *tier, const SgCacheKey *key, SgCacheItem *item)
{
  Redis *self = (Redis *)tier;
  g_autofree char *name = name_of (key);
  const char *words[] = { "GET", name };
  const gsize sizes[] = { 3, strlen (name) };
  g_auto (SgRedisReply) reply = { 0 };

  if (!admit (self, FALSE))
    return SG_TIER_SKIPPED;
  if (!ask (self, words, sizes, 2, &reply) ||
      (reply.kind != SG_REDIS_BYTES && reply.kind != SG_REDIS_NOTHING))
    {
      note_failure (self);
      return SG_TIER_FAILED;
    }
  note_success (self);
  item->envelope = g_steal_pointer (&reply.bytes);
  return item->envelope ? SG_TIER_HIT : SG_TIER_MISS;
}

static SgTierResult
redis_put (SgCacheTier *tier, const SgCacheKey *key, const SgCacheItem *item)
{
  Redis *self = (Redis *)tier;
  gint64 ttl_ms = (item->expires_us - sg_cache_now (&self->options)) / 1000;
  g_autofree char *name = name_of (key), *ttl = g_strdup_printf ("%" G_GINT64_FORMAT, ttl_ms);
  gsize size;
  const char *data = g_bytes_get_data (item->envelope, &size);
  const char *words[] = { "SET", name, data, "PX", ttl };
  const gsize sizes[] = { 3, strlen (name), size, 2, strlen (ttl) };
  g_auto (SgRedisReply) reply = { 0 };

  if (ttl_ms <= 0 || size > SG_REDIS_MAX_BYTES || !admit (self, TRUE))
    return SG_TIER_SKIPPED;
  if (!ask (self, words, sizes, G_N_ELEMENTS (words), &reply))
    {
      note_failure (self);
      return SG_TIER_FAILED;
    }
  if (reply.kind == SG_REDIS_STATUS && sg_redis_reply_begins (&reply, "OK"))
    {
      note_success (self);
      return SG_TIER_HIT;
    }
  if (reply.kind == SG_REDIS_ERROR) /* it is there, but it does not take this */
    {
      note_success (self);
      note_full (self);
    }
  else
    note_failure (self);
  return SG_TIER_FAILED;
}

static void
redis_remove (SgCacheTier *tier, const SgCacheKey *key)
{
  Redis *self = (Redis *)tier;
  g_autofree char *name = name_of (key);
  const char *words[] = { "DEL", name };
  const gsize sizes[] = { 3, strlen (name) };
  g_auto (SgRedisReply) reply = { 0 };

  if (!admit (self, TRUE))
    return;
  if (ask (self, words, sizes, 2, &reply))
    note_success (self);
  else
    note_failure (self);
}

static char *
redis_take_notice (SgCacheTier *tier)
{
  Redis *self = (Redis *)tier;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_steal_pointer (&self->notice);
}

static void
redis_free (SgCacheTier *tier)
{
  Redis *self = (Redis *)tier;

  g_queue_clear_full (&self->idle, (GDestroyNotify)sg_redis_link_free);
  g_clear_pointer (&self->lookup, lookup_unref);
  g_clear_object (&self->address);
  g_mutex_clear (&self->mutex);
  g_free (self->place);
  g_free (self->user);
  g_free (self->password);
  g_free (self->number);
  g_free (self->notice);
  g_free (self);
}

/* -- Its address -- */

/* FALSE where the URL names no Redis. */
static gboolean
parse_url (Redis *self, const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_HAS_PASSWORD, NULL);
  const char *path = uri ? g_uri_get_path (uri) : NULL;
  guint64 number;

  if (uri && g_str_equal (g_uri_get_scheme (uri), "unix") && path[0] == '/' && path[1] &&
      strlen (path) < 100)
    {
      self->place = g_strdup (path);
      self->address = g_unix_socket_address_new (path);
      return TRUE;
    }
  if (!uri || !g_str_equal (g_uri_get_scheme (uri), "redis") || !g_uri_get_host (uri) ||
      !*g_uri_get_host (uri))
    return FALSE;
  self->place = g_strdup (g_uri_get_host (uri));
  self->port = g_uri_get_port (uri) > 0 ? g_uri_get_port (uri) : DEFAULT_PORT;
  self->user = g_strdup (g_uri_get_user (uri));
  self->password = g_strdup (g_uri_get_password (uri));
  if (path[0] == '/' && path[1])
    self->number = g_strdup (path + 1);
  const char *host = g_str_equal (self->place, "localhost") ? "127.0.0.1" : self->place;
  self->address = g_inet_socket_address_new_from_string (host, self->port);
  return !self->number || g_ascii_string_to_unsigned (self->number, 10, 0, 1 << 20, &number, NULL);
}

SgCacheTier *
sg_cache_redis_new (const SgCacheOptions *options, char **notice)
{
  Redis *self = g_new0 (Redis, 1);

  self->tier.get = redis_get;
  self->tier.put = redis_put;
  self->tier.remove = redis_remove;
  self->tier.take_notice = redis_take_notice;
  self->tier.free = redis_free;
  self->options = *options;
  g_mutex_init (&self->mutex);
  g_queue_init (&self->idle);
  if (parse_url (self, options->redis_url))
    return &self->tier;
  redis_free (&self->tier);
  *notice = g_strdup (_ ("The address of the shared cache is none: it is redis://HOST[:PORT][/NUMBER] or "
                         "unix:///PATH. SimGen goes on without it."));
  return NULL;
}
