/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Going from ink to ink through bytes that are mostly paper (0), eight at a time. Internal to vision.
 */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

static inline guint64
sg_scan_octet (const guint8 *bytes)
{
  guint64 octet;

  memcpy (&octet, bytes, sizeof octet);
  return GUINT64_FROM_LE (octet);
}

/* The first place from `at` on, before `end`, whose byte is not 0; `end` where there is none. */
static inline gsize
sg_scan_next (const guint8 *bytes, gsize at, gsize end)
{
  for (; at + 8 <= end; at += 8)
    {
      guint64 octet = sg_scan_octet (bytes + at);
      if (octet != 0)
        return at + __builtin_ctzll (octet) / 8;
    }
  while (at < end && bytes[at] == 0)
    at++;
  return at;
}

/* The place after the last one before `end`, not below `begin`, whose byte is not 0; `begin` where there is
 * none. */
static inline gsize
sg_scan_back (const guint8 *bytes, gsize begin, gsize end)
{
  for (; begin + 8 <= end; end -= 8)
    {
      guint64 octet = sg_scan_octet (bytes + end - 8);
      if (octet != 0)
        return end - __builtin_clzll (octet) / 8;
    }
  while (end > begin && bytes[end - 1] == 0)
    end--;
  return end;
}

G_END_DECLS
