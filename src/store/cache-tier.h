/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a tier of the cache is, seen from the cache (store/cache.h). Any thread calls any of these. Internal
 * to store.
 */
#pragma once

#include <stdatomic.h>

#include "store/cache.h"

G_BEGIN_DECLS

/* Something kept: an object or an envelope of bytes (store/cache-envelope.h). */
typedef struct
{
  const SgCacheType *type; /* of the object */
  gpointer object;         /* (nullable) owned */
  GBytes *envelope;        /* (nullable) owned */
  gsize weight;            /* bytes of memory */
  gint64 created_us, expires_us;
} SgCacheItem;

SgCacheItem sg_cache_item_ref (const SgCacheItem *item); /* with references of its own */
void sg_cache_item_clear (SgCacheItem *item);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SgCacheItem, sg_cache_item_clear)

typedef enum
{
  SG_TIER_MISS,
  SG_TIER_HIT,     /* found; put */
  SG_TIER_FAILED,  /* it did not do what was asked */
  SG_TIER_SKIPPED, /* it was not asked */
} SgTierResult;

typedef struct _SgCacheTier SgCacheTier;

struct _SgCacheTier
{
  /* Fills `item` with references of the caller's. */
  SgTierResult (*get) (SgCacheTier *tier, const SgCacheKey *key, SgCacheItem *item);
  /* Lower tiers take envelopes only. */
  SgTierResult (*put) (SgCacheTier *tier, const SgCacheKey *key, const SgCacheItem *item);
  void (*remove) (SgCacheTier *tier, const SgCacheKey *key);
  gboolean (*clear) (SgCacheTier *tier, GError **error);        /* NULL: not to be cleared */
  void (*measure) (SgCacheTier *tier, SgCacheFigures *figures); /* entries, bytes */
  char *(*take_notice) (SgCacheTier *tier);                     /* (nullable) */
  void (*free) (SgCacheTier *tier);

  atomic_uint_fast64_t evictions; /* so far */
};

/* Whether an entry holds at `now_us`. One from the future was made before the clock was put back: how old it
 * is nobody knows. */
gboolean sg_cache_is_fresh (gint64 created_us, gint64 expires_us, gint64 now_us);

SgCacheTier *sg_cache_memory_new (const SgCacheOptions *options);

/* Of the options' URL. NULL where that is none, or this build has no Redis: `notice` (out, transfer full)
 * says so. */
SgCacheTier *sg_cache_redis_new (const SgCacheOptions *options, char **notice);

/* Asked for what is to be added to the figures of all processes. */
typedef void (*SgTakeFiguresFunc) (gpointer data, SgCacheFigures *figures);

/* NULL where the options name no file. */
SgCacheTier *sg_cache_database_new (const SgCacheOptions *options, SgTakeFiguresFunc take, gpointer data);
void sg_cache_database_flush (SgCacheTier *tier);
/* Adds those of all processes so far to `figures`, of SG_N_CACHE_LEVELS. */
void sg_cache_database_add_figures (SgCacheTier *tier, SgCacheFigures *figures);

/* The present time by the options' clock. */
gint64 sg_cache_now (const SgCacheOptions *options);

G_END_DECLS
