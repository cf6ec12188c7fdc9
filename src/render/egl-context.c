/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * EGL. The display is the process's and is never terminated: another context may be on it. Where a context
 * cannot be current without a surface it gets a small one that nothing is drawn to.
 */
#include "render/egl-context.h"

#include "render/error.h"

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

static gboolean
choose_config (SgEglContext *egl, EGLConfig *config)
{
  const EGLint wanted[] = {
    EGL_SURFACE_TYPE,
    EGL_PBUFFER_BIT,
    EGL_RENDERABLE_TYPE,
    egl->api == EGL_OPENGL_API ? EGL_OPENGL_BIT : EGL_OPENGL_ES3_BIT,
    EGL_NONE,
  };
  EGLint n = 0;

  return eglBindAPI (egl->api) && eglChooseConfig (egl->display, wanted, config, 1, &n) && n > 0;
}

static EGLContext
create_context (SgEglContext *egl, SgEglApi api, EGLConfig config)
{
  const EGLint core[] = {
    EGL_CONTEXT_MAJOR_VERSION,
    3,
    EGL_CONTEXT_MINOR_VERSION,
    2,
    EGL_CONTEXT_OPENGL_PROFILE_MASK,
    EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
    EGL_NONE,
  };
  const EGLint es[] = { EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 0, EGL_NONE };
  const EGLint any[] = { EGL_NONE };

  return eglCreateContext (
    egl->display, config, EGL_NO_CONTEXT, api == SG_EGL_CORE ? core : api == SG_EGL_ES ? es
                                                                                       : any);
}

gboolean
sg_egl_context_init (SgEglContext *egl, SgEglApi api, GError **error)
{
  const EGLint small[] = { EGL_WIDTH, 8, EGL_HEIGHT, 8, EGL_NONE };
  EGLConfig config;

  egl->api = api == SG_EGL_ES ? EGL_OPENGL_ES_API : EGL_OPENGL_API;
  egl->context = EGL_NO_CONTEXT;
  egl->surface = EGL_NO_SURFACE;
  egl->display = open_display ();
  if (egl->display != EGL_NO_DISPLAY && choose_config (egl, &config))
    egl->context = create_context (egl, api, config);
  if (egl->context == EGL_NO_CONTEXT)
    {
      g_set_error (error,
                   SG_RENDER_ERROR,
                   SG_RENDER_ERROR_CONTEXT,
                   "EGL gives no %s context; is a graphics driver installed (Mesa has one for any machine)?",
                   api == SG_EGL_ES ? "OpenGL ES 3.0" : api == SG_EGL_CORE ? "OpenGL 3.2"
                                                                           : "OpenGL");
      return FALSE;
    }
  if (!epoxy_has_egl_extension (egl->display, "EGL_KHR_surfaceless_context"))
    egl->surface = eglCreatePbufferSurface (egl->display, config, small);
  if (sg_egl_context_make_current (egl, error))
    return TRUE;
  sg_egl_context_clear (egl);
  return FALSE;
}

void
sg_egl_context_clear (SgEglContext *egl)
{
  if (egl->context == EGL_NO_CONTEXT)
    return;
  eglBindAPI (egl->api);
  eglMakeCurrent (egl->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
  eglDestroyContext (egl->display, egl->context);
  if (egl->surface != EGL_NO_SURFACE)
    eglDestroySurface (egl->display, egl->surface);
  egl->context = EGL_NO_CONTEXT;
}

gboolean
sg_egl_context_make_current (SgEglContext *egl, GError **error)
{
  if (eglBindAPI (egl->api) && eglMakeCurrent (egl->display, egl->surface, egl->surface, egl->context))
    return TRUE;
  g_set_error (error,
               SG_RENDER_ERROR,
               SG_RENDER_ERROR_CONTEXT,
               "The graphics context cannot be used on this thread (EGL error 0x%x)",
               eglGetError ());
  return FALSE;
}
