/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one format of cached values outside memory, little-endian:
 *
 *   4  "SgCe"     1  version (1)     1  kind      2  zero
 *   8  created    8  expires (unix time, us)      8  length of the value
 *   8  checksum over all before it, the value, and the key it was put under
 *
 * and the value. The checksum finds damage and mix-ups; it is no signature: who can write to a tier can put
 * anything there, so decoders take nothing on trust. Pure; any thread. Internal to store.
 */
#pragma once

#include "store/cache.h"

G_BEGIN_DECLS

#define SG_ENVELOPE_BYTES 40
#define SG_ENVELOPE_MAX_BYTES (32u << 20) /* of the whole */

/* Returns: (transfer full), NULL where the value is too large. */
GBytes *sg_envelope_seal (const SgCacheKey *key, GBytes *value, gint64 created_us, gint64 expires_us);

/* The value in an envelope, whoever it came from; NULL where it is damaged or not what is under this key.
 * Returns: (transfer full). */
GBytes *sg_envelope_open (const SgCacheKey *key, GBytes *envelope, gint64 *created_us, gint64 *expires_us);

G_END_DECLS
