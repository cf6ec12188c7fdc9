/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A context of OpenGL core, or else OpenGL ES, and a framebuffer object to draw into.
 */
#include "render/offscreen.h"

#include <epoxy/gl.h>
#include <string.h>

#include "base/limits.h"
#include "render/egl-context.h"
#include "render/error.h"

struct _SgOffscreen
{
  SgEglContext egl;
  GLuint framebuffer, color;
  SgRenderer *renderer;
  int width, height;
};

static gboolean
make_framebuffer (SgOffscreen *self)
{
  glGenFramebuffers (1, &self->framebuffer);
  glGenRenderbuffers (1, &self->color);
  glBindRenderbuffer (GL_RENDERBUFFER, self->color);
  glRenderbufferStorage (GL_RENDERBUFFER, GL_RGBA8, self->width, self->height);
  glBindFramebuffer (GL_FRAMEBUFFER, self->framebuffer);
  glFramebufferRenderbuffer (GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, self->color);
  return glCheckFramebufferStatus (GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
}

static gboolean
check_size (int width, int height, GError **error)
{
  if (width >= 1 && height >= 1 && width <= SG_LIMIT_RENDER_SIDE && height <= SG_LIMIT_RENDER_SIDE)
    return TRUE;
  g_set_error (error,
               SG_RENDER_ERROR,
               SG_RENDER_ERROR_SIZE,
               "A picture can be from 1 x 1 to %d x %d pixels, not %d x %d",
               SG_LIMIT_RENDER_SIDE,
               SG_LIMIT_RENDER_SIDE,
               width,
               height);
  return FALSE;
}

SgOffscreen *
sg_offscreen_new (int width, int height, GError **error)
{
  g_autoptr (SgOffscreen) self = NULL;

  if (!check_size (width, height, error))
    return NULL;
  self = g_new0 (SgOffscreen, 1);
  self->width = width;
  self->height = height;
  if (!sg_egl_context_init (&self->egl, SG_EGL_CORE, NULL) &&
      !sg_egl_context_init (&self->egl, SG_EGL_ES, error))
    return NULL;
  self->renderer = sg_renderer_new (error);
  if (!self->renderer)
    return NULL;
  if (!make_framebuffer (self))
    {
      g_set_error (error, SG_RENDER_ERROR, SG_RENDER_ERROR_SIZE,
                   "A picture of %d x %d pixels cannot be drawn here", width, height);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
sg_offscreen_free (SgOffscreen *self)
{
  if (!self)
    return;
  if (self->egl.context != EGL_NO_CONTEXT && sg_offscreen_make_current (self, NULL))
    {
      sg_renderer_free (self->renderer);
      glDeleteFramebuffers (1, &self->framebuffer);
      glDeleteRenderbuffers (1, &self->color);
    }
  sg_egl_context_clear (&self->egl);
  g_free (self);
}

gboolean
sg_offscreen_make_current (SgOffscreen *self, GError **error)
{
  if (!sg_egl_context_make_current (&self->egl, error))
    return FALSE;
  glBindFramebuffer (GL_FRAMEBUFFER, self->framebuffer);
  return TRUE;
}

SgRenderer *
sg_offscreen_get_renderer (SgOffscreen *self)
{
  return self->renderer;
}

void
sg_offscreen_finish (SgOffscreen *self)
{
  glFinish ();
}

GdkPixbuf *
sg_offscreen_read (SgOffscreen *self)
{
  gsize stride = (gsize)self->width * 4, size = stride * (gsize)self->height;
  guchar *pixels = g_malloc (size), *rows = g_malloc (size);
  GBytes *bytes;
  GdkPixbuf *picture;

  glPixelStorei (GL_PACK_ALIGNMENT, 4);
  glReadPixels (0, 0, self->width, self->height, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
  for (int y = 0; y < self->height; y++) /* GL has the bottom row first */
    memcpy (rows + (gsize)y * stride, pixels + (gsize)(self->height - 1 - y) * stride, stride);
  g_free (pixels);
  bytes = g_bytes_new_take (rows, size);
  picture =
    gdk_pixbuf_new_from_bytes (bytes, GDK_COLORSPACE_RGB, TRUE, 8, self->width, self->height, (int)stride);
  g_bytes_unref (bytes);
  return picture;
}

GdkPixbuf *
sg_offscreen_render (SgOffscreen *self,
                     SgModel *model,
                     mjData *data,
                     const SgCamera *camera,
                     const SgRenderOptions *options,
                     GError **error)
{
  SgRenderOptions best = *options;

  if (!sg_offscreen_make_current (self, error))
    return NULL;
  best.still = TRUE;
  if (best.quality == SG_QUALITY_AUTO)
    best.quality = SG_QUALITY_HIGH;
  if (!sg_renderer_draw_data (
        self->renderer, sg_model_get (model), data, camera, &best, self->width, self->height, error))
    return NULL;
  return sg_offscreen_read (self);
}
