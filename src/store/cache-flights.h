/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Computations under way, by key, so that what several threads want is computed once. Any thread. Internal to
 * store.
 */
#pragma once

#include "store/cache-tier.h"

G_BEGIN_DECLS

typedef struct _SgFlights SgFlights;
typedef struct _SgFlight SgFlight;

SgFlights *sg_flights_new (void);
void sg_flights_free (SgFlights *flights); /* none is under way */

/* Joins the flight of `key`. TRUE: the caller leads it and calls `end`; FALSE: another thread did, which was
 * waited for, or `cancellable` was cancelled meanwhile; the caller calls `leave`. */
gboolean
sg_flights_join (SgFlights *flights, const SgCacheKey *key, GCancellable *cancellable, SgFlight **flight);

/* What became of it, for all who wait: `item` (taken; empty: nothing that could be shared) or `error`. One
 * that ends cancelled goes to another who waits. */
void sg_flights_end (SgFlights *flights, SgFlight *flight, SgCacheItem *item, const GError *error);

/* Gives what it ended with: references of the caller's. */
void sg_flights_leave (SgFlights *flights, SgFlight *flight, SgCacheItem *item, GError **error);

G_END_DECLS
