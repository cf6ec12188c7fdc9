/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One correction of a file. What names no mark is not ours to judge and is kept as it is; what does must name
 * parts that are there. Names of kinds, roles and materials pass: a newer program may know more of them. */
#include "sketch/correction.h"

#include "base/limits.h"
#include "sketch/file-reader.h"

/* The index of a part in the member `key`, or -1 with a report. */
static int
read_index (SgFileReader *reader, const SgFilePlace *place, const json_t *value, guint n)
{
  if (json_is_integer (value) && json_integer_value (value) >= 0 && json_integer_value (value) < n)
    return json_integer_value (value);
  /* where strokes were refused their indices are off, and that has been said already */
  if (reader->problems->len > 0)
    return -1;
  if (json_is_integer (value))
    sg_file_reader_report (reader, place, SG_SKETCH_ERROR_STRUCTURE,
                           "%" JSON_INTEGER_FORMAT " is no index: there are %u of them",
                           json_integer_value (value), n);
  else
    sg_file_reader_report (reader, place, SG_SKETCH_ERROR_STRUCTURE, "is %s; an index is needed",
                           sg_file_reader_type_name (value));
  return -1;
}

static gboolean
read_pair (SgFileReader *reader, const SgFilePlace *place, const json_t *value, double limit, SgPoint *point)
{
  SgFilePlace x = { place, NULL, 0 }, y = { place, NULL, 1 };

  if (json_array_size (value) != 2)
    {
      sg_file_reader_report (reader, place, SG_SKETCH_ERROR_STRUCTURE, "is %s; two numbers are needed",
                             json_is_array (value) ? "an array of another size"
                                                   : sg_file_reader_type_name (value));
      return FALSE;
    }
  return sg_file_reader_number (reader, &x, json_array_get (value, 0), -limit, limit, &point->x) &&
         sg_file_reader_number (reader, &y, json_array_get (value, 1), -limit, limit, &point->y);
}

static gboolean
read_stroke_piece (SgFileReader *reader, const SgFilePlace *place, const json_t *value, SgInkPiece *piece)
{
  const SgPage *page = sg_page_builder_get_page (reader->builder);
  SgFilePlace index_place = { place, "stroke" };
  gboolean whole = !json_is_object (value);
  int index = read_index (reader, whole ? place : &index_place,
                          whole ? value : json_object_get (value, "stroke"), sg_page_get_n_strokes (page));

  piece->to = 1;
  if (index < 0)
    return FALSE;
  piece->stroke = sg_page_get_stroke (page, index);
  if (whole)
    return TRUE;
  if (!sg_file_reader_number_member (reader, place, value, "from", 0, 0, 1, &piece->from) ||
      !sg_file_reader_number_member (reader, place, value, "to", 1, 0, 1, &piece->to))
    return FALSE;
  if (piece->from < piece->to)
    return TRUE;
  sg_file_reader_report (reader, place, SG_SKETCH_ERROR_NUMBER, "a part of a stroke from %g to %g is empty",
                         piece->from, piece->to);
  return FALSE;
}

static gboolean
read_piece (SgFileReader *reader, const SgFilePlace *place, const json_t *value, SgInkPiece *piece)
{
  const SgPage *page = sg_page_builder_get_page (reader->builder);
  const json_t *image = json_object_get (value, "image"), *label = json_object_get (value, "label");
  SgFilePlace image_place = { place, "image" }, label_place = { place, "label" }, at_place = { place, "at" };
  int index;

  if (image)
    {
      index = read_index (reader, &image_place, image, sg_page_get_n_images (page));
      piece->image = index >= 0 ? sg_page_get_image (page, index) : NULL;
      return index >= 0 && read_pair (reader, &at_place, json_object_get (value, "at"), SG_LIMIT_COORDINATE,
                                      &piece->anchor);
    }
  if (label)
    {
      index = read_index (reader, &label_place, label, sg_page_get_n_labels (page));
      piece->label = index >= 0 ? sg_page_get_label (page, index) : NULL;
      return index >= 0;
    }
  return read_stroke_piece (reader, place, value, piece);
}

/* The correction of the pieces in `mark`, or NULL with a report. */
static SgCorrection *
read_mark (SgFileReader *reader, const SgFilePlace *place, const json_t *mark)
{
  gsize n = sg_file_reader_count_items (reader, place, mark, "pieces of ink", &reader->n_pieces,
                                        SG_LIMIT_ID_CORRECTED_PIECES);
  gboolean good = TRUE;

  if (n == 0)
    return NULL;
  g_autofree SgInkPiece *pieces = g_new0 (SgInkPiece, n);
  for (gsize i = 0; i < n && !sg_file_reader_is_full (reader); i++)
    {
      SgFilePlace piece_place = { place, NULL, i };

      good &= read_piece (reader, &piece_place, json_array_get (mark, i), &pieces[i]);
    }
  return good && !sg_file_reader_is_full (reader) ? sg_correction_new (pieces, n) : NULL;
}

static void
replace (SgCorrection **correction, SgCorrection *by)
{
  sg_correction_unref (*correction);
  *correction = by;
}

static void
read_names (SgFileReader *reader, const SgFilePlace *place, const json_t *value, SgCorrection **correction)
{
  static const struct
  {
    const char *key;
    SgCorrection *(*with) (const SgCorrection *correction, const char *name);
  } names[] = {
    { "kind", sg_correction_with_kind },
    { "role", sg_correction_with_role },
    { "text", sg_correction_with_text },
    { "name", sg_correction_with_name },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (json_object_get (value, names[i].key))
      {
        const char *name = sg_file_reader_text_member (reader, place, value, names[i].key, NULL);

        if (name)
          replace (correction, names[i].with (*correction, name));
      }
}

static void
read_handles (SgFileReader *reader,
              const SgFilePlace *object_place,
              const json_t *object,
              SgCorrection **correction)
{
  for (guint i = 0; i < SG_N_HANDLES; i++)
    {
      SgFilePlace place = { object_place, sg_handle_name (i) };
      const json_t *value = json_object_get (object, sg_handle_name (i));
      SgPoint at;

      if (value && read_pair (reader, &place, value, SG_LIMIT_COORDINATE, &at))
        replace (correction, sg_correction_with_handle (*correction, i, at));
    }
}

static void
read_properties (SgFileReader *reader,
                 const SgFilePlace *place,
                 const json_t *object,
                 SgCorrection **correction)
{
  for (guint i = 0; i < SG_N_PROPERTIES; i++)
    {
      const char *name = sg_property_name (i);
      double min, max, number;

      sg_property_range (i, &min, &max);
      if (json_object_get (object, name) &&
          sg_file_reader_number_member (reader, place, object, name, NAN, min, max, &number))
        replace (correction, sg_correction_with_property (*correction, i, number));
    }
  if (json_object_get (object, "material"))
    {
      const char *material = sg_file_reader_text_member (reader, place, object, "material", NULL);

      if (material)
        replace (correction, sg_correction_with_material (*correction, material));
    }
}

/* Adds to `extra` (nullable) what `object`, the member `key`, has beyond `known`. */
static json_t *
keep_unknown (json_t *extra, const char *key, const json_t *object, const char *const *known)
{
  json_t *unknown = object ? sg_file_reader_unknown_members (object, known) : NULL;

  if (unknown && !extra)
    extra = json_object ();
  if (unknown)
    json_object_set_new (extra, key, unknown);
  return extra;
}

static json_t *
unknown_members (const json_t *value)
{
  static const char *const known[] = {
    "mark", "kind", "role", "text", "name", "handles", "properties", NULL
  };
  const char *handles[SG_N_HANDLES + 1] = { NULL }, *properties[SG_N_PROPERTIES + 2] = { NULL };
  json_t *extra = sg_file_reader_unknown_members (value, known);

  for (guint i = 0; i < SG_N_HANDLES; i++)
    handles[i] = sg_handle_name (i);
  for (guint i = 0; i < SG_N_PROPERTIES; i++)
    properties[i] = sg_property_name (i);
  properties[SG_N_PROPERTIES] = "material";
  extra = keep_unknown (extra, "handles", json_object_get (value, "handles"), handles);
  return keep_unknown (extra, "properties", json_object_get (value, "properties"), properties);
}

void
sg_file_reader_read_correction (SgFileReader *reader, const SgFilePlace *place, const json_t *value)
{
  const json_t *mark = json_object_get (value, "mark"), *handles = json_object_get (value, "handles"),
               *properties = json_object_get (value, "properties");
  SgFilePlace mark_place = { place, "mark" }, handles_place = { place, "handles" },
              properties_place = { place, "properties" };

  if (!mark)
    {
      sg_page_builder_take_correction (reader->builder,
                                       sg_correction_new_unknown (json_incref ((json_t *)value)));
      return;
    }
  SgCorrection *correction = read_mark (reader, &mark_place, mark);
  if (!correction)
    return;
  read_names (reader, place, value, &correction);
  if (handles && sg_file_reader_require_object (reader, &handles_place, handles))
    read_handles (reader, &handles_place, handles, &correction);
  if (properties && sg_file_reader_require_object (reader, &properties_place, properties))
    read_properties (reader, &properties_place, properties, &correction);
  replace (&correction, sg_correction_with_extra (correction, unknown_members (value)));
  sg_page_builder_take_correction (reader->builder, correction);
}
