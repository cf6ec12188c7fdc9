/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An EGL context of its own with a framebuffer object to draw into. The display is Mesa's surfaceless
 * platform, or else the default one; the context is OpenGL core, or else OpenGL ES. Where a context cannot
 * be current without a surface it gets a small one that nothing is drawn to.
 */
#include "render/offscreen.h"

#include <epoxy/egl.h>
#include <epoxy/gl.h>
#include <string.h>

#include "render/error.h"

#define MAX_SIDE 8192 /* pixels */

struct _SgOffscreen
{
  EGLDisplay display;
  EGLContext context;
  EGLSurface surface; /* EGL_NO_SURFACE where none is needed */
  GLuint framebuffer, color;
  SgRenderer *renderer;
  int width, height;
};

static EGLDisplay
open_display (void)
{
  EGLDisplay display = EGL_NO_DISPLAY;

  if (epoxy_has_egl_extension (EGL_NO_DISPLAY, "EGL_MESA_platform_surfaceless"))
    display = eglGetPlatformDisplayEXT (EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL);
  if (display != EGL_NO_DISPLAY && eglInitialize (display, NULL, NULL))
    return display;
  display = eglGetDisplay (EGL_DEFAULT_DISPLAY);
  if (display != EGL_NO_DISPLAY && eglInitialize (display, NULL, NULL))
    return display;
  return EGL_NO_DISPLAY;
}

/* A context of `api`; where the display needs a surface to be current with, a small one. */
static gboolean
make_context (SgOffscreen *self, EGLenum api)
{
  gboolean desktop = api == EGL_OPENGL_API;
  const EGLint wanted[] = { EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE,
                            desktop ? EGL_OPENGL_BIT : EGL_OPENGL_ES3_BIT, EGL_NONE };
  const EGLint version[] = { EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, desktop ? 2 : 0,
                             desktop ? EGL_CONTEXT_OPENGL_PROFILE_MASK : EGL_NONE,
                             EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE };
  const EGLint small[] = { EGL_WIDTH, 8, EGL_HEIGHT, 8, EGL_NONE };
  EGLConfig config;
  EGLint n = 0;

  if (!eglBindAPI (api) || !eglChooseConfig (self->display, wanted, &config, 1, &n) || n < 1)
    return FALSE;
  self->context = eglCreateContext (self->display, config, EGL_NO_CONTEXT, version);
  if (self->context == EGL_NO_CONTEXT)
    return FALSE;
  if (!epoxy_has_egl_extension (self->display, "EGL_KHR_surfaceless_context"))
    self->surface = eglCreatePbufferSurface (self->display, config, small);
  if (eglMakeCurrent (self->display, self->surface, self->surface, self->context))
    return TRUE;
  eglDestroyContext (self->display, self->context);
  self->context = EGL_NO_CONTEXT;
  return FALSE;
}

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
  if (width >= 1 && height >= 1 && width <= MAX_SIDE && height <= MAX_SIDE)
    return TRUE;
  g_set_error (error,
               SG_RENDER_ERROR,
               SG_RENDER_ERROR_SIZE,
               "A picture can be from 1 x 1 to %d x %d pixels, not %d x %d",
               MAX_SIDE,
               MAX_SIDE,
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
  self->display = open_display ();
  if (self->display == EGL_NO_DISPLAY ||
      (!make_context (self, EGL_OPENGL_API) && !make_context (self, EGL_OPENGL_ES_API)))
    {
      g_set_error_literal (
        error, SG_RENDER_ERROR, SG_RENDER_ERROR_CONTEXT,
        "EGL gives neither an OpenGL 3.2 nor an OpenGL ES 3.0 context; is a Mesa driver installed?");
      return NULL;
    }
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
  if (self->context != EGL_NO_CONTEXT && sg_offscreen_make_current (self, NULL))
    {
      sg_renderer_free (self->renderer);
      glDeleteFramebuffers (1, &self->framebuffer);
      glDeleteRenderbuffers (1, &self->color);
      eglMakeCurrent (self->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
      eglDestroyContext (self->display, self->context);
    }
  if (self->surface != EGL_NO_SURFACE)
    eglDestroySurface (self->display, self->surface);
  /* the display is the process's: another offscreen may be using it */
  g_free (self);
}

gboolean
sg_offscreen_make_current (SgOffscreen *self, GError **error)
{
  if (eglMakeCurrent (self->display, self->surface, self->surface, self->context))
    {
      glBindFramebuffer (GL_FRAMEBUFFER, self->framebuffer);
      return TRUE;
    }
  g_set_error (error,
               SG_RENDER_ERROR,
               SG_RENDER_ERROR_CONTEXT,
               "The graphics context cannot be used on this thread (EGL error 0x%x)",
               eglGetError ());
  return FALSE;
}

SgRenderer *
sg_offscreen_get_renderer (SgOffscreen *self)
{
  return self->renderer;
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
