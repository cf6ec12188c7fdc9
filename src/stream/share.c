/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The share as its owner sees it: it finds a place to listen at and the link to it, and passes on what the
 * thread (share-server.c) has to tell. Like the simulation's, a source is posted into the owner's context
 * once until it ran; what guests want waits for it in a queue that a guest cannot make longer than that they
 * may say. */
#include "config.h"

#include "stream/share.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/random.h>

#include <glib/gi18n-lib.h>

#include "stream/error.h"
#include "stream/share-private.h"

#define MOST_CONTROLS 256 /* that wait to be done */

/* Outlives the share as long as a source holds it. */
typedef struct
{
  gatomicrefcount ref_count;
  atomic_bool posted;
  GMainContext *context;
  SgShare *share; /* (nullable): the context's thread only */

  pthread_mutex_t lock;
  GArray *controls; /* SgShareControl */
} Link;

struct _SgShare
{
  GObject parent_instance;
  Link *link;
  SgShareServer *server;
  char *url;
  gboolean local;
};

enum
{
  CHANGED,
  CONTROL,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SgShare, sg_share, G_TYPE_OBJECT)

/* -- From the thread to the owner -- */

static void
clear_control (gpointer data)
{
  g_clear_pointer (&((SgShareControl *)data)->model, sg_model_unref);
}

static GArray *
new_controls (void)
{
  GArray *controls = g_array_new (FALSE, FALSE, sizeof (SgShareControl));

  g_array_set_clear_func (controls, clear_control);
  return controls;
}

static void
link_unref (gpointer data)
{
  Link *link = data;

  if (!g_atomic_ref_count_dec (&link->ref_count))
    return;
  g_array_unref (link->controls);
  pthread_mutex_destroy (&link->lock);
  g_main_context_unref (link->context);
  g_free (link);
}

static gboolean
tell_cb (gpointer data)
{
  Link *link = data;
  g_autoptr (GArray) controls = NULL;

  atomic_store (&link->posted, FALSE);
  if (!link->share)
    return G_SOURCE_REMOVE;
  g_autoptr (SgShare) self = g_object_ref (link->share);

  pthread_mutex_lock (&link->lock);
  controls = link->controls;
  link->controls = new_controls ();
  pthread_mutex_unlock (&link->lock);
  for (guint i = 0; i < controls->len; i++)
    g_signal_emit (self, signals[CONTROL], 0, &g_array_index (controls, SgShareControl, i));
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
post (gpointer owner)
{
  Link *link = owner;

  if (atomic_exchange (&link->posted, TRUE))
    return;
  g_autoptr (GSource) source = g_idle_source_new ();

  g_atomic_ref_count_inc (&link->ref_count);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_cb, link, link_unref);
  g_source_attach (source, link->context);
}

/* Of pulls in a row only the last one counts. */
static void
control_asked (const SgShareControl *control, gpointer owner)
{
  Link *link = owner;
  SgShareControl *last;

  pthread_mutex_lock (&link->lock);
  last = link->controls->len > 0 ? &g_array_index (link->controls, SgShareControl, link->controls->len - 1)
                                 : NULL;
  if (last && last->kind == SG_SHARE_PULL && control->kind == SG_SHARE_PULL && last->guest == control->guest)
    {
      g_array_set_size (link->controls, link->controls->len - 1);
      last = NULL;
    }
  if (link->controls->len < MOST_CONTROLS)
    {
      g_array_append_val (link->controls, *control);
      if (control->model)
        sg_model_ref (control->model);
    }
  pthread_mutex_unlock (&link->lock);
  post (link);
}

/* -- Where it listens -- */

static GSocket *
listen_at (GInetAddress *address, guint port, GError **error)
{
  GSocketFamily family = g_inet_address_get_family (address);
  g_autoptr (GSocketAddress) place = g_inet_socket_address_new (address, port);
  g_autoptr (GSocket) socket = g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (!socket)
    return NULL;
  if (family == G_SOCKET_FAMILY_IPV6) /* IPv4 has a socket of its own, so that addresses are what they are */
    g_socket_set_option (socket, IPPROTO_IPV6, IPV6_V6ONLY, 1, NULL);
  g_socket_set_blocking (socket, FALSE);
  g_socket_set_listen_backlog (socket, 64);
  if (!g_socket_bind (socket, place, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

static guint
get_port (GSocket *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (socket, NULL);

  return address ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)) : 0;
}

/* At `address`, or at all of this family and, where there is one, the other. */
static gboolean
open_sockets (SgShareServer *server, GInetAddress *address, guint port, GError **error)
{
  g_autoptr (GInetAddress) any = g_inet_address_new_any (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GInetAddress) any6 = g_inet_address_new_any (G_SOCKET_FAMILY_IPV6);

  server->sockets[0] = listen_at (address ? address : any, port, error);
  if (!server->sockets[0])
    return FALSE;
  server->port = get_port (server->sockets[0]);
  if (!address)
    server->sockets[1] = listen_at (any6, server->port, NULL);
  return TRUE;
}

static gboolean
begin_to_listen (SgShareServer *server, const SgShareOptions *options, GError **error)
{
  g_autoptr (GInetAddress) address =
    options->address ? g_inet_address_new_from_string (options->address) : NULL;
  g_autoptr (GError) why = NULL;

  if (options->address && !address)
    {
      g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_SHARE, _ ("“%s” is no address of a network"),
                   options->address);
      return FALSE;
    }
  if (options->port == 0 && open_sockets (server, address, SG_SHARE_PORT, NULL))
    return TRUE;
  if (options->port <= G_MAXUINT16 && open_sockets (server, address, options->port, &why))
    return TRUE;
  g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_SHARE, _ ("port %u cannot be listened at: %s"),
               options->port, why ? why->message : _ ("there is no such port"));
  return FALSE;
}

/* The address from which others would be reached; connecting a datagram socket sends nothing. NULL: there is
 * no network. */
static GInetAddress *
find_address (void)
{
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  g_autoptr (GSocketAddress) far = g_inet_socket_address_new_from_string ("192.0.2.1", 9);
  g_autoptr (GSocketAddress) near = NULL;

  if (!socket || !g_socket_connect (socket, far, NULL, NULL))
    return NULL;
  near = g_socket_get_local_address (socket, NULL);
  return near ? g_object_ref (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (near))) : NULL;
}

static char *
make_url (SgShareServer *server, const char *given, gboolean *local)
{
  g_autoptr (GInetAddress) address = given ? g_inet_address_new_from_string (given) : NULL;
  g_autofree char *text = NULL;

  if (!address || g_inet_address_get_is_any (address))
    {
      g_clear_object (&address);
      address = find_address ();
      if (!address)
        address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
    }
  *local = g_inet_address_get_is_loopback (address);
  text = g_inet_address_to_string (address);
  return g_strdup_printf (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 ? "http://[%s]:%u/%s/"
                                                                                      : "http://%s:%u/%s/",
                          text, server->port, server->token);
}

/* -- The token -- */

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static char *
make_token (void)
{
  char *token = g_malloc0 (SG_SHARE_TOKEN_CHARACTERS + 1);
  guint8 bytes[SG_SHARE_TOKEN_CHARACTERS];

  for (gssize n = 0; n < (gssize)sizeof bytes;)
    {
      gssize got = getrandom (bytes + n, sizeof bytes - n, 0);

      g_assert (got > 0 || errno == EINTR);
      n += MAX (got, 0);
    }
  for (guint i = 0; i < sizeof bytes; i++)
    token[i] = alphabet[bytes[i] & 63];
  return token;
}

static gboolean
check_token (const char *token, GError **error)
{
  gsize length = strlen (token);

  if (length >= 8 && length <= 64 && strspn (token, alphabet) == length)
    return TRUE;
  g_set_error_literal (error, SG_STREAM_ERROR, SG_STREAM_ERROR_SHARE,
                       _ ("the token is not 8 to 64 letters, digits, “-” and “_”"));
  return FALSE;
}

/* -- The class -- */

static void
sg_share_dispose (GObject *object)
{
  SgShare *self = SG_SHARE (object);

  sg_share_stop (self);
  self->link->share = NULL;
  G_OBJECT_CLASS (sg_share_parent_class)->dispose (object);
}

static void
sg_share_finalize (GObject *object)
{
  SgShare *self = SG_SHARE (object);

  g_clear_pointer (&self->server, sg_share_server_free);
  link_unref (self->link);
  g_free (self->url);
  G_OBJECT_CLASS (sg_share_parent_class)->finalize (object);
}

static void
sg_share_class_init (SgShareClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = sg_share_dispose;
  object_class->finalize = sg_share_finalize;
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CONTROL] =
    g_signal_new ("control", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
sg_share_init (SgShare *self)
{
  self->link = g_new0 (Link, 1);
  g_atomic_ref_count_init (&self->link->ref_count);
  self->link->context = g_main_context_ref_thread_default ();
  self->link->share = self;
  self->link->controls = new_controls ();
  pthread_mutex_init (&self->link->lock, NULL);
}

SgShare *
sg_share_new (SgTap *tap, const SgShareOptions *options, GError **error)
{
  SgShareServer *server;
  SgShare *self;

  if (options->token && !check_token (options->token, error))
    return NULL;
  server = g_new0 (SgShareServer, 1);
  if (!begin_to_listen (server, options, error))
    {
      g_free (server);
      return NULL;
    }
  self = g_object_new (SG_TYPE_SHARE, NULL);
  self->server = server;
  server->tap = sg_tap_ref (tap);
  server->token = options->token ? g_strdup (options->token) : make_token ();
  server->control = options->control;
  server->changed = post;
  server->control_asked = control_asked;
  server->owner = self->link;
  self->url = make_url (server, options->address, &self->local);
  sg_share_server_start (server);
  return self;
}

void
sg_share_stop (SgShare *self)
{
  g_return_if_fail (SG_IS_SHARE (self));
  if (self->server)
    sg_share_server_stop (self->server);
}

guint
sg_share_get_port (SgShare *self)
{
  g_return_val_if_fail (SG_IS_SHARE (self), 0);
  return self->server->port;
}

const char *
sg_share_get_token (SgShare *self)
{
  g_return_val_if_fail (SG_IS_SHARE (self), NULL);
  return self->server->token;
}

const char *
sg_share_get_url (SgShare *self)
{
  g_return_val_if_fail (SG_IS_SHARE (self), NULL);
  return self->url;
}

gboolean
sg_share_is_local (SgShare *self)
{
  g_return_val_if_fail (SG_IS_SHARE (self), FALSE);
  return self->local;
}

static gpointer
copy_guest (gconstpointer source, gpointer data)
{
  SgShareGuest *guest = g_memdup2 (source, sizeof *guest);

  guest->address = g_strdup (guest->address);
  return guest;
}

GPtrArray *
sg_share_dup_guests (SgShare *self)
{
  GPtrArray *guests;

  g_return_val_if_fail (SG_IS_SHARE (self), NULL);
  pthread_mutex_lock (&self->server->lock);
  guests = g_ptr_array_copy (self->server->guests, copy_guest, NULL);
  pthread_mutex_unlock (&self->server->lock);
  g_ptr_array_set_free_func (guests, (GDestroyNotify)sg_share_guest_free);
  return guests;
}

void
sg_share_get_figures (SgShare *self, SgShareFigures *figures)
{
  g_return_if_fail (SG_IS_SHARE (self));
  pthread_mutex_lock (&self->server->lock);
  *figures = self->server->figures;
  pthread_mutex_unlock (&self->server->lock);
}

typedef struct
{
  SgShareServer *server;
  guint guest;
  gboolean controls;
} Handover;

static gboolean
set_controls_cb (gpointer data)
{
  const Handover *handover = data;
  SgShareClient *client = sg_share_server_find (handover->server, handover->guest);

  if (client && client->controls != handover->controls)
    {
      sg_share_client_set_controls (client, handover->controls);
      sg_share_server_tell_guests (handover->server);
    }
  return G_SOURCE_REMOVE;
}

void
sg_share_set_controls (SgShare *self, guint guest, gboolean controls)
{
  Handover *handover;

  g_return_if_fail (SG_IS_SHARE (self));
  handover = g_new (Handover, 1);
  *handover = (Handover){ self->server, guest, controls };
  sg_share_server_invoke (self->server, set_controls_cb, handover, g_free);
}

typedef struct
{
  SgShareServer *server;
  gint64 us;
} Skip;

static gboolean
skip_cb (gpointer data)
{
  const Skip *skip = data;

  skip->server->skipped_us += skip->us;
  sg_share_server_look_after (skip->server);
  return G_SOURCE_REMOVE;
}

void
sg_share_skip (SgShare *self, double seconds)
{
  Skip *skip;

  g_return_if_fail (SG_IS_SHARE (self));
  skip = g_new (Skip, 1);
  *skip = (Skip){ self->server, (gint64)(seconds * G_TIME_SPAN_SECOND) };
  sg_share_server_invoke (self->server, skip_cb, skip, g_free);
}
