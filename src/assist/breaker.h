/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A circuit breaker (Nygard, "Release It!", 5.2): a provider that failed several times in a row is not
 * asked for a while; then one request tries, and the next rest is twice as long, or over. Pure but for its
 * own state.
 *
 *              n failures                 time
 *   closed ----------------> resting ------------> trying
 *     ^                         ^                     |
 *     |                         +---- it failed ------+
 *     +------------------------------ it answered ----+
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint failures_to_rest;
  gint64 first_rest_us, most_rest_us;

  guint n_failures;  /* in a row */
  gint64 rest_us;    /* the present rest's length; 0: closed */
  gint64 rest_until; /* us */
} SgBreaker;

/* Whether a request may be made now; resting, how long it is until then. */
gboolean sg_breaker_may_ask (const SgBreaker *self, gint64 now_us);
gint64 sg_breaker_get_rest (const SgBreaker *self, gint64 now_us); /* us; 0: none */

/* Whether the next request, or the one under way, is the trial after a rest. */
gboolean sg_breaker_is_trying (const SgBreaker *self, gint64 now_us);

void sg_breaker_succeed (SgBreaker *self);
void sg_breaker_fail (SgBreaker *self, gint64 now_us);

G_END_DECLS
