/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number.h"

#include <locale.h>
#include <math.h>

static char *
text_of (double value)
{
  GString *out = g_string_new (NULL);

  sg_number_append (out, value);
  return g_string_free (out, FALSE);
}

static void
test_short (void)
{
  static const struct
  {
    double value;
    const char *text;
  } known[] = {
    { 0, "0" },
    { -0.0, "0" },
    { 1, "1" },
    { -12.5, "-12.5" },
    { 0.1, "0.1" },
    { 0.05, "0.05" },
    { 1.0 / 3, "0.3333333333333333" },
    { 0.1 + 0.2, "0.30000000000000004" },
    { 100, "100" },
    { 1000000.25, "1000000.25" },
    { 1e-7, "1e-07" },
    { 1e300, "1e+300" },
    { 2251799813685249.5, "2251799813685249.5" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *text = text_of (known[i].value);

      g_assert_cmpstr (text, ==, known[i].text);
    }
}

static void
test_reads_back (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (int i = 0; i < 20000; i++)
    {
      double value = ldexp (g_rand_double_range (rand, -1, 1), g_rand_int_range (rand, -60, 60));
      double rounded = rint (value * 1000) / 1000;
      g_autofree char *text = text_of (value);
      g_autofree char *short_text = text_of (rounded);

      g_assert_cmpfloat (g_ascii_strtod (text, NULL), ==, value);
      g_assert_cmpfloat (g_ascii_strtod (short_text, NULL), ==, rounded);
    }
}

/* A locale with a decimal comma must not reach a file. */
static void
test_any_locale (void)
{
  static const char *const commas[] = { "de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "de_DE" };
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (commas) && !found; i++)
    found = setlocale (LC_NUMERIC, commas[i]) != NULL;
  if (!found)
    {
      g_test_skip ("no locale with a decimal comma is installed");
      return;
    }
  g_autofree char *decimal = text_of (0.5);
  g_autofree char *printed = text_of (M_PI);

  setlocale (LC_NUMERIC, "C");
  g_assert_cmpstr (decimal, ==, "0.5");
  g_assert_cmpstr (printed, ==, "3.141592653589793");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/number/short", test_short);
  g_test_add_func ("/base/number/reads-back", test_reads_back);
  g_test_add_func ("/base/number/any-locale", test_any_locale);
  return g_test_run ();
}
