/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PhysicsSpec -> JSON. Follows the table of members; what is at its default is left out, so that a file
 * shows what is particular about a mechanism. */
#include "physics/spec-json.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "physics/spec-fields.h"

static json_t *write_record (const SgRecord *record, gconstpointer part, gconstpointer usual);

/* Degrees have 12 digits behind the point: 30, not 29.999999999999996. */
static json_t *
write_number (double value, double unit)
{
  return unit == 1 ? json_real (value) : sg_json_number (value / unit, 12);
}

/* Without the last entries that are at their default. */
static json_t *
write_vector (const SgField *field, const double *values, const double *usual, double unit)
{
  json_t *array = json_array ();
  guint n = field->n;

  while (n > field->least && values[n - 1] == usual[n - 1])
    n--;
  for (guint i = 0; i < n; i++)
    json_array_append_new (array, write_number (values[i], unit));
  return array;
}

static json_t *
write_color (const float *rgba)
{
  json_t *array = json_array ();

  for (guint i = 0; i < 4; i++)
    json_array_append_new (array, sg_json_number (rgba[i], 4));
  return array;
}

static json_t *
write_outline (const SgGeom *geom)
{
  json_t *array = json_array ();

  for (guint i = 0; i < geom->n_outline; i++)
    json_array_append_new (array, json_pack ("[f, f]", geom->outline[2 * i], geom->outline[2 * i + 1]));
  return array;
}

static json_t *
write_strings (const GPtrArray *strings)
{
  json_t *array = json_array ();

  for (guint i = 0; i < strings->len; i++)
    json_array_append_new (array, json_string (strings->pdata[i]));
  return array;
}

static json_t *
write_item (const SgRecord *record, gconstpointer part)
{
  const SgField *type = record->fields;
  g_autofree char *usual = g_malloc (record->size);

  record->init (usual, type->kind == SG_FIELD_ENUM ? G_STRUCT_MEMBER (int, part, type->offset) : 0);
  json_t *object = write_record (record, part, usual);

  if (record->clear)
    record->clear (usual);
  return object;
}

static json_t *
write_list (const SgRecord *record, const GArray *parts)
{
  json_t *array = json_array ();

  for (guint i = 0; i < parts->len; i++)
    json_array_append_new (array, write_item (record, parts->data + i * record->size));
  return array;
}

static gboolean
is_usual (const SgField *field, gconstpointer part, gconstpointer usual)
{
  const void *a = G_STRUCT_MEMBER_P (part, field->offset), *b = G_STRUCT_MEMBER_P (usual, field->offset);

  if (field->flag != SG_FIELD_NO_FLAG)
    return !G_STRUCT_MEMBER (gboolean, part, field->flag);
  switch (field->kind)
    {
    case SG_FIELD_STRING:
      return g_strcmp0 (*(char *const *)a, *(char *const *)b) == 0;
    case SG_FIELD_NUMBER:
    case SG_FIELD_ANGLE:
      return isnan (*(const double *)a) || *(const double *)a == *(const double *)b;
    case SG_FIELD_VECTOR:
    case SG_FIELD_ANGLES:
      return memcmp (a, b, field->n * sizeof (double)) == 0;
    case SG_FIELD_COLOR:
      return memcmp (a, b, 4 * sizeof (float)) == 0;
    case SG_FIELD_BOOLEAN:
    case SG_FIELD_INTEGER:
      return *(const int *)a == *(const int *)b;
    case SG_FIELD_OUTLINE:
      return ((const SgGeom *)part)->n_outline == 0;
    case SG_FIELD_STRINGS:
      return (*(GPtrArray *const *)a)->len == 0;
    case SG_FIELD_LIST:
      return (*(GArray *const *)a)->len == 0;
    case SG_FIELD_ENUM:
      break;
    }
  return FALSE;
}

static json_t *
write_field (const SgField *field, gconstpointer part, gconstpointer usual)
{
  const void *at = G_STRUCT_MEMBER_P (part, field->offset);

  switch (field->kind)
    {
    case SG_FIELD_STRING:
      return json_string (*(char *const *)at);
    case SG_FIELD_ENUM:
      return json_string (field->names[*(const int *)at]);
    case SG_FIELD_NUMBER:
      return write_number (*(const double *)at, 1);
    case SG_FIELD_ANGLE:
      return write_number (*(const double *)at, sg_field_angle_unit (part));
    case SG_FIELD_VECTOR:
      return write_vector (field, at, G_STRUCT_MEMBER_P (usual, field->offset), 1);
    case SG_FIELD_ANGLES:
      return write_vector (field, at, G_STRUCT_MEMBER_P (usual, field->offset), sg_field_angle_unit (part));
    case SG_FIELD_COLOR:
      return write_color (at);
    case SG_FIELD_BOOLEAN:
      return json_boolean (*(const gboolean *)at);
    case SG_FIELD_INTEGER:
      return json_integer (*(const int *)at);
    case SG_FIELD_OUTLINE:
      return write_outline (part);
    case SG_FIELD_STRINGS:
      return write_strings (*(GPtrArray *const *)at);
    case SG_FIELD_LIST:
      return write_list (field->record, *(GArray *const *)at);
    }
  return NULL;
}

static json_t *
write_record (const SgRecord *record, gconstpointer part, gconstpointer usual)
{
  json_t *object = json_object ();

  for (guint i = 0; i < record->n_fields; i++)
    {
      const SgField *field = &record->fields[i];

      if (!is_usual (field, part, usual))
        json_object_set_new (object, field->key, write_field (field, part, usual));
    }
  return object;
}

char *
sg_spec_dump (const SgSpec *spec)
{
  g_return_val_if_fail (spec != NULL, NULL);

  g_autoptr (SgSpec) usual = sg_spec_new ();
  g_autoptr (json_t) root = json_pack ("{s:s, s:i}", "format", "simgen-spec", "version", 1);
  g_autoptr (json_t) members = write_record (&sg_spec_record, spec, usual);

  json_object_update (root, members);
  g_autofree char *text = sg_json_dump (root, 2);

  return g_strconcat (text, "\n", NULL);
}
