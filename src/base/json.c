/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The guard around jansson: bounds before parsing, places in errors, short numbers out. */
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/number.h"

/* Depth and number of values of a text, counted by its punctuation: cheap, and exact for well-formed JSON. */
static void
scan (const char *text, gsize size, guint *depth, guint64 *values)
{
  gboolean in_string = FALSE;
  guint level = 0;

  *depth = 0;
  *values = 1;
  for (gsize i = 0; i < size; i++)
    switch (text[i])
      {
      case '\\':
        if (in_string)
          i++;
        break;
      case '"':
        in_string = !in_string;
        break;
      case '[':
      case '{':
        if (!in_string)
          {
            level++;
            *depth = MAX (*depth, level);
            (*values)++;
          }
        break;
      case ']':
      case '}':
        if (!in_string && level > 0)
          level--;
        break;
      case ',':
        if (!in_string)
          (*values)++;
        break;
      default:
        break;
      }
}

json_t *
sg_json_parse (const char *name, const char *text, gsize size, GError **error)
{
  guint depth;
  guint64 values;
  json_error_t where;

  scan (text, size, &depth, &values);
  if (!sg_limit_check (SG_LIMIT_ID_JSON_DEPTH, depth, name, SG_BASE_ERROR, SG_BASE_ERROR_TOO_LARGE, error) ||
      !sg_limit_check (SG_LIMIT_ID_JSON_VALUES, values, name, SG_BASE_ERROR, SG_BASE_ERROR_TOO_LARGE, error))
    return NULL;

  json_t *value = json_loadb (text, size, JSON_REJECT_DUPLICATES, &where);
  if (!value)
    g_set_error (error, SG_BASE_ERROR, SG_BASE_ERROR_JSON, "%s: line %d, column %d: %s", name, where.line,
                 where.column, where.text);
  return value;
}

json_t *
sg_json_read (const char *path, SgLimitId limit, GError **error)
{
  g_autoptr (GBytes) bytes = sg_file_read_within (path, limit, error);

  if (!bytes)
    return NULL;
  return sg_json_parse (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

static void
append_break (GString *out, guint indent, guint level)
{
  if (indent == 0)
    return;
  g_string_append_c (out, '\n');
  for (guint i = 0; i < indent * level; i++)
    g_string_append_c (out, ' ');
}

/* Arrays of plain values stay on one line: a stroke's point or a matrix row is one thing to the eye. */
static gboolean
is_flat (const json_t *array)
{
  size_t i;
  json_t *item;

  json_array_foreach ((json_t *)array, i,
                      item) if (json_is_array (item) || json_is_object (item)) return FALSE;
  return TRUE;
}

static void
append_string (GString *out, const json_t *value)
{
  char *text = json_dumps (value, JSON_ENCODE_ANY);

  g_string_append (out, text);
  free (text);
}

static void
append_value (GString *out, const json_t *value, guint indent, guint level)
{
  if (json_is_object (value))
    {
      const char *key, *comma = "";
      json_t *item;

      g_string_append_c (out, '{');
      json_object_foreach ((json_t *)value, key, item)
      {
        g_autoptr (json_t) name = json_string (key);

        g_string_append (out, comma);
        append_break (out, indent, level + 1);
        append_string (out, name);
        g_string_append (out, ": ");
        append_value (out, item, indent, level + 1);
        comma = indent ? "," : ", ";
      }
      if (json_object_size (value) > 0)
        append_break (out, indent, level);
      g_string_append_c (out, '}');
    }
  else if (json_is_array (value))
    {
      guint inner = is_flat (value) ? 0 : indent;
      const char *comma = "";

      g_string_append_c (out, '[');
      for (size_t i = 0; i < json_array_size (value); i++)
        {
          g_string_append (out, comma);
          append_break (out, inner, level + 1);
          append_value (out, json_array_get (value, i), inner, level + 1);
          comma = inner ? "," : ", ";
        }
      append_break (out, inner, level);
      g_string_append_c (out, ']');
    }
  else if (json_is_real (value))
    sg_number_append (out, json_real_value (value)); /* jansson itself writes 17 digits */
  else
    append_string (out, value);
}

char *
sg_json_dump (const json_t *value, guint indent)
{
  GString *out = g_string_new (NULL);

  append_value (out, value, indent, 0);
  return g_string_free (out, FALSE);
}

json_t *
sg_json_number (double value, int digits)
{
  double unit = pow (10, digits);
  double rounded = round (value * unit) / unit;

  if (!isfinite (rounded))
    return json_null ();
  if (rounded == floor (rounded) && fabs (rounded) < 1e15)
    return json_integer ((json_int_t)rounded);
  return json_real (rounded);
}

json_t *
sg_json_point (SgPoint p)
{
  json_t *pair = json_array ();

  json_array_append_new (pair, sg_json_number (p.x, 3));
  json_array_append_new (pair, sg_json_number (p.y, 3));
  return pair;
}

gboolean
sg_json_get_number (const json_t *value, double *out)
{
  double number = json_is_number (value) ? json_number_value (value) : NAN;

  if (!isfinite (number))
    return FALSE;
  *out = number;
  return TRUE;
}
