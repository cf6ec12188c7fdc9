/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How often something may be asked: of a remote service, or by a peer. In no minute and in no hour are more
 * requests of a peer granted than those limits say, and at once no more than a burst: a token bucket (Turner,
 * "New directions in communications", 1986) that refills at the minute's rate. Who is refused is told when to
 * ask again; who empties the bucket waits for a cooldown first, which asking meanwhile does not change.
 *
 * Peers are known by names. Thread-safe, by a lock held for less than a microsecond. Memory is bounded: 5 KB
 * a peer at the table's figures, for so many peers at most; of more, the one not heard of longest is
 * forgotten, if it can be one of whom there is nothing to remember.
 */
#pragma once

#include "base/error.h"
#include "base/metrics.h"

G_BEGIN_DECLS

#define SG_RATE_LIMIT_ERROR (sg_rate_limit_error_quark ())

/* All with the details retry_after_s, limit and most. */
typedef enum
{
  SG_RATE_LIMIT_ERROR_BURST,  /* rate-limit.burst: too many at once; a cooldown has begun */
  SG_RATE_LIMIT_ERROR_MINUTE, /* rate-limit.minute: as many as a minute allows */
  SG_RATE_LIMIT_ERROR_HOUR,   /* rate-limit.hour: as many as an hour allows */
} SgRateLimitError;

GQuark sg_rate_limit_error_quark (void);
extern const SgErrorDomain sg_rate_limit_error_domain;

typedef struct
{
  guint a_minute, an_hour; /* requests */
  guint burst;             /* requests; refilled at the minute's rate */
  double cooldown;         /* s */
  guint most_peers;
  gint64 (*clock) (gpointer clock_data); /* us; may go back, which counts as standing still */
  gpointer clock_data;
  SgMetrics *metrics; /* (nullable) counts what was granted and refused */
} SgRateLimitOptions;

/* The table's figures (base/limits.h), the monotonic clock and the process's metrics. */
SgRateLimitOptions sg_rate_limit_options_default (void);

typedef struct _SgRateLimit SgRateLimit;

SgRateLimit *sg_rate_limit_new (const SgRateLimitOptions *options); /* (nullable): the default */
void sg_rate_limit_free (SgRateLimit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgRateLimit, sg_rate_limit_free)

/* Takes one token of `peer`. FALSE with an error of SG_RATE_LIMIT_ERROR where there is none: nothing is taken
 * then. The message says for how long to wait, not who asked. */
gboolean sg_rate_limit_take (SgRateLimit *self, const char *peer, GError **error);

/* Seconds until `peer` may ask again, 0 where it may now; takes nothing. For a countdown. */
double sg_rate_limit_get_wait (SgRateLimit *self, const char *peer);

guint sg_rate_limit_n_peers (SgRateLimit *self);

G_END_DECLS
