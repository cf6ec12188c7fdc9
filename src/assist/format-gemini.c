/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Gemini's generateContent as a stream of events (ai.google.dev, "API reference:
 * models.streamGenerateContent", "Structured output", "Image understanding"). The key goes into a header,
 * not into the address. */
#include "config.h"

#include "assist/format.h"

#include <glib/gi18n-lib.h>

#include "assist/failure.h"

static json_t *
turn (const char *role, const char *text)
{
  return json_pack ("{s:s, s:[{s:s}]}", "role", role, "parts", "text", text);
}

static json_t *
write_request (const SgRequest *request)
{
  json_t *contents = json_array (), *user = turn ("user", request->question->said.user);
  json_t *body = json_pack ("{s:o}", "contents", contents);

  if (request->picture)
    json_array_insert_new (json_object_get (user, "parts"), 0,
                           json_pack ("{s:{s:s, s:s}}", "inlineData", "mimeType", "image/png", "data",
                                      request->picture));
  json_array_append_new (contents, user);
  if (request->problem)
    {
      json_array_append_new (contents, turn ("model", request->earlier));
      json_array_append_new (contents, turn ("user", request->problem));
    }
  if (request->system)
    json_object_set_new (body, "systemInstruction",
                         json_pack ("{s:[{s:s}]}", "parts", "text", request->system));
  if (request->schema)
    json_object_set_new (body, "generationConfig",
                         json_pack ("{s:s, s:O}", "responseMimeType", "application/json",
                                    "responseJsonSchema", request->schema));
  return body;
}

static gboolean
read_end (SgReply *reply, const char *reason, GError **error)
{
  if (!reason)
    return TRUE;
  reply->finished = TRUE;
  reply->out_of_room = g_str_equal (reason, "MAX_TOKENS");
  if (g_str_equal (reason, "STOP") || reply->out_of_room)
    return TRUE;
  return sg_failure_set_declined (error, NULL); /* SAFETY, RECITATION, BLOCKLIST, … */
}

static gboolean
read_parts (SgReply *reply, const json_t *parts, GError **error)
{
  for (gsize i = 0; i < json_array_size (parts); i++)
    {
      const json_t *part = json_array_get (parts, i);

      if (json_is_true (json_object_get (part, "thought")))
        reply->thinks = TRUE;
      else if (!sg_reply_add (reply, json_object_get (part, "text"), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_event (SgReply *reply, const char *name, const json_t *event, GError **error)
{
  const json_t *failure = json_object_get (event, "error"), *usage = json_object_get (event, "usageMetadata");
  const json_t *candidate = json_array_get (json_object_get (event, "candidates"), 0);
  gint64 thoughts = 0;

  if (failure)
    return sg_failure_set_of_event (error, failure);
  if (json_object_get (json_object_get (event, "promptFeedback"), "blockReason"))
    return sg_failure_set_declined (error, NULL);
  sg_reply_take_model (reply, json_object_get (event, "modelVersion"));
  sg_reply_take_tokens (&reply->tokens_in, json_object_get (usage, "promptTokenCount"));
  if (json_is_integer (json_object_get (usage, "candidatesTokenCount")))
    {
      sg_reply_take_tokens (&reply->tokens_out, json_object_get (usage, "candidatesTokenCount"));
      sg_reply_take_tokens (&thoughts, json_object_get (usage, "thoughtsTokenCount"));
      reply->tokens_out += thoughts; /* they are paid for */
    }
  return read_parts (reply, json_object_get (json_object_get (candidate, "content"), "parts"), error) &&
         read_end (reply, json_string_value (json_object_get (candidate, "finishReason")), error);
}

const SgFormat sg_format_gemini = {
  .framing = SG_FRAMING_SSE,
  .key_header = "x-goog-api-key",
  .key_prefix = "",
  .ask_path = "/models/%s:streamGenerateContent?alt=sse",
  .models_path = "/models?pageSize=1000",
  .write = write_request,
  .read = read_event,
  .models_member = "models",
  .model_member = "name",
};
