/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer on what a guest of a share sends: tests/fuzz/run.sh websocket. The first byte says how the rest
 * is cut into reads. Every other input is text that is put into messages of its own, or few would ever get
 * that far; the same bytes must be the same messages however they are cut. */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/limits.h"
#include "stream/share-message.h"
#include "stream/websocket.h"

int LLVMFuzzerTestOneInput (const guint8 *bytes, size_t size);

static void
look (const SgWebsocketMessage *message, guint32 *sum)
{
  SgShareMessage said;

  if (message->payload[message->size] != '\0' || message->size > SG_LIMIT_SHARE_MESSAGE_BYTES)
    g_error ("a message is not as it is promised");
  *sum = *sum * 31 + message->kind;
  for (gsize i = 0; i < message->size; i++)
    *sum = *sum * 31 + (guint8)message->payload[i];
  if (message->kind != SG_WEBSOCKET_TEXT || !sg_share_message_read (&said, message->payload, message->size))
    return;
  for (guint k = 0; k < 3 && said.saying == SG_SHARE_SAYS_PULL; k++)
    if (!isfinite (said.pull.point[k] + said.pull.target[k]) || said.pull.body < 1)
      g_error ("a pull that is none");
}

/* What came, as a number. */
static guint32
feed (const guint8 *bytes, size_t size, gsize step)
{
  SgWebsocketReader reader;
  SgWebsocketMessage message;
  SgWebsocketCode code = 0;
  guint32 sum = 0;

  sg_websocket_reader_init (&reader, SG_LIMIT_SHARE_MESSAGE_BYTES);
  for (size_t at = 0; at < size && code == 0;)
    {
      gsize room;
      guint8 *to = sg_websocket_reader_get_room (&reader, &room);
      gsize n = MIN (MIN (room, step), size - at);

      if (n == 0)
        g_error ("there is no room for more, and nothing to do with what is there");
      memcpy (to, bytes + at, n);
      sg_websocket_reader_add (&reader, n);
      at += n;
      while (sg_websocket_reader_next (&reader, &message, &code))
        look (&message, &sum);
    }
  sg_websocket_reader_clear (&reader);
  return sum * 31 + code;
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes, size_t size)
{
  guint8 framed[1 << 13];
  gsize step;

  if (size < 2)
    return 0;
  step = 1 + (bytes[0] & 63);
  if (bytes[0] & 64)
    {
      gsize n = MIN (size - 1, sizeof framed - 8);

      memcpy (framed, "\x81\xfe\0\0\0\0\0\0", 8);
      framed[2] = n >> 8, framed[3] = n & 255;
      memcpy (framed + 8, bytes + 1, n);
      bytes = framed, size = n + 8;
    }
  else
    bytes++, size--;
  if (feed (bytes, size, step) != feed (bytes, size, G_MAXINT))
    g_error ("cut otherwise, it is something else");
  return 0;
}
