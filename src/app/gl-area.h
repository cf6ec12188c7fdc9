/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A GL area whose picture is read back once and in cairo's own order where cairo composes the window, as it
 * does where there is no graphics card: GtkGLArea's own way converts every pixel through floating point. Its
 * `render` and `resize` signals are GtkGLArea's; the framebuffer bound in `render` has depth and stencil. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SG_TYPE_GL_AREA (sg_gl_area_get_type ())
G_DECLARE_FINAL_TYPE (SgGlArea, sg_gl_area, SG, GL_AREA, GtkGLArea)

GtkGLArea *sg_gl_area_new (void);

G_END_DECLS
