/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ollama's /api/chat, a JSON text a line (docs.ollama.com, "API: Chat", "Streaming", "Structured outputs",
 * "Vision"). Its window is 4,096 tokens unless more is asked for, and what is longer is cut off without a
 * word. */
#include "config.h"

#include "assist/format.h"

#include <glib/gi18n-lib.h>

#include "assist/failure.h"

#define WINDOW 16384 /* tokens */

static json_t *
message (const char *role, const char *text)
{
  return json_pack ("{s:s, s:s}", "role", role, "content", text);
}

static json_t *
write_request (const SgRequest *request)
{
  json_t *messages = json_array (), *user = message ("user", request->question->said.user);
  json_t *body = json_pack ("{s:s, s:o, s:b, s:{s:i, s:i}}", "model", request->provider->model, "messages",
                            messages, "stream", TRUE, "options", "num_ctx", WINDOW, "temperature", 0);

  if (request->system)
    json_array_append_new (messages, message ("system", request->system));
  if (request->picture)
    json_object_set_new (user, "images", json_pack ("[s]", request->picture));
  json_array_append_new (messages, user);
  if (request->problem)
    {
      json_array_append_new (messages, message ("assistant", request->earlier));
      json_array_append_new (messages, message ("user", request->problem));
    }
  if (request->schema)
    json_object_set (body, "format", request->schema);
  return body;
}

static gboolean
read_event (SgReply *reply, const char *name, const json_t *event, GError **error)
{
  const json_t *failure = json_object_get (event, "error"), *said = json_object_get (event, "message");
  const char *reason = json_string_value (json_object_get (event, "done_reason"));
  const char *thought = json_string_value (json_object_get (said, "thinking"));

  if (failure)
    return sg_failure_set_of_event (error, failure);
  sg_reply_take_model (reply, json_object_get (event, "model"));
  sg_reply_take_tokens (&reply->tokens_in, json_object_get (event, "prompt_eval_count"));
  sg_reply_take_tokens (&reply->tokens_out, json_object_get (event, "eval_count"));
  if (thought && *thought)
    reply->thinks = TRUE;
  if (!sg_reply_add (reply, json_object_get (said, "content"), error))
    return FALSE;
  if (json_is_true (json_object_get (event, "done")))
    {
      reply->finished = TRUE;
      reply->out_of_room = reason && g_str_equal (reason, "length");
    }
  return TRUE;
}

const SgFormat sg_format_ollama = {
  .framing = SG_FRAMING_LINES,
  .key_header = "Authorization",
  .key_prefix = "Bearer ",
  .ask_path = "/api/chat",
  .models_path = "/api/tags",
  .write = write_request,
  .read = read_event,
  .models_member = "models",
  .model_member = "name",
};
