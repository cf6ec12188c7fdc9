/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keys to providers, each by the host that it is for, so that none goes to another one. They are kept in the
 * person's secret service (GNOME Keyring, KWallet; in a sandbox its portal); where there is none, or it stays
 * locked, in the memory of this process alone, until it ends. Never in a file, a setting, a log or a message
 * of an error. One thread with a main context; nothing blocks.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SgKeys SgKeys;

SgKeys *sg_keys_new (void);
SgKeys *sg_keys_ref (SgKeys *self);
void sg_keys_unref (SgKeys *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgKeys, sg_keys_unref)

/* Looks the key of `host` up in the service, once; then it is known. Returns: (transfer full) (nullable):
 * there is none, or no service. */
void sg_keys_find_async (
  SgKeys *self, const char *host, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
char *sg_keys_find_finish (SgKeys *self, GAsyncResult *result, GError **error);

/* Keeps `key` for `host`; "" forgets it everywhere. It is known at once; the callback is told whether the
 * service has it: FALSE, with no error, where it is kept for this session only. */
void sg_keys_keep_async (SgKeys *self,
                         const char *host,
                         const char *key,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data);
gboolean sg_keys_keep_finish (SgKeys *self, GAsyncResult *result, GError **error);

/* (transfer none) (nullable): what is known by now. */
const char *sg_keys_get (SgKeys *self, const char *host);
/* Whether it is known and no service has it. */
gboolean sg_keys_is_of_session (SgKeys *self, const char *host);

/* Overwrites a key before it is freed. (nullable) */
void sg_keys_wipe (char *key);

G_END_DECLS
