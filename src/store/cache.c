/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tiers in their order. Figures are counted apart from the tiers' own locks, each an atomic. */
#include "store/cache.h"

#include <stdatomic.h>
#include <string.h>

#include "base/metrics.h"
#include "store/cache-envelope.h"
#include "store/cache-flights.h"
#include "store/cache-tier.h"

#define DEFAULT_TTL_US ((gint64)3600 * G_USEC_PER_SEC)
#define DEFAULT_MEMORY_BYTES (64 << 20)
#define DEFAULT_DATABASE_BYTES (128 << 20)
#define DEFAULT_REDIS_DEADLINE_US 50000
#define CLOCK_SLACK_US (60 * G_USEC_PER_SEC) /* by which clocks of those who share a Redis may differ */

typedef struct
{
  atomic_uint_fast64_t hits, misses, puts, put_bytes, corrupt, failures, time_us;
} Counters;

/* What sg_cache_compute () was asked. */
typedef struct
{
  const SgCacheType *type;
  const SgCacheKey *key;
  SgCacheReach reach;
  gpointer context;
  SgCacheFunc func;
  gpointer data;
  GCancellable *cancellable;
} Request;

struct _SgCache
{
  gatomicrefcount ref_count;
  SgCacheOptions options;
  SgCacheTier *tiers[SG_N_CACHE_LEVELS]; /* NULL: there is none, as of SG_CACHE_NONE */
  Counters counters[SG_N_CACHE_LEVELS];
  GMutex figures_mutex;
  SgCacheFigures written[SG_N_CACHE_LEVELS]; /* what of the figures the database has; under figures_mutex */
  char *notice;                              /* (nullable); likewise */
  SgFlights *flights;
};

static const char *const kind_names[SG_N_CACHE_KINDS] = { "analysis", "answer", "thumbnail", "mjcf" };
/* Which of the process's figures a tier's are. */
static const struct
{
  SgOperation get;
  SgCounter hits, misses;
} measures[SG_N_CACHE_LEVELS] = {
  [SG_CACHE_MEMORY] = { SG_OPERATION_CACHE_MEMORY, SG_COUNTER_CACHE_MEMORY_HITS,
                        SG_COUNTER_CACHE_MEMORY_MISSES },
  [SG_CACHE_REDIS] = { SG_OPERATION_CACHE_REDIS, SG_COUNTER_CACHE_REDIS_HITS, SG_COUNTER_CACHE_REDIS_MISSES },
  [SG_CACHE_DATABASE] = { SG_OPERATION_CACHE_DATABASE, SG_COUNTER_CACHE_DATABASE_HITS,
                          SG_COUNTER_CACHE_DATABASE_MISSES },
};

static const char *const level_names[SG_N_CACHE_LEVELS] = { "none", "memory", "redis", "database" };

const char *
sg_cache_kind_name (SgCacheKind kind)
{
  return kind_names[kind];
}

const char *
sg_cache_level_name (SgCacheLevel level)
{
  return level_names[level];
}

void
sg_cache_key_init (SgCacheKey *key,
                   SgCacheKind kind,
                   const char *version,
                   const char *parameters,
                   gconstpointer content,
                   gsize size)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *words[] = { kind_names[kind], version, parameters ? parameters : "" };
  gsize digest_size = sizeof key->digest;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) /* each with its NUL, which no word holds */
    g_checksum_update (sum, (const guchar *)words[i], strlen (words[i]) + 1);
  g_checksum_update (sum, content, size);
  key->kind = kind;
  g_checksum_get_digest (sum, key->digest, &digest_size);
}

/* -- Bytes as objects -- */

static GBytes *
bytes_encode (gpointer object, gpointer context)
{
  return g_bytes_ref (object);
}

static gpointer
bytes_decode (GBytes *bytes, gpointer context)
{
  return g_bytes_ref (bytes);
}

static gsize
bytes_weigh (gpointer object)
{
  return g_bytes_get_size (object) + SG_ENVELOPE_BYTES; /* it may be a slice of an envelope */
}

const SgCacheType sg_cache_bytes = { bytes_encode, bytes_decode, (gpointer (*) (gpointer))g_bytes_ref,
                                     (void (*) (gpointer))g_bytes_unref, bytes_weigh };

/* -- The cache -- */

SgCacheOptions
sg_cache_options_default (void)
{
  return (SgCacheOptions){ .ttl_us = DEFAULT_TTL_US,
                           .memory_bytes = DEFAULT_MEMORY_BYTES,
                           .database_bytes = DEFAULT_DATABASE_BYTES,
                           .redis_deadline_us = DEFAULT_REDIS_DEADLINE_US };
}

char *
sg_cache_default_path (void)
{
  return g_build_filename (g_get_user_cache_dir (), "simgen", "cache.db", NULL);
}

gint64
sg_cache_now (const SgCacheOptions *options)
{
  return options->now_us ? options->now_us (options->clock) : g_get_real_time ();
}

gboolean
sg_cache_is_fresh (gint64 created_us, gint64 expires_us, gint64 now_us)
{
  return now_us < expires_us && now_us > created_us - CLOCK_SLACK_US;
}

void
sg_cache_item_clear (SgCacheItem *item)
{
  if (item->object)
    item->type->unref (item->object);
  item->object = NULL;
  g_clear_pointer (&item->envelope, g_bytes_unref);
}

SgCacheItem
sg_cache_item_ref (const SgCacheItem *item)
{
  SgCacheItem copy = *item;

  if (copy.object)
    copy.type->ref (copy.object);
  if (copy.envelope)
    g_bytes_ref (copy.envelope);
  return copy;
}

/* What happened in this process. */
static void
count_figures (SgCache *cache, SgCacheFigures *figures)
{
  for (int level = 0; level < SG_N_CACHE_LEVELS; level++)
    {
      Counters *counters = &cache->counters[level];

      figures[level] = (SgCacheFigures){ .used = cache->tiers[level] || level == SG_CACHE_NONE,
                                         .hits = counters->hits,
                                         .misses = counters->misses,
                                         .puts = counters->puts,
                                         .put_bytes = counters->put_bytes,
                                         .corrupt = counters->corrupt,
                                         .failures = counters->failures,
                                         .time_us = counters->time_us };
      if (cache->tiers[level])
        figures[level].evictions = cache->tiers[level]->evictions;
    }
}

static void
measure_tiers (SgCache *cache, SgCacheFigures *figures)
{
  for (int level = 0; level < SG_N_CACHE_LEVELS; level++)
    if (cache->tiers[level] && cache->tiers[level]->measure)
      cache->tiers[level]->measure (cache->tiers[level], &figures[level]);
}

/* What the database does not know yet of the figures; it is taken to know it now. */
static void
take_figures_cb (gpointer data, SgCacheFigures *figures)
{
  SgCache *cache = data;
  SgCacheFigures now[SG_N_CACHE_LEVELS];
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&cache->figures_mutex);

  count_figures (cache, now);
  for (int level = 0; level < SG_N_CACHE_LEVELS; level++)
    {
      const SgCacheFigures *written = &cache->written[level];

      figures[level] = now[level];
      figures[level].hits -= written->hits;
      figures[level].misses -= written->misses;
      figures[level].puts -= written->puts;
      figures[level].put_bytes -= written->put_bytes;
      figures[level].evictions -= written->evictions;
      figures[level].corrupt -= written->corrupt;
      figures[level].failures -= written->failures;
      figures[level].time_us -= written->time_us;
      cache->written[level] = now[level];
    }
}

SgCache *
sg_cache_new (const SgCacheOptions *options)
{
  SgCache *cache = g_new0 (SgCache, 1);

  g_atomic_ref_count_init (&cache->ref_count);
  cache->options = *options;
  g_mutex_init (&cache->figures_mutex);
  cache->flights = sg_flights_new ();
  cache->tiers[SG_CACHE_MEMORY] = sg_cache_memory_new (options);
  if (options->redis_url)
    cache->tiers[SG_CACHE_REDIS] = sg_cache_redis_new (options, &cache->notice);
  cache->tiers[SG_CACHE_DATABASE] = sg_cache_database_new (options, take_figures_cb, cache);
  return cache;
}

SgCache *
sg_cache_new_of_person (const char *redis_url)
{
  SgCacheOptions options = sg_cache_options_default ();
  g_autofree char *path = sg_cache_default_path ();
  const char *named = g_getenv ("SIMGEN_REDIS");

  if (g_strcmp0 (g_getenv ("SIMGEN_CACHE"), "off") == 0)
    return NULL;
  options.database_path = path;
  options.redis_url = named && *named ? named : redis_url;
  return sg_cache_new (&options);
}

char *
sg_cache_check_redis (const char *redis_url)
{
  SgCacheOptions options = sg_cache_options_default ();
  char *problem = NULL;

  options.redis_url = redis_url;
  SgCacheTier *tier = sg_cache_redis_new (&options, &problem);
  if (tier)
    tier->free (tier);
  return problem;
}

SgCache *
sg_cache_ref (SgCache *cache)
{
  g_atomic_ref_count_inc (&cache->ref_count);
  return cache;
}

void
sg_cache_unref (SgCache *cache)
{
  if (!g_atomic_ref_count_dec (&cache->ref_count))
    return;
  /* from below: the database asks for the figures of all */
  for (int level = SG_N_CACHE_LEVELS - 1; level > SG_CACHE_NONE; level--)
    if (cache->tiers[level])
      cache->tiers[level]->free (cache->tiers[level]);
  sg_flights_free (cache->flights);
  g_mutex_clear (&cache->figures_mutex);
  g_free (cache->notice);
  g_free (cache);
}

/* -- Getting and putting -- */

/* Whether there is such a tier within reach. */
static gboolean
reaches (const SgCache *cache, SgCacheReach reach, SgCacheLevel level)
{
  gboolean within = reach == SG_CACHE_FAR || level == SG_CACHE_MEMORY ||
                    (reach == SG_CACHE_OWN && level == SG_CACHE_DATABASE);

  return within && cache->tiers[level];
}

/* The object in an item that came from a tier: (transfer full). NULL where its envelope is damaged; what is
 * only too old sets `stale`. Sets the item's times. */
static gpointer
unpack (SgCache *cache,
        const SgCacheType *type,
        const SgCacheKey *key,
        gpointer context,
        SgCacheItem *item,
        gboolean *stale)
{
  *stale = FALSE;
  if (item->object)
    return item->type == type ? type->ref (item->object) : NULL;

  g_autoptr (GBytes) value = sg_envelope_open (key, item->envelope, &item->created_us, &item->expires_us);
  if (!value)
    return NULL;
  *stale = !sg_cache_is_fresh (item->created_us, item->expires_us, sg_cache_now (&cache->options));
  return *stale ? NULL : type->decode (value, context);
}

static void
put_item (SgCache *cache, SgCacheLevel level, const SgCacheKey *key, const SgCacheItem *item)
{
  SgCacheTier *tier = cache->tiers[level];
  Counters *counters = &cache->counters[level];
  gint64 start = g_get_monotonic_time ();

  SgTierResult result = tier->put (tier, key, item);
  if (result == SG_TIER_HIT)
    {
      counters->puts++;
      counters->put_bytes += item->envelope ? g_bytes_get_size (item->envelope) : item->weight;
    }
  else if (result == SG_TIER_FAILED)
    counters->failures++;
  counters->time_us += g_get_monotonic_time () - start;
}

/* An item for the tiers within reach, of those above `below`: memory gets the object itself where it can. */
static void
put_object (SgCache *cache,
            const SgCacheType *type,
            const SgCacheKey *key,
            gpointer object,
            GBytes *envelope,
            gint64 created_us,
            gint64 expires_us,
            SgCacheReach reach,
            SgCacheLevel below)
{
  gsize weight = type->weigh (object);
  SgCacheItem item = { type, NULL, envelope, 0, created_us, expires_us };
  SgCacheItem near = item;

  near.object = weight > 0 ? object : NULL;
  near.envelope = weight > 0 ? NULL : envelope;
  near.weight = weight > 0 ? weight : g_bytes_get_size (envelope);
  put_item (cache, SG_CACHE_MEMORY, key, &near);
  for (SgCacheLevel level = SG_CACHE_REDIS; envelope && level < below; level++)
    if (reaches (cache, reach, level))
      put_item (cache, level, key, &item);
}

void
sg_cache_put (SgCache *cache,
              const SgCacheType *type,
              const SgCacheKey *key,
              SgCacheReach reach,
              gpointer context,
              gpointer object)
{
  gint64 now = sg_cache_now (&cache->options), end = now + cache->options.ttl_us;
  g_autoptr (GBytes) envelope = NULL;

  g_return_if_fail (object != NULL);
  if (reach != SG_CACHE_NEAR || type->weigh (object) == 0)
    {
      g_autoptr (GBytes) value = type->encode (object, context);

      envelope = value ? sg_envelope_seal (key, value, now, end) : NULL;
      if (!envelope)
        return;
    }
  put_object (cache, type, key, object, envelope, now, end, reach, SG_N_CACHE_LEVELS);
}

/* Asks one tier. (transfer full), NULL where it has nothing; the item's times are those of the entry. */
static gpointer
get_at (SgCache *cache,
        SgCacheLevel level,
        const SgCacheType *type,
        const SgCacheKey *key,
        gpointer context,
        SgCacheItem *item)
{
  SgCacheTier *tier = cache->tiers[level];
  Counters *counters = &cache->counters[level];
  SgMetrics *metrics = sg_metrics_process ();
  gint64 start = sg_metrics_now (), taken;
  gpointer object = NULL;
  gboolean stale = FALSE;
  SgTierResult result = tier->get (tier, key, item);

  if (result == SG_TIER_HIT)
    {
      object = unpack (cache, type, key, context, item, &stale);
      if (!object)
        tier->remove (tier, key);
      if (!object && !stale)
        counters->corrupt++;
    }
  if (result == SG_TIER_FAILED)
    counters->failures++;
  else if (result != SG_TIER_SKIPPED)
    {
      counters->hits += object != NULL;
      counters->misses += object == NULL;
      sg_metrics_add (metrics, object ? measures[level].hits : measures[level].misses, 1);
    }
  taken = sg_metrics_now () - start;
  counters->time_us += taken / 1000;
  if (result != SG_TIER_SKIPPED)
    sg_metrics_record (metrics, measures[level].get, taken);
  return object;
}

gpointer
sg_cache_get (SgCache *cache,
              const SgCacheType *type,
              const SgCacheKey *key,
              SgCacheReach reach,
              gpointer context,
              SgCacheLevel *level)
{
  SgCacheLevel found = SG_CACHE_MEMORY;
  gpointer object = NULL;

  for (; found < SG_N_CACHE_LEVELS; found++)
    {
      g_auto (SgCacheItem) item = { 0 };

      if (reaches (cache, reach, found))
        object = get_at (cache, found, type, key, context, &item);
      if (!object)
        continue;
      if (found > SG_CACHE_MEMORY)
        put_object (cache, type, key, object, item.envelope, item.created_us, item.expires_us, reach, found);
      break;
    }
  if (level)
    *level = object ? found : SG_CACHE_NONE;
  return object;
}

/* -- Computing once -- */

/* What others get a computed object from: itself, or its envelope where it is bound to the context of who
 * computed it. Empty where nobody else could read it. */
static SgCacheItem
share_item (SgCache *cache, const Request *request, gpointer object)
{
  gint64 now = sg_cache_now (&cache->options);
  SgCacheItem item = { request->type, NULL, NULL, 0, now, now + cache->options.ttl_us };

  if (request->type->weigh (object) > 0)
    item.object = request->type->ref (object);
  else
    {
      g_autoptr (GBytes) value = request->type->encode (object, request->context);

      item.envelope =
        value ? sg_envelope_seal (request->key, value, item.created_us, item.expires_us) : NULL;
    }
  return item;
}

/* Between the caller's look-up and its lead another's flight may have ended: what it put is there. */
static gpointer
look_again (SgCache *cache, const Request *request)
{
  SgCacheTier *memory = cache->tiers[SG_CACHE_MEMORY];
  g_auto (SgCacheItem) item = { 0 };
  gboolean stale;

  if (memory->get (memory, request->key, &item) != SG_TIER_HIT)
    return NULL;
  return unpack (cache, request->type, request->key, request->context, &item, &stale);
}

static gpointer
compute (SgCache *cache, const Request *request, GError **error)
{
  Counters *counters = &cache->counters[SG_CACHE_NONE];
  gint64 start = g_get_monotonic_time ();
  gboolean keep = TRUE;
  gpointer object = request->func (request->data, &keep, request->cancellable, error);

  counters->misses++;
  counters->time_us += g_get_monotonic_time () - start;
  if (object && keep)
    sg_cache_put (cache, request->type, request->key, request->reach, request->context, object);
  return object;
}

static gpointer
lead_flight (SgCache *cache, const Request *request, SgFlight *flight, SgCacheLevel *level, GError **error)
{
  g_auto (SgCacheItem) item = { 0 };
  GError *problem = NULL;
  gpointer object = look_again (cache, request);

  *level = object ? SG_CACHE_MEMORY : SG_CACHE_NONE;
  if (object)
    cache->counters[SG_CACHE_NONE].hits++;
  else
    object = compute (cache, request, &problem);
  if (object)
    item = share_item (cache, request, object);
  sg_flights_end (cache->flights, flight, &item, problem);
  if (problem)
    g_propagate_error (error, problem);
  return object;
}

/* What another's flight gave; where that is of no use to the caller, it computes by itself. */
static gpointer
share_flight (SgCache *cache, const Request *request, SgFlight *flight, SgCacheLevel *level, GError **error)
{
  g_auto (SgCacheItem) item = { 0 };
  g_autoptr (GError) problem = NULL;
  gpointer object = NULL;
  gboolean stale;

  sg_flights_leave (cache->flights, flight, &item, &problem);
  if (g_cancellable_set_error_if_cancelled (request->cancellable, error))
    return NULL;
  if (problem)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (item.object || item.envelope)
    object = unpack (cache, request->type, request->key, request->context, &item, &stale);
  if (!object)
    return compute (cache, request, error);
  cache->counters[SG_CACHE_NONE].hits++;
  *level = SG_CACHE_MEMORY;
  return object;
}

gpointer
sg_cache_compute (SgCache *cache,
                  const SgCacheType *type,
                  const SgCacheKey *key,
                  SgCacheReach reach,
                  gpointer context,
                  SgCacheFunc func,
                  gpointer data,
                  GCancellable *cancellable,
                  SgCacheLevel *level,
                  GError **error)
{
  const Request request = { type, key, reach, context, func, data, cancellable };
  SgCacheLevel found;
  SgFlight *flight;
  gpointer object = sg_cache_get (cache, type, key, reach, context, &found);

  if (!object && sg_flights_join (cache->flights, key, cancellable, &flight))
    object = lead_flight (cache, &request, flight, &found, error);
  else if (!object)
    object = share_flight (cache, &request, flight, &found, error);
  if (level)
    *level = found;
  return object;
}

/* -- As a whole -- */

void
sg_cache_flush (SgCache *cache)
{
  if (cache->tiers[SG_CACHE_DATABASE])
    sg_cache_database_flush (cache->tiers[SG_CACHE_DATABASE]);
}

gboolean
sg_cache_clear (SgCache *cache, GError **error)
{
  for (int level = SG_CACHE_MEMORY; level < SG_N_CACHE_LEVELS; level++)
    {
      SgCacheTier *tier = cache->tiers[level];

      if (tier && tier->clear && !tier->clear (tier, error))
        return FALSE;
    }
  g_mutex_lock (&cache->figures_mutex);
  count_figures (cache, cache->written);
  g_mutex_unlock (&cache->figures_mutex);
  return TRUE;
}

void
sg_cache_get_figures (SgCache *cache, gboolean total, SgCacheFigures *figures)
{
  SgCacheTier *database = cache->tiers[SG_CACHE_DATABASE];

  count_figures (cache, figures);
  if (total && database)
    {
      sg_cache_database_flush (database); /* it has all of them then */
      for (int level = 0; level < SG_N_CACHE_LEVELS; level++)
        figures[level] = (SgCacheFigures){ .used = figures[level].used };
      sg_cache_database_add_figures (database, figures);
    }
  measure_tiers (cache, figures);
}

char *
sg_cache_take_notice (SgCache *cache)
{
  g_mutex_lock (&cache->figures_mutex);
  char *notice = g_steal_pointer (&cache->notice);
  g_mutex_unlock (&cache->figures_mutex);
  for (int level = SG_CACHE_MEMORY; !notice && level < SG_N_CACHE_LEVELS; level++)
    {
      SgCacheTier *tier = cache->tiers[level];

      notice = tier && tier->take_notice ? tier->take_notice (tier) : NULL;
    }
  return notice;
}
