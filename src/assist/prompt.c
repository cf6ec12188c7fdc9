/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prompts from resources, and a sketch as data: the reading without what only a program needs. */
#include "assist/prompt.h"

#include <gio/gio.h>
#include <string.h>

#include "base/json.h"
#include "physics/spec-json.h"
#include "vision/reading-json.h"

#define FOLDER "/org/simgen/SimGen/prompts/"
#define MOST_POINTS 16 /* of a path or an outline: its shape is in the picture */
#define BEGIN "DATA\n"
#define END "\nEND OF DATA\n"

/* A resource lives as long as the program, and is followed by a zero. */
static const char *
resource_text (const char *name)
{
  g_autofree char *path = g_strconcat (FOLDER, name, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, 0, NULL);

  g_assert (bytes != NULL);
  return g_bytes_get_data (bytes, NULL);
}

const char *
sg_prompt_get_system (SgPrompt prompt)
{
  return resource_text (prompt == SG_PROMPT_PROPOSE ? "propose.txt" : "explain.txt");
}

const char *
sg_prompt_get_schema (SgPrompt prompt)
{
  return prompt == SG_PROMPT_PROPOSE ? resource_text ("proposal.schema.json") : NULL;
}

char *
sg_prompt_dup_version (SgPrompt prompt)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *schema = sg_prompt_get_schema (prompt);

  g_checksum_update (sum, (const guchar *)sg_prompt_get_system (prompt), -1);
  if (schema != NULL)
    g_checksum_update (sum, (const guchar *)schema, -1);
  return g_strdup_printf ("1-%.16s", g_checksum_get_string (sum));
}

/* -- The data -- */

/* Every so many points, the last one always. */
static void
thin_points (json_t *geometry)
{
  json_t *points = json_object_get (geometry, "points");
  gsize n = json_array_size (points);

  if (n <= MOST_POINTS)
    return;
  json_t *thinned = json_array ();
  for (guint i = 0; i < MOST_POINTS; i++)
    json_array_append (thinned, json_array_get (points, i * (n - 1) / (MOST_POINTS - 1)));
  json_object_set_new (geometry, "points", thinned);
}

static void
thin_element (json_t *element)
{
  json_t *alternatives = json_object_get (element, "alternatives"), *alternative;
  gsize i;

  json_object_del (element, "strokes");
  thin_points (json_object_get (element, "geometry"));
  json_array_foreach (alternatives, i, alternative)
    json_object_del (alternative, "geometry");
  if (json_array_size (alternatives) == 0)
    json_object_del (element, "alternatives");
}

static void
add_reading (json_t *data, const SgReading *reading)
{
  json_t *object = sg_reading_to_json (reading), *elements = json_object_get (object, "elements"), *element;
  gsize i;

  json_object_del (object, "readings");
  json_array_foreach (elements, i, element)
    thin_element (element);
  json_object_update (data, object);
  json_decref (object);
}

static void
add_spec (json_t *data, const SgSpec *spec)
{
  g_autofree char *text = sg_spec_dump (spec);
  json_t *object = sg_json_parse ("spec", text, strlen (text), NULL);

  if (object == NULL)
    return;
  json_object_del (object, "format");
  json_object_del (object, "version");
  json_object_set_new (data, "spec", object);
}

static void
add_text (json_t *data, const char *member, const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_new (data, member, json_string (text));
}

/* JSON in which "<" and line breaks do not occur, so that no text on the page can end the data. */
static char *
dump (const json_t *data)
{
  g_autofree char *text = sg_json_dump (data, 0);
  g_auto (GStrv) parts = g_strsplit (text, "<", -1);

  return g_strjoinv ("\\u003c", parts);
}

/* Takes out what tells least until it fits. */
static char *
dump_within (json_t *data)
{
  static const char *const dispensable[] = { "spec", "relations", "issues" };
  char *text = dump (data);

  for (guint i = 0; strlen (text) > SG_PROMPT_MOST_BYTES && i < G_N_ELEMENTS (dispensable); i++)
    {
      json_object_del (data, dispensable[i]);
      g_free (text);
      text = dump (data);
    }
  for (json_t *elements = json_object_get (data, "elements");
       strlen (text) > SG_PROMPT_MOST_BYTES && json_array_size (elements) > 0;)
    {
      gsize n = json_array_size (elements) / 2;

      while (json_array_size (elements) > n)
        json_array_remove (elements, json_array_size (elements) - 1);
      json_object_set_new (data, "left_out", json_true ());
      g_free (text);
      text = dump (data);
    }
  return text;
}

char *
sg_prompt_write (SgPrompt prompt, const SgPromptQuestion *question)
{
  g_autoptr (json_t) data = json_object ();

  add_text (data, "answer_language", question->language);
  add_text (data, "words", question->words);
  add_text (data, "wish", question->wish);
  add_text (data, "figures", question->figures);
  if (question->reading != NULL)
    add_reading (data, question->reading);
  if (question->zoom > 0)
    json_object_set_new (data, "picture",
                         json_pack ("{s:o, s:o, s:o}", "left", sg_json_number (question->offset[0], 2), "top",
                                    sg_json_number (question->offset[1], 2), "pixels_a_page_unit",
                                    sg_json_number (question->zoom, 4)));
  if (question->spec != NULL)
    add_spec (data, question->spec);
  g_autofree char *text = dump_within (data);
  return g_strconcat (BEGIN, text, END, NULL);
}
