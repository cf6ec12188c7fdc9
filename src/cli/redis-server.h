/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A redis-server of our own, on a socket in a folder of its own, that keeps nothing: for benchmarks and
 * tests. Blocking.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SgRedisServer SgRedisServer;

/* G_IO_ERROR_NOT_SUPPORTED where redis-server is not installed. Returns: (transfer full). */
SgRedisServer *sg_redis_server_start (GError **error);
void sg_redis_server_stop (SgRedisServer *server); /* and frees it */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgRedisServer, sg_redis_server_stop)

const char *sg_redis_server_get_url (const SgRedisServer *server); /* unix:///... */

G_END_DECLS
