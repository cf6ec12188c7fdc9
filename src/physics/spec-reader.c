/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSON -> PhysicsSpec. Follows the table of members; says at which path the structure is wrong. What the
 * numbers and names mean is for the rules. */
#include "physics/spec-json.h"

#include <string.h>

#include "base/json.h"
#include "base/limits.h"
#include "physics/error.h"
#include "physics/spec-fields.h"

typedef struct
{
  const char *name; /* of the input */
  GString *path;    /* where the reader stands: "bodies[2].joints" */
  guint parts;      /* read so far */
  GError **error;
} Reader;

/* -- Where it stands -- */

static gsize
enter_member (Reader *reader, const char *key)
{
  gsize before = reader->path->len;

  g_string_append_printf (reader->path, "%s%s", before > 0 ? "." : "", key);
  return before;
}

static gsize
enter_item (Reader *reader, gsize i)
{
  gsize before = reader->path->len;

  g_string_append_printf (reader->path, "[%" G_GSIZE_FORMAT "]", i);
  return before;
}

static gboolean G_GNUC_PRINTF (3, 4)
  refuse (Reader *reader, SgPhysicsError code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (reader->error, SG_PHYSICS_ERROR, code, "%s: %s%s%s", reader->name, reader->path->str,
               reader->path->len > 0 ? ": " : "", message);
  if (reader->path->len > 0)
    sg_error_add_text (reader->error, SG_DETAIL_PATH, reader->path->str);
  return FALSE;
}

static gboolean
expect (Reader *reader, const char *what)
{
  return refuse (reader, SG_PHYSICS_ERROR_STRUCTURE, "%s is expected here", what);
}

/* -- Values -- */

static gboolean
read_string (Reader *reader, const json_t *value, char **out)
{
  if (!json_is_string (value))
    return expect (reader, "a string");
  g_free (*out);
  *out = g_strdup (json_string_value (value));
  return TRUE;
}

static gboolean
read_enum (Reader *reader, const json_t *value, const char *const *names, int *out)
{
  g_autofree char *known = NULL;

  for (int i = 0; json_is_string (value) && names[i]; i++)
    if (g_str_equal (names[i], json_string_value (value)))
      {
        *out = i;
        return TRUE;
      }
  known = g_strjoinv (", ", (char **)names);
  return refuse (reader, SG_PHYSICS_ERROR_STRUCTURE, "one of %s is expected here", known);
}

static gboolean
read_number (Reader *reader, const json_t *value, double unit, double *out)
{
  if (!sg_json_get_number (value, out))
    return expect (reader, "a number");
  *out *= unit;
  return TRUE;
}

static gboolean
read_vector (Reader *reader, const json_t *value, const SgField *field, double unit, double *out)
{
  gsize n = json_array_size (value);

  if (!json_is_array (value) || n < field->least || n > field->n)
    return field->least == field->n
             ? refuse (reader, SG_PHYSICS_ERROR_STRUCTURE, "an array of %u numbers is expected here",
                       field->n)
             : refuse (reader, SG_PHYSICS_ERROR_STRUCTURE, "an array of %u to %u numbers is expected here",
                       field->least, field->n);
  for (gsize i = 0; i < n; i++)
    {
      gsize before = enter_item (reader, i);

      if (!read_number (reader, json_array_get (value, i), unit, &out[i]))
        return FALSE;
      g_string_truncate (reader->path, before);
    }
  return TRUE;
}

static gboolean
read_color (Reader *reader, const json_t *value, float *out)
{
  static const SgField four = { .n = 4, .least = 4 };
  double color[4];

  if (!read_vector (reader, value, &four, 1, color))
    return FALSE;
  for (guint i = 0; i < 4; i++)
    out[i] = (float)color[i];
  return TRUE;
}

static gboolean
read_outline (Reader *reader, const json_t *value, SgGeom *geom)
{
  static const SgField pair = { .n = 2, .least = 2 };

  if (!json_is_array (value))
    return expect (reader, "an array of [x, z]");
  geom->n_outline = (guint)json_array_size (value);
  geom->outline = g_new0 (double, 2 * geom->n_outline);
  for (guint i = 0; i < geom->n_outline; i++)
    {
      gsize before = enter_item (reader, i);

      if (!read_vector (reader, json_array_get (value, i), &pair, 1, geom->outline + 2 * i))
        return FALSE;
      g_string_truncate (reader->path, before);
    }
  return TRUE;
}

static gboolean
read_strings (Reader *reader, const json_t *value, GPtrArray *out)
{
  size_t i;
  json_t *item;

  if (!json_is_array (value))
    return expect (reader, "an array of strings");
  json_array_foreach ((json_t *)value, i, item)
  {
    char *text = NULL;
    gsize before = enter_item (reader, i);

    if (!read_string (reader, item, &text))
      return FALSE;
    g_ptr_array_add (out, text);
    g_string_truncate (reader->path, before);
  }
  return TRUE;
}

/* -- Records -- */

static gboolean read_list (Reader *reader, const json_t *value, const SgRecord *record, GArray *out);

static gboolean
read_field (Reader *reader, const json_t *value, const SgField *field, gpointer part)
{
  gpointer at = G_STRUCT_MEMBER_P (part, field->offset);

  if (field->flag != SG_FIELD_NO_FLAG)
    G_STRUCT_MEMBER (gboolean, part, field->flag) = TRUE;
  switch (field->kind)
    {
    case SG_FIELD_STRING:
      return read_string (reader, value, at);
    case SG_FIELD_ENUM:
      return read_enum (reader, value, field->names, at);
    case SG_FIELD_NUMBER:
      return read_number (reader, value, 1, at);
    case SG_FIELD_ANGLE:
      return read_number (reader, value, sg_field_angle_unit (part), at);
    case SG_FIELD_VECTOR:
      return read_vector (reader, value, field, 1, at);
    case SG_FIELD_ANGLES:
      return read_vector (reader, value, field, sg_field_angle_unit (part), at);
    case SG_FIELD_COLOR:
      return read_color (reader, value, at);
    case SG_FIELD_BOOLEAN:
      *(gboolean *)at = json_is_true (value);
      return json_is_boolean (value) || expect (reader, "true or false");
    case SG_FIELD_INTEGER:
      *(int *)at = (int)CLAMP (json_integer_value (value), G_MININT, G_MAXINT);
      return json_is_integer (value) || expect (reader, "a whole number");
    case SG_FIELD_OUTLINE:
      return read_outline (reader, value, part);
    case SG_FIELD_STRINGS:
      return read_strings (reader, value, *(GPtrArray **)at);
    case SG_FIELD_LIST:
      return read_list (reader, value, field->record, *(GArray **)at);
    }
  return FALSE;
}

static const SgField *
find_field (const SgRecord *record, const char *key)
{
  for (guint i = 0; i < record->n_fields; i++)
    if (g_str_equal (record->fields[i].key, key))
      return &record->fields[i];
  return NULL;
}

/* The type is not read with the rest: it was read before, for it decides what the rest is by default. */
static gboolean
read_members (Reader *reader, const json_t *object, const SgRecord *record, gpointer part)
{
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *)object, key, value)
  {
    const SgField *field = find_field (record, key);
    gsize before = enter_member (reader, key);

    if (!field)
      return refuse (reader, SG_PHYSICS_ERROR_STRUCTURE, "%s has no such member", record->what);
    if (!(field == record->fields && field->kind == SG_FIELD_ENUM) &&
        !read_field (reader, value, field, part))
      return FALSE;
    g_string_truncate (reader->path, before);
  }
  return TRUE;
}

static gboolean
read_type (Reader *reader, const json_t *object, const SgRecord *record, int *type)
{
  const SgField *field = record->fields;
  const json_t *value = json_object_get (object, field->key);
  gsize before;

  *type = 0;
  if (field->kind != SG_FIELD_ENUM || !value)
    return TRUE;
  before = enter_member (reader, field->key);
  if (!read_enum (reader, value, field->names, type))
    return FALSE;
  g_string_truncate (reader->path, before);
  return TRUE;
}

/* A part is put into its list before it is filled, so that what it owns is freed with the list whatever is
 * wrong with the rest of it. */
static gboolean
read_item (Reader *reader, const json_t *value, const SgRecord *record, GArray *out)
{
  int type;

  if (!json_is_object (value))
    return expect (reader, record->what);
  /* over all lists of a file, so that 5 MB of "{}" cannot become gigabytes */
  if (++reader->parts > SG_LIMIT_SPEC_PARTS)
    {
      g_autofree char *problem = sg_limit_dup_problem (SG_LIMIT_ID_SPEC_PARTS, reader->parts);

      return refuse (reader, SG_PHYSICS_ERROR_TOO_LARGE, "%s", problem);
    }
  if (!read_type (reader, value, record, &type))
    return FALSE;
  g_array_set_size (out, out->len + 1);
  gpointer part = out->data + (out->len - 1) * record->size;

  record->init (part, type);
  return read_members (reader, value, record, part);
}

static gboolean
read_list (Reader *reader, const json_t *value, const SgRecord *record, GArray *out)
{
  size_t i;
  json_t *item;

  if (!json_is_array (value))
    return expect (reader, "an array");
  json_array_foreach ((json_t *)value, i, item)
  {
    gsize before = enter_item (reader, i);

    if (!read_item (reader, item, record, out))
      return FALSE;
    g_string_truncate (reader->path, before);
  }
  return TRUE;
}

/* -- The file -- */

/* The two members that say what the file is are no part of the spec: they are taken out of `root`. */
static gboolean
read_header (Reader *reader, json_t *root)
{
  if (!json_is_object (root))
    return expect (reader, "an object");
  const char *format = json_string_value (json_object_get (root, "format"));
  const json_t *version = json_object_get (root, "version");

  if (g_strcmp0 (format, "simgen-spec") != 0)
    return refuse (reader, SG_PHYSICS_ERROR_STRUCTURE, "format: \"simgen-spec\" is expected here");
  if (!json_is_integer (version) || json_integer_value (version) != 1)
    return refuse (reader, SG_PHYSICS_ERROR_STRUCTURE, "version: this SimGen reads version 1");
  json_object_del (root, "format");
  json_object_del (root, "version");
  return TRUE;
}

static SgSpec *
read_root (const char *name, json_t *root, GError **error)
{
  g_autoptr (GString) path = g_string_new (NULL);
  g_autoptr (SgSpec) spec = sg_spec_new ();
  Reader reader = { .name = name, .path = path, .error = error };

  if (!read_header (&reader, root) || !read_members (&reader, root, &sg_spec_record, spec))
    return NULL;
  sg_spec_name_parts (spec);
  return g_steal_pointer (&spec);
}

SgSpec *
sg_spec_parse (const char *name, const char *text, gsize size, GError **error)
{
  g_return_val_if_fail (name != NULL && (text != NULL || size == 0), NULL);

  if (!sg_limit_check (SG_LIMIT_ID_SPEC_BYTES, size, name, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_TOO_LARGE,
                       error))
    return NULL;
  g_autoptr (json_t) root = sg_json_parse (name, text, size, error);

  return root ? read_root (name, root, error) : NULL;
}

SgSpec *
sg_spec_load (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autoptr (json_t) root = sg_json_read (path, SG_LIMIT_ID_SPEC_BYTES, error);

  return root ? read_root (path, root, error) : NULL;
}
