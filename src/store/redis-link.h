/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One connection to a Redis, asked one thing at a time and never waited for longer than until a point in
 * time, however the peer trickles: the socket does not block, and hiredis only writes and reads the protocol.
 * After an error the connection is of no more use. One thread at a time. Internal to store.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SgRedisLink SgRedisLink;

/* What is said is at most this long, bytes. */
#define SG_REDIS_MAX_BYTES (8u << 20)

typedef enum
{
  SG_REDIS_NOTHING, /* a null */
  SG_REDIS_BYTES,
  SG_REDIS_STATUS, /* "OK" */
  SG_REDIS_NUMBER,
  SG_REDIS_ERROR /* "OOM command not allowed ..." */
} SgRedisKind;

typedef struct
{
  SgRedisKind kind;
  GBytes *bytes; /* owned: of bytes, a status, an error */
} SgRedisReply;

void sg_redis_reply_clear (SgRedisReply *reply);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SgRedisReply, sg_redis_reply_clear)

/* Whether the text of a status or an error begins so. */
gboolean sg_redis_reply_begins (const SgRedisReply *reply, const char *text);

/* `end_us`: by g_get_monotonic_time (). Errors: G_IO_ERROR_TIMED_OUT, _CONNECTION_CLOSED, _INVALID_DATA,
 * what connecting can give. */
SgRedisLink *sg_redis_link_new (GSocketAddress *address, gint64 end_us, GError **error);
void sg_redis_link_free (SgRedisLink *link);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgRedisLink, sg_redis_link_free)

gboolean sg_redis_link_ask (SgRedisLink *link,
                            const char *const *words,
                            const gsize *sizes,
                            guint n,
                            gint64 end_us,
                            SgRedisReply *reply,
                            GError **error);

G_END_DECLS
