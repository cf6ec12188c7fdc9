/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/limits.h"

#include "base/error.h"

static void
test_table (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (SgLimitId id = 0; id < SG_N_LIMITS; id++)
    {
      const SgLimit *limit = sg_limit_get (id);

      g_assert_true (g_hash_table_add (names, (gpointer)limit->name));
      g_assert_cmpint (limit->value, >, 0);
      g_assert_cmpint (limit->what[0], !=, '\0');
      g_assert_nonnull (sg_limit_unit_name (limit->unit));
    }
  g_assert_cmpint (sg_limit_get (SG_LIMIT_ID_IMAGE_BYTES)->value, ==, 10 * 1024 * 1024);
  g_assert_cmpint (sg_limit_get (SG_LIMIT_ID_IMAGE_PIXELS)->value, ==, 40000000);
  g_assert_cmpint (sg_limit_get (SG_LIMIT_ID_MJCF_BYTES)->value, ==, 5 * 1024 * 1024);
  g_assert_cmpint (sg_limit_get (SG_LIMIT_ID_WORDS)->value, ==, 10000);
}

/* Each limit lets its own figure through and not one more, and says both figures and its name. */
static void
test_edges (void)
{
  for (SgLimitId id = 0; id < SG_N_LIMITS; id++)
    {
      const SgLimit *limit = sg_limit_get (id);
      g_autofree char *most = g_strdup_printf ("%" G_GINT64_FORMAT, limit->value);
      g_autofree char *more = g_strdup_printf ("there: %" G_GINT64_FORMAT, limit->value + 1);
      g_autoptr (GError) error = NULL;

      g_assert_true (sg_limit_check (id, 0, "there", SG_BASE_ERROR, SG_BASE_ERROR_TOO_LARGE, &error));
      g_assert_true (
        sg_limit_check (id, limit->value, "there", SG_BASE_ERROR, SG_BASE_ERROR_TOO_LARGE, &error));
      g_assert_no_error (error);
      g_assert_false (
        sg_limit_check (id, limit->value + 1, "there", SG_BASE_ERROR, SG_BASE_ERROR_TOO_LARGE, &error));
      g_assert_error (error, SG_BASE_ERROR, SG_BASE_ERROR_TOO_LARGE);
      g_assert_true (g_str_has_prefix (error->message, more));
      g_assert_nonnull (strstr (error->message, most));
      g_assert_nonnull (strstr (error->message, limit->name));
    }
}

static void
test_text (void)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < SG_LIMIT_WORDS; i++)
    g_string_append (text, "字"); /* three bytes each */
  g_assert_true (sg_limit_check_text (SG_LIMIT_ID_WORDS, text->str, NULL, SG_BASE_ERROR,
                                      SG_BASE_ERROR_TOO_LARGE, &error));
  g_string_append_c (text, 'a');
  g_assert_false (sg_limit_check_text (SG_LIMIT_ID_WORDS, text->str, NULL, SG_BASE_ERROR,
                                       SG_BASE_ERROR_TOO_LARGE, &error));
  g_assert_cmpstr (
    error->message, ==,
    "10001 characters, over the limit of 10000 characters for words, a title or a label (words)");
  g_string_free (text, TRUE);
}

static void
test_format (void)
{
  g_autofree char *image = sg_limit_format (SG_LIMIT_ID_IMAGE_BYTES, 10 << 20);
  g_autofree char *one = sg_limit_format (SG_LIMIT_ID_IMAGE_BYTES, 1);
  g_autofree char *strokes = sg_limit_format (SG_LIMIT_ID_STROKES, 20000);

  g_assert_cmpstr (image, ==, "10485760 bytes (10 MiB)");
  g_assert_cmpstr (one, ==, "1 byte");
  g_assert_cmpstr (strokes, ==, "20000");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/limits/table", test_table);
  g_test_add_func ("/base/limits/edges", test_edges);
  g_test_add_func ("/base/limits/text", test_text);
  g_test_add_func ("/base/limits/format", test_format);
  return g_test_run ();
}
