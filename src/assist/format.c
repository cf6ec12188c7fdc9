/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the formats have in common. */
#include "config.h"

#include "assist/format.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "base/json.h"

#define MOST_MODELS 5000

const SgFormat *
sg_format_get (SgProviderKind kind)
{
  static const SgFormat *const formats[] = {
    [SG_PROVIDER_OPENAI] = &sg_format_openai,
    [SG_PROVIDER_ANTHROPIC] = &sg_format_anthropic,
    [SG_PROVIDER_GEMINI] = &sg_format_gemini,
    [SG_PROVIDER_OLLAMA] = &sg_format_ollama,
  };

  return formats[kind];
}

/* A model's name as a piece of a path: "models/a" of a list is "a" in an address; nothing in it leads
 * elsewhere. */
static char *
dup_model_segment (const char *model)
{
  return g_uri_escape_string (g_str_has_prefix (model, "models/") ? model + strlen ("models/") : model,
                              NULL, FALSE);
}

GUri *
sg_format_dup_uri (const SgAssistProvider *provider, gboolean models)
{
  const SgFormat *format = sg_format_get (provider->kind);
  g_autofree char *segment = dup_model_segment (provider->model ? provider->model : "");
  g_auto (GStrv) halves = g_strsplit (models ? format->models_path : format->ask_path, "%s", 2);
  g_autofree char *path = g_strjoinv (segment, halves);
  gsize size = strlen (provider->base_url);

  while (size > 0 && provider->base_url[size - 1] == '/')
    size--;
  /* "https://host/v1" and "/v1/messages" mean one v1 */
  const char *second = strchr (path + 1, '/');
  const gsize first_size = second ? second - path : 0;
  if (first_size > 0 && size > first_size &&
      strncmp (provider->base_url + size - first_size, path, first_size) == 0)
    size -= first_size;
  g_autofree char *text = g_strdup_printf ("%.*s%s", (int)size, provider->base_url, path);
  return g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);
}

/* What is said of the schema where the provider cannot keep its model to it. */
static char *
dup_system (const SgAssistQuestion *said, gboolean with_schema)
{
  if (with_schema || !said->schema)
    return g_strdup (said->system);
  return g_strdup_printf (
    "%s%sAnswer with one JSON object and nothing else. It must match this JSON Schema:\n%s",
    said->system ? said->system : "", said->system ? "\n\n" : "", said->schema);
}

GBytes *
sg_format_write (const SgAssistProvider *provider,
                 const SgQuestion *question,
                 gboolean with_schema,
                 const char *earlier,
                 const char *problem)
{
  const SgAssistQuestion *said = &question->said;
  g_autofree char *picture = NULL, *system = dup_system (said, with_schema);
  g_autoptr (json_t) schema = NULL;

  if (said->picture)
    picture = g_base64_encode (g_bytes_get_data (said->picture, NULL), g_bytes_get_size (said->picture));
  if (said->schema && with_schema)
    schema = sg_json_parse ("schema", said->schema, strlen (said->schema), NULL);
  const SgRequest request = { provider, question, picture, schema, system, earlier, problem };
  g_autoptr (json_t) body = sg_format_get (provider->kind)->write (&request);
  char *text = json_dumps (body, JSON_COMPACT);
  return g_bytes_new_with_free_func (text, strlen (text), free, text);
}

gboolean
sg_format_read (
  const SgFormat *self, SgReply *reply, const char *name, const char *data, gsize size, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (self->framing == SG_FRAMING_SSE && g_str_equal (data, "[DONE]"))
    {
      reply->finished = TRUE;
      return TRUE;
    }
  g_autoptr (json_t) event = sg_json_parse (_ ("the answer"), data, size, &problem);
  if (!event)
    {
      /* not the parser's words, which quote what was answered */
      g_set_error (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_DAMAGED, "%s",
                   _ ("what came is not JSON, so no answer of this kind of provider"));
      return FALSE;
    }
  return self->read (reply, name, event, error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

char **
sg_format_read_models (const SgFormat *self, GBytes *body, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  g_autoptr (json_t) object = sg_json_parse ("models", data ? data : "", size, NULL);
  const json_t *models = json_object_get (object, self->models_member);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (!json_is_array (models))
    {
      g_set_error (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_DAMAGED, "%s",
                   _ ("what came is no list of models"));
      return NULL;
    }
  for (gsize i = 0; i < MIN (json_array_size (models), MOST_MODELS); i++)
    {
      const char *name = json_string_value (json_object_get (json_array_get (models, i), self->model_member));

      if (name && *name)
        g_ptr_array_add (names,
                         g_strdup (g_str_has_prefix (name, "models/") ? name + strlen ("models/") : name));
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&names), FALSE);
}
