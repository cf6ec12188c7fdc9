/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is written to each kind of provider, byte for byte, and what is read from it. The answers are
 * written after the providers' public pages, which each names; line breaks between members are ours. */
#include "assist/format.h"

#include <string.h>

#include "base/json.h"

#define SCHEMA                                                                              \
  "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"}},\"required\":[\"a\"]," \
  "\"additionalProperties\":false}"

static SgQuestion *
new_question (gboolean whole)
{
  g_autoptr (GBytes) picture = g_bytes_new_static ("PNG", 3);
  const SgAssistQuestion plain = { .user = "What is it?", .prompt_version = "1" };
  const SgAssistQuestion said = { .system = "Be brief.",
                                  .user = "What is it? \xe2\x82\xac \"q\"",
                                  .picture = picture,
                                  .schema = SCHEMA,
                                  .schema_name = "proposal",
                                  .prompt_version = "1" };

  return sg_question_new (whole ? &said : &plain);
}

static char *
write_request (SgProviderKind kind, gboolean whole, gboolean with_schema, gboolean repair)
{
  g_autoptr (SgAssistProvider) provider =
    sg_assist_provider_new ("P", kind, sg_provider_kind_base_url (kind), "m-1", "KEY");
  g_autoptr (SgQuestion) question = new_question (whole);
  g_autoptr (GBytes) body =
    sg_format_write (provider, question, with_schema, repair ? "{}" : NULL, repair ? "No a." : NULL);

  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

#define USER "What is it? \xe2\x82\xac \\\"q\\\""

/* With a picture, a schema and the repair turn. */
static const char *const requests[] = {
  /* platform.openai.com/docs/api-reference/chat/create, .../guides/structured-outputs,
     .../guides/images-vision */
  [SG_PROVIDER_OPENAI] =
    "{\"model\":\"m-1\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
    "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"" USER "\"},"
    "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,UE5H\"}}]},"
    "{\"role\":\"assistant\",\"content\":\"{}\"},{\"role\":\"user\",\"content\":\"No a.\"}],"
    "\"stream\":true,\"stream_options\":{\"include_usage\":true},"
    "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"proposal\",\"strict\":true,"
    "\"schema\":" SCHEMA "}}}",
  /* docs.anthropic.com/en/api/messages, .../build-with-claude/vision,
     .../build-with-claude/structured-outputs */
  [SG_PROVIDER_ANTHROPIC] =
    "{\"model\":\"m-1\",\"max_tokens\":8192,\"stream\":true,\"messages\":["
    "{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":"
    "\"image/png\","
    "\"data\":\"UE5H\"}},{\"type\":\"text\",\"text\":\"" USER "\"}]},"
    "{\"role\":\"assistant\",\"content\":\"{}\"},{\"role\":\"user\",\"content\":\"No a.\"}],"
    "\"system\":\"Be brief.\",\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":" SCHEMA
    "}}}",
  /* ai.google.dev/api/generate-content, ai.google.dev/gemini-api/docs/structured-output */
  [SG_PROVIDER_GEMINI] =
    "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"inlineData\":{\"mimeType\":\"image/"
    "png\",\"data\":\"UE5H\"}},"
    "{\"text\":\"" USER "\"}]},{\"role\":\"model\",\"parts\":[{\"text\":\"{}\"}]},"
    "{\"role\":\"user\",\"parts\":[{\"text\":\"No a.\"}]}],"
    "\"systemInstruction\":{\"parts\":[{\"text\":\"Be brief.\"}]},"
    "\"generationConfig\":{\"responseMimeType\":\"application/json\",\"responseJsonSchema\":" SCHEMA "}}",
  /* docs.ollama.com/api/chat, docs.ollama.com/capabilities/structured-outputs, .../vision */
  [SG_PROVIDER_OLLAMA] =
    "{\"model\":\"m-1\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
    "{\"role\":\"user\",\"content\":\"" USER "\",\"images\":[\"UE5H\"]},"
    "{\"role\":\"assistant\",\"content\":\"{}\"},{\"role\":\"user\",\"content\":\"No a.\"}],"
    "\"stream\":true,\"options\":{\"num_ctx\":16384,\"temperature\":0},\"format\":" SCHEMA "}",
};

static void
test_requests (void)
{
  for (guint kind = 0; kind < SG_N_PROVIDER_KINDS; kind++)
    {
      g_autofree char *body = write_request (kind, TRUE, TRUE, TRUE);

      g_assert_cmpstr (body, ==, requests[kind]);
    }
}

/* A question of words alone, and a schema that is told in words. */
static void
test_plain_requests (void)
{
  g_autofree char *openai = write_request (SG_PROVIDER_OPENAI, FALSE, TRUE, FALSE);
  g_autofree char *anthropic = write_request (SG_PROVIDER_ANTHROPIC, FALSE, TRUE, FALSE);
  g_autofree char *gemini = write_request (SG_PROVIDER_GEMINI, FALSE, TRUE, FALSE);
  g_autofree char *ollama = write_request (SG_PROVIDER_OLLAMA, FALSE, TRUE, FALSE);

  g_assert_cmpstr (openai, ==,
                   "{\"model\":\"m-1\",\"messages\":[{\"role\":\"user\",\"content\":\"What is it?\"}],"
                   "\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
  g_assert_cmpstr (anthropic, ==,
                   "{\"model\":\"m-1\",\"max_tokens\":8192,\"stream\":true,"
                   "\"messages\":[{\"role\":\"user\",\"content\":\"What is it?\"}]}");
  g_assert_cmpstr (gemini, ==, "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"What is it?\"}]}]}");
  g_assert_cmpstr (ollama, ==,
                   "{\"model\":\"m-1\",\"messages\":[{\"role\":\"user\",\"content\":\"What is it?\"}],"
                   "\"stream\":true,\"options\":{\"num_ctx\":16384,\"temperature\":0}}");
  for (guint kind = 0; kind < SG_N_PROVIDER_KINDS; kind++)
    {
      g_autofree char *body = write_request (kind, TRUE, FALSE, FALSE);

      g_assert_nonnull (strstr (body, "Be brief.\\n\\nAnswer with one JSON object"));
      g_assert_nonnull (strstr (body, "{\\\"type\\\":\\\"object\\\""));
      g_assert_null (strstr (body, "json_schema"));
      g_assert_null (strstr (body, "\"schema\""));
      g_assert_null (strstr (body, "responseJsonSchema"));
      g_assert_null (strstr (body, "\"format\""));
    }
}

static void
check_uri (SgProviderKind kind, const char *base, const char *model, gboolean models, const char *wanted)
{
  g_autoptr (SgAssistProvider) provider = sg_assist_provider_new ("P", kind, base, model, "KEY");
  g_autoptr (GUri) uri = sg_format_dup_uri (provider, models);
  g_autofree char *text = g_uri_to_string (uri);

  g_assert_cmpstr (text, ==, wanted);
}

/* No key, and nothing that a model's name could lead elsewhere by. */
static void
test_addresses (void)
{
  check_uri (SG_PROVIDER_OPENAI, "https://api.openai.com/v1", "m", FALSE,
             "https://api.openai.com/v1/chat/completions");
  check_uri (SG_PROVIDER_OPENAI, "http://localhost:8080/v1/", "m", TRUE, "http://localhost:8080/v1/models");
  check_uri (SG_PROVIDER_ANTHROPIC, "https://api.anthropic.com", "m", FALSE,
             "https://api.anthropic.com/v1/messages");
  check_uri (SG_PROVIDER_ANTHROPIC, "https://api.anthropic.com/v1", "m", FALSE,
             "https://api.anthropic.com/v1/messages");
  check_uri (SG_PROVIDER_GEMINI, "https://generativelanguage.googleapis.com/v1beta", "gemini-2.5-flash",
             FALSE,
             "https://generativelanguage.googleapis.com/v1beta/models/"
             "gemini-2.5-flash:streamGenerateContent?alt=sse");
  check_uri (SG_PROVIDER_GEMINI, "https://h/v1beta", "../x?y#z", FALSE,
             "https://h/v1beta/models/..%2Fx%3Fy%23z:streamGenerateContent?alt=sse");
  check_uri (SG_PROVIDER_OLLAMA, "http://localhost:11434/", "m", FALSE, "http://localhost:11434/api/chat");
  check_uri (SG_PROVIDER_OLLAMA, "http://localhost:11434/api", "m", TRUE, "http://localhost:11434/api/tags");
}

typedef struct
{
  SgProviderKind kind;
  const char *stream, *text, *model;
  gint64 tokens_in, tokens_out;
} Stream;

static const Stream streams[] = {
  /* platform.openai.com/docs/api-reference/chat-streaming */
  { SG_PROVIDER_OPENAI,
    "data: "
    "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4o-mini\","
    "\"system_fingerprint\":\"fp\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":"
    "\"\",\"refusal\":null},"
    "\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n"
    "data: "
    "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"model\":\"gpt-4o-mini\",\"choices\":[{"
    "\"index\":0,"
    "\"delta\":{\"content\":\"Hel\"},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n"
    "data: {\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo "
    "\\u20ac\"},\"finish_reason\":null}]}\n\n"
    "data: "
    "{\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":"
    "null}\n\n"
    "data: "
    "{\"id\":\"chatcmpl-1\",\"choices\":[],\"usage\":{\"prompt_tokens\":19,\"completion_tokens\":10,"
    "\"total_tokens\":29}}\n\n"
    "data: [DONE]\n\n",
    "Hello \xe2\x82\xac", "gpt-4o-mini", 19, 10 },
  /* openrouter.ai/docs/api-reference/streaming: comments keep the connection; thoughts of a model that has
     some */
  { SG_PROVIDER_OPENAI,
    ": OPENROUTER PROCESSING\n\n"
    "data: {\"model\":\"q/w\",\"choices\":[{\"delta\":{\"reasoning\":\"hm\",\"content\":\"\"}}]}\n\n"
    "data: {\"choices\":[{\"delta\":{\"content\":\"yes\"},\"finish_reason\":\"stop\"}]}\n\ndata: "
    "[DONE]\n\n",
    "yes", "q/w", -1, -1 },
  /* docs.anthropic.com/en/docs/build-with-claude/streaming, "Basic streaming request" */
  { SG_PROVIDER_ANTHROPIC,
    "event: message_start\ndata: {\"type\": \"message_start\", \"message\": {\"id\": \"msg_1\", \"type\": "
    "\"message\", "
    "\"role\": \"assistant\", \"content\": [], \"model\": \"claude-x\", \"stop_reason\": null, "
    "\"stop_sequence\": null, "
    "\"usage\": {\"input_tokens\": 25, \"cache_read_input_tokens\": 5, \"output_tokens\": 1}}}\n\n"
    "event: content_block_start\ndata: {\"type\": \"content_block_start\", \"index\": 0, "
    "\"content_block\": {\"type\": \"text\", \"text\": \"\"}}\n\n"
    "event: ping\ndata: {\"type\": \"ping\"}\n\n"
    "event: content_block_delta\ndata: {\"type\": \"content_block_delta\", \"index\": 0, \"delta\": "
    "{\"type\": \"text_delta\", \"text\": \"Hello\"}}\n\n"
    "event: content_block_delta\ndata: {\"type\": \"content_block_delta\", \"index\": 0, \"delta\": "
    "{\"type\": \"text_delta\", \"text\": \"!\"}}\n\n"
    "event: content_block_stop\ndata: {\"type\": \"content_block_stop\", \"index\": 0}\n\n"
    "event: message_delta\ndata: {\"type\": \"message_delta\", \"delta\": {\"stop_reason\": \"end_turn\", "
    "\"stop_sequence\":null}, "
    "\"usage\": {\"output_tokens\": 15}}\n\n"
    "event: message_stop\ndata: {\"type\": \"message_stop\"}\n\n",
    "Hello!", "claude-x", 30, 15 },
  /* ai.google.dev/api/generate-content, "GenerateContentResponse", "UsageMetadata" */
  { SG_PROVIDER_GEMINI,
    "data: {\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"plan\",\"thought\": true}],\"role\": "
    "\"model\"},\"index\": 0}],"
    "\"usageMetadata\": {\"promptTokenCount\": 8,\"totalTokenCount\": 8},\"modelVersion\": "
    "\"gemini-x\"}\r\n\r\n"
    "data: {\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"Hel\"},{\"text\": \"lo\"}],\"role\": "
    "\"model\"},\"index\": 0}],"
    "\"usageMetadata\": {\"promptTokenCount\": 8,\"candidatesTokenCount\": 1,\"totalTokenCount\": "
    "9},\"modelVersion\": \"gemini-x\"}\r\n\r\n"
    "data: {\"candidates\": [{\"content\": {\"parts\": [{\"text\": \".\"}],\"role\": "
    "\"model\"},\"finishReason\": \"STOP\",\"index\": 0}],"
    "\"usageMetadata\": {\"promptTokenCount\": 8,\"candidatesTokenCount\": 3,\"thoughtsTokenCount\": "
    "4,\"totalTokenCount\": 15},"
    "\"modelVersion\": \"gemini-x\"}\r\n\r\n",
    "Hello.", "gemini-x", 8, 7 },
  /* docs.ollama.com/api/chat, "Chat request (Streaming)" */
  { SG_PROVIDER_OLLAMA,
    "{\"model\":\"llama3.2\",\"created_at\":\"2023-08-04T08:52:19Z\",\"message\":{\"role\":\"assistant\","
    "\"content\":\"The\",\"images\":null},\"done\":false}\n"
    "{\"model\":\"llama3.2\",\"created_at\":\"2023-08-04T08:52:19Z\",\"message\":{\"role\":\"assistant\","
    "\"content\":\" sky\"},\"done\":false}\n"
    "{\"model\":\"llama3.2\",\"created_at\":\"2023-08-04T19:22:45Z\",\"message\":{\"role\":\"assistant\","
    "\"content\":\"\"},\"done_reason\":\"stop\",\"done\":true,"
    "\"total_duration\":4883583458,\"load_duration\":1334875,\"prompt_eval_count\":26,\"prompt_eval_"
    "duration\":342546000,\"eval_count\":282,\"eval_duration\":4535599000}\n",
    "The sky", "llama3.2", 26, 282 },
  /* the answers of servers that do not stream though asked to */
  { SG_PROVIDER_OPENAI,
    "data: "
    "{\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"whole\"},"
    "\"finish_reason\":\"stop\"}],"
    "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\n",
    "whole", "m", 1, 2 },
  { SG_PROVIDER_ANTHROPIC,
    "data: "
    "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"text\","
    "\"text\":\"whole\"}],"
    "\"model\":\"m\",\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":1,\"output_tokens\":2}}\n\n",
    "whole", "m", 1, 2 },
};

typedef struct
{
  const SgFormat *format;
  SgReply reply;
} Reading;

static gboolean
read_event (const char *name, const char *data, gsize size, gpointer user_data, GError **error)
{
  Reading *reading = user_data;

  return sg_format_read (reading->format, &reading->reply, name, data, size, error);
}

/* Reads a stream byte by byte. */
static void
read_stream (SgProviderKind kind, const char *stream, SgReply *reply, GError **error)
{
  Reading reading = { .format = sg_format_get (kind) };
  g_autoptr (SgEvents) events = sg_events_new (reading.format->framing, read_event, &reading);
  gboolean ok = TRUE;

  sg_reply_init (&reading.reply);
  for (const char *c = stream; ok && *c; c++)
    ok = sg_events_read (events, c, 1, error);
  if (ok)
    sg_events_end (events, error);
  *reply = reading.reply;
}

static void
test_streams (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      g_autoptr (GError) error = NULL;
      SgReply reply;

      read_stream (streams[i].kind, streams[i].stream, &reply, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (reply.text->str, ==, streams[i].text);
      g_assert_cmpstr (reply.model, ==, streams[i].model);
      g_assert_cmpint (reply.tokens_in, ==, streams[i].tokens_in);
      g_assert_cmpint (reply.tokens_out, ==, streams[i].tokens_out);
      g_assert_true (reply.finished);
      g_assert_false (reply.out_of_room);
      sg_reply_clear (&reply);
    }
}

static const struct
{
  SgProviderKind kind;
  const char *stream;
  int code; /* -1: none, but out of room */
} ends[] = {
  { SG_PROVIDER_OPENAI,
    "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"length\"}]}\n\n", -1 },
  { SG_PROVIDER_OPENAI, "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"content_filter\"}]}\n\n",
    SG_ASSIST_ERROR_DECLINED },
  { SG_PROVIDER_OPENAI, "data: {\"choices\":[{\"delta\":{\"refusal\":\"I can't.\"}}]}\n\n",
    SG_ASSIST_ERROR_DECLINED },
  { SG_PROVIDER_OPENAI,
    "data: {\"error\":{\"code\":502,\"message\":\"Provider disconnected\"},\"choices\":[]}\n\n",
    SG_ASSIST_ERROR_SERVER },
  { SG_PROVIDER_OPENAI, "data: {\"error\":{\"code\":429,\"message\":\"slow down\"}}\n\n",
    SG_ASSIST_ERROR_BUSY },
  { SG_PROVIDER_OPENAI, "data: {\"error\":{\"type\":\"insufficient_quota\",\"message\":\"m\"}}\n\n",
    SG_ASSIST_ERROR_QUOTA },
  { SG_PROVIDER_OPENAI, "data: <html>\n\n", SG_ASSIST_ERROR_DAMAGED },
  { SG_PROVIDER_ANTHROPIC,
    "event: error\ndata: {\"type\": \"error\", \"error\": {\"type\": \"overloaded_error\", \"message\": "
    "\"Overloaded\"}}\n\n",
    SG_ASSIST_ERROR_SERVER },
  { SG_PROVIDER_ANTHROPIC,
    "data: {\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"m\"}}\n\n",
    SG_ASSIST_ERROR_BUSY },
  { SG_PROVIDER_ANTHROPIC, "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"refusal\"}}\n\n",
    SG_ASSIST_ERROR_DECLINED },
  { SG_PROVIDER_ANTHROPIC,
    "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"max_tokens\"}}\n\ndata: "
    "{\"type\":\"message_stop\"}\n\n",
    -1 },
  { SG_PROVIDER_GEMINI, "data: {\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}\n\n",
    SG_ASSIST_ERROR_DECLINED },
  { SG_PROVIDER_GEMINI, "data: {\"candidates\":[{\"finishReason\":\"RECITATION\"}]}\n\n",
    SG_ASSIST_ERROR_DECLINED },
  { SG_PROVIDER_GEMINI, "data: {\"candidates\":[{\"finishReason\":\"MAX_TOKENS\"}]}\n\n", -1 },
  { SG_PROVIDER_GEMINI, "data: {\"error\":{\"code\":503,\"message\":\"m\",\"status\":\"UNAVAILABLE\"}}\n\n",
    SG_ASSIST_ERROR_SERVER },
  { SG_PROVIDER_OLLAMA, "{\"error\":\"model 'x' not found\"}\n", SG_ASSIST_ERROR_MODEL },
  { SG_PROVIDER_OLLAMA, "{\"error\":\"an error was encountered while running the model\"}\n",
    SG_ASSIST_ERROR_SERVER },
  { SG_PROVIDER_OLLAMA, "{\"message\":{\"content\":\"a\"},\"done\":true,\"done_reason\":\"length\"}\n",
    -1 },
  { SG_PROVIDER_OLLAMA, "{\"message\":{\"content\":\"a\\u0000b\"},\"done\":true}\n",
    SG_ASSIST_ERROR_DAMAGED },
};

static void
test_ends (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (GError) error = NULL;
      SgReply reply;

      read_stream (ends[i].kind, ends[i].stream, &reply, &error);
      if (ends[i].code >= 0)
        g_assert_error (error, SG_ASSIST_ERROR, ends[i].code);
      else
        {
          g_assert_no_error (error);
          g_assert_true (reply.finished && reply.out_of_room);
        }
      sg_reply_clear (&reply);
    }
}

static void
check_models (SgProviderKind kind, const char *body, const char *wanted)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = sg_format_read_models (sg_format_get (kind), bytes, &error);
  g_autofree char *all = names ? g_strjoinv (" ", names) : NULL;

  g_assert_cmpstr (all, ==, wanted);
  if (!wanted)
    g_assert_error (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_DAMAGED);
}

/* platform.openai.com/docs/api-reference/models/list, docs.anthropic.com/en/api/models-list,
 * ai.google.dev/api/models, docs.ollama.com/api/tags */
static void
test_models (void)
{
  check_models (SG_PROVIDER_OPENAI,
                "{\"object\":\"list\",\"data\":[{\"id\":\"m-b\",\"object\":\"model\",\"created\":1,\"owned_"
                "by\":\"o\"},{\"id\":\"m-a\"}]}",
                "m-a m-b");
  check_models (SG_PROVIDER_ANTHROPIC,
                "{\"data\":[{\"type\":\"model\",\"id\":\"claude-x\",\"display_name\":\"X\",\"created_at\":"
                "\"2025\"}],\"has_more\":false}",
                "claude-x");
  check_models (SG_PROVIDER_GEMINI, "{\"models\":[{\"name\":\"models/gemini-x\",\"version\":\"1\"}]}",
                "gemini-x");
  check_models (SG_PROVIDER_OLLAMA,
                "{\"models\":[{\"name\":\"llava:7b\",\"model\":\"llava:7b\",\"size\":1}]}", "llava:7b");
  check_models (SG_PROVIDER_OLLAMA, "{\"models\":[{\"name\":1},{},null,{\"name\":\"\"}]}", "");
  check_models (SG_PROVIDER_OPENAI, "<html>", NULL);
  check_models (SG_PROVIDER_OPENAI, "", NULL);
  check_models (SG_PROVIDER_OPENAI, "[]", NULL);
}

static void
check_json_text (const char *text, const char *wanted)
{
  g_autofree char *json = sg_reply_dup_json_text (text);

  g_assert_cmpstr (json, ==, wanted);
}

/* What models put around JSON where nothing keeps them to it. */
static void
test_json_text (void)
{
  check_json_text (" {\"a\":1}\n", "{\"a\":1}");
  check_json_text ("```json\n{\"a\":1}\n```", "{\"a\":1}");
  check_json_text ("```\n{}\n```\n", "{}");
  check_json_text ("<think>\nHm {}.\n</think>\n\n{\"a\":2}", "{\"a\":2}");
  check_json_text ("``````", "``````");
  check_json_text ("```", "```");
  check_json_text ("", "");
  check_json_text ("```\n```", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assist/formats/requests", test_requests);
  g_test_add_func ("/assist/formats/plain-requests", test_plain_requests);
  g_test_add_func ("/assist/formats/addresses", test_addresses);
  g_test_add_func ("/assist/formats/streams", test_streams);
  g_test_add_func ("/assist/formats/ends", test_ends);
  g_test_add_func ("/assist/formats/models", test_models);
  g_test_add_func ("/assist/formats/json-text", test_json_text);
  return g_test_run ();
}
