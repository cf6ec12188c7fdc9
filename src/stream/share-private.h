/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the share have of each other. share.c is the object and the owner's side, share-server.c
 * the thread, share-http.c answers requests and opens WebSockets, share-client.c has a guest on one of them,
 * share-scene.c what is shown. All but what is under the lock is the thread's own once it runs. */
#pragma once

#include <pthread.h>

#include <libsoup/soup.h>

#include "base/histogram.h"
#include "base/rate-limit.h"
#include "stream/codec.h"
#include "stream/share-message.h"
#include "stream/share.h"
#include "stream/websocket.h"

G_BEGIN_DECLS

typedef struct _SgShareServer SgShareServer;
typedef struct _SgShareClient SgShareClient;

/* -- share-scene.c -- */

typedef struct
{
  guint number; /* from 1 */
  SgModel *model;
  mjData *data;
  SgFrameLayout *layout;
  SgFrame frame;       /* the last one that was taken */
  SgFrame next;        /* room for another */
  gboolean taken;      /* there was one */
  gint64 published_us; /* when the simulation had it */
  guint raw_bytes;     /* of a frame as float32: seven numbers a body */
  GBytes *manifest, *packed;
} SgShareScene;

/* Errors: those of sg_frame_layout_new and sg_model_make_data. */
SgShareScene *sg_share_scene_new (SgModel *model, guint number, GError **error);
void sg_share_scene_free (SgShareScene *scene);

/* FALSE where it is as it was, or out of reach. */
gboolean sg_share_scene_take (SgShareScene *scene, const SgSnapshot *snapshot);

GBytes *sg_share_pack (GBytes *bytes); /* by gzip. Returns: (transfer full) */

/* -- share-server.c -- */

/* What the simulation did, as guests are told. */
typedef struct
{
  double time, speed, factor, rate;
  gboolean playing;
} SgShareStats;

struct _SgShareServer
{
  /* constant */
  SgTap *tap;
  char *token;
  gboolean control;
  guint port;
  GSocket *sockets[2];              /* (nullable) each: IPv4, IPv6 */
  void (*changed) (gpointer owner); /* on the thread */
  void (*control_asked) (const SgShareControl *control, gpointer owner);
  gpointer owner;
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;

  /* the thread's own */
  SoupServer *soup;
  GSource *tick, *stats_later, *figures_timer;
  GPtrArray *listening;   /* GSource */
  GPtrArray *connections; /* Connection, of share-http.c */
  GHashTable *files;      /* name -> File, of share-http.c */
  SgRateLimit *guesses;   /* of the token */
  SgShareScene *scene;    /* (nullable) */
  guint n_scenes;
  SgModel *refused; /* (nullable): a model that cannot be shared */
  GPtrArray *clients;
  guint n_ids;
  gint64 skipped_us;
  SgShareStats stats;
  gint64 frame_due_us, stats_told_us;
  gint64 window_us; /* when the window of the rates began, and what was then */
  double window_time;
  guint window_frames, n_frames;

  /* since it began, and as of the last figures */
  SgHistogram encoding; /* ns */
  guint64 n_sent, n_dropped, n_bytes, n_raw;
  guint64 told_sent, told_dropped, told_bytes, told_raw;
  gsize queue;

  /* under the lock */
  pthread_mutex_t lock;
  GPtrArray *guests; /* SgShareGuest */
  SgShareFigures figures;
};

/* `server` has what is constant, but for the thread. */
void sg_share_server_start (SgShareServer *server);
void sg_share_server_stop (SgShareServer *server);
void sg_share_server_free (SgShareServer *server);

/* Runs on the thread; any thread. `data` is freed by `destroy`. */
void
sg_share_server_invoke (SgShareServer *server, GSourceFunc function, gpointer data, GDestroyNotify destroy);

/* On the thread: us, by which patience with guests is measured; ahead of the monotonic clock by what was
 * skipped. */
gint64 sg_share_server_now (const SgShareServer *server);

/* On the thread: what is done every SG_SHARE_FIGURES_SECONDS. */
void sg_share_server_look_after (SgShareServer *server);

/* On the thread: the guests are others, or otherwise. */
void sg_share_server_tell_guests (SgShareServer *server);
SgShareClient *sg_share_server_find (SgShareServer *server, guint guest); /* (nullable) */
GSource *sg_share_server_add_timer (SgShareServer *server, GSourceFunc function, gpointer data);

void sg_share_guest_free (SgShareGuest *guest);

/* -- share-http.c -- */

void sg_share_http_begin (SgShareServer *server);
void sg_share_http_end (SgShareServer *server);
void sg_share_http_sweep (SgShareServer *server); /* those that take too long */

/* -- share-client.c -- */

/* What a guest is to get as soon as there is room; in this order, the frame last. */
typedef enum
{
  SG_SHARE_DUE_PONG = 1 << 0,
  SG_SHARE_DUE_WELCOME = 1 << 1,
  SG_SHARE_DUE_SCENE = 1 << 2,
  SG_SHARE_DUE_PING = 1 << 3,
  SG_SHARE_DUE_STATS = 1 << 4,
  SG_SHARE_DUE_FRAME = 1 << 5,
  SG_SHARE_DUE_CLOSE = 1 << 6, /* and nothing else any more */
} SgShareDue;

struct _SgShareClient
{
  SgShareServer *server;
  guint id;
  char *address;
  gboolean controls, asks, pulls;

  GIOStream *stream;
  GPollableInputStream *in;
  GPollableOutputStream *out;
  GSource *reading, *writing; /* (nullable): the latter where the socket is full */
  SgWebsocketReader reader;
  double allowance; /* messages */
  gint64 allowed_us;

  guint due;            /* SgShareDue */
  guint8 *outgoing;     /* a message, as far as it was not sent yet */
  gsize length, sent;   /* of it */
  gint64 blocked_us;    /* since when nothing was taken; 0: it is not blocked */
  SgWebsocketCode code; /* it is closed with */
  gint64 closed_us;
  guint8 pong[SG_WEBSOCKET_CONTROL];
  guint pong_size;

  SgFrameEncoder *encoder; /* (nullable): it is not ready for the scene */
  guint64 n_sent, n_dropped;
  guint n_missed; /* frames in a row */
  guint64 got;    /* it said that it got so many; 0: it never said */

  gint64 heard_us, pinged_us; /* 0: no answer is awaited */
  double round_trip;          /* s */
};

/* Takes over `stream`. */
SgShareClient *sg_share_client_new (SgShareServer *server, GIOStream *stream, const char *address);
SgShareClient *sg_share_client_ref (SgShareClient *client);
void sg_share_client_unref (SgShareClient *client);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgShareClient, sg_share_client_unref)

void sg_share_client_owe (SgShareClient *client, guint due); /* and sends what it can */
void sg_share_client_offer_frame (SgShareClient *client);    /* there is a new one */
void sg_share_client_forget_scene (SgShareClient *client);
void sg_share_client_close (SgShareClient *client, SgWebsocketCode code);
void sg_share_client_drop (SgShareClient *client);  /* at once; the server does not have it any more */
void sg_share_client_sweep (SgShareClient *client); /* now and then: is it still there? */
void sg_share_client_set_controls (SgShareClient *client, gboolean controls);

G_END_DECLS
