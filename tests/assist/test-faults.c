/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything that can be the matter with a server: each ends with its code, after as many requests as it
 * should, and with the next provider's answer where there is one. */
#include <string.h>

#include <libsoup/soup.h>

#include "asking.h"

/* A name service that knows nobody, so that no test asks a real one. */
#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)
struct _TestResolver
{
  GResolver parent_instance;
};
G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static void
lookup_async (GResolver *resolver,
              const char *host,
              GResolverNameLookupFlags flags,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, data);

  g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "nobody knows “%s”", host);
}

static void
lookup_plain_async (GResolver *resolver,
                    const char *host,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer data)
{
  lookup_async (resolver, host, 0, cancellable, callback, data);
}

static GList *
lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  GResolverClass *resolver = G_RESOLVER_CLASS (klass);

  resolver->lookup_by_name_async = lookup_plain_async;
  resolver->lookup_by_name_finish = lookup_finish;
  resolver->lookup_by_name_with_flags_async = lookup_async;
  resolver->lookup_by_name_with_flags_finish = lookup_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

/* Asks the first provider, and fails so. */
static Asked *
check_fault (Place *place, int code)
{
  Asked *asked = place_ask (place, "What is it?");

  place_wait (place, asked);
  g_assert_error (asked->error, SG_ASSIST_ERROR, code);
  g_assert_cmpstr (sg_error_get_text (asked->error, SG_DETAIL_PROVIDER), ==, "P1");
  g_assert_true (g_str_has_prefix (asked->error->message, "P1: "));
  g_assert_cmpuint (g_hash_table_size (place->kept), ==, 0);
  return asked;
}

static void
test_dns (Place *place, gconstpointer data)
{
  place_add_url (place, SG_PROVIDER_OPENAI, "https://nowhere.invalid/v1");
  const gint64 start = g_get_monotonic_time ();
  place_tell_time (check_fault (place, SG_ASSIST_ERROR_DNS), start, "no DNS (since asking)");
}

static void
test_refused (Place *place, gconstpointer data)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", server_find_closed_port ());

  place_add_url (place, SG_PROVIDER_OLLAMA, url);
  const gint64 start = g_get_monotonic_time ();
  place_tell_time (check_fault (place, SG_ASSIST_ERROR_CONNECTION), start, "refused (since asking)");
}

static GTlsCertificate *
load_certificate (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "fixtures", "assist", name, NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);
  return certificate;
}

/* Of a host that nobody vouches for; of one that a trusted certificate is not for; and of one that is as it
 * should. */
static void
test_tls (Place *place, gconstpointer name)
{
  g_autoptr (GTlsCertificate) certificate = load_certificate (name);
  Server *server = place_add_tls_server (place, certificate);

  check_fault (place, SG_ASSIST_ERROR_TLS);
  g_assert_cmpuint (server->n_connections, ==, 1);
  g_assert_cmpuint (server->requests->len, ==, 0);
}

static void
test_tls_unknown (Place *place, gconstpointer data)
{
  test_tls (place, "loopback.pem");
}

static void
test_tls_elsewhere (Place *place, gconstpointer data)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "..", "fixtures", "assist", "elsewhere.pem", NULL);
  g_autoptr (GTlsDatabase) trusted = g_tls_file_database_new (path, NULL);

  place->options.tls_database = trusted;
  test_tls (place, "elsewhere.pem");
}

/* A text in Brotli's form without compression (RFC 7932, 9.1 and 9.2): a window of 16 bits, one metablock
 * of bytes as they are, an empty last one. */
static void
append_brotli (GString *out, const char *text)
{
  const guint32 head = (strlen (text) - 1) << 4 | 1 << 20;

  for (guint i = 0; i < 3; i++)
    g_string_append_c (out, (head >> (8 * i)) & 0xff);
  g_string_append (out, text);
  g_string_append_c (out, 3);
}

/* Over TLS, and only there, libsoup takes Brotli too. */
static void
test_tls_right (Place *place, gconstpointer data)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "..", "fixtures", "assist", "loopback.pem", NULL);
  g_autoptr (GTlsDatabase) trusted = g_tls_file_database_new (path, NULL);
  g_autoptr (GTlsCertificate) certificate = load_certificate ("loopback.pem");
  g_autofree char *stream = openai_stream ("yes");
  g_autoptr (GString) text = g_string_new ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                           "Content-Encoding: br\r\nConnection: close\r\n\r\n");

  place->options.tls_database = trusted;
  Server *server = place_add_tls_server (place, certificate);
  append_brotli (text, stream);
  server_answer_bytes (server, text->str, text->len, SERVER_CLOSES);
  Asked *asked = place_ask (place, "What is it?");
  place_wait (place, asked);
  g_assert_no_error (asked->error);
  g_assert_cmpstr (asked->answer->text, ==, "yes");
  g_autofree char *accepted = server_dup_header (server_get_request (server, 0), "Accept-Encoding");
  g_assert_nonnull (strstr (accepted, "br"));
}

/* The host speaks no TLS, and waits for a request. */
static void
test_connect_timeout (Place *place, gconstpointer data)
{
  Server *server = server_new (NULL);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", server->port);

  g_ptr_array_add (place->servers, server);
  place_add_url (place, SG_PROVIDER_OPENAI, url);
  Asked *asked = place_ask (place, "What is it?");
  place_wait_for (place, &server->n_connections, 1);
  const gint64 known = g_get_monotonic_time ();
  place_pass (place, 10.1);
  place_wait (place, asked);
  g_assert_error (asked->error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_TIMEOUT);
  g_assert_cmpstr (sg_error_get_text (asked->error, SG_DETAIL_OPERATION), ==, "connect");
  place_tell_time (asked, known, "connect timeout");
  place_wait_for (place, &server->n_closed, 1);
}

static void
check_status (Place *place, const char *status, const char *headers, const char *body, int code)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);

  server_answer (server, status, headers, body);
  Asked *asked = check_fault (place, code);
  g_assert_cmpuint (server->requests->len, ==, 1);
  place_tell_time (asked, server->answered_us, status);
}

static void
test_401 (Place *place, gconstpointer data)
{
  check_status (place, "401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\n",
                "{\"error\":{\"message\":\"Incorrect API key provided: " CANARY "\"}}", SG_ASSIST_ERROR_KEY);
}

static void
test_403 (Place *place, gconstpointer data)
{
  check_status (place, "403 Forbidden", NULL, "{\"error\":{\"message\":\"" CANARY "\"}}",
                SG_ASSIST_ERROR_FORBIDDEN);
}

static void
test_404 (Place *place, gconstpointer data)
{
  check_status (place, "404 Not Found", NULL, "{\"error\":{\"code\":\"model_not_found\"}}",
                SG_ASSIST_ERROR_MODEL);
}

static void
test_quota (Place *place, gconstpointer data)
{
  check_status (place, "429 Too Many Requests", NULL, "{\"error\":{\"type\":\"insufficient_quota\"}}",
                SG_ASSIST_ERROR_QUOTA);
}

static void
test_400 (Place *place, gconstpointer data)
{
  check_status (place, "400 Bad Request", NULL, "{\"error\":{\"message\":\"no pictures\"}}",
                SG_ASSIST_ERROR_REQUEST);
}

/* The longest wait that a server could ask for is not waited for. */
static void
test_429_much_later (Place *place, gconstpointer data)
{
  check_status (place, "429 Too Many Requests", "Retry-After: 86400\r\n", "{}", SG_ASSIST_ERROR_BUSY);
  const Asked *asked = g_ptr_array_index (place->asked, 0);
  g_assert_cmpfloat (sg_error_get_number (asked->error, SG_DETAIL_RETRY_AFTER), ==, 3600);

  /* nor is it asked again before then */
  Asked *again = place_ask (place, "And this?");
  place_wait (place, again);
  g_assert_error (again->error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_BUSY);
  g_assert_cmpuint (((Server *)g_ptr_array_index (place->servers, 0))->requests->len, ==, 1);
}

/* Troubles that pass are waited for, ever longer, and not for ever: three requests, and then a rest in
 * which none is sent. */
static void
check_passing (Place *place, const char *status, int code)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);

  for (guint i = 0; i < 9; i++)
    server_answer (server, status, NULL, "{}");
  Asked *asked = place_ask (place, "What is it?");
  for (guint i = 1; i <= 3; i++)
    {
      place_wait_for (place, &server->requests->len, i);
      place_settle (place);
      g_assert_cmpuint (server->requests->len, ==, i); /* by a clock that stands nothing more is sent */
      g_assert_true (asked->done == (i == 3));
      place_pass (place, 0.51 * i);
    }
  g_assert_error (asked->error, SG_ASSIST_ERROR, code);
  g_assert_cmpuint (server->requests->len, ==, 3);
  Asked *again = place_ask (place, "And this?");
  place_wait (place, again);
  g_assert_error (again->error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_RESTING);
  g_assert_cmpuint (server->requests->len, ==, 3);
}

static void
test_429 (Place *place, gconstpointer data)
{
  check_passing (place, "429 Too Many Requests", SG_ASSIST_ERROR_BUSY);
}

static void
test_500 (Place *place, gconstpointer data)
{
  check_passing (place, "500 Internal Server Error", SG_ASSIST_ERROR_SERVER);
}

/* It is asked again not before it said, and answers. */
static void
check_retry_after (Place *place, const char *headers)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);
  g_autofree char *stream = openai_stream ("yes");

  server_answer (server, "429 Too Many Requests", headers, "{}");
  server_stream (server, "text/event-stream", stream, SERVER_KEEPS);
  Asked *asked = place_ask (place, "What is it?");
  place_wait_for (place, &server->requests->len, 1);
  place_settle (place);
  place_pass (place, 6.9);
  place_settle (place);
  g_assert_cmpuint (server->requests->len, ==, 1);
  place_pass (place, 0.5);
  place_wait (place, asked);
  g_assert_no_error (asked->error);
  g_assert_cmpstr (asked->answer->text, ==, "yes");
  g_assert_cmpuint (server->requests->len, ==, 2);
}

static void
test_429_seconds (Place *place, gconstpointer data)
{
  check_retry_after (place, "Retry-After: 7\r\n");
}

static void
test_429_date (Place *place, gconstpointer data)
{
  check_retry_after (
    place, "Date: Mon, 01 Jun 2026 10:00:00 GMT\r\nRetry-After: Mon, 01 Jun 2026 10:00:07 GMT\r\n");
}

/* -- Silence -- */

static void
check_silence (Place *place, const char *events, double seconds, const char *operation)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);

  if (events)
    server_stream (server, "text/event-stream", events, SERVER_STALLS);
  Asked *asked = place_ask (place, "What is it?");
  place_wait_for (place, &server->requests->len, 1);
  place_settle (place);
  place_pass (place, seconds - 0.2);
  place_settle (place);
  g_assert_false (asked->done);
  const gint64 known = g_get_monotonic_time ();
  place_pass (place, 0.4);
  place_wait (place, asked);
  g_assert_error (asked->error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_TIMEOUT);
  g_assert_cmpstr (sg_error_get_text (asked->error, SG_DETAIL_OPERATION), ==, operation);
  place_tell_time (asked, known, operation);
  place_wait_for (place, &server->n_closed, 1);
  g_assert_cmpuint (server->requests->len, ==, 1);
}

static void
test_slow_head (Place *place, gconstpointer data)
{
  check_silence (place, NULL, 60, "first-token");
}

static void
test_slow_first_token (Place *place, gconstpointer data)
{
  check_silence (place, ": here I am\n\n: still\n\n", 60, "first-token");
}

static void
test_stall (Place *place, gconstpointer data)
{
  check_silence (place, "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n", 30, "stall");
}

/* Thoughts show that a model is at work, so the first text may take longer. */
static void
test_thoughts (Place *place, gconstpointer data)
{
  check_silence (place, "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"hm\"}}]}\n\n", 30, "stall");
}

/* The whole has an end too, however busy it is. */
static void
test_whole (Place *place, gconstpointer data)
{
  place->options.timeouts.stall_us = G_MAXINT64 / 4;
  check_silence (place, "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n", 180, "whole");
}

/* -- Broken off, and broken -- */

static void
check_stream (Place *place, const char *events, int code)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);

  server_stream (server, "text/event-stream", events, SERVER_CLOSES);
  Asked *asked = check_fault (place, code);
  g_assert_cmpuint (server->requests->len, ==, 1);
  place_tell_time (asked, server->answered_us, "broken stream");
}

static void
test_mid_json (Place *place, gconstpointer data)
{
  check_stream (place,
                "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: {\"choices\":[{\"del",
                SG_ASSIST_ERROR_DAMAGED);
}

static void
test_mid_stream (Place *place, gconstpointer data)
{
  check_stream (place, "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n", SG_ASSIST_ERROR_CUT_OFF);
}

static void
test_html (Place *place, gconstpointer data)
{
  check_stream (place, "<html>Welcome to the hotel's network</html>", SG_ASSIST_ERROR_DAMAGED);
}

static void
test_too_long (Place *place, gconstpointer data)
{
  check_stream (place,
                "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"length\"}]}\n\n",
                SG_ASSIST_ERROR_CUT_OFF);
}

static void
check_bytes (Place *place, const char *bytes, ServerEnd end, int code)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);

  server_answer_bytes (server, bytes, strlen (bytes), end);
  check_fault (place, code);
  g_assert_cmpuint (server->requests->len, ==, 1);
}

static void
test_closed_at_once (Place *place, gconstpointer data)
{
  check_bytes (place, "", SERVER_CLOSES, SG_ASSIST_ERROR_CONNECTION);
}

static void
test_short_body (Place *place, gconstpointer data)
{
  check_bytes (place,
               "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 500\r\n\r\ndata: x",
               SERVER_CLOSES, SG_ASSIST_ERROR_CUT_OFF);
}

static void
test_no_http (Place *place, gconstpointer data)
{
  check_bytes (place, "220 mail.example.org ESMTP\r\n\r\n", SERVER_CLOSES, SG_ASSIST_ERROR_DAMAGED);
}

/* 10 MB of each kind of junk: given up when a limit is met, and the socket closed. */
static void
check_junk (Place *place, const char *junk, const char *encoding)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);
  const gsize size = strlen (junk), n = (10 << 20) / size + 1;
  g_autoptr (GString) text = g_string_new ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n");

  g_string_append_printf (text, "%sConnection: close\r\n\r\n", encoding ? encoding : "");
  if (encoding)
    {
      g_autofree char *plain = g_malloc (n * size);
      g_autoptr (GConverter) zip = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
      g_autofree char *packed = g_malloc (1 << 20);
      gsize read, written;

      for (gsize i = 0; i < n; i++)
        memcpy (plain + i * size, junk, size);
      g_assert_cmpint (g_converter_convert (zip, plain, n * size, packed, 1 << 20, G_CONVERTER_INPUT_AT_END,
                                            &read, &written, NULL),
                       ==, G_CONVERTER_FINISHED);
      g_string_append_len (text, packed, written);
    }
  for (gsize i = 0; !encoding && i < n; i++)
    g_string_append_len (text, junk, size);
  server_answer_bytes (server, text->str, text->len, SERVER_CLOSES);
  check_fault (place, SG_ASSIST_ERROR_TOO_LARGE);
  g_assert_cmpuint (server->requests->len, ==, 1);
}

static void
test_junk_line (Place *place, gconstpointer data)
{
  check_junk (place, "xxxxxxxxxxxxxxxx", NULL);
}

static void
test_junk_lines (Place *place, gconstpointer data)
{
  check_junk (place, ": xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n", NULL);
}

static void
test_junk_text (Place *place, gconstpointer data)
{
  check_junk (place,
              "data: "
              "{\"choices\":[{\"delta\":{\"content\":"
              "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}}]}\n\n",
              NULL);
}

static void
test_junk_packed (Place *place, gconstpointer data)
{
  check_junk (place, ": xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n", "Content-Encoding: gzip\r\n");
}

/* -- Elsewhere -- */

static void
check_redirect (Place *place, const char *status)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI), *other = server_new (NULL);
  g_autofree char *url = server_dup_url (other, "/chat/completions");
  g_autofree char *location = g_strdup_printf ("Location: %s\r\n", url);

  g_ptr_array_add (place->servers, other);
  server_answer (server, status, location, "{}");
  check_fault (place, SG_ASSIST_ERROR_REDIRECT);
  g_assert_cmpuint (server->requests->len, ==, 1);
  g_assert_cmpuint (other->n_connections, ==, 0);
}

static void
test_redirect (Place *place, gconstpointer data)
{
  check_redirect (place, "302 Found");
}

static void
test_redirect_307 (Place *place, gconstpointer data)
{
  check_redirect (place, "307 Temporary Redirect");
}

/* Within the host it is followed, with all of the request; not for ever. */
static void
test_redirect_within (Place *place, gconstpointer data)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);
  g_autofree char *stream = openai_stream ("yes");

  server_answer (server, "307 Temporary Redirect", "Location: /v2/chat\r\n", "{}");
  server_stream (server, "text/event-stream", stream, SERVER_KEEPS);
  Asked *asked = place_ask (place, "What is it?");
  place_wait (place, asked);
  g_assert_no_error (asked->error);
  g_assert_cmpuint (server->requests->len, ==, 2);
  g_assert_true (g_str_has_prefix (server_get_request (server, 1)->head, "POST /v2/chat HTTP/1.1\r\n"));
  g_assert_cmpstr (server_get_request (server, 1)->body, ==, server_get_request (server, 0)->body);

  for (guint i = 0; i < 9; i++)
    server_answer (server, "308 Permanent Redirect", "Location: /v2/chat\r\n", "{}");
  asked = place_ask (place, "And this?");
  place_wait (place, asked);
  g_assert_error (asked->error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_REDIRECT);
  g_assert_cmpuint (server->requests->len, ==, 5);
}

static void
test_in_the_clear (Place *place, gconstpointer data)
{
  place_add_url (place, SG_PROVIDER_OPENAI, "http://192.0.2.1/v1");
  check_fault (place, SG_ASSIST_ERROR_ADDRESS);
}

/* -- What is strange, and no fault -- */

static Asked *
check_answer (Place *place, const char *text)
{
  Asked *asked = place_ask (place, "What is it?");

  place_wait (place, asked);
  g_assert_no_error (asked->error);
  g_assert_cmpstr (asked->answer->text, ==, text);
  return asked;
}

/* Every byte comes by itself, amid characters too. */
static void
test_split (Place *place, gconstpointer data)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);
  g_autofree char *stream = openai_stream ("\xc3\xa4\xe2\x82\xac\xf0\x9f\x9a\x97");

  server->piece = 1;
  server_stream (server, "text/event-stream", stream, SERVER_CLOSES);
  check_answer (place, "\xc3\xa4\xe2\x82\xac\xf0\x9f\x9a\x97");
}

static void
test_packed (Place *place, gconstpointer data)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);
  g_autofree char *stream = openai_stream ("packed"), *packed = g_malloc (4096);
  g_autoptr (GConverter) zip = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GString) text = g_string_new ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                           "Content-Encoding: gzip\r\nConnection: close\r\n\r\n");
  gsize read, written;

  g_converter_convert (zip, stream, strlen (stream), packed, 4096, G_CONVERTER_INPUT_AT_END, &read,
                       &written, NULL);
  g_string_append_len (text, packed, written);
  server_answer_bytes (server, text->str, text->len, SERVER_CLOSES);
  check_answer (place, "packed");
  g_autofree char *accepted = server_dup_header (server_get_request (server, 0), "Accept-Encoding");
  g_assert_nonnull (strstr (accepted, "gzip"));
}

/* Of servers that do not stream though asked to. */
static void
test_whole_json (Place *place, gconstpointer data)
{
  server_answer (place_add_server (place, SG_PROVIDER_OPENAI), "200 OK", NULL,
                 "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"whole\"},\"finish_"
                 "reason\":\"stop\"}]}");
  const Asked *asked = check_answer (place, "whole");
  g_assert_cmpint (asked->answer->tokens_out, ==, -1);
}

/* It is over when it says so, though the connection stays open. */
static void
test_open_end (Place *place, gconstpointer data)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);
  g_autofree char *stream = openai_stream ("yes");

  server_stream (server, "text/event-stream", stream, SERVER_STALLS);
  Asked *asked = place_ask (place, "What is it?");
  place_wait_for (place, &server->requests->len, 1);
  place_settle (place);
  place_pass (place, 0.3);
  place_wait (place, asked);
  g_assert_no_error (asked->error);
  g_assert_cmpint (asked->answer->tokens_out, ==, 3);
  place_wait_for (place, &server->n_closed, 1);
}

/* The second provider answers when the first cannot, whatever it is. */
static void
test_fall_back (Place *place, gconstpointer data)
{
  static const char *const statuses[] = { "401 Unauthorized", "404 Not Found", "400 Bad Request" };
  Server *first = place_add_server (place, SG_PROVIDER_OPENAI),
         *second = place_add_server (place, SG_PROVIDER_OLLAMA);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *question = g_strdup_printf ("What is %u?", i);

      server_answer (first, statuses[i], NULL, "{}");
      server_stream (second, "application/x-ndjson", "{\"message\":{\"content\":\"yes\"},\"done\":true}\n",
                     SERVER_KEEPS);
      Asked *asked = place_ask (place, question);
      place_wait (place, asked);
      g_assert_no_error (asked->error);
      g_assert_cmpstr (asked->answer->provider, ==, "P2");
      place_tell_time (asked, first->answered_us, "the other provider's answer");
    }
  g_assert_cmpuint (first->requests->len, ==, 3);
  g_assert_cmpuint (second->requests->len, ==, 3);
}

/* Where both fail there is one error: the preferred one's code, and a word of each. */
static void
test_both_fail (Place *place, gconstpointer data)
{
  Server *first = place_add_server (place, SG_PROVIDER_OPENAI),
         *second = place_add_server (place, SG_PROVIDER_GEMINI);

  server_answer (first, "401 Unauthorized", NULL, "{}");
  server_answer (second, "404 Not Found", NULL, "{}");
  Asked *asked = place_ask (place, "What is it?");
  place_wait (place, asked);
  g_assert_error (asked->error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_KEY);
  g_assert_nonnull (strstr (asked->error->message, "P1: "));
  g_assert_nonnull (strstr (asked->error->message, "; P2: "));
  place_tell_time (asked, second->answered_us, "two providers' failure");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_resolver_set_default (resolver);

  place_test ("/assist/faults/dns", test_dns);
  place_test ("/assist/faults/refused", test_refused);
  place_test ("/assist/faults/tls-unknown", test_tls_unknown);
  place_test ("/assist/faults/tls-elsewhere", test_tls_elsewhere);
  place_test ("/assist/faults/tls-right", test_tls_right);
  place_test ("/assist/faults/connect-timeout", test_connect_timeout);
  place_test ("/assist/faults/401", test_401);
  place_test ("/assist/faults/403", test_403);
  place_test ("/assist/faults/404", test_404);
  place_test ("/assist/faults/400", test_400);
  place_test ("/assist/faults/quota", test_quota);
  place_test ("/assist/faults/429", test_429);
  place_test ("/assist/faults/429-seconds", test_429_seconds);
  place_test ("/assist/faults/429-date", test_429_date);
  place_test ("/assist/faults/429-much-later", test_429_much_later);
  place_test ("/assist/faults/500", test_500);
  place_test ("/assist/faults/slow-head", test_slow_head);
  place_test ("/assist/faults/slow-first-token", test_slow_first_token);
  place_test ("/assist/faults/stall", test_stall);
  place_test ("/assist/faults/thoughts", test_thoughts);
  place_test ("/assist/faults/whole", test_whole);
  place_test ("/assist/faults/mid-json", test_mid_json);
  place_test ("/assist/faults/mid-stream", test_mid_stream);
  place_test ("/assist/faults/html", test_html);
  place_test ("/assist/faults/too-long", test_too_long);
  place_test ("/assist/faults/closed-at-once", test_closed_at_once);
  place_test ("/assist/faults/short-body", test_short_body);
  place_test ("/assist/faults/no-http", test_no_http);
  place_test ("/assist/faults/junk-line", test_junk_line);
  place_test ("/assist/faults/junk-lines", test_junk_lines);
  place_test ("/assist/faults/junk-text", test_junk_text);
  place_test ("/assist/faults/junk-packed", test_junk_packed);
  place_test ("/assist/faults/redirect", test_redirect);
  place_test ("/assist/faults/redirect-307", test_redirect_307);
  place_test ("/assist/faults/redirect-within", test_redirect_within);
  place_test ("/assist/faults/in-the-clear", test_in_the_clear);
  place_test ("/assist/faults/split", test_split);
  place_test ("/assist/faults/packed", test_packed);
  place_test ("/assist/faults/whole-json", test_whole_json);
  place_test ("/assist/faults/open-end", test_open_end);
  place_test ("/assist/faults/fall-back", test_fall_back);
  place_test ("/assist/faults/both-fail", test_both_fail);
  return g_test_run ();
}
