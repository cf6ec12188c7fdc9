/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The memory tier: a table of entries, which are also in a list by last use. The least lately used go when
 * the bytes are too many; what is too old goes when it is asked for, or by the same way. All under one lock,
 * which is held for a look-up only. Invariant: `bytes` is the sum over the entries, at most `most`. */
#include "store/cache-tier.h"

#include <string.h>

#include "base/metrics.h"

/* Of an entry beside its item: itself, its place in the table. */
#define OVERHEAD (sizeof (Entry) + 64)

typedef struct
{
  SgCacheKey key;
  SgCacheItem item;
  gsize bytes;
  GList link; /* in `used` */
} Entry;

typedef struct
{
  SgCacheTier tier;
  SgCacheOptions options;
  GMutex mutex;
  GHashTable *entries; /* key -> Entry, owned by the list */
  GQueue used;         /* lately used first */
  guint64 bytes, most;
} Memory;

static guint
hash_key (gconstpointer data)
{
  guint hash;

  memcpy (&hash, ((const SgCacheKey *)data)->digest, sizeof hash);
  return hash;
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  const SgCacheKey *x = a, *y = b;

  return x->kind == y->kind && memcmp (x->digest, y->digest, sizeof x->digest) == 0;
}

/* Moves an entry out into `dropped`, which is freed once the lock is released: a reading takes as long to
 * free as many look-ups do. */
static void
drop (Memory *self, Entry *entry, GQueue *dropped)
{
  self->bytes -= entry->bytes;
  g_queue_unlink (&self->used, &entry->link);
  g_hash_table_remove (self->entries, &entry->key);
  g_queue_push_tail_link (dropped, &entry->link);
}

static void
free_dropped (GQueue *dropped)
{
  GList *link;

  while ((link = g_queue_pop_head_link (dropped)))
    {
      Entry *entry = link->data;

      sg_cache_item_clear (&entry->item);
      g_free (entry);
    }
}

static void
evict (Memory *self, Entry *entry, GQueue *dropped)
{
  drop (self, entry, dropped);
  self->tier.evictions++;
  sg_metrics_add (sg_metrics_process (), SG_COUNTER_CACHE_MEMORY_EVICTIONS, 1);
}

static SgTierResult
find (Memory *self, const SgCacheKey *key, gint64 now, SgCacheItem *item, GQueue *dropped)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Entry *entry = g_hash_table_lookup (self->entries, key);

  if (entry && !sg_cache_is_fresh (entry->item.created_us, entry->item.expires_us, now))
    {
      evict (self, entry, dropped);
      entry = NULL;
    }
  if (!entry)
    return SG_TIER_MISS;
  g_queue_unlink (&self->used, &entry->link);
  g_queue_push_head_link (&self->used, &entry->link);
  *item = sg_cache_item_ref (&entry->item);
  return SG_TIER_HIT;
}

static SgTierResult
memory_get (SgCacheTier *tier, const SgCacheKey *key, SgCacheItem *item)
{
  Memory *self = (Memory *)tier;
  GQueue dropped = G_QUEUE_INIT;
  SgTierResult result = find (self, key, sg_cache_now (&self->options), item, &dropped);

  free_dropped (&dropped);
  return result;
}

static void
insert (Memory *self, Entry *entry, GQueue *dropped)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Entry *before = g_hash_table_lookup (self->entries, &entry->key);

  if (before)
    drop (self, before, dropped);
  while (self->bytes + entry->bytes > self->most)
    evict (self, self->used.tail->data, dropped);
  self->bytes += entry->bytes;
  g_queue_push_head_link (&self->used, &entry->link);
  g_hash_table_insert (self->entries, &entry->key, entry);
  sg_metrics_set (sg_metrics_process (), SG_GAUGE_CACHE_MEMORY_BYTES, self->bytes);
  sg_metrics_set (sg_metrics_process (), SG_GAUGE_CACHE_MEMORY_ENTRIES, g_hash_table_size (self->entries));
}

static SgTierResult
memory_put (SgCacheTier *tier, const SgCacheKey *key, const SgCacheItem *item)
{
  Memory *self = (Memory *)tier;
  GQueue dropped = G_QUEUE_INIT;
  gsize bytes = item->weight + OVERHEAD;

  if (bytes > self->most / 4) /* it would drive out what is used more */
    return SG_TIER_SKIPPED;
  Entry *entry = g_new0 (Entry, 1);
  entry->key = *key;
  entry->item = sg_cache_item_ref (item);
  entry->bytes = bytes;
  entry->link.data = entry;
  insert (self, entry, &dropped);
  free_dropped (&dropped);
  return SG_TIER_HIT;
}

static void
memory_remove (SgCacheTier *tier, const SgCacheKey *key)
{
  Memory *self = (Memory *)tier;
  GQueue dropped = G_QUEUE_INIT;

  g_mutex_lock (&self->mutex);
  Entry *entry = g_hash_table_lookup (self->entries, key);
  if (entry)
    drop (self, entry, &dropped);
  g_mutex_unlock (&self->mutex);
  free_dropped (&dropped);
}

static gboolean
memory_clear (SgCacheTier *tier, GError **error)
{
  Memory *self = (Memory *)tier;
  GQueue dropped = G_QUEUE_INIT;

  g_mutex_lock (&self->mutex);
  while (self->used.head)
    drop (self, self->used.head->data, &dropped);
  g_mutex_unlock (&self->mutex);
  free_dropped (&dropped);
  return TRUE;
}

static void
memory_measure (SgCacheTier *tier, SgCacheFigures *figures)
{
  Memory *self = (Memory *)tier;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  figures->entries = g_hash_table_size (self->entries);
  figures->bytes = self->bytes;
}

static void
memory_free (SgCacheTier *tier)
{
  Memory *self = (Memory *)tier;

  memory_clear (tier, NULL);
  g_hash_table_unref (self->entries);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

SgCacheTier *
sg_cache_memory_new (const SgCacheOptions *options)
{
  Memory *self = g_new0 (Memory, 1);

  self->tier.get = memory_get;
  self->tier.put = memory_put;
  self->tier.remove = memory_remove;
  self->tier.clear = memory_clear;
  self->tier.measure = memory_measure;
  self->tier.free = memory_free;
  self->options = *options;
  self->most = options->memory_bytes;
  g_mutex_init (&self->mutex);
  g_queue_init (&self->used);
  self->entries = g_hash_table_new (hash_key, equal_keys);
  return &self->tier;
}
