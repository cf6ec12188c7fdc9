/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * WebSocket messages on a connection that has been opened already (RFC 6455, section 5), at the server's end.
 * Internal to stream.
 *
 * libsoup opens the connection; its own reader of messages gathers fragments without an end, answers every
 * ping into a queue without an end, and cannot say how much of what was sent is still here. This one takes
 * whole messages up to a size and no others, and its owner keeps what is sent.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SG_WEBSOCKET_HEAD 10     /* bytes before a payload that is sent, at most */
#define SG_WEBSOCKET_CONTROL 125 /* bytes of a control message's payload, at most */

typedef enum
{
  SG_WEBSOCKET_TEXT = 1,
  SG_WEBSOCKET_BINARY = 2,
  SG_WEBSOCKET_CLOSE = 8,
  SG_WEBSOCKET_PING = 9,
  SG_WEBSOCKET_PONG = 10
} SgWebsocketKind;

/* Why a connection is closed (RFC 6455, section 7.4). */
typedef enum
{
  SG_WEBSOCKET_DONE = 1000,
  SG_WEBSOCKET_AWAY = 1001,      /* the server ends */
  SG_WEBSOCKET_PROTOCOL = 1002,  /* bytes that are no message */
  SG_WEBSOCKET_POLICY = 1008,    /* a message that is none of the share's, or too many of them */
  SG_WEBSOCKET_TOO_LARGE = 1009, /* or in fragments, which are not taken */
  SG_WEBSOCKET_FULL = 1013       /* no room for one more */
} SgWebsocketCode;

typedef struct
{
  SgWebsocketKind kind;
  const char *payload; /* size, and 0 behind it; valid until more is read */
  gsize size;
} SgWebsocketMessage;

/* Bytes that came and are no message yet; most + 14 of them at most. */
typedef struct
{
  gsize most; /* bytes of a payload */
  guint8 *bytes;
  gsize length, taken; /* of which belong to messages that were given */
  guint8 covered;      /* the byte that a message's end covers */
  gboolean covers;
} SgWebsocketReader;

void sg_websocket_reader_init (SgWebsocketReader *reader, gsize most);
void sg_websocket_reader_clear (SgWebsocketReader *reader);

/* Where to read to, and how much; then how much was read. Only after sg_websocket_reader_next has no more. */
guint8 *sg_websocket_reader_get_room (SgWebsocketReader *reader, gsize *size);
void sg_websocket_reader_add (SgWebsocketReader *reader, gsize n);

/* The next whole message. FALSE where there is none: with `code` 0 until more was read, else for good. */
gboolean
sg_websocket_reader_next (SgWebsocketReader *reader, SgWebsocketMessage *message, SgWebsocketCode *code);

/* Writes what goes before a payload of that size; returns its length. */
guint sg_websocket_write_head (guint8 *to, SgWebsocketKind kind, gsize size);

G_END_DECLS
