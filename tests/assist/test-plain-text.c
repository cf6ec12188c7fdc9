/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assist/plain-text.h"

#include <string.h>

static void
assert_plain (const char *text, guint most, gboolean lines, const char *expected)
{
  g_autofree char *plain = sg_plain_text (text, most, lines);

  g_assert_cmpstr (plain, ==, expected);
}

static void
test_nothing_hides (void)
{
  assert_plain ("a\x1b[31mred\x07", 100, FALSE, "a[31mred");
  assert_plain ("abc\u202e"
                "def\u2066g\u200b\ufeffh",
                100, FALSE, "abcdefgh");
  assert_plain ("  a \t\n  b  ", 100, FALSE, "a b");
  assert_plain ("a  \n\n\n\nb\nc", 100, TRUE, "a\n\nb\nc");
  assert_plain ("abcdefg", 6, FALSE, "abcdef…");
  assert_plain ("äöüäöü", 6, FALSE, "äöüäöü");
}

static void
assert_name (const char *text, const char *expected)
{
  g_autofree char *name = sg_plain_name (text);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_names (void)
{
  g_autofree char *longest = g_strnfill (500, 'a');
  g_autofree char *name = sg_plain_name (longest);

  assert_name ("crank arm", "crank arm");
  assert_name ("../../etc/passwd", "etc passwd");
  assert_name ("<body name=\"x\"/>", "body name x");
  assert_name ("https://evil.example/a?b", "https evil example a b");
  assert_name ("  -- ", NULL);
  assert_name ("колесо", "колесо");
  g_assert_cmpuint (strlen (name), ==, SG_PLAIN_NAME_MOST);
}

static void
test_language (void)
{
  const char *chinese = "这是一个单摆，绕着销钉摆动", *english = "a pendulum that swings about its pin";

  g_assert_true (sg_plain_text_is_in (english, "en_GB.UTF-8"));
  g_assert_false (sg_plain_text_is_in (chinese, "en"));
  g_assert_true (sg_plain_text_is_in (chinese, "zh_CN"));
  g_assert_false (sg_plain_text_is_in (english, "ru"));
  g_assert_true (sg_plain_text_is_in ("ok", "ru")); /* a unit tells no language */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assist/plain-text/nothing-hides", test_nothing_hides);
  g_test_add_func ("/assist/plain-text/names", test_names);
  g_test_add_func ("/assist/plain-text/language", test_language);
  return g_test_run ();
}
