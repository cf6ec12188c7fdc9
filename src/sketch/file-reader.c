/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Checked access to the members of a file, with a report of what is wrong and where. */
#include "sketch/file-reader.h"

#include "base/limits.h"

static void
append_place (GString *out, const SgFilePlace *place)
{
  if (!place)
    return;
  append_place (out, place->parent);
  if (!place->key)
    g_string_append_printf (out, "[%" G_GSIZE_FORMAT "]", place->index);
  else
    g_string_append_printf (out, "%s%s", out->len ? "." : "", place->key);
}

gboolean
sg_file_reader_is_full (const SgFileReader *reader)
{
  return reader->problems->len >= reader->max_problems;
}

void
sg_file_reader_report (
  SgFileReader *reader, const SgFilePlace *place, SgSketchError code, const char *format, ...)
{
  g_autoptr (GString) where = g_string_new (NULL);
  g_autofree char *problem = NULL;
  va_list args;

  if (sg_file_reader_is_full (reader))
    return;
  va_start (args, format);
  problem = g_strdup_vprintf (format, args);
  va_end (args);
  append_place (where, place);
  GError *error = g_error_new (SG_SKETCH_ERROR, code, "%s: %s%s%s", reader->name, where->str,
                               where->len ? ": " : "", problem);
  if (where->len > 0)
    sg_error_add_text (&error, SG_DETAIL_PATH, where->str);
  g_ptr_array_add (reader->problems, error);
}

void
sg_file_reader_report_limit (
  SgFileReader *reader, const SgFilePlace *place, SgSketchError code, SgLimitId limit, guint64 actual)
{
  g_autofree char *problem = sg_limit_dup_problem (limit, actual);

  if (sg_file_reader_is_full (reader))
    return;
  sg_file_reader_report (reader, place, code, "%s", problem);
  sg_limit_add_details ((GError **)&reader->problems->pdata[reader->problems->len - 1], limit, actual);
}

const char *
sg_file_reader_type_name (const json_t *value)
{
  if (!value)
    return "missing";
  switch (json_typeof (value))
    {
    case JSON_OBJECT:
      return "an object";
    case JSON_ARRAY:
      return "an array";
    case JSON_STRING:
      return "a string";
    case JSON_INTEGER:
    case JSON_REAL:
      return "a number";
    case JSON_NULL:
      return "null";
    default:
      return "true or false";
    }
}

gboolean
sg_file_reader_number (
  SgFileReader *reader, const SgFilePlace *place, const json_t *value, double min, double max, double *out)
{
  if (!json_is_number (value))
    {
      sg_file_reader_report (reader, place, SG_SKETCH_ERROR_STRUCTURE, "is %s; a number is needed",
                             sg_file_reader_type_name (value));
      return FALSE;
    }
  *out = json_number_value (value);
  if (*out >= min && *out <= max)
    return TRUE;
  sg_file_reader_report (reader, place, SG_SKETCH_ERROR_NUMBER, "%.10g is not within %.10g and %.10g", *out,
                         min, max);
  return FALSE;
}

gboolean
sg_file_reader_number_member (SgFileReader *reader,
                              const SgFilePlace *object_place,
                              const json_t *object,
                              const char *key,
                              double fallback,
                              double min,
                              double max,
                              double *out)
{
  SgFilePlace place = { object_place, key };
  const json_t *value = json_object_get (object, key);

  *out = fallback;
  if (!value && !isnan (fallback))
    return TRUE;
  return sg_file_reader_number (reader, &place, value, min, max, out);
}

const char *
sg_file_reader_text_member (SgFileReader *reader,
                            const SgFilePlace *object_place,
                            const json_t *object,
                            const char *key,
                            const char *fallback)
{
  SgFilePlace place = { object_place, key };
  const json_t *value = json_object_get (object, key);
  const char *text = json_string_value (value);

  if (!value && fallback)
    return fallback;
  if (!text)
    {
      sg_file_reader_report (reader, &place, SG_SKETCH_ERROR_STRUCTURE, "is %s; a string is needed",
                             sg_file_reader_type_name (value));
      return NULL;
    }
  /* the byte count decides most; only what may be over is counted in characters */
  if (json_string_length (value) > SG_LIMIT_WORDS && g_utf8_strlen (text, -1) > SG_LIMIT_WORDS)
    {
      sg_file_reader_report_limit (reader, &place, SG_SKETCH_ERROR_TOO_LARGE, SG_LIMIT_ID_WORDS,
                                   g_utf8_strlen (text, -1));
      return NULL;
    }
  return text;
}

gsize
sg_file_reader_count_items (SgFileReader *reader,
                            const SgFilePlace *place,
                            const json_t *value,
                            const char *items,
                            guint64 *total,
                            SgLimitId most)
{
  gsize n = json_array_size (value);

  *total += n;
  if (n > 0 && *total <= (guint64)sg_limit_get (most)->value)
    return n;
  if (n == 0)
    sg_file_reader_report (reader, place, SG_SKETCH_ERROR_STRUCTURE, "is %s; an array of %s is needed",
                           json_is_array (value) ? "empty" : sg_file_reader_type_name (value), items);
  else
    sg_file_reader_report_limit (reader, place, SG_SKETCH_ERROR_TOO_LARGE, most, *total);
  return 0;
}

json_t *
sg_file_reader_unknown_members (const json_t *object, const char *const *known)
{
  json_t *extra = NULL;
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *)object, key, value)
  {
    if (g_strv_contains (known, key))
      continue;
    if (!extra)
      extra = json_object ();
    json_object_set (extra, key, value);
  }
  return extra;
}

gboolean
sg_file_reader_require_object (SgFileReader *reader, const SgFilePlace *place, const json_t *value)
{
  if (json_is_object (value))
    return TRUE;
  sg_file_reader_report (reader, place, SG_SKETCH_ERROR_STRUCTURE, "is %s; an object is needed",
                         sg_file_reader_type_name (value));
  return FALSE;
}
