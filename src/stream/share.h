/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run shared with browsers on the same network, as it happens: an HTTP and WebSocket server on a thread
 * of its own, fed by a tap (sim/tap.h). Nothing that a guest does, or does not do, is waited for, neither
 * here nor by the simulation nor for another guest.
 *
 * The link is http://HOST:PORT/TOKEN/; under it are
 *   (nothing)      the page                        manifest/N   what scene N is (stream/manifest.h)
 *   viewer.css …   what the page is made of        live         the WebSocket
 * All of it but "live" is compressed where the browser takes that; frames, which would not get smaller,
 * never are. Who has not the token gets 404, and after some guesses 429. The Host must be an address of
 * this machine or its name, and the Origin, where there is one, the same: a name that is made to lead here
 * ("DNS rebinding") is refused with 403. There is no encryption: the link is for a network that one trusts.
 *
 * Messages to a guest. Binary: a frame,
 *   u32   low half of the monotonic clock (us, little-endian) when the simulation published it
 *   u8[]  the frame (stream/codec.h), for this guest only: its encoder begins with a key frame
 * Text, JSON:
 *   { "type": "welcome", "guest": 3, "role": "viewer" | "controller", "asked": false }   again when it
 * changes { "type": "scene", "scene": 7 }   another one: get manifest/7, then say ready; 0: there is none
 *   { "type": "stats", "time": s, "playing": true, "speed": 1, "factor": 0.99, "rate": 60 }   at most 10 a
 * second Messages of a guest. Text, JSON, within SG_LIMIT_SHARE_MESSAGE_BYTES, in one fragment: { "type":
 * "ready", "scene": 7 }     send frames of it { "type": "got", "frames": 120 }    so many frames came over
 * this connection. Who says so now and then never gets frames that are half a second old, be its network
 * ever so slow { "type": "key" }                   a frame could not be read { "type": "ask" } for control
 *   { "type": "play" }  { "type": "pause" }  { "type": "let-go" }   these and the next: controllers only
 *   { "type": "pull", "scene": 7, "body": 1, "point": [x, y, z], "target": [x, y, z] }   m; point in the
 * body's frame, target in the world
 *
 * A guest has room for one frame. Where it has not taken that when the next is there, the older is dropped
 * and counted; the next one builds on the last that was sent. After half a second without any it is a key
 * frame.
 */
#pragma once

#include <gio/gio.h>

#include "sim/inputs.h"
#include "sim/tap.h"

G_BEGIN_DECLS

#define SG_SHARE_PORT 7463 /* where it is free */
#define SG_SHARE_RATE 60   /* frames a second at most */
#define SG_SHARE_FIGURES_SECONDS 5
#define SG_SHARE_TOKEN_CHARACTERS 22 /* of 64: 128 bits */

typedef struct
{
  const char *address; /* (nullable) to listen at; NULL: at all of them */
  guint port;          /* 0: SG_SHARE_PORT, or any that is free */
  const char *token;   /* (nullable): a random one. Of letters, digits, "-" and "_", 8 to 64 */
  gboolean control;    /* who comes is a controller */
} SgShareOptions;

typedef struct
{
  guint id; /* from 1, in the order in which they came */
  char *address;
  gboolean controls;
  gboolean asks; /* for control */
  guint64 n_sent, n_dropped;
  double round_trip; /* s; 0: not yet known */
} SgShareGuest;

/* Of the last SG_SHARE_FIGURES_SECONDS seconds; durations since it began. */
typedef struct
{
  guint n_guests;
  guint64 n_sent, n_dropped;     /* frames, of all guests */
  guint64 n_bytes;               /* sent */
  double ratio;                  /* bytes of the same frames as float32, over those; 0: none */
  double encode_p50, encode_p99; /* us a frame */
  gsize queue;                   /* most bytes that lay here for one guest */
  double round_trip;             /* s, the longest; 0: not known */
} SgShareFigures;

typedef enum
{
  SG_SHARE_PLAY,
  SG_SHARE_PAUSE,
  SG_SHARE_PULL, /* `pull` of `model` */
  SG_SHARE_LET_GO,
} SgShareControlKind;

typedef struct
{
  SgShareControlKind kind;
  guint guest;
  SgModel *model; /* (owned) (nullable): that the guest saw */
  SgPull pull;
} SgShareControl;

/* Signals, in the thread-default main context of the thread that made it:
 *   "changed"  guests came, went, asked, or there are new figures;
 *   "control" (SgShareControl *)  a controller wants that; for whom it is called to do. */
#define SG_TYPE_SHARE (sg_share_get_type ())
G_DECLARE_FINAL_TYPE (SgShare, sg_share, SG, SHARE, GObject)

/* Begins to listen. Errors: stream.share where it cannot be listened there, or the token is none. */
SgShare *sg_share_new (SgTap *tap, const SgShareOptions *options, GError **error);

/* Says good-bye to all guests, and ends its thread. The last reference does so, too. */
void sg_share_stop (SgShare *self);

guint sg_share_get_port (SgShare *self);
const char *sg_share_get_token (SgShare *self);
/* The link by which others reach it; only this machine where `is_local`, as it has no network. */
const char *sg_share_get_url (SgShare *self);
gboolean sg_share_is_local (SgShare *self);

/* (transfer full) (element-type SgShareGuest): as it is now. */
GPtrArray *sg_share_dup_guests (SgShare *self);
void sg_share_get_figures (SgShare *self, SgShareFigures *figures);

/* Hands control over, or takes it back. Nothing where the guest has gone. */
void sg_share_set_controls (SgShare *self, guint guest, gboolean controls);

/* So many seconds pass at once for its patience with guests, and it looks after them. For tests. */
void sg_share_skip (SgShare *self, double seconds);

G_END_DECLS
