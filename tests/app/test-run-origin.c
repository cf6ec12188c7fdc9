/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The origin of a run among its figures, and whatever else may be there. */
#include "app/run-origin.h"

static void
test_round_trip (void)
{
  const SgRunOrigin origin = { 4.25, TRUE };
  g_autofree char *json = sg_run_origin_dump (&origin);
  SgRunOrigin read = sg_run_origin_parse (json);

  g_assert_cmpfloat (read.start, ==, 4.25);
  g_assert_true (read.carried);
}

static void
test_others (void)
{
  static const char *const texts[] = { NULL, "", "{", "[]", "3", "{\"start\": -1}", "{\"start\": \"a\"}",
                                       "{\"start\": 1e300, \"carried\": 1}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      SgRunOrigin read = sg_run_origin_parse (texts[i]);

      g_assert_cmpfloat (read.start, ==, 0);
      g_assert_false (read.carried);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/run-origin/round-trip", test_round_trip);
  g_test_add_func ("/app/run-origin/others", test_others);
  return g_test_run ();
}
