/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order that is named when the storage is made, for no pixels at all, is the one that a driver which can
 * choose keeps them in: reading then copies.
 */
#include "render/readback.h"

#include <string.h>

#define ORDER GL_BGRA, GL_UNSIGNED_INT_8_8_8_8_REV

void
sg_readback_clear (SgReadback *readback)
{
  glDeleteFramebuffers (1, &readback->framebuffer);
  glDeleteTextures (1, &readback->color);
  glDeleteRenderbuffers (1, &readback->depth);
  memset (readback, 0, sizeof *readback);
}

static gboolean
make (SgReadback *readback, int width, int height)
{
  GLint limit = 0;

  sg_readback_clear (readback);
  glGetIntegerv (GL_MAX_RENDERBUFFER_SIZE, &limit);
  if (width < 1 || height < 1 || width > limit || height > limit)
    return FALSE;
  glGenFramebuffers (1, &readback->framebuffer);
  glBindFramebuffer (GL_FRAMEBUFFER, readback->framebuffer);
  glGenTextures (1, &readback->color);
  glBindTexture (GL_TEXTURE_2D, readback->color);
  glTexImage2D (GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, ORDER, NULL);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glFramebufferTexture2D (GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, readback->color, 0);
  glGenRenderbuffers (1, &readback->depth);
  glBindRenderbuffer (GL_RENDERBUFFER, readback->depth);
  glRenderbufferStorage (GL_RENDERBUFFER, GL_DEPTH24_STENCIL8, width, height);
  glFramebufferRenderbuffer (GL_FRAMEBUFFER, GL_DEPTH_STENCIL_ATTACHMENT, GL_RENDERBUFFER, readback->depth);
  readback->width = width;
  readback->height = height;
  return glCheckFramebufferStatus (GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
}

gboolean
sg_readback_begin (SgReadback *readback, int width, int height)
{
  if ((readback->width != width || readback->height != height) && !make (readback, width, height))
    {
      sg_readback_clear (readback);
      return FALSE;
    }
  glBindFramebuffer (GL_FRAMEBUFFER, readback->framebuffer);
  glViewport (0, 0, width, height);
  return TRUE;
}

/* GL has the lowest row first. */
static void
turn_over (guchar *pixels, gsize stride, int height)
{
  g_autofree guchar *row = g_malloc (stride);

  for (int low = 0, high = height - 1; low < high; low++, high--)
    {
      memcpy (row, pixels + (gsize)low * stride, stride);
      memcpy (pixels + (gsize)low * stride, pixels + (gsize)high * stride, stride);
      memcpy (pixels + (gsize)high * stride, row, stride);
    }
}

GBytes *
sg_readback_read (SgReadback *readback)
{
  gsize stride = (gsize)readback->width * 4, size = stride * (gsize)readback->height;
  guchar *pixels = g_malloc (size);

  glBindFramebuffer (GL_FRAMEBUFFER, readback->framebuffer);
  glPixelStorei (GL_PACK_ALIGNMENT, 4);
  glReadPixels (0, 0, readback->width, readback->height, ORDER, pixels);
  turn_over (pixels, stride, readback->height);
  return g_bytes_new_take (pixels, size);
}
