/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A guest. What it is owed are bits, and what is behind them is looked up when there is room for it: so a
 * guest that takes nothing costs one message's memory, and whatever it takes is the newest.
 *
 *   owed --room--> outgoing --socket takes it--> sent       closed: the last message, then it is dropped
 *           ^          |
 *           +----------+ socket is full: waits for it
 */
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/metrics.h"
#include "stream/share-private.h"

#define STAMP 4                                            /* bytes before a frame */
#define ROOM (SG_FRAME_BUFFER + STAMP + SG_WEBSOCKET_HEAD) /* of an outgoing message */
#define UNHEARD (SG_SHARE_RATE / 2)                        /* frames that may be on their way */

/* us in which nothing is taken, nothing is said (not even pings are answered), and a closed one stays */
#define PATIENCE_BLOCKED (20 * G_TIME_SPAN_SECOND)
#define PATIENCE_SILENT (6 * SG_SHARE_FIGURES_SECONDS * G_TIME_SPAN_SECOND)
#define PATIENCE_CLOSED (2 * G_TIME_SPAN_SECOND)

static void flush (SgShareClient *client);

/* -- Life -- */

static void
clear_client (gpointer data)
{
  SgShareClient *client = data;

  sg_websocket_reader_clear (&client->reader);
  g_clear_pointer (&client->encoder, sg_frame_encoder_free);
  g_clear_object (&client->stream);
  g_free (client->outgoing);
  g_free (client->address);
}

SgShareClient *
sg_share_client_ref (SgShareClient *client)
{
  return g_rc_box_acquire (client);
}

void
sg_share_client_unref (SgShareClient *client)
{
  g_rc_box_release_full (client, clear_client);
}

static void
clear_source (GSource **source)
{
  if (*source)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
ask (SgShareClient *client, SgShareControlKind kind, const SgPull *pull)
{
  SgShareServer *server = client->server;
  SgShareControl control = { .kind = kind,
                             .guest = client->id,
                             .model = server->scene ? server->scene->model : NULL };

  if (pull)
    control.pull = *pull;
  client->pulls = kind == SG_SHARE_PULL || (client->pulls && kind != SG_SHARE_LET_GO);
  server->control_asked (&control, server->owner);
}

void
sg_share_client_drop (SgShareClient *client)
{
  SgShareServer *server = client->server;
  g_autoptr (SgShareClient) keep = sg_share_client_ref (client);

  if (!client->reading)
    return; /* it is no more */
  if (client->pulls)
    ask (client, SG_SHARE_LET_GO, NULL);
  clear_source (&client->reading);
  clear_source (&client->writing);
  g_io_stream_close (client->stream, NULL, NULL);
  g_ptr_array_remove (server->clients, client);
  sg_metrics_set (sg_metrics_process (), SG_GAUGE_STREAM_PEERS, server->clients->len);
  sg_share_server_tell_guests (server);
}

void
sg_share_client_close (SgShareClient *client, SgWebsocketCode code)
{
  if (client->due & SG_SHARE_DUE_CLOSE)
    return;
  client->code = code;
  client->closed_us = sg_share_server_now (client->server);
  client->due = SG_SHARE_DUE_CLOSE;
  flush (client);
}

/* -- What it gets -- */

static void
put_message (SgShareClient *client, SgWebsocketKind kind, gconstpointer payload, gsize size)
{
  guint head = sg_websocket_write_head (client->outgoing, kind, size);

  g_assert (head + size <= ROOM);
  memcpy (client->outgoing + head, payload, size);
  client->length = head + size;
  client->sent = 0;
}

static void
put_text (SgShareClient *client, json_t *message)
{
  g_autoptr (json_t) owned = message;
  g_autofree char *text = sg_json_dump (owned, 0);

  put_message (client, SG_WEBSOCKET_TEXT, text, strlen (text));
}

static void
put_welcome (SgShareClient *client)
{
  put_text (client,
            json_pack ("{s:s, s:i, s:s, s:b}", "type", "welcome", "guest", (int)client->id, "role",
                       client->controls ? "controller" : "viewer", "asked", client->asks));
}

static void
put_scene (SgShareClient *client)
{
  const SgShareScene *scene = client->server->scene;

  put_text (client, json_pack ("{s:s, s:i}", "type", "scene", "scene", scene ? (int)scene->number : 0));
}

static void
put_stats (SgShareClient *client)
{
  const SgShareStats *stats = &client->server->stats;

  put_text (client, json_pack ("{s:s, s:o, s:b, s:o, s:o, s:o}", "type", "stats", "time",
                               sg_json_number (stats->time, 3), "playing", stats->playing, "speed",
                               sg_json_number (stats->speed, 3), "factor", sg_json_number (stats->factor, 2),
                               "rate", sg_json_number (stats->rate, 1)));
}

static void
put_ping (SgShareClient *client)
{
  client->pinged_us = g_get_monotonic_time ();
  put_message (client, SG_WEBSOCKET_PING, &client->pinged_us, sizeof client->pinged_us);
}

static void
put_close (SgShareClient *client)
{
  const guint8 code[] = { client->code >> 8, client->code & 255 };

  put_message (client, SG_WEBSOCKET_CLOSE, code, sizeof code);
}

/* How many frames may have been sent and not have come. */
static gboolean
has_window (const SgShareClient *client)
{
  return client->got == 0 || client->n_sent - client->got < UNHEARD;
}

static void
count_frame (SgShareClient *client, gsize size, gint64 start)
{
  SgShareServer *server = client->server;
  gint64 took = sg_metrics_now () - start;

  sg_metrics_record (sg_metrics_process (), SG_OPERATION_STREAM_ENCODE, took);
  sg_metrics_add (sg_metrics_process (), SG_COUNTER_STREAM_FRAMES, 1);
  sg_metrics_add (sg_metrics_process (), SG_COUNTER_STREAM_BYTES, size);
  sg_histogram_record (&server->encoding, took);
  client->n_sent++;
  server->n_sent++;
  server->n_raw += server->scene->raw_bytes;
}

/* FALSE where there is nothing to send, or not yet. */
static gboolean
put_frame (SgShareClient *client)
{
  const SgShareScene *scene = client->server->scene;
  gint64 start = sg_metrics_now ();
  const guint8 *bytes;
  gsize size;

  if (client->n_missed >= UNHEARD)
    sg_frame_encoder_want_key (client->encoder);
  client->n_missed = 0;
  if (!sg_frame_encoder_write (client->encoder, &scene->frame, &bytes, &size, NULL) || size == 0)
    return FALSE;

  guint32 stamp = GUINT32_TO_LE ((guint32)scene->published_us);
  guint head = sg_websocket_write_head (client->outgoing, SG_WEBSOCKET_BINARY, STAMP + size);

  memcpy (client->outgoing + head, &stamp, STAMP);
  memcpy (client->outgoing + head + STAMP, bytes, size);
  client->length = head + STAMP + size;
  client->sent = 0;
  count_frame (client, size, start);
  return TRUE;
}

static gboolean
take_due (SgShareClient *client, SgShareDue due)
{
  gboolean is_due = (client->due & due) != 0;

  client->due &= ~due;
  return is_due;
}

/* The next message that it is owed; FALSE where there is none. */
static gboolean
fill (SgShareClient *client)
{
  if (client->due & SG_SHARE_DUE_CLOSE)
    put_close (client);
  else if (take_due (client, SG_SHARE_DUE_PONG))
    put_message (client, SG_WEBSOCKET_PONG, client->pong, client->pong_size);
  else if (take_due (client, SG_SHARE_DUE_WELCOME))
    put_welcome (client);
  else if (take_due (client, SG_SHARE_DUE_SCENE))
    put_scene (client);
  else if (take_due (client, SG_SHARE_DUE_PING))
    put_ping (client);
  else if (take_due (client, SG_SHARE_DUE_STATS))
    put_stats (client);
  else if (client->due & SG_SHARE_DUE_FRAME && has_window (client))
    {
      client->due &= ~SG_SHARE_DUE_FRAME;
      return put_frame (client);
    }
  else
    return FALSE;
  return TRUE;
}

/* -- Sending -- */

static gboolean
writable_cb (GObject *out, gpointer data)
{
  g_autoptr (SgShareClient) client = sg_share_client_ref (data);

  flush (client);
  return G_SOURCE_CONTINUE; /* where there is nothing more it was destroyed */
}

static void
wait_for_room (SgShareClient *client)
{
  client->server->queue = MAX (client->server->queue, client->length - client->sent);
  if (client->blocked_us == 0)
    client->blocked_us = sg_share_server_now (client->server);
  if (client->writing)
    return;
  client->writing = g_pollable_output_stream_create_source (client->out, NULL);
  g_source_set_callback (client->writing, G_SOURCE_FUNC (writable_cb), client, NULL);
  g_source_attach (client->writing, client->server->context);
}

/* FALSE where not all of it was taken. */
static gboolean
send_outgoing (SgShareClient *client)
{
  while (client->sent < client->length)
    {
      g_autoptr (GError) error = NULL;
      gssize n = g_pollable_output_stream_write_nonblocking (
        client->out, client->outgoing + client->sent, client->length - client->sent, NULL, &error);

      if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          wait_for_room (client);
          return FALSE;
        }
      if (n <= 0)
        {
          sg_share_client_drop (client);
          return FALSE;
        }
      client->sent += n;
      client->server->n_bytes += n;
      client->blocked_us = 0;
    }
  return TRUE;
}

static void
flush (SgShareClient *client)
{
  while (client->reading && send_outgoing (client))
    {
      if (client->due & SG_SHARE_DUE_CLOSE && client->length > 0 &&
          (client->outgoing[0] & 0x0f) == SG_WEBSOCKET_CLOSE)
        {
          sg_share_client_drop (client);
          return;
        }
      if (!fill (client))
        {
          clear_source (&client->writing);
          return;
        }
    }
}

void
sg_share_client_owe (SgShareClient *client, guint due)
{
  if (client->due & SG_SHARE_DUE_CLOSE)
    return;
  client->due |= due;
  if (!client->writing)
    flush (client);
}

void
sg_share_client_offer_frame (SgShareClient *client)
{
  if (!client->encoder)
    return;
  if (client->due & SG_SHARE_DUE_FRAME)
    {
      client->n_dropped++;
      client->n_missed++;
      client->server->n_dropped++;
    }
  sg_share_client_owe (client, SG_SHARE_DUE_FRAME);
}

void
sg_share_client_forget_scene (SgShareClient *client)
{
  g_clear_pointer (&client->encoder, sg_frame_encoder_free);
  client->due &= ~SG_SHARE_DUE_FRAME;
}

/* -- What it says -- */

static void
be_ready (SgShareClient *client, guint64 scene)
{
  SgShareServer *server = client->server;

  if (!server->scene || server->scene->number != scene)
    return; /* it has been told of another meanwhile */
  sg_share_client_forget_scene (client);
  client->n_missed = 0;
  client->encoder = sg_frame_encoder_new (server->scene->layout, (SgEncoderOptions){ 0 });
  sg_share_client_owe (client, SG_SHARE_DUE_STATS | (server->scene->taken ? SG_SHARE_DUE_FRAME : 0));
}

static void
pull (SgShareClient *client, const SgShareMessage *message)
{
  const SgShareScene *scene = client->server->scene;

  if (scene && scene->number == message->number && message->pull.body < sg_model_get (scene->model)->nbody)
    ask (client, SG_SHARE_PULL, &message->pull);
}

static void
obey (SgShareClient *client, const SgShareMessage *message)
{
  if (!client->controls)
    return;
  if (message->saying == SG_SHARE_SAYS_PLAY)
    ask (client, SG_SHARE_PLAY, NULL);
  else if (message->saying == SG_SHARE_SAYS_PAUSE)
    ask (client, SG_SHARE_PAUSE, NULL);
  else if (message->saying == SG_SHARE_SAYS_PULL)
    pull (client, message);
  else if (message->saying == SG_SHARE_SAYS_LET_GO && client->pulls)
    ask (client, SG_SHARE_LET_GO, NULL);
}

static void
hear_text (SgShareClient *client, const char *text, gsize size)
{
  SgShareMessage message;

  if (!sg_share_message_read (&message, text, size))
    sg_share_client_close (client, SG_WEBSOCKET_POLICY);
  else if (message.saying == SG_SHARE_SAYS_READY)
    be_ready (client, message.number);
  else if (message.saying == SG_SHARE_SAYS_GOT)
    {
      client->got = MAX (client->got, MIN (message.number, client->n_sent));
      sg_share_client_owe (client, 0);
    }
  else if (message.saying == SG_SHARE_SAYS_KEY && client->encoder)
    {
      sg_frame_encoder_want_key (client->encoder);
      sg_share_client_owe (client, SG_SHARE_DUE_FRAME);
    }
  else if (message.saying == SG_SHARE_SAYS_ASK && !client->controls && !client->asks)
    {
      client->asks = TRUE;
      sg_share_server_tell_guests (client->server);
      sg_share_client_owe (client, SG_SHARE_DUE_WELCOME);
    }
  else
    obey (client, &message);
}

static void
hear (SgShareClient *client, const SgWebsocketMessage *message)
{
  switch (message->kind)
    {
    case SG_WEBSOCKET_TEXT:
      hear_text (client, message->payload, message->size);
      break;
    case SG_WEBSOCKET_PING:
      client->pong_size = message->size;
      memcpy (client->pong, message->payload, message->size);
      sg_share_client_owe (client, SG_SHARE_DUE_PONG);
      break;
    case SG_WEBSOCKET_PONG:
      if (client->pinged_us != 0 && message->size == sizeof client->pinged_us &&
          memcmp (message->payload, &client->pinged_us, message->size) == 0)
        client->round_trip = (g_get_monotonic_time () - client->pinged_us) * 1e-6;
      break;
    case SG_WEBSOCKET_CLOSE:
      sg_share_client_close (client, SG_WEBSOCKET_DONE);
      break;
    default:
      sg_share_client_close (client, SG_WEBSOCKET_POLICY);
    }
}

/* Whether it may say one more thing. Half a second's worth may come at once, as after a network's hiccup. */
static gboolean
is_allowed (SgShareClient *client)
{
  gint64 now = g_get_monotonic_time ();

  client->allowance += (now - client->allowed_us) * 1e-6 * SG_LIMIT_SHARE_MESSAGES;
  client->allowance = MIN (client->allowance, SG_LIMIT_SHARE_MESSAGES);
  client->allowed_us = now;
  client->heard_us = sg_share_server_now (client->server);
  if (client->allowance < 1)
    return FALSE;
  client->allowance--;
  return TRUE;
}

/* FALSE where it is being closed, or gone. */
static gboolean
hear_all (SgShareClient *client)
{
  SgWebsocketMessage message;
  SgWebsocketCode code;

  while (client->reading && sg_websocket_reader_next (&client->reader, &message, &code))
    {
      if (client->due & SG_SHARE_DUE_CLOSE)
        return FALSE;
      if (!is_allowed (client))
        sg_share_client_close (client, SG_WEBSOCKET_POLICY);
      else
        hear (client, &message);
    }
  if (client->reading && code != 0)
    sg_share_client_close (client, code);
  return client->reading && !(client->due & SG_SHARE_DUE_CLOSE);
}

/* A buffer's worth and no more: others wait for this thread, too. */
static gboolean
readable_cb (GObject *in, gpointer data)
{
  g_autoptr (SgShareClient) client = sg_share_client_ref (data);
  g_autoptr (GError) error = NULL;
  gsize room;
  guint8 *to = sg_websocket_reader_get_room (&client->reader, &room);
  gssize n = g_pollable_input_stream_read_nonblocking (client->in, to, room, NULL, &error);

  if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  if (n <= 0)
    {
      sg_share_client_drop (client);
      return G_SOURCE_REMOVE;
    }
  if (client->due & SG_SHARE_DUE_CLOSE)
    return G_SOURCE_CONTINUE; /* what it still says is not heard: the room stays as it was */
  sg_websocket_reader_add (&client->reader, n);
  hear_all (client);
  return client->reading ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* -- For the server -- */

SgShareClient *
sg_share_client_new (SgShareServer *server, GIOStream *stream, const char *address)
{
  SgShareClient *client = g_rc_box_new0 (SgShareClient);

  client->server = server;
  client->id = ++server->n_ids;
  client->address = g_strdup (address);
  client->controls = server->control;
  client->stream = stream;
  client->in = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (stream));
  client->out = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (stream));
  client->outgoing = g_malloc (ROOM);
  client->allowed_us = g_get_monotonic_time ();
  client->heard_us = sg_share_server_now (server);
  client->allowance = SG_LIMIT_SHARE_MESSAGES;
  sg_websocket_reader_init (&client->reader, SG_LIMIT_SHARE_MESSAGE_BYTES);
  client->reading = g_pollable_input_stream_create_source (client->in, NULL);
  g_source_set_callback (client->reading, G_SOURCE_FUNC (readable_cb), client, NULL);
  g_source_attach (client->reading, server->context);
  return client;
}

void
sg_share_client_set_controls (SgShareClient *client, gboolean controls)
{
  if (client->pulls && !controls)
    ask (client, SG_SHARE_LET_GO, NULL);
  client->controls = controls;
  client->asks = FALSE;
  sg_share_client_owe (client, SG_SHARE_DUE_WELCOME);
}

void
sg_share_client_sweep (SgShareClient *client)
{
  gint64 now = sg_share_server_now (client->server);

  if ((client->blocked_us != 0 && now - client->blocked_us > PATIENCE_BLOCKED) ||
      now - client->heard_us > PATIENCE_SILENT ||
      (client->due & SG_SHARE_DUE_CLOSE && now - client->closed_us > PATIENCE_CLOSED))
    sg_share_client_drop (client);
  else
    sg_share_client_owe (client, SG_SHARE_DUE_PING);
}
