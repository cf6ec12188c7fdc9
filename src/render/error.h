/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Errors of drawing. */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

#define SG_RENDER_ERROR (sg_render_error_quark ())

typedef enum
{
  SG_RENDER_ERROR_CONTEXT, /* render.context: no GL context of 3.2 or ES 3.0 can be had */
  SG_RENDER_ERROR_SHADER,  /* render.shader: a shader does not compile here; the message is the driver's */
  SG_RENDER_ERROR_SIZE,    /* render.size: a picture of this size cannot be drawn */
} SgRenderError;

GQuark sg_render_error_quark (void);
extern const SgErrorDomain sg_render_error_domain;

G_END_DECLS
