/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What SimGen measures about itself: how long operations take, how often things happen, how large they are.
 * Recording takes no lock and allocates nothing: two relaxed atomic additions, some 10 ns over the two
 * looks at the clock (`simgen-cli bench metrics-record`); any thread, hot paths too. Nothing in the program
 * depends on a figure. store/metrics.h keeps them over time.
 *
 * There is one set for the process, as there is one clock: sg_metrics_process (). Tests make their own.
 */
#pragma once

#include <time.h>

#include "base/histogram.h"

G_BEGIN_DECLS

/* Operations whose durations are kept: identifier, stable name, what it spans. */
#define SG_OPERATIONS(X)                                                               \
  X (ANALYSIS, "analysis", "a page from ink to marks and relations")                   \
  X (ANALYSIS_DECODE, "analysis.decode", "a picture's file to pixels")                 \
  X (ANALYSIS_TRACE, "analysis.trace", "a picture's pixels to ink, decoding included") \
  X (ANALYSIS_MARKS, "analysis.marks", "ink to marks")                                 \
  X (ANALYSIS_RELATIONS, "analysis.relations", "marks to relations and issues")        \
  X (ASSEMBLE, "assemble", "a reading to a PhysicsSpec")                               \
  X (COMPILE, "compile", "a PhysicsSpec to a running model")                           \
  X (SIMULATE_BATCH, "simulate.batch", "the steps between two looks at the clock")     \
  X (RENDER, "render", "drawing a frame")                                              \
  X (FRAME, "frame", "the time from one frame of the window to the next")              \
  X (DATABASE_OPEN, "database.open", "opening the history, migrations included")       \
  X (DATABASE_COMMIT, "database.commit", "a transaction's commit")                     \
  X (DATABASE_QUERY, "database.query", "a statement, from first to last row")          \
  X (HISTORY_SAVE, "history.save", "keeping a sketch or a run")                        \
  X (HISTORY_LIST, "history.list", "a page of the history, or what a search finds")    \
  X (HISTORY_LOAD, "history.load", "a sketch out of the history")                      \
  X (CACHE_MEMORY, "cache.memory", "an answer from the memory tier")                   \
  X (CACHE_REDIS, "cache.redis", "an answer from the Redis tier")                      \
  X (CACHE_DATABASE, "cache.database", "an answer from the database tier")             \
  X (STREAM_ENCODE, "stream.encode", "a frame to bytes")                               \
  X (STREAM_DECODE, "stream.decode", "bytes to a frame")                               \
  X (ASSIST_REQUEST, "assist.request", "a question to a language model")               \
  X (CLI_ANALYZE, "cli.analyze", "the command")                                        \
  X (CLI_COMPILE, "cli.compile", "the command")                                        \
  X (CLI_SIMULATE, "cli.simulate", "the command")                                      \
  X (CLI_RENDER, "cli.render", "the command")                                          \
  X (CLI_CHECK, "cli.check", "the command")                                            \
  X (CLI_HISTORY, "cli.history", "the command")                                        \
  X (CLI_OTHER, "cli.other", "any other command")

/* Counters only ever rise. */
#define SG_COUNTERS(X)                                                         \
  X (ERRORS, "errors", "errors that were told to a person")                    \
  X (STEPS, "simulate.steps", "steps of a simulation")                         \
  X (FRAMES, "frames.drawn", "frames of the window")                           \
  X (FRAMES_LATE, "frames.late", "frames over 25 ms after the one before")     \
  X (CACHE_MEMORY_HITS, "cache.memory.hits", "answers found")                  \
  X (CACHE_MEMORY_MISSES, "cache.memory.misses", "answers not found")          \
  X (CACHE_MEMORY_EVICTIONS, "cache.memory.evictions", "answers given up")     \
  X (CACHE_REDIS_HITS, "cache.redis.hits", "answers found")                    \
  X (CACHE_REDIS_MISSES, "cache.redis.misses", "answers not found")            \
  X (CACHE_REDIS_EVICTIONS, "cache.redis.evictions", "answers given up")       \
  X (CACHE_DATABASE_HITS, "cache.database.hits", "answers found")              \
  X (CACHE_DATABASE_MISSES, "cache.database.misses", "answers not found")      \
  X (CACHE_DATABASE_EVICTIONS, "cache.database.evictions", "answers given up") \
  X (DATABASE_ERRORS, "database.errors", "statements that failed")             \
  X (STREAM_FRAMES, "stream.frames", "frames recorded or sent")                \
  X (STREAM_BYTES, "stream.bytes", "bytes recorded or sent")                   \
  X (RATE_LIMIT_GRANTED, "rate-limits.granted", "requests let through")        \
  X (RATE_LIMIT_VIOLATIONS, "rate-limits.violations", "requests refused")

/* Gauges hold their last value and the greatest. */
#define SG_GAUGES(X)                                                   \
  X (MEMORY_RSS, "memory.rss", "bytes of memory in use (resident)")    \
  X (CACHE_MEMORY_BYTES, "cache.memory.bytes", "bytes held")           \
  X (CACHE_MEMORY_ENTRIES, "cache.memory.entries", "answers held")     \
  X (CACHE_REDIS_BYTES, "cache.redis.bytes", "bytes held")             \
  X (CACHE_REDIS_ENTRIES, "cache.redis.entries", "answers held")       \
  X (CACHE_DATABASE_BYTES, "cache.database.bytes", "bytes held")       \
  X (CACHE_DATABASE_ENTRIES, "cache.database.entries", "answers held") \
  X (DATABASE_BYTES, "database.bytes", "size of the history's file")   \
  X (STREAM_PEERS, "stream.peers", "peers that watch")                 \
  X (RATE_LIMIT_PEERS, "rate-limits.peers", "peers that are counted")

#define SG_METRICS_ENUM_OPERATION(id, name, meaning) SG_OPERATION_##id,
#define SG_METRICS_ENUM_COUNTER(id, name, meaning) SG_COUNTER_##id,
#define SG_METRICS_ENUM_GAUGE(id, name, meaning) SG_GAUGE_##id,

typedef enum
{
  SG_OPERATIONS (SG_METRICS_ENUM_OPERATION) SG_N_OPERATIONS
} SgOperation;
typedef enum
{
  SG_COUNTERS (SG_METRICS_ENUM_COUNTER) SG_N_COUNTERS
} SgCounter;
typedef enum
{
  SG_GAUGES (SG_METRICS_ENUM_GAUGE) SG_N_GAUGES
} SgGauge;

const char *sg_operation_name (SgOperation operation); /* "analysis.trace" */
const char *sg_counter_name (SgCounter counter);
const char *sg_gauge_name (SgGauge gauge);

/* The one of that name; -1 where there is none. */
int sg_operation_from_name (const char *name);
int sg_counter_from_name (const char *name);
int sg_gauge_from_name (const char *name);

typedef struct _SgMetrics SgMetrics;

SgMetrics *sg_metrics_process (void); /* of this process; never freed */
SgMetrics *sg_metrics_new (void);     /* for tests */
void sg_metrics_free (SgMetrics *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgMetrics, sg_metrics_free)

void sg_metrics_record (SgMetrics *self, SgOperation operation, gint64 duration_ns); /* below 0 counts as 0 */
void sg_metrics_add (SgMetrics *self, SgCounter counter, guint64 n);
void sg_metrics_set (SgMetrics *self, SgGauge gauge, guint64 value);

/* Sets SG_GAUGE_MEMORY_RSS to what the kernel says now. Reads a file of /proc: not for hot paths. */
void sg_metrics_sample_memory (SgMetrics *self);

/* Nanoseconds of a clock that never goes back. */
static inline gint64
sg_metrics_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

/* Measures from here to the end of the block, however it is left. */
typedef struct
{
  SgOperation operation;
  gint64 start_ns;
} SgTimed;

static inline void
sg_timed_end (const SgTimed *timed)
{
  sg_metrics_record (sg_metrics_process (), timed->operation, sg_metrics_now () - timed->start_ns);
}

#define SG_TIME_BLOCK(operation)                                   \
  __attribute__ ((cleanup (sg_timed_end))) const SgTimed G_PASTE ( \
    timed_, __LINE__) = { (operation), sg_metrics_now () }

/* -- Reading them -- */

/* All figures at one time. Each is right by itself; they are not taken at the same instant. */
typedef struct
{
  SgHistogram *operations; /* SG_N_OPERATIONS; ns */
  guint64 counters[SG_N_COUNTERS];
  guint64 gauges[SG_N_GAUGES], gauge_max[SG_N_GAUGES];
} SgFigures;

SgFigures *sg_figures_new (void); /* all nothing */
void sg_figures_free (SgFigures *figures);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgFigures, sg_figures_free)

SgFigures *sg_metrics_read (SgMetrics *self); /* since it was made; while others record */

/* One operation's durations since the set was made. */
void sg_metrics_read_operation (SgMetrics *self, SgOperation operation, SgHistogram *histogram);

SgFigures *sg_figures_copy (const SgFigures *figures);

/* What has happened since `before`, an earlier reading; gauges are as they are. */
void sg_figures_subtract (SgFigures *figures, const SgFigures *before);

/* Whether nothing was recorded or counted (gauges do not matter). */
gboolean sg_figures_are_empty (const SgFigures *figures);

G_END_DECLS
