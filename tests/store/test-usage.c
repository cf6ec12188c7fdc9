/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "place.h"
#include "store/usage.h"

static void
test_adds_up (void)
{
  g_autofree char *folder = test_folder (), *path = g_build_filename (folder, "history.db", NULL);
  g_autoptr (GError) error = NULL;
  SgUsage usage = { 1, 100, 20, 0.25 }, sum;

  g_autoptr (SgHistory) history = sg_history_new (path, &error);
  g_assert_no_error (error);
  g_assert_true (sg_history_get_usage (history, &sum, &error));
  g_assert_cmpuint (sum.tokens_in, ==, 0);
  sg_history_add_usage (history, "a", "m", &usage);
  sg_history_add_usage (history, "a", "m", &usage);
  sg_history_add_usage (history, "b", "m", &usage);
  sg_history_flush (history);
  g_clear_object (&history);

  history = sg_history_new (path, &error); /* kept */
  g_assert_true (sg_history_get_usage (history, &sum, &error));
  g_assert_cmpuint (sum.n_requests, ==, 3);
  g_assert_cmpuint (sum.tokens_in, ==, 300);
  g_assert_cmpuint (sum.tokens_out, ==, 60);
  g_assert_cmpfloat (sum.cost, ==, 0.75);
  g_clear_object (&history);
  test_remove_tree (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/usage/adds-up", test_adds_up);
  return g_test_run ();
}
