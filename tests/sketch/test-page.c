/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sketch/page.h"

#include <string.h>

#include "sketch/file.h"

static char *
hash_of (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = sg_sketch_file_parse ("text", text, strlen (text), &error);

  g_assert_no_error (error);
  return sg_page_hash (page);
}

/* The digest, in hex too. */
static char *
digest_of (const char *text)
{
  g_autoptr (SgPage) page = sg_sketch_file_parse ("text", text, strlen (text), NULL);
  const guint8 *digest = sg_page_get_digest (page);
  GString *hex = g_string_new (NULL);

  g_assert_true (sg_page_get_digest (page) == digest);
  for (guint i = 0; i < SG_PAGE_DIGEST_BYTES; i++)
    g_string_append_printf (hex, "%02x", digest[i]);
  return g_string_free (hex, FALSE);
}

#define PAGE(members) "{\"format\": \"simgen-sketch\", \"version\": 1, " members "}"

static void
test_hash_ignores_spelling (void)
{
  static const char *const texts[] = {
    PAGE ("\"strokes\": [{\"points\": [[0, 1], [2.50, 3e0]]}], "
          "\"corrections\": [{\"a\": 1, \"b\": 2.0}]"),
    PAGE ("\"title\": \"Other\", \"corrections\": [{\"b\": 2, \"a\": 1.0}], "
          "\"strokes\": [{\"width\": 3, \"tool\": \"pen\", \"colour\": \"red\", "
          "\"points\": [[-0.0, 1.0], [2.5, 3]]}], \"labels\": []")
  };
  g_autofree char *a = hash_of (texts[0]), *b = hash_of (texts[1]);
  g_autofree char *digest_a = digest_of (texts[0]), *digest_b = digest_of (texts[1]);

  g_assert_cmpstr (a, ==, b);
  g_assert_cmpuint (strlen (a), ==, 64);
  g_assert_cmpstr (digest_a, ==, digest_b);
}

/* Whatever analysis can see has to show in the hash, or a cache would answer for another page. */
static void
test_hash_sees_all_that_counts (void)
{
  static const char *const pages[] = {
    PAGE ("\"strokes\": []"),
    PAGE ("\"strokes\": [], \"words\": \"moon\""),
    PAGE ("\"strokes\": [], \"scale\": 100"),
    PAGE ("\"strokes\": [], \"scale\": 50"),
    PAGE ("\"strokes\": [], \"corrections\": [null]"),
    PAGE ("\"strokes\": [], \"corrections\": [[]]"),
    PAGE ("\"strokes\": [], \"corrections\": [[], []]"),
    PAGE ("\"strokes\": [], \"labels\": [{\"x\": 0, \"y\": 0, \"text\": \"2 kg\"}]"),
    PAGE ("\"strokes\": [], \"labels\": [{\"x\": 1, \"y\": 0, \"text\": \"2 kg\"}]"),
    PAGE ("\"strokes\": [{\"points\": [[0, 0], [1, 1]]}]"),
    PAGE ("\"strokes\": [{\"points\": [[0, 0], [1, 1, 0.5]]}]"),
    PAGE ("\"strokes\": [{\"points\": [[0, 0], [1, 1, 0.5, 7]]}]"),
    PAGE ("\"strokes\": [{\"points\": [[0, 0]]}, {\"points\": [[1, 1]]}]"),
    PAGE ("\"strokes\": [{\"tool\": \"marker\", \"points\": [[0, 0], [1, 1]]}]"),
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_assert_true (g_hash_table_add (seen, hash_of (pages[i])));
      g_assert_true (g_hash_table_add (seen, digest_of (pages[i])));
    }
}

static void
test_builder_shares_parts (void)
{
  const SgInkPoint points[] = { { 10, 20, NAN, NAN }, { 40, 60, NAN, NAN } };
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  sg_page_builder_take_stroke (builder, sg_stroke_new (3, NULL, points, 2, NULL));
  sg_page_builder_set_words (builder, "moon");
  g_autoptr (SgPage) first = sg_page_builder_end (builder);

  builder = sg_page_builder_new (first);
  sg_page_builder_take_label (builder, sg_label_new (SG_POINT (100, -5), "2 kg", NULL));
  g_autoptr (SgPage) second = sg_page_builder_end (builder);

  g_assert_true (sg_page_get_stroke (first, 0) == sg_page_get_stroke (second, 0));
  g_assert_cmpstr (sg_page_get_words (second), ==, "moon");
  g_assert_cmpuint (sg_page_get_n_labels (first), ==, 0);
  g_assert_cmpuint (sg_page_get_n_points (second), ==, 2);
  SgRect bounds = sg_page_get_bounds (second);
  g_assert_cmpfloat (bounds.x, ==, 10);
  g_assert_cmpfloat (bounds.y, ==, -5);
  g_assert_cmpfloat (bounds.width, ==, 90);
  g_assert_cmpfloat (bounds.height, ==, 65);
}

static void
test_empty_page (void)
{
  g_autoptr (SgPage) page = sg_page_new ();

  g_assert_true (sg_page_is_empty (page));
  g_assert_false (sg_page_has_scale (page));
  g_assert_cmpfloat (sg_page_get_scale (page), ==, SG_PAGE_DEFAULT_SCALE);
  g_assert_cmpstr (sg_page_get_title (page), ==, "");
  g_assert_cmpuint (sg_page_get_n_corrections (page), ==, 0);
}

static void
test_stroke_distance (void)
{
  const SgInkPoint points[] = { { 0, 0, NAN, NAN }, { 10, 0, NAN, NAN }, { 10, 10, NAN, NAN } };
  g_autoptr (SgStroke) corner = sg_stroke_new (3, "pen", points, 3, NULL);
  g_autoptr (SgStroke) dot = sg_stroke_new (3, "pen", points, 1, NULL);

  g_assert_cmpfloat_with_epsilon (sg_stroke_distance (corner, SG_POINT (5, 3)), 3, 1e-12);
  g_assert_cmpfloat_with_epsilon (sg_stroke_distance (corner, SG_POINT (13, 14)), 5, 1e-12);
  g_assert_cmpfloat_with_epsilon (sg_stroke_distance (dot, SG_POINT (3, 4)), 5, 1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sketch/page/hash-ignores-spelling", test_hash_ignores_spelling);
  g_test_add_func ("/sketch/page/hash-sees-all", test_hash_sees_all_that_counts);
  g_test_add_func ("/sketch/page/builder-shares-parts", test_builder_shares_parts);
  g_test_add_func ("/sketch/page/empty", test_empty_page);
  g_test_add_func ("/sketch/stroke/distance", test_stroke_distance);
  return g_test_run ();
}
