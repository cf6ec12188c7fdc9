/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A correction as the file has it; file-read-correction.c reads it. Parts are named by their index, as files
 * have no identities. */
#include "sketch/correction.h"

/* Index + 1 of every part of the page. */
static GHashTable *
number_parts (const SgPage *page)
{
  GHashTable *numbers = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    g_hash_table_insert (numbers, sg_page_get_stroke (page, i), GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < sg_page_get_n_images (page); i++)
    g_hash_table_insert (numbers, sg_page_get_image (page, i), GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < sg_page_get_n_labels (page); i++)
    g_hash_table_insert (numbers, sg_page_get_label (page, i), GUINT_TO_POINTER (i + 1));
  return numbers;
}

static int
index_of (GHashTable *numbers, gconstpointer part)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (numbers, part)) - 1;
}

static json_t *
piece_to_json (const SgInkPiece *piece, GHashTable *numbers)
{
  if (piece->image)
    return json_pack ("{s:i, s:[f,f]}", "image", index_of (numbers, piece->image), "at", piece->anchor.x,
                      piece->anchor.y);
  if (piece->label)
    return json_pack ("{s:i}", "label", index_of (numbers, piece->label));
  if (piece->from <= 0 && piece->to >= 1)
    return json_integer (index_of (numbers, piece->stroke));
  return json_pack ("{s:i, s:f, s:f}", "stroke", index_of (numbers, piece->stroke), "from", piece->from, "to",
                    piece->to);
}

static void
set_text (json_t *object, const char *name, const char *text)
{
  if (text)
    json_object_set_new (object, name, json_string (text));
}

static void
set_object (json_t *object, const char *name, json_t *members)
{
  if (json_object_size (members) > 0)
    json_object_set_new (object, name, members);
  else
    json_decref (members);
}

static json_t *
handles_to_json (const SgCorrection *correction)
{
  json_t *handles = json_object ();
  SgPoint at;

  for (guint i = 0; i < SG_N_HANDLES; i++)
    if (sg_correction_get_handle (correction, i, &at))
      json_object_set_new (handles, sg_handle_name (i), json_pack ("[f,f]", at.x, at.y));
  return handles;
}

static json_t *
properties_to_json (const SgCorrection *correction)
{
  json_t *said = json_object ();

  set_text (said, "material", sg_correction_get_material (correction));
  for (guint i = 0; i < SG_N_PROPERTIES; i++)
    if (!isnan (sg_correction_get_property (correction, i)))
      json_object_set_new (said, sg_property_name (i),
                           json_real (sg_correction_get_property (correction, i)));
  return said;
}

static json_t *
correction_to_json (const SgCorrection *correction, GHashTable *numbers)
{
  json_t *extra = (json_t *)sg_correction_get_extra (correction), *mark, *object;
  guint n;
  const SgInkPiece *pieces = sg_correction_get_pieces (correction, &n);

  if (n == 0)
    return json_incref (extra);
  mark = json_array ();
  for (guint i = 0; i < n; i++)
    json_array_append_new (mark, piece_to_json (&pieces[i], numbers));
  object = json_object ();
  json_object_set_new (object, "mark", mark);
  set_text (object, "kind", sg_correction_get_kind (correction));
  set_text (object, "role", sg_correction_get_role (correction));
  set_text (object, "text", sg_correction_get_text (correction));
  set_text (object, "name", sg_correction_get_name (correction));
  set_object (object, "handles", handles_to_json (correction));
  set_object (object, "properties", properties_to_json (correction));
  if (extra)
    json_object_update_recursive (object, extra);
  return object;
}

json_t *
sg_corrections_to_json (const SgPage *page)
{
  json_t *array = json_array ();
  guint n = sg_page_get_n_corrections (page);

  if (n == 0)
    return array;
  g_autoptr (GHashTable) numbers = number_parts (page);
  for (guint i = 0; i < n; i++)
    json_array_append_new (array, correction_to_json (sg_page_get_correction (page, i), numbers));
  return array;
}
