/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libqrencode's modules as pixels. */
#include "app/qr-code.h"

#include <string.h>

#include <qrencode.h>

#define MARGIN 4 /* modules: the standard's quiet zone */

GdkTexture *
sg_qr_code_new (const char *text, guint scale)
{
  QRcode *code = QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);

  if (!code)
    return NULL;
  gsize side = (code->width + 2 * MARGIN) * scale, stride = 3 * side;
  guint8 *pixels = g_malloc (side * stride);

  memset (pixels, 255, side * stride);
  for (gsize y = MARGIN * scale; y < side - MARGIN * scale; y++)
    for (gsize x = MARGIN * scale; x < side - MARGIN * scale; x++)
      if (code->data[(y / scale - MARGIN) * code->width + x / scale - MARGIN] & 1)
        memset (pixels + y * stride + 3 * x, 0, 3);
  QRcode_free (code);

  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, side * stride);
  return gdk_memory_texture_new ((int)side, (int)side, GDK_MEMORY_R8G8B8, bytes, stride);
}
