/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * mjr_makeContext, mjr_render and mjr_readPixels behind a context of the compatibility profile.
 */
#include "render/reference.h"

#include <epoxy/gl.h>
#include <string.h>

#include "render/egl-context.h"
#include "render/error.h"

struct _SgReference
{
  SgEglContext egl;
  mjModel *model; /* (owned) */
  mjrContext context;
  mjrRect viewport;
};

SgReference *
sg_reference_new (const mjModel *model, int width, int height, int samples, int shadow_size, GError **error)
{
  SgReference *self = g_new0 (SgReference, 1);

  if (!sg_egl_context_init (&self->egl, SG_EGL_COMPATIBILITY, error))
    {
      g_free (self);
      return NULL;
    }
  self->model = mj_copyModel (NULL, model);
  self->model->vis.global.offwidth = width;
  self->model->vis.global.offheight = height;
  self->model->vis.quality.offsamples = samples;
  self->model->vis.quality.shadowsize = shadow_size;
  mjr_defaultContext (&self->context);
  mjr_makeContext (self->model, &self->context, mjFONTSCALE_100);
  mjr_setBuffer (mjFB_OFFSCREEN, &self->context);
  self->viewport = (mjrRect){ 0, 0, width, height };
  return self;
}

void
sg_reference_free (SgReference *self)
{
  if (!self)
    return;
  if (sg_egl_context_make_current (&self->egl, NULL))
    mjr_freeContext (&self->context);
  sg_egl_context_clear (&self->egl);
  mj_deleteModel (self->model);
  g_free (self);
}

/* One sample a pixel, without which there is no picture to show: mjr_render leaves it to mjr_readPixels. */
static void
resolve (SgReference *self)
{
  int width = self->viewport.width, height = self->viewport.height;

  if (self->context.offSamples == 0)
    return;
  glBindFramebuffer (GL_READ_FRAMEBUFFER, self->context.offFBO);
  glBindFramebuffer (GL_DRAW_FRAMEBUFFER, self->context.offFBO_r);
  glBlitFramebuffer (0, 0, width, height, 0, 0, width, height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
  glBindFramebuffer (GL_FRAMEBUFFER, self->context.offFBO);
}

gboolean
sg_reference_render (SgReference *self, mjvScene *scene, GError **error)
{
  if (!sg_egl_context_make_current (&self->egl, error))
    return FALSE;
  mjr_setBuffer (mjFB_OFFSCREEN, &self->context);
  mjr_render (self->viewport, scene, &self->context);
  resolve (self);
  glFinish ();
  return TRUE;
}

GdkPixbuf *
sg_reference_read (SgReference *self)
{
  int width = self->viewport.width, height = self->viewport.height;
  gsize stride = (gsize)width * 3;
  guchar *pixels = g_malloc (stride * (gsize)height), *rows;
  GdkPixbuf *picture = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);

  mjr_readPixels (pixels, NULL, self->viewport, &self->context);
  rows = gdk_pixbuf_get_pixels (picture);
  for (int y = 0; y < height; y++) /* GL has the bottom row first */
    memcpy (rows + (gsize)y * (gsize)gdk_pixbuf_get_rowstride (picture),
            pixels + (gsize)(height - 1 - y) * stride,
            stride);
  g_free (pixels);
  return picture;
}
