/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For builds with -Db_sanitize=thread: GLib is not built with it, so that the sanitizer sees none of its
 * locks and takes what they guard for races. The functions of GLib that order threads are put here before
 * GLib's own and tell it what those do, no more: what our code forgets to guard is found as before. */
#include <dlfcn.h>

#include <glib.h>
#include <pthread.h>
#include <sanitizer/tsan_interface.h>

/* GLib's own function of this name. */
#define REAL(name) ((__typeof__ (&name))dlsym (RTLD_NEXT, #name))

void
g_mutex_lock (GMutex *mutex)
{
  static __typeof__ (&g_mutex_lock) real;

  if (!__atomic_load_n (&real, __ATOMIC_RELAXED))
    __atomic_store_n (&real, REAL (g_mutex_lock), __ATOMIC_RELAXED);
  __atomic_load_n (&real, __ATOMIC_RELAXED) (mutex);
  __tsan_acquire (mutex);
}

void
g_mutex_unlock (GMutex *mutex)
{
  static __typeof__ (&g_mutex_unlock) real;

  if (!__atomic_load_n (&real, __ATOMIC_RELAXED))
    __atomic_store_n (&real, REAL (g_mutex_unlock), __ATOMIC_RELAXED);
  __tsan_release (mutex);
  __atomic_load_n (&real, __ATOMIC_RELAXED) (mutex);
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  __tsan_release (mutex);
  REAL (g_cond_wait)
  (cond, mutex);
  __tsan_acquire (mutex);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_time)
{
  __tsan_release (mutex);
  gboolean signalled = REAL (g_cond_wait_until) (cond, mutex, end_time);
  __tsan_acquire (mutex);
  return signalled;
}

void
g_async_queue_push (GAsyncQueue *queue, gpointer data)
{
  __tsan_release (queue);
  REAL (g_async_queue_push)
  (queue, data);
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
  gpointer data = REAL (g_async_queue_pop) (queue);

  __tsan_acquire (queue);
  return data;
}

void (g_once_init_leave) (volatile void *location, gsize result)
{
  __tsan_release ((void *)location);
  REAL (g_once_init_leave)
  (location, result);
}

void (g_atomic_ref_count_inc) (gatomicrefcount *count)
{
  __atomic_fetch_add (count, 1, __ATOMIC_RELAXED);
}

gboolean (g_atomic_ref_count_dec) (gatomicrefcount *count)
{
  return __atomic_fetch_sub (count, 1, __ATOMIC_ACQ_REL) == 1;
}

/* The count is inside: a lock of its own for each of some groups of them makes the last to let go follow all
 * others. */
void
g_bytes_unref (GBytes *bytes)
{
  static pthread_mutex_t locks[64]; /* zero is how they begin with glibc */
  pthread_mutex_t *lock = &locks[((gsize)bytes >> 5) % G_N_ELEMENTS (locks)];

  if (!bytes)
    return;
  pthread_mutex_lock (lock);
  REAL (g_bytes_unref)
  (bytes);
  pthread_mutex_unlock (lock);
}
