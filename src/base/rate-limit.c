/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Requests by peer. The bucket holds its level as of the peer's last visit and is filled up when it is
 * looked at. The times of the last hour's grants are kept, as many as an hour allows, in a ring: exact,
 * where buckets of a minute and an hour would let through twice as much in their first. */
#include "config.h"

#include "base/rate-limit.h"

#include <math.h>
#include <pthread.h>

#include <glib/gi18n-lib.h>

#include "base/limits.h"

SG_DEFINE_ERROR_DOMAIN_NAMED (
  rate_limit,
  "rate-limit",
  [SG_RATE_LIMIT_ERROR_BURST] = { "burst", SG_ERROR_CLASS_RATE_LIMIT,
                                  N_ ("Too many requests came at once."),
                                  N_ ("Wait as long as the message says; asking before does not help.") },
  [SG_RATE_LIMIT_ERROR_MINUTE] = { "minute", SG_ERROR_CLASS_RATE_LIMIT,
                                   N_ ("There were as many requests as a minute allows."),
                                   N_ ("Wait as long as the message says.") },
  [SG_RATE_LIMIT_ERROR_HOUR] = { "hour", SG_ERROR_CLASS_RATE_LIMIT,
                                 N_ ("There were as many requests as an hour allows."),
                                 N_ ("Wait as long as the message says.") })

#define MINUTE_US (60 * G_TIME_SPAN_SECOND)
#define HOUR_US (60 * MINUTE_US)

typedef struct
{
  char *name;
  GList link; /* in the order of visits */
  double tokens;
  gint64 seen_us;
  gint64 cool_until_us; /* no token before */
  guint n_grants;       /* so far; the last an_hour of them are in the ring */
  gint64 grants[];      /* an_hour; us */
} Peer;

struct _SgRateLimit
{
  SgRateLimitOptions options;
  double rate; /* tokens a us */

  pthread_mutex_t lock; /* not GLib's, whose futexes the thread sanitizer does not see */
  GHashTable *peers;    /* name -> Peer */
  GQueue visits;        /* Peer; the longest ago first */
  gint64 now_us;        /* the latest time seen: the clock never goes back here */
};

static gint64
monotonic_clock (gpointer data)
{
  return g_get_monotonic_time ();
}

SgRateLimitOptions
sg_rate_limit_options_default (void)
{
  return (SgRateLimitOptions){
    .a_minute = SG_LIMIT_REQUESTS_A_MINUTE,
    .an_hour = SG_LIMIT_REQUESTS_AN_HOUR,
    .burst = SG_LIMIT_REQUEST_BURST,
    .cooldown = SG_LIMIT_REQUEST_COOLDOWN,
    .most_peers = SG_LIMIT_REQUEST_PEERS,
    .clock = monotonic_clock,
    .metrics = sg_metrics_process (),
  };
}

static void
peer_free (gpointer data)
{
  Peer *peer = data;

  g_free (peer->name);
  g_free (peer);
}

SgRateLimit *
sg_rate_limit_new (const SgRateLimitOptions *options)
{
  SgRateLimit *self = g_new0 (SgRateLimit, 1);

  self->options = options ? *options : sg_rate_limit_options_default ();
  self->options.an_hour = MAX (1, self->options.an_hour);
  self->options.a_minute = CLAMP (self->options.a_minute, 1, self->options.an_hour);
  self->options.burst = MAX (1, self->options.burst);
  self->rate = (double)self->options.a_minute / MINUTE_US;
  self->peers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, peer_free);
  self->now_us = G_MININT64;
  pthread_mutex_init (&self->lock, NULL);
  return self;
}

void
sg_rate_limit_free (SgRateLimit *self)
{
  g_hash_table_unref (self->peers);
  pthread_mutex_destroy (&self->lock);
  g_free (self);
}

static gint64
get_now (SgRateLimit *self)
{
  self->now_us = MAX (self->now_us, self->options.clock (self->options.clock_data));
  return self->now_us;
}

static void
refill (const SgRateLimit *self, Peer *peer, gint64 now_us)
{
  peer->tokens = MIN (self->options.burst, peer->tokens + (now_us - peer->seen_us) * self->rate);
  peer->seen_us = now_us;
}

/* When the `n`th last grant was; G_MININT64 where there were not so many. n >= 1. */
static gint64
nth_last_grant (const SgRateLimit *self, const Peer *peer, guint n)
{
  return peer->n_grants >= n ? peer->grants[(peer->n_grants - n) % self->options.an_hour] : G_MININT64;
}

static gboolean
is_like_new (const SgRateLimit *self, const Peer *peer, gint64 now_us)
{
  return peer->tokens >= self->options.burst && peer->cool_until_us <= now_us &&
         nth_last_grant (self, peer, 1) <= now_us - HOUR_US;
}

/* How many of the longest unheard are looked at for one that forgetting does no good. */
#define LOOK_AT 8

static void
forget_one (SgRateLimit *self, gint64 now_us)
{
  GList *link = self->visits.head;
  Peer *chosen = link->data;

  for (guint i = 0; link && i < LOOK_AT; i++, link = link->next)
    {
      Peer *peer = link->data;

      refill (self, peer, now_us);
      if (is_like_new (self, peer, now_us))
        {
          chosen = peer;
          break;
        }
    }
  g_queue_unlink (&self->visits, &chosen->link);
  g_hash_table_remove (self->peers, chosen->name);
}

static Peer *
add_peer (SgRateLimit *self, const char *name, gint64 now_us)
{
  Peer *peer = g_malloc0 (sizeof (Peer) + self->options.an_hour * sizeof (gint64));

  if (g_hash_table_size (self->peers) >= MAX (1, self->options.most_peers))
    forget_one (self, now_us);
  peer->name = g_strdup (name);
  peer->link.data = peer;
  peer->cool_until_us = G_MININT64;
  peer->seen_us = now_us;
  peer->tokens = self->options.burst;
  g_hash_table_insert (self->peers, peer->name, peer);
  return peer;
}

/* The peer, filled up to now and last in the order of visits. */
static Peer *
visit (SgRateLimit *self, const char *name, gint64 now_us)
{
  Peer *peer = g_hash_table_lookup (self->peers, name);

  if (peer)
    g_queue_unlink (&self->visits, &peer->link);
  else
    peer = add_peer (self, name, now_us);
  g_queue_push_tail_link (&self->visits, &peer->link);
  refill (self, peer, now_us);
  return peer;
}

static void
raise_wait (gint64 *wait_us, gint64 to_us, SgRateLimitError *reason, SgRateLimitError because)
{
  if (to_us <= *wait_us)
    return;
  *wait_us = to_us;
  *reason = because;
}

/* Microseconds until a request would be granted, 0 where it would now; `reason`: what takes longest. */
static gint64
time_to_wait (const SgRateLimit *self, const Peer *peer, gint64 now_us, SgRateLimitError *reason)
{
  /* a token that is filled by parts may lack what rounding took */
  double missing = 1 - 1e-9 - peer->tokens;
  gint64 minute = nth_last_grant (self, peer, self->options.a_minute);
  gint64 hour = nth_last_grant (self, peer, self->options.an_hour);
  gint64 wait_us = 0;

  if (missing > 0)
    raise_wait (&wait_us, (gint64)ceil (missing / self->rate), reason, SG_RATE_LIMIT_ERROR_BURST);
  if (peer->cool_until_us > now_us)
    raise_wait (&wait_us, peer->cool_until_us - now_us, reason, SG_RATE_LIMIT_ERROR_BURST);
  if (minute > now_us - MINUTE_US)
    raise_wait (&wait_us, minute + MINUTE_US - now_us, reason, SG_RATE_LIMIT_ERROR_MINUTE);
  if (hour > now_us - HOUR_US)
    raise_wait (&wait_us, hour + HOUR_US - now_us, reason, SG_RATE_LIMIT_ERROR_HOUR);
  return wait_us;
}

static void
set_error (const SgRateLimit *self, SgRateLimitError reason, gint64 wait_us, GError **error)
{
  const struct
  {
    SgLimitId limit;
    guint most;
  } limits[] = {
    [SG_RATE_LIMIT_ERROR_BURST] = { SG_LIMIT_ID_REQUEST_BURST, self->options.burst },
    [SG_RATE_LIMIT_ERROR_MINUTE] = { SG_LIMIT_ID_REQUESTS_A_MINUTE, self->options.a_minute },
    [SG_RATE_LIMIT_ERROR_HOUR] = { SG_LIMIT_ID_REQUESTS_AN_HOUR, self->options.an_hour },
  };
  /* whole seconds that are enough */
  gint64 seconds = (wait_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  const char *format = ngettext ("too many requests; try again in %s second",
                                 "too many requests; try again in %s seconds", seconds);
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, seconds);
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
  g_autofree char *message = g_strjoinv (digits, parts);

  g_set_error_literal (error, SG_RATE_LIMIT_ERROR, (int)reason, message);
  sg_error_add_number (error, SG_DETAIL_RETRY_AFTER, wait_us / 1e6);
  sg_error_add_text (error, SG_DETAIL_LIMIT, sg_limit_get (limits[reason].limit)->name);
  sg_error_add_number (error, SG_DETAIL_MOST, limits[reason].most);
}

/* Takes a token, or tells how long to wait. The refusal that finds the bucket empty begins a cooldown; those
 * within it leave its end where it is. */
static gint64
take (SgRateLimit *self, Peer *peer, gint64 now_us, SgRateLimitError *reason)
{
  gint64 wait_us = time_to_wait (self, peer, now_us, reason);

  if (wait_us == 0)
    {
      peer->tokens = MAX (0, peer->tokens - 1);
      peer->grants[peer->n_grants % self->options.an_hour] = now_us;
      peer->n_grants++;
    }
  else if (*reason == SG_RATE_LIMIT_ERROR_BURST && peer->cool_until_us <= now_us)
    {
      peer->cool_until_us = now_us + (gint64)(self->options.cooldown * 1e6);
      wait_us = time_to_wait (self, peer, now_us, reason);
    }
  return wait_us;
}

static void
count (const SgRateLimit *self, gboolean granted, guint n_peers)
{
  if (!self->options.metrics)
    return;
  sg_metrics_add (self->options.metrics,
                  granted ? SG_COUNTER_RATE_LIMIT_GRANTED : SG_COUNTER_RATE_LIMIT_VIOLATIONS, 1);
  sg_metrics_set (self->options.metrics, SG_GAUGE_RATE_LIMIT_PEERS, n_peers);
}

gboolean
sg_rate_limit_take (SgRateLimit *self, const char *peer, GError **error)
{
  SgRateLimitError reason = SG_RATE_LIMIT_ERROR_BURST;

  pthread_mutex_lock (&self->lock);
  gint64 now_us = get_now (self);
  gint64 wait_us = take (self, visit (self, peer, now_us), now_us, &reason);
  guint n_peers = g_hash_table_size (self->peers);
  pthread_mutex_unlock (&self->lock);

  count (self, wait_us == 0, n_peers);
  if (wait_us > 0)
    set_error (self, reason, wait_us, error);
  return wait_us == 0;
}

double
sg_rate_limit_get_wait (SgRateLimit *self, const char *peer)
{
  SgRateLimitError reason = SG_RATE_LIMIT_ERROR_BURST;
  gint64 wait_us = 0;

  pthread_mutex_lock (&self->lock);
  gint64 now_us = get_now (self);
  Peer *known = g_hash_table_lookup (self->peers, peer);
  if (known)
    {
      refill (self, known, now_us);
      wait_us = time_to_wait (self, known, now_us, &reason);
    }
  pthread_mutex_unlock (&self->lock);
  return wait_us / 1e6;
}

guint
sg_rate_limit_n_peers (SgRateLimit *self)
{
  pthread_mutex_lock (&self->lock);
  guint n = g_hash_table_size (self->peers);
  pthread_mutex_unlock (&self->lock);
  return n;
}
