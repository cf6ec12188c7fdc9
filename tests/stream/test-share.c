/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A shared run as its guests see it, over real connections on this machine: libsoup's WebSockets for those
 * who behave, bare sockets for those who do not. */
#include "stream/share.h"

#include <math.h>
#include <string.h>

#include <libsoup/soup.h>

#include "base/json.h"
#include "base/limits.h"
#include "sim/simulation.h"
#include "stream/codec.h"
#include "stream/error.h"
#include "stream/manifest.h"

#define TOKEN "abcdefghijklmnopqrstuv"
#define PATIENCE (20 * G_TIME_SPAN_SECOND) /* for what has to come; nothing is timed */

static const char mjcf[] =
  "<mujoco><option timestep='.002'/><worldbody>"
  "<body name='arm' pos='0 0 2'><joint type='hinge' axis='0 1 0'/>"
  "<geom type='capsule' fromto='0 0 0 .6 0 0' size='.02'/></body>"
  "<body name='box' pos='2 0 2'><freejoint/><geom type='box' size='.1 .2 .1'/></body></worldbody>"
  "<keyframe><key name='start' qvel='0 0 0 9 1 2 3'/></keyframe></mujoco>";

typedef struct
{
  SgSimulation *simulation;
  SgModel *model;
  SgTap *tap;
  SgShare *share;
  SoupSession *session;
  GArray *controls; /* SgShareControlKind */
  SgPull pull;
} Fixture;

typedef struct
{
  Fixture *fixture;
  SoupWebsocketConnection *connection; /* (nullable) */
  GError *error;                       /* why there is none */
  gboolean answered, closed;
  guint scene, guest, n_stats, n_frames, n_keys;
  char *role;
  SgFrameLayout *layout; /* (nullable) */
  SgFrameDecoder *decoder;
  SgFrame last;
  gboolean acknowledges;
} Guest;

/* -- Waiting -- */

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

#define WAIT_FOR(condition)                                  \
  G_STMT_START                                               \
  {                                                          \
    guint waker = g_timeout_add (20, wake_cb, NULL);         \
    gint64 until = g_get_monotonic_time () + PATIENCE;       \
    while (!(condition))                                     \
      {                                                      \
        g_assert_cmpint (g_get_monotonic_time (), <, until); \
        g_main_context_iteration (NULL, TRUE);               \
      }                                                      \
    g_source_remove (waker);                                 \
  }                                                          \
  G_STMT_END

/* -- The share -- */

static void
control_cb (SgShare *share, const SgShareControl *control, Fixture *fixture)
{
  g_array_append_val (fixture->controls, control->kind);
  if (control->kind == SG_SHARE_PULL)
    fixture->pull = control->pull;
  g_assert_true (control->model == fixture->model);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const SgShareOptions options = { .address = "127.0.0.1", .token = TOKEN };
  g_autoptr (GError) error = NULL;

  fixture->simulation = sg_simulation_new ();
  fixture->model = sg_model_compile (mjcf, &error);
  g_assert_no_error (error);
  fixture->tap = sg_tap_new ();
  fixture->share = sg_share_new (fixture->tap, &options, &error);
  g_assert_no_error (error);
  fixture->controls = g_array_new (FALSE, FALSE, sizeof (SgShareControlKind));
  g_signal_connect (fixture->share, "control", G_CALLBACK (control_cb), fixture);
  sg_simulation_set_tap (fixture->simulation, fixture->tap);
  sg_simulation_set_model (fixture->simulation, fixture->model);
  fixture->session = soup_session_new_with_options ("max-conns-per-host", 100, "max-conns", 100, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  soup_session_abort (fixture->session);
  g_object_unref (fixture->session);
  g_object_unref (fixture->share);
  g_object_unref (fixture->simulation);
  sg_tap_unref (fixture->tap);
  sg_model_unref (fixture->model);
  g_array_unref (fixture->controls);
}

static char *
make_url (Fixture *fixture, const char *token, const char *name)
{
  return g_strdup_printf ("http://127.0.0.1:%u/%s/%s", sg_share_get_port (fixture->share), token, name);
}

/* -- Guests who behave -- */

static void
say (Guest *guest, const char *text)
{
  soup_websocket_connection_send_text (guest->connection, text);
}

static void
get_ready (Guest *guest)
{
  g_autofree char *name = g_strdup_printf ("manifest/%u", guest->scene);
  g_autofree char *url = make_url (guest->fixture, TOKEN, name);
  g_autofree char *ready = g_strdup_printf ("{\"type\":\"ready\",\"scene\":%u}", guest->scene);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) manifest = soup_session_send_and_read (guest->fixture->session, message, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  guest->layout = sg_manifest_read_layout (g_bytes_get_data (manifest, NULL), g_bytes_get_size (manifest),
                                           NULL, &error);
  g_assert_no_error (error);
  guest->decoder = sg_frame_decoder_new (guest->layout);
  sg_frame_init (&guest->last, guest->layout);
  say (guest, ready);
}

static void
hear_text (Guest *guest, const char *text, gsize size)
{
  g_autoptr (json_t) message = sg_json_parse ("message", text, size, NULL);
  const char *type = json_string_value (json_object_get (message, "type"));

  if (g_str_equal (type, "scene"))
    guest->scene = json_integer_value (json_object_get (message, "scene"));
  else if (g_str_equal (type, "welcome"))
    {
      guest->guest = json_integer_value (json_object_get (message, "guest"));
      g_free (guest->role);
      guest->role = g_strdup (json_string_value (json_object_get (message, "role")));
    }
  else if (g_str_equal (type, "stats"))
    guest->n_stats++;
}

static void
take_frame (Guest *guest, const guint8 *bytes, gsize size)
{
  g_autoptr (GError) error = NULL;
  const SgFrame *frame = sg_frame_decoder_read (guest->decoder, bytes + 4, size - 4, &error);

  g_assert_no_error (error);
  guest->n_frames++;
  guest->n_keys += sg_frame_is_key (bytes + 4, size - 4);
  guest->last.step = frame->step;
  memcpy (guest->last.values, frame->values, guest->layout->n_bodies * SG_FRAME_VALUES * sizeof (double));
  memcpy (guest->last.largest, frame->largest, guest->layout->n_bodies);
  if (guest->acknowledges)
    {
      g_autofree char *got = g_strdup_printf ("{\"type\":\"got\",\"frames\":%u}", guest->n_frames);

      say (guest, got);
    }
}

static void
message_cb (SoupWebsocketConnection *connection, SoupWebsocketDataType type, GBytes *message, Guest *guest)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (message, &size);

  if (type == SOUP_WEBSOCKET_DATA_TEXT)
    hear_text (guest, (const char *)bytes, size);
  else
    take_frame (guest, bytes, size);
}

static void
closed_cb (SoupWebsocketConnection *connection, Guest *guest)
{
  guest->closed = TRUE;
}

static void
connected_cb (GObject *session, GAsyncResult *result, gpointer data)
{
  Guest *guest = data;

  guest->connection = soup_session_websocket_connect_finish (SOUP_SESSION (session), result, &guest->error);
  guest->answered = TRUE;
  if (!guest->connection)
    return;
  g_signal_connect (guest->connection, "message", G_CALLBACK (message_cb), guest);
  g_signal_connect (guest->connection, "closed", G_CALLBACK (closed_cb), guest);
}

static Guest *
come_from (Fixture *fixture, const char *token, const char *origin)
{
  Guest *guest = g_new0 (Guest, 1);
  g_autofree char *url = make_url (fixture, token, "live");
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);

  guest->fixture = fixture;
  soup_session_websocket_connect_async (fixture->session, message, origin, NULL, G_PRIORITY_DEFAULT, NULL,
                                        connected_cb, guest);
  WAIT_FOR (guest->answered);
  return guest;
}

/* Connected, and ready for the scene that is there. */
static Guest *
come (Fixture *fixture)
{
  Guest *guest = come_from (fixture, TOKEN, NULL);

  g_assert_no_error (guest->error);
  WAIT_FOR (guest->scene > 0 && guest->role);
  get_ready (guest);
  return guest;
}

static void
leave (Guest *guest)
{
  if (guest->connection)
    g_signal_handlers_disconnect_by_data (guest->connection, guest);
  if (guest->connection && !guest->closed)
    soup_websocket_connection_close (guest->connection, 1000, NULL);
  g_clear_object (&guest->connection);
  g_clear_pointer (&guest->decoder, sg_frame_decoder_free);
  if (guest->layout)
    sg_frame_clear (&guest->last);
  g_clear_pointer (&guest->layout, sg_frame_layout_free);
  g_clear_error (&guest->error);
  g_free (guest->role);
  g_free (guest);
}

/* -- What they see -- */

/* The run again up to the frame's step: it is the same to the last bit. */
static void
assert_like_run (Guest *guest)
{
  const mjModel *m = sg_model_get (guest->fixture->model);
  mjData *d = mj_makeData (m);

  sg_model_reset_data (guest->fixture->model, d);
  for (guint64 i = 0; i < guest->last.step; i++)
    mj_step (m, d);
  mj_kinematics (m, d);
  for (guint i = 0; i < guest->layout->n_bodies; i++)
    {
      int body = guest->layout->bodies[i].body;
      double place[3], turn[4], dot = 0;

      sg_frame_get_pose (&guest->last, guest->layout, i, place, turn);
      for (guint k = 0; k < 3; k++)
        g_assert_cmpfloat (fabs (place[k] - d->xpos[3 * body + k]), <=, 1e-4 + 1e-9);
      for (guint k = 0; k < 4; k++)
        dot += turn[k] * d->xquat[4 * body + k];
      g_assert_cmpfloat (2 * acos (MIN (fabs (dot), 1)), <=, 0.05 * G_PI / 180 + 1e-6);
    }
  mj_deleteData (d);
}

static void
test_frames (Fixture *fixture, gconstpointer data)
{
  Guest *first = come (fixture), *second;

  WAIT_FOR (first->n_frames == 1); /* it stands at its start */
  g_assert_cmpfloat (first->last.step, ==, 0);
  sg_simulation_play (fixture->simulation);
  WAIT_FOR (first->n_frames > 9 && first->n_stats > 0);
  assert_like_run (first);
  second = come (fixture); /* amid it */
  WAIT_FOR (second->n_frames > 9);
  g_assert_cmpuint (first->n_keys, ==, 1);
  g_assert_cmpuint (second->n_keys, ==, 1);
  assert_like_run (second);
  leave (first);
  leave (second);
}

static void
test_another_scene (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SgModel) other = sg_model_compile ("<mujoco><worldbody><body><joint type='slide'/>"
                                                "<geom size='1'/></body></worldbody></mujoco>",
                                                NULL);
  Guest *guest = come (fixture);
  guint before = guest->scene;

  WAIT_FOR (guest->n_frames == 1);
  sg_simulation_set_model (fixture->simulation, other);
  WAIT_FOR (guest->scene != before);
  g_assert_cmpuint (guest->n_frames, ==, 1); /* none of a scene that it does not know */
  g_clear_pointer (&guest->decoder, sg_frame_decoder_free);
  sg_frame_clear (&guest->last);
  g_clear_pointer (&guest->layout, sg_frame_layout_free);
  get_ready (guest);
  WAIT_FOR (guest->n_frames == 2);
  g_assert_cmpuint (guest->layout->n_bodies, ==, 1);
  sg_simulation_set_model (fixture->simulation, NULL);
  WAIT_FOR (guest->scene == 0);
  leave (guest);
}

/* -- Requests -- */

static guint
ask_for (Fixture *fixture, const char *method, const char *path, const char *host, const char *origin)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u%s", sg_share_get_port (fixture->share), path);
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GBytes) body = NULL;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  if (host)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Host", host);
  if (origin)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Origin", origin);
  body = soup_session_send_and_read (fixture->session, message, NULL, NULL);
  return soup_message_get_status (message);
}

static void
test_requests (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "", "viewer.css", "page.js", "decoder.js", "live.js", "player.js",
                                       "viewer.js", "three.js", "three-license.txt" };
  g_autofree char *here = g_strdup_printf ("localhost:%u", sg_share_get_port (fixture->share));
  g_autofree char *wrong_port = g_strdup_printf ("127.0.0.1:%u", sg_share_get_port (fixture->share) ^ 1);
  g_autofree char *rebound = g_strdup_printf ("evil.example:%u", sg_share_get_port (fixture->share));
  g_autofree char *other = g_strdup_printf ("10.1.2.3:%u", sg_share_get_port (fixture->share));
  g_autofree char *site = g_strdup_printf ("http://%s", rebound);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strdup_printf ("/" TOKEN "/%s", names[i]);

      g_assert_cmpuint (ask_for (fixture, "GET", path, NULL, NULL), ==, 200);
    }
  g_assert_cmpuint (ask_for (fixture, "GET", "/" TOKEN, NULL, NULL), ==, 301);
  g_assert_cmpuint (ask_for (fixture, "GET", "/" TOKEN "/", here, NULL), ==, 200);
  g_assert_cmpuint (ask_for (fixture, "GET", "/" TOKEN "/no.js", NULL, NULL), ==, 404);
  g_assert_cmpuint (ask_for (fixture, "GET", "/" TOKEN "/manifest/99", NULL, NULL), ==, 404);
  g_assert_cmpuint (ask_for (fixture, "GET", "/" TOKEN "/manifest/1x", NULL, NULL), ==, 404);
  g_assert_cmpuint (ask_for (fixture, "DELETE", "/" TOKEN "/", NULL, NULL), ==, 405);

  g_assert_cmpuint (ask_for (fixture, "GET", "/" TOKEN "/", rebound, NULL), ==, 403);
  g_assert_cmpuint (ask_for (fixture, "GET", "/" TOKEN "/", wrong_port, NULL), ==, 403);
  g_assert_cmpuint (ask_for (fixture, "GET", "/" TOKEN "/", other, NULL), ==, 403);
  g_assert_cmpuint (ask_for (fixture, "GET", "/" TOKEN "/", "", NULL), ==, 403);
  g_assert_cmpuint (ask_for (fixture, "GET", "/" TOKEN "/", NULL, site), ==, 403);
  g_assert_cmpuint (ask_for (fixture, "GET", "/" TOKEN "/", NULL, "null"), ==, 403);
}

/* Who guesses is told nothing, and after a burst not even that; who knows it is not in their way. */
static void
test_guesses (Fixture *fixture, gconstpointer data)
{
  guint n_refused = 0;

  for (guint i = 0; i < SG_LIMIT_REQUEST_BURST + 5; i++)
    {
      g_autofree char *path = i % 2 == 0 ? g_strdup_printf ("/" TOKEN "%u/", i) : g_strdup ("/");
      guint status = ask_for (fixture, "GET", path, NULL, NULL);

      g_assert_true (status == 404 || status == 429);
      n_refused += status == 429;
    }
  g_assert_cmpuint (n_refused, ==, 5);
  g_assert_cmpuint (ask_for (fixture, "GET", "/" TOKEN "/", NULL, NULL), ==, 200);
}

static void
test_packed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = make_url (fixture, TOKEN, "three.js");
  g_autoptr (SoupMessage) plain = soup_message_new ("GET", url);
  g_autoptr (SoupMessage) packed = soup_message_new ("GET", url);
  g_autoptr (GBytes) whole = NULL, some = NULL;
  SoupMessageHeaders *headers = soup_message_get_response_headers (packed);

  soup_message_disable_feature (plain, SOUP_TYPE_CONTENT_DECODER); /* it is what asks for gzip */
  soup_message_disable_feature (packed, SOUP_TYPE_CONTENT_DECODER);
  soup_message_headers_append (soup_message_get_request_headers (packed), "Accept-Encoding", "gzip");
  whole = soup_session_send_and_read (fixture->session, plain, NULL, NULL);
  some = soup_session_send_and_read (fixture->session, packed, NULL, NULL);
  g_assert_cmpstr (soup_message_headers_get_one (headers, "Content-Encoding"), ==, "gzip");
  g_assert_cmpstr (soup_message_headers_get_one (headers, "X-Content-Type-Options"), ==, "nosniff");
  g_assert_nonnull (soup_message_headers_get_one (headers, "Content-Security-Policy"));
  g_assert_cmpuint (g_bytes_get_size (some), <, g_bytes_get_size (whole) / 3);
}

static void
test_wrong_websockets (Fixture *fixture, gconstpointer data)
{
  static const char *const origins[] = { "http://evil.example", "https://127.0.0.1", "null" };
  Guest *guest = come_from (fixture, "abcdefghijklmnopqrstuw", NULL);

  g_assert_null (guest->connection);
  leave (guest);
  for (guint i = 0; i < G_N_ELEMENTS (origins); i++)
    {
      guest = come_from (fixture, TOKEN, origins[i]);
      g_assert_null (guest->connection);
      leave (guest);
    }
}

/* -- Control -- */

static guint
count_controls (Fixture *fixture, SgShareControlKind kind)
{
  guint n = 0;

  for (guint i = 0; i < fixture->controls->len; i++)
    n += g_array_index (fixture->controls, SgShareControlKind, i) == kind;
  return n;
}

static gboolean
has_guest_that_asks (Fixture *fixture)
{
  g_autoptr (GPtrArray) guests = sg_share_dup_guests (fixture->share);

  return guests->len == 1 && ((SgShareGuest *)guests->pdata[0])->asks;
}

static void
test_control (Fixture *fixture, gconstpointer data)
{
  Guest *guest = come (fixture);

  g_assert_cmpstr (guest->role, ==, "viewer");
  say (guest, "{\"type\":\"play\"}");
  say (guest, "{\"type\":\"ask\"}");
  WAIT_FOR (has_guest_that_asks (fixture));
  g_assert_cmpuint (fixture->controls->len, ==, 0); /* it came before the question, and was not obeyed */

  sg_share_set_controls (fixture->share, guest->guest, TRUE);
  WAIT_FOR (g_str_equal (guest->role, "controller"));
  WAIT_FOR (!has_guest_that_asks (fixture)); /* told in another thread, before or after */
  say (guest, "{\"type\":\"play\"}");
  say (guest, "{\"type\":\"pull\",\"scene\":1,\"body\":99,\"point\":[0,0,0],\"target\":[0,0,0]}");
  say (guest, "{\"type\":\"pull\",\"scene\":9,\"body\":1,\"point\":[0,0,0],\"target\":[0,0,0]}");
  say (guest, "{\"type\":\"pull\",\"scene\":1,\"body\":2,\"point\":[0,0,0.1],\"target\":[1,2,3]}");
  WAIT_FOR (count_controls (fixture, SG_SHARE_PULL) > 0);
  g_assert_cmpuint (count_controls (fixture, SG_SHARE_PLAY), ==, 1);
  g_assert_cmpuint (count_controls (fixture, SG_SHARE_PULL), ==, 1);
  g_assert_cmpint (fixture->pull.body, ==, 2);
  g_assert_cmpfloat (fixture->pull.target[2], ==, 3);

  leave (guest); /* with its hand on the box */
  WAIT_FOR (count_controls (fixture, SG_SHARE_LET_GO) == 1);
}

/* -- Who does not behave -- */

/* An open WebSocket, as bare as it can be. */
static GSocketConnection *
come_bare (Fixture *fixture)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection = g_socket_client_connect_to_host (
    client, "127.0.0.1", sg_share_get_port (fixture->share), NULL, &error);
  g_autofree char *request = g_strdup_printf ("GET /" TOKEN "/live HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n"
                                              "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                                              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                              "Sec-WebSocket-Version: 13\r\n\r\n",
                                              sg_share_get_port (fixture->share));
  GInputStream *in;
  GString *head = g_string_new (NULL);
  char byte;

  g_assert_no_error (error);
  in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                             strlen (request), NULL, NULL, &error);
  while (!g_str_has_suffix (head->str, "\r\n\r\n") && g_input_stream_read (in, &byte, 1, NULL, &error) == 1)
    g_string_append_c (head, byte);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (head->str, "HTTP/1.1 101"));
  g_string_free (head, TRUE);
  return connection;
}

/* The code that the other side closes with; 0: it does so without a word. */
static guint
read_to_end (GSocketConnection *connection)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 bytes[4096];
  gssize n;

  while ((n = g_input_stream_read (in, bytes, sizeof bytes, NULL, NULL)) > 0)
    g_byte_array_append (all, bytes, n);
  for (guint at = 0; at + 2 <= all->len; at += 2 + all->data[at + 1])
    if (all->data[at] == 0x88 && at + 4 <= all->len)
      return all->data[at + 2] << 8 | all->data[at + 3];
  return 0;
}

static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *bytes;
    gsize size;
    guint times, code;
  } cases[] = {
    { "rubbish rubbish ", 16, 1000, 1002 },
    { "\x82\xff\x00\x00\x00\x00\x06\x40\x00\x00\x00\x00\x00\x00", 14, 1, 1009 }, /* 100 MiB are to come */
    { "\x01\x80\x00\x00\x00\x00", 6, 1, 1009 },                                  /* without an end */
    { "\x89\x80\x00\x00\x00\x00", 6, 5000, 1008 },                               /* pings */
    { "\x82\x80\x00\x00\x00\x00", 6, 1, 1008 },                                  /* frames of its own */
    { "\x81\x82\x00\x00\x00\x00[]", 8, 1, 1008 },                                /* no message */
    { "\x88\x80\x00\x00\x00\x00", 6, 1, 1000 },
  };
  Guest *guest = come (fixture);
  g_autoptr (GSocketConnection) silent = come_bare (fixture);

  sg_simulation_play (fixture->simulation);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GSocketConnection) connection = come_bare (fixture);
      GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
      guint code;

      for (guint k = 0; k < cases[i].times; k++)
        if (!g_output_stream_write_all (out, cases[i].bytes, cases[i].size, NULL, NULL, NULL))
          break;
      code = read_to_end (connection);
      /* with more of it on the way the connection is reset, and the code may be lost */
      g_assert_true (code == cases[i].code || (code == 0 && cases[i].times > 1));
    }
  guint n = guest->n_frames;
  WAIT_FOR (guest->n_frames > n + 3); /* who behaves has not noticed */
  g_assert_false (guest->closed);
  leave (guest);
}

static gboolean
get_guest (Fixture *fixture, guint id, SgShareGuest *guest)
{
  g_autoptr (GPtrArray) guests = sg_share_dup_guests (fixture->share);

  for (guint i = 0; i < guests->len; i++)
    if (((SgShareGuest *)guests->pdata[i])->id == id)
      {
        *guest = *(SgShareGuest *)guests->pdata[i];
        return TRUE;
      }
  return FALSE;
}

static guint
count_guests (Fixture *fixture)
{
  g_autoptr (GPtrArray) guests = sg_share_dup_guests (fixture->share);

  return guests->len;
}

/* Who opens a connection and then neither reads nor answers is dropped after half a minute, and nobody else
 * notices. */
static void
test_silent (Fixture *fixture, gconstpointer data)
{
  Guest *guest = come (fixture);
  g_autoptr (GSocketConnection) silent = come_bare (fixture);
  SgShareGuest told;
  guint n;

  WAIT_FOR (count_guests (fixture) == 2);
  sg_share_skip (fixture->share, 20);
  say (guest, "{\"type\":\"ask\"}");
  WAIT_FOR (get_guest (fixture, guest->guest, &told) && told.asks); /* by now the clock is ahead */
  n = guest->n_frames;
  say (guest, "{\"type\":\"key\"}");
  WAIT_FOR (guest->n_frames > n); /* it was heard since */
  g_assert_cmpuint (count_guests (fixture), ==, 2);
  sg_share_skip (fixture->share, 20);
  WAIT_FOR (count_guests (fixture) == 1);
  read_to_end (silent); /* comes to an end */
  sg_simulation_play (fixture->simulation);
  n = guest->n_frames;
  WAIT_FOR (guest->n_frames > n + 3);
  g_assert_false (guest->closed);
  leave (guest);
}

/* Bodies are not taken in: a hundred megabytes that are announced, or that come in pieces. */
static void
test_large_requests (Fixture *fixture, gconstpointer data)
{
  static const char *const heads[] = { "Content-Length: 104857600\r\n", "Transfer-Encoding: chunked\r\n" };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (GSocketClient) client = g_socket_client_new ();
      g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (
        client, "127.0.0.1", sg_share_get_port (fixture->share), NULL, NULL);
      g_autofree char *request = g_strdup_printf ("POST /" TOKEN "/ HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n%s\r\n",
                                                  sg_share_get_port (fixture->share), heads[i]);
      GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
      char answer[64] = "";

      g_output_stream_write_all (out, request, strlen (request), NULL, NULL, NULL);
      g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer,
                           sizeof answer - 1, NULL, NULL);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 413 "));
    }
}

/* Who says once what it got, and then no more, is sent half a second's frames; those after are dropped and
 * counted. As soon as it says more it goes on with a key frame. Nobody else misses one. */
static void
test_late_frames (Fixture *fixture, gconstpointer data)
{
  Guest *slow = come (fixture), *fast = come (fixture);
  SgShareGuest told;
  g_autofree char *got = NULL;
  guint before;

  fast->acknowledges = TRUE;
  WAIT_FOR (slow->n_frames == 1 && fast->n_frames == 1);
  say (slow, "{\"type\":\"got\",\"frames\":1}");
  sg_simulation_play (fixture->simulation);
  WAIT_FOR (fast->n_frames > 1 + SG_SHARE_RATE + 3);
  g_assert_cmpuint (slow->n_frames, ==, 1 + SG_SHARE_RATE / 2);
  g_assert_cmpuint (slow->n_keys, ==, 1);
  before = slow->n_frames;
  got = g_strdup_printf ("{\"type\":\"got\",\"frames\":%u}", before);
  say (slow, got);
  WAIT_FOR (slow->n_frames > before);
  g_assert_cmpuint (slow->n_keys, ==, 2);
  sg_simulation_pause (fixture->simulation);
  sg_share_set_controls (fixture->share, slow->guest, TRUE); /* tells the counts anew */
  WAIT_FOR (get_guest (fixture, slow->guest, &told) && told.controls);
  g_assert_cmpuint (told.n_dropped, >=, SG_SHARE_RATE / 2);
  g_assert_true (get_guest (fixture, fast->guest, &told));
  g_assert_cmpuint (told.n_dropped, ==, 0);
  leave (slow);
  leave (fast);
}

static void
test_full (Fixture *fixture, gconstpointer data)
{
  Guest *guests[SG_LIMIT_SHARE_GUESTS], *more;

  for (guint i = 0; i < SG_LIMIT_SHARE_GUESTS; i++)
    guests[i] = come_from (fixture, TOKEN, NULL);
  more = come_from (fixture, TOKEN, NULL);
  WAIT_FOR (more->closed);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (more->connection), ==, 1013);
  g_assert_false (guests[0]->closed);
  leave (guests[0]);
  leave (more);
  WAIT_FOR (count_guests (fixture) == SG_LIMIT_SHARE_GUESTS - 1);
  guests[0] = come (fixture);
  for (guint i = 0; i < SG_LIMIT_SHARE_GUESTS; i++)
    leave (guests[i]);
}

/* -- Its life -- */

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  Guest *guest = come (fixture);

  sg_simulation_play (fixture->simulation);
  WAIT_FOR (guest->n_frames > 3);
  sg_share_stop (fixture->share);
  sg_share_stop (fixture->share);
  WAIT_FOR (guest->closed);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (guest->connection), ==, 1001);
  leave (guest);
}

static void
test_begin (void)
{
  g_autoptr (SgTap) tap = sg_tap_new ();
  g_autoptr (GError) error = NULL;
  const SgShareOptions local = { .address = "127.0.0.1" };
  g_autoptr (SgShare) one = sg_share_new (tap, &local, &error);
  g_autoptr (SgShare) two = sg_share_new (tap, &local, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (sg_share_get_port (one), !=, sg_share_get_port (two));
  g_assert_cmpstr (sg_share_get_token (one), !=, sg_share_get_token (two));
  g_assert_cmpuint (strlen (sg_share_get_token (one)), ==, SG_SHARE_TOKEN_CHARACTERS);
  g_assert_true (sg_share_is_local (one));
  g_assert_true (g_str_has_prefix (sg_share_get_url (one), "http://127.0.0.1:"));

  const SgShareOptions wrong[] = {
    { .address = "127.0.0.1", .port = sg_share_get_port (one) },
    { .address = "nowhere" },
    { .address = "127.0.0.1", .port = 70000 },
    { .address = "127.0.0.1", .token = "short" },
    { .address = "127.0.0.1", .token = "not/a/token" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (sg_share_new (tap, &wrong[i], &error));
      g_assert_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_SHARE);
      g_clear_error (&error);
    }
}

#define ADD(name, test) g_test_add ("/stream/share/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stream/share/begin", test_begin);
  ADD ("frames", test_frames);
  ADD ("another-scene", test_another_scene);
  ADD ("requests", test_requests);
  ADD ("guesses", test_guesses);
  ADD ("packed", test_packed);
  ADD ("wrong-websockets", test_wrong_websockets);
  ADD ("control", test_control);
  ADD ("hostile", test_hostile);
  ADD ("silent", test_silent);
  ADD ("large-requests", test_large_requests);
  ADD ("late-frames", test_late_frames);
  ADD ("full", test_full);
  ADD ("stop", test_stop);
  return g_test_run ();
}
