/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A framebuffer that pictures are read back from in cairo's order, so that nobody has to convert them. Needs
 * the context current, and it to be of desktop GL; plain struct, all zero before its first use.
 */
#pragma once

#include <epoxy/gl.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GLuint framebuffer, color, depth; /* 0: not made */
  int width, height;                /* pixels */
} SgReadback;

/* Binds it, with depth and stencil, in that size and with its viewport. FALSE: no such picture can be drawn
 * here. */
gboolean sg_readback_begin (SgReadback *readback, int width, int height);
/* (transfer full) What was drawn into it: rows from the top, of 4 * width bytes, 32-bit words of
 * premultiplied ARGB in the machine's own order (CAIRO_FORMAT_ARGB32). */
GBytes *sg_readback_read (SgReadback *readback);
void sg_readback_clear (SgReadback *readback);

G_END_DECLS
