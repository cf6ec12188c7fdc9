/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a frame is drawn: the caller's framebuffer, or one of our own with the samples and the depth that the
 * caller's lacks, copied into the caller's at the end. Needs the context current.
 */
#pragma once

#include <epoxy/gl.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GLuint name, color, depth;
  int width, height, samples; /* of our own; width 0: not made yet */
  gboolean stencil;
  GLint target;    /* the caller's, between begin and end */
  gboolean direct; /* drawing into the caller's */
} SgFramebuffer;

void sg_framebuffer_clear (SgFramebuffer *framebuffer);

/* Notes the framebuffer bound and binds the one to draw into, with a stencil where that is wanted. Error:
 * render.size. */
gboolean sg_framebuffer_begin (
  SgFramebuffer *framebuffer, int width, int height, int samples, gboolean stencil, GError **error);
/* Binds it again, with its viewport, after another was used. */
void sg_framebuffer_resume (const SgFramebuffer *framebuffer, int width, int height);
/* Copies the picture where it belongs and binds the caller's framebuffer. */
void sg_framebuffer_end (SgFramebuffer *framebuffer, int width, int height);

G_END_DECLS
