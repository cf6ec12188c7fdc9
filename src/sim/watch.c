/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A counter that goes on with each step and each rest. That it stands still while the thread is busy is what
 * the other side sees. */
#include "sim/watch.h"

#include <stdatomic.h>

struct _SgWatch
{
  atomic_ullong beats; /* written by the watched thread alone */
  atomic_bool busy;

  /* the watching thread's own */
  unsigned long long seen;
  gint64 seen_at; /* us */
};

SgWatch *
sg_watch_new (void)
{
  return g_new0 (SgWatch, 1);
}

void
sg_watch_free (SgWatch *watch)
{
  g_free (watch);
}

/* One writer: no read-modify-write is needed. */
void
sg_watch_beat (SgWatch *watch)
{
  unsigned long long beats = atomic_load_explicit (&watch->beats, memory_order_relaxed);

  atomic_store_explicit (&watch->beats, beats + 1, memory_order_relaxed);
}

void
sg_watch_set_busy (SgWatch *watch, gboolean busy)
{
  sg_watch_beat (watch);
  atomic_store (&watch->busy, busy);
}

double
sg_watch_look (SgWatch *watch, gint64 now)
{
  gboolean busy = atomic_load (&watch->busy);
  unsigned long long beats = atomic_load_explicit (&watch->beats, memory_order_relaxed);

  if (!busy || beats != watch->seen || watch->seen_at == 0)
    {
      watch->seen = beats;
      watch->seen_at = now;
      return 0;
    }
  return (now - watch->seen_at) / 1e6;
}
