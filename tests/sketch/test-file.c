/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sketch/file.h"
#include "sketch/image-header.h"

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "sketch/error.h"

#define HEAD "{\"format\": \"simgen-sketch\", \"version\": 1, "

/* A 1 x 1 PNG, a JPEG header of 2 x 3 and a PNG header of 10000 x 10000. */
#define PNG \
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
#define PNG_100_MEGAPIXELS "iVBORw0KGgoAAAANSUhEUgAAJxAAACcQCAIAAAA="
#define JPEG "/9j/4AAEAAD/wAALCAADAAIBAREA"

static SgPage *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  SgPage *page = sg_sketch_file_parse ("test.simgen", text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_nonnull (page);
  return page;
}

static void
test_keeps_everything (void)
{
  const char *text =
    HEAD "\"maker\": {\"name\": \"X\", \"list\": [1, null, true]}, \"title\": \"A \\\"b\\\" \\u00e4\", "
         "\"words\": \"moon gravity\", \"scale\": 50.5, "
         "\"strokes\": [{\"width\": 2.25, \"tool\": \"marker\", \"colour\": \"#f00\", "
         "\"points\": [[0.1, 0.2], [1, 2, 0.3333333333333333], [-1e-7, 4.000000000000001, 0, 1234.5]]}, "
         "{\"points\": [[5, 6]]}], "
         "\"images\": [{\"x\": 1, \"y\": 2, \"width\": 30, \"height\": 40, \"data\": \"" PNG
         "\", \"alt\": \"z\"}], "
         "\"labels\": [{\"x\": 7, \"y\": 8, \"text\": \"2 kg\", \"font\": {\"size\": 12}}], "
         "\"corrections\": [{\"kind\": \"role\", \"n\": [1, 2]}]}";
  g_autoptr (SgPage) page = parse (text);
  g_autofree char *dump = sg_sketch_file_dump (page);
  g_autoptr (SgPage) again = parse (dump);
  g_autofree char *dump_again = sg_sketch_file_dump (again);
  g_autofree char *hash = sg_page_hash (page), *hash_again = sg_page_hash (again);
  g_autoptr (json_t) expected = sg_json_parse ("text", text, strlen (text), NULL);
  g_autoptr (json_t) actual = sg_json_parse ("dump", dump, strlen (dump), NULL);

  g_assert_cmpstr (dump, ==, dump_again);
  g_assert_cmpstr (hash, ==, hash_again);
  /* the defaults that the text left out are written */
  json_t *second = json_array_get (json_object_get (expected, "strokes"), 1);
  json_object_set_new (second, "width", json_integer (3));
  json_object_set_new (second, "tool", json_string ("pen"));
  g_assert_true (json_equal (expected, actual));
}

static void
test_reads_points_of_each_length (void)
{
  g_autoptr (SgPage) page = parse (HEAD "\"strokes\": [{\"points\": [[1, 2], [3, 4, 0.5], [5, 6, 1, 70]]}]}");
  guint n_points;
  const SgInkPoint *points = sg_stroke_get_points (sg_page_get_stroke (page, 0), &n_points);

  g_assert_cmpuint (n_points, ==, 3);
  g_assert_true (isnan (points[0].pressure) && isnan (points[0].t));
  g_assert_true (points[1].pressure == 0.5 && isnan (points[1].t));
  g_assert_true (points[2].pressure == 1 && points[2].t == 70);
}

/* A mouse knows the time and no pressure; the file must still give back what the page had. */
static void
test_time_without_pressure_survives (void)
{
  const SgInkPoint points[] = { { 1, 2, NAN, 0 }, { 3, 4, NAN, 8.5 } };
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  sg_page_builder_take_stroke (builder, sg_stroke_new (3, NULL, points, 2, NULL));
  g_autoptr (SgPage) page = sg_page_builder_end (builder);
  g_autofree char *dump = sg_sketch_file_dump (page);
  g_autoptr (SgPage) again = parse (dump);
  g_autofree char *hash = sg_page_hash (page), *hash_again = sg_page_hash (again);

  g_assert_cmpstr (hash, ==, hash_again);
}

static const struct
{
  const char *text;
  SgSketchError code;
  const char *message;
} refused[] = {
  { "[]", SG_SKETCH_ERROR_FORMAT, "not a SimGen sketch" },
  { "{}", SG_SKETCH_ERROR_FORMAT, "not a SimGen sketch" },
  { "{\"format\": \"simgen-spec\", \"version\": 1}", SG_SKETCH_ERROR_FORMAT, "not a SimGen sketch" },
  { "{\"format\": \"simgen-sketch\"}", SG_SKETCH_ERROR_FORMAT, "version" },
  { "{\"format\": \"simgen-sketch\", \"version\": 1.5}", SG_SKETCH_ERROR_FORMAT, "version" },
  { "{\"format\": \"simgen-sketch\", \"version\": 2}", SG_SKETCH_ERROR_FORMAT, "version 2" },
  { HEAD "\"title\": \"\"}", SG_SKETCH_ERROR_STRUCTURE, "strokes: is missing" },
  { HEAD "\"strokes\": {}}", SG_SKETCH_ERROR_STRUCTURE, "strokes: is an object" },
  { HEAD "\"strokes\": [7]}", SG_SKETCH_ERROR_STRUCTURE, "strokes[0]: is a number" },
  { HEAD "\"strokes\": [{}]}", SG_SKETCH_ERROR_STRUCTURE, "strokes[0].points: is missing" },
  { HEAD "\"strokes\": [{\"points\": []}]}", SG_SKETCH_ERROR_STRUCTURE, "strokes[0].points: is empty" },
  { HEAD "\"strokes\": [{\"points\": [[1]]}]}", SG_SKETCH_ERROR_STRUCTURE,
    "strokes[0].points[0]: a point" },
  { HEAD "\"strokes\": [{\"points\": [[1, 2, 0, 0, 0]]}]}", SG_SKETCH_ERROR_STRUCTURE,
    "strokes[0].points[0]: a point" },
  { HEAD "\"strokes\": [{\"points\": [[1, 2], [1, null]]}]}", SG_SKETCH_ERROR_STRUCTURE,
    "strokes[0].points[1][1]: is null" },
  { HEAD "\"strokes\": [{\"points\": [[1e300, 2]]}]}", SG_SKETCH_ERROR_NUMBER,
    "strokes[0].points[0][0]: 1e+300" },
  { HEAD "\"strokes\": [{\"points\": [[1, -1000001]]}]}", SG_SKETCH_ERROR_NUMBER,
    "strokes[0].points[0][1]: -1000001 is not within -1000000 and 1000000" },
  { HEAD "\"strokes\": [{\"points\": [[1, 2, 1.5]]}]}", SG_SKETCH_ERROR_NUMBER, "points[0][2]: 1.5" },
  { HEAD "\"strokes\": [{\"points\": [[1, 2, 1, -1e13]]}]}", SG_SKETCH_ERROR_NUMBER, "points[0][3]: -1e+13" },
  { HEAD "\"strokes\": [{\"width\": -1, \"points\": [[1, 2]]}]}", SG_SKETCH_ERROR_NUMBER,
    "strokes[0].width" },
  { HEAD "\"strokes\": [{\"tool\": 1, \"points\": [[1, 2]]}]}", SG_SKETCH_ERROR_STRUCTURE,
    "strokes[0].tool" },
  { HEAD "\"strokes\": [], \"scale\": 0}", SG_SKETCH_ERROR_NUMBER, "scale: 0 is not" },
  { HEAD "\"strokes\": [], \"scale\": \"1\"}", SG_SKETCH_ERROR_STRUCTURE, "scale: is a string" },
  { HEAD "\"strokes\": [], \"words\": null}", SG_SKETCH_ERROR_STRUCTURE, "words: is null" },
  { HEAD "\"strokes\": [], \"corrections\": {}}", SG_SKETCH_ERROR_STRUCTURE, "corrections: is an object" },
  { HEAD "\"strokes\": [], \"labels\": [{\"x\": 1, \"text\": \"\"}]}", SG_SKETCH_ERROR_STRUCTURE,
    "labels[0].y: is missing" },
  { HEAD "\"strokes\": [], \"labels\": [{\"x\": 1, \"y\": 1}]}", SG_SKETCH_ERROR_STRUCTURE,
    "labels[0].text: is missing" },
};

#define IMAGE(data)                                                                                      \
  HEAD "\"strokes\": [], \"images\": [{\"x\": 0, \"y\": 0, \"width\": 9, \"height\": 9, \"data\": " data \
       "}]}"

static const char *const refused_images[] = {
  IMAGE ("\"\""),
  IMAGE ("\"iVBO Rw0K\""),
  IMAGE ("\"iVBORw0KG\""),
  IMAGE ("\"====\""),
  IMAGE ("\"iVBORw0K\""),
  IMAGE ("\"R0lGODlhAQABAAAAACw=\""),
  IMAGE ("\"" PNG_100_MEGAPIXELS "\""),
};

static void
assert_refused (const char *text, gsize size, SgSketchError code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sg_sketch_file_parse ("test.simgen", text, size, &error));
  g_assert_error (error, SG_SKETCH_ERROR, (int)code);
  g_assert_true (g_str_has_prefix (error->message, "test.simgen: "));
  if (!strstr (error->message, message))
    g_error ("\"%s\" lacks \"%s\"", error->message, message);
}

static void
test_refuses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_refused (refused[i].text, strlen (refused[i].text), refused[i].code, refused[i].message);
  for (guint i = 0; i < G_N_ELEMENTS (refused_images); i++)
    assert_refused (refused_images[i], strlen (refused_images[i]), SG_SKETCH_ERROR_IMAGE, "images[0].data: ");
}

static char *
repeat (const char *before, const char *item, guint n, const char *after)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i ? "," : "", item);
  g_string_append (text, after);
  return g_string_free (text, FALSE);
}

static void
test_refuses_too_much (void)
{
  const char *labels = HEAD "\"strokes\": [], \"labels\": [";
  g_autofree char *points = repeat (HEAD "\"strokes\": [{\"points\": [", "[123.5,67.25]", 1000000, "]}]}");
  g_autofree char *strokes =
    repeat (HEAD "\"strokes\": [", "{\"points\":[[1,2]]}", SG_LIMIT_STROKES + 1, "]}");
  g_autofree char *many_labels =
    repeat (labels, "{\"x\":1,\"y\":1,\"text\":\"\"}", SG_LIMIT_LABELS + 1, "]}");
  g_autofree char *images = repeat (HEAD "\"strokes\": [], \"images\": [", "{}", SG_LIMIT_IMAGES + 1, "]}");
  g_autofree char *long_words = g_strnfill (SG_LIMIT_WORDS + 1, 'w');
  g_autofree char *words = g_strconcat (HEAD "\"strokes\": [], \"words\": \"", long_words, "\"}", NULL);

  assert_refused (points, strlen (points), SG_SKETCH_ERROR_TOO_LARGE,
                  "strokes[0].points: 1000000, over the limit of 500000");
  assert_refused (strokes, strlen (strokes), SG_SKETCH_ERROR_TOO_LARGE, "strokes: 20001");
  assert_refused (many_labels, strlen (many_labels), SG_SKETCH_ERROR_TOO_LARGE, "labels: 2001");
  assert_refused (images, strlen (images), SG_SKETCH_ERROR_TOO_LARGE, "images: 33");
  assert_refused (words, strlen (words), SG_SKETCH_ERROR_TOO_LARGE, "words: 10001 characters");
}

static void
assert_read (char *text)
{
  g_autofree char *owned = text;
  g_autoptr (SgPage) page = parse (owned);

  g_assert_nonnull (page);
}

/* As much as each limit says is read, and one more is not: the limit's name is said. */
static void
test_edges (void)
{
  static const struct
  {
    const char *before, *item, *after;
    guint most;
    const char *name;
  } parts[] = {
    { HEAD "\"strokes\": [", "{\"points\":[[1,2]]}", "]}", SG_LIMIT_STROKES, "(strokes)" },
    { HEAD "\"strokes\": [{\"points\": [", "[1,2]", "]}]}", SG_LIMIT_POINTS, "(points)" },
    { HEAD "\"strokes\": [], \"labels\": [", "{\"x\":1,\"y\":1,\"text\":\"\"}", "]}", SG_LIMIT_LABELS,
      "(labels)" },
    { HEAD "\"strokes\": [], \"images\": [",
      "{\"x\": 1, \"y\": 2, \"width\": 30, \"height\": 40, \"data\": \"" PNG "\"}", "]}", SG_LIMIT_IMAGES,
      "(images)" },
  };
  g_autofree char *most_words = g_strnfill (SG_LIMIT_WORDS, 'w');

  assert_read (g_strconcat (HEAD "\"strokes\": [], \"words\": \"", most_words, "\"}", NULL));
  assert_read (g_strconcat (HEAD "\"strokes\": [], \"title\": \"", most_words, "\"}", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *more = repeat (parts[i].before, parts[i].item, parts[i].most + 1, parts[i].after);

      assert_read (repeat (parts[i].before, parts[i].item, parts[i].most, parts[i].after));
      assert_refused (more, strlen (more), SG_SKETCH_ERROR_TOO_LARGE, parts[i].name);
    }
}

/* A picture's header that says so many pixels. */
static gboolean
takes_pixels (guint width, guint height, GError **error)
{
  guint8 png[33] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR";
  SgImageHeader header;

  for (guint i = 0; i < 4; i++)
    {
      png[16 + i] = width >> (24 - 8 * i);
      png[20 + i] = height >> (24 - 8 * i);
    }
  return sg_image_header_read (png, sizeof png, &header, error);
}

static void
test_pixels (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (takes_pixels (8000, SG_LIMIT_IMAGE_PIXELS / 8000, &error));
  g_assert_no_error (error);
  g_assert_false (takes_pixels (SG_LIMIT_IMAGE_PIXELS + 1, 1, &error));
  g_assert_error (error, SG_SKETCH_ERROR, SG_SKETCH_ERROR_IMAGE);
  g_assert_cmpfloat (sg_error_get_number (error, SG_DETAIL_ACTUAL), ==, SG_LIMIT_IMAGE_PIXELS + 1);
  g_assert_cmpfloat (sg_error_get_number (error, SG_DETAIL_MOST), ==, SG_LIMIT_IMAGE_PIXELS);
}

/* What a browser gives for a picture is taken where it is what it says. */
static void
test_data_address (void)
{
  assert_read (g_strdup (IMAGE ("\"data:image/png;base64," PNG "\"")));
  assert_read (g_strdup (IMAGE ("\"data:image/jpeg;base64," JPEG "\"")));
  static const char *const refused_addresses[] = {
    IMAGE ("\"data:image/jpeg;base64," PNG "\""),
    IMAGE ("\"data:text/plain;base64," PNG "\""),
    IMAGE ("\"data:image/png," PNG "\""),
    IMAGE ("\"data:image/png;base64\""),
    IMAGE ("\"data:\""),
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused_addresses); i++)
    assert_refused (refused_addresses[i], strlen (refused_addresses[i]), SG_SKETCH_ERROR_IMAGE,
                    "images[0].data: ");
}

/* Words are limited in characters, not in bytes: other scripts have as much room. */
static void
test_words_count_characters (void)
{
  g_autofree char *words = repeat (HEAD "\"strokes\": [], \"words\": \"", "\xe6\x9c\x88", 5000,
                                   "\"}"); /* 5,000 moons, 4,999 commas */
  g_autoptr (SgPage) page = parse (words);

  g_assert_cmpuint (strlen (sg_page_get_words (page)), >, SG_LIMIT_WORDS);
}

typedef struct
{
  char *folder;
  char *path;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = g_dir_make_tmp ("simgen-sketch-XXXXXX", NULL);
  place->path = g_build_filename (place->folder, "a.simgen", NULL);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_unlink (place->path);
  g_assert_cmpint (g_rmdir (place->folder), ==, 0); /* nothing but the file was left there */
  g_free (place->path);
  g_free (place->folder);
}

static void
test_check_gathers_all (Place *place, gconstpointer data)
{
  const char *text = HEAD "\"scale\": -1, \"strokes\": [{\"points\": [[1, 2], [1e9, \"a\"]]}, 4, "
                          "{\"points\": [[3]], \"width\": 0}], \"labels\": [{\"x\": 0, \"y\": 0}]}";
  static const char *const expected[] = {
    "scale: ",
    "strokes[0].points[1][0]: ",
    "strokes[0].points[1][1]: ",
    "strokes[1]: ",
    "strokes[2].width:",
    "strokes[2].points[0]: ",
    "labels[0].text: ",
  };

  g_assert_true (sg_file_write (place->path, text, strlen (text), NULL));
  g_autoptr (GPtrArray) problems = sg_sketch_file_check (place->path);
  g_assert_cmpuint (problems->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < problems->len; i++)
    g_assert_nonnull (strstr (((GError *)g_ptr_array_index (problems, i))->message, expected[i]));
}

static void
test_check_is_bounded (Place *place, gconstpointer data)
{
  g_autofree char *text = repeat (HEAD "\"strokes\": [", "1", 1000, "]}");

  g_assert_true (sg_file_write (place->path, text, strlen (text), NULL));
  g_autoptr (GPtrArray) problems = sg_sketch_file_check (place->path);
  g_assert_cmpuint (problems->len, ==, 100);
}

static void
test_saves_and_loads (Place *place, gconstpointer data)
{
  g_autoptr (SgPage) page = parse (HEAD "\"title\": \"T\", \"strokes\": [{\"points\": [[1, 2], [3, 4]]}]}");
  g_autoptr (GError) error = NULL;

  g_assert_true (sg_sketch_file_save (page, place->path, &error));
  g_autoptr (SgPage) again = sg_sketch_file_load (place->path, &error);
  g_assert_no_error (error);
  g_autofree char *hash = sg_page_hash (page), *hash_again = sg_page_hash (again);
  g_assert_cmpstr (hash, ==, hash_again);
  g_assert_cmpstr (sg_page_get_title (again), ==, "T");
  g_autoptr (GPtrArray) problems = sg_sketch_file_check (place->path);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_missing_and_broken_files (Place *place, gconstpointer data)
{
  static const char *const broken[] = { "", "{\"format\": \"simgen-sketch\"", "{\"\xff\": 1}" };
  g_autoptr (GError) error = NULL;

  g_assert_null (sg_sketch_file_load (place->path, &error));
  g_assert_error (error, SG_BASE_ERROR, SG_BASE_ERROR_READ);
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_clear_error (&error);
      g_assert_true (sg_file_write (place->path, broken[i], strlen (broken[i]), NULL));
      g_assert_null (sg_sketch_file_load (place->path, &error));
      g_assert_error (error, SG_BASE_ERROR, SG_BASE_ERROR_JSON);
      g_autoptr (GPtrArray) problems = sg_sketch_file_check (place->path);
      g_assert_cmpuint (problems->len, ==, 1);
    }
}

static void
test_unwritable (Place *place, gconstpointer data)
{
  g_autoptr (SgPage) page = sg_page_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (place->folder, "no", "such", "folder.simgen", NULL);

  g_assert_false (sg_sketch_file_save (page, path, &error));
  g_assert_error (error, SG_BASE_ERROR, SG_BASE_ERROR_WRITE);
}

/* Five pictures of the largest size are more than a file may have: it is told when it is saved, not when it
 * is to be opened again, and what was there stays. */
static void
test_saves_nothing_that_cannot_be_opened (Place *place, gconstpointer data)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);
  g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (SG_LIMIT_IMAGE_BYTES), SG_LIMIT_IMAGE_BYTES);
  g_autoptr (GError) error = NULL;
  g_autofree char *old = NULL;

  for (int i = 0; i < 5; i++)
    sg_page_builder_take_image (builder, sg_image_new ((SgRect){ 0, 0, 10, 10 }, large, NULL));
  g_autoptr (SgPage) page = sg_page_builder_end (builder);
  g_assert_true (g_file_set_contents (place->path, "old", -1, NULL));
  g_assert_false (sg_sketch_file_save (page, place->path, &error));
  g_assert_error (error, SG_SKETCH_ERROR, SG_SKETCH_ERROR_TOO_LARGE);
  g_assert_true (g_file_get_contents (place->path, &old, NULL, NULL));
  g_assert_cmpstr (old, ==, "old");
}

static void
write_base64 (const char *path, const char *base64)
{
  gsize size;
  g_autofree guchar *data = g_base64_decode (base64, &size);

  g_assert_true (sg_file_write (path, data, size, NULL));
}

static void
test_imports_a_picture (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  write_base64 (place->path, JPEG);
  g_autoptr (SgPage) page = sg_sketch_file_import_image (place->path, 1, NULL, NULL, &error);
  g_assert_no_error (error);
  SgRect bounds = sg_image_get_bounds (sg_page_get_image (page, 0));
  g_assert_cmpfloat (bounds.width, ==, 400);
  g_assert_cmpfloat (bounds.height, ==, 600);

  write_base64 (place->path, PNG_100_MEGAPIXELS);
  g_assert_null (sg_sketch_file_import_image (place->path, 1, NULL, NULL, &error));
  g_assert_error (error, SG_SKETCH_ERROR, SG_SKETCH_ERROR_IMAGE);
  g_assert_nonnull (strstr (error->message, "10000 x 10000"));
}

static void
assert_schema_number (const json_t *schema, const char *path, double expected)
{
  g_auto (GStrv) keys = g_strsplit (path, "/", 0);
  const json_t *value = schema;

  for (guint i = 0; keys[i]; i++)
    value = json_object_get (value, keys[i]);
  g_test_message ("%s", path);
  g_assert_cmpfloat (json_number_value (value), ==, expected);
}

/* Other programs write by the schema: it has to name the limits that the reader holds them to. */
static void
test_schema_states_the_limits (void)
{
  g_autofree char *path =
    g_build_filename (g_getenv ("SG_SOURCE_ROOT"), "data", "schema", "sketch.schema.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) schema = sg_json_read (path, SG_LIMIT_ID_SPEC_BYTES, &error);

  g_assert_no_error (error);
  assert_schema_number (schema, "properties/strokes/maxItems", SG_LIMIT_STROKES);
  assert_schema_number (schema, "properties/images/maxItems", SG_LIMIT_IMAGES);
  assert_schema_number (schema, "properties/labels/maxItems", SG_LIMIT_LABELS);
  assert_schema_number (schema, "properties/scale/maximum", SG_LIMIT_SCALE);
  assert_schema_number (schema, "$defs/text/maxLength", SG_LIMIT_WORDS);
  assert_schema_number (schema, "$defs/coordinate/maximum", SG_LIMIT_COORDINATE);
}

/* The examples that come with the program are good files, and saving one loses nothing. */
static void
test_examples (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("SG_SOURCE_ROOT"), "data", "examples", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_examples = 0;

  g_assert_nonnull (dir);
  for (const char *name; (name = g_dir_read_name (dir));)
    {
      if (!g_str_has_suffix (name, ".simgen"))
        continue;
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GPtrArray) problems = sg_sketch_file_check (path);
      g_autoptr (SgPage) page = sg_sketch_file_load (path, NULL);

      g_assert_cmpuint (problems->len, ==, 0);
      g_autofree char *dump = sg_sketch_file_dump (page);
      g_autoptr (SgPage) again = parse (dump);
      g_autofree char *hash = sg_page_hash (page), *hash_again = sg_page_hash (again);
      g_assert_cmpstr (hash, ==, hash_again);
      n_examples++;
    }
  g_assert_cmpuint (n_examples, >=, 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sketch/file/keeps-everything", test_keeps_everything);
  g_test_add_func ("/sketch/file/points-of-each-length", test_reads_points_of_each_length);
  g_test_add_func ("/sketch/file/time-without-pressure", test_time_without_pressure_survives);
  g_test_add_func ("/sketch/file/refuses", test_refuses);
  g_test_add_func ("/sketch/file/refuses-too-much", test_refuses_too_much);
  g_test_add_func ("/sketch/file/words-count-characters", test_words_count_characters);
  g_test_add ("/sketch/file/check-gathers-all", Place, NULL, set_up, test_check_gathers_all, tear_down);
  g_test_add ("/sketch/file/check-is-bounded", Place, NULL, set_up, test_check_is_bounded, tear_down);
  g_test_add ("/sketch/file/saves-and-loads", Place, NULL, set_up, test_saves_and_loads, tear_down);
  g_test_add ("/sketch/file/broken", Place, NULL, set_up, test_missing_and_broken_files, tear_down);
  g_test_add ("/sketch/file/unwritable", Place, NULL, set_up, test_unwritable, tear_down);
  g_test_add ("/sketch/file/too-large-to-open", Place, NULL, set_up, test_saves_nothing_that_cannot_be_opened,
              tear_down);
  g_test_add ("/sketch/file/import", Place, NULL, set_up, test_imports_a_picture, tear_down);
  g_test_add_func ("/sketch/file/edges", test_edges);
  g_test_add_func ("/sketch/file/pixels", test_pixels);
  g_test_add_func ("/sketch/file/data-address", test_data_address);
  g_test_add_func ("/sketch/file/schema-states-limits", test_schema_states_the_limits);
  g_test_add_func ("/sketch/file/examples", test_examples);
  return g_test_run ();
}
