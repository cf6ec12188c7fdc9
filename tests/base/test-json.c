/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"

#include <string.h>

#include "base/error.h"
#include "base/limits.h"

static void
assert_refused (const char *text, gsize size, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sg_json_parse ("input", text, size, &error));
  g_assert_error (error, SG_BASE_ERROR, code);
  g_assert_true (g_str_has_prefix (error->message, "input: "));
}

static void
test_refuses (void)
{
  static const char *const bad[] = { "", "{", "nul", "[1,]", "{\"a\":1,\"a\":2}",
                                     "[NaN]", "[1e999]", "\"\xff\"", "[1] x" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (bad[i], strlen (bad[i]), SG_BASE_ERROR_JSON);
}

static void
test_refuses_depth_and_count (void)
{
  g_autofree char *deep = g_strnfill (1 << 20, '[');
  g_autofree char *wide = g_strnfill (SG_LIMIT_JSON_VALUES + 10, ',');

  assert_refused (deep, 1 << 20, SG_BASE_ERROR_TOO_LARGE);
  assert_refused (wide, SG_LIMIT_JSON_VALUES + 10, SG_BASE_ERROR_TOO_LARGE);
}

static void
test_deepest (void)
{
  g_autofree char *opening = g_strnfill (SG_LIMIT_JSON_DEPTH + 1, '[');
  g_autofree char *closing = g_strnfill (SG_LIMIT_JSON_DEPTH + 1, ']');
  g_autofree char *most = g_strconcat (opening + 1, closing + 1, NULL);
  g_autofree char *more = g_strconcat (opening, closing, NULL);
  g_autoptr (json_t) value = sg_json_parse ("input", most, strlen (most), NULL);

  g_assert_nonnull (value);
  assert_refused (more, strlen (more), SG_BASE_ERROR_TOO_LARGE);
}

static void
test_punctuation_in_strings_does_not_count (void)
{
  g_autoptr (GString) text = g_string_new ("[\"");
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 200; i++)
    g_string_append (text, "[{\\\"");
  g_string_append (text, "\"]");
  g_autoptr (json_t) value = sg_json_parse ("input", text->str, text->len, &error);
  g_assert_no_error (error);
  g_assert_nonnull (value);
}

static void
test_numbers_are_short_and_exact (void)
{
  g_autoptr (json_t) array = json_pack ("[f, f, f, i]", 0.1, 1.0 / 3.0, 1e-7, 3);
  g_autofree char *text = sg_json_dump (array, 0);
  g_autoptr (json_t) back = sg_json_parse ("dump", text, strlen (text), NULL);

  g_assert_cmpstr (text, ==, "[0.1, 0.3333333333333333, 1e-07, 3]");
  g_assert_true (json_equal (array, back));
  g_autoptr (json_t) rounded = sg_json_number (2.00000001, 3);
  g_assert_true (json_is_integer (rounded));
  g_autoptr (json_t) nan = sg_json_number (NAN, 3);
  g_assert_true (json_is_null (nan));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json/refuses", test_refuses);
  g_test_add_func ("/base/json/refuses-depth-and-count", test_refuses_depth_and_count);
  g_test_add_func ("/base/json/deepest", test_deepest);
  g_test_add_func ("/base/json/punctuation-in-strings", test_punctuation_in_strings_does_not_count);
  g_test_add_func ("/base/json/numbers", test_numbers_are_short_and_exact);
  return g_test_run ();
}
