/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The checksum of an answer. */
#include "base/handover.h"

#include <string.h>

#define BASIS G_GUINT64_CONSTANT (0xcbf29ce484222325)
#define PRIME G_GUINT64_CONSTANT (0x100000001b3)

guint64
sg_handover_checksum (guint64 sum, const void *data, gsize size)
{
  const guint8 *bytes = data;
  guint64 word;

  sum ^= BASIS;
  for (; size >= sizeof word; size -= sizeof word, bytes += sizeof word)
    {
      memcpy (&word, bytes, sizeof word);
      sum = (sum ^ word) * PRIME;
      sum ^= sum >> 32;
    }
  for (; size > 0; size--)
    sum = (sum ^ *bytes++) * PRIME;
  return sum;
}
