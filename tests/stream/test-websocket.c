/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Messages out of bytes: the same however they are cut, and nothing that is none. */
#include "stream/websocket.h"

#include <string.h>

#include "stream/share-message.h"

#define MOST 200

static gsize
put (guint8 *to, guint8 first, const char *payload, gsize size)
{
  guint8 mask[] = { 0x12, 0xff, 0x00, 0x7e };
  guint head = size < 126 ? 2 : 4;

  to[0] = first;
  to[1] = 0x80 | (size < 126 ? size : 126);
  if (head == 4)
    to[2] = size >> 8, to[3] = size & 255;
  memcpy (to + head, mask, 4);
  for (gsize i = 0; i < size; i++)
    to[head + 4 + i] = (guint8)payload[i] ^ mask[i % 4];
  return head + 4 + size;
}

/* Feeds the bytes so many at a time; what came, by kinds and payloads, and how it ended. */
static char *
feed (const guint8 *bytes, gsize size, gsize step)
{
  SgWebsocketReader reader;
  SgWebsocketMessage message;
  SgWebsocketCode code = 0;
  GString *text = g_string_new (NULL);

  sg_websocket_reader_init (&reader, MOST);
  for (gsize at = 0; at < size && code == 0;)
    {
      gsize room, n;
      guint8 *to = sg_websocket_reader_get_room (&reader, &room);

      n = MIN (MIN (room, step), size - at);
      g_assert_cmpuint (n, >, 0);
      memcpy (to, bytes + at, n);
      at += n;
      sg_websocket_reader_add (&reader, n);
      while (sg_websocket_reader_next (&reader, &message, &code))
        {
          g_assert_cmpuint (message.payload[message.size], ==, 0);
          g_string_append_printf (text, "%d:%.*s;", message.kind, (int)message.size, message.payload);
        }
    }
  if (code != 0)
    g_string_append_printf (text, "%d", code);
  sg_websocket_reader_clear (&reader);
  return g_string_free (text, FALSE);
}

static void
test_cut_anywhere (void)
{
  g_autofree char *full = g_strnfill (MOST, 'x');
  g_autofree char *expected = g_strdup_printf ("1:hello;9:;1:%s;10:12345678;8:\x03\xe8;", full);
  guint8 bytes[1024];
  gsize size = put (bytes, 0x81, "hello", 5);

  size += put (bytes + size, 0x89, "", 0);
  size += put (bytes + size, 0x81, full, MOST);
  size += put (bytes + size, 0x8a, "12345678", 8);
  size += put (bytes + size, 0x88, "\x03\xe8", 2);
  for (gsize step = 1; step <= size; step++)
    {
      g_autofree char *came = feed (bytes, size, step);

      g_assert_cmpstr (came, ==, expected);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *bytes;
    gsize size;
    const char *how;
  } cases[] = {
    { "\x81\x05hello", 7, "1002" },                             /* not masked */
    { "\xc1\x80", 2, "1002" },                                  /* compressed, which was not agreed */
    { "\x83\x80", 2, "1002" },                                  /* no such kind */
    { "\x8b\x80", 2, "1002" },                                  /* nor such a control message */
    { "\x09\x80", 2, "1002" },                                  /* a control message in fragments */
    { "\x89\xfe", 2, "1002" },                                  /* or too long */
    { "\x01\x80", 2, "1009" },                                  /* fragments */
    { "\x80\x80", 2, "1009" },                                  /* the rest of some */
    { "\x81\xfe\x00\xc9", 4, "1009" },                          /* 201 bytes */
    { "\x82\xff\x00\x00\x00\x00\x06\x40\x00\x00", 10, "1009" }, /* 100 MiB */
    { "\x82\xff\xff\xff\xff\xff\xff\xff\xff\xff", 10, "1009" }, /* 2^64 - 1 */
    { "\x81\xfe\x00", 3, "" },                                  /* half a head: more is waited for */
    { "\x81\x85\x00\x00\x00\x00hell", 10, "" },                 /* and half a payload */
    { "GET / HTTP/1.1\r\n", 16, "1002" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *came = feed ((const guint8 *)cases[i].bytes, cases[i].size, 1);

      g_assert_cmpstr (came, ==, cases[i].how);
    }
}

static void
test_head (void)
{
  guint8 head[SG_WEBSOCKET_HEAD];

  g_assert_cmpuint (sg_websocket_write_head (head, SG_WEBSOCKET_TEXT, 125), ==, 2);
  g_assert_cmpmem (head, 2, "\x81\x7d", 2);
  g_assert_cmpuint (sg_websocket_write_head (head, SG_WEBSOCKET_BINARY, 300), ==, 4);
  g_assert_cmpmem (head, 4, "\x82\x7e\x01\x2c", 4);
  g_assert_cmpuint (sg_websocket_write_head (head, SG_WEBSOCKET_BINARY, 70000), ==, 10);
  g_assert_cmpmem (head, 10, "\x82\x7f\x00\x00\x00\x00\x00\x01\x11\x70", 10);
}

static gboolean
reads (const char *text, SgShareMessage *message)
{
  return sg_share_message_read (message, text, strlen (text));
}

static void
test_sayings (void)
{
  SgShareMessage message;

  g_assert_true (reads ("{\"type\":\"ready\",\"scene\":7}", &message));
  g_assert_cmpint (message.saying, ==, SG_SHARE_SAYS_READY);
  g_assert_cmpuint (message.number, ==, 7);
  g_assert_true (
    reads ("{\"type\":\"pull\",\"scene\":2,\"body\":3,\"point\":[0,1,2],\"target\":[-1e3,0,.5e1]}",
           &message) == FALSE); /* .5 is no JSON */
  g_assert_true (
    reads ("{\"type\":\"pull\",\"scene\":2,\"body\":3,\"point\":[0,1,2],\"target\":[-1e3,0,5]}", &message));
  g_assert_cmpint (message.pull.body, ==, 3);
  g_assert_cmpfloat (message.pull.target[0], ==, -1000);
  g_assert_true (reads ("{\"type\":\"dance\"}", &message));
  g_assert_cmpint (message.saying, ==, SG_SHARE_SAYS_NOTHING);

  static const char *const none[] = {
    "",
    "x",
    "[]",
    "{}",
    "7",
    "{\"type\":7}",
    "{\"type\":\"ready\"}",
    "{\"type\":\"ready\",\"scene\":-1}",
    "{\"type\":\"ready\",\"scene\":1.5}",
    "{\"type\":\"got\",\"frames\":\"9\"}",
    "{\"type\":\"pull\",\"scene\":1,\"body\":0,\"point\":[0,0,0],\"target\":[0,0,0]}",
    "{\"type\":\"pull\",\"scene\":1,\"body\":99999999999,\"point\":[0,0,0],\"target\":[0,0,0]}",
    "{\"type\":\"pull\",\"scene\":1,\"body\":1,\"point\":[0,0],\"target\":[0,0,0]}",
    "{\"type\":\"pull\",\"scene\":1,\"body\":1,\"point\":[0,0,0],\"target\":[0,0,1e300]}",
    "{\"type\":\"play\"} {\"type\":\"play\"}",
    "\xff\xfe",
  };

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    if (reads (none[i], &message))
      g_error ("read: %s", none[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stream/websocket/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/stream/websocket/refused", test_refused);
  g_test_add_func ("/stream/websocket/head", test_head);
  g_test_add_func ("/stream/websocket/sayings", test_sayings);
  return g_test_run ();
}
