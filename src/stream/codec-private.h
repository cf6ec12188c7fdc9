/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is the same in encoder and decoder. Internal to stream. */
#pragma once

#include <zlib.h>

#include "stream/chain.h"
#include "stream/codec.h"
#include "stream/wire.h"

G_BEGIN_DECLS

typedef enum
{
  SG_WIRE_KEY = 0x01,
  SG_WIRE_SOME = 64, /* these with the ordinal in the lower bits */
  SG_WIRE_ALL = 128,
  SG_WIRE_NONE = 192
} SgWireKind;

#define SG_WIRE_KIND 0xc0
#define SG_WIRE_ORDINAL 0x3f

/* Bits of a body in the set of those that differ. */
#define SG_WIRE_PLACE 1
#define SG_WIRE_TURN 2

static inline guint
sg_wire_set_size (guint n_bodies)
{
  return (n_bodies + 3) / 4;
}

#define SG_WIRE_KEY_SUM 4
#define SG_WIRE_SUM 2

static inline guint32
sg_wire_sum (guint32 start, const guint8 *bytes, gsize size)
{
  return crc32 (start, bytes, size);
}

G_END_DECLS
