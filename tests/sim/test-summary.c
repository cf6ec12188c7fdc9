/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lines that a simulation logs, with a clock that the test turns. */
#include "sim/summary.h"

static GLogWriterOutput
count_cb (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  GString *lines = data;

  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "STEPS") && (level & G_LOG_LEVEL_MASK) == G_LOG_LEVEL_INFO)
      g_string_append_printf (lines, "%s ", (const char *)fields[i].value);
  return G_LOG_WRITER_HANDLED;
}

static void
test_every_five_seconds (void)
{
  GString *lines = g_string_new (NULL);
  SgSimSummary summary = { 0 };
  gint64 start = 70 * G_USEC_PER_SEC;

  g_log_set_writer_func (count_cb, lines, NULL);
  for (guint i = 0; i <= 170; i++) /* a batch of ten steps every tenth of a second, for 17 s */
    sg_sim_summary_look (&summary, start + i * G_USEC_PER_SEC / 10, 10 * i, i / 10.0);
  g_assert_cmpstr (lines->str, ==, "500 500 500 ");

  /* a reset begins anew, and so does a pause */
  g_assert_false (sg_sim_summary_look (&summary, start + 22 * G_USEC_PER_SEC, 10, 0.1));
  g_assert_false (sg_sim_summary_look (&summary, start + 26 * G_USEC_PER_SEC, 20, 0.2));
  sg_sim_summary_begin (&summary, start + 100 * G_USEC_PER_SEC, 20, 0.2);
  g_assert_false (sg_sim_summary_look (&summary, start + 104 * G_USEC_PER_SEC, 30, 0.3));
  g_assert_true (sg_sim_summary_look (&summary, start + 105 * G_USEC_PER_SEC, 40, 0.4));
  g_assert_cmpstr (lines->str, ==, "500 500 500 20 ");
  g_string_free (lines, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/summary/every-five-seconds", test_every_five_seconds);
  return g_test_run ();
}
