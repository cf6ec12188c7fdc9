/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * OpenAI's chat completions, which llama.cpp, vLLM, LM Studio and OpenRouter speak too
 * (platform.openai.com/docs, "API reference: Chat Completions", "Streaming", "Structured Outputs", "Images
 * and vision"). No limit of tokens and no temperature is asked for: models differ in what they take. */
#include "config.h"

#include "assist/format.h"

#include <glib/gi18n-lib.h>

#include "assist/failure.h"

static json_t *
message (const char *role, const char *text)
{
  return json_pack ("{s:s, s:s}", "role", role, "content", text);
}

static json_t *
user_message (const SgRequest *request)
{
  if (!request->picture)
    return message ("user", request->question->said.user);
  g_autofree char *url = g_strconcat ("data:image/png;base64,", request->picture, NULL);
  return json_pack ("{s:s, s:[{s:s, s:s}, {s:s, s:{s:s}}]}", "role", "user", "content", "type", "text",
                    "text", request->question->said.user, "type", "image_url", "image_url", "url", url);
}

static json_t *
write_request (const SgRequest *request)
{
  json_t *messages = json_array ();
  json_t *body = json_pack ("{s:s, s:o, s:b, s:{s:b}}", "model", request->provider->model, "messages",
                            messages, "stream", TRUE, "stream_options", "include_usage", TRUE);

  if (request->system)
    json_array_append_new (messages, message ("system", request->system));
  json_array_append_new (messages, user_message (request));
  if (request->problem)
    {
      json_array_append_new (messages, message ("assistant", request->earlier));
      json_array_append_new (messages, message ("user", request->problem));
    }
  if (request->schema)
    json_object_set_new (body, "response_format",
                         json_pack ("{s:s, s:{s:s, s:b, s:O}}", "type", "json_schema", "json_schema", "name",
                                    request->question->said.schema_name, "strict", TRUE, "schema",
                                    request->schema));
  return body;
}

/* Why it ended; NULL or nothing: it did not yet. */
static gboolean
read_end (SgReply *reply, const char *reason, GError **error)
{
  if (!reason)
    return TRUE;
  if (g_str_equal (reason, "content_filter"))
    return sg_failure_set_declined (error, NULL);
  reply->out_of_room = g_str_equal (reason, "length");
  reply->finished = TRUE;
  return TRUE;
}

static gboolean
read_event (SgReply *reply, const char *name, const json_t *event, GError **error)
{
  const json_t *failure = json_object_get (event, "error"), *usage = json_object_get (event, "usage");
  const json_t *choice = json_array_get (json_object_get (event, "choices"), 0);
  const json_t *delta = json_object_get (choice, "delta");
  const json_t *said = delta ? delta : json_object_get (choice, "message");
  const char *refusal = json_string_value (json_object_get (said, "refusal"));

  if (failure && !json_is_null (failure))
    return sg_failure_set_of_event (error, failure);
  sg_reply_take_model (reply, json_object_get (event, "model"));
  sg_reply_take_tokens (&reply->tokens_in, json_object_get (usage, "prompt_tokens"));
  sg_reply_take_tokens (&reply->tokens_out, json_object_get (usage, "completion_tokens"));
  if (refusal && *refusal)
    return sg_failure_set_declined (error, refusal);
  if (json_is_string (json_object_get (said, "reasoning_content")) ||
      json_is_string (json_object_get (said, "reasoning")))
    reply->thinks = TRUE;
  return sg_reply_add (reply, json_object_get (said, "content"), error) &&
         read_end (reply, json_string_value (json_object_get (choice, "finish_reason")), error);
}

const SgFormat sg_format_openai = {
  .framing = SG_FRAMING_SSE,
  .key_header = "Authorization",
  .key_prefix = "Bearer ",
  .ask_path = "/chat/completions",
  .models_path = "/models",
  .write = write_request,
  .read = read_event,
  .models_member = "data",
  .model_member = "id",
};
