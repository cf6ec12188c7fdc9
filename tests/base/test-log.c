/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log.h"

#include <string.h>

#include "base/json.h"
#include "base/limits.h"

typedef struct
{
  SgLog *log;
  FILE *stream;
  char *text; /* what was shown */
  size_t size;
} Place;

static void
place_open (Place *place, const char *levels, const char *format)
{
  SgLogOptions options = { "simgen-test", levels, format, G_LOG_LEVEL_WARNING, NULL };

  place->stream = open_memstream (&place->text, &place->size);
  options.stream = place->stream;
  place->log = sg_log_new (&options);
}

static void
place_close (Place *place)
{
  sg_log_free (place->log);
  fclose (place->stream);
  free (place->text);
}

static void
write_event (Place *place, GLogLevelFlags level, const char *domain, const char *message, const char *code)
{
  const GLogField fields[] = {
    { "GLIB_DOMAIN", domain, -1 },
    { "MESSAGE", message, -1 },
    { "OPERATION", "analysis.trace", -1 },
    { "DURATION_US", "1234", -1 },
    { "CODE_FILE", "/home/someone/simgen/src/x.c", -1 },
    { "TITLE", "my secret machine", -1 },
    { "CODE", code, -1 },
  };

  sg_log_write (level, fields, code ? 7 : 6, place->log);
}

static void
test_levels (void)
{
  static const struct
  {
    const char *levels, *domain;
    GLogLevelFlags level;
    gboolean shown;
  } cases[] = {
    { NULL, "simgen-sim", G_LOG_LEVEL_WARNING, TRUE },
    { NULL, "simgen-sim", G_LOG_LEVEL_INFO, FALSE },
    { "debug", "simgen-sim", G_LOG_LEVEL_DEBUG, TRUE },
    { "vision:debug,store:warning", "simgen-vision", G_LOG_LEVEL_DEBUG, TRUE },
    { "vision:debug,store:critical", "simgen-store", G_LOG_LEVEL_WARNING, FALSE },
    { "vision:debug,store:critical", "simgen-store", G_LOG_LEVEL_CRITICAL, TRUE },
    { "vision:debug,store:critical", "simgen-sim", G_LOG_LEVEL_WARNING, TRUE },
    { "vision:debug,store:critical", "simgen-sim", G_LOG_LEVEL_MESSAGE, FALSE },
    { "none,sim:info", "simgen-sim", G_LOG_LEVEL_INFO, TRUE },
    { "none,sim:info", "simgen-store", G_LOG_LEVEL_ERROR, FALSE },
    { " *:info , sim : debug", "simgen-sim", G_LOG_LEVEL_DEBUG, TRUE },
    { "sim:loud,:,,debugger", "simgen-sim", G_LOG_LEVEL_INFO, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Place place = { 0 };

      place_open (&place, cases[i].levels, "text");
      g_assert_cmpint (sg_log_shows (place.log, cases[i].domain, cases[i].level), ==, cases[i].shown);
      write_event (&place, cases[i].level, cases[i].domain, "it happened", NULL);
      g_assert_cmpint (place.size > 0, ==, cases[i].shown);
      place_close (&place);
    }
}

static void
test_text (void)
{
  Place place = { 0 };

  place_open (&place, "debug", "text");
  write_event (&place, G_LOG_LEVEL_INFO, "simgen-sim", "5000 steps", "sim.diverged");
  g_assert_cmpstr (place.text, ==,
                   "simgen-test: info: sim: sim.diverged: 5000 steps (analysis.trace, 1234 us)\n");
  place_close (&place);
}

/* Each line is an object of its own, whatever the message holds. */
static void
test_json (void)
{
  static const char *const messages[] = { "plain", "two\nlines \"quoted\"", "\x80\xff bytes", "{}", "" };
  Place place = { 0 };

  place_open (&place, "debug", "json");
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    write_event (&place, G_LOG_LEVEL_DEBUG, "simgen-vision", messages[i], "vision.image");
  g_auto (GStrv) lines = g_strsplit (place.text, "\n", 0);
  g_assert_cmpuint (g_strv_length (lines), ==, G_N_ELEMENTS (messages) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (json_t) event = json_loads (lines[i], 0, NULL);

      g_assert_nonnull (event);
      g_assert_cmpstr (json_string_value (json_object_get (event, "level")), ==, "debug");
      g_assert_cmpstr (json_string_value (json_object_get (event, "domain")), ==, "vision");
      g_assert_cmpstr (json_string_value (json_object_get (event, "code")), ==, "vision.image");
      g_assert_cmpstr (json_string_value (json_object_get (event, "operation")), ==, "analysis.trace");
      g_assert_cmpfloat (json_number_value (json_object_get (event, "duration_us")), ==, 1234);
      g_assert_nonnull (json_object_get (event, "time"));
    }
  place_close (&place);
}

/* Neither a report nor a line may hold what a person wrote, where it lies, or a key. */
static void
test_nothing_private (void)
{
  static const char *const messages[] = {
    "cannot read /home/someone/secret/drawing.simgen",
    "~/secret: no such file",
    "the words \"my secret machine\" are not understood",
    "titled “my secret machine” and unended “my secret",
    "file:///home/someone/secret.png",
    "asked with sk-secret-0123456789",
    "asked with key=secret0123456789abcdef",
    "Authorization: Bearer secret",
    "api key: 0123456789abcdef0123456789abcdefsecret",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9secret.x",
    "mail to secret@someone.org",
    "/home/Some One/secret plans/secret machine.simgen: no such file",
    "secret machine, the second.PNG: no such file",
    "at C:\\Users\\someone\\my secret.txt",
    "redis://someone:secret@host:6379/0 does not answer",
    "redis://:sec,ret: secret@host does not answer",
    "AUTH_TOKEN=secret, and more secret",
    "x-api-key: se;cret",
    "Authorization: Basic secret",
    "[sk-secret-0123456789] and {secret0123456789abcdef}!",
    "sécret0123456789abcdefghij",
    "„secret“ und «secret» and ‘it’s secret’ and »secret«",
    "the machine 'isn't secret",
  };
  Place place = { 0 };

  place_open (&place, "debug", "json");
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    write_event (&place, G_LOG_LEVEL_WARNING, "simgen-store", messages[i], "my secret machine");
  g_autofree char *report = sg_log_dup_report (place.log);
  const char *const texts[] = { report, place.text };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (strstr (texts[i], "secret") || strstr (texts[i], "someone"))
        g_error ("%s", texts[i]);
      g_assert_nonnull (strstr (texts[i], "are not understood"));
    }
  g_assert_nonnull (strstr (report, "simgen-test "));
  place_close (&place);
}

/* Ordinary messages stay readable. */
static void
test_plain_words_stay (void)
{
  static const char *const messages[] = {
    "5000 steps, 1.00 x real time",
    "schema 3 to 5 in 12.5 ms",
    "physics.bad-joint: 3 problems (at most 10)",
    "the person's answer wasn't kept; it's asked again",
    "Überlauf: 3 Körper",
  };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autofree char *told = sg_log_redact (messages[i]);

      g_assert_cmpstr (told, ==, messages[i]);
    }
}

/* The last ones are kept, oldest first: of ours from info on, of strangers only that there was something. */
static void
test_ring (void)
{
  Place place = { 0 };

  place_open (&place, NULL, "text");
  for (guint i = 0; i < SG_LIMIT_LOG_EVENTS + 5; i++)
    {
      g_autofree char *message = g_strdup_printf ("event %u", i);

      write_event (&place, G_LOG_LEVEL_INFO, "simgen-sim", message, NULL);
      write_event (&place, G_LOG_LEVEL_DEBUG, "simgen-sim", "never kept", NULL);
    }
  g_autofree char *events = sg_log_dup_events (place.log);
  g_auto (GStrv) lines = g_strsplit (events, "\n", 0);
  g_assert_cmpuint (g_strv_length (lines), ==, SG_LIMIT_LOG_EVENTS + 1);
  g_assert_nonnull (strstr (lines[0], "\"event 5\""));
  g_assert_nonnull (strstr (lines[SG_LIMIT_LOG_EVENTS - 1], "\"event 260\""));
  g_assert_null (strstr (events, "never kept"));
  g_assert_cmpuint (place.size, ==, 0);
  place_close (&place);
}

static gpointer
write_many (gpointer data)
{
  for (guint i = 0; i < 500; i++)
    write_event (data, G_LOG_LEVEL_WARNING, "simgen-sim", "line", NULL);
  return NULL;
}

static void
test_threads (void)
{
  Place place = { 0 };
  GThread *threads[4];
  guint n = 0;

  place_open (&place, NULL, "json");
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("writer", write_many, &place);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_auto (GStrv) lines = g_strsplit (place.text, "\n", 0);
  for (; lines[n] && *lines[n]; n++)
    {
      g_autoptr (json_t) event = json_loads (lines[n], 0, NULL);

      g_assert_nonnull (event);
    }
  g_assert_cmpuint (n, ==, 500 * G_N_ELEMENTS (threads));
  place_close (&place);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/log/levels", test_levels);
  g_test_add_func ("/base/log/text", test_text);
  g_test_add_func ("/base/log/json", test_json);
  g_test_add_func ("/base/log/nothing-private", test_nothing_private);
  g_test_add_func ("/base/log/plain-words-stay", test_plain_words_stay);
  g_test_add_func ("/base/log/ring", test_ring);
  g_test_add_func ("/base/log/threads", test_threads);
  return g_test_run ();
}
