/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pictures with no display: a surfaceless EGL context of its own and a framebuffer. One thread at a time. */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "render/renderer.h"

G_BEGIN_DECLS

typedef struct _SgOffscreen SgOffscreen;

/* Errors: render.context, render.size. */
SgOffscreen *sg_offscreen_new (int width, int height, GError **error);
void sg_offscreen_free (SgOffscreen *offscreen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgOffscreen, sg_offscreen_free)

/* Makes its context current on this thread and binds its framebuffer; needed before using its renderer
 * directly. Error: render.context. */
gboolean sg_offscreen_make_current (SgOffscreen *offscreen, GError **error);
SgRenderer *sg_offscreen_get_renderer (SgOffscreen *offscreen); /* (transfer none) */

/* Waits until all that was asked of the GL is drawn: for measuring. */
void sg_offscreen_finish (SgOffscreen *offscreen);

/* What its framebuffer holds. Returns: (transfer full). */
GdkPixbuf *sg_offscreen_read (SgOffscreen *offscreen);

/* One picture of `data`, at high quality unless the options say otherwise, multisampled. Returns: (transfer
 * full). */
GdkPixbuf *sg_offscreen_render (SgOffscreen *offscreen,
                                SgModel *model,
                                mjData *data,
                                const SgCamera *camera,
                                const SgRenderOptions *options,
                                GError **error);

G_END_DECLS
