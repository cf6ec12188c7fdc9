/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was computed before: readings, answers of models, pictures, MJCF. One interface over three tiers,
 * asked in this order: memory of this process, Redis (where one is named; shared by a lab or a class), a
 * database of the person's. What a lower tier has is copied into those above it. An entry is named by what
 * it was computed from and by whom (SgCacheKey), so it is never wrong, only old: after an hour it is
 * dropped all the same. Entries that are damaged, or not ours, are dropped and count as misses. Any thread;
 * blocking (the lower tiers read files and sockets), so not for the main thread.
 *
 * Memory keeps the objects themselves, reference-counted and immutable, where their type lets it: decoding
 * one costs more than all the rest of a hit.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SgCache SgCache;

/* Namespaces. */
typedef enum
{
  SG_CACHE_ANALYSIS,  /* SgReading of a page */
  SG_CACHE_ANSWER,    /* what a language model said */
  SG_CACHE_THUMBNAIL, /* PNG */
  SG_CACHE_MJCF,      /* text of a spec */
  SG_N_CACHE_KINDS
} SgCacheKind;

const char *sg_cache_kind_name (SgCacheKind kind); /* "analysis" */

/* Where something was found. */
typedef enum
{
  SG_CACHE_NONE, /* nowhere: it was computed */
  SG_CACHE_MEMORY,
  SG_CACHE_REDIS,
  SG_CACHE_DATABASE,
  SG_N_CACHE_LEVELS
} SgCacheLevel;

const char *sg_cache_level_name (SgCacheLevel level); /* "none", "memory", "redis", "database" */

/* How far to look and to keep: the far tiers are for what another day or another process asks for. */
typedef enum
{
  SG_CACHE_NEAR, /* memory */
  SG_CACHE_OWN,  /* memory and database: what is not to come from strangers, as MJCF is not */
  SG_CACHE_FAR   /* all tiers */
} SgCacheReach;

#define SG_CACHE_DIGEST_BYTES 32

typedef struct
{
  SgCacheKind kind;
  guint8 digest[SG_CACHE_DIGEST_BYTES]; /* SHA-256 */
} SgCacheKey;

/* Names what the algorithm `version` computes from `content` (canonical: equal meaning, equal bytes) with
 * `parameters` (nullable: none). Whatever else the result depends on belongs into the latter two. */
void sg_cache_key_init (SgCacheKey *key,
                        SgCacheKind kind,
                        const char *version,
                        const char *parameters,
                        gconstpointer content,
                        gsize size);

/* How objects of one type are kept. Encoding and decoding get the `context` of the call. */
typedef struct
{
  GBytes *(*encode) (gpointer object, gpointer context); /* (transfer full); NULL: cannot be kept */
  gpointer (*decode) (GBytes *bytes, gpointer context);  /* (transfer full); NULL: damaged */
  gpointer (*ref) (gpointer object);
  void (*unref) (gpointer object);
  gsize (*weigh) (gpointer object); /* memory it holds, bytes; 0: it belongs to its context, so that memory
                                       too keeps it encoded */
} SgCacheType;

extern const SgCacheType sg_cache_bytes; /* GBytes as they are; any context */

typedef struct
{
  gint64 ttl_us;                     /* how long an entry holds */
  guint64 memory_bytes;              /* the most that memory keeps, overhead included */
  guint64 database_bytes;            /* the most that the database keeps */
  const char *database_path;         /* (nullable): none */
  const char *redis_url;             /* (nullable): none; redis://[[USER]:PASSWORD@]HOST[:PORT][/NUMBER] or
                                unix:///PATH */
  gint64 redis_deadline_us;          /* after which a call of it is given up */
  gint64 (*now_us) (gpointer clock); /* real time; NULL: the system's. Any thread */
  gpointer clock;
} SgCacheOptions;

/* An hour, 64 MiB, 128 MiB, no database, no Redis, and for that 50 ms. */
SgCacheOptions sg_cache_options_default (void);

/* The file that holds the entries of this person: XDG_CACHE_HOME/simgen/cache.db. It has the schema of the
 * history and none of its rows: it may be deleted at any time, and what is precious is elsewhere.
 * Returns: (transfer full). */
char *sg_cache_default_path (void);

/* Opens nothing yet; a tier that cannot be had is done without. */
SgCache *sg_cache_new (const SgCacheOptions *options);

/* The cache of this person: the default options, the default path and, where the environment's SIMGEN_REDIS
 * names one, Redis; else `redis_url` (nullable). NULL where SIMGEN_CACHE is "off". Returns: (transfer
 * full). */
SgCache *sg_cache_new_of_person (const char *redis_url);

/* What is wrong with the address of a Redis, for a person; NULL where nothing is. Connects to nobody.
 * Returns: (transfer full) (nullable). */
char *sg_cache_check_redis (const char *redis_url);
SgCache *sg_cache_ref (SgCache *cache);
void sg_cache_unref (SgCache *cache); /* the last: waits until what was put is written */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgCache, sg_cache_unref)

/* Returns: (transfer full) (nullable). `level` (out, nullable). */
gpointer sg_cache_get (SgCache *cache,
                       const SgCacheType *type,
                       const SgCacheKey *key,
                       SgCacheReach reach,
                       gpointer context,
                       SgCacheLevel *level);

/* Keeps its own reference. The database is written by a thread of its own. */
void sg_cache_put (SgCache *cache,
                   const SgCacheType *type,
                   const SgCacheKey *key,
                   SgCacheReach reach,
                   gpointer context,
                   gpointer object);

/* Computes an object: (transfer full), NULL with `error`. `keep` (out) is TRUE before; FALSE: not to be
 * kept. */
typedef gpointer (*SgCacheFunc) (gpointer data, gboolean *keep, GCancellable *cancellable, GError **error);

/* Gets it, or has it computed and puts it. Threads that ask for one key at a time wait for the first of them
 * and share what it gets, an error too (which nobody keeps). Where that first is cancelled the next
 * computes; who is cancelled while waiting returns at once. */
gpointer sg_cache_compute (SgCache *cache,
                           const SgCacheType *type,
                           const SgCacheKey *key,
                           SgCacheReach reach,
                           gpointer context,
                           SgCacheFunc func,
                           gpointer data,
                           GCancellable *cancellable,
                           SgCacheLevel *level,
                           GError **error);

void sg_cache_flush (SgCache *cache); /* waits until what was put, and the figures, are in the database */

/* Empties memory and database, and the figures. What others put into Redis too is left there: its entries
 * end by themselves. Errors: the store domain's. */
gboolean sg_cache_clear (SgCache *cache, GError **error);

typedef struct
{
  gboolean used; /* whether there is such a tier */
  guint64 hits, misses;
  guint64 entries, bytes; /* now; of Redis 0: they are not this person's alone */
  guint64 puts, put_bytes;
  guint64 evictions; /* for want of room, or too old */
  guint64 corrupt;   /* dropped: damaged or not ours */
  guint64 failures;  /* the tier did not do what was asked */
  guint64 time_us;   /* spent in it by who asked */
} SgCacheFigures;

/* What happened so far: in this process, or (`total`) in all that used this database, this one included.
 * `figures` has room for SG_N_CACHE_LEVELS; those of SG_CACHE_NONE: hits are what was shared with another
 * thread that computed it, misses what was computed, time what that took. */
void sg_cache_get_figures (SgCache *cache, gboolean total, SgCacheFigures *figures);

/* A sentence for the person where a tier went out of use and this was not said yet, else NULL.
 * Returns: (transfer full). */
char *sg_cache_take_notice (SgCache *cache);

G_END_DECLS
