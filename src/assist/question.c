/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Questions and answers as values. */
#include "assist/question.h"

#include <string.h>

#include "base/json.h"

/* JSON holds nothing but UTF-8. */
static char *
dup_valid (const char *text)
{
  return text ? g_utf8_make_valid (text, -1) : NULL;
}

SgQuestion *
sg_question_new (const SgAssistQuestion *said)
{
  SgQuestion *self = g_new (SgQuestion, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->said = *said;
  self->said.system = dup_valid (said->system);
  self->said.user = dup_valid (said->user);
  self->said.picture = said->picture ? g_bytes_ref (said->picture) : NULL;
  self->said.schema = dup_valid (said->schema);
  self->said.schema_name = dup_valid (said->schema_name ? said->schema_name : "answer");
  self->said.prompt_version = dup_valid (said->prompt_version);
  self->said.repair = dup_valid (said->repair);
  return self;
}

SgQuestion *
sg_question_ref (SgQuestion *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sg_question_unref (SgQuestion *self)
{
  SgAssistQuestion *said = &self->said;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (said->free_check_data)
    said->free_check_data (said->check_data);
  g_clear_pointer (&said->picture, g_bytes_unref);
  g_free ((char *)said->system);
  g_free ((char *)said->user);
  g_free ((char *)said->schema);
  g_free ((char *)said->schema_name);
  g_free ((char *)said->prompt_version);
  g_free ((char *)said->repair);
  g_free (self);
}

/* A part of a digest, told from the next by its length. */
static void
add_part (GChecksum *sum, gconstpointer data, gsize size)
{
  const guint64 length = GUINT64_TO_LE (data ? size + 1 : 0); /* nothing is not the same as empty */

  g_checksum_update (sum, (const guchar *)&length, sizeof length);
  if (data && size > 0)
    g_checksum_update (sum, data, size);
}

static void
add_text (GChecksum *sum, const char *text)
{
  add_part (sum, text, text ? strlen (text) : 0);
}

char *
sg_question_dup_name (const SgQuestion *self, const SgAssistProvider *provider)
{
  const SgAssistQuestion *said = &self->said;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *const texts[] = { "simgen-question-1", said->prompt_version, said->system, said->user,
                                said->schema, said->schema_name, said->repair };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    add_text (sum, texts[i]);
  add_part (sum, said->picture ? g_bytes_get_data (said->picture, NULL) : NULL,
            said->picture ? g_bytes_get_size (said->picture) : 0);
  if (provider)
    {
      add_text (sum, sg_provider_kind_name (provider->kind));
      add_text (sum, provider->base_url);
      add_text (sum, provider->model);
    }
  return g_strdup (g_checksum_get_string (sum));
}

gboolean
sg_question_check (const SgQuestion *self, const char *text, GError **error)
{
  return !self->said.check || self->said.check (text, self->said.check_data, error);
}

void
sg_assist_answer_free (SgAssistAnswer *self)
{
  g_free (self->text);
  g_free (self->provider);
  g_free (self->model);
  g_free (self);
}

SgAssistAnswer *
sg_answer_copy (const SgAssistAnswer *answer)
{
  SgAssistAnswer *copy = g_memdup2 (answer, sizeof *answer);

  copy->text = g_strdup (answer->text);
  copy->provider = g_strdup (answer->provider);
  copy->model = g_strdup (answer->model);
  return copy;
}

GBytes *
sg_answer_to_bytes (const SgAssistAnswer *answer)
{
  g_autoptr (json_t) object = json_pack ("{s:s, s:s, s:b}", "text", answer->text, "model", answer->model,
                                         "repaired", answer->repaired);
  char *text = object ? sg_json_dump (object, 0) : NULL;

  return text ? g_bytes_new_take (text, strlen (text)) : NULL;
}

SgAssistAnswer *
sg_answer_from_bytes (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr (json_t) object = sg_json_parse ("cache", data, size, NULL);
  const char *text, *model;
  int repaired;

  if (!object ||
      json_unpack (object, "{s:s, s:s, s:b}", "text", &text, "model", &model, "repaired", &repaired) != 0)
    return NULL;
  SgAssistAnswer *answer = g_new (SgAssistAnswer, 1);
  *answer = (SgAssistAnswer){ .text = g_strdup (text),
                              .model = g_strdup (model),
                              .first_token_us = -1,
                              .from_cache = TRUE,
                              .repaired = repaired };
  return answer;
}
