/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A triple buffer of its own, and a flag that says whether its reader was told. */
#include "sim/tap.h"

#include <pthread.h>
#include <stdatomic.h>

struct _SgTap
{
  gatomicrefcount ref_count;
  SgSnapshotBuffer *buffer;
  pthread_mutex_t writing; /* only ever tried: a thread that was given up may come back (sim/simulation.c) */
  atomic_bool filled;      /* there is a model */
  atomic_bool told;        /* and nothing was read since */

  pthread_mutex_t lock; /* of the notify, which is changed once or twice */
  void (*notify) (gpointer data);
  gpointer data;
};

SgTap *
sg_tap_new (void)
{
  SgTap *tap = g_new0 (SgTap, 1);

  g_atomic_ref_count_init (&tap->ref_count);
  tap->buffer = sg_snapshot_buffer_new ();
  pthread_mutex_init (&tap->writing, NULL);
  pthread_mutex_init (&tap->lock, NULL);
  return tap;
}

SgTap *
sg_tap_ref (SgTap *tap)
{
  g_atomic_ref_count_inc (&tap->ref_count);
  return tap;
}

void
sg_tap_unref (SgTap *tap)
{
  if (!g_atomic_ref_count_dec (&tap->ref_count))
    return;
  sg_snapshot_buffer_free (tap->buffer);
  pthread_mutex_destroy (&tap->writing);
  pthread_mutex_destroy (&tap->lock);
  g_free (tap);
}

void
sg_tap_set_notify (SgTap *tap, void (*notify) (gpointer data), gpointer data)
{
  pthread_mutex_lock (&tap->lock);
  tap->notify = notify;
  tap->data = data;
  pthread_mutex_unlock (&tap->lock);
}

const SgSnapshot *
sg_tap_read (SgTap *tap, gboolean *fresh)
{
  const SgSnapshot *snapshot;

  atomic_store (&tap->told, FALSE); /* before looking: what comes from now on tells again */
  snapshot = sg_snapshot_buffer_read (tap->buffer, fresh);
  return atomic_load (&tap->filled) ? snapshot : NULL;
}

void
sg_tap_publish (SgTap *tap, SgModel *model, void (*fill) (SgSnapshot *slot, gpointer data), gpointer data)
{
  if (pthread_mutex_trylock (&tap->writing) != 0)
    return;
  if (model)
    {
      fill (sg_snapshot_buffer_begin (tap->buffer, model), data);
      sg_snapshot_buffer_publish (tap->buffer);
    }
  atomic_store (&tap->filled, model != NULL);
  pthread_mutex_unlock (&tap->writing);
  if (atomic_exchange (&tap->told, TRUE))
    return;
  pthread_mutex_lock (&tap->lock);
  if (tap->notify)
    tap->notify (tap->data);
  pthread_mutex_unlock (&tap->lock);
}
