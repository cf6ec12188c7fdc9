/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading `.simgen`: JSON -> page. */
#include "sketch/file.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "sketch/file-reader.h"
#include "sketch/image-header.h"
#include "sketch/pdf.h"

#define MAX_PROBLEMS 100
#define DEFAULT_WIDTH 3.0
#define MAX_TIME_MS 1e12 /* as many ms as wall-clock time stamps have, which some programs write */

static gboolean
read_coordinate_member (
  SgFileReader *reader, const SgFilePlace *place, const json_t *object, const char *key, double *out)
{
  return sg_file_reader_number_member (reader, place, object, key, NAN, -SG_LIMIT_COORDINATE,
                                       SG_LIMIT_COORDINATE, out);
}

static gboolean
read_size_member (
  SgFileReader *reader, const SgFilePlace *place, const json_t *object, const char *key, double *out)
{
  return sg_file_reader_number_member (reader, place, object, key, NAN, 1.0 / SG_LIMIT_COORDINATE,
                                       SG_LIMIT_COORDINATE, out);
}

static gboolean
read_point (SgFileReader *reader, const SgFilePlace *place, const json_t *value, SgInkPoint *point)
{
  gsize n = json_array_size (value);
  double numbers[4] = { NAN, NAN, NAN, NAN };
  static const double mins[4] = { -SG_LIMIT_COORDINATE, -SG_LIMIT_COORDINATE, 0, -MAX_TIME_MS };
  static const double maxs[4] = { SG_LIMIT_COORDINATE, SG_LIMIT_COORDINATE, 1, MAX_TIME_MS };
  gboolean good = TRUE;

  if (n < 2 || n > 4)
    {
      sg_file_reader_report (reader, place, SG_SKETCH_ERROR_STRUCTURE,
                             "a point is an array of 2, 3 or 4 numbers: x, y, pressure, time in ms");
      return FALSE;
    }
  for (gsize i = 0; i < n; i++)
    {
      SgFilePlace number_place = { place, NULL, i };

      good &= sg_file_reader_number (reader, &number_place, json_array_get (value, i), mins[i], maxs[i],
                                     &numbers[i]);
    }
  *point = (SgInkPoint){ numbers[0], numbers[1], numbers[2], numbers[3] };
  return good;
}

/* The points of a stroke, or NULL with a report. */
static SgInkPoint *
read_points (SgFileReader *reader, const SgFilePlace *place, const json_t *value)
{
  gsize n_points =
    sg_file_reader_count_items (reader, place, value, "points", &reader->n_points, SG_LIMIT_ID_POINTS);
  gboolean good = TRUE;

  if (n_points == 0)
    return NULL;
  g_autofree SgInkPoint *points = g_new (SgInkPoint, n_points);
  for (gsize i = 0; i < n_points && !sg_file_reader_is_full (reader); i++)
    {
      SgFilePlace point_place = { place, NULL, i };

      good &= read_point (reader, &point_place, json_array_get (value, i), &points[i]);
    }
  return good && !sg_file_reader_is_full (reader) ? g_steal_pointer (&points) : NULL;
}

static void
read_stroke (SgFileReader *reader, const SgFilePlace *place, const json_t *value)
{
  static const char *const known[] = { "width", "tool", "points", NULL };
  const json_t *points_value = json_object_get (value, "points");
  SgFilePlace points_place = { place, "points" };
  double width;

  if (!sg_file_reader_require_object (reader, place, value))
    return;
  sg_file_reader_number_member (reader, place, value, "width", DEFAULT_WIDTH, 1.0 / SG_LIMIT_COORDINATE,
                                SG_LIMIT_COORDINATE, &width);
  const char *tool = sg_file_reader_text_member (reader, place, value, "tool", "pen");
  g_autofree SgInkPoint *points = read_points (reader, &points_place, points_value);
  if (points && !sg_file_reader_is_full (reader))
    sg_page_builder_take_stroke (reader->builder,
                                 sg_stroke_new (width, tool, points, json_array_size (points_value),
                                                sg_file_reader_unknown_members (value, known)));
}

/* Strict RFC 4648: the alphabet, whole groups of four, padding at the end only. GLib's decoder skips what it
 * does not know, which would let a damaged picture pass. */
static gboolean
is_base64 (const char *text, gsize length)
{
  gsize body = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

  return length > 0 && length % 4 == 0 && length - body <= 2 && strspn (text + body, "=") == length - body;
}

/* The base64 of a "data:TYPE;base64," address, which is what browsers give, and its type; else the whole text
 * and no type (NULL). */
static const char *
find_base64 (const char *text, char **type)
{
  const char *comma = g_str_has_prefix (text, "data:") ? strchr (text, ',') : NULL;

  *type = NULL;
  if (!comma || comma - text < strlen ("data:;base64") || strncmp (comma - 7, ";base64", 7) != 0)
    return text;
  *type = g_ascii_strdown (text + 5, comma - 7 - (text + 5));
  return comma + 1;
}

/* The bytes of a picture from its base64; `type` (out) (nullable): what it says that it is. */
static GBytes *
read_base64 (SgFileReader *reader, const SgFilePlace *image_place, const json_t *image, char **type)
{
  SgFilePlace place = { image_place, "data" };
  const json_t *value = json_object_get (image, "data");
  gsize size;

  if (!json_is_string (value))
    {
      sg_file_reader_report (reader, &place, SG_SKETCH_ERROR_STRUCTURE, "is %s; a string is needed",
                             sg_file_reader_type_name (value));
      return NULL;
    }
  const char *text = find_base64 (json_string_value (value), type);
  gsize length = strlen (text), most = length / 4 * 3; /* 0 to 2 bytes less are padding */
  if (most > SG_LIMIT_IMAGE_BYTES + 2)
    {
      sg_file_reader_report_limit (reader, &place, SG_SKETCH_ERROR_IMAGE, SG_LIMIT_ID_IMAGE_BYTES, most);
      return NULL;
    }
  if (!is_base64 (text, length))
    {
      sg_file_reader_report (reader, &place, SG_SKETCH_ERROR_IMAGE, "not base64");
      return NULL;
    }
  guchar *bytes = g_base64_decode (text, &size);
  return g_bytes_new_take (bytes, size);
}

static GBytes *
read_picture (SgFileReader *reader, const SgFilePlace *place, const json_t *image)
{
  g_autoptr (GBytes) data = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *type = NULL;
  SgImageHeader header;

  if (!reader->pictures)
    data = read_base64 (reader, place, image, &type);
  else if (place->index < reader->pictures->len)
    data = g_bytes_ref (g_ptr_array_index (reader->pictures, place->index));
  else
    sg_file_reader_report (reader, place, SG_SKETCH_ERROR_STRUCTURE, "its picture is missing");
  if (!data)
    return NULL;

  if (!sg_image_header_read (g_bytes_get_data (data, NULL), g_bytes_get_size (data), &header, &error))
    {
      SgFilePlace data_place = { place, "data" };

      sg_file_reader_report (reader, &data_place, SG_SKETCH_ERROR_IMAGE, "%s", error->message);
      return NULL;
    }
  if (type && !g_str_equal (type, header.mime_type))
    {
      SgFilePlace data_place = { place, "data" };

      sg_file_reader_report (reader, &data_place, SG_SKETCH_ERROR_IMAGE,
                             "said to be %.40s, but its first bytes are those of %s", type, header.mime_type);
      return NULL;
    }
  return g_steal_pointer (&data);
}

static void
read_image (SgFileReader *reader, const SgFilePlace *place, const json_t *value)
{
  static const char *const known[] = { "x", "y", "width", "height", "data", NULL };
  SgRect bounds;

  if (!sg_file_reader_require_object (reader, place, value))
    return;
  read_coordinate_member (reader, place, value, "x", &bounds.x);
  read_coordinate_member (reader, place, value, "y", &bounds.y);
  read_size_member (reader, place, value, "width", &bounds.width);
  read_size_member (reader, place, value, "height", &bounds.height);
  g_autoptr (GBytes) data = read_picture (reader, place, value);
  if (data && !sg_file_reader_is_full (reader))
    sg_page_builder_take_image (reader->builder,
                                sg_image_new (bounds, data, sg_file_reader_unknown_members (value, known)));
}

static void
read_label (SgFileReader *reader, const SgFilePlace *place, const json_t *value)
{
  static const char *const known[] = { "x", "y", "text", NULL };
  SgPoint position;

  if (!sg_file_reader_require_object (reader, place, value))
    return;
  read_coordinate_member (reader, place, value, "x", &position.x);
  read_coordinate_member (reader, place, value, "y", &position.y);
  const char *text = sg_file_reader_text_member (reader, place, value, "text", NULL);
  if (text && !sg_file_reader_is_full (reader))
    sg_page_builder_take_label (reader->builder,
                                sg_label_new (position, text, sg_file_reader_unknown_members (value, known)));
}

static void
read_parts (SgFileReader *reader,
            const json_t *root,
            const char *key,
            SgLimitId limit,
            void (*read_part) (SgFileReader *reader, const SgFilePlace *place, const json_t *value))
{
  SgFilePlace place = { NULL, key };
  const json_t *parts = json_object_get (root, key);

  if (!json_is_array (parts))
    {
      sg_file_reader_report (reader, &place, SG_SKETCH_ERROR_STRUCTURE, "is %s; an array is needed",
                             sg_file_reader_type_name (parts));
      return;
    }
  if (json_array_size (parts) > (gsize)sg_limit_get (limit)->value)
    {
      sg_file_reader_report_limit (reader, &place, SG_SKETCH_ERROR_TOO_LARGE, limit,
                                   json_array_size (parts));
      return;
    }
  for (gsize i = 0; i < json_array_size (parts) && !sg_file_reader_is_full (reader); i++)
    {
      SgFilePlace part_place = { &place, NULL, i };

      read_part (reader, &part_place, json_array_get (parts, i));
    }
}

static void
read_page_members (SgFileReader *reader, const json_t *root)
{
  static const char *const known[] = { "format", "version", "title", "words", "scale",
                                       "strokes", "images", "labels", "corrections", NULL };
  const char *title = sg_file_reader_text_member (reader, NULL, root, "title", "");
  const char *words = sg_file_reader_text_member (reader, NULL, root, "words", "");
  double scale;

  if (title)
    sg_page_builder_set_title (reader->builder, title);
  if (words)
    sg_page_builder_set_words (reader->builder, words);
  if (json_object_get (root, "scale") &&
      sg_file_reader_number_member (reader, NULL, root, "scale", NAN, 1.0 / SG_LIMIT_SCALE, SG_LIMIT_SCALE,
                                    &scale))
    sg_page_builder_set_scale (reader->builder, scale);
  sg_page_builder_take_extra (reader->builder, sg_file_reader_unknown_members (root, known));
}

/* Whether it is a sketch of a version this program reads; if not, nothing else in it can be judged. */
static gboolean
read_format (SgFileReader *reader, const json_t *root)
{
  const char *format = json_string_value (json_object_get (root, "format"));
  const json_t *version = json_object_get (root, "version");

  if (!json_is_object (root) || g_strcmp0 (format, "simgen-sketch") != 0)
    sg_file_reader_report (reader, NULL, SG_SKETCH_ERROR_FORMAT,
                           "not a SimGen sketch: its \"format\" is not \"simgen-sketch\"");
  else if (!json_is_integer (version) || json_integer_value (version) < 1)
    sg_file_reader_report (reader, NULL, SG_SKETCH_ERROR_FORMAT,
                           "a SimGen sketch without a valid \"version\"");
  else if (json_integer_value (version) > 1)
    sg_file_reader_report (reader, NULL, SG_SKETCH_ERROR_FORMAT,
                           "version %" JSON_INTEGER_FORMAT
                           " of the sketch format; this program reads version 1",
                           json_integer_value (version));
  else
    return TRUE;
  return FALSE;
}

static void
read_root (SgFileReader *reader, const json_t *root)
{
  if (!read_format (reader, root))
    return;
  read_page_members (reader, root);
  read_parts (reader, root, "strokes", SG_LIMIT_ID_STROKES, read_stroke);
  if (json_object_get (root, "images"))
    read_parts (reader, root, "images", SG_LIMIT_ID_IMAGES, read_image);
  if (json_object_get (root, "labels"))
    read_parts (reader, root, "labels", SG_LIMIT_ID_LABELS, read_label);
  if (json_object_get (root, "corrections"))
    read_parts (reader, root, "corrections", SG_LIMIT_ID_CORRECTIONS, sg_file_reader_read_correction);
}

/* Reads `root` and returns the page, or NULL where `problems` has grown to one or more. */
static SgPage *
read_page (
  const char *name, const json_t *root, GPtrArray *pictures, GPtrArray *problems, guint max_problems)
{
  SgFileReader reader = { name, problems, max_problems, pictures, sg_page_builder_new (NULL), 0, 0 };

  read_root (&reader, root);
  g_autoptr (SgPage) page = sg_page_builder_end (reader.builder);
  return problems->len == 0 ? g_steal_pointer (&page) : NULL;
}

static SgPage *
page_from_json (const char *name, const json_t *root, GPtrArray *pictures, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new ();
  SgPage *page = read_page (name, root, pictures, problems, 1);

  if (!page)
    g_propagate_error (error, g_ptr_array_steal_index (problems, 0));
  return page;
}

SgPage *
sg_sketch_file_parse (const char *name, const char *text, gsize size, GError **error)
{
  g_autoptr (json_t) root = sg_json_parse (name, text, size, error);

  return root ? page_from_json (name, root, NULL, error) : NULL;
}

SgPage *
sg_sketch_file_parse_outline (
  const char *name, const char *text, gsize size, GPtrArray *pictures, GError **error)
{
  g_autoptr (json_t) root = sg_json_parse (name, text, size, error);

  return root ? page_from_json (name, root, pictures, error) : NULL;
}

SgPage *
sg_sketch_file_load (const char *path, GError **error)
{
  g_autoptr (json_t) root = sg_json_read (path, SG_LIMIT_ID_SKETCH_BYTES, error);

  return root ? page_from_json (path, root, NULL, error) : NULL;
}

GPtrArray *
sg_sketch_file_check (const char *path)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify)g_error_free);
  GError *error = NULL;
  g_autoptr (json_t) root = sg_json_read (path, SG_LIMIT_ID_SKETCH_BYTES, &error);

  if (!root)
    {
      g_ptr_array_add (problems, error);
      return problems;
    }
  g_autoptr (SgPage) page = read_page (path, root, NULL, problems, MAX_PROBLEMS);
  return problems;
}

/* By its first bytes; never waits, whatever the path leads to. */
static gboolean
is_pdf (const char *path)
{
  char begin[8];
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  gssize n = fd >= 0 ? read (fd, begin, sizeof begin) : 0;

  if (fd >= 0)
    close (fd);
  return n > 0 && sg_pdf_is_one (begin, n);
}

/* A picture's bytes, or those of a page's picture. */
static GBytes *
read_file (const char *path, guint number, guint *n_pages, GCancellable *cancellable, GError **error)
{
  if (!is_pdf (path))
    return sg_file_read_within (path, SG_LIMIT_ID_IMAGE_BYTES, error);
  g_autoptr (GBytes) pdf = sg_file_read_within (path, SG_LIMIT_ID_PDF_BYTES, error);
  GBytes *png = pdf != NULL ? sg_pdf_draw_page (pdf, number, n_pages, cancellable, error) : NULL;

  if (pdf != NULL && png == NULL && !g_cancellable_is_cancelled (cancellable))
    g_prefix_error (error, "%s: ", path);
  return png;
}

SgPage *
sg_sketch_file_import_image (
  const char *path, guint number, guint *n_pages, GCancellable *cancellable, GError **error)
{
  if (n_pages != NULL)
    *n_pages = 1;
  g_autoptr (GBytes) data = read_file (path, number, n_pages, cancellable, error);
  SgImageHeader header;
  gsize size;

  if (!data)
    return NULL;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  if (!sg_image_header_read (bytes, size, &header, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }

  double zoom = MIN (800.0 / header.width, 600.0 / header.height);
  SgPageBuilder *builder = sg_page_builder_new (NULL);
  SgRect bounds = { 0, 0, header.width * zoom, header.height * zoom };
  sg_page_builder_take_image (builder, sg_image_new (bounds, data, NULL));
  return sg_page_builder_end (builder);
}
