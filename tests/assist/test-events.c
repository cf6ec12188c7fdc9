/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Streams cut into events, however the bytes come. The cases of the first are those of WHATWG's HTML,
 * "Server-sent events", 9.2.6, "Interpreting an event stream". */
#include "assist/events.h"

#include <string.h>

#include "assist/format.h"
#include "base/limits.h"

/* Writes each event down: "name|data\n". */
static gboolean
note (const char *name, const char *data, gsize size, gpointer user_data, GError **error)
{
  g_assert_cmpuint (strlen (data), ==, size);
  g_string_append_printf (user_data, "%s|%s\n", name ? name : "", data);
  return TRUE;
}

/* What a stream holds, read in pieces. */
static char *
read_in_pieces (SgFraming framing, const char *text, gsize size, gsize piece)
{
  GString *out = g_string_new (NULL);
  g_autoptr (SgEvents) events = sg_events_new (framing, note, out);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < size; i += piece)
    {
      /* a copy of its own, so that a read beyond it is seen */
      const gsize n = MIN (piece, size - i);
      g_autofree char *copy = g_memdup2 (text + i, n);

      sg_events_read (events, copy, n, &error);
      g_assert_no_error (error);
    }
  sg_events_end (events, &error);
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

static const struct
{
  SgFraming framing;
  const char *text, *events;
} cases[] = {
  { SG_FRAMING_SSE, "data: YHOO\ndata: +2\ndata: 10\n\n", "|YHOO\n+2\n10\n" },
  { SG_FRAMING_SSE,
    ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
    "|first event\n|second event\n| third event\n" },
  { SG_FRAMING_SSE, "data\n\ndata\ndata\n\n", "|\n|\n\n" },
  { SG_FRAMING_SSE, "event: message_start\r\ndata: {\"a\":1}\r\n\r\nevent: ping\r\ndata: {}\r\n\r\n",
    "message_start|{\"a\":1}\nping|{}\n" },
  { SG_FRAMING_SSE, "data: a\rdata: b\r\rdata: c\r\r", "|a\nb\n|c\n" },
  { SG_FRAMING_SSE,
    "\xef\xbb\xbf"
    "data: x\n\n",
    "|x\n" },
  { SG_FRAMING_SSE, "event: lost\n\ndata: kept\n\n", "|kept\n" },
  { SG_FRAMING_SSE, "retry: 10\nunknown: 1\ndata: x\n\n", "|x\n" },
  { SG_FRAMING_SSE, "data: unended", "|unended\n" },
  { SG_FRAMING_SSE, ": \xe2\x82\xac\n\ndata: \xc3\xa4\xe2\x82\xac\xf0\x9f\x9a\x97\n\n",
    "|\xc3\xa4\xe2\x82\xac\xf0\x9f\x9a\x97\n" },
  { SG_FRAMING_LINES, "{\"a\":1}\n{\"b\":2}\r\n\n{\"c\":3}", "|{\"a\":1}\n|{\"b\":2}\n|{\"c\":3}\n" },
  { SG_FRAMING_LINES, "", "" },
};

/* Each of them, cut at every width: one byte at a time is cut amid every character and line end. */
static void
test_pieces (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize piece = 1; piece <= MAX (strlen (cases[i].text), 1); piece++)
      {
        g_autofree char *events =
          read_in_pieces (cases[i].framing, cases[i].text, strlen (cases[i].text), piece);

        g_assert_cmpstr (events, ==, cases[i].events);
      }
}

static gboolean
count (const char *name, const char *data, gsize size, gpointer user_data, GError **error)
{
  ++*(guint *)user_data;
  return TRUE;
}

/* Feeds the same piece until it is refused. Returns: how many bytes it took. */
static gsize
feed_until_refused (SgFraming framing, const char *piece, gsize size, int code)
{
  guint n = 0;
  g_autoptr (SgEvents) events = sg_events_new (framing, count, &n);
  g_autoptr (GError) error = NULL;
  gsize total = 0;

  while (sg_events_read (events, piece, size, &error))
    g_assert_cmpuint (total += size, <, 11 << 20);
  g_assert_error (error, SG_ASSIST_ERROR, code);
  return total;
}

static void
test_junk (void)
{
  g_autofree char *line = g_strnfill (1 << 14, 'x'), *data = g_strdup_printf ("data: %s\n", line);
  g_autofree char *lines = g_strnfill (1 << 14, '\n');

  /* a line, and an event of many lines, that never end: no more than a piece is held of it */
  g_assert_cmpuint (feed_until_refused (SG_FRAMING_SSE, line, 1 << 14, SG_ASSIST_ERROR_TOO_LARGE), <=,
                    SG_LIMIT_ANSWER_BYTES);
  g_assert_cmpuint (feed_until_refused (SG_FRAMING_LINES, line, 1 << 14, SG_ASSIST_ERROR_TOO_LARGE), <=,
                    SG_LIMIT_ANSWER_BYTES);
  g_assert_cmpuint (feed_until_refused (SG_FRAMING_SSE, data, strlen (data), SG_ASSIST_ERROR_TOO_LARGE), <=,
                    SG_LIMIT_ANSWER_BYTES);
  /* nothing but ends of lines */
  g_assert_cmpuint (feed_until_refused (SG_FRAMING_SSE, lines, 1 << 14, SG_ASSIST_ERROR_TOO_LARGE), ==,
                    SG_LIMIT_ANSWER_STREAM_BYTES);
  /* no UTF-8 */
  g_assert_cmpuint (feed_until_refused (SG_FRAMING_SSE, "data: \xff\n", 8, SG_ASSIST_ERROR_DAMAGED), ==, 0);
  g_assert_cmpuint (feed_until_refused (SG_FRAMING_LINES, "\xc3\n", 2, SG_ASSIST_ERROR_DAMAGED), ==, 0);
}

static gboolean
refuse (const char *name, const char *data, gsize size, gpointer user_data, GError **error)
{
  g_set_error_literal (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_DECLINED, "no");
  return FALSE;
}

static void
test_refused (void)
{
  g_autoptr (SgEvents) events = sg_events_new (SG_FRAMING_SSE, refuse, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (sg_events_read (events, "data: x\n\ndata: y\n\n", 18, &error));
  g_assert_error (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_DECLINED);
}

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

/* Words that streams are made of, put together by chance, with bytes of chance between: whatever comes, a
 * reader ends with an error of ours or with text that is UTF-8 and within its limit. */
static void
test_random (void)
{
  static const char *const words[] = {
    "data: ",
    "event: ",
    "\n",
    "\n\n",
    "\r\n",
    ":",
    "{",
    "}",
    "[",
    "]",
    "\"",
    ",",
    "\\u0000",
    "\\ud83d",
    "\\ude97",
    "\"choices\":[{\"delta\":{\"content\":\"x\"}}]",
    "\"type\":\"content_block_delta\",\"delta\":{\"text\":\"y\"}",
    "\"error\":{\"message\":\"m\",\"type\":\"t\"}",
    "\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"z\"}]}}]",
    "\"message\":{\"content\":\"w\"}",
    "\"done\":true",
    "\"usage\":{\"prompt_tokens\":-1e999}",
    "[DONE]",
    "null",
    "\"finish_reason\":\"stop\"",
    "1e400",
    "\xf0\x9f",
    "\xff",
    "\"error\":[]",
    "\"error\":1",
    "\"choices\":{}",
  };
  const guint n = g_test_slow () ? 2000000 : 20000;
  GRand *chance = g_rand_new_with_seed (7);

  for (guint round = 0; round < n / 20; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      Reading reading = { .format = sg_format_get (round % SG_N_PROVIDER_KINDS) };
      g_autoptr (SgEvents) events = sg_events_new (reading.format->framing, read_event, &reading);
      g_autoptr (GError) error = NULL;

      for (int i = g_rand_int_range (chance, 1, 40); i > 0; i--)
        if (g_rand_int_range (chance, 0, 12) == 0)
          g_string_append_c (text, g_rand_int_range (chance, 0, 256));
        else
          g_string_append (text, words[g_rand_int_range (chance, 0, G_N_ELEMENTS (words))]);
      sg_reply_init (&reading.reply);
      for (gsize at = 0; at < text->len && !error;)
        {
          const gsize most = g_rand_int_range (chance, 1, 30), size = MIN (most, text->len - at);
          g_autofree char *copy = g_memdup2 (text->str + at, size);

          sg_events_read (events, copy, size, &error);
          at += size;
        }
      if (!error)
        sg_events_end (events, &error);
      g_assert_true (!error || error->domain == SG_ASSIST_ERROR);
      g_assert_true (g_utf8_validate (reading.reply.text->str, reading.reply.text->len, NULL));
      g_assert_cmpuint (reading.reply.text->len, <=, SG_LIMIT_ANSWER_BYTES);
      sg_reply_clear (&reading.reply);
    }
  g_rand_free (chance);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assist/events/pieces", test_pieces);
  g_test_add_func ("/assist/events/junk", test_junk);
  g_test_add_func ("/assist/events/refused", test_refused);
  g_test_add_func ("/assist/events/random", test_random);
  return g_test_run ();
}
