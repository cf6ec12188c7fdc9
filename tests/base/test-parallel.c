/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/parallel.h"

#define MOST 10000

typedef struct
{
  int calls[MOST]; /* atomic */
  GMutex lock;
  GHashTable *threads;
} Board;

static void
count (guint i, gpointer data)
{
  g_atomic_int_inc (&((Board *)data)->calls[i]);
}

static void
test_each_once (void)
{
  static const guint sizes[] = { 0, 1, 2, 3, 100, MOST };

  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    {
      g_autofree Board *board = g_new0 (Board, 1);

      sg_parallel_for (sizes[k], count, board);
      for (guint i = 0; i < MOST; i++)
        g_assert_cmpint (board->calls[i], ==, i < sizes[k] ? 1 : 0);
    }
}

static void
note_thread (guint i, gpointer data)
{
  Board *board = data;

  g_mutex_lock (&board->lock);
  g_hash_table_add (board->threads, g_thread_self ());
  g_mutex_unlock (&board->lock);
  g_usleep (1000); /* so that even one core gets around to the others */
}

static void
test_shares (void)
{
  g_autofree Board *board = g_new0 (Board, 1);

  board->threads = g_hash_table_new (NULL, NULL);
  sg_parallel_for (64, note_thread, board);
  g_assert_true (g_hash_table_contains (board->threads, g_thread_self ()));
  g_assert_cmpuint (g_hash_table_size (board->threads), <=, g_get_num_processors ());
  if (g_get_num_processors () > 1)
    g_assert_cmpuint (g_hash_table_size (board->threads), >, 1);
  g_hash_table_unref (board->threads);
}

/* A piece may itself have pieces: nothing waits for a thread that is not to be had. */
static void
nest (guint i, gpointer data)
{
  sg_parallel_for (100, count, data);
}

static void
test_nested (void)
{
  g_autofree Board *board = g_new0 (Board, 1);

  sg_parallel_for (50, nest, board);
  for (guint i = 0; i < 100; i++)
    g_assert_cmpint (board->calls[i], ==, 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/parallel/each-once", test_each_once);
  g_test_add_func ("/base/parallel/shares", test_shares);
  g_test_add_func ("/base/parallel/nested", test_nested);
  return g_test_run ();
}
