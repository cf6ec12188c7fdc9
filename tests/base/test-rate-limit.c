/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/rate-limit.h"

#include <math.h>

#define SECOND 1000000

static gint64
clock_at (gpointer data)
{
  return *(gint64 *)data;
}

static SgRateLimit *
limit_new (gint64 *now, SgMetrics *metrics)
{
  SgRateLimitOptions options = sg_rate_limit_options_default ();

  options.clock = clock_at;
  options.clock_data = now;
  options.metrics = metrics;
  return sg_rate_limit_new (&options);
}

static void
assert_refused (SgRateLimit *limit, const char *peer, SgRateLimitError code, double wait)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (sg_rate_limit_take (limit, peer, &error));
  g_assert_error (error, SG_RATE_LIMIT_ERROR, (int)code);
  g_assert_cmpfloat_with_epsilon (sg_error_get_number (error, SG_DETAIL_RETRY_AFTER), wait, 1e-3);
  g_assert_cmpfloat_with_epsilon (sg_rate_limit_get_wait (limit, peer), wait, 1e-3);
  g_assert_nonnull (sg_error_get_text (error, SG_DETAIL_LIMIT));
  g_assert_null (strstr (error->message, peer));
}

static guint
take_all (SgRateLimit *limit, const char *peer)
{
  guint n = 0;

  while (sg_rate_limit_take (limit, peer, NULL))
    n++;
  return n;
}

/* Ten at once, the eleventh begins a cooldown of ten seconds, which asking meanwhile does not prolong. */
static void
test_burst (void)
{
  gint64 now = 5 * SECOND;
  g_autoptr (SgRateLimit) limit = limit_new (&now, NULL);

  for (guint i = 0; i < 10; i++)
    g_assert_true (sg_rate_limit_take (limit, "peer", NULL));
  assert_refused (limit, "peer", SG_RATE_LIMIT_ERROR_BURST, 10);
  g_assert_true (sg_rate_limit_take (limit, "other", NULL));
  now += 4 * SECOND;
  assert_refused (limit, "peer", SG_RATE_LIMIT_ERROR_BURST, 6);
  now += 5 * SECOND;
  assert_refused (limit, "peer", SG_RATE_LIMIT_ERROR_BURST, 1);
  now += 1 * SECOND;
  g_assert_cmpfloat (sg_rate_limit_get_wait (limit, "peer"), ==, 0);
  g_assert_cmpuint (take_all (limit, "peer"), ==, 10);
}

/* One a second goes on for ten minutes, then the hour is used up. */
static void
test_minute_and_hour (void)
{
  gint64 now = 0;
  g_autoptr (SgRateLimit) limit = limit_new (&now, NULL);
  guint granted = 0;

  for (guint i = 0; i < 600; i++, now += SECOND)
    granted += sg_rate_limit_take (limit, "peer", NULL);
  g_assert_cmpuint (granted, ==, 600);
  assert_refused (limit, "peer", SG_RATE_LIMIT_ERROR_HOUR, 3000);
  now += 3000 * (gint64)SECOND;
  g_assert_true (sg_rate_limit_take (limit, "peer", NULL));
}

/* Whatever the times of asking, no 60 seconds grant more than 60, no hour more than 600. */
static void
test_windows (void)
{
  gint64 now = 0;
  g_autoptr (SgRateLimit) limit = limit_new (&now, NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (GArray) grants = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean full = FALSE;

  for (guint i = 0; i < 60000; i++)
    {
      now += g_rand_int_range (rand, 0, i % 1000 < 500 ? SECOND / 2 : SECOND / 5);
      if (sg_rate_limit_take (limit, "peer", NULL))
        g_array_append_val (grants, now);
    }
  for (guint i = 60; i < grants->len; i++)
    {
      gint64 at = g_array_index (grants, gint64, i);

      g_assert_cmpint (at - g_array_index (grants, gint64, i - 60), >=, 60 * SECOND);
      if (i >= 600)
        g_assert_cmpint (at - g_array_index (grants, gint64, i - 600), >=, 3600 * (gint64)SECOND);
      full |= i >= 600;
    }
  g_assert_true (full);
}

static void
test_minute (void)
{
  gint64 now = 0;
  g_autoptr (SgRateLimit) limit = limit_new (&now, NULL);

  for (guint i = 0; i < 10; i++)
    g_assert_true (sg_rate_limit_take (limit, "peer", NULL));
  for (guint i = 0; i < 50; i++)
    {
      now += SECOND;
      g_assert_true (sg_rate_limit_take (limit, "peer", NULL));
    }
  now += SECOND; /* 51 s */
  assert_refused (limit, "peer", SG_RATE_LIMIT_ERROR_MINUTE, 9);
  now += 9 * SECOND;
  g_assert_true (sg_rate_limit_take (limit, "peer", NULL));
}

/* A clock that goes back stands still: nothing is granted twice, and nobody waits for longer than was said.
 */
static void
test_clock_goes_back (void)
{
  gint64 now = 1000 * (gint64)SECOND;
  g_autoptr (SgRateLimit) limit = limit_new (&now, NULL);

  g_assert_cmpuint (take_all (limit, "peer"), ==, 10);
  now -= 900 * (gint64)SECOND;
  assert_refused (limit, "peer", SG_RATE_LIMIT_ERROR_BURST, 10);
  g_assert_true (sg_rate_limit_take (limit, "new", NULL));
  now = 1010 * (gint64)SECOND;
  g_assert_true (sg_rate_limit_take (limit, "peer", NULL));
}

/* A crowd of names takes no more memory than the table allows, and who has used up a burst is remembered
 * over those of whom there is nothing to remember. */
static void
test_peers_are_bounded (void)
{
  gint64 now = 0;
  SgRateLimitOptions options = sg_rate_limit_options_default ();
  g_autoptr (SgRateLimit) limit = NULL;

  options.clock = clock_at;
  options.clock_data = &now;
  options.metrics = NULL;
  options.most_peers = 4;
  limit = sg_rate_limit_new (&options);
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *name = g_strdup_printf ("peer %u", i);

      sg_rate_limit_take (limit, name, NULL);
      g_assert_cmpuint (sg_rate_limit_n_peers (limit), <=, 4);
    }
  now += 4000 * (gint64)SECOND;
  take_all (limit, "greedy");
  sg_rate_limit_take (limit, "one more", NULL);
  sg_rate_limit_take (limit, "another", NULL);
  assert_refused (limit, "greedy", SG_RATE_LIMIT_ERROR_BURST, 10);
}

#define N_THREADS 8

static gpointer
ask_often (gpointer limit)
{
  guint granted = 0;

  for (guint i = 0; i < 1000; i++)
    granted += sg_rate_limit_take (limit, "peer", NULL);
  return GUINT_TO_POINTER (granted);
}

static void
test_threads (void)
{
  gint64 now = 0;
  g_autoptr (SgMetrics) metrics = sg_metrics_new ();
  g_autoptr (SgRateLimit) limit = limit_new (&now, metrics);
  GThread *threads[N_THREADS];
  guint granted = 0;

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("asker", ask_often, limit);
  for (guint i = 0; i < N_THREADS; i++)
    granted += GPOINTER_TO_UINT (g_thread_join (threads[i]));
  g_assert_cmpuint (granted, ==, 10);

  g_autoptr (SgFigures) figures = sg_metrics_read (metrics);
  g_assert_cmpuint (figures->counters[SG_COUNTER_RATE_LIMIT_GRANTED], ==, 10);
  g_assert_cmpuint (figures->counters[SG_COUNTER_RATE_LIMIT_VIOLATIONS], ==, N_THREADS * 1000 - 10);
  g_assert_cmpuint (figures->gauges[SG_GAUGE_RATE_LIMIT_PEERS], ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/rate-limit/burst", test_burst);
  g_test_add_func ("/base/rate-limit/minute", test_minute);
  g_test_add_func ("/base/rate-limit/minute-and-hour", test_minute_and_hour);
  g_test_add_func ("/base/rate-limit/windows", test_windows);
  g_test_add_func ("/base/rate-limit/clock-goes-back", test_clock_goes_back);
  g_test_add_func ("/base/rate-limit/peers-are-bounded", test_peers_are_bounded);
  g_test_add_func ("/base/rate-limit/threads", test_threads);
  return g_test_run ();
}
