/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a frame is drawn: the caller's framebuffer, or one of our own with the samples and the depth that the
 * caller's lacks, as large as what is drawn, copied into the caller's at the end. Needs the context current.
 */
#pragma once

#include <epoxy/gl.h>

#include "render/frame.h"

G_BEGIN_DECLS

typedef struct
{
  GLuint name, color, depth;
  int width, height, samples; /* of our own; width 0: not made yet */
  gboolean stencil;
  GLint target;                          /* the caller's, from begin on */
  int picture[2];                        /* its width and height */
  gboolean target_depth, target_stencil; /* what the caller's has */
  gboolean direct;                       /* drawing into the caller's */
  SgRegion region;                       /* of the picture, while our own is open; width 0: is not */
} SgFramebuffer;

void sg_framebuffer_clear (SgFramebuffer *framebuffer);

/* Notes the framebuffer bound, which is to have a picture of that size, and sets its viewport. Error:
 * render.size. */
gboolean sg_framebuffer_begin (SgFramebuffer *framebuffer, int width, int height, GError **error);
/* Binds the caller's again, with its viewport, after another was used. */
void sg_framebuffer_resume (const SgFramebuffer *framebuffer);
/* Binds the one to draw that part of the picture into, with a stencil where that is wanted, its viewport set
 * for the whole picture. Error: render.size. */
gboolean sg_framebuffer_open (
  SgFramebuffer *framebuffer, const SgRegion *region, int samples, gboolean stencil, GError **error);
/* Binds the caller's framebuffer with its viewport, what was drawn copied where it belongs. */
void sg_framebuffer_end (SgFramebuffer *framebuffer);

G_END_DECLS
