/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures of a run, and whatever else may be there. */
#include "app/run-figures.h"

static void
test_round_trip (void)
{
  const SgRunFigures figures = { 4.25, TRUE, 3, 7 };
  g_autofree char *json = sg_run_figures_dump (&figures);
  SgRunFigures read = sg_run_figures_parse (json);

  g_assert_cmpfloat (read.start, ==, 4.25);
  g_assert_true (read.carried);
  g_assert_cmpuint (read.n_bodies, ==, 3);
  g_assert_cmpuint (read.n_contacts, ==, 7);
}

static void
test_others (void)
{
  static const char *const texts[] = { NULL,
                                       "",
                                       "{",
                                       "[]",
                                       "3",
                                       "{\"start\": -1}",
                                       "{\"start\": \"a\"}",
                                       "{\"start\": 1e300, \"carried\": 1}",
                                       "{\"bodies\": -1, \"contacts\": \"b\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      SgRunFigures read = sg_run_figures_parse (texts[i]);

      g_assert_cmpfloat (read.start, ==, 0);
      g_assert_false (read.carried);
      g_assert_cmpuint (read.n_bodies, ==, 0);
      g_assert_cmpuint (read.n_contacts, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/run-figures/round-trip", test_round_trip);
  g_test_add_func ("/app/run-figures/others", test_others);
  return g_test_run ();
}
