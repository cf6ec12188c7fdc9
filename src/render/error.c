/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The render folder's error domain. */
#include "config.h"

#include "render/error.h"

#include <glib/gi18n-lib.h>

SG_DEFINE_ERROR_DOMAIN (
  render,
  [SG_RENDER_ERROR_CONTEXT] = { "context", SG_ERROR_CLASS_RENDER,
                                N_ ("There is no OpenGL 3.2 or OpenGL ES 3.0 here."),
                                N_ ("Install a driver for the graphics card, or Mesa.") },
  [SG_RENDER_ERROR_SHADER] = { "shader", SG_ERROR_CLASS_RENDER,
                               N_ ("The graphics driver does not take a shader; the message is its own."),
                               N_ ("Update the driver, or set LIBGL_ALWAYS_SOFTWARE=1.") },
  [SG_RENDER_ERROR_SIZE] = { "size", SG_ERROR_CLASS_RENDER,
                             N_ ("A picture of this size cannot be drawn."),
                             N_ ("Ask for a smaller picture.") })
