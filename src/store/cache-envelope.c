/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values in their envelope. */
#include "store/cache-envelope.h"

#include <string.h>

#define MAGIC "SgCe"
#define VERSION 1

/* Field places. */
enum
{
  AT_VERSION = 4,
  AT_KIND = 5,
  AT_CREATED = 8,
  AT_EXPIRES = 16,
  AT_LENGTH = 24,
  AT_CHECKSUM = 32
};

static void
put_u64 (guint8 *at, guint64 value)
{
  value = GUINT64_TO_LE (value);
  memcpy (at, &value, sizeof value);
}

static guint64
get_u64 (const guint8 *at)
{
  guint64 value;

  memcpy (&value, at, sizeof value);
  return GUINT64_FROM_LE (value);
}

/* One round of MurmurHash3's 64-bit finalizer over what is there so far and eight bytes more. */
static inline guint64
mix (guint64 sum, guint64 word)
{
  sum = (sum ^ word) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  sum = (sum ^ (sum >> 33)) * G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  return sum ^ (sum >> 29);
}

/* Eight bytes at a time: over the value byte by byte it would be the larger part of a hit. */
static guint64
mix_bytes (guint64 sum, const guint8 *data, gsize size)
{
  guint8 rest[8] = { 0 };
  gsize i = 0;

  for (; i + 8 <= size; i += 8)
    sum = mix (sum, get_u64 (data + i));
  if (i < size)
    memcpy (rest, data + i, size - i);
  return mix (mix (sum, get_u64 (rest)), size);
}

static guint64
checksum (const SgCacheKey *key, const guint8 *header, const guint8 *value, gsize size)
{
  guint64 sum = mix_bytes (0, key->digest, sizeof key->digest);

  return mix_bytes (mix_bytes (sum, header, AT_CHECKSUM), value, size);
}

GBytes *
sg_envelope_seal (const SgCacheKey *key, GBytes *value, gint64 created_us, gint64 expires_us)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (value, &size);

  if (size > SG_ENVELOPE_MAX_BYTES - SG_ENVELOPE_BYTES)
    return NULL;

  guint8 *envelope = g_malloc (SG_ENVELOPE_BYTES + size);
  memcpy (envelope, MAGIC "\0\0\0\0", 8);
  envelope[AT_VERSION] = VERSION;
  envelope[AT_KIND] = key->kind;
  put_u64 (envelope + AT_CREATED, created_us);
  put_u64 (envelope + AT_EXPIRES, expires_us);
  put_u64 (envelope + AT_LENGTH, size);
  if (size > 0)
    memcpy (envelope + SG_ENVELOPE_BYTES, data, size);
  put_u64 (envelope + AT_CHECKSUM, checksum (key, envelope, envelope + SG_ENVELOPE_BYTES, size));
  return g_bytes_new_take (envelope, SG_ENVELOPE_BYTES + size);
}

GBytes *
sg_envelope_open (const SgCacheKey *key, GBytes *envelope, gint64 *created_us, gint64 *expires_us)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (envelope, &size);

  if (size < SG_ENVELOPE_BYTES || size > SG_ENVELOPE_MAX_BYTES || memcmp (data, MAGIC, 4) != 0 ||
      data[AT_VERSION] != VERSION || data[AT_KIND] != key->kind)
    return NULL;
  size -= SG_ENVELOPE_BYTES;
  if (get_u64 (data + AT_LENGTH) != size ||
      get_u64 (data + AT_CHECKSUM) != checksum (key, data, data + SG_ENVELOPE_BYTES, size))
    return NULL;
  *created_us = get_u64 (data + AT_CREATED);
  *expires_us = get_u64 (data + AT_EXPIRES);
  return g_bytes_new_from_bytes (envelope, SG_ENVELOPE_BYTES, size);
}
