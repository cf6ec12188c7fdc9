/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What several threads want at once is computed once. */
#include "store/cache.h"

#define THREADS 8

typedef struct
{
  SgCache *cache;
  GMutex mutex;
  GCond cond;
  guint n_computing, n_computed; /* calls that began, that gave something */
  guint n_arrived;               /* threads that are about to ask */
  gboolean go_on;
  gboolean fails;   /* what is computed */
  gboolean waits;   /* to be told to go on */
  gboolean honours; /* its being cancelled */
  gboolean not_kept;
} Board;

typedef struct
{
  Board *board;
  GCancellable *cancellable; /* (nullable) */
  GBytes *value;
  GError *error;
  SgCacheLevel level;
} Caller;

static void
board_init (Board *board)
{
  SgCacheOptions options = sg_cache_options_default ();

  *board = (Board){ .cache = sg_cache_new (&options) };
  g_mutex_init (&board->mutex);
  g_cond_init (&board->cond);
}

static void
board_clear (Board *board)
{
  sg_cache_unref (board->cache);
  g_mutex_clear (&board->mutex);
  g_cond_clear (&board->cond);
}

static void
wait_until (Board *board, const guint *count, guint least)
{
  g_mutex_lock (&board->mutex);
  while (*count < least)
    g_cond_wait (&board->cond, &board->mutex);
  g_mutex_unlock (&board->mutex);
}

static void
let_go (Board *board)
{
  g_mutex_lock (&board->mutex);
  board->go_on = TRUE;
  g_cond_broadcast (&board->cond);
  g_mutex_unlock (&board->mutex);
}

static gpointer
compute (gpointer data, gboolean *keep, GCancellable *cancellable, GError **error)
{
  Board *board = data;
  GBytes *value = NULL;

  g_mutex_lock (&board->mutex);
  guint n = ++board->n_computing;
  g_cond_broadcast (&board->cond);
  while (board->waits && !board->go_on)
    g_cond_wait (&board->cond, &board->mutex);
  *keep = !board->not_kept;
  if (board->fails)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "attempt %u", n);
  else if (!board->honours || !g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      value = g_bytes_new (&n, sizeof n);
      board->n_computed++;
    }
  g_mutex_unlock (&board->mutex);
  return value;
}

static gpointer
call (gpointer data)
{
  Caller *caller = data;
  SgCacheKey key;

  sg_cache_key_init (&key, SG_CACHE_ANALYSIS, "1", NULL, "page", 4);
  g_mutex_lock (&caller->board->mutex);
  caller->board->n_arrived++;
  g_cond_broadcast (&caller->board->cond);
  g_mutex_unlock (&caller->board->mutex);
  caller->value = sg_cache_compute (caller->board->cache, &sg_cache_bytes, &key, SG_CACHE_NEAR, NULL, compute,
                                    caller->board, caller->cancellable, &caller->level, &caller->error);
  return NULL;
}

static void
caller_clear (Caller *caller)
{
  g_clear_pointer (&caller->value, g_bytes_unref);
  g_clear_error (&caller->error);
  g_clear_object (&caller->cancellable);
}

/* All ask while the first of them computes. */
static void
call_all (Board *board, Caller *callers)
{
  GThread *threads[THREADS];

  board->waits = TRUE;
  for (guint i = 0; i < THREADS; i++)
    {
      callers[i].board = board;
      threads[i] = g_thread_new ("caller", call, &callers[i]);
    }
  wait_until (board, &board->n_computing, 1);
  wait_until (board, &board->n_arrived, THREADS);
  let_go (board);
  for (guint i = 0; i < THREADS; i++)
    g_thread_join (threads[i]);
}

static void
test_computed_once (void)
{
  for (guint round = 0; round < 50; round++)
    {
      Board board;
      Caller callers[THREADS] = { 0 };
      guint n_none = 0;

      board_init (&board);
      call_all (&board, callers);
      g_assert_cmpuint (board.n_computing, ==, 1);
      for (guint i = 0; i < THREADS; i++)
        {
          g_assert_true (callers[i].value == callers[0].value); /* the object itself */
          n_none += callers[i].level == SG_CACHE_NONE;
          g_assert_no_error (callers[i].error);
        }
      g_assert_cmpuint (n_none, ==, 1);
      for (guint i = 0; i < THREADS; i++)
        caller_clear (&callers[i]);
      board_clear (&board);
    }
}

/* An error goes to those who waited for it and to nobody after them. */
static void
test_errors_are_not_kept (void)
{
  Board board;
  Caller callers[THREADS] = { 0 }, later = { &board };

  board_init (&board);
  board.fails = TRUE;
  call_all (&board, callers);
  for (guint i = 0; i < THREADS; i++)
    {
      g_assert_null (callers[i].value);
      g_assert_error (callers[i].error, G_IO_ERROR, G_IO_ERROR_FAILED);
      caller_clear (&callers[i]);
    }
  board.fails = FALSE;
  call (&later);
  g_assert_no_error (later.error);
  g_assert_nonnull (later.value);
  g_assert_cmpint (later.level, ==, SG_CACHE_NONE);
  caller_clear (&later);
  board_clear (&board);
}

static void
test_not_to_be_kept (void)
{
  Board board;
  Caller first = { &board }, second = { &board };

  board_init (&board);
  board.not_kept = TRUE;
  call (&first);
  call (&second);
  g_assert_cmpuint (board.n_computing, ==, 2);
  g_assert_cmpint (second.level, ==, SG_CACHE_NONE);
  caller_clear (&first);
  caller_clear (&second);
  board_clear (&board);
}

static void
test_cancelled_leader_hands_over (void)
{
  Board board;
  Caller leader = { &board, g_cancellable_new () }, other = { &board };

  board_init (&board);
  board.waits = board.honours = TRUE;
  GThread *first = g_thread_new ("leader", call, &leader);
  wait_until (&board, &board.n_computing, 1);
  GThread *second = g_thread_new ("other", call, &other);
  wait_until (&board, &board.n_arrived, 2);
  g_cancellable_cancel (leader.cancellable);
  let_go (&board);
  g_thread_join (first);
  g_thread_join (second);
  g_assert_error (leader.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_no_error (other.error);
  g_assert_nonnull (other.value);
  g_assert_cmpuint (board.n_computing, ==, 2);
  g_assert_cmpuint (board.n_computed, ==, 1);
  caller_clear (&leader);
  caller_clear (&other);
  board_clear (&board);
}

/* Who waits and is cancelled returns while the other still computes. */
static void
test_cancelled_while_waiting (void)
{
  Board board;
  Caller leader = { &board }, other = { &board, g_cancellable_new () };

  board_init (&board);
  board.waits = TRUE;
  GThread *first = g_thread_new ("leader", call, &leader);
  wait_until (&board, &board.n_computing, 1);
  GThread *second = g_thread_new ("other", call, &other);
  wait_until (&board, &board.n_arrived, 2);
  g_cancellable_cancel (other.cancellable);
  g_thread_join (second);
  g_assert_error (other.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  let_go (&board);
  g_thread_join (first);
  g_assert_nonnull (leader.value);
  g_assert_cmpuint (board.n_computing, ==, 1);
  caller_clear (&leader);
  caller_clear (&other);
  board_clear (&board);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/cache-flights/computed-once", test_computed_once);
  g_test_add_func ("/store/cache-flights/errors-are-not-kept", test_errors_are_not_kept);
  g_test_add_func ("/store/cache-flights/not-to-be-kept", test_not_to_be_kept);
  g_test_add_func ("/store/cache-flights/cancelled-leader-hands-over", test_cancelled_leader_hands_over);
  g_test_add_func ("/store/cache-flights/cancelled-while-waiting", test_cancelled_while_waiting);
  return g_test_run ();
}
