/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writing `.simgen`: page -> JSON. Known members come first, in the order of the schema; unknown ones follow
 * as they were. */
#include "sketch/file.h"

#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "sketch/correction.h"
#include "sketch/error.h"

static void
keep_extra (json_t *object, const json_t *extra)
{
  if (extra)
    json_object_update_missing (object, (json_t *)extra);
}

/* As few numbers as say what is known; sg_stroke_new sees to it that a time never comes without pressure. */
static json_t *
point_to_json (const SgInkPoint *point)
{
  json_t *value = json_array ();

  json_array_append_new (value, json_real (point->x));
  json_array_append_new (value, json_real (point->y));
  if (!isnan (point->pressure))
    json_array_append_new (value, json_real (point->pressure));
  if (!isnan (point->t))
    json_array_append_new (value, json_real (point->t));
  return value;
}

static json_t *
stroke_to_json (const SgStroke *stroke)
{
  json_t *value = json_object (), *points_value = json_array ();
  guint n_points;
  const SgInkPoint *points = sg_stroke_get_points (stroke, &n_points);

  for (guint i = 0; i < n_points; i++)
    json_array_append_new (points_value, point_to_json (&points[i]));
  json_object_set_new (value, "width", json_real (sg_stroke_get_width (stroke)));
  json_object_set_new (value, "tool", json_string (sg_stroke_get_tool (stroke)));
  json_object_set_new (value, "points", points_value);
  keep_extra (value, sg_stroke_get_extra (stroke));
  return value;
}

static json_t *
image_to_json (const SgImage *image, gboolean with_data)
{
  json_t *value = json_object ();
  SgRect bounds = sg_image_get_bounds (image);

  json_object_set_new (value, "x", json_real (bounds.x));
  json_object_set_new (value, "y", json_real (bounds.y));
  json_object_set_new (value, "width", json_real (bounds.width));
  json_object_set_new (value, "height", json_real (bounds.height));
  if (with_data)
    {
      gsize size;
      const guchar *data = g_bytes_get_data (sg_image_get_data (image), &size);
      g_autofree char *base64 = g_base64_encode (data, size);

      json_object_set_new (value, "data", json_string_nocheck (base64));
    }
  keep_extra (value, sg_image_get_extra (image));
  return value;
}

static json_t *
label_to_json (const SgLabel *label)
{
  json_t *value = json_object ();
  SgPoint position = sg_label_get_position (label);

  json_object_set_new (value, "x", json_real (position.x));
  json_object_set_new (value, "y", json_real (position.y));
  json_object_set_new (value, "text", json_string (sg_label_get_text (label)));
  keep_extra (value, sg_label_get_extra (label));
  return value;
}

static json_t *
page_to_json (const SgPage *page, gboolean with_pictures)
{
  json_t *root = json_object ();
  json_t *strokes = json_array (), *images = json_array (), *labels = json_array ();

  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    json_array_append_new (strokes, stroke_to_json (sg_page_get_stroke (page, i)));
  for (guint i = 0; i < sg_page_get_n_images (page); i++)
    json_array_append_new (images, image_to_json (sg_page_get_image (page, i), with_pictures));
  for (guint i = 0; i < sg_page_get_n_labels (page); i++)
    json_array_append_new (labels, label_to_json (sg_page_get_label (page, i)));

  json_object_set_new (root, "format", json_string ("simgen-sketch"));
  json_object_set_new (root, "version", json_integer (1));
  json_object_set_new (root, "title", json_string (sg_page_get_title (page)));
  json_object_set_new (root, "words", json_string (sg_page_get_words (page)));
  if (sg_page_has_scale (page))
    json_object_set_new (root, "scale", json_real (sg_page_get_scale (page)));
  json_object_set_new (root, "strokes", strokes);
  json_object_set_new (root, "images", images);
  json_object_set_new (root, "labels", labels);
  json_object_set_new (root, "corrections", sg_corrections_to_json (page));
  keep_extra (root, sg_page_get_extra (page));
  return root;
}

char *
sg_sketch_file_dump (const SgPage *page)
{
  g_autoptr (json_t) root = page_to_json (page, TRUE);

  g_autofree char *text = sg_json_dump (root, 1);

  return g_strconcat (text, "\n", NULL);
}

char *
sg_sketch_file_dump_outline (const SgPage *page)
{
  g_autoptr (json_t) root = page_to_json (page, FALSE);

  return sg_json_dump (root, 0);
}

gboolean
sg_sketch_file_save (const SgPage *page, const char *path, GError **error)
{
  g_autofree char *text = sg_sketch_file_dump (page);
  gsize size = strlen (text);

  /* a larger file could not be opened again */
  return sg_limit_check (SG_LIMIT_ID_SKETCH_BYTES, size, path, SG_SKETCH_ERROR, SG_SKETCH_ERROR_TOO_LARGE,
                         error) &&
         sg_file_write (path, text, size, error);
}
