/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Flights, all under one lock:
 *
 *   none -> LED (by who came first) -> DONE: all share what it gave; it has left the table
 *            ^  |
 *            |  v its leader was cancelled, and others wait
 *          ABANDONED (the first of them to wake leads; the last to give up takes it out of the table)
 */
#include "store/cache-flights.h"

#include <string.h>

typedef enum
{
  FLIGHT_LED,
  FLIGHT_ABANDONED,
  FLIGHT_DONE
} FlightState;

struct _SgFlight
{
  SgCacheKey key;
  FlightState state;
  guint n_holders; /* who leads and who waits; the last frees it */
  SgCacheItem item;
  GError *error;
};

struct _SgFlights
{
  GMutex mutex;
  GCond cond;        /* a flight changed, or who waits was cancelled */
  GHashTable *table; /* of SgFlight, by themselves */
};

static guint
hash_flight (gconstpointer data)
{
  guint hash;

  memcpy (&hash, ((const SgFlight *)data)->key.digest, sizeof hash);
  return hash;
}

static gboolean
equal_flights (gconstpointer a, gconstpointer b)
{
  const SgCacheKey *x = &((const SgFlight *)a)->key, *y = &((const SgFlight *)b)->key;

  return memcmp (x->digest, y->digest, sizeof x->digest) == 0;
}

SgFlights *
sg_flights_new (void)
{
  SgFlights *flights = g_new (SgFlights, 1);

  g_mutex_init (&flights->mutex);
  g_cond_init (&flights->cond);
  flights->table = g_hash_table_new (hash_flight, equal_flights);
  return flights;
}

void
sg_flights_free (SgFlights *flights)
{
  g_assert (g_hash_table_size (flights->table) == 0);
  g_hash_table_unref (flights->table);
  g_mutex_clear (&flights->mutex);
  g_cond_clear (&flights->cond);
  g_free (flights);
}

static void
release (SgFlights *flights, SgFlight *flight)
{
  if (--flight->n_holders > 0)
    return;
  if (flight->state != FLIGHT_DONE)
    g_hash_table_remove (flights->table, flight);
  sg_cache_item_clear (&flight->item);
  g_clear_error (&flight->error);
  g_free (flight);
}

static SgFlight *
find_or_begin (SgFlights *flights, const SgCacheKey *key, gboolean *leads)
{
  SgFlight wanted = { .key = *key };
  SgFlight *flight = g_hash_table_lookup (flights->table, &wanted);

  *leads = !flight || flight->state == FLIGHT_ABANDONED;
  if (!flight)
    {
      flight = g_new0 (SgFlight, 1);
      flight->key = *key;
      g_hash_table_add (flights->table, flight);
    }
  flight->n_holders++;
  if (*leads)
    flight->state = FLIGHT_LED;
  return flight;
}

static void
wake_cb (GCancellable *cancellable, gpointer data)
{
  SgFlights *flights = data;

  g_mutex_lock (&flights->mutex);
  g_cond_broadcast (&flights->cond);
  g_mutex_unlock (&flights->mutex);
}

/* TRUE where the flight is the caller's to lead now. */
static gboolean
wait_for (SgFlights *flights, SgFlight *flight, GCancellable *cancellable)
{
  gulong handler =
    cancellable ? g_cancellable_connect (cancellable, G_CALLBACK (wake_cb), flights, NULL) : 0;

  g_mutex_lock (&flights->mutex);
  while (flight->state == FLIGHT_LED && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait (&flights->cond, &flights->mutex);
  gboolean leads = flight->state == FLIGHT_ABANDONED && !g_cancellable_is_cancelled (cancellable);
  if (leads)
    flight->state = FLIGHT_LED;
  g_mutex_unlock (&flights->mutex);
  if (cancellable)
    g_cancellable_disconnect (cancellable, handler);
  return leads;
}

gboolean
sg_flights_join (SgFlights *flights, const SgCacheKey *key, GCancellable *cancellable, SgFlight **flight)
{
  gboolean leads;

  g_mutex_lock (&flights->mutex);
  *flight = find_or_begin (flights, key, &leads);
  g_mutex_unlock (&flights->mutex);
  return leads || wait_for (flights, *flight, cancellable);
}

void
sg_flights_end (SgFlights *flights, SgFlight *flight, SgCacheItem *item, const GError *error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&flights->mutex);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && flight->n_holders > 1)
    flight->state = FLIGHT_ABANDONED;
  else
    {
      flight->state = FLIGHT_DONE;
      flight->item = *item;
      *item = (SgCacheItem){ 0 };
      flight->error = error ? g_error_copy (error) : NULL;
      g_hash_table_remove (flights->table, flight);
    }
  g_cond_broadcast (&flights->cond);
  release (flights, flight);
}

void
sg_flights_leave (SgFlights *flights, SgFlight *flight, SgCacheItem *item, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&flights->mutex);

  if (flight->error)
    g_propagate_error (error, g_error_copy (flight->error));
  *item = sg_cache_item_ref (&flight->item);
  release (flights, flight);
}
