/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Anthropic's messages (docs.anthropic.com, "API reference: Messages", "Streaming messages", "Structured
 * outputs", "Vision"). A limit of tokens has to be given. */
#include "config.h"

#include "assist/format.h"

#include <glib/gi18n-lib.h>

#include "assist/failure.h"

#define MOST_TOKENS 8192 /* what every model of theirs may write */

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
  /* the picture first, as they advise */
  return json_pack ("{s:s, s:[{s:s, s:{s:s, s:s, s:s}}, {s:s, s:s}]}", "role", "user", "content", "type",
                    "image", "source", "type", "base64", "media_type", "image/png", "data",
                    request->picture, "type", "text", "text", request->question->said.user);
}

static json_t *
write_request (const SgRequest *request)
{
  json_t *messages = json_array ();
  json_t *body = json_pack ("{s:s, s:i, s:b, s:o}", "model", request->provider->model, "max_tokens",
                            MOST_TOKENS, "stream", TRUE, "messages", messages);

  if (request->system)
    json_object_set_new (body, "system", json_string (request->system));
  json_array_append_new (messages, user_message (request));
  if (request->problem)
    {
      json_array_append_new (messages, message ("assistant", request->earlier));
      json_array_append_new (messages, message ("user", request->problem));
    }
  if (request->schema)
    json_object_set_new (
      body, "output_config",
      json_pack ("{s:{s:s, s:O}}", "format", "type", "json_schema", "schema", request->schema));
  return body;
}

static void
read_usage (SgReply *reply, const json_t *usage)
{
  static const char *const members[] = { "cache_creation_input_tokens", "cache_read_input_tokens" };
  gint64 more = 0;

  if (!json_is_object (usage))
    return;
  sg_reply_take_tokens (&reply->tokens_out, json_object_get (usage, "output_tokens"));
  if (!json_is_integer (json_object_get (usage, "input_tokens")))
    return;
  sg_reply_take_tokens (&reply->tokens_in, json_object_get (usage, "input_tokens"));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      more = 0;
      sg_reply_take_tokens (&more, json_object_get (usage, members[i]));
      reply->tokens_in += more;
    }
}

static gboolean
read_end (SgReply *reply, const char *reason, GError **error)
{
  if (reason && g_str_equal (reason, "refusal"))
    return sg_failure_set_declined (error, NULL);
  if (reason && (g_str_equal (reason, "max_tokens") || g_str_equal (reason, "model_context_window_exceeded")))
    reply->out_of_room = TRUE;
  return TRUE;
}

/* A message, which a stream starts with the shell of, and which is all where nothing streams. */
static gboolean
read_message (SgReply *reply, const json_t *said, gboolean whole, GError **error)
{
  const json_t *content = json_object_get (said, "content");

  sg_reply_take_model (reply, json_object_get (said, "model"));
  read_usage (reply, json_object_get (said, "usage"));
  for (gsize i = 0; i < json_array_size (content); i++)
    if (!sg_reply_add (reply, json_object_get (json_array_get (content, i), "text"), error))
      return FALSE;
  reply->finished = whole;
  return read_end (reply, json_string_value (json_object_get (said, "stop_reason")), error);
}

static gboolean
read_event (SgReply *reply, const char *name, const json_t *event, GError **error)
{
  const char *type = json_string_value (json_object_get (event, "type"));
  const json_t *delta = json_object_get (event, "delta");

  if (!type)
    return TRUE;
  if (g_str_equal (type, "error"))
    return sg_failure_set_of_event (error, json_object_get (event, "error"));
  if (g_str_equal (type, "message"))
    return read_message (reply, event, TRUE, error);
  if (g_str_equal (type, "message_start"))
    return read_message (reply, json_object_get (event, "message"), FALSE, error);
  if (g_str_equal (type, "content_block_delta"))
    {
      if (json_is_string (json_object_get (delta, "thinking")))
        reply->thinks = TRUE;
      return sg_reply_add (reply, json_object_get (delta, "text"), error);
    }
  if (g_str_equal (type, "message_delta"))
    {
      read_usage (reply, json_object_get (event, "usage"));
      return read_end (reply, json_string_value (json_object_get (delta, "stop_reason")), error);
    }
  if (g_str_equal (type, "message_stop"))
    reply->finished = TRUE;
  return TRUE; /* "ping", the ends of blocks, and what is not known yet */
}

const SgFormat sg_format_anthropic = {
  .framing = SG_FRAMING_SSE,
  .key_header = "x-api-key",
  .key_prefix = "",
  .header = "anthropic-version",
  .header_value = "2023-06-01",
  .ask_path = "/v1/messages",
  .models_path = "/v1/models?limit=1000",
  .write = write_request,
  .read = read_event,
  .models_member = "data",
  .model_member = "id",
};
