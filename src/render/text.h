/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words on a picture: characters drawn once each into a texture, with a halo so that they can be read on
 * anything, and put side by side. Good for names and numbers; writing that joins its letters is not shaped.
 * Needs the renderer's context current, but for sg_text_measure.
 */
#pragma once

#include <epoxy/gl.h>
#include <glib.h>

#include "render/shader.h"

G_BEGIN_DECLS

typedef struct _SgText SgText;

SgText *sg_text_new (void);
void sg_text_free (SgText *text);

/* Forgets what was put, and sets the letters' height in pixels. */
void sg_text_begin (SgText *text, int pixels);

/* Puts `words` (UTF-8; what is not is left out) with their middle at x, y in pixels from the upper left.
 * Words that would cover others put before are left out: FALSE. */
gboolean sg_text_put (SgText *text, const char *words, float x, float y);

/* Draws what was put, in `ink` with a halo of `halo`, into a picture of that size; the blending is set by the
 * caller. Error: render.shader. */
gboolean sg_text_draw (SgText *text,
                       SgShaders *shaders,
                       const float ink[3],
                       const float halo[3],
                       int width,
                       int height,
                       GError **error);

G_END_DECLS
