/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A GL context with no window: EGL on Mesa's surfaceless platform, or else on the default display. One thread
 * at a time has it current.
 */
#pragma once

#include <epoxy/egl.h>
#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SG_EGL_CORE,          /* OpenGL 3.2 core or later */
  SG_EGL_ES,            /* OpenGL ES 3.0 or later */
  SG_EGL_COMPATIBILITY, /* OpenGL with its fixed functions */
} SgEglApi;

typedef struct
{
  EGLDisplay display;
  EGLContext context;
  EGLSurface surface; /* EGL_NO_SURFACE where none is needed to be current */
  EGLenum api;
} SgEglContext;

/* Makes the context and makes it current. Error: render.context. */
gboolean sg_egl_context_init (SgEglContext *egl, SgEglApi api, GError **error);
/* Releases and destroys it; what was made in it must be gone by then. */
void sg_egl_context_clear (SgEglContext *egl);
/* Error: render.context. */
gboolean sg_egl_context_make_current (SgEglContext *egl, GError **error);

G_END_DECLS
