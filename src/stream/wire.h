/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers as bytes, shared by encoder and decoder: LEB128 with seven bits a byte, the lowest first, and
 * signed ones in zigzag order (0, -1, 1, -2, ...). Internal to stream.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SG_WIRE_MAX_VARINT 8 /* bytes: 56 bits, more than a double counts */

static inline guint8 *
sg_wire_put (guint8 *to, guint64 value)
{
  for (; value >= 128; value >>= 7)
    *to++ = value | 128;
  *to++ = value;
  return to;
}

static inline guint64
sg_wire_zigzag (double value)
{
  gint64 whole = (gint64)value;

  return ((guint64)whole << 1) ^ (guint64)(whole >> 63);
}

static inline double
sg_wire_unzigzag (guint64 value)
{
  return (double)((gint64)(value >> 1) ^ -(gint64)(value & 1));
}

/* NULL where the bytes end before the number, or it has too many. */
static inline const guint8 *
sg_wire_get (const guint8 *from, const guint8 *end, guint64 *value)
{
  guint64 sum = 0;

  for (guint i = 0; i < SG_WIRE_MAX_VARINT && from < end; i++)
    {
      guint8 byte = *from++;

      sum |= (guint64)(byte & 127) << (7 * i);
      if (byte < 128)
        {
          *value = sum;
          return from;
        }
    }
  return NULL;
}

G_END_DECLS
