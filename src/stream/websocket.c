/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Messages of a peer that may be anybody. A head is judged before its payload is waited for, so that the size
 * it claims costs nothing. Any thread, one at a time. */
#include "stream/websocket.h"

#include <string.h>

#define MOST_HEAD 14 /* with an eight-byte length and the mask */
#define FINAL 0x80
#define RESERVED 0x70
#define KIND 0x0f
#define MASKED 0x80
#define LENGTH 0x7f

void
sg_websocket_reader_init (SgWebsocketReader *reader, gsize most)
{
  *reader = (SgWebsocketReader){ .most = MAX (most, SG_WEBSOCKET_CONTROL) };
  reader->bytes = g_malloc (reader->most + MOST_HEAD + 1);
}

void
sg_websocket_reader_clear (SgWebsocketReader *reader)
{
  g_clear_pointer (&reader->bytes, g_free);
}

guint8 *
sg_websocket_reader_get_room (SgWebsocketReader *reader, gsize *size)
{
  memmove (reader->bytes, reader->bytes + reader->taken, reader->length - reader->taken);
  reader->length -= reader->taken;
  reader->taken = 0;
  *size = reader->most + MOST_HEAD - reader->length;
  return reader->bytes + reader->length;
}

void
sg_websocket_reader_add (SgWebsocketReader *reader, gsize n)
{
  reader->length += n;
}

static gboolean
is_control (guint kind)
{
  return kind >= SG_WEBSOCKET_CLOSE;
}

/* 0 where the first two bytes of a head may stand. */
static SgWebsocketCode
judge (guint8 first, guint8 second)
{
  guint kind = first & KIND, length = second & LENGTH;

  if (first & RESERVED || !(second & MASKED) || (kind > SG_WEBSOCKET_BINARY && !is_control (kind)) ||
      kind > SG_WEBSOCKET_PONG)
    return SG_WEBSOCKET_PROTOCOL;
  if (is_control (kind))
    return !(first & FINAL) || length > SG_WEBSOCKET_CONTROL ? SG_WEBSOCKET_PROTOCOL : 0;
  return !(first & FINAL) || kind == 0 ? SG_WEBSOCKET_TOO_LARGE : 0;
}

/* Bytes that follow the first two and tell the length. */
static guint
length_bytes (guint8 second)
{
  return (second & LENGTH) == 126 ? 2 : (second & LENGTH) == 127 ? 8
                                                                 : 0;
}

static guint64
read_length (const guint8 *head)
{
  guint n = length_bytes (head[1]);
  guint64 length = 0;

  if (n == 0)
    return head[1] & LENGTH;
  for (guint i = 0; i < n; i++)
    length = length << 8 | head[2 + i];
  return length;
}

gboolean
sg_websocket_reader_next (SgWebsocketReader *reader, SgWebsocketMessage *message, SgWebsocketCode *code)
{
  guint8 *head = reader->bytes + reader->taken, *payload;
  gsize left = reader->length - reader->taken;
  guint64 size;

  *code = 0;
  if (reader->covers)
    *head = reader->covered;
  reader->covers = FALSE;
  if (left < 2 || (*code = judge (head[0], head[1])) != 0 || left < 2 + length_bytes (head[1]))
    return FALSE;
  size = read_length (head);
  if (size > reader->most)
    {
      *code = SG_WEBSOCKET_TOO_LARGE;
      return FALSE;
    }
  payload = head + 2 + length_bytes (head[1]) + 4;
  if (left < (gsize)(payload - head) + size)
    return FALSE;
  for (gsize i = 0; i < size; i++)
    payload[i] ^= (payload - 4)[i % 4];
  *message = (SgWebsocketMessage){ head[0] & KIND, (const char *)payload, size };
  reader->taken += payload - head + size;
  reader->covers = reader->taken < reader->length;
  reader->covered = payload[size];
  payload[size] = '\0';
  return TRUE;
}

guint
sg_websocket_write_head (guint8 *to, SgWebsocketKind kind, gsize size)
{
  guint n = size < 126 ? 0 : size <= G_MAXUINT16 ? 2
                                                 : 8;

  to[0] = FINAL | kind;
  to[1] = n == 0 ? size : n == 2 ? 126
                                 : 127;
  for (guint i = 0; i < n; i++)
    to[2 + i] = (guint64)size >> (8 * (n - 1 - i));
  return 2 + n;
}
