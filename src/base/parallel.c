/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Threads take the next piece from a common counter. The caller takes part, so that nothing waits for a
 * thread to wake up: helpers that come late find nothing left. They are GLib's own idle threads. */
#include "base/parallel.h"

#define MOST_HELPERS 7 /* beyond these, waking them costs more than they do */

typedef struct
{
  void (*work) (guint i, gpointer data);
  gpointer data;
  guint n;
  guint next; /* atomic */
} Job;

static void
take_pieces (gpointer item, gpointer data)
{
  Job *job = data;
  guint i;

  while ((i = g_atomic_int_add (&job->next, 1)) < job->n)
    job->work (i, job->data);
}

void
sg_parallel_for (guint n, void (*work) (guint i, gpointer data), gpointer data)
{
  Job job = { work, data, n, 0 };
  guint helpers = MIN (MIN (g_get_num_processors () - 1, MOST_HELPERS), n - MIN (n, 1));
  GThreadPool *pool =
    helpers > 0 ? g_thread_pool_new (take_pieces, &job, helpers, FALSE, NULL) : NULL;

  for (guint i = 0; i < helpers; i++)
    g_thread_pool_push (pool, &job, NULL); /* where no thread can be had, the others do it all */
  take_pieces (NULL, &job);
  if (pool)
    g_thread_pool_free (pool, TRUE, TRUE); /* drops what no helper has begun, waits for what one has */
}
