/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How failures are named, what of a server's words is told, when to come back, and how long a provider
 * rests. */
#include "assist/failure.h"

#include <math.h>
#include <string.h>

#include "assist/breaker.h"

#define KEY "sk-test-CANARY-0123456789"

static const struct
{
  guint status;
  const char *body;
  int code;
  double retry_after; /* NAN: none */
} statuses[] = {
  { 401,
    "{\"error\":{\"message\":\"Incorrect API key provided: sk-test-CANARY\",\"code\":\"invalid_api_key\"}}",
    SG_ASSIST_ERROR_KEY, NAN },
  { 400,
    "{\"error\":{\"code\":400,\"message\":\"API key not valid. Please pass a valid API "
    "key.\",\"status\":\"INVALID_ARGUMENT\"}}",
    SG_ASSIST_ERROR_KEY, NAN },
  { 403, "", SG_ASSIST_ERROR_FORBIDDEN, NAN },
  { 404, "{\"error\":{\"message\":\"The model `x` does not exist\",\"code\":\"model_not_found\"}}",
    SG_ASSIST_ERROR_MODEL, NAN },
  { 404, "{\"error\":\"model 'x' not found\"}", SG_ASSIST_ERROR_MODEL, NAN },
  { 402, "{}", SG_ASSIST_ERROR_QUOTA, NAN },
  { 429, "{\"error\":{\"message\":\"Rate limit reached\",\"code\":\"rate_limit_exceeded\"}}",
    SG_ASSIST_ERROR_BUSY, NAN },
  { 429, "{\"error\":{\"message\":\"You exceeded your current quota\",\"type\":\"insufficient_quota\"}}",
    SG_ASSIST_ERROR_QUOTA, NAN },
  { 429,
    "{\"error\":{\"code\":429,\"message\":\"You exceeded your current "
    "quota\",\"status\":\"RESOURCE_EXHAUSTED\"}}",
    SG_ASSIST_ERROR_QUOTA, NAN },
  { 429,
    "[{\"error\":{\"code\":429,\"message\":\"You exceeded your current "
    "quota\",\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"@type\":\"type.googleapis.com/"
    "google.rpc.RetryInfo\",\"retryDelay\":\"34s\"}]}}]",
    SG_ASSIST_ERROR_BUSY, 34 },
  { 400, "{\"error\":{\"message\":\"image input is not supported\"}}", SG_ASSIST_ERROR_REQUEST, NAN },
  { 413, "junk", SG_ASSIST_ERROR_REQUEST, NAN },
  { 500, "\xff\xfe", SG_ASSIST_ERROR_SERVER, NAN },
  { 529, "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}",
    SG_ASSIST_ERROR_SERVER, NAN },
  { 302, "", SG_ASSIST_ERROR_REDIRECT, NAN },
};

static void
test_statuses (void)
{
  g_autoptr (SgAssistProvider) provider =
    sg_assist_provider_new ("P", SG_PROVIDER_OPENAI, "https://h", "m", KEY);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new (statuses[i].body, strlen (statuses[i].body));
      g_autoptr (GError) error = sg_failure_of_status (provider, statuses[i].status, NAN, body);
      const double retry_after = sg_error_get_number (error, SG_DETAIL_RETRY_AFTER);

      g_assert_error (error, SG_ASSIST_ERROR, statuses[i].code);
      g_assert_true (isnan (statuses[i].retry_after) ? isnan (retry_after)
                                                     : retry_after == statuses[i].retry_after);
      g_assert_null (strstr (error->message, "CANARY"));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

/* A short line of a server's words, and none that quotes a piece of the key. */
static void
test_words (void)
{
  g_autoptr (SgAssistProvider) provider =
    sg_assist_provider_new ("P", SG_PROVIDER_OPENAI, "https://h", "m", KEY);
  g_autofree char *long_words = g_strnfill (5000, 'w');
  g_autofree char *text =
    g_strdup_printf ("{\"error\":{\"message\":\"line\\none\\u001b[31m %s\"}}", long_words);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = sg_failure_of_status (provider, 400, NAN, body);
  g_autoptr (GBytes) quoting = g_bytes_new_static ("{\"error\":\"no 456789 here\"}", 26);
  g_autoptr (GError) hushed = sg_failure_of_status (provider, 400, NAN, quoting);

  g_assert_nonnull (strstr (error->message, "line one [31m"));
  g_assert_cmpuint (strlen (error->message), <, 400);
  g_assert_null (strstr (hushed->message, "456789"));
}

static void
test_retry_after (void)
{
  const char *date = "Mon, 01 Jun 2026 10:00:00 GMT";

  g_assert_true (isnan (sg_failure_read_retry_after (NULL, date)));
  g_assert_true (isnan (sg_failure_read_retry_after ("", date)));
  g_assert_true (isnan (sg_failure_read_retry_after ("soon", date)));
  g_assert_true (isnan (sg_failure_read_retry_after ("-5", date)));
  g_assert_true (isnan (sg_failure_read_retry_after ("1e9", date)));
  g_assert_cmpfloat (sg_failure_read_retry_after ("0", date), ==, 0);
  g_assert_cmpfloat (sg_failure_read_retry_after ("17", date), ==, 17);
  g_assert_cmpfloat (sg_failure_read_retry_after ("99999999999999999999999", date), ==, 3600);
  g_assert_cmpfloat (sg_failure_read_retry_after ("Mon, 01 Jun 2026 10:00:12 GMT", date), ==, 12);
  g_assert_cmpfloat (sg_failure_read_retry_after ("Mon, 01 Jun 2026 09:00:00 GMT", date), ==, 0);
  g_assert_cmpfloat (sg_failure_read_retry_after ("Thu, 01 Jan 2099 00:00:00 GMT", date), ==, 3600);
  g_assert_cmpfloat (sg_failure_read_retry_after ("Thu, 01 Jan 2099 00:00:00 GMT", NULL), ==, 3600);
}

/* closed -> resting -> trying -> resting twice as long, and no longer than the longest -> closed */
static void
test_breaker (void)
{
  SgBreaker breaker = { .failures_to_rest = 3, .first_rest_us = 30, .most_rest_us = 100 };

  sg_breaker_fail (&breaker, 0);
  sg_breaker_fail (&breaker, 1);
  g_assert_true (sg_breaker_may_ask (&breaker, 1));
  sg_breaker_succeed (&breaker); /* in a row, they have to be */
  sg_breaker_fail (&breaker, 2);
  sg_breaker_fail (&breaker, 3);
  g_assert_true (sg_breaker_may_ask (&breaker, 3));
  sg_breaker_fail (&breaker, 4);
  g_assert_false (sg_breaker_may_ask (&breaker, 33));
  g_assert_cmpint (sg_breaker_get_rest (&breaker, 33), ==, 1);
  g_assert_true (sg_breaker_may_ask (&breaker, 34));
  g_assert_true (sg_breaker_is_trying (&breaker, 34));
  sg_breaker_fail (&breaker, 40); /* one is enough now */
  g_assert_cmpint (sg_breaker_get_rest (&breaker, 40), ==, 60);
  sg_breaker_fail (&breaker, 100);
  g_assert_cmpint (sg_breaker_get_rest (&breaker, 100), ==, 100);
  sg_breaker_succeed (&breaker);
  g_assert_true (sg_breaker_may_ask (&breaker, 100));
  g_assert_false (sg_breaker_is_trying (&breaker, 100));
  sg_breaker_fail (&breaker, 101);
  g_assert_true (sg_breaker_may_ask (&breaker, 101));
}

static void
check_address (const char *url, gboolean ok, const char *host, gboolean local)
{
  g_autoptr (SgAssistProvider) provider = sg_assist_provider_new ("P", SG_PROVIDER_OPENAI, url, "m", NULL);
  g_autofree char *found = sg_assist_provider_dup_host (provider);
  g_autoptr (GError) error = NULL;

  g_assert_true (sg_assist_provider_check (provider, &error) == ok);
  if (!ok)
    g_assert_error (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_ADDRESS);
  g_assert_cmpstr (found, ==, host);
  g_assert_true (sg_assist_provider_is_local (provider) == local);
}

/* In the clear only to this machine and its network, and there without a key. */
static void
test_addresses (void)
{
  check_address ("https://api.example.org/v1", TRUE, "api.example.org", FALSE);
  check_address ("HTTPS://API.example.org:8443", TRUE, "api.example.org:8443", FALSE);
  check_address ("http://localhost:1234/v1", TRUE, "localhost:1234", TRUE);
  check_address ("http://127.1.2.3", TRUE, "127.1.2.3", TRUE);
  check_address ("http://[::1]:80", TRUE, "::1", TRUE);
  check_address ("http://[::1]:81", TRUE, "[::1]:81", TRUE);
  check_address ("http://192.168.1.5:11434", TRUE, "192.168.1.5:11434", FALSE);
  check_address ("http://10.0.0.9/v1", TRUE, "10.0.0.9", FALSE);
  check_address ("http://[fd00::5]:8080", TRUE, "[fd00::5]:8080", FALSE);
  check_address ("http://workstation:8080/v1", TRUE, "workstation:8080", FALSE);
  check_address ("http://Workstation.local/v1", TRUE, "workstation.local", FALSE);
  check_address ("http://8.8.8.8/v1", FALSE, "8.8.8.8", FALSE);
  check_address ("http://[2001:db8::1]/v1", FALSE, "2001:db8::1", FALSE);
  check_address ("http://local.example.org", FALSE, "local.example.org", FALSE);
  check_address ("http://localhost.example.org", FALSE, "localhost.example.org", FALSE);
  check_address ("http://127.0.0.1.example.org", FALSE, "127.0.0.1.example.org", FALSE);
  check_address ("https://user:secret@example.org", FALSE, "example.org", FALSE);
  check_address ("https://example.org/?key=1", FALSE, "example.org", FALSE);
  check_address ("file:///etc/passwd", FALSE, NULL, FALSE);
  check_address ("ftp://example.org", FALSE, "example.org", FALSE);
  check_address ("example.org", FALSE, NULL, FALSE);
  check_address ("", FALSE, NULL, FALSE);
}

static void
test_key_in_the_clear (void)
{
  g_autoptr (SgAssistProvider) far =
    sg_assist_provider_new ("P", SG_PROVIDER_OPENAI, "http://192.168.1.5/v1", "m", "secret");
  g_autoptr (SgAssistProvider) here =
    sg_assist_provider_new ("P", SG_PROVIDER_OPENAI, "http://127.0.0.1/v1", "m", "secret");
  g_autoptr (GError) error = NULL;

  g_assert_true (sg_assist_provider_is_in_the_clear (far));
  g_assert_false (sg_assist_provider_check (far, &error));
  g_assert_error (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_ADDRESS);
  g_assert_null (strstr (error->message, "secret"));
  g_assert_false (sg_assist_provider_is_in_the_clear (here));
  g_assert_true (sg_assist_provider_check (here, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assist/failure/statuses", test_statuses);
  g_test_add_func ("/assist/failure/words", test_words);
  g_test_add_func ("/assist/failure/key-in-the-clear", test_key_in_the_clear);
  g_test_add_func ("/assist/failure/retry-after", test_retry_after);
  g_test_add_func ("/assist/failure/breaker", test_breaker);
  g_test_add_func ("/assist/failure/addresses", test_addresses);
  return g_test_run ();
}
