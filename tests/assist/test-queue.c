/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Questions among each other: who is asked when, what is asked once, what is asked again, and what ends all
 * of it. */
#include <string.h>

#include "asking.h"
#include "base/json.h"

#define OLLAMA_YES                                                                                   \
  "{\"model\":\"q\",\"message\":{\"content\":\"yes\"},\"done\":true,\"prompt_eval_count\":5,\"eval_" \
  "count\":1}\n"

static void
stream_text (Server *server, const char *text)
{
  g_autofree char *stream = openai_stream (text);

  server_stream (server, "text/event-stream", stream, SERVER_KEEPS);
}

/* One connection, four wire formats, byte for byte what each wants of a request's head. */
static void
test_heads (Place *place, gconstpointer data)
{
  static const struct
  {
    const char *first_line, *key_header, *key, *header, *value;
  } heads[] = {
    { "POST /chat/completions HTTP/1.1", "Authorization", "Bearer " CANARY, "Accept-Encoding",
      "gzip, deflate" },
    { "POST /v1/messages HTTP/1.1", "x-api-key", CANARY, "anthropic-version", "2023-06-01" },
    { "POST /models/m:streamGenerateContent?alt=sse HTTP/1.1", "x-goog-api-key", CANARY, "Content-Type",
      "application/json" },
    { "POST /api/chat HTTP/1.1", "Authorization", "Bearer " CANARY, "Content-Type", "application/json" },
  };
  Server *servers[SG_N_PROVIDER_KINDS];

  for (guint kind = 0; kind < SG_N_PROVIDER_KINDS; kind++)
    {
      servers[kind] = place_add_server (place, kind);
      server_answer (servers[kind], kind == SG_PROVIDER_OLLAMA ? "404 Not Found" : "401 Unauthorized", NULL,
                     "{}");
    }
  place_wait (place, place_ask (place, "What is it?"));
  for (guint kind = 0; kind < SG_N_PROVIDER_KINDS; kind++)
    {
      const ServerRequest *request = server_get_request (servers[kind], 0);
      g_autofree char *line = g_strndup (request->head, strcspn (request->head, "\r"));
      g_autofree char *key = server_dup_header (request, heads[kind].key_header);
      g_autofree char *value = server_dup_header (request, heads[kind].header);
      g_autofree char *agent = server_dup_header (request, "User-Agent");

      g_assert_cmpstr (line, ==, heads[kind].first_line);
      g_assert_cmpstr (key, ==, heads[kind].key);
      g_assert_cmpstr (value, ==, heads[kind].value);
      g_assert_true (g_str_has_prefix (agent, "SimGen/"));
    }
}

static void
spent_cb (SgAssist *assist, const char *provider, const char *model, gint64 in, gint64 out, GString *spent)
{
  g_string_append_printf (spent, "%s %s %d %d\n", provider, model, (int)in, (int)out);
}

static void
test_answer (Place *place, gconstpointer data)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);
  g_autoptr (GString) spent = g_string_new (NULL);

  stream_text (server, "yes");
  g_signal_connect (place_get_assist (place), "spent", G_CALLBACK (spent_cb), spent);
  Asked *asked = place_ask (place, "What is it?");
  place_wait (place, asked);
  g_assert_no_error (asked->error);
  g_assert_cmpstr (asked->answer->text, ==, "yes");
  g_assert_cmpstr (asked->answer->provider, ==, "P1");
  g_assert_cmpstr (asked->answer->model, ==, "m-2026");
  g_assert_cmpint (asked->answer->tokens_in, ==, 12);
  g_assert_cmpint (asked->answer->tokens_out, ==, 3);
  g_assert_cmpint (asked->answer->first_token_us, ==, 0);
  g_assert_false (asked->answer->from_cache || asked->answer->repaired);
  g_assert_cmpstr (spent->str, ==, "P1 m-2026 12 3\n");

  /* the connection is used again */
  stream_text (server, "no");
  place_wait (place, place_ask (place, "And this?"));
  g_assert_cmpuint (server->requests->len, ==, 2);
  g_assert_cmpuint (server->n_connections, ==, 1);
}

/* What was answered is not asked again: not in this object, nor in another with the same cache. */
static void
test_repeated (Place *place, gconstpointer data)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);

  stream_text (server, "yes");
  place_wait (place, place_ask (place, "What is it?"));
  for (guint i = 0; i < 3; i++)
    {
      Asked *asked = place_ask (place, "What is it?");

      place_wait (place, asked);
      g_assert_true (asked->answer->from_cache);
      g_assert_cmpstr (asked->answer->text, ==, "yes");
      g_assert_cmpstr (asked->answer->provider, ==, "P1");
      g_assert_cmpstr (asked->answer->model, ==, "m-2026");
      g_assert_cmpint (asked->answer->tokens_in, ==, 0);
      g_assert_cmpint (asked->answer->tokens_out, ==, 0);
      g_assert_cmpint (asked->answer->first_token_us, ==, -1);
      if (i == 1)
        {
          place_settle (place);
          g_assert_finalize_object (g_steal_pointer (&place->assist));
        }
    }
  g_assert_cmpuint (server->requests->len, ==, 1);
  g_assert_cmpuint (g_hash_table_size (place->kept), ==, 1);

  /* any part of the question makes another one */
  stream_text (server, "no");
  const SgAssistQuestion other = { .user = "What is it?", .prompt_version = "2" };
  Asked *asked = place_ask_whole (place, &other, SG_ASSIST_INTERACTIVE);
  place_wait (place, asked);
  g_assert_cmpstr (asked->answer->text, ==, "no");
  g_assert_cmpuint (server->requests->len, ==, 2);
}

/* What strangers put into a shared cache has to pass the check too. */
static void
test_bad_cache (Place *place, gconstpointer data)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);
  static const char *const bad[] = { "junk", "{\"text\":\"evil\",\"model\":\"m\",\"repaired\":false}", "{}",
                                     "" };
  GHashTableIter iter;
  gpointer key;

  place->wanted = "yes";
  stream_text (server, "yes");
  place_wait (place, place_ask (place, "What is it?"));
  g_hash_table_iter_init (&iter, place->kept);
  g_assert_true (g_hash_table_iter_next (&iter, &key, NULL));
  g_autofree char *name = g_strdup (key);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_hash_table_replace (place->kept, g_strdup (name), g_bytes_new (bad[i], strlen (bad[i])));
      stream_text (server, "yes");
      Asked *asked = place_ask (place, "What is it?");
      place_wait (place, asked);
      g_assert_cmpstr (asked->answer->text, ==, "yes");
      g_assert_false (asked->answer->from_cache);
      g_assert_cmpuint (server->requests->len, ==, i + 2);
    }
}

/* Who asks for the same meanwhile gets the same answer; each may give up for himself. */
static void
test_coalesced (Place *place, gconstpointer data)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);
  Asked *asked[5];

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    asked[i] = place_ask (place, "What is it?");
  place_wait_for (place, &server->requests->len, 1);
  g_cancellable_cancel (asked[0]->cancellable);
  g_cancellable_cancel (asked[3]->cancellable);
  place_wait (place, asked[0]);
  place_wait (place, asked[3]);
  g_assert_error (asked[0]->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  place_settle (place);
  g_assert_cmpuint (server->n_closed, ==, 0);
  g_assert_false (asked[1]->done);

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    if (i != 0 && i != 3)
      {
        g_cancellable_cancel (asked[i]->cancellable);
        place_wait (place, asked[i]);
      }
  place_wait_for (place, &server->n_closed, 1); /* nobody is left */
  g_assert_cmpuint (server->requests->len, ==, 1);

  /* shared to the end */
  stream_text (server, "yes");
  Asked *first = place_ask (place, "And this?"), *second = place_ask (place, "And this?");
  place_wait (place, first);
  place_wait (place, second);
  g_assert_cmpstr (first->answer->text, ==, "yes");
  g_assert_cmpstr (second->answer->text, ==, "yes");
  g_assert_cmpuint (server->requests->len, ==, 2);
}

/* One at a time; a person's before those that nobody waits for, which keep their order. */
static void
test_priorities (Place *place, gconstpointer data)
{
  static const char *const texts[] = { "0", "1", "2", "3", "4" };
  static const SgAssistPriority priorities[] = { SG_ASSIST_BACKGROUND, SG_ASSIST_BACKGROUND,
                                                 SG_ASSIST_BACKGROUND, SG_ASSIST_INTERACTIVE,
                                                 SG_ASSIST_INTERACTIVE };
  static const guint places[] = { 1, 4, 5, 2, 3 };
  Server *server = place_add_server (place, SG_PROVIDER_OLLAMA);
  Asked *asked[G_N_ELEMENTS (texts)];
  guint order = 0;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const SgAssistQuestion question = { .user = texts[i], .prompt_version = "1" };

      asked[i] = place_ask_whole (place, &question, priorities[i]);
      asked[i]->order = &order;
      place_settle (place);
    }
  g_assert_cmpuint (server->requests->len, ==, 1);
  SgAssistState state;
  g_assert_true (sg_assist_get_state (place->assist, "P1", &state));
  g_assert_true (state.busy);
  g_assert_cmpuint (state.n_waiting, ==, 4);
  g_assert_false (sg_assist_get_state (place->assist, "P2", &state));
  /* the first is under way, and has no answer yet: cancel it, and let the others be answered */
  for (guint i = 0; i < 4; i++)
    server_stream (server, "application/x-ndjson", OLLAMA_YES, SERVER_KEEPS);
  g_cancellable_cancel (asked[0]->cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    place_wait (place, asked[i]);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpuint (asked[i]->place, ==, places[i]);
  g_assert_cmpuint (server->requests->len, ==, 5);
}

static void
test_queue_full (Place *place, gconstpointer data)
{
  place->options.most_waiting = 2;
  place_add_server (place, SG_PROVIDER_OPENAI);
  place_ask (place, "1");
  place_ask (place, "2");
  Asked *asked = place_ask (place, "3");
  place_wait (place, asked);
  g_assert_error (asked->error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_QUEUE_FULL);
}

/* Amid an answer: the socket is closed, and what was told until then was whole. */
static void
test_cancel (Place *place, gconstpointer data)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);

  server_stream (server, "text/event-stream",
                 "data: {\"choices\":[{\"delta\":{\"content\":\"yes, but\"}}]}\n\n", SERVER_STALLS);
  Asked *asked = place_ask (place, "What is it?");
  place_wait_for (place, &server->requests->len, 1);
  place_settle (place);
  place_pass (place, 0.2);
  place_settle (place);
  g_assert_cmpstr (asked->text, ==, "yes, but");
  const gint64 start = g_get_monotonic_time ();
  g_cancellable_cancel (asked->cancellable);
  place_wait_for (place, &server->n_closed, 1);
  g_assert_error (asked->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_test_message ("the socket was closed %.2f ms after cancelling", (server->closed_us - start) / 1000.);

  /* one that waits is not sent; one that was cancelled before is not either */
  place_ask (place, "1");
  place_wait_for (place, &server->requests->len, 2);
  Asked *waiting = place_ask (place, "2");
  place_settle (place);
  g_cancellable_cancel (waiting->cancellable);
  place_wait (place, waiting);
  g_assert_cmpuint (server->requests->len, ==, 2);
}

/* At most ten times a second, the last always. */
static void
test_progress (Place *place, gconstpointer data)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);
  g_autoptr (GString) events = g_string_new (NULL);

  for (guint i = 0; i < 400; i++)
    g_string_append (events, "data: {\"choices\":[{\"delta\":{\"content\":\"12345 \"}}]}\n\n");
  server->piece = 100;
  server_stream (server, "text/event-stream", events->str, SERVER_STALLS);
  Asked *asked = place_ask (place, "What is it?");
  place_wait_for (place, &server->requests->len, 1);
  for (guint i = 0; !asked->text || strlen (asked->text) < 2400; i++)
    {
      g_assert_cmpuint (i, <, 1000);
      place_settle (place);
      g_assert_cmpuint (asked->n_told, <=, i + 1); /* by a clock that stands, none but one is told */
      place_pass (place, 0.1);
    }
  place_settle (place);
  const SgAssistPhase *phases = (const SgAssistPhase *)asked->phases->data;
  g_assert_cmpuint (phases[asked->phases->len - 1], ==, SG_ASSIST_ANSWERING);
}

/* -- Repair -- */

static void
test_repair (Place *place, gconstpointer data)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);
  g_autoptr (GError) error = NULL;

  place->wanted = "right";
  stream_text (server, "wrong");
  stream_text (server, "right");
  Asked *asked = place_ask (place, "What is it?");
  place_wait (place, asked);
  g_assert_no_error (asked->error);
  g_assert_cmpstr (asked->answer->text, ==, "right");
  g_assert_true (asked->answer->repaired);
  g_assert_cmpint (asked->answer->tokens_in, ==, 24);
  g_assert_cmpint (asked->answer->tokens_out, ==, 6);
  g_assert_cmpuint (server->requests->len, ==, 2);
  const char *body = server_get_request (server, 1)->body;
  g_autoptr (json_t) json = sg_json_parse ("body", body, strlen (body), &error);
  g_assert_no_error (error);
  const json_t *messages = json_object_get (json, "messages");
  g_assert_cmpuint (json_array_size (messages), ==, 3);
  g_assert_cmpstr (json_string_value (json_object_get (json_array_get (messages, 1), "content")), ==,
                   "wrong");
  g_assert_nonnull (strstr (json_string_value (json_object_get (json_array_get (messages, 2), "content")),
                            "bodies[9] is not in the drawing"));
}

/* What fails the check twice goes to the next provider, once each; nothing unsuitable is kept. */
static void
test_unsuitable (Place *place, gconstpointer data)
{
  Server *first = place_add_server (place, SG_PROVIDER_OPENAI),
         *second = place_add_server (place, SG_PROVIDER_OLLAMA);

  place->wanted = "right";
  stream_text (first, "wrong");
  stream_text (first, "wrong again");
  server_stream (second, "application/x-ndjson", OLLAMA_YES, SERVER_KEEPS);
  server_stream (second, "application/x-ndjson", "{\"message\":{\"content\":\"\"},\"done\":true}\n",
                 SERVER_KEEPS);
  Asked *asked = place_ask (place, "What is it?");
  place_wait (place, asked);
  g_assert_error (asked->error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_UNSUITABLE);
  g_assert_cmpuint (first->requests->len, ==, 2);
  g_assert_cmpuint (second->requests->len, ==, 2);
  g_assert_cmpuint (g_hash_table_size (place->kept), ==, 0);
  SgAssistState state;
  sg_assist_get_state (place->assist, "P1", &state);
  g_assert_cmpint (state.condition, ==, SG_ASSIST_READY); /* the provider itself is well */
}

/* A server that knows of no schemas is asked in words, from then on. */
static void
test_no_schema (Place *place, gconstpointer data)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);
  const SgAssistQuestion question = {
    .user = "What is it?", .prompt_version = "1", .schema = "{\"type\":\"object\"}", .schema_name = "s"
  };
  const SgAssistQuestion other = {
    .user = "And this?", .prompt_version = "1", .schema = "{\"type\":\"object\"}", .schema_name = "s"
  };

  server_answer (server, "400 Bad Request", NULL,
                 "{\"error\":{\"message\":\"response_format is not supported\"}}");
  stream_text (server, "```json\\n{}\\n```");
  stream_text (server, "{}");
  Asked *asked = place_ask_whole (place, &question, SG_ASSIST_INTERACTIVE);
  place_wait (place, asked);
  g_assert_no_error (asked->error);
  g_assert_cmpstr (asked->answer->text, ==, "{}");
  asked = place_ask_whole (place, &other, SG_ASSIST_INTERACTIVE);
  place_wait (place, asked);
  g_assert_no_error (asked->error);
  g_assert_cmpuint (server->requests->len, ==, 3);
  g_assert_nonnull (strstr (server_get_request (server, 0)->body, "response_format"));
  g_assert_null (strstr (server_get_request (server, 1)->body, "response_format"));
  g_assert_null (strstr (server_get_request (server, 2)->body, "response_format"));
}

/* -- Rest -- */

/* Three failures in a row, a rest, a trial that fails, a rest twice as long, a trial that succeeds. */
static void
test_rest (Place *place, gconstpointer data)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);
  SgAssistState state;
  guint n = 0;

  place->options.most_attempts = 1;
  for (guint i = 0; i < 4; i++)
    server_answer (server, "500 No", NULL, "{}");
  stream_text (server, "yes");
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", n++);

      place_wait (place, place_ask (place, text));
    }
  sg_assist_get_state (place->assist, "P1", &state);
  g_assert_cmpint (state.condition, ==, SG_ASSIST_RESTS);
  g_assert_cmpfloat (state.rest, ==, 30);
  g_assert_error (state.error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_SERVER);

  Asked *asked = place_ask (place, "resting");
  place_wait (place, asked);
  g_assert_error (asked->error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_RESTING);
  g_assert_cmpfloat (sg_error_get_number (asked->error, SG_DETAIL_RETRY_AFTER), ==, 30);
  g_assert_cmpuint (server->requests->len, ==, 3);

  place_pass (place, 30);
  sg_assist_get_state (place->assist, "P1", &state);
  g_assert_cmpint (state.condition, ==, SG_ASSIST_TRYING);
  place_wait (place, place_ask (place, "trial"));
  g_assert_cmpuint (server->requests->len, ==, 4);
  sg_assist_get_state (place->assist, "P1", &state);
  g_assert_cmpfloat (state.rest, ==, 60);

  place_pass (place, 60);
  asked = place_ask (place, "another trial");
  place_wait (place, asked);
  g_assert_no_error (asked->error);
  sg_assist_get_state (place->assist, "P1", &state);
  g_assert_cmpint (state.condition, ==, SG_ASSIST_READY);
  g_assert_null (state.error);
}

/* However many ask while it fails, no more than three requests reach it. */
static void
test_no_storm (Place *place, gconstpointer data)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);
  Asked *asked[20];

  for (guint i = 0; i < 60; i++)
    server_answer (server, "503 No", NULL, "{}");
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      asked[i] = place_ask (place, text);
    }
  for (guint i = 1; i <= 3; i++)
    {
      place_wait_for (place, &server->requests->len, i);
      place_settle (place);
      place_pass (place, 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    place_wait (place, asked[i]);
  g_assert_cmpuint (server->requests->len, ==, 3);
}

/* No more at once, and in a minute, than the limits say, though nothing fails. */
static void
test_limits (Place *place, gconstpointer data)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);
  guint n_done = 0;

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      stream_text (server, "yes");
      place_ask (place, text)->order = &n_done;
    }
  place_wait_for (place, &n_done, 10);
  place_settle (place);
  g_assert_cmpuint (server->requests->len, ==, 10);
  for (guint i = 0; n_done < 12; i++)
    {
      g_assert_cmpuint (i, <, 40);
      place_pass (place, 1);
      place_settle (place);
    }
  for (guint i = 0; i < 12; i++)
    {
      const Asked *asked = g_ptr_array_index (place->asked, i);

      g_assert_no_error (asked->error);
      g_assert_cmpuint (asked->place, ==, i + 1); /* in the order of asking */
    }
  g_assert_cmpuint (server->requests->len, ==, 12);
}

/* -- The switch, and other providers -- */

static void
test_no_network (Place *place, gconstpointer data)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);
  Asked *under_way = place_ask (place, "1"), *waiting;

  place_wait_for (place, &server->requests->len, 1);
  waiting = place_ask (place, "2");
  place_settle (place);
  sg_assist_set_network_allowed (place->assist, FALSE);
  place_wait (place, under_way);
  place_wait (place, waiting);
  g_assert_error (under_way->error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_NO_NETWORK);
  g_assert_error (waiting->error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_NO_NETWORK);
  place_wait_for (place, &server->n_closed, 1);
  Asked *asked = place_ask (place, "3");
  place_wait (place, asked);
  g_assert_error (asked->error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_NO_NETWORK);
  place_settle (place);
  g_assert_cmpuint (server->n_connections, ==, 1);
}

static void
test_no_provider (Place *place, gconstpointer data)
{
  Asked *asked = place_ask (place, "What is it?");

  place_wait (place, asked);
  g_assert_error (asked->error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_NO_PROVIDER);
  g_assert_cmpuint (sg_assist_get_picture_side (place->assist), ==, 2048);
}

/* A changed key begins anew with what is under way; what has not changed is left alone. */
static void
test_changed_providers (Place *place, gconstpointer data)
{
  Server *server = place_add_server (place, SG_PROVIDER_OLLAMA);
  Asked *asked = place_ask (place, "What is it?");
  SgAssistProvider *provider = g_ptr_array_index (place->providers, 0);

  place_wait_for (place, &server->requests->len, 1);
  sg_assist_set_providers (place->assist, (const SgAssistProvider *const *)place->providers->pdata, 1);
  place_settle (place);
  g_assert_cmpuint (server->n_closed, ==, 0);

  g_free (provider->key);
  provider->key = g_strdup ("another");
  server_stream (server, "application/x-ndjson", OLLAMA_YES, SERVER_KEEPS);
  sg_assist_set_providers (place->assist, (const SgAssistProvider *const *)place->providers->pdata, 1);
  place_wait (place, asked);
  g_assert_cmpstr (asked->answer->text, ==, "yes");
  g_assert_cmpuint (server->requests->len, ==, 2);
  g_autofree char *key = server_dup_header (server_get_request (server, 1), "Authorization");
  g_assert_cmpstr (key, ==, "Bearer another");
  g_assert_cmpuint (sg_assist_get_picture_side (place->assist), ==, 1120);

  /* one that is switched off while it is asked */
  asked = place_ask (place, "And this?");
  place_wait_for (place, &server->requests->len, 3);
  provider->enabled = FALSE;
  sg_assist_set_providers (place->assist, (const SgAssistProvider *const *)place->providers->pdata, 1);
  place_wait (place, asked);
  g_assert_error (asked->error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_NO_PROVIDER);
  place_wait_for (place, &server->n_closed, 2);
}

/* -- For the settings -- */

typedef struct
{
  guint n_done;
  char **models;
  gint64 elapsed_us;
  GError *error;
} Probed;

static void
models_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Probed *probed = data;

  g_clear_error (&probed->error);
  probed->models = sg_assist_list_models_finish (SG_ASSIST (source), result, &probed->error);
  probed->n_done++;
}

static void
tested_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Probed *probed = data;

  g_clear_error (&probed->error);
  probed->elapsed_us = sg_assist_test_finish (SG_ASSIST (source), result, &probed->error);
  probed->n_done++;
}

static void
test_models (Place *place, gconstpointer data)
{
  Server *server = place_add_server (place, SG_PROVIDER_ANTHROPIC);
  SgAssist *assist = place_get_assist (place);
  const SgAssistProvider *provider = g_ptr_array_index (place->providers, 0);
  Probed probed = { 0 };

  server_answer (server, "200 OK", NULL, "{\"data\":[{\"id\":\"b\"},{\"id\":\"a\"}]}");
  sg_assist_list_models_async (assist, provider, NULL, models_cb, &probed);
  place_wait_for (place, &probed.n_done, 1);
  g_assert_no_error (probed.error);
  g_assert_true (g_strv_equal ((const char *const *)probed.models, (const char *const[]){ "a", "b", NULL }));
  g_strfreev (probed.models);
  g_assert_true (
    g_str_has_prefix (server_get_request (server, 0)->head, "GET /v1/models?limit=1000 HTTP/1.1\r\n"));

  server_answer (server, "200 OK", NULL, "[1]");
  sg_assist_list_models_async (assist, provider, NULL, models_cb, &probed);
  place_wait_for (place, &probed.n_done, 2);
  g_assert_error (probed.error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_DAMAGED);

  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  sg_assist_list_models_async (assist, provider, cancellable, models_cb, &probed);
  place_wait_for (place, &server->requests->len, 3);
  g_cancellable_cancel (cancellable);
  place_wait_for (place, &probed.n_done, 3);
  g_assert_error (probed.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  sg_assist_list_models_async (assist, provider, cancellable, models_cb, &probed); /* cancelled before */
  place_wait_for (place, &probed.n_done, 4);
  g_assert_error (probed.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  sg_assist_list_models_async (assist, provider, NULL, models_cb, &probed);
  place_wait_for (place, &server->requests->len, 4);
  sg_assist_set_network_allowed (assist, FALSE);
  place_wait_for (place, &probed.n_done, 5);
  g_assert_error (probed.error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_NO_NETWORK);
  g_clear_error (&probed.error);
}

/* The Test button names the failure, asks once, and a success ends a rest. */
static void
test_test (Place *place, gconstpointer data)
{
  static const struct
  {
    const char *status, *body;
    int code;
  } failures[] = {
    { "401 Unauthorized", "{}", SG_ASSIST_ERROR_KEY },
    { "404 Not Found", "{}", SG_ASSIST_ERROR_MODEL },
    { "429 Too Many Requests", "{}", SG_ASSIST_ERROR_BUSY },
    { "429 Too Many Requests", "{\"error\":{\"code\":\"insufficient_quota\"}}", SG_ASSIST_ERROR_QUOTA },
    { "500 No", "{}", SG_ASSIST_ERROR_SERVER },
  };
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);
  const SgAssistProvider *provider = g_ptr_array_index (place->providers, 0);
  SgAssist *assist = place_get_assist (place);
  Probed probed = { 0 };
  SgAssistState state;

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      server_answer (server, failures[i].status, NULL, failures[i].body);
      sg_assist_test_async (assist, provider, NULL, tested_cb, &probed);
      place_wait_for (place, &probed.n_done, i + 1);
      g_assert_error (probed.error, SG_ASSIST_ERROR, failures[i].code);
      g_assert_cmpint (probed.elapsed_us, ==, -1);
      g_assert_cmpuint (server->requests->len, ==, i + 1);
    }
  sg_assist_get_state (assist, "P1", &state);
  g_assert_cmpint (state.condition, ==, SG_ASSIST_READY); /* tests do not count */

  place->options.most_attempts = 1;
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      server_answer (server, "401 Unauthorized", NULL, "{}");
      place_wait (place, place_ask (place, text));
    }
  sg_assist_get_state (assist, "P1", &state);
  g_assert_cmpint (state.condition, ==, SG_ASSIST_RESTS);
  stream_text (server, "ready");
  sg_assist_test_async (assist, provider, NULL, tested_cb, &probed);
  place_wait_for (place, &probed.n_done, G_N_ELEMENTS (failures) + 1);
  g_assert_no_error (probed.error);
  g_assert_cmpint (probed.elapsed_us, >=, 0);
  sg_assist_get_state (assist, "P1", &state);
  g_assert_cmpint (state.condition, ==, SG_ASSIST_READY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  place_test ("/assist/queue/heads", test_heads);
  place_test ("/assist/queue/answer", test_answer);
  place_test ("/assist/queue/repeated", test_repeated);
  place_test ("/assist/queue/bad-cache", test_bad_cache);
  place_test ("/assist/queue/coalesced", test_coalesced);
  place_test ("/assist/queue/priorities", test_priorities);
  place_test ("/assist/queue/full", test_queue_full);
  place_test ("/assist/queue/cancel", test_cancel);
  place_test ("/assist/queue/progress", test_progress);
  place_test ("/assist/queue/repair", test_repair);
  place_test ("/assist/queue/unsuitable", test_unsuitable);
  place_test ("/assist/queue/no-schema", test_no_schema);
  place_test ("/assist/queue/rest", test_rest);
  place_test ("/assist/queue/no-storm", test_no_storm);
  place_test ("/assist/queue/limits", test_limits);
  place_test ("/assist/queue/no-network", test_no_network);
  place_test ("/assist/queue/no-provider", test_no_provider);
  place_test ("/assist/queue/changed-providers", test_changed_providers);
  place_test ("/assist/queue/models", test_models);
  place_test ("/assist/queue/test", test_test);
  return g_test_run ();
}
