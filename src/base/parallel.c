/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Threads take the next piece from a common counter. The caller takes part, so that nothing waits for a
 * thread to wake up: helpers that come late find nothing left. They are GLib's own idle threads. A thread
 * looks at the job only after it has added to the counter, and adding is the last that it does to it: that
 * orders everything, also for the thread sanitizer, which cannot see into GLib's locks. */
#include "base/parallel.h"

#define MOST_HELPERS 7 /* beyond these, waking them costs more than they do */

struct _SgParallel
{
  void (*work) (guint i, gpointer data);
  gpointer data;
  guint n;
  guint next; /* atomic; only added to */
  GThreadPool *helpers;
};

static void
take_pieces (gpointer item, gpointer data)
{
  SgParallel *job = data;
  guint i = g_atomic_int_add (&job->next, 1), n = job->n;

  while (i < n)
    {
      job->work (i, job->data);
      i = g_atomic_int_add (&job->next, 1);
    }
}

static SgParallel *
begin (guint n, guint n_helpers, void (*work) (guint i, gpointer data), gpointer data)
{
  SgParallel *job = g_new (SgParallel, 1);

  *job = (SgParallel){ work, data, n, 0, g_thread_pool_new (take_pieces, job, n_helpers, FALSE, NULL) };
  g_atomic_int_add (&job->next, 0);
  for (guint i = 0; i < n_helpers; i++)
    g_thread_pool_push (job->helpers, job, NULL); /* where no thread can be had, the others do it all */
  return job;
}

/* Asked of the system once: it reads a file each time. */
static guint
count_helpers (guint n)
{
  static gsize n_processors;

  if (n == 0)
    return 0;
  if (g_once_init_enter (&n_processors))
    g_once_init_leave (&n_processors, g_get_num_processors ());
  return MIN (MIN (n_processors - 1, MOST_HELPERS), n);
}

SgParallel *
sg_parallel_begin (guint n, void (*work) (guint i, gpointer data), gpointer data)
{
  guint n_helpers = count_helpers (n);

  return n_helpers > 0 ? begin (n, n_helpers, work, data) : NULL;
}

void
sg_parallel_end (SgParallel *job)
{
  if (!job)
    return;
  g_atomic_int_add (&job->next, job->n);
  g_thread_pool_free (job->helpers, TRUE, TRUE); /* drops what no helper has begun, waits for what one has */
  g_atomic_int_add (&job->next, 0);
  g_free (job);
}

void
sg_parallel_for (guint n, void (*work) (guint i, gpointer data), gpointer data)
{
  guint n_helpers = n > 0 ? count_helpers (n - 1) : 0;

  if (n_helpers == 0)
    {
      for (guint i = 0; i < n; i++)
        work (i, data);
      return;
    }
  SgParallel *job = begin (n, n_helpers, work, data);
  take_pieces (NULL, job);
  sg_parallel_end (job);
}
